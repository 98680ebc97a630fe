// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>
#include <string.h>

#include "vv-composite.h"
#include "vv-resample.h"
#include "vv-rows.h"

/* EDGES: |gx| + |gy| that is still drawn with amount 0 and with amount 1; how fast an edge becomes opaque above it. */
#define FAINT_LIMIT  400
#define STRONG_LIMIT 24
#define STEEPNESS    4

/* The colour of edges, B G R: seen on any skin, and on neither light nor dark alone. */
static const guint8 edge_colour[4] = { 0x40, 0xd1, 0xff, 0xff };

typedef struct
{
  const VvBlend *blend;
  gboolean       has[2]; /* lower and upper picture */
  VvSampler      samplers[2];
  guint8        *pixels;
  gsize          stride;
  int            width, height;
} Image;

static void
layer_row (const Image *image, int layer, int y, int first, int end, guint8 *out)
{
  if (image->has[layer])
    vv_sampler_row (&image->samplers[layer], y, first, end, out);
  else
    for (int x = first; x < end; x++)
      memcpy (out + 4 * x, (guint8[4]){ VV_PYRAMID_BACKGROUND, VV_PYRAMID_BACKGROUND, VV_PYRAMID_BACKGROUND, 0xff }, 4);
}

void
vv_blend_wipe_row (const VvBlend *blend, int y, int width, int *out_first, int *out_end)
{
  double turn = blend->line_angle * G_PI / 180;
  double along = cos (turn), across = sin (turn) * (y + 0.5 - blend->line_y);
  double cut;

  *out_first = 0;
  *out_end = width;
  if (fabs (along) < 1e-9)
    {
      if (across < 0)
        *out_end = 0;
      return;
    }
  /* along * (x + 0.5 - line_x) + across >= 0 */
  cut = CLAMP (blend->line_x - across / along - 0.5, -1.0, (double) width);
  if (along > 0)
    *out_first = CLAMP ((int) ceil (cut), 0, width);
  else
    *out_end = CLAMP ((int) floor (cut) + 1, 0, width);
}

static void
wipe_rows (const Image *image, int first, int end)
{
  for (int y = first; y < end; y++)
    {
      guint8 *out = image->pixels + (gsize) y * image->stride;
      int     from, to;

      vv_blend_wipe_row (image->blend, y, image->width, &from, &to);
      layer_row (image, 0, y, 0, from, out);
      layer_row (image, 1, y, from, to, out);
      layer_row (image, 0, y, to, image->width, out);
    }
}

static void
mix_row (guint8 *restrict out, const guint8 *restrict over, gsize bytes, guint16 share)
{
  for (gsize i = 0; i < bytes; i++)
    out[i] = (guint8) ((guint16) (out[i] * (guint16) (256 - share) + over[i] * share + 128) >> 8);
}

static void
mix_rows (const Image *image, int first, int end)
{
  g_autofree guint8 *over = g_malloc ((gsize) image->width * 4);
  guint16            share = (guint16) lrint (CLAMP (image->blend->amount, 0, 1) * 256);

  for (int y = first; y < end; y++)
    {
      guint8 *out = image->pixels + (gsize) y * image->stride;

      layer_row (image, 0, y, 0, image->width, out);
      layer_row (image, 1, y, 0, image->width, over);
      mix_row (out, over, (gsize) image->width * 4, share);
    }
}

static void
luma_row (gint16 *restrict out, const guint8 *restrict pixels, int width)
{
  for (int x = 0; x < width; x++)
    out[x] = (gint16) ((29 * pixels[4 * x] + 150 * pixels[4 * x + 1] + 77 * pixels[4 * x + 2]) >> 8);
}

