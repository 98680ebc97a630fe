// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 13b, inside the report's panel: the report goes back to the outside agency the way its request came, or another way
 * that a supervisor allows with a reason. Hides itself for other requests. Main thread only. */
#define VV_TYPE_HAND_OVER (vv_hand_over_get_type ())
G_DECLARE_FINAL_TYPE (VvHandOver, vv_hand_over, VV, HAND_OVER, AdwBin)

/* The case was read anew; acts go through @panel (unowned), of which this is a part. */
void vv_hand_over_refresh (VvHandOver *self,
                           VvPanel    *panel);

G_END_DECLS
