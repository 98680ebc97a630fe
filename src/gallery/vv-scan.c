// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <math.h>
#include <string.h>

#include "vv-final.h"
#include "vv-progress.h"
#include "vv-query.h"
#include "vv-scan.h"

/* The cascade. All 4-bit codes are read, at the speed of memory, with all queries of a pass. What their bound
 * (vv-codes.h) cannot rule out is either looked at in 8 bits at once, when it looks good enough to raise the floor, or put
 * aside. When a thread has seen all its codes, the floor has risen; what was put aside and still reaches it is looked
 * at in 8 bits. The floor of a query is the k-th best lower bound that any one thread has found so far: the k-th best
 * score of all is never below it. What is left is scored in float32 by vv-final.c, best bound first. */

/* Templates that a thread takes at a time. */
#define CHUNK 4096

/* Templates that go to the kernel at once: few, so that several queries find their codes in the cache. After each run
 * the thread looks whether the search was cancelled. */
#define RUN 256

/* Queries that share a pass over the codes. */
#define MAX_QUERIES 16

/* A thread puts no more aside than this for a query; then it looks at them. What it keeps after that is gone through
 * each time it has doubled. */
#define MAX_ASIDE 65536

/* How far ahead memory is asked for when templates are looked at here and there. */
#define AHEAD_CODES 12

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

typedef struct
{
  Pass         *pass;
  VvTopk        lows[MAX_QUERIES];  /* the k best lower bounds; their ids mean nothing */
  GArray       *aside[MAX_QUERIES]; /* of VvCandidate, with the bound of the 4-bit code */
  GArray       *kept[MAX_QUERIES];  /* of VvCandidate, with the bound of the 8-bit code */
  guint         room[MAX_QUERIES];  /* how many may be kept before they are gone through */
  VvKernelQuery kernel_queries[MAX_QUERIES];
  VvKernelFind *finds; /* MAX_QUERIES x RUN */
  guint         n_finds[MAX_QUERIES];
  guint32       allowed[CHUNK / VV_GROUP];
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
ask_for (gconstpointer memory,
         gsize         size)
{
  for (gsize at = 0; at < size; at += CACHE_LINE)
    __builtin_prefetch ((const char *) memory + at);
}

/* Takes out of the list what the floor has passed. */
static void
forget_low (GArray *candidates,
            float   floor)
{
  guint n = 0;

  for (guint i = 0; i < candidates->len; i++)
    if (g_array_index (candidates, VvCandidate, i).bound >= floor)
      g_array_index (candidates, VvCandidate, n++) = g_array_index (candidates, VvCandidate, i);
  g_array_set_size (candidates, n);
}

static void
keep (Worker      *worker,
      guint        q,
      VvCandidate *it)
{
  GArray *kept = worker->kept[q];

  if (kept->len == worker->room[q])
    {
      forget_low (kept, get_floor (worker->pass, q));
      worker->room[q] = MAX (MAX_ASIDE, 2 * kept->len);
    }
  g_array_append_val (kept, *it);
}

/* Bounds a template by its 8-bit code: from above, to keep it or not; from below, to raise the floor. */
static void
look_closer (Worker      *worker,
             guint        q,
             VvCandidate *it)
{
  Pass          *pass = worker->pass;
  const VvQuery *query = &pass->queries[q];
  const VvCode8 *scale = &it->segment->scales8[it->row];
  gint32         sum = pass->kernel->dot8 (it->segment->codes8 + (gsize) it->row * pass->stride, query->weights8, pass->stride);
  float          guess = (float) sum * query->unit8 * scale->scale;
  float          error = scale->residual * query->weight8 + query->margin8;

  it->bound = guess + error;
  if (it->bound < get_floor (pass, q))
    return;
  vv_topk_offer (&worker->lows[q], 0, guess - error);
  raise_floor (pass, q, vv_topk_floor (&worker->lows[q]));
  keep (worker, q, it);
}

/* Decides on all templates that were put aside for a query. */
static void
decide (Worker *worker,
        guint   q)
{
  Pass   *pass = worker->pass;
  GArray *aside = worker->aside[q];

  forget_low (aside, get_floor (pass, q));
  for (guint i = 0; i < aside->len; i++)
    {
      VvCandidate *it = &g_array_index (aside, VvCandidate, i);

      if (i % 1024 == 0 && g_cancellable_is_cancelled (pass->scan->cancellable))
        break;
      if (i + AHEAD_CODES < aside->len)
        {
          const VvCandidate *later = it + AHEAD_CODES;

          ask_for (later->segment->codes8 + (gsize) later->row * pass->stride, pass->stride);
          ask_for (&later->segment->scales8[later->row], 1);
        }
      if (it->bound >= get_floor (pass, q))
        look_closer (worker, q, it);
    }
  g_array_set_size (aside, 0);
}

static void
put_aside (Worker            *worker,
           guint              q,
           const VvCandidate *it)
{
  GArray *aside = worker->aside[q];

  if (aside->len == MAX_ASIDE)
    {
      forget_low (aside, get_floor (worker->pass, q));
      if (aside->len > MAX_ASIDE / 2)
        decide (worker, q);
    }
  g_array_append_val (aside, *it);
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
  VvCandidate    it = { segment, row, guess + segment->residuals4[row] * query->weight + query->margin };

  if (it.bound < floor)
    return;
  if (guess >= floor)
    look_closer (worker, q, &it);
  else
    put_aside (worker, q, &it);
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
    .n_groups = (n + VV_GROUP - 1) / VV_GROUP,
    .n_rows = segment->length / 4,
  };

  for (guint q = 0; q < pass->n_queries; q++)
    worker->kernel_queries[q].floor = get_floor (pass, q) - (pass->queries[q].base + pass->queries[q].margin);
  pass->kernel->scan (&codes, worker->kernel_queries, pass->n_queries, worker->finds, worker->n_finds);
  for (guint q = 0; q < pass->n_queries; q++)
    for (guint i = 0; i < worker->n_finds[q]; i++)
      {
        VvKernelFind find = worker->finds[q * codes.n_groups * VV_GROUP + i];

        handle_find (worker, q, segment, first + find.at, find.total);
      }
}

