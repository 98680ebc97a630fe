// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include "vv-attempts.h"
#include "vv-vault.h"

G_BEGIN_DECLS

/* What the files of this room share; nobody outside includes it, except tests that look past the gates. */

#define VV_VAULT_FORMAT   1
#define VV_VAULT_KEY_SIZE 32
/* Rows of the audit chain's end that are checked at every start. */
#define VV_VAULT_CHECKED_AT_OPEN 100

struct _VvVault
{
  char       *dir;
  char       *account;
  char       *station;
  int         lock; /* desk.lock, held with flock(); -1 when not */
  sqlite3    *db;
  JsonObject *desk;          /* desk.json as it stands on the disk */
  VvSecret   *data_key;      /* opens desk.db */
  VvSecret   *signing_key;   /* Ed25519 secret key of @account */
  VvSecret   *second_factor; /* (nullable) of @account */
  VvAttempts *attempts;      /* failed sign-ins, as they stand on the disk */

  /* The open transaction: */
  JsonArray  *new_slots;    /* key slots to be written before it commits; NULL when there are none */
  VvAttempts *new_attempts; /* to be written after the commit; NULL when they stay as they are */
  gboolean    slots_gone;   /* an account was disabled: its slot goes after the commit */
  gboolean    purged;       /* photographs were removed: empty the write-ahead log after the commit */
  JsonObject *wrote;        /* records appended since the last audit row: {"ID":HASH}; NULL when none */
};

/* --- vv-database.c: SQLite ------------------------------------------------------------------------------ */

/* Opens @path, which must exist, with the raw @key, and proves that it is encrypted. Returns: (transfer full). */
sqlite3 *vv_database_open (const char *path,
                           VvSecret   *key,
                           GError    **error);

/* Closes it, the write-ahead log folded in. NULL is fine. */
void vv_database_close (sqlite3 *db);

/* Gives a statement back: reset, unbound, kept for the next time the same SQL is prepared. NULL is fine. */
void vv_database_release (sqlite3_stmt *statement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, vv_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, vv_database_release)

/* Whether the first bytes of the file are not those of a plain SQLite file; VV_VAULT_ERROR_PLAIN otherwise. */
gboolean vv_database_check_header (const char *path,
                                   GError    **error);

/* What statements may do: read and write rows of this schema, or change the schema as well. */
void vv_database_allow_schema_changes (sqlite3 *db,
                                       gboolean allow);

/* The one place where SQLite's codes become ours. */
void vv_database_set_error (sqlite3 *db,
                            GError **error);

/* Prepares @sql and binds the arguments: "i" gint64, "t" const char * (NULL gives NULL), "b" gconstpointer
 * and gsize (kept by the caller until the statement is done). Step it before the same SQL is prepared again.
 * Returns: (transfer full). */
sqlite3_stmt *vv_database_prepare (sqlite3    *db,
                                   GError    **error,
                                   const char *sql,
                                   const char *types,
                                   ...);

/* TRUE: a row is there. FALSE: no more rows, or @error is set. */
gboolean vv_database_step (sqlite3_stmt *statement,
                           GError      **error);

/* Prepares, binds and runs to the end. */
gboolean vv_database_run (sqlite3    *db,
                          GError    **error,
                          const char *sql,
                          const char *types,
                          ...);

/* Columns; texts are never NULL and belong to the statement. */
const char *vv_database_text (sqlite3_stmt *statement,
                              int           column);
GBytes     *vv_database_bytes (sqlite3_stmt *statement,
                               int           column);

/* A column of JSON. Returns: (transfer full), or NULL with VV_VAULT_ERROR_DAMAGED. */
JsonObject *vv_database_json (sqlite3_stmt *statement,
                              int           column,
                              GError      **error);

/* --- vv-migrations.c ------------------------------------------------------------------------------------- */

guint  vv_migrations_count (void);
gint64 vv_migrations_version (sqlite3 *db,
                              GError **error);
/* Runs the steps from the file's version up to @target, each in a transaction of its own. */
gboolean vv_migrations_run (sqlite3 *db,
                            guint    target,
                            GError **error);

/* --- vv-templates.c -------------------------------------------------------------------------------------- */

/* Moves templates out of the blocks in which they were packed as floats, all in one transaction; outside of one. */
gboolean vv_templates_convert (VvVault *self,
                               GError **error);

/* --- vv-key-slots.c: desk.json ------------------------------------------------------------------------------ */

JsonObject *vv_key_slots_load (const char *dir,
                               GError    **error);
gboolean    vv_key_slots_save (const char *dir,
                               JsonObject *desk,
                               GError    **error);

/* What a slot held. */
typedef struct
{
  VvSecret *data_key;
  VvSecret *seed;          /* Ed25519 */
  VvSecret *second_factor; /* (nullable) kind and secret, see vv-second-factor.h */
  char     *salt;          /* names the slot among those of its account */
} VvUnlocked;

void vv_unlocked_clear (VvUnlocked *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvUnlocked, vv_unlocked_clear)

/* A slot that opens with @passphrase. @seed: Ed25519 seed. @second_factor: (nullable). @about: for "training" and "kdf". */
JsonObject *vv_key_slots_seal (JsonObject *about,
                               const char *account,
                               VvSecret   *passphrase,
                               VvSecret   *data_key,
                               VvSecret   *seed,
                               VvSecret   *second_factor,
                               GError    **error);

/* Unwraps the slot of @account. Takes the same time when there is no such account. A crash may have left two slots of
 * one account: either opens, and the database says which one counts. */
