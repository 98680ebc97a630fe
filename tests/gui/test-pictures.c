// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "test-pictures.h"

static VvPicture *
take (guint8 *pixels, int width, int height)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, (gsize) width * 4 * (gsize) height);

  return vv_picture_new (width, height, (gsize) width * 4, bytes);
}

VvPicture *
test_picture_noise (int width, int height, guint32 seed)
{
  gsize   count = (gsize) width * (gsize) height;
  guint8 *pixels = g_malloc (count * 4);
  guint32 state = seed * 2654435761u + 1;

  for (gsize i = 0; i < count; i++)
    {
      state = state * 1664525u + 1013904223u;
      pixels[4 * i] = (guint8) (state >> 24);
      pixels[4 * i + 1] = (guint8) (state >> 16);
      pixels[4 * i + 2] = (guint8) (state >> 8);
      pixels[4 * i + 3] = 0xff;
    }
  return take (pixels, width, height);
}

VvPicture *
test_picture_with_eyes (int width, int height, const VvFace *face, double radius)
{
  guint8 *pixels = g_malloc ((gsize) width * 4 * (gsize) height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double  left = hypot (x + 0.5 - face->five[0].x, y + 0.5 - face->five[0].y);
        double  right = hypot (x + 0.5 - face->five[1].x, y + 0.5 - face->five[1].y);
        guint8 *at = pixels + 4 * ((gsize) y * (gsize) width + (gsize) x);

        /* soft rims, so that the centre of the light is that of the disc */
        memset (at, (int) (255 * CLAMP (radius + 0.5 - MIN (left, right), 0, 1)), 4);
        at[3] = 0xff;
      }
  return take (pixels, width, height);
}

VvFace
test_face (float left_x, float left_y, float right_x, float right_y)
{
  float  dx = right_x - left_x, dy = right_y - left_y;
  float  middle_x = (left_x + right_x) / 2, middle_y = (left_y + right_y) / 2;
  VvFace face = {
    .box = { middle_x - dx, middle_y - dx, 2 * dx, 2.5f * dx },
    .score = 0.9f,
    .five = { { left_x, left_y }, { right_x, right_y }, { middle_x - 0.6f * dy, middle_y + 0.6f * dx }, { left_x - dy, left_y + dx }, { right_x - dy, right_y + dx } },
  };

  for (int i = 0; i < VV_LANDMARK_COUNT; i++)
    face.landmarks[i] = (VvPoint){ middle_x + dx * cosf ((float) i), middle_y + dx * sinf ((float) i) };
  return face;
}

guint32
test_pixel (const guint8 *pixels, gsize stride, int x, int y)
{
  guint32 pixel;

  memcpy (&pixel, pixels + (gsize) y * stride + 4 * (gsize) x, 4);
  return pixel;
}
