// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include <string.h>

#include "vv-adjust-private.h"

/* Steps that look at the surroundings of a pixel and change its brightness, not its colour. */

/* --- CLAHE: contrast evened out tile by tile (Zuiderveld 1994) --------------------------------------------------- */

#define TILE_MIN 8 /* pixels a side */

/* Where between the centres of two tiles a row or column lies. */
typedef struct
{
  int first, second, weight; /* of the second, of 256 */
} Between;

typedef struct
{
  VvRaster *raster;
  int       across, down; /* tiles */
  guint8 (*maps)[256];    /* (owned) one for each tile */
  Between *columns;       /* (owned) */
  Between *rows;          /* (owned) */
} Clahe;

static int
edge_of (int tile, int tiles, int length)
{
  return (int) ((gint64) tile * length / tiles);
}

/* Twice the centre of a tile. */
static int
centre_of (int tile, int tiles, int length)
{
  return edge_of (tile, tiles, length) + edge_of (tile + 1, tiles, length);
}

static Between *
between (int tiles, int length)
{
  Between *all = g_new0 (Between, length);
  int      tile = 0;

  for (int i = 0; i < length; i++)
    {
      int place = 2 * i + 1;

      while (tile + 1 < tiles && place >= centre_of (tile + 1, tiles, length))
        tile++;
      all[i].first = tile;
      all[i].second = place < centre_of (tile, tiles, length) ? tile : MIN (tile + 1, tiles - 1);
      if (all[i].second > tile)
        all[i].weight = 256 * (place - centre_of (tile, tiles, length)) /
                        (centre_of (tile + 1, tiles, length) - centre_of (tile, tiles, length));
    }
  return all;
}

/* What is above the limit is spread over all shades; what does not divide goes to evenly spaced ones. */
static void
limit_histogram (int *histogram, int limit)
{
  int excess = 0, rest, step;

  for (int i = 0; i < 256; i++)
    if (histogram[i] > limit)
      {
        excess += histogram[i] - limit;
        histogram[i] = limit;
      }
  for (int i = 0; i < 256; i++)
    histogram[i] += excess / 256;
  rest = excess % 256;
  step = rest > 0 ? 256 / rest : 256;
  for (int i = 0; i < 256 && rest > 0; i += step, rest--)
    histogram[i]++;
}

static void
map_tile (Clahe *self, int column, int row, int clip)
{
  const VvRaster *raster = self->raster;
  int             left = edge_of (column, self->across, raster->width);
  int             right = edge_of (column + 1, self->across, raster->width);
  int             top = edge_of (row, self->down, raster->height);
  int             bottom = edge_of (row + 1, self->down, raster->height);
  gint64          area = (gint64) (right - left) * (bottom - top);
  int             histogram[256] = { 0 };
  guint8         *map = self->maps[row * self->across + column];
  gint64          sum = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      histogram[_vv_luma (_vv_raster_at (raster, x, y))]++;
  limit_histogram (histogram, (int) MAX (clip * area / 2560, 1));
  for (int i = 0; i < 256; i++)
    {
      sum += histogram[i];
      map[i] = (guint8) ((sum * 255 + area / 2) / area);
    }
}

static void
clahe_rows (int from, int to, gpointer data)
{
  Clahe *self = data;

  for (int y = from; y < to; y++)
    {
      const Between *row = &self->rows[y];
      guint8        *p = self->raster->pixels + 4 * (gsize) y * (gsize) self->raster->width;

      for (int x = 0; x < self->raster->width; x++, p += 4)
        {
          const Between *column = &self->columns[x];
          int            luma = _vv_luma (p);
          int            above = self->maps[row->first * self->across + column->first][luma] * (256 - column->weight) +
                      self->maps[row->first * self->across + column->second][luma] * column->weight;
          int below = self->maps[row->second * self->across + column->first][luma] * (256 - column->weight) +
                      self->maps[row->second * self->across + column->second][luma] * column->weight;

          _vv_add_luma (p, ((above * (256 - row->weight) + below * row->weight + 32768) >> 16) - luma);
        }
    }
}

