// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <string.h>
#include <sys/mman.h>

#include "vv-kernel.h"
#include "vv-segment.h"

#define HUGE_PAGE ((gsize) 2 << 20)

guint
vv_segment_stride (guint length)
{
  return (length + VV_KERNEL_LANES - 1) / VV_KERNEL_LANES * VV_KERNEL_LANES;
}

/* Zeroed memory on a huge page's boundary, left out of core dumps. A scan that has to look up a small page
 * every 4 kB loses a third of its speed. */
static guint8 *
map_memory (gsize size)
{
  guint8 *memory = mmap (NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  gsize   before;

  if (memory == MAP_FAILED)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes of templates", size);
  before = -(gsize) memory & (HUGE_PAGE - 1);
  if (before > 0)
    munmap (memory, before);
  if (HUGE_PAGE > before)
    munmap (memory + before + size, HUGE_PAGE - before);
  memory += before;
  (void) madvise (memory, size, MADV_DONTDUMP);
  if (size >= HUGE_PAGE)
    (void) madvise (memory, size, MADV_HUGEPAGE);
  return memory;
}

/* Takes the next @size bytes of the segment's memory, on a cache line's boundary. Without memory it only counts. */
static void *
take (VvSegment *self,
      gsize      size)
{
  guint8 *part = self->memory != NULL ? self->memory + self->size : NULL;

  self->size += (size + 63) / 64 * 64;
  return part;
}

static void
lay_out (VvSegment *self,
         gboolean   with_rows)
{
  gsize n = self->capacity;

  self->size = 0;
  self->codes4 = take (self, n * self->length / 2);
  self->residuals4 = take (self, n * sizeof *self->residuals4);
  self->codes8 = take (self, n * self->stride);
  self->scales8 = take (self, n * sizeof *self->scales8);
  self->ids = take (self, n * sizeof *self->ids);
  self->rows = with_rows ? take (self, n * self->stride * sizeof *self->rows) : NULL;
  self->size = (self->size + 4095) / 4096 * 4096;
}

VvSegment *
vv_segment_new (guint    length,
                guint    capacity,
                gboolean with_rows)
{
  VvSegment *self = g_new0 (VvSegment, 1);

  g_atomic_ref_count_init (&self->refs);
  self->length = length;
  self->stride = vv_segment_stride (length);
  self->capacity = capacity;
  self->runs = g_array_new (FALSE, FALSE, sizeof (VvRun));
  lay_out (self, with_rows);
  self->memory = map_memory (self->size);
  lay_out (self, with_rows);
  return self;
}

VvSegment *
vv_segment_ref (VvSegment *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
wipe (VvSegment *self)
{
  gsize n = (self->n_written + VV_GROUP - 1) / VV_GROUP * VV_GROUP; /* a group's codes lie between each other */

  explicit_bzero (self->codes4, n * self->length / 2);
  explicit_bzero (self->residuals4, n * sizeof *self->residuals4);
  explicit_bzero (self->codes8, n * self->stride);
  explicit_bzero (self->scales8, n * sizeof *self->scales8);
  explicit_bzero (self->ids, n * sizeof *self->ids);
  if (self->rows != NULL)
    explicit_bzero (self->rows, n * self->stride * sizeof *self->rows);
}

void
vv_segment_unref (VvSegment *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  wipe (self);
  munmap (self->memory, self->size);
  g_array_unref (self->runs);
  g_free (self);
}

static void
note_id (VvSegment *self,
         gint64     id)
{
  gboolean first = self->n_written == 0;
  VvRun   *last = first ? NULL : &g_array_index (self->runs, VvRun, self->runs->len - 1);
  VvRun    fresh = { self->n_written, id, id };

  if (last != NULL && id > last->highest)
    last->highest = id;
  else
    g_array_append_val (self->runs, fresh);
  self->lowest = first ? id : MIN (self->lowest, id);
  self->highest = first ? id : MAX (self->highest, id);
}

static guint8 *
group_of (const VvSegment *self,
          guint            at)
{
  return self->codes4 + (gsize) at / VV_GROUP * VV_GROUP * self->length / 2;
}

void
vv_segment_append (VvSegment   *self,
                   gint64       id,
                   const float *numbers)
{
  guint at = self->n_written;

  g_assert (at < self->capacity);

  note_id (self, id);
  self->ids[at] = id;
  self->residuals4[at] = vv_code4_write (numbers, self->length, at % VV_GROUP, group_of (self, at));
  self->scales8[at] = vv_code8_write (numbers, self->length, self->codes8 + (gsize) at * self->stride);
  if (self->rows != NULL)
    memcpy (self->rows + (gsize) at * self->stride, numbers, self->length * sizeof *numbers);
  self->n_written++;
}

void
vv_segment_append_from (VvSegment       *self,
                        const VvSegment *from,
                        guint            row)
{
  guint         at = self->n_written;
  guint8       *to_group = group_of (self, at);
  const guint8 *from_group = group_of (from, row);

  g_assert (at < self->capacity && (self->rows == NULL) == (from->rows == NULL));

  note_id (self, from->ids[row]);
  self->ids[at] = from->ids[row];
  self->residuals4[at] = from->residuals4[row];
  self->scales8[at] = from->scales8[row];
  memcpy (self->codes8 + (gsize) at * self->stride, from->codes8 + (gsize) row * self->stride, self->stride);
  for (guint r = 0; r < self->length / 4; r++)
    memcpy (to_group + r * 64 + 2 * (at % VV_GROUP), from_group + r * 64 + 2 * (row % VV_GROUP), 2);
  if (self->rows != NULL)
    memcpy (self->rows + (gsize) at * self->stride, from->rows + (gsize) row * self->stride, self->stride * sizeof (float));
  self->n_written++;
}

void
vv_segment_append_pack (VvSegment        *self,
                        const VvCodePack *pack,
                        guint             first,
                        guint             n)
{
  gsize at = self->n_written;

  g_assert (at % VV_GROUP == 0 && first % VV_GROUP == 0 && n % VV_GROUP == 0 && n <= self->capacity - at && self->rows == NULL);

  memcpy (self->ids + at, pack->ids + first, n * sizeof *self->ids);
  memcpy (self->codes4 + at * self->length / 2, pack->codes4 + (gsize) first * self->length / 2, (gsize) n * self->length / 2);
  memcpy (self->residuals4 + at, pack->residuals4 + first, n * sizeof *self->residuals4);
  memcpy (self->codes8 + at * self->stride, pack->codes8 + (gsize) first * self->stride, (gsize) n * self->stride);
  memcpy (self->scales8 + at, pack->scales8 + first, n * sizeof *self->scales8);
  for (guint i = 0; i < n; i++, self->n_written++)
    note_id (self, pack->ids[first + i]);
}
