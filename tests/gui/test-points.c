// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "vv-adjust-panel.h"
#include "vv-canvas-points.h"
#include "vv-compare-page.h"
#include "vv-face-pair.h"
#include "vv-json.h"
#include "vv-page.h"
#include "vv-points.h"
#include "vv-test.h"

/* Points of a face moved by hand on the bench, with pointer and keyboard. tests/ui/screenshots runs this for its pictures. */

typedef struct
{
  GtkWidget  *page, *window;
  VvFacePair *pair;
  VvCanvas   *canvases[2];
  gint64      request;
} Bench;

static gboolean
is_shown (gpointer canvas)
{
  return vv_canvas_get_pyramid (canvas) != NULL;
}

static Bench
open_bench (gint64 request, const char *candidate)
{
  Bench bench = { .page = vv_compare_page_new (vv_page_desk ()), .request = request };

  bench.window = vv_page_open_window (bench.page);
  vv_compare_page_open (VV_COMPARE_PAGE (bench.page), request, candidate);
  bench.pair = vv_page_find (bench.page, VV_TYPE_FACE_PAIR, NULL, 0);
  bench.canvases[0] = vv_page_find (GTK_WIDGET (bench.pair), VV_TYPE_CANVAS, NULL, 0);
  bench.canvases[1] = vv_page_find (GTK_WIDGET (bench.pair), VV_TYPE_CANVAS, NULL, 1);
  ck_assert_str_eq (vv_canvas_get_label (bench.canvases[0]), "Probe");
  ck_assert (vv_page_until (is_shown, bench.canvases[0]));
  ck_assert (vv_page_until (is_shown, bench.canvases[1]));
  vv_page_run_for (300);
  vv_face_pair_focus (bench.pair);
  return bench;
}

/* Where a point of a face is on its canvas: of the picture as it came, which is what is shown here. */
static void
locate (Bench *bench, int side, VvPoint at, double *x, double *y)
{
  cairo_matrix_t matrix;

  vv_canvas_get_matrix (bench->canvases[side], &matrix);
  *x = (double) at.x;
  *y = (double) at.y;
  cairo_matrix_transform_point (&matrix, x, y);
}

static VvPoint
eye_of (Bench *bench, int side, int eye)
{
  g_autoptr (JsonObject) points = vv_face_pair_get_points (bench->pair);
  g_autoptr (JsonObject) faces = vv_page_act (vv_desk_open_candidate, bench->request, vv_json_new ("candidate", "s", "B", NULL));
  const char            *name = side == 0 ? "probe" : "candidate";
  JsonArray             *five = vv_json_array (vv_json_object (vv_json_object (faces, name), "face"), "five");
  JsonArray             *automatic = json_array_get_array_element (five, (guint) eye);
  JsonArray             *placed = vv_json_array (vv_json_object (points, name), "placed");
  VvPoint                at = { (float) json_array_get_double_element (automatic, 0), (float) json_array_get_double_element (automatic, 1) };

  for (guint i = 0; i < vv_json_length (placed); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (placed, i), "point"), eye == 0 ? "left-eye" : "right-eye") == 0)
      at = (VvPoint){ (float) vv_json_double (vv_json_element (placed, i), "x"), (float) vv_json_double (vv_json_element (placed, i), "y") };
  return at;
}

/* How far apart the eyes of both faces are on the screen, at several zooms: never more than half a pixel. */
static void
check_registration (Bench *bench)
{
  static const double zooms[] = { 1, 3, 4, 0.05 };

  for (gsize z = 0; z < G_N_ELEMENTS (zooms); z++)
    {
      vv_canvas_zoom_at (bench->canvases[0], 200, 250, zooms[z], FALSE);
      for (int eye = 0; eye < 2; eye++)
        {
          double x[2], y[2];

          for (int side = 0; side < 2; side++)
            locate (bench, side, eye_of (bench, side, eye), &x[side], &y[side]);
          ck_assert_double_le (hypot (x[0] - x[1], y[0] - y[1]), 0.5);
        }
    }
  vv_canvas_reset (bench->canvases[0]);
}

