// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "test-bench.h"
#include "test-pictures.h"
#include "vv-canvas-marks-private.h"
#include "vv-test.h"

/* Marks on a canvas: where they are drawn is where they lie in the picture, at any zoom and angle. */

#define WIDTH  TEST_BENCH_WIDTH
#define HEIGHT TEST_BENCH_HEIGHT

static const struct
{
  double zoom, turn;
} places[] = { { 1, 0 }, { 0.4, 0 }, { 1.7, 11 }, { 3.1, -30 }, { 1, 90 }, { 0.63, 200 } };

typedef struct
{
  guint       drawn, changed, chosen, deleted;
  VvMark      mark;
  const void *canvas;
} Heard;

static void
on_drawn_cb (VvCanvas *canvas, const VvMark *mark, Heard *heard)
{
  heard->drawn++;
  heard->mark = *mark;
  heard->canvas = canvas;
}

static void
on_changed_cb (VvCanvas *canvas, guint number, const VvMark *mark, Heard *heard)
{
  heard->changed = number;
  heard->mark = *mark;
}

static void
on_number_cb (VvCanvas *canvas, guint number, guint *heard)
{
  *heard = number;
}

static void
listen (VvCanvas *canvas, Heard *heard)
{
  g_signal_connect (canvas, "mark-drawn", G_CALLBACK (on_drawn_cb), heard);
  g_signal_connect (canvas, "mark-changed", G_CALLBACK (on_changed_cb), heard);
  g_signal_connect (canvas, "mark-chosen", G_CALLBACK (on_number_cb), &heard->chosen);
  g_signal_connect (canvas, "mark-deleted", G_CALLBACK (on_number_cb), &heard->deleted);
}

static TestBench
open_faces (void)
{
  TestBench bench = test_bench_open ();
  VvFace    right;

  (void) test_bench_link_faces (&bench, &right);
  vv_canvas_set_overlays (bench.left, VV_OVERLAY_NONE);
  vv_canvas_set_overlays (bench.right, VV_OVERLAY_NONE);
  return bench;
}

static void
click (VvCanvas *canvas, double x, double y)
{
  ck_assert (_vv_canvas_mark_press (canvas, x, y));
  _vv_canvas_mark_release (canvas, x, y, FALSE);
}

static void
drag (VvCanvas *canvas, double from_x, double from_y, double x, double y)
{
  ck_assert (_vv_canvas_mark_press (canvas, from_x, from_y));
  for (int step = 1; step <= 10; step++)
    _vv_canvas_mark_drag (canvas, from_x, from_y, from_x + (x - from_x) * step / 10, from_y + (y - from_y) * step / 10);
  _vv_canvas_mark_release (canvas, x, y, TRUE);
}

static void
assert_at (VvCanvas *canvas, VvPoint point, double x, double y)
{
  test_bench_to_picture (canvas, &x, &y);
  ck_assert_double_eq_tol (point.x, x, 0.01);
  ck_assert_double_eq_tol (point.y, y, 0.01);
}

START_TEST (marks__lie_where_they_were_drawn)
{
  TestBench   bench = open_faces ();
  Heard       heard = { 0 };
  VvShownMark shown = { .number = 7 };
  VvMark      seen;
  VvCanvas   *owner;

  listen (bench.left, &heard);
  vv_canvas_zoom_at (bench.left, 200, 180, places[_i].zoom, FALSE);
  vv_canvas_turn_at (bench.left, 200, 180, places[_i].turn, FALSE);
  vv_canvas_draw_mark (bench.left, VV_MARK_ARROW);
  click (bench.left, 190, 200);
  ck_assert_uint_eq (heard.drawn, 0);
  click (bench.left, 230, 215);
  ck_assert_uint_eq (heard.drawn, 1);
  ck_assert_int_eq (heard.mark.kind, VV_MARK_ARROW);
  assert_at (bench.left, heard.mark.points[0], 190, 200);
  assert_at (bench.left, heard.mark.points[1], 230, 215);

  /* Shown, it is found there and nowhere else, also when it is looked at otherwise. */
  shown.mark = heard.mark;
  vv_canvas_set_mode (bench.left, VV_CANVAS_BROWSE);
  vv_canvas_set_marks (bench.left, &shown, 1, 0);
  ck_assert_uint_eq (vv_canvas_mark_at (bench.left, 210, 207.5, &owner), 7);
  ck_assert_ptr_eq (owner, bench.left);
  ck_assert_uint_eq (vv_canvas_mark_at (bench.left, 210, 240, &owner), 0);
  vv_canvas_turn_at (bench.left, 100, 50, 33, FALSE);
  vv_canvas_zoom_at (bench.left, 10, 380, 1.3, FALSE);
  seen = _vv_canvas_mark_to_widget (bench.left, &shown.mark);
  ck_assert_uint_eq (vv_canvas_mark_at (bench.left, seen.points[1].x, seen.points[1].y, &owner), 7);
  vv_canvas_show_marks (bench.left, FALSE);
  ck_assert_uint_eq (vv_canvas_mark_at (bench.left, seen.points[1].x, seen.points[1].y, &owner), 0);
  test_bench_close (&bench);
}
END_TEST

