// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "vv-json.h"
#include "vv-time.h"
#include "vv-vault-private.h"

/* The formatter would put spaces into the quark's name. */
/* clang-format off */
G_DEFINE_QUARK (vv-vault-error-quark, vv_vault_error)
/* clang-format on */

static const char *const desk_files[] = { "desk.json", "desk.db", "desk.db-wal", "desk.db-shm", "desk.lock", "desk.attempts" };

/* --- Making a desk ---------------------------------------------------------------------------------------- */

/* Makes @dir, or finds it empty. */
static gboolean
claim_folder (const char *dir, gboolean *made, GError **error)
{
  g_autoptr (GDir) folder = NULL;

  *made = !g_file_test (dir, G_FILE_TEST_EXISTS);
  if (*made && g_mkdir_with_parents (dir, 0700) != 0)
    {
      int code = errno == ENOSPC ? VV_VAULT_ERROR_FULL : VV_VAULT_ERROR_FAILED;

      g_set_error_literal (error, VV_VAULT_ERROR, code,
                           _ ("The folder for the desk could not be made. Choose a place you may write to."));
      return FALSE;
    }
  folder = g_dir_open (dir, /* flags= */ 0, /* error= */ NULL);
  if (folder == NULL || g_dir_read_name (folder) != NULL)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_EXISTS,
                           _ ("There is something in this folder already. Choose an empty folder for the desk."));
      return FALSE;
    }
  return TRUE;
}

static void
leave_nothing (const char *dir, gboolean made)
{
  for (gsize i = 0; i < G_N_ELEMENTS (desk_files); i++)
    {
      g_autofree char *path = g_build_filename (dir, desk_files[i], NULL);

      (void) g_unlink (path); /* most are not there */
    }
  if (made)
    (void) g_rmdir (dir);
}

/* SQLite would give the file the mode of the umask. */
static gboolean
make_empty_database (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FAILED,
                           _ ("The desk could not be made in this folder. Check that you may write to it."));
      return FALSE;
    }
  (void) close (fd); /* empty */
  return TRUE;
}

static gboolean
fill_database (const char *path, const char *account, JsonObject *facts, JsonObject *slot, VvSecret *data_key, VvSecret *seed, GError **error)
{
  g_autoptr (sqlite3)  db = NULL;
  g_autoptr (VvSecret) signing_key = vv_secret_new (crypto_sign_SECRETKEYBYTES);
  guint8               public_key[crypto_sign_PUBLICKEYBYTES];

  if (!make_empty_database (path, error))
    return FALSE;
  db = vv_database_open (path, data_key, error);
  if (db == NULL || !vv_migrations_run (db, vv_migrations_count (), error))
    return FALSE;
  (void) crypto_sign_seed_keypair (public_key, vv_secret_data (signing_key), vv_secret_data (seed));
  if (!vv_database_run (db, error, "BEGIN IMMEDIATE", "") ||
      !vv_accounts_insert (db, account, facts, seed, account, signing_key, error) ||
      !vv_accounts_set_slot (db, slot, error) ||
      !vv_database_run (db, error, "COMMIT", ""))
    return FALSE;
  vv_database_close (g_steal_pointer (&db));
  return vv_database_check_header (path, error);
}

static gboolean
fill_folder (const char *dir, JsonObject *about, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  g_autoptr (VvSecret)   data_key = vv_secret_new (VV_VAULT_KEY_SIZE);
  g_autoptr (VvSecret)   seed = vv_secret_new (VV_VAULT_KEY_SIZE);
  g_autofree char       *path = g_build_filename (dir, "desk.db", NULL);
  g_autoptr (JsonObject) desk = NULL;
  JsonArray             *slots = json_array_new ();
  JsonObject            *slot;

  desk = vv_json_new ("format", "i", (gint64) VV_VAULT_FORMAT, "about", "o", vv_json_copy (about), "slots", "a", slots, NULL);
  randombytes_buf (vv_secret_data (data_key), VV_VAULT_KEY_SIZE);
  randombytes_buf (vv_secret_data (seed), VV_VAULT_KEY_SIZE);
  slot = vv_key_slots_seal (about, account, passphrase, data_key, seed, /* second_factor= */ NULL, error);
  if (slot == NULL)
    return FALSE;
  json_array_add_object_element (slots, slot);
  /* desk.json last: a folder without it is not a desk. */
  return fill_database (path, account, facts, slot, data_key, seed, error) && vv_key_slots_save (dir, desk, error);
}

