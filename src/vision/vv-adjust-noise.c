// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include <string.h>

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
  for (int y = from; y < to; y++)
    for (int channel = 0; channel < 4; channel++)
      median_row (data, y, channel);
}

/* --- Bilateral (Tomasi and Manduchi 1998) ---------------------------------------------------------------------------- */

static void
average_alike (const Denoise *self, int x, int y, guint8 *out)
{
  const VvRaster *raster = self->raster;
  const guint8   *own = _vv_raster_at (raster, x, y);
  const guint32  *near = self->near;
  guint32         sum[3] = { 0 }, total = 0;

  for (int v = y - self->radius; v <= y + self->radius; v++)
    for (int u = x - self->radius; u <= x + self->radius; u++)
      {
        const guint8 *p = _vv_raster_at (raster, CLAMP (u, 0, raster->width - 1), CLAMP (v, 0, raster->height - 1));
        guint32       weight = *near++ * self->alike[ABS (p[0] - own[0]) + ABS (p[1] - own[1]) + ABS (p[2] - own[2])];

        total += weight;
        for (int c = 0; c < 3; c++)
          sum[c] += weight * p[c];
      }
  for (int c = 0; c < 3; c++)
    out[c] = (guint8) ((sum[c] + total / 2) / total);
  out[3] = own[3];
}

static void
bilateral_rows (int from, int to, gpointer data)
{
  Denoise *self = data;

  for (int y = from; y < to; y++)
    for (int x = 0; x < self->raster->width; x++)
      average_alike (self, x, y, self->out + 4 * ((gsize) y * (gsize) self->raster->width + (gsize) x));
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
