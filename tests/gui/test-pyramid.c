// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "test-pictures.h"
#include "vv-pyramid.h"
#include "vv-resample.h"
#include "vv-test.h"
#include "vv-view.h"

#define BACKGROUND (0xff000000u | VV_PYRAMID_BACKGROUND << 16 | VV_PYRAMID_BACKGROUND << 8 | VV_PYRAMID_BACKGROUND)

static const int sizes[][2] = { { 1, 1 }, { 1, 5000 }, { 5000, 1 }, { 40, 40 }, { 3, 2 }, { 641, 479 }, { 2500, 1300 } };

static guint32
picture_pixel (const VvPicture *picture, int x, int y)
{
  return test_pixel (vv_picture_row (picture, 0), picture->stride, x, y);
}

/* The definition, one channel at a time. */
static guint8
mean_of (const VvPicture *from, int x, int y, int channel)
{
  int x1 = MIN (2 * x + 1, from->width - 1), y1 = MIN (2 * y + 1, from->height - 1);
  int a = vv_picture_row (from, 2 * y)[8 * x + channel], b = vv_picture_row (from, 2 * y)[4 * x1 + channel];
  int c = vv_picture_row (from, y1)[8 * x + channel], d = vv_picture_row (from, y1)[4 * x1 + channel];

  return (guint8) ((a + b + c + d + 2) / 4);
}

static void
check_level (const VvPicture *from, const VvPicture *level)
{
  ck_assert_int_eq (level->width, (from->width + 1) / 2);
  ck_assert_int_eq (level->height, (from->height + 1) / 2);
  for (int y = 0; y < level->height; y++)
    for (int x = 0; x < level->width; x++)
      for (int c = 0; c < 4; c++)
        if (vv_picture_row (level, y)[4 * x + c] != mean_of (from, x, y, c))
          ck_abort_msg ("%d x %d: pixel %d, %d, channel %d", level->width, level->height, x, y, c);
}

START_TEST (pyramid_new__each_level_is_the_mean_of_the_one_before)
{
  g_autoptr (VvPicture) picture = test_picture_noise (sizes[_i][0], sizes[_i][1], 7);
  g_autoptr (VvPyramid) pyramid = vv_pyramid_new (picture);
  guint                 count = vv_pyramid_get_n_levels (pyramid);
  int                   shift;

  ck_assert (vv_pyramid_is_complete (pyramid));
  ck_assert_ptr_eq (vv_pyramid_get_level (pyramid, 0, &shift), picture);
  for (guint i = 1; i < count; i++)
    {
      const VvPicture *above = vv_pyramid_get_level (pyramid, i - 1, &shift);

      check_level (above, vv_pyramid_get_level (pyramid, i, &shift));
      ck_assert_int_eq (shift, (int) i);
    }
  ck_assert_int_eq (vv_pyramid_get_level (pyramid, count - 1, &shift)->width, 1);
  ck_assert_int_eq (vv_pyramid_get_level (pyramid, count - 1, &shift)->height, 1);
}
END_TEST

START_TEST (pyramid_new__takes_a_third_more_memory)
{
  g_autoptr (VvPicture) picture = test_picture_noise (3000, 2000, 3);
  g_autoptr (VvPyramid) pyramid = vv_pyramid_new (picture);
  gsize                 bytes = 0;
  int                   shift;

  for (guint i = 0; i < vv_pyramid_get_n_levels (pyramid); i++)
    bytes += g_bytes_get_size (vv_pyramid_get_level (pyramid, i, &shift)->pixels);
  ck_assert_uint_le (bytes, 3000u * 2000u * 4u * 4u / 3u + 16384u);
}
END_TEST

