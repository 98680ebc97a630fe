// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-points.h"

G_BEGIN_DECLS

/* One row under the ways of looking while points of a face are moved: which one is chosen, whether it is seen, estimated or
 * not visible, why it was moved, and the way back to what the program found. Holds no points.
 *
 * Signals: "state" (int VvPointState) for the chosen point; "why" when that text changed; "act" (string): "undo", "redo", "reset"
 * (everything in this picture automatic again), "mark" (draw a box around a face), "done". Main thread only. */
#define VV_TYPE_POINTS_BAR (vv_points_bar_get_type ())
G_DECLARE_FINAL_TYPE (VvPointsBar, vv_points_bar, VV, POINTS_BAR, AdwBin)

GtkWidget *vv_points_bar_new (void);

/* @text: what is chosen, or what to do. @chosen: whether a point is, in @state. @edited: there is something to reset. */
void vv_points_bar_show (VvPointsBar *self,
                         const char  *text,
                         gboolean     chosen,
                         VvPointState state,
                         gboolean     edited);

void        vv_points_bar_set_why (VvPointsBar *self,
                                   const char  *why);
const char *vv_points_bar_get_why (VvPointsBar *self);

G_END_DECLS
