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

const VvKernel vv_kernel_portable = {
  .name = "portable",
  .dot = dot,
};
