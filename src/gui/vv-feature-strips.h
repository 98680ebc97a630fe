// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-canvas.h"
#include "vv-face-parts.h"

G_BEGIN_DECLS

/* The same part of two faces at the same size, the probe's above the candidate's; left and right beside each other where there
 * are two. What is moved in one strip moves in all of them. */
#define VV_TYPE_FEATURE_STRIPS (vv_feature_strips_get_type ())
G_DECLARE_FINAL_TYPE (VvFeatureStrips, vv_feature_strips, VV, FEATURE_STRIPS, AdwBin)

/* Takes pictures, faces and where they lie from two canvases, as they are now. @face: (nullable) each. */
void vv_feature_strips_set (VvFeatureStrips *self,
                            VvCanvas        *probe,
                            const VvFace    *probe_face,
                            VvCanvas        *candidate,
                            const VvFace    *candidate_face);

/* Lets go of the pictures. */
void vv_feature_strips_clear (VvFeatureStrips *self);

void   vv_feature_strips_choose (VvFeatureStrips *self,
                                 VvPart           part);
VvPart vv_feature_strips_get_part (VvFeatureStrips *self);

/* The part @by further on, around the end. */
void vv_feature_strips_step (VvFeatureStrips *self,
                             int              by);

/* The canvas that keys go to. */
VvCanvas *vv_feature_strips_get_canvas (VvFeatureStrips *self);

/* One of the canvases: @face 0 of the probe, 1 of the candidate; @side 0 left, 1 right, which unpaired parts do not show. */
VvCanvas *vv_feature_strips_get_strip (VvFeatureStrips *self,
                                       int              face,
                                       int              side);

G_END_DECLS
