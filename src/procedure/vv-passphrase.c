// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-passphrase.h"
#include "vv-procedure-error.h"

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, text);
  return FALSE;
}

/* Whether @size bytes at @a and the text @b of @b_size bytes are the same but for the case of letters. No copy of the pass
 * phrase is made outside locked memory. */
static gboolean
is_same (const char *a, gsize size, const char *b, gsize b_size)
{
  return size == b_size && g_ascii_strncasecmp (a, b, size) == 0;
}

static gboolean
is_banned (const char *text, gsize size, const char *banned)
{
  const char *line = banned;

  while (line != NULL && *line != '\0')
    {
      gsize length = strcspn (line, "\r\n");

      if (*line != '#' && length > 0 && is_same (text, size, line, length))
        return TRUE;
      line += length + strspn (line + length, "\r\n");
    }
  return FALSE;
}

/* "aaaaaaaa", "abababab": a piece of at most 3 bytes, over and over. */
static gboolean
repeats (const char *text, gsize size)
{
  for (gsize piece = 1; piece <= 3; piece++)
    if (memcmp (text, text + piece, size - piece) == 0)
      return TRUE;
  return FALSE;
}

gboolean
vv_passphrase_check (VvSecret *passphrase, const char *account, const char *banned, GError **error)
{
  const char *text = (const char *) vv_secret_data (passphrase);
  const gsize size = vv_secret_size (passphrase);

  if (size > VV_PASSPHRASE_MAX || !g_utf8_validate_len (text, size, /* end= */ NULL))
    return refuse (error, _ ("This pass phrase cannot be used: it is longer than 1000 bytes or holds something that is not text."));
  if (g_utf8_strlen (text, (gssize) size) < VV_PASSPHRASE_MIN)
    return refuse (error, _ ("A pass phrase has at least 8 characters; several words are best."));
  if (is_same (text, size, account, strlen (account)))
    return refuse (error, _ ("The pass phrase is the account's name. Choose another one."));
  if (repeats (text, size))
    return refuse (error, _ ("The pass phrase repeats one short piece. Choose another one; several words are best."));
  if (is_banned (text, size, banned))
    return refuse (error, _ ("This pass phrase is on the list of those that are guessed first. Choose another one."));
  return TRUE;
}
