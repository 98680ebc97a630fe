// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "vv-error.h"
#include "vv-secret.h"

struct _VvSecret
{
  gsize   size;
  guint8 *data; /* (owned) by sodium_malloc() */
};

gboolean
vv_secret_init (GError **error)
{
  if (sodium_init () < 0)
    {
      g_set_error_literal (error, VV_BASE_ERROR, VV_BASE_ERROR_MEMORY,
                           _ ("The cryptographic library could not be started."));
      return FALSE;
    }
  return TRUE;
}

VvSecret *
vv_secret_new (gsize size)
{
  VvSecret *self = g_new0 (VvSecret, 1);

  self->size = size;
  self->data = sodium_malloc (MAX (size, 1));
  if (self->data == NULL)
    g_error ("no locked memory left: raise the limit on locked memory (ulimit -l)");
  memset (self->data, 0, MAX (size, 1));
  return self;
}

VvSecret *
vv_secret_copy (gconstpointer data, gsize size)
{
  VvSecret *self = vv_secret_new (size);

  memcpy (self->data, data, size);
  return self;
}

VvSecret *
vv_secret_from_text (const char *text)
{
  return vv_secret_copy (text, strlen (text));
}

guint8 *
vv_secret_data (VvSecret *self)
{
  return self->data;
}

gsize
vv_secret_size (const VvSecret *self)
{
  return self->size;
}

void
vv_secret_free (VvSecret *self)
{
  if (self == NULL)
    return;
  sodium_free (self->data);
  g_free (self);
}
