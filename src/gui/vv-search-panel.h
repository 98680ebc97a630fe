// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 6: the probe is searched against the photo repository. */
#define VV_TYPE_SEARCH_PANEL (vv_search_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvSearchPanel, vv_search_panel, VV, SEARCH_PANEL, VvPanel)

G_END_DECLS
