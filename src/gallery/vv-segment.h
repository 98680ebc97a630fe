// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-codes.h"
#include "vv-code-pack.h"

G_BEGIN_DECLS

/* Templates are written, scanned and masked in groups of this many. */
#define VV_GROUP 32

/* How many templates a segment holds unless a test asks for less. */
#define VV_SEGMENT_CAPACITY 32768

/* Rows whose ids rise; the next run begins where this one ends. */
typedef struct
{
  guint  first;
  gint64 lowest;
  gint64 highest;
} VvRun;

/* Room for many templates in one piece of memory, filled one after another. What is written never changes: a reader
 * who learned, through a lock, that n templates are there may read these n without one. One thread at a time may write
 * behind them, and never into a group of which a reader knows a part: its codes lie between each other. */
typedef struct
{
  gatomicrefcount refs;
  guint           length; /* numbers in a template */
  guint           stride; /* the same padded with zeros to a multiple of VV_KERNEL_LANES */
  guint           capacity;

  guint8  *codes4; /* groups of 4-bit codes */
  guint16 *residuals4;
  gint8   *codes8; /* capacity x stride, padded with zeros */
  VvCode8 *scales8;
  gint64  *ids;
  float   *rows; /* capacity x stride; NULL when they are kept elsewhere */

  guint8 *memory; /* all of the above */
  gsize   size;

  /* Of the writer; readers keep off: */
  guint   n_written;
  GArray *runs; /* of VvRun; ids come in order nearly always, so they are few */
  gint64  lowest;
  gint64  highest;
} VvSegment;

/* @capacity: a multiple of VV_GROUP. Memory is taken from the system as it is written to. (transfer full) */
VvSegment *vv_segment_new (guint    length,
                           guint    capacity,
                           gboolean with_rows);
VvSegment *vv_segment_ref (VvSegment *self);

/* The last one out wipes the memory. */
void vv_segment_unref (VvSegment *self);

/* Writes one more template; there must be room. */
void vv_segment_append (VvSegment   *self,
                        gint64       id,
                        const float *numbers);

/* The same with template @row of @from, which keeps rows if this one does. */
void vv_segment_append_from (VvSegment       *self,
                             const VvSegment *from,
                             guint            row);

/* The same with templates @first to @first + @n - 1 of a pack; all of these, and what was written before, whole groups.
 * Not for a segment with rows. */
void vv_segment_append_pack (VvSegment        *self,
                             const VvCodePack *pack,
                             guint             first,
                             guint             n);

/* Length of a padded row of floats. */
guint vv_segment_stride (guint length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvSegment, vv_segment_unref)

G_END_DECLS
