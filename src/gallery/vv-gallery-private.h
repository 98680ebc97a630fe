// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-gallery.h"

G_BEGIN_DECLS

/* For tests: a gallery whose segments hold @capacity templates each, a multiple of VV_GROUP, so that a few
 * templates fill many segments. */
VvGallery *vv_gallery_new_with_capacity (guint length,
                                         guint capacity);
VvGallery *vv_gallery_new_with_source (guint         length,
                                       guint         capacity,
                                       VvGalleryRows rows,
                                       gpointer      data);

/* For tests and measuring: how many scores the search that ended last computed in float32. */
guint64 vv_gallery_n_scored (VvGallery *self);

G_END_DECLS
