// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "vv-worker.h"

struct _VvWorker
{
  GThread     *thread;
  GAsyncQueue *jobs; /* of VvJob; one without a task ends the thread */
};

typedef struct
{
  GTask          *task; /* (owned) */
  GTaskThreadFunc func;
} VvJob;

static gpointer
run (gpointer data)
{
  GAsyncQueue *jobs = data;

  for (;;)
    {
      g_autofree VvJob *job = g_async_queue_pop (jobs);

      if (job->task == NULL)
        break;
      job->func (job->task, g_task_get_source_object (job->task), g_task_get_task_data (job->task),
                 g_task_get_cancellable (job->task));
      g_object_unref (job->task);
    }
  g_async_queue_unref (jobs);
  return NULL;
}

VvWorker *
vv_worker_new (const char *name)
{
  VvWorker *self = g_new0 (VvWorker, 1);

  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new (name, run, g_async_queue_ref (self->jobs));
  return self;
}

void
vv_worker_push (VvWorker *self, GTask *task, GTaskThreadFunc func)
{
  VvJob *job = g_new0 (VvJob, 1);

  job->task = g_object_ref (task);
  job->func = func;
  g_async_queue_push (self->jobs, job);
}

void
vv_worker_free (VvWorker *self)
{
  if (self == NULL)
    return;
  g_async_queue_push (self->jobs, g_new0 (VvJob, 1));
  /* A task may hold the last reference to the worker's owner: then the owner ends on the worker itself, which
   * cannot wait for its own end and needs not. */
  if (self->thread == g_thread_self ())
    g_thread_unref (self->thread);
  else
    g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_free (self);
}
