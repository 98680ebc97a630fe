// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "vv-json.h"
#include "vv-vault-private.h"

static const char plain_header[16] = "SQLite format 3";

static gboolean
disk_is_full (int system_error)
{
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

static VvVaultError
code_of (sqlite3 *db)
{
  int extended = sqlite3_extended_errcode (db);

  if (extended == SQLITE_IOERR_SHORT_READ || extended == SQLITE_IOERR_CORRUPTFS || extended == SQLITE_IOERR_DATA)
    return VV_VAULT_ERROR_DAMAGED;
  switch (extended & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return VV_VAULT_ERROR_DAMAGED;
    case SQLITE_FULL:
      return VV_VAULT_ERROR_FULL;
    case SQLITE_IOERR:
      return disk_is_full (sqlite3_system_errno (db)) ? VV_VAULT_ERROR_FULL : VV_VAULT_ERROR_FAILED;
    case SQLITE_CANTOPEN:
      return VV_VAULT_ERROR_MISSING;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return VV_VAULT_ERROR_IN_USE;
    case SQLITE_CONSTRAINT:
    case SQLITE_AUTH:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
      return VV_VAULT_ERROR_REFUSED;
    default:
      return VV_VAULT_ERROR_FAILED;
    }
}

static const char *
sentence_for (VvVaultError code)
{
  switch (code)
    {
    case VV_VAULT_ERROR_DAMAGED:
      return _ ("The desk is damaged: a part of it cannot be read. Restore it from a backup.");
    case VV_VAULT_ERROR_FULL:
      return _ ("The disk is full. Free some room and try again; nothing that was saved is lost.");
    case VV_VAULT_ERROR_MISSING:
      return _ ("A part of the desk is missing. Restore it from a backup.");
    case VV_VAULT_ERROR_IN_USE:
      return _ ("The desk is open in another program. Close it there first.");
    case VV_VAULT_ERROR_REFUSED:
      return _ ("The desk's rules do not allow this change; nothing was changed.");
    case VV_VAULT_ERROR_EXISTS:
    case VV_VAULT_ERROR_FORMAT:
    case VV_VAULT_ERROR_PASSPHRASE:
    case VV_VAULT_ERROR_PLAIN:
    case VV_VAULT_ERROR_NOT_FOUND:
    case VV_VAULT_ERROR_FAILED:
    case VV_VAULT_ERROR_LOCKED:
    default:
      return _ ("The desk could not be read or written. Check the disk and try again.");
    }
}

void
vv_database_set_error (sqlite3 *db, GError **error)
{
  VvVaultError code = code_of (db);

  g_debug ("sqlite %d: %s", sqlite3_extended_errcode (db), sqlite3_errmsg (db));
  if (sqlite3_errcode (db) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The work was stopped."));
  else
    g_set_error_literal (error, VV_VAULT_ERROR, (int) code, sentence_for (code));
}

static gboolean
bind (sqlite3_stmt *statement, const char *types, va_list *values)
{
  int rc = SQLITE_OK;

  for (int i = 0; types[i] != '\0' && rc == SQLITE_OK; i++)
    switch (types[i])
      {
      case 'i':
        rc = sqlite3_bind_int64 (statement, i + 1, va_arg (*values, gint64));
        break;
      case 't':
        rc = sqlite3_bind_text (statement, i + 1, va_arg (*values, const char *), -1, SQLITE_TRANSIENT);
        break;
      case 'b':
        {
          gconstpointer data = va_arg (*values, gconstpointer);
          gsize         size = va_arg (*values, gsize);

          /* NULL would bind NULL: an empty blob still is a blob. */
          rc = sqlite3_bind_blob64 (statement, i + 1, size > 0 ? data : "", size, SQLITE_STATIC);
          break;
        }
      default:
        g_assert_not_reached ();
      }
  return rc == SQLITE_OK;
}

/* The connection's own list of statements is the cache: with memory security on, each allocation costs two
 * system calls, and preparing anew costs dozens of them. */
static sqlite3_stmt *
find_idle (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  while ((statement = sqlite3_next_stmt (db, statement)) != NULL)
    if (sqlite3_stmt_busy (statement) == 0 && strcmp (sqlite3_sql (statement), sql) == 0)
      break;
  return statement;
}

void
vv_database_release (sqlite3_stmt *statement)
{
  if (statement == NULL)
    return;
  /* SQLCipher's pragmas do their work while being prepared, so they cannot be used twice. */
  if (g_str_has_prefix (sqlite3_sql (statement), "PRAGMA"))
    {
      (void) sqlite3_finalize (statement);
      return;
    }
  (void) sqlite3_reset (statement); /* its error was reported when it was stepped */
  (void) sqlite3_clear_bindings (statement);
}

static sqlite3_stmt *
prepare_va (sqlite3 *db, GError **error, const char *sql, const char *types, va_list *values)
{
  g_autoptr (sqlite3_stmt) statement = find_idle (db, sql);

  if ((statement == NULL && sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, /* tail= */ NULL) != SQLITE_OK) ||
      !bind (statement, types, values))
    {
      vv_database_set_error (db, error);
      return NULL;
    }
  return g_steal_pointer (&statement);
}

sqlite3_stmt *
vv_database_prepare (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list       values;

  va_start (values, types);
  statement = prepare_va (db, error, sql, types, &values);
  va_end (values);
  return statement;
}

gboolean
vv_database_step (sqlite3_stmt *statement, GError **error)
{
  int rc = sqlite3_step (statement);

  if (rc == SQLITE_ROW)
    return TRUE;
  if (rc != SQLITE_DONE)
    vv_database_set_error (sqlite3_db_handle (statement), error);
  return FALSE;
}

gboolean
vv_database_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list                  values;
  int                      rc;

  va_start (values, types);
  statement = prepare_va (db, error, sql, types, &values);
  va_end (values);
  if (statement == NULL)
    return FALSE;
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    ;
  if (rc != SQLITE_DONE)
    vv_database_set_error (db, error);
  return rc == SQLITE_DONE;
}

