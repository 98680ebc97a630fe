// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-vault-private.h"

#define APPEND_ONLY(table)                                        \
  "CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table    \
  " BEGIN SELECT RAISE (ABORT, '" table " is append-only'); END;" \
  "CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table    \
  " BEGIN SELECT RAISE (ABORT, '" table " is append-only'); END;"

/* No trigger on INSERT: it would make SQLite keep a copy of each page it writes, which costs most of the time
 * of a bulk import.
 * What turns version N - 1 into version N. A step that was released is never changed; new steps are added
 * at the end. */
static const char *const steps[] = {
  /* 1: people and their work */
  "CREATE TABLE account (name TEXT PRIMARY KEY, public_key BLOB NOT NULL CHECK (length (public_key) = 32),"
  "  made_at TEXT NOT NULL, last_sign_in TEXT, facts TEXT NOT NULL,"
  "  endorser TEXT NOT NULL REFERENCES account (name), endorsement BLOB NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TRIGGER account_no_delete BEFORE DELETE ON account"
  "  BEGIN SELECT RAISE (ABORT, 'accounts stay'); END;"
  "CREATE TRIGGER account_same_key BEFORE UPDATE OF name, public_key, made_at, endorser, endorsement ON account"
  "  BEGIN SELECT RAISE (ABORT, 'keys stay'); END;"
  "CREATE TABLE record (id INTEGER PRIMARY KEY CHECK (id > 0), request INTEGER REFERENCES record (id),"
  "  previous INTEGER REFERENCES record (id), kind TEXT NOT NULL, author TEXT NOT NULL REFERENCES account (name),"
  "  made_at TEXT NOT NULL, hash TEXT NOT NULL, signature BLOB NOT NULL, body TEXT NOT NULL) STRICT;"
  "CREATE INDEX record_by_request ON record (request, id);"
  "CREATE INDEX record_by_kind ON record (kind, id);"
  "CREATE INDEX record_by_previous ON record (previous);"
  "CREATE TABLE blob (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL) STRICT;"
  "CREATE TABLE audit (seq INTEGER PRIMARY KEY CHECK (seq > 0), time TEXT NOT NULL,"
  "  account TEXT NOT NULL REFERENCES account (name), station TEXT NOT NULL, act TEXT NOT NULL,"
  "  object TEXT NOT NULL, outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),"
  "  previous TEXT NOT NULL, hash TEXT NOT NULL, signature BLOB, detail TEXT) STRICT;" APPEND_ONLY ("record") APPEND_ONLY ("blob") APPEND_ONLY ("audit"),

  /* 2: the photo repository. AUTOINCREMENT: the number of a purged photograph is never given again. */
  "CREATE TABLE photograph (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE,"
  "  class TEXT NOT NULL CHECK (class IN ('arrest', 'parole')), person TEXT NOT NULL,"
  "  manifest INTEGER REFERENCES record (id), facts TEXT NOT NULL) STRICT;"
  "CREATE INDEX photograph_by_person ON photograph (person);"
  "CREATE INDEX photograph_by_manifest ON photograph (manifest);"
  "CREATE TABLE photograph_file (id INTEGER PRIMARY KEY REFERENCES photograph (id) ON DELETE CASCADE,"
  "  bytes BLOB NOT NULL) STRICT;"
  "CREATE TABLE template_block (id INTEGER PRIMARY KEY, recogniser TEXT NOT NULL, length INTEGER NOT NULL,"
  "  count INTEGER NOT NULL, sha256 TEXT NOT NULL, photographs BLOB NOT NULL, templates BLOB NOT NULL) STRICT;"
  "CREATE INDEX template_block_by_recogniser ON template_block (recogniser, id, count);",

  /* 3: small things that change */
  "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE draft (account TEXT NOT NULL REFERENCES account (name), request INTEGER NOT NULL,"
  "  key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (account, request, key)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES blob (sha256),"
  "  folder TEXT NOT NULL, state TEXT NOT NULL, entry TEXT NOT NULL, UNIQUE (document, folder)) STRICT;"
  "CREATE INDEX outbox_by_state ON outbox (state, id);",

  /* 4: keys made anew, the slot that counts, photographs by the reference of their record */
  "CREATE TABLE account_key (id INTEGER PRIMARY KEY CHECK (id > 0), account TEXT NOT NULL REFERENCES account (name),"
  "  public_key BLOB NOT NULL CHECK (length (public_key) = 32), made_at TEXT NOT NULL, from_row INTEGER NOT NULL,"
  "  from_record INTEGER NOT NULL, endorser TEXT NOT NULL REFERENCES account (name), endorsement BLOB NOT NULL) STRICT;" APPEND_ONLY ("account_key") "CREATE TABLE account_slot (account TEXT PRIMARY KEY REFERENCES account (name), salt TEXT NOT NULL) STRICT, WITHOUT ROWID;"
                                                                                                                                                     "CREATE INDEX photograph_by_reference ON photograph (json_extract (facts, '$.reference'));",

  /* 5: templates a row each, packs that are derived from them; template_block is emptied by vv_templates_convert() */
  "CREATE TABLE recogniser (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, length INTEGER NOT NULL) STRICT;"
  "CREATE TABLE template (key INTEGER PRIMARY KEY, numbers BLOB NOT NULL) STRICT;"
  "CREATE TABLE template_loose (key INTEGER PRIMARY KEY) STRICT;"
  "CREATE TABLE template_pack (id INTEGER PRIMARY KEY, recogniser INTEGER NOT NULL REFERENCES recogniser (id), count INTEGER NOT NULL,"
  "  sha256 TEXT NOT NULL, photographs BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;"
  "CREATE INDEX template_pack_by_recogniser ON template_pack (recogniser, id, count, sha256);",

  /* 6: looking through the photo repository, newest first. Each index ends with the id. */
  "CREATE INDEX photograph_by_class ON photograph (class);"
  "CREATE INDEX photograph_by_manifest_and_class ON photograph (manifest, class);"
  "CREATE TABLE repository_count (photographs INTEGER NOT NULL, persons INTEGER NOT NULL) STRICT;"
  "INSERT INTO repository_count SELECT count (*), count (DISTINCT person) FROM photograph;",
};

guint
vv_migrations_count (void)
{
  return G_N_ELEMENTS (steps);
}

gint64
vv_migrations_version (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (db, error, "PRAGMA user_version", "");

  if (statement == NULL || !vv_database_step (statement, error))
    return -1;
  return sqlite3_column_int64 (statement, 0);
}

static gboolean
run_step (sqlite3 *db, guint version, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA user_version = %u; COMMIT", steps[version - 1], version);

  if (sqlite3_exec (db, sql, /* callback= */ NULL, /* data= */ NULL, /* message= */ NULL) == SQLITE_OK)
    return TRUE;
  vv_database_set_error (db, error);
  (void) sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL); /* fails when it was undone already */
  return FALSE;
}

gboolean
vv_migrations_run (sqlite3 *db, guint target, GError **error)
{
  gint64   version = vv_migrations_version (db, error);
  gboolean done = version >= 0;

  if (version > (gint64) target)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FORMAT,
                           _ ("The desk was used with a newer version of this program. Install that version."));
      return FALSE;
    }
  vv_database_allow_schema_changes (db, TRUE);
  for (guint next = (guint) MAX (version, 0) + 1; done && next <= target; next++)
    done = run_step (db, next, error);
  vv_database_allow_schema_changes (db, FALSE);
  return done;
}
