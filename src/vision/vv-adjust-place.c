// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "vv-adjust-private.h"

/* Steps that move pixels: where points go, and the pixels themselves. A point is continuous; the centre of the first
 * pixel is (0.5, 0.5). */

#define SIDE_MAX  20000
#define PHASES    256 /* places between two pixels */
#define TAPS_MAX  6
#define ONE_TAP   4096
#define ONE_RATIO 16384

/* --- Where points go ------------------------------------------------------------------------------------------------ */

void
_vv_move_crop (const int *values, int width, int height, gboolean back, double *x, double *y)
{
  *x += back ? values[0] : -values[0];
  *y += back ? values[1] : -values[1];
}

gboolean
_vv_size_crop (const int *values, int *width, int *height, GError **error)
{
  int w = values[2] > 0 ? values[2] : *width - values[0];
  int h = values[3] > 0 ? values[3] : *height - values[1];

  if (w < 1 || h < 1 || w > *width - values[0] || h > *height - values[1])
    {
      g_autofree char *text = g_strdup_printf (_ ("“Crop” reaches outside the picture, which is %d × %d pixels at that step."), *width,
                                               *height);

      return _vv_adjust_refuse (error, text);
    }
  *width = w;
  *height = h;
  return TRUE;
}

gboolean
_vv_size_resample (const int *values, int *width, int *height, GError **error)
{
  double w = floor (*width * (values[0] / 1000.0) * (values[1] / 1000.0) + 0.5);
  double h = floor (*height * (values[0] / 1000.0) + 0.5);

  w = MAX (w, 1);
  h = MAX (h, 1);
  if (w > SIDE_MAX || h > SIDE_MAX || w * h > VV_ADJUST_MAX_PIXELS)
    return _vv_adjust_refuse (error,
                              _ ("“Resample” would make a picture of more than 120 megapixels or 20,000 pixels a side. Choose a smaller size, or crop first."));
  *width = (int) w;
  *height = (int) h;
  return TRUE;
}

void
_vv_move_resample (const int *values, int width, int height, gboolean back, double *x, double *y)
{
  int w = width, h = height;

  if (!_vv_size_resample (values, &w, &h, /* error= */ NULL))
    return;
  *x = back ? *x * width / w : *x * w / width;
  *y = back ? *y * height / h : *y * h / height;
}

/* The canvas grows so that the whole picture stays in it. */
gboolean
_vv_size_rotate (const int *values, int *width, int *height, GError **error)
{
  double s, c, w, h;

  _vv_sin_cos (values[0] * 10, &s, &c);
  s = fabs (s);
  c = fabs (c);
  w = ceil (*width * c + *height * s - 1e-6);
  h = ceil (*width * s + *height * c - 1e-6);
  if (w > SIDE_MAX || h > SIDE_MAX || w * h > VV_ADJUST_MAX_PIXELS)
    return _vv_adjust_refuse (error, _ ("“Rotate” would make a picture of more than 120 megapixels or 20,000 pixels a side. Crop first."));
  *width = (int) w;
  *height = (int) h;
  return TRUE;
}

void
_vv_move_rotate (const int *values, int width, int height, gboolean back, double *x, double *y)
{
  int    w = width, h = height;
  double s, c, dx, dy;

  if (!_vv_size_rotate (values, &w, &h, /* error= */ NULL))
    return;
  _vv_sin_cos (back ? -values[0] * 10 : values[0] * 10, &s, &c);
  dx = *x - (back ? w : width) / 2.0;
  dy = *y - (back ? h : height) / 2.0;
  *x = c * dx - s * dy + (back ? width : w) / 2.0;
  *y = s * dx + c * dy + (back ? height : h) / 2.0;
}

/* Radius in the corrected picture of what lies at @seen in the distorted one: radius * (1 + k radius^2) = seen, Newton. */
static double
corrected (double seen, double k)
{
  double radius = seen;

  for (int i = 0; i < 30; i++)
    radius -= (radius * (1 + k * radius * radius) - seen) / MAX (1 + 3 * k * radius * radius, 0.1);
  return radius;
}

/* Radii are counted in half diagonals, from the centre of the picture. */
typedef struct
{
  double k, unit, middle_x, middle_y;
} Lens;

static Lens
prepare_lens (const int *values, int width, int height)
{
  return (Lens){ values[0] / 1000.0, sqrt ((double) width * width + (double) height * height) / 2, width / 2.0, height / 2.0 };
}

