// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <string.h>

#include "vv-snapshot.h"

static void
clear_slice (gpointer data)
{
  VvSlice *slice = data;

  g_clear_pointer (&slice->segment, vv_segment_unref);
  g_clear_pointer (&slice->dead, g_bytes_unref);
}

static VvSlice
copy_slice (const VvSlice *slice)
{
  if (slice->segment != NULL)
    vv_segment_ref (slice->segment);
  if (slice->dead != NULL)
    g_bytes_ref (slice->dead);
  return *slice;
}

VvSnapshot *
vv_snapshot_new (guint    length,
                 guint    capacity,
                 gboolean with_rows)
{
  VvSnapshot *self = g_new0 (VvSnapshot, 1);

  g_atomic_ref_count_init (&self->refs);
  self->length = length;
  self->capacity = capacity;
  self->with_rows = with_rows;
  self->slices = g_array_new (FALSE, FALSE, sizeof (VvSlice));
  g_array_set_clear_func (self->slices, clear_slice);
  return self;
}

VvSnapshot *
vv_snapshot_copy (VvSnapshot *self)
{
  VvSnapshot *copy = vv_snapshot_new (self->length, self->capacity, self->with_rows);

  copy->size = self->size;
  for (guint i = 0; i < self->slices->len; i++)
    {
      VvSlice slice = copy_slice (&g_array_index (self->slices, VvSlice, i));

      g_array_append_val (copy->slices, slice);
    }
  copy->tail = copy_slice (&self->tail);
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
  clear_slice (&self->tail);
  g_free (self);
}

const guint32 *
vv_slice_dead (const VvSlice *self)
{
  return self->dead != NULL ? g_bytes_get_data (self->dead, NULL) : NULL;
}

static gboolean
is_living (const VvSlice *slice,
           guint          row)
{
  const guint32 *dead = vv_slice_dead (slice);

  return dead == NULL || (dead[row / VV_GROUP] >> row % VV_GROUP & 1) == 0;
}

/* ---- finding ---- */

/* The row with @id among rows @low to @high - 1, whose ids rise; @high when there is none. */
static guint
find_in_run (const VvSegment *segment,
             guint            low,
             guint            high,
             gint64           id)
{
  guint end = high;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (segment->ids[middle] < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low < end && segment->ids[low] == id ? low : end;
}

/* The row of the living template @id, or the slice's n. */
static guint
find_row (const VvSlice *slice,
          gint64         id)
{
  const VvSegment *segment = slice->segment;

  if (slice->n == 0 || id < segment->lowest || id > segment->highest)
    return slice->n;
  for (guint i = 0; i < segment->runs->len; i++)
    {
      const VvRun *run = &g_array_index (segment->runs, VvRun, i);
      guint        end = i + 1 < segment->runs->len ? run[1].first : segment->n_written;
      guint        row = id < run->lowest || id > run->highest ? end : find_in_run (segment, run->first, end, id);

      if (row < end && is_living (slice, row))
        return row;
    }
  return slice->n;
}

/* Slice number i, the tail after all others. */
static VvSlice *
slice_at (VvSnapshot *self,
          guint       i)
{
  return i < self->slices->len ? &g_array_index (self->slices, VvSlice, i) : &self->tail;
}

gboolean
vv_snapshot_contains (VvSnapshot   *self,
                      const gint64 *ids,
                      gsize         n)
{
  gint64 lowest = G_MAXINT64;
  gint64 highest = G_MININT64;

  for (gsize i = 0; i < n; i++)
    {
      lowest = MIN (lowest, ids[i]);
      highest = MAX (highest, ids[i]);
    }
  for (guint at = 0; at <= self->slices->len; at++)
    {
      const VvSlice *slice = slice_at (self, at);

      if (slice->n == 0 || lowest > slice->segment->highest || highest < slice->segment->lowest)
        continue;
      for (gsize i = 0; i < n; i++)
        if (find_row (slice, ids[i]) < slice->n)
          return TRUE;
    }
  return FALSE;
}

/* ---- appending ---- */

/* The slice that templates can be written behind: the last one, if its segment has room. */
static VvSlice *
open_slice (VvSnapshot *self)
{
  VvSlice *last = self->slices->len > 0 ? slice_at (self, self->slices->len - 1) : NULL;
  VvSlice  fresh = { 0 };

  if (last != NULL && last->n < self->capacity)
    return last;
  fresh.segment = vv_segment_new (self->length, self->capacity, self->with_rows);
  g_array_append_val (self->slices, fresh);
  return slice_at (self, self->slices->len - 1);
}

/* The slice has @n more templates, whole groups; its bitmap gets room for them. */
static void
grow (VvSlice *slice,
      guint    n)
{
  gsize    words;
  guint32 *wider;

  slice->n += n;
  if (slice->dead == NULL)
    return;
  words = slice->n / VV_GROUP;
  wider = g_new0 (guint32, words);
  memcpy (wider, vv_slice_dead (slice), g_bytes_get_size (slice->dead));
  g_bytes_unref (slice->dead);
  slice->dead = g_bytes_new_take (wider, words * sizeof *wider);
}

/* A template on its way into another segment. */
typedef struct
{
  const VvSegment *segment;
  guint            row;
} Moved;

/* What is to be appended: first templates that were here before, then some that were not. */
typedef struct
{
  GArray       *moved; /* of Moved */
  const gint64 *ids;
  const float  *templates;
  guint         length;
  gsize         done; /* how many were written */
} Arrivals;

static void
note_living (const VvSlice *slice,
             GArray        *moved)
{
  for (guint row = 0; row < slice->n; row++)
    {
      Moved it = { slice->segment, row };

      if (is_living (slice, row))
        g_array_append_val (moved, it);
    }
}

static void
write_next (Arrivals  *arrivals,
            VvSegment *segment)
{
  gsize at = arrivals->done++;

  if (at < arrivals->moved->len)
    {
      const Moved *it = &g_array_index (arrivals->moved, Moved, at);

      vv_segment_append_from (segment, it->segment, it->row);
      return;
    }
  at -= arrivals->moved->len;
  vv_segment_append (segment, arrivals->ids[at], arrivals->templates + at * arrivals->length);
}

/* Whole groups go behind the others; the rest, with what was in the tail, becomes the tail. */
static void
append_all (VvSnapshot   *self,
            GArray       *moved,
            const gint64 *ids,
            const float  *templates,
            gsize         n)
{
  VvSlice  old = self->tail;
  Arrivals arrivals = { moved, ids, templates, self->length, 0 };
  gsize    left;

  note_living (&old, moved);
  self->tail = (VvSlice){ 0 };
  for (left = moved->len + n; left >= VV_GROUP;)
    {
      VvSlice *slice = open_slice (self);
      guint    now = (guint) MIN (left / VV_GROUP * VV_GROUP, self->capacity - slice->n);

      for (guint i = 0; i < now; i++)
        write_next (&arrivals, slice->segment);
      grow (slice, now);
      left -= now;
    }
  if (left > 0)
    self->tail.segment = vv_segment_new (self->length, VV_GROUP, self->with_rows);
  for (; self->tail.n < left; self->tail.n++)
    write_next (&arrivals, self->tail.segment);
  clear_slice (&old);
}

void
vv_snapshot_append (VvSnapshot   *self,
                    const gint64 *ids,
                    const float  *templates,
                    gsize         n)
{
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (Moved));

  append_all (self, moved, ids, templates, n);
  self->size += n;
}

