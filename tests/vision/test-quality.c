// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vv-json.h"
#include "vv-quality.h"
#include "vv-test.h"
#include "vv-vision.h"

/* Pictures whose values can be worked out by hand. The face lies exactly as the measures' own canvas wants it (616 pixels a
 * side), so that no pixel is moved or mixed; its hull is the square from LEFT to RIGHT, TOP to BOTTOM, ends included. */
#define SIDE   616
#define LEFT   200
#define RIGHT  415
#define TOP    240
#define BOTTOM 455
#define WIDTH  (RIGHT - LEFT + 1)

typedef guint8 (*Shade) (int x,
                         int y);

static VvPicture *
paint (int width, int height, Shade blue, Shade green, Shade red)
{
  guint8            *pixels = g_malloc ((gsize) width * (gsize) height * 4);
  guint8            *p = pixels;
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, (gsize) width * (gsize) height * 4);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, p += 4)
      {
        p[0] = blue (x, y);
        p[1] = green (x, y);
        p[2] = red (x, y);
        p[3] = 255;
      }
  return vv_picture_new (width, height, (gsize) width * 4, bytes);
}

static guint8 plain;  /* what mid() paints */
static int    radius; /* of blurred() */

static guint8
mid (int x, int y)
{
  return plain;
}

static guint8
half (int x, int y)
{
  return x < SIDE / 2 ? 0 : 255;
}

static guint8
blocks (int x, int y)
{
  return (x / 8 + y / 8) % 2 == 0 ? 100 : 140;
}

static guint8
warm (int x, int y)
{
  return 180;
}

static guint8
warmer (int x, int y)
{
  return 220;
}

/* Stripes 16 pixels wide, blurred by a box of 2 radius + 1. */
static guint8
blurred (int x, int y)
{
  int sum = 0;

  for (int i = x - radius; i <= x + radius; i++)
    sum += (i + 1600) / 16 % 2 == 0 ? 60 : 200;
  return (guint8) (sum / (2 * radius + 1));
}

static VvFace
canvas_face (void)
{
  static const VvPoint corners[] = { { LEFT, TOP }, { RIGHT, TOP }, { RIGHT, BOTTOM }, { LEFT, BOTTOM } };
  VvFace               face = { .box = { LEFT, TOP, WIDTH, BOTTOM - TOP + 1 },
                                .score = 1,
                                .five = { { 251, 272 }, { 364, 272 }, { 308, 336 }, { 262, 402 }, { 355, 402 } } };

  for (guint i = 0; i < VV_LANDMARK_COUNT; i++)
    face.landmarks[i] = corners[i % 4];
  return face;
}

/* Limits that name every measure. (transfer full) */
static JsonObject *
shipped_limits (void)
{
  g_autofree char       *path = vv_test_source ("data/rules/212-129.json");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) rules = vv_json_load (path, &error);

  vv_assert_ok (error);
  return json_object_ref (vv_json_object (rules, "quality"));
}

static JsonArray *
measure (const VvPicture *picture, const VvFace *face)
{
  g_autoptr (JsonObject) limits = shipped_limits ();
  g_autoptr (GError)     error = NULL;
  JsonArray             *rows = vv_quality_measure (picture, face, NULL, 0, limits, &error);

  vv_assert_ok (error);
  return rows;
}

static JsonObject *
row (JsonArray *rows, const char *name)
{
  for (guint i = 0; i < vv_json_length (rows); i++)
    if (strcmp (vv_json_string (vv_json_element (rows, i), "measure"), name) == 0)
      return vv_json_element (rows, i);
  ck_abort_msg ("there is no measure %s", name);
}

static void
assert_value (JsonArray *rows, const char *name, double value, gint64 score)
{
  JsonObject *one = row (rows, name);

  ck_assert_msg (!json_object_get_null_member (one, "value"), "%s has no value", name);
  ck_assert_msg (fabs (vv_json_double (one, "value") - value) < 1e-9, "%s is %g, not %g", name, vv_json_double (one, "value"), value);
  ck_assert_msg (vv_json_int (one, "score") == score, "the score of %s is %d, not %d", name, (int) vv_json_int (one, "score"), (int) score);
}

static void
assert_open (JsonArray *rows, const char *name, const char *state)
{
  JsonObject *one = row (rows, name);

  ck_assert_msg (json_object_get_null_member (one, "value"), "%s has a value", name);
  ck_assert (json_object_get_null_member (one, "score"));
  ck_assert_str_eq (vv_json_string (one, "state"), state);
}

