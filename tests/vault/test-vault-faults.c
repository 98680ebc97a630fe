// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk-fixture.h"
#include "vv-hash.h"

#define PAGE 16384

static char   *parent;
static char   *dir;
static char   *db_path;
static char   *json_path;
static GError *error;

static void
set_up (void)
{
  parent = vv_test_make_dir ();
  dir = desk_make (parent);
  db_path = g_build_filename (dir, "desk.db", NULL);
  json_path = g_build_filename (dir, "desk.json", NULL);
}

static void
tear_down (void)
{
  g_clear_error (&error);
  g_clear_pointer (&db_path, g_free);
  g_clear_pointer (&json_path, g_free);
  g_clear_pointer (&dir, g_free);
  g_clear_pointer (&parent, vv_test_remove_dir);
}

static void
write_file (const char *path, gconstpointer data, gsize size)
{
  ck_assert (g_file_set_contents (path, data, (gssize) size, NULL));
}

/* Requests, a few files and a photograph with a template: some sixty pages. */
static void
fill (void)
{
  g_autoptr (VvVault)    vault = desk_open (dir);
  g_autoptr (JsonObject) facts = vv_json_new ("person", "s", "P1", "class", "s", "arrest", NULL);
  g_autoptr (GBytes)     photograph = g_bytes_new_static ("photograph", 10);
  float template[4] = { 1, 2, 3, 4 };
  gint64 id;

  for (int i = 0; i < 20; i++)
    (void) desk_write_request (vault);
  desk_begin (vault);
  for (int i = 0; i < 10; i++)
    {
      g_autofree guint8 *noise = g_malloc (80000);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char   *hash = NULL;

      randombytes_buf (noise, 80000);
      bytes = g_bytes_new (noise, 80000);
      hash = vv_vault_put_blob (vault, bytes, &error);
      vv_assert_ok (error);
    }
  id = vv_vault_add_photograph (vault, facts, photograph, &error);
  ck_assert (vv_vault_add_templates (vault, "sface", 4, &id, template, 1, &error));
  desk_commit (vault);
}

/* --- Encryption ----------------------------------------------------------------------------------------------- */

