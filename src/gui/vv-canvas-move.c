// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-canvas-private.h"

/* A small picture is not blown up further than this just to fill the window. */
#define MAX_FIT_SCALE 8.0

VvAnchor
_vv_canvas_find_anchor (VvCanvas *self)
{
  if (vv_view_get_frame (self->view) == VV_FRAME_PICTURE)
    return vv_anchor_for_picture ();
  if (self->anchor_face >= 0 && self->anchor_face < (int) self->faces->len)
    return vv_anchor_for_face (&g_array_index (self->faces, VvFace, self->anchor_face));
  return vv_anchor_for_no_face (MAX (self->width, 1), MAX (self->height, 1));
}

static double
get_scale (VvCanvas *self)
{
  return vv_view_get_picture_scale (self->view, &self->anchor);
}

/* A picture too large for VV_SCALE_MIN may still be seen whole. */
static double
limit_scale (VvCanvas *self, double scale)
{
  int    width, height;
  double whole;

  _vv_canvas_get_device_size (self, &width, &height);
  whole = MIN (width / (double) MAX (self->width, 1), height / (double) MAX (self->height, 1));
  return CLAMP (scale, whole > 0 ? MIN (VV_SCALE_MIN, whole) : VV_SCALE_MIN, VV_SCALE_MAX);
}

/* Device pixels, from the upper left corner, to picture pixels. */
static void
device_to_picture (VvCanvas *self, double *x, double *y)
{
  cairo_matrix_t matrix;

  _vv_canvas_get_device_matrix (self, &matrix);
  if (cairo_matrix_invert (&matrix) == CAIRO_STATUS_SUCCESS)
    cairo_matrix_transform_point (&matrix, x, y);
}

/* Zooms to @scale and turns about a device point. */
static void
change_at (VvCanvas *self, double x, double y, double scale, double turn, gboolean alone)
{
  double picture_x = x, picture_y = y;
  double frame_x, frame_y;
  int    width, height;

  _vv_canvas_get_device_size (self, &width, &height);
  device_to_picture (self, &picture_x, &picture_y);
  frame_x = picture_x;
  frame_y = picture_y;
  vv_anchor_to_frame (&self->anchor, &frame_x, &frame_y);
  if (alone)
    {
      self->anchor.unit = vv_view_get_scale (self->view) / scale;
      self->anchor.angle -= turn;
      vv_anchor_pin (&self->anchor, picture_x, picture_y, frame_x, frame_y);
      _vv_canvas_redraw (self);
    }
  else
    vv_view_pin (self->view, frame_x, frame_y, x - width / 2, y - height / 2, scale * self->anchor.unit,
                 vv_view_get_rotation (self->view) + turn);
}

/* Brings a picture point to the viewport centre. */
static void
centre_on (VvCanvas *self, double x, double y, gboolean alone)
{
  if (alone)
    {
      double frame_x, frame_y;

      vv_view_get_centre (self->view, &frame_x, &frame_y);
      vv_anchor_pin (&self->anchor, x, y, frame_x, frame_y);
      _vv_canvas_redraw (self);
      return;
    }
  vv_anchor_to_frame (&self->anchor, &x, &y);
  vv_view_set (self->view, x, y, vv_view_get_scale (self->view), vv_view_get_rotation (self->view), VV_FIT_NONE);
}

static void
pan_device (VvCanvas *self, double dx, double dy, gboolean alone)
{
  int    width, height;
  double x, y;

  _vv_canvas_get_device_size (self, &width, &height);
  x = width / 2 - dx;
  y = height / 2 - dy;
  device_to_picture (self, &x, &y);
  centre_on (self, CLAMP (x, 0, self->width), CLAMP (y, 0, self->height), alone);
}

/* At one to one and without a slant the picture's pixels are laid on those of the screen. */
static void
align (VvCanvas *self, gboolean alone)
{
  cairo_matrix_t matrix;
  gboolean       straight;

  _vv_canvas_get_device_matrix (self, &matrix);
  straight = fabs (matrix.xx) < 1e-9 || fabs (matrix.xy) < 1e-9;
  if (straight && fabs (get_scale (self) - 1) < 1e-9)
    pan_device (self, round (matrix.x0) - matrix.x0, round (matrix.y0) - matrix.y0, alone);
}

