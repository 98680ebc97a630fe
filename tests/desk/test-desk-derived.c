// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include <math.h>
#include <string.h>

#include "vv-adjust.h"
#include "vv-desk-private.h"
#include "vv-gap.h"
#include "vv-hash.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-test-desk.h"

/* Derived images: what was searched is what is on record, kept, reported and made again. */

#define LIST "[{'step':'exposure','stops':0.4},{'step':'rotate','degrees':11.5},{'step':'grey','on':false}]"

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

/* Chooses the first image with @list. (transfer full) the body of the record */
static JsonObject *
select_adjusted (const char *list)
{
  g_autofree char       *json = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0,'adjustments':%s}", vv_test_media (test->desk, request, 0), list);
  g_autoptr (JsonObject) record = NULL;

  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'Robbery in progress.'}");
  record = vv_test_do (test->desk, vv_desk_select_probe, request, json);
  return json_object_ref (vv_json_object (record, "body"));
}

/* Pixels of a kept file. (transfer full) */
static VvPicture *
kept_picture (const char *sha256)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = vv_vault_blob (test->desk->vault, sha256, &error);
  VvPicture         *picture;

  vv_assert_ok (error);
  picture = vv_decoder_decode (test->desk->decoder, file, "the copy", VV_DECODER_FOREIGN, NULL, NULL, &error);
  vv_assert_ok (error);
  return picture;
}

START_TEST (probe__keeps_list_words_hash_and_copy)
{
  g_autoptr (JsonObject) body = select_adjusted (LIST);
  JsonObject            *derived = vv_json_object (body, "derived");
  g_autoptr (VvPicture)  copy = kept_picture (vv_json_string (derived, "sha256"));
  g_autofree char       *pixels = vv_adjust_hash (copy);
  VvFace                 as_came = { 0 }, adjusted = { 0 };

  ck_assert_str_eq (vv_json_string (derived, "pixels_sha256"), pixels);
  ck_assert_int_eq (vv_json_int (derived, "width"), copy->width);
  ck_assert_uint_eq (vv_json_length (vv_json_array (derived, "adjustments")), 3);
  ck_assert_str_eq (vv_json_string (derived, "description"),
                    "Exposure: Brighter by 0.40 stops. Rotate: Clockwise by 11.5 degrees, Kernel bicubic.");
  ck_assert (vv_json_face_read (vv_json_object (body, "face"), &as_came));
  ck_assert (vv_json_face_read (vv_json_object (derived, "face"), &adjusted));
  /* The same face in both: its eyes lie level in the one and tilted by what was turned in the other. */
  ck_assert_float_eq_tol (vv_face_eye_distance (&as_came), vv_face_eye_distance (&adjusted), 0.01f);
  ck_assert_double_eq_tol (atan2 ((double) (adjusted.five[1].y - adjusted.five[0].y), (double) (adjusted.five[1].x - adjusted.five[0].x)) -
                             atan2 ((double) (as_came.five[1].y - as_came.five[0].y), (double) (as_came.five[1].x - as_came.five[0].x)),
                           11.5 * G_PI / 180, 0.001);
}
END_TEST

START_TEST (search__is_of_the_derived_image_and_replays)
{
  g_autoptr (JsonObject) probe = select_adjusted (LIST);
  g_autoptr (JsonObject) search = NULL;
  g_autoptr (JsonObject) plain = NULL;
  g_autoptr (JsonObject) replay = NULL;
  g_autofree char       *json = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (test->desk, request, 0));

  vv_test_analyse_probe (test->desk, request);
  vv_test_done (test->desk, vv_desk_search, request, NULL);
  search = vv_test_search_body (test->desk, request);
  ck_assert_str_eq (vv_json_string (search, "derived_pixels_sha256"), vv_json_string (vv_json_object (probe, "derived"), "pixels_sha256"));
  replay = vv_test_do (test->desk, vv_desk_replay, request, NULL);
  ck_assert (vv_json_bool (replay, "same"));
  vv_test_done (test->desk, vv_desk_select_probe, request, json);
  vv_test_analyse_probe (test->desk, request);
  vv_test_done (test->desk, vv_desk_search, request, NULL);
  plain = vv_test_search_body (test->desk, request);
  ck_assert_ptr_null (vv_json_string (plain, "derived_pixels_sha256"));
  ck_assert_str_ne (vv_json_string (plain, "template_sha256"), vv_json_string (search, "template_sha256"));
}
END_TEST

