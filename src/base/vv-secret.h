// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that must not be seen: kept in locked memory that is never swapped or dumped, guarded by pages
 * that fault, and overwritten when freed (libsodium's sodium_malloc). */
typedef struct _VvSecret VvSecret;

/* Starts libsodium; every program calls it once, first. Returns FALSE with VV_BASE_ERROR_MEMORY. */
gboolean vv_secret_init (GError **error);

/* @size zero bytes of locked memory; never NULL (the program stops when locked memory cannot be had).
 * Returns: (transfer full). Any thread. */
VvSecret *vv_secret_new (gsize size);

/* A copy of @size bytes at @data; @data itself is left as it is. Returns: (transfer full). Any thread. */
VvSecret *vv_secret_copy (gconstpointer data,
                          gsize         size);

/* A secret from a C string, without its closing zero. Returns: (transfer full). Any thread. */
VvSecret *vv_secret_from_text (const char *text);

/* The bytes; valid until @self is freed. */
guint8 *vv_secret_data (VvSecret *self);
gsize   vv_secret_size (const VvSecret *self);

/* Overwrites and frees. NULL is fine. */
void vv_secret_free (VvSecret *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvSecret, vv_secret_free)

G_END_DECLS