gboolean
vv_vault_create (const char *dir,
                 JsonObject *about,
                 const char *account,
                 JsonObject *account_facts,
                 VvSecret   *passphrase,
                 GError    **error)
{
  gboolean made;

  g_return_val_if_fail (dir != NULL && about != NULL && account != NULL, FALSE);
  g_return_val_if_fail (account_facts != NULL && passphrase != NULL, FALSE);

  if (!claim_folder (dir, &made, error))
    return FALSE;
  if (fill_folder (dir, about, account, account_facts, passphrase, error))
    return TRUE;
  leave_nothing (dir, made);
  return FALSE;
}

JsonObject *
vv_vault_describe (const char *dir, GError **error)
{
  g_autoptr (JsonObject) desk = vv_key_slots_load (dir, error);
  JsonArray             *slots = vv_json_array (desk, "slots");
  JsonArray             *accounts;

  if (desk == NULL)
    return NULL;
  accounts = json_array_new ();
  for (guint i = 0; i < vv_json_length (slots); i++)
    json_array_add_string_element (accounts, vv_json_string (vv_json_element (slots, i), "account"));
  return vv_json_new ("format", "i", vv_json_int (desk, "format"), "about", "o", vv_json_copy (vv_json_object (desk, "about")),
                      "accounts", "a", accounts, NULL);
}

/* --- Opening ------------------------------------------------------------------------------------------------- */

static gboolean
take_lock (VvVault *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, "desk.lock", NULL);

  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock < 0)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FAILED,
                           _ ("The desk's folder cannot be written to. Check its permissions."));
      return FALSE;
    }
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_IN_USE,
                       _ ("The desk is open in another program. Close it there first."));
  return FALSE;
}

static gboolean
open_database (VvVault *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, "desk.db", NULL);
  GStatBuf         facts;

  if (g_stat (path, &facts) != 0)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_MISSING,
                           _ ("The desk's database is missing. Restore desk.db from a backup."));
      return FALSE;
    }
  if (facts.st_size == 0)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED,
                           _ ("The desk's database is empty. Restore desk.db from a backup."));
      return FALSE;
    }
  self->db = vv_database_open (path, self->data_key, error);
  return self->db != NULL &&
         vv_migrations_run (self->db, vv_migrations_count (), error) &&
         vv_templates_convert (self, error) &&
         vv_audit_check_end (self->db, VV_VAULT_CHECKED_AT_OPEN, error);
}

static gboolean
replace_desk (VvVault *self, JsonObject *desk, GError **error)
{
  if (!vv_key_slots_save (self->dir, desk, error))
    return FALSE;
  json_object_unref (self->desk);
  self->desk = json_object_ref (desk);
  return TRUE;
}

/* The database says who may sign in; slots of others (disabled, or left by a crash) go. */
static gboolean
prune_slots (VvVault *self, GHashTable *active, GError **error)
{
  g_autoptr (JsonObject) left = vv_key_slots_without (self->desk, active);

  return left == NULL || replace_desk (self, left, error);
}

static gboolean
refuse_account (GError **error, VvVaultError code, const char *text)
{
  g_set_error_literal (error, VV_VAULT_ERROR, (int) code, text);
  return FALSE;
}

/* Also without the file of attempts: a lock that somebody saw is in the database. */
static gboolean
check_not_locked (VvVault *self, GError **error)
{
  return !vv_vault_is_locked (self, self->account) ||
         refuse_account (error, VV_VAULT_ERROR_LOCKED,
                         _ ("This account is locked after too many wrong pass phrases. An administrator can release it."));
}

