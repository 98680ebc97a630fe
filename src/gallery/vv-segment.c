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
lay_out (VvSegment *self)
{
  gsize n = self->capacity;

  self->size = 0;
  self->codes4 = take (self, n * self->length / 2);
  self->residuals4 = take (self, n * sizeof *self->residuals4);
  self->codes8 = take (self, n * self->stride);
  self->scales8 = take (self, n * sizeof *self->scales8);
  self->rows = take (self, n * self->stride * sizeof *self->rows);
  self->ids = take (self, n * sizeof *self->ids);
  self->size = (self->size + 4095) / 4096 * 4096;
}

VvSegment *
vv_segment_new (guint32 serial,
                guint   length,
                guint   capacity)
{
  VvSegment *self = g_new0 (VvSegment, 1);

  g_atomic_ref_count_init (&self->refs);
  self->serial = serial;
  self->length = length;
  self->stride = vv_segment_stride (length);
  self->capacity = capacity;
  lay_out (self);
  self->memory = map_memory (self->size);
  lay_out (self);
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
  gsize n = self->n_written;

  explicit_bzero (self->codes4, n * self->length / 2);
  explicit_bzero (self->residuals4, n * sizeof *self->residuals4);
  explicit_bzero (self->codes8, n * self->stride);
  explicit_bzero (self->scales8, n * sizeof *self->scales8);
  explicit_bzero (self->rows, n * self->stride * sizeof *self->rows);
  explicit_bzero (self->ids, n * sizeof *self->ids);
}

void
vv_segment_unref (VvSegment *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  wipe (self);
  munmap (self->memory, self->size);
  g_free (self);
}

void
vv_segment_append (VvSegment    *self,
                   const gint64 *ids,
                   const float  *templates,
                   gsize         step,
                   guint         n)
{
  g_assert (n % VV_GROUP == 0 && n <= self->capacity - self->n_written);

  for (guint i = 0; i < n; i++)
    {
      gsize at = (gsize) self->n_written + i;
      const float *template = templates + i * step;
      guint8 *group = self->codes4 + at / VV_GROUP * VV_GROUP * self->length / 2;

      self->ids[at] = ids[i];
      memcpy (self->rows + at * self->stride, template, self->length * sizeof *template);
      self->residuals4[at] = vv_code4_write (template, self->length, at % VV_GROUP, group);
      self->scales8[at] = vv_code8_write (template, self->length, self->codes8 + at * self->stride);
    }
  self->n_written += n;
}