/* Drags from a point of a canvas. */
static void
drag (Bench *bench, int side, double x, double y, int dx, int dy)
{
  graphene_point_t at;
  g_autofree char *press = NULL;

  ck_assert (gtk_widget_compute_point (GTK_WIDGET (bench->canvases[side]), bench->window, &GRAPHENE_POINT_INIT ((float) x, (float) y),
                                       &at));
  press = g_strdup_printf ("mousemove %d %d mousedown 1 mousemove_relative -- %d %d mousemove_relative -- %d %d mouseup 1",
                           (int) lround ((double) at.x),
                           (int) lround ((double) at.y), dx / 2, dy / 2, dx - dx / 2, dy - dy / 2);
  vv_page_press (press);
}

static JsonObject *
placed_point (Bench *bench, const char *side, const char *name)
{
  g_autoptr (JsonObject) points = vv_face_pair_get_points (bench->pair);
  JsonArray             *placed = vv_json_array (vv_json_object (points, side), "placed");

  for (guint i = 0; i < vv_json_length (placed); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (placed, i), "point"), name) == 0)
      return vv_json_copy (vv_json_element (placed, i));
  return NULL;
}

static void
say_why (Bench *bench, const char *why)
{
  gtk_editable_set_text (GTK_EDITABLE (vv_page_find (bench->page, GTK_TYPE_ENTRY, NULL, 0)), why);
}

START_TEST (points__are_dragged_and_the_faces_stay_in_place)
{
  Bench                  bench = open_bench (vv_page_make_pool (), "B");
  VvPoint                eye = eye_of (&bench, 0, 0);
  g_autoptr (JsonObject) placed = NULL;
  double                 x, y, scale;
  cairo_matrix_t         matrix;

  check_registration (&bench);
  vv_page_press ("key l key t");
  locate (&bench, 0, eye, &x, &y);
  vv_canvas_get_matrix (bench.canvases[0], &matrix);
  scale = hypot (matrix.xx, matrix.yx);
  drag (&bench, 0, x, y, 30, -14);
  placed = placed_point (&bench, "probe", "left-eye");
  ck_assert_ptr_nonnull (placed);
  ck_assert_str_eq (vv_json_string (placed, "state"), "seen");
  ck_assert_double_eq_tol (vv_json_double (placed, "x"), (double) eye.x + 30 / scale, 1.01 / scale);
  ck_assert_double_eq_tol (vv_json_double (placed, "y"), (double) eye.y - 14 / scale, 1.01 / scale);
  check_registration (&bench);
  vv_page_keep_shot ("points");
  vv_page_press ("key Escape");
  ck_assert (!vv_canvas_moves_handles (bench.canvases[0]));
  vv_page_press ("key g key shift+g");
  vv_page_keep_shot ("grid-of-proportions");
  vv_page_close_window (bench.window);
}
END_TEST

START_TEST (points__are_moved_by_keys_and_undone)
{
  Bench                  bench = open_bench (vv_page_make_pool (), "B");
  g_autoptr (JsonObject) placed = NULL, moved = NULL;

  vv_page_press ("key t");
  vv_canvas_choose_handle (bench.canvases[0], VV_POINT_RIGHT_EYE);
  vv_page_wait_text (bench.page, "Probe: Centre of the right eye, automatic");
  vv_page_press ("key shift+Right key Down");
  vv_page_wait_text (bench.page, "Centre of the right eye, seen");
  check_registration (&bench);
  vv_page_press ("key e");
  placed = placed_point (&bench, "probe", "right-eye");
  ck_assert_str_eq (vv_json_string (placed, "state"), "estimated");
  vv_page_press ("key n");
  vv_page_wait_text (bench.page, "Centre of the right eye, not visible");
  vv_page_press ("key ctrl+z");
  vv_page_wait_text (bench.page, "Centre of the right eye, estimated");
  vv_page_press ("key Delete");
  ck_assert_ptr_null (placed_point (&bench, "probe", "right-eye"));
  vv_page_press ("key ctrl+z");
  moved = placed_point (&bench, "probe", "right-eye");
  ck_assert_double_eq (vv_json_double (moved, "x"), vv_json_double (placed, "x"));
  vv_page_press ("key ctrl+z key ctrl+z");
  ck_assert_ptr_null (placed_point (&bench, "probe", "right-eye"));
  vv_page_press ("key ctrl+shift+z");
  ck_assert_ptr_nonnull (placed_point (&bench, "probe", "right-eye"));
  vv_page_close_window (bench.window);
}
END_TEST

