// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-time.h"
#include "vv-vault-private.h"

/* Members of an account that are columns of their own. */
static const char *const own_columns[] = { "account", "public_key", "made_at", "last_sign_in", "keys" };

static gboolean
is_disabled (JsonObject *facts)
{
  return g_strcmp0 (vv_json_string (facts, "state"), "disabled") == 0;
}

char *
vv_accounts_endorsed_hash (const char *account, GBytes *public_key, const char *made_at)
{
  g_autofree char       *key = g_base64_encode (g_bytes_get_data (public_key, NULL), g_bytes_get_size (public_key));
  g_autoptr (JsonObject) object = vv_json_new ("account", "s", account, "public_key", "s", key, "made_at", "s", made_at, NULL);
  g_autofree char       *text = vv_json_canonical (object);

  return vv_hash_data (text, strlen (text));
}

static char *
facts_text (JsonObject *facts)
{
  g_autoptr (JsonObject) copy = vv_json_copy (facts);

  for (gsize i = 0; i < G_N_ELEMENTS (own_columns); i++)
    json_object_remove_member (copy, own_columns[i]);
  return vv_json_canonical (copy);
}

gboolean
vv_accounts_insert (sqlite3    *db,
                    const char *account,
                    JsonObject *facts,
                    VvSecret   *seed,
                    const char *endorser,
                    VvSecret   *endorser_key,
                    GError    **error)
{
  g_autoptr (VvSecret) own_key = vv_secret_new (crypto_sign_SECRETKEYBYTES);
  guint8               public_key[crypto_sign_PUBLICKEYBYTES], endorsement[crypto_sign_BYTES];
  g_autofree char     *now = vv_time_now ();
  g_autofree char     *text = facts_text (facts);
  g_autofree char     *hash = NULL;
  g_autoptr (GBytes)   key = NULL;

  (void) crypto_sign_seed_keypair (public_key, vv_secret_data (own_key), vv_secret_data (seed));
  key = g_bytes_new (public_key, sizeof public_key);
  hash = vv_accounts_endorsed_hash (account, key, now);
  (void) crypto_sign_detached (endorsement, /* length= */ NULL, (const guint8 *) hash, strlen (hash),
                               vv_secret_data (endorser_key));
  return vv_database_run (db, error,
                          "INSERT INTO account (name, public_key, made_at, facts, endorser, endorsement)"
                          " VALUES (?, ?, ?, ?, ?, ?)",
                          "tbtttb", account, public_key, sizeof public_key, now, text, endorser,
                          endorsement, sizeof endorsement);
}

GHashTable *
vv_accounts_active (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GHashTable)   names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError)       cause = NULL;

  statement = vv_database_prepare (db, error,
                                   "SELECT name, facts, salt FROM account LEFT JOIN account_slot ON account = name", "");
  while (statement != NULL && vv_database_step (statement, &cause))
    {
      g_autoptr (JsonObject) facts = vv_database_json (statement, 1, &cause);

      if (facts == NULL)
        break;
      if (!is_disabled (facts))
        g_hash_table_insert (names, g_strdup (vv_database_text (statement, 0)), g_strdup (vv_database_text (statement, 2)));
    }
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (statement != NULL)
    return g_steal_pointer (&names);
  return NULL;
}

gboolean
vv_accounts_set_slot (sqlite3 *db, JsonObject *slot, GError **error)
{
  return vv_database_run (db, error,
                          "INSERT INTO account_slot (account, salt) VALUES (?, ?)"
                          " ON CONFLICT (account) DO UPDATE SET salt = excluded.salt",
                          "tt", vv_json_string (slot, "account"), vv_json_string (slot, "salt"));
}

