// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  VV_GALLERY_ERROR_TEMPLATE,  /* not a number, or not of length 1 */
  VV_GALLERY_ERROR_DUPLICATE, /* the id is in the gallery already */
  VV_GALLERY_ERROR_GONE,      /* a template was taken out while it was searched */
  VV_GALLERY_ERROR_PACK,      /* not a pack of this format and length */
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

/* Ids that may be in an answer: a bit for each from @first on, words of 64, lowest bit first. */
typedef struct
{
  gint64         first;
  gsize          n;
  const guint64 *bits;
} VvGalleryFilter;

/* Where a gallery that does not keep its templates as floats finds them: writes that of @ids[i] to @ret_rows[i * @step]
 * and on, @n of them, and nothing behind it. VV_GALLERY_ERROR_GONE when one was taken out in the meantime; the gallery must
 * learn of that by vv_gallery_remove() before. Called from the thread that searches. */
typedef gboolean (*VvGalleryRows) (const gint64 *ids,
                                   gsize         n,
                                   float        *ret_rows,
                                   gsize         step,
                                   gpointer      data,
                                   GError      **error);

/* @length: numbers in a template, a multiple of 4. Returns: (transfer full). */
VvGallery *vv_gallery_new (guint length);

/* The same in 210 bytes instead of 722 for a template of 128 numbers: only codes stay in memory, and the few templates
 * that a search has to know exactly are asked of @rows. Returns: (transfer full). */
VvGallery *vv_gallery_new_without_rows (guint         length,
                                        VvGalleryRows rows,
                                        gpointer      data);
VvGallery *vv_gallery_ref (VvGallery *self);

/* The last one out wipes the memory. */
void vv_gallery_unref (VvGallery *self);

/* Templates in the gallery. */
gsize vv_gallery_size (VvGallery *self);

/* Adds @n templates, row after row, all or none. */
gboolean vv_gallery_add (VvGallery    *self,
                         const gint64 *ids,
                         const float  *templates,
                         gsize         n,
                         GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Templates are packed in multiples of this. */
#define VV_GALLERY_PACK_GROUP 32

/* The codes of @n templates, ready to be taken into a gallery at the speed of memory. @ids rise. Returns: (transfer full). */
GBytes *vv_gallery_pack (guint         length,
                         const gint64 *ids,
                         const float  *templates,
                         gsize         n);

/* Adds what vv_gallery_pack() made to a gallery without rows, all or nothing; @data is aligned for a gint64. That the
 * pack is whole must be known before: it is not made again from the templates. */
gboolean vv_gallery_add_pack (VvGallery    *self,
                              gconstpointer data,
                              gsize         size,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Bytes of memory that the gallery takes, without what the system rounds up. */
gsize vv_gallery_bytes (VvGallery *self);

/* Takes templates out; ids that are not there are passed over. */
void vv_gallery_remove (VvGallery    *self,
                        const gint64 *ids,
                        gsize         n);

/* The @k best of every query: score falling, id rising where scores are equal; always what a plain float32
 * scan of all templates gives, whatever the data and the number of threads. @queries: @n_queries rows.
 * @threads: 0 for one per core. @filter: (nullable). @ret_hits: room for n_queries * k, filled row by row.
 * @ret_counts: n_queries numbers, how many hits each row has (less than @k in a small gallery).
 * Returns FALSE with VV_GALLERY_ERROR, G_IO_ERROR_CANCELLED (within some milliseconds) or
 * what went wrong with fetching. */
gboolean vv_gallery_search (VvGallery             *self,
                            const float           *queries,
                            gsize                  n_queries,
                            gsize                  k,
                            guint                  threads,
                            const VvGalleryFilter *filter,
                            VvGalleryHit          *ret_hits,
                            gsize                 *ret_counts,
                            GCancellable          *cancellable,
                            GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvGallery, vv_gallery_unref)

G_END_DECLS
