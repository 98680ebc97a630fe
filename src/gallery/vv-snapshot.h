// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-segment.h"

G_BEGIN_DECLS

/* The first templates of a segment, less those that were taken out. */
typedef struct
{
  VvSegment *segment;
  guint      n;      /* how many of the segment's templates belong to this snapshot */
  guint      n_dead; /* how many of them were taken out */
  GBytes    *dead;   /* a word of 32 bits for each group, a bit for each template taken out; NULL while there is none */
} VvSlice;

/* The gallery at one moment. Once published it never changes and any thread may read it; whoever makes the next
 * one edits a copy. */
typedef struct
{
  gatomicrefcount refs;
  guint           length;
  guint           capacity;  /* of a segment */
  gboolean        with_rows; /* whether segments keep templates as floats */
  gsize           size;      /* templates in it */
  GArray         *slices;    /* of VvSlice, whole groups */
  VvSlice         tail;      /* what does not fill a group yet, in a segment of its own; its segment may be NULL */
} VvSnapshot;

/* (transfer full) */
VvSnapshot *vv_snapshot_new (guint    length,
                             guint    capacity,
                             gboolean with_rows);
VvSnapshot *vv_snapshot_copy (VvSnapshot *self);
VvSnapshot *vv_snapshot_ref (VvSnapshot *self);
void        vv_snapshot_unref (VvSnapshot *self);

/* Words of a slice's bitmap. */
const guint32 *vv_slice_dead (const VvSlice *self);

/* Whether one of the ids is there; only for the newest snapshot, by the holder of the gallery's write lock. */
gboolean vv_snapshot_contains (VvSnapshot   *self,
                               const gint64 *ids,
                               gsize         n);

/* Editing a copy that nobody else has seen; only the holder of the gallery's write lock, and only from the newest
 * snapshot. No id may be there already. */
void vv_snapshot_append (VvSnapshot   *self,
                         const gint64 *ids,
                         const float  *templates,
                         gsize         n);
void vv_snapshot_append_pack (VvSnapshot       *self,
                              const VvCodePack *pack);
void vv_snapshot_remove (VvSnapshot   *self,
                         const gint64 *ids,
                         gsize         n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvSnapshot, vv_snapshot_unref)

G_END_DECLS
