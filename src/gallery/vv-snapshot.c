// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <string.h>

#include "vv-snapshot.h"

G_STATIC_ASSERT (sizeof (gpointer) == sizeof (VvPlace)); /* ids and places are kept in the pointers of a hash table */

static void
clear_slice (gpointer data)
{
  VvSlice *slice = data;

  vv_segment_unref (slice->segment);
  g_clear_pointer (&slice->dead, g_bytes_unref);
}

VvSnapshot *
vv_snapshot_new (guint length,
                 guint capacity)
{
  VvSnapshot *self = g_new0 (VvSnapshot, 1);

  g_atomic_ref_count_init (&self->refs);
  self->length = length;
  self->capacity = capacity;
  self->slices = g_array_new (FALSE, FALSE, sizeof (VvSlice));
  g_array_set_clear_func (self->slices, clear_slice);
  self->tail_ids = g_new0 (gint64, VV_GROUP);
  self->tail = g_new0 (float, (gsize) VV_GROUP *vv_segment_stride (length));
  return self;
}

VvSnapshot *
vv_snapshot_copy (VvSnapshot *self)
{
  VvSnapshot *copy = vv_snapshot_new (self->length, self->capacity);

  copy->size = self->size;
  for (guint i = 0; i < self->slices->len; i++)
    {
      VvSlice slice = g_array_index (self->slices, VvSlice, i);

      vv_segment_ref (slice.segment);
      if (slice.dead != NULL)
        g_bytes_ref (slice.dead);
      g_array_append_val (copy->slices, slice);
    }
  copy->n_tail = self->n_tail;
  memcpy (copy->tail_ids, self->tail_ids, self->n_tail * sizeof *self->tail_ids);
  memcpy (copy->tail, self->tail, self->n_tail * vv_segment_stride (self->length) * sizeof *self->tail);
  return copy;
}

VvSnapshot *
vv_snapshot_ref (VvSnapshot *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
vv_snapshot_unref (VvSnapshot *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->slices);
  explicit_bzero (self->tail, (gsize) VV_GROUP * vv_segment_stride (self->length) * sizeof *self->tail);
  g_free (self->tail);
  g_free (self->tail_ids);
  g_free (self);
}

const guint32 *
vv_slice_dead (const VvSlice *self)
{
  return self->dead != NULL ? g_bytes_get_data (self->dead, NULL) : NULL;
}

static void
remember (GHashTable *places,
          gint64      id,
          VvPlace     place)
{
  g_hash_table_insert (places, GSIZE_TO_POINTER ((gsize) id), GSIZE_TO_POINTER (place));
}

/* The slice that templates can be written behind: the last one, if its segment has room. */
static VvSlice *
open_slice (VvSnapshot *self,
            guint32    *next_serial)
{
  VvSlice *last = self->slices->len > 0 ? &g_array_index (self->slices, VvSlice, self->slices->len - 1) : NULL;
  VvSlice  fresh = { 0 };

  if (last != NULL && last->n < self->capacity)
    return last;
  fresh.segment = vv_segment_new ((*next_serial)++, self->length, self->capacity);
  g_array_append_val (self->slices, fresh);
  return &g_array_index (self->slices, VvSlice, self->slices->len - 1);
}

/* Room in the bitmap for the @n templates the slice now has. */
static void
widen_dead (VvSlice *slice)
{
  gsize    words = slice->n / VV_GROUP;
  gsize    size;
  guint32 *wider;

  if (slice->dead == NULL)
    return;
  wider = g_new0 (guint32, words);
  memcpy (wider, g_bytes_get_data (slice->dead, &size), MIN (words * sizeof *wider, g_bytes_get_size (slice->dead)));
  g_bytes_unref (slice->dead);
  slice->dead = g_bytes_new_take (wider, words * sizeof *wider);
}

/* @n: a multiple of VV_GROUP; @step: floats from one template to the next. */
static void
append_groups (VvSnapshot   *self,
               const gint64 *ids,
               const float  *templates,
               gsize         step,
               gsize         n,
               GHashTable   *places,
               guint32      *next_serial)
{
  while (n > 0)
    {
      VvSlice *slice = open_slice (self, next_serial);
      guint    now = (guint) MIN (n, self->capacity - slice->n);

      for (guint i = 0; i < now; i++)
        remember (places, ids[i], ((VvPlace) slice->segment->serial << 32) | (slice->n + i));
      vv_segment_append (slice->segment, ids, templates, step, now);
      slice->n += now;
      widen_dead (slice);
      ids += now;
      templates += step * now;
      n -= now;
    }
}

/* Puts templates into the tail until there are no more or it is full; returns how many. */
static gsize
append_tail (VvSnapshot   *self,
             const gint64 *ids,
             const float  *templates,
             gsize         n,
             GHashTable   *places)
{
  gsize stride = vv_segment_stride (self->length);
  gsize now = MIN (n, VV_GROUP - self->n_tail);

  for (gsize i = 0; i < now; i++, self->n_tail++)
    {
      float *row = self->tail + self->n_tail * stride;

      memcpy (row, templates + i * self->length, self->length * sizeof *row);
      self->tail_ids[self->n_tail] = ids[i];
      remember (places, ids[i], VV_PLACE_TAIL);
    }
  return now;
}

