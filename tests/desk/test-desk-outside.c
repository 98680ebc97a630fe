// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-test-desk.h"

/* Comparison outside the photo repository: for one case, with an approval, in a set of its own. */

static VvTestDesk *test;
static gint64      request;

static void
setup (void)
{
  test = vv_test_desk_new ();
  request = vv_test_request (test->desk, 0);
}

static void
teardown (void)
{
  g_clear_pointer (&test, vv_test_desk_free);
}

static void
approve (void)
{
  g_autofree char       *path = g_build_filename (test->ecms, "approval.pdf", NULL);
  g_autofree char       *exhibit = g_strdup_printf ("{'file':'%s','class':'approval-document','description':'Signed.'}", path);
  g_autoptr (JsonObject) document = NULL;
  g_autofree char       *json = NULL;

  ck_assert (g_file_set_contents (path, "signed", -1, NULL));
  vv_test_sign_in (test->desk, "supervisor");
  document = vv_test_do (test->desk, vv_desk_add_exhibit, request, exhibit);
  json = g_strdup_printf ("{'approver':'chief-of-detectives','approver_name':'Chief Doe','reason':'He fled the state.','date':'2026-11-23',"
                          "'scope':'Driving licences of three men.','document':%" G_GINT64_FORMAT "}",
                          vv_json_int (document, "id"));
  vv_test_done (test->desk, vv_desk_approve_outside, request, json);
  (void) g_remove (path);
}

/* Details of an image of the synthetic people. (transfer full) */
static char *
image (const char *name)
{
  g_autofree char *relative = g_strdup_printf ("data/people/%s", name);
  g_autofree char *path = vv_test_source (relative);

  return g_strdup_printf ("{'file':'%s','source_detail':'Licences of New Jersey','reference':'NJ %s','obtained_by':'Training investigator',"
                          "'obtained_at':'2026-11-24','person':'John %s'}",
                          path, name, name);
}

static void
add_images (void)
{
  static const char *const names[] = { "P001_gallery.jpg", "P007_gallery.jpg", "P002_gallery.jpg" };

  vv_test_sign_in (test->desk, "examiner");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *json = image (names[i]);

      vv_test_done (test->desk, vv_desk_add_outside, request, json);
    }
}

static void
search_images (void)
{
  vv_test_walk_to_search (test->desk, request);
  approve ();
  add_images ();
  vv_test_done (test->desk, vv_desk_search_outside, request, NULL);
}

static char *
shown_to (const char *account)
{
  g_autoptr (JsonObject) shown = NULL;

  vv_test_sign_in (test->desk, account);
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  return vv_json_canonical (shown);
}

