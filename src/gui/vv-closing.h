// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Closing a request, inside a step's panel: cause and reason; for supervisors. Main thread only. */
#define VV_TYPE_CLOSING (vv_closing_get_type ())
G_DECLARE_FINAL_TYPE (VvClosing, vv_closing, VV, CLOSING, AdwBin)

/* The case was read anew; acts go through @panel (unowned), of which this is a part. */
void vv_closing_refresh (VvClosing *self,
                         VvPanel   *panel);

G_END_DECLS