/* A record whose list gives other pixels than it says, as when a step would one day work otherwise. */
START_TEST (search__of_a_derived_image_that_is_not_as_recorded_is_refused)
{
  g_autoptr (JsonObject) body = select_adjusted (LIST);
  JsonObject            *derived = vv_json_object (body, "derived");
  g_autofree char       *other = vv_hash_data ("other", 5);
  g_autoptr (VvRecord)   record = NULL;
  g_autoptr (GError)     error = NULL;
  VvSession              session;

  json_object_set_string_member (derived, "pixels_sha256", other);
  ck_assert (_vv_desk_enter_request (test->desk, "test", request, &session, &error));
  record = _vv_desk_append (&session, VV_KIND_PROBE, body, NULL, NULL, &error);
  _vv_desk_leave (&session);
  vv_assert_ok (error);
  vv_test_analyse_probe (test->desk, request);
  vv_test_refuse (test->desk, vv_desk_search, request, NULL, VV_DESK_ERROR, VV_DESK_ERROR_DERIVED, "failed");
}
END_TEST

START_TEST (probe__with_nothing_on_is_the_image_as_it_came)
{
  g_autoptr (JsonObject) body = select_adjusted ("[{'step':'grey','on':false}]");

  ck_assert_ptr_null (vv_json_object (body, "derived"));
}
END_TEST

START_TEST (probe__what_is_not_in_the_list_is_refused)
{
  static const char *const lists[] = { "[{'step':'clone'}]", "[{'step':'exposure','stops':9}]", "[{'step':'crop','x':5000}]" };

  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'Robbery in progress.'}");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0,'adjustments':%s}", vv_test_media (test->desk, request, 0), lists[i]);

      vv_test_refuse (test->desk, vv_desk_select_probe, request, json, VV_VISION_ERROR, VV_VISION_ERROR_ADJUSTMENT, "failed");
    }
}
END_TEST

START_TEST (find_faces__of_a_derived_image_are_in_its_pixels)
{
  gint64                 media = vv_test_media (test->desk, request, 0);
  g_autofree char       *plain_json = g_strdup_printf ("{'media':%" G_GINT64_FORMAT "}", media);
  g_autofree char       *half_json = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'adjustments':[{'step':'resample','percent':200}]}", media);
  g_autoptr (JsonObject) plain = vv_test_do (test->desk, vv_desk_find_faces, request, plain_json);
  g_autoptr (JsonObject) half = vv_test_do (test->desk, vv_desk_find_faces, request, half_json);
  VvFace                 a = { 0 }, b = { 0 };

  ck_assert (vv_json_face_read (vv_json_element (vv_json_array (plain, "faces"), 0), &a));
  ck_assert (vv_json_face_read (vv_json_element (vv_json_array (half, "faces"), 0), &b));
  ck_assert_float_eq_tol (vv_face_eye_distance (&b) / vv_face_eye_distance (&a), 2, 0.15f);
}
END_TEST

/* Newest record of @kind. (transfer full) its body */
static JsonObject *
newest (const char *kind)
{
  g_autoptr (GPtrArray) records = vv_vault_records (test->desk->vault, request, NULL);
  JsonObject           *body = NULL;

  for (guint i = 0; i < records->len; i++)
    if (strcmp (((VvRecord *) g_ptr_array_index (records, i))->kind, kind) == 0)
      body = ((VvRecord *) g_ptr_array_index (records, i))->body;
  ck_assert_ptr_nonnull (body);
  return json_object_ref (body);
}

START_TEST (comparison__keeps_how_the_pictures_were_looked_at)
{
  g_autofree char       *comparison = vv_test_comparison ();
  g_autofree char       *candidate = NULL;
  g_autofree char       *json = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (VvPicture)  copy = NULL;
  g_autofree char       *pixels = NULL;
  JsonObject            *views;

  vv_test_walk_to_search (test->desk, request);
  candidate = vv_test_candidate (test->desk, request, 1);
  json = g_strdup_printf ("{'candidate':'%s',%s,'adjustments':{'probe':[{'step':'warp'}]}}", candidate, comparison);
  vv_test_refuse (test->desk, vv_desk_compare, request, json, VV_VISION_ERROR, VV_VISION_ERROR_ADJUSTMENT, "failed");
  g_free (json);
  json = g_strdup_printf ("{'candidate':'%s',%s,'adjustments':{'probe':[{'step':'gamma','gamma':1.4}],'candidate':[{'step':'grey'}]}}", candidate, comparison);
  vv_test_done (test->desk, vv_desk_compare, request, json);
  body = newest (VV_KIND_COMPARISON);
  views = vv_json_object (body, "adjustments");
  copy = kept_picture (vv_json_string (vv_json_object (views, "probe"), "sha256"));
  pixels = vv_adjust_hash (copy);
  ck_assert_str_eq (vv_json_string (vv_json_object (views, "probe"), "pixels_sha256"), pixels);
  ck_assert_str_eq (vv_json_string (vv_json_object (views, "candidate"), "description"), "Grey.");
  ck_assert (vv_hash_is_valid (vv_json_string (vv_json_object (views, "candidate"), "pixels_sha256")));
  /* Sealing must reach every copy of a photograph: there is none outside the repository. */
  ck_assert_ptr_null (vv_json_string (vv_json_object (views, "candidate"), "sha256"));
}
END_TEST

