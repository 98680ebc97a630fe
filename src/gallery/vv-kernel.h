// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The inner loops, written twice: in portable C and for AVX2. Both give the same
 * scores to the last bit, and the same totals; finds near the floor may differ by a rounding. */

/* A row of floats is padded with zeros to a multiple of this. */
#define VV_KERNEL_LANES 32

/* Rows of 4-bit codes (four numbers each) that are summed in 16 bits before the sum is widened. */
#define VV_KERNEL_PART_ROWS 32

/* Groups of 4-bit codes that lie behind each other; vv-codes.h has the layout. */
typedef struct
{
  const guint8  *codes;
  const guint16 *residuals; /* one for each template, in steps */
  const guint32 *allowed;   /* for each group a bit for each template that may be found; NULL: all */
  guint          n_groups;
  guint          n_rows; /* rows of 64 bytes in a group */
} VvKernelCodes;

/* A query in small numbers. For a template with codes c the total is
 *   sum over parts p of (starts[p] + sum over the numbers j of that part of c_j weights[j])
 * and the template is found when unit total + weight residual >= floor. A part is VV_KERNEL_PART_ROWS rows; the last
 * one may be shorter. Totals of a part fit into 16 bits. */
typedef struct
{
  const gint8  *weights;
  const gint32 *pairs; /* weights[2i] and weights[2i + 1], twice, as the four bytes of pairs[i] */
  const gint16 *starts;
  float         unit;
  float         weight;
  float         floor;
} VvKernelQuery;

typedef struct
{
  guint  at; /* which template, counted from the first group */
  gint32 total;
} VvKernelFind;

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

  /* The product of an 8-bit code with a query in 16 bits; the caller sees to it that the sum fits. */
  gint32 (*dot8) (const gint8  *codes,
                  const gint16 *weights,
                  guint         stride);

  /* Looks through 4-bit codes with several queries. Query i's finds are written to ret_finds[i * 32 * n_groups]
   * and on, their number to ret_n_finds[i]. */
  void (*scan) (const VvKernelCodes *codes,
                const VvKernelQuery *queries,
                guint                n_queries,
                VvKernelFind        *ret_finds,
                guint               *ret_n_finds);
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
