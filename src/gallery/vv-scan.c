// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <math.h>
#include <string.h>

#include "vv-progress.h"
#include "vv-query.h"
#include "vv-scan.h"

/* The cascade. All 4-bit codes are read, at the speed of memory, with all queries of a pass. What their bound
 * (vv-codes.h) cannot rule out is either scored at once, when it looks good enough to raise the floor, or put aside.
 * When a thread has seen all its codes, the floor has risen; what was put aside and still reaches it is looked at in
 * 8 bits, and what these cannot rule out is scored. The floor of a query is the k-th best score that any one thread has
 * found so far: the k-th best of all is never below it. */

/* Templates that a thread takes at a time; between two chunks it looks whether the search was cancelled. */
#define CHUNK 4096

/* Templates that go to the kernel at once: few, so that several queries find their codes in the cache. */
#define RUN 256

/* Queries that share a pass over the codes. */
#define MAX_QUERIES 16

/* A thread puts no more aside than this for a query; then it looks at them. */
#define MAX_ASIDE 65536

/* How far ahead memory is asked for when templates are looked at here and there. */
#define AHEAD_CODES 12
#define AHEAD_ROWS  6

#define CACHE_LINE 64

/* A stretch of one segment. */
typedef struct
{
  const VvSlice *slice;
  guint          first;
  guint          n;
} Chunk;

/* One way through the gallery with some of the queries. */
typedef struct
{
  const VvScan   *scan;
  const VvKernel *kernel;
  guint           length;
  guint           stride;
  VvQuery         queries[MAX_QUERIES];
  guint           n_queries;
  gint            floors[MAX_QUERIES]; /* atomic, see encode_floor() */
  GArray         *chunks;              /* of Chunk */
  gint            next;                /* atomic: the next chunk nobody has taken */
} Pass;

/* A template that was put aside. */
typedef struct
{
  const VvSegment *segment;
  guint            row;
  float            bound;
} Aside;

typedef struct
{
  Pass         *pass;
  VvTopk        best[MAX_QUERIES];
  GArray       *aside[MAX_QUERIES]; /* of Aside */
  VvKernelQuery kernel_queries[MAX_QUERIES];
  VvKernelFind *finds; /* MAX_QUERIES x RUN */
  guint         n_finds[MAX_QUERIES];
  guint32       allowed[CHUNK / VV_GROUP];
  guint64       n_scored;
} Worker;

/* ---- floors ---- */

/* Floats as integers of the same order, so that threads can raise a floor without a lock. */
static gint
encode_floor (float floor)
{
  gint32 bits;

  memcpy (&bits, &floor, sizeof bits);
  return bits < 0 ? bits ^ G_MAXINT32 : bits;
}

static float
decode_floor (gint code)
{
  gint32 bits = code < 0 ? code ^ G_MAXINT32 : code;
  float  floor;

  memcpy (&floor, &bits, sizeof floor);
  return floor;
}

static float
get_floor (Pass *pass,
           guint q)
{
  return decode_floor (g_atomic_int_get (&pass->floors[q]));
}

static void
raise_floor (Pass *pass,
             guint q,
             float floor)
{
  gint code = encode_floor (floor);
  gint old = g_atomic_int_get (&pass->floors[q]);

  while (code > old && !g_atomic_int_compare_and_exchange (&pass->floors[q], old, code))
    old = g_atomic_int_get (&pass->floors[q]);
}

/* ---- one template ---- */

static void
score_row (Worker      *worker,
           guint        q,
           const float *row,
           gint64       id)
{
  Pass   *pass = worker->pass;
  VvTopk *best = &worker->best[q];

  vv_topk_offer (best, id, pass->kernel->dot (pass->queries[q].row, row, pass->stride));
  worker->n_scored++;
  raise_floor (pass, q, vv_topk_floor (best));
}

static void
ask_for (gconstpointer memory,
         gsize         size)
{
  for (gsize at = 0; at < size; at += CACHE_LINE)
    __builtin_prefetch ((const char *) memory + at);
}

static gboolean
is_cancelled_at (Worker *worker,
                 guint   i)
{
  return i % 1024 == 0 && g_cancellable_is_cancelled (worker->pass->scan->cancellable);
}

/* Takes out of the list what the floor has passed. */
static void
forget_low (GArray *aside,
            float   floor)
{
  guint n = 0;

  for (guint i = 0; i < aside->len; i++)
    if (g_array_index (aside, Aside, i).bound >= floor)
      g_array_index (aside, Aside, n++) = g_array_index (aside, Aside, i);
  g_array_set_size (aside, n);
}

