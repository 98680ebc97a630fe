// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "vv-json.h"
#include "vv-test-picture.h"
#include "vv-test.h"
#include "vv-vision.h"

static VvVision *vision;

static void
setup (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *models = vv_test_source ("data/models");

  vision = vv_vision_new (models, &error);
  vv_assert_ok (error);
}

static void
teardown (void)
{
  g_clear_pointer (&vision, vv_vision_free);
}

static GArray *
detect (const VvPicture *picture)
{
  g_autoptr (GError) error = NULL;
  GArray            *faces = vv_vision_detect (vision, picture, NULL, &error);

  vv_assert_ok (error);
  ck_assert_ptr_nonnull (faces);
  return faces;
}

static void
make_template (const VvPicture *picture,
               const VvFace    *face,
               float *template)
{
  g_autoptr (GError) error = NULL;

  ck_assert_uint_eq (vv_vision_template_length (vision), 128);
  if (!vv_vision_template (vision, picture, face, template, NULL, &error))
    vv_assert_ok (error);
}

static double
dot (const float *a,
     const float *b)
{
  double sum = 0;

  for (int i = 0; i < 128; i++)
    sum += (double) a[i] * b[i];
  return sum;
}

START_TEST (detect__finds_the_face_and_its_points)
{
  g_autoptr (VvPicture) picture = vv_test_picture ("P001_gallery.jpg", 1);
  g_autoptr (GArray)    faces = detect (picture);
  const VvFace         *face = &g_array_index (faces, VvFace, 0);
  float                 eyes = vv_face_eye_distance (face);

  ck_assert_uint_eq (faces->len, 1);
  ck_assert (face->score > 0.6f && !face->manual);
  ck_assert (eyes > 0.25f * face->box.width && eyes < 0.65f * face->box.width);
  for (int i = 0; i < VV_FIVE_COUNT; i++)
    {
      ck_assert (face->five[i].x > face->box.x && face->five[i].x < face->box.x + face->box.width);
      ck_assert (face->five[i].y > face->box.y && face->five[i].y < face->box.y + face->box.height);
    }
  ck_assert (face->five[0].x < face->five[1].x && face->five[3].x < face->five[4].x);
  ck_assert (face->five[0].y < face->five[2].y && face->five[2].y < face->five[3].y);
  /* the chin is iBUG point 8 (counted from 0), between the ends of the jaw and under the mouth */
  ck_assert (face->landmarks[8].y > face->five[3].y);
  ck_assert (face->landmarks[0].x < face->landmarks[8].x && face->landmarks[8].x < face->landmarks[16].x);
}
END_TEST

START_TEST (detect__small_faces_in_a_large_picture)
{
  g_autoptr (VvPicture) canvas = vv_test_picture_plain (1920, 1080, 110);
  static const int      at[4][2] = { { 60, 40 }, { 590, 330 }, { 1260, 700 }, { 1780, 60 } };

  for (int i = 0; i < 4; i++)
    {
      g_autofree char      *name = g_strdup_printf ("P00%d_gallery.jpg", i + 1);
      g_autoptr (VvPicture) person = vv_test_picture (name, 0.15);
      g_autoptr (VvPicture) before = canvas;

      canvas = vv_test_picture_paste (before, person, at[i][0], at[i][1]);
    }
  g_autoptr (GArray) faces = detect (canvas);

  ck_assert_uint_eq (faces->len, 4);
  for (int i = 0; i < 4; i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < faces->len; k++)
        {
          const VvBox *box = &g_array_index (faces, VvFace, k).box;

          found |= box->x >= at[i][0] && box->x < at[i][0] + 72 && box->y >= at[i][1] && box->y < at[i][1] + 90;
        }
      ck_assert_msg (found, "person %d was not found", i);
    }
}
END_TEST

