// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

#include "vv-cli-work.h"
#include "vv-progress.h"

typedef struct
{
  VvCliWork work;
  gpointer  data;
} VvJob;

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      task_data,
         GCancellable *cancellable)
{
  VvJob      *job = task_data;
  GError     *error = NULL;
  JsonObject *answer = job->work (job->data, cancellable, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) json_object_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
show_progress (gpointer progress)
{
  guint64 done, total;

  vv_progress_get (progress, &done, &total);
  if (total > 0)
    g_printerr ("\r%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT " ", done, total);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_interrupt (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

JsonObject *
vv_cli_work (VvCliWork work,
             gpointer  data,
             GError  **error)
{
  g_autoptr (VvProgress) progress = vv_progress_new ();
  g_autoptr (GTask)      task = g_task_new (NULL, G_CANCELLABLE (progress), NULL, NULL);
  VvJob                  job = { work, data };
  gboolean               terminal = isatty (STDERR_FILENO) != 0;
  guint                  timer = terminal ? g_timeout_add (100, show_progress, progress) : 0;
  guint                  interrupt = g_unix_signal_add (SIGINT, on_interrupt, progress);

  g_task_set_source_tag (task, (gpointer) (guintptr) vv_cli_work);
  g_task_set_task_data (task, &job, NULL);
  g_task_run_in_thread (task, run_job);
  while (!g_task_get_completed (task))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (interrupt);
  if (timer != 0)
    {
      g_source_remove (timer);
      g_printerr ("\r\033[K");
    }
  return g_task_propagate_pointer (task, error);
}