START_TEST (pyramid_new_preview__is_coarse_and_then_completed)
{
  g_autoptr (VvPicture) picture = test_picture_noise (5000, 3000, 5);
  g_autoptr (VvPyramid) preview = vv_pyramid_new_preview (picture);
  g_autoptr (VvPyramid) complete = vv_pyramid_new_complete (preview, NULL);
  g_autoptr (VvPyramid) whole = vv_pyramid_new (picture);
  int                   shift, other;

  ck_assert (!vv_pyramid_is_complete (preview));
  ck_assert_ptr_eq (vv_pyramid_pick (preview, 1, &shift), picture);
  ck_assert_int_le (vv_pyramid_pick (preview, 0.4, &shift)->width, 1024);
  ck_assert_int_eq (shift, 3);
  ck_assert_uint_eq (picture_pixel (vv_pyramid_pick (preview, 0.2, &shift), 10, 20), picture_pixel (picture, 84, 164));
  ck_assert_uint_eq (vv_pyramid_get_n_levels (complete), vv_pyramid_get_n_levels (whole));
  for (guint i = 0; i < vv_pyramid_get_n_levels (whole); i++)
    ck_assert (g_bytes_equal (vv_pyramid_get_level (complete, i, &shift)->pixels, vv_pyramid_get_level (whole, i, &other)->pixels));
}
END_TEST

START_TEST (pyramid_new_complete__stops_when_cancelled)
{
  g_autoptr (VvPicture)    picture = test_picture_noise (3000, 2500, 5);
  g_autoptr (VvPyramid)    preview = vv_pyramid_new_preview (picture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  ck_assert_ptr_null (vv_pyramid_new_complete (preview, cancellable));
}
END_TEST

START_TEST (pyramid_new__lays_transparent_parts_over_the_background)
{
  guint8                pixels[] = { 10, 20, 30, 0, 10, 20, 30, 255, 255, 255, 255, 128, 0, 0, 0, 255 };
  g_autoptr (GBytes)    bytes = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (VvPicture) picture = vv_picture_new (2, 2, 8, bytes);
  g_autoptr (VvPyramid) pyramid = vv_pyramid_new (picture);
  int                   shift;
  const VvPicture      *flat = vv_pyramid_get_level (pyramid, 0, &shift);
  guint8                half = (255 * 128 + VV_PYRAMID_BACKGROUND * 127 + 127) / 255;

  ck_assert_uint_eq (picture_pixel (flat, 0, 0), BACKGROUND);
  ck_assert_uint_eq (picture_pixel (flat, 1, 0), 0xff1e140au);
  ck_assert_uint_eq (picture_pixel (flat, 0, 1), 0xff000000u | (guint32) half << 16 | (guint32) half << 8 | half);
}
END_TEST

START_TEST (pyramid_pick__never_magnifies_and_reduces_by_less_than_half)
{
  g_autoptr (VvPicture) picture = test_picture_noise (2000, 1500, 1);
  g_autoptr (VvPyramid) pyramid = vv_pyramid_new (picture);

  for (double scale = 0.02; scale < 1; scale *= 1.03)
    {
      int shift;

      (void) vv_pyramid_pick (pyramid, scale, &shift);
      ck_assert_double_gt (scale * (1 << shift), 0.499);
      ck_assert_double_le (scale * (1 << shift), 1.0);
    }
}
END_TEST

/* The picture drawn by a view whose viewport is @size square. */
static guint8 *
draw (VvPicture *picture, double centre_x, double centre_y, double scale, double rotation, int size)
{
  g_autoptr (VvPyramid) pyramid = vv_pyramid_new (picture);
  g_autoptr (VvView)    view = vv_view_new (VV_FRAME_PICTURE);
  VvAnchor              anchor = vv_anchor_for_picture ();
  cairo_matrix_t        matrix;
  guint8               *pixels = g_malloc ((gsize) size * 4 * (gsize) size);

  vv_view_set (view, centre_x, centre_y, scale, rotation, VV_FIT_NONE);
  vv_view_get_matrix (view, &anchor, size, size, &matrix);
  vv_resample (pyramid, &matrix, pixels, (gsize) size * 4, size, size);
  return pixels;
}

/* Source pixel that a quarter turn about the middle of a 64 x 64 picture brings to (x, y). */
static guint32
turned (const VvPicture *picture, int quarter, int x, int y)
{
  switch (quarter)
    {
    case 0:
      return picture_pixel (picture, x, y);
    case 1:
      return picture_pixel (picture, y, 63 - x);
    case 2:
      return picture_pixel (picture, 63 - x, 63 - y);
    default:
      return picture_pixel (picture, 63 - y, x);
    }
}

START_TEST (resample__quarter_turns_keep_every_pixel)
{
  g_autoptr (VvPicture) picture = test_picture_noise (64, 64, 9);
  g_autofree guint8    *pixels = draw (picture, 32, 32, 1, 90 * _i, 64);

  for (int y = 0; y < 64; y++)
    for (int x = 0; x < 64; x++)
      ck_assert_uint_eq (test_pixel (pixels, 256, x, y), turned (picture, _i, x, y));
}
END_TEST

START_TEST (resample__one_to_one_is_bit_identical_in_any_window)
{
  g_autoptr (VvPicture) picture = test_picture_noise (1500, 1100, 11);
  int                   size = 500 + _i;
  g_autofree guint8    *pixels = draw (picture, 700, 500, 1, 0, size);

  for (int y = 0; y < size; y++)
    ck_assert_int_eq (memcmp (pixels + y * 4 * size, vv_picture_row (picture, 500 - size / 2 + y) + 4 * (700 - size / 2), (gsize) size * 4),
                      0);
}
END_TEST

START_TEST (resample__shows_crisp_pixels_from_twice_the_size)
{
  g_autoptr (VvPicture) picture = test_picture_noise (50, 50, 13);
  int                   scale = 2 + _i;
  g_autofree guint8    *pixels = draw (picture, 25, 25, scale, 0, 100);

  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 100; x++)
      {
        int from_x = (int) floor ((x + 0.5 - 50) / scale + 25), from_y = (int) floor ((y + 0.5 - 50) / scale + 25);

        ck_assert_uint_eq (test_pixel (pixels, 400, x, y), picture_pixel (picture, from_x, from_y));
      }
}
END_TEST

