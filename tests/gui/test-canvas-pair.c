// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "test-bench.h"
#include "test-pictures.h"
#include "vv-test.h"

#define WIDTH  TEST_BENCH_WIDTH
#define HEIGHT TEST_BENCH_HEIGHT
#define BYTES  ((gsize) WIDTH * HEIGHT * 4)

/* Two pictures of eyes, of different size and slant; the right one is laid over the left one. */
static TestBench
open_pair (VvPairing pairing)
{
  TestBench             bench = test_bench_open ();
  g_autoptr (VvView)    view = vv_view_new (VV_FRAME_FACE);
  VvFace                left = test_face (350.5f, 420.25f, 560, 401), right = test_face (120, 150.5f, 171.75f, 159);
  g_autoptr (VvPicture) below = test_picture_with_eyes (900, 1000, &left, 24);
  g_autoptr (VvPicture) above = test_picture_with_eyes (300, 400, &right, 6);

  vv_canvas_set_view (bench.left, view);
  vv_canvas_set_view (bench.right, view);
  vv_canvas_set_overlays (bench.left, VV_OVERLAY_NONE);
  vv_canvas_set_overlays (bench.right, VV_OVERLAY_NONE);
  vv_canvas_set_picture (bench.left, below, &left, 1, 0);
  vv_canvas_set_picture (bench.right, above, &right, 1, 0);
  vv_canvas_set_over (bench.left, bench.right);
  vv_canvas_set_pairing (bench.left, pairing);
  return bench;
}

/* A canvas that shows one of the pictures alone; changes wait for the rate they are allowed. */
static gboolean
shows_over (gpointer canvas)
{
  return vv_canvas_shows_over (canvas);
}

static gboolean
shows_under (gpointer canvas)
{
  return !vv_canvas_shows_over (canvas);
}

static guint8 *
render_over (TestBench *bench)
{
  guint8 *pixels;

  vv_canvas_show_over (bench->left, TRUE);
  test_bench_wait_until (shows_over, bench->left);
  pixels = test_bench_render (bench->left);
  vv_canvas_show_over (bench->left, FALSE);
  test_bench_wait_until (shows_under, bench->left);
  return pixels;
}

static guint8 *
render_under (TestBench *bench)
{
  VvPairing pairing = vv_canvas_get_pairing (bench->left);
  guint8   *pixels;

  vv_canvas_set_pairing (bench->left, VV_PAIRING_BLINK);
  pixels = test_bench_render (bench->left);
  vv_canvas_set_pairing (bench->left, pairing);
  return pixels;
}

/* The centre of the light within @reach of a point. */
static void
find_centre (const guint8 *pixels, double near_x, double near_y, double reach, double *out_x, double *out_y)
{
  double sum = 0, sum_x = 0, sum_y = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (hypot (x + 0.5 - near_x, y + 0.5 - near_y) < reach)
        {
          double light = pixels[((gsize) y * WIDTH + (gsize) x) * 4];

          sum += light;
          sum_x += light * (x + 0.5);
          sum_y += light * (y + 0.5);
        }
  *out_x = sum_x / sum;
  *out_y = sum_y / sum;
}

static void
check_eye (TestBench *bench, const guint8 *under, const guint8 *over, double x, double y)
{
  double         reach = 1, a_x, a_y, b_x, b_y;
  cairo_matrix_t matrix;

  vv_canvas_get_matrix (bench->left, &matrix);
  cairo_matrix_transform_point (&matrix, &x, &y);
  reach = 24 * hypot (matrix.xx, matrix.yx) * 1.4 + 3;
  if (x < reach || y < reach || x > WIDTH - reach || y > HEIGHT - reach)
    return;
  find_centre (under, x, y, reach, &a_x, &a_y);
  find_centre (over, x, y, reach, &b_x, &b_y);
  ck_assert_msg (hypot (a_x - b_x, a_y - b_y) < 0.5, "eyes %.2f px apart", hypot (a_x - b_x, a_y - b_y));
}

