// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* A picture at full size and at halves of it, so that any zoom reads about as many pixels as it shows.
 *
 * Level 0 is the picture itself (no copy). Each further level has half the width and height of the one
 * before, rounded up; a pixel of it is the rounded mean of 2 x 2 pixels, (a + b + c + d + 2) / 4 for each
 * channel, where the last row or column of an odd size is counted twice. A point (x, y) of the picture is
 * at (x, y) / 2^shift of a level. All levels are opaque: a picture with transparent parts is laid over
 * VV_PYRAMID_BACKGROUND first (only then is level 0 a copy).
 *
 * Memory: a third of the picture on top of the picture. Never changed after it was made; any thread. */
typedef struct _VvPyramid VvPyramid;

/* Neutral dark grey, each channel: what surrounds a picture and shows through it. */
#define VV_PYRAMID_BACKGROUND 0x2e

/* A quick first sight, a few milliseconds for 24 megapixels: level 0 and, from about 1024 pixels downwards,
 * levels that start from one pixel in 2^shift instead of the mean. Small pictures are complete at once.
 * @picture: (transfer none). Returns: (transfer full). */
VvPyramid *vv_pyramid_new_preview (VvPicture *picture);

/* The complete pyramid of the same picture. Blocks for some 50 ms with 24 megapixels: not in the main
 * thread. Returns: (transfer full) (nullable): NULL when @cancellable was cancelled. */
VvPyramid *vv_pyramid_new_complete (VvPyramid    *preview,
                                    GCancellable *cancellable);

/* Both steps. Returns: (transfer full). */
VvPyramid *vv_pyramid_new (VvPicture *picture);

VvPyramid *vv_pyramid_ref (VvPyramid *self);
void       vv_pyramid_unref (VvPyramid *self);

/* FALSE for a preview whose levels were not averaged. */
gboolean vv_pyramid_is_complete (const VvPyramid *self);

guint vv_pyramid_get_n_levels (const VvPyramid *self);

/* Level @index, 0 is the picture; *@out_shift is its power of two. Returns: (transfer none). */
VvPicture *vv_pyramid_get_level (const VvPyramid *self,
                                 guint            index,
                                 int             *out_shift);

/* The level to read for @scale output pixels per picture pixel: the smallest that is not magnified, or the
 * next smaller one where a preview lacks it. Returns: (transfer none). */
VvPicture *vv_pyramid_pick (const VvPyramid *self,
                            double           scale,
                            int             *out_shift);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvPyramid, vv_pyramid_unref)

G_END_DECLS
