// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "samples.h"
#include "vv-canvas-points.h"
#include "vv-compare-page.h"
#include "vv-face-pair.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-page.h"
#include "vv-points.h"
#include "vv-test.h"

/* Pictures that nobody would choose, as probes on the bench: each opens, says what it is, and can be laid in place by hand. */

static const struct
{
  const char *name;
  const char *arguments; /* of convert; %s: a picture with a face; NULL: made here */
  int         width, height;
  guint       orientation; /* put into the file; 0 for none */
  const char *says;        /* beside the picture; NULL: not asked, for it costs seconds */
} inputs[] = {
  { "no-face.png", "-size 300x200 plasma:red-blue -depth 8 no-face.png", 300, 200, 0, "3 channels of 8 bits" },
  { "two-faces.jpg", "%s %s +append two-faces.jpg", 960, 600, 0, "JPEG" },
  { "tiny.png", "%s -resize 40x40! tiny.png", 40, 40, 0, "40 × 40 pixels" },
  { "grey.jpg", "%s -colorspace Gray grey.jpg", 480, 600, 0, "1 channels of 8 bits" },
  { "deep.png", "%s -depth 16 -define png:bit-depth=16 deep.png", 480, 600, 0, "3 channels of 16 bits" },
  { "ink.jpg", "%s -colorspace CMYK ink.jpg", 480, 600, 0, "4 channels of 8 bits" },
  { "flat.png", "-size 6000x30 gradient: -depth 8 flat.png", 6000, 30, 0, "6000 × 30 pixels" },
  { "turned.jpg", "%s -rotate -90 turned.jpg", 480, 600, 6, "on its side in the file, set right" },
  { "huge.bmp", NULL, 10000, 10000, 0, NULL },
};

static char *dir;

/* 100 megapixels of black, one bit each: quickly made. (transfer full) */
static char *
make_huge (guint i)
{
  const gsize        row = 1252, offset = 62;
  gsize              size = offset + row * 10000;
  g_autofree guint8 *bytes = g_malloc0 (size);
  const guint32      header[] = { (guint32) size, 0, (guint32) offset, 40, 10000, 10000, 1 | 1 << 16, 0, 0, 0, 0, 2, 0, 0, 0xffffff };
  char              *path = g_build_filename (dir, inputs[i].name, NULL);

  memcpy (bytes, "BM", 2);
  memcpy (bytes + 2, header, sizeof header);
  ck_assert (g_file_set_contents (path, (const char *) bytes, (gssize) size, NULL));
  return path;
}

/* The file, made of @inputs[@i]. (transfer full) */
static char *
make_file (guint i)
{
  g_autofree char   *face = vv_test_source ("data/people/P003_gallery.jpg");
  g_auto (GStrv)     parts = g_strsplit (inputs[i].arguments, "%s", -1);
  g_autofree char   *arguments = g_strjoinv (face, parts);
  g_autoptr (GBytes) file = samples_make (dir, arguments, inputs[i].name);
  char              *path = g_build_filename (dir, inputs[i].name, NULL);

  if (inputs[i].orientation > 0)
    {
      g_autoptr (GBytes) turned = samples_add_exif (file, inputs[i].orientation);

      ck_assert (g_file_set_contents (path, g_bytes_get_data (turned, NULL), (gssize) g_bytes_get_size (turned), NULL));
    }
  return path;
}

/* The first face that is found, or a box in the middle as one would draw it. */
static void
choose_probe (gint64 request, gint64 media, guint i)
{
  g_autoptr (JsonObject) found = inputs[i].says != NULL ? vv_page_act (vv_desk_find_faces, request,
                                                                       vv_json_new ("media", "i", media, NULL))
                                                        : NULL;
  guint                  n = vv_json_length (vv_json_array (found, "faces"));
  double                 side = 0.8 * MIN (inputs[i].width, inputs[i].height);
  JsonObject            *box = vv_json_new ("x", "d", (inputs[i].width - side) / 2, "y", "d", (inputs[i].height - side) / 2,
                                            "width", "d", side, "height", "d", side, NULL);

  ck_assert (!g_str_equal (inputs[i].name, "two-faces.jpg") || n == 2);
  if (n == 0)
    vv_page_choose_probe (request, vv_json_new ("media", "i", media, "box", "o", box, NULL));
  else
    vv_page_choose_probe (request, vv_json_new ("media", "i", media, "face", "i", (gint64) 0, NULL));
  if (n > 0)
    json_object_unref (box);
  vv_page_do_act (vv_desk_search, request, NULL);
}

