// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vv-record.h"
#include "vv-secret.h"

G_BEGIN_DECLS

typedef enum
{
  VV_VAULT_ERROR_EXISTS,     /* there is something in the folder already */
  VV_VAULT_ERROR_MISSING,    /* no desk in the folder, or a part of it is gone */
  VV_VAULT_ERROR_FORMAT,     /* made by a newer version */
  VV_VAULT_ERROR_PASSPHRASE, /* wrong account or pass phrase */
  VV_VAULT_ERROR_IN_USE,     /* open in another program */
  VV_VAULT_ERROR_DAMAGED,    /* bytes were changed or lost */
  VV_VAULT_ERROR_PLAIN,      /* the database would not be encrypted: refused */
  VV_VAULT_ERROR_FULL,       /* no room on the disk */
  VV_VAULT_ERROR_REFUSED,    /* a rule of the store forbids it (append-only, unique, foreign key) */
  VV_VAULT_ERROR_NOT_FOUND,  /* no such row */
  VV_VAULT_ERROR_FAILED,     /* anything else */
  VV_VAULT_ERROR_LOCKED,     /* too many wrong pass phrases: until an administrator releases the account */
} VvVaultError;

#define VV_VAULT_ERROR (vv_vault_error_quark ())
GQuark vv_vault_error_quark (void);

/* The encrypted desk, opened with one person's pass phrase. Thread-confined: used by one thread at a time
 * (desk/ holds a lock). Acts of that person are signed with the person's key. */
typedef struct _VvVault VvVault;

/* --- The folder, without a pass phrase ---------------------------------------------------------------- */

/* Makes a desk in @dir (made if missing; must be empty): desk.json, desk.db and the first account.
 * @about: shown without a pass phrase, kept in desk.json: "station", "agency", "training" and the like.
 * Leaves nothing behind on failure. */