/* The slot and the key in it must be those the database knows, and the account must not be disabled or locked. */
static gboolean
check_account (VvVault *self, const VvUnlocked *unlocked, GError **error)
{
  guint8                 public_key[crypto_sign_PUBLICKEYBYTES];
  g_autoptr (GHashTable) active = vv_accounts_active (self->db, error);
  g_autoptr (GHashTable) keys = active != NULL ? vv_accounts_keys (self->db, error) : NULL;
  const char            *salt;
  GBytes                *known;
  g_autoptr (GBytes)     own = NULL;

  if (keys == NULL)
    return FALSE;
  salt = g_hash_table_lookup (active, self->account);
  if (salt == NULL || (*salt != '\0' && g_strcmp0 (salt, unlocked->salt) != 0))
    {
      (void) refuse_account (error, VV_VAULT_ERROR_PASSPHRASE,
                             salt == NULL ? _ ("This account is disabled. Ask your administrator.")
                                          : _ ("This pass phrase was replaced by a newer one. Use the newer one."));
      return prune_slots (self, active, /* error= */ NULL) && FALSE;
    }
  (void) crypto_sign_seed_keypair (public_key, vv_secret_data (self->signing_key), vv_secret_data (unlocked->seed));
  own = g_bytes_new (public_key, sizeof public_key);
  known = vv_accounts_key_now (keys, self->account);
  if (known == NULL || !g_bytes_equal (own, known))
    return refuse_account (error, VV_VAULT_ERROR_DAMAGED,
                           _ ("The desk does not know this account's signing key: it was changed. Tell your administrator."));
  return check_not_locked (self, error) && prune_slots (self, active, error);
}

gboolean
vv_vault_unlock (VvVault *self, VvSecret *passphrase, VvUnlocked *ret_unlocked, GError **error)
{
  gboolean           exists = vv_key_slots_find (self->desk, self->account) != NULL;
  VvAttemptsClock    now;
  g_autoptr (GError) cause = NULL;

  if (vv_attempts_is_locked (self->attempts, self->account))
    return refuse_account (error, VV_VAULT_ERROR_LOCKED,
                           _ ("This account is locked after too many wrong pass phrases. An administrator can release it."));
  vv_attempts_clock (&now);
  vv_attempts_add (self->attempts, exists ? self->account : "", &now);
  if (!vv_attempts_save (self->attempts, error))
    return FALSE;
  if (vv_key_slots_open (self->desk, self->account, passphrase, ret_unlocked, &cause))
    {
      vv_attempts_take_back (self->attempts);
      return vv_attempts_save (self->attempts, error);
    }
  /* Only a wrong pass phrase counts; a damaged file or no memory says nothing about the person. */
  if (!g_error_matches (cause, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE))
    {
      vv_attempts_take_back (self->attempts);
      (void) vv_attempts_save (self->attempts, /* error= */ NULL);
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

VvVault *
vv_vault_open (const char *dir, const char *account, VvSecret *passphrase, GError **error)
{
  g_autoptr (VvVault) self = g_new0 (VvVault, 1);
  g_auto (VvUnlocked) unlocked = { 0 };

  g_return_val_if_fail (dir != NULL && account != NULL && passphrase != NULL, NULL);

  self->dir = g_strdup (dir);
  self->account = g_strdup (account);
  self->lock = -1;
  self->signing_key = vv_secret_new (crypto_sign_SECRETKEYBYTES);
  self->desk = vv_key_slots_load (dir, error);
  if (self->desk == NULL || !take_lock (self, error))
    return NULL;
  self->attempts = vv_attempts_load (dir);
  if (!vv_vault_unlock (self, passphrase, &unlocked, error))
    return NULL;
  self->data_key = g_steal_pointer (&unlocked.data_key);
  self->second_factor = g_steal_pointer (&unlocked.second_factor);
  if (!open_database (self, error) || !check_account (self, &unlocked, error))
    return NULL;
  self->station = g_strdup (vv_json_string (vv_json_object (self->desk, "about"), "station"));
  return g_steal_pointer (&self);
}

void
vv_vault_close (VvVault *self)
{
  if (self == NULL)
    return;
  vv_vault_rollback (self);
  vv_database_close (self->db);
  if (self->lock >= 0)
    (void) close (self->lock); /* gives the lock back */
  vv_secret_free (self->data_key);
  vv_secret_free (self->signing_key);
  vv_secret_free (self->second_factor);
  vv_attempts_free (self->attempts);
  g_clear_pointer (&self->desk, json_object_unref);
  g_free (self->station);
  g_free (self->account);
  g_free (self->dir);
  g_free (self);
}

const char *
vv_vault_account (VvVault *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->account;
}

gboolean
vv_vault_check_passphrase (VvVault *self, VvSecret *passphrase, GError **error)
{
  g_auto (VvUnlocked) unlocked = { 0 };

  g_return_val_if_fail (self != NULL && passphrase != NULL, FALSE);

  return vv_vault_unlock (self, passphrase, &unlocked, error);
}

/* --- Transactions -------------------------------------------------------------------------------------------- */

static gboolean
in_transaction (VvVault *self)
{
  return self->db != NULL && sqlite3_get_autocommit (self->db) == 0;
}

static void
forget_transaction (VvVault *self)
{
  g_clear_pointer (&self->new_slots, json_array_unref);
  g_clear_pointer (&self->new_attempts, vv_attempts_free);
  g_clear_pointer (&self->wrote, json_object_unref);
  self->slots_gone = FALSE;
  self->purged = FALSE;
}

gboolean
vv_vault_require_transaction (VvVault *self, GError **error)
{
  if (in_transaction (self))
    return TRUE;
  g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED,
                       _ ("Nothing can be written outside a transaction; nothing was changed."));
  return FALSE;
}

gboolean
vv_vault_begin (VvVault *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (in_transaction (self))
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED,
                           _ ("Another change is under way. Wait until it is done."));
      return FALSE;
    }
  forget_transaction (self);
  return vv_database_run (self->db, error, "BEGIN IMMEDIATE", "");
}

