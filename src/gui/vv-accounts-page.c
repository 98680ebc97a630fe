// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-accounts-page.h"
#include "vv-act.h"
#include "vv-dialogs.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-roles.h"
#include "vv-table.h"
#include "vv-time.h"

/* Accounts of the desk: who they are at the left; at the right the chosen one, or one that is being made. */

struct _VvAccountsPage
{
  AdwBin          parent_instance;
  GtkLabel       *subtitle;
  GtkColumnView  *list;
  GtkLabel       *title;
  GtkLabel       *state;
  GtkLabel       *message;
  GtkWidget      *identity;
  GtkEditable    *account;
  GtkEditable    *full_name;
  GtkWidget      *role_box;
  GtkCheckButton *examiner;
  GtkCheckButton *supervisor;
  GtkCheckButton *administrator;
  GtkCheckButton *auditor;
  GtkCheckButton *trainer;
  GtkCheckButton *intelligence;
  GtkWidget      *change_roles;
  GtkWidget      *passphrase_box;
  GtkLabel       *passphrase_title;
  GtkLabel       *rules;
  GtkEditable    *passphrase;
  GtkEditable    *again;
  GtkWidget      *give;
  GtkWidget      *other_box;
  GtkWidget      *release;
  GtkWidget      *disable;
  VvDesk         *desk;
  char           *chosen;   /* (nullable) account; NULL while one is being made */
  gboolean        disabled; /* of the chosen one */
  gboolean        filling;
  gboolean        busy;
};

G_DEFINE_FINAL_TYPE (VvAccountsPage, vv_accounts_page, ADW_TYPE_BIN)

static const struct
{
  const char *name;
  gsize       offset;
} role_checks[] = {
  { "examiner", G_STRUCT_OFFSET (VvAccountsPage, examiner) },
  { "supervisor", G_STRUCT_OFFSET (VvAccountsPage, supervisor) },
  { "administrator", G_STRUCT_OFFSET (VvAccountsPage, administrator) },
  { "auditor", G_STRUCT_OFFSET (VvAccountsPage, auditor) },
  { "trainer", G_STRUCT_OFFSET (VvAccountsPage, trainer) },
};

static GtkCheckButton *
role_check (VvAccountsPage *self, gsize i)
{
  return G_STRUCT_MEMBER (GtkCheckButton *, self, role_checks[i].offset);
}

/* --- The list ------------------------------------------------------------------------------------------------------------- */

static gboolean
is_disabled (JsonObject *account)
{
  return g_strcmp0 (vv_json_string (account, "state"), "active") != 0;
}

static char *
state_cell (JsonObject *account)
{
  if (is_disabled (account))
    return g_strdup (_ ("Disabled"));
  return g_strdup (vv_json_string (account, "locked") != NULL ? _ ("Locked") : _ ("Active"));
}

static char *
roles_cell (JsonObject *account)
{
  VvRoles          roles = VV_ROLE_NONE;
  g_autofree char *text = NULL;

  if (!vv_roles_from_json (vv_json_array (account, "roles"), &roles, /* error= */ NULL))
    return NULL;
  text = vv_roles_for_people (roles);
  return vv_json_bool (account, "intelligence") ? g_strdup_printf (_ ("%s; Intelligence Bureau"), text) : g_steal_pointer (&text);
}

static char *
last_cell (JsonObject *account)
{
  const char *last = vv_json_string (account, "last_sign_in");

  return last != NULL ? vv_time_for_people (last) : g_strdup (_ ("Never"));
}

static const VvTableColumn columns[] = {
  { N_ ("Name"), VV_TABLE_TEXT, "full_name", NULL, 0 },
  { N_ ("Account"), VV_TABLE_TEXT, "account", NULL, 150 },
  { N_ ("Roles"), VV_TABLE_TEXT, NULL, roles_cell, 230 },
  { N_ ("State"), VV_TABLE_TEXT, NULL, state_cell, 100 },
  { N_ ("Last sign-in"), VV_TABLE_TIME, "last_sign_in", last_cell, 150 },
};

/* --- The side -------------------------------------------------------------------------------------------------------------- */

static gboolean
has (GtkEditable *entry)
{
  return *gtk_editable_get_text (entry) != '\0';
}

static void
on_changed_cb (VvAccountsPage *self)
{
  gboolean any = FALSE;

  if (self->filling)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (role_checks); i++)
    any = any || gtk_check_button_get_active (role_check (self, i));
  gtk_widget_set_sensitive (self->change_roles, !self->busy && any);
  gtk_widget_set_sensitive (self->give, !self->busy &&
                                          has (self->passphrase) &&
                                          has (self->again) &&
                                          (self->chosen != NULL || (any && has (self->account) && has (self->full_name))));
  gtk_widget_set_sensitive (self->release, !self->busy);
  gtk_widget_set_sensitive (self->disable, !self->busy);
}

static void
set_busy (VvAccountsPage *self, gboolean busy)
{
  self->busy = busy;
  on_changed_cb (self);
}

