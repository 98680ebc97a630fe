// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-hand-over.h"
#include "vv-deliveries.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-record-list.h"
#include "vv-records-box.h"
#include "vv-report-panel.h"

struct _VvReportPanel
{
  VvPanel       parent_instance;
  GtkLabel     *explain;
  GtkWidget    *make;
  GtkWidget    *open;
  GtkWidget    *preview;
  GtkWidget    *outbox_title;
  GtkBox       *outbox;
  GtkWidget    *send;
  VvHandOver   *hand_over;
  VvRecordList *records;
  VvRecordsBox *bundle;
};

G_DEFINE_FINAL_TYPE (VvReportPanel, vv_report_panel, VV_TYPE_PANEL)

static void
on_make_cb (VvReportPanel *self)
{
  vv_panel_act (VV_PANEL (self), vv_desk_report, NULL, NULL, NULL);
}

static void
on_open_cb (VvReportPanel *self)
{
  vv_panel_go (VV_PANEL (self), "report", NULL);
}

static void
on_form_cb (VvReportPanel *self, const char *record)
{
  vv_panel_go (VV_PANEL (self), "report", record);
}

static void
on_preview_cb (VvReportPanel *self)
{
  JsonObject *direction = vv_panel_record (VV_PANEL (self), VV_KIND_DIRECTION, NULL, NULL);

  vv_panel_preview (VV_PANEL (self), vv_json_new ("form", "s", vv_json_string (vv_json_object (direction, "body"), "report"), NULL));
}

static void
on_send_cb (VvReportPanel *self)
{
  vv_panel_act (VV_PANEL (self), vv_desk_sync, vv_json_new ("all", "b", TRUE, NULL), NULL, NULL);
}

static void
show_outbox (VvReportPanel *self)
{
  gboolean waiting = vv_deliveries_fill (self->outbox, vv_panel_case (VV_PANEL (self)), NULL);

  gtk_widget_set_visible (self->outbox_title, gtk_widget_get_visible (GTK_WIDGET (self->outbox)));
  gtk_widget_set_visible (self->send, waiting);
}

static const char *
explanation (gboolean made, gboolean may)
{
  if (made && may)
    return _ ("The supervisor approved more than one candidate, and each has a report of its own. The next one is to be made.");
  if (made)
    return _ ("The report is made. It cannot be changed.");
  return may ? _ ("The supervisor directed the report. It is made from the locked records and sent to the case file in ECMS.")
             : _ ("The report follows the supervisor's direction. It is made from the locked records and sent to the case file in ECMS.");
}

static void
vv_report_panel_refresh (VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_DD5, VV_KIND_AGENCY_FORM_LAID, VV_KIND_REJECTION, VV_KIND_DIRECTION, VV_KIND_REPORT, NULL };
  VvReportPanel           *self = VV_REPORT_PANEL (panel);
  gboolean                 may = vv_panel_may (panel, "report");
  gboolean                 made = vv_panel_record (panel, VV_KIND_REPORT, NULL, NULL) != NULL;

  vv_record_list_fill (self->records, vv_panel_case (panel), kinds);
  gtk_label_set_text (self->explain, explanation (made, may));
  gtk_widget_set_visible (self->make, may);
  gtk_widget_set_visible (self->preview, may);
  gtk_widget_set_visible (self->open, made);
  vv_panel_set_primary (panel, may ? self->make : self->open);
  vv_panel_offer (panel, self->make, "report");
  show_outbox (self);
  vv_hand_over_refresh (self->hand_over, panel);
  vv_records_box_show (self->bundle, panel);
}

static void
vv_report_panel_class_init (VvReportPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  VV_PANEL_CLASS (class)->refresh = vv_report_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-report-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, explain);
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, make);
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, open);
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, outbox_title);
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, outbox);
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, send);
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, hand_over);
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, records);
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, bundle);
  gtk_widget_class_bind_template_child (widget_class, VvReportPanel, preview);
  gtk_widget_class_bind_template_callback (widget_class, on_make_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_send_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_preview_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_cb);
}

static void
vv_report_panel_init (VvReportPanel *self)
{
  g_type_ensure (VV_TYPE_HAND_OVER);
  g_type_ensure (VV_TYPE_RECORD_LIST);
  g_type_ensure (VV_TYPE_RECORDS_BOX);
  gtk_widget_init_template (GTK_WIDGET (self));
}