static const struct
{
  double zoom, turn;
} places[] = { { 1, 0 }, { 0.4, 0 }, { 1.7, 11 }, { 3.1, -30 }, { 1, 90 }, { 0.63, 200 } };

/* The drawn eyes of both pictures, in the same place at any zoom and angle. */
START_TEST (pair__eyes_coincide_within_half_a_pixel)
{
  TestBench          bench = open_pair (VV_PAIRING_BLINK);
  g_autofree guint8 *under = NULL, *over = NULL;

  vv_canvas_zoom_at (bench.left, 200, 180, places[_i].zoom, FALSE);
  vv_canvas_turn_at (bench.left, 200, 180, places[_i].turn, FALSE);
  under = render_under (&bench);
  over = render_over (&bench);
  check_eye (&bench, under, over, 350.5, 420.25);
  check_eye (&bench, under, over, 560, 401);
  test_bench_close (&bench);
}
END_TEST

/* Each view shows exactly the pixels of the two pictures where they are when seen alone. */
START_TEST (pair__wipe_and_mix_show_the_same_two_pictures)
{
  TestBench          bench = open_pair (VV_PAIRING_WIPE);
  g_autofree guint8 *wipe = NULL, *mix = NULL, *under = NULL, *over = NULL;
  int                wrong = 0;

  vv_canvas_zoom_at (bench.left, 150, 200, places[_i].zoom, FALSE);
  vv_canvas_turn_at (bench.left, 150, 200, places[_i].turn, FALSE);
  vv_canvas_set_line (bench.left, 0, 0);
  wipe = test_bench_render (bench.left);
  vv_canvas_set_pairing (bench.left, VV_PAIRING_MIX);
  vv_canvas_set_amount (bench.left, 0.5);
  mix = test_bench_render (bench.left);
  under = render_under (&bench);
  over = render_over (&bench);
  for (gsize i = 0; i < BYTES; i++)
    {
      int x = (int) (i / 4 % WIDTH);

      wrong += abs (mix[i] - (under[i] + over[i] + 1) / 2) > 1;
      if (abs (x - WIDTH / 2) > 12) /* the line and its knobs */
        wrong += wipe[i] != (x > WIDTH / 2 ? over[i] : under[i]);
    }
  ck_assert_int_eq (wrong, 0);
  test_bench_close (&bench);
}
END_TEST

START_TEST (pair__edges_surround_the_eyes_of_the_other)
{
  TestBench          bench = open_pair (VV_PAIRING_EDGES);
  g_autofree guint8 *edges = NULL, *under = NULL;
  cairo_matrix_t     matrix;
  double             x = 350.5, y = 420.25, radius;
  int                rim = 0, elsewhere = 0;

  vv_canvas_set_amount (bench.left, 0.5);
  edges = test_bench_render (bench.left);
  under = render_under (&bench);
  vv_canvas_get_matrix (bench.left, &matrix);
  radius = 24 * hypot (matrix.xx, matrix.yx); /* both discs are a ninth of the eye distance, to a pixel or two */
  cairo_matrix_transform_point (&matrix, &x, &y);
  for (int row = 0; row < HEIGHT; row++)
    for (int column = 0; column < WIDTH; column++)
      {
        gsize  at = ((gsize) row * WIDTH + (gsize) column) * 4;
        double off = hypot (column + 0.5 - x, row + 0.5 - y);

        if (memcmp (edges + at, under + at, 4) != 0 && off < 2 * radius)
          *(fabs (off - radius) < 4 ? &rim : &elsewhere) += 1;
      }
  ck_assert_int_gt (rim, (int) (2 * G_PI * radius));
  ck_assert_int_eq (elsewhere, 0);
  test_bench_close (&bench);
}
END_TEST

typedef struct
{
  gboolean shown;
  int      changes;
  gint64   last, shortest;
} Watch;

