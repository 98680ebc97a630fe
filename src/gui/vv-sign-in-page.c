// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-notice.h"
#include "vv-parts.h"
#include "vv-sign-in-page.h"

struct _VvSignInPage
{
  AdwBin      parent_instance;
  GtkStack   *stack;
  GtkLabel   *desk_name;
  GtkLabel   *notice;
  GtkWidget  *acknowledge;
  GtkEntry   *account;
  GtkWidget  *passphrase;
  GtkWidget  *code;
  GtkWidget  *sign_in;
  GtkSpinner *spinner;
  GtkLabel   *message;
  GtkWidget  *training;
  GtkWidget  *people;
  VvDesk     *desk;
  gboolean    busy;
};

G_DEFINE_FINAL_TYPE (VvSignInPage, vv_sign_in_page, ADW_TYPE_BIN)

static guint signal_signed_in;

static void
show_busy (VvSignInPage *self, gboolean busy)
{
  self->busy = busy;
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_button_set_label (GTK_BUTTON (self->sign_in), busy ? _ ("Opening the desk") : _ ("Sign in"));
  gtk_widget_set_sensitive (self->sign_in, !busy);
}

static void
show_code (VvSignInPage *self, gboolean wanted)
{
  gtk_editable_set_text (GTK_EDITABLE (self->code), "");
  gtk_widget_set_visible (self->code, wanted);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvSignInPage) self = user_data;
  g_autoptr (GError)       error = NULL;
  gboolean                 done = vv_desk_sign_in_finish (VV_DESK (source), result, &error);
  g_autofree char         *text = vv_error_text (error);

  show_busy (self, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->code), "");
  /* That a code is wanted is no failure: the pass phrase was the right one and is not asked for again. */
  if (g_error_matches (error, VV_DESK_ERROR, VV_DESK_ERROR_CODE_NEEDED))
    {
      show_code (self, TRUE);
      gtk_widget_grab_focus (self->code);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
  show_code (self, FALSE);
  if (done)
    g_signal_emit (self, signal_signed_in, 0);
  else
    gtk_widget_grab_focus (self->passphrase);
}

/* Another account may have no second factor. */
static void
on_account_cb (VvSignInPage *self)
{
  show_code (self, FALSE);
}

static void
on_sign_in_cb (VvSignInPage *self)
{
  const char *account = gtk_editable_get_text (GTK_EDITABLE (self->account));
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase));
  const char *code = gtk_editable_get_text (GTK_EDITABLE (self->code));

  if (self->busy)
    return;
  if (*account == '\0' || *passphrase == '\0')
    {
      gtk_widget_grab_focus (*account == '\0' ? GTK_WIDGET (self->account) : self->passphrase);
      return;
    }
  show_busy (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  vv_desk_sign_in_async (self->desk, account, vv_secret_from_text (passphrase), *code != '\0' ? code : NULL, NULL, signed_in_cb,
                         g_object_ref (self));
}

static void
on_acknowledge_cb (VvSignInPage *self)
{
  gboolean known = *gtk_editable_get_text (GTK_EDITABLE (self->account)) != '\0';

  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_grab_focus (known ? self->passphrase : GTK_WIDGET (self->account));
}

/* --- A training desk shows who may sign in, and with what --------------------------------------------------------- */

static void
on_person_cb (VvSignInPage *self, GtkWidget *button)
{
  gtk_editable_set_text (GTK_EDITABLE (self->account), g_object_get_data (G_OBJECT (button), "account"));
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), g_object_get_data (G_OBJECT (button), "passphrase"));
  gtk_widget_grab_focus (self->sign_in);
}

static GtkWidget *
person_button (VvSignInPage *self, JsonObject *person)
{
  const char *account = vv_json_string (person, "account");
  const char *name = vv_json_string (person, "full_name");
  GtkWidget  *button = gtk_button_new ();
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget  *phrase = vv_parts_label (vv_json_string (person, "passphrase"), "monospace");

  gtk_widget_add_css_class (phrase, "dim-label");
  gtk_box_append (GTK_BOX (box), vv_parts_label (name != NULL ? name : account, "heading"));
  gtk_box_append (GTK_BOX (box), phrase);
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_object_set_data_full (G_OBJECT (button), "account", g_strdup (account), g_free);
  g_object_set_data_full (G_OBJECT (button), "passphrase", g_strdup (vv_json_string (person, "passphrase")), g_free);
  vv_parts_name (button, name != NULL ? name : account);
  gtk_widget_set_tooltip_text (button, _ ("Fills in account and pass phrase"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_person_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
show_people (VvSignInPage *self, JsonArray *people)
{
  vv_parts_clear (self->people);
  for (guint i = 0; i < vv_json_length (people); i++)
    gtk_box_append (GTK_BOX (self->people), person_button (self, vv_json_element (people, i)));
  gtk_widget_set_visible (self->training, vv_json_length (people) > 0);
}

static void
vv_sign_in_page_map (GtkWidget *widget)
{
  VvSignInPage *self = VV_SIGN_IN_PAGE (widget);

  GTK_WIDGET_CLASS (vv_sign_in_page_parent_class)->map (widget);
  gtk_widget_grab_focus (self->acknowledge);
}

static void
vv_sign_in_page_finalize (GObject *object)
{
  g_clear_object (&VV_SIGN_IN_PAGE (object)->desk);
  G_OBJECT_CLASS (vv_sign_in_page_parent_class)->finalize (object);
}

static void
vv_sign_in_page_class_init (VvSignInPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_sign_in_page_finalize;
  widget_class->map = vv_sign_in_page_map;
  signal_signed_in =
    g_signal_new ("signed-in", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, stack);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, desk_name);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, notice);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, acknowledge);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, account);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, code);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, message);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, training);
  gtk_widget_class_bind_template_child (widget_class, VvSignInPage, people);
  gtk_widget_class_bind_template_callback (widget_class, on_acknowledge_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_account_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_cb);
}

static void
vv_sign_in_page_init (VvSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_text (self->notice, vv_notice_sign_in ());
}

void
vv_sign_in_page_set_desk (VvSignInPage *self, VvDesk *desk, JsonObject *about, const char *account)
{
  JsonObject      *facts = vv_json_object (about, "about");
  const char      *agency = vv_json_string (facts, "agency");
  g_autofree char *name = NULL;

  g_return_if_fail (VV_IS_SIGN_IN_PAGE (self));
  g_set_object (&self->desk, desk);
  name = agency != NULL ? g_strdup_printf (_ ("%s, desk %s"), agency, vv_json_string (facts, "station"))
                        : g_strdup_printf (_ ("Desk %s"), vv_json_string (facts, "station"));
  gtk_label_set_text (self->desk_name, name);
  gtk_editable_set_text (GTK_EDITABLE (self->account), account != NULL ? account : "");
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  show_code (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "notice");
  show_people (self, vv_json_bool (facts, "training") ? vv_json_array (facts, "sign_in") : NULL);
  show_busy (self, FALSE);
}
