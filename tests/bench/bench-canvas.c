// SPDX-License-Identifier: GPL-3.0-or-later
/* Two linked canvases of some 800 x 900 with 24 megapixels each: how long a frame takes while panning, zooming,
 * turning and moving one alone. Prints JSON; the exit status says whether the goal is kept: median <= 33 ms,
 * worst <= 67 ms, first sight <= 700 ms, resident memory <= 450 MB.
 *
 * bench-canvas [SECONDS-EACH] */
#include <gtk/gtk.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "vv-canvas.h"

#define WIDTH  6000
#define HEIGHT 4000

typedef struct
{
  GtkWidget *window;
  VvCanvas  *canvases[2];
  GArray    *times; /* double, ms from before-paint to after-paint */
  gint64     began;
  int        act;
  int        step;
} Bench;

static const char *const acts[] = { "pan", "zoom", "turn", "alone" };

static VvPicture *
make_picture (guint32 seed)
{
  gsize   count = (gsize) WIDTH * HEIGHT;
  guint8 *pixels = g_malloc (count * 4);
  guint32 state = seed;

  for (gsize i = 0; i < count; i++)
    {
      int x = (int) (i % WIDTH), y = (int) (i / WIDTH);
      int shade = ((x / 16) ^ (y / 16)) & 0x7f;

      state = state * 1664525u + 1013904223u;
      pixels[4 * i] = (guint8) (shade + (int) (state >> 26));
      pixels[4 * i + 1] = (guint8) (shade + x * 64 / WIDTH);
      pixels[4 * i + 2] = (guint8) (shade + y * 128 / HEIGHT);
      pixels[4 * i + 3] = 0xff;
    }
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, count * 4);
  return vv_picture_new (WIDTH, HEIGHT, (gsize) WIDTH * 4, bytes);
}

static VvFace
make_face (float x, float y, float distance, float slant)
{
  VvFace face = { .box = { x - distance, y - distance, 2 * distance, 2.6f * distance } };

  for (int i = 0; i < VV_LANDMARK_COUNT; i++)
    face.landmarks[i] = (VvPoint){ x + distance * cosf (0.3f * (float) i), y + distance * sinf (0.3f * (float) i) };
  for (int i = 0; i < VV_FIVE_COUNT; i++)
    face.five[i] = (VvPoint){ x + (i % 2 == 0 ? -0.5f : 0.5f) * distance, y + distance * (float) (i / 2) * 0.5f + (i == 1 ? slant : 0) };
  return face;
}

static double
resident_mb (void)
{
  g_autofree char *text = NULL;
  long             pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    (void) sscanf (text, "%*d %ld", &pages);
  return (double) pages * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

/* Of all threads: tells more than the clock on a machine with other work to do. */
static double
cpu_ms (void)
{
  struct timespec now = { 0 };

  (void) clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void
on_before_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->began = g_get_monotonic_time ();
}

static void
on_after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  double ms = (double) (g_get_monotonic_time () - bench->began) / 1000;

  if (bench->act >= 0)
    g_array_append_val (bench->times, ms);
}

