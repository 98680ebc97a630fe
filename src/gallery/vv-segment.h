// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-codes.h"

G_BEGIN_DECLS

/* Templates are written, scanned and masked in groups of this many. */
#define VV_GROUP 32

/* How many templates a segment holds unless a test asks for less. */
#define VV_SEGMENT_CAPACITY 32768

/* Room for many templates in one piece of memory, filled group by group. What is written never changes: a reader
 * who learned, through a lock, that n templates are there may read these n without one. One thread at
 * a time may write behind them. */
typedef struct
{
  gatomicrefcount refs;
  guint32         serial; /* unlike that of any other segment of the gallery */
  guint           length; /* numbers in a template */
  guint           stride; /* the same padded with zeros to a multiple of VV_KERNEL_LANES */
  guint           capacity;
  guint           n_written;

  guint8  *codes4; /* groups of 4-bit codes */
  guint16 *residuals4;
  gint8   *codes8; /* capacity x stride, padded with zeros */
  VvCode8 *scales8;
  float   *rows; /* capacity x stride */
  gint64  *ids;

  guint8 *memory; /* all of the above */
  gsize   size;
} VvSegment;

/* @capacity: a multiple of VV_GROUP. Memory is taken from the system as it is written to. (transfer full) */
VvSegment *vv_segment_new (guint32 serial,
                           guint   length,
                           guint   capacity);
VvSegment *vv_segment_ref (VvSegment *self);

/* The last one out wipes the memory. */
void vv_segment_unref (VvSegment *self);

/* Writes @n more templates, a multiple of VV_GROUP and not more than there is room for; @step floats from one
 * to the next. */
void vv_segment_append (VvSegment    *self,
                        const gint64 *ids,
                        const float  *templates,
                        gsize         step,
                        guint         n);

/* Length of a padded row of floats. */
guint vv_segment_stride (guint length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvSegment, vv_segment_unref)

G_END_DECLS
