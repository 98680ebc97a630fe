// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-time.h"
#include "vv-vault-private.h"

/* The end of the chain: what the next row is joined to. */
typedef struct
{
  gint64 seq;
  char  *time;
  char  *hash;
} Head;

static void
head_clear (Head *head)
{
  g_free (head->time);
  g_free (head->hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Head, head_clear)

const char *
vv_audit_genesis (void)
{
  return "0000000000000000000000000000000000000000000000000000000000000000";
}

static gboolean
read_head (VvVault *self, Head *head, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;

  statement = vv_database_prepare (self->db, error, "SELECT seq, time, hash FROM audit ORDER BY seq DESC LIMIT 1", "");
  if (statement == NULL)
    return FALSE;
  if (vv_database_step (statement, &cause))
    *head = (Head){ sqlite3_column_int64 (statement, 0), g_strdup (vv_database_text (statement, 1)),
                    g_strdup (vv_database_text (statement, 2)) };
  else if (cause == NULL)
    *head = (Head){ 0, g_strdup (""), g_strdup (vv_audit_genesis ()) };
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return head->hash != NULL;
}

static char *
hash_of (JsonObject *row)
{
  g_autofree char *text = vv_json_canonical (row);

  return vv_hash_data (text, strlen (text));
}

/* @detail with what the vault itself has to say: the records written, and a clock that went back. */
static JsonObject *
complete_detail (VvVault *self, JsonObject *detail, const Head *head, const char *now)
{
  gboolean    went_back = strcmp (now, head->time) < 0;
  JsonObject *complete;

  if (detail == NULL && self->wrote == NULL && !went_back)
    return NULL;
  complete = detail != NULL ? vv_json_copy (detail) : json_object_new ();
  if (self->wrote != NULL)
    json_object_set_object_member (complete, "wrote", g_steal_pointer (&self->wrote));
  if (went_back)
    json_object_set_string_member (complete, "clock", head->time);
  return complete;
}

static gboolean
insert (VvVault *self, JsonObject *row, gboolean sign, GError **error)
{
  g_autofree char         *hash = hash_of (row);
  g_autoptr (GBytes)       signature = vv_vault_sign (self, hash);
  JsonObject              *detail = vv_json_object (row, "detail");
  g_autofree char         *detail_text = detail != NULL ? vv_json_canonical (detail) : NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = vv_database_prepare (self->db, error,
                                   "INSERT INTO audit (seq, time, account, station, act, object, outcome, detail,"
                                   " previous, hash, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                   "itttttttttb", vv_json_int (row, "seq"), vv_json_string (row, "time"),
                                   vv_json_string (row, "account"), vv_json_string (row, "station"),
                                   vv_json_string (row, "act"), vv_json_string (row, "object"),
                                   vv_json_string (row, "outcome"), detail_text, vv_json_string (row, "previous"),
                                   hash, g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  if (statement == NULL)
    return FALSE;
  if (!sign)
    (void) sqlite3_bind_null (statement, 11);
  if (sqlite3_step (statement) == SQLITE_DONE)
    return TRUE;
  vv_database_set_error (self->db, error);
  return FALSE;
}

gboolean
vv_vault_audit (VvVault    *self,
                const char *act,
                const char *object,
                const char *outcome,
                JsonObject *detail,
                gboolean    sign,
                GError    **error)
{
  g_autofree char       *now = vv_time_now ();
  g_auto (Head)          head = { 0 };
  g_autoptr (JsonObject) row = NULL;

  g_return_val_if_fail (self != NULL && act != NULL && outcome != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error) || !read_head (self, &head, error))
    return FALSE;
  row = vv_json_new ("seq", "i", head.seq + 1,
                     "time", "s", now,
                     "account", "s", self->account,
                     "station", "s", self->station != NULL ? self->station : "",
                     "act", "s", act,
                     "object", "s", object != NULL ? object : "",
                     "outcome", "s", outcome,
                     "detail", "o", complete_detail (self, detail, &head, now),
                     "previous", "s", head.hash, NULL);
  return insert (self, row, sign, error);
}

char *
vv_vault_audit_head (VvVault *self, GError **error)
{
  g_auto (Head) head = { 0 };

  g_return_val_if_fail (self != NULL, NULL);

  return read_head (self, &head, error) ? g_steal_pointer (&head.hash) : NULL;
}

gint64
vv_vault_last_written (VvVault *self)
{
  g_auto (Head) head = { 0 };

  g_return_val_if_fail (self != NULL, 0);

  return read_head (self, &head, /* error= */ NULL) ? MAX (vv_time_parse (head.time, /* error= */ NULL), 0) : 0;
}

JsonObject *
vv_audit_read (sqlite3_stmt *statement, char **computed_hash, GError **error)
{
  JsonObject   *detail = NULL;
  JsonObject   *row;
  const guint8 *signature;

  if (sqlite3_column_type (statement, 7) != SQLITE_NULL)
    {
      detail = vv_database_json (statement, 7, error);
      if (detail == NULL)
        return NULL;
    }
  row = vv_json_new ("seq", "i", (gint64) sqlite3_column_int64 (statement, 0),
                     "time", "s", vv_database_text (statement, 1),
                     "account", "s", vv_database_text (statement, 2),
                     "station", "s", vv_database_text (statement, 3),
                     "act", "s", vv_database_text (statement, 4),
                     "object", "s", vv_database_text (statement, 5),
                     "outcome", "s", vv_database_text (statement, 6),
                     "detail", "o", detail,
                     "previous", "s", vv_database_text (statement, 8), NULL);
  if (computed_hash != NULL)
    *computed_hash = hash_of (row);
  json_object_set_string_member (row, "hash", vv_database_text (statement, 9));
  signature = sqlite3_column_blob (statement, 10);
  if (signature != NULL)
    {
      g_autofree char *text = g_base64_encode (signature, (gsize) sqlite3_column_bytes (statement, 10));

      json_object_set_string_member (row, "signature", text);
    }
  return row;
}

JsonArray *
vv_vault_audit_rows (VvVault *self, gint64 first, gint64 count, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (JsonArray)    rows = json_array_new ();
  g_autoptr (GError)       cause = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = vv_database_prepare (self->db, error,
                                   "SELECT " VV_AUDIT_COLUMNS " FROM audit WHERE seq >= ? ORDER BY seq LIMIT max (?, 0)",
                                   "ii", first, count);
  if (statement == NULL)
    return NULL;
  while (cause == NULL && vv_database_step (statement, &cause))
    {
      JsonObject *row = vv_audit_read (statement, /* computed_hash= */ NULL, &cause);

      if (row != NULL)
        json_array_add_object_element (rows, row);
    }
  if (cause == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

gboolean
vv_audit_signature_holds (GBytes *key, const char *hash, GBytes *signature)
{
  return key != NULL &&
         g_bytes_get_size (key) == crypto_sign_PUBLICKEYBYTES &&
         g_bytes_get_size (signature) == crypto_sign_BYTES &&
         crypto_sign_verify_detached (g_bytes_get_data (signature, NULL), (const guint8 *) hash, strlen (hash),
                                      g_bytes_get_data (key, NULL)) == 0;
}

/* Newest first, so each row must be what the one before it (later in time) names as its previous. */
static gboolean
row_holds (sqlite3_stmt *statement, GHashTable *keys, char **expected)
{
  g_autofree char       *computed = NULL;
  g_autoptr (JsonObject) row = vv_audit_read (statement, &computed, /* error= */ NULL);
  gboolean               linked, signed_well = TRUE;

  if (row == NULL)
    return FALSE;
  linked = *expected == NULL || strcmp (*expected, computed) == 0;
  if (sqlite3_column_type (statement, 10) != SQLITE_NULL)
    {
      g_autoptr (GBytes) signature = vv_database_bytes (statement, 10);

      signed_well = vv_audit_signature_holds (vv_accounts_key_for_row (keys, vv_json_string (row, "account"), vv_json_int (row, "seq")),
                                              computed, signature);
    }
  g_free (*expected);
  *expected = g_strdup (vv_json_string (row, "previous"));
  return linked && signed_well && strcmp (computed, vv_json_string (row, "hash")) == 0;
}

gboolean
vv_audit_check_end (sqlite3 *db, gint64 rows, GError **error)
{
  g_autoptr (GHashTable)   keys = vv_accounts_keys (db, error);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;
  g_autofree char         *expected = NULL;

  if (keys == NULL)
    return FALSE;
  statement = vv_database_prepare (db, error, "SELECT " VV_AUDIT_COLUMNS " FROM audit ORDER BY seq DESC LIMIT ?", "i", rows);
  if (statement == NULL)
    return FALSE;
  while (vv_database_step (statement, &cause))
    if (!row_holds (statement, keys, &expected))
      {
        g_set_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED,
                     _ ("Row %" PRId64 " of the audit log was changed after it was written. "
                        "Keep the folder as it is and tell your administrator."),
                     (gint64) sqlite3_column_int64 (statement, 0));
        return FALSE;
      }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}