static inline void
move_lens (const Lens *lens, gboolean back, double *x, double *y)
{
  double dx = *x - lens->middle_x;
  double dy = *y - lens->middle_y;
  double radius = sqrt (dx * dx + dy * dy) / lens->unit;
  double factor = back ? 1 + lens->k * radius * radius : 1;

  if (!back && radius > 0)
    factor = corrected (radius, lens->k) / radius;
  *x = lens->middle_x + dx * factor;
  *y = lens->middle_y + dy * factor;
}

void
_vv_move_lens (const int *values, int width, int height, gboolean back, double *x, double *y)
{
  Lens lens = prepare_lens (values, width, height);

  move_lens (&lens, back, x, y);
}

/* --- A pixel from anywhere --------------------------------------------------------------------------------------------- */

typedef struct
{
  VvRaster *raster;
  guint8   *out;
  int       width, height; /* of the result */
  int       taps;
  int       weights[PHASES][TAPS_MAX];
  gint16    short_weights[PHASES][TAPS_MAX];
  gboolean  bent;
  Lens      lens;     /* back */
  double    sin, cos; /* of a rotation, back */
} Sampling;

static void
prepare_weights (Sampling *self, VvKernel kernel)
{
  self->taps = kernel == VV_KERNEL_NEAREST ? 1 : (int) (2 * _vv_kernel_reach (kernel));
  for (int phase = 0; phase < PHASES; phase++)
    {
      double weights[TAPS_MAX] = { 1 };

      for (int i = 0; i < self->taps && self->taps > 1; i++)
        weights[i] = _vv_kernel_weight (kernel, i - (self->taps / 2 - 1) - phase / (double) PHASES);
      _vv_whole_weights (weights, self->taps, ONE_TAP, self->weights[phase]);
      for (int i = 0; i < self->taps; i++)
        self->short_weights[phase][i] = (gint16) self->weights[phase][i];
    }
}

/* floor() without a call; the numbers are far from the limits of an int. */
static inline int
whole (double number)
{
  int cut = (int) number;

  return cut - (number < cut);
}

#ifdef __SSE2__
/* A row of an even number of pixels, weighted by pairs of @weights: four sums. */
static inline __m128i
sum_row (const guint8 *p, const gint16 *weights, int taps)
{
  const __m128i zero = _mm_setzero_si128 ();
  __m128i       sum = zero;

  for (int i = 0; i < taps; i += 2, p += 8)
    {
      __m128i pair = _mm_unpacklo_epi8 (_mm_loadl_epi64 ((const void *) p), zero);
      __m128i both = _mm_unpacklo_epi16 (pair, _mm_srli_si128 (pair, 8));
      int     weight;

      memcpy (&weight, weights + i, sizeof weight);
      sum = _mm_add_epi32 (sum, _mm_madd_epi16 (both, _mm_set1_epi32 (weight)));
    }
  return sum;
}

/* Where all taps lie inside, the same sums as sample(). The second weights go to halves of the numbers, which have 18 bits. */
static inline void
sample_inside (const Sampling *self, int x, int y, guint8 *out)
{
  const gint16 *across = self->short_weights[x & (PHASES - 1)];
  const int    *down = self->weights[y & (PHASES - 1)];
  const guint8 *p = _vv_raster_at (self->raster, (x >> 8) - (self->taps - 1) / 2, (y >> 8) - (self->taps - 1) / 2);
  gsize         stride = 4 * (gsize) self->raster->width;
  __m128i       low = _mm_setzero_si128 (), high = low;
  gint32        sum[4];

  for (int j = 0; j < self->taps; j++, p += stride)
    {
      __m128i row = _mm_srai_epi32 (_mm_add_epi32 (sum_row (p, across, self->taps), _mm_set1_epi32 (8)), 4);
      __m128i weight = _mm_set1_epi32 (down[j] & 0xffff); /* beside a zero */

      low = _mm_add_epi32 (low, _mm_madd_epi16 (_mm_and_si128 (row, _mm_set1_epi32 (0x7fff)), weight));
      high = _mm_add_epi32 (high, _mm_madd_epi16 (_mm_srai_epi32 (row, 15), weight));
    }
  low = _mm_add_epi32 (low, _mm_slli_epi32 (high, 15));
  _mm_storeu_si128 ((void *) sum, low);
  for (int c = 0; c < 4; c++)
    out[c] = (guint8) CLAMP ((sum[c] + (1 << 19)) >> 20, 0, 255);
}
#endif