static gboolean
has_points (gpointer pair)
{
  g_autoptr (JsonObject) points = vv_face_pair_get_points (pair);

  return points != NULL;
}

/* What was placed is there again, needs a reason, and is locked with the automatic face beside it. */
START_TEST (points__are_kept_and_locked_with_the_automatic_face)
{
  gint64                 request = vv_page_make_pool ();
  Bench                  bench = open_bench (request, "B");
  g_autoptr (JsonObject) comparison = vv_page_whole_comparison ("B", "similar");
  g_autoptr (JsonObject) points = NULL, shown = NULL;
  JsonObject            *kept = NULL;

  vv_page_press ("key t");
  vv_canvas_choose_handle (bench.canvases[1], VV_POINT_LEFT_EYE);
  gtk_widget_grab_focus (GTK_WIDGET (bench.canvases[1]));
  vv_page_press ("key Right key Right");
  say_why (&bench, "The pupil is further to the right");
  vv_page_run_for (1500);
  vv_page_close_window (bench.window);
  bench = open_bench (request, "B");
  ck_assert (vv_page_until (has_points, bench.pair));
  points = vv_face_pair_get_points (bench.pair);
  ck_assert_str_eq (vv_json_string (vv_json_object (points, "candidate"), "why"), "The pupil is further to the right");
  check_registration (&bench);
  vv_page_close_window (bench.window);
  json_object_set_object_member (comparison, "points", json_object_ref (points));
  vv_page_do_act (vv_desk_compare, request, json_object_ref (comparison));
  shown = vv_page_show (request);
  for (guint i = 0; i < vv_json_length (vv_json_array (shown, "records")); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (vv_json_array (shown, "records"), i), "kind"), "comparison") == 0)
      kept = vv_json_object (vv_json_object (vv_json_object (vv_json_element (vv_json_array (shown, "records"), i), "body"), "points"),
                             "candidate");
  ck_assert_ptr_nonnull (kept);
  ck_assert_uint_eq (vv_json_length (vv_json_array (kept, "placed")), 1);
  ck_assert_uint_eq (vv_json_length (vv_json_array (vv_json_object (kept, "automatic"), "landmarks")), VV_LANDMARK_COUNT);
}
END_TEST

/* With the keyboard alone: a box, then the eyes. Reset takes it back. */
START_TEST (points__a_face_is_marked_where_none_was_meant)
{
  Bench                  bench = open_bench (vv_page_make_pool (), "B");
  g_autoptr (JsonObject) points = NULL;

  vv_page_press ("key t");
  g_signal_emit_by_name (vv_page_find (bench.page, GTK_TYPE_BUTTON, "Mark a face", 0), "clicked");
  vv_page_press ("key Right key Down key Return");
  points = vv_face_pair_get_points (bench.pair);
  ck_assert_ptr_nonnull (vv_json_object (vv_json_object (points, "probe"), "box"));
  check_registration (&bench);
  vv_page_wait_text (bench.page, "Centre of the left eye, estimated");
  vv_page_press ("key shift+Left");
  check_registration (&bench);
  g_signal_emit_by_name (vv_page_find (bench.page, GTK_TYPE_BUTTON, "Reset", 0), "clicked");
  ck_assert_ptr_null (vv_face_pair_get_points (bench.pair));
  check_registration (&bench);
  vv_page_close_window (bench.window);
}
END_TEST

