// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-procedure-error.h"
#include "vv-test-desk.h"

/* Image quality: asked about freely, and kept with the probe. */

static VvTestDesk *test;
static gint64      request;

static void
setup (void)
{
  test = vv_test_desk_new ();
  request = vv_test_request (test->desk, 0);
  vv_test_sign_in (test->desk, "examiner");
}

static void
teardown (void)
{
  g_clear_pointer (&test, vv_test_desk_free);
}

static double
eye_distance (JsonArray *measures)
{
  for (guint i = 0; i < vv_json_length (measures); i++)
    if (strcmp (vv_json_string (vv_json_element (measures, i), "measure"), "eye_distance") == 0)
      return vv_json_double (vv_json_element (measures, i), "value");
  ck_abort_msg ("the distance between the eyes is missing");
}

START_TEST (quality__is_measured_and_writes_nothing)
{
  g_autofree char       *before = vv_test_contents (test->desk);
  gint64                 rows = vv_test_n_rows (test->desk);
  g_autofree char       *json = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (test->desk, request, 0));
  g_autoptr (JsonObject) answer = vv_test_do (test->desk, vv_desk_quality, request, json);
  g_autofree char       *after = vv_test_contents (test->desk);

  ck_assert_double_gt (eye_distance (vv_json_array (answer, "measures")), 5);
  ck_assert_str_eq (before, after);
  ck_assert_int_eq (vv_test_n_rows (test->desk), rows);
}
END_TEST

START_TEST (quality__without_probe_says_what_to_do)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (GError)     error = NULL;

  ck_assert_ptr_null (vv_desk_quality (test->desk, request, nothing, NULL, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
}
END_TEST

START_TEST (quality__is_kept_with_the_probe)
{
  g_autofree char       *json = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (test->desk, request, 0));
  g_autoptr (JsonObject) record = NULL;
  g_autoptr (JsonObject) answer = NULL;
  JsonArray             *kept;

  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'Robbery in progress.'}");
  record = vv_test_do (test->desk, vv_desk_select_probe, request, json);
  kept = vv_json_array (vv_json_object (record, "body"), "quality");
  answer = vv_test_do (test->desk, vv_desk_quality, request, NULL);
  ck_assert_uint_eq (vv_json_length (kept), vv_json_length (vv_json_array (answer, "measures")));
  ck_assert_double_eq_tol (eye_distance (kept), eye_distance (vv_json_array (answer, "measures")), 0.05);
}
END_TEST

START_TEST (quality__is_case_work)
{
  vv_desk_sign_out (test->desk);
  vv_test_sign_in (test->desk, "admin");
  vv_test_refuse (test->desk, vv_desk_quality, request, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
}
END_TEST

static Suite *
suite (void)
{
  Suite *result = suite_create ("desk-quality");
  TCase *quality = tcase_create ("quality");

  tcase_set_timeout (quality, 120);
  tcase_add_checked_fixture (quality, setup, teardown);
  tcase_add_test (quality, quality__is_measured_and_writes_nothing);
  tcase_add_test (quality, quality__without_probe_says_what_to_do);
  tcase_add_test (quality, quality__is_kept_with_the_probe);
  tcase_add_test (quality, quality__is_case_work);
  suite_add_tcase (result, quality);
  return result;
}

VV_TEST_MAIN (suite)