/* Seals a slot that counts from the commit on. */
static gboolean
seal_slot (VvVault *self, const char *account, VvSecret *passphrase, VvSecret *seed, VvSecret *second_factor, GError **error)
{
  g_autoptr (JsonObject) slot = vv_key_slots_seal (vv_json_object (self->desk, "about"), account, passphrase, self->data_key,
                                                   seed, second_factor, error);

  if (slot == NULL || !vv_accounts_set_slot (self->db, slot, error))
    return FALSE;
  if (self->new_slots == NULL)
    self->new_slots = json_array_new ();
  json_array_add_object_element (self->new_slots, g_steal_pointer (&slot));
  return TRUE;
}

gboolean
vv_vault_add_account (VvVault *self, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  g_autoptr (VvSecret) seed = vv_secret_new (VV_VAULT_KEY_SIZE);

  g_return_val_if_fail (self != NULL && account != NULL && facts != NULL && passphrase != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  randombytes_buf (vv_secret_data (seed), VV_VAULT_KEY_SIZE);
  return vv_accounts_insert (self->db, account, facts, seed, self->account, self->signing_key, error) &&
         seal_slot (self, account, passphrase, seed, /* second_factor= */ NULL, error);
}

gboolean
vv_vault_change_passphrase (VvVault *self, VvSecret *old_passphrase, VvSecret *new_passphrase, GError **error)
{
  g_auto (VvUnlocked) unlocked = { 0 };

  g_return_val_if_fail (self != NULL && old_passphrase != NULL && new_passphrase != NULL, FALSE);

  return vv_vault_require_transaction (self, error) &&
         vv_vault_unlock (self, old_passphrase, &unlocked, error) &&
         seal_slot (self, self->account, new_passphrase, unlocked.seed, unlocked.second_factor, error);
}

gboolean
vv_vault_set_second_factor (VvVault *self, VvSecret *passphrase, VvSecret *second_factor, GError **error)
{
  g_auto (VvUnlocked) unlocked = { 0 };

  g_return_val_if_fail (self != NULL && passphrase != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error) ||
      !vv_vault_unlock (self, passphrase, &unlocked, error) ||
      !seal_slot (self, self->account, passphrase, unlocked.seed, second_factor, error))
    return FALSE;
  return vv_vault_reset_second_factor_counter (self, self->account, error);
}

gboolean
vv_vault_reset_account (VvVault *self, const char *account, VvSecret *passphrase, GError **error)
{
  g_autoptr (VvSecret)   seed = vv_secret_new (VV_VAULT_KEY_SIZE);
  g_autoptr (JsonObject) facts = NULL;

  g_return_val_if_fail (self != NULL && account != NULL && passphrase != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  if (strcmp (account, self->account) == 0)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED,
                           _ ("Your own account is not reset by yourself. Change your pass phrase, or ask another administrator."));
      return FALSE;
    }
  facts = vv_vault_account_facts (self, account, error);
  if (facts == NULL)
    return FALSE;
  randombytes_buf (vv_secret_data (seed), VV_VAULT_KEY_SIZE);
  return vv_accounts_insert_key (self, account, seed, error) &&
         seal_slot (self, account, passphrase, seed, /* second_factor= */ NULL, error) &&
         vv_vault_reset_second_factor_counter (self, account, error);
}

/* Whether the open transaction gives @account a new slot. */
static gboolean
gets_slot (VvVault *self, const char *account)
{
  for (guint i = 0; i < vv_json_length (self->new_slots); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (self->new_slots, i), "account"), account) == 0)
      return TRUE;
  return FALSE;
}

/* Leaves the desk with somebody who can open it, and an account without a slot disabled. */
static gboolean
check_change (VvVault *self, const char *account, JsonObject *before, JsonObject *after, GError **error)
{
  g_autoptr (GHashTable) active = NULL;

  if (is_disabled (before) && !is_disabled (after) && !gets_slot (self, account))
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED,
                           _ ("A disabled account's key is gone. It is enabled again with a new pass phrase."));
      return FALSE;
    }
  active = vv_accounts_active (self->db, error);
  if (active == NULL)
    return FALSE;
  if (is_disabled (after) && g_hash_table_contains (active, account) && g_hash_table_size (active) == 1)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED,
                           _ ("This is the last account that can open the desk. Make another one first."));
      return FALSE;
    }
  return TRUE;
}

