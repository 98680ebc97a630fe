// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* The newest report as it prints, page by page, and where it went. Keys: Page Up, Page Down the pages, + - 0 zoom, Esc back.
 * Action page.close; signal "closed". Main thread only. */
#define VV_TYPE_REPORT_VIEW (vv_report_view_get_type ())
G_DECLARE_FINAL_TYPE (VvReportView, vv_report_view, VV, REPORT_VIEW, AdwBin)

GtkWidget *vv_report_view_new (VvDesk *desk);

void vv_report_view_open (VvReportView *self,
                          gint64        request);

G_END_DECLS
