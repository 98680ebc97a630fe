// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "test-bench.h"
#include "test-pictures.h"
#include "vv-test.h"

#define WIDTH  TEST_BENCH_WIDTH
#define HEIGHT TEST_BENCH_HEIGHT

START_TEST (snapshot__one_to_one_shows_the_source_pixels)
{
  TestBench             bench = test_bench_open ();
  g_autoptr (VvPicture) picture = test_picture_noise (1703, 1101, 31);
  g_autofree guint8    *pixels = NULL;
  double                x = 0, y = 0;

  vv_canvas_set_picture (bench.left, picture, NULL, 0, -1);
  vv_canvas_show_actual_size (bench.left, FALSE);
  vv_canvas_pan (bench.left, -37, 11, FALSE);
  pixels = test_bench_render (bench.left);
  test_bench_to_picture (bench.left, &x, &y);
  ck_assert_double_eq_tol (x, round (x), 1e-6);
  for (int row = 0; row < HEIGHT; row++)
    ck_assert_int_eq (memcmp (pixels + row * WIDTH * 4, vv_picture_row (picture, (int) round (y) + row) + 4 * (int) round (x), WIDTH * 4),
                      0);
  test_bench_close (&bench);
}
END_TEST

START_TEST (zoom_at__keeps_the_point_under_the_pointer)
{
  TestBench bench = test_bench_open ();

  test_bench_show_noise (bench.left, 900, 700);
  vv_canvas_turn_at (bench.left, 100, 100, 21, FALSE);
  for (int i = 0; i < 40; i++)
    {
      double before_x = 77.5, before_y = 201.25, after_x = 77.5, after_y = 201.25;

      test_bench_to_picture (bench.left, &before_x, &before_y);
      vv_canvas_zoom_at (bench.left, 77.5, 201.25, i < 20 ? 1.3 : 0.77, i % 3 == 0);
      test_bench_to_picture (bench.left, &after_x, &after_y);
      ck_assert_double_eq_tol (before_x, after_x, 1e-6);
      ck_assert_double_eq_tol (before_y, after_y, 1e-6);
    }
  test_bench_close (&bench);
}
END_TEST

START_TEST (zoom_at__stays_between_the_limits_and_stops_at_one)
{
  TestBench bench = test_bench_open ();
  gboolean  stopped = FALSE;

  test_bench_show_noise (bench.left, 900, 700);
  for (int i = 0; i < 200; i++)
    {
      vv_canvas_zoom_at (bench.left, 10, 20, 1.19, FALSE);
      stopped = stopped || test_bench_scale_of (bench.left) == 1;
    }
  ck_assert (stopped);
  ck_assert_double_eq_tol (test_bench_scale_of (bench.left), VV_SCALE_MAX, 1e-9);
  for (int i = 0; i < 200; i++)
    vv_canvas_zoom_at (bench.left, 10, 20, 0.7, FALSE);
  ck_assert_double_eq_tol (test_bench_scale_of (bench.left), VV_SCALE_MIN, 1e-9);
  test_bench_close (&bench);
}
END_TEST

START_TEST (pan__keeps_the_picture_in_sight)
{
  TestBench bench = test_bench_open ();
  double    x = WIDTH / 2, y = HEIGHT / 2;

  test_bench_show_noise (bench.left, 900, 700);
  for (int i = 0; i < 100; i++)
    vv_canvas_pan (bench.left, 300, -300, FALSE);
  test_bench_to_picture (bench.left, &x, &y);
  ck_assert_double_eq_tol (x, 0, 1e-6);
  ck_assert_double_eq_tol (y, 700, 1e-6);
  test_bench_close (&bench);
}
END_TEST

static const int odd_sizes[][2] = { { 1, 1 }, { 1, 5000 }, { 5000, 1 }, { 40, 40 }, { 2001, 1501 } };

START_TEST (set_picture__shows_any_size)
{
  TestBench bench = test_bench_open ();
  int       seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (odd_sizes); i++)
    {
      g_autofree guint8 *pixels = NULL;

      test_bench_show_noise (bench.left, odd_sizes[i][0], odd_sizes[i][1]);
      vv_canvas_reset (bench.left);
      pixels = test_bench_render (bench.left);
      for (int p = 0; p < WIDTH * HEIGHT; p++)
        if (pixels[4 * p] != VV_PYRAMID_BACKGROUND)
          {
            seen++;
            break;
          }
    }
  ck_assert_int_eq (seen, G_N_ELEMENTS (odd_sizes));
  test_bench_close (&bench);
}
END_TEST