START_TEST (file__is_not_plain)
{
  g_autoptr (GBytes)  bytes = vv_test_read (db_path);
  g_autoptr (sqlite3) db = NULL;

  ck_assert_int_ne (memcmp (g_bytes_get_data (bytes, NULL), "SQLite format 3", 16), 0);
  ck_assert_ptr_null (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), "chen"));
  ck_assert_int_eq (sqlite3_open_v2 (db_path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  ck_assert_int_eq (sqlite3_exec (db, "SELECT * FROM record", NULL, NULL, NULL), SQLITE_NOTADB);
}
END_TEST

START_TEST (file__log_is_not_plain_either)
{
  g_autofree char    *path = g_strconcat (db_path, "-wal", NULL);
  g_autoptr (VvVault) vault = desk_open (dir);
  g_autoptr (GBytes)  bytes = NULL;

  (void) desk_write_request (vault);
  bytes = vv_test_read (path);
  ck_assert_uint_gt (g_bytes_get_size (bytes), PAGE);
  for (gsize i = 0; i + 8 < g_bytes_get_size (bytes); i++)
    ck_assert_int_ne (memcmp ((const char *) g_bytes_get_data (bytes, NULL) + i, "burglary", 8), 0);
}
END_TEST

START_TEST (open__refuses_a_plain_database)
{
  g_autoptr (sqlite3) db = NULL;

  ck_assert_int_eq (g_unlink (db_path), 0);
  ck_assert_int_eq (sqlite3_open (db_path, &db), SQLITE_OK);
  ck_assert_int_eq (sqlite3_exec (db, "CREATE TABLE x (y)", NULL, NULL, NULL), SQLITE_OK);
  g_clear_pointer (&db, sqlite3_close);
  error = desk_open_error (dir, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PLAIN);
}
END_TEST

START_TEST (open__full_cost_unless_training)
{
  g_autofree char       *other = g_build_filename (parent, "real", NULL);
  g_autofree char       *path = g_build_filename (other, "desk.json", NULL);
  g_autofree char       *text = NULL;
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("correct horse battery");
  g_autoptr (JsonObject) about = vv_json_new ("kdf", "s", "light", NULL);
  g_autoptr (JsonObject) facts = desk_person ("M. Chen");
  g_autoptr (JsonObject) desk = NULL;
  g_autoptr (VvVault)    vault = NULL;
  JsonObject            *kdf;

  ck_assert (vv_vault_create (other, about, "chen", facts, passphrase, &error));
  vv_assert_ok (error);
  vault = desk_open_as (other, "chen", "correct horse battery");
  g_clear_pointer (&vault, vv_vault_close);
  desk = vv_json_load (path, &error);
  kdf = vv_json_object (vv_json_element (vv_json_array (desk, "slots"), 0), "kdf");
  ck_assert_int_ge (vv_json_int (kdf, "memory"), 256 * 1024 * 1024);
  json_object_set_int_member (kdf, "memory", 8 * 1024 * 1024);
  text = vv_json_canonical (desk);
  write_file (path, text, strlen (text));
  error = desk_open_error (other, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED);
}
END_TEST

/* --- Rules of the store ------------------------------------------------------------------------------------------ */

/* Runs @sql, which must be refused. */
static void
assert_refused (sqlite3 *db, const char *sql)
{
  ck_assert_msg (!vv_database_run (db, &error, sql, ""), "%s was allowed", sql);
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
}

/* "table column" for each column of each table. */
static GPtrArray *
all_columns (VvVault *vault)
{
  GPtrArray               *columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = vv_database_prepare (vault->db, &error,
                                   "SELECT t.name || ' ' || c.name FROM sqlite_master t, pragma_table_info (t.name) c"
                                   " WHERE t.type = 'table'",
                                   "");
  vv_assert_ok (error);
  while (vv_database_step (statement, &error))
    g_ptr_array_add (columns, g_strdup (vv_database_text (statement, 0)));
  vv_assert_ok (error);
  return columns;
}

/* Every table either is append-only or is in this list. The authorizer is off: the triggers must do it. */
START_TEST (append_only__refuses_update_and_delete)
{
  static const char *const changing[] = { "account", "photograph", "photograph_file", "template_block", "recogniser", "template",
                                          "template_loose", "template_pack", "repository_count", "setting",
                                          "draft", "outbox", "sqlite_sequence", "account_slot", NULL };
  g_autoptr (VvVault)      vault = NULL;
  g_autoptr (GPtrArray)    columns = NULL;
  guint                    checked = 0;

  fill ();
  vault = desk_open (dir);
  desk_begin (vault);
  desk_add_account (vault, "ruiz", "a pass phrase");
  desk_reset_account (vault, "ruiz", "another pass phrase");
  desk_commit (vault);
  vv_database_allow_schema_changes (vault->db, TRUE);
  columns = all_columns (vault);
  for (guint i = 0; i < columns->len; i++)
    {
      g_auto (GStrv)   name = g_strsplit (columns->pdata[i], " ", 2);
      g_autofree char *update = g_strdup_printf ("UPDATE %s SET %s = %s", name[0], name[1], name[1]);
      g_autofree char *delete = g_strdup_printf ("DELETE FROM %s", name[0]);
      g_autofree char *replace = g_strdup_printf ("REPLACE INTO %s SELECT * FROM %s", name[0], name[0]);

      if (g_strv_contains (changing, name[0]))
        continue;
      assert_refused (vault->db, update);
      assert_refused (vault->db, delete);
      assert_refused (vault->db, replace);
      checked++;
    }
  ck_assert_uint_eq (checked, 9 + 3 + 11 + 8); /* columns of record, blob, audit and account_key */
  assert_refused (vault->db, "DELETE FROM account");
  assert_refused (vault->db, "UPDATE account SET public_key = endorsement");
}
END_TEST

START_TEST (authorizer__keeps_the_schema)
{
  static const char *const statements[] = {
    "DROP TRIGGER record_no_update",
    "DROP TABLE audit",
    "ATTACH ':memory:' AS other",
    "CREATE TABLE x (y)",
    "CREATE TEMP TRIGGER t BEFORE INSERT ON record BEGIN SELECT 1; END",
    "ALTER TABLE record RENAME TO r",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA user_version = 0",
    "PRAGMA rekey = 'x'",
    "VACUUM INTO 'copy.db'",
    "DELETE FROM sqlite_master",
  };
  g_autoptr (VvVault) vault = desk_open (dir);

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      ck_assert_msg (!vv_database_run (vault->db, &error, statements[i], ""), "%s was allowed", statements[i]);
      g_clear_error (&error);
    }
  ck_assert (!vv_database_run (vault->db, &error, "SELECT load_extension ('x')", ""));
}
END_TEST

