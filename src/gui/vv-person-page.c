// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-act.h"
#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-person-page.h"
#include "vv-qr.h"
#include "vv-roles.h"
#include "vv-time.h"

/* The own account: pass phrase, second factor, locking. */

struct _VvPersonPage
{
  AdwBin         parent_instance;
  GtkLabel      *name;
  GtkLabel      *facts;
  GtkLabel      *message;
  GtkLabel      *rules;
  GtkEditable   *old_passphrase;
  GtkEditable   *new_passphrase;
  GtkEditable   *again;
  GtkWidget     *change;
  GtkLabel      *factor;
  GtkWidget     *enrol;
  GtkWidget     *enrolling;
  AdwBin        *qr_place;
  GtkLabel      *secret;
  GtkEditable   *code;
  GtkEditable   *factor_passphrase;
  GtkWidget     *confirm;
  GtkLabel      *idle;
  GtkWidget     *idle_box;
  GtkSpinButton *minutes;
  VvDesk        *desk;
  VvSecret      *address; /* (nullable) of the second factor, while it is set up */
  gboolean       busy;
};

G_DEFINE_FINAL_TYPE (VvPersonPage, vv_person_page, ADW_TYPE_BIN)

static gboolean
has (GtkEditable *entry)
{
  return *gtk_editable_get_text (entry) != '\0';
}

static void
on_changed_cb (VvPersonPage *self)
{
  gtk_widget_set_sensitive (self->change, !self->busy && has (self->old_passphrase) && has (self->new_passphrase) && has (self->again));
  gtk_widget_set_sensitive (self->confirm, !self->busy && has (self->code) && has (self->factor_passphrase));
  gtk_widget_set_sensitive (self->enrol, !self->busy);
}

static void
set_busy (VvPersonPage *self, gboolean busy)
{
  self->busy = busy;
  on_changed_cb (self);
}

/* --- What there is -------------------------------------------------------------------------------------------------------- */

static void
shown_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvPersonPage    *self = VV_PERSON_PAGE (page);
  g_autofree char *roles = vv_roles_for_people (vv_desk_roles (self->desk));
  g_autofree char *since = NULL;
  g_autofree char *facts = NULL;
  gboolean         factor = vv_json_bool (answer, "second_factor");

  if (error != NULL)
    return;
  since = vv_time_for_people (vv_json_string (answer, "last_sign_in"));
  facts = g_strdup_printf (_ ("Account %s · %s · signed in since %s"), vv_json_string (answer, "account"), roles,
                           since != NULL ? since : "");
  gtk_label_set_text (self->name, vv_json_string (answer, "full_name"));
  gtk_label_set_text (self->facts, facts);
  gtk_label_set_text (self->factor,
                      factor ? _ ("This account has a second factor: a code is asked for at every sign-in. A lost device is replaced by an administrator, who resets the account.")
                             : _ ("An authenticator app shows a new code every 30 seconds. Once it is set up, its code is asked for at every sign-in, besides the pass phrase. It needs no network."));
  gtk_button_set_label (GTK_BUTTON (self->enrol), factor ? _ ("Set up another device") : _ ("Set up a second factor"));
  vv_parts_name (self->enrol, gtk_button_get_label (GTK_BUTTON (self->enrol)));
}

static void
settings_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvPersonPage    *self = VV_PERSON_PAGE (page);
  gint64           minutes = vv_json_int (answer, "idle_minutes");
  g_autofree char *text = NULL;

  if (error != NULL)
    return;
  text = g_strdup_printf (g_dngettext (NULL,
                                       "The desk locks when nobody used it for %d minute. It locks at once with Ctrl+L; nothing that was typed is lost.",
                                       "The desk locks when nobody used it for %d minutes. It locks at once with Ctrl+L; nothing that was typed is lost.", (gulong) minutes),
                          (int) minutes);
  gtk_label_set_text (self->idle, text);
  gtk_spin_button_set_value (self->minutes, (double) minutes);
}

static void
reload (VvPersonPage *self)
{
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_own_account, NULL, NULL, shown_cb);
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_settings, NULL, NULL, settings_cb);
}

static void
on_minutes_cb (VvPersonPage *self)
{
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_settings,
              vv_json_new ("idle_minutes", "i", (gint64) gtk_spin_button_get_value_as_int (self->minutes), NULL), NULL, settings_cb);
}

/* --- Pass phrase ------------------------------------------------------------------------------------------------------------- */

static gboolean
change (VvDesk *desk, VvProof *proof, GError **error)
{
  return vv_desk_change_passphrase (desk, proof->passphrase, proof->new_passphrase, error);
}

static void
changed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  set_busy (VV_PERSON_PAGE (page), FALSE);
  if (error == NULL)
    vv_parts_toast (page, _ ("Your pass phrase was changed."));
}