START_TEST (resample__slanted_and_above_twice_shows_source_pixels_only)
{
  g_autoptr (VvPicture)  picture = test_picture_noise (30, 30, 17);
  g_autofree guint8     *pixels = draw (picture, 15, 15, 2.7, 33, 50);
  g_autoptr (GHashTable) known = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (int i = 0; i < 900; i++)
    g_hash_table_add (known, GUINT_TO_POINTER (picture_pixel (picture, i % 30, i / 30)));
  for (int i = 0; i < 2500; i++)
    ck_assert (g_hash_table_contains (known, GUINT_TO_POINTER (test_pixel (pixels, 200, i % 50, i / 50))));
}
END_TEST

/* The mean of four neighbours in floating point. */
static double
bilinear (const VvPicture *picture, double x, double y, int channel)
{
  int    x0 = (int) floor (x - 0.5), y0 = (int) floor (y - 0.5);
  double fx = x - 0.5 - x0, fy = y - 0.5 - y0;
  double sum = 0;

  for (int i = 0; i < 4; i++)
    {
      int column = CLAMP (x0 + i % 2, 0, picture->width - 1), row = CLAMP (y0 + i / 2, 0, picture->height - 1);

      sum += vv_picture_row (picture, row)[4 * column + channel] * (i % 2 != 0 ? fx : 1 - fx) * (i / 2 != 0 ? fy : 1 - fy);
    }
  return sum;
}

START_TEST (resample__between_is_the_bilinear_mean_and_grey_outside)
{
  g_autoptr (VvPicture) picture = test_picture_noise (301, 203, 19);
  double                angle = 17.0 * _i, scale = 0.8 + 0.1 * _i;
  g_autofree guint8    *pixels = draw (picture, 140.3, 99.8, scale, angle, 480);
  double                sine = sin (angle * G_PI / 180) / scale, cosine = cos (angle * G_PI / 180) / scale;
  int                   wrong = 0;

  for (int y = 0; y < 480; y++)
    for (int x = 0; x < 480; x++)
      {
        double dx = x + 0.5 - 240, dy = y + 0.5 - 240;
        double from_x = cosine * dx + sine * dy + 140.3, from_y = -sine * dx + cosine * dy + 99.8;
        double edge = MIN (MIN (from_x, 301 - from_x), MIN (from_y, 203 - from_y));

        if (edge > 1e-6)
          for (int c = 0; c < 3; c++)
            wrong += fabs (pixels[4 * (480 * y + x) + c] - bilinear (picture, from_x, from_y, c)) > 3.0;
        else if (edge < -1e-6)
          wrong += test_pixel (pixels, 1920, x, y) != BACKGROUND;
      }
  ck_assert_int_eq (wrong, 0);
}
END_TEST