START_TEST (migrations__step_by_step_from_nothing)
{
  g_autofree char     *path = g_build_filename (parent, "steps.db", NULL);
  g_autoptr (VvSecret) key = vv_secret_new (VV_VAULT_KEY_SIZE);

  write_file (path, "", 0);
  for (guint step = 0; step <= vv_migrations_count (); step++)
    {
      g_autoptr (sqlite3) db = vv_database_open (path, key, &error);

      vv_assert_ok (error);
      ck_assert_int_eq (vv_migrations_version (db, &error), MAX ((gint64) step - 1, 0));
      ck_assert (vv_migrations_run (db, step, &error));
      vv_assert_ok (error);
      ck_assert_int_eq (vv_migrations_version (db, &error), (gint64) step);
      ck_assert (vv_migrations_run (db, step, &error));
      if (step > 0)
        ck_assert (!vv_migrations_run (db, step - 1, &error));
      if (step > 0)
        vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FORMAT);
    }
}
END_TEST

START_TEST (open__refuses_newer_formats)
{
  static const char   newer[] = "{\"format\":2,\"about\":{},\"slots\":[{\"account\":\"a\"}]}";
  g_autoptr (VvVault) vault = desk_open (dir);

  vv_database_allow_schema_changes (vault->db, TRUE);
  ck_assert (vv_database_run (vault->db, &error, "PRAGMA user_version = 99", ""));
  g_clear_pointer (&vault, vv_vault_close);
  error = desk_open_error (dir, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FORMAT);
  write_file (json_path, newer, strlen (newer));
  error = desk_open_error (dir, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FORMAT);
}
END_TEST

/* --- Damage ---------------------------------------------------------------------------------------------------------- */

START_TEST (open__damaged_key_file)
{
  static const char *const texts[] = { "", "{", "[]", "{\"format\":1}", "{\"format\":1,\"about\":{},\"slots\":[]}",
                                       "{\"format\":1,\"about\":{},\"slots\":[{}]}",
                                       "{\"format\":1,\"about\":{},\"slots\":[{\"account\":\"chen\"}]}" };
  g_autofree char         *text = NULL;
  g_autoptr (VvVault)      vault = NULL;
  gsize                    size;

  ck_assert (g_file_get_contents (json_path, &text, &size, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_file (json_path, texts[i], strlen (texts[i]));
      error = desk_open_error (dir, "chen", "correct horse battery");
      vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED);
    }
  write_file (json_path, text, size / 2);
  error = desk_open_error (dir, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED);
  write_file (json_path, text, size);
  vault = desk_open (dir);
}
END_TEST

START_TEST (open__parts_missing)
{
  ck_assert_int_eq (g_unlink (db_path), 0);
  error = desk_open_error (dir, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_MISSING);
  write_file (db_path, "", 0);
  error = desk_open_error (dir, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED);
  ck_assert_int_eq (g_unlink (json_path), 0);
  error = desk_open_error (dir, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_MISSING);
}
END_TEST

/* The file as it is now must not open, or verifying must find a problem. */
static void
assert_damage_is_seen (const char *what)
{
  g_autoptr (VvSecret) passphrase = vv_secret_from_text ("correct horse battery");
  g_autoptr (VvVault)  vault = vv_vault_open (dir, "chen", passphrase, &error);
  g_autofree char     *problem = NULL;

  if (vault == NULL)
    {
      vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED);
      return;
    }
  problem = desk_problem (vault);
  ck_assert_msg (problem != NULL, "%s went unnoticed", what);
}

START_TEST (damage__one_flipped_bit_is_seen)
{
  g_autoptr (GBytes) whole = NULL;
  gsize              size;

  fill ();
  whole = vv_test_read (db_path);
  size = g_bytes_get_size (whole);
  ck_assert_uint_gt (size / PAGE, 40);
  for (guint32 round = 0; round < 20; round++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), size);
      gsize              at = randombytes_uniform ((guint32) (size / PAGE)) * PAGE + randombytes_uniform (PAGE);
      g_autofree char   *what = g_strdup_printf ("a flipped bit at %zu", at);

      if (round == 0)
        at = 3; /* the salt */
      copy[at] ^= 0x10;
      write_file (db_path, copy, size);
      assert_damage_is_seen (what);
    }
}
END_TEST

START_TEST (damage__lost_end_is_seen)
{
  g_autoptr (GBytes) whole = NULL;
  gsize              size;

  fill ();
  whole = vv_test_read (db_path);
  size = g_bytes_get_size (whole);
  for (gsize cut = 1; cut < size; cut = cut < PAGE ? cut * 128 : cut + 7 * PAGE)
    {
      g_autofree char *what = g_strdup_printf ("the loss of %zu bytes", cut);

      write_file (db_path, g_bytes_get_data (whole, NULL), size - cut);
      assert_damage_is_seen (what);
    }
}
END_TEST

