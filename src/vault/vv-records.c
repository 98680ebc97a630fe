// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "vv-json.h"
#include "vv-time.h"
#include "vv-vault-private.h"

static gint64
next_id (VvVault *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = vv_database_prepare (self->db, error, "SELECT coalesce (max (id), 0) + 1 FROM record", "");
  if (statement == NULL || !vv_database_step (statement, error))
    return 0;
  return sqlite3_column_int64 (statement, 0);
}

static gboolean
insert (VvVault *self, const VvRecord *record, GError **error)
{
  g_autoptr (GBytes) signature = vv_vault_sign (self, record->hash);
  g_autofree char   *body = vv_json_canonical (record->body);

  /* The desk itself (request 0) and a first version (previous 0) name no row. */
  return vv_database_run (self->db, error,
                          "INSERT INTO record (id, request, previous, kind, author, made_at, hash, signature, body)"
                          " VALUES (?, nullif (?, 0), nullif (?, 0), ?, ?, ?, ?, ?, ?)",
                          "iiittttbt", record->id, record->request, record->previous, record->kind, record->author,
                          record->made_at, record->hash, g_bytes_get_data (signature, NULL), g_bytes_get_size (signature), body);
}

/* The next audit row names what was written, so that a record that is gone leaves a hole in the chain. */
static void
remember (VvVault *self, const VvRecord *record)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, record->id);

  if (self->wrote == NULL)
    self->wrote = json_object_new ();
  json_object_set_string_member (self->wrote, id, record->hash);
}

VvRecord *
vv_vault_append (VvVault *self, const char *kind, gint64 request, gint64 previous, JsonObject *body, GError **error)
{
  g_autofree char       *now = vv_time_now ();
  g_autoptr (JsonObject) copy = NULL;
  g_autoptr (VvRecord)   record = NULL;
  gint64                 id;

  g_return_val_if_fail (self != NULL && kind != NULL && body != NULL, NULL);

  if (!vv_vault_require_transaction (self, error))
    return NULL;
  id = next_id (self, error);
  if (id == 0)
    return NULL;
  if (request == 0 && strcmp (kind, "request") == 0)
    request = id;
  copy = vv_json_copy (body);
  record = vv_record_new (id, request, previous, kind, self->account, now, copy);
  if (!insert (self, record, error))
    return NULL;
  remember (self, record);
  return g_steal_pointer (&record);
}

VvRecord *
vv_records_read (sqlite3_stmt *statement, GError **error)
{
  g_autoptr (JsonObject) body = vv_database_json (statement, 6, error);

  if (body == NULL)
    return NULL;
  return vv_record_new (sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1),
                        sqlite3_column_int64 (statement, 2), vv_database_text (statement, 3),
                        vv_database_text (statement, 4), vv_database_text (statement, 5), body);
}

/* The same, refused when the stored hash is another one. */
static VvRecord *
read_checked (sqlite3_stmt *statement, GError **error)
{
  g_autoptr (VvRecord) record = vv_records_read (statement, error);

  if (record != NULL && strcmp (record->hash, vv_database_text (statement, 7)) != 0)
    {
      g_set_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED,
                   _ ("Record %" PRId64 " was changed after it was written. Restore the desk from a backup."),
                   record->id);
      return NULL;
    }
  return g_steal_pointer (&record);
}

static GPtrArray *
read_all (sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_record_unref);
  g_autoptr (GError)    cause = NULL;

  while (cause == NULL && vv_database_step (statement, &cause))
    {
      VvRecord *record = read_checked (statement, &cause);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  if (cause == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

GPtrArray *
vv_vault_records (VvVault *self, gint64 request, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = vv_database_prepare (self->db, error,
                                   "SELECT " VV_RECORD_COLUMNS " FROM record WHERE request IS nullif (?, 0) ORDER BY id",
                                   "i", request);
  return statement != NULL ? read_all (statement, error) : NULL;
}

GPtrArray *
vv_vault_records_of_kind (VvVault *self, const char *kind, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL, NULL);

  statement = vv_database_prepare (self->db, error,
                                   "SELECT " VV_RECORD_COLUMNS " FROM record WHERE kind = ? ORDER BY id", "t", kind);
  return statement != NULL ? read_all (statement, error) : NULL;
}

static void
set_not_found (gint64 id, GError **error)
{
  g_set_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND, _ ("There is no record %" PRId64 " in this desk."), id);
}

VvRecord *
vv_vault_record (VvVault *self, gint64 id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = vv_database_prepare (self->db, error, "SELECT " VV_RECORD_COLUMNS " FROM record WHERE id = ?", "i", id);
  if (statement == NULL)
    return NULL;
  if (vv_database_step (statement, &cause))
    return read_checked (statement, error);
  if (cause == NULL)
    set_not_found (id, &cause);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

GBytes *
vv_vault_record_signature (VvVault *self, gint64 id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = vv_database_prepare (self->db, error, "SELECT signature FROM record WHERE id = ?", "i", id);
  if (statement == NULL)
    return NULL;
  if (vv_database_step (statement, &cause))
    return vv_database_bytes (statement, 0);
  if (cause == NULL)
    set_not_found (id, &cause);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}
