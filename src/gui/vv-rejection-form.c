// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-draft.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-rejection-form.h"
#include "vv-rejection.h"
#include "vv-text-field.h"

struct _VvRejectionForm
{
  AdwBin           parent_instance;
  GtkLabel        *title;
  GtkWidget       *reasons; /* check buttons, each with its code */
  VvTextField     *text;
  GtkToggleButton *mark;
  GtkWidget       *marks_list;
  VvTextField     *ask;
  GtkLabel        *missing;
  GtkWidget       *preview;
  VvDesk          *desk;
  gint64           request;
  gint64           media; /* 0: all pictures of the request */
  JsonArray       *marks;
  VvDraft         *draft;
};

G_DEFINE_FINAL_TYPE (VvRejectionForm, vv_rejection_form, ADW_TYPE_BIN)

enum
{
  MARK,
  MARKED,
  PREVIEW,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- What is said --------------------------------------------------------------------------------------------- */

static JsonArray *
chosen_reasons (VvRejectionForm *self)
{
  JsonArray *codes = json_array_new ();

  for (GtkWidget *check = gtk_widget_get_first_child (self->reasons); check != NULL; check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      json_array_add_string_element (codes, g_object_get_data (G_OBJECT (check), "code"));
  return codes;
}

static char *
what_is_missing (VvRejectionForm *self)
{
  g_autoptr (JsonArray) reasons = chosen_reasons (self);
  g_autofree char      *text = vv_text_field_text (self->text);
  g_autofree char      *ask = vv_text_field_text (self->ask);

  if (json_array_get_length (reasons) == 0)
    return g_strdup (_ ("Choose at least one reason."));
  if (*text == '\0')
    return g_strdup (_ ("Say in words what is wrong with the picture."));
  if (*ask == '\0')
    return g_strdup (_ ("Say what would help: the investigator may send better pictures."));
  return NULL;
}

static void
show_missing (VvRejectionForm *self)
{
  g_autofree char *missing = what_is_missing (self);

  gtk_label_set_text (self->missing, missing);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), missing != NULL);
  gtk_widget_set_sensitive (self->preview, missing == NULL);
  gtk_widget_set_tooltip_text (self->preview, missing != NULL ? missing : _ ("See the report before it is sent (Ctrl+Enter)"));
}

static void
on_said_cb (VvRejectionForm *self)
{
  show_missing (self);
  if (self->draft != NULL)
    vv_draft_touch (self->draft);
}

JsonObject *
vv_rejection_form_details (VvRejectionForm *self)
{
  g_autofree char *text = vv_text_field_text (self->text);
  g_autofree char *ask = vv_text_field_text (self->ask);
  JsonObject      *details = vv_json_new ("scope", "s", self->media != 0 ? "image" : "request", "reasons", "a", chosen_reasons (self),
                                          "text", "s", text, "ask", "s", ask, "marks", "a", json_array_ref (self->marks), NULL);
  JsonArray       *media;

  if (self->media != 0)
    {
      media = json_array_new ();
      json_array_add_int_element (media, self->media);
      json_object_set_array_member (details, "media", media);
    }
  return details;
}

static JsonObject *
collect (gpointer owner)
{
  return vv_rejection_form_details (owner);
}

static gboolean
is_among (JsonArray *codes, const char *code)
{
  for (guint i = 0; i < vv_json_length (codes); i++)
    if (g_strcmp0 (json_array_get_string_element (codes, i), code) == 0)
      return TRUE;
  return FALSE;
}

/* --- Places in the picture ----------------------------------------------------------------------------------------- */

static void show_marks (VvRejectionForm *self);

static void
on_remove_mark_cb (VvRejectionForm *self, GtkWidget *button)
{
  json_array_remove_element (self->marks, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "mark")));
  show_marks (self);
  on_said_cb (self);
}

static void
show_marks (VvRejectionForm *self)
{
  vv_parts_clear (self->marks_list);
  for (guint i = 0; i < json_array_get_length (self->marks); i++)
    {
      g_autofree char *name = g_strdup_printf (_ ("Mark %u"), i + 1);
      g_autofree char *remove = g_strdup_printf (_ ("Remove mark %u"), i + 1);
      GtkWidget       *button = gtk_button_new_with_label (name);

      gtk_widget_set_tooltip_text (button, remove);
      vv_parts_name (button, remove);
      g_object_set_data (G_OBJECT (button), "mark", GUINT_TO_POINTER (i));
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_mark_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->marks_list), button);
    }
  g_signal_emit (self, signals[MARKED], 0);
}

void
vv_rejection_form_add_mark (VvRejectionForm *self, gint64 media, const VvBox *place)
{
  g_return_if_fail (VV_IS_REJECTION_FORM (self) && place != NULL);
  json_array_add_object_element (self->marks, vv_json_new ("media", "i", media, "x", "d", (double) place->x, "y", "d", (double) place->y,
                                                           "width", "d", (double) place->width, "height", "d", (double) place->height, NULL));
  gtk_toggle_button_set_active (self->mark, FALSE);
  show_marks (self);
  on_said_cb (self);
}

JsonArray *
vv_rejection_form_marks (VvRejectionForm *self)
{
  g_return_val_if_fail (VV_IS_REJECTION_FORM (self), NULL);
  return self->marks;
}

static void
on_mark_toggled_cb (VvRejectionForm *self)
{
  g_signal_emit (self, signals[MARK], 0, gtk_toggle_button_get_active (self->mark));
}

