// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Length of a SHA-256 in lower-case hexadecimal, without the closing zero. */
#define VV_HASH_LENGTH 64

/* SHA-256 (FIPS 180-4) of @size bytes at @data, as 64 lower-case hexadecimal digits.
 * Returns: (transfer full). Any thread. */
char *vv_hash_data (gconstpointer data,
                    gsize         size);

/* The same of a GBytes. Returns: (transfer full). Any thread. */
char *vv_hash_bytes (GBytes *bytes);

/* The same of a file, read in pieces. Returns: (transfer full), or NULL with VV_BASE_ERROR_FILE.
 * Blocks on disk. Any thread. */
char *vv_hash_file (const char *path,
                    GError    **error);

/* Whether @text is 64 lower-case hexadecimal digits. Any thread. */
gboolean vv_hash_is_valid (const char *text);

G_END_DECLS
