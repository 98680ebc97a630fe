// SPDX-License-Identifier: GPL-3.0-or-later
#include "test-bench.h"

#include <math.h>

#include "test-pictures.h"
#include "vv-test.h"

static gboolean
on_time_out_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_allocated (gpointer canvas)
{
  return gtk_widget_get_width (canvas) == TEST_BENCH_WIDTH && gtk_widget_get_height (canvas) == TEST_BENCH_HEIGHT;
}

gboolean
test_bench_is_complete (gpointer canvas)
{
  VvPyramid *pyramid = vv_canvas_get_pyramid (canvas);

  return pyramid != NULL && vv_pyramid_is_complete (pyramid);
}

void
test_bench_wait_until (gboolean (*done) (gpointer), gpointer data)
{
  gboolean late = FALSE;
  guint    timer = g_timeout_add_seconds (20, on_time_out_cb, &late);

  while (!done (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  ck_assert_msg (!late, "waited too long");
  g_source_remove (timer);
}

static VvCanvas *
add_canvas (GtkWidget *box)
{
  GtkWidget *canvas = vv_canvas_new ();

  gtk_widget_set_size_request (canvas, TEST_BENCH_WIDTH, TEST_BENCH_HEIGHT);
  gtk_widget_set_hexpand (canvas, FALSE);
  gtk_widget_set_vexpand (canvas, FALSE);
  gtk_box_append (GTK_BOX (box), canvas);
  return VV_CANVAS (canvas);
}

TestBench
test_bench_open (void)
{
  TestBench  bench = { .window = gtk_window_new () };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  bench.left = add_canvas (box);
  bench.right = add_canvas (box);
  gtk_window_set_child (GTK_WINDOW (bench.window), box);
  gtk_window_present (GTK_WINDOW (bench.window));
  test_bench_wait_until (is_allocated, bench.right);
  return bench;
}

void
test_bench_close (TestBench *bench)
{
  VvCanvas *left = bench->left;

  g_object_add_weak_pointer (G_OBJECT (bench->left), (gpointer *) &bench->left);
  g_object_add_weak_pointer (G_OBJECT (bench->right), (gpointer *) &bench->right);
  gtk_window_destroy (GTK_WINDOW (bench->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  ck_assert_msg (bench->left == NULL && bench->right == NULL, "canvas %p is still alive", (gpointer) left);
}

void
test_bench_show_noise (VvCanvas *canvas, int width, int height)
{
  g_autoptr (VvPicture) picture = test_picture_noise (width, height, 3);

  vv_canvas_set_picture (canvas, picture, NULL, 0, -1);
  test_bench_wait_until (test_bench_is_complete, canvas);
}

double
test_bench_scale_of (VvCanvas *canvas)
{
  cairo_matrix_t matrix;

  vv_canvas_get_matrix (canvas, &matrix);
  return hypot (matrix.xx, matrix.yx);
}

void
test_bench_to_picture (VvCanvas *canvas, double *x, double *y)
{
  cairo_matrix_t matrix;

  vv_canvas_get_matrix (canvas, &matrix);
  ck_assert_int_eq (cairo_matrix_invert (&matrix), CAIRO_STATUS_SUCCESS);
  cairo_matrix_transform_point (&matrix, x, y);
}

guint8 *
test_bench_render (VvCanvas *canvas)
{
  g_autoptr (GtkSnapshot)   snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture)    texture = NULL;
  GskRenderer              *renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (canvas)));
  guint8                   *pixels = g_malloc (TEST_BENCH_WIDTH * TEST_BENCH_HEIGHT * 4);

  GTK_WIDGET_GET_CLASS (canvas)->snapshot (GTK_WIDGET (canvas), snapshot);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, TEST_BENCH_WIDTH, TEST_BENCH_HEIGHT));
  gdk_texture_download (texture, pixels, TEST_BENCH_WIDTH * 4);
  return pixels;
}

VvFace
test_bench_link_faces (TestBench *bench, VvFace *out_right)
{
  g_autoptr (VvView)    view = vv_view_new (VV_FRAME_FACE);
  g_autoptr (VvPicture) left = test_picture_noise (900, 1000, 1);
  g_autoptr (VvPicture) right = test_picture_noise (300, 400, 2);
  VvFace                face = test_face (350.5f, 420.25f, 560, 401);

  *out_right = test_face (120, 150.5f, 171.75f, 159);
  vv_canvas_set_view (bench->left, view);
  vv_canvas_set_view (bench->right, view);
  vv_canvas_set_picture (bench->left, left, &face, 1, 0);
  vv_canvas_set_picture (bench->right, right, out_right, 1, 0);
  return face;
}

double
test_bench_eye_gap (TestBench *bench, const VvFace *left, const VvFace *right, int eye)
{
  cairo_matrix_t a, b;
  double         left_x = left->five[eye].x, left_y = left->five[eye].y;
  double         right_x = right->five[eye].x, right_y = right->five[eye].y;

  vv_canvas_get_matrix (bench->left, &a);
  vv_canvas_get_matrix (bench->right, &b);
  cairo_matrix_transform_point (&a, &left_x, &left_y);
  cairo_matrix_transform_point (&b, &right_x, &right_y);
  return hypot (left_x - right_x, left_y - right_y);
}

static gboolean
on_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer frames)
{
  (*(int *) frames)++;
  return G_SOURCE_CONTINUE;
}

void
test_bench_xdotool (TestBench *bench, const char *arguments)
{
  int                frames = 0;
  guint              tick;
  g_autofree char   *line = g_strdup_printf ("xdotool %s", arguments);
  g_autoptr (GError) error = NULL;
  gboolean           late = FALSE;
  int                status = 0;

  (void) g_spawn_command_line_sync (line, NULL, NULL, &status, &error);
  vv_assert_ok (error);
  ck_assert_int_eq (status, 0);
  g_timeout_add (150, on_time_out_cb, &late);
  tick = gtk_widget_add_tick_callback (bench->window, on_frame_cb, &frames, NULL);
  while (!late || frames < 8)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (bench->window, tick);
}