START_TEST (resample__an_even_area_stays_even)
{
  g_autofree guint8    *even = g_malloc (400 * 300 * 4);
  g_autoptr (GBytes)    bytes = NULL;
  g_autoptr (VvPicture) picture = NULL;
  g_autofree guint8    *pixels = NULL;

  for (int i = 0; i < 400 * 300; i++)
    memcpy (even + 4 * i, "\x11\x85\xfe\xff", 4);
  bytes = g_bytes_new (even, 400 * 300 * 4);
  picture = vv_picture_new (400, 300, 1600, bytes);
  pixels = draw (picture, 200.4, 150.7, 0.37 + 0.3 * _i, 12.5 * _i, 90);
  for (int i = 0; i < 90 * 90; i++)
    ck_assert_int_eq (memcmp (pixels + 4 * i, "\x11\x85\xfe\xff", 4), 0);
}
END_TEST

START_TEST (resample__any_size_scale_and_angle_stays_inside)
{
  g_autoptr (VvPicture) picture = test_picture_noise (sizes[_i][0], sizes[_i][1], 23);
  int                   wrong = 0;

  for (double scale = 0.01; scale < 100; scale *= 2.3)
    for (double angle = 0; angle < 360; angle += 30)
      {
        g_autofree guint8 *pixels = draw (picture, picture->width / 3.0, picture->height / 3.0, scale, angle, 57);

        for (int i = 0; i < 57 * 57; i++)
          wrong += pixels[4 * i + 3] != 0xff;
      }
  ck_assert_int_eq (wrong, 0);
}
END_TEST

START_TEST (view_get_matrix__eyes_of_two_faces_coincide)
{
  g_autoptr (VvView) view = vv_view_new (VV_FRAME_FACE);
  VvFace             faces[2] = { test_face (1013.2f, 1502.7f, 1420.9f, 1466.1f), test_face (71.4f, 88.3f, 95.9f, 93.0f) };
  int                changes = 0;

  for (double scale = 3; scale < 3000; scale *= 1.7)
    for (double angle = -350; angle < 360; angle += 37)
      for (int eye = 0; eye < 2; eye++)
        {
          double at[2][2];

          vv_view_set (view, 0.3, -0.2, scale, angle, VV_FIT_NONE);
          for (int f = 0; f < 2; f++)
            {
              VvAnchor       anchor = vv_anchor_for_face (&faces[f]);
              cairo_matrix_t matrix;

              vv_view_get_matrix (view, &anchor, 801, 900, &matrix);
              at[f][0] = faces[f].five[eye].x;
              at[f][1] = faces[f].five[eye].y;
              cairo_matrix_transform_point (&matrix, &at[f][0], &at[f][1]);
            }
          ck_assert_double_le (hypot (at[0][0] - at[1][0], at[0][1] - at[1][1]), 1e-3);
          changes++;
        }
  ck_assert_int_gt (changes, 400);
}
END_TEST

/* Middle of the light in the left or right half of a square drawing. */
static void
find_light (const guint8 *pixels, int size, gboolean right, double *out_x, double *out_y)
{
  double sum = 0, x_sum = 0, y_sum = 0;

  for (int y = 0; y < size; y++)
    for (int x = right ? size / 2 : 0; x < (right ? size : size / 2); x++)
      {
        double light = MAX (pixels[4 * (y * size + x)] - VV_PYRAMID_BACKGROUND, 0);

        sum += light;
        x_sum += light * (x + 0.5);
        y_sum += light * (y + 0.5);
      }
  ck_assert_double_gt (sum, 0);
  *out_x = x_sum / sum;
  *out_y = y_sum / sum;
}

static void
draw_eyes (VvView *view, const VvFace *face, double radius, double eyes[4])
{
  g_autoptr (VvPicture) picture = test_picture_with_eyes (700, 600, face, radius);
  g_autoptr (VvPyramid) pyramid = vv_pyramid_new (picture);
  g_autofree guint8    *pixels = g_malloc (400 * 400 * 4);
  VvAnchor              anchor = vv_anchor_for_face (face);
  cairo_matrix_t        matrix;

  vv_view_get_matrix (view, &anchor, 400, 400, &matrix);
  vv_resample (pyramid, &matrix, pixels, 1600, 400, 400);
  find_light (pixels, 400, FALSE, &eyes[0], &eyes[1]);
  find_light (pixels, 400, TRUE, &eyes[2], &eyes[3]);
}

