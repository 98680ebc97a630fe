// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "vv-resample.h"
#include "vv-rows.h"

/* Coordinates of a level: 32 bits for the pixel, 32 for the place in it. */
#define ONE  (G_GINT64_CONSTANT (1) << 32)
#define HALF (ONE / 2)

#define PREFETCH_ROWS  6
#define PREFETCH_EVERY 8 /* pixels */

typedef struct
{
  VvSampler sampler;
  guint8   *pixels;
  gsize     stride;
  int       width;
} Image;

static inline guint32
load (const guint8 *at)
{
  guint32 pixel;

  memcpy (&pixel, at, 4);
  return pixel;
}

static inline void
store (guint8 *at, guint32 pixel)
{
  memcpy (at, &pixel, 4);
}

/* The mean of the pixels at @upper, @upper + 4, @lower and @lower + 4, weighted by how near each is; @fx and
 * @fy, 0 to 255, say how far the point lies towards the second. Both ways give the same bits. */
#ifdef __SSE2__
static inline __m128i
weights (guint first, guint second)
{
  __m128i both = _mm_cvtsi32_si128 ((int) (first | second << 16));

  both = _mm_unpacklo_epi16 (both, both);
  return _mm_shuffle_epi32 (both, _MM_SHUFFLE (1, 1, 0, 0));
}

static inline guint32
blend (const guint8 *upper, const guint8 *lower, guint fx, guint fy)
{
  const __m128i zero = _mm_setzero_si128 ();
  guint         w11 = (fx * fy + 128) >> 8;
  guint         w01 = fx - w11;
  guint         w10 = fy - w11;
  __m128i       top = _mm_unpacklo_epi8 (_mm_loadl_epi64 ((const void *) upper), zero);
  __m128i       bottom = _mm_unpacklo_epi8 (_mm_loadl_epi64 ((const void *) lower), zero);
  __m128i       sum = _mm_add_epi16 (_mm_mullo_epi16 (top, weights (256 - fx - w10, w01)),
                                     _mm_mullo_epi16 (bottom, weights (w10, w11)));

  sum = _mm_add_epi16 (sum, _mm_unpackhi_epi64 (sum, sum));
  sum = _mm_srli_epi16 (_mm_add_epi16 (sum, _mm_set1_epi16 (128)), 8);
  return (guint32) _mm_cvtsi128_si32 (_mm_packus_epi16 (sum, sum));
}
#else
#define LANES G_GUINT64_CONSTANT (0x00ff00ff00ff00ff)

/* Four channels, 16 bits each. */
static inline guint64
spread (guint32 pixel)
{
  return (pixel | ((guint64) pixel << 24)) & LANES;
}

static inline guint32
blend (const guint8 *upper, const guint8 *lower, guint fx, guint fy)
{
  guint   w11 = (fx * fy + 128) >> 8;
  guint   w01 = fx - w11;
  guint   w10 = fy - w11;
  guint64 sum = spread (load (upper)) * (256 - fx - w10) + spread (load (upper + 4)) * w01 +
                spread (load (lower)) * w10 + spread (load (lower + 4)) * w11;

  sum = ((sum + G_GUINT64_CONSTANT (0x0080008000800080)) >> 8) & LANES;
  return (guint32) (sum | (sum >> 24));
}
#endif

