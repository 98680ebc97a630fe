// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The inner loops, written twice: in portable C and for AVX2. Both give the same bits. */

/* A row of floats is padded with zeros to a multiple of this. */
#define VV_KERNEL_LANES 32

typedef struct
{
  const char *name;

  /* The score: the product of two rows of @stride floats (a multiple of VV_KERNEL_LANES), in one fixed order.
   * 32 running sums, sum j over the elements i with i mod 32 == j, each product rounded and then added (no
   * fused multiply-add); then t[j] = (sum[j] + sum[j+8]) + (sum[j+16] + sum[j+24]) for j < 8, then
   * h[j] = t[j] + t[j+4] for j < 4, then (h[0] + h[2]) + (h[1] + h[3]). */
  float (*dot) (const float *a,
                const float *b,
                guint        stride);
} VvKernel;

extern const VvKernel vv_kernel_portable;

#ifdef VV_HAVE_AVX2
extern const VvKernel vv_kernel_avx2;
#endif

/* The fastest kernel this processor can run, or the one last forced. */
const VvKernel *vv_kernel_get (void);

/* For tests: uses @kernel from now on; NULL goes back to the fastest. */
void vv_kernel_force (const VvKernel *kernel);

/* All kernels this processor can run, closed by NULL. */
const VvKernel *const *vv_kernel_list (void);

G_END_DECLS
