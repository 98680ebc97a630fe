// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "vv-bench-search.h"
#include "vv-gallery-private.h"
#include "vv-json.h"
#include "vv-segment.h"
#include "vv-kernel.h"
#include "vv-topk.h"

#define SEED     20240607
#define PICTURES 4
#define ROUNDS   15

/* How far a picture lies from its person, as a share of the length of a template. */
#define SPREAD 0.7

typedef struct
{
  guint64 state;
} Dice;

/* splitmix64: fast enough to make a million templates in a moment. */
static guint64
roll (Dice *dice)
{
  guint64 z = dice->state += 0x9e3779b97f4a7c15;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/* Four 16-bit numbers added up: near enough to normal, mean 0, variance 1. */
static float
deviate (Dice *dice)
{
  guint64 z = roll (dice);
  gint64  sum = (gint64) ((z & 0xffff) + (z >> 16 & 0xffff) + (z >> 32 & 0xffff) + (z >> 48)) - 2 * 0xffff;

  return (float) sum / (65536 * 0.57735f);
}

static void
normalise (float *row,
           guint  dim)
{
  double sum = 0;

  for (guint i = 0; i < dim; i++)
    sum += (double) row[i] * row[i];
  for (guint i = 0; i < dim; i++)
    row[i] = (float) (row[i] / sqrt (sum));
}

/* A picture beside its person; @person is of length 1. */
static void
make_picture (Dice        *dice,
              const float *person,
              guint        dim,
              float       *row)
{
  for (guint i = 0; i < dim; i++)
    row[i] = person[i] + (float) (SPREAD / sqrt (dim)) * deviate (dice);
  normalise (row, dim);
}

/* Rows of templates, then of queries: new pictures of some of the people. (transfer full) */
static float *
make_rows (gsize templates,
           guint dim,
           gsize queries)
{
  Dice              dice = { SEED };
  float            *rows = g_new (float, (templates + queries) * dim);
  g_autofree float *person = g_new (float, dim);

  for (gsize i = 0; i < templates; i++)
    {
      if (i % PICTURES == 0)
        {
          for (guint j = 0; j < dim; j++)
            person[j] = deviate (&dice);
          normalise (person, dim);
        }
      make_picture (&dice, person, dim, rows + i * dim);
    }
  for (gsize i = 0; i < queries; i++)
    make_picture (&dice, rows + roll (&dice) % templates * dim, dim, rows + (templates + i) * dim);
  return rows;
}

static VvGallery *
make_gallery (const float *rows,
              gsize        templates,
              guint        dim,
              GError     **error)
{
  g_autoptr (VvGallery) gallery = vv_gallery_new (dim);
  g_autofree gint64    *ids = g_new (gint64, templates);

  for (gsize i = 0; i < templates; i++)
    ids[i] = (gint64) i;
  if (!vv_gallery_add (gallery, ids, rows, templates, error))
    return NULL;
  return g_steal_pointer (&gallery);
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

typedef struct
{
  const guint64 *words;
  gsize          n;
  guint64        sum;
} Reading;

static gpointer
read_words (gpointer data)
{
  Reading *self = data;
  guint64  sums[4] = { 0 };

  for (gsize i = 0; i + 8 <= self->n; i += 8)
    {
      __builtin_prefetch (self->words + i + 384);
      for (gsize j = 0; j < 8; j++)
        sums[j % 4] += self->words[i + j];
    }
  self->sum = sums[0] + sums[1] + sums[2] + sums[3];
  return NULL;
}

/* Milliseconds that it takes to read @bytes at @memory and do no more than add them up. */
static double
time_reading (const guint64 *memory,
              gsize          bytes,
              guint          threads)
{
  g_autofree Reading  *parts = g_new0 (Reading, threads);
  g_autofree GThread **others = g_new0 (GThread *, threads);
  gsize                share = bytes / 64 / threads * 8;
  volatile guint64     sum = 0;
  gint64               start = g_get_monotonic_time ();

  for (guint i = 0; i < threads; i++)
    {
      parts[i] = (Reading){ memory + i * share, share, 0 };
      if (i > 0)
        others[i] = g_thread_new ("vv-read", read_words, &parts[i]);
    }
  (void) read_words (&parts[0]);
  for (guint i = 0; i < threads; i++)
    {
      if (i > 0)
        (void) g_thread_join (others[i]);
      sum += parts[i].sum;
    }
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* Memory of its own for read_ms, in huge pages as the gallery's is. */
static guint64 *
map_words (gsize bytes)
{
  void *memory = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes", bytes);
  (void) madvise (memory, bytes, MADV_HUGEPAGE);
  memset (memory, 1, bytes);
  return memory;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median_of (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare_doubles);
  return values[ROUNDS / 2];
}

/* Everything that a measurement needs and what came of it. */
typedef struct
{
  VvGallery    *gallery;
  const float  *rows;
  gsize         templates;
  guint         dim;
  gsize         k;
  guint         threads;
  gsize         queries;
  VvGalleryHit *hits;
  gsize        *counts;
  gsize         bytes;
  double        search_ms;
  double        read_ms;
} Bench;

/* Searches and plain reading take turns, so that a busy machine slows both. */
static gboolean
measure (Bench   *self,
         GError **error)
{
  guint64 *words = map_words (self->bytes);
  double   searches[ROUNDS];
  double   readings[ROUNDS];
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < ROUNDS; i++)
    {
      gint64 start;

      readings[i] = time_reading (words, self->bytes, self->threads);
      start = g_get_monotonic_time ();
      ok = vv_gallery_search (self->gallery, self->rows + self->templates * self->dim, self->queries, self->k,
                              self->threads, NULL, NULL, self->hits, self->counts, NULL, error);
      searches[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  munmap (words, self->bytes);
  if (!ok)
    return FALSE;
  self->search_ms = median_of (searches);
  self->read_ms = median_of (readings);
  return TRUE;
}

static gboolean
is_identical (const Bench *self)
{
  for (gsize i = 0; i < self->queries; i++)
    if (!is_plain_scan (self->rows, self->templates, self->dim, self->rows + (self->templates + i) * self->dim,
                        self->hits + i * self->k, self->counts[i], self->k))
      return FALSE;
  return TRUE;
}

JsonObject *
vv_bench_search (gsize    templates,
                 guint    dim,
                 gsize    k,
                 guint    threads,
                 gsize    queries,
                 GError **error)
{
  g_autofree float        *rows = make_rows (templates, dim, queries);
  g_autofree VvGalleryHit *hits = g_new0 (VvGalleryHit, queries * k);
  g_autofree gsize        *counts = g_new0 (gsize, queries);
  g_autoptr (VvGallery)    gallery = NULL;
  gint64                   start = g_get_monotonic_time ();
  double                   add_ms;
  Bench                    bench = { NULL, rows, templates, dim, k, threads, queries, hits, counts, .bytes = templates * (dim / 2 + 2) };

  gallery = bench.gallery = make_gallery (rows, templates, dim, error);
  if (gallery == NULL)
    return NULL;
  add_ms = (double) (g_get_monotonic_time () - start) / 1000;
  if (threads == 0)
    bench.threads = g_get_num_processors ();
  if (!measure (&bench, error))
    return NULL;
  return vv_json_new ("median_ms", "d", bench.search_ms, "read_ms", "d", bench.read_ms,
                      "bytes", "i", (gint64) bench.bytes, "add_ms", "d", add_ms,
                      "identical", "b", is_identical (&bench),
                      "rescored", "i", (gint64) vv_gallery_n_scored (gallery),
                      "seed", "i", (gint64) SEED, "kernel", "s", vv_kernel_get ()->name, NULL);
}
