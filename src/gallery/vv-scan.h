// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-snapshot.h"
#include "vv-topk.h"

G_BEGIN_DECLS

/* One search over one snapshot. */
typedef struct
{
  VvSnapshot  *snapshot;
  const float *queries; /* n_queries rows of padded length, each of length 1 */
  gsize        n_queries;
  gsize        k;
  guint        threads;

  const VvGalleryFilter *filter; /* (nullable) */
  VvGalleryRows          fetch;  /* for a snapshot without rows */
  gpointer               fetch_data;
  GCancellable          *cancellable; /* (nullable) */
} VvScan;

/* Fills @ret_best[0 .. n_queries - 1] (made by vv_topk_init(), empty) with the best of each query, unsorted. When
 * the search is cancelled they are incomplete. Blocks; uses @threads threads, this one among them. @ret_n_scored: how
 * many scores were computed in float32. FALSE when rows could not be fetched. */
gboolean vv_scan_run (const VvScan *self,
                      VvTopk       *ret_best,
                      guint64      *ret_n_scored,
                      GError      **error);

G_END_DECLS
