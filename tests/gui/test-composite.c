// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "test-pictures.h"
#include "vv-composite.h"
#include "vv-resample.h"
#include "vv-rows.h"
#include "vv-test.h"

#define WIDTH  223
#define HEIGHT 171
#define BYTES  ((gsize) WIDTH * HEIGHT * 4)

/* Two noisy pictures, slanted against each other. */
typedef struct
{
  VvLayer under, over;
} Layers;

static Layers
make_layers (void)
{
  g_autoptr (VvPicture) a = test_picture_noise (300, 260, 1);
  g_autoptr (VvPicture) b = test_picture_noise (190, 330, 2);
  Layers                layers = { { vv_pyramid_new (a) }, { vv_pyramid_new (b) } };

  cairo_matrix_init (&layers.under.to_device, 0.71, 0.06, -0.06, 0.71, 4, -7);
  cairo_matrix_init (&layers.over.to_device, 0.93, -0.11, 0.11, 0.93, 30, -50);
  return layers;
}

static void
free_layers (Layers *layers)
{
  vv_pyramid_unref (layers->under.pyramid);
  vv_pyramid_unref (layers->over.pyramid);
}

static guint8 *
draw (const Layers *layers, VvBlend blend)
{
  guint8 *pixels = g_malloc (BYTES);

  vv_composite (&layers->under, &layers->over, &blend, pixels, WIDTH * 4, WIDTH, HEIGHT);
  return pixels;
}

static guint8 *
draw_alone (const VvLayer *layer)
{
  guint8 *pixels = g_malloc (BYTES);

  vv_resample (layer->pyramid, &layer->to_device, pixels, WIDTH * 4, WIDTH, HEIGHT);
  return pixels;
}

START_TEST (composite__one_alone_is_that_picture_to_the_bit)
{
  Layers             layers = make_layers ();
  g_autofree guint8 *under = draw_alone (&layers.under);
  g_autofree guint8 *over = draw_alone (&layers.over);
  g_autofree guint8 *as_under = draw (&layers, (VvBlend){ .mode = VV_BLEND_UNDER });
  g_autofree guint8 *as_over = draw (&layers, (VvBlend){ .mode = VV_BLEND_OVER });

  ck_assert_mem_eq (as_under, under, BYTES);
  ck_assert_mem_eq (as_over, over, BYTES);
  free_layers (&layers);
}
END_TEST

static const double angles[] = { 0, 17, 45, 90, 91.5, 180, 225, 270, 359 };

START_TEST (composite__wipe_shows_each_picture_on_its_side)
{
  Layers             layers = make_layers ();
  VvBlend            blend = { .mode = VV_BLEND_WIPE, .line_x = 120.25, .line_y = 61.75, .line_angle = angles[_i] };
  double             normal_x = cos (angles[_i] * G_PI / 180), normal_y = sin (angles[_i] * G_PI / 180);
  g_autofree guint8 *under = draw_alone (&layers.under);
  g_autofree guint8 *over = draw_alone (&layers.over);
  g_autofree guint8 *both = draw (&layers, blend);
  int                sides[2] = { 0 }, wrong = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        double side = (x + 0.5 - blend.line_x) * normal_x + (y + 0.5 - blend.line_y) * normal_y;
        gsize  at = ((gsize) y * WIDTH + (gsize) x) * 4;

        if (fabs (side) < 1e-6)
          continue;
        sides[side > 0]++;
        wrong += memcmp (both + at, (side > 0 ? over : under) + at, 4) != 0;
      }
  ck_assert_int_eq (wrong, 0);
  ck_assert_int_gt (sides[0], 1000);
  ck_assert_int_gt (sides[1], 1000);
  free_layers (&layers);
}
END_TEST

START_TEST (composite__wipe_far_outside_shows_one)
{
  Layers             layers = make_layers ();
  g_autofree guint8 *under = draw_alone (&layers.under);
  g_autofree guint8 *over = draw_alone (&layers.over);
  g_autofree guint8 *right = draw (&layers, (VvBlend){ .mode = VV_BLEND_WIPE, .line_x = 1e7, .line_angle = 3 });
  g_autofree guint8 *left = draw (&layers, (VvBlend){ .mode = VV_BLEND_WIPE, .line_x = -1e7, .line_angle = 3 });

  ck_assert_mem_eq (right, under, BYTES);
  ck_assert_mem_eq (left, over, BYTES);
  free_layers (&layers);
}
END_TEST

START_TEST (composite__mix_is_the_weighted_mean)
{
  Layers             layers = make_layers ();
  static const int   shares[] = { 0, 1, 77, 128, 255, 256 };
  int                share = shares[_i];
  int                wrong = 0;
  g_autofree guint8 *under = draw_alone (&layers.under);
  g_autofree guint8 *over = draw_alone (&layers.over);
  g_autofree guint8 *both = draw (&layers, (VvBlend){ .mode = VV_BLEND_MIX, .amount = share / 256.0 });

  for (gsize i = 0; i < BYTES; i++)
    wrong += both[i] != (under[i] * (256 - share) + over[i] * share + 128) / 256;
  ck_assert_int_eq (wrong, 0);
  free_layers (&layers);
}
END_TEST

/* Grey, with a brighter half from column 100 on. */
static VvPyramid *
make_step (guint8 bright)
{
  guint8 *pixels = g_malloc (BYTES);

  for (gsize i = 0; i < BYTES; i++)
    pixels[i] = i % 4 == 3 ? 0xff : i / 4 % WIDTH >= 100 ? bright
                                                         : 60;
  g_autoptr (GBytes)    bytes = g_bytes_new_take (pixels, BYTES);
  g_autoptr (VvPicture) picture = vv_picture_new (WIDTH, HEIGHT, WIDTH * 4, bytes);

  return vv_pyramid_new (picture);
}

