// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-nist.h"
#include "vv-procedure-error.h"
#include "vv-test-desk.h"

/* Photographs that come as ANSI/NIST-ITL transactions. */

static VvTestDesk *test;

static void
setup (void)
{
  test = vv_test_desk_new ();
  vv_test_sign_in (test->desk, "admin");
}

static void
teardown (void)
{
  g_clear_pointer (&test, vv_test_desk_free);
}

static GBytes *
person (const char *name)
{
  g_autofree char *path = g_build_filename ("data/people", name, NULL);
  g_autofree char *source = vv_test_source (path);

  return vv_test_read (source);
}

/* Writes a transaction with a person's number and these Type-10 records; the path. (transfer full) */
static char *
write_file (const char *name, const char *number, const VvNistRecord *records, guint n)
{
  VvNistRecord       all[12] = { { 2, number, NULL } };
  char              *path = g_build_filename (test->ecms, name, NULL);
  g_autoptr (GBytes) file = NULL;

  memcpy (all + 1, records, n * sizeof *records);
  file = vv_nist_make (name, all, n + 1);
  ck_assert (g_file_set_contents (path, g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file), NULL));
  return path;
}

static JsonObject *
import (const char *path)
{
  g_autofree char *json = g_strdup_printf ("{'transactions':['%s']}", path);

  return vv_test_do (test->desk, vv_desk_import_transactions, 0, json);
}

static const char *
reason_of (JsonObject *answer, const char *file)
{
  JsonArray *exceptions = vv_json_array (answer, "exceptions");

  for (guint i = 0; i < vv_json_length (exceptions); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (exceptions, i), "file"), file) == 0)
      return vv_json_string (vv_json_element (exceptions, i), "reason");
  return NULL;
}

START_TEST (import__takes_faces_from_known_sources_only)
{
  g_autoptr (GBytes) frontal = person ("P001_probe1.jpg");
  g_autoptr (GBytes) other = person ("P002_probe1.jpg");
  g_autofree char   *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, frontal);
  g_autofree char   *hashed = g_strdup_printf ("003=FACE;004=VISAVIS;005=20190502;020=F;044=CROP;996=%s", sha256);
  g_autofree char   *wrong = g_strdup_printf ("003=FACE;004=VISAVIS;996=%064d", 0);
  const VvNistRecord records[] = {
    { 10, hashed, frontal },
    { 10, "003=FACE;004=VISAVIS;020=R", other },
    { 10, "003=FACE;004=ELSEWHERE", other },
    { 10, wrong, other },
    { 10, "003=FACE;004=VISAVIS;006=7;007=9", other },
    { 10, "003=TATTOO;004=VISAVIS", other },
    { 10, "003=PALM;004=VISAVIS", other },
    { 10, "003=FACE;004=VISAVIS", NULL },
  };
  g_autofree char       *path = write_file ("arrest.an2", "014=123456;009=CASE-7;018=DOE\x1fJOHN;022=19800101", records,
                                            G_N_ELEMENTS (records));
  g_autoptr (JsonObject) first = import (path);
  g_autoptr (JsonObject) second = import (path);
  g_autoptr (JsonObject) facts = NULL;
  g_autofree char       *text = NULL;

  ck_assert_int_eq (vv_json_int (first, "added"), 1);
  ck_assert_int_eq (vv_json_int (first, "marks"), 1);
  ck_assert_int_eq (vv_json_int (first, "refused"), 6);
  ck_assert_ptr_nonnull (strstr (reason_of (first, "arrest.an2:4"), "front"));
  ck_assert_ptr_nonnull (strstr (reason_of (first, "arrest.an2:5"), "source"));
  ck_assert_ptr_nonnull (strstr (reason_of (first, "arrest.an2:6"), "SHA-256"));
  ck_assert_ptr_nonnull (strstr (reason_of (first, "arrest.an2:7"), "size"));
  ck_assert_ptr_nonnull (strstr (reason_of (first, "arrest.an2:9"), "not of a face"));
  ck_assert_ptr_nonnull (strstr (reason_of (first, "arrest.an2:10"), "no picture"));
  ck_assert_int_eq (vv_json_int (second, "added"), 0);
  ck_assert_int_eq (vv_json_int (second, "present"), 1);

  facts = vv_vault_photograph (test->desk->vault, vv_vault_find_photograph (test->desk->vault, sha256, NULL), NULL);
  text = vv_json_canonical (facts);
  ck_assert_str_eq (vv_json_string (facts, "person"), "123456");
  ck_assert_str_eq (vv_json_string (facts, "class"), "arrest");
  ck_assert_str_eq (vv_json_string (facts, "origin"), "synthetic-people");
  ck_assert_str_eq (vv_json_string (facts, "reference"), "CASE-7");
  ck_assert_str_eq (vv_json_string (facts, "taken"), "2019-05-02");
  ck_assert_str_eq (vv_json_string (facts, "transforms"), "CROP");
  ck_assert_ptr_null (strstr (text, "DOE"));
  ck_assert_ptr_null (strstr (text, "19800101"));
}
END_TEST

/* A folder: every transaction in it; one that is broken is an exception and stops nothing. */
START_TEST (import__takes_a_folder)
{
  g_autoptr (GBytes)     frontal = person ("P003_probe1.jpg");
  const VvNistRecord     records[] = { { 10, "003=FACE;004=VISAVIS;020=F", frontal } };
  g_autofree char       *good = write_file ("good.eft", "014=77", records, 1);
  g_autofree char       *nobody = write_file ("nobody.nst", "018=DOE", records, 1);
  g_autofree char       *broken = g_build_filename (test->ecms, "broken.an2", NULL);
  g_autofree char       *letter = g_build_filename (test->ecms, "letter.txt", NULL);
  g_autoptr (JsonObject) answer = NULL;

  ck_assert (g_file_set_contents (broken, "1.001:99\x1d"
                                          "1.002",
                                  -1, NULL));
  ck_assert (g_file_set_contents (letter, "not looked at", -1, NULL));
  answer = import (test->ecms);
  ck_assert_int_eq (vv_json_int (answer, "added"), 1);
  ck_assert_int_eq (vv_json_int (answer, "refused"), 2);
  ck_assert_ptr_nonnull (strstr (reason_of (answer, "broken.an2"), "damaged"));
  ck_assert_ptr_nonnull (strstr (reason_of (answer, "nobody.nst:3"), "person"));
}
END_TEST

START_TEST (import__what_cannot_be_begun)
{
  vv_test_refuse (test->desk, vv_desk_import_transactions, 0, "{}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_refuse (test->desk, vv_desk_import_transactions, 0, "{'transactions':['/nowhere']}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_sign_in (test->desk, "examiner");
  vv_test_refuse (test->desk, vv_desk_import_transactions, 0, "{'transactions':['/nowhere']}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-transactions");
  TCase *tests = tcase_create ("transactions");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, import__takes_faces_from_known_sources_only);
  tcase_add_test (tests, import__takes_a_folder);
  tcase_add_test (tests, import__what_cannot_be_begun);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