const char *
vv_database_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

GBytes *
vv_database_bytes (sqlite3_stmt *statement, int column)
{
  gconstpointer data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (statement, column));
}

JsonObject *
vv_database_json (sqlite3_stmt *statement, int column, GError **error)
{
  JsonObject *object = vv_json_parse (vv_database_text (statement, column), -1, "row", /* error= */ NULL);

  if (object == NULL)
    g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED, sentence_for (VV_VAULT_ERROR_DAMAGED));
  return object;
}

/* --- What statements may do ------------------------------------------------------------------------------ */

static int
allow_schema (gpointer data, int action, const char *a, const char *b, const char *database, const char *trigger)
{
  if (action == SQLITE_ATTACH || action == SQLITE_DETACH)
    return SQLITE_DENY;
  if (action == SQLITE_FUNCTION && g_strcmp0 (b, "load_extension") == 0)
    return SQLITE_DENY;
  return SQLITE_OK;
}

static gboolean
pragma_is_harmless (const char *name, const char *value)
{
  static const char *const checks[] = { "cipher_integrity_check", "quick_check", NULL };

  return value == NULL || g_strv_contains (checks, name);
}

/* Everything not named here (ATTACH, DROP, ALTER, CREATE ...) is denied. */
static int
allow_rows (gpointer data, int action, const char *a, const char *b, const char *database, const char *trigger)
{
  gboolean allowed = FALSE;

  switch (action)
    {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_TRANSACTION:
    case SQLITE_RECURSIVE:
      allowed = TRUE;
      break;
    case SQLITE_FUNCTION:
      allowed = g_strcmp0 (b, "load_extension") != 0;
      break;
    case SQLITE_PRAGMA:
      allowed = pragma_is_harmless (a, b);
      break;
    default:
      break;
    }
  return allowed ? SQLITE_OK : SQLITE_DENY;
}

void
vv_database_allow_schema_changes (sqlite3 *db, gboolean allow)
{
  (void) sqlite3_set_authorizer (db, allow ? allow_schema : allow_rows, /* data= */ NULL);
}

/* --- Opening ------------------------------------------------------------------------------------------------ */

typedef struct
{
  const char *name;
  const char *value;    /* what is set */
  const char *readback; /* what reading it then gives */
} Pragma;

/* The library's log would write to standard error. Memory security: freed pages are overwritten. */
static const Pragma before_key[] = {
  { "cipher_log_level", "NONE", "NONE" },
  { "cipher_memory_security", "ON", "1" },
};

/* Page size and HMAC: 647 MB/s against 173 with SQLCipher's defaults. REPLACE would slip past the triggers
 * that refuse DELETE without recursive_triggers. */
static const Pragma after_key[] = {
  { "cipher_page_size", "16384", "16384" },
  { "cipher_hmac_algorithm", "HMAC_SHA256", "HMAC_SHA256" },
  { "cipher_kdf_algorithm", "PBKDF2_HMAC_SHA256", "PBKDF2_HMAC_SHA256" },
  { "temp_store", "MEMORY", "2" },
  { "trusted_schema", "OFF", "0" },
  { "foreign_keys", "ON", "1" },
  { "recursive_triggers", "ON", "1" },
};

