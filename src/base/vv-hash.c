// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "vv-error.h"
#include "vv-hash.h"

#define READ_SIZE (256 * 1024)

char *
vv_hash_data (gconstpointer data, gsize size)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
}

char *
vv_hash_bytes (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

char *
vv_hash_file (const char *path, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar    *buffer = g_malloc (READ_SIZE);
  FILE                 *file = fopen (path, "rbe");
  gsize                 got;
  gboolean              failed;

  if (file == NULL)
    {
      g_set_error (error, VV_BASE_ERROR, VV_BASE_ERROR_FILE, _ ("“%s” cannot be read."), path);
      return NULL;
    }
  while ((got = fread (buffer, 1, READ_SIZE, file)) > 0)
    g_checksum_update (sum, buffer, (gssize) got);
  failed = ferror (file) != 0;
  (void) fclose (file); /* nothing was written */
  if (failed)
    {
      g_set_error (error, VV_BASE_ERROR, VV_BASE_ERROR_FILE, _ ("“%s” cannot be read to its end."), path);
      return NULL;
    }
  return g_strdup (g_checksum_get_string (sum));
}

gboolean
vv_hash_is_valid (const char *text)
{
  return text != NULL && strlen (text) == VV_HASH_LENGTH && strspn (text, "0123456789abcdef") == VV_HASH_LENGTH;
}