START_TEST (detect__one_box_where_views_overlap)
{
  g_autoptr (VvPicture) canvas = vv_test_picture_plain (3000, 2200, 90);
  g_autoptr (VvPicture) person = vv_test_picture ("P005_gallery.jpg", 1.7);
  g_autoptr (VvPicture) picture = vv_test_picture_paste (canvas, person, 1000, 500);
  g_autoptr (GArray)    faces = detect (picture);

  ck_assert_uint_eq (faces->len, 1);
}
END_TEST

START_TEST (detect__face_that_fills_the_picture)
{
  g_autoptr (VvPicture) whole = vv_test_picture ("P006_gallery.jpg", 1);
  g_autoptr (GArray)    faces = detect (whole);
  const VvBox          *box = &g_array_index (faces, VvFace, 0).box;
  g_autoptr (VvPicture) close = vv_test_picture_crop (whole, (int) (box->x + 0.1f * box->width), (int) (box->y + 0.1f * box->height),
                                                      (int) (0.8f * box->width), (int) (0.8f * box->height));
  g_autoptr (GArray)    again = detect (close);

  ck_assert_uint_eq (again->len, 1);
}
END_TEST

START_TEST (detect__face_cut_by_the_edge)
{
  g_autoptr (VvPicture) whole = vv_test_picture ("P007_gallery.jpg", 1);
  g_autoptr (GArray)    faces = detect (whole);
  const VvFace         *face = &g_array_index (faces, VvFace, 0);
  int                   cut = (int) (face->box.x + 0.2f * face->box.width);
  g_autoptr (VvPicture) part = vv_test_picture_crop (whole, cut, 0, whole->width - cut, whole->height);
  VvBox                 box = face->box;
  VvFace                measured;
  g_autoptr (GArray)    partly = detect (part);
  float                 all[128], detected[128], drawn[128];

  box.x -= (float) cut;
  ck_assert_uint_eq (partly->len, 1);
  ck_assert_float_eq (g_array_index (partly, VvFace, 0).box.x, 0);
  ck_assert (vv_vision_measure (vision, part, &box, &measured, NULL, NULL));
  make_template (whole, face, all);
  make_template (part, &g_array_index (partly, VvFace, 0), detected);
  make_template (part, &measured, drawn);
  ck_assert_msg (dot (all, detected) > 0.7 && dot (all, drawn) > 0.7, "%f %f", dot (all, detected), dot (all, drawn));
}
END_TEST

START_TEST (detect__nothing_where_no_face_is)
{
  g_autoptr (VvPicture) plain = vv_test_picture_plain (800, 600, 128);
  g_autoptr (VvPicture) tiny = vv_test_picture_plain (1, 1, 255);
  g_autoptr (VvPicture) line = vv_test_picture_plain (3000, 1, 0);
  g_autoptr (GRand)     rand = g_rand_new_with_seed (7);
  g_autofree guint8    *noise = g_malloc (640 * 480 * 4);

  for (int i = 0; i < 640 * 480 * 4; i++)
    noise[i] = (guint8) g_rand_int_range (rand, 0, 256);
  g_autoptr (GBytes)    bytes = g_bytes_new (noise, 640 * 480 * 4);
  g_autoptr (VvPicture) noisy = vv_picture_new (640, 480, 640 * 4, bytes);
  VvPicture            *pictures[] = { plain, tiny, line, noisy };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (GArray) faces = detect (pictures[i]);

      ck_assert_msg (faces->len == 0, "picture %u has %u faces", i, faces->len);
    }
}
END_TEST

START_TEST (detect__reads_rows_by_their_stride)
{
  g_autoptr (VvPicture) picture = vv_test_picture ("P008_gallery.jpg", 1);
  gsize                 stride = picture->stride + 256;
  g_autofree guint8    *rows = g_malloc0 (stride * (gsize) picture->height);

  for (int y = 0; y < picture->height; y++)
    memcpy (rows + stride * (gsize) y, vv_picture_row (picture, y), (gsize) picture->width * 4);
  g_autoptr (GBytes)    bytes = g_bytes_new (rows, stride * (gsize) picture->height);
  g_autoptr (VvPicture) wide = vv_picture_new (picture->width, picture->height, stride, bytes);
  g_autoptr (GArray)    faces = detect (picture);
  g_autoptr (GArray)    same = detect (wide);

  ck_assert_uint_eq (faces->len, 1);
  ck_assert_uint_eq (same->len, 1);
  ck_assert_mem_eq (faces->data, same->data, sizeof (VvFace));
}
END_TEST

