// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-dialogs.h"
#include "vv-json.h"
#include "vv-outside-panel.h"
#include "vv-parts.h"
#include "vv-text-field.h"
#include "vv-thumbnail.h"

#define IMAGE_SIZE 120

struct _VvOutsidePanel
{
  VvPanel      parent_instance;
  GtkExpander *expander;
  GtkGrid     *facts;
  GtkWidget   *approval_form;
  AdwComboRow *approver;
  GtkEditable *approver_name;
  GtkEditable *date;
  AdwComboRow *document;
  VvTextField *reason;
  VvTextField *scope;
  GtkWidget   *approve;
  GtkWidget   *set;
  GtkFlowBox  *images;
  GtkWidget   *image_form;
  GtkEditable *source_detail;
  GtkEditable *reference;
  GtkEditable *person;
  GtkEditable *obtained_by;
  GtkEditable *obtained_at;
  GtkWidget   *add;
  GtkWidget   *search;
  GArray      *documents; /* (element-type gint64) record ids in the order of the row "document" */
  guint        n_shown;   /* images that are shown */
};

G_DEFINE_FINAL_TYPE (VvOutsidePanel, vv_outside_panel, VV_TYPE_PANEL)

static const struct
{
  const char *code;
  const char *title;
} approvers[] = {
  { "chief-of-detectives", N_ ("Chief of Detectives") },
  { "deputy-commissioner-intelligence", N_ ("Deputy Commissioner, Intelligence and Counterterrorism") },
};

/* --- The approval ---------------------------------------------------------------------------------------------------- */

static void
on_approve_cb (VvOutsidePanel *self)
{
  guint            document = adw_combo_row_get_selected (self->document);
  g_autofree char *reason = vv_text_field_text (self->reason);
  g_autofree char *scope = vv_text_field_text (self->scope);

  if (document >= self->documents->len)
    {
      vv_panel_say (VV_PANEL (self), _ ("Add the signed approval to the request first, as an exhibit “approval-document”."));
      return;
    }
  vv_panel_act (VV_PANEL (self), vv_desk_approve_outside,
                vv_json_new ("approver", "s", approvers[adw_combo_row_get_selected (self->approver)].code,
                             "approver_name", "s", gtk_editable_get_text (self->approver_name),
                             "date", "s", gtk_editable_get_text (self->date),
                             "reason", "s", reason, "scope", "s", scope,
                             "document", "i", g_array_index (self->documents, gint64, document), NULL),
                NULL, NULL);
}

/* The documents of approval that the request has. */
static void
show_documents (VvOutsidePanel *self)
{
  JsonArray                *exhibits = vv_json_array (vv_panel_case (VV_PANEL (self)), "exhibits");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_array_set_size (self->documents, 0);
  for (guint i = 0; i < vv_json_length (exhibits); i++)
    {
      JsonObject *exhibit = vv_json_element (exhibits, i);
      gint64      id = vv_json_int (exhibit, "record");

      if (g_strcmp0 (vv_json_string (exhibit, "class"), "approval-document") != 0)
        continue;
      g_array_append_val (self->documents, id);
      gtk_string_list_append (names, vv_json_string (exhibit, "name"));
    }
  adw_combo_row_set_model (self->document, G_LIST_MODEL (names));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->document),
                               self->documents->len > 0 ? "" : _ ("Add it as an exhibit “approval-document” first."));
}

static void
show_approval (VvOutsidePanel *self, JsonObject *approval)
{
  const char      *code = vv_json_string (approval, "approver");
  g_autofree char *by = NULL;

  vv_parts_clear (GTK_WIDGET (self->facts));
  if (approval == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (approvers); i++)
    if (g_strcmp0 (approvers[i].code, code) == 0)
      by = g_strdup_printf ("%s, %s", vv_json_string (approval, "approver_name"), _ (approvers[i].title));
  vv_parts_fact (self->facts, _ ("Approved by"), by);
  vv_parts_fact (self->facts, _ ("Date"), vv_json_string (approval, "date"));
  vv_parts_fact (self->facts, _ ("Reason"), vv_json_string (approval, "reason"));
  vv_parts_fact (self->facts, _ ("Scope"), vv_json_string (approval, "scope"));
}

/* --- The images ---------------------------------------------------------------------------------------------------------- */

