// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-progress.h"
#include "vv-vault-private.h"

/* A thousand sentences would help nobody more than the first hundred. */
#define MOST_PROBLEMS 100

typedef struct
{
  VvVault      *vault;
  GCancellable *cancellable; /* (nullable) */
  GHashTable   *keys;        /* (owned) as vv_accounts_keys() */
  GHashTable   *records;     /* (owned) id -> hash, of every record read */
  JsonArray    *problems;    /* (owned) */
  char         *head;        /* (owned) hash of the last row read */
  gint64        last_seq;
  gint64        n_keys, n_rows, n_signatures, n_records, n_blobs;
  guint64       done, total;
} Check;

static void
check_clear (Check *check)
{
  g_clear_pointer (&check->keys, g_hash_table_unref);
  g_clear_pointer (&check->records, g_hash_table_unref);
  g_clear_pointer (&check->problems, json_array_unref);
  g_free (check->head);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

G_GNUC_PRINTF (2, 3)
static void
report (Check *check, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          values;

  if (json_array_get_length (check->problems) >= MOST_PROBLEMS)
    return;
  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  json_array_add_string_element (check->problems, text);
}

/* Calls @check_row for each row of @sql; a table that cannot be read to its end is a problem named @what.
 * Returns FALSE when the work was stopped. */
static gboolean
each_row (Check *check, const char *sql, const char *what, void (*check_row) (Check *, sqlite3_stmt *), GError **error)
{
  g_autoptr (GError)       cause = NULL;
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (check->vault->db, &cause, sql, "");

  while (statement != NULL && vv_database_step (statement, &cause))
    {
      if (g_cancellable_set_error_if_cancelled (check->cancellable, error))
        return FALSE;
      check_row (check, statement);
      check->done++;
      vv_progress_set (check->cancellable, check->done, MAX (check->done, check->total));
    }
  if (g_cancellable_set_error_if_cancelled (check->cancellable, error))
    return FALSE;
  if (cause != NULL)
    /* Translators: %s is "the audit log", "the records" and the like */
    report (check, _ ("A part of %s cannot be read."), what);
  return TRUE;
}

static void
check_signature (Check *check, GBytes *key, const char *hash, sqlite3_stmt *statement, int column, const char *what)
{
  g_autoptr (GBytes) signature = vv_database_bytes (statement, column);

  check->n_signatures++;
  if (!vv_audit_signature_holds (key, hash, signature))
    /* Translators: %s is "audit row 12", "record 3" */
    report (check, _ ("The signature of %s is not that of the person it names."), what);
}

static void
check_account (Check *check, sqlite3_stmt *statement)
{
  const char        *account = vv_database_text (statement, 0);
  g_autoptr (GBytes) key = vv_database_bytes (statement, 1);
  g_autofree char   *hash = vv_accounts_endorsed_hash (account, key, vv_database_text (statement, 2));
  g_autofree char   *what = g_strdup_printf (_ ("account “%s”"), account);
  g_autoptr (GBytes) endorsement = vv_database_bytes (statement, 4);

  /* The row does not say which of the endorser's keys it was, so the one that fits is taken. */
  check_signature (check, vv_accounts_key_that_signed (check->keys, vv_database_text (statement, 3), hash, endorsement), hash,
                   statement, 4, what);
}

/* A key that an administrator gave to an account later. */
static void
check_account_key (Check *check, sqlite3_stmt *statement)
{
  const char        *account = vv_database_text (statement, 1);
  g_autoptr (GBytes) key = vv_database_bytes (statement, 2);
  gint64             from_row = sqlite3_column_int64 (statement, 4);
  g_autofree char   *hash = vv_accounts_new_key_hash (account, key, vv_database_text (statement, 3), from_row,
                                                      sqlite3_column_int64 (statement, 5));
  g_autofree char   *what = g_strdup_printf (_ ("account “%s”"), account);

  if (sqlite3_column_int64 (statement, 0) != ++check->n_keys)
    report (check, _ ("A signing key before that of %s is missing."), what);
  check_signature (check, vv_accounts_key_for_row (check->keys, vv_database_text (statement, 6), from_row), hash, statement, 7, what);
}

static void
check_record (Check *check, sqlite3_stmt *statement)
{
  gint64               id = sqlite3_column_int64 (statement, 0);
  g_autofree char     *what = g_strdup_printf (_ ("record %" PRId64), id);
  g_autoptr (VvRecord) record = vv_records_read (statement, /* error= */ NULL);
  gint64              *key;

  check->n_records++;
  if (id != check->n_records)
    {
      report (check, _ ("A record before %s is missing."), what);
      check->n_records = id;
    }
  if (record == NULL || strcmp (record->hash, vv_database_text (statement, 7)) != 0)
    {
      report (check, _ ("The content of %s was changed."), what);
      return;
    }
  check_signature (check, vv_accounts_key_for_record (check->keys, record->author, id), record->hash, statement, 8, what);
  key = g_new (gint64, 1);
  *key = id;
  g_hash_table_insert (check->records, key, g_strdup (record->hash));
}

/* An audit row names the records written with it. */
static void
check_written (Check *check, JsonObject *row, const char *what)
{
  JsonObject       *wrote = vv_json_object (vv_json_object (row, "detail"), "wrote");
  g_autoptr (GList) names = wrote != NULL ? json_object_get_members (wrote) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    {
      gint64      id = g_ascii_strtoll (name->data, /* end= */ NULL, 10);
      const char *hash = g_hash_table_lookup (check->records, &id);

      if (g_strcmp0 (hash, vv_json_string (wrote, name->data)) != 0)
        report (check, _ ("Record %" PRId64 " is not the one that %s names."), id, what);
    }
}

static void
check_audit_row (Check *check, sqlite3_stmt *statement)
{
  gint64                 seq = sqlite3_column_int64 (statement, 0);
  g_autofree char       *what = g_strdup_printf (_ ("audit row %" PRId64), seq);
  g_autofree char       *computed = NULL;
  g_autoptr (JsonObject) row = vv_audit_read (statement, &computed, /* error= */ NULL);
  const char            *hash = vv_database_text (statement, 9);

  check->n_rows++;
  if (seq != check->last_seq + 1)
    report (check, _ ("A row before %s is missing."), what);
  check->last_seq = seq;
  if (row == NULL || g_strcmp0 (computed, hash) != 0)
    report (check, _ ("The content of %s was changed."), what);
  if (strcmp (vv_database_text (statement, 8), check->head) != 0)
    report (check, _ ("The chain is broken at %s: it does not follow the row before it."), what);
  if (row != NULL && sqlite3_column_type (statement, 10) != SQLITE_NULL)
    check_signature (check, vv_accounts_key_for_row (check->keys, vv_database_text (statement, 2), seq), computed, statement, 10, what);
  if (row != NULL)
    check_written (check, row, what);
  g_free (check->head);
  check->head = g_strdup (hash);
}

static void
check_file (Check *check, sqlite3_stmt *statement)
{
  const char      *expected = vv_database_text (statement, 0);
  gconstpointer    data = sqlite3_column_blob (statement, 1);
  gsize            size = (gsize) sqlite3_column_bytes (statement, 1);
  g_autofree char *hash = vv_hash_data (data != NULL ? data : "", size);

  check->n_blobs++;
  if (strcmp (hash, expected) != 0)
    report (check, _ ("The kept file with the hash %.12s… was changed."), expected);
}

static void
check_page (Check *check, sqlite3_stmt *statement)
{
  report (check, _ ("A page of the database was changed (%s)."), vv_database_text (statement, 0));
}

static void
check_structure (Check *check, sqlite3_stmt *statement)
{
  const char *finding = vv_database_text (statement, 0);

  if (strcmp (finding, "ok") != 0)
    report (check, _ ("The database does not hold together (%s)."), finding);
}

static guint64
count_rows (VvVault *self)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = vv_database_prepare (self->db, /* error= */ NULL,
                                   "SELECT (SELECT count (*) FROM account) + (SELECT count (*) FROM record)"
                                   " + (SELECT count (*) FROM audit) + (SELECT count (*) FROM blob)"
                                   " + (SELECT count (*) FROM photograph)",
                                   "");
  if (statement == NULL || !vv_database_step (statement, /* error= */ NULL))
    return 0;
  return (guint64) sqlite3_column_int64 (statement, 0);
}

