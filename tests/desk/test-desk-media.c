// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-procedure-error.h"
#include "vv-test-desk.h"

/* Images of a request, and the probe in one of them. */

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

static char *
write_file (const char *name,
            const void *data,
            gsize       size)
{
  char *path = g_build_filename (test->ecms, name, NULL);

  ck_assert (g_file_set_contents (path, data, (gssize) size, NULL));
  return path;
}

static char *
media_json (const char *path)
{
  return g_strdup_printf ("{'file':'%s','shows':'photograph','source':'camera','source_detail':'Shop camera','obtained_by':'Training investigator',"
                          "'obtained_at':'2026-11-20'}",
                          path);
}

/* One clear sentence that names the file as the person knows it, and nothing left behind. */
static void
assert_unusable (const char *path,
                 GQuark      domain,
                 int         code)
{
  g_autofree char *json = media_json (path);
  g_autofree char *sentence = vv_test_refused (test->desk, vv_desk_add_media, request, json, domain, code, "failed");

  ck_assert_msg (g_str_has_suffix (sentence, "."), "%s", sentence);
  ck_assert_msg (strstr (sentence, test->dir) == NULL &&
                   (domain == VV_DESK_ERROR || strstr (sentence, test->ecms) == NULL),
                 "%s", sentence);
}

START_TEST (add_media__file_that_is_no_image)
{
  /* A PNG that says it has 60000 by 60000 pixels. */
  static const guint8 huge[] = { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
                                 0xea, 0x60, 0x00, 0x00, 0xea, 0x60, 0x08, 0x02, 0x00, 0x00, 0x00, 0x0f, 0xb0, 0xe2, 0x15, 0x00, 0x00, 0x00,
                                 0x0b, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x80, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01, 0xb7, 0x58,
                                 0x73, 0x95, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 };
  g_autofree char    *whole = vv_test_source ("data/people/P007_probe1.jpg");
  g_autoptr (GBytes)  jpeg = vv_test_read (whole);
  g_autofree char    *truncated = write_file ("truncated.jpg", g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg) / 2);
  g_autofree char    *text = write_file ("text.jpg", "this is a letter, not a picture", 31);
  g_autofree char    *empty = write_file ("empty.jpg", "", 0);
  g_autofree char    *large = write_file ("large.png", huge, sizeof huge);

  assert_unusable (truncated, VV_DECODER_ERROR, VV_DECODER_ERROR_DAMAGED);
  assert_unusable (text, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE);
  assert_unusable (empty, VV_DECODER_ERROR, VV_DECODER_ERROR_EMPTY);
  assert_unusable (large, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE);
  assert_unusable ("/nowhere/at/all.jpg", VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  assert_unusable (g_get_tmp_dir (), VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  assert_unusable ("/dev/zero", VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
}
END_TEST

/* A probe is obtained by the assigned investigator, never by the section itself. */
START_TEST (add_media__not_obtained_by_the_section)
{
  static const char *const names[] = { "examiner", " Training EXAMINER ", "reviewer" };
  g_autofree char         *path = vv_test_source ("data/people/P008_probe1.jpg");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'file':'%s','shows':'photograph','source':'camera','source_detail':'x','obtained_by':'%s','obtained_at':'x'}", path, names[i]);

      vv_test_refuse (test->desk, vv_desk_add_media, request, json, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
    }
}
END_TEST

START_TEST (add_media__what_the_file_says_is_kept)
{
  g_autofree char       *path = vv_test_source ("data/people/P008_probe1.jpg");
  g_autofree char       *json = media_json (path);
  g_autofree char       *unsourced = g_strdup_printf ("{'file':'%s','shows':'photograph','source':'internet','source_detail':'x','obtained_by':'x','obtained_at':'x'}", path);
  g_autoptr (GBytes)     file = vv_test_read (path);
  g_autofree char       *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  g_autoptr (JsonObject) record = NULL;
  g_autoptr (JsonObject) what = NULL;
  g_autoptr (GBytes)     kept = NULL;
  g_autoptr (VvPicture)  picture = NULL;
  g_autoptr (GError)     error = NULL;
  JsonObject            *body;

  vv_test_refuse (test->desk, vv_desk_add_media, request, unsourced, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  record = vv_test_do (test->desk, vv_desk_add_media, request, json);
  body = vv_json_object (record, "body");
  ck_assert_str_eq (vv_json_string (body, "name"), "P008_probe1.jpg");
  ck_assert_str_eq (vv_json_string (body, "sha256"), sha256);
  ck_assert_str_eq (vv_json_string (body, "format"), "jpeg");
  ck_assert (!json_object_has_member (body, "file"));
  kept = vv_vault_blob (test->desk->vault, sha256, NULL);
  ck_assert (g_bytes_equal (kept, file));
  what = vv_json_new ("media", "i", vv_json_int (record, "id"), NULL);
  picture = vv_desk_picture (test->desk, request, what, NULL, &error);
  vv_assert_ok (error);
  ck_assert_int_eq (picture->width, vv_json_int (body, "width"));
  ck_assert_int_eq (picture->height, vv_json_int (body, "height"));
}
END_TEST

static void
confirm_use (void)
{
  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'Stated.'}");
}

static char *
probe_json (const char *choice)
{
  return g_strdup_printf ("{'media':%" G_GINT64_FORMAT "%s}", vv_test_media (test->desk, request, 0), choice);
}

START_TEST (select_probe__what_cannot_be_chosen)
{
  static const struct
  {
    const char *choice;
    gboolean    vision;
    int         code;
  } choices[] = {
    { "", FALSE, VV_DESK_ERROR_INPUT },
    { ",'face':1", FALSE, VV_DESK_ERROR_INPUT },
    { ",'face':-1", FALSE, VV_DESK_ERROR_INPUT },
    { ",'box':{'x':9000,'y':9000,'width':100,'height':100}", TRUE, VV_VISION_ERROR_BOX },
    { ",'box':{'x':10,'y':10,'width':0,'height':100}", TRUE, VV_VISION_ERROR_BOX },
    { ",'box':{'x':10,'y':10,'width':-50,'height':-50}", TRUE, VV_VISION_ERROR_BOX },
    { ",'box':{'x':1e300,'y':10,'width':1e300,'height':100}", TRUE, VV_VISION_ERROR_BOX },
    { ",'box':{}", TRUE, VV_VISION_ERROR_BOX },
  };

  confirm_use ();
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *json = probe_json (choices[i].choice);

      vv_test_refuse (test->desk, vv_desk_select_probe, request, json, choices[i].vision ? VV_VISION_ERROR : VV_DESK_ERROR, choices[i].code,
                      "failed");
    }
  vv_test_refuse (test->desk, vv_desk_select_probe, request, "{'media':1,'face':0}", VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, "failed");
}
END_TEST

