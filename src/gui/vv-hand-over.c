// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-agency-form.h"
#include "vv-hand-over.h"
#include "vv-intake.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-record-list.h"
#include "vv-text-field.h"

struct _VvHandOver
{
  AdwBin        parent_instance;
  GtkLabel     *explain;
  GtkWidget    *hand_group;
  GtkEditable  *recipient;
  GtkEditable  *note;
  GtkWidget    *hand;
  GtkWidget    *change_group;
  AdwComboRow  *method;
  VvTextField  *reason;
  GtkWidget    *change;
  VvRecordList *records;
  VvPanel      *panel; /* (unowned) */
  gint64        request;
};

G_DEFINE_FINAL_TYPE (VvHandOver, vv_hand_over, ADW_TYPE_BIN)

/* The way that is allowed: a supervisor's, else the one by which the request came. */
static const char *
allowed (JsonObject *shown)
{
  const char *changed = vv_json_string (vv_json_object (shown, "channel_change"), "method");

  return changed != NULL ? changed : vv_json_string (vv_json_object (shown, "agency_form"), "method");
}

static void
on_typed_cb (VvHandOver *self)
{
  g_autofree char *reason = vv_text_field_text (self->reason);

  gtk_widget_set_sensitive (self->hand, vv_parts_has_text (gtk_editable_get_text (self->recipient)));
  gtk_widget_set_sensitive (self->change, vv_agency_form_method (self->method) != NULL && *reason != '\0');
}

static void
on_hand_cb (VvHandOver *self)
{
  const char *note = gtk_editable_get_text (self->note);

  vv_panel_act (self->panel, vv_desk_hand_over,
                vv_json_new ("method", "s", allowed (vv_panel_case (self->panel)), "recipient", "s",
                             gtk_editable_get_text (self->recipient), "note", "s",
                             vv_parts_has_text (note) ? note : NULL, NULL),
                NULL, NULL);
}

static void
on_change_cb (VvHandOver *self)
{
  g_autofree char *reason = vv_text_field_text (self->reason);

  vv_panel_act (self->panel, vv_desk_change_channel,
                vv_json_new ("method", "s", vv_agency_form_method (self->method), "reason", "s", reason, NULL), NULL,
                NULL);
}

static void
vv_hand_over_class_init (VvHandOverClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-hand-over.ui");
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, explain);
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, hand_group);
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, recipient);
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, note);
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, hand);
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, change_group);
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, method);
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, reason);
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, change);
  gtk_widget_class_bind_template_child (widget_class, VvHandOver, records);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hand_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_change_cb);
}

static void
vv_hand_over_init (VvHandOver *self)
{
  g_autoptr (GListModel) methods = vv_agency_form_methods ();

  g_type_ensure (VV_TYPE_TEXT_FIELD);
  g_type_ensure (VV_TYPE_RECORD_LIST);
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->method, methods);
}

/* Another request: what was typed for the one before does not go along. */
static void
begin (VvHandOver *self, JsonObject *shown)
{
  const char *officer = vv_json_string (vv_json_object (shown, "agency_form"), "officer");

  gtk_editable_set_text (self->recipient, officer != NULL ? officer : "");
  gtk_editable_set_text (self->note, "");
  adw_combo_row_set_selected (self->method, 0);
  vv_text_field_set_text (self->reason, NULL);
  on_typed_cb (self);
}

static char *
explanation (JsonObject *shown)
{
  const char *way = vv_intake_method_title (allowed (shown));
  const char *may = vv_json_string (vv_json_object (shown, "may"), "hand-over");

  if (way == NULL)
    return g_strdup (_ ("The FIS Outside Agency Form is missing; it says how the report goes back."));
  if (vv_json_object (shown, "hand_over") != NULL)
    return g_strdup (_ ("The report went back to the outside agency."));
  if (may != NULL)
    return g_strdup_printf (_ ("The report goes back by: %s. %s"), way, may);
  return g_strdup_printf (_ ("The report goes back by: %s. Open it, hand it over that way, and record here to whom."), way);
}

void
vv_hand_over_refresh (VvHandOver *self, VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_CHANNEL_CHANGE, VV_KIND_HAND_OVER, NULL };
  JsonObject              *shown = vv_panel_case (panel);
  g_autofree char         *text = explanation (shown);

  g_return_if_fail (VV_IS_HAND_OVER (self));
  self->panel = panel;
  gtk_widget_set_visible (GTK_WIDGET (self), g_strcmp0 (vv_json_string (shown, "channel"), "outside-agency") == 0);
  if (self->request != vv_panel_request (panel))
    begin (self, shown);
  self->request = vv_panel_request (panel);
  gtk_label_set_text (self->explain, text);
  gtk_widget_set_visible (self->hand_group, vv_panel_may (panel, "hand-over"));
  gtk_widget_set_visible (self->change_group, vv_panel_may (panel, "change-channel"));
  vv_record_list_fill (self->records, shown, kinds);
}
