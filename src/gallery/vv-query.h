// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-codes.h"
#include "vv-kernel.h"

G_BEGIN_DECLS

/* A query made ready for the three stages of a scan. Read-only while threads search with it. */
typedef struct
{
  const float *row; /* padded; belongs to the caller */

  /* For the 4-bit codes. q'_j = t weights[j]; with total as in vv-kernel.h, q'.x' = unit total + base, and
   * score <= q'.x' + weight e + margin, e in steps. */
  gint8  *weights;
  gint32 *pairs;
  gint16 *starts;
  float   unit;
  float   base;
  float   weight;
  float   margin;

  /* For the 8-bit codes: q''_j = unit8 weights8[j]; score <= scale unit8 sum + weight8 e + margin8. */
  gint16 *weights8;
  float   unit8;
  float   weight8;
  float   margin8;
} VvQuery;

/* @row: a query of padded length, its length 1 within VV_LENGTH_TOLERANCE. */
void vv_query_init (VvQuery     *self,
                    const float *row,
                    guint        length);

/* Wipes and frees. */
void vv_query_clear (VvQuery *self,
                     guint    length);

G_END_DECLS
