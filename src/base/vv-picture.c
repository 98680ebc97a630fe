// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include <math.h>

#include "vv-picture.h"

VvPicture *
vv_picture_new (int width, int height, gsize stride, GBytes *pixels)
{
  VvPicture *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (stride >= (gsize) width * 4, NULL);
  g_return_val_if_fail (g_bytes_get_size (pixels) >= stride * (gsize) height, NULL);

  self = g_atomic_rc_box_new0 (VvPicture);
  self->width = width;
  self->height = height;
  self->stride = stride;
  self->pixels = g_bytes_ref (pixels);
  return self;
}

VvPicture *
vv_picture_ref (VvPicture *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_bytes_unref (((VvPicture *) data)->pixels);
}

void
vv_picture_unref (VvPicture *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const guint8 *
vv_picture_row (const VvPicture *self, int y)
{
  g_assert (y >= 0 && y < self->height);

  return (const guint8 *) g_bytes_get_data (self->pixels, /* size= */ NULL) + (gsize) y * self->stride;
}

float
vv_face_eye_distance (const VvFace *self)
{
  return hypotf (self->five[1].x - self->five[0].x, self->five[1].y - self->five[0].y);
}
