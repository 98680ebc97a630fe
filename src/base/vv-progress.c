// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "vv-progress.h"

struct _VvProgress
{
  GCancellable parent_instance;
  GMutex       mutex;
  guint64      done;  /* (mutex) */
  guint64      total; /* (mutex) */
};

G_DEFINE_FINAL_TYPE (VvProgress, vv_progress, G_TYPE_CANCELLABLE)

static void
vv_progress_finalize (GObject *object)
{
  g_mutex_clear (&VV_PROGRESS (object)->mutex);
  G_OBJECT_CLASS (vv_progress_parent_class)->finalize (object);
}

static void
vv_progress_class_init (VvProgressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vv_progress_finalize;
}

static void
vv_progress_init (VvProgress *self)
{
  g_mutex_init (&self->mutex);
}

VvProgress *
vv_progress_new (void)
{
  return g_object_new (VV_TYPE_PROGRESS, NULL);
}

void
vv_progress_set (GCancellable *cancellable, guint64 done, guint64 total)
{
  VvProgress *self;

  if (cancellable == NULL || !VV_IS_PROGRESS (cancellable))
    return;
  self = VV_PROGRESS (cancellable);
  g_mutex_lock (&self->mutex);
  self->done = done;
  self->total = total;
  g_mutex_unlock (&self->mutex);
}

void
vv_progress_get (VvProgress *self, guint64 *done, guint64 *total)
{
  g_return_if_fail (VV_IS_PROGRESS (self));

  g_mutex_lock (&self->mutex);
  *done = self->done;
  *total = self->total;
  g_mutex_unlock (&self->mutex);
}