/* --- Forgery by somebody who holds the data key ---------------------------------------------------------------------- */

/* Opens everything for the forger: no authorizer, no triggers, no foreign keys. */
static void
disarm (VvVault *vault)
{
  g_autoptr (sqlite3_stmt) triggers = NULL;
  g_autoptr (GString)      sql = g_string_new ("PRAGMA foreign_keys = OFF;");

  vv_database_allow_schema_changes (vault->db, TRUE);
  triggers = vv_database_prepare (vault->db, &error, "SELECT name FROM sqlite_master WHERE type = 'trigger'", "");
  while (vv_database_step (triggers, &error))
    g_string_append_printf (sql, "DROP TRIGGER %s;", vv_database_text (triggers, 0));
  vv_assert_ok (error);
  g_clear_pointer (&triggers, sqlite3_finalize);
  ck_assert_int_eq (sqlite3_exec (vault->db, sql->str, NULL, NULL, NULL), SQLITE_OK);
}

static void
forge (VvVault *vault, const char *sql)
{
  ck_assert_msg (sqlite3_exec (vault->db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg (vault->db));
}

START_TEST (forgery__is_found)
{
  static const char *const forgeries[] = {
    "UPDATE record SET body = '{}' WHERE id = 3",
    "UPDATE record SET author = 'x' WHERE id = 3",
    "UPDATE record SET signature = zeroblob (64) WHERE id = 3",
    "UPDATE record SET signature = (SELECT signature FROM record WHERE id = 4) WHERE id = 3",
    "DELETE FROM record WHERE id = 3",
    "DELETE FROM record WHERE id = 40",
    "UPDATE audit SET outcome = 'refused' WHERE seq = 5",
    "UPDATE audit SET signature = zeroblob (64) WHERE seq = 5",
    "UPDATE audit SET detail = NULL WHERE seq = 5",
    "DELETE FROM audit WHERE seq = 5",
    "DELETE FROM audit WHERE seq = 1",
    "UPDATE audit SET seq = 100 WHERE seq = 20",
    "UPDATE blob SET bytes = x'00' WHERE id = 2",
    "UPDATE photograph_file SET bytes = x'00'",
    "UPDATE account SET public_key = zeroblob (32)",
    "UPDATE account SET endorsement = zeroblob (64)",
  };
  g_autoptr (VvVault) vault = NULL;

  fill ();
  vault = desk_open (dir);
  desk_assert_sound (vault);
  disarm (vault);
  desk_assert_sound (vault);
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autofree char *problem = NULL;

      desk_begin (vault);
      forge (vault, forgeries[i]);
      problem = desk_problem (vault);
      ck_assert_msg (problem != NULL, "%s went unnoticed", forgeries[i]);
      vv_vault_rollback (vault);
    }
  desk_assert_sound (vault);
}
END_TEST

START_TEST (forgery__at_the_end_of_the_chain_keeps_the_desk_shut)
{
  g_autoptr (VvVault) vault = NULL;

  fill ();
  vault = desk_open (dir);
  disarm (vault);
  forge (vault, "UPDATE audit SET outcome = 'refused' WHERE seq = 15");
  g_clear_pointer (&vault, vv_vault_close);
  error = desk_open_error (dir, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED);
}
END_TEST

static void
add_supervisor (void)
{
  g_autoptr (VvVault)    vault = desk_open (dir);
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("supervisor's own");
  g_autoptr (JsonObject) facts = desk_person ("Lt. Ortiz");

  desk_begin (vault);
  ck_assert (vv_vault_add_account (vault, "ortiz", facts, passphrase, &error));
  desk_commit (vault);
}

/* The examiner writes a sign-off in the supervisor's name, with the only signing key at hand. */
static void
forge_sign_off (VvVault *vault)
{
  g_autoptr (JsonObject) body = vv_json_new ("decision", "s", "approved", NULL);
  g_autoptr (VvRecord)   record = NULL;
  char                  *examiner = vault->account;

  vault->account = (char *) "ortiz";
  desk_begin (vault);
  record = vv_vault_append (vault, "sign-off", 0, 0, body, &error);
  vv_assert_ok (error);
  ck_assert (vv_vault_audit (vault, "sign-off", "request 1", "done", NULL, TRUE, &error));
  desk_commit (vault);
  vault->account = examiner;
}