static gint64
floor_div (gint64 a, gint64 b)
{
  gint64 quotient = a / b;

  return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

/* Narrows [from, to) to the steps i for which low <= start + i * step < high. */
static void
clip (gint64 start, gint64 step, gint64 low, gint64 high, int *from, int *to)
{
  gint64 first = *from;
  gint64 end = *to;

  if (step == 0)
    end = (start >= low && start < high) ? end : first;
  else if (step > 0)
    {
      first = MAX (first, -floor_div (start - low, step));
      end = MIN (end, -floor_div (start - high, step));
    }
  else
    {
      first = MAX (first, floor_div (start - high, -step) + 1);
      end = MIN (end, floor_div (start - low, -step) + 1);
    }
  *from = (int) CLAMP (first, *from, *to);
  *to = (int) CLAMP (end, *from, *to);
}

static void
fill_background (guint8 *out, int from, int to)
{
  const guint8 pixel[4] = { VV_PYRAMID_BACKGROUND, VV_PYRAMID_BACKGROUND, VV_PYRAMID_BACKGROUND, 0xff };
  guint32      word = load (pixel);

  for (int x = from; x < to; x++)
    store (out + 4 * x, word);
}

static void
sample_nearest (const VvSampler *self, guint8 *out, gint64 u, gint64 v, gint64 du, gint64 dv, int from, int to)
{
  if (du == ONE && dv == 0)
    {
      gint64 x = (u + from * du) >> 32;

      if (to > from)
        memcpy (out + 4 * from, self->source + (gsize) (v >> 32) * self->stride + 4 * (gsize) x,
                4 * (gsize) (to - from));
      return;
    }
  u += from * du;
  v += from * dv;
  for (int x = from; x < to; x++, u += du, v += dv)
    store (out + 4 * x, load (self->source + (gsize) (v >> 32) * self->stride + 4 * (gsize) (u >> 32)));
}

/* Where all four pixels lie inside the level. Slanted rows leave the processor guessing what is read next: a few rows ahead it
 * is told, once for about as many pixels as share a line of its cache. */
static void
sample_inside (const VvSampler *self, guint8 *out, gint64 u, gint64 v, gint64 du, gint64 dv, int from, int to)
{
  const guint8 *source = self->source;
  const guint8 *last = source + (gsize) (self->height - 1) * self->stride;
  gsize         stride = self->stride;

  u += from * du;
  v += from * dv;
  for (int x = from; x < to;)
    {
      int end = MIN (x + PREFETCH_EVERY, to);

      __builtin_prefetch (MIN (source + (gsize) ((v >> 32) + PREFETCH_ROWS) * stride, last) + 4 * (gsize) (u >> 32));
      for (; x < end; x++, u += du, v += dv)
        {
          const guint8 *at = source + (gsize) (v >> 32) * stride + 4 * (gsize) (u >> 32);

          store (out + 4 * x, blend (at, at + stride, (guint) (u >> 24) & 0xff, (guint) (v >> 24) & 0xff));
        }
    }
}

/* Along the border, where the outermost pixel stands in for what is missing. */
static void
sample_border (const VvSampler *self, guint8 *out, gint64 u, gint64 v, gint64 du, gint64 dv, int from, int to)
{
  u += from * du;
  v += from * dv;
  for (int x = from; x < to; x++, u += du, v += dv)
    {
      gsize         x0 = (gsize) CLAMP (u >> 32, 0, self->width - 1);
      gsize         x1 = (gsize) CLAMP ((u >> 32) + 1, 0, self->width - 1);
      const guint8 *r0 = self->source + (gsize) CLAMP (v >> 32, 0, self->height - 1) * self->stride;
      const guint8 *r1 = self->source + (gsize) CLAMP ((v >> 32) + 1, 0, self->height - 1) * self->stride;
      guint32       upper[2] = { load (r0 + 4 * x0), load (r0 + 4 * x1) };
      guint32       lower[2] = { load (r1 + 4 * x0), load (r1 + 4 * x1) };

      store (out + 4 * x, blend ((const guint8 *) upper, (const guint8 *) lower,
                                 (guint) (u >> 24) & 0xff, (guint) (v >> 24) & 0xff));
    }
}

static gint64
to_fixed (double value)
{
  return llrint (value * (double) ONE);
}

void
vv_sampler_row (const VvSampler *self, int y, int first, int end, guint8 *out)
{
  const cairo_matrix_t *m = &self->to_level;
  gint64                u = to_fixed (m->xx * 0.5 + m->xy * (y + 0.5) + m->x0);
  gint64                v = to_fixed (m->yx * 0.5 + m->yy * (y + 0.5) + m->y0);
  gint64                du = to_fixed (m->xx);
  gint64                dv = to_fixed (m->yx);
  int                   from = first, to = end;
  int                   inner_from, inner_to;

  clip (u, du, 0, self->width * ONE, &from, &to);
  clip (v, dv, 0, self->height * ONE, &from, &to);
  fill_background (out, first, from);
  fill_background (out, to, end);
  if (self->nearest)
    {
      sample_nearest (self, out, u, v, du, dv, from, to);
      return;
    }
  u -= HALF;
  v -= HALF;
  inner_from = from;
  inner_to = to;
  clip (u, du, 0, (self->width - 1) * ONE, &inner_from, &inner_to);
  clip (v, dv, 0, (self->height - 1) * ONE, &inner_from, &inner_to);
  sample_border (self, out, u, v, du, dv, from, inner_from);
  sample_inside (self, out, u, v, du, dv, inner_from, inner_to);
  sample_border (self, out, u, v, du, dv, inner_to, to);
}

static gboolean
near (double a, double b, double tolerance)
{
  return fabs (a - b) <= tolerance;
}

/* TRUE when source pixels fall exactly on output pixels; then takes the rounding errors out of @m. */
static gboolean
snap_to_pixels (cairo_matrix_t *m)
{
  gboolean upright = near (fabs (m->xx), 1, 1e-6) && near (fabs (m->yy), 1, 1e-6);
  gboolean turned = near (fabs (m->xy), 1, 1e-6) && near (fabs (m->yx), 1, 1e-6);

  if ((!upright && !turned) || !near (m->x0, round (m->x0), 1e-3) || !near (m->y0, round (m->y0), 1e-3))
    return FALSE;
  cairo_matrix_init (m, round (m->xx), round (m->yx), round (m->xy), round (m->yy), round (m->x0), round (m->y0));
  return TRUE;
}

void
vv_sampler_init (VvSampler *self, const VvPyramid *pyramid, const cairo_matrix_t *to_device, gboolean smooth)
{
  cairo_matrix_t   matrix = *to_device;
  double           scale = hypot (matrix.xx, matrix.yx);
  gboolean         nearest = snap_to_pixels (&matrix) || (scale >= 2 - 1e-9 && !smooth);
  int              shift = 0;
  const VvPicture *level = vv_pyramid_pick (pyramid, nearest ? 1 : scale, &shift);

  cairo_matrix_scale (&matrix, 1 << shift, 1 << shift);
  if (cairo_matrix_invert (&matrix) != CAIRO_STATUS_SUCCESS)
    g_return_if_reached ();
  self->to_level = matrix;
  self->source = vv_picture_row (level, 0);
  self->stride = level->stride;
  self->width = level->width;
  self->height = level->height;
  self->nearest = nearest;
}

static void
draw_rows (gconstpointer data, int first, int end)
{
  const Image *image = data;

  for (int y = first; y < end; y++)
    vv_sampler_row (&image->sampler, y, 0, image->width, image->pixels + (gsize) y * image->stride);
}

void
vv_resample (VvPyramid            *pyramid,
             const cairo_matrix_t *to_device,
             guint8               *pixels,
             gsize                 stride,
             int                   width,
             int                   height)
{
  Image image = { .pixels = pixels, .stride = stride, .width = width };

  g_return_if_fail (width > 0 && height > 0 && stride >= (gsize) width * 4);

  vv_sampler_init (&image.sampler, pyramid, to_device, /* smooth= */ FALSE);
  vv_rows_run (draw_rows, &image, width, height);
}