/* The report shows both; the bundle holds the copy. */
START_TEST (report_and_bundle__have_the_derived_image)
{
  g_autoptr (JsonObject) probe = select_adjusted (LIST);
  const char            *sha256 = vv_json_string (vv_json_object (probe, "derived"), "sha256");
  g_autofree char       *candidate = NULL;
  g_autofree char       *dir = vv_test_make_dir ();
  g_autofree char       *path = g_build_filename (dir, "package.tar", NULL);
  g_autofree char       *json = g_strdup_printf ("{'file':'%s','recipient':'County Court, Part 4','authority':'Subpoena 2026-77'}", path);
  g_autofree char       *name = g_strdup_printf ("files/%s.png", sha256);
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (GBytes)     tar = NULL;
  JsonArray             *pictures;

  vv_test_analyse_probe (test->desk, request);
  vv_test_done (test->desk, vv_desk_search, request, NULL);
  candidate = vv_test_candidate (test->desk, request, 1);
  vv_test_propose (test->desk, request, candidate);
  vv_test_review (test->desk, request, candidate);
  vv_test_decide (test->desk, request, "approved", candidate);
  vv_test_direct_and_report (test->desk, request, "possible-match");
  report = newest (VV_KIND_REPORT);
  pictures = vv_json_array (vv_json_object (report, "facts"), "pictures");
  ck_assert_uint_eq (vv_json_length (pictures), 3);
  ck_assert_str_eq (vv_json_string (vv_json_element (pictures, 0), "sha256"), vv_json_string (probe, "sha256"));
  ck_assert_str_eq (vv_json_string (vv_json_element (pictures, 2), "sha256"), sha256);
  ck_assert_ptr_nonnull (strstr (vv_json_string (vv_json_element (pictures, 2), "caption"), "Exposure: Brighter by 0.40 stops."));
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_disclose, request, json);
  tar = vv_test_read (path);
  ck_assert_ptr_nonnull (memmem (g_bytes_get_data (tar, NULL), g_bytes_get_size (tar), name, strlen (name)));
  vv_test_verify (test->desk);
  vv_test_remove_dir (g_steal_pointer (&dir));
}
END_TEST

START_TEST (gap__in_words_without_dates)
{
  static const struct
  {
    const char *taken, *obtained, *says;
  } gaps[] = {
    { "2019-05-02", "2026-11-20", "Taken about 8 years before the probe was obtained." },
    { "2026-11-20", "2026-11-20T14:05:00Z", "Taken on the day the probe was obtained." },
    { "2026-11-21", "2026-11-20", "Taken 1 day after the probe was obtained." },
    { "2025-12-01", "2026-11-20", "Taken about 12 months before the probe was obtained." },
    { NULL, "2026-11-20", NULL },
    { "2026-13-40", "2026-11-20", NULL },
    { "unknown", "2026-11-20", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (gaps); i++)
    {
      g_autofree char *said = vv_gap_in_words (gaps[i].taken, gaps[i].obtained);

      ck_assert_pstr_eq (said, gaps[i].says);
    }
}
END_TEST

static Suite *
suite (void)
{
  Suite *result = suite_create ("desk-derived");
  TCase *derived = tcase_create ("derived");

  tcase_set_timeout (derived, 240);
  tcase_add_checked_fixture (derived, setup, teardown);
  tcase_add_test (derived, probe__keeps_list_words_hash_and_copy);
  tcase_add_test (derived, search__is_of_the_derived_image_and_replays);
  tcase_add_test (derived, search__of_a_derived_image_that_is_not_as_recorded_is_refused);
  tcase_add_test (derived, probe__with_nothing_on_is_the_image_as_it_came);
  tcase_add_test (derived, probe__what_is_not_in_the_list_is_refused);
  tcase_add_test (derived, find_faces__of_a_derived_image_are_in_its_pixels);
  tcase_add_test (derived, comparison__keeps_how_the_pictures_were_looked_at);
  tcase_add_test (derived, report_and_bundle__have_the_derived_image);
  tcase_add_test (derived, gap__in_words_without_dates);
  suite_add_tcase (result, derived);
  return result;
}

VV_TEST_MAIN (suite)
