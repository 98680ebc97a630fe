// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-json.h"
#include "vv-points.h"
#include "vv-procedure-error.h"
#include "vv-test.h"

static VvFace
make_face (void)
{
  VvFace face = { .box = { 10, 20, 100, 120 }, .score = 0.9f };

  for (int i = 0; i < VV_LANDMARK_COUNT; i++)
    face.landmarks[i] = (VvPoint){ (float) (10 + i), (float) (20 + 2 * i) };
  face.five[0] = (VvPoint){ 40, 60 };
  face.five[1] = (VvPoint){ 80, 62 };
  for (int i = 2; i < VV_FIVE_COUNT; i++)
    face.five[i] = (VvPoint){ (float) (50 + i), 90 };
  return face;
}

START_TEST (points__every_one_has_a_name_and_is_found_by_it)
{
  g_autofree char *name = vv_point_name ((guint) _i);
  guint            point = 0;

  ck_assert (vv_point_find (name, &point));
  ck_assert_uint_eq (point, (guint) _i);
  ck_assert (_i < VV_LANDMARK_COUNT || vv_point_title ((guint) _i) != NULL);
}
END_TEST

START_TEST (points__nothing_placed_is_the_automatic_face)
{
  VvFace automatic = make_face (), face;

  ck_assert (vv_points_face (&automatic, NULL, &face));
  ck_assert_mem_eq (&face, &automatic, sizeof face);
  ck_assert (!vv_points_face (NULL, NULL, &face));
}
END_TEST

/* The centre of an eye follows its landmarks until it is itself placed; the other eye stays. */
START_TEST (points__eyes_follow_what_was_placed)
{
  VvFace                 automatic = make_face (), face;
  g_autoptr (JsonObject) lid = vv_points_put (NULL, 36, (VvPoint){ automatic.landmarks[36].x + 6, automatic.landmarks[36].y - 12 }, VV_POINT_SEEN);
  g_autoptr (JsonObject) eye = vv_points_put (lid, VV_POINT_LEFT_EYE, (VvPoint){ 33, 44 }, VV_POINT_ESTIMATED);
  g_autoptr (JsonObject) back = vv_points_put (eye, VV_POINT_LEFT_EYE, (VvPoint){ 0, 0 }, VV_POINT_AUTOMATIC);
  float                  x = 0, y = 0;

  for (int i = 36; i < 42; i++)
    {
      x += automatic.landmarks[i].x / 6;
      y += automatic.landmarks[i].y / 6;
    }
  ck_assert (vv_points_face (&automatic, lid, &face));
  ck_assert_float_eq_tol (face.five[0].x, x + 1, 1e-3);
  ck_assert_float_eq_tol (face.five[0].y, y - 2, 1e-3);
  ck_assert_mem_eq (&face.five[1], &automatic.five[1], sizeof (VvPoint));
  ck_assert (vv_points_face (&automatic, eye, &face));
  ck_assert_float_eq (face.five[0].x, 33);
  ck_assert (vv_points_face (&automatic, back, &face));
  ck_assert_float_eq_tol (face.five[0].x, x + 1, 1e-3);
}
END_TEST

START_TEST (points__a_marked_face_takes_the_place_of_the_one_that_was_found)
{
  VvFace                 automatic = make_face (), face;
  g_autoptr (JsonObject) marked = vv_points_new_for_box (&(VvBox){ 200, 100, 100, 150 });

  for (int found = 0; found < 2; found++)
    {
      ck_assert (vv_points_face (found == 1 ? &automatic : NULL, marked, &face));
      ck_assert (face.manual);
      ck_assert_float_eq (face.box.x, 200);
      ck_assert_float_eq_tol (face.five[0].x, 227, 1e-3);
      ck_assert_float_eq_tol (face.five[1].x, 273, 1e-3);
      ck_assert_float_eq (face.landmarks[8].x, 0);
      ck_assert_float_eq (face.five[2].x, 0);
    }
}
END_TEST

static const char *const refused[] = {
  "{\"probe\":{\"why\":\"x\",\"placed\":[{\"point\":\"landmark-69\",\"x\":1,\"y\":2,\"state\":\"seen\"}]}}",
  "{\"probe\":{\"why\":\"x\",\"placed\":[{\"point\":\"left-eye\",\"x\":1,\"y\":2,\"state\":\"automatic\"}]}}",
  "{\"probe\":{\"why\":\"x\",\"placed\":[{\"point\":\"left-eye\",\"x\":1,\"state\":\"seen\"}]}}",
  "{\"candidate\":{\"why\":\"x\",\"placed\":[{\"point\":\"left-eye\",\"x\":1,\"y\":1e9,\"state\":\"seen\"}]}}",
  "{\"candidate\":{\"why\":\" \",\"placed\":[{\"point\":\"left-eye\",\"x\":1,\"y\":2,\"state\":\"seen\"}]}}",
  "{\"candidate\":{\"placed\":[{\"point\":\"left-eye\",\"x\":1,\"y\":2,\"state\":\"seen\"}]}}",
  "{\"candidate\":{\"why\":\"x\",\"placed\":[{\"point\":\"left-eye\",\"x\":1,\"y\":2,\"state\":\"seen\"},"
  "{\"point\":\"left-eye\",\"x\":3,\"y\":2,\"state\":\"seen\"}]}}",
  "{\"probe\":{\"why\":\"x\",\"box\":{\"x\":1,\"y\":1,\"width\":9,\"height\":9},\"placed\":[{\"point\":\"left-eye\",\"x\":1,\"y\":2,\"state\":\"seen\"}]}}",
  "{\"probe\":{\"why\":\"x\",\"box\":{\"x\":1,\"y\":1,\"width\":0,\"height\":9},\"placed\":[{\"point\":\"left-eye\",\"x\":1,\"y\":2,\"state\":\"seen\"},"
  "{\"point\":\"right-eye\",\"x\":1,\"y\":2,\"state\":\"seen\"}]}}",
};

START_TEST (points__what_is_wrong_is_refused_with_a_sentence)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) points = vv_json_parse (refused[_i], -1, "test", &error);

  vv_assert_ok (error);
  ck_assert (!vv_points_check (points, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
}
END_TEST

START_TEST (points__what_is_right_is_taken)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) side = vv_points_new_for_box (&(VvBox){ 1, 2, 30, 40 });
  g_autoptr (JsonObject) points = NULL, nothing = vv_json_new ("probe", "o", json_object_new (), NULL);

  json_object_set_string_member (side, "why", "The detector was blind to the profile");
  points = vv_json_new ("candidate", "o", json_object_ref (side), NULL);
  ck_assert (vv_points_check (points, &error));
  ck_assert (vv_points_check (nothing, &error));
  ck_assert (vv_points_check (NULL, &error));
  vv_assert_ok (error);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("points");
  TCase *points = tcase_create ("points");

  tcase_add_loop_test (points, points__every_one_has_a_name_and_is_found_by_it, 0, VV_POINT_COUNT);
  tcase_add_test (points, points__nothing_placed_is_the_automatic_face);
  tcase_add_test (points, points__eyes_follow_what_was_placed);
  tcase_add_test (points, points__a_marked_face_takes_the_place_of_the_one_that_was_found);
  tcase_add_loop_test (points, points__what_is_wrong_is_refused_with_a_sentence, 0, G_N_ELEMENTS (refused));
  tcase_add_test (points, points__what_is_right_is_taken);
  suite_add_tcase (suite, points);
  return suite;
}

VV_TEST_MAIN (make_suite)
