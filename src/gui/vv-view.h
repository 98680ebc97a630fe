// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cairo.h>
#include <glib-object.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* How pictures are looked at: which point is in the middle, how large, how turned.
 *
 * Several canvases may share one VvView: they are linked. So that "the same place" means the same in each of
 * their pictures, a view speaks of a frame, and each canvas has an anchor that fixes the frame to its picture:
 *
 *   frame PICTURE   units are pixels, the origin is the upper left corner of the picture
 *   frame FACE      the unit is the distance between the eye centres, the origin lies midway between them,
 *                   the x axis runs along the eyes
 *
 * A picture point p becomes the device pixel  viewport centre + scale * R(rotation) * (v - centre)  with
 * v = R(-angle) * (p - origin) / unit. Two pictures with the same view in the face frame therefore show both
 * faces at one size, one place and one angle, whatever the zoom. Angles are degrees, clockwise on the screen. The viewport centre
 * is (floor (width / 2), floor (height / 2)), so that whole pixels stay whole when a window grows by one.
 *
 * Main thread only. */

typedef enum
{
  VV_FRAME_PICTURE,
  VV_FRAME_FACE,
} VvFrame;

/* What the view returns to when its window changes size. */
typedef enum
{
  VV_FIT_NONE,    /* stay as it is */
  VV_FIT_RESET,   /* frame FACE: the head fills the viewport; frame PICTURE: the whole picture */
  VV_FIT_PICTURE, /* the whole picture */
} VvFit;

/* Where a frame lies in one picture. */
typedef struct
{
  double x, y;  /* origin, picture pixels */
  double unit;  /* picture pixels per unit, > 0 */
  double angle; /* of the x axis, degrees */
} VvAnchor;

/* Limits of the zoom, device pixels per picture pixel. */
#define VV_SCALE_MIN 0.02
#define VV_SCALE_MAX 64.0

#define VV_TYPE_VIEW (vv_view_get_type ())
G_DECLARE_FINAL_TYPE (VvView, vv_view, VV, VIEW, GObject)

/* Signals: "changed" after the transform changed; "reset" when every canvas gives up what it moved alone.
 * Returns: (transfer full). */
VvView *vv_view_new (VvFrame frame);

/* A second view with the same values, to unlink a canvas where it stands. Returns: (transfer full). */
VvView *vv_view_dup (VvView *self);

VvFrame vv_view_get_frame (VvView *self);
double  vv_view_get_scale (VvView *self);    /* device pixels per unit */
double  vv_view_get_rotation (VvView *self); /* degrees, [0, 360) */
VvFit   vv_view_get_fit (VvView *self);
void    vv_view_get_centre (VvView *self,
                            double *out_x,
                            double *out_y);

/* Sets all of it; emits "changed" if anything changed. @scale > 0; all finite. */
void vv_view_set (VvView *self,
                  double  centre_x,
                  double  centre_y,
                  double  scale,
                  double  rotation,
                  VvFit   fit);

/* The same, with the centre chosen so that the frame point @x, @y lies @dx, @dy device pixels from the viewport centre;
 * the view no longer fits. */
void vv_view_pin (VvView *self,
                  double  x,
                  double  y,
                  double  dx,
                  double  dy,
                  double  scale,
                  double  rotation);

/* The part of frame FACE that fills the viewport after a reset, by its centre and size in inter-eye distances; the head
 * (VV_HEAD_WIDTH ...) unless it is set. A view that fits fits it from the next reset or change of size on. */
void vv_view_set_home (VvView *self,
                       double  centre_x,
                       double  centre_y,
                       double  width,
                       double  height);
void vv_view_get_home (VvView *self,
                       double *out_centre_x,
                       double *out_centre_y,
                       double *out_width,
                       double *out_height);

/* Emits "reset". */
void vv_view_reset (VvView *self);

/* Picture pixels to device pixels of a viewport of @width x @height device pixels. */
void vv_view_get_matrix (VvView         *self,
                         const VvAnchor *anchor,
                         int             width,
                         int             height,
                         cairo_matrix_t *out_matrix);

/* Device pixels per picture pixel. */
double vv_view_get_picture_scale (VvView         *self,
                                  const VvAnchor *anchor);

/* Picture coordinates to units of the frame, and back. */
void vv_anchor_to_frame (const VvAnchor *self,
                         double         *x,
                         double         *y);
void vv_anchor_to_picture (const VvAnchor *self,
                           double         *x,
                           double         *y);

/* The anchor of frame PICTURE: picture coordinates themselves. */
VvAnchor vv_anchor_for_picture (void);

/* The anchor of frame FACE. Without points (eyes less than a pixel apart), as when a box was drawn by hand, the box
 * says roughly where the eyes are. */
VvAnchor vv_anchor_for_face (const VvFace *face);

/* Stands in for a face in frame FACE when a picture has none: as though a head filled the picture upright. */
VvAnchor vv_anchor_for_no_face (int width,
                                int height);

/* Moves the origin so that @picture_x, y lies at @frame_x, y; unit and angle stay. */
void vv_anchor_pin (VvAnchor *self,
                    double    picture_x,
                    double    picture_y,
                    double    frame_x,
                    double    frame_y);

/* Size of the part of the frame FACE that shows a head with a margin, and its centre below the eyes, in
 * inter-eye distances. */
#define VV_HEAD_WIDTH    3.6
#define VV_HEAD_HEIGHT   4.8
#define VV_HEAD_CENTRE_Y 0.2

G_END_DECLS
