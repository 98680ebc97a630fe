// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-view.h"

struct _VvView
{
  GObject parent_instance;

  VvFrame frame;
  double  centre_x, centre_y; /* units of the frame */
  double  scale;              /* device pixels per unit */
  double  rotation;           /* degrees */
  VvFit   fit;
  double  home_x, home_y, home_width, home_height; /* frame FACE: what a reset shows */
};

enum
{
  CHANGED,
  RESET,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (VvView, vv_view, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* Quarter turns are exact, so that turned pictures keep their pixels. */
static void
sine_cosine (double degrees, double *out_sine, double *out_cosine)
{
  double quarters = degrees / 90;

  if (fabs (quarters - round (quarters)) < 1e-12)
    {
      static const int sines[4] = { 0, 1, 0, -1 };
      int              quarter = ((int) fmod (round (quarters), 4) + 4) % 4;

      *out_sine = sines[quarter];
      *out_cosine = sines[(quarter + 1) % 4];
      return;
    }
  *out_sine = sin (degrees * G_PI / 180);
  *out_cosine = cos (degrees * G_PI / 180);
}

static void
rotate (double degrees, double *x, double *y)
{
  double sine, cosine;
  double old_x = *x;

  sine_cosine (degrees, &sine, &cosine);
  *x = cosine * old_x - sine * *y;
  *y = sine * old_x + cosine * *y;
}

static void
vv_view_class_init (VvViewClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", VV_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESET] = g_signal_new ("reset", VV_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vv_view_init (VvView *self)
{
  self->scale = 1;
  self->fit = VV_FIT_RESET;
  self->home_y = VV_HEAD_CENTRE_Y;
  self->home_width = VV_HEAD_WIDTH;
  self->home_height = VV_HEAD_HEIGHT;
}

VvView *
vv_view_new (VvFrame frame)
{
  VvView *self = g_object_new (VV_TYPE_VIEW, NULL);

  self->frame = frame;
  return self;
}

VvView *
vv_view_dup (VvView *self)
{
  VvView *copy;

  g_return_val_if_fail (VV_IS_VIEW (self), NULL);

  copy = vv_view_new (self->frame);
  vv_view_set_home (copy, self->home_x, self->home_y, self->home_width, self->home_height);
  vv_view_set (copy, self->centre_x, self->centre_y, self->scale, self->rotation, self->fit);
  return copy;
}

VvFrame
vv_view_get_frame (VvView *self)
{
  g_return_val_if_fail (VV_IS_VIEW (self), VV_FRAME_PICTURE);

  return self->frame;
}

double
vv_view_get_scale (VvView *self)
{
  g_return_val_if_fail (VV_IS_VIEW (self), 1);

  return self->scale;
}

double
vv_view_get_rotation (VvView *self)
{
  g_return_val_if_fail (VV_IS_VIEW (self), 0);

  return self->rotation;
}

VvFit
vv_view_get_fit (VvView *self)
{
  g_return_val_if_fail (VV_IS_VIEW (self), VV_FIT_NONE);

  return self->fit;
}

void
vv_view_get_centre (VvView *self, double *out_x, double *out_y)
{
  g_return_if_fail (VV_IS_VIEW (self));

  *out_x = self->centre_x;
  *out_y = self->centre_y;
}

static double
normalise (double degrees)
{
  double turned = fmod (degrees, 360);

  return turned < 0 ? turned + 360 : turned;
}

void
vv_view_set (VvView *self, double centre_x, double centre_y, double scale, double rotation, VvFit fit)
{
  VvView old;

  g_return_if_fail (VV_IS_VIEW (self));
  g_return_if_fail (isfinite (centre_x) && isfinite (centre_y) && isfinite (rotation));
  g_return_if_fail (isfinite (scale) && scale > 0);

  old = *self;
  self->centre_x = centre_x;
  self->centre_y = centre_y;
  self->scale = scale;
  self->rotation = normalise (rotation);
  self->fit = fit;
  if (old.centre_x != centre_x || old.centre_y != centre_y || old.scale != scale ||
      old.rotation != self->rotation || old.fit != fit)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
vv_view_pin (VvView *self, double x, double y, double dx, double dy, double scale, double rotation)
{
  rotate (-rotation, &dx, &dy);
  vv_view_set (self, x - dx / scale, y - dy / scale, scale, rotation, VV_FIT_NONE);
}

void
vv_view_set_home (VvView *self, double centre_x, double centre_y, double width, double height)
{
  g_return_if_fail (VV_IS_VIEW (self));
  g_return_if_fail (isfinite (centre_x) && isfinite (centre_y) && width > 0 && height > 0);

  self->home_x = centre_x;
  self->home_y = centre_y;
  self->home_width = width;
  self->home_height = height;
}

void
vv_view_get_home (VvView *self, double *out_centre_x, double *out_centre_y, double *out_width, double *out_height)
{
  g_return_if_fail (VV_IS_VIEW (self));

  *out_centre_x = self->home_x;
  *out_centre_y = self->home_y;
  *out_width = self->home_width;
  *out_height = self->home_height;
}

void
vv_view_reset (VvView *self)
{
  g_return_if_fail (VV_IS_VIEW (self));

  g_signal_emit (self, signals[RESET], 0);
}

double
vv_view_get_picture_scale (VvView *self, const VvAnchor *anchor)
{
  g_return_val_if_fail (VV_IS_VIEW (self), 1);

  return self->scale / anchor->unit;
}

void
vv_view_get_matrix (VvView *self, const VvAnchor *anchor, int width, int height, cairo_matrix_t *out_matrix)
{
  double sine, cosine;
  double scale;
  double x, y;

  g_return_if_fail (VV_IS_VIEW (self));

  scale = vv_view_get_picture_scale (self, anchor);
  sine_cosine (self->rotation - anchor->angle, &sine, &cosine);
  x = self->centre_x;
  y = self->centre_y;
  vv_anchor_to_picture (anchor, &x, &y);
  cairo_matrix_init (out_matrix, scale * cosine, scale * sine, -scale * sine, scale * cosine, 0, 0);
  cairo_matrix_transform_distance (out_matrix, &x, &y);
  out_matrix->x0 = width / 2 - x;
  out_matrix->y0 = height / 2 - y;
}

void
vv_anchor_to_frame (const VvAnchor *self, double *x, double *y)
{
  *x = (*x - self->x) / self->unit;
  *y = (*y - self->y) / self->unit;
  rotate (-self->angle, x, y);
}

void
vv_anchor_to_picture (const VvAnchor *self, double *x, double *y)
{
  rotate (self->angle, x, y);
  *x = *x * self->unit + self->x;
  *y = *y * self->unit + self->y;
}

VvAnchor
vv_anchor_for_picture (void)
{
  return (VvAnchor){ .x = 0, .y = 0, .unit = 1, .angle = 0 };
}

/* Where the eyes usually are in a face box. */
static VvAnchor
anchor_for_box (const VvBox *box)
{
  return (VvAnchor){
    .x = box->x + box->width / 2.0,
    .y = box->y + box->height * 0.4,
    .unit = MAX (box->width / 2.2, 1),
    .angle = 0,
  };
}

VvAnchor
vv_anchor_for_face (const VvFace *face)
{
  double left_x = face->five[0].x, left_y = face->five[0].y;
  double right_x = face->five[1].x, right_y = face->five[1].y;

  if (vv_face_eye_distance (face) < 1)
    return anchor_for_box (&face->box);
  return (VvAnchor){
    .x = (left_x + right_x) / 2,
    .y = (left_y + right_y) / 2,
    .unit = hypot (right_x - left_x, right_y - left_y),
    .angle = atan2 (right_y - left_y, right_x - left_x) * 180 / G_PI,
  };
}

VvAnchor
vv_anchor_for_no_face (int width, int height)
{
  VvAnchor anchor = { .unit = MAX (width / VV_HEAD_WIDTH, height / VV_HEAD_HEIGHT) };

  vv_anchor_pin (&anchor, width / 2.0, height / 2.0, 0, VV_HEAD_CENTRE_Y);
  return anchor;
}

void
vv_anchor_pin (VvAnchor *self, double picture_x, double picture_y, double frame_x, double frame_y)
{
  rotate (self->angle, &frame_x, &frame_y);
  self->x = picture_x - frame_x * self->unit;
  self->y = picture_y - frame_y * self->unit;
}