START_TEST (forgery__data_key_does_not_make_a_supervisors_signature)
{
  g_autoptr (VvVault) vault = NULL;
  g_autofree char    *problem = NULL;
  g_autofree char    *later = NULL;

  add_supervisor ();
  vault = desk_open (dir);
  forge_sign_off (vault);
  problem = desk_problem (vault);
  ck_assert_ptr_nonnull (problem);
  /* Nor does giving the supervisor's name the examiner's public key. */
  disarm (vault);
  forge (vault, "UPDATE account SET public_key = (SELECT public_key FROM account WHERE name = 'chen') WHERE name = 'ortiz'");
  later = desk_problem (vault);
  ck_assert_ptr_nonnull (later);
  g_clear_pointer (&vault, vv_vault_close);
  error = desk_open_error (dir, "ortiz", "supervisor's own");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED);
}
END_TEST

START_TEST (forgery__slot_of_another_name_does_not_open)
{
  g_autofree char *text = NULL;
  g_auto (GStrv)   parts = NULL;
  g_autofree char *swapped = NULL;

  add_supervisor ();
  ck_assert (g_file_get_contents (json_path, &text, NULL, NULL));
  parts = g_strsplit (text, "\"chen\"", -1);
  swapped = g_strjoinv ("\"boss\"", parts);
  write_file (json_path, swapped, strlen (swapped));
  error = desk_open_error (dir, "boss", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
}
END_TEST

START_TEST (audit__notes_a_clock_that_went_back)
{
  g_autoptr (VvVault)   vault = desk_open (dir);
  g_autoptr (JsonArray) rows = NULL;

  desk_begin (vault);
  forge (vault, "INSERT INTO audit VALUES (1, '2999-01-01T00:00:00.00Z', 'chen', '', 'a', '', 'done', '', 'h', NULL, NULL)");
  ck_assert (vv_vault_audit (vault, "b", "", "done", NULL, FALSE, &error));
  rows = vv_vault_audit_rows (vault, 2, 1, &error);
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_element (rows, 0), "detail"), "clock"), "2999-01-01T00:00:00.00Z");
  ck_assert_str_lt (vv_json_string (vv_json_element (rows, 0), "time"), "2999");
}
END_TEST

/* --- Accidents ---------------------------------------------------------------------------------------------------------- */

/* Writes files of 64 kB, each in a transaction, until it fails. Returns how many are safe. */
static guint
write_until_it_fails (VvVault *vault)
{
  guint written = 0;

  while (error == NULL && written < 1000)
    {
      g_autofree guint8 *noise = g_malloc (65536);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char   *hash = NULL;

      randombytes_buf (noise, 65536);
      bytes = g_bytes_new (noise, 65536);
      if (!vv_vault_begin (vault, &error))
        break;
      hash = vv_vault_put_blob (vault, bytes, &error);
      if (hash != NULL && vv_vault_commit (vault, &error))
        written++;
      else
        vv_vault_rollback (vault);
    }
  return written;
}

START_TEST (full_disk__loses_nothing)
{
  g_autoptr (VvVault)    vault = desk_open (dir);
  g_autoptr (JsonObject) result = NULL;
  struct rlimit          before, limit;
  guint                  written;

  (void) signal (SIGXFSZ, SIG_IGN);
  ck_assert_int_eq (getrlimit (RLIMIT_FSIZE, &before), 0);
  limit = (struct rlimit){ 2 * 1024 * 1024, before.rlim_max };
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &limit), 0);
  written = write_until_it_fails (vault);
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &before), 0);
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FULL);
  ck_assert_uint_gt (written, 5);
  ck_assert_uint_lt (written, 1000);
  (void) desk_write_request (vault); /* goes on when there is room again */
  g_clear_pointer (&vault, vv_vault_close);
  vault = desk_open (dir);
  desk_assert_sound (vault);
  result = vv_vault_verify (vault, NULL, &error);
  ck_assert_int_eq (vv_json_int (result, "blobs"), written);
}
END_TEST

/* Writes requests for ever and tells each number that is committed. */
static void
write_for_ever (int out)
{
  VvVault *vault = desk_open (dir);

  for (;;)
    {
      gint64 id = desk_write_request (vault);

      if (write (out, &id, sizeof id) != (ssize_t) sizeof id)
        _exit (1);
    }
}