static void
on_pair_changed_cb (VvCanvas *canvas, Watch *watch)
{
  gint64 now = g_get_monotonic_time ();

  if (watch->shown == vv_canvas_shows_over (canvas))
    return;
  watch->shown = !watch->shown;
  if (watch->changes++ > 0)
    watch->shortest = MIN (watch->shortest, now - watch->last);
  watch->last = now;
}

static gboolean
has_changed_six_times (gpointer data)
{
  return ((Watch *) data)->changes >= 6;
}

START_TEST (blink__never_changes_faster_than_its_limit)
{
  TestBench bench = open_pair (VV_PAIRING_BLINK);
  Watch     watch = { .shortest = G_MAXINT64 };

  g_signal_connect (bench.left, "pair-changed", G_CALLBACK (on_pair_changed_cb), &watch);
  for (int i = 0; i < 40; i++)
    vv_canvas_show_over (bench.left, i % 2 == 0); /* a nervous hand */
  ck_assert_int_le (watch.changes, 1);
  vv_canvas_set_blink_rate (bench.left, 60);
  ck_assert_double_eq (vv_canvas_get_blink_rate (bench.left), VV_BLINK_RATE_MAX);
  vv_canvas_set_blinking (bench.left, TRUE);
  test_bench_wait_until (has_changed_six_times, &watch);
  ck_assert_int_ge (watch.shortest, 249000);
  vv_canvas_set_pairing (bench.left, VV_PAIRING_WIPE);
  test_bench_wait_until (shows_under, bench.left);
  test_bench_close (&bench);
}
END_TEST

START_TEST (pair__one_alone_moves_and_reset_returns)
{
  TestBench bench = open_pair (VV_PAIRING_MIX);
  VvFace    left = test_face (350.5f, 420.25f, 560, 401), right = test_face (120, 150.5f, 171.75f, 159);

  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 0), 0.01);
  gtk_widget_activate_action (GTK_WIDGET (bench.left), "canvas.pan-right-alone", NULL);
  ck_assert_double_eq_tol (test_bench_eye_gap (&bench, &left, &right, 0), 48, 0.01);
  gtk_widget_activate_action (GTK_WIDGET (bench.left), "canvas.reset", NULL);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 0), 0.01);
  test_bench_close (&bench);
}
END_TEST

/* The next candidate lies where the one before lay, also with one canvas hidden. */
START_TEST (pair__the_next_picture_keeps_view_and_place)
{
  TestBench             bench = open_pair (VV_PAIRING_WIPE);
  VvFace                left = test_face (350.5f, 420.25f, 560, 401), next = test_face (300, 310.5f, 460, 290);
  g_autoptr (VvPicture) picture = test_picture_with_eyes (800, 700, &next, 10);
  cairo_matrix_t        before, after;

  gtk_widget_set_visible (GTK_WIDGET (bench.right), FALSE);
  vv_canvas_zoom_at (bench.left, 100, 90, 2.2, FALSE);
  vv_canvas_get_matrix (bench.left, &before);
  vv_canvas_set_picture (bench.right, picture, &next, 1, 0);
  vv_canvas_get_matrix (bench.left, &after);
  ck_assert_int_eq (memcmp (&before, &after, sizeof before), 0);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &next, 0), 0.01);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &next, 1), 0.01);
  test_bench_close (&bench);
}
END_TEST