START_TEST (quality__plain_grey)
{
  g_autoptr (VvPicture) picture = NULL;
  g_autoptr (JsonArray) rows = NULL;
  const VvFace          face = canvas_face ();

  plain = 128;
  picture = paint (SIDE, SIDE, mid, mid, mid);
  rows = measure (picture, &face);
  /* (128 / 255 + 0.055) / 1.055 to the power of 2.4 is 0.2159: level 55 of 255. */
  assert_value (rows, "luminance_mean", 0.216, 58);
  assert_value (rows, "luminance_variance", 0, 0);
  assert_value (rows, "dynamic_range", 0, 0);
  assert_value (rows, "under_exposure", 0, 100);
  assert_value (rows, "over_exposure", 0, 100);
  assert_value (rows, "illumination_uniformity", 1, 100);
  assert_value (rows, "sharpness", 0, 0);
  assert_value (rows, "block_edges", 1, 0);
  ck_assert (json_object_get_null_member (row (rows, "sharpness"), "score"));
  assert_open (rows, "natural_colour", "greyscale");
}
END_TEST

START_TEST (quality__half_black_half_white)
{
  g_autoptr (VvPicture) picture = paint (SIDE, SIDE, half, half, half);
  const VvFace          face = canvas_face ();
  g_autoptr (JsonArray) rows = measure (picture, &face);
  /* Two columns of 255 and -255; the mask without its outermost two pixels. */
  const double sharpness = 255 * sqrt (2.0 / (WIDTH - 4));

  assert_value (rows, "luminance_mean", 0.5, 100);
  assert_value (rows, "luminance_variance", 0.25, 20); /* 100 sin (pi 15 / 16) = 19.51 */
  assert_value (rows, "dynamic_range", 1, 13);
  assert_value (rows, "under_exposure", 0.5, 100);
  assert_value (rows, "over_exposure", 0.5, 2);
  assert_value (rows, "illumination_uniformity", 0, 0);
  assert_value (rows, "sharpness", round (sharpness * 10) / 10, 0);
}
END_TEST

START_TEST (quality__brightness_follows_the_light_not_the_gamma)
{
  static const struct
  {
    guint8 value;
    double light; /* ((value / 255 + 0.055) / 1.055)^2.4 or value / 255 / 12.92, rounded to 1/255 */
  } known[] = { { 0, 0 }, { 10, 0.004 }, { 64, 0.051 }, { 188, 0.502 }, { 255, 1 } };
  const VvFace face = canvas_face ();

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (VvPicture) picture = NULL;
      g_autoptr (JsonArray) rows = NULL;

      plain = known[i].value;
      picture = paint (SIDE, SIDE, mid, mid, mid);
      rows = measure (picture, &face);
      ck_assert_double_eq_tol (vv_json_double (row (rows, "luminance_mean"), "value"), known[i].light, 0.0005);
    }
}
END_TEST

START_TEST (quality__blur_lowers_sharpness_step_by_step)
{
  const VvFace face = canvas_face ();
  double       last = HUGE_VAL;

  for (radius = 0; radius <= 6; radius++)
    {
      g_autoptr (VvPicture) picture = paint (SIDE, SIDE, blurred, blurred, blurred);
      g_autoptr (JsonArray) rows = measure (picture, &face);
      double                sharpness = vv_json_double (row (rows, "sharpness"), "value");

      ck_assert_msg (sharpness < last, "radius %d: %g after %g", radius, sharpness, last);
      last = sharpness;
    }
}
END_TEST

START_TEST (quality__block_edges_are_found_wherever_they_begin)
{
  g_autoptr (VvPicture) picture = paint (SIDE, SIDE, blocks, blocks, blocks);
  VvFace                face = canvas_face ();

  for (int shift = 0; shift < 3; shift++)
    {
      g_autoptr (JsonArray) rows = NULL;

      face.box = (VvBox){ 80 + 3 * (float) shift, 80, 150, 150 };
      rows = measure (picture, &face);
      assert_value (rows, "block_edges", 40.5 / 0.5, 0);
      ck_assert_str_eq (vv_json_string (row (rows, "block_edges"), "state"), "unusable");
    }
}
END_TEST