START_TEST (measure__box_drawn_by_hand)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvPicture) picture = vv_test_picture ("P009_gallery.jpg", 1);
  g_autoptr (GArray)    faces = detect (picture);
  const VvFace         *face = &g_array_index (faces, VvFace, 0);
  VvBox                 box = { face->box.x - 6, face->box.y - 9, face->box.width + 12, face->box.height + 10 };
  VvFace                drawn;
  float                 a[128], b[128];

  ck_assert (vv_vision_measure (vision, picture, &box, &drawn, NULL, &error));
  vv_assert_ok (error);
  ck_assert (drawn.manual && drawn.score == 0);
  ck_assert_mem_eq (&drawn.box, &box, sizeof box);
  make_template (picture, face, a);
  make_template (picture, &drawn, b);
  ck_assert_msg (dot (a, b) > 0.95, "%f", dot (a, b));
}
END_TEST

START_TEST (measure__refuses_a_box_outside)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvPicture) picture = vv_test_picture ("P009_gallery.jpg", 1);
  const VvBox           boxes[] = { { 480, 0, 100, 100 }, { -90, 10, 100, 100 }, { 10, 10, 4, 100 }, { 10, 10, -50, 50 }, { NAN, 0, 50, 50 }, { 0, 0, INFINITY, 50 }, { -4000, -4000, 9000, 9000 } };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      VvFace face = { .score = 7 };

      ck_assert_msg (!vv_vision_measure (vision, picture, &boxes[i], &face, NULL, &error), "box %u", i);
      vv_assert_error (error, VV_VISION_ERROR, VV_VISION_ERROR_BOX);
      ck_assert_float_eq (face.score, 7);
    }
}
END_TEST

START_TEST (template__length_one_and_always_the_same)
{
  g_autoptr (VvPicture) picture = vv_test_picture ("P010_probe1.jpg", 1);
  g_autoptr (GArray)    faces = detect (picture);
  g_autoptr (GArray)    again = detect (picture);
  float                 a[128], b[128];

  ck_assert_uint_ge (faces->len, 1);
  make_template (picture, &g_array_index (faces, VvFace, 0), a);
  make_template (picture, &g_array_index (again, VvFace, 0), b);
  ck_assert_double_eq_tol (dot (a, a), 1, 1e-6);
  ck_assert_mem_eq (a, b, sizeof a);
}
END_TEST

/* @picture with much noise on every pixel: at five times the size it averages out, unless pixels are skipped. */
static VvPicture *
add_noise (const VvPicture *picture)
{
  g_autoptr (GRand)  rand = g_rand_new_with_seed (3);
  gsize              size = picture->stride * (gsize) picture->height;
  g_autofree guint8 *bytes = g_memdup2 (vv_picture_row (picture, 0), size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) CLAMP (bytes[i] + g_rand_int_range (rand, -60, 61), 0, 255);
  g_autoptr (GBytes) pixels = g_bytes_new (bytes, size);

  return vv_picture_new (picture->width, picture->height, picture->stride, pixels);
}

START_TEST (template__does_not_depend_on_the_picture_s_size)
{
  g_autoptr (VvPicture) picture = vv_test_picture ("P011_gallery.jpg", 1);
  g_autoptr (VvPicture) smooth = vv_test_picture ("P011_gallery.jpg", 5);
  g_autoptr (VvPicture) large = add_noise (smooth);
  g_autoptr (GArray)    faces = detect (picture);
  g_autoptr (GArray)    same = detect (large);
  float                 a[128], b[128];

  ck_assert_uint_eq (same->len, 1);
  make_template (picture, &g_array_index (faces, VvFace, 0), a);
  make_template (large, &g_array_index (same, VvFace, 0), b);
  ck_assert_msg (dot (a, b) > 0.85, "%f", dot (a, b));
}
END_TEST

