// SPDX-License-Identifier: GPL-3.0-or-later
/* Two pictures of 24 megapixels in every view of the bench: how long a frame takes while a real pointer (xdotool) drags, turns
 * the wheel and presses keys, with the cairo renderer. Prints JSON with the goal beside each figure: median <= 33 ms, worst <= 67 ms in
 * every view, first sight <= 700 ms, resident memory <= 400 MB. Judges nothing: the machine may have other work to do.
 *
 * bench-canvas [SECONDS-EACH [NUMBER]]: NUMBER for one view alone, as under a profiler. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "vv-canvas-marks.h"
#include "vv-feature-strips.h"

#define WIDTH   6000
#define HEIGHT  4000
#define N_MARKS 20 /* on each picture: outlines of 16 points, more than anybody draws */

#define MEDIAN_GOAL 33.0 /* ms */
#define WORST_GOAL  67.0
#define SIGHT_GOAL  700.0
#define MEMORY_GOAL 400.0 /* MB */

typedef struct
{
  GtkWidget       *window;
  GtkStack        *stack;
  VvCanvas        *canvases[2];
  VvFeatureStrips *strips;
  VvFace           faces[2];
  GArray          *times; /* double, ms from before-paint to after-paint */
  gint64           began;
  gboolean         measuring;
} Bench;

/* What the hand does, at some sixty steps a second. */
typedef enum
{
  HAND_PAN,  /* drags in a circle */
  HAND_ZOOM, /* the wheel, there and back */
  HAND_TURN, /* the wheel with Shift */
  HAND_LINE, /* drags to and fro from the middle, where the line of a wipe is */
  HAND_KEYS, /* , and . */
} Hand;

static const struct
{
  const char *name;
  VvPairing   pairing;
  Hand        hand;
  gboolean    strips, blinking, alone, marks;
} acts[] = {
  { "side pan", VV_PAIRING_NONE, HAND_PAN },
  { "side zoom", VV_PAIRING_NONE, HAND_ZOOM },
  { "side turn", VV_PAIRING_NONE, HAND_TURN },
  { "side alone", VV_PAIRING_NONE, HAND_PAN, .alone = TRUE },
  { "wipe pan", VV_PAIRING_WIPE, HAND_PAN },
  { "wipe zoom", VV_PAIRING_WIPE, HAND_ZOOM },
  { "wipe line", VV_PAIRING_WIPE, HAND_LINE },
  { "blink pan", VV_PAIRING_BLINK, HAND_PAN, .blinking = TRUE },
  { "blink zoom", VV_PAIRING_BLINK, HAND_ZOOM, .blinking = TRUE },
  { "overlay pan", VV_PAIRING_MIX, HAND_PAN },
  { "overlay zoom", VV_PAIRING_MIX, HAND_ZOOM },
  { "overlay opacity", VV_PAIRING_MIX, HAND_KEYS },
  { "edges pan", VV_PAIRING_EDGES, HAND_PAN },
  { "edges zoom", VV_PAIRING_EDGES, HAND_ZOOM },
  { "strips pan", VV_PAIRING_NONE, HAND_PAN, .strips = TRUE },
  { "strips zoom", VV_PAIRING_NONE, HAND_ZOOM, .strips = TRUE },
  { "marks pan", VV_PAIRING_NONE, HAND_PAN, .marks = TRUE },
  { "marks overlay", VV_PAIRING_MIX, HAND_PAN, .marks = TRUE },
};

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

