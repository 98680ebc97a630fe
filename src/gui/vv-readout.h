// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-canvas.h"

G_BEGIN_DECLS

/* Reads the picture on a canvas: a loupe and the pixel's values under the pointer (in the middle of the canvas while the
 * pointer is elsewhere), the histogram of what is seen, and a scale bar in distances between the eyes. It reads the pixels
 * that are shown, adjusted or not; it measures nothing in millimetres. Lies over the canvas and takes no input.
 * Main thread only. */
#define VV_TYPE_READOUT (vv_readout_get_type ())
G_DECLARE_FINAL_TYPE (VvReadout, vv_readout, VV, READOUT, GtkWidget)

GtkWidget *vv_readout_new (VvCanvas *canvas);

/* What is under @x, @y of the canvas: "Column 12, line 40: red 120, green 90, blue 77". (transfer full) (nullable) outside
 * the picture. */
char *vv_readout_describe (VvReadout *self,
                           double     x,
                           double     y);

/* How many of about 65,000 pixels of what is seen, evenly spread, have each brightness (BT.601). */
void vv_readout_count (VvReadout *self,
                       guint      out_histogram[256]);

G_END_DECLS
