// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-test-desk.h"

/* Forms before and after they are made, and the log of what leaves the section. */

static VvTestDesk *test;
static gint64      request;

static void
set_up (void)
{
  test = vv_test_desk_new ();
  vv_test_sign_in (test->desk, "examiner");
  request = vv_test_request (test->desk, 0);
}

static void
tear_down (void)
{
  vv_test_desk_free (test);
}

/* A page that can be looked at, with something on it. */
static void
assert_page (JsonObject *what)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) owned = what;
  g_autoptr (VvPicture)  page = vv_desk_picture (test->desk, request, what, NULL, &error);
  const guint32         *pixels;
  gsize                  n, dark = 0;

  vv_assert_ok (error);
  pixels = g_bytes_get_data (page->pixels, &n);
  for (gsize i = 0; i < n / 4; i++)
    dark += (pixels[i] & 0xff) < 128;
  ck_assert_uint_gt (dark, 1000);
}

static void
refuse_page (JsonObject *what)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) owned = what;

  ck_assert_ptr_null (vv_desk_picture (test->desk, request, what, NULL, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND);
}

static void
confirm_use (void)
{
  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'It is one of the six.'}");
}

START_TEST (preview__of_a_rejection_writes_nothing)
{
  const char *const      whole = "{'form':'image-rejection','scope':'request','reasons':['too-small'],'text':'See mark 1.','ask':'The original.'%s}";
  g_autofree char       *marks = g_strdup_printf (",'marks':[{'media':%" G_GINT64_FORMAT ",'x':10,'y':10,'width':50,'height':60}]",
                                                  vv_test_media (test->desk, request, 0));
  g_autofree char       *plain = g_strdup_printf (whole, "");
  g_autofree char       *marked = g_strdup_printf (whole, marks);
  g_autofree char       *before = NULL;
  g_autofree char       *after = NULL;
  g_autoptr (JsonObject) preview = NULL;
  gint64                 rows;

  vv_test_refuse (test->desk, vv_desk_preview, request, plain, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  confirm_use ();
  refuse_page (vv_json_new ("page", "i", (gint64) 0, "preview", "b", TRUE, NULL));
  vv_test_refuse (test->desk, vv_desk_preview, request, "{'form':'image-rejection','scope':'request','reasons':['ugly'],'text':'t','ask':'a'}",
                  VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_refuse (test->desk, vv_desk_preview, request, "{'form':'a-form'}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  before = vv_test_contents (test->desk);
  rows = vv_test_n_rows (test->desk);
  preview = vv_test_do (test->desk, vv_desk_preview, request, marked);
  after = vv_test_contents (test->desk);
  ck_assert_str_eq (before, after);
  ck_assert_int_eq (vv_test_n_rows (test->desk), rows);
  ck_assert_int_ge (vv_json_int (preview, "pages"), 1);
  ck_assert_str_eq (vv_json_string (preview, "recipient"), "Training investigator, Training squad");
  assert_page (vv_json_new ("page", "i", (gint64) 0, "preview", "b", TRUE, NULL));
  refuse_page (vv_json_new ("page", "i", vv_json_int (preview, "pages"), "preview", "b", TRUE, NULL));
}
END_TEST

START_TEST (rejection__is_shown_with_its_marks_afterwards)
{
  g_autofree char       *json = g_strdup_printf ("{'scope':'request','reasons':['too-small'],'text':'See mark 1.','ask':'The original.',"
                                                       "'marks':[{'media':%" G_GINT64_FORMAT ",'x':10,'y':10,'width':50,'height':60},"
                                                       "{'media':%" G_GINT64_FORMAT ",'x':10,'y':10,'width':0,'height':60}]}",
                                                 vv_test_media (test->desk, request, 0), vv_test_media (test->desk, request, 0));
  g_autoptr (JsonObject) record = NULL;
  g_autoptr (JsonObject) info = NULL;
  g_autofree char       *wanted = NULL;
  JsonArray             *pictures;

  confirm_use ();
  record = vv_test_do (test->desk, vv_desk_reject_image, request, json);
  pictures = vv_json_array (vv_json_object (vv_json_object (record, "body"), "facts"), "pictures");
  ck_assert_uint_eq (vv_json_length (vv_json_array (vv_json_element (pictures, 0), "marks")), 1);
  wanted = g_strdup_printf ("{'record':%" G_GINT64_FORMAT "}", vv_json_int (record, "id"));
  info = vv_test_do (test->desk, vv_desk_report_info, request, wanted);
  ck_assert_str_eq (vv_json_string (info, "form"), "image-rejection");
  ck_assert_str_eq (vv_json_string (info, "document"), vv_json_string (vv_json_object (record, "body"), "document"));
  assert_page (vv_json_new ("page", "i", (gint64) 0, "record", "i", vv_json_int (record, "id"), NULL));
  /* A record that is no form, and the report that is not there yet. */
  refuse_page (vv_json_new ("page", "i", (gint64) 0, "record", "i", vv_test_media (test->desk, request, 0), NULL));
  refuse_page (vv_json_new ("page", "i", (gint64) 0, NULL));
}
END_TEST

START_TEST (preview__of_the_report_follows_the_decision)
{
  const char *const none = "{'form':'no-match','recipient':'Training investigator'}";

  vv_test_walk_to_search (test->desk, request);
  vv_test_refuse (test->desk, vv_desk_preview, request, none, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_refuse (test->desk, vv_desk_preview, request, "{'form':'case-records'}", VV_DESK_ERROR, VV_DESK_ERROR_BLIND, "refused");
  vv_test_say_none (test->desk, request);
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_preview, request, none, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  vv_test_decide (test->desk, request, "none-confirmed", NULL);
  vv_test_done (test->desk, vv_desk_preview, request, none);
  assert_page (vv_json_new ("page", "i", (gint64) 0, "preview", "b", TRUE, NULL));
  vv_test_done (test->desk, vv_desk_preview, request, "{'form':'case-records'}");
  vv_test_done (test->desk, vv_desk_direct, request, "{'report':'no-match','recipient':'Training investigator'}");
  vv_test_sign_in (test->desk, "examiner");
  refuse_page (vv_json_new ("page", "i", (gint64) 0, "preview", "b", TRUE, NULL)); /* another person's */
  vv_test_done (test->desk, vv_desk_preview, request, "{'form':'no-match'}");
  vv_test_refuse (test->desk, vv_desk_preview, request, "{'form':'possible-match'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
}
END_TEST

START_TEST (dissemination__is_logged_with_recipient_and_authority)
{
  static const char *const missing[] = { "'recipient':'','authority':'Subpoena'", "'recipient':'Court','authority':' '" };
  g_autofree char         *path = g_build_filename (test->ecms, "export.pdf", NULL);
  g_autofree char         *tar = g_build_filename (test->ecms, "records.tar", NULL);
  g_autofree char         *json = g_strdup_printf ("{'file':'%s','recipient':'Prosecutor','authority':'Subpoena 12'}", path);
  g_autofree char         *whole = g_strdup_printf ("{'file':'%s','recipient':'Court','authority':'Order 7'}", tar);
  g_autoptr (JsonObject)   log = NULL;
  JsonArray               *entries;

  vv_test_walk_to_search (test->desk, request);
  vv_test_say_none (test->desk, request);
  vv_test_decide (test->desk, request, "none-confirmed", NULL);
  vv_test_direct_and_report (test->desk, request, "no-match");
  for (gsize i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autofree char *without = g_strdup_printf ("{'file':'%s',%s}", path, missing[i]);

      vv_test_refuse (test->desk, vv_desk_export_report, request, without, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
    }
  ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
  vv_test_done (test->desk, vv_desk_export_report, request, json);
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_disclose, request, whole);
  log = vv_test_do (test->desk, vv_desk_dissemination, request, NULL);
  entries = vv_json_array (log, "entries");
  ck_assert_uint_eq (vv_json_length (entries), 2);
  ck_assert_str_eq (vv_json_string (vv_json_element (entries, 0), "what"), "report");
  ck_assert_str_eq (vv_json_string (vv_json_element (entries, 0), "recipient"), "Prosecutor");
  ck_assert_str_eq (vv_json_string (vv_json_element (entries, 0), "authority"), "Subpoena 12");
  ck_assert_ptr_nonnull (vv_json_string (vv_json_element (entries, 0), "when"));
  ck_assert_uint_eq (strlen (vv_json_string (vv_json_element (entries, 0), "sha256")), 64);
  ck_assert_str_eq (vv_json_string (vv_json_element (entries, 1), "what"), "records");
  ck_assert_str_eq (vv_json_string (vv_json_element (entries, 1), "account"), "supervisor");
  vv_test_verify (test->desk);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("desk-forms");
  TCase *forms = tcase_create ("forms");

  tcase_set_timeout (forms, 600);
  tcase_add_checked_fixture (forms, set_up, tear_down);
  tcase_add_test (forms, preview__of_a_rejection_writes_nothing);
  tcase_add_test (forms, rejection__is_shown_with_its_marks_afterwards);
  tcase_add_test (forms, preview__of_the_report_follows_the_decision);
  tcase_add_test (forms, dissemination__is_logged_with_recipient_and_authority);
  suite_add_tcase (suite, forms);
  return suite;
}

VV_TEST_MAIN (make_suite)
