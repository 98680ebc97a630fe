// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize        templates;
  guint        dim; /* numbers in a template, a multiple of 4 */
  gsize        k;
  guint        threads; /* 0: one per core */
  gsize        queries; /* at once */
  const float *people;  /* (nullable) templates that are repeated with noise; else people are made up, see vv-bench-rows.h */
  gsize        n_people;
} VvBenchSearch;

/* Measures the search on this machine, several times, in a gallery without rows whose rows are near in memory, and
 * compares the answer with a plain float32 scan. Takes (210 bytes at 128 numbers) + 4 dim for each template.
 * Returns: (transfer full)
 *   median_ms  one search, all queries together
 *   read_ms    only reading as many bytes as the search must read at least, with as many threads
 *   bytes      that number: the 4-bit codes and their residuals
 *   add_ms     adding all templates
 *   cancel_ms  the longest time that a search took to come back after it was cancelled
 *   bytes_per_template  of the gallery
 *   identical  ids and scores are those of the plain scan, bit for bit
 *   rescored   how many scores of a search were computed in float32
 *   seed       of the templates
 *   kernel     which inner loops were used
 * or NULL with an error of VV_GALLERY_ERROR. Blocks for seconds. */
JsonObject *vv_bench_search (const VvBenchSearch *wanted,
                             GError             **error);

G_END_DECLS
