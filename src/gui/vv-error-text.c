// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "vv-error-text.h"

/* Messages of the other rooms are sentences already; those of GLib name paths and system calls. */
static const char *
foreign_text (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return _ ("The disk is full. Free some space and try again; nothing was lost.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    return _ ("The file or folder may not be used by this account of the computer. Ask your administrator.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return _ ("The file or folder is not there any more. Choose another one.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return _ ("The other side took too long to answer. Try again later.");
  return _ ("This could not be done. Try again; if it happens again, tell your administrator.");
}

char *
vv_error_text (const GError *error)
{
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  /* Every room's domain begins like this, whatever follows. */
  if (g_str_has_prefix (g_quark_to_string (error->domain), "vv"))
    return g_strdup (error->message);
  g_debug ("%s %d", g_quark_to_string (error->domain), error->code);
  return g_strdup (foreign_text (error));
}