gboolean vv_key_slots_open (JsonObject *desk,
                            const char *account,
                            VvSecret   *passphrase,
                            VvUnlocked *ret_unlocked,
                            GError    **error);

JsonObject *vv_key_slots_find (JsonObject *desk,
                               const char *account);
/* A copy of @desk without the slots that @keep (vv_accounts_active()) does not name. Returns: (transfer full), or NULL when
 * all are to stay. */
JsonObject *vv_key_slots_without (JsonObject *desk,
                                  GHashTable *keep);
/* A copy of @desk with @slots added. Returns: (transfer full). */
JsonObject *vv_key_slots_with (JsonObject *desk,
                               JsonArray  *slots);

/* --- vv-vault.c ----------------------------------------------------------------------------------------------- */

/* Whether a transaction is open; VV_VAULT_ERROR_REFUSED otherwise. Every writing function asks first. */
gboolean vv_vault_require_transaction (VvVault *self,
                                       GError **error);

/* Opens the slot of the account that is signed in; a wrong pass phrase counts as a failed sign-in. */
gboolean vv_vault_unlock (VvVault    *self,
                          VvSecret   *passphrase,
                          VvUnlocked *ret_unlocked,
                          GError    **error);

/* --- vv-sign-in.c ------------------------------------------------------------------------------------------------ */

/* A new second factor starts to count anew. Inside a transaction. */
gboolean vv_vault_reset_second_factor_counter (VvVault    *self,
                                               const char *account,
                                               GError    **error);

/* Ed25519 signature by the signed-in account over the 64 digits of @hash. Returns: (transfer full). */
GBytes *vv_vault_sign (VvVault    *self,
                       const char *hash);

/* --- vv-accounts.c ---------------------------------------------------------------------------------------------- */

/* Writes the account's row; the key is vouched for with @endorser's signing key. */
gboolean vv_accounts_insert (sqlite3    *db,
                             const char *account,
                             JsonObject *facts,
                             VvSecret   *seed,
                             const char *endorser,
                             VvSecret   *endorser_key,
                             GError    **error);

/* The database's word on which slot of its account counts. */
gboolean vv_accounts_set_slot (sqlite3    *db,
                               JsonObject *slot,
                               GError    **error);

/* The accounts that may sign in: name -> salt of the slot that counts, "" when none is known. Returns: (transfer full). */
GHashTable *vv_accounts_active (sqlite3 *db,
                                GError **error);

/* What is vouched for when an account is made. Returns: (transfer full) SHA-256. */
char *vv_accounts_endorsed_hash (const char *account,
                                 GBytes     *public_key,
                                 const char *made_at);

/* --- vv-account-keys.c: public keys, each from a row and a record on ---------------------------------------------- */

/* All public keys by account. Returns: (transfer full). */
GHashTable *vv_accounts_keys (sqlite3 *db,
                              GError **error);

/* The key with which @account signed audit row @seq, record @id, or signs now. Belongs to @keys; NULL for an unknown account. */
GBytes *vv_accounts_key_for_row (GHashTable *keys,
                                 const char *account,
                                 gint64      seq);
GBytes *vv_accounts_key_for_record (GHashTable *keys,
                                    const char *account,
                                    gint64      id);
GBytes *vv_accounts_key_now (GHashTable *keys,
                             const char *account);
/* Whichever of the account's keys made @signature over @hash, or NULL. */
GBytes *vv_accounts_key_that_signed (GHashTable *keys,
                                     const char *account,
                                     const char *hash,
                                     GBytes     *signature);

/* Gives @account the key of @seed from the next row and record on, vouched for by the account that is signed in. */
gboolean vv_accounts_insert_key (VvVault    *self,
                                 const char *account,
                                 VvSecret   *seed,
                                 GError    **error);

/* What is vouched for then. Returns: (transfer full) SHA-256. */
char *vv_accounts_new_key_hash (const char *account,
                                GBytes     *public_key,
                                const char *made_at,
                                gint64      from_row,
                                gint64      from_record);

/* [{"public_key","from_row","from_record"}] of one account, the oldest first. Returns: (transfer full). */
JsonArray *vv_accounts_list_keys (sqlite3    *db,
                                  const char *account,
                                  GError    **error);

/* --- vv-records.c ------------------------------------------------------------------------------------------------- */

/* The columns of a record, in the order vv_records_read() wants them. */
#define VV_RECORD_COLUMNS "id, coalesce(request, 0), coalesce(previous, 0), kind, author, made_at, body, hash, signature"

/* The record in the current row, its hash computed anew; NULL with an error when its body is not JSON. */
VvRecord *vv_records_read (sqlite3_stmt *statement,
                           GError      **error);

/* --- vv-audit.c ----------------------------------------------------------------------------------------------------- */

#define VV_AUDIT_COLUMNS "seq, time, account, station, act, object, outcome, detail, previous, hash, signature"

/* Hash of the current row's content and the row as JSON. Returns: (transfer full), or NULL with an error. */
JsonObject *vv_audit_read (sqlite3_stmt *statement,
                           char        **computed_hash,
                           GError      **error);

/* Checks the last @rows rows; VV_VAULT_ERROR_DAMAGED when they do not hold together. */
gboolean vv_audit_check_end (sqlite3 *db,
                             gint64   rows,
                             GError **error);

/* Previous hash of the first row. */
const char *vv_audit_genesis (void);

/* Whether @signature is @key's (nullable) over @hash. */
gboolean vv_audit_signature_holds (GBytes     *key,
                                   const char *hash,
                                   GBytes     *signature);

G_END_DECLS
