// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* The videos of a request: a strip of frames with their time codes, one frame large, stepping frame by frame, and the act that
 * makes a frame one of the request's pictures. A video is opened when the person asks for it. Hidden while there is none.
 * Main thread only. */
#define VV_TYPE_FRAME_STRIP (vv_frame_strip_get_type ())
G_DECLARE_FINAL_TYPE (VvFrameStrip, vv_frame_strip, VV, FRAME_STRIP, GtkBox)

/* Part of @panel, which outlives it and does its act. */
GtkWidget *vv_frame_strip_new (VvPanel *panel);

/* The panel's case was read anew. */
void vv_frame_strip_refresh (VvFrameStrip *self);

G_END_DECLS