static gboolean
holds (JsonObject *account, const char *role)
{
  JsonArray *roles = vv_json_array (account, "roles");

  for (guint i = 0; i < vv_json_length (roles); i++)
    if (g_strcmp0 (json_array_get_string_element (roles, i), role) == 0)
      return TRUE;
  return FALSE;
}

static char *
state_sentence (JsonObject *account, gboolean own)
{
  g_autofree char *last = last_cell (account);

  if (account == NULL)
    return g_strdup (_ ("The person changes the pass phrase after the first sign-in."));
  if (own)
    return g_strdup (_ ("This is your own account. Another administrator changes it."));
  if (is_disabled (account))
    return g_strdup (_ ("Disabled: nobody can sign in with it. It is enabled with a new pass phrase; what it signed before stays valid."));
  if (vv_json_string (account, "locked") != NULL)
    return g_strdup (_ ("Locked after too many wrong pass phrases, until it is released or reset."));
  return g_strdup_printf (_ ("Active; last sign-in: %s."), last);
}

/* Fills the side with @account; NULL: with one that is to be made. */
static void
show_side (VvAccountsPage *self, JsonObject *account)
{
  const char      *name = vv_json_string (account, "account");
  gboolean         own = name != NULL && g_strcmp0 (name, vv_desk_account (self->desk)) == 0;
  g_autofree char *sentence = state_sentence (account, own);

  g_free (self->chosen);
  self->chosen = g_strdup (name);
  self->disabled = account != NULL && is_disabled (account);
  self->filling = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (role_checks); i++)
    gtk_check_button_set_active (role_check (self, i), account != NULL && holds (account, role_checks[i].name));
  gtk_check_button_set_active (self->intelligence, vv_json_bool (account, "intelligence"));
  gtk_editable_set_text (self->passphrase, "");
  gtk_editable_set_text (self->again, "");
  self->filling = FALSE;
  gtk_label_set_text (self->title, account != NULL ? vv_json_string (account, "full_name") : _ ("New account"));
  gtk_label_set_text (self->state, sentence);
  gtk_label_set_text (self->passphrase_title, account == NULL ? _ ("First pass phrase") : _ ("New pass phrase"));
  gtk_button_set_label (GTK_BUTTON (self->give), account == NULL ? _ ("Add the account") : self->disabled ? _ ("Enable the account")
                                                                                                          : _ ("Reset the pass phrase"));
  vv_parts_name (self->give, gtk_button_get_label (GTK_BUTTON (self->give)));
  gtk_widget_set_visible (self->identity, account == NULL);
  gtk_widget_set_visible (self->role_box, !own);
  gtk_widget_set_visible (self->passphrase_box, !own);
  gtk_widget_set_visible (self->change_roles, account != NULL);
  gtk_widget_set_visible (self->other_box, account != NULL && !own);
  gtk_widget_set_visible (self->release, vv_json_string (account, "locked") != NULL);
  gtk_widget_set_visible (self->disable, !self->disabled);
  on_changed_cb (self);
}

static void
on_activated_cb (VvAccountsPage *self, guint position)
{
  vv_act_say (self->message, NULL);
  show_side (self, vv_table_row (self->list, position));
}

static void
on_add_one_cb (VvAccountsPage *self)
{
  vv_act_say (self->message, NULL);
  gtk_editable_set_text (self->account, "");
  gtk_editable_set_text (self->full_name, "");
  show_side (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->account));
}

/* --- Reading the list -------------------------------------------------------------------------------------------------------- */

static void
listed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvAccountsPage  *self = VV_ACCOUNTS_PAGE (page);
  JsonArray       *accounts = vv_json_array (answer, "accounts");
  guint            n = vv_json_length (accounts);
  g_autofree char *text = NULL;

  if (error != NULL)
    return;
  text = g_strdup_printf (g_dngettext (NULL, "%u account", "%u accounts", n), n);
  gtk_label_set_text (self->subtitle, text);
  vv_table_fill (self->list, accounts);
  for (guint i = 0; i < n; i++)
    if (self->chosen != NULL && g_strcmp0 (vv_json_string (vv_json_element (accounts, i), "account"), self->chosen) == 0)
      show_side (self, vv_json_element (accounts, i));
}

static void
reload (VvAccountsPage *self, GtkLabel *message)
{
  vv_act_run (GTK_WIDGET (self), message, self->desk, vv_desk_list_accounts, NULL, NULL, listed_cb);
}

/* --- Acts ----------------------------------------------------------------------------------------------------------------------- */

static void
acted_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvAccountsPage *self = VV_ACCOUNTS_PAGE (page);

  set_busy (self, FALSE);
  if (error == NULL)
    reload (self, self->message);
}

static JsonArray *
chosen_roles (VvAccountsPage *self)
{
  JsonArray *roles = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (role_checks); i++)
    if (gtk_check_button_get_active (role_check (self, i)))
      json_array_add_string_element (roles, role_checks[i].name);
  return roles;
}