/* @u, @v: the point in the source. */
static inline void
sample (const Sampling *self, double u, double v, guint8 *out)
{
  const VvRaster *raster = self->raster;
  const double    shift = self->taps == 1 ? 0 : 0.5;
  int             x, y;
  int             sum[4] = { 0 };

  if (!(u >= 0 && v >= 0 && u < raster->width && v < raster->height))
    {
      memset (out, VV_ADJUST_OUTSIDE, 3);
      out[3] = 255;
      return;
    }
  x = whole ((u - shift) * PHASES + (self->taps == 1 ? 0 : 0.5));
  y = whole ((v - shift) * PHASES + (self->taps == 1 ? 0 : 0.5));
#ifdef __SSE2__
  if (self->taps > 1 &&
      (x >> 8) >= (self->taps - 1) / 2 &&
      (y >> 8) >= (self->taps - 1) / 2 &&
      (x >> 8) + self->taps / 2 < raster->width &&
      (y >> 8) + self->taps / 2 < raster->height)
    {
      sample_inside (self, x, y, out);
      return;
    }
#endif
  for (int j = 0; j < self->taps; j++)
    {
      int row = CLAMP ((y >> 8) + j - (self->taps - 1) / 2, 0, raster->height - 1);
      int across[4] = { 0 };

      for (int i = 0; i < self->taps; i++)
        {
          int           weight = self->weights[x & (PHASES - 1)][i];
          const guint8 *p = _vv_raster_at (raster, CLAMP ((x >> 8) + i - (self->taps - 1) / 2, 0, raster->width - 1), row);

          for (int c = 0; c < 4; c++)
            across[c] += weight * p[c];
        }
      for (int c = 0; c < 4; c++)
        sum[c] += self->weights[y & (PHASES - 1)][j] * ((across[c] + 8) >> 4);
    }
  for (int c = 0; c < 4; c++)
    out[c] = (guint8) CLAMP ((sum[c] + (1 << 19)) >> 20, 0, 255);
}

static void
sample_rows (int from, int to, gpointer data)
{
  Sampling       *self = data;
  const VvRaster *raster = self->raster;

  for (int y = from; y < to; y++)
    {
      guint8 *out = self->out + 4 * (gsize) y * (gsize) self->width;
      double  dy = y + 0.5 - self->height / 2.0;

      for (int x = 0; x < self->width; x++, out += 4)
        {
          double dx = x + 0.5 - self->width / 2.0;
          double u = x + 0.5, v = y + 0.5;

          if (self->bent)
            move_lens (&self->lens, /* back= */ TRUE, &u, &v);
          else
            {
              u = self->cos * dx - self->sin * dy + raster->width / 2.0;
              v = self->sin * dx + self->cos * dy + raster->height / 2.0;
            }
          sample (self, u, v, out);
        }
    }
}

static gboolean
sample_all (Sampling *self, VvKernel kernel, GError **error)
{
  gboolean done;

  prepare_weights (self, kernel);
  self->out = g_malloc (4 * (gsize) self->width * (gsize) self->height);
  done = _vv_rows (self->raster, self->height, sample_rows, self, error);
  _vv_raster_take (self->raster, self->out, self->width, self->height);
  return done;
}

gboolean
_vv_step_rotate (VvRaster *raster, const int *values, GError **error)
{
  g_autofree Sampling *self = g_new0 (Sampling, 1);

  self->raster = raster;
  self->width = raster->width;
  self->height = raster->height;
  if (!_vv_size_rotate (values, &self->width, &self->height, error))
    return FALSE;
  _vv_sin_cos (-values[0] * 10, &self->sin, &self->cos);
  /* A multiple of a quarter turn only carries pixels over. */
  return sample_all (self, values[0] % 900 == 0 ? VV_KERNEL_NEAREST : (VvKernel) values[1], error);
}

gboolean
_vv_step_lens (VvRaster *raster, const int *values, GError **error)
{
  g_autofree Sampling *self = NULL;

  if (values[0] == 0)
    return TRUE;
  self = g_new0 (Sampling, 1);
  self->raster = raster;
  self->width = raster->width;
  self->height = raster->height;
  self->bent = TRUE;
  self->lens = prepare_lens (values, raster->width, raster->height);
  return sample_all (self, (VvKernel) values[1], error);
}

gboolean
_vv_step_crop (VvRaster *raster, const int *values, GError **error)
{
  int     width = raster->width, height = raster->height;
  guint8 *out;

  if (!_vv_size_crop (values, &width, &height, error))
    return FALSE;
  out = g_malloc (4 * (gsize) width * (gsize) height);
  for (int y = 0; y < height; y++)
    memcpy (out + 4 * (gsize) y * (gsize) width, _vv_raster_at (raster, values[0], values[1] + y), 4 * (gsize) width);
  _vv_raster_take (raster, out, width, height);
  return TRUE;
}

