// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-canvas-marks.h"
#include "vv-compare-page.h"
#include "vv-comparison-form.h"
#include "vv-face-pair.h"
#include "vv-face-window.h"
#include "vv-finding-list.h"
#include "vv-finding-row.h"
#include "vv-json-mark.h"
#include "vv-json.h"
#include "vv-page.h"
#include "vv-test.h"

/* Findings on the bench: pairs of marks drawn by mouse and by keyboard alone, undone, locked, and shown again as they were left. */

typedef struct
{
  GtkWidget     *page, *window;
  VvFacePair    *pair;
  VvCanvas      *probe, *candidate;
  VvFindingList *list;
} Bench;

static gboolean
has_both_pictures (gpointer data)
{
  Bench *bench = data;

  return vv_canvas_get_pyramid (bench->probe) != NULL && vv_canvas_get_pyramid (bench->candidate) != NULL;
}

static Bench
open_bench (gint64 request, const char *candidate)
{
  Bench            bench = { .page = vv_compare_page_new (vv_page_desk ()) };
  g_autofree char *title = g_strdup_printf ("Candidate %s", candidate);

  bench.window = vv_page_open_window (bench.page);
  vv_compare_page_open (VV_COMPARE_PAGE (bench.page), request, candidate);
  bench.pair = vv_page_find (bench.page, VV_TYPE_FACE_PAIR, NULL, 0);
  bench.probe = vv_page_find (GTK_WIDGET (bench.pair), VV_TYPE_CANVAS, NULL, 0);
  bench.candidate = vv_page_find (GTK_WIDGET (bench.pair), VV_TYPE_CANVAS, NULL, 1);
  bench.list = vv_page_find (bench.page, VV_TYPE_FINDING_LIST, NULL, 0);
  vv_page_wait_text (bench.page, title);
  ck_assert (vv_page_until (has_both_pictures, &bench));
  vv_face_pair_set_look (bench.pair, VV_LOOK_SIDE);
  vv_page_run_for (600);
  vv_face_pair_focus (bench.pair);
  return bench;
}

/* A place of a canvas, in parts of its width and height, as the X server counts it. */
static void
find_place (Bench *bench, VvCanvas *canvas, double across, double down, int *out_x, int *out_y)
{
  graphene_point_t at, place = GRAPHENE_POINT_INIT ((float) (across * gtk_widget_get_width (GTK_WIDGET (canvas))),
                                                    (float) (down * gtk_widget_get_height (GTK_WIDGET (canvas))));
  double           surface_x, surface_y;

  ck_assert (gtk_widget_compute_point (GTK_WIDGET (canvas), bench->window, &place, &at));
  gtk_native_get_surface_transform (GTK_NATIVE (bench->window), &surface_x, &surface_y);
  *out_x = (int) (at.x + surface_x);
  *out_y = (int) (at.y + surface_y);
}

/* xdotool at two places of a canvas: "%d %d" each. */
static void
hand (Bench *bench, VvCanvas *canvas, const char *what, double from_across, double from_down, double across, double down)
{
  int              x, y, to_x, to_y;
  g_autofree char *line = NULL;

  find_place (bench, canvas, from_across, from_down, &x, &y);
  find_place (bench, canvas, across, down, &to_x, &to_y);
  if (g_str_equal (what, "click"))
    line = g_strdup_printf ("mousemove %d %d click 1", x, y);
  else
    line = g_strdup_printf ("mousemove %d %d mousedown 1 mousemove %d %d mousemove %d %d mousemove %d %d mouseup 1", x, y,
                            x + (to_x - x) / 3, y + (to_y - y) / 3, x + (to_x - x) * 2 / 3, y + (to_y - y) * 2 / 3, to_x, to_y);
  vv_page_press (line);
}

static JsonObject *
finding_at (JsonArray *findings, guint index)
{
  ck_assert_uint_gt (vv_json_length (findings), index);
  return vv_json_element (findings, index);
}

