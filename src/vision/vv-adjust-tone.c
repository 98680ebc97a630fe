// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "vv-adjust-private.h"

/* Steps that give each pixel a value by its own value alone. */

typedef struct
{
  VvRaster *raster;
  guint8    table[3][256]; /* blue, green, red */
} Tone;

static guint8
to_byte (double value)
{
  return (guint8) CLAMP (floor (value + 0.5), 0, 255);
}

/* sRGB (IEC 61966-2-1), 0 to 255, as light from 0 to 1, and back. */
static double
to_light (int value)
{
  double v = value / 255.0;

  return v <= 0.04045 ? v / 12.92 : _vv_pow ((v + 0.055) / 1.055, 2.4);
}

static guint8
from_light (double light)
{
  double v = CLAMP (light, 0, 1);

  return to_byte (255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * _vv_pow (v, 1 / 2.4) - 0.055));
}

static void
look_up_rows (int from, int to, gpointer data)
{
  Tone   *tone = data;
  guint8 *p = tone->raster->pixels + 4 * (gsize) from * (gsize) tone->raster->width;
  guint8 *end = tone->raster->pixels + 4 * (gsize) to * (gsize) tone->raster->width;

  for (; p < end; p += 4)
    {
      p[0] = tone->table[0][p[0]];
      p[1] = tone->table[1][p[1]];
      p[2] = tone->table[2][p[2]];
    }
}

static gboolean
look_up (Tone *tone, GError **error)
{
  return _vv_rows (tone->raster, tone->raster->height, look_up_rows, tone, error);
}

static void
set_all (Tone *tone, int value, guint8 becomes)
{
  for (int c = 0; c < 3; c++)
    tone->table[c][value] = becomes;
}

gboolean
_vv_step_exposure (VvRaster *raster, const int *values, GError **error)
{
  Tone   tone = { raster, { { 0 } } };
  double factor = _vv_exp (values[0] / 100.0 * _vv_log (2));

  for (int i = 0; i < 256; i++)
    set_all (&tone, i, values[0] == 0 ? (guint8) i : from_light (to_light (i) * factor));
  return look_up (&tone, error);
}

gboolean
_vv_step_contrast (VvRaster *raster, const int *values, GError **error)
{
  Tone tone = { raster, { { 0 } } };

  for (int i = 0; i < 256; i++)
    set_all (&tone, i, to_byte (128 + (i - 128) * (100 + values[0]) / 100.0));
  return look_up (&tone, error);
}

gboolean
_vv_step_gamma (VvRaster *raster, const int *values, GError **error)
{
  Tone tone = { raster, { { 0 } } };

  for (int i = 0; i < 256; i++)
    set_all (&tone, i, values[0] == 100 ? (guint8) i : to_byte (255 * _vv_pow (i / 255.0, 100.0 / values[0])));
  return look_up (&tone, error);
}

gboolean
_vv_step_levels (VvRaster *raster, const int *values, GError **error)
{
  Tone tone = { raster, { { 0 } } };

  for (int i = 0; i < 256; i++)
    set_all (&tone, i, to_byte ((i - values[0]) * 255.0 / (values[1] - values[0])));
  return look_up (&tone, error);
}

gboolean
_vv_size_levels (const int *values, int *width, int *height, GError **error)
{
  return values[0] < values[1] || _vv_adjust_refuse (error, _ ("In “Levels”, black must lie below white."));
}

/* Each channel is multiplied, as light, so that the card becomes grey of the brightness it has. */
gboolean
_vv_step_white_balance (VvRaster *raster, const int *values, GError **error)
{
  Tone   tone = { raster, { { 0 } } };
  double card[3] = { to_light (values[2]), to_light (values[1]), to_light (values[0]) };
  double grey = 0.0722 * card[0] + 0.7152 * card[1] + 0.2126 * card[2];

  for (int c = 0; c < 3; c++)
    for (int i = 0; i < 256; i++)
      tone.table[c][i] = values[0] == values[1] && values[1] == values[2] ? (guint8) i : from_light (to_light (i) * (grey / card[c]));
  return look_up (&tone, error);
}

static void
grey_rows (int from, int to, gpointer data)
{
  VvRaster *raster = data;
  guint8   *p = raster->pixels + 4 * (gsize) from * (gsize) raster->width;
  guint8   *end = raster->pixels + 4 * (gsize) to * (gsize) raster->width;

  for (; p < end; p += 4)
    p[0] = p[1] = p[2] = (guint8) _vv_luma (p);
}

gboolean
_vv_step_grey (VvRaster *raster, const int *values, GError **error)
{
  return _vv_rows (raster, raster->height, grey_rows, raster, error);
}

typedef struct
{
  VvRaster *raster;
  int       byte;
} Channel;

static void
channel_rows (int from, int to, gpointer data)
{
  Channel *channel = data;
  guint8  *p = channel->raster->pixels + 4 * (gsize) from * (gsize) channel->raster->width;
  guint8  *end = channel->raster->pixels + 4 * (gsize) to * (gsize) channel->raster->width;

  for (; p < end; p += 4)
    p[0] = p[1] = p[2] = p[channel->byte];
}

gboolean
_vv_step_channel (VvRaster *raster, const int *values, GError **error)
{
  Channel channel = { raster, 2 - values[0] };

  return _vv_rows (raster, raster->height, channel_rows, &channel, error);
}