static gboolean
lets_through (const VvGalleryFilter *filter,
              gint64                 id)
{
  guint64 at = (guint64) id - (guint64) filter->first;

  return at < filter->n && (filter->bits[at / 64] >> at % 64 & 1) != 0;
}

/* The templates of a group of a slice that are there and were not taken out. */
static guint32
living_of (const VvSlice *slice,
           guint          group)
{
  const guint32 *dead = vv_slice_dead (slice);
  guint          n = slice->n - group * VV_GROUP;
  guint32        there = n >= VV_GROUP ? G_MAXUINT32 : (1u << n) - 1;

  return dead != NULL ? there & ~dead[group] : there;
}

/* Fills the worker's bitmap with the templates of a chunk that may be found; FALSE when all may. */
static gboolean
mask (Worker      *worker,
      const Chunk *chunk)
{
  const VvGalleryFilter *filter = worker->pass->scan->filter;
  const gint64          *ids = chunk->slice->segment->ids;

  if (chunk->slice->dead == NULL && filter == NULL && chunk->n % VV_GROUP == 0)
    return FALSE;
  for (guint first = chunk->first; first < chunk->first + chunk->n; first += VV_GROUP)
    {
      guint32 allowed = living_of (chunk->slice, first / VV_GROUP);

      for (guint32 left = allowed; filter != NULL && left != 0; left &= left - 1)
        if (!lets_through (filter, ids[first + (guint) __builtin_ctz (left)]))
          allowed &= ~(left & -left);
      worker->allowed[(first - chunk->first) / VV_GROUP] = allowed;
    }
  return TRUE;
}

static void
scan_chunk (Worker      *worker,
            const Chunk *chunk)
{
  gboolean masked = mask (worker, chunk);

  for (guint at = 0; at < chunk->n && !g_cancellable_is_cancelled (worker->pass->scan->cancellable); at += RUN)
    scan_run (worker, chunk->slice->segment, chunk->first + at, MIN (RUN, chunk->n - at),
              masked ? worker->allowed + at / VV_GROUP : NULL);
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

      vv_topk_init (&worker->lows[q], pass->scan->k);
      worker->aside[q] = g_array_new (FALSE, FALSE, sizeof (VvCandidate));
      worker->kept[q] = g_array_new (FALSE, FALSE, sizeof (VvCandidate));
      worker->room[q] = MAX_ASIDE;
      worker->kernel_queries[q] = (VvKernelQuery){
        .weights = query->weights,
        .pairs = query->pairs,
        .starts = query->starts,
        .unit = query->unit,
        .weight = query->weight,
      };
    }
}