/* Where a point of a mark is on the screen, in parts of the canvas. */
static void
see_point (VvCanvas *canvas, JsonObject *mark, guint point, double *out_across, double *out_down)
{
  cairo_matrix_t matrix;
  VvMark         read;
  double         x, y;

  ck_assert (vv_mark_read (mark, &read));
  ck_assert_uint_gt (read.n_points, point);
  x = read.points[point].x;
  y = read.points[point].y;
  vv_canvas_get_matrix (canvas, &matrix);
  cairo_matrix_transform_point (&matrix, &x, &y);
  *out_across = x / gtk_widget_get_width (GTK_WIDGET (canvas));
  *out_down = y / gtk_widget_get_height (GTK_WIDGET (canvas));
}

static void
assert_seen_at (VvCanvas *canvas, JsonObject *mark, guint point, double across, double down)
{
  double seen_across, seen_down;

  see_point (canvas, mark, point, &seen_across, &seen_down);
  ck_assert_double_eq_tol (seen_across, across, 0.006);
  ck_assert_double_eq_tol (seen_down, down, 0.006);
}

static char *
text_of (Bench *bench)
{
  g_autoptr (JsonArray)  findings = vv_finding_list_get (bench->list);
  g_autoptr (JsonObject) holder = vv_json_new ("findings", "a", findings != NULL ? json_array_ref (findings) : NULL, NULL);

  return vv_json_canonical (holder);
}

static void
choose (Bench *bench, const char *list, guint row)
{
  GtkWidget *details = vv_page_find (bench->page, VV_TYPE_FINDING_ROW, NULL, 0);
  guint      which = g_str_equal (list, "component") ? 0 : 1;

  gtk_drop_down_set_selected (vv_page_find (details, GTK_TYPE_DROP_DOWN, NULL, which), row);
}

static gboolean
is_alone (gpointer pair)
{
  return vv_face_window_of (pair) != NULL;
}