/* By hand a curve keeps its shape in few points; a line that encloses nothing is no outline; nothing lies beside the picture. */
START_TEST (marks__every_kind_by_mouse)
{
  TestBench bench = open_faces ();
  Heard     heard = { 0 };

  listen (bench.left, &heard);
  vv_canvas_draw_mark (bench.left, VV_MARK_POINT);
  drag (bench.left, 100, 100, 120, 130);
  ck_assert_uint_eq (heard.drawn, 1);
  assert_at (bench.left, heard.mark.points[0], 120, 130);
  vv_canvas_draw_mark (bench.left, VV_MARK_LINE);
  drag (bench.left, 100, 100, 150, 130);
  ck_assert_uint_eq (heard.drawn, 2);
  assert_at (bench.left, heard.mark.points[0], 100, 100);
  vv_canvas_draw_mark (bench.left, VV_MARK_CURVE);
  ck_assert (_vv_canvas_mark_press (bench.left, 100, 200));
  for (int step = 0; step <= 90; step++)
    _vv_canvas_mark_drag (bench.left, 100, 200, 150 - 50 * cos (step * G_PI / 90), 200 - 50 * sin (step * G_PI / 90));
  _vv_canvas_mark_release (bench.left, 200, 200, TRUE);
  ck_assert_uint_eq (heard.drawn, 3);
  ck_assert_uint_ge (heard.mark.n_points, 4);
  ck_assert_uint_le (heard.mark.n_points, 24);
  {
    double x = 150, y = 150; /* the top of the bow, between its points */

    test_bench_to_picture (bench.left, &x, &y);
    ck_assert_double_lt (vv_mark_distance (&heard.mark, (VvPoint){ (float) x, (float) y }), 2 / test_bench_scale_of (bench.left));
  }
  vv_canvas_draw_mark (bench.left, VV_MARK_OUTLINE);
  drag (bench.left, 100, 100, 200, 100);
  ck_assert_uint_eq (heard.drawn, 3);
  ck_assert (_vv_canvas_mark_give_up (bench.left));
  click (bench.left, 100, 100);
  click (bench.left, 160, 100);
  click (bench.left, 160, 160);
  _vv_canvas_mark_double_press (bench.left);
  _vv_canvas_mark_release (bench.left, 160, 160, FALSE); /* of the double click */
  ck_assert_uint_eq (heard.drawn, 4);
  ck_assert_uint_eq (heard.mark.n_points, 3);
  vv_canvas_zoom_at (bench.left, 200, 200, 0.1, FALSE);
  vv_canvas_draw_mark (bench.left, VV_MARK_POINT);
  click (bench.left, 1, 1);
  ck_assert_double_eq (heard.mark.points[0].x, 0);
  ck_assert_double_eq (heard.mark.points[0].y, 0);
  test_bench_close (&bench);
}
END_TEST