static void
act (VvAccountsPage *self, VvDeskAct function, JsonObject *details)
{
  set_busy (self, TRUE);
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, function, details, NULL, acted_cb);
}

static void
on_roles_cb (VvAccountsPage *self)
{
  act (self, vv_desk_change_roles,
       vv_json_new ("account", "s", self->chosen, "roles", "a", chosen_roles (self), "intelligence", "b",
                    gtk_check_button_get_active (self->intelligence), NULL));
}

static void
on_release_cb (VvAccountsPage *self)
{
  act (self, vv_desk_release_account, vv_json_new ("account", "s", self->chosen, NULL));
}

static void
disable_for_good (gpointer user_data)
{
  VvAccountsPage *self = user_data;

  act (self, vv_desk_disable_account, vv_json_new ("account", "s", self->chosen, NULL));
}

static void
on_disable_cb (VvAccountsPage *self)
{
  g_autofree char *text = g_strdup_printf (_ ("%s can no longer sign in. What they signed stays valid. The account can be enabled again with a new pass phrase."),
                                           gtk_label_get_text (self->title));

  vv_dialogs_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Disable this account?"), text, _ ("_Disable"), disable_for_good,
                  self);
}

static gboolean
give (VvDesk *desk, VvProof *proof, GError **error)
{
  if (proof->facts != NULL)
    return vv_desk_add_account (desk, proof->account, proof->facts, proof->new_passphrase, error);
  return vv_desk_reset_account (desk, proof->account, proof->new_passphrase, error);
}

static gboolean
enable (VvDesk *desk, VvProof *proof, GError **error)
{
  return vv_desk_enable_account (desk, proof->account, proof->new_passphrase, error);
}

/* A new account, a reset one or an enabled one is the chosen one from then on. */
static void
given_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvAccountsPage *self = VV_ACCOUNTS_PAGE (page);

  set_busy (self, FALSE);
  if (error != NULL)
    return;
  if (self->chosen == NULL)
    self->chosen = g_strdup (gtk_editable_get_text (self->account));
  vv_parts_toast (page, _ ("The pass phrase counts from now on. Tell it to the person alone."));
  reload (self, self->message);
}

static void
on_passphrase_cb (VvAccountsPage *self)
{
  VvProof proof = { 0 };

  if (!gtk_widget_get_sensitive (self->give))
    return;
  if (g_strcmp0 (gtk_editable_get_text (self->passphrase), gtk_editable_get_text (self->again)) != 0)
    {
      vv_act_say (self->message, _ ("The two pass phrases differ. Type both again."));
      return;
    }
  proof.account = g_strdup (self->chosen != NULL ? self->chosen : gtk_editable_get_text (self->account));
  if (self->chosen == NULL)
    proof.facts = vv_json_new ("full_name", "s", gtk_editable_get_text (self->full_name), "roles", "a", chosen_roles (self), "intelligence",
                               "b", gtk_check_button_get_active (self->intelligence), NULL);
  proof.new_passphrase = vv_act_take_secret (self->passphrase);
  gtk_editable_set_text (self->again, "");
  set_busy (self, TRUE);
  vv_act_prove (GTK_WIDGET (self), self->message, self->desk, self->disabled ? enable : give, &proof, given_cb);
}

/* --- The page --------------------------------------------------------------------------------------------------------------------- */

static void
vv_accounts_page_map (GtkWidget *widget)
{
  VvAccountsPage *self = VV_ACCOUNTS_PAGE (widget);

  GTK_WIDGET_CLASS (vv_accounts_page_parent_class)->map (widget);
  reload (self, self->message);
}

static void
vv_accounts_page_dispose (GObject *object)
{
  VvAccountsPage *self = VV_ACCOUNTS_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->chosen, g_free);
  G_OBJECT_CLASS (vv_accounts_page_parent_class)->dispose (object);
}

static void
vv_accounts_page_class_init (VvAccountsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_accounts_page_dispose;
  widget_class->map = vv_accounts_page_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-accounts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, list);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, title);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, state);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, message);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, identity);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, account);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, full_name);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, role_box);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, examiner);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, supervisor);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, administrator);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, auditor);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, trainer);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, intelligence);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, change_roles);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, passphrase_box);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, passphrase_title);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, rules);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, again);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, give);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, other_box);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, release);
  gtk_widget_class_bind_template_child (widget_class, VvAccountsPage, disable);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_one_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_disable_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_passphrase_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_release_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_roles_cb);
}

static void
vv_accounts_page_init (VvAccountsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_text (self->rules, vv_parts_passphrase_rules ());
  vv_table_begin (self->list, _ ("Accounts"), columns, G_N_ELEMENTS (columns));
}

GtkWidget *
vv_accounts_page_new (VvDesk *desk)
{
  VvAccountsPage *self = g_object_new (VV_TYPE_ACCOUNTS_PAGE, NULL);

  self->desk = g_object_ref (desk);
  show_side (self, NULL);
  return GTK_WIDGET (self);
}