START_TEST (marks__a_pair_by_mouse)
{
  gint64                request = vv_page_make_pool ();
  Bench                 bench = open_bench (request, "B");
  g_autoptr (JsonArray) findings = NULL;
  g_autofree char      *before = NULL, *after = NULL, *undone = NULL, *again = NULL;
  double                across, down;

  vv_page_press ("key n");
  hand (&bench, bench.probe, "drag", 0.42, 0.45, 0.58, 0.5);
  findings = vv_finding_list_get (bench.list);
  assert_seen_at (bench.probe, vv_json_object (finding_at (findings, 0), "probe"), 0, 0.42, 0.45);
  assert_seen_at (bench.probe, vv_json_object (finding_at (findings, 0), "probe"), 1, 0.58, 0.5);
  ck_assert_ptr_null (vv_json_object (finding_at (findings, 0), "candidate"));
  vv_page_wait_text (bench.page, "Mark the same place on the candidate too");
  vv_page_keep_shot ("marks-half");
  hand (&bench, bench.candidate, "drag", 0.41, 0.46, 0.57, 0.51);
  choose (&bench, "component", 9);
  choose (&bench, "characteristic", 3);
  gtk_widget_grab_focus (vv_page_find (vv_page_find (bench.page, VV_TYPE_FINDING_ROW, NULL, 0), GTK_TYPE_ENTRY, NULL, 1));
  vv_page_press ("type --delay 20 'A bend to the left'");
  before = text_of (&bench);
  g_clear_pointer (&findings, json_array_unref);
  findings = vv_finding_list_get (bench.list);
  ck_assert_uint_eq (vv_json_length (findings), 1);
  assert_seen_at (bench.candidate, vv_json_object (finding_at (findings, 0), "candidate"), 1, 0.57, 0.51);
  ck_assert_str_eq (vv_json_string (finding_at (findings, 0), "component"), "nose");
  ck_assert_str_eq (vv_json_string (finding_at (findings, 0), "characteristic"), "nose.body");
  ck_assert_str_eq (vv_json_string (finding_at (findings, 0), "text"), "A bend to the left");
  vv_page_keep_shot ("marks-pair");

  /* Text, characteristic, component, mark, finding: each undone and done again by itself. */
  vv_page_press ("key ctrl+z ctrl+z ctrl+z ctrl+z");
  g_clear_pointer (&findings, json_array_unref);
  findings = vv_finding_list_get (bench.list);
  ck_assert_ptr_nonnull (vv_json_object (finding_at (findings, 0), "probe"));
  ck_assert_ptr_null (vv_json_object (finding_at (findings, 0), "candidate"));
  vv_page_press ("key ctrl+z");
  undone = text_of (&bench);
  ck_assert_str_eq (undone, "{}");
  vv_page_press ("key ctrl+shift+z ctrl+shift+z ctrl+shift+z ctrl+shift+z ctrl+shift+z");
  again = text_of (&bench);
  ck_assert_str_eq (again, before);

  /* Looked at elsewhere; then both go there. */
  vv_canvas_zoom_at (bench.probe, 0, 0, 12, FALSE);
  see_point (bench.candidate, vv_json_object (finding_at (findings, 0), "probe"), 0, &across, &down);
  vv_face_pair_focus (bench.pair);
  vv_page_press ("key f");
  g_clear_pointer (&findings, json_array_unref);
  findings = vv_finding_list_get (bench.list);
  for (int side = 0; side < 2; side++)
    {
      see_point (side == 0 ? bench.probe : bench.candidate, vv_json_object (finding_at (findings, 0), side == 0 ? "probe" : "candidate"), 0,
                 &across, &down);
      ck_assert_msg (across > 0 && across < 1 && down > 0 && down < 1, "side %d: %g %g", side, across, down);
    }
  vv_page_keep_shot ("marks-near");
  vv_page_press ("key h");
  vv_page_keep_shot ("marks-hidden");
  vv_page_press ("key h 0");
  for (int look = 2; look <= 7; look++)
    {
      g_autofree char *key = g_strdup_printf ("key %d", look), *name = g_strdup_printf ("marks-look-%d", look);

      if (g_getenv ("VV_TEST_SHOTS") == NULL)
        break;
      vv_page_press (key);
      vv_page_keep_shot (name);
    }
  /* Before peers: Space goes from finding to finding. */
  vv_face_pair_set_look (bench.pair, VV_LOOK_SIDE);
  vv_canvas_zoom_at (bench.probe, 0, 0, 12, FALSE);
  vv_finding_list_choose (bench.list, 0);
  vv_face_pair_focus (bench.pair);
  vv_page_press ("key F9");
  ck_assert (vv_page_until (is_alone, bench.pair));
  vv_page_wait_text (gtk_widget_get_parent (GTK_WIDGET (bench.pair)), "1  Back of the nose");
  vv_page_wait_text (gtk_widget_get_parent (GTK_WIDGET (bench.pair)), "A bend to the left");
  vv_page_keep_shot ("marks-presentation");
  ck_assert_uint_eq (vv_canvas_get_chosen_mark (bench.probe), 1);
  see_point (bench.probe, vv_json_object (finding_at (findings, 0), "probe"), 0, &across, &down);
  ck_assert (across > 0 && across < 1 && down > 0 && down < 1);
  vv_page_press ("key Escape");
  vv_page_close_window (bench.window);

  bench = open_bench (request, "B");
  after = text_of (&bench);
  ck_assert_str_eq (after, before);
  vv_page_close_window (bench.window);
}
END_TEST