static void
on_chosen (const char *path, gpointer user_data)
{
  VvOutsidePanel *self = user_data;
  const char     *person = gtk_editable_get_text (self->person);

  vv_panel_act (VV_PANEL (self), vv_desk_add_outside,
                vv_json_new ("file", "s", path,
                             "source_detail", "s", gtk_editable_get_text (self->source_detail),
                             "reference", "s", gtk_editable_get_text (self->reference),
                             "obtained_by", "s", gtk_editable_get_text (self->obtained_by),
                             "obtained_at", "s", gtk_editable_get_text (self->obtained_at),
                             "person", "s", vv_parts_has_text (person) ? person : NULL, NULL),
                NULL, NULL);
}

static void
on_add_cb (VvOutsidePanel *self)
{
  GtkEditable *const needed[] = { self->source_detail, self->reference, self->obtained_by, self->obtained_at };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!vv_parts_has_text (gtk_editable_get_text (needed[i])))
      {
        vv_panel_say (VV_PANEL (self),
                      _ ("Say where the image is from, how it is called there, who obtained it and when; then choose it."));
        gtk_widget_grab_focus (GTK_WIDGET (needed[i]));
        return;
      }
  vv_dialogs_choose_pictures (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Choose the image"), on_chosen, self);
}

static void
on_search_cb (VvOutsidePanel *self)
{
  vv_panel_act (VV_PANEL (self), vv_desk_search_outside, NULL, NULL, NULL);
}

static GtkWidget *
image_new (VvOutsidePanel *self, JsonObject *image)
{
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *reference = vv_json_string (image, "reference");
  GtkWidget  *thumbnail = vv_thumbnail_new (IMAGE_SIZE, reference);
  GtkWidget  *caption = gtk_label_new (reference);

  vv_thumbnail_show (VV_THUMBNAIL (thumbnail), vv_panel_desk (VV_PANEL (self)), vv_panel_request (VV_PANEL (self)),
                     vv_json_new ("outside", "i", vv_json_int (image, "record"), NULL));
  gtk_label_set_ellipsize (GTK_LABEL (caption), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (caption), 18);
  gtk_widget_set_tooltip_text (caption, vv_json_string (image, "source_detail"));
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), thumbnail);
  gtk_box_append (GTK_BOX (box), caption);
  return box;
}

static void
show_images (VvOutsidePanel *self)
{
  JsonArray *images = vv_json_array (vv_panel_case (VV_PANEL (self)), "outside_images");
  GtkWidget *child;

  if (self->n_shown == vv_json_length (images))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->images))) != NULL)
    gtk_flow_box_remove (self->images, child);
  for (guint i = 0; i < vv_json_length (images); i++)
    gtk_flow_box_append (self->images, image_new (self, vv_json_element (images, i)));
  self->n_shown = vv_json_length (images);
}

static void
vv_outside_panel_refresh (VvPanel *panel)
{
  VvOutsidePanel *self = VV_OUTSIDE_PANEL (panel);
  JsonObject     *approval = vv_json_object (vv_panel_case (panel), "outside_approval");

  show_approval (self, approval);
  show_documents (self);
  show_images (self);
  gtk_widget_set_visible (self->approval_form, approval == NULL && vv_panel_may (panel, "approve-outside"));
  gtk_widget_set_visible (self->set, approval != NULL);
  gtk_widget_set_visible (self->image_form, vv_panel_may (panel, "add-outside"));
  vv_panel_offer (panel, self->add, "add-outside");
  vv_panel_offer (panel, self->search, "search-outside");
  if (approval != NULL)
    gtk_expander_set_expanded (self->expander, TRUE);
}

static void
vv_outside_panel_finalize (GObject *object)
{
  g_clear_pointer (&VV_OUTSIDE_PANEL (object)->documents, g_array_unref);
  G_OBJECT_CLASS (vv_outside_panel_parent_class)->finalize (object);
}

static void
vv_outside_panel_class_init (VvOutsidePanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_outside_panel_finalize;
  VV_PANEL_CLASS (class)->refresh = vv_outside_panel_refresh;
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-outside-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, expander);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, facts);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, approval_form);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, approver);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, approver_name);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, date);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, document);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, reason);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, scope);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, approve);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, set);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, images);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, image_form);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, source_detail);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, reference);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, person);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, obtained_by);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, obtained_at);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, add);
  gtk_widget_class_bind_template_child (widget_class, VvOutsidePanel, search);
  gtk_widget_class_bind_template_callback (widget_class, on_approve_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_cb);
}

static void
vv_outside_panel_init (VvOutsidePanel *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->documents = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (gsize i = 0; i < G_N_ELEMENTS (approvers); i++)
    gtk_string_list_append (titles, _ (approvers[i].title));
  adw_combo_row_set_model (self->approver, G_LIST_MODEL (titles));
}
