// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What this machine can do, with the rooms as they are. Nothing is kept. All block, and return (transfer full) figures,
 * or NULL with an error of the room that failed. */

typedef struct
{
  gsize       templates;
  guint       length; /* of a template */
  gsize       k;
  guint       threads; /* 0: one per core */
  gsize       queries; /* at once */
  const char *people;  /* (nullable) folder of pictures whose templates are repeated with noise; gives the length */
} VvMeasuredSearch;

/* As vv_bench_search() of the gallery: exact search over made-up templates or those of pictures. */
JsonObject *vv_measure_search (const VvMeasuredSearch *wanted,
                               GCancellable           *cancellable,
                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* From unlocked keys to a searchable gallery, with @templates of 128 numbers in an encrypted desk made for this in the
 * temporary folder: "seconds" (reading, checking, taking in), "mb_per_s" of what is read, and for comparison, turn by turn,
 * "cipher_seconds" and "cipher_mb_per_s": AES-256-CBC with HMAC-SHA256 alone over as many bytes, page by page, one thread.
 * "bytes_per_template" of the gallery in memory; "search_ms": one search on one thread, the rows it needs out of the desk. */
JsonObject *vv_measure_load (gsize         templates,
                             GCancellable *cancellable,
                             GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Looking through a photo repository of @n photographs made for this, some of them @picture (a file), milliseconds: "page_ms",
 * "page_of_class_ms", "page_of_person_ms", "page_of_reference_ms" (the longest of some pages from all over), "facts_ms" (the
 * figures of the page), "read_p50_ms" and "read_p99_ms" (a photograph of 60 kB by its number, checked), "open_p50_ms" and
 * "open_worst_ms" (the same, decoded as well). */
JsonObject *vv_measure_repository (gsize         n,
                                   const char   *picture,
                                   GCancellable *cancellable,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Enrolling every picture file of folder @dir: "pictures_per_s" (read, decode, detect, landmarks, template; a worker per
 * processor) and "networks_only_per_s": the same networks over the same pictures, already decoded. */
JsonObject *vv_measure_enrol (const char   *dir,
                              GCancellable *cancellable,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Shared by measurements: a desk of its own in @dir, opened. Returns: (transfer full). And away with it, closed. */
typedef struct _VvVault VvVault;
VvVault                *_vv_bench_make_vault (const char *dir,
                                              GError    **error);
void                    _vv_bench_remove_vault (const char *dir);

G_END_DECLS