/* Lists are opened, answers given, texts written, marks put and moved without touching the mouse; then it is locked. */
START_TEST (marks__by_keyboard_alone_until_it_is_locked)
{
  gint64                request = vv_page_make_pool ();
  Bench                 bench = open_bench (request, "B");
  GtkWidget            *lock = vv_page_find (bench.page, GTK_TYPE_BUTTON, "Lock comparison", 0);
  g_autoptr (JsonArray) findings = NULL;
  g_autofree char      *moved = NULL, *back = NULL, *locked = NULL, *after = NULL;
  VvMark                probe, candidate;

  vv_page_press ("key m Right Right Right Down");
  vv_page_keep_shot ("marks-cross");
  vv_page_press ("key Return"); /* the candidate's turn, from the same place */
  ck_assert (gtk_widget_has_focus (GTK_WIDGET (bench.candidate)));
  vv_page_press ("key shift+Left Return");
  findings = vv_finding_list_get (bench.list);
  assert_seen_at (bench.probe, vv_json_object (finding_at (findings, 0), "probe"), 0,
                  0.5 + 18.0 / gtk_widget_get_width (GTK_WIDGET (bench.probe)),
                  0.5 + 6.0 / gtk_widget_get_height (GTK_WIDGET (bench.probe)));
  assert_seen_at (bench.candidate, vv_json_object (finding_at (findings, 0), "candidate"), 0,
                  0.5 + 17.0 / gtk_widget_get_width (GTK_WIDGET (bench.candidate)),
                  0.5 + 6.0 / gtk_widget_get_height (GTK_WIDGET (bench.candidate)));
  vv_page_press ("key space Down Down Return"); /* the second component */
  vv_page_press ("key Tab Tab s Tab");
  vv_page_press ("type --delay 20 'Wide'");
  g_clear_pointer (&findings, json_array_unref);
  findings = vv_finding_list_get (bench.list);
  ck_assert_str_eq (vv_json_string (finding_at (findings, 0), "component"), "outline");
  ck_assert_str_eq (vv_json_string (finding_at (findings, 0), "answer"), "similar");
  ck_assert_str_eq (vv_json_string (finding_at (findings, 0), "text"), "Wide");

  /* Moved in small steps, which are undone as one. */
  back = text_of (&bench);
  vv_page_press ("key Escape Return Right Right Right Down Return");
  moved = text_of (&bench);
  ck_assert_str_ne (moved, back);
  vv_page_press ("key ctrl+z");
  g_free (moved);
  moved = text_of (&bench);
  ck_assert_str_eq (moved, back);

  /* A second one that only the probe shows. */
  vv_page_press ("key w Return Right Right Return Escape");
  vv_page_press ("key F6 n Down n Down n Down n Down n Down n Down n Down n Down n Down n Down n Down n Down n Down n");
  vv_page_type (bench.page, 0, "The outline");
  vv_page_type (bench.page, 1, "None that were found");
  gtk_drop_down_set_selected (vv_page_find (vv_page_find (bench.page, VV_TYPE_COMPARISON_FORM, NULL, 0), GTK_TYPE_DROP_DOWN, NULL, 4), 4);
  vv_page_keep_shot ("marks-lacking");
  vv_page_wait_text (bench.page, "Finding 2 has no mark on the candidate");
  ck_assert (!gtk_widget_get_sensitive (lock));
  gtk_check_button_set_active (vv_page_find (bench.page, GTK_TYPE_CHECK_BUTTON, "Not visible there", 1), TRUE);
  vv_page_wait_text (bench.page, "The candidate’s picture does not show it.");
  vv_page_wait_text (bench.page, "Finding 2 does not say which component");
  gtk_drop_down_set_selected (vv_page_find (vv_page_find (bench.page, VV_TYPE_FINDING_ROW, NULL, 1), GTK_TYPE_DROP_DOWN, NULL, 0), 16);
  gtk_editable_set_text (vv_page_find (vv_page_find (bench.page, VV_TYPE_FINDING_ROW, NULL, 1), GTK_TYPE_ENTRY, NULL, 1),
                         "A scar, on the probe alone");
  vv_page_keep_shot ("marks-two");
  locked = text_of (&bench);
  ck_assert (gtk_widget_get_sensitive (lock));
  vv_page_press ("key ctrl+Return");
  vv_page_wait_text (bench.page, "It is not changed any more");
  vv_page_keep_shot ("marks-locked");
  vv_page_close_window (bench.window);

  bench = open_bench (request, "B");
  vv_page_wait_text (bench.page, "It is not changed any more");
  vv_page_press ("key m Return f Delete");
  after = text_of (&bench);
  ck_assert_str_eq (after, locked);
  ck_assert_uint_eq (vv_canvas_get_chosen_mark (bench.probe), 1);
  g_clear_pointer (&findings, json_array_unref);
  findings = vv_finding_list_get (bench.list);
  ck_assert (vv_mark_read (vv_json_object (finding_at (findings, 0), "probe"), &probe));
  ck_assert (vv_mark_read (vv_json_object (finding_at (findings, 0), "candidate"), &candidate));
  vv_page_close_window (bench.window);
}
END_TEST

