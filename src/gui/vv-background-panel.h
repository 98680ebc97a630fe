// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 8: the background check of a candidate whose comparison is locked. */
#define VV_TYPE_BACKGROUND_PANEL (vv_background_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvBackgroundPanel, vv_background_panel, VV, BACKGROUND_PANEL, VvPanel)

G_END_DECLS