START_TEST (set_picture__the_last_one_wins_and_none_is_empty)
{
  TestBench             bench = test_bench_open ();
  g_autoptr (VvPicture) first = test_picture_noise (4000, 3000, 1);
  g_autoptr (VvPicture) second = test_picture_noise (3000, 2000, 2);
  int                   shift;

  vv_canvas_set_picture (bench.left, first, NULL, 0, -1);
  vv_canvas_set_picture (bench.left, second, NULL, 0, -1);
  ck_assert_ptr_null (vv_canvas_get_pyramid (bench.left));
  test_bench_wait_until (test_bench_is_complete, bench.left);
  ck_assert_ptr_eq (vv_pyramid_get_level (vv_canvas_get_pyramid (bench.left), 0, &shift), second);
  vv_canvas_set_picture (bench.left, first, NULL, 0, -1);
  vv_canvas_set_picture (bench.left, NULL, NULL, 0, -1);
  for (int i = 0; i < 30; i++)
    {
      g_usleep (10000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  ck_assert_ptr_null (vv_canvas_get_pyramid (bench.left));
  test_bench_close (&bench);
}
END_TEST

START_TEST (dispose__while_loading_is_safe)
{
  TestBench             bench = test_bench_open ();
  g_autoptr (VvPicture) picture = test_picture_noise (4000, 3000, 1);

  vv_canvas_set_picture (bench.left, picture, NULL, 0, -1);
  test_bench_close (&bench);
  for (int i = 0; i < 30; i++)
    {
      g_usleep (10000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}
END_TEST

START_TEST (linked__eyes_coincide_through_every_movement)
{
  TestBench bench = test_bench_open ();
  VvFace    right;
  VvFace    left = test_bench_link_faces (&bench, &right);

  for (int i = 0; i < 60; i++)
    {
      VvCanvas *canvas = i % 2 == 0 ? bench.left : bench.right;

      vv_canvas_zoom_at (canvas, 13 * i % WIDTH, 29 * i % HEIGHT, i < 30 ? 1.21 : 0.83, FALSE);
      vv_canvas_turn_at (canvas, 100, 50, 7.3, FALSE);
      vv_canvas_pan (canvas, 9, -4, FALSE);
      ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 0), 0.01);
      ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 1), 0.01);
    }
  test_bench_close (&bench);
}
END_TEST

START_TEST (linked__moving_one_alone_leaves_the_other_and_reset_returns)
{
  TestBench      bench = test_bench_open ();
  VvFace         right;
  VvFace         left = test_bench_link_faces (&bench, &right);
  cairo_matrix_t before, after;

  vv_canvas_get_matrix (bench.left, &before);
  vv_canvas_pan (bench.right, 20, 0, TRUE);
  vv_canvas_zoom_at (bench.right, 200, 150, 1.5, TRUE);
  vv_canvas_turn_at (bench.right, 200, 150, 5, TRUE);
  vv_canvas_get_matrix (bench.left, &after);
  ck_assert_int_eq (memcmp (&before, &after, sizeof before), 0);
  ck_assert_double_gt (test_bench_eye_gap (&bench, &left, &right, 0), 5);
  vv_canvas_reset (bench.left);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 0), 0.01);
  test_bench_close (&bench);
}
END_TEST

START_TEST (unlinked__each_goes_its_own_way)
{
  TestBench          bench = test_bench_open ();
  VvFace             right;
  VvFace             left = test_bench_link_faces (&bench, &right);
  g_autoptr (VvView) own = vv_view_dup (vv_canvas_get_view (bench.right));

  vv_canvas_set_view (bench.right, own);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 0), 0.01);
  vv_canvas_pan (bench.right, 30, 0, FALSE);
  ck_assert_double_eq_tol (test_bench_eye_gap (&bench, &left, &right, 0), 30, 0.01);
  vv_canvas_set_view (bench.right, vv_canvas_get_view (bench.left));
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 1), 0.01);
  test_bench_close (&bench);
}
END_TEST

START_TEST (set_picture__the_next_face_keeps_view_and_place)
{
  TestBench             bench = test_bench_open ();
  VvFace                right, next = test_face (60, 61, 99, 58);
  VvFace                left = test_bench_link_faces (&bench, &right);
  g_autoptr (VvPicture) picture = test_picture_noise (200, 220, 5);
  double                scale;

  vv_canvas_zoom_at (bench.left, 120, 130, 2.5, FALSE);
  scale = vv_view_get_scale (vv_canvas_get_view (bench.left));
  vv_canvas_set_picture (bench.right, picture, &next, 1, 0);
  ck_assert_double_eq (vv_view_get_scale (vv_canvas_get_view (bench.right)), scale);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &next, 0), 0.01);
  test_bench_close (&bench);
}
END_TEST

