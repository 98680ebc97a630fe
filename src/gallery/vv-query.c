// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <math.h>
#include <string.h>

#include "vv-query.h"
#include "vv-segment.h"

/* Numbers that a 16-bit sum can take at once, see below. */
#define PART (4 * VV_KERNEL_PART_ROWS)

#define LONGEST (1 + VV_LENGTH_TOLERANCE)

static double
largest_of (const float *row,
            guint        length)
{
  double largest = 0;

  for (guint i = 0; i < length; i++)
    largest = fmax (largest, fabs ((double) row[i]));
  return largest;
}

static double
sum_of (const float *row,
        guint        length)
{
  double sum = 0;

  for (guint i = 0; i < length; i++)
    sum += fabs ((double) row[i]);
  return sum;
}

static double
norm_of (const float *row,
         guint        length)
{
  double sum = 0;

  for (guint i = 0; i < length; i++)
    sum += (double) row[i] * row[i];
  return sqrt (sum);
}

/* What one unit of the small weights is worth. They must fit into 8 bits, and the sum over a part, counted from the
 * middle of the code, into 16: |sum (c - 7.5) w| <= 7.5 sum |w| <= 7.5 (sum |q| / t + PART / 2) <= 32766 whatever the
 * codes are when sum |q| <= 4300 t. Sums on the way may wrap around; the last one is right. */
static double
choose_unit4 (const float *row,
              guint        length)
{
  double unit = largest_of (row, length) / 127;

  for (guint i = 0; i < length; i += PART)
    unit = fmax (unit, sum_of (row + i, MIN (PART, length - i)) / 4300);
  return unit;
}

static void
prepare4 (VvQuery *self,
          guint    length)
{
  double t = choose_unit4 (self->row, length);
  double step = vv_code4_step (length);
  double sum = 0;
  double rest = 0;
  double d;

  self->weights = g_new (gint8, length);
  self->pairs = g_new (gint32, length / 2);
  self->starts = g_new (gint16, (length + PART - 1) / PART);
  for (guint i = 0; i < length; i++)
    {
      double residual;

      self->weights[i] = (gint8) CLAMP (lrint (self->row[i] / t), -127, 127);
      residual = self->row[i] - t * self->weights[i];
      sum += residual * residual;
    }
  for (guint i = 0; i < length / 2; i++)
    self->pairs[i] = (gint32) ((guint8) self->weights[2 * i] * 0x00010001u + (guint8) self->weights[2 * i + 1] * 0x01000100u);
  for (guint i = 0; i < length; i += PART)
    {
      gint part = 0;

      for (guint j = i; j < MIN (i + PART, length); j++)
        part += self->weights[j];
      self->starts[i / PART] = (gint16) floor (-7.5 * part);
      rest += -7.5 * part - self->starts[i / PART];
    }
  d = sqrt (sum) + 1e-9;
  self->unit = (float) (t * step);
  self->base = (float) (t * step * rest);
  self->weight = (float) ((norm_of (self->row, length) + d) * VV_CODE4_RESIDUAL_STEP);
  self->margin = (float) (d * LONGEST + VV_CODES_SLACK (length));
}

/* As choose_unit4(); the sum has 32 bits and |c| <= 127. */
static double
choose_unit8 (const float *row,
              guint        length)
{
  return fmax (largest_of (row, length) / 32767, sum_of (row, length) / 16e6);
}

static void
prepare8 (VvQuery *self,
          guint    length)
{
  double t = choose_unit8 (self->row, length);
  double sum = 0;
  double d;

  self->weights8 = g_new0 (gint16, vv_segment_stride (length));
  for (guint i = 0; i < length; i++)
    {
      double residual;

      self->weights8[i] = (gint16) CLAMP (lrint (self->row[i] / t), -32767, 32767);
      residual = self->row[i] - t * self->weights8[i];
      sum += residual * residual;
    }
  d = sqrt (sum) + 1e-9;
  self->unit8 = (float) t;
  self->weight8 = (float) (norm_of (self->row, length) + d);
  self->margin8 = (float) (d * LONGEST + VV_CODES_SLACK (length));
}

void
vv_query_init (VvQuery     *self,
               const float *row,
               guint        length)
{
  self->row = row;
  prepare4 (self, length);
  prepare8 (self, length);
}

void
vv_query_clear (VvQuery *self,
                guint    length)
{
  explicit_bzero (self->weights, length * sizeof *self->weights);
  explicit_bzero (self->pairs, length / 2 * sizeof *self->pairs);
  explicit_bzero (self->weights8, length * sizeof *self->weights8);
  g_free (self->weights);
  g_free (self->pairs);
  g_free (self->starts);
  g_free (self->weights8);
}
