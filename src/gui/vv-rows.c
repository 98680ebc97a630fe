// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "vv-rows.h"

#define MAX_HELPERS 3         /* beside the calling thread */
#define ALONE_BELOW (1 << 17) /* pixels; smaller images are not worth a second thread */

typedef struct
{
  VvRowsFunc    func;
  gconstpointer image; /* gone once all rows are done: a helper that comes late finds no row and does not look at it */
  int           height;

  int    next_row;  /* (atomic) */
  int    done_rows; /* (mutex) */
  GMutex mutex;
  GCond  cond;
} Job;

static guint most_threads; /* 0: one for each processor */

void
vv_rows_limit (guint threads)
{
  most_threads = threads;
}

static void
work (Job *job)
{
  for (;;)
    {
      int first = g_atomic_int_add (&job->next_row, VV_ROWS_BAND);
      int end = MIN (first + VV_ROWS_BAND, job->height);

      if (first >= job->height)
        return;
      job->func (job->image, first, end);
      g_mutex_lock (&job->mutex);
      job->done_rows += end - first;
      g_cond_signal (&job->cond);
      g_mutex_unlock (&job->mutex);
    }
}

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_mutex_clear (&job->mutex);
  g_cond_clear (&job->cond);
}

static void
work_in_thread (gpointer data, gpointer user_data)
{
  Job *job = data;

  work (job);
  g_atomic_rc_box_release_full (job, job_clear);
}

/* Waits for rows, not for threads: a helper that wakes up late finds nothing left and delays nobody. */
void
vv_rows_run (VvRowsFunc func, gconstpointer image, int width, int height)
{
  static GThreadPool *pool = NULL;
  static gsize        once = 0;
  guint               helpers = CLAMP (most_threads > 0 ? most_threads : g_get_num_processors (), 1, MAX_HELPERS + 1) - 1;
  Job                *job = g_atomic_rc_box_new0 (Job);

  if (g_once_init_enter (&once))
    {
      pool = g_thread_pool_new (work_in_thread, NULL, MAX_HELPERS, /* exclusive= */ FALSE, /* error= */ NULL);
      g_once_init_leave (&once, 1);
    }
  job->func = func;
  job->image = image;
  job->height = height;
  g_mutex_init (&job->mutex);
  g_cond_init (&job->cond);
  if ((gint64) width * height < ALONE_BELOW)
    helpers = 0;
  for (guint i = 0; i < helpers; i++)
    (void) g_thread_pool_push (pool, g_atomic_rc_box_acquire (job), /* error= */ NULL);
  work (job);
  g_mutex_lock (&job->mutex);
  while (job->done_rows < job->height)
    g_cond_wait (&job->cond, &job->mutex);
  g_mutex_unlock (&job->mutex);
  g_atomic_rc_box_release_full (job, job_clear);
}
