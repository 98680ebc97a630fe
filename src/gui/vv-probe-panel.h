// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 5: the examiner selects the probe image and the face in it. */
#define VV_TYPE_PROBE_PANEL (vv_probe_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvProbePanel, vv_probe_panel, VV, PROBE_PANEL, VvPanel)

G_END_DECLS