START_TEST (marks__by_keyboard_alone)
{
  TestBench   bench = open_faces ();
  Heard       heard = { 0 };
  VvShownMark shown = { .number = 1 };
  VvMark      before;

  listen (bench.left, &heard);
  gtk_widget_grab_focus (GTK_WIDGET (bench.left));
  vv_canvas_draw_mark (bench.left, VV_MARK_CURVE);
  test_bench_xdotool (&bench, "key Return space Right Right Return"); /* the cross in the middle, two points */
  test_bench_xdotool (&bench, "key shift+Down shift+Down shift+Down Return BackSpace Return Return");
  ck_assert_uint_eq (heard.drawn, 1);
  ck_assert_uint_eq (heard.mark.n_points, 3);
  assert_at (bench.left, heard.mark.points[0], WIDTH / 2.0, HEIGHT / 2.0);
  assert_at (bench.left, heard.mark.points[2], WIDTH / 2.0 + 12, HEIGHT / 2.0 + 3);
  test_bench_xdotool (&bench, "key Return Escape");
  ck_assert_int_eq (vv_canvas_get_mode (bench.left), VV_CANVAS_DRAW_MARK); /* what was begun is given up first */
  test_bench_xdotool (&bench, "key Escape");
  ck_assert_int_eq (vv_canvas_get_mode (bench.left), VV_CANVAS_BROWSE);

  /* Moved, one of its points moved, deleted. */
  shown.mark = before = heard.mark;
  vv_canvas_set_marks (bench.left, &shown, 1, 1);
  test_bench_xdotool (&bench, "key Return");
  ck_assert_int_eq (vv_canvas_get_mode (bench.left), VV_CANVAS_BROWSE); /* not to be changed */
  vv_canvas_set_marks_editable (bench.left, TRUE);
  test_bench_xdotool (&bench, "key Return Right");
  ck_assert_uint_eq (heard.changed, 1);
  ck_assert (vv_canvas_was_nudged (bench.left));
  for (guint i = 0; i < 3; i++)
    ck_assert_float_eq_tol (heard.mark.points[i].x - before.points[i].x,
                            (float) (6 / test_bench_scale_of (bench.left) * cos (atan2 (19.25, 209.5))), 0.2f);
  test_bench_xdotool (&bench, "key Page_Down shift+Up Return");
  ck_assert_float_eq_tol (heard.mark.points[1].x, before.points[1].x, 0.001f);
  ck_assert (heard.mark.points[0].y != before.points[0].y);
  ck_assert_int_eq (vv_canvas_get_mode (bench.left), VV_CANVAS_BROWSE);
  test_bench_xdotool (&bench, "key Delete");
  ck_assert_uint_eq (heard.deleted, 1);
  test_bench_close (&bench);
}
END_TEST

/* A press on the chosen mark takes hold of it, of its point where that is nearer; beside it the picture moves as ever. */
START_TEST (marks__are_moved_by_mouse)
{
  TestBench   bench = open_faces ();
  Heard       heard = { 0 };
  VvShownMark shown = { .number = 1 };

  listen (bench.left, &heard);
  vv_canvas_draw_mark (bench.left, VV_MARK_LINE);
  drag (bench.left, 100, 200, 200, 200);
  vv_canvas_set_mode (bench.left, VV_CANVAS_BROWSE);
  shown.mark = heard.mark;
  vv_canvas_set_marks_editable (bench.left, TRUE);
  vv_canvas_set_marks (bench.left, &shown, 1, 0);
  ck_assert (!_vv_canvas_mark_press (bench.left, 150, 200)); /* not chosen yet */
  test_bench_xdotool (&bench, "mousemove 150 200 click 1");
  vv_canvas_set_marks (bench.left, &shown, 1, 1);
  drag (bench.left, 150, 200, 150, 230);
  assert_at (bench.left, heard.mark.points[0], 100, 230);
  assert_at (bench.left, heard.mark.points[1], 200, 230);
  shown.mark = heard.mark;
  vv_canvas_set_marks (bench.left, &shown, 1, 1);
  drag (bench.left, 201, 230, 221, 250);
  assert_at (bench.left, heard.mark.points[0], 100, 230);
  assert_at (bench.left, heard.mark.points[1], 220, 250);
  ck_assert (!_vv_canvas_mark_press (bench.left, 150, 150));
  vv_canvas_set_marks_editable (bench.left, FALSE);
  ck_assert (!_vv_canvas_mark_press (bench.left, 150, 240));
  test_bench_close (&bench);
}
END_TEST