/* --- Another size: along the rows, then along the columns -------------------------------------------------------------------- */

/* Which pixels make up the pixels of a line of another length. */
typedef struct
{
  int *first;   /* (owned) of each output pixel */
  int  taps;    /* each has */
  int *weights; /* (owned) taps of each */
} Line;

static Line
prepare_line (int from, int to, VvKernel kernel)
{
  double             ratio = (double) from / to;
  double             wider = kernel == VV_KERNEL_NEAREST ? 1 : MAX (ratio, 1);
  double             reach = _vv_kernel_reach (kernel) * wider;
  Line               line = { g_new (int, to), kernel == VV_KERNEL_NEAREST ? 1 : (int) (2 * ceil (reach)) + 1, NULL };
  g_autofree double *weights = g_new (double, line.taps);

  line.weights = g_new (int, (gsize) to *(gsize) line.taps);
  for (int i = 0; i < to; i++)
    {
      double centre = (i + 0.5) * ratio - 0.5;

      line.first[i] = kernel == VV_KERNEL_NEAREST ? (int) floor (centre + 0.5) : (int) floor (centre) - (line.taps - 1) / 2;
      for (int k = 0; k < line.taps; k++)
        weights[k] = line.taps == 1 ? 1 : _vv_kernel_weight (kernel, (line.first[i] + k - centre) / wider);
      _vv_whole_weights (weights, line.taps, ONE_RATIO, line.weights + (gsize) i * (gsize) line.taps);
    }
  return line;
}

typedef struct
{
  VvRaster *raster;
  int       width, height;
  Line      across, down;
  gint16   *between; /* (owned) rows of the new width, times 64 */
  guint8   *out;
} Resampling;

static void
resample_across (int from, int to, gpointer data)
{
  Resampling *self = data;

  for (int y = from; y < to; y++)
    {
      gint16 *out = self->between + 4 * (gsize) y * (gsize) self->width;

      for (int x = 0; x < self->width; x++, out += 4)
        {
          const int *weights = self->across.weights + (gsize) x * (gsize) self->across.taps;
          int        sum[4] = { 128, 128, 128, 128 };

          for (int k = 0; k < self->across.taps; k++)
            {
              const guint8 *p = _vv_raster_at (self->raster, CLAMP (self->across.first[x] + k, 0, self->raster->width - 1), y);

              for (int c = 0; c < 4; c++)
                sum[c] += weights[k] * p[c];
            }
          for (int c = 0; c < 4; c++)
            out[c] = (gint16) (sum[c] >> 8);
        }
    }
}

static void
resample_down (int from, int to, gpointer data)
{
  Resampling     *self = data;
  gsize           n = 4 * (gsize) self->width;
  g_autofree int *sum = g_new (int, n);

  for (int y = from; y < to; y++)
    {
      const int *weights = self->down.weights + (gsize) y * (gsize) self->down.taps;
      guint8    *out = self->out + (gsize) y * n;

      for (gsize i = 0; i < n; i++)
        sum[i] = 1 << 19;
      for (int k = 0; k < self->down.taps; k++)
        {
          const gint16 *row = self->between + (gsize) CLAMP (self->down.first[y] + k, 0, self->raster->height - 1) * n;

          for (gsize i = 0; i < n && weights[k] != 0; i++)
            sum[i] += weights[k] * row[i];
        }
      for (gsize i = 0; i < n; i++)
        out[i] = (guint8) CLAMP (sum[i] >> 20, 0, 255);
    }
}

gboolean
_vv_step_resample (VvRaster *raster, const int *values, GError **error)
{
  Resampling self = { .raster = raster, .width = raster->width, .height = raster->height };
  gboolean   done;

  if (!_vv_size_resample (values, &self.width, &self.height, error))
    return FALSE;
  self.across = prepare_line (raster->width, self.width, (VvKernel) values[2]);
  self.down = prepare_line (raster->height, self.height, (VvKernel) values[2]);
  self.between = g_new (gint16, 4 * (gsize) self.width * (gsize) raster->height);
  self.out = g_malloc (4 * (gsize) self.width * (gsize) self.height);
  done = _vv_rows (raster, raster->height, resample_across, &self, error) &&
         _vv_rows (raster, self.height, resample_down, &self, error);
  _vv_raster_take (raster, self.out, self.width, self.height);
  g_free (self.between);
  g_free (self.across.first);
  g_free (self.across.weights);
  g_free (self.down.first);
  g_free (self.down.weights);
  return done;
}