/* Puts the bound that the 8-bit code gives into each template that was put aside. */
static void
tighten (Worker *worker,
         guint   q)
{
  Pass          *pass = worker->pass;
  const VvQuery *query = &pass->queries[q];
  GArray        *aside = worker->aside[q];

  for (guint i = 0; i < aside->len && !is_cancelled_at (worker, i); i++)
    {
      Aside         *it = &g_array_index (aside, Aside, i);
      const VvCode8 *scale = &it->segment->scales8[it->row];
      gint32         sum;

      if (i + AHEAD_CODES < aside->len)
        {
          const Aside *later = it + AHEAD_CODES;

          ask_for (later->segment->codes8 + (gsize) later->row * pass->stride, pass->stride);
          ask_for (&later->segment->scales8[later->row], 1);
        }
      sum = pass->kernel->dot8 (it->segment->codes8 + (gsize) it->row * pass->stride, query->weights8, pass->stride);
      it->bound = (float) sum * query->unit8 * scale->scale + scale->residual * query->weight8 + query->margin8;
    }
}

/* Decides on all templates that were put aside for a query. */
static void
decide (Worker *worker,
        guint   q)
{
  Pass   *pass = worker->pass;
  GArray *aside = worker->aside[q];

  forget_low (aside, get_floor (pass, q));
  tighten (worker, q);
  forget_low (aside, get_floor (pass, q));
  for (guint i = 0; i < aside->len && !is_cancelled_at (worker, i); i++)
    {
      const Aside *it = &g_array_index (aside, Aside, i);

      if (i + AHEAD_ROWS < aside->len)
        ask_for (it[AHEAD_ROWS].segment->rows + (gsize) it[AHEAD_ROWS].row * pass->stride, pass->stride * sizeof (float));
      if (it->bound >= get_floor (pass, q))
        score_row (worker, q, it->segment->rows + (gsize) it->row * pass->stride, it->segment->ids[it->row]);
    }
  g_array_set_size (aside, 0);
}

static void
put_aside (Worker          *worker,
           guint            q,
           const VvSegment *segment,
           guint            row,
           float            bound)
{
  GArray *aside = worker->aside[q];
  Aside   it = { segment, row, bound };

  if (aside->len == MAX_ASIDE)
    {
      forget_low (aside, get_floor (worker->pass, q));
      if (aside->len > MAX_ASIDE / 2)
        decide (worker, q);
    }
  g_array_append_val (aside, it);
}

/* ---- the codes ---- */

static void
handle_find (Worker          *worker,
             guint            q,
             const VvSegment *segment,
             guint            row,
             gint32           total)
{
  const VvQuery *query = &worker->pass->queries[q];
  float          floor = get_floor (worker->pass, q);
  float          guess = (float) total * query->unit + query->base;
  float          bound = guess + segment->residuals4[row] * query->weight + query->margin;

  if (bound < floor)
    return;
  if (guess >= floor)
    score_row (worker, q, segment->rows + (gsize) row * segment->stride, segment->ids[row]);
  else
    put_aside (worker, q, segment, row, bound);
}

/* @allowed: (nullable) bits for the templates of this run. */
static void
scan_run (Worker          *worker,
          const VvSegment *segment,
          guint            first,
          guint            n,
          const guint32   *allowed)
{
  Pass         *pass = worker->pass;
  VvKernelCodes codes = {
    .codes = segment->codes4 + (gsize) first * segment->length / 2,
    .residuals = segment->residuals4 + first,
    .allowed = allowed,
    .n_groups = n / VV_GROUP,
    .n_rows = segment->length / 4,
  };

  for (guint q = 0; q < pass->n_queries; q++)
    worker->kernel_queries[q].floor = get_floor (pass, q) - (pass->queries[q].base + pass->queries[q].margin);
  pass->kernel->scan (&codes, worker->kernel_queries, pass->n_queries, worker->finds, worker->n_finds);
  for (guint q = 0; q < pass->n_queries; q++)
    for (guint i = 0; i < worker->n_finds[q]; i++)
      {
        VvKernelFind find = worker->finds[q * n + i];

        handle_find (worker, q, segment, first + find.at, find.total);
      }
}

/* Fills the worker's bitmap with the templates of a chunk that may be found; FALSE when all may. */
static gboolean
mask (Worker      *worker,
      const Chunk *chunk)
{
  const VvScan    *scan = worker->pass->scan;
  const VvSegment *segment = chunk->slice->segment;
  const guint32   *dead = vv_slice_dead (chunk->slice);

  if (dead == NULL && scan->filter == NULL)
    return FALSE;
  for (guint g = 0; g < chunk->n / VV_GROUP; g++)
    {
      guint32 allowed = dead != NULL ? ~dead[chunk->first / VV_GROUP + g] : G_MAXUINT32;

      for (guint32 left = allowed; scan->filter != NULL && left != 0; left &= left - 1)
        {
          guint v = (guint) __builtin_ctz (left);

          if (!scan->filter (segment->ids[chunk->first + g * VV_GROUP + v], scan->filter_data))
            allowed &= ~(1u << v);
        }
      worker->allowed[g] = allowed;
    }
  return TRUE;
}