/* With two pictures in one place, a mark goes to the picture that is meant. */
START_TEST (marks__of_two_pictures_in_one_place)
{
  TestBench   bench = open_faces ();
  Heard       heard = { 0 };
  VvShownMark shown = { .number = 3 };
  VvCanvas   *owner;

  listen (bench.left, &heard);
  listen (bench.right, &heard);
  vv_canvas_set_over (bench.left, bench.right);
  vv_canvas_set_pairing (bench.left, VV_PAIRING_WIPE);
  vv_canvas_set_line (bench.left, 0, 0);
  vv_canvas_draw_mark (bench.left, VV_MARK_POINT);
  click (bench.left, 150, 200);
  ck_assert_ptr_eq (heard.canvas, bench.left);
  click (bench.left, 260, 200);
  ck_assert_ptr_eq (heard.canvas, bench.right);
  shown.mark = heard.mark;
  vv_canvas_set_marks (bench.right, &shown, 1, 0);
  ck_assert_uint_eq (vv_canvas_mark_at (bench.left, 260, 200, &owner), 3);
  ck_assert_ptr_eq (owner, bench.right);
  vv_canvas_set_line (bench.left, 120, 0); /* now below the other picture */
  ck_assert_uint_eq (vv_canvas_mark_at (bench.left, 260, 200, &owner), 0);
  vv_canvas_set_pairing (bench.left, VV_PAIRING_MIX);
  click (bench.left, 150, 200);
  ck_assert_ptr_eq (heard.canvas, bench.left);
  vv_canvas_set_marks_over (bench.left, TRUE);
  click (bench.left, 150, 200);
  ck_assert_ptr_eq (heard.canvas, bench.right);
  ck_assert_uint_eq (vv_canvas_mark_at (bench.left, 260, 200, &owner), 3);
  vv_canvas_set_pairing (bench.left, VV_PAIRING_BLINK);
  click (bench.left, 150, 200);
  ck_assert_ptr_eq (heard.canvas, bench.left);
  ck_assert_uint_eq (vv_canvas_mark_at (bench.left, 260, 200, &owner), 0);
  test_bench_close (&bench);
}
END_TEST

/* How many pixels of the widget are the colour of a chosen mark. */
static int
count_marked (const guint8 *pixels)
{
  int n = 0;

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    n += pixels[4 * i + 2] - pixels[4 * i] > 100 && pixels[4 * i + 1] - pixels[4 * i] > 60; /* yellow */
  return n;
}

static VvPicture *
make_plain (int width, int height, guint8 shade)
{
  gsize              size = (gsize) width * (gsize) height * 4;
  guint8            *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;

  memset (pixels, shade, size);
  bytes = g_bytes_new_take (pixels, size);
  return vv_picture_new (width, height, (gsize) width * 4, bytes);
}

/* Thin lines: as many pixels at any zoom, with a dark border on light, none when hidden. */
START_TEST (marks__are_thin_lines_on_light_and_dark)
{
  TestBench             bench = test_bench_open ();
  g_autoptr (VvPicture) picture = make_plain (400, 400, _i == 0 ? 235 : 20);
  VvShownMark           shown = { .number = 1, .mark = { VV_MARK_LINE, 2, { { 0, 200 }, { 400, 200 } } } };
  g_autofree guint8    *plain = NULL, *marked = NULL, *large = NULL, *hidden = NULL;
  int                   at, dark = 0;

  vv_canvas_set_picture (bench.left, picture, NULL, 0, -1);
  vv_canvas_show_actual_size (bench.left, FALSE);
  plain = test_bench_render (bench.left);
  vv_canvas_set_marks (bench.left, &shown, 1, 1);
  marked = test_bench_render (bench.left);
  ck_assert_int_gt (count_marked (marked), 250);
  ck_assert_int_lt (count_marked (marked), 1200);
  vv_canvas_zoom_at (bench.left, 200, 200, 8, FALSE);
  large = test_bench_render (bench.left);
  ck_assert_int_gt (count_marked (large), 250);
  ck_assert_int_lt (count_marked (large), 1200);
  for (int y = HEIGHT / 2 - 6; y < HEIGHT / 2 + 6; y++) /* across the line, away from number and ends */
    {
      at = (y * WIDTH + 300) * 4;
      dark += marked[at] < 120 && marked[at + 1] < 120 && marked[at + 2] < 120;
    }
  ck_assert_int_ge (dark, 1);
  vv_canvas_zoom_at (bench.left, 200, 200, 1.0 / 8, FALSE);
  vv_canvas_show_marks (bench.left, FALSE);
  hidden = test_bench_render (bench.left);
  ck_assert_mem_eq (plain, hidden, WIDTH * HEIGHT * 4);
  test_bench_close (&bench);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("canvas-marks");
  TCase *marks = tcase_create ("marks");

  tcase_set_timeout (marks, 0);
  tcase_add_loop_test (marks, marks__lie_where_they_were_drawn, 0, (int) G_N_ELEMENTS (places));
  tcase_add_test (marks, marks__every_kind_by_mouse);
  tcase_add_test (marks, marks__of_two_pictures_in_one_place);
  tcase_add_loop_test (marks, marks__are_thin_lines_on_light_and_dark, 0, 2);
  if (g_find_program_in_path ("xdotool") != NULL)
    {
      tcase_add_test (marks, marks__by_keyboard_alone);
      tcase_add_test (marks, marks__are_moved_by_mouse);
    }
  suite_add_tcase (suite, marks);
  return suite;
}

int
main (void)
{
  gtk_init ();
  return vv_test_run (make_suite ());
}
