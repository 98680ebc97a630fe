// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 9: the examiner submits a candidate; another examiner reviews it. */
#define VV_TYPE_PEER_PANEL (vv_peer_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvPeerPanel, vv_peer_panel, VV, PEER_PANEL, VvPanel)

G_END_DECLS