/* Adds what the worker kept to the candidates of each query, and its lower bounds to @ret_lows. */
static void
finish_worker (Worker  *worker,
               VvTopk  *ret_lows,
               GArray **ret_candidates)
{
  for (guint q = 0; q < worker->pass->n_queries; q++)
    {
      VvTopk *lows = &worker->lows[q];

      for (gsize i = 0; i < lows->n; i++)
        vv_topk_offer (&ret_lows[q], 0, lows->hits[i].score);
      g_array_append_vals (ret_candidates[q], worker->kept[q]->data, worker->kept[q]->len);
      vv_topk_clear (lows);
      g_array_unref (worker->aside[q]);
      g_array_unref (worker->kept[q]);
    }
  g_free (worker->finds);
}

/* Reads the codes with as many threads as are wanted and of use. */
static void
read_codes (Pass    *pass,
            VvTopk  *ret_lows,
            GArray **ret_candidates)
{
  guint                n = MAX (1, MIN (pass->scan->threads, pass->chunks->len));
  g_autofree Worker   *workers = g_new0 (Worker, n);
  g_autofree GThread **threads = g_new0 (GThread *, n);

  for (guint i = 0; i < n; i++)
    init_worker (&workers[i], pass);
  for (guint i = 1; i < n; i++)
    threads[i] = g_thread_new ("vv-search", run_worker, &workers[i]);
  run_worker (&workers[0]);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_thread_join (threads[i]);
      finish_worker (&workers[i], ret_lows, ret_candidates);
    }
}

static gboolean
run_pass (Pass    *pass,
          VvTopk  *ret_best,
          guint64 *n_scored,
          GError **error)
{
  VvTopk   lows[MAX_QUERIES];
  GArray  *candidates[MAX_QUERIES];
  gboolean done = TRUE;

  for (guint q = 0; q < pass->n_queries; q++)
    {
      vv_topk_init (&lows[q], pass->scan->k);
      candidates[q] = g_array_new (FALSE, FALSE, sizeof (VvCandidate));
    }
  read_codes (pass, lows, candidates);
  for (guint q = 0; q < pass->n_queries; q++)
    {
      raise_floor (pass, q, vv_topk_floor (&lows[q]));
      forget_low (candidates[q], get_floor (pass, q));
      done = done && vv_final_score (pass->scan, pass->kernel, pass->queries[q].row, candidates[q], &ret_best[q], n_scored, error);
      vv_topk_clear (&lows[q]);
      g_array_unref (candidates[q]);
    }
  return done;
}

static void
split_slice (const VvSlice *slice,
             GArray        *chunks)
{
  for (guint first = 0; first < slice->n; first += CHUNK)
    {
      Chunk chunk = { slice, first, MIN (CHUNK, slice->n - first) };

      g_array_append_val (chunks, chunk);
    }
}

static GArray *
split (VvSnapshot *snapshot)
{
  GArray *chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));

  for (guint i = 0; i < snapshot->slices->len; i++)
    split_slice (&g_array_index (snapshot->slices, VvSlice, i), chunks);
  split_slice (&snapshot->tail, chunks);
  return chunks;
}

gboolean
vv_scan_run (const VvScan *self,
             VvTopk       *ret_best,
             guint64      *ret_n_scored,
             GError      **error)
{
  g_autoptr (GArray) chunks = split (self->snapshot);
  gboolean           ok = TRUE;
  Pass               pass = {
                  .scan = self,
                  .kernel = vv_kernel_get (),
                  .length = self->snapshot->length,
                  .stride = vv_segment_stride (self->snapshot->length),
                  .chunks = chunks,
  };

  *ret_n_scored = 0;
  for (gsize done = 0; ok && done < self->n_queries && !g_cancellable_is_cancelled (self->cancellable);)
    {
      pass.n_queries = (guint) MIN (self->n_queries - done, MAX_QUERIES);
      pass.next = 0;
      for (guint q = 0; q < pass.n_queries; q++)
        {
          vv_query_init (&pass.queries[q], self->queries + (done + q) * pass.stride, pass.length);
          pass.floors[q] = encode_floor (-INFINITY);
        }
      ok = run_pass (&pass, ret_best + done, ret_n_scored, error);
      for (guint q = 0; q < pass.n_queries; q++)
        vv_query_clear (&pass.queries[q], pass.length);
      done += pass.n_queries;
      vv_progress_set (self->cancellable, done, self->n_queries);
    }
  return ok;
}
