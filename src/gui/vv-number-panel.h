// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 3: the supervisor gives the FIS number and assigns an examiner. */
#define VV_TYPE_NUMBER_PANEL (vv_number_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvNumberPanel, vv_number_panel, VV, NUMBER_PANEL, VvPanel)

G_END_DECLS
