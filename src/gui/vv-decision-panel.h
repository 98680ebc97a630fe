// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Steps 10 to 12: the way to the supervisor's page, and what was decided. */
#define VV_TYPE_DECISION_PANEL (vv_decision_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvDecisionPanel, vv_decision_panel, VV, DECISION_PANEL, VvPanel)

G_END_DECLS
