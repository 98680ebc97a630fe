// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Files that are kept with a request as they came (papers, videos, players): what there is, and adding one, inside a step's
 * panel. Signal "changed" when the person typed. Main thread only. */
#define VV_TYPE_EXHIBITS (vv_exhibits_get_type ())
G_DECLARE_FINAL_TYPE (VvExhibits, vv_exhibits, VV, EXHIBITS, AdwBin)

/* What is typed for the one to add: details for vv_desk_add_exhibit(). Returns: (transfer full). */
JsonObject *vv_exhibits_get (VvExhibits *self);

/* NULL empties. */
void vv_exhibits_set (VvExhibits *self,
                      JsonObject *details);

/* The case was read anew; acts go through @panel (unowned), of which this is a part. */
void vv_exhibits_refresh (VvExhibits *self,
                          VvPanel    *panel);

G_END_DECLS