START_TEST (template__refuses_points_that_make_no_face)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvPicture) picture = vv_test_picture ("P011_gallery.jpg", 0.2);
  VvFace                face = { 0 };
  float template[128] = { 42 };

  ck_assert (!vv_vision_template (vision, picture, &face, template, NULL, &error));
  vv_assert_error (error, VV_VISION_ERROR, VV_VISION_ERROR_NO_FACE);
  face.five[0].x = NAN;
  ck_assert (!vv_vision_template (vision, picture, &face, template, NULL, &error));
  vv_assert_error (error, VV_VISION_ERROR, VV_VISION_ERROR_NO_FACE);
  ck_assert_float_eq (template[0], 42);
}
END_TEST

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (20 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

START_TEST (cancel__before_and_during)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (VvPicture)    picture = vv_test_picture_plain (4000, 3000, 100);
  GThread                 *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  VvBox                    box = { 100, 100, 300, 300 };
  VvFace                   face = { 0 };
  float template[128];

  ck_assert_ptr_null (vv_vision_detect (vision, picture, cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  ck_assert (!vv_vision_measure (vision, picture, &box, &face, cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  face.five[0] = (VvPoint){ 100, 100 };
  face.five[1] = (VvPoint){ 200, 100 };
  ck_assert (!vv_vision_template (vision, picture, &face, template, cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
END_TEST

/* A folder with copies of the manifests and links to the models. */
static char *
copy_models (void)
{
  g_autofree char *models = vv_test_source ("data/models");
  char            *copy = vv_test_make_dir ();
  g_autoptr (GDir) dir = g_dir_open (models, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GFile) from = g_file_new_build_filename (models, name, NULL);
      g_autoptr (GFile) to = g_file_new_build_filename (copy, name, NULL);

      if (g_str_has_suffix (name, ".json"))
        ck_assert (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
      else
        ck_assert (g_file_make_symbolic_link (to, g_file_peek_path (from), NULL, NULL));
    }
  return copy;
}

static void
replace (const char *dir,
         const char *name,
         const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  ck_assert_int_eq (g_remove (path), 0);
  if (text != NULL)
    ck_assert (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_not_loaded (const char *dir)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (vv_vision_new (dir, &error));
  vv_assert_error (error, VV_VISION_ERROR, VV_VISION_ERROR_MODEL);
}

static const char *
pack_state (const char *dir,
            const char *name)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (JsonArray) packs = vv_vision_list_packs (dir, &error);

  vv_assert_ok (error);
  for (guint i = 0; i < vv_json_length (packs); i++)
    if (g_str_equal (vv_json_string (vv_json_element (packs, i), "name"), name))
      return g_intern_string (vv_json_string (vv_json_element (packs, i), "state"));
  return "not listed";
}

START_TEST (models__wrong_sum_and_missing_are_refused)
{
  char *dir = copy_models ();

  ck_assert_str_eq (pack_state (dir, "landmarks-68"), "ok");
  replace (dir, "fr_landmark.onnx", "not the network");
  assert_not_loaded (dir);
  ck_assert_str_eq (pack_state (dir, "landmarks-68"), "wrong sum");
  assert_not_loaded (dir);
  replace (dir, "fr_landmark.onnx", NULL);
  ck_assert_str_eq (pack_state (dir, "landmarks-68"), "missing");
  ck_assert_str_eq (pack_state (dir, "sface-2021dec"), "ok");
  assert_not_loaded (dir);
  vv_test_remove_dir (dir);
}
END_TEST

START_TEST (models__sound_network_of_another_sum_is_refused)
{
  g_autofree char *dir = copy_models ();
  g_autofree char *path = g_build_filename (dir, "landmarks68.json", NULL);
  g_autofree char *manifest = NULL;

  ck_assert (g_file_get_contents (path, &manifest, NULL, NULL));
  memcpy (strstr (manifest, "f10b0ba1"), "f10b0ba2", 8);
  replace (dir, "landmarks68.json", manifest);
  ck_assert_str_eq (pack_state (dir, "landmarks-68"), "wrong sum");
  assert_not_loaded (dir);
  vv_test_remove_dir (g_steal_pointer (&dir));
}
END_TEST

START_TEST (models__broken_manifests_are_refused)
{
  g_autoptr (GError) error = NULL;
  char              *dir = copy_models ();
  g_autofree char   *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "no network", -1);
  g_autofree char   *bad = g_strdup_printf ("{\"name\":\"landmarks-68\",\"role\":\"landmarks\",\"file\":\"fr_landmark.onnx\",\"sha256\":\"%s\","
                                              "\"input\":{\"width\":64,\"height\":64,\"channels\":\"grey\",\"mean\":[0],\"scale\":1},\"crop\":1.1,\"refine_crop\":1.1}",
                                            sum);

  replace (dir, "fr_landmark.onnx", "no network");
  replace (dir, "landmarks68.json", bad);
  assert_not_loaded (dir);
  replace (dir, "landmarks68.json", "{\"name\":\"landmarks-68\",\"role\":\"landmarks\",\"file\":\"../x\",\"sha256\":\"00\"}");
  assert_not_loaded (dir);
  ck_assert_ptr_null (vv_vision_list_packs (dir, &error));
  vv_assert_error (error, VV_VISION_ERROR, VV_VISION_ERROR_MODEL);
  replace (dir, "landmarks68.json", "{");
  assert_not_loaded (dir);
  replace (dir, "landmarks68.json", NULL);
  assert_not_loaded (dir);
  replace (dir, "use.json", NULL);
  assert_not_loaded (dir);
  vv_test_remove_dir (dir);
  assert_not_loaded ("/nowhere");
}
END_TEST

START_TEST (models__named_by_their_sums)
{
  g_autoptr (JsonArray) models = vv_vision_models (vision);

  ck_assert_uint_eq (vv_json_length (models), 3);
  ck_assert_str_eq (vv_vision_recogniser (vision), vv_json_string (vv_json_element (models, 2), "sha256"));
  ck_assert_str_eq (vv_vision_detector (vision), vv_json_string (vv_json_element (models, 0), "sha256"));
  ck_assert_str_eq (vv_json_string (vv_json_element (models, 1), "role"), "landmarks");
}
END_TEST

static Suite *
suite (void)
{
  Suite *result = suite_create ("vision");
  TCase *faces = tcase_create ("faces");
  TCase *models = tcase_create ("models");

  tcase_set_timeout (faces, 120);
  tcase_add_unchecked_fixture (faces, setup, teardown);
  tcase_add_test (faces, detect__finds_the_face_and_its_points);
  tcase_add_test (faces, detect__small_faces_in_a_large_picture);
  tcase_add_test (faces, detect__one_box_where_views_overlap);
  tcase_add_test (faces, detect__face_that_fills_the_picture);
  tcase_add_test (faces, detect__face_cut_by_the_edge);
  tcase_add_test (faces, detect__nothing_where_no_face_is);
  tcase_add_test (faces, detect__reads_rows_by_their_stride);
  tcase_add_test (faces, measure__box_drawn_by_hand);
  tcase_add_test (faces, measure__refuses_a_box_outside);
  tcase_add_test (faces, template__length_one_and_always_the_same);
  tcase_add_test (faces, template__does_not_depend_on_the_picture_s_size);
  tcase_add_test (faces, template__refuses_points_that_make_no_face);
  tcase_add_test (faces, cancel__before_and_during);
  tcase_add_test (faces, models__named_by_their_sums);
  suite_add_tcase (result, faces);
  tcase_set_timeout (models, 120);
  tcase_add_test (models, models__wrong_sum_and_missing_are_refused);
  tcase_add_test (models, models__sound_network_of_another_sum_is_refused);
  tcase_add_test (models, models__broken_manifests_are_refused);
  suite_add_tcase (result, models);
  return result;
}

VV_TEST_MAIN (suite)
