// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "vv-adjust-private.h"

/* Noise, and the comb of interlaced video. */

typedef struct
{
  VvRaster *raster;
  guint8   *out;
  int       radius;
  guint32  *near;  /* (owned) weight by place in the window, of 64 */
  guint32  *alike; /* (owned) weight by the sum of the three differences, of 1024 */
} Denoise;

/* --- Rows with a border ------------------------------------------------------------------------------------------------ */

#define PADDING 16 /* bytes that a vector may read past the end */

/* Copies of the rows around some, with the outermost pixels repeated: inside no place has to be looked at twice. */
typedef struct
{
  guint8 *bytes; /* (owned) */
  gsize   stride;
} Padded;

static Padded
pad_rows (const Denoise *self, int from, int to)
{
  const VvRaster *raster = self->raster;
  const int       r = self->radius;
  Padded          padded = { NULL, 4 * (gsize) (raster->width + 2 * r) + PADDING };

  padded.bytes = g_malloc0 (padded.stride * (gsize) (to - from + 2 * r));
  for (int y = from - r; y < to + r; y++)
    {
      guint8       *out = padded.bytes + (gsize) (y - from + r) * padded.stride;
      const guint8 *row = _vv_raster_at (raster, 0, CLAMP (y, 0, raster->height - 1));

      memcpy (out + 4 * r, row, 4 * (gsize) raster->width);
      for (int i = 0; i < r; i++)
        {
          memcpy (out + 4 * i, row, 4);
          memcpy (out + 4 * ((gsize) raster->width + (gsize) (r + i)), row + 4 * ((gsize) raster->width - 1), 4);
        }
    }
  return padded;
}

#ifdef __SSE2__

/* --- Median of a small window: four pixels at once (forgetful selection) ------------------------------------------- */

#define SMALL_RADIUS 3
#define SMALL_SET    ((2 * SMALL_RADIUS + 1) * (2 * SMALL_RADIUS + 1) / 2 + 2)

static inline void
sort_two (__m128i *low, __m128i *high)
{
  __m128i least = _mm_min_epu8 (*low, *high);

  *high = _mm_max_epu8 (*low, *high);
  *low = least;
}

/* Brings the least of @n to the front and the greatest to the end. */
static inline void
part_ends (__m128i *set, int n)
{
  for (int i = 0; i < n / 2; i++)
    sort_two (&set[i], &set[n - 1 - i]);
  for (int i = 1; i < (n + 1) / 2; i++)
    {
      sort_two (&set[0], &set[i]);
      sort_two (&set[n - 1 - i], &set[n - 1]);
    }
}

/* The value in the middle is never the least nor the greatest of more than half of all: these are let go as the others come. */
static inline __m128i
select_median (const guint8 *const *rows, gsize at, int side)
{
  __m128i set[SMALL_SET];
  int     all = side * side;
  int     n = all / 2 + 2;
  int     taken = 0;

  for (; taken < n; taken++)
    set[taken] = _mm_loadu_si128 ((const void *) (rows[taken / side] + at + 4 * (gsize) (taken % side)));
  for (; n > 2; n--)
    {
      part_ends (set, n);
      if (n == 3)
        break;
      set[0] = _mm_loadu_si128 ((const void *) (rows[taken / side] + at + 4 * (gsize) (taken % side)));
      taken++;
    }
  return set[1];
}

static void
small_median_rows (int from, int to, gpointer data)
{
  const Denoise     *self = data;
  const int          side = 2 * self->radius + 1;
  const gsize        stride = 4 * (gsize) self->raster->width;
  Padded             padded = pad_rows (self, from, to);
  const guint8      *rows[2 * SMALL_RADIUS + 1];
  g_autofree guint8 *line = g_malloc (stride + PADDING);

  for (int y = from; y < to; y++)
    {
      for (int i = 0; i < side; i++)
        rows[i] = padded.bytes + (gsize) (y - from + i) * padded.stride;
      for (gsize at = 0; at < stride; at += 16)
        _mm_storeu_si128 ((void *) (line + at), select_median (rows, at, side));
      memcpy (self->out + (gsize) y * stride, line, stride);
    }
  g_free (padded.bytes);
}
#endif

/* --- Median: a sliding histogram (Huang 1979) --------------------------------------------------------------------- */

typedef struct
{
  int count[256];
  int median;
  int below; /* how many are less than the median */
} Window;

static void
add_column (const Denoise *self, Window *window, int x, int y, int channel, int by)
{
  const VvRaster *raster = self->raster;

  x = CLAMP (x, 0, raster->width - 1);
  for (int i = y - self->radius; i <= y + self->radius; i++)
    {
      int value = _vv_raster_at (raster, x, CLAMP (i, 0, raster->height - 1))[channel];

      window->count[value] += by;
      if (value < window->median)
        window->below += by;
    }
}

static int
find_median (Window *window, int half)
{
  while (window->below > half)
    window->below -= window->count[--window->median];
  while (window->below + window->count[window->median] <= half)
    window->below += window->count[window->median++];
  return window->median;
}