/* What the file says of itself and what can be measured, beside each picture. */
START_TEST (facts__stand_beside_each_picture)
{
  Bench            bench = open_bench (vv_page_make_pool (), "B");
  g_autofree char *texts = NULL;

  vv_page_press ("key q key shift+q");
  vv_page_wait_text (bench.page, "channels of 8 bits");
  vv_page_wait_text (bench.page, "Good");
  texts = vv_page_all_texts (bench.page, TRUE);
  ck_assert_ptr_nonnull (strstr (texts, "JPEG"));
  ck_assert_int_gt (gtk_widget_get_width (GTK_WIDGET (bench.canvases[0])), 250);
  vv_page_keep_shot ("facts");
  vv_page_press ("key q key shift+q");
  vv_page_close_window (bench.window);
}
END_TEST

/* The colour under the pointer goes into the step. */
START_TEST (white_balance__takes_the_colour_from_the_picture)
{
  Bench                  bench = open_bench (vv_page_make_pool (), "B");
  GtkWidget             *panel;
  g_autoptr (JsonObject) views = NULL;
  VvPoint                at = { 20.5f, 30.5f };
  double                 x, y;
  int                    means[3] = { 0 }, shift;
  const VvPicture       *picture = vv_pyramid_get_level (vv_canvas_get_pyramid (bench.canvases[0]), 0, &shift);
  JsonObject            *step;

  for (int i = 0; i < 25; i++)
    for (int c = 0; c < 3; c++)
      means[c] += vv_picture_row (picture, 28 + i / 5)[4 * (18 + i % 5) + c];
  vv_page_press ("key a");
  panel = vv_page_find (bench.page, VV_TYPE_ADJUST_PANEL, NULL, 0);
  gtk_widget_activate_action (panel, "adjust.add", "s", "grey");
  gtk_widget_activate_action (panel, "adjust.add", "s", "white-balance");
  gtk_widget_activate_action (vv_page_find (panel, GTK_TYPE_SPIN_BUTTON, NULL, 0), "step.up", NULL);
  g_signal_emit_by_name (vv_page_find (panel, GTK_TYPE_BUTTON, "Take it from the picture", 0), "clicked");
  vv_page_wait_text (bench.page, "grey or white in truth");
  vv_canvas_show_whole_picture (bench.canvases[0]);
  vv_page_run_for (300);
  locate (&bench, 0, at, &x, &y);
  drag (&bench, 0, x, y, 0, 0);
  views = vv_face_pair_get_adjustments (bench.pair);
  step = vv_json_element (vv_json_array (views, "probe"), 0);
  ck_assert_str_eq (vv_json_string (step, "step"), "white-balance");
  ck_assert_double_eq (vv_json_double (step, "blue"), (means[0] + 12) / 25);
  ck_assert_double_eq (vv_json_double (step, "green"), (means[1] + 12) / 25);
  ck_assert_double_eq (vv_json_double (step, "red"), (means[2] + 12) / 25);
  vv_page_close_window (bench.window);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("points");
  TCase *points = tcase_create ("points");

  tcase_add_checked_fixture (points, vv_page_set_up, vv_page_tear_down);
  tcase_set_timeout (points, 300);
  if (g_find_program_in_path ("xdotool") != NULL)
    {
      tcase_add_test (points, points__are_dragged_and_the_faces_stay_in_place);
      tcase_add_test (points, points__are_moved_by_keys_and_undone);
      tcase_add_test (points, points__are_kept_and_locked_with_the_automatic_face);
      tcase_add_test (points, white_balance__takes_the_colour_from_the_picture);
      tcase_add_test (points, facts__stand_beside_each_picture);
      tcase_add_test (points, points__a_face_is_marked_where_none_was_meant);
    }
  suite_add_tcase (suite, points);
  return suite;
}

VV_PAGE_MAIN (make_suite)
