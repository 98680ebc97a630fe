// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One named thread for one exclusive resource (the vault, a network). GTasks run on it one after the other,
 * in the order they were pushed; their callbacks arrive in the main context the task was made in. */
typedef struct _VvWorker VvWorker;

/* Starts the thread. Returns: (transfer full). */
VvWorker *vv_worker_new (const char *name);

/* Queues @func; it must answer @task. As g_task_run_in_thread(), but on this thread and in order. */
void vv_worker_push (VvWorker       *self,
                     GTask          *task,
                     GTaskThreadFunc func);

/* Lets what is queued finish, ends the thread and frees. NULL is fine. On the worker itself it returns at once and
 * the thread ends after what is queued. */
void vv_worker_free (VvWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvWorker, vv_worker_free)

G_END_DECLS