static void
median_row (const Denoise *self, int y, int channel)
{
  const int side = 2 * self->radius + 1;
  Window    window = { 0 };
  guint8   *out = self->out + 4 * (gsize) y * (gsize) self->raster->width + channel;

  for (int x = -self->radius; x <= self->radius; x++)
    add_column (self, &window, x, y, channel, 1);
  for (int x = 0; x < self->raster->width; x++, out += 4)
    {
      *out = (guint8) find_median (&window, side * side / 2);
      add_column (self, &window, x - self->radius, y, channel, -1);
      add_column (self, &window, x + self->radius + 1, y, channel, 1);
    }
}

static void
median_rows (int from, int to, gpointer data)
{
#ifdef __SSE2__
  if (((const Denoise *) data)->radius <= SMALL_RADIUS)
    {
      small_median_rows (from, to, data);
      return;
    }
#endif
  for (int y = from; y < to; y++)
    for (int channel = 0; channel < 4; channel++)
      median_row (data, y, channel);
}

/* --- Bilateral (Tomasi and Manduchi 1998) ---------------------------------------------------------------------------- */

/* @window: the upper left pixel of what lies around one, in rows of @stride bytes. */
static inline void
average_alike (const Denoise *self, const guint8 *window, gsize stride, guint8 *out)
{
  const int      side = 2 * self->radius + 1;
  const guint8  *own = window + (gsize) self->radius * (stride + 4);
  const guint32 *near = self->near;
  guint32        blue = 0, green = 0, red = 0, total = 0;

  for (int v = 0; v < side; v++, window += stride)
    for (int u = 0; u < side; u++)
      {
        const guint8 *p = window + 4 * u;
        guint32       weight = *near++ * self->alike[ABS (p[0] - own[0]) + ABS (p[1] - own[1]) + ABS (p[2] - own[2])];

        total += weight;
        blue += weight * p[0];
        green += weight * p[1];
        red += weight * p[2];
      }
  out[0] = (guint8) ((blue + total / 2) / total);
  out[1] = (guint8) ((green + total / 2) / total);
  out[2] = (guint8) ((red + total / 2) / total);
  out[3] = own[3];
}

static void
bilateral_rows (int from, int to, gpointer data)
{
  Denoise *self = data;
  Padded   padded = pad_rows (self, from, to);

  for (int y = from; y < to; y++)
    {
      const guint8 *window = padded.bytes + (gsize) (y - from) * padded.stride;
      guint8       *out = self->out + 4 * (gsize) y * (gsize) self->raster->width;

      for (int x = 0; x < self->raster->width; x++, window += 4, out += 4)
        average_alike (self, window, padded.stride, out);
    }
  g_free (padded.bytes);
}

static guint32
weigh (double square, double sigma, int one)
{
  return (guint32) (_vv_exp (-square / (2 * sigma * sigma)) * one + 0.5);
}

static void
make_weights (Denoise *self, int strength)
{
  const int side = 2 * self->radius + 1;

  self->near = g_new (guint32, side * side);
  for (int i = 0; i < side * side; i++)
    {
      int dx = i % side - self->radius, dy = i / side - self->radius;

      self->near[i] = weigh (dx * dx + dy * dy, MAX (self->radius / 1.5, 0.7), 64);
    }
  self->alike = g_new (guint32, 3 * 255 + 1);
  for (int i = 0; i <= 3 * 255; i++)
    self->alike[i] = weigh (i * i / 9.0, strength, 1024);
}

gboolean
_vv_step_denoise (VvRaster *raster, const int *values, GError **error)
{
  Denoise  self = { .raster = raster, .radius = values[1] };
  gboolean done;

  self.out = g_malloc (4 * (gsize) raster->width * (gsize) raster->height);
  make_weights (&self, values[2]);
  done = _vv_rows (raster, raster->height, values[0] == 0 ? median_rows : bilateral_rows, &self, error);
  _vv_raster_take (raster, self.out, raster->width, raster->height);
  g_free (self.near);
  g_free (self.alike);
  return done;
}

/* --- Interlaced video --------------------------------------------------------------------------------------------------- */

typedef struct
{
  VvRaster *raster;
  int       keep; /* rows y with y % 2 == keep stay */
} Fields;

static void
field_rows (int from, int to, gpointer data)
{
  Fields *self = data;
  gsize   stride = 4 * (gsize) self->raster->width;

  for (int y = from; y < to; y++)
    {
      guint8       *row = self->raster->pixels + (gsize) y * stride;
      const guint8 *above = y > 0 ? row - stride : row + stride;
      const guint8 *below = y + 1 < self->raster->height ? row + stride : row - stride;

      if (y % 2 == self->keep)
        continue;
      for (gsize i = 0; i < stride; i++)
        row[i] = (guint8) ((above[i] + below[i] + 1) / 2);
    }
}

gboolean
_vv_step_deinterlace (VvRaster *raster, const int *values, GError **error)
{
  Fields self = { raster, values[0] };

  return raster->height < 2 || _vv_rows (raster, raster->height, field_rows, &self, error);
}