static void
on_change_cb (VvPersonPage *self)
{
  VvProof proof = { 0 };

  if (!gtk_widget_get_sensitive (self->change))
    return;
  if (g_strcmp0 (gtk_editable_get_text (self->new_passphrase), gtk_editable_get_text (self->again)) != 0)
    {
      vv_act_say (self->message, _ ("The two new pass phrases differ. Type both again."));
      return;
    }
  proof.passphrase = vv_act_take_secret (self->old_passphrase);
  proof.new_passphrase = vv_act_take_secret (self->new_passphrase);
  gtk_editable_set_text (self->again, "");
  set_busy (self, TRUE);
  vv_act_prove (GTK_WIDGET (self), self->message, self->desk, change, &proof, changed_cb);
}

/* --- Second factor ------------------------------------------------------------------------------------------------------------ */

static void
on_forget_cb (VvPersonPage *self)
{
  g_clear_pointer (&self->address, vv_secret_free);
  adw_bin_set_child (self->qr_place, NULL);
  gtk_label_set_text (self->secret, "");
  gtk_editable_set_text (self->code, "");
  gtk_editable_set_text (self->factor_passphrase, "");
  gtk_widget_set_visible (self->enrolling, FALSE);
  gtk_widget_set_visible (self->enrol, TRUE);
}

/* The letters after "secret=", in groups of four. (transfer full) */
static char *
secret_of (const char *address)
{
  const char *start = strstr (address, "secret=");
  GString    *groups = g_string_new (NULL);

  for (guint i = 0; start != NULL && g_ascii_isalnum (start[strlen ("secret=") + i]); i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (groups, ' ');
      g_string_append_c (groups, start[strlen ("secret=") + i]);
    }
  return g_string_free (groups, FALSE);
}

static void
on_enrol_cb (VvPersonPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *wrong = NULL;
  char              *address, *letters;

  g_clear_pointer (&self->address, vv_secret_free);
  self->address = vv_desk_enrol_second_factor (self->desk, &error);
  wrong = vv_error_text (error);
  vv_act_say (self->message, wrong);
  if (self->address == NULL)
    return;
  /* A label and a picture cannot show what lies in locked memory; the copies go when the page does. */
  address = g_strndup ((const char *) vv_secret_data (self->address), vv_secret_size (self->address));
  letters = secret_of (address);
  adw_bin_set_child (self->qr_place, vv_qr_new (address, _ ("Address of the second factor as a QR code")));
  gtk_label_set_text (self->secret, letters);
  explicit_bzero (address, strlen (address));
  explicit_bzero (letters, strlen (letters));
  g_free (address);
  g_free (letters);
  gtk_widget_set_visible (self->enrolling, TRUE);
  gtk_widget_set_visible (self->enrol, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static gboolean
confirm (VvDesk *desk, VvProof *proof, GError **error)
{
  return vv_desk_confirm_second_factor (desk, proof->passphrase, proof->code, error);
}

static void
confirmed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvPersonPage *self = VV_PERSON_PAGE (page);

  set_busy (self, FALSE);
  if (error != NULL)
    return;
  on_forget_cb (self);
  vv_parts_toast (page, _ ("From now on a code is asked for at sign-in."));
  reload (self);
}

static void
on_confirm_cb (VvPersonPage *self)
{
  VvProof proof = { 0 };

  if (!gtk_widget_get_sensitive (self->confirm))
    return;
  proof.code = g_strdup (gtk_editable_get_text (self->code));
  proof.passphrase = vv_act_take_secret (self->factor_passphrase);
  set_busy (self, TRUE);
  vv_act_prove (GTK_WIDGET (self), self->message, self->desk, confirm, &proof, confirmed_cb);
}

/* --- The page ------------------------------------------------------------------------------------------------------------------- */

static void
vv_person_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vv_person_page_parent_class)->map (widget);
  reload (VV_PERSON_PAGE (widget));
}

static void
vv_person_page_finalize (GObject *object)
{
  VvPersonPage *self = VV_PERSON_PAGE (object);

  g_clear_pointer (&self->address, vv_secret_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (vv_person_page_parent_class)->finalize (object);
}

static void
vv_person_page_class_init (VvPersonPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_person_page_finalize;
  widget_class->map = vv_person_page_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-person-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, name);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, facts);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, message);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, rules);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, old_passphrase);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, new_passphrase);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, again);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, change);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, factor);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, enrol);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, enrolling);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, qr_place);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, secret);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, code);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, factor_passphrase);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, confirm);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, idle);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, idle_box);
  gtk_widget_class_bind_template_child (widget_class, VvPersonPage, minutes);
  gtk_widget_class_bind_template_callback (widget_class, on_change_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_enrol_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_forget_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_minutes_cb);
}

static void
vv_person_page_init (VvPersonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_text (self->rules, vv_parts_passphrase_rules ());
}

GtkWidget *
vv_person_page_new (VvDesk *desk)
{
  VvPersonPage *self = g_object_new (VV_TYPE_PERSON_PAGE, NULL);

  self->desk = g_object_ref (desk);
  gtk_widget_set_visible (self->idle_box, (vv_desk_roles (desk) & VV_ROLE_ADMINISTRATOR) != 0);
  on_changed_cb (self);
  return GTK_WIDGET (self);
}