/* Zooming stops at one to one on its way. */
static double
step_scale (VvCanvas *self, double factor)
{
  double from = get_scale (self);
  double to = limit_scale (self, from * factor);

  if ((from < 1 - 1e-9 && to > 1 - 1e-3) || (from > 1 + 1e-9 && to < 1 + 1e-3))
    return 1;
  return to;
}

void
vv_canvas_zoom_at (VvCanvas *self, double x, double y, double factor, gboolean alone)
{
  int device = gtk_widget_get_scale_factor (GTK_WIDGET (_vv_canvas_get_place (self)));

  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (isfinite (factor) && factor > 0);

  change_at (self, x * device, y * device, step_scale (self, factor), 0, alone);
  align (self, alone);
}

void
vv_canvas_turn_at (VvCanvas *self, double x, double y, double degrees, gboolean alone)
{
  int device = gtk_widget_get_scale_factor (GTK_WIDGET (_vv_canvas_get_place (self)));

  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (isfinite (degrees));

  change_at (self, x * device, y * device, get_scale (self), degrees, alone);
  align (self, alone);
}

void
vv_canvas_pan (VvCanvas *self, double dx, double dy, gboolean alone)
{
  int device = gtk_widget_get_scale_factor (GTK_WIDGET (_vv_canvas_get_place (self)));

  g_return_if_fail (VV_IS_CANVAS (self));

  pan_device (self, dx * device, dy * device, alone);
  align (self, alone);
}

void
vv_canvas_show_actual_size (VvCanvas *self, gboolean alone)
{
  int width, height;

  g_return_if_fail (VV_IS_CANVAS (self));

  _vv_canvas_get_device_size (self, &width, &height);
  change_at (self, width / 2, height / 2, 1, 0, alone);
  align (self, alone);
}

static void
fit_home (VvCanvas *self, int width, int height)
{
  double x, y, home_width, home_height, scale;

  vv_view_get_home (self->view, &x, &y, &home_width, &home_height);
  scale = MIN (width / home_width, height / home_height);
  vv_view_set (self->view, x, y, limit_scale (self, scale / self->anchor.unit) * self->anchor.unit, 0, VV_FIT_RESET);
}

/* The turned picture's bounding rectangle fills the viewport; its thinner side stays at least a pixel wide. */
static void
fit_picture (VvCanvas *self, int width, int height, double rotation, VvFit fit)
{
  double turn = (rotation - self->anchor.angle) * G_PI / 180;
  double box_width = fabs (cos (turn)) * self->width + fabs (sin (turn)) * self->height;
  double box_height = fabs (sin (turn)) * self->width + fabs (cos (turn)) * self->height;
  double scale = MIN (width / box_width, height / box_height);
  double x = self->width / 2.0, y = self->height / 2.0;

  scale = MAX (MIN (scale, MAX_FIT_SCALE), 1.0 / MIN (self->width, self->height));
  vv_anchor_to_frame (&self->anchor, &x, &y);
  vv_view_set (self->view, x, y, scale * self->anchor.unit, rotation, fit);
}

static void
fit_view (VvCanvas *self, VvFit fit)
{
  int width, height;

  _vv_canvas_get_device_size (self, &width, &height);
  if (fit == VV_FIT_NONE || width == 0 || height == 0 || self->width == 0)
    return;
  if (fit == VV_FIT_PICTURE)
    fit_picture (self, width, height, vv_view_get_rotation (self->view), fit);
  else if (vv_view_get_frame (self->view) == VV_FRAME_FACE)
    fit_home (self, width, height);
  else
    fit_picture (self, width, height, 0, fit);
}

void
_vv_canvas_refit (VvCanvas *self)
{
  fit_view (self, vv_view_get_fit (self->view));
}

void
vv_canvas_reset (VvCanvas *self)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  vv_view_reset (self->view);
  fit_view (self, VV_FIT_RESET);
}

void
vv_canvas_show_home (VvCanvas *self)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  fit_view (self, VV_FIT_RESET);
}

void
vv_canvas_show_whole_picture (VvCanvas *self)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  fit_view (self, VV_FIT_PICTURE);
}
