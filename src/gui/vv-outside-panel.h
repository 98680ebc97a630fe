// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Part of step 6: images outside the photo repository, prohibited but for one case. Shows the approval, or a form for
 * the supervisor to enter it, and the images of the case with their own search. Lives in the search panel. */
#define VV_TYPE_OUTSIDE_PANEL (vv_outside_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvOutsidePanel, vv_outside_panel, VV, OUTSIDE_PANEL, VvPanel)

G_END_DECLS