static void
on_box_drawn_cb (VvCanvas *canvas, const VvBox *box, VvBox *out)
{
  *out = *box;
}

START_TEST (draw_box__works_by_keyboard_alone)
{
  TestBench  bench = test_bench_open ();
  VvBox      first, moved, drawn = { 0 };
  GtkWidget *widget = GTK_WIDGET (bench.left);

  test_bench_show_noise (bench.left, 900, 700);
  g_signal_connect (bench.left, "box-drawn", G_CALLBACK (on_box_drawn_cb), &drawn);
  vv_canvas_set_mode (bench.left, VV_CANVAS_DRAW_BOX);
  ck_assert (!vv_canvas_take_box (bench.left));
  gtk_widget_activate_action (widget, "canvas.pan-right", NULL);
  ck_assert (vv_canvas_get_box (bench.left, &first));
  gtk_widget_activate_action (widget, "canvas.pan-right", NULL);
  gtk_widget_activate_action (widget, "canvas.page-down", NULL);
  ck_assert (vv_canvas_get_box (bench.left, &moved));
  ck_assert_float_gt (moved.x, first.x);
  ck_assert_float_gt (moved.height, first.height);
  ck_assert_float_eq (moved.width, first.width);
  for (int i = 0; i < 500; i++)
    gtk_widget_activate_action (widget, "canvas.pan-down", NULL);
  gtk_widget_activate_action (widget, "canvas.activate", NULL);
  ck_assert_float_eq_tol (drawn.y + drawn.height, 700, 1e-3);
  ck_assert_int_eq (vv_canvas_get_mode (bench.left), VV_CANVAS_BROWSE);
  test_bench_close (&bench);
}
END_TEST

static void
on_face_activated_cb (VvCanvas *canvas, int face, int *out)
{
  *out = face;
}

START_TEST (faces__are_selected_and_activated_by_keyboard)
{
  TestBench             bench = test_bench_open ();
  g_autoptr (VvPicture) picture = test_picture_noise (900, 700, 3);
  VvFace                faces[] = { test_face (100, 100, 150, 100), test_face (300, 300, 350, 310), test_face (600, 300, 650, 310) };
  int                   activated = -1;

  vv_canvas_set_picture (bench.left, picture, faces, 3, -1);
  g_signal_connect (bench.left, "face-activated", G_CALLBACK (on_face_activated_cb), &activated);
  gtk_widget_activate_action (GTK_WIDGET (bench.left), "canvas.activate", NULL);
  ck_assert_int_eq (activated, -1);
  gtk_widget_activate_action (GTK_WIDGET (bench.left), "canvas.previous-face", NULL);
  ck_assert_int_eq (vv_canvas_get_selected_face (bench.left), 2);
  gtk_widget_activate_action (GTK_WIDGET (bench.left), "canvas.next-face", NULL);
  gtk_widget_activate_action (GTK_WIDGET (bench.left), "canvas.next-face", NULL);
  gtk_widget_activate_action (GTK_WIDGET (bench.left), "canvas.activate", NULL);
  ck_assert_int_eq (activated, 1);
  gtk_test_accessible_assert_property (bench.left, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Face 2 of 3 is selected");
  test_bench_close (&bench);
}
END_TEST

START_TEST (overlays__change_only_what_they_cover)
{
  TestBench             bench = test_bench_open ();
  g_autoptr (VvPicture) picture = test_picture_noise (WIDTH, HEIGHT, 3);
  VvFace                faces[] = { test_face (100, 100, 150, 100), test_face (300, 300, 330, 300) };
  g_autofree guint8    *bare = NULL, *drawn = NULL;
  int                   changed[2] = { 0, 0 };

  vv_canvas_set_picture (bench.left, picture, faces, 2, -1);
  vv_canvas_set_overlays (bench.left, VV_OVERLAY_NONE);
  bare = test_bench_render (bench.left);
  vv_canvas_set_overlays (bench.left, VV_OVERLAY_BOXES | VV_OVERLAY_FIVE | VV_OVERLAY_LANDMARKS | VV_OVERLAY_CONTOURS);
  drawn = test_bench_render (bench.left);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (memcmp (bare + 4 * (y * WIDTH + x), drawn + 4 * (y * WIDTH + x), 4) != 0)
        {
          gboolean second = x > 200;

          ck_assert (second ? x > 275 && x < 360 && y > 260 && y < 360 : x > 65 && x < 185 && y > 40 && y < 185);
          changed[second]++;
        }
  ck_assert_int_gt (changed[0], 500);
  ck_assert_int_gt (changed[1], 300);
  test_bench_close (&bench);
}
END_TEST

START_TEST (mouse__drags_zooms_and_leaves_the_other_alone_with_ctrl)
{
  TestBench      bench;
  VvFace         right, left;
  cairo_matrix_t before, after;
  double         x = 150, y = 120;
  double         scale, old_x, old_y;

  if (g_find_program_in_path ("xdotool") == NULL)
    return;
  bench = test_bench_open ();
  left = test_bench_link_faces (&bench, &right);
  test_bench_xdotool (&bench, "mousemove 150 120 click 4 click 4");
  scale = test_bench_scale_of (bench.left);
  test_bench_to_picture (bench.left, &x, &y);
  old_x = x;
  old_y = y;
  test_bench_xdotool (&bench, "mousemove 150 120 click 4 click 4");
  ck_assert_double_eq_tol (test_bench_scale_of (bench.left), G_SQRT2 * scale, 0.01 * scale);
  x = 150;
  y = 120;
  test_bench_to_picture (bench.left, &x, &y);
  ck_assert_double_le (hypot (x - old_x, y - old_y), 1.5);

  vv_canvas_get_matrix (bench.left, &before);
  test_bench_xdotool (&bench, "mousemove 100 100 mousedown 1 mousemove 120 110 mousemove 150 120 mouseup 1");
  vv_canvas_get_matrix (bench.left, &after);
  ck_assert_double_eq_tol (after.x0 - before.x0, 50, 1.5);
  ck_assert_double_eq_tol (after.y0 - before.y0, 20, 1.5);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 0), 0.01);

  test_bench_xdotool (&bench, "mousemove 100 100 keydown ctrl mousedown 1 mousemove 110 100 mousemove 130 100 mouseup 1 keyup ctrl");
  ck_assert_double_eq_tol (test_bench_eye_gap (&bench, &left, &right, 0), 30, 1.5);
  test_bench_xdotool (&bench, "mousemove 100 100 click 1 click 1");
  ck_assert_int_eq (vv_view_get_fit (vv_canvas_get_view (bench.left)), VV_FIT_RESET);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 0), 0.01);
  test_bench_close (&bench);
}
END_TEST