START_TEST (wipe__is_dragged_turned_and_stepped)
{
  TestBench      bench;
  double         distance, angle;
  cairo_matrix_t before, after;

  if (g_find_program_in_path ("xdotool") == NULL)
    return;
  bench = open_pair (VV_PAIRING_WIPE);
  vv_canvas_get_matrix (bench.left, &before);
  test_bench_xdotool (&bench, "mousemove 200 200 mousedown 1 mousemove 220 210 mousemove 260 230 mouseup 1");
  vv_canvas_get_line (bench.left, &distance, &angle);
  ck_assert_double_eq_tol (distance, 60, 2);
  ck_assert_double_eq (angle, 0);
  vv_canvas_get_matrix (bench.left, &after);
  ck_assert_int_eq (memcmp (&before, &after, sizeof before), 0);

  test_bench_xdotool (&bench, "key period key period key comma");
  vv_canvas_get_line (bench.left, &distance, &angle);
  ck_assert_double_eq_tol (distance, 72, 2);
  test_bench_xdotool (&bench, "key shift+period key shift+period key shift+period key shift+comma");
  vv_canvas_get_line (bench.left, &distance, &angle);
  ck_assert_double_eq_tol (angle, 10, 1e-9);
  test_bench_xdotool (&bench, "key shift+comma key shift+comma key shift+comma");
  vv_canvas_get_line (bench.left, &distance, &angle);
  ck_assert_double_eq_tol (angle, 355, 1e-9);

  /* the lower knob, a quarter turn to the left of the foot */
  vv_canvas_set_line (bench.left, 0, 0);
  test_bench_xdotool (&bench, "mousemove 200 345 mousedown 1 mousemove 190 345 mousemove 120 300 mousemove 60 201 mouseup 1");
  vv_canvas_get_line (bench.left, &distance, &angle);
  ck_assert_double_eq_tol (distance, 0, 2);
  ck_assert_double_eq_tol (angle, 90, 2);
  vv_canvas_set_line (bench.left, 1e9, 90);
  vv_canvas_get_line (bench.left, &distance, &angle);
  ck_assert_double_eq_tol (distance, HEIGHT / 2.0, 1);
  test_bench_close (&bench);
}
END_TEST

START_TEST (wipe__with_ctrl_the_side_under_the_pointer_moves)
{
  TestBench bench;
  VvAnchor  left, right, now;

  if (g_find_program_in_path ("xdotool") == NULL)
    return;
  bench = open_pair (VV_PAIRING_WIPE);
  left = vv_canvas_get_anchor (bench.left);
  right = vv_canvas_get_anchor (bench.right);
  test_bench_xdotool (&bench, "mousemove 300 100 keydown ctrl mousedown 1 mousemove 310 100 mousemove 330 100 mouseup 1 keyup ctrl");
  now = vv_canvas_get_anchor (bench.left);
  ck_assert_double_eq (now.x, left.x);
  now = vv_canvas_get_anchor (bench.right);
  ck_assert_double_ne (now.x, right.x);
  right = now;
  test_bench_xdotool (&bench, "mousemove 60 100 keydown ctrl click 4 keyup ctrl");
  now = vv_canvas_get_anchor (bench.left);
  ck_assert_double_ne (now.unit, left.unit);
  now = vv_canvas_get_anchor (bench.right);
  ck_assert_double_eq (now.unit, right.unit);
  test_bench_close (&bench);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("canvas-pair");
  TCase *pair = tcase_create ("pair");

  tcase_set_timeout (pair, 60);
  tcase_add_loop_test (pair, pair__eyes_coincide_within_half_a_pixel, 0, G_N_ELEMENTS (places));
  tcase_add_loop_test (pair, pair__wipe_and_mix_show_the_same_two_pictures, 0, G_N_ELEMENTS (places));
  tcase_add_test (pair, pair__edges_surround_the_eyes_of_the_other);
  tcase_add_test (pair, pair__one_alone_moves_and_reset_returns);
  tcase_add_test (pair, pair__the_next_picture_keeps_view_and_place);
  tcase_add_test (pair, blink__never_changes_faster_than_its_limit);
  tcase_add_test (pair, wipe__is_dragged_turned_and_stepped);
  tcase_add_test (pair, wipe__with_ctrl_the_side_under_the_pointer_moves);
  suite_add_tcase (suite, pair);
  return suite;
}

int
main (void)
{
  gtk_init ();
  return vv_test_run (make_suite ());
}
