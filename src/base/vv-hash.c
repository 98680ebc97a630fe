// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "vv-error.h"
#include "vv-hash.h"

#define READ_SIZE (256 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)

/* OpenSSL's, since it uses the processor's own instructions: several times as fast as GLib's. */
static char *
to_text (const guint8 digest[VV_HASH_LENGTH / 2])
{
  char text[VV_HASH_LENGTH + 1];

  return g_strdup (sodium_bin2hex (text, sizeof text, digest, VV_HASH_LENGTH / 2));
}

char *
vv_hash_data (gconstpointer data, gsize size)
{
  guint8 digest[VV_HASH_LENGTH / 2];

  if (EVP_Digest (data, size, digest, /* length= */ NULL, EVP_sha256 (), /* engine= */ NULL) != 1)
    g_error ("SHA-256 is not available");
  return to_text (digest);
}

char *
vv_hash_bytes (GBytes *bytes)
{
  gsize         size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return vv_hash_data (data, size);
}

char *
vv_hash_file (const char *path, GError **error)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  g_autofree guchar     *buffer = g_malloc (READ_SIZE);
  FILE                  *file = fopen (path, "rbe");
  guint8                 digest[VV_HASH_LENGTH / 2];
  gsize                  got;
  gboolean               done;

  if (file == NULL)
    {
      g_set_error (error, VV_BASE_ERROR, VV_BASE_ERROR_FILE, _ ("“%s” cannot be read."), path);
      return NULL;
    }
  done = EVP_DigestInit_ex (context, EVP_sha256 (), /* engine= */ NULL) == 1;
  while (done && (got = fread (buffer, 1, READ_SIZE, file)) > 0)
    done = EVP_DigestUpdate (context, buffer, got) == 1;
  done = done && ferror (file) == 0 && EVP_DigestFinal_ex (context, digest, /* length= */ NULL) == 1;
  (void) fclose (file); /* nothing was written */
  if (!done)
    {
      g_set_error (error, VV_BASE_ERROR, VV_BASE_ERROR_FILE, _ ("“%s” cannot be read to its end."), path);
      return NULL;
    }
  return to_text (digest);
}

gboolean
vv_hash_is_valid (const char *text)
{
  return text != NULL && strlen (text) == VV_HASH_LENGTH && strspn (text, "0123456789abcdef") == VV_HASH_LENGTH;
}
