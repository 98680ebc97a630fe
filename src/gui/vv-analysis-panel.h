// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Before the search: which components of the face the probe shows, marked and summed up with no candidate in sight, then
 * locked. */
#define VV_TYPE_ANALYSIS_PANEL (vv_analysis_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvAnalysisPanel, vv_analysis_panel, VV, ANALYSIS_PANEL, VvPanel)

G_END_DECLS
