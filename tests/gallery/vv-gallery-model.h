// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-gallery.h"

G_BEGIN_DECLS

/* What the gallery promises, written as plainly as can be: templates in a list, a score as a loop over numbers, an
 * answer as a sort of everything. The tests compare the gallery with this. */
typedef struct
{
  guint   length;
  GArray *ids;       /* of gint64 */
  GArray *templates; /* of float, length numbers for each id */
} VvGalleryModel;

VvGalleryModel *vv_gallery_model_new (guint length);
void            vv_gallery_model_free (VvGalleryModel *self);
void            vv_gallery_model_add (VvGalleryModel *self,
                                      gint64          id,
                                      const float *template);
void            vv_gallery_model_remove (VvGalleryModel *self,
                                         gint64          id);

/* The score in the order that vv-kernel.h lays down. */
float vv_gallery_model_score (const float *a,
                              const float *b,
                              guint        length);

/* All templates, or those whose id is a multiple of @nth, best first. (transfer full) GArray of VvGalleryHit. */
GArray *vv_gallery_model_search (VvGalleryModel *self,
                                 const float    *query,
                                 gint64          nth);

/* Kinds of data, from friendly to hostile. */
typedef enum
{
  VV_DATA_SPREAD,    /* every direction alike */
  VV_DATA_CLUSTERED, /* people with several pictures each */
  VV_DATA_COPIES,    /* few different templates, each many times */
  VV_DATA_ONE_HOT,   /* one number 1 or -1, the rest 0 */
  VV_DATA_HEAVY,     /* a few very large numbers */
  VV_DATA_SIGNS,     /* all numbers of the same size: many equal scores */
  VV_DATA_NEAR,      /* almost the same: differences in the last bits */
  VV_DATA_MIXED,     /* all of these */
  VV_N_DATA
} VvData;

/* Fills @n rows of length 1. */
void vv_gallery_model_fill (GRand *rand,
                            VvData kind,
                            guint  length,
                            gsize  n,
                            float *ret_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvGalleryModel, vv_gallery_model_free)

G_END_DECLS