/* Rows in which the pixel of @column changed, but for the outermost, where the picture itself ends. */
static int
count_edges (const guint8 *pixels, const guint8 *under, int column)
{
  int changed = 0;

  for (int y = 1; y < HEIGHT - 1; y++)
    {
      gsize at = ((gsize) y * WIDTH + (gsize) column) * 4;

      changed += memcmp (pixels + at, under + at, 4) != 0;
    }
  return changed;
}

START_TEST (composite__edges_lie_where_the_upper_picture_changes_and_nowhere_else)
{
  Layers             layers = make_layers ();
  g_autofree guint8 *under = draw_alone (&layers.under);
  g_autofree guint8 *strong = NULL, *faint = NULL, *fainter = NULL;

  vv_pyramid_unref (layers.over.pyramid);
  layers.over.pyramid = make_step (200);
  cairo_matrix_init_identity (&layers.over.to_device);
  strong = draw (&layers, (VvBlend){ .mode = VV_BLEND_EDGES, .amount = 0.5 });
  for (int x = 0; x < WIDTH; x++)
    ck_assert_int_eq (count_edges (strong, under, x), x == 99 || x == 100 ? HEIGHT - 2 : 0);

  /* an edge of 20 is drawn only when faint edges are asked for */
  vv_pyramid_unref (layers.over.pyramid);
  layers.over.pyramid = make_step (80);
  faint = draw (&layers, (VvBlend){ .mode = VV_BLEND_EDGES, .amount = 0.1 });
  fainter = draw (&layers, (VvBlend){ .mode = VV_BLEND_EDGES, .amount = 1 });
  ck_assert_int_eq (count_edges (faint, under, 100), 0);
  ck_assert_int_eq (count_edges (fainter, under, 100), HEIGHT - 2);
  free_layers (&layers);
}
END_TEST

START_TEST (composite__a_missing_picture_is_background)
{
  Layers             layers = make_layers ();
  Layers             half = { layers.under, { NULL } };
  g_autofree guint8 *under = draw_alone (&layers.under);
  g_autofree guint8 *over = draw (&half, (VvBlend){ .mode = VV_BLEND_OVER });
  int                wrong = 0;
  g_autofree guint8 *edges = draw (&half, (VvBlend){ .mode = VV_BLEND_EDGES, .amount = 1 });

  for (gsize i = 0; i < BYTES; i++)
    wrong += over[i] != (i % 4 == 3 ? 0xff : VV_PYRAMID_BACKGROUND);
  ck_assert_int_eq (wrong, 0);
  ck_assert_mem_eq (edges, under, BYTES);
  free_layers (&layers);
}
END_TEST

/* Bands end within an image of this height: what is read across them must not depend on who draws them. */
START_TEST (composite__the_rows_do_not_depend_on_how_many_there_are)
{
  Layers             layers = make_layers ();
  VvBlend            blend = { .mode = (VvBlendMode) _i, .amount = 0.8, .line_x = 100, .line_y = 80, .line_angle = 30 };
  g_autofree guint8 *all = draw (&layers, blend);

  for (int height = 1; height < HEIGHT; height += 13)
    {
      g_autofree guint8 *some = g_malloc (BYTES);

      vv_composite (&layers.under, &layers.over, &blend, some, WIDTH * 4, WIDTH, height);
      ck_assert_mem_eq (some, all, (gsize) height * WIDTH * 4);
    }
  free_layers (&layers);
}
END_TEST

/* An image large enough to be shared. */
START_TEST (composite__does_not_depend_on_how_many_threads_there_are)
{
  const int          width = 700, height = 410;
  Layers             layers = make_layers ();
  VvBlend            blend = { .mode = (VvBlendMode) _i, .amount = 0.6, .line_x = 300, .line_y = 180, .line_angle = 30 };
  gsize              bytes = (gsize) width * 4 * (gsize) height;
  g_autofree guint8 *shared = g_malloc (bytes), *alone = g_malloc0 (bytes);

  cairo_matrix_scale (&layers.under.to_device, 3, 3);
  cairo_matrix_scale (&layers.over.to_device, 2, 2);
  vv_rows_limit (4);
  vv_composite (&layers.under, &layers.over, &blend, shared, (gsize) width * 4, width, height);
  vv_rows_limit (1);
  vv_composite (&layers.under, &layers.over, &blend, alone, (gsize) width * 4, width, height);
  vv_rows_limit (0);
  ck_assert_mem_eq (shared, alone, bytes);
  free_layers (&layers);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("composite");
  TCase *composite = tcase_create ("composite");

  tcase_set_timeout (composite, 60);
  tcase_add_test (composite, composite__one_alone_is_that_picture_to_the_bit);
  tcase_add_loop_test (composite, composite__wipe_shows_each_picture_on_its_side, 0, G_N_ELEMENTS (angles));
  tcase_add_test (composite, composite__wipe_far_outside_shows_one);
  tcase_add_loop_test (composite, composite__mix_is_the_weighted_mean, 0, 6);
  tcase_add_test (composite, composite__edges_lie_where_the_upper_picture_changes_and_nowhere_else);
  tcase_add_test (composite, composite__a_missing_picture_is_background);
  tcase_add_loop_test (composite, composite__the_rows_do_not_depend_on_how_many_there_are, VV_BLEND_UNDER, VV_BLEND_EDGES + 1);
  tcase_add_loop_test (composite, composite__does_not_depend_on_how_many_threads_there_are, VV_BLEND_UNDER, VV_BLEND_EDGES + 1);
  suite_add_tcase (suite, composite);
  return suite;
}

VV_TEST_MAIN (make_suite)