START_TEST (keys__move_the_picture)
{
  TestBench      bench;
  VvFace         right, left;
  cairo_matrix_t before, after;
  double         scale;

  if (g_find_program_in_path ("xdotool") == NULL)
    return;
  bench = test_bench_open ();
  left = test_bench_link_faces (&bench, &right);
  test_bench_xdotool (&bench, "mousemove 100 100 click 1");
  scale = test_bench_scale_of (bench.left);
  test_bench_xdotool (&bench, "key plus key equal key minus");
  ck_assert_double_eq_tol (test_bench_scale_of (bench.left), 1.18921 * scale, 1e-3);
  vv_canvas_get_matrix (bench.left, &before);
  test_bench_xdotool (&bench, "key Right key Down key Down");
  vv_canvas_get_matrix (bench.left, &after);
  ck_assert_double_eq_tol (after.x0 - before.x0, -48, 0.01);
  ck_assert_double_eq_tol (after.y0 - before.y0, -96, 0.01);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 0), 0.01);
  test_bench_xdotool (&bench, "key ctrl+Right");
  ck_assert_double_eq_tol (test_bench_eye_gap (&bench, &left, &right, 0), 48, 0.01);
  test_bench_xdotool (&bench, "key slash");
  ck_assert_double_eq_tol (test_bench_scale_of (bench.left), 1, 1e-9);
  test_bench_xdotool (&bench, "key bracketright");
  ck_assert_double_eq_tol (vv_view_get_rotation (vv_canvas_get_view (bench.left)), 1, 1e-9);
  test_bench_xdotool (&bench, "key 0");
  ck_assert_double_eq_tol (test_bench_scale_of (bench.left), scale, 1e-9);
  ck_assert_double_le (test_bench_eye_gap (&bench, &left, &right, 0), 0.01);
  test_bench_xdotool (&bench, "key asterisk");
  ck_assert_int_eq (vv_view_get_fit (vv_canvas_get_view (bench.left)), VV_FIT_PICTURE);
  test_bench_close (&bench);
}
END_TEST

