// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-decision-panel.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-record-list.h"

struct _VvDecisionPanel
{
  VvPanel       parent_instance;
  GtkLabel     *explain;
  GtkWidget    *open;
  GtkWidget    *preview;
  VvRecordList *records;
};

G_DEFINE_FINAL_TYPE (VvDecisionPanel, vv_decision_panel, VV_TYPE_PANEL)

static void
on_open_cb (VvDecisionPanel *self)
{
  vv_panel_go (VV_PANEL (self), "review", NULL);
}

/* As it would go to who asked; the recipient may still be changed when it is directed. */
static void
on_preview_cb (VvDecisionPanel *self)
{
  JsonObject      *shown = vv_panel_case (VV_PANEL (self));
  JsonObject      *requester = vv_json_object (vv_json_object (shown, "request"), "requester");
  g_autofree char *recipient = g_strdup_printf ("%s, %s", vv_json_string (requester, "name"), vv_json_string (requester, "command"));
  gboolean         approved = g_strcmp0 (vv_json_string (shown, "status"), "approved") == 0;

  vv_panel_preview (VV_PANEL (self),
                    vv_json_new ("form", "s", approved ? "possible-match" : "no-match", "recipient", "s", recipient, NULL));
}

static void
vv_decision_panel_refresh (VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_SIGN_OFF, VV_KIND_DIRECTION, NULL };
  VvDecisionPanel         *self = VV_DECISION_PANEL (panel);
  gboolean                 may = vv_panel_may (panel, "sign-off") || vv_panel_may (panel, "direct");

  vv_record_list_fill (self->records, vv_panel_case (panel), kinds);
  gtk_label_set_text (
    self->explain,
    may ? _ ("Everything that was written about this case is on one page. Your decision is signed.")
        : _ ("The supervisor sees the comparison, the background check and the peer review on one page, "
             "makes a comparison of their own, and decides."));
  gtk_widget_set_visible (self->open, may);
  gtk_widget_set_visible (self->preview, vv_panel_may (panel, "direct"));
  vv_panel_set_primary (panel, self->open);
}

static void
vv_decision_panel_class_init (VvDecisionPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  VV_PANEL_CLASS (class)->refresh = vv_decision_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-decision-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvDecisionPanel, explain);
  gtk_widget_class_bind_template_child (widget_class, VvDecisionPanel, open);
  gtk_widget_class_bind_template_child (widget_class, VvDecisionPanel, preview);
  gtk_widget_class_bind_template_child (widget_class, VvDecisionPanel, records);
  gtk_widget_class_bind_template_callback (widget_class, on_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_preview_cb);
}

static void
vv_decision_panel_init (VvDecisionPanel *self)
{
  g_type_ensure (VV_TYPE_RECORD_LIST);
  gtk_widget_init_template (GTK_WIDGET (self));
}