/* Whatever is done to the pictures, marks stay on what they mark; what is drawn on a turned and cut picture lies in the picture as
 * it came. */
START_TEST (marks__stay_through_adjustments)
{
  gint64                 request = vv_page_make_pool ();
  Bench                  bench = open_bench (request, "C");
  g_autoptr (JsonObject) steps = vv_json_parse ("{\"probe\":[{\"step\":\"crop\",\"x\":60,\"y\":90,\"width\":300,\"height\":380},{\"step\":\"rotate\",\"degrees\":20}],"
                                                "\"candidate\":[{\"step\":\"rotate\",\"degrees\":-90}]}",
                                                -1, "test", NULL);
  g_autoptr (JsonArray)  findings = NULL, again = NULL;
  VvMark                 before, after;
  g_autofree char       *text = NULL, *still = NULL;
  double                 across, down;

  vv_page_press ("key m");
  hand (&bench, bench.probe, "click", 0.46, 0.48, 0.46, 0.48);
  hand (&bench, bench.candidate, "click", 0.55, 0.52, 0.55, 0.52);
  findings = vv_finding_list_get (bench.list);
  text = text_of (&bench);
  see_point (bench.probe, vv_json_object (finding_at (findings, 0), "probe"), 0, &across, &down);
  vv_face_pair_set_adjustments (bench.pair, steps, TRUE);
  vv_page_run_for (1500);
  still = text_of (&bench);
  ck_assert_str_eq (text, still);
  vv_page_keep_shot ("marks-adjusted");
  {
    int       x, y;
    VvCanvas *owner;

    /* the face is laid where it was, so the mark is found there */
    find_place (&bench, bench.probe, 0.46, 0.48, &x, &y);
    ck_assert_uint_eq (vv_canvas_mark_at (bench.probe, 0.46 * gtk_widget_get_width (GTK_WIDGET (bench.probe)), 0.48 * gtk_widget_get_height (GTK_WIDGET (bench.probe)), &owner),
                       1);
    ck_assert_uint_eq (vv_canvas_mark_at (bench.candidate, 0.55 * gtk_widget_get_width (GTK_WIDGET (bench.candidate)), 0.52 * gtk_widget_get_height (GTK_WIDGET (bench.candidate)), &owner),
                       1);
  }
  vv_face_pair_focus (bench.pair);
  vv_page_press ("key m");
  hand (&bench, bench.probe, "click", 0.46, 0.48, 0.46, 0.48);
  vv_page_press ("key Escape");
  again = vv_finding_list_get (bench.list);
  ck_assert (vv_mark_read (vv_json_object (finding_at (again, 0), "probe"), &before));
  ck_assert (vv_mark_read (vv_json_object (finding_at (again, 1), "probe"), &after));
  ck_assert_float_eq_tol (before.points[0].x, after.points[0].x, 1.5f);
  ck_assert_float_eq_tol (before.points[0].y, after.points[0].y, 1.5f);
  vv_page_close_window (bench.window);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("marks");
  TCase *marks = tcase_create ("marks");

  tcase_add_checked_fixture (marks, vv_page_set_up, vv_page_tear_down);
  tcase_set_timeout (marks, 0);
  if (g_find_program_in_path ("xdotool") != NULL)
    {
      tcase_add_test (marks, marks__a_pair_by_mouse);
      tcase_add_test (marks, marks__stay_through_adjustments);
      tcase_add_test (marks, marks__by_keyboard_alone_until_it_is_locked);
    }
  suite_add_tcase (suite, marks);
  return suite;
}

VV_PAGE_MAIN (make_suite)