/* These read the file, so the key must be right by now. */
static const Pragma after_proof[] = {
  { "secure_delete", "ON", "1" },
  { "journal_mode", "WAL", "wal" },
  { "synchronous", "FULL", "2" },
};

static gboolean
fail_plain (GError **error)
{
  g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PLAIN,
                       _ ("This installation would not keep the desk encrypted, so it was not opened. "
                          "Install the program anew or ask your administrator."));
  return FALSE;
}

/* A wrong library takes an unknown PRAGMA without a word, so each one is read back. */
static gboolean
read_pragma (sqlite3 *db, const char *name, char **value, GError **error)
{
  g_autofree char         *sql = g_strdup_printf ("PRAGMA %s", name);
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (db, error, sql, "");
  g_autoptr (GError)       cause = NULL;

  if (statement == NULL)
    return FALSE;
  if (vv_database_step (statement, &cause))
    *value = g_strdup (vv_database_text (statement, 0));
  else if (cause == NULL)
    return fail_plain (error);
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return *value != NULL;
}

static gboolean
set_pragmas (sqlite3 *db, const Pragma *pragmas, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *sql = g_strdup_printf ("PRAGMA %s = %s", pragmas[i].name, pragmas[i].value);
      g_autofree char *value = NULL;

      if (!vv_database_run (db, error, sql, "") || !read_pragma (db, pragmas[i].name, &value, error))
        return FALSE;
      if (strcmp (value, pragmas[i].readback) != 0)
        {
          g_debug ("PRAGMA %s is %s", pragmas[i].name, value);
          return fail_plain (error);
        }
    }
  return TRUE;
}

static gboolean
set_key (sqlite3 *db, VvSecret *key, GError **error)
{
  g_autoptr (VvSecret) text = vv_secret_new (2 + 2 * VV_VAULT_KEY_SIZE + 2);
  char                *digits = (char *) vv_secret_data (text);

  /* The raw form x'..' keeps SQLCipher from stretching a key that is random already. */
  memcpy (digits, "x'", 2);
  sodium_bin2hex (digits + 2, 2 * VV_VAULT_KEY_SIZE + 1, vv_secret_data (key), VV_VAULT_KEY_SIZE);
  digits[2 + 2 * VV_VAULT_KEY_SIZE] = '\'';
  if (sqlite3_key (db, digits, 3 + 2 * VV_VAULT_KEY_SIZE) != SQLITE_OK)
    return fail_plain (error);
  return TRUE;
}

gboolean
vv_database_check_header (const char *path, GError **error)
{
  char    header[sizeof plain_header] = { 0 };
  int     fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  ssize_t got = fd >= 0 ? read (fd, header, sizeof header) : -1;

  if (fd >= 0)
    (void) close (fd); /* only read */
  if (got == (ssize_t) sizeof header && memcmp (header, plain_header, sizeof header) == 0)
    return fail_plain (error);
  return TRUE;
}

static gboolean
prove (sqlite3 *db, GError **error)
{
  g_autofree char *version = NULL;
  g_autofree char *tables = NULL;

  if (!set_pragmas (db, after_key, G_N_ELEMENTS (after_key), error) || !read_pragma (db, "cipher_version", &version, error))
    return FALSE;
  /* The first read of the file: fails when the key or the first page is wrong. */
  if (!read_pragma (db, "schema_version", &tables, error))
    return FALSE;
  return set_pragmas (db, after_proof, G_N_ELEMENTS (after_proof), error);
}

sqlite3 *
vv_database_open (const char *path, VvSecret *key, GError **error)
{
  g_autoptr (sqlite3) db = NULL;
  int                 flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  if (!vv_database_check_header (path, error))
    return NULL;
  if (sqlite3_open_v2 (path, &db, flags, /* vfs= */ NULL) != SQLITE_OK)
    {
      vv_database_set_error (db, error);
      return NULL;
    }
  (void) sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!set_pragmas (db, before_key, G_N_ELEMENTS (before_key), error) ||
      !set_key (db, key, error) ||
      !prove (db, error) ||
      !vv_database_check_header (path, error))
    return NULL;
  vv_database_allow_schema_changes (db, FALSE);
  return g_steal_pointer (&db);
}

void
vv_database_close (sqlite3 *db)
{
  sqlite3_stmt *statement;

  while (db != NULL && (statement = sqlite3_next_stmt (db, NULL)) != NULL)
    (void) sqlite3_finalize (statement);
  /* The last connection folds the write-ahead log in; if that fails, the next one to open will. */
  (void) sqlite3_close (db);
}
