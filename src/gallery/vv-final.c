// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "vv-final.h"

/* Rows that are scored between two looks at the floor. */
#define BATCH 64

static int
compare_bounds (gconstpointer a,
                gconstpointer b)
{
  float x = ((const VvCandidate *) a)->bound;
  float y = ((const VvCandidate *) b)->bound;

  return x > y ? -1 : x < y;
}

/* Whether a row that was kept elsewhere is the one whose code was searched: its 8-bit code is made again. */
static gboolean
fits_code (const VvCandidate *it,
           const float       *row,
           gint8             *codes)
{
  const VvSegment *segment = it->segment;
  VvCode8          scale = vv_code8_write (row, segment->length, codes);

  return memcmp (&scale.scale, &segment->scales8[it->row].scale, sizeof scale.scale) == 0 &&
         memcmp (codes, segment->codes8 + (gsize) it->row * segment->stride, segment->length) == 0;
}

/* Gets the rows of @n candidates into @rows, each padded with zeros. */
static gboolean
fetch (const VvScan      *scan,
       const VvCandidate *candidates,
       gsize              n,
       float             *rows,
       GError           **error)
{
  guint             stride = candidates->segment->stride;
  g_autofree gint8 *codes = g_new0 (gint8, stride);
  gint64            ids[BATCH];

  for (gsize i = 0; i < n; i++)
    ids[i] = candidates[i].segment->ids[candidates[i].row];
  if (!scan->fetch (ids, n, rows, stride, scan->fetch_data, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!fits_code (&candidates[i], rows + i * stride, codes))
      {
        g_set_error_literal (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_TEMPLATE,
                             _ ("A face template is not the one that was searched; lock the desk and sign in again to load it anew."));
        return FALSE;
      }
  return TRUE;
}

/* Scores @n candidates, at most BATCH. @rows: room for them, used when the segments keep none. */
static gboolean
score_batch (const VvScan      *scan,
             const VvKernel    *kernel,
             const float       *query,
             const VvCandidate *candidates,
             gsize              n,
             float             *rows,
             VvTopk            *best,
             GError           **error)
{
  const VvSnapshot *snapshot = scan->snapshot;
  guint             stride = vv_segment_stride (snapshot->length);

  if (!snapshot->with_rows && !fetch (scan, candidates, n, rows, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      const VvCandidate *it = &candidates[i];
      const float       *row = snapshot->with_rows ? it->segment->rows + (gsize) it->row * stride : rows + i * stride;

      vv_topk_offer (best, it->segment->ids[it->row], kernel->dot (query, row, stride));
    }
  return TRUE;
}

gboolean
vv_final_score (const VvScan   *scan,
                const VvKernel *kernel,
                const float    *query,
                GArray         *candidates,
                VvTopk         *ret_best,
                guint64        *n_scored,
                GError        **error)
{
  VvCandidate      *all = (VvCandidate *) (gpointer) candidates->data;
  gsize             size = (gsize) BATCH * vv_segment_stride (scan->snapshot->length);
  g_autofree float *rows = g_new0 (float, size);
  gboolean          ok = TRUE;

  if (candidates->len > 0)
    qsort (all, candidates->len, sizeof *all, compare_bounds);
  for (gsize done = 0, n; ok && done < candidates->len && all[done].bound >= vv_topk_floor (ret_best); done += n)
    {
      if (g_cancellable_is_cancelled (scan->cancellable))
        break;
      n = MIN (BATCH, candidates->len - done);
      ok = score_batch (scan, kernel, query, all + done, n, rows, ret_best, error);
      *n_scored += n;
    }
  explicit_bzero (rows, size * sizeof *rows);
  return ok;
}
