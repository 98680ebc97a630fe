// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include <math.h>
#include <stdlib.h>

#include "vv-statistics.h"

static int
compare_scores (const void *a,
                const void *b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double *
sort (const double *scores,
      gsize         n)
{
  double *sorted = g_memdup2 (scores, n * sizeof *scores);

  qsort (sorted, n, sizeof *sorted, compare_scores);
  return sorted;
}

double
vv_statistics_threshold (const double *scores,
                         gsize         n,
                         double        rate)
{
  g_autofree double *sorted = NULL;
  gsize              allowed;

  g_return_val_if_fail (rate >= 0, NAN);

  if (n == 0)
    return NAN;
  /* 0.1 * 30 is a little more than 3 and 0.29 * 100 a little less than 29: a hair must not cost a score */
  allowed = (gsize) floor (rate * (double) n + 1e-9);
  if (allowed >= n)
    return -INFINITY;
  sorted = sort (scores, n);
  return nextafter (sorted[n - 1 - allowed], INFINITY);
}

double
vv_statistics_share (const double *scores,
                     gsize         n,
                     double        threshold)
{
  gsize passed = 0;

  if (n == 0 || isnan (threshold))
    return NAN;
  for (gsize i = 0; i < n; i++)
    passed += scores[i] >= threshold;
  return (double) passed / (double) n;
}

double
vv_statistics_eer (const double *genuine,
                   gsize         n_genuine,
                   const double *impostor,
                   gsize         n_impostor)
{
  g_autofree double *low = NULL;
  g_autofree double *high = NULL;
  double             last_match = 1, last_difference = 1; /* nothing is refused: every impostor passes */

  if (n_genuine == 0 || n_impostor == 0)
    return NAN;
  low = sort (impostor, n_impostor);
  high = sort (genuine, n_genuine);
  /* i, k: how many impostor and genuine scores lie below the threshold, which takes each score in turn */
  for (gsize i = 0, k = 0; i < n_impostor || k < n_genuine;)
    {
      double threshold = k == n_genuine || (i < n_impostor && low[i] < high[k]) ? low[i] : high[k];
      double match, difference;

      while (i < n_impostor && low[i] <= threshold)
        i++;
      while (k < n_genuine && high[k] <= threshold)
        k++;
      match = (double) (n_impostor - i) / (double) n_impostor;
      difference = match - (double) k / (double) n_genuine;
      if (difference <= 0)
        return last_match + (match - last_match) * last_difference / (last_difference - difference);
      last_match = match;
      last_difference = difference;
    }
  return last_match;
}