gboolean
_vv_step_clahe (VvRaster *raster, const int *values, GError **error)
{
  Clahe    self = { .raster = raster };
  gboolean done;

  self.across = CLAMP (values[1], 1, MAX (raster->width / TILE_MIN, 1));
  self.down = CLAMP (values[1], 1, MAX (raster->height / TILE_MIN, 1));
  self.maps = g_malloc ((gsize) self.across * (gsize) self.down * sizeof *self.maps);
  for (int row = 0; row < self.down && !g_cancellable_is_cancelled (raster->cancellable); row++)
    for (int column = 0; column < self.across; column++)
      map_tile (&self, column, row, values[0]);
  self.columns = between (self.across, raster->width);
  self.rows = between (self.down, raster->height);
  done = _vv_rows (raster, raster->height, clahe_rows, &self, error);
  g_free (self.maps);
  g_free (self.columns);
  g_free (self.rows);
  return done;
}

/* --- Unsharp mask ------------------------------------------------------------------------------------------------- */

typedef struct
{
  VvRaster *raster;
  int      *weights; /* (owned) */
  int       reach;
  guint16  *across; /* (owned) brightness blurred along the rows, times 256 */
  int       amount; /* per cent */
  int       threshold;
} Unsharp;

static void
blur_across (int from, int to, gpointer data)
{
  Unsharp           *self = data;
  int                width = self->raster->width;
  g_autofree guint8 *padded = g_malloc ((gsize) (width + 2 * self->reach));

  for (int y = from; y < to; y++)
    {
      guint16 *out = self->across + (gsize) y * (gsize) width;

      for (int x = 0; x < width + 2 * self->reach; x++)
        padded[x] = (guint8) _vv_luma (_vv_raster_at (self->raster, CLAMP (x - self->reach, 0, width - 1), y));
      for (int x = 0; x < width; x++)
        {
          int sum = 128;

          for (int i = 0; i <= 2 * self->reach; i++)
            sum += self->weights[i] * padded[x + i];
          out[x] = (guint16) (sum >> 8);
        }
    }
}

static void
sharpen_row (Unsharp *self, const guint32 *blurred, int y)
{
  guint8 *p = self->raster->pixels + 4 * (gsize) y * (gsize) self->raster->width;

  for (int x = 0; x < self->raster->width; x++, p += 4)
    {
      int difference = (_vv_luma (p) << 8) - (int) ((blurred[x] + 32768) >> 16);
      int by = difference * self->amount;

      if (ABS (difference) >= self->threshold << 8)
        _vv_add_luma (p, (by + (by < 0 ? -12800 : 12800)) / 25600);
    }
}

static void
sharpen_rows (int from, int to, gpointer data)
{
  Unsharp            *self = data;
  int                 width = self->raster->width;
  g_autofree guint32 *sum = g_new (guint32, width);

  for (int y = from; y < to; y++)
    {
      memset (sum, 0, sizeof *sum * (gsize) width);
      for (int i = -self->reach; i <= self->reach; i++)
        {
          const guint16 *row = self->across + (gsize) CLAMP (y + i, 0, self->raster->height - 1) * (gsize) width;
          guint32        weight = (guint32) self->weights[i + self->reach];

          for (int x = 0; x < width; x++)
            sum[x] += weight * row[x];
        }
      sharpen_row (self, sum, y);
    }
}

gboolean
_vv_step_unsharp (VvRaster *raster, const int *values, GError **error)
{
  Unsharp  self = { .raster = raster, .amount = values[1], .threshold = values[2] };
  gboolean done;

  self.weights = _vv_gauss (values[0] / 10.0, &self.reach);
  self.across = g_new (guint16, (gsize) raster->width * (gsize) raster->height);
  done = _vv_rows (raster, raster->height, blur_across, &self, error) &&
         _vv_rows (raster, raster->height, sharpen_rows, &self, error);
  g_free (self.weights);
  g_free (self.across);
  return done;
}