START_TEST (quality__colour_of_skin)
{
  g_autoptr (VvPicture) skin = NULL;
  g_autoptr (VvPicture) blue = NULL;
  const VvFace          face = canvas_face ();
  g_autoptr (JsonArray) natural = NULL;
  g_autoptr (JsonArray) cold = NULL;

  plain = 150;
  skin = paint (SIDE, SIDE, mid, warm, warmer); /* a 9.6, b 20.5 under D50 */
  blue = paint (SIDE, SIDE, warmer, warm, mid); /* b is negative */
  natural = measure (skin, &face);
  cold = measure (blue, &face);
  assert_value (natural, "natural_colour", 0, 100);
  assert_value (cold, "natural_colour", 100, 0);
}
END_TEST

START_TEST (quality__points_alone)
{
  g_autoptr (VvPicture) picture = NULL;
  g_autoptr (JsonArray) rows = NULL;
  VvFace                face = canvas_face ();

  plain = 90;
  picture = paint (SIDE, SIDE, mid, mid, mid);
  face.landmarks[8] = (VvPoint){ 307.5f, 472 }; /* chin: T is 200 */
  face.landmarks[37] = face.landmarks[38] = (VvPoint){ 250, 270 };
  face.landmarks[41] = (VvPoint){ 250, 274 };
  face.landmarks[40] = (VvPoint){ 250, 276 };
  face.landmarks[43] = face.landmarks[44] = (VvPoint){ 364, 266 };
  face.landmarks[47] = face.landmarks[46] = (VvPoint){ 364, 280 };
  face.landmarks[61] = face.landmarks[62] = face.landmarks[63] = (VvPoint){ 308, 390 };
  face.landmarks[67] = face.landmarks[66] = face.landmarks[65] = (VvPoint){ 308, 430 };
  rows = measure (picture, &face);
  assert_value (rows, "eyes_open", 0.03, 73);   /* the smaller eye: 6 of 200 */
  assert_value (rows, "mouth_closed", 0.2, 50); /* 40 of 200 */
  assert_value (rows, "head_size", 0.325, 15);  /* 200 of 616; 200 (1 - sig (0.1253 / 0.05)) */
  assert_value (rows, "margin_above", 1.36, 40);
  assert_value (rows, "margin_below", 1.72, 31);
  assert_value (rows, "margin_left", 3.22, 100);
  assert_value (rows, "margin_right", 3.23, 100);
}
END_TEST

/* The head of vv-pose.cc seen from afar, turned by known angles. */
static VvFace
turned_head (double yaw, double pitch, double roll, double eyes)
{
  static const double head[][4] = {
    { 36, -45, 0, 7 },
    { 39, -17, 0, 0 },
    { 42, 17, 0, 0 },
    { 45, 45, 0, 7 },
    { 27, 0, -4, -13 },
    { 30, 0, 32, -35 },
    { 33, 0, 45, -25 },
    { 48, -26, 68, -3 },
    { 54, 26, 68, -3 },
    { 8, 0, 116, -1 },
    { 0, -72, 8, 50 },
    { 16, 72, 8, 50 },
  };
  const double degree = G_PI / 180, scale = eyes / 62;
  VvFace       face = canvas_face ();

  for (gsize i = 0; i < G_N_ELEMENTS (head); i++)
    {
      /* Roll clockwise, then yaw to the picture's right, then pitch upwards; z points away. */
      double x = head[i][1] * cos (roll * degree) - head[i][2] * sin (roll * degree);
      double y = head[i][1] * sin (roll * degree) + head[i][2] * cos (roll * degree);
      double z = head[i][3];
      double x2 = x * cos (yaw * degree) - z * sin (yaw * degree);
      double z2 = x * sin (yaw * degree) + z * cos (yaw * degree);
      double y2 = y * cos (pitch * degree) + z2 * sin (pitch * degree);

      face.landmarks[(int) head[i][0]] = (VvPoint){ (float) (308 + scale * x2), (float) (272 + scale * y2) };
    }
  return face;
}

