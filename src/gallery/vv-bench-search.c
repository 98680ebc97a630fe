// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <string.h>
#include <sys/mman.h>

#include "vv-bench-rows.h"
#include "vv-bench-search.h"
#include "vv-gallery-private.h"
#include "vv-json.h"
#include "vv-kernel.h"
#include "vv-segment.h"
#include "vv-topk.h"

#define ROUNDS  15
#define CANCELS 20

/* Everything that a measurement needs and what came of it. */
typedef struct
{
  VvBenchSearch wanted;
  VvGallery    *gallery;
  float        *rows; /* then queries */
  VvGalleryHit *hits;
  gsize        *counts;
  gsize         bytes;
  double        search_ms;
  double        read_ms;
  double        cancel_ms;
} Bench;

/* The gallery keeps codes only, as that of a desk does; here its rows are near. */
static gboolean
fetch (const gint64 *ids,
       gsize         n,
       float        *ret_rows,
       gsize         step,
       gpointer      data,
       GError      **error)
{
  const Bench *self = data;
  guint        dim = self->wanted.dim;

  for (gsize i = 0; i < n; i++)
    memcpy (ret_rows + i * step, self->rows + (gsize) ids[i] * dim, dim * sizeof *ret_rows);
  return TRUE;
}

static gboolean
fill (Bench   *self,
      GError **error)
{
  g_autofree gint64 *ids = g_new (gint64, self->wanted.templates);

  for (gsize i = 0; i < self->wanted.templates; i++)
    ids[i] = (gint64) i;
  return vv_gallery_add (self->gallery, ids, self->rows, self->wanted.templates, error);
}

/* Whether a row of the answer is that of a scan of all templates in float32. */
static gboolean
is_plain_scan (const float        *rows,
               gsize               templates,
               guint               dim,
               const float        *query,
               const VvGalleryHit *hits,
               gsize               n,
               gsize               k)
{
  guint             stride = vv_segment_stride (dim);
  g_autofree float *a = g_new0 (float, stride);
  g_autofree float *b = g_new0 (float, stride);
  VvTopk            best;
  gboolean          same;

  vv_topk_init (&best, MIN (k, templates));
  memcpy (a, query, dim * sizeof *a);
  for (gsize i = 0; i < templates; i++)
    {
      memcpy (b, rows + i * dim, dim * sizeof *b);
      vv_topk_offer (&best, (gint64) i, vv_kernel_portable.dot (a, b, stride));
    }
  vv_topk_sort (&best);
  same = n == best.n;
  for (gsize i = 0; same && i < n; i++)
    same = hits[i].id == best.hits[i].id && memcmp (&hits[i].score, &best.hits[i].score, sizeof (float)) == 0;
  vv_topk_clear (&best);
  return same;
}

static const float *
queries_of (const Bench *self)
{
  return self->rows + self->wanted.templates * self->wanted.dim;
}

static gboolean
search (Bench        *self,
        GCancellable *cancellable,
        GError      **error)
{
  return vv_gallery_search (self->gallery, queries_of (self), self->wanted.queries, self->wanted.k, self->wanted.threads,
                            /* filter= */ NULL, self->hits, self->counts, cancellable, error);
}

static double
ms_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* Searches and plain reading take turns, so that a busy machine slows both. */
static gboolean
measure (Bench   *self,
         GError **error)
{
  guint64 *words = vv_bench_map_words (self->bytes);
  double   searches[ROUNDS];
  double   readings[ROUNDS];
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < ROUNDS; i++)
    {
      gint64 start;

      readings[i] = vv_bench_time_reading (words, self->bytes, self->wanted.threads);
      start = g_get_monotonic_time ();
      ok = search (self, /* cancellable= */ NULL, error);
      searches[i] = ms_since (start);
    }
  munmap (words, self->bytes);
  if (!ok)
    return FALSE;
  self->search_ms = vv_bench_median (searches, ROUNDS);
  self->read_ms = vv_bench_median (readings, ROUNDS);
  return TRUE;
}

typedef struct
{
  GCancellable *cancellable;
  gulong        wait; /* microseconds before it is cancelled */
  gint64        cancelled_at;
} Canceller;

static gpointer
cancel (gpointer data)
{
  Canceller *self = data;

  g_usleep (self->wait);
  self->cancelled_at = g_get_monotonic_time ();
  g_cancellable_cancel (self->cancellable);
  return NULL;
}

/* The longest time from cancelling, at moments spread over a search, until it came back. */
static void
measure_cancelling (Bench *self)
{
  for (guint i = 0; i < CANCELS; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Canceller                canceller = { cancellable, (gulong) (self->search_ms * 1000 * i / CANCELS), 0 };
      GThread                 *thread = g_thread_new ("vv-cancel", cancel, &canceller);
      gboolean                 done = search (self, cancellable, /* error= */ NULL);
      gint64                   end = g_get_monotonic_time ();

      g_thread_join (thread);
      if (!done)
        self->cancel_ms = MAX (self->cancel_ms, (double) (end - canceller.cancelled_at) / 1000);
    }
}

static gboolean
is_identical (const Bench *self)
{
  const VvBenchSearch *wanted = &self->wanted;

  for (gsize i = 0; i < wanted->queries; i++)
    if (!is_plain_scan (self->rows, wanted->templates, wanted->dim, queries_of (self) + i * wanted->dim,
                        self->hits + i * wanted->k, self->counts[i], wanted->k))
      return FALSE;
  return TRUE;
}

static JsonObject *
run (Bench   *self,
     GError **error)
{
  const VvBenchSearch *wanted = &self->wanted;
  gint64               start = g_get_monotonic_time ();
  double               add_ms;
  gboolean             identical;
  guint64              n_scored;

  if (!fill (self, error))
    return NULL;
  add_ms = ms_since (start);
  if (!measure (self, error))
    return NULL;
  identical = is_identical (self);
  n_scored = vv_gallery_n_scored (self->gallery);
  measure_cancelling (self);
  return vv_json_new ("median_ms", "d", self->search_ms, "read_ms", "d", self->read_ms,
                      "bytes", "i", (gint64) self->bytes, "add_ms", "d", add_ms, "cancel_ms", "d", self->cancel_ms,
                      "bytes_per_template", "d", (double) vv_gallery_bytes (self->gallery) / (double) wanted->templates,
                      "identical", "b", identical, "rescored", "i", (gint64) n_scored,
                      "seed", "i", (gint64) VV_BENCH_SEED, "kernel", "s", vv_kernel_get ()->name, NULL);
}

JsonObject *
vv_bench_search (const VvBenchSearch *wanted,
                 GError             **error)
{
  Bench       self = { .wanted = *wanted, .bytes = wanted->templates * (wanted->dim / 2 + 2) };
  JsonObject *answer;

  if (wanted->threads == 0)
    self.wanted.threads = g_get_num_processors ();
  self.rows = vv_bench_rows (wanted->templates, wanted->dim, wanted->queries, wanted->people, wanted->n_people);
  self.hits = g_new0 (VvGalleryHit, wanted->queries * wanted->k);
  self.counts = g_new0 (gsize, wanted->queries);
  self.gallery = vv_gallery_new_without_rows (wanted->dim, fetch, &self);
  answer = run (&self, error);
  vv_gallery_unref (self.gallery);
  g_free (self.rows);
  g_free (self.hits);
  g_free (self.counts);
  return answer;
}