static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench    *bench = data;
  VvCanvas *canvas = bench->canvases[bench->step / 60 % 2];
  double    phase = bench->step++ * G_PI / 30;

  switch (bench->act)
    {
    case 0:
      vv_canvas_pan (canvas, 40 * cos (phase), 40 * sin (phase), FALSE);
      break;
    case 1:
      vv_canvas_zoom_at (canvas, 300, 500, sin (phase / 2) > 0 ? 1.08 : 1 / 1.08, FALSE);
      break;
    case 2:
      vv_canvas_turn_at (canvas, 400, 400, 3, FALSE);
      break;
    case 3:
      vv_canvas_pan (canvas, 30 * sin (phase), 17 * cos (phase), TRUE);
      break;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
on_time_out_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean done = FALSE;

  g_timeout_add (ms, on_time_out_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
quantile (GArray *times, double q)
{
  return times->len == 0 ? 0 : g_array_index (times, double, (guint) (q * (times->len - 1)));
}

static gboolean
run_act (Bench *bench, int act, guint seconds)
{
  double median, worst, cpu;

  g_array_set_size (bench->times, 0);
  vv_canvas_reset (bench->canvases[0]);
  run_for (200);
  bench->step = 0;
  cpu = cpu_ms ();
  bench->act = act;
  run_for (seconds * 1000);
  cpu = cpu_ms () - cpu;
  bench->act = -1;
  g_array_sort (bench->times, compare);
  median = quantile (bench->times, 0.5);
  worst = quantile (bench->times, 1);
  g_print ("  \"%s\": {\"frames\": %u, \"per_second\": %.1f, \"median_ms\": %.1f, \"p95_ms\": %.1f, \"p99_ms\": %.1f, \"worst_ms\": %.1f, \"cpu_ms\": %.1f},\n",
           acts[act], bench->times->len, bench->times->len / (double) seconds, median, quantile (bench->times, 0.95),
           quantile (bench->times, 0.99), worst, cpu / MAX (bench->times->len, 1));
  return median <= 33 && worst <= 67;
}

/* Milliseconds until both pictures are on the screen. */
static double
show_pictures (Bench *bench)
{
  VvPicture *pictures[2] = { make_picture (1), make_picture (7) };
  VvFace     faces[2] = { make_face (2500, 1700, 900, 60), make_face (3300, 2100, 640, -30) };
  gint64     began = g_get_monotonic_time ();

  for (int i = 0; i < 2; i++)
    vv_canvas_set_picture (bench->canvases[i], pictures[i], &faces[i], 1, 0);
  g_clear_pointer (&pictures[0], vv_picture_unref);
  g_clear_pointer (&pictures[1], vv_picture_unref);
  while (vv_canvas_get_pyramid (bench->canvases[0]) == NULL || vv_canvas_get_pyramid (bench->canvases[1]) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return (double) (g_get_monotonic_time () - began) / 1000;
}

static void
open_window (Bench *bench)
{
  GtkWidget         *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  g_autoptr (VvView) view = vv_view_new (VV_FRAME_FACE);
  GdkFrameClock     *clock;

  bench->window = gtk_window_new ();
  for (int i = 0; i < 2; i++)
    {
      bench->canvases[i] = VV_CANVAS (vv_canvas_new ());
      vv_canvas_set_view (bench->canvases[i], view);
      vv_canvas_set_overlays (bench->canvases[i], VV_OVERLAY_BOXES | VV_OVERLAY_FIVE | VV_OVERLAY_LANDMARKS | VV_OVERLAY_CONTOURS);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (bench->canvases[i]));
    }
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_window_set_child (GTK_WINDOW (bench->window), box);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1600, 940);
  gtk_window_present (GTK_WINDOW (bench->window));
  run_for (500);
  clock = gtk_widget_get_frame_clock (bench->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint_cb), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint_cb), bench);
  gtk_widget_add_tick_callback (bench->window, on_tick_cb, bench, NULL);
}

int
main (int argc, char **argv)
{
  Bench    bench = { .times = g_array_new (FALSE, FALSE, sizeof (double)), .act = -1 };
  guint    seconds = argc > 1 ? (guint) MAX (atoi (argv[1]), 1) : 3;
  gboolean good = TRUE;
  double   first_sight, memory;

  gtk_init ();
  open_window (&bench);
  g_print ("{\n  \"canvas\": [%d, %d],\n", gtk_widget_get_width (GTK_WIDGET (bench.canvases[0])),
           gtk_widget_get_height (GTK_WIDGET (bench.canvases[0])));
  first_sight = show_pictures (&bench);
  run_for (1000);
  for (int act = 0; act < (int) G_N_ELEMENTS (acts); act++)
    good = run_act (&bench, act, seconds) && good;
  memory = resident_mb ();
  g_print ("  \"first_sight_ms\": %.1f,\n  \"resident_mb\": %.1f\n}\n", first_sight, memory);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_array_unref (bench.times);
  return good && first_sight <= 700 && memory <= 450 ? EXIT_SUCCESS : EXIT_FAILURE;
}
