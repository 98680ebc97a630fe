// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-look.h"

G_BEGIN_DECLS

/* What one way of looking lets a person set, in one row: line of the wipe, opacity, how faint edges are drawn, the blink; and a
 * sentence on how to read what is seen. Everything here has a key as well (vv-canvas.h). */
#define VV_TYPE_LOOK_OPTIONS (vv_look_options_get_type ())
G_DECLARE_FINAL_TYPE (VvLookOptions, vv_look_options, VV, LOOK_OPTIONS, AdwBin)

/* @canvas: the one over which the other is laid; must outlive this row. */
void vv_look_options_set_canvas (VvLookOptions *self,
                                 VvCanvas      *canvas);

void vv_look_options_show (VvLookOptions *self,
                           VvLook         look);

G_END_DECLS
