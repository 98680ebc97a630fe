// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-adjust.h"

G_BEGIN_DECLS

#define VV_ADJUST_VALUES_MAX  5
#define VV_ADJUST_CHOICES_MAX 5

/* What lies beside a picture that was turned: the grey the detector pads with. */
#define VV_ADJUST_OUTSIDE 127

typedef enum
{
  VV_KERNEL_NEAREST,
  VV_KERNEL_BILINEAR,
  VV_KERNEL_BICUBIC, /* Keys, a = -1/2 */
  VV_KERNEL_LANCZOS, /* three lobes */
} VvKernel;

/* A picture being worked on. */
typedef struct
{
  int           width, height;
  guint8       *pixels; /* (owned) B G R A, rows of 4 * width bytes */
  guint         threads;
  GCancellable *cancellable;
} VvRaster;

typedef struct _VvAdjustStep VvAdjustStep;

/* Does a step with @values, in units of the last digit each has, a choice as its number. */
typedef gboolean (*VvAdjustWork) (VvRaster  *raster,
                                  const int *values,
                                  GError   **error);

/* Where points go: forward, or @back. The size is that before the step. */
typedef void (*VvAdjustMove) (const int *values,
                              int        width,
                              int        height,
                              gboolean   back,
                              double    *x,
                              double    *y);

/* Size after a step; FALSE when the step cannot be done on that size. */
typedef gboolean (*VvAdjustSize) (const int *values,
                                  int       *width,
                                  int       *height,
                                  GError   **error);

typedef struct
{
  const char *name;
  const char *title;
  const char *choice_titles[VV_ADJUST_CHOICES_MAX]; /* of a value that is a choice */
  const char *choices[VV_ADJUST_CHOICES_MAX];
  const char *unit;
  double      low, high, initial; /* a choice: 0, number of the last, number of the default */
  int         digits;
  gboolean    pixels; /* grows and shrinks with the picture */
} VvAdjustValue;

struct _VvAdjustStep
{
  const char   *name;
  const char   *title;
  const char   *what;
  VvAdjustValue values[VV_ADJUST_VALUES_MAX];
  VvAdjustWork  work;
  VvAdjustMove  move; /* NULL: points stay */
  VvAdjustSize  size; /* NULL: the size stays */
};

/* Closed by one without name. */
const VvAdjustStep *_vv_adjust_steps (void);

/* --- vv-adjust-numbers.c: numbers that are the same everywhere ---------------------------------------------------- */

double _vv_exp (double x);
double _vv_log (double x); /* x > 0 */
double _vv_pow (double base,
                double exponent); /* base >= 0 */

/* Of an angle in hundredths of a degree; exact at multiples of 90 degrees. */
void _vv_sin_cos (int     hundredths,
                  double *out_sin,
                  double *out_cos);

/* Weight of a pixel at distance @x by @kernel, not normalised, and the distance from which it is 0. */
double _vv_kernel_weight (VvKernel kernel,
                          double   x);
double _vv_kernel_reach (VvKernel kernel);

/* @n weights as whole numbers whose sum is @one. */
void _vv_whole_weights (const double *weights,
                        int           n,
                        int           one,
                        int          *out_whole);

/* Gaussian weights of @sigma pixels, 2 * reach + 1 of them with the sum 65536. Returns: (transfer full). */
int *_vv_gauss (double sigma,
                int   *out_reach);

/* --- vv-adjust-raster.c -------------------------------------------------------------------------------------------- */

typedef void (*VvRowsFunc) (int      from,
                            int      to,
                            gpointer data);

/* Runs @rows over all rows, some at a time, on several threads; the order is free. FALSE when cancelled. */
gboolean _vv_rows (const VvRaster *raster,
                   int             height,
                   VvRowsFunc      rows,
                   gpointer        data,
                   GError        **error);

/* Replaces the pixels by @pixels (transfer full) of another size. */
void _vv_raster_take (VvRaster *raster,
                      guint8   *pixels,
                      int       width,
                      int       height);

static inline const guint8 *
_vv_raster_at (const VvRaster *raster, int x, int y)
{
  return raster->pixels + 4 * ((gsize) y * (gsize) raster->width + (gsize) x);
}

/* Brightness by ITU-R BT.601, 0 to 255. */
static inline int
_vv_luma (const guint8 *bgra)
{
  return (29 * bgra[0] + 150 * bgra[1] + 77 * bgra[2] + 128) >> 8;
}

/* The brightness of the pixel becomes lighter or darker by @by, its colour differences stay. */
static inline void
_vv_add_luma (guint8 *bgra, int by)
{
  for (int c = 0; c < 3; c++)
    bgra[c] = (guint8) CLAMP (bgra[c] + by, 0, 255);
}

/* --- The steps: vv-adjust-tone.c, vv-adjust-local.c, vv-adjust-noise.c, vv-adjust-place.c ------------------------- */

gboolean _vv_adjust_refuse (GError    **error,
                            const char *sentence);

gboolean _vv_step_exposure (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_contrast (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_gamma (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_levels (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_white_balance (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_grey (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_channel (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_clahe (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_unsharp (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_denoise (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_deinterlace (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_rotate (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_crop (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_resample (VvRaster *raster, const int *values, GError **error);
gboolean _vv_step_lens (VvRaster *raster, const int *values, GError **error);

gboolean _vv_size_rotate (const int *values, int *width, int *height, GError **error);
gboolean _vv_size_crop (const int *values, int *width, int *height, GError **error);
gboolean _vv_size_resample (const int *values, int *width, int *height, GError **error);
gboolean _vv_size_levels (const int *values, int *width, int *height, GError **error);

void _vv_move_rotate (const int *values, int width, int height, gboolean back, double *x, double *y);
void _vv_move_crop (const int *values, int width, int height, gboolean back, double *x, double *y);
void _vv_move_resample (const int *values, int width, int height, gboolean back, double *x, double *y);
void _vv_move_lens (const int *values, int width, int height, gboolean back, double *x, double *y);

G_END_DECLS
