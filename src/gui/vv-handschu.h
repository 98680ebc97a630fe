// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* The Handschu question of a request of the Intelligence Bureau, inside a step's panel; hides itself for others.
 * Signal "changed" when the person typed. Main thread only. */
#define VV_TYPE_HANDSCHU (vv_handschu_get_type ())
G_DECLARE_FINAL_TYPE (VvHandschu, vv_handschu, VV, HANDSCHU, AdwBin)

/* What is typed, as the body of a handschu record. Returns: (transfer full). */
JsonObject *vv_handschu_get (VvHandschu *self);

/* NULL empties. */
void vv_handschu_set (VvHandschu *self,
                      JsonObject *body);

/* The case was read anew; acts go through @panel (unowned), of which this is a part. */
void vv_handschu_refresh (VvHandschu *self,
                          VvPanel    *panel);

G_END_DECLS