void
vv_snapshot_append (VvSnapshot   *self,
                    const gint64 *ids,
                    const float  *templates,
                    gsize         n,
                    GHashTable   *places,
                    guint32      *next_serial)
{
  gsize done = 0;
  gsize whole;

  if (self->n_tail > 0)
    done = append_tail (self, ids, templates, n, places);
  if (self->n_tail == VV_GROUP)
    {
      append_groups (self, self->tail_ids, self->tail, vv_segment_stride (self->length), VV_GROUP, places, next_serial);
      self->n_tail = 0;
    }
  whole = (n - done) / VV_GROUP * VV_GROUP;
  append_groups (self, ids + done, templates + done * self->length, self->length, whole, places, next_serial);
  done += whole;
  (void) append_tail (self, ids + done, templates + done * self->length, n - done, places);
  self->size += n;
}

static void
remove_from_tail (VvSnapshot *self,
                  gint64      id)
{
  gsize stride = vv_segment_stride (self->length);
  guint at = 0;

  while (self->tail_ids[at] != id)
    at++;
  self->n_tail--;
  self->tail_ids[at] = self->tail_ids[self->n_tail];
  memmove (self->tail + at * stride, self->tail + self->n_tail * stride, stride * sizeof *self->tail);
}

/* Marks a template in the bitmaps being edited: one for each slice, NULL until the first. */
static void
mark_dead (VvSnapshot *self,
           guint32   **bitmaps,
           VvPlace     place)
{
  guint    at = 0;
  guint    row = (guint) (place & G_MAXUINT32);
  VvSlice *slice;

  while (g_array_index (self->slices, VvSlice, at).segment->serial != place >> 32)
    at++;
  slice = &g_array_index (self->slices, VvSlice, at);
  if (bitmaps[at] == NULL)
    {
      gsize size = slice->n / VV_GROUP * sizeof (guint32);

      bitmaps[at] = slice->dead != NULL ? g_memdup2 (vv_slice_dead (slice), size) : g_malloc0 (size);
    }
  bitmaps[at][row / VV_GROUP] |= 1u << row % VV_GROUP;
  slice->n_dead++;
}

/* Appends the living templates of a slice that was taken out of the snapshot. */
static void
append_living (VvSnapshot *self,
               VvSlice    *slice,
               GHashTable *places,
               guint32    *next_serial)
{
  VvSegment     *segment = slice->segment;
  const guint32 *dead = vv_slice_dead (slice);

  for (guint row = 0; row < slice->n; row++)
    if ((dead[row / VV_GROUP] >> row % VV_GROUP & 1) == 0)
      {
        vv_snapshot_append (self, segment->ids + row, segment->rows + (gsize) row * segment->stride, 1,
                            places, next_serial);
        self->size--;
      }
}

/* Moves what lives out of segments of which more than a quarter is dead, so that their memory is wiped and given
 * back when the last reader is done, and the scan does not read the dead for ever. */
static void
drop_sparse_slices (VvSnapshot *self,
                    GHashTable *places,
                    guint32    *next_serial)
{
  g_autoptr (GArray) sparse = g_array_new (FALSE, FALSE, sizeof (VvSlice));

  g_array_set_clear_func (sparse, clear_slice);
  for (guint i = 0; i < self->slices->len;)
    {
      VvSlice slice = g_array_index (self->slices, VvSlice, i);

      if (slice.n_dead <= slice.n / 4)
        {
          i++;
          continue;
        }
      vv_segment_ref (slice.segment);
      g_bytes_ref (slice.dead);
      g_array_append_val (sparse, slice);
      g_array_remove_index (self->slices, i);
    }
  for (guint i = 0; i < sparse->len; i++)
    append_living (self, &g_array_index (sparse, VvSlice, i), places, next_serial);
}

void
vv_snapshot_remove (VvSnapshot   *self,
                    const gint64 *ids,
                    gsize         n,
                    GHashTable   *places,
                    guint32      *next_serial)
{
  g_autofree guint32 **bitmaps = g_new0 (guint32 *, MAX (self->slices->len, 1));

  for (gsize i = 0; i < n; i++)
    {
      gpointer key = GSIZE_TO_POINTER ((gsize) ids[i]);
      gpointer place;

      if (!g_hash_table_lookup_extended (places, key, NULL, &place))
        continue;
      if ((VvPlace) place == VV_PLACE_TAIL)
        remove_from_tail (self, ids[i]);
      else
        mark_dead (self, bitmaps, (VvPlace) place);
      g_hash_table_remove (places, key);
      self->size--;
    }
  for (guint i = 0; i < self->slices->len; i++)
    {
      VvSlice *slice = &g_array_index (self->slices, VvSlice, i);

      if (bitmaps[i] == NULL)
        continue;
      g_clear_pointer (&slice->dead, g_bytes_unref);
      slice->dead = g_bytes_new_take (bitmaps[i], slice->n / VV_GROUP * sizeof (guint32));
    }
  drop_sparse_slices (self, places, next_serial);
}
