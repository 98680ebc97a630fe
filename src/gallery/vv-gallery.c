// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vv-gallery-private.h"
#include "vv-scan.h"

/* The formatter would put spaces into the quark's name. */
/* clang-format off */
G_DEFINE_QUARK (vv-gallery-error-quark, vv_gallery_error)
/* clang-format on */

/* How often a search begins again because a template it needed was taken out meanwhile. */
#define TRIES 5

struct _VvGallery
{
  gatomicrefcount refs;
  guint           length;
  VvGalleryRows   rows; /* NULL when the segments keep them */
  gpointer        rows_data;
  GMutex          write; /* held while the gallery is changed */
  GMutex          lock;  /* held for a moment, to take or replace the snapshot */
  VvSnapshot     *snapshot;
  guint64         n_scored; /* by the last search; under the lock */
};

VvGallery *
vv_gallery_new_with_source (guint         length,
                            guint         capacity,
                            VvGalleryRows rows,
                            gpointer      data)
{
  VvGallery *self;

  g_return_val_if_fail (length > 0 && length % 4 == 0, NULL);
  g_return_val_if_fail (capacity > 0 && capacity % VV_GROUP == 0, NULL);

  self = g_new0 (VvGallery, 1);
  g_atomic_ref_count_init (&self->refs);
  self->length = length;
  self->rows = rows;
  self->rows_data = data;
  g_mutex_init (&self->write);
  g_mutex_init (&self->lock);
  self->snapshot = vv_snapshot_new (length, capacity, rows == NULL);
  return self;
}

VvGallery *
vv_gallery_new_with_capacity (guint length,
                              guint capacity)
{
  return vv_gallery_new_with_source (length, capacity, NULL, NULL);
}

VvGallery *
vv_gallery_new (guint length)
{
  return vv_gallery_new_with_capacity (length, VV_SEGMENT_CAPACITY);
}

VvGallery *
vv_gallery_new_without_rows (guint         length,
                             VvGalleryRows rows,
                             gpointer      data)
{
  g_return_val_if_fail (rows != NULL, NULL);

  return vv_gallery_new_with_source (length, VV_SEGMENT_CAPACITY, rows, data);
}

