// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  VV_GALLERY_ERROR_TEMPLATE,  /* not a number, or not of length 1 */
  VV_GALLERY_ERROR_DUPLICATE, /* the id is in the gallery already */
} VvGalleryError;

#define VV_GALLERY_ERROR (vv_gallery_error_quark ())
GQuark vv_gallery_error_quark (void);

/* Templates of one recogniser in memory, and the exact search over them. Knows numbers, not people.
 * Thread-safe: searches run beside each other and beside add and remove; each sees the gallery as it was
 * when it began. */
typedef struct _VvGallery VvGallery;

typedef struct
{
  gint64 id;
  float  score; /* cosine, -1..1: the float32 product with one fixed order of summation */
} VvGalleryHit;

/* Whether an id may be in the answer; called from the searching threads. */
typedef gboolean (*VvGalleryFilter) (gint64   id,
                                     gpointer data);

/* @length: numbers in a template, a multiple of 4. Returns: (transfer full). */
VvGallery *vv_gallery_new (guint length);
void       vv_gallery_free (VvGallery *self);

/* Templates in the gallery. */
gsize vv_gallery_size (VvGallery *self);

/* Adds @n templates, row after row, all or none. */
gboolean vv_gallery_add (VvGallery    *self,
                         const gint64 *ids,
                         const float  *templates,
                         gsize         n,
                         GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes templates out; ids that are not there are passed over. */
void vv_gallery_remove (VvGallery    *self,
                        const gint64 *ids,
                        gsize         n);

/* The @k best of every query: score falling, id rising where scores are equal; always what a plain float32
 * scan of all templates gives, whatever the data and the number of threads. @queries: @n_queries rows.
 * @threads: 0 for one per core. @filter: (nullable). @ret_hits: room for n_queries * k, filled row by row.
 * @ret_counts: n_queries numbers, how many hits each row has (less than @k in a small gallery).
 * Returns FALSE with VV_GALLERY_ERROR or G_IO_ERROR_CANCELLED. */
gboolean vv_gallery_search (VvGallery      *self,
                            const float    *queries,
                            gsize           n_queries,
                            gsize           k,
                            guint           threads,
                            VvGalleryFilter filter,
                            gpointer        filter_data,
                            VvGalleryHit   *ret_hits,
                            gsize          *ret_counts,
                            GCancellable   *cancellable,
                            GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvGallery, vv_gallery_free)

G_END_DECLS