static void
scan_chunk (Worker      *worker,
            const Chunk *chunk)
{
  gboolean masked = mask (worker, chunk);

  for (guint at = 0; at < chunk->n; at += RUN)
    scan_run (worker, chunk->slice->segment, chunk->first + at, MIN (RUN, chunk->n - at),
              masked ? worker->allowed + at / VV_GROUP : NULL);
}

/* Templates that do not fill a group have no codes. */
static void
scan_tail (Worker *worker)
{
  const VvScan     *scan = worker->pass->scan;
  const VvSnapshot *snapshot = scan->snapshot;

  for (guint i = 0; i < snapshot->n_tail; i++)
    if (scan->filter == NULL || scan->filter (snapshot->tail_ids[i], scan->filter_data))
      for (guint q = 0; q < worker->pass->n_queries; q++)
        score_row (worker, q, snapshot->tail + (gsize) i * worker->pass->stride, snapshot->tail_ids[i]);
}

/* ---- threads ---- */

static gpointer
run_worker (gpointer data)
{
  Worker *worker = data;
  Pass   *pass = worker->pass;
  guint   at;

  while ((at = (guint) g_atomic_int_add (&pass->next, 1)) < pass->chunks->len)
    {
      if (g_cancellable_is_cancelled (pass->scan->cancellable))
        return NULL;
      scan_chunk (worker, &g_array_index (pass->chunks, Chunk, at));
    }
  for (guint q = 0; q < pass->n_queries; q++)
    decide (worker, q);
  return NULL;
}

static void
init_worker (Worker *worker,
             Pass   *pass)
{
  worker->pass = pass;
  worker->finds = g_new (VvKernelFind, pass->n_queries * RUN);
  for (guint q = 0; q < pass->n_queries; q++)
    {
      const VvQuery *query = &pass->queries[q];

      vv_topk_init (&worker->best[q], pass->scan->k);
      worker->aside[q] = g_array_new (FALSE, FALSE, sizeof (Aside));
      worker->kernel_queries[q] = (VvKernelQuery){
        .weights = query->weights,
        .pairs = query->pairs,
        .starts = query->starts,
        .unit = query->unit,
        .weight = query->weight,
      };
    }
}

/* Gives what the worker found to @ret_best. */
static void
finish_worker (Worker *worker,
               VvTopk *ret_best)
{
  for (guint q = 0; q < worker->pass->n_queries; q++)
    {
      VvTopk *best = &worker->best[q];

      for (gsize i = 0; i < best->n; i++)
        vv_topk_offer (&ret_best[q], best->hits[i].id, best->hits[i].score);
      vv_topk_clear (best);
      g_array_unref (worker->aside[q]);
    }
  g_free (worker->finds);
}

/* Runs a pass with as many threads as are wanted and of use. Returns how many scores were computed. */
static guint64
run_pass (Pass   *pass,
          VvTopk *ret_best)
{
  guint                n = MAX (1, MIN (pass->scan->threads, pass->chunks->len));
  g_autofree Worker   *workers = g_new0 (Worker, n);
  g_autofree GThread **threads = g_new0 (GThread *, n);
  guint64              n_scored = 0;

  for (guint i = 0; i < n; i++)
    init_worker (&workers[i], pass);
  for (guint i = 1; i < n; i++)
    threads[i] = g_thread_new ("vv-search", run_worker, &workers[i]);
  scan_tail (&workers[0]);
  run_worker (&workers[0]);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_thread_join (threads[i]);
      n_scored += workers[i].n_scored;
      finish_worker (&workers[i], ret_best);
    }
  return n_scored;
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

guint64
vv_scan_run (const VvScan *self,
             VvTopk       *ret_best)
{
  g_autoptr (GArray) chunks = split (self->snapshot);
  guint64            n_scored = 0;
  Pass               pass = {
                  .scan = self,
                  .kernel = vv_kernel_get (),
                  .length = self->snapshot->length,
                  .stride = vv_segment_stride (self->snapshot->length),
                  .chunks = chunks,
  };

  for (gsize done = 0; done < self->n_queries && !g_cancellable_is_cancelled (self->cancellable);)
    {
      pass.n_queries = (guint) MIN (self->n_queries - done, MAX_QUERIES);
      pass.next = 0;
      for (guint q = 0; q < pass.n_queries; q++)
        {
          vv_query_init (&pass.queries[q], self->queries + (done + q) * pass.stride, pass.length);
          pass.floors[q] = encode_floor (-INFINITY);
        }
      n_scored += run_pass (&pass, ret_best + done);
      for (guint q = 0; q < pass.n_queries; q++)
        vv_query_clear (&pass.queries[q], pass.length);
      done += pass.n_queries;
      vv_progress_set (self->cancellable, done, self->n_queries);
    }
  return n_scored;
}
