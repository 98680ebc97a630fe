// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include "vv-kernel.h"

static float
dot (const float *a,
     const float *b,
     guint        stride)
{
  float sum[VV_KERNEL_LANES] = { 0 };

  for (guint i = 0; i < stride; i += VV_KERNEL_LANES)
    for (guint j = 0; j < VV_KERNEL_LANES; j++)
      sum[j] += a[i + j] * b[i + j];

  for (guint j = 0; j < 8; j++)
    sum[j] = (sum[j] + sum[j + 8]) + (sum[j + 16] + sum[j + 24]);
  for (guint j = 0; j < 4; j++)
    sum[j] += sum[j + 4];
  return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

static gint32
dot8 (const gint8  *codes,
      const gint16 *weights,
      guint         stride)
{
  gint32 sum = 0;

  for (guint i = 0; i < stride; i++)
    sum += codes[i] * weights[i];
  return sum;
}

/* Totals of the 32 templates of a group. */
static void
add_up (const guint8        *codes,
        guint                n_rows,
        const VvKernelQuery *query,
        gint32               totals[32])
{
  gint32 start = 0;

  for (guint part = 0; part * VV_KERNEL_PART_ROWS < n_rows; part++)
    start += query->starts[part];
  for (guint v = 0; v < 32; v++)
    totals[v] = start;
  for (guint r = 0; r < n_rows; r++)
    {
      const guint8 *row = codes + r * 64;
      const gint8  *w = query->weights + r * 4;

      for (guint v = 0; v < 32; v++)
        totals[v] += (row[2 * v] & 15) * w[0] + (row[2 * v + 1] & 15) * w[1] +
                     (row[2 * v] >> 4) * w[2] + (row[2 * v + 1] >> 4) * w[3];
    }
}

static guint
scan_query (const VvKernelCodes *codes,
            const VvKernelQuery *query,
            VvKernelFind        *ret_finds)
{
  guint n = 0;

  for (guint g = 0; g < codes->n_groups; g++)
    {
      guint32 allowed = codes->allowed != NULL ? codes->allowed[g] : G_MAXUINT32;
      gint32  totals[32];

      if (allowed == 0)
        continue;
      add_up (codes->codes + (gsize) g * codes->n_rows * 64, codes->n_rows, query, totals);
      for (guint v = 0; v < 32; v++)
        if ((allowed >> v & 1) != 0 &&
            (float) totals[v] * query->unit + codes->residuals[g * 32 + v] * query->weight >= query->floor)
          ret_finds[n++] = (VvKernelFind){ g * 32 + v, totals[v] };
    }
  return n;
}

static void
scan (const VvKernelCodes *codes,
      const VvKernelQuery *queries,
      guint                n_queries,
      VvKernelFind        *ret_finds,
      guint               *ret_n_finds)
{
  for (guint i = 0; i < n_queries; i++)
    ret_n_finds[i] = scan_query (codes, &queries[i], ret_finds + (gsize) i * 32 * codes->n_groups);
}

const VvKernel vv_kernel_portable = {
  .name = "portable",
  .dot = dot,
  .dot8 = dot8,
  .scan = scan,
};
