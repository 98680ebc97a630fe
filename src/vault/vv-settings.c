// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include "vv-json.h"
#include "vv-vault-private.h"

/* The first column of the one row, or NULL: without an error when there is no row. */
static JsonObject *
read_one (sqlite3_stmt *statement, GError **error)
{
  if (statement == NULL || !vv_database_step (statement, error))
    return NULL;
  return vv_database_json (statement, 0, error);
}

JsonObject *
vv_vault_setting (VvVault *self, const char *name, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  statement = vv_database_prepare (self->db, error, "SELECT value FROM setting WHERE name = ?", "t", name);
  return read_one (statement, error);
}

gboolean
vv_vault_set_setting (VvVault *self, const char *name, JsonObject *value, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  if (value == NULL)
    return vv_database_run (self->db, error, "DELETE FROM setting WHERE name = ?", "t", name);
  text = vv_json_canonical (value);
  return vv_database_run (self->db, error,
                          "INSERT INTO setting (name, value) VALUES (?, ?)"
                          " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                          "tt", name, text);
}

JsonObject *
vv_vault_draft (VvVault *self, gint64 request, const char *key, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  statement = vv_database_prepare (self->db, error,
                                   "SELECT value FROM draft WHERE account = ? AND request = ? AND key = ?", "tit",
                                   self->account, request, key);
  return read_one (statement, error);
}

gboolean
vv_vault_set_draft (VvVault *self, gint64 request, const char *key, JsonObject *value, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  if (value == NULL)
    return vv_database_run (self->db, error, "DELETE FROM draft WHERE account = ? AND request = ? AND key = ?", "tit",
                            self->account, request, key);
  text = vv_json_canonical (value);
  return vv_database_run (self->db, error,
                          "INSERT INTO draft (account, request, key, value) VALUES (?, ?, ?, ?)"
                          " ON CONFLICT (account, request, key) DO UPDATE SET value = excluded.value",
                          "titt", self->account, request, key, text);
}