START_TEST (select_probe__box_drawn_by_hand_finds_the_same_person)
{
  g_autofree char       *ask = probe_json ("");
  g_autoptr (JsonObject) found = NULL;
  g_autoptr (JsonObject) probe = NULL;
  g_autoptr (JsonObject) search = NULL;
  g_autoptr (JsonObject) photograph = NULL;
  g_autofree char       *box = NULL;
  g_autofree char       *json = NULL;
  JsonObject            *face;

  confirm_use ();
  found = vv_test_do (test->desk, vv_desk_find_faces, request, ask);
  ck_assert_uint_eq (vv_json_length (vv_json_array (found, "faces")), 1);
  face = vv_json_object (vv_json_element (vv_json_array (found, "faces"), 0), "box");
  /* A hand is not as exact as the detector. */
  box = g_strdup_printf (",'box':{'x':%.0f,'y':%.0f,'width':%.0f,'height':%.0f}", vv_json_double (face, "x") - 5, vv_json_double (face, "y") + 4,
                         vv_json_double (face, "width") + 8, vv_json_double (face, "height") - 6);
  json = probe_json (box);
  probe = vv_test_do (test->desk, vv_desk_select_probe, request, json);
  vv_test_analyse_probe (test->desk, request);
  ck_assert (vv_json_bool (vv_json_object (vv_json_object (probe, "body"), "face"), "manual"));
  vv_test_done (test->desk, vv_desk_search, request, NULL);
  search = vv_test_search_body (test->desk, request);
  for (guint i = 0; i < vv_json_length (vv_json_array (search, "pool")); i++)
    {
      JsonObject *row = vv_json_element (vv_json_array (search, "pool"), i);

      if (vv_json_int (row, "rank") == 1)
        photograph = vv_vault_photograph (test->desk->vault, vv_json_int (row, "photograph"), NULL);
    }
  ck_assert_str_eq (vv_json_string (photograph, "person"), "P007");
}
END_TEST

START_TEST (search__pool_is_repeatable_and_shuffled)
{
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  gboolean               in_order = TRUE;

  vv_test_walk_to_search (test->desk, request);
  first = vv_test_search_body (test->desk, request);
  vv_test_done (test->desk, vv_desk_search, request, NULL);
  second = vv_test_search_body (test->desk, request);
  ck_assert_str_eq (vv_json_string (first, "template_sha256"), vv_json_string (second, "template_sha256"));
  for (gint64 rank = 1; rank <= 12; rank++)
    {
      gint64 photographs[2] = { 0 };
      double scores[2] = { 0 };

      for (guint i = 0; i < 12; i++)
        for (guint k = 0; k < 2; k++)
          {
            JsonObject *row = vv_json_element (vv_json_array (k == 0 ? first : second, "pool"), i);

            in_order = in_order && vv_json_int (row, "rank") == (gint64) i + 1;
            if (vv_json_int (row, "rank") != rank)
              continue;
            photographs[k] = vv_json_int (row, "photograph");
            scores[k] = vv_json_double (row, "score");
          }
      ck_assert_int_eq (photographs[0], photographs[1]);
      ck_assert_double_eq (scores[0], scores[1]);
    }
  ck_assert (!in_order);
  ck_assert_str_ne (vv_json_string (first, "seed"), vv_json_string (second, "seed"));
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-media");
  TCase *tests = tcase_create ("media");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, add_media__file_that_is_no_image);
  tcase_add_test (tests, add_media__not_obtained_by_the_section);
  tcase_add_test (tests, add_media__what_the_file_says_is_kept);
  tcase_add_test (tests, select_probe__what_cannot_be_chosen);
  tcase_add_test (tests, select_probe__box_drawn_by_hand_finds_the_same_person);
  tcase_add_test (tests, search__pool_is_repeatable_and_shuffled);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
