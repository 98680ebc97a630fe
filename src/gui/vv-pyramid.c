// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>
#include <string.h>

#include "vv-pyramid.h"

#define MAX_LEVELS     32
#define PREVIEW_PIXELS 1024 /* longer side of the largest sub-sampled level */
#define BAND           64   /* rows between two looks at the cancellable */

/* The bytes of two channels, each with room for a sum of 256 of them. */
#define LANES 0x00ff00ffu

struct _VvPyramid
{
  guint      n_levels;
  VvPicture *levels[MAX_LEVELS]; /* (owned) */
  int        shifts[MAX_LEVELS];
  gboolean   complete;
};

static inline guint32
load (const guint8 *row, gsize x)
{
  guint32 pixel;

  memcpy (&pixel, row + 4 * x, 4);
  return pixel;
}

static inline void
store (guint8 *row, gsize x, guint32 pixel)
{
  memcpy (row + 4 * x, &pixel, 4);
}

static inline guint32
mean4 (guint32 a, guint32 b, guint32 c, guint32 d)
{
  guint32 even = (a & LANES) + (b & LANES) + (c & LANES) + (d & LANES) + 0x00020002u;
  guint32 odd = ((a >> 8) & LANES) + ((b >> 8) & LANES) + ((c >> 8) & LANES) + ((d >> 8) & LANES) + 0x00020002u;

  return ((even >> 2) & LANES) | (((odd >> 2) & LANES) << 8);
}

static VvPicture *
picture_take (guint8 *pixels, int width, int height)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, (gsize) width * 4 * (gsize) height);

  return vv_picture_new (width, height, (gsize) width * 4, bytes);
}

static void
halve_row (guint8 *out, const guint8 *upper, const guint8 *lower, gsize width)
{
  gsize pairs = width / 2;

  for (gsize x = 0; x < pairs; x++)
    store (out, x, mean4 (load (upper, 2 * x), load (upper, 2 * x + 1), load (lower, 2 * x), load (lower, 2 * x + 1)));
  if (width % 2 != 0)
    {
      guint32 a = load (upper, width - 1);
      guint32 b = load (lower, width - 1);

      store (out, pairs, mean4 (a, a, b, b));
    }
}

