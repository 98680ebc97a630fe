// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Measures the search on this machine. Makes @templates templates of @dim numbers in clusters (one person in four
 * pictures) from a fixed seed, searches for the @k best of @queries queries at once with @threads threads several
 * times, and compares the answer with a plain float32 scan. Takes about (720 bytes at 128 numbers) + 4 dim for each
 * template. Returns: (transfer full)
 *   median_ms  one search, all queries together
 *   read_ms    only reading as many bytes as the search must read at least, with as many threads
 *   bytes      that number: the 4-bit codes and their residuals
 *   add_ms     adding all templates
 *   identical  ids and scores are those of the plain scan, bit for bit
 *   rescored   how many scores of a search were computed in float32
 *   seed       of the templates
 *   kernel     which inner loops were used
 * or NULL with an error of VV_GALLERY_ERROR. Blocks for seconds. */
JsonObject *vv_bench_search (gsize    templates,
                             guint    dim,
                             gsize    k,
                             guint    threads,
                             gsize    queries,
                             GError **error);

G_END_DECLS
