// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-desk-private.h"
#include "vv-film.h"
#include "vv-json.h"
#include "vv-procedure-error.h"
#include "vv-test-desk.h"

/* Videos of a request, and the frames taken from them. */

static VvTestDesk *test;
static gint64      request;
static gint64      video;

static gint64
add_video (const char *name, GBytes *file)
{
  g_autofree char       *path = g_build_filename (test->ecms, name, NULL);
  g_autofree char       *json = g_strdup_printf ("{'file':'%s','class':'video','description':'From the shop','no_player':'Plays everywhere',"
                                                       "'shows':'photograph','source':'camera','source_detail':'Shop camera','obtained_by':'Training investigator',"
                                                       "'obtained_at':'2026-11-20'}",
                                                 path);
  g_autoptr (JsonObject) record = NULL;

  ck_assert (g_file_set_contents (path, g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file), NULL));
  record = vv_test_do (test->desk, vv_desk_add_exhibit, request, json);
  return vv_json_int (record, "id");
}

static void
setup (void)
{
  const VvFilm       film = { "mp4", "mpeg4", 320, 240, 40, 10, 10, 0 };
  g_autoptr (GBytes) file = vv_film_make (&film);

  test = vv_test_desk_new ();
  request = vv_test_request (test->desk, 0);
  vv_test_sign_in (test->desk, "examiner");
  video = add_video ("shop.mp4", file);
}

static void
teardown (void)
{
  g_clear_pointer (&test, vv_test_desk_free);
}

START_TEST (video__is_described_and_seen)
{
  g_autofree char       *json = g_strdup_printf ("{'video':%" G_GINT64_FORMAT ",'thumbnails':4,'frame':23}", video);
  g_autoptr (JsonObject) facts = vv_test_do (test->desk, vv_desk_video_info, request, json);
  JsonArray             *strip = vv_json_array (facts, "strip");
  g_autoptr (VvPicture)  whole = NULL;
  g_autoptr (VvPicture)  small = NULL;
  g_autoptr (JsonObject) what = vv_json_new ("video", "i", video, "frame", "i", (gint64) 23, NULL);
  g_autoptr (GError)     error = NULL;

  ck_assert_int_eq (vv_json_int (facts, "frames"), 40);
  ck_assert_str_eq (vv_json_string (facts, "name"), "shop.mp4");
  ck_assert_str_eq (vv_json_string (facts, "codec"), "mpeg4");
  ck_assert_int_eq (vv_json_length (strip), 4);
  ck_assert_int_eq (vv_json_int (vv_json_element (strip, 3), "frame"), 30);
  ck_assert_str_eq (vv_json_string (vv_json_element (strip, 3), "time_code"), "00:00:03.000");
  ck_assert_str_eq (vv_json_string (vv_json_object (facts, "at"), "time_code"), "00:00:02.300");
  whole = vv_desk_picture (test->desk, request, what, NULL, &error);
  vv_assert_ok (error);
  ck_assert_int_eq (vv_film_number (whole), 23);
  json_object_set_int_member (what, "side", 160);
  small = vv_desk_picture (test->desk, request, what, NULL, &error);
  vv_assert_ok (error);
  ck_assert_int_eq (small->width, 160);
}
END_TEST

/* The image is the frame, pixel by pixel, and says where it is from. */
START_TEST (choose_frame__keeps_number_time_and_hash)
{
  g_autofree char       *json = g_strdup_printf ("{'video':%" G_GINT64_FORMAT ",'frame':17}", video);
  g_autoptr (JsonObject) record = vv_test_do (test->desk, vv_desk_choose_frame, request, json);
  JsonObject            *body = vv_json_object (record, "body");
  g_autoptr (GBytes)     exhibit = NULL;
  g_autofree char       *path = g_build_filename (test->ecms, "shop.mp4", NULL);
  g_autofree char       *sha256 = NULL;
  g_autoptr (GBytes)     kept = NULL;
  g_autofree char       *kept_sha256 = NULL;
  g_autoptr (JsonObject) as_frame = vv_json_new ("video", "i", video, "frame", "i", (gint64) 17, NULL);
  g_autoptr (JsonObject) as_media = vv_json_new ("media", "i", vv_json_int (record, "id"), NULL);
  g_autoptr (VvPicture)  frame = vv_desk_picture (test->desk, request, as_frame, NULL, NULL);
  g_autoptr (VvPicture)  media = vv_desk_picture (test->desk, request, as_media, NULL, NULL);

  exhibit = vv_test_read (path);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, exhibit);
  kept = vv_vault_blob (test->desk->vault, vv_json_string (body, "sha256"), NULL);
  kept_sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, kept);
  ck_assert_str_eq (vv_json_string (body, "sha256"), kept_sha256);
  ck_assert_str_eq (vv_json_string (body, "video_sha256"), sha256);
  ck_assert_int_eq (vv_json_int (body, "video"), video);
  ck_assert_int_eq (vv_json_int (body, "frame"), 17);
  ck_assert_str_eq (vv_json_string (body, "time_code"), "00:00:01.700");
  ck_assert_str_eq (vv_json_string (body, "name"), "shop-frame-17.png");
  ck_assert_str_eq (vv_json_string (body, "format"), "png");
  ck_assert_str_eq (vv_json_string (body, "source"), "camera");
  ck_assert_str_eq (vv_json_string (body, "obtained_by"), "Training investigator");
  ck_assert_int_eq (vv_film_number (media), 17);
  for (int y = 0; y < media->height; y++)
    ck_assert_int_eq (memcmp (vv_picture_row (media, y), vv_picture_row (frame, y), (gsize) media->width * 4), 0);
}
END_TEST