START_TEST (quality__pose_of_a_turned_head)
{
  static const double poses[][3] = { { 0, 0, 0 }, { 20, 0, 0 }, { 0, 15, 0 }, { 0, 0, -30 }, { -35, 12, 8 }, { 25, -20, 40 } };

  plain = 90;
  for (gsize i = 0; i < G_N_ELEMENTS (poses); i++)
    {
      g_autoptr (VvPicture) picture = paint (SIDE, SIDE, mid, mid, mid);
      const VvFace          face = turned_head (poses[i][0], poses[i][1], poses[i][2], 113);
      g_autoptr (JsonArray) rows = measure (picture, &face);

      assert_value (rows, "head_yaw", poses[i][0], lround (100 * pow (cos (poses[i][0] * G_PI / 180), 2)));
      assert_value (rows, "head_pitch", poses[i][1], lround (100 * pow (cos (poses[i][1] * G_PI / 180), 2)));
      assert_value (rows, "head_roll", poses[i][2], lround (100 * pow (cos (poses[i][2] * G_PI / 180), 2)));
      ck_assert (vv_json_double (row (rows, "head_yaw"), "plus_minus") > 0);
      /* 113 pixels as they are seen, made good for the turn. */
      ck_assert_double_eq_tol (vv_json_double (row (rows, "eye_distance"), "value"), 113 / cos (poses[i][0] * G_PI / 180), 0.06);
    }
}
END_TEST

START_TEST (quality__other_faces)
{
  g_autoptr (JsonObject) limits = shipped_limits ();
  g_autoptr (VvPicture)  picture = NULL;
  VvFace                 faces[3] = { canvas_face (), canvas_face (), canvas_face () };
  static const double    expected[] = { 0, 0, 0.25 };

  plain = 90;
  picture = paint (SIDE, SIDE, mid, mid, mid);
  faces[0].box = (VvBox){ 0, 0, 200, 200 };
  faces[1].box = (VvBox){ 10, 10, 200, 200 }; /* the same face, found again */
  faces[2].box = (VvBox){ 300, 300, 100, 100 };
  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (JsonArray) rows = vv_quality_measure (picture, &faces[0], faces, n, limits, NULL);

      assert_value (rows, "single_face", expected[n - 1], lround (100 * (1 - expected[n - 1])));
    }
}
END_TEST

START_TEST (quality__nothing_to_measure)
{
  g_autoptr (VvPicture) dot = NULL;
  VvFace                tiny = canvas_face ();
  VvFace                broken = canvas_face ();
  g_autoptr (JsonArray) of_tiny = NULL;
  g_autoptr (JsonArray) of_broken = NULL;

  plain = 90;
  dot = paint (1, 1, mid, mid, mid);
  tiny.box = (VvBox){ 0, 0, 1, 1 };
  for (guint i = 0; i < VV_FIVE_COUNT; i++)
    tiny.five[i] = (VvPoint){ 0.5f, 0.5f };
  for (guint i = 0; i < VV_LANDMARK_COUNT; i++)
    tiny.landmarks[i] = (VvPoint){ 0.5f, 0.5f };
  broken.landmarks[30].x = NAN;
  of_tiny = measure (dot, &tiny);
  of_broken = measure (dot, &broken);
  assert_value (of_tiny, "eye_distance", 0, 3);
  ck_assert_str_eq (vv_json_string (row (of_tiny, "eye_distance"), "state"), "unusable");
  assert_open (of_tiny, "sharpness", "not-measured");
  assert_open (of_tiny, "natural_colour", "not-measured");
  assert_open (of_tiny, "head_yaw", "not-measured");
  assert_open (of_broken, "head_pitch", "not-measured");
  assert_open (of_broken, "single_face", "not-measured");
}
END_TEST

START_TEST (quality__cut_by_the_edge)
{
  VvFace                face = canvas_face ();
  g_autoptr (VvPicture) picture = NULL;
  g_autoptr (JsonArray) rows = NULL;

  /* Only the left 300 columns are picture: the black beyond it must not count as dark face. */
  plain = 128;
  picture = paint (300, SIDE, mid, mid, mid);
  rows = measure (picture, &face);
  assert_value (rows, "luminance_mean", 0.216, 58);
  assert_value (rows, "under_exposure", 0, 100);
  assert_value (rows, "sharpness", 0, 0);
  assert_open (rows, "illumination_uniformity", "not-measured");
  /* Wholly outside. */
  for (guint i = 0; i < VV_FIVE_COUNT; i++)
    face.five[i].x += 2000;
  for (guint i = 0; i < VV_LANDMARK_COUNT; i++)
    face.landmarks[i].x += 2000;
  g_clear_pointer (&rows, json_array_unref);
  rows = measure (picture, &face);
  assert_open (rows, "luminance_mean", "not-measured");
}
END_TEST

