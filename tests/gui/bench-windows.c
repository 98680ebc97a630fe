// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include "vv-case-page.h"
#include "vv-page.h"
#include "vv-requests-page.h"
#include "vv-session.h"
#include "vv-thumbnail.h"

/* How long a person waits on the training desk: from starting the program to its window, and from the click on Search to
 * a pool whose every photograph is painted. Prints JSON; bench-windows PROGRAM. */

#define ROUNDS 5

static const char *program;
static gint64      painted; /* when the last frame was done, microseconds */

static void
on_painted_cb (void)
{
  painted = g_get_monotonic_time ();
}

/* --- The window ------------------------------------------------------------------------------------------------------------- */

/* Milliseconds from starting @program to a window of its that is shown. */
static double
time_start (void)
{
  const char *const  argv[] = { program, NULL };
  gint64             begin = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  gint64             end;
  GPid               pid;

  ck_assert_msg (g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error), "%s", error->message);
  vv_page_press ("search --sync --onlyvisible --name Visavis");
  end = g_get_monotonic_time ();
  (void) kill (pid, SIGKILL);
  (void) waitpid (pid, NULL, 0);
  g_spawn_close_pid (pid);
  return (double) (end - begin) / 1000;
}

/* --- The search ------------------------------------------------------------------------------------------------------------- */

static GtkWidget *session;

static void
count_empty (GtkWidget *widget, guint *empty, guint *full)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (VV_IS_THUMBNAIL (widget))
    *(gtk_picture_get_paintable (GTK_PICTURE (gtk_widget_get_first_child (widget))) == NULL ? empty : full) += 1;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    count_empty (child, empty, full);
}

/* The probe and the pool of twelve. */
static gboolean
is_pool_there (void)
{
  guint empty = 0, full = 0;

  count_empty (session, &empty, &full);
  return empty == 0 && full >= 13;
}

/* Milliseconds from the click to the frame that shows the pool. */
static double
time_search (void)
{
  GtkWidget *button = vv_page_find (session, GTK_TYPE_BUTTON, "Search", 0);
  gint64     begin = g_get_monotonic_time ();

  ck_assert (gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  while (!is_pool_there ())
    g_main_context_iteration (NULL, TRUE);
  painted = 0;
  gtk_widget_queue_draw (session);
  while (painted == 0)
    g_main_context_iteration (NULL, TRUE);
  return (double) (painted - begin) / 1000;
}

static GtkWidget *
open_case (gint64 request)
{
  GSettings *settings = g_settings_new_with_path ("org.visavis.Visavis.Person", "/org/visavis/Visavis/people/examiner/");
  GtkWidget *window;

  session = vv_session_new (vv_page_desk (), settings);
  g_object_unref (settings);
  window = vv_page_open_window (session);
  g_signal_emit_by_name (vv_page_find (session, VV_TYPE_REQUESTS_PAGE, NULL, 0), "open", request);
  vv_page_wait_text (session, "The probe is compared with every photograph");
  vv_page_run_for (1000);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", on_painted_cb, NULL);
  return window;
}

static double
median (double *times)
{
  for (guint i = 1; i < ROUNDS; i++)
    for (guint j = i; j > 0 && times[j] < times[j - 1]; j--)
      {
        double other = times[j];

        times[j] = times[j - 1];
        times[j - 1] = other;
      }
  return times[ROUNDS / 2];
}

START_TEST (windows__are_timed)
{
  double start[ROUNDS], search[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      GtkWidget *window;

      start[i] = time_start ();
      vv_page_set_up ();
      window = open_case (vv_page_make_analysis ());
      search[i] = time_search ();
      vv_page_close_window (window);
      vv_page_tear_down ();
    }
  printf ("{\"window_ms\": %.0f, \"click_to_painted_pool_ms\": %.0f, \"rounds\": %d}\n", median (start), median (search), ROUNDS);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("bench-windows");
  TCase *tests = tcase_create ("time");

  tcase_set_timeout (tests, 300);
  tcase_add_test (tests, windows__are_timed);
  suite_add_tcase (all, tests);
  return all;
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      fprintf (stderr, "bench-windows PROGRAM\n");
      return 2;
    }
  program = argv[1];
  return vv_page_run (suite ());
}
