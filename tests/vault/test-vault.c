// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "desk-fixture.h"
#include "vv-hash.h"
#include "vv-progress.h"

static char    *parent;
static char    *dir;
static VvVault *vault;
static GError  *error;

static void
set_up (void)
{
  parent = vv_test_make_dir ();
  dir = desk_make (parent);
  vault = desk_open (dir);
}

static void
tear_down (void)
{
  g_clear_error (&error);
  g_clear_pointer (&vault, vv_vault_close);
  g_clear_pointer (&dir, g_free);
  g_clear_pointer (&parent, vv_test_remove_dir);
}

static void
reopen (void)
{
  vv_vault_close (vault);
  vault = desk_open (dir);
}

/* --- The folder --------------------------------------------------------------------------------------------- */

START_TEST (create__refuses_a_folder_in_use)
{
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("x");
  g_autoptr (JsonObject) facts = desk_person ("A");

  ck_assert (!vv_vault_create (dir, facts, "a", facts, passphrase, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_EXISTS);
  reopen ();
}
END_TEST

START_TEST (create__files_are_private)
{
  static const char *const files[] = { "desk.json", "desk.db", "desk.lock" };
  struct stat              facts;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (dir, files[i], NULL);

      ck_assert_int_eq (stat (path, &facts), 0);
      ck_assert_int_eq (facts.st_mode & 0777, 0600);
    }
}
END_TEST

START_TEST (describe__tells_no_secrets)
{
  g_autoptr (JsonObject) desk = vv_vault_describe (dir, &error);
  g_autofree char       *text = NULL;

  vv_assert_ok (error);
  text = vv_json_canonical (desk);
  ck_assert_str_eq (text, "{\"about\":{\"kdf\":\"light\",\"station\":\"FIS-07\",\"training\":true},"
                          "\"accounts\":[\"chen\"],\"format\":1}");
  ck_assert_ptr_null (vv_vault_describe (parent, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_MISSING);
}
END_TEST

START_TEST (open__wrong_pass_phrase_and_unknown_account_alike)
{
  g_autofree char *first = NULL;

  g_clear_pointer (&vault, vv_vault_close);
  error = desk_open_error (dir, "chen", "correct horse batter");
  first = g_strdup (error->message);
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  error = desk_open_error (dir, "nobody", "correct horse battery");
  ck_assert_str_eq (error->message, first);
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
}
END_TEST

START_TEST (open__only_one_program)
{
  error = desk_open_error (dir, "chen", "correct horse battery");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_IN_USE);
  reopen ();
}
END_TEST