/* The slots of new accounts are on the disk before the accounts are: after a crash in between, the next
 * start removes slots without an account. The other way round an account without a slot would remain. */
static gboolean
write_new_slots (VvVault *self, GError **error)
{
  g_autoptr (JsonObject) desk = NULL;

  if (self->new_slots == NULL)
    return TRUE;
  desk = vv_key_slots_with (self->desk, self->new_slots);
  return replace_desk (self, desk, error);
}

/* If this fails, the file stays that of the round before, which the database still knows. */
static void
write_new_attempts (VvVault *self)
{
  g_autoptr (GError) cause = NULL;

  if (self->new_attempts == NULL)
    return;
  if (!vv_attempts_save (self->new_attempts, &cause))
    {
      g_message ("the file of failed sign-ins stays as it was: %s", cause->message);
      return;
    }
  vv_attempts_free (self->attempts);
  self->attempts = g_steal_pointer (&self->new_attempts);
}

/* Slots of disabled accounts go after the commit; if that fails now, the next start does it, and until then
 * the database keeps the account out. */
static void
drop_old_slots (VvVault *self)
{
  g_autoptr (GError)     cause = NULL;
  g_autoptr (GHashTable) active = vv_accounts_active (self->db, &cause);

  if (active == NULL || !prune_slots (self, active, &cause))
    g_message ("the key slot of a disabled account stays until the next start: %s", cause->message);
}

gboolean
vv_vault_commit (VvVault *self, GError **error)
{
  gboolean slots_changed;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  slots_changed = self->slots_gone || self->new_slots != NULL;
  if (!write_new_slots (self, error) || !vv_database_run (self->db, error, "COMMIT", ""))
    {
      vv_vault_rollback (self);
      if (slots_changed)
        drop_old_slots (self);
      return FALSE;
    }
  if (slots_changed)
    drop_old_slots (self);
  write_new_attempts (self);
  /* What was purged must not live on in the log, even encrypted. */
  if (self->purged)
    (void) sqlite3_wal_checkpoint_v2 (self->db, /* database= */ NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  forget_transaction (self);
  return TRUE;
}

void
vv_vault_rollback (VvVault *self)
{
  g_return_if_fail (self != NULL);

  if (in_transaction (self))
    (void) vv_database_run (self->db, /* error= */ NULL, "ROLLBACK", "");
  forget_transaction (self);
}

GBytes *
vv_vault_sign (VvVault *self, const char *hash)
{
  guint8 signature[crypto_sign_BYTES];

  (void) crypto_sign_detached (signature, /* length= */ NULL, (const guint8 *) hash, strlen (hash),
                               vv_secret_data (self->signing_key));
  return g_bytes_new (signature, sizeof signature);
}
