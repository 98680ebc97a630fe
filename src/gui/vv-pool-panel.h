// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 7: every candidate of the pool gets a disposition; those kept go to the bench. */
#define VV_TYPE_POOL_PANEL (vv_pool_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvPoolPanel, vv_pool_panel, VV, POOL_PANEL, VvPanel)

G_END_DECLS