START_TEST (choose_frame__what_cannot_be_chosen)
{
  g_autofree char *first = g_strdup_printf ("{'video':%" G_GINT64_FORMAT ",'frame':3}", video);
  g_autofree char *beyond = g_strdup_printf ("{'video':%" G_GINT64_FORMAT ",'frame':40}", video);
  g_autofree char *before = g_strdup_printf ("{'video':%" G_GINT64_FORMAT ",'frame':-1}", video);
  g_autofree char *none = g_strdup_printf ("{'video':%" G_GINT64_FORMAT "}", video);

  vv_test_done (test->desk, vv_desk_choose_frame, request, first);
  vv_test_refuse (test->desk, vv_desk_choose_frame, request, first, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_refuse (test->desk, vv_desk_choose_frame, request, beyond, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE, "failed");
  vv_test_refuse (test->desk, vv_desk_choose_frame, request, before, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE, "failed");
  vv_test_refuse (test->desk, vv_desk_choose_frame, request, none, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_refuse (test->desk, vv_desk_choose_frame, request, "{'video':1,'frame':0}", VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, "failed");
  vv_test_sign_in (test->desk, "admin");
  vv_test_refuse (test->desk, vv_desk_choose_frame, request, first, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_refuse (test->desk, vv_desk_video_info, request, first, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
}
END_TEST

/* What is no video stays an exhibit, and says so when it is looked at. */
START_TEST (video__that_cannot_be_opened_stays_an_exhibit)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("this is a letter, not a video", 29);
  const gint64       letter = add_video ("letter.mp4", text);
  g_autofree char   *json = g_strdup_printf ("{'video':%" G_GINT64_FORMAT ",'frame':0}", letter);
  g_autofree char   *good = g_strdup_printf ("{'video':%" G_GINT64_FORMAT ",'frame':0}", video);
  g_autofree char   *sentence = vv_test_refused (test->desk, vv_desk_video_info, request, json, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE,
                                                 "failed");

  ck_assert_ptr_nonnull (strstr (sentence, "“letter.mp4”"));
  vv_test_done (test->desk, vv_desk_video_info, request, good);
  vv_test_refuse (test->desk, vv_desk_choose_frame, request, json, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE, "failed");
  vv_test_done (test->desk, vv_desk_choose_frame, request, good);
}
END_TEST

START_TEST (training__desk_has_a_video_with_a_face)
{
  const gint64           other = vv_test_request (test->desk, 1);
  g_autoptr (JsonObject) shown = vv_test_do (test->desk, vv_desk_show_request, other, NULL);
  JsonObject            *exhibit = vv_json_element (vv_json_array (shown, "exhibits"), 0);
  g_autofree char       *json = g_strdup_printf ("{'video':%" G_GINT64_FORMAT ",'frame':55}", vv_json_int (exhibit, "record"));
  g_autoptr (JsonObject) record = vv_test_do (test->desk, vv_desk_choose_frame, other, json);
  g_autofree char       *media = g_strdup_printf ("{'media':%" G_GINT64_FORMAT "}", vv_json_int (record, "id"));
  g_autoptr (JsonObject) found = NULL;

  found = vv_test_do (test->desk, vv_desk_find_faces, other, media);
  ck_assert_int_eq (vv_json_length (vv_json_array (found, "faces")), 1);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-video");
  TCase *tests = tcase_create ("video");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, video__is_described_and_seen);
  tcase_add_test (tests, choose_frame__keeps_number_time_and_hash);
  tcase_add_test (tests, choose_frame__what_cannot_be_chosen);
  tcase_add_test (tests, video__that_cannot_be_opened_stays_an_exhibit);
  tcase_add_test (tests, training__desk_has_a_video_with_a_face);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
