// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <math.h>

#include "vv-codes.h"

/* Numbers that are coded at a time; the loops over them become vector instructions. */
#define PIECE 16

float
vv_code4_step (guint length)
{
  return (float) (0.3352 / sqrt (length));
}

/* Codes @n numbers; adds the squares of what is left over to PIECE sums. */
static void
round4 (const float *numbers,
        guint        n,
        float        step,
        guint8      *codes,
        double      *sums)
{
  float per_step = 1 / step;

  for (guint i = 0; i < n; i++)
    {
      float level = numbers[i] * per_step + 8; /* any rounding will do: the residual is what came of it */
      float residual;

      level = level < 0 ? 0 : level;
      level = level > 15 ? 15 : level;
      codes[i] = (guint8) (gint) level;
      residual = numbers[i] - step * ((float) codes[i] - 7.5f);
      sums[i] += (double) residual * residual;
    }
}

static double
root_of (const double *sums)
{
  double sum = 0;

  for (guint i = 0; i < PIECE; i++)
    sum += sums[i];
  return sqrt (sum);
}

guint16
vv_code4_write (const float *row,
                guint        length,
                guint        lane,
                guint8      *group)
{
  float  step = vv_code4_step (length);
  double sums[PIECE] = { 0 };

  for (guint done = 0; done < length; done += PIECE)
    {
      guint8 codes[PIECE] = { 0 };
      guint  n = MIN (PIECE, length - done);

      if (n == PIECE)
        round4 (row + done, PIECE, step, codes, sums);
      else
        round4 (row + done, n, step, codes, sums);
      for (guint i = 0; i < n; i += 4)
        {
          guint8 *bytes = group + (done + i) / 4 * 64 + 2 * lane;

          bytes[0] = (guint8) (codes[i] | codes[i + 2] << 4);
          bytes[1] = (guint8) (codes[i + 1] | codes[i + 3] << 4);
        }
    }
  /* The floats rounded each residual by at most 2u (|x_i| + |x'_i|), all together by less than 1e-6; one step more
   * than needed (3e-5) covers that. No number is further off than itself or half a step, so e < 1.1. */
  return (guint16) (ceil (root_of (sums) / VV_CODE4_RESIDUAL_STEP) + 1);
}

/* As round4(). */
static void
round8 (const float *numbers,
        guint        n,
        float        scale,
        gint8       *codes,
        double      *sums)
{
  float per_scale = 1 / scale;

  for (guint i = 0; i < n; i++)
    {
      float level = numbers[i] * per_scale;
      float residual;

      level += level < 0 ? -0.5f : 0.5f;
      level = level < -127 ? -127 : level;
      level = level > 127 ? 127 : level;
      codes[i] = (gint8) (gint) level;
      residual = numbers[i] - scale * (float) codes[i];
      sums[i] += (double) residual * residual;
    }
}

VvCode8
vv_code8_write (const float *row,
                guint        length,
                gint8       *codes)
{
  float   largest[PIECE] = { 0 };
  double  sums[PIECE] = { 0 };
  VvCode8 self;
  guint   done = 0;

  for (guint i = 0; i < length; i++)
    largest[i % PIECE] = MAX (largest[i % PIECE], fabsf (row[i]));
  for (guint i = 1; i < PIECE; i++)
    largest[0] = MAX (largest[0], largest[i]);
  self.scale = largest[0] / 127;
  for (; done + PIECE <= length; done += PIECE)
    round8 (row + done, PIECE, self.scale, codes + done, sums);
  round8 (row + done, length - done, self.scale, codes + done, sums);
  /* Roundings as in vv_code4_write(), less than 1e-6. */
  self.residual = (float) (root_of (sums) + 2e-6);
  return self;
}
