// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-vault-private.h"

gint64
vv_vault_add_photograph (VvVault *self, JsonObject *facts, GBytes *file, GError **error)
{
  g_autoptr (JsonObject) kept = NULL;
  g_autofree char       *hash = NULL;
  g_autofree char       *text = NULL;
  gint64                 id;

  g_return_val_if_fail (self != NULL && facts != NULL && file != NULL, 0);

  if (!vv_vault_require_transaction (self, error))
    return 0;
  hash = vv_hash_bytes (file);
  kept = vv_json_copy (facts);
  json_object_remove_member (kept, "id");
  json_object_remove_member (kept, "sha256");
  text = vv_json_canonical (kept);
  if (!vv_database_run (self->db, error,
                        "INSERT INTO photograph (sha256, class, person, manifest, facts) VALUES (?, ?, ?, nullif (?, 0), ?)",
                        "tttit", hash, vv_json_string (facts, "class"), vv_json_string (facts, "person"),
                        vv_json_int (facts, "manifest"), text))
    return 0;
  id = sqlite3_last_insert_rowid (self->db);
  if (!vv_database_run (self->db, error, "INSERT INTO photograph_file (id, bytes) VALUES (?, ?)", "ib", id,
                        g_bytes_get_data (file, NULL), g_bytes_get_size (file)))
    return 0;
  /* Counting a million rows takes most of a second. */
  if (!vv_database_run (self->db, error,
                        "UPDATE repository_count SET photographs = photographs + 1,"
                        " persons = persons + (SELECT count (*) = 1 FROM (SELECT 1 FROM photograph WHERE person = ? LIMIT 2))",
                        "t", vv_json_string (facts, "person")))
    return 0;
  return id;
}

/* The one row of @sql for photograph @id. */
static sqlite3_stmt *
find (VvVault *self, const char *sql, gint64 id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (self->db, error, sql, "i", id);
  g_autoptr (GError)       cause = NULL;

  if (statement == NULL)
    return NULL;
  if (vv_database_step (statement, &cause))
    return g_steal_pointer (&statement);
  if (cause == NULL)
    cause = g_error_new (VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND,
                         _ ("Photograph %" PRId64 " is not in the repository; it may have been purged."), id);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

JsonObject *
vv_vault_photograph (VvVault *self, gint64 id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  JsonObject              *facts;

  g_return_val_if_fail (self != NULL, NULL);

  statement = find (self, "SELECT sha256, facts FROM photograph WHERE id = ?", id, error);
  if (statement == NULL)
    return NULL;
  facts = vv_database_json (statement, 1, error);
  if (facts == NULL)
    return NULL;
  json_object_set_int_member (facts, "id", id);
  json_object_set_string_member (facts, "sha256", vv_database_text (statement, 0));
  return facts;
}

GBytes *
vv_vault_photograph_file (VvVault *self, gint64 id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GBytes)       bytes = NULL;
  g_autofree char         *hash = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = find (self,
                    "SELECT photograph.sha256, photograph_file.bytes FROM photograph JOIN photograph_file USING (id)"
                    " WHERE photograph.id = ?",
                    id, error);
  if (statement == NULL)
    return NULL;
  bytes = vv_database_bytes (statement, 1);
  hash = vv_hash_bytes (bytes);
  if (strcmp (hash, vv_database_text (statement, 0)) == 0)
    return g_steal_pointer (&bytes);
  g_set_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED,
               _ ("Photograph %" PRId64 " was changed after it was stored. Import it again."), id);
  return NULL;
}

gint64
vv_vault_find_photograph (VvVault *self, const char *sha256, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (self != NULL && sha256 != NULL, 0);

  statement = vv_database_prepare (self->db, error, "SELECT id FROM photograph WHERE sha256 = ?", "t", sha256);
  if (statement == NULL || !vv_database_step (statement, error))
    return 0;
  return sqlite3_column_int64 (statement, 0);
}