/* How opaque the edge is at each pixel, from three rows of luma that begin a pixel before the first. */
static void
edge_row (guint8 *restrict opacity,
          const gint16 *restrict above,
          const gint16 *restrict row,
          const gint16 *restrict below,
          int    width,
          gint16 limit)
{
  for (int x = 0; x < width; x++)
    {
      gint16 gx = (gint16) (above[x + 2] - above[x] + 2 * (row[x + 2] - row[x]) + below[x + 2] - below[x]);
      gint16 gy = (gint16) (below[x] - above[x] + 2 * (below[x + 1] - above[x + 1]) + below[x + 2] - above[x + 2]);
      gint16 size = (gint16) ((gx < 0 ? -gx : gx) + (gy < 0 ? -gy : gy));
      gint16 above_limit = (gint16) (STEEPNESS * (size - limit));

      opacity[x] = (guint8) (above_limit < 0 ? 0 : above_limit > 255 ? 255
                                                                     : above_limit);
    }
}

static void
paint_edges (guint8 *out, const guint8 *opacity, int width)
{
  for (int x = 0; x < width; x++)
    for (int c = 0; opacity[x] != 0 && c < 4; c++)
      out[4 * x + c] = (guint8) ((out[4 * x + c] * (255 - opacity[x]) + edge_colour[c] * opacity[x] + 127) / 255);
}

/* One row of the upper picture as luma, with the first and last pixel twice. */
static void
read_luma (const Image *image, int y, guint8 *scratch, gint16 *out)
{
  layer_row (image, 1, y, 0, image->width, scratch);
  luma_row (out + 1, scratch, image->width);
  out[0] = out[1];
  out[image->width + 1] = out[image->width];
}

static void
edge_rows (const Image *image, int first, int end)
{
  gsize              length = (gsize) image->width + 2;
  g_autofree guint8 *scratch = g_malloc ((gsize) image->width * 4);
  g_autofree gint16 *lumas = g_new (gint16, 3 * length);
  double             amount = CLAMP (image->blend->amount, 0, 1);
  gint16             limit = (gint16) lrint (FAINT_LIMIT + amount * (STRONG_LIMIT - FAINT_LIMIT));

  read_luma (image, first - 1, scratch, lumas);
  read_luma (image, first, scratch, lumas + length);
  for (int y = first; y < end; y++)
    {
      guint8 *out = image->pixels + (gsize) y * image->stride;
      int     at = y - first;

      read_luma (image, y + 1, scratch, lumas + (gsize) ((at + 2) % 3) * length);
      edge_row (scratch, lumas + (gsize) (at % 3) * length, lumas + (gsize) ((at + 1) % 3) * length,
                lumas + (gsize) ((at + 2) % 3) * length, image->width, limit);
      layer_row (image, 0, y, 0, image->width, out);
      paint_edges (out, scratch, image->width);
    }
}

static void
draw_rows (gconstpointer data, int first, int end)
{
  const Image *image = data;

  switch (image->blend->mode)
    {
    case VV_BLEND_WIPE:
      wipe_rows (image, first, end);
      break;
    case VV_BLEND_MIX:
      mix_rows (image, first, end);
      break;
    case VV_BLEND_EDGES:
      edge_rows (image, first, end);
      break;
    case VV_BLEND_UNDER:
    case VV_BLEND_OVER:
    default:
      for (int y = first; y < end; y++)
        layer_row (image, image->blend->mode == VV_BLEND_OVER ? 1 : 0, y, 0, image->width,
                   image->pixels + (gsize) y * image->stride);
      break;
    }
}

void
vv_composite (const VvLayer *under,
              const VvLayer *over,
              const VvBlend *blend,
              guint8        *pixels,
              gsize          stride,
              int            width,
              int            height)
{
  const VvLayer *layers[2] = { under, over };
  Image          image = { .blend = blend, .pixels = pixels, .stride = stride, .width = width, .height = height };

  g_return_if_fail (width > 0 && height > 0 && stride >= (gsize) width * 4);

  for (int i = 0; i < 2; i++)
    {
      image.has[i] = layers[i]->pyramid != NULL;
      if (image.has[i]) /* edges of magnified pixels are those of the face, not of the pixels */
        vv_sampler_init (&image.samplers[i], layers[i]->pyramid, &layers[i]->to_device, i == 1 && blend->mode == VV_BLEND_EDGES);
    }
  vv_rows_run (draw_rows, &image, width, height);
}