static void
put_marks (Bench *bench, guint n_marks)
{
  VvShownMark marks[N_MARKS] = { { 0 } };

  for (guint i = 0; i < n_marks; i++)
    {
      marks[i].number = i + 1;
      marks[i].mark = (VvMark){ .kind = VV_MARK_OUTLINE, .n_points = 16 };
      for (guint p = 0; p < 16; p++)
        marks[i].mark.points[p] = (VvPoint){ 2000 + 500 * (float) (i % 5) + 180 * cosf (0.39f * (float) p), 900 + 500 * (float) (i / 5) + 180 * sinf (0.39f * (float) p) };
    }
  for (int face = 0; face < 2; face++)
    vv_canvas_set_marks (bench->canvases[face], marks, n_marks, n_marks > 0 ? 1 : 0);
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

  if (bench->measuring)
    g_array_append_val (bench->times, ms);
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

/* One program of xdotool for the whole act: a process for each step would take the time that is measured. */
static char *
write_script (Hand hand, gboolean alone, guint seconds)
{
  GString *script = g_string_new ("mousemove 400 470\n");
  int      centre = hand == HAND_LINE ? 800 : 400;
  gboolean drags = hand == HAND_PAN || hand == HAND_LINE;

  if (alone)
    g_string_append (script, "keydown ctrl\n");
  if (hand == HAND_TURN)
    g_string_append (script, "keydown shift\n");
  if (drags)
    g_string_append_printf (script, "mousemove %d 470\nmousedown 1\n", centre);
  for (guint i = 0; i < seconds * 60; i++)
    {
      double phase = i * G_PI / 30;

      if (drags)
        g_string_append_printf (script, "mousemove %d %d\n", centre + (int) (250 * sin (phase)), 470 + (int) (150 * (1 - cos (phase))));
      else if (hand == HAND_KEYS)
        g_string_append (script, i / 10 % 2 == 0 ? "key period\n" : "key comma\n");
      else
        g_string_append (script, i / 12 % 2 == 0 ? "click 4\n" : "click 5\n");
      g_string_append (script, "sleep 0.012\n");
    }
  g_string_append (script, drags ? "mouseup 1\n" : "");
  g_string_append (script, "keyup ctrl\nkeyup shift\n");
  return g_string_free (script, FALSE);
}

static void
on_hand_done_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  (void) g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  *(gboolean *) done = TRUE;
}

static gboolean
move_hand (Hand hand, gboolean alone, guint seconds)
{
  g_autofree char        *script = write_script (hand, alone, seconds);
  g_autofree char        *path = g_build_filename (g_get_tmp_dir (), "bench-canvas.xdotool", NULL);
  g_autoptr (GSubprocess) xdotool = NULL;
  gboolean                done = FALSE;

  if (!g_file_set_contents (path, script, -1, NULL))
    return FALSE;
  xdotool = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, "xdotool", path, NULL);
  if (xdotool == NULL)
    return FALSE;
  g_subprocess_wait_async (xdotool, NULL, on_hand_done_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  (void) g_unlink (path);
  return TRUE;
}

static void
show_view (Bench *bench, guint act)
{
  gboolean paired = acts[act].pairing != VV_PAIRING_NONE;

  gtk_widget_set_visible (GTK_WIDGET (bench->canvases[1]), !paired);
  put_marks (bench, acts[act].marks ? N_MARKS : 0);
  vv_canvas_set_pairing (bench->canvases[0], acts[act].pairing);
  vv_canvas_set_blink_rate (bench->canvases[0], VV_BLINK_RATE_MAX);
  vv_canvas_set_blinking (bench->canvases[0], acts[act].blinking);
  vv_canvas_set_line (bench->canvases[0], 0, 0);
  gtk_stack_set_visible_child_name (bench->stack, acts[act].strips ? "strips" : "faces");
  if (acts[act].strips)
    vv_feature_strips_set (bench->strips, bench->canvases[0], &bench->faces[0], bench->canvases[1], &bench->faces[1]);
  gtk_widget_grab_focus (GTK_WIDGET (acts[act].strips ? vv_feature_strips_get_canvas (bench->strips) : bench->canvases[0]));
  vv_canvas_reset (bench->canvases[0]);
  run_for (300);
}

