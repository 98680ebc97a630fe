// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include "vv-progress.h"
#include "vv-scan.h"

/* Templates that a thread takes at a time; between two chunks it looks whether the search was cancelled. */
#define CHUNK 4096

/* A stretch of one segment. */
typedef struct
{
  const VvSlice *slice;
  guint          first;
  guint          n;
} Chunk;

typedef struct
{
  const VvScan *scan;
  GArray       *chunks; /* of Chunk */
  gint          next;   /* atomic: the next chunk nobody has taken */
} Pass;

typedef struct
{
  Pass           *pass;
  const VvKernel *kernel;
  VvTopk         *best; /* one per query */
} Worker;

static void
offer_row (Worker      *worker,
           const float *row,
           gint64       id)
{
  const VvScan *scan = worker->pass->scan;
  guint         stride = vv_segment_stride (scan->snapshot->length);

  if (scan->filter != NULL && !scan->filter (id, scan->filter_data))
    return;
  for (gsize q = 0; q < scan->n_queries; q++)
    vv_topk_offer (&worker->best[q], id, worker->kernel->dot (scan->queries + q * stride, row, stride));
}

static void
scan_chunk (Worker      *worker,
            const Chunk *chunk)
{
  const VvSegment *segment = chunk->slice->segment;
  const guint32   *dead = vv_slice_dead (chunk->slice);

  for (guint row = chunk->first; row < chunk->first + chunk->n; row++)
    if (dead == NULL || (dead[row / VV_GROUP] >> row % VV_GROUP & 1) == 0)
      offer_row (worker, segment->rows + (gsize) row * segment->stride, segment->ids[row]);
}

static gpointer
run_worker (gpointer data)
{
  Worker *worker = data;
  Pass   *pass = worker->pass;
  guint   at;

  while ((at = (guint) g_atomic_int_add (&pass->next, 1)) < pass->chunks->len)
    {
      if (g_cancellable_is_cancelled (pass->scan->cancellable))
        break;
      scan_chunk (worker, &g_array_index (pass->chunks, Chunk, at));
      vv_progress_set (pass->scan->cancellable, at + 1, pass->chunks->len);
    }
  return NULL;
}

static GArray *
split (VvSnapshot *snapshot)
{
  GArray *chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));

  for (guint i = 0; i < snapshot->slices->len; i++)
    {
      const VvSlice *slice = &g_array_index (snapshot->slices, VvSlice, i);

      for (guint first = 0; first < slice->n; first += CHUNK)
        {
          Chunk chunk = { slice, first, MIN (CHUNK, slice->n - first) };

          g_array_append_val (chunks, chunk);
        }
    }
  return chunks;
}

void
vv_scan_run (const VvScan *self,
             VvTopk       *ret_best)
{
  g_autoptr (GArray)   chunks = split (self->snapshot);
  Pass                 pass = { self, chunks, 0 };
  guint                n_workers = MAX (1, MIN (self->threads, chunks->len));
  g_autofree Worker   *workers = g_new0 (Worker, n_workers);
  g_autofree GThread **threads = g_new0 (GThread *, n_workers);
  guint                stride = vv_segment_stride (self->snapshot->length);

  for (guint i = 0; i < n_workers; i++)
    {
      workers[i] = (Worker){ &pass, vv_kernel_get (), i == 0 ? ret_best : g_new (VvTopk, self->n_queries) };
      for (gsize q = 0; i > 0 && q < self->n_queries; q++)
        vv_topk_init (&workers[i].best[q], self->k);
      if (i > 0)
        threads[i] = g_thread_new ("vv-search", run_worker, &workers[i]);
    }
  run_worker (&workers[0]);
  for (guint i = 0; i < self->snapshot->n_tail; i++)
    offer_row (&workers[0], self->snapshot->tail + (gsize) i * stride, self->snapshot->tail_ids[i]);
  for (guint i = 1; i < n_workers; i++)
    {
      g_thread_join (threads[i]);
      for (gsize q = 0; q < self->n_queries; q++)
        {
          for (gsize h = 0; h < workers[i].best[q].n; h++)
            vv_topk_offer (&ret_best[q], workers[i].best[q].hits[h].id, workers[i].best[q].hits[h].score);
          vv_topk_clear (&workers[i].best[q]);
        }
      g_free (workers[i].best);
    }
  if (!g_cancellable_is_cancelled (self->cancellable))
    vv_progress_set (self->cancellable, chunks->len, chunks->len);
}
