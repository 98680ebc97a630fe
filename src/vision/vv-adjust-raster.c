// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "vv-adjust-private.h"

#define BAND        32 /* rows a thread takes at a time */
#define THREADS_MAX 16

typedef struct
{
  VvRowsFunc    rows;
  gpointer      data;
  int           height;
  int           next; /* (atomic) first row that nobody took */
  GCancellable *cancellable;
} Job;

static gpointer
work (gpointer data)
{
  Job *job = data;

  while (!g_cancellable_is_cancelled (job->cancellable))
    {
      int from = g_atomic_int_add (&job->next, BAND);

      if (from >= job->height)
        break;
      job->rows (from, MIN (from + BAND, job->height), job->data);
    }
  return NULL;
}

gboolean
_vv_rows (const VvRaster *raster, int height, VvRowsFunc rows, gpointer data, GError **error)
{
  Job      job = { rows, data, height, 0, raster->cancellable };
  GThread *helpers[THREADS_MAX];
  guint    threads = raster->threads > 0 ? raster->threads : g_get_num_processors ();
  guint    n = 0;

  threads = CLAMP (threads, 1, THREADS_MAX);
  while (n + 1 < threads && (int) n + 1 < (height + BAND - 1) / BAND)
    helpers[n++] = g_thread_new ("vv-adjust", work, &job);
  (void) work (&job);
  while (n > 0)
    (void) g_thread_join (helpers[--n]);
  return !g_cancellable_set_error_if_cancelled (raster->cancellable, error);
}

void
_vv_raster_take (VvRaster *raster, guint8 *pixels, int width, int height)
{
  g_free (raster->pixels);
  raster->pixels = pixels;
  raster->width = width;
  raster->height = height;
}
