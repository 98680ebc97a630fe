// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Error rates of face recognition from lists of scores, as ISO/IEC 19795-1 and NIST's FRVT count them. Higher
 * scores are more alike; a comparison that could not be made has the score -INFINITY and so is never above a
 * threshold, but still counts. No function keeps or changes what it is given. Any thread. */

/* The lowest threshold that lets through at most the share @rate of @n scores (a score passes when it is >= the
 * threshold): the next number above the score that would be one too many. -INFINITY when all may pass; NAN when
 * @n is 0. Used for the false match rate (scores of impostor pairs) and for the false positive identification
 * rate (best scores of searches for people who are not in the gallery). */
double vv_statistics_threshold (const double *scores,
                                gsize         n,
                                double        rate);

/* Share of @n scores that are >= @threshold; NAN when @n is 0 or @threshold is NAN. */
double vv_statistics_share (const double *scores,
                            gsize         n,
                            double        threshold);

/* Equal error rate: where the false match rate and the false non-match rate cross when the threshold rises, on a
 * straight line between the two thresholds on either side. NAN when one of the lists is empty. */
double vv_statistics_eer (const double *genuine,
                          gsize         n_genuine,
                          const double *impostor,
                          gsize         n_impostor);

G_END_DECLS