START_TEST (check_passphrase__knows_its_own)
{
  g_autoptr (VvSecret) right = vv_secret_from_text ("correct horse battery");
  g_autoptr (VvSecret) wrong = vv_secret_from_text ("correct horse");

  ck_assert (vv_vault_check_passphrase (vault, right, &error));
  vv_assert_ok (error);
  ck_assert (!vv_vault_check_passphrase (vault, wrong, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
}
END_TEST

/* --- Transactions --------------------------------------------------------------------------------------------- */

START_TEST (transactions__nothing_is_written_outside)
{
  g_autoptr (JsonObject) body = json_object_new ();

  ck_assert_ptr_null (vv_vault_append (vault, "note", 0, 0, body, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  ck_assert (!vv_vault_set_setting (vault, "ecms", body, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  ck_assert (!vv_vault_commit (vault, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  desk_begin (vault);
  ck_assert (!vv_vault_begin (vault, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
}
END_TEST

START_TEST (rollback__leaves_all_as_it_was)
{
  g_autoptr (JsonObject) body = vv_json_new ("text", "s", "gone", NULL);
  g_autoptr (VvRecord)   record = NULL;
  g_autoptr (GPtrArray)  records = NULL;
  g_autofree char       *head = NULL;

  desk_begin (vault);
  record = vv_vault_append (vault, "note", 0, 0, body, &error);
  vv_assert_ok (error);
  ck_assert (vv_vault_audit (vault, "note", "", "done", NULL, FALSE, &error));
  vv_vault_rollback (vault);
  records = vv_vault_records (vault, 0, &error);
  ck_assert_uint_eq (records->len, 0);
  head = vv_vault_audit_head (vault, &error);
  ck_assert_str_eq (head, vv_audit_genesis ());
  ck_assert_int_eq (desk_write_request (vault), 1);
  desk_assert_sound (vault);
}
END_TEST

/* --- Records and blobs ------------------------------------------------------------------------------------------ */

START_TEST (append__comes_back_the_same)
{
  g_autoptr (JsonObject) body = vv_json_new ("crime", "s", "burglary", NULL);
  g_autoptr (VvRecord)   request = NULL;
  g_autoptr (VvRecord)   second = NULL;
  g_autoptr (VvRecord)   read = NULL;
  g_autoptr (GPtrArray)  records = NULL;

  desk_begin (vault);
  request = vv_vault_append (vault, "request", 0, 0, body, &error);
  vv_assert_ok (error);
  second = vv_vault_append (vault, "use", request->id, 0, body, &error);
  vv_assert_ok (error);
  desk_commit (vault);
  reopen ();
  ck_assert_int_eq (request->request, request->id);
  read = vv_vault_record (vault, second->id, &error);
  vv_assert_ok (error);
  ck_assert_str_eq (read->hash, second->hash);
  ck_assert_str_eq (read->author, "chen");
  ck_assert_str_eq (vv_json_string (read->body, "crime"), "burglary");
  records = vv_vault_records (vault, request->id, &error);
  ck_assert_uint_eq (records->len, 2);
  ck_assert_str_eq (((VvRecord *) records->pdata[0])->kind, "request");
  g_clear_pointer (&records, g_ptr_array_unref);
  records = vv_vault_records_of_kind (vault, "request", &error);
  ck_assert_uint_eq (records->len, 1);
  ck_assert_ptr_null (vv_vault_record (vault, 99, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
}
END_TEST

START_TEST (append__refuses_a_request_that_is_not_there)
{
  g_autoptr (JsonObject) body = json_object_new ();

  desk_begin (vault);
  ck_assert_ptr_null (vv_vault_append (vault, "use", 77, 0, body, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  ck_assert_ptr_null (vv_vault_append (vault, "use", 0, 77, body, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
}
END_TEST

START_TEST (append__does_not_share_the_callers_body)
{
  g_autoptr (JsonObject) body = vv_json_new ("text", "s", "before", NULL);
  g_autoptr (VvRecord)   record = NULL;

  desk_begin (vault);
  record = vv_vault_append (vault, "note", 0, 0, body, &error);
  json_object_set_string_member (body, "text", "after");
  ck_assert_str_eq (vv_json_string (record->body, "text"), "before");
}
END_TEST

START_TEST (blob__kept_once)
{
  g_autoptr (GBytes)     bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes)     empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes)     read = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autofree char       *first = NULL, *again = NULL, *none = NULL;

  desk_begin (vault);
  first = vv_vault_put_blob (vault, bytes, &error);
  again = vv_vault_put_blob (vault, bytes, &error);
  none = vv_vault_put_blob (vault, empty, &error);
  vv_assert_ok (error);
  desk_commit (vault);
  ck_assert_str_eq (first, again);
  result = vv_vault_verify (vault, NULL, &error);
  ck_assert_int_eq (vv_json_int (result, "blobs"), 2);
  read = vv_vault_blob (vault, first, &error);
  ck_assert (g_bytes_equal (read, bytes));
  g_clear_pointer (&read, g_bytes_unref);
  read = vv_vault_blob (vault, none, &error);
  ck_assert_uint_eq (g_bytes_get_size (read), 0);
  ck_assert_ptr_null (vv_vault_blob (vault, "ff", &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
}
END_TEST

/* --- Photographs and templates ------------------------------------------------------------------------------------ */

static gint64
add_photograph (guint n, const char *class)
{
  g_autofree char       *person = g_strdup_printf ("P%03u", n / 2);
  g_autoptr (JsonObject) facts = vv_json_new ("person", "s", person, "class", "s", class, "origin", "s", "NYPD", "taken", "s", "2024-01-02",
                                              NULL);
  g_autoptr (GBytes)     file = g_bytes_new (&n, sizeof n);

  return vv_vault_add_photograph (vault, facts, file, &error);
}

START_TEST (photograph__there_and_back)
{
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (GBytes)     file = NULL;
  gint64                 id;

  desk_begin (vault);
  id = add_photograph (5, "arrest");
  vv_assert_ok (error);
  desk_commit (vault);
  facts = vv_vault_photograph (vault, id, &error);
  ck_assert_str_eq (vv_json_string (facts, "person"), "P002");
  ck_assert_int_eq (vv_json_int (facts, "id"), id);
  file = vv_vault_photograph_file (vault, id, &error);
  ck_assert_uint_eq (g_bytes_get_size (file), 4);
  ck_assert_int_eq (vv_vault_find_photograph (vault, vv_json_string (facts, "sha256"), &error), id);
  ck_assert_int_eq (vv_vault_find_photograph (vault, "00", &error), 0);
  vv_assert_ok (error);
}
END_TEST

/* The numbers of a page, joined. */
static char *
page_of (JsonObject *filter, gint64 before, gsize n)
{
  g_autoptr (JsonArray) rows = vv_vault_list_photographs (vault, filter, before, n, &error);
  GString              *text = g_string_new (NULL);

  vv_assert_ok (error);
  for (guint i = 0; i < vv_json_length (rows); i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", vv_json_int (vv_json_element (rows, i), "id"));
  return g_string_free (text, FALSE);
}

static void
assert_page (JsonObject *filter, gint64 before, gsize n, const char *wanted)
{
  g_autoptr (JsonObject) owned = filter;
  g_autofree char       *page = page_of (filter, before, n);

  ck_assert_str_eq (page, wanted);
}

START_TEST (photographs__page_by_page_and_filtered)
{
  desk_begin (vault);
  for (guint i = 0; i < 10; i++)
    ck_assert_int_gt (add_photograph (i, i % 5 == 4 ? "parole" : "arrest"), 0); /* persons P000, P000, P001 ... */
  desk_commit (vault);
  assert_page (json_object_new (), 0, 4, "10 9 8 7 ");
  assert_page (json_object_new (), 7, 4, "6 5 4 3 ");
  assert_page (json_object_new (), 3, 4, "2 1 ");
  assert_page (vv_json_new ("class", "s", "parole", NULL), 0, 4, "10 5 ");
  assert_page (vv_json_new ("class", "s", "arrest", NULL), 9, 3, "8 7 6 ");
  assert_page (vv_json_new ("person", "s", "P004", NULL), 0, 4, "10 9 ");
  assert_page (vv_json_new ("person", "s", "P004", "class", "s", "arrest", NULL), 0, 4, "9 ");
  assert_page (vv_json_new ("reference", "s", "nowhere", NULL), 0, 4, "");
  assert_page (vv_json_new ("manifest", "i", 77, NULL), 0, 4, "");
}
END_TEST

START_TEST (photograph__only_arrest_and_parole_and_once)
{
  desk_begin (vault);
  ck_assert_int_gt (add_photograph (1, "parole"), 0);
  ck_assert_int_eq (add_photograph (2, "licence"), 0);
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  ck_assert_int_eq (add_photograph (1, "parole"), 0);
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
}
END_TEST

#define N_PHOTOGRAPHS 40
#define LENGTH        3

/* The loose templates, each checked to be that of its photograph; their number. */
static gsize
count_loose (const char *recogniser)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (float));
  gboolean           done = vv_vault_read_loose_templates (vault, recogniser, 0, 1000, ids, rows, &error);

  vv_assert_ok (error);
  ck_assert (done);
  ck_assert_uint_eq (rows->len, ids->len * LENGTH);
  for (guint i = 0; i < ids->len; i++)
    ck_assert_int_eq ((gint64) g_array_index (rows, float, i *LENGTH), g_array_index (ids, gint64, i));
  ck_assert_int_eq (vv_vault_count_loose_templates (vault, recogniser, &error), ids->len);
  return ids->len;
}

/* Packs the @n first loose templates; a pack is its photographs' numbers in words. */
static void
pack_some (gsize n)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GBytes) pack = NULL;

  ck_assert (vv_vault_read_loose_templates (vault, "sface", 0, n, ids, rows, &error));
  ck_assert_uint_eq (ids->len, n);
  pack = g_bytes_new (ids->data, ids->len * sizeof (gint64));
  desk_begin (vault);
  ck_assert (vv_vault_add_pack (vault, "sface", (const gint64 *) (gconstpointer) ids->data, n, pack, &error));
  vv_assert_ok (error);
  desk_commit (vault);
}

typedef struct
{
  gsize    packs, rows;
  gboolean refuses;
} Seen;

static gboolean
see_pack (gconstpointer pack, gsize size, gpointer data)
{
  Seen *seen = data;

  seen->packs++;
  seen->rows += size / sizeof (gint64);
  return !seen->refuses;
}

static Seen
read_packs (gboolean refuse)
{
  Seen seen = { .refuses = refuse };

  ck_assert (vv_vault_read_packs (vault, "sface", see_pack, &seen, NULL, &error));
  vv_assert_ok (error);
  return seen;
}

static void
add_templates (const gint64 *ids, gsize n)
{
  g_autofree float *templates = g_new0 (float, n *LENGTH);

  for (gsize i = 0; i < n; i++)
    templates[i * LENGTH] = (float) ids[i];
  ck_assert (vv_vault_add_templates (vault, "sface", LENGTH, ids, templates, n, &error));
  vv_assert_ok (error);
}

static void
fill_repository (gint64 *ids)
{
  desk_begin (vault);
  for (guint i = 0; i < N_PHOTOGRAPHS; i++)
    {
      ids[i] = add_photograph (i, "arrest");
      vv_assert_ok (error);
      add_templates (&ids[i], 1);
    }
  desk_commit (vault);
}

START_TEST (templates__are_packed_and_stay_where_they_are)
{
  gint64                 ids[N_PHOTOGRAPHS];
  float                  rows[2 * 8];
  g_autoptr (JsonObject) facts = NULL;

  fill_repository (ids);
  ck_assert_uint_eq (count_loose ("sface"), N_PHOTOGRAPHS);
  ck_assert_uint_eq (count_loose ("other"), 0);
  pack_some (12);
  pack_some (20);
  reopen ();
  ck_assert_uint_eq (count_loose ("sface"), N_PHOTOGRAPHS - 32);
  ck_assert_uint_eq (read_packs (FALSE).packs, 2);
  ck_assert_uint_eq (read_packs (FALSE).rows, 32);
  ck_assert (vv_vault_template_rows (vault, "sface", (gint64[]){ ids[35], ids[2] }, 2, rows, 8, &error));
  vv_assert_ok (error);
  ck_assert_int_eq ((gint64) rows[0], ids[35]);
  ck_assert_int_eq ((gint64) rows[8], ids[2]);
  ck_assert (!vv_vault_template_rows (vault, "sface", (gint64[]){ 12345 }, 1, rows, 8, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
  facts = vv_vault_repository_facts (vault, &error);
  ck_assert_int_eq (vv_json_int (facts, "photographs"), N_PHOTOGRAPHS);
  ck_assert_int_eq (vv_json_int (facts, "persons"), N_PHOTOGRAPHS / 2);
  ck_assert_int_eq (vv_json_int (vv_json_object (facts, "templates"), "sface"), N_PHOTOGRAPHS);
}
END_TEST

START_TEST (packs__that_are_of_no_use_are_dropped)
{
  gint64 ids[N_PHOTOGRAPHS];

  fill_repository (ids);
  pack_some (12);
  pack_some (20);
  g_test_expect_message ("vv-vault", G_LOG_LEVEL_WARNING, "*made again*");
  ck_assert_uint_eq (read_packs (TRUE).packs, 2); /* as when they are of another version */
  g_test_assert_expected_messages ();
  ck_assert_uint_eq (read_packs (FALSE).packs, 0);
  ck_assert_uint_eq (count_loose ("sface"), N_PHOTOGRAPHS);
}
END_TEST

START_TEST (packs__changed_after_they_were_stored_are_dropped)
{
  gint64 ids[N_PHOTOGRAPHS];

  fill_repository (ids);
  pack_some (12);
  pack_some (20);
  ck_assert (vv_database_run (vault->db, &error, "UPDATE template_pack SET bytes = zeroblob (length (bytes)) WHERE id = 1", ""));
  g_test_expect_message ("vv-vault", G_LOG_LEVEL_WARNING, "*made again*");
  ck_assert_uint_eq (read_packs (FALSE).rows, 20); /* the changed one is not handed over */
  g_test_assert_expected_messages ();
  ck_assert_uint_eq (count_loose ("sface"), N_PHOTOGRAPHS - 20);
  ck_assert_uint_eq (read_packs (FALSE).packs, 1);
}
END_TEST

/* A desk of the time when templates lay in blocks of floats opens with all of them. */
START_TEST (templates__come_out_of_the_blocks_of_before)
{
  gint64             ids[N_PHOTOGRAPHS];
  float              rows[N_PHOTOGRAPHS * LENGTH] = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char   *sha256 = NULL;
  GByteArray        *both = g_byte_array_new ();

  desk_begin (vault);
  for (guint i = 0; i < N_PHOTOGRAPHS; i++)
    {
      ids[i] = add_photograph (i, "arrest");
      rows[i * LENGTH] = (float) ids[i];
    }
  g_byte_array_append (both, (const guint8 *) ids, sizeof ids);
  g_byte_array_append (both, (const guint8 *) rows, sizeof rows);
  bytes = g_byte_array_free_to_bytes (both);
  sha256 = vv_hash_bytes (bytes);
  ck_assert (vv_database_run (vault->db, &error,
                              "INSERT INTO template_block (recogniser, length, count, sha256, photographs, templates) VALUES (?, ?, ?, ?, ?, ?)",
                              "tiitbb", "sface", (gint64) LENGTH, (gint64) N_PHOTOGRAPHS, sha256, ids, sizeof ids, rows, sizeof rows));
  desk_commit (vault);
  reopen ();
  ck_assert_uint_eq (count_loose ("sface"), N_PHOTOGRAPHS);
  reopen ();
  ck_assert_uint_eq (count_loose ("sface"), N_PHOTOGRAPHS);
}
END_TEST

START_TEST (templates__need_their_photograph)
{
  const gint64 id = 12345;
  const float template[LENGTH] = { 0 };

  desk_begin (vault);
  ck_assert (!vv_vault_add_templates (vault, "sface", LENGTH, &id, template, 1, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
}
END_TEST

/* The figures are kept beside the rows; both must say the same. */
static void
assert_counted (gint64 photographs, gint64 persons)
{
  g_autoptr (JsonObject)   facts = vv_vault_repository_facts (vault, &error);
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (vault->db, &error, "SELECT count (*), count (DISTINCT person) FROM photograph",
                                                            "");

  ck_assert (vv_database_step (statement, &error));
  ck_assert_int_eq (sqlite3_column_int64 (statement, 0), photographs);
  ck_assert_int_eq (sqlite3_column_int64 (statement, 1), persons);
  ck_assert_int_eq (vv_json_int (facts, "photographs"), photographs);
  ck_assert_int_eq (vv_json_int (facts, "persons"), persons);
}

START_TEST (purge__removes_photograph_file_and_template)
{
  gint64 ids[N_PHOTOGRAPHS];
  float  rows[LENGTH];

  fill_repository (ids);
  pack_some (2);
  pack_some (4);
  desk_begin (vault);
  ck_assert (vv_vault_purge (vault, ids + 3, 30, &error));
  vv_assert_ok (error);
  desk_commit (vault);
  /* A pack with one of them is gone; what else was in it is loose again. */
  ck_assert_uint_eq (read_packs (FALSE).rows, 2);
  ck_assert_uint_eq (count_loose ("sface"), N_PHOTOGRAPHS - 30 - 2);
  assert_counted (10, 6); /* 0 to 2 and 33 to 39, two a person */
  ck_assert (!vv_vault_template_rows (vault, "sface", ids + 3, 1, rows, LENGTH, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
  ck_assert_ptr_null (vv_vault_photograph (vault, ids[3], &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
  ck_assert_ptr_null (vv_vault_photograph_file (vault, ids[3], &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
  desk_begin (vault);
  ck_assert (vv_vault_purge (vault, ids, N_PHOTOGRAPHS, &error));
  ck_assert_int_gt (add_photograph (900, "arrest"), ids[N_PHOTOGRAPHS - 1]);
  desk_commit (vault);
  ck_assert_uint_eq (read_packs (FALSE).packs, 0);
  ck_assert_uint_eq (count_loose ("sface"), 0);
  desk_assert_sound (vault);
}
END_TEST

/* --- Accounts -------------------------------------------------------------------------------------------------------- */

static void
add_account (const char *name, const char *words)
{
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text (words);
  g_autoptr (JsonObject) facts = desk_person (name);

  desk_begin (vault);
  ck_assert (vv_vault_add_account (vault, name, facts, passphrase, &error));
  vv_assert_ok (error);
  desk_commit (vault);
}

static gboolean
set_state (const char *name, const char *state)
{
  g_autoptr (JsonObject) facts = vv_json_new ("state", "s", state, NULL);

  return vv_vault_change_account (vault, name, facts, &error);
}

START_TEST (account__second_person_signs_for_themselves)
{
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (JsonArray)  all = NULL;

  add_account ("ortiz", "staple");
  vv_vault_close (vault);
  vault = desk_open_as (dir, "ortiz", "staple");
  ck_assert_str_eq (vv_vault_account (vault), "ortiz");
  (void) desk_write_request (vault);
  desk_assert_sound (vault);
  facts = vv_vault_account_facts (vault, "ortiz", &error);
  ck_assert_str_eq (vv_json_string (facts, "full_name"), "ortiz");
  ck_assert_ptr_null (vv_json_string (facts, "last_sign_in"));
  all = vv_vault_accounts (vault, &error);
  ck_assert_uint_eq (vv_json_length (all), 2);
  ck_assert_str_ne (vv_json_string (vv_json_element (all, 0), "public_key"), vv_json_string (vv_json_element (all, 1), "public_key"));
  ck_assert_ptr_null (vv_vault_account_facts (vault, "nobody", &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
}
END_TEST

START_TEST (account__disabled_keeps_signatures_and_loses_the_slot)
{
  g_autoptr (JsonObject) desk = NULL;

  add_account ("ortiz", "staple");
  vv_vault_close (vault);
  vault = desk_open_as (dir, "ortiz", "staple");
  (void) desk_write_request (vault);
  reopen ();
  desk_begin (vault);
  ck_assert (set_state ("ortiz", "disabled"));
  desk_commit (vault);
  desk_assert_sound (vault);
  desk = vv_vault_describe (dir, &error);
  ck_assert_uint_eq (vv_json_length (vv_json_array (desk, "accounts")), 1);
  desk_begin (vault);
  ck_assert (!set_state ("ortiz", "active"));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  ck_assert (!set_state ("chen", "disabled"));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  g_clear_pointer (&vault, vv_vault_close);
  error = desk_open_error (dir, "ortiz", "staple");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
}
END_TEST

START_TEST (account__old_slot_put_back_does_not_open)
{
  g_autofree char *path = g_build_filename (dir, "desk.json", NULL);
  g_autofree char *before = NULL;

  add_account ("ortiz", "staple");
  ck_assert (g_file_get_contents (path, &before, NULL, NULL));
  desk_begin (vault);
  ck_assert (set_state ("ortiz", "disabled"));
  desk_commit (vault);
  g_clear_pointer (&vault, vv_vault_close);
  ck_assert (g_file_set_contents (path, before, -1, NULL));
  error = desk_open_error (dir, "ortiz", "staple");
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  vault = desk_open (dir);
}
END_TEST

START_TEST (account__rolled_back_leaves_no_slot)
{
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("staple");
  g_autoptr (JsonObject) facts = desk_person ("ortiz");
  g_autoptr (JsonObject) desk = NULL;

  desk_begin (vault);
  ck_assert (vv_vault_add_account (vault, "ortiz", facts, passphrase, &error));
  ck_assert (!vv_vault_add_account (vault, "ortiz", facts, passphrase, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  vv_vault_rollback (vault);
  desk = vv_vault_describe (dir, &error);
  ck_assert_uint_eq (vv_json_length (vv_json_array (desk, "accounts")), 1);
}
END_TEST

/* --- Small things ----------------------------------------------------------------------------------------------------- */

START_TEST (setting__there_and_back)
{
  g_autoptr (JsonObject) value = vv_json_new ("url", "s", "https://ecms.example", NULL);
  g_autoptr (JsonObject) read = NULL;

  ck_assert_ptr_null (vv_vault_setting (vault, "ecms", &error));
  vv_assert_ok (error);
  desk_begin (vault);
  ck_assert (vv_vault_set_setting (vault, "ecms", value, &error));
  ck_assert (vv_vault_set_setting (vault, "ecms", value, &error));
  desk_commit (vault);
  reopen ();
  read = vv_vault_setting (vault, "ecms", &error);
  ck_assert_str_eq (vv_json_string (read, "url"), "https://ecms.example");
}
END_TEST

START_TEST (draft__each_person_has_their_own)
{
  g_autoptr (JsonObject) value = vv_json_new ("text", "s", "half a thought", NULL);
  g_autoptr (JsonObject) read = NULL;

  add_account ("ortiz", "staple");
  desk_begin (vault);
  ck_assert (vv_vault_set_draft (vault, 7, "notes", value, &error));
  desk_commit (vault);
  read = vv_vault_draft (vault, 7, "notes", &error);
  ck_assert_str_eq (vv_json_string (read, "text"), "half a thought");
  vv_vault_close (vault);
  vault = desk_open_as (dir, "ortiz", "staple");
  ck_assert_ptr_null (vv_vault_draft (vault, 7, "notes", &error));
  reopen ();
  desk_begin (vault);
  ck_assert (vv_vault_set_draft (vault, 7, "notes", NULL, &error));
  desk_commit (vault);
  ck_assert_ptr_null (vv_vault_draft (vault, 7, "notes", &error));
  vv_assert_ok (error);
}
END_TEST

START_TEST (outbox__same_document_and_folder_once)
{
  g_autoptr (GBytes)     bytes = g_bytes_new_static ("%PDF", 4);
  g_autofree char       *document = NULL;
  g_autoptr (JsonObject) entry = NULL;
  g_autoptr (JsonObject) changes = vv_json_new ("state", "s", "acknowledged", "receipt", "s", "r-1", NULL);
  g_autoptr (JsonObject) wrong = vv_json_new ("document", "s", "other", NULL);
  g_autoptr (JsonArray)  rows = NULL;
  gint64                 id;

  desk_begin (vault);
  document = vv_vault_put_blob (vault, bytes, &error);
  entry = vv_json_new ("document", "s", document, "folder", "s", "case/1", "name", "s", "report.pdf", "state", "s", "queued", "attempts",
                       "i", (gint64) 0, NULL);
  id = vv_vault_queue (vault, entry, &error);
  vv_assert_ok (error);
  ck_assert_int_gt (id, 0);
  ck_assert_int_eq (vv_vault_queue (vault, entry, &error), id);
  json_object_set_string_member (entry, "folder", "case/2");
  ck_assert_int_ne (vv_vault_queue (vault, entry, &error), id);
  ck_assert (vv_vault_update_queued (vault, id, changes, &error));
  ck_assert (!vv_vault_update_queued (vault, id, wrong, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  ck_assert (!vv_vault_update_queued (vault, 99, changes, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
  desk_commit (vault);
  rows = vv_vault_outbox (vault, "acknowledged", &error);
  ck_assert_uint_eq (vv_json_length (rows), 1);
  ck_assert_str_eq (vv_json_string (vv_json_element (rows, 0), "receipt"), "r-1");
  ck_assert_str_eq (vv_json_string (vv_json_element (rows, 0), "name"), "report.pdf");
  ck_assert_int_eq (vv_json_int (vv_json_element (rows, 0), "id"), id);
  g_clear_pointer (&rows, json_array_unref);
  rows = vv_vault_outbox (vault, NULL, &error);
  ck_assert_uint_eq (vv_json_length (rows), 2);
}
END_TEST

/* --- Audit -------------------------------------------------------------------------------------------------------------- */

START_TEST (audit__rows_are_chained)
{
  g_autoptr (JsonArray) rows = NULL;
  g_autofree char      *head = NULL;
  JsonObject           *first, *second;

  (void) desk_write_request (vault);
  (void) desk_write_request (vault);
  rows = vv_vault_audit_rows (vault, 1, 10, &error);
  vv_assert_ok (error);
  ck_assert_uint_eq (vv_json_length (rows), 2);
  first = vv_json_element (rows, 0);
  second = vv_json_element (rows, 1);
  ck_assert_str_eq (vv_json_string (first, "station"), "FIS-07");
  ck_assert_str_eq (vv_json_string (second, "previous"), vv_json_string (first, "hash"));
  ck_assert_ptr_nonnull (vv_json_string (first, "signature"));
  head = vv_vault_audit_head (vault, &error);
  ck_assert_str_eq (head, vv_json_string (second, "hash"));
  g_clear_pointer (&rows, json_array_unref);
  rows = vv_vault_audit_rows (vault, 2, 1, &error);
  ck_assert_int_eq (vv_json_int (vv_json_element (rows, 0), "seq"), 2);
}
END_TEST

START_TEST (audit__refuses_an_unknown_outcome)
{
  desk_begin (vault);
  ck_assert (!vv_vault_audit (vault, "act", "x", "perhaps", NULL, FALSE, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
}
END_TEST

START_TEST (verify__counts_and_can_be_stopped)
{
  g_autoptr (VvProgress) progress = vv_progress_new ();
  g_autoptr (JsonObject) result = NULL;
  guint64                done, total;

  (void) desk_write_request (vault);
  result = vv_vault_verify (vault, G_CANCELLABLE (progress), &error);
  vv_assert_ok (error);
  ck_assert (vv_json_bool (result, "ok"));
  ck_assert_int_eq (vv_json_int (result, "rows"), 1);
  ck_assert_int_eq (vv_json_int (result, "records"), 2);
  ck_assert_int_eq (vv_json_int (result, "signatures"), 4); /* account, two records, one row */
  vv_progress_get (progress, &done, &total);
  ck_assert_uint_gt (done, 0);
  ck_assert_uint_ge (total, done);
  g_cancellable_cancel (G_CANCELLABLE (progress));
  ck_assert_ptr_null (vv_vault_verify (vault, G_CANCELLABLE (progress), &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("vault");
  TCase *desk = tcase_create ("desk");

  tcase_set_timeout (desk, 60);
  tcase_add_checked_fixture (desk, set_up, tear_down);
  tcase_add_test (desk, create__refuses_a_folder_in_use);
  tcase_add_test (desk, create__files_are_private);
  tcase_add_test (desk, describe__tells_no_secrets);
  tcase_add_test (desk, open__wrong_pass_phrase_and_unknown_account_alike);
  tcase_add_test (desk, open__only_one_program);
  tcase_add_test (desk, check_passphrase__knows_its_own);
  tcase_add_test (desk, transactions__nothing_is_written_outside);
  tcase_add_test (desk, rollback__leaves_all_as_it_was);
  tcase_add_test (desk, append__comes_back_the_same);
  tcase_add_test (desk, append__refuses_a_request_that_is_not_there);
  tcase_add_test (desk, append__does_not_share_the_callers_body);
  tcase_add_test (desk, blob__kept_once);
  tcase_add_test (desk, photograph__there_and_back);
  tcase_add_test (desk, photographs__page_by_page_and_filtered);
  tcase_add_test (desk, photograph__only_arrest_and_parole_and_once);
  tcase_add_test (desk, templates__are_packed_and_stay_where_they_are);
  tcase_add_test (desk, packs__that_are_of_no_use_are_dropped);
  tcase_add_test (desk, packs__changed_after_they_were_stored_are_dropped);
  tcase_add_test (desk, templates__come_out_of_the_blocks_of_before);
  tcase_add_test (desk, templates__need_their_photograph);
  tcase_add_test (desk, purge__removes_photograph_file_and_template);
  tcase_add_test (desk, account__second_person_signs_for_themselves);
  tcase_add_test (desk, account__disabled_keeps_signatures_and_loses_the_slot);
  tcase_add_test (desk, account__old_slot_put_back_does_not_open);
  tcase_add_test (desk, account__rolled_back_leaves_no_slot);
  tcase_add_test (desk, setting__there_and_back);
  tcase_add_test (desk, draft__each_person_has_their_own);
  tcase_add_test (desk, outbox__same_document_and_folder_once);
  tcase_add_test (desk, audit__rows_are_chained);
  tcase_add_test (desk, audit__refuses_an_unknown_outcome);
  tcase_add_test (desk, verify__counts_and_can_be_stopped);
  suite_add_tcase (all, desk);
  return all;
}

VV_TEST_MAIN (suite)
