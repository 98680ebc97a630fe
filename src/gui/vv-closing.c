// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-closing.h"
#include "vv-json.h"
#include "vv-roles.h"
#include "vv-text-field.h"

struct _VvClosing
{
  AdwBin       parent_instance;
  GtkWidget   *form;
  AdwComboRow *cause;
  VvTextField *reason;
  GtkWidget   *close;
  GtkLabel    *why_not;
  VvPanel     *panel; /* (unowned) */
  gint64       request;
};

G_DEFINE_FINAL_TYPE (VvClosing, vv_closing, ADW_TYPE_BIN)

/* In the order of the list, after "Not chosen yet". */
static const char *const causes[] = { "withdrawn", "abandoned", "duplicate", "completed" };

static void
on_typed_cb (VvClosing *self)
{
  g_autofree char *reason = vv_text_field_text (self->reason);

  gtk_widget_set_sensitive (self->close, adw_combo_row_get_selected (self->cause) > 0 && *reason != '\0');
}

static void
empty (VvClosing *self)
{
  adw_combo_row_set_selected (self->cause, 0);
  vv_text_field_set_text (self->reason, NULL);
  on_typed_cb (self);
}

static void
on_close_cb (VvClosing *self)
{
  guint            place = adw_combo_row_get_selected (self->cause);
  g_autofree char *reason = vv_text_field_text (self->reason);

  if (place > 0 && place <= G_N_ELEMENTS (causes))
    vv_panel_act (self->panel, vv_desk_close,
                  vv_json_new ("cause", "s", causes[place - 1], "reason", "s", reason, NULL), NULL, NULL);
}

static void
vv_closing_class_init (VvClosingClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-closing.ui");
  gtk_widget_class_bind_template_child (widget_class, VvClosing, form);
  gtk_widget_class_bind_template_child (widget_class, VvClosing, cause);
  gtk_widget_class_bind_template_child (widget_class, VvClosing, reason);
  gtk_widget_class_bind_template_child (widget_class, VvClosing, close);
  gtk_widget_class_bind_template_child (widget_class, VvClosing, why_not);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_cb);
}

static void
vv_closing_init (VvClosing *self)
{
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vv_closing_refresh (VvClosing *self, VvPanel *panel)
{
  gboolean supervisor, closed, may;

  g_return_if_fail (VV_IS_CLOSING (self));
  self->panel = panel;
  if (self->request != vv_panel_request (panel))
    empty (self);
  self->request = vv_panel_request (panel);
  supervisor = (vv_desk_roles (vv_panel_desk (panel)) & VV_ROLE_SUPERVISOR) != 0;
  closed = vv_json_object (vv_panel_case (panel), "closure") != NULL;
  may = vv_panel_may (panel, "close");
  gtk_widget_set_visible (GTK_WIDGET (self), supervisor && !closed);
  gtk_widget_set_visible (self->form, may);
  gtk_widget_set_visible (GTK_WIDGET (self->why_not), !may);
  if (!may)
    gtk_label_set_text (self->why_not, vv_json_string (vv_json_object (vv_panel_case (panel), "may"), "close"));
}
