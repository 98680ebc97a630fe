// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 4: the examiner confirms or declines the authorised use. */
#define VV_TYPE_USE_PANEL (vv_use_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvUsePanel, vv_use_panel, VV, USE_PANEL, VvPanel)

G_END_DECLS
