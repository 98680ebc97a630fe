// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Templates and queries in few bits, and how far a score made from them can be from the truth.
 *
 * Let x be a template and q a query, both of length at most M = 1 + VV_LENGTH_TOLERANCE. Let x' be the template that
 * the code stands for, e >= |x - x'| the residual stored beside the code, q' the query that its small integers stand
 * for and d >= |q - q'|. Then
 *
 *   q.x - q'.x' = q.(x - x') + (q - q').x'
 *               <= |q| e + d |x'|                 (Cauchy-Schwarz)
 *               <= |q| e + d (M + e)              (|x'| <= |x| + |x - x'|)
 *
 * and the other way round for q'.x' - q.x, so |q.x - q'.x'| <= (|q| + d) e + d M. Nothing was assumed about the data: a template that the code fits badly has a
 * large e and is looked at more closely, that is all.
 *
 * All of this is in real numbers; the program has floats. Two roundings matter, and VV_CODES_SLACK covers both:
 *
 * 1. The score itself is a float sum. In the order that vv-kernel.h lays down, a product passes one rounding for
 *    itself and at most stride / 32 + 5 for the sums it is part of, so the score is at most
 *    (stride / 32 + 6) u (1 + small) sum |q_i x_i| <= (stride / 32 + 6) u M^2 away from q.x, u = 2^-24. The slack takes
 *    (stride / 32 + 8) 2u.
 * 2. The bound is computed from floats in at most eight roundings (the constants count, each is rounded once), and
 *    no number on the way is above 8: 8 x 8 u < 4e-6.
 *
 * A template is passed over only when the upper bound of its score is below the k-th best lower bound found so far, and so
 * below k scores. Equal is not below: the tie is decided by the id. */

/* How far the length of a template may be from 1. */
#define VV_LENGTH_TOLERANCE 1e-3

#define VV_CODES_SLACK(length) (4e-6 + ((length) / 32 + 9) * 1.2e-7)

/* Residuals of the 4-bit code are kept in steps of this. */
#define VV_CODE4_RESIDUAL_STEP (1.0 / 32768)

/* The 4-bit code: number j of a template is x'_j = step (c_j - 7.5), c_j in 0..15, the same step for all templates.
 * step = 0.3352 / sqrt (length) is the best one for 16 levels when the numbers are spread normally (J. Max,
 * "Quantizing for minimum distortion", 1960); larger numbers are cut off, which e tells. */
float vv_code4_step (guint length);

/* Writes the code of a template into its group. A group is length / 4 rows of 64 bytes; row r has the numbers 4r to
 * 4r + 3 of 32 templates: byte 2v has numbers 4r (low half) and 4r + 2 (high half) of template v, byte 2v + 1 has
 * 4r + 1 and 4r + 3. Returns e in steps, rounded up. */
guint16 vv_code4_write (const float *row,
                        guint        length,
                        guint        lane,
                        guint8      *group);

/* The 8-bit code: x'_j = scale c_j, c_j in -127..127. */
typedef struct
{
  float scale;
  float residual; /* e, rounded up */
} VvCode8;

VvCode8 vv_code8_write (const float *row,
                        guint        length,
                        gint8       *codes);

G_END_DECLS
