// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 13: the report is made, and goes to ECMS. */
#define VV_TYPE_REPORT_PANEL (vv_report_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvReportPanel, vv_report_panel, VV, REPORT_PANEL, VvPanel)

G_END_DECLS
