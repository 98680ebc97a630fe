// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-handschu.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-text-field.h"

struct _VvHandschu
{
  AdwBin          parent_instance;
  GtkCheckButton *yes;
  GtkCheckButton *no;
  GtkWidget      *authority_group;
  GtkEditable    *authority;
  VvTextField    *reason;
  GtkWidget      *answer;
  VvPanel        *panel; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (VvHandschu, vv_handschu, ADW_TYPE_BIN)

static guint signal_changed;

static void
on_typed_cb (VvHandschu *self)
{
  gtk_widget_set_visible (self->authority_group, gtk_check_button_get_active (self->yes));
  g_signal_emit (self, signal_changed, 0);
}

static void
on_answer_cb (VvHandschu *self)
{
  vv_panel_act (self->panel, vv_desk_handschu, vv_handschu_get (self), NULL, NULL);
}

static void
vv_handschu_class_init (VvHandschuClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  signal_changed =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-handschu.ui");
  gtk_widget_class_bind_template_child (widget_class, VvHandschu, yes);
  gtk_widget_class_bind_template_child (widget_class, VvHandschu, no);
  gtk_widget_class_bind_template_child (widget_class, VvHandschu, authority_group);
  gtk_widget_class_bind_template_child (widget_class, VvHandschu, authority);
  gtk_widget_class_bind_template_child (widget_class, VvHandschu, reason);
  gtk_widget_class_bind_template_child (widget_class, VvHandschu, answer);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_answer_cb);
}

static void
vv_handschu_init (VvHandschu *self)
{
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
}

JsonObject *
vv_handschu_get (VvHandschu *self)
{
  gboolean         yes, no;
  const char      *authority;
  g_autofree char *reason = NULL;

  g_return_val_if_fail (VV_IS_HANDSCHU (self), NULL);
  yes = gtk_check_button_get_active (self->yes);
  no = gtk_check_button_get_active (self->no);
  authority = gtk_editable_get_text (self->authority);
  reason = vv_text_field_text (self->reason);
  return vv_json_new ("applies", "s", yes ? "yes" : no ? "no"
                                                       : NULL,
                      "authority", "s", yes && vv_parts_has_text (authority) ? authority : NULL, "reason", "s",
                      reason, NULL);
}

void
vv_handschu_set (VvHandschu *self, JsonObject *body)
{
  const char *applies = vv_json_string (body, "applies");
  const char *authority = vv_json_string (body, "authority");

  g_return_if_fail (VV_IS_HANDSCHU (self));
  gtk_check_button_set_active (self->yes, g_strcmp0 (applies, "yes") == 0);
  gtk_check_button_set_active (self->no, g_strcmp0 (applies, "no") == 0);
  gtk_editable_set_text (self->authority, authority != NULL ? authority : "");
  vv_text_field_set_text (self->reason, vv_json_string (body, "reason"));
}

void
vv_handschu_refresh (VvHandschu *self, VvPanel *panel)
{
  JsonObject *shown;

  g_return_if_fail (VV_IS_HANDSCHU (self));
  self->panel = panel;
  shown = vv_panel_case (panel);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          vv_json_bool (shown, "intelligence") && vv_json_object (shown, "handschu") == NULL);
  vv_panel_offer (panel, self->answer, "handschu");
}
