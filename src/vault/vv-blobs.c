// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-vault-private.h"

char *
vv_vault_put_blob (VvVault *self, GBytes *bytes, GError **error)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (self != NULL && bytes != NULL, NULL);

  if (!vv_vault_require_transaction (self, error))
    return NULL;
  hash = vv_hash_bytes (bytes);
  if (!vv_database_run (self->db, error,
                        "INSERT INTO blob (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING", "tb",
                        hash, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
    return NULL;
  return g_steal_pointer (&hash);
}

GBytes *
vv_vault_blob (VvVault *self, const char *sha256, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;
  g_autoptr (GBytes)       bytes = NULL;
  g_autofree char         *hash = NULL;

  g_return_val_if_fail (self != NULL && sha256 != NULL, NULL);

  statement = vv_database_prepare (self->db, error, "SELECT bytes FROM blob WHERE sha256 = ?", "t", sha256);
  if (statement == NULL)
    return NULL;
  if (!vv_database_step (statement, &cause))
    {
      if (cause == NULL)
        cause = g_error_new_literal (VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND, _ ("This file is not kept in the desk."));
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  bytes = vv_database_bytes (statement, 0);
  hash = vv_hash_bytes (bytes);
  if (strcmp (hash, sha256) != 0)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED,
                           _ ("A kept file was changed after it was stored. Restore the desk from a backup."));
      return NULL;
    }
  return g_steal_pointer (&bytes);
}
