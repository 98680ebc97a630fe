// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-segment.h"

G_BEGIN_DECLS

/* The first templates of a segment, less those that were taken out. */
typedef struct
{
  VvSegment *segment;
  guint      n;      /* how many of the segment's templates belong to this snapshot, a multiple of VV_GROUP */
  guint      n_dead; /* how many of them were taken out */
  GBytes    *dead;   /* n / VV_GROUP words of 32 bits, a bit for each template taken out; NULL while there is none */
} VvSlice;

/* The gallery at one moment. Once published it never changes and any thread may read it; whoever makes the next
 * one edits a copy. */
typedef struct
{
  gatomicrefcount refs;
  guint           length;
  guint           capacity; /* of a segment */
  gsize           size;     /* templates in it */
  GArray         *slices;   /* of VvSlice */
  guint           n_tail;   /* templates that do not fill a group yet, less than VV_GROUP */
  gint64         *tail_ids;
  float          *tail; /* n_tail rows of padded length */
} VvSnapshot;

/* (transfer full) */
VvSnapshot *vv_snapshot_new (guint length,
                             guint capacity);
VvSnapshot *vv_snapshot_copy (VvSnapshot *self);
VvSnapshot *vv_snapshot_ref (VvSnapshot *self);
void        vv_snapshot_unref (VvSnapshot *self);

/* Words of a slice's bitmap. */
const guint32 *vv_slice_dead (const VvSlice *self);

/* Where a template is: the segment's serial and the row in it, or VV_PLACE_TAIL. */
typedef guint64 VvPlace;
#define VV_PLACE_TAIL ((VvPlace) 0)

/* Editing a copy that nobody else has seen; only the holder of the gallery's write lock, and only from the newest
 * snapshot. Both keep @places (id -> VvPlace) right. */
void vv_snapshot_append (VvSnapshot   *self,
                         const gint64 *ids,
                         const float  *templates,
                         gsize         n,
                         GHashTable   *places,
                         guint32      *next_serial);
void vv_snapshot_remove (VvSnapshot   *self,
                         const gint64 *ids,
                         gsize         n,
                         GHashTable   *places,
                         guint32      *next_serial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvSnapshot, vv_snapshot_unref)

G_END_DECLS