static gboolean
run_act (Bench *bench, guint act, guint seconds)
{
  double   median, worst, cpu;
  gboolean moved;

  show_view (bench, act);
  g_array_set_size (bench->times, 0);
  cpu = cpu_ms ();
  bench->measuring = TRUE;
  moved = move_hand (acts[act].hand, acts[act].alone, seconds);
  bench->measuring = FALSE;
  cpu = cpu_ms () - cpu;
  g_array_sort (bench->times, compare);
  median = quantile (bench->times, 0.5);
  worst = quantile (bench->times, 1);
  g_print ("  \"%s\": {\"frames\": %u, \"median_ms\": %.1f, \"p95_ms\": %.1f, \"p99_ms\": %.1f, \"worst_ms\": %.1f, \"cpu_ms\": %.1f, "
           "\"goal_ms\": [%.0f, %.0f], \"met\": %s},\n",
           acts[act].name, bench->times->len, median, quantile (bench->times, 0.95), quantile (bench->times, 0.99), worst,
           cpu / MAX (bench->times->len, 1), MEDIAN_GOAL, WORST_GOAL, median <= MEDIAN_GOAL && worst <= WORST_GOAL ? "true" : "false");
  return moved && bench->times->len > 0;
}

/* Milliseconds until both pictures are on the screen. */
static double
show_pictures (Bench *bench)
{
  VvPicture *pictures[2] = { make_picture (1), make_picture (7) };
  gint64     began = g_get_monotonic_time ();

  bench->faces[0] = make_face (2500, 1700, 900, 60);
  bench->faces[1] = make_face (3300, 2100, 640, -30);
  for (int i = 0; i < 2; i++)
    vv_canvas_set_picture (bench->canvases[i], pictures[i], &bench->faces[i], 1, 0);
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
  vv_canvas_set_over (bench->canvases[0], bench->canvases[1]);
  bench->stack = GTK_STACK (gtk_stack_new ());
  bench->strips = g_object_new (VV_TYPE_FEATURE_STRIPS, NULL);
  gtk_stack_add_named (bench->stack, box, "faces");
  gtk_stack_add_named (bench->stack, GTK_WIDGET (bench->strips), "strips");
  gtk_window_set_child (GTK_WINDOW (bench->window), GTK_WIDGET (bench->stack));
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1600, 940);
  gtk_window_present (GTK_WINDOW (bench->window));
  run_for (500);
  clock = gtk_widget_get_frame_clock (bench->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint_cb), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint_cb), bench);
}

int
main (int argc, char **argv)
{
  Bench    bench = { .times = g_array_new (FALSE, FALSE, sizeof (double)) };
  guint    seconds = argc > 1 ? (guint) MAX (atoi (argv[1]), 1) : 3;
  guint    first = argc > 2 ? (guint) MIN (MAX (atoi (argv[2]), 0), (int) G_N_ELEMENTS (acts) - 1) : 0;
  guint    end = argc > 2 ? first + 1 : G_N_ELEMENTS (acts);
  gboolean good = TRUE;
  double   first_sight, memory;

  (void) g_setenv ("GSK_RENDERER", "cairo", /* overwrite= */ FALSE);
  adw_init ();
  open_window (&bench);
  g_print ("{\n  \"canvas\": [%d, %d],\n", gtk_widget_get_width (GTK_WIDGET (bench.canvases[0])),
           gtk_widget_get_height (GTK_WIDGET (bench.canvases[0])));
  first_sight = show_pictures (&bench);
  run_for (1000);
  for (guint act = first; act < end; act++)
    good = run_act (&bench, act, seconds) && good;
  memory = resident_mb ();
  g_print ("  \"first_sight_ms\": %.1f, \"first_sight_goal_ms\": %.0f,\n  \"resident_mb\": %.1f, \"resident_goal_mb\": %.0f\n}\n",
           first_sight,
           SIGHT_GOAL, memory, MEMORY_GOAL);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_array_unref (bench.times);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