/* Records before the audit log, whose rows name them. The page check reads the file itself; what it cannot
 * see (a whole page put back to an older state) the hashes and the structure show. */
static gboolean
check_all (Check *check, GError **error)
{
  return each_row (check, "PRAGMA cipher_integrity_check", _ ("the database file"), check_page, error) &&
         each_row (check, "PRAGMA quick_check", _ ("the database"), check_structure, error) &&
         each_row (check, "SELECT name, public_key, made_at, endorser, endorsement FROM account", _ ("the accounts"), check_account, error) &&
         each_row (check, "SELECT id, account, public_key, made_at, from_row, from_record, endorser, endorsement FROM account_key ORDER BY id",
                   _ ("the accounts"), check_account_key, error) &&
         each_row (check, "SELECT " VV_RECORD_COLUMNS " FROM record ORDER BY id", _ ("the records"), check_record, error) &&
         each_row (check, "SELECT " VV_AUDIT_COLUMNS " FROM audit ORDER BY seq", _ ("the audit log"), check_audit_row, error) &&
         each_row (check, "SELECT sha256, bytes FROM blob ORDER BY id", _ ("the kept files"), check_file, error) &&
         each_row (check, "SELECT sha256, bytes FROM photograph JOIN photograph_file USING (id) ORDER BY id", _ ("the photographs"), check_file,
                   error);
}

static int
stop_if_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

JsonObject *
vv_vault_verify (VvVault *self, GCancellable *cancellable, GError **error)
{
  g_auto (Check) check = { .vault = self, .cancellable = cancellable };
  gboolean       finished, ok;

  g_return_val_if_fail (self != NULL, NULL);

  check.keys = vv_accounts_keys (self->db, error);
  if (check.keys == NULL)
    return NULL;
  check.records = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  check.problems = json_array_new ();
  check.head = g_strdup (vv_audit_genesis ());
  check.total = count_rows (self);
  if (cancellable != NULL)
    sqlite3_progress_handler (self->db, 10000, stop_if_cancelled, cancellable);
  finished = check_all (&check, error);
  sqlite3_progress_handler (self->db, 0, NULL, NULL);
  if (!finished)
    return NULL;
  ok = json_array_get_length (check.problems) == 0;
  return vv_json_new ("rows", "i", check.n_rows, "signatures", "i", check.n_signatures, "records", "i", check.n_records,
                      "blobs", "i", check.n_blobs, "head", "s", check.head, "ok", "b", ok,
                      "problems", "a", g_steal_pointer (&check.problems), NULL);
}