static VvPicture *
halve (const VvPicture *from, GCancellable *cancellable)
{
  int                width = (from->width + 1) / 2;
  int                height = (from->height + 1) / 2;
  g_autofree guint8 *pixels = g_malloc ((gsize) width * 4 * (gsize) height);

  for (int y = 0; y < height; y++)
    {
      if (y % BAND == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      halve_row (pixels + (gsize) y * 4 * (gsize) width, vv_picture_row (from, 2 * y),
                 vv_picture_row (from, MIN (2 * y + 1, from->height - 1)), (gsize) from->width);
    }
  return picture_take (g_steal_pointer (&pixels), width, height);
}

/* One pixel of the middle of each square of 2^shift. */
static VvPicture *
subsample (const VvPicture *from, int shift)
{
  int     width = (int) (((gint64) from->width + (1 << shift) - 1) >> shift);
  int     height = (int) (((gint64) from->height + (1 << shift) - 1) >> shift);
  int     middle = 1 << (shift - 1);
  guint8 *pixels = g_malloc ((gsize) width * 4 * (gsize) height);

  for (int y = 0; y < height; y++)
    {
      const guint8 *row = vv_picture_row (from, (int) MIN (((gint64) y << shift) + middle, from->height - 1));
      guint8       *out = pixels + (gsize) y * 4 * (gsize) width;

      for (int x = 0; x < width; x++)
        store (out, (gsize) x, load (row, (gsize) MIN (((gint64) x << shift) + middle, from->width - 1)));
    }
  return picture_take (pixels, width, height);
}

static gboolean
is_opaque (const VvPicture *picture)
{
  for (int y = 0; y < picture->height; y++)
    {
      const guint8 *row = vv_picture_row (picture, y);
      guint32       all = G_MAXUINT32;
      guint8        channels[4];

      for (gsize x = 0; x < (gsize) picture->width; x++)
        all &= load (row, x);
      memcpy (channels, &all, 4);
      if (channels[3] != 0xff)
        return FALSE;
    }
  return TRUE;
}

static VvPicture *
flatten (const VvPicture *from)
{
  guint8 *pixels = g_malloc ((gsize) from->width * 4 * (gsize) from->height);
  guint8 *out = pixels;

  for (int y = 0; y < from->height; y++)
    {
      const guint8 *in = vv_picture_row (from, y);

      for (int x = 0; x < from->width; x++, in += 4, out += 4)
        {
          for (int c = 0; c < 3; c++)
            out[c] = (guint8) ((in[c] * in[3] + VV_PYRAMID_BACKGROUND * (255 - in[3]) + 127) / 255);
          out[3] = 0xff;
        }
    }
  return picture_take (pixels, from->width, from->height);
}

static void
append (VvPyramid *self, VvPicture *level, int shift)
{
  g_assert (self->n_levels < MAX_LEVELS);

  self->levels[self->n_levels] = level;
  self->shifts[self->n_levels] = shift;
  self->n_levels++;
}

/* Halves the last level until one pixel is left. FALSE when cancelled. */
static gboolean
append_halves (VvPyramid *self, GCancellable *cancellable)
{
  for (;;)
    {
      const VvPicture *last = self->levels[self->n_levels - 1];
      VvPicture       *next;

      if (last->width == 1 && last->height == 1)
        return TRUE;
      next = halve (last, cancellable);
      if (next == NULL)
        return FALSE;
      append (self, next, self->shifts[self->n_levels - 1] + 1);
    }
}

VvPyramid *
vv_pyramid_new_preview (VvPicture *picture)
{
  VvPyramid *self;
  int        shift = 0;

  g_return_val_if_fail (picture != NULL, NULL);

  self = g_atomic_rc_box_new0 (VvPyramid);
  append (self, is_opaque (picture) ? vv_picture_ref (picture) : flatten (picture), 0);
  while ((MAX (picture->width, picture->height) >> shift) > PREVIEW_PIXELS)
    shift++;
  self->complete = shift <= 1;
  if (!self->complete)
    append (self, subsample (self->levels[0], shift), shift);
  (void) append_halves (self, /* cancellable= */ NULL);
  return self;
}

VvPyramid *
vv_pyramid_new_complete (VvPyramid *preview, GCancellable *cancellable)
{
  g_autoptr (VvPyramid) self = NULL;

  g_return_val_if_fail (preview != NULL, NULL);

  if (preview->complete)
    return vv_pyramid_ref (preview);
  self = g_atomic_rc_box_new0 (VvPyramid);
  self->complete = TRUE;
  append (self, vv_picture_ref (preview->levels[0]), 0);
  if (!append_halves (self, cancellable))
    return NULL;
  return g_steal_pointer (&self);
}

VvPyramid *
vv_pyramid_new (VvPicture *picture)
{
  g_autoptr (VvPyramid) preview = vv_pyramid_new_preview (picture);

  return vv_pyramid_new_complete (preview, /* cancellable= */ NULL);
}

VvPyramid *
vv_pyramid_ref (VvPyramid *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  VvPyramid *self = data;

  for (guint i = 0; i < self->n_levels; i++)
    vv_picture_unref (self->levels[i]);
}

void
vv_pyramid_unref (VvPyramid *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gboolean
vv_pyramid_is_complete (const VvPyramid *self)
{
  return self->complete;
}

guint
vv_pyramid_get_n_levels (const VvPyramid *self)
{
  return self->n_levels;
}

VvPicture *
vv_pyramid_get_level (const VvPyramid *self, guint index, int *out_shift)
{
  g_return_val_if_fail (index < self->n_levels, NULL);

  *out_shift = self->shifts[index];
  return self->levels[index];
}

VvPicture *
vv_pyramid_pick (const VvPyramid *self, double scale, int *out_shift)
{
  /* The small allowance keeps exactly 1/2, 1/4 ... on their own level. */
  int   wanted = scale < 1 ? (int) floor (-log2 (scale) + 1e-6) : 0;
  guint index = 0;

  while (index + 1 < self->n_levels && self->shifts[index] < wanted)
    index++;
  return vv_pyramid_get_level (self, index, out_shift);
}
