// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* A form as it prints, page by page, never to be edited: before it is made, with Issue and Back; afterwards, with its hash, where
 * it went and when ECMS acknowledged it. Keys: Page Up, Page Down the pages, + - 0 zoom, Ctrl+Enter Issue, Esc back.
 * Action page.close; signal "closed". Main thread only. */
#define VV_TYPE_REPORT_VIEW (vv_report_view_get_type ())
G_DECLARE_FINAL_TYPE (VvReportView, vv_report_view, VV, REPORT_VIEW, AdwBin)

GtkWidget *vv_report_view_new (VvDesk *desk);

/* A form that was issued. @record: number of the record that holds it; 0 for the newest report. */
void vv_report_view_open (VvReportView *self,
                          gint64        request,
                          gint64        record);

/* A form as it would be made now. @details: as for vv_desk_preview(); Issue does with them what makes the form. */
void vv_report_view_preview (VvReportView *self,
                             gint64        request,
                             JsonObject   *details);

/* Something was sent: shows again where the form went. */
void vv_report_view_reload (VvReportView *self);

G_END_DECLS