static gboolean
is_shown (gpointer canvas)
{
  return vv_canvas_get_pyramid (canvas) != NULL;
}

/* Marks a face with both eyes in the probe: the pictures lie alike by them. */
static void
lay_in_place (VvFacePair *pair, VvCanvas *probe, VvCanvas *candidate, JsonObject *faces, guint i)
{
  float                  width = (float) inputs[i].width, height = (float) inputs[i].height;
  VvBox                  box = { width * 0.3f, height * 0.2f, width * 0.4f, height * 0.6f };
  g_autoptr (JsonObject) side = vv_points_new_for_box (&box);
  g_autoptr (JsonObject) points = vv_json_new ("probe", "o", json_object_ref (side), NULL);
  VvFace                 left, right;

  vv_face_pair_set_points (pair, points, TRUE);
  vv_page_run_for (100);
  ck_assert (vv_points_face (NULL, side, &left));
  ck_assert (vv_json_face_read (vv_json_object (vv_json_object (faces, "candidate"), "face"), &right));
  for (int eye = 0; eye < 2; eye++)
    {
      double         x[2] = { (double) left.five[eye].x, (double) right.five[eye].x };
      double         y[2] = { (double) left.five[eye].y, (double) right.five[eye].y };
      cairo_matrix_t matrix;

      vv_canvas_get_matrix (probe, &matrix);
      cairo_matrix_transform_point (&matrix, &x[0], &y[0]);
      vv_canvas_get_matrix (candidate, &matrix);
      cairo_matrix_transform_point (&matrix, &x[1], &y[1]);
      ck_assert_double_le (hypot (x[0] - x[1], y[0] - y[1]), 0.5);
    }
}

START_TEST (bad_input__opens_on_the_bench_and_is_laid_in_place_by_hand)
{
  gint64                 request = vv_page_make_analysis ();
  g_autofree char       *path = inputs[_i].arguments != NULL ? make_file ((guint) _i) : make_huge ((guint) _i);
  g_autoptr (JsonObject) media = vv_page_act (vv_desk_add_media, request,
                                              vv_json_new ("file", "s", path, "shows", "s", "photograph", "source", "s", "camera", "source_detail", "s", "x", "obtained_by", "s", "Somebody else", "obtained_at", "s", "2026-11-20", NULL));
  g_autoptr (JsonObject) faces = NULL;
  GtkWidget             *page, *window;
  VvFacePair            *pair;
  VvCanvas              *canvases[2];
  int                    shift;

  choose_probe (request, vv_json_int (media, "id"), (guint) _i);
  faces = vv_page_act (vv_desk_open_candidate, request, vv_json_new ("candidate", "s", "A", NULL));
  page = vv_compare_page_new (vv_page_desk ());
  window = vv_page_open_window (page);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "A");
  pair = vv_page_find (page, VV_TYPE_FACE_PAIR, NULL, 0);
  for (guint i = 0; i < 2; i++)
    {
      canvases[i] = vv_page_find (GTK_WIDGET (pair), VV_TYPE_CANVAS, NULL, i);
      ck_assert (vv_page_until (is_shown, canvases[i]));
    }
  ck_assert_int_eq (vv_pyramid_get_level (vv_canvas_get_pyramid (canvases[0]), 0, &shift)->width, inputs[_i].width);
  ck_assert_int_eq (vv_pyramid_get_level (vv_canvas_get_pyramid (canvases[0]), 0, &shift)->height, inputs[_i].height);
  vv_face_pair_focus (pair);
  if (inputs[_i].says != NULL)
    {
      vv_page_press ("key q");
      vv_page_wait_text (page, inputs[_i].says);
    }
  vv_page_keep_shot (inputs[_i].name);
  lay_in_place (pair, canvases[0], canvases[1], faces, (guint) _i);
  vv_page_close_window (window);
}
END_TEST

static void
set_up (void)
{
  vv_page_set_up ();
  dir = vv_test_make_dir ();
}

static void
tear_down (void)
{
  vv_page_tear_down ();
  vv_test_remove_dir (g_steal_pointer (&dir));
}

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("bad-input");
  TCase *bad_input = tcase_create ("bad-input");

  tcase_add_checked_fixture (bad_input, set_up, tear_down);
  tcase_set_timeout (bad_input, 300);
  if (g_find_program_in_path ("xdotool") != NULL)
    tcase_add_loop_test (bad_input, bad_input__opens_on_the_bench_and_is_laid_in_place_by_hand, 0, G_N_ELEMENTS (inputs));
  suite_add_tcase (suite, bad_input);
  return suite;
}

VV_PAGE_MAIN (make_suite)
