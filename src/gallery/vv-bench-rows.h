// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What measurements of the search share. */

#define VV_BENCH_SEED 20240607

/* Templates, row after row, then queries, which are further pictures of some of them; always the same. @people: NULL
 * for made-up people with four pictures each, or @n_people templates of length 1 that are repeated with noise.
 * Returns: (transfer full). */
float *vv_bench_rows (gsize        templates,
                      guint        dim,
                      gsize        queries,
                      const float *people,
                      gsize        n_people);

/* Zeroed memory in huge pages, as the gallery's is, for vv_bench_time_reading(). Give it back with munmap(). */
guint64 *vv_bench_map_words (gsize bytes);

/* Milliseconds that it takes to read @bytes at @memory and do no more than add them up. */
double vv_bench_time_reading (const guint64 *memory,
                              gsize          bytes,
                              guint          threads);

/* Sorts them. */
double vv_bench_median (double *values,
                        guint   n);

G_END_DECLS