/* Appends the ids that the query @sql gives for @text. */
static gboolean
append_ids (VvVault *self, const char *sql, const char *text, GArray *ids, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (self->db, error, sql, "t", text);
  g_autoptr (GError)       cause = NULL;

  if (statement == NULL)
    return FALSE;
  while (vv_database_step (statement, &cause))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
vv_vault_find_reference (VvVault *self, const char *reference, GArray *ids, GError **error)
{
  g_return_val_if_fail (self != NULL && reference != NULL && ids != NULL, FALSE);

  return append_ids (self, "SELECT id FROM photograph WHERE json_extract (facts, '$.reference') = ?", reference, ids, error);
}

gboolean
vv_vault_find_person (VvVault *self, const char *person, GArray *ids, GError **error)
{
  g_return_val_if_fail (self != NULL && person != NULL && ids != NULL, FALSE);

  return append_ids (self, "SELECT id FROM photograph WHERE person = ?"
                           " ORDER BY json_extract (facts, '$.taken'), id",
                     person, ids, error);
}

/* A page of the repository. A condition that is not wanted is written so that it always holds, which keeps the values' places.
 * Of several, SQLite must take the index of the narrowest: the plus keeps it from taking that of the class. */
static char *
page_sql (JsonObject *filter)
{
  gboolean narrow = json_object_has_member (filter, "person") || json_object_has_member (filter, "reference");

  return g_strconcat ("SELECT id, sha256, facts FROM photograph WHERE id < ?1 AND ",
                      !json_object_has_member (filter, "class") ? "?2 IS NULL" : narrow ? "+class = ?2"
                                                                                        : "class = ?2",
                      json_object_has_member (filter, "person") ? " AND person = ?3" : " AND ?3 IS NULL",
                      json_object_has_member (filter, "reference") ? " AND json_extract (facts, '$.reference') = ?4" : " AND ?4 IS NULL",
                      !json_object_has_member (filter, "manifest") ? " AND ?5 = 0" : narrow ? " AND +manifest = ?5"
                                                                                            : " AND manifest = ?5",
                      " ORDER BY id DESC LIMIT ?6", NULL);
}

JsonArray *
vv_vault_list_photographs (VvVault *self, JsonObject *filter, gint64 before, gsize n, GError **error)
{
  g_autofree char         *sql = page_sql (filter);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (JsonArray)    rows = json_array_new ();
  g_autoptr (GError)       cause = NULL;

  g_return_val_if_fail (self != NULL && filter != NULL, NULL);

  statement = vv_database_prepare (self->db, &cause, sql, "itttii", before > 0 ? before : G_MAXINT64, vv_json_string (filter, "class"),
                                   vv_json_string (filter, "person"), vv_json_string (filter, "reference"),
                                   vv_json_int (filter, "manifest"), (gint64) n);
  while (statement != NULL && vv_database_step (statement, &cause))
    {
      JsonObject *row = vv_database_json (statement, 2, &cause);

      if (row == NULL)
        break;
      json_object_set_int_member (row, "id", sqlite3_column_int64 (statement, 0));
      json_object_set_string_member (row, "sha256", vv_database_text (statement, 1));
      json_array_add_object_element (rows, row);
    }
  if (cause == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static JsonObject *
count_templates (VvVault *self, GError **error)
{
  g_autoptr (JsonObject)   counts = json_object_new ();
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;

  statement = vv_database_prepare (self->db, error,
                                   "SELECT name, (SELECT ifnull (sum (count), 0) FROM template_pack WHERE recogniser = recogniser.id) +"
                                   " (SELECT count (*) FROM template_loose WHERE key BETWEEN recogniser.id << 40 AND (recogniser.id + 1 << 40) - 1) FROM recogniser",
                                   "");
  if (statement == NULL)
    return NULL;
  while (vv_database_step (statement, &cause))
    json_object_set_int_member (counts, vv_database_text (statement, 0), sqlite3_column_int64 (statement, 1));
  if (cause == NULL)
    return g_steal_pointer (&counts);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

JsonObject *
vv_vault_repository_facts (VvVault *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  JsonObject              *templates;

  g_return_val_if_fail (self != NULL, NULL);

  statement = vv_database_prepare (self->db, error, "SELECT photographs, persons FROM repository_count", "");
  if (statement == NULL || !vv_database_step (statement, error))
    return NULL;
  templates = count_templates (self, error);
  if (templates == NULL)
    return NULL;
  return vv_json_new ("photographs", "i", (gint64) sqlite3_column_int64 (statement, 0),
                      "persons", "i", (gint64) sqlite3_column_int64 (statement, 1), "templates", "o", templates, NULL);
}
