// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-kernel.h"
#include "vv-scan.h"

G_BEGIN_DECLS

/* A template that may be in the answer. */
typedef struct
{
  const VvSegment *segment;
  guint            row;
  float            bound; /* its score is not above this */
} VvCandidate;

/* The last stage: scores candidates in float32, best bound first, until no bound reaches the k-th best score.
 * @query: a row of padded length; @candidates: of VvCandidate, of every template that may be in the answer; they are sorted.
 * Adds to @n_scored. FALSE when rows could not be fetched or do not fit their codes. */
gboolean vv_final_score (const VvScan   *scan,
                         const VvKernel *kernel,
                         const float    *query,
                         GArray         *candidates,
                         VvTopk         *ret_best,
                         guint64        *n_scored,
                         GError        **error);

G_END_DECLS