gboolean
vv_vault_change_account (VvVault *self, const char *account, JsonObject *facts, GError **error)
{
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (GList)      names = NULL;
  g_autofree char       *text = NULL;

  g_return_val_if_fail (self != NULL && account != NULL && facts != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  before = vv_vault_account_facts (self, account, error);
  if (before == NULL)
    return FALSE;
  after = vv_json_copy (before);
  names = json_object_get_members (facts);
  for (GList *name = names; name != NULL; name = name->next)
    if (json_object_get_null_member (facts, name->data))
      json_object_remove_member (after, name->data);
    else
      json_object_set_member (after, name->data, json_object_dup_member (facts, name->data));
  if (!check_change (self, account, before, after, error))
    return FALSE;
  self->slots_gone = self->slots_gone || is_disabled (after);
  text = facts_text (after);
  return vv_database_run (self->db, error, "UPDATE account SET facts = ? WHERE name = ?", "tt", text, account);
}

/* The key that counts now: the newest one. */
#define ACCOUNT_COLUMNS                                                                  \
  "name, coalesce ((SELECT account_key.public_key FROM account_key WHERE account = name" \
  " ORDER BY id DESC LIMIT 1), public_key), made_at, last_sign_in, facts"

static JsonObject *
read_account (sqlite3_stmt *statement, GError **error)
{
  JsonObject        *facts = vv_database_json (statement, 4, error);
  g_autoptr (GBytes) key = vv_database_bytes (statement, 1);
  g_autofree char   *text = g_base64_encode (g_bytes_get_data (key, NULL), g_bytes_get_size (key));

  if (facts == NULL)
    return NULL;
  json_object_set_string_member (facts, "account", vv_database_text (statement, 0));
  json_object_set_string_member (facts, "public_key", text);
  json_object_set_string_member (facts, "made_at", vv_database_text (statement, 2));
  if (sqlite3_column_type (statement, 3) != SQLITE_NULL)
    json_object_set_string_member (facts, "last_sign_in", vv_database_text (statement, 3));
  return facts;
}

/* Facts with the keys that counted before, where there are any. */
static JsonObject *
read_account_with_keys (VvVault *self, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (JsonObject) account = read_account (statement, error);
  g_autoptr (JsonArray)  keys = NULL;

  if (account == NULL)
    return NULL;
  keys = vv_accounts_list_keys (self->db, vv_json_string (account, "account"), error);
  if (keys == NULL)
    return NULL;
  json_object_set_array_member (account, "keys", g_steal_pointer (&keys));
  return g_steal_pointer (&account);
}

JsonArray *
vv_vault_accounts (VvVault *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (JsonArray)    accounts = json_array_new ();
  g_autoptr (GError)       cause = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = vv_database_prepare (self->db, error, "SELECT " ACCOUNT_COLUMNS " FROM account ORDER BY made_at, name", "");
  if (statement == NULL)
    return NULL;
  while (cause == NULL && vv_database_step (statement, &cause))
    {
      JsonObject *account = read_account_with_keys (self, statement, &cause);

      if (account != NULL)
        json_array_add_object_element (accounts, account);
    }
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  return g_steal_pointer (&accounts);
}

JsonObject *
vv_vault_account_facts (VvVault *self, const char *account, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;

  g_return_val_if_fail (self != NULL && account != NULL, NULL);

  statement = vv_database_prepare (self->db, error, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE name = ?", "t", account);
  if (statement == NULL)
    return NULL;
  if (vv_database_step (statement, &cause))
    return read_account_with_keys (self, statement, error);
  if (cause == NULL)
    cause = g_error_new_literal (VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND,
                                 _ ("There is no such account. Check the spelling."));
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}
