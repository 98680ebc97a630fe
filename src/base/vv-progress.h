// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A GCancellable that can also tell how far the work has come. Work takes a plain GCancellable and calls
 * vv_progress_set(); whoever wants to show progress passes a VvProgress and reads it ten times a second. */
#define VV_TYPE_PROGRESS (vv_progress_get_type ())
G_DECLARE_FINAL_TYPE (VvProgress, vv_progress, VV, PROGRESS, GCancellable)

VvProgress *vv_progress_new (void);

/* Says that @done of @total units are done. Does nothing unless @cancellable is a VvProgress; NULL is
 * fine. Any thread; cheap enough for an inner loop. */
void vv_progress_set (GCancellable *cancellable,
                      guint64       done,
                      guint64       total);

/* Reads both; @total is 0 while nothing is known yet. Any thread. */
void vv_progress_get (VvProgress *self,
                      guint64    *done,
                      guint64    *total);

G_END_DECLS