void
vv_snapshot_append_pack (VvSnapshot       *self,
                         const VvCodePack *pack)
{
  for (guint done = 0; done < pack->count;)
    {
      VvSlice *slice = open_slice (self);
      guint    now = MIN (pack->count - done, self->capacity - slice->n);

      vv_segment_append_pack (slice->segment, pack, done, now);
      grow (slice, now);
      done += now;
    }
  self->size += pack->count;
}

/* ---- removing ---- */

/* Marks a template in the bitmap being edited, which is made for the first. */
static void
mark_dead (VvSlice  *slice,
           guint32 **bitmap,
           guint     row)
{
  if (*bitmap == NULL)
    {
      gsize size = (slice->n + VV_GROUP - 1) / VV_GROUP * sizeof (guint32);

      *bitmap = slice->dead != NULL ? g_memdup2 (vv_slice_dead (slice), size) : g_malloc0 (size);
    }
  (*bitmap)[row / VV_GROUP] |= 1u << row % VV_GROUP;
  slice->n_dead++;
}

/* Takes the templates out of one slice; returns how many. */
static gsize
remove_from (VvSlice      *slice,
             const gint64 *ids,
             gsize         n)
{
  guint32 *bitmap = NULL;
  guint    before = slice->n_dead;

  for (gsize i = 0; i < n; i++)
    {
      guint row = find_row (slice, ids[i]);

      if (row < slice->n && (bitmap == NULL || (bitmap[row / VV_GROUP] >> row % VV_GROUP & 1) == 0))
        mark_dead (slice, &bitmap, row);
    }
  if (bitmap == NULL)
    return 0;
  g_clear_pointer (&slice->dead, g_bytes_unref);
  slice->dead = g_bytes_new_take (bitmap, (slice->n + VV_GROUP - 1) / VV_GROUP * sizeof *bitmap);
  return slice->n_dead - before;
}

/* Moves what lives out of segments of which more than a quarter is dead, so that their memory is wiped and given
 * back when the last reader is done, and the scan does not read the dead for ever. */
static void
drop_sparse_slices (VvSnapshot *self)
{
  g_autoptr (GArray) sparse = g_array_new (FALSE, FALSE, sizeof (VvSlice));
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (Moved));

  g_array_set_clear_func (sparse, clear_slice);
  for (guint i = 0; i < self->slices->len;)
    {
      VvSlice slice = *slice_at (self, i);

      if (slice.n_dead <= slice.n / 4)
        {
          i++;
          continue;
        }
      slice = copy_slice (&slice);
      g_array_append_val (sparse, slice);
      g_array_remove_index (self->slices, i);
    }
  for (guint i = 0; i < sparse->len; i++)
    note_living (&g_array_index (sparse, VvSlice, i), moved);
  if (sparse->len > 0 || self->tail.n_dead > 0)
    append_all (self, moved, NULL, NULL, 0);
}

void
vv_snapshot_remove (VvSnapshot   *self,
                    const gint64 *ids,
                    gsize         n)
{
  for (guint i = 0; i <= self->slices->len; i++)
    self->size -= remove_from (slice_at (self, i), ids, n);
  drop_sparse_slices (self);
}