gboolean vv_vault_create (const char *dir,
                          JsonObject *about,
                          const char *account,
                          JsonObject *account_facts,
                          VvSecret   *passphrase,
                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* desk.json without its secrets: {"format":1,"about":{...},"accounts":["chen",...]}. (transfer full) */
JsonObject *vv_vault_describe (const char *dir,
                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Opening -------------------------------------------------------------------------------------------- */

/* Unwraps the keys (Argon2id: about half a second), proves that the file is encrypted, runs migrations and
 * checks that the audit chain's end is what it was. A wrong pass phrase counts in desk.attempts: five within
 * 15 minutes lock the account (VV_VAULT_ERROR_LOCKED), whatever restarts and clocks do meanwhile. Whether the
 * account has a second factor is for the caller to ask (vv_vault_second_factor()). Returns: (transfer full). */
VvVault *vv_vault_open (const char *dir,
                        const char *account,
                        VvSecret   *passphrase,
                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Wipes the keys, closes the database, gives the lock back. NULL is fine. */
void vv_vault_close (VvVault *self);

const char *vv_vault_account (VvVault *self);

/* Whether @passphrase is that of the account that is signed in (fresh pass phrase before a signature). A wrong one counts
 * as a failed sign-in. */
gboolean vv_vault_check_passphrase (VvVault  *self,
                                    VvSecret *passphrase,
                                    GError  **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Around a sign-in: each inside a transaction ------------------------------------------------------------ */

/* Failed sign-ins since anybody last signed in, [{"account" ("" when there is no such account),"at","locks" (boolean)}],
 * and whether the file they lay in is "sound", "missing" or "changed". From the commit on they are known and those of the
 * signed-in account are forgotten. Returns: (transfer full). */
JsonArray *vv_vault_take_attempts (VvVault     *self,
                                   const char **ret_state,
                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @account is locked, by the file or by its fact "locked". */
gboolean vv_vault_is_locked (VvVault    *self,
                             const char *account);

/* Forgets the account's failed sign-ins and its fact "locked". */
gboolean vv_vault_release_account (VvVault    *self,
                                   const char *account,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets "last_sign_in" of the signed-in account to now. */
gboolean vv_vault_note_sign_in (VvVault *self,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Kind of the signed-in account's second factor ("totp"), or NULL when it has none. */
const char *vv_vault_second_factor (VvVault *self);

/* Whether @code proves possession of it now; each code is good once, from the commit on. A wrong one counts as a failed
 * sign-in: VV_VAULT_ERROR_PASSPHRASE. */
gboolean vv_vault_check_code (VvVault    *self,
                              const char *code,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts @second_factor (vv-second-factor.h), or none when NULL, into the signed-in account's slot. */
gboolean vv_vault_set_second_factor (VvVault  *self,
                                     VvSecret *passphrase,
                                     VvSecret *second_factor,
                                     GError  **error) G_GNUC_WARN_UNUSED_RESULT;

/* After that was committed: this opened vault asks for it too, not only the next one. */
void vv_vault_use_second_factor (VvVault  *self,
                                 VvSecret *second_factor);

/* Seals the signed-in account's slot anew; from the commit on the old pass phrase opens nothing, even with an old
 * desk.json put back. */
gboolean vv_vault_change_passphrase (VvVault  *self,
                                     VvSecret *old_passphrase,
                                     VvSecret *new_passphrase,
                                     GError  **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Transactions --------------------------------------------------------------------------------------- */

/* Everything that writes happens between begin and commit; commit is durable when it returns (WAL,
 * synchronous=FULL). rollback leaves all as it was. Not nested. */
gboolean vv_vault_begin (VvVault *self,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean vv_vault_commit (VvVault *self,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     vv_vault_rollback (VvVault *self);

/* --- Records of work: append-only ----------------------------------------------------------------------- */

/* Appends a record by the signed-in account, now. @request: 0 for the desk itself or for a new request's
 * own record (kind "request"): that record's id is the request's number inside the desk. Signed with the
 * account's key over its hash. Returns: (transfer full). */
VvRecord *vv_vault_append (VvVault    *self,
                           const char *kind,
                           gint64      request,
                           gint64      previous,
                           JsonObject *body,
                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* All records of @request in order of id, the request's own first.
 * Returns: (transfer full) (element-type VvRecord). */
GPtrArray *vv_vault_records (VvVault *self,
                             gint64   request,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All records of @kind in order of id, e.g. every "request". Same return. */
GPtrArray *vv_vault_records_of_kind (VvVault    *self,
                                     const char *kind,
                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;

VvRecord *vv_vault_record (VvVault *self,
                           gint64   id,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The author's Ed25519 signature over the 64 digits of the record's hash, as stored: 64 bytes, checked by whoever gets it.
 * Returns: (transfer full). */
GBytes *vv_vault_record_signature (VvVault *self,
                                   gint64   id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Blobs: files as they came, by their SHA-256; append-only -------------------------------------------- */

/* Keeps @bytes (once, however often it is put). Returns: (transfer full) the SHA-256. */
char *vv_vault_put_blob (VvVault *self,
                         GBytes  *bytes,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads it back and checks the hash. Returns: (transfer full). */
GBytes *vv_vault_blob (VvVault    *self,
                       const char *sha256,
                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Photo repository: arrest and parole photographs; rows go when a record is sealed -------------------- */

/* Adds a photograph. @facts: "person", "class" ("arrest" or "parole"), "origin", "reference", "taken"
 * (date), "face" (box and landmarks), "manifest" (record id of the import). Returns its id, or 0. */
gint64 vv_vault_add_photograph (VvVault    *self,
                                JsonObject *facts,
                                GBytes     *file,
                                GError    **error);

/* "id", "sha256" and the facts above. Returns: (transfer full). */
JsonObject *vv_vault_photograph (VvVault *self,
                                 gint64   id,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes     *vv_vault_photograph_file (VvVault *self,
                                      gint64   id,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Id of the photograph with that SHA-256, 0 when there is none (@error unset) or on failure. */
gint64 vv_vault_find_photograph (VvVault    *self,
                                 const char *sha256,
                                 GError    **error);

/* Appends to @ids (of gint64) the photographs whose fact "reference" is @reference. */
gboolean vv_vault_find_reference (VvVault    *self,
                                  const char *reference,
                                  GArray     *ids,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for the fact "person", oldest first; those without a date come before. */
gboolean vv_vault_find_person (VvVault    *self,
                               const char *person,
                               GArray     *ids,
                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The @n newest photographs before number @before (0: of all), newest first, as vv_vault_photograph() gives them. @filter: of
 * those members that are there, "class", "person", "reference" and "manifest" must be the same. However many photographs there
 * are, no more rows are read than are given, and where both person (or reference) and class are asked for, those of that person.
 * Returns: (transfer full). */
JsonArray *vv_vault_list_photographs (VvVault    *self,
                                      JsonObject *filter,
                                      gint64      before,
                                      gsize       n,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* {"photographs":N,"persons":N,"templates":{RECOGNISER:N}}. Returns: (transfer full). */
JsonObject *vv_vault_repository_facts (VvVault *self,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Removes photographs with their templates (sealed or expunged). */
gboolean vv_vault_purge (VvVault      *self,
                         const gint64 *ids,
                         gsize         n,
                         GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Templates: a row each, and packs to load them fast --------------------------------------------------- */

/* Adds a template of @length floats for each of @n photographs. They are loose until they are packed. */
gboolean vv_vault_add_templates (VvVault      *self,
                                 const char   *recogniser,
                                 guint         length,
                                 const gint64 *photographs,
                                 const float  *templates,
                                 gsize         n,
                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the template of @photographs[i] to @ret_rows[i * @step] and on. VV_VAULT_ERROR_NOT_FOUND when one is not there. */
gboolean vv_vault_template_rows (VvVault      *self,
                                 const char   *recogniser,
                                 const gint64 *photographs,
                                 gsize         n,
                                 float        *ret_rows,
                                 gsize         step,
                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many are loose. */
gint64 vv_vault_count_loose_templates (VvVault    *self,
                                       const char *recogniser,
                                       GError    **error);

/* Appends the first @n loose templates of photographs after @after: their numbers to @photographs (of gint64, rising) and
 * the templates to @templates (of float). */
gboolean vv_vault_read_loose_templates (VvVault    *self,
                                        const char *recogniser,
                                        gint64      after,
                                        gsize       n,
                                        GArray     *photographs,
                                        GArray     *templates,
                                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps @pack, whatever it is made of, for the templates of @n photographs, which are loose no longer. */
gboolean vv_vault_add_pack (VvVault      *self,
                            const char   *recogniser,
                            const gint64 *photographs,
                            gsize         n,
                            GBytes       *pack,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Called once per pack, aligned as memory is, perhaps by two threads at once; FALSE: the pack is of no use. */
typedef gboolean (*VvVaultPackFunc) (gconstpointer pack,
                                     gsize         size,
                                     gpointer      data);

/* Reads all packs of @recogniser, each checked against its hash. One that is damaged or of no use is dropped and its
 * templates are loose again, to be read after this. Not within a transaction. */
gboolean vv_vault_read_packs (VvVault        *self,
                              const char     *recogniser,
                              VvVaultPackFunc func,
                              gpointer        data,
                              GCancellable   *cancellable,
                              GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Accounts ---------------------------------------------------------------------------------------------- */

/* @facts: "full_name", "roles" (array of role names), "state" ("active", "disabled"). Makes a key slot with
 * a signing key of its own. */
gboolean vv_vault_add_account (VvVault    *self,
                               const char *account,
                               JsonObject *facts,
                               VvSecret   *passphrase,
                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives another account a new pass phrase and a new signing key, without a second factor. The old public key stays for
 * what it signed before; with this in the same transaction a disabled account may be made active. */
gboolean vv_vault_reset_account (VvVault    *self,
                                 const char *account,
                                 VvSecret   *passphrase,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Changes the facts of an account (null removes one); a disabled one's key slot is removed, its public key stays. */
gboolean vv_vault_change_account (VvVault    *self,
                                  const char *account,
                                  JsonObject *facts,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Facts, "account", "public_key" (base64, the one that counts now), "keys" (all it ever had: [{"public_key","from_row",
 * "from_record"}], each valid for audit rows and records from those numbers on), "made_at", "last_sign_in". Array of
 * all. Returns: (transfer full). */
JsonArray  *vv_vault_accounts (VvVault *self,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *vv_vault_account_facts (VvVault    *self,
                                    const char *account,
                                    GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Small things that change ------------------------------------------------------------------------------- */

/* Settings of the desk (ECMS connection and the like), one JSON object per name. NULL without error when
 * not set. */
JsonObject *vv_vault_setting (VvVault    *self,
                              const char *name,
                              GError    **error);
gboolean    vv_vault_set_setting (VvVault    *self,
                                  const char *name,
                                  JsonObject *value,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Drafts: what a person has typed and not yet locked, per account, request and key. NULL without error when
 * there is none. Setting NULL removes it. */
JsonObject *vv_vault_draft (VvVault    *self,
                            gint64      request,
                            const char *key,
                            GError    **error);
gboolean    vv_vault_set_draft (VvVault    *self,
                                gint64      request,
                                const char *key,
                                JsonObject *value,
                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Outbox: documents on their way to ECMS ----------------------------------------------------------------- */

/* Queues a document. @entry: "request", "document" (SHA-256 of a blob; also the idempotency key), "name",
 * "folder", "media_type", "state", "attempts", "next_try". Queuing the same document for the same folder
 * twice keeps one row. Returns the row's id, or 0. */
gint64 vv_vault_queue (VvVault    *self,
                       JsonObject *entry,
                       GError    **error);

/* Replaces the changing members ("state", "attempts", "next_try", "receipt", "last_error") of row @id. */
gboolean vv_vault_update_queued (VvVault    *self,
                                 gint64      id,
                                 JsonObject *changes,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* All rows, oldest first, with "id"; @state NULL for every state. Returns: (transfer full). */
JsonArray *vv_vault_outbox (VvVault    *self,
                            const char *state,
                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Audit chain: append-only -------------------------------------------------------------------------------- */

/* Appends one row: seq, time, account, station, @act, @object, @outcome ("done", "refused", "failed"), @detail (nullable,
 * no names, no pictures), hash of the previous row, own hash. @sign: also signed by the account's key (acts
 * that decide something). */
gboolean vv_vault_audit (VvVault    *self,
                         const char *act,
                         const char *object,
                         const char *outcome,
                         JsonObject *detail,
                         gboolean    sign,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Time of the last row, microseconds since 1970; 0 when there is none. */
gint64 vv_vault_last_written (VvVault *self);

/* Hash of the last row. Returns: (transfer full). */
char *vv_vault_audit_head (VvVault *self,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Checks every row's hash and link, every signature of rows and records, and every record's hash.
 * Returns: (transfer full) {"rows":N,"signatures":N,"records":N,"blobs":N,"head":HASH,"ok":BOOL,"problems":[TEXT,...]};
 * NULL only when it could not be read at all. */
JsonObject *vv_vault_verify (VvVault      *self,
                             GCancellable *cancellable,
                             GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Rows from @first on, at most @count, as JSON objects. Returns: (transfer full). */
JsonArray *vv_vault_audit_rows (VvVault *self,
                                gint64   first,
                                gint64   count,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvVault, vv_vault_close)

G_END_DECLS