START_TEST (resample__drawn_eyes_coincide_within_half_a_pixel)
{
  g_autoptr (VvView) view = vv_view_new (VV_FRAME_FACE);
  VvFace             large = test_face (200.3f, 290.8f, 440.6f, 330.2f), small = test_face (301.7f, 205.1f, 362.2f, 190.4f);
  double             a[4], b[4];

  for (double scale = 20; scale < 250; scale *= 1.31)
    {
      vv_view_set (view, 0, 0, scale, 0, VV_FIT_NONE);
      draw_eyes (view, &large, 24, a);
      draw_eyes (view, &small, 24 * 62.26 / 243.5, b);
      for (int i = 0; i < 4; i++)
        ck_assert_double_le (fabs (a[i] - b[i]), 0.5);
      ck_assert_double_le (fabs (a[2] - a[0] - scale), 0.5);
    }
}
END_TEST

static void
on_changed_cb (VvView *view, int *count)
{
  (*count)++;
}

START_TEST (view_set__tells_of_changes_only)
{
  g_autoptr (VvView) view = vv_view_new (VV_FRAME_PICTURE);
  int                count = 0;

  g_signal_connect (view, "changed", G_CALLBACK (on_changed_cb), &count);
  vv_view_set (view, 1, 2, 3, -90, VV_FIT_NONE);
  vv_view_set (view, 1, 2, 3, 270, VV_FIT_NONE);
  ck_assert_int_eq (count, 1);
  ck_assert_double_eq (vv_view_get_rotation (view), 270);
}
END_TEST

START_TEST (anchor_for_face__falls_back_on_the_box)
{
  VvFace   face = { .box = { 100, 200, 220, 280 }, .manual = TRUE };
  VvAnchor anchor = vv_anchor_for_face (&face);

  ck_assert_double_eq_tol (anchor.x, 210, 1e-9);
  ck_assert_double_eq_tol (anchor.unit, 100, 1e-9);
  ck_assert_double_gt (anchor.y, 200);
  ck_assert_double_lt (anchor.y, 340);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("pyramid");
  TCase *pyramid = tcase_create ("pyramid");
  TCase *resample = tcase_create ("resample");
  TCase *view = tcase_create ("view");

  tcase_set_timeout (pyramid, 60);
  tcase_set_timeout (resample, 60);
  tcase_add_loop_test (pyramid, pyramid_new__each_level_is_the_mean_of_the_one_before, 0, G_N_ELEMENTS (sizes));
  tcase_add_test (pyramid, pyramid_new__takes_a_third_more_memory);
  tcase_add_test (pyramid, pyramid_new_preview__is_coarse_and_then_completed);
  tcase_add_test (pyramid, pyramid_new_complete__stops_when_cancelled);
  tcase_add_test (pyramid, pyramid_new__lays_transparent_parts_over_the_background);
  tcase_add_test (pyramid, pyramid_pick__never_magnifies_and_reduces_by_less_than_half);
  tcase_add_loop_test (resample, resample__quarter_turns_keep_every_pixel, 0, 4);
  tcase_add_loop_test (resample, resample__one_to_one_is_bit_identical_in_any_window, 0, 2);
  tcase_add_loop_test (resample, resample__shows_crisp_pixels_from_twice_the_size, 0, 3);
  tcase_add_test (resample, resample__slanted_and_above_twice_shows_source_pixels_only);
  tcase_add_loop_test (resample, resample__between_is_the_bilinear_mean_and_grey_outside, 0, 8);
  tcase_add_loop_test (resample, resample__an_even_area_stays_even, 0, 6);
  tcase_add_loop_test (resample, resample__any_size_scale_and_angle_stays_inside, 0, G_N_ELEMENTS (sizes));
  tcase_add_test (resample, resample__drawn_eyes_coincide_within_half_a_pixel);
  tcase_add_test (view, view_get_matrix__eyes_of_two_faces_coincide);
  tcase_add_test (view, view_set__tells_of_changes_only);
  tcase_add_test (view, anchor_for_face__falls_back_on_the_box);
  suite_add_tcase (suite, pyramid);
  suite_add_tcase (suite, resample);
  suite_add_tcase (suite, view);
  return suite;
}

VV_TEST_MAIN (make_suite)
