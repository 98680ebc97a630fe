// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-json.h"
#include "vv-vault-private.h"

/* What may change about a queued document; which document goes where may not. */
static const char *const changing[] = { "state", "attempts", "next_try", "receipt", "last_error", NULL };

static gint64
find_queued (VvVault *self, const char *document, const char *folder, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = vv_database_prepare (self->db, error, "SELECT id FROM outbox WHERE document = ? AND folder = ?", "tt",
                                   document, folder);
  if (statement == NULL || !vv_database_step (statement, error))
    return 0;
  return sqlite3_column_int64 (statement, 0);
}

gint64
vv_vault_queue (VvVault *self, JsonObject *entry, GError **error)
{
  const char            *document, *folder, *state;
  g_autoptr (JsonObject) kept = NULL;
  g_autofree char       *text = NULL;

  g_return_val_if_fail (self != NULL && entry != NULL, 0);

  if (!vv_vault_require_transaction (self, error))
    return 0;
  document = vv_json_string (entry, "document");
  folder = vv_json_string (entry, "folder");
  state = vv_json_string (entry, "state");
  kept = vv_json_copy (entry);
  json_object_remove_member (kept, "id");
  text = vv_json_canonical (kept);
  if (!vv_database_run (self->db, error,
                        "INSERT INTO outbox (document, folder, state, entry) VALUES (?, ?, ?, ?)"
                        " ON CONFLICT (document, folder) DO NOTHING",
                        "tttt", document, folder, state, text))
    return 0;
  return find_queued (self, document, folder, error);
}

static JsonObject *
read_entry (VvVault *self, gint64 id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;

  statement = vv_database_prepare (self->db, error, "SELECT entry FROM outbox WHERE id = ?", "i", id);
  if (statement == NULL)
    return NULL;
  if (vv_database_step (statement, &cause))
    return vv_database_json (statement, 0, error);
  if (cause == NULL)
    cause = g_error_new_literal (VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND, _ ("This document is not in the outbox."));
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

gboolean
vv_vault_update_queued (VvVault *self, gint64 id, JsonObject *changes, GError **error)
{
  g_autoptr (JsonObject) entry = NULL;
  g_autoptr (GList)      names = NULL;
  g_autofree char       *text = NULL;

  g_return_val_if_fail (self != NULL && changes != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  entry = read_entry (self, id, error);
  if (entry == NULL)
    return FALSE;
  names = json_object_get_members (changes);
  for (GList *name = names; name != NULL; name = name->next)
    {
      if (!g_strv_contains (changing, name->data))
        {
          g_set_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED,
                       _ ("“%s” of a queued document cannot be changed; nothing was changed."), (const char *) name->data);
          return FALSE;
        }
      json_object_set_member (entry, name->data, json_object_dup_member (changes, name->data));
    }
  text = vv_json_canonical (entry);
  return vv_database_run (self->db, error, "UPDATE outbox SET state = ?, entry = ? WHERE id = ?", "tti",
                          vv_json_string (entry, "state"), text, id);
}

JsonArray *
vv_vault_outbox (VvVault *self, const char *state, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (JsonArray)    rows = json_array_new ();
  g_autoptr (GError)       cause = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = vv_database_prepare (self->db, error,
                                   "SELECT id, entry FROM outbox WHERE ?1 IS NULL OR state = ?1 ORDER BY id", "t", state);
  if (statement == NULL)
    return NULL;
  while (cause == NULL && vv_database_step (statement, &cause))
    {
      JsonObject *entry = vv_database_json (statement, 1, &cause);

      if (entry == NULL)
        continue;
      json_object_set_int_member (entry, "id", sqlite3_column_int64 (statement, 0));
      json_array_add_object_element (rows, entry);
    }
  if (cause == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}