/* Runs a writer and kills it a while after its start or, @at_work, after it told its first number. Returns the last it told. */
static gint64
run_and_kill (guint milliseconds, gboolean at_work)
{
  int    ends[2];
  gint64 last = 0, id;
  pid_t  child;

  ck_assert_int_eq (pipe (ends), 0);
  child = fork ();
  ck_assert_int_ge (child, 0);
  if (child == 0)
    write_for_ever (ends[1]);
  (void) close (ends[1]);
  if (at_work)
    {
      ck_assert_int_eq (read (ends[0], &id, sizeof id), (ssize_t) sizeof id);
      last = id;
    }
  g_usleep (milliseconds * 1000);
  ck_assert_int_eq (kill (child, SIGKILL), 0);
  ck_assert_int_eq (waitpid (child, NULL, 0), child);
  while (read (ends[0], &id, sizeof id) == (ssize_t) sizeof id)
    last = id;
  (void) close (ends[0]);
  return last;
}

/* As a whole sign-in does: whoever came in is not locked out by programs that were killed while the pass phrase was tried. */
static void
forget_attempts (VvVault *vault)
{
  const char           *state = NULL;
  g_autoptr (JsonArray) news = NULL;

  desk_begin (vault);
  news = vv_vault_take_attempts (vault, &state, &error);
  vv_assert_ok (error);
  ck_assert_str_eq (state, "sound");
  desk_commit (vault);
}

START_TEST (kill__keeps_everything_committed)
{
  gint64 last = 0;

  for (guint round = 0; round < 30; round++)
    {
      gint64              told = run_and_kill (randombytes_uniform (60), /* at_work= */ round % 2 == 0);
      g_autoptr (VvVault) vault = desk_open (dir);

      forget_attempts (vault);
      last = MAX (last, told);
      desk_assert_sound (vault);
      if (last > 0)
        {
          g_autoptr (VvRecord) record = vv_vault_record (vault, last + 1, &error);

          vv_assert_ok (error);
          ck_assert_str_eq (record->kind, "use");
        }
    }
  ck_assert_int_ge (last, 15);
}
END_TEST

START_TEST (create__fails_without_a_trace)
{
  g_autofree char       *other = g_build_filename (parent, "other", NULL);
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("x");
  g_autoptr (JsonObject) about = vv_json_new ("training", "b", TRUE, "kdf", "s", "light", NULL);
  g_autoptr (JsonObject) facts = desk_person ("A");
  struct rlimit          before, limit;
  gboolean               made;

  (void) signal (SIGXFSZ, SIG_IGN);
  ck_assert_int_eq (getrlimit (RLIMIT_FSIZE, &before), 0);
  limit = (struct rlimit){ 3 * PAGE, before.rlim_max };
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &limit), 0);
  made = vv_vault_create (other, about, "a", facts, passphrase, &error);
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &before), 0);
  ck_assert (!made);
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FULL);
  ck_assert (!g_file_test (other, G_FILE_TEST_EXISTS));
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("vault-faults");
  TCase *faults = tcase_create ("faults");

  tcase_set_timeout (faults, 120);
  tcase_add_checked_fixture (faults, set_up, tear_down);
  tcase_add_test (faults, file__is_not_plain);
  tcase_add_test (faults, file__log_is_not_plain_either);
  tcase_add_test (faults, open__refuses_a_plain_database);
  tcase_add_test (faults, open__full_cost_unless_training);
  tcase_add_test (faults, append_only__refuses_update_and_delete);
  tcase_add_test (faults, authorizer__keeps_the_schema);
  tcase_add_test (faults, migrations__step_by_step_from_nothing);
  tcase_add_test (faults, open__refuses_newer_formats);
  tcase_add_test (faults, open__damaged_key_file);
  tcase_add_test (faults, open__parts_missing);
  tcase_add_test (faults, damage__one_flipped_bit_is_seen);
  tcase_add_test (faults, damage__lost_end_is_seen);
  tcase_add_test (faults, forgery__is_found);
  tcase_add_test (faults, forgery__at_the_end_of_the_chain_keeps_the_desk_shut);
  tcase_add_test (faults, forgery__data_key_does_not_make_a_supervisors_signature);
  tcase_add_test (faults, forgery__slot_of_another_name_does_not_open);
  tcase_add_test (faults, audit__notes_a_clock_that_went_back);
  tcase_add_test (faults, full_disk__loses_nothing);
  tcase_add_test (faults, kill__keeps_everything_committed);
  tcase_add_test (faults, create__fails_without_a_trace);
  suite_add_tcase (all, faults);
  return all;
}

VV_TEST_MAIN (suite)