START_TEST (quality__limits_decide_the_state)
{
  static const struct
  {
    const char *limits;
    const char *state;
  } cases[] = {
    { "{\"luminance_mean\":{\"good\":[0.2,0.3],\"usable\":[0.1,0.4]}}", "good" },
    { "{\"luminance_mean\":{\"good\":[0.216,null],\"usable\":[0.1,null]}}", "good" },
    { "{\"luminance_mean\":{\"good\":[0.3,null],\"usable\":[0.1,null]}}", "limits" },
    { "{\"luminance_mean\":{\"good\":[null,0.1],\"usable\":[null,0.3]}}", "limits" },
    { "{\"luminance_mean\":{\"good\":[0.6,null],\"usable\":[0.5,null]}}", "unusable" },
  };
  const VvFace          face = canvas_face ();
  g_autoptr (VvPicture) picture = NULL;

  plain = 128;
  picture = paint (SIDE, SIDE, mid, mid, mid);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) limits = vv_json_parse (cases[i].limits, -1, "test", NULL);
      g_autoptr (JsonArray)  rows = vv_quality_measure (picture, &face, NULL, 0, limits, NULL);
      JsonObject            *one = vv_json_element (rows, 0);

      ck_assert_uint_eq (vv_json_length (rows), 1);
      ck_assert_str_eq (vv_json_string (one, "state"), cases[i].state);
      ck_assert_int_eq (json_object_get_null_member (one, "ask"), strcmp (cases[i].state, "good") == 0);
    }
}
END_TEST

START_TEST (quality__wrong_limits_are_refused)
{
  static const char *const wrong[] = {
    "{\"luminance_maen\":{\"good\":[0.2,0.3],\"usable\":[0.1,0.4]}}",
    "{\"luminance_mean\":{\"good\":[0.2],\"usable\":[0.1,0.4]}}",
    "{\"luminance_mean\":{\"good\":[0.2,0.3]}}",
    "{\"luminance_mean\":{\"good\":[[],0.3],\"usable\":[0.1,0.4]}}",
  };
  const VvFace          face = canvas_face ();
  g_autoptr (VvPicture) picture = paint (SIDE, SIDE, half, half, half);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (JsonObject) limits = vv_json_parse (wrong[i], -1, "test", NULL);
      g_autoptr (GError)     error = NULL;

      ck_assert_ptr_null (vv_quality_measure (picture, &face, NULL, 0, limits, &error));
      vv_assert_error (error, VV_VISION_ERROR, VV_VISION_ERROR_LIMITS);
    }
}
END_TEST

START_TEST (quality__says_nothing_about_persons)
{
  g_autoptr (VvPicture) picture = paint (SIDE, SIDE, half, half, half);
  const VvFace          face = canvas_face ();
  g_autoptr (JsonArray) rows = measure (picture, &face);

  ck_assert_uint_eq (vv_json_length (rows), 21);
  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      JsonObject *one = vv_json_element (rows, i);
      const char *ask = vv_json_string (one, "ask");

      ck_assert_ptr_null (strchr (vv_json_string (one, "unit"), '%'));
      ck_assert_int_eq (strcmp (vv_json_string (one, "method"), "own") == 0,
                        strcmp (vv_json_string (one, "measure"), "sharpness") == 0 ||
                          strcmp (vv_json_string (one, "measure"), "block_edges") == 0);
      if (ask != NULL)
        ck_assert (g_str_has_prefix (ask, "Ask ") || strstr (ask, " Ask ") != NULL);
    }
}
END_TEST

static Suite *
suite (void)
{
  Suite *result = suite_create ("quality");
  TCase *quality = tcase_create ("quality");

  tcase_add_test (quality, quality__plain_grey);
  tcase_add_test (quality, quality__half_black_half_white);
  tcase_add_test (quality, quality__brightness_follows_the_light_not_the_gamma);
  tcase_add_test (quality, quality__blur_lowers_sharpness_step_by_step);
  tcase_add_test (quality, quality__block_edges_are_found_wherever_they_begin);
  tcase_add_test (quality, quality__colour_of_skin);
  tcase_add_test (quality, quality__points_alone);
  tcase_add_test (quality, quality__pose_of_a_turned_head);
  tcase_add_test (quality, quality__other_faces);
  tcase_add_test (quality, quality__nothing_to_measure);
  tcase_add_test (quality, quality__cut_by_the_edge);
  tcase_add_test (quality, quality__limits_decide_the_state);
  tcase_add_test (quality, quality__wrong_limits_are_refused);
  tcase_add_test (quality, quality__says_nothing_about_persons);
  suite_add_tcase (result, quality);
  return result;
}

VV_TEST_MAIN (suite)