VvGallery *
vv_gallery_ref (VvGallery *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
vv_gallery_unref (VvGallery *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  vv_snapshot_unref (self->snapshot);
  g_mutex_clear (&self->write);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static VvSnapshot *
take_snapshot (VvGallery *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return vv_snapshot_ref (self->snapshot);
}

/* Takes over the caller's reference. The old snapshot goes outside the lock: the last reference wipes memory. */
static void
publish (VvGallery  *self,
         VvSnapshot *next)
{
  VvSnapshot *old;

  g_mutex_lock (&self->lock);
  old = self->snapshot;
  self->snapshot = next;
  g_mutex_unlock (&self->lock);
  vv_snapshot_unref (old);
}

gsize
vv_gallery_size (VvGallery *self)
{
  g_autoptr (VvSnapshot) snapshot = take_snapshot (self);

  return snapshot->size;
}

gsize
vv_gallery_bytes (VvGallery *self)
{
  g_autoptr (VvSnapshot) snapshot = take_snapshot (self);
  gsize                  bytes = snapshot->tail.segment != NULL ? snapshot->tail.segment->size : 0;

  for (guint i = 0; i < snapshot->slices->len; i++)
    {
      const VvSlice *slice = &g_array_index (snapshot->slices, VvSlice, i);

      bytes += slice->segment->size + (slice->dead != NULL ? g_bytes_get_size (slice->dead) : 0);
    }
  return bytes;
}

guint64
vv_gallery_n_scored (VvGallery *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_scored;
}

static gboolean
check_template (const float *template,
                guint    length,
                GError **error)
{
  double sums[4] = { 0 };
  double sum;

  for (guint i = 0; i < length; i += 4)
    for (guint j = 0; j < 4; j++)
      sums[j] += (double) template[i + j] * template[i + j];
  sum = sums[0] + sums[1] + sums[2] + sums[3];
  if (!isfinite (sum))
    {
      g_set_error_literal (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_TEMPLATE,
                           _ ("A face template holds something that is not a number; make it again from its picture."));
      return FALSE;
    }
  if (fabs (sqrt (sum) - 1) > VV_LENGTH_TOLERANCE)
    {
      g_set_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_TEMPLATE,
                   _ ("A face template has length %.4f where 1 is needed; make it again from its picture."), sqrt (sum));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_templates (const float *templates,
                 gsize        n,
                 guint        length,
                 GError     **error)
{
  for (gsize i = 0; i < n; i++)
    if (!check_template (templates + i * length, length, error))
      return FALSE;
  return TRUE;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Whether an id comes twice. Those that rise, as nearly always, need not be sorted. */
static gboolean
repeats (const gint64 *ids,
         gsize         n)
{
  g_autofree gint64 *sorted = NULL;
  gsize              rising = 1;

  while (rising < n && ids[rising] > ids[rising - 1])
    rising++;
  if (rising >= n)
    return FALSE;
  sorted = g_memdup2 (ids, n * sizeof *ids);
  qsort (sorted, n, sizeof *sorted, compare_ids);
  for (gsize i = 1; i < n; i++)
    if (sorted[i] == sorted[i - 1])
      return TRUE;
  return FALSE;
}

static gboolean
check_ids (VvSnapshot   *snapshot,
           const gint64 *ids,
           gsize         n,
           GError      **error)
{
  if (!repeats (ids, n) && !vv_snapshot_contains (snapshot, ids, n))
    return TRUE;
  g_set_error_literal (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_DUPLICATE,
                       _ ("A face template with the same number is in the gallery already; remove it first."));
  return FALSE;
}

gboolean
vv_gallery_add (VvGallery    *self,
                const gint64 *ids,
                const float  *templates,
                gsize         n,
                GError      **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  VvSnapshot              *next;

  if (!check_templates (templates, n, self->length, error))
    return FALSE;
  locker = g_mutex_locker_new (&self->write);
  if (!check_ids (self->snapshot, ids, n, error))
    return FALSE;
  next = vv_snapshot_copy (self->snapshot);
  vv_snapshot_append (next, ids, templates, n);
  publish (self, next);
  return TRUE;
}

gboolean
vv_gallery_add_pack (VvGallery    *self,
                     gconstpointer data,
                     gsize         size,
                     GError      **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  VvCodePack               pack;
  VvSnapshot              *next;

  g_return_val_if_fail (self->rows != NULL, FALSE);

  if (!vv_code_pack_read (&pack, self->length, data, size))
    {
      g_set_error_literal (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_PACK,
                           _ ("The packed face templates are of another version of this program; they are packed again."));
      return FALSE;
    }
  locker = g_mutex_locker_new (&self->write);
  if (!check_ids (self->snapshot, pack.ids, pack.count, error))
    return FALSE;
  next = vv_snapshot_copy (self->snapshot);
  vv_snapshot_append_pack (next, &pack);
  publish (self, next);
  return TRUE;
}

void
vv_gallery_remove (VvGallery    *self,
                   const gint64 *ids,
                   gsize         n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->write);
  VvSnapshot              *next = vv_snapshot_copy (self->snapshot);

  vv_snapshot_remove (next, ids, n);
  publish (self, next);
}

/* (transfer full) the queries, each row padded with zeros. */
static float *
pad_queries (const float *queries,
             gsize        n,
             guint        length)
{
  gsize  stride = vv_segment_stride (length);
  float *padded = g_new0 (float, MAX (n, 1) * stride);

  for (gsize i = 0; i < n; i++)
    memcpy (padded + i * stride, queries + i * length, length * sizeof *padded);
  return padded;
}

/* Sorts the best of each query into the caller's rows of @k hits. */
static void
hand_out (VvTopk       *best,
          gsize         n,
          gsize         k,
          VvGalleryHit *ret_hits,
          gsize        *ret_counts)
{
  for (gsize i = 0; i < n; i++)
    {
      vv_topk_sort (&best[i]);
      memcpy (ret_hits + i * k, best[i].hits, best[i].n * sizeof *ret_hits);
      ret_counts[i] = best[i].n;
    }
}

static void
clear_best (VvTopk *best,
            gsize   n)
{
  for (gsize i = 0; i < n; i++)
    vv_topk_clear (&best[i]);
  g_free (best);
}

/* One search over the newest snapshot. (transfer full) the best of each query, NULL on failure or when cancelled. */
static VvTopk *
search_newest (VvGallery *self,
               VvScan    *scan,
               gsize      k,
               GError   **error)
{
  g_autoptr (VvSnapshot) snapshot = take_snapshot (self);
  VvTopk                *best = g_new (VvTopk, MAX (scan->n_queries, 1));
  guint64                n_scored = 0;
  gboolean               done;

  scan->snapshot = snapshot;
  scan->k = MIN (k, snapshot->size);
  for (gsize i = 0; i < scan->n_queries; i++)
    vv_topk_init (&best[i], scan->k);
  done = !g_cancellable_set_error_if_cancelled (scan->cancellable, error) && vv_scan_run (scan, best, &n_scored, error) &&
         !g_cancellable_set_error_if_cancelled (scan->cancellable, error);
  g_mutex_lock (&self->lock);
  self->n_scored = n_scored;
  g_mutex_unlock (&self->lock);
  if (done)
    return best;
  clear_best (best, scan->n_queries);
  return NULL;
}

gboolean
vv_gallery_search (VvGallery             *self,
                   const float           *queries,
                   gsize                  n_queries,
                   gsize                  k,
                   guint                  threads,
                   const VvGalleryFilter *filter,
                   VvGalleryHit          *ret_hits,
                   gsize                 *ret_counts,
                   GCancellable          *cancellable,
                   GError               **error)
{
  g_autofree float *padded = NULL;
  VvTopk           *best = NULL;
  VvScan            scan = { NULL, NULL, n_queries, k, threads, filter, self->rows, self->rows_data, cancellable };

  if (!check_templates (queries, n_queries, self->length, error))
    return FALSE;
  if (threads == 0)
    scan.threads = g_get_num_processors ();
  scan.queries = padded = pad_queries (queries, n_queries, self->length);
  for (guint tries = 0; best == NULL; tries++)
    {
      g_autoptr (GError) cause = NULL;

      best = search_newest (self, &scan, k, &cause);
      if (best == NULL && (tries == TRIES || !g_error_matches (cause, VV_GALLERY_ERROR, VV_GALLERY_ERROR_GONE)))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          break;
        }
    }
  if (best != NULL)
    {
      hand_out (best, n_queries, k, ret_hits, ret_counts);
      clear_best (best, n_queries);
    }
  explicit_bzero (padded, MAX (n_queries, 1) * vv_segment_stride (self->length) * sizeof *padded);
  return best != NULL;
}