static void
refuse_step (VvDeskAct act, const char *json)
{
  vv_test_refuse (test->desk, act, request, json, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
}

static gint64
n_templates (void)
{
  g_autoptr (JsonObject) facts = vv_vault_repository_facts (test->desk->vault, NULL);
  g_autoptr (GList)      counts = json_object_get_values (vv_json_object (facts, "templates"));
  gint64                 n = 0;

  for (GList *count = counts; count != NULL; count = count->next)
    n += json_node_get_int (count->data);
  return n;
}

START_TEST (outside__searches_its_own_set_and_nothing_else)
{
  g_autoptr (JsonObject) body = NULL;
  gint64                 before = n_templates ();

  search_images ();
  body = vv_test_search_body (test->desk, request);
  ck_assert_int_gt (vv_json_int (body, "approval"), 0);
  ck_assert_int_eq (vv_json_int (body, "gallery_size"), 3);
  ck_assert_uint_eq (vv_json_length (vv_json_array (body, "pool")), 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject          *row = vv_json_element (vv_json_array (body, "pool"), i);
      g_autoptr (VvRecord) record = vv_vault_record (test->desk->vault, vv_json_int (row, "outside"), NULL);

      ck_assert (!json_object_has_member (row, "photograph"));
      ck_assert_str_eq (record->kind, VV_KIND_OUTSIDE_IMAGE);
      /* Exact: the person of the probe comes first. */
      ck_assert_int_eq (g_str_equal (vv_json_string (record->body, "name"), "P007_gallery.jpg"), vv_json_int (row, "rank") == 1);
    }
  /* Nothing of it was enrolled: another search is of photographs alone. */
  ck_assert_int_eq (n_templates (), before);
  vv_test_done (test->desk, vv_desk_search, request, NULL);
  json_object_unref (g_steal_pointer (&body));
  body = vv_test_search_body (test->desk, request);
  ck_assert (!json_object_has_member (body, "approval"));
  ck_assert_int_eq (vv_json_int (body, "gallery_size"), before);
  for (guint i = 0; i < vv_json_length (vv_json_array (body, "pool")); i++)
    ck_assert (!json_object_has_member (vv_json_element (vv_json_array (body, "pool"), i), "outside"));
}
END_TEST

START_TEST (outside__is_blind_like_every_pool)
{
  g_autofree char       *candidate = NULL;
  g_autofree char       *open = NULL;
  g_autofree char       *before = NULL;
  g_autofree char       *after = NULL;
  g_autoptr (JsonObject) sides = NULL;
  g_autoptr (JsonObject) what = NULL;
  g_autoptr (VvPicture)  picture = NULL;

  search_images ();
  candidate = vv_test_candidate (test->desk, request, 1);
  open = g_strdup_printf ("{'candidate':'%s'}", candidate);
  sides = vv_test_do (test->desk, vv_desk_open_candidate, request, open);
  ck_assert_ptr_nonnull (vv_json_object (vv_json_object (sides, "candidate"), "face"));
  what = vv_test_json ("{'candidate':'%s'}", candidate);
  picture = vv_desk_picture (test->desk, request, what, NULL, NULL);
  ck_assert_ptr_nonnull (picture);
  vv_test_propose (test->desk, request, candidate);
  /* The reviewer sees no name and no picture of the set before the own comparison. */
  before = shown_to ("reviewer");
  ck_assert_ptr_null (strstr (before, "John P007"));
  ck_assert_ptr_null (strstr (before, "NJ P001"));
  vv_test_review (test->desk, request, candidate);
  after = shown_to ("reviewer");
  ck_assert_ptr_nonnull (strstr (after, "John P007"));
}
END_TEST

START_TEST (outside__is_flagged_on_the_report)
{
  g_autofree char       *candidate = NULL;
  g_autofree char       *text = NULL;
  g_autoptr (JsonObject) info = NULL;
  g_autoptr (JsonObject) bundle = NULL;

  search_images ();
  candidate = vv_test_candidate (test->desk, request, 1);
  vv_test_propose (test->desk, request, candidate);
  vv_test_review (test->desk, request, candidate);
  vv_test_decide (test->desk, request, "approved", candidate);
  vv_test_direct_and_report (test->desk, request, "possible-match");
  info = vv_test_do (test->desk, vv_desk_report_info, request, NULL);
  text = vv_test_pdf_text (test, vv_json_string (info, "document"));
  ck_assert_msg (strstr (text, "Comparison outside the photo repository") != NULL &&
                   strstr (text, "Chief Doe, Chief of Detectives") != NULL &&
                   strstr (text, "He fled the state.") != NULL && strstr (text, "Driving licences of three men.") != NULL &&
                   strstr (text, "NJ P007_gallery.jpg") != NULL && strstr (text, "Outside the photo repository") != NULL,
                 "%s", text);
  bundle = vv_test_do (test->desk, vv_desk_bundle, request, NULL);
  ck_assert_int_gt (vv_json_int (bundle, "bytes"), 0);
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (outside__no_candidate_is_reported_as_such)
{
  g_autofree char       *text = NULL;
  g_autoptr (JsonObject) info = NULL;

  search_images ();
  vv_test_say_none (test->desk, request);
  vv_test_decide (test->desk, request, "none-confirmed", NULL);
  vv_test_direct_and_report (test->desk, request, "no-match");
  info = vv_test_do (test->desk, vv_desk_report_info, request, NULL);
  text = vv_test_pdf_text (test, vv_json_string (info, "document"));
  ck_assert_msg (strstr (text, "among the images outside the photo repository") != NULL && strstr (text, "Chief Doe") != NULL, "%s", text);
}
END_TEST

START_TEST (outside__is_refused_without_approval_images_or_right)
{
  g_autofree char *other = image ("P001_gallery.jpg");
  g_autofree char *twice = image ("P007_gallery.jpg");
  g_autofree char *probe = image ("P007_probe2.jpg");

  vv_test_walk_to_search (test->desk, request);
  refuse_step (vv_desk_add_outside, other);
  refuse_step (vv_desk_search_outside, NULL);
  approve ();
  vv_test_refuse (test->desk, vv_desk_add_outside, request, other, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_PERSON, "refused");
  vv_test_sign_in (test->desk, "reviewer");
  vv_test_refuse (test->desk, vv_desk_add_outside, request, other, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_PERSON, "refused");
  vv_test_sign_in (test->desk, "examiner");
  refuse_step (vv_desk_search_outside, NULL); /* there is nothing yet */
  vv_test_done (test->desk, vv_desk_add_outside, request, twice);
  vv_test_refuse (test->desk, vv_desk_add_outside, request, twice, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_refuse (test->desk, vv_desk_add_outside, request, probe, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  /* One case's approval and images are nothing to another. */
  request = vv_test_request (test->desk, 1);
  refuse_step (vv_desk_search_outside, NULL);
}
END_TEST

START_TEST (outside__another_approval_begins_another_set)
{
  g_autoptr (JsonObject) shown = NULL;

  search_images ();
  approve ();
  vv_test_sign_in (test->desk, "examiner");
  refuse_step (vv_desk_search_outside, NULL);
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  ck_assert_uint_eq (vv_json_length (vv_json_array (shown, "outside_images")), 0);
}
END_TEST

START_TEST (outside__ends_with_the_case_and_its_images_stay)
{
  g_autofree char       *more = image ("P003_gallery.jpg");
  g_autoptr (JsonObject) shown = NULL;

  search_images ();
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_close, request, "{'cause':'withdrawn','reason':'The man was found.'}");
  vv_test_sign_in (test->desk, "examiner");
  refuse_step (vv_desk_search_outside, NULL);
  refuse_step (vv_desk_add_outside, more);
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  ck_assert_uint_eq (vv_json_length (vv_json_array (shown, "outside_images")), 3);
}
END_TEST

START_TEST (outside__replay_finds_the_same)
{
  g_autofree char       *more = image ("P003_gallery.jpg");
  g_autoptr (JsonObject) again = NULL;

  search_images ();
  vv_test_done (test->desk, vv_desk_add_outside, request, more); /* was not there then */
  again = vv_test_do (test->desk, vv_desk_replay, request, NULL);
  ck_assert (vv_json_bool (again, "same"));
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-outside");
  TCase *tests = tcase_create ("outside");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, outside__searches_its_own_set_and_nothing_else);
  tcase_add_test (tests, outside__is_blind_like_every_pool);
  tcase_add_test (tests, outside__is_flagged_on_the_report);
  tcase_add_test (tests, outside__no_candidate_is_reported_as_such);
  tcase_add_test (tests, outside__is_refused_without_approval_images_or_right);
  tcase_add_test (tests, outside__another_approval_begins_another_set);
  tcase_add_test (tests, outside__ends_with_the_case_and_its_images_stay);
  tcase_add_test (tests, outside__replay_finds_the_same);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