/* --- Beginning and ending --------------------------------------------------------------------------------------------- */

static void
empty (VvRejectionForm *self)
{
  for (GtkWidget *check = gtk_widget_get_first_child (self->reasons); check != NULL; check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  vv_text_field_set_text (self->text, NULL);
  vv_text_field_set_text (self->ask, NULL);
  g_clear_pointer (&self->marks, json_array_unref);
  self->marks = json_array_new ();
  show_marks (self);
}

static void
restore (gpointer owner, JsonObject *body)
{
  VvRejectionForm *self = owner;
  JsonArray       *codes = vv_json_array (body, "reasons");

  for (GtkWidget *check = gtk_widget_get_first_child (self->reasons); check != NULL; check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_among (codes, g_object_get_data (G_OBJECT (check), "code")));
  vv_text_field_set_text (self->text, vv_json_string (body, "text"));
  vv_text_field_set_text (self->ask, vv_json_string (body, "ask"));
  if (vv_json_array (body, "marks") != NULL)
    {
      g_clear_pointer (&self->marks, json_array_unref);
      self->marks = json_array_ref (vv_json_array (body, "marks"));
    }
  show_marks (self);
  show_missing (self);
}

void
vv_rejection_form_begin (VvRejectionForm *self, VvDesk *desk, gint64 request, gint64 media, const char *name, const char *ask)
{
  g_autofree char *key = g_strdup_printf ("rejection-%" G_GINT64_FORMAT, media);
  g_autofree char *title = media != 0 ? g_strdup_printf (_ ("Reject %s"), name) : g_strdup (_ ("Reject all pictures of the request"));
  g_autofree char *said = NULL;

  g_return_if_fail (VV_IS_REJECTION_FORM (self));
  gtk_label_set_text (self->title, title);
  if (self->draft == NULL || g_strcmp0 (vv_draft_key (self->draft), key) != 0)
    {
      g_clear_pointer (&self->draft, vv_draft_free);
      self->request = request;
      self->media = media;
      g_set_object (&self->desk, desk);
      empty (self);
      self->draft = vv_draft_new (desk, request, key, collect, restore, self);
    }
  said = vv_text_field_text (self->ask);
  if (*said == '\0')
    vv_text_field_set_text (self->ask, ask);
  show_missing (self);
  gtk_widget_grab_focus (gtk_widget_get_first_child (self->reasons));
}

void
vv_rejection_form_forget (VvRejectionForm *self)
{
  g_return_if_fail (VV_IS_REJECTION_FORM (self));
  if (self->draft != NULL)
    vv_draft_forget (self->draft);
  g_clear_pointer (&self->draft, vv_draft_free);
  empty (self);
}

static void
on_preview_cb (VvRejectionForm *self)
{
  if (gtk_widget_get_sensitive (self->preview))
    g_signal_emit (self, signals[PREVIEW], 0);
}

static void
on_cancel_cb (VvRejectionForm *self)
{
  gtk_toggle_button_set_active (self->mark, FALSE);
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvRejectionForm *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  on_cancel_cb (self);
  return GDK_EVENT_STOP;
}

/* --- The form ----------------------------------------------------------------------------------------------------------- */

static void
add_reasons (VvRejectionForm *self)
{
  for (const VvRejectionReason *reason = vv_rejection_all (); reason->code != NULL; reason++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (_ (reason->title));
      GtkWidget *label = gtk_widget_get_last_child (check);

      gtk_widget_set_tooltip_text (check, _ (reason->ask));
      vv_parts_name (check, _ (reason->title));
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      g_object_set_data (G_OBJECT (check), "code", (gpointer) reason->code);
      g_signal_connect_object (check, "toggled", G_CALLBACK (on_said_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->reasons), check);
    }
}

static void
vv_rejection_form_dispose (GObject *object)
{
  g_clear_pointer (&VV_REJECTION_FORM (object)->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_rejection_form_parent_class)->dispose (object);
}

static void
vv_rejection_form_finalize (GObject *object)
{
  VvRejectionForm *self = VV_REJECTION_FORM (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->marks, json_array_unref);
  G_OBJECT_CLASS (vv_rejection_form_parent_class)->finalize (object);
}

static void
vv_rejection_form_class_init (VvRejectionFormClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_rejection_form_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_rejection_form_finalize;
  signals[MARK] = g_signal_new ("mark", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[MARKED] = g_signal_new ("marked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PREVIEW] = g_signal_new ("preview", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-rejection-form.ui");
  gtk_widget_class_bind_template_child (widget_class, VvRejectionForm, title);
  gtk_widget_class_bind_template_child (widget_class, VvRejectionForm, reasons);
  gtk_widget_class_bind_template_child (widget_class, VvRejectionForm, text);
  gtk_widget_class_bind_template_child (widget_class, VvRejectionForm, mark);
  gtk_widget_class_bind_template_child (widget_class, VvRejectionForm, marks_list);
  gtk_widget_class_bind_template_child (widget_class, VvRejectionForm, ask);
  gtk_widget_class_bind_template_child (widget_class, VvRejectionForm, missing);
  gtk_widget_class_bind_template_child (widget_class, VvRejectionForm, preview);
  gtk_widget_class_bind_template_callback (widget_class, on_said_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_mark_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_preview_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
}

static void
vv_rejection_form_init (VvRejectionForm *self)
{
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  self->marks = json_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_reasons (self);
}