START_TEST (mouse__selects_a_face_and_draws_a_box)
{
  TestBench             bench;
  g_autoptr (VvPicture) picture = test_picture_noise (WIDTH, HEIGHT, 3);
  VvFace                faces[] = { test_face (100, 100, 150, 100), test_face (300, 300, 330, 300) };
  int                   activated = -1;
  VvBox                 drawn = { 0 };

  if (g_find_program_in_path ("xdotool") == NULL)
    return;
  bench = test_bench_open ();
  vv_canvas_set_picture (bench.left, picture, faces, 2, -1);
  g_signal_connect (bench.left, "face-activated", G_CALLBACK (on_face_activated_cb), &activated);
  g_signal_connect (bench.left, "box-drawn", G_CALLBACK (on_box_drawn_cb), &drawn);
  test_bench_xdotool (&bench, "mousemove 310 320 click 1");
  ck_assert_int_eq (activated, 1);
  ck_assert_int_eq (vv_canvas_get_selected_face (bench.left), 1);

  vv_canvas_set_mode (bench.left, VV_CANVAS_DRAW_BOX);
  test_bench_xdotool (&bench, "mousemove 40 50 mousedown 1 mousemove 80 90 mousemove 140 170 mouseup 1");
  test_bench_xdotool (&bench, "mousemove 140 170 mousedown 1 mousemove 150 180 mousemove 160 190 mouseup 1");
  ck_assert (vv_canvas_take_box (bench.left));
  ck_assert_float_eq_tol (drawn.x, 40, 1.5);
  ck_assert_float_eq_tol (drawn.y, 50, 1.5);
  ck_assert_float_eq_tol (drawn.width, 120, 2);
  ck_assert_float_eq_tol (drawn.height, 140, 2);
  test_bench_close (&bench);
}
END_TEST

START_TEST (accessible__says_what_is_shown)
{
  TestBench             bench = test_bench_open ();
  g_autoptr (VvPicture) picture = test_picture_noise (300, 400, 3);
  VvFace                faces[] = { test_face (100, 100, 150, 100), test_face (200, 300, 250, 310) };

  gtk_test_accessible_assert_role (bench.left, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (bench.left, GTK_ACCESSIBLE_PROPERTY_LABEL, "Picture");
  vv_canvas_set_label (bench.left, "Probe image");
  vv_canvas_set_picture (bench.left, picture, faces, 2, -1);
  gtk_test_accessible_assert_property (bench.left, GTK_ACCESSIBLE_PROPERTY_LABEL, "Probe image, 300 by 400 pixels, 2 faces");
  vv_canvas_set_faces (bench.left, faces, 1, -1);
  gtk_test_accessible_assert_property (bench.left, GTK_ACCESSIBLE_PROPERTY_LABEL, "Probe image, 300 by 400 pixels, 1 face");
  ck_assert (gtk_widget_get_focusable (GTK_WIDGET (bench.left)));
  test_bench_close (&bench);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("canvas");
  TCase *canvas = tcase_create ("canvas");

  tcase_set_timeout (canvas, 60);
  tcase_add_test (canvas, snapshot__one_to_one_shows_the_source_pixels);
  tcase_add_test (canvas, zoom_at__keeps_the_point_under_the_pointer);
  tcase_add_test (canvas, zoom_at__stays_between_the_limits_and_stops_at_one);
  tcase_add_test (canvas, pan__keeps_the_picture_in_sight);
  tcase_add_test (canvas, set_picture__shows_any_size);
  tcase_add_test (canvas, set_picture__the_last_one_wins_and_none_is_empty);
  tcase_add_test (canvas, set_picture__the_next_face_keeps_view_and_place);
  tcase_add_test (canvas, dispose__while_loading_is_safe);
  tcase_add_test (canvas, linked__eyes_coincide_through_every_movement);
  tcase_add_test (canvas, linked__moving_one_alone_leaves_the_other_and_reset_returns);
  tcase_add_test (canvas, unlinked__each_goes_its_own_way);
  tcase_add_test (canvas, draw_box__works_by_keyboard_alone);
  tcase_add_test (canvas, faces__are_selected_and_activated_by_keyboard);
  tcase_add_test (canvas, overlays__change_only_what_they_cover);
  tcase_add_test (canvas, mouse__drags_zooms_and_leaves_the_other_alone_with_ctrl);
  tcase_add_test (canvas, keys__move_the_picture);
  tcase_add_test (canvas, mouse__selects_a_face_and_draws_a_box);
  tcase_add_test (canvas, accessible__says_what_is_shown);
  suite_add_tcase (suite, canvas);
  return suite;
}

int
main (void)
{
  gtk_init ();
  return vv_test_run (make_suite ());
}
