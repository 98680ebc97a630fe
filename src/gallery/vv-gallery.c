// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "vv-gallery-private.h"
#include "vv-scan.h"

/* The formatter would put spaces into the quark's name. */
/* clang-format off */
G_DEFINE_QUARK (vv-gallery-error-quark, vv_gallery_error)
/* clang-format on */

struct _VvGallery
{
  guint       length;
  GMutex      write;  /* held while the gallery is changed */
  GHashTable *places; /* id -> VvPlace; under the write lock */
  guint32     next_serial;
  GMutex      lock; /* held for a moment, to take or replace the snapshot */
  VvSnapshot *snapshot;
  guint64     n_scored; /* by the last search; under the lock */
};

static guint
hash_id (gconstpointer key)
{
  guint64 id = GPOINTER_TO_SIZE (key);

  return (guint) (id ^ id >> 32);
}

VvGallery *
vv_gallery_new_with_capacity (guint length,
                              guint capacity)
{
  VvGallery *self;

  g_return_val_if_fail (length > 0 && length % 4 == 0, NULL);
  g_return_val_if_fail (capacity > 0 && capacity % VV_GROUP == 0, NULL);

  self = g_new0 (VvGallery, 1);
  self->length = length;
  g_mutex_init (&self->write);
  g_mutex_init (&self->lock);
  self->places = g_hash_table_new (hash_id, g_direct_equal);
  self->next_serial = 1;
  self->snapshot = vv_snapshot_new (length, capacity);
  return self;
}

VvGallery *
vv_gallery_new (guint length)
{
  return vv_gallery_new_with_capacity (length, VV_SEGMENT_CAPACITY);
}

void
vv_gallery_free (VvGallery *self)
{
  if (self == NULL)
    return;
  vv_snapshot_unref (self->snapshot);
  g_hash_table_unref (self->places);
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

/* Enters the ids so that a second one is found; on failure takes them out again. The right places come later. */
static gboolean
reserve_ids (VvGallery    *self,
             const gint64 *ids,
             gsize         n,
             GError      **error)
{
  for (gsize i = 0; i < n; i++)
    {
      gpointer key = GSIZE_TO_POINTER ((gsize) ids[i]);

      if (!g_hash_table_contains (self->places, key))
        {
          g_hash_table_insert (self->places, key, GSIZE_TO_POINTER (VV_PLACE_TAIL));
          continue;
        }
      while (i-- > 0)
        g_hash_table_remove (self->places, GSIZE_TO_POINTER ((gsize) ids[i]));
      g_set_error_literal (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_DUPLICATE,
                           _ ("A face template with the same number is in the gallery already; remove it first."));
      return FALSE;
    }
  return TRUE;
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
  if (!reserve_ids (self, ids, n, error))
    return FALSE;
  next = vv_snapshot_copy (self->snapshot);
  vv_snapshot_append (next, ids, templates, n, self->places, &self->next_serial);
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

  vv_snapshot_remove (next, ids, n, self->places, &self->next_serial);
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

gboolean
vv_gallery_search (VvGallery      *self,
                   const float    *queries,
                   gsize           n_queries,
                   gsize           k,
                   guint           threads,
                   VvGalleryFilter filter,
                   gpointer        filter_data,
                   VvGalleryHit   *ret_hits,
                   gsize          *ret_counts,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_autoptr (VvSnapshot) snapshot = take_snapshot (self);
  g_autofree float      *padded = NULL;
  g_autofree VvTopk     *best = NULL;
  VvScan                 scan = { snapshot, NULL, n_queries, MIN (k, snapshot->size), threads, filter, filter_data, cancellable };
  guint64                n_scored = 0;
  gboolean               cancelled;

  if (!check_templates (queries, n_queries, self->length, error))
    return FALSE;
  if (threads == 0)
    scan.threads = g_get_num_processors ();
  scan.queries = padded = pad_queries (queries, n_queries, self->length);
  best = g_new (VvTopk, MAX (n_queries, 1));
  for (gsize i = 0; i < n_queries; i++)
    vv_topk_init (&best[i], scan.k);

  if (!g_cancellable_is_cancelled (cancellable))
    n_scored = vv_scan_run (&scan, best);
  g_mutex_lock (&self->lock);
  self->n_scored = n_scored;
  g_mutex_unlock (&self->lock);
  cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
  if (!cancelled)
    hand_out (best, n_queries, k, ret_hits, ret_counts);
  for (gsize i = 0; i < n_queries; i++)
    vv_topk_clear (&best[i]);
  explicit_bzero (padded, MAX (n_queries, 1) * vv_segment_stride (self->length) * sizeof *padded);
  return !cancelled;
}
