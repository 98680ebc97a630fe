// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-time.h"
#include "vv-vault-private.h"

/* An account's signing key is replaced when an administrator resets it. The old public key stays and counts for what
 * was signed before: rows and records have numbers without gaps, so that "before" does not hang on a clock, and a key
 * that leaked cannot sign anything after the reset. */

typedef struct
{
  GBytes *public_key; /* (owned) */
  gint64  from_row;
  gint64  from_record;
} Key;

static void
key_free (gpointer data)
{
  Key *key = data;

  g_bytes_unref (key->public_key);
  g_free (key);
}

#define ALL_KEYS                                                                      \
  "SELECT name, public_key, 0, 0, 0 AS id FROM account"                               \
  " UNION ALL SELECT account, public_key, from_row, from_record, id FROM account_key" \
  " ORDER BY id"

GHashTable *
vv_accounts_keys (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (db, error, ALL_KEYS, "");
  g_autoptr (GHashTable)   keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GError)       cause = NULL;

  while (statement != NULL && vv_database_step (statement, &cause))
    {
      const char *account = vv_database_text (statement, 0);
      GPtrArray  *own = g_hash_table_lookup (keys, account);
      Key        *key = g_new (Key, 1);

      *key = (Key){ vv_database_bytes (statement, 1), sqlite3_column_int64 (statement, 2), sqlite3_column_int64 (statement, 3) };
      if (own == NULL)
        {
          own = g_ptr_array_new_with_free_func (key_free);
          g_hash_table_insert (keys, g_strdup (account), own);
        }
      g_ptr_array_add (own, key);
    }
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (statement != NULL)
    return g_steal_pointer (&keys);
  return NULL;
}

/* The last key of @account that counts at that row and that record. */
static GBytes *
find_key (GHashTable *keys, const char *account, gint64 row, gint64 record)
{
  GPtrArray *own = account != NULL ? g_hash_table_lookup (keys, account) : NULL;
  GBytes    *found = NULL;

  for (guint i = 0; own != NULL && i < own->len; i++)
    {
      const Key *key = g_ptr_array_index (own, i);

      if (key->from_row <= row && key->from_record <= record)
        found = key->public_key;
    }
  return found;
}

GBytes *
vv_accounts_key_for_row (GHashTable *keys, const char *account, gint64 seq)
{
  return find_key (keys, account, seq, G_MAXINT64);
}

GBytes *
vv_accounts_key_for_record (GHashTable *keys, const char *account, gint64 id)
{
  return find_key (keys, account, G_MAXINT64, id);
}

GBytes *
vv_accounts_key_now (GHashTable *keys, const char *account)
{
  return find_key (keys, account, G_MAXINT64, G_MAXINT64);
}

GBytes *
vv_accounts_key_that_signed (GHashTable *keys, const char *account, const char *hash, GBytes *signature)
{
  GPtrArray *own = g_hash_table_lookup (keys, account);

  for (guint i = 0; own != NULL && i < own->len; i++)
    {
      const Key *key = g_ptr_array_index (own, i);

      if (vv_audit_signature_holds (key->public_key, hash, signature))
        return key->public_key;
    }
  return NULL;
}

static char *
encode (GBytes *bytes)
{
  return g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

char *
vv_accounts_new_key_hash (const char *account, GBytes *public_key, const char *made_at, gint64 from_row, gint64 from_record)
{
  g_autofree char       *key = encode (public_key);
  g_autoptr (JsonObject) object = vv_json_new ("account", "s", account, "public_key", "s", key, "made_at", "s", made_at,
                                               "from_row", "i", from_row, "from_record", "i", from_record, NULL);
  g_autofree char       *text = vv_json_canonical (object);

  return vv_hash_data (text, strlen (text));
}

/* The numbers that the next audit row and the next record get. */
static gboolean
next_numbers (sqlite3 *db, gint64 *ret_row, gint64 *ret_record, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (db, error,
                                                            "SELECT (SELECT coalesce (max (seq), 0) + 1 FROM audit),"
                                                            " (SELECT coalesce (max (id), 0) + 1 FROM record)",
                                                            "");

  if (statement == NULL || !vv_database_step (statement, error))
    return FALSE;
  *ret_row = sqlite3_column_int64 (statement, 0);
  *ret_record = sqlite3_column_int64 (statement, 1);
  return TRUE;
}

gboolean
vv_accounts_insert_key (VvVault *self, const char *account, VvSecret *seed, GError **error)
{
  g_autoptr (VvSecret) own_key = vv_secret_new (crypto_sign_SECRETKEYBYTES);
  guint8               public_key[crypto_sign_PUBLICKEYBYTES];
  g_autofree char     *now = vv_time_now ();
  g_autofree char     *hash = NULL;
  g_autoptr (GBytes)   key = NULL;
  g_autoptr (GBytes)   endorsement = NULL;
  gint64               row, record;

  if (!next_numbers (self->db, &row, &record, error))
    return FALSE;
  (void) crypto_sign_seed_keypair (public_key, vv_secret_data (own_key), vv_secret_data (seed));
  key = g_bytes_new (public_key, sizeof public_key);
  hash = vv_accounts_new_key_hash (account, key, now, row, record);
  endorsement = vv_vault_sign (self, hash);
  return vv_database_run (self->db, error,
                          "INSERT INTO account_key (account, public_key, made_at, from_row, from_record, endorser, endorsement)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?)",
                          "tbtiitb", account, public_key, sizeof public_key, now, row, record, self->account,
                          g_bytes_get_data (endorsement, NULL), g_bytes_get_size (endorsement));
}

JsonArray *
vv_accounts_list_keys (sqlite3 *db, const char *account, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (JsonArray)    all = json_array_new ();
  g_autoptr (GError)       cause = NULL;

  statement = vv_database_prepare (db, error,
                                   "SELECT public_key, 0, 0, 0 AS id FROM account WHERE name = ?1 UNION ALL"
                                   " SELECT public_key, from_row, from_record, id FROM account_key WHERE account = ?1 ORDER BY id",
                                   "t", account);
  while (statement != NULL && vv_database_step (statement, &cause))
    {
      g_autoptr (GBytes) bytes = vv_database_bytes (statement, 0);
      g_autofree char   *key = encode (bytes);

      json_array_add_object_element (all, vv_json_new ("public_key", "s", key,
                                                       "from_row", "i", (gint64) sqlite3_column_int64 (statement, 1),
                                                       "from_record", "i", (gint64) sqlite3_column_int64 (statement, 2), NULL));
    }
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (statement != NULL)
    return g_steal_pointer (&all);
  return NULL;
}
