// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows of an image, shared among threads.
 *
 * @func: draws rows @first to @end - 1 of @image; called by several threads at once, each row in one call. */
typedef void (*VvRowsFunc) (gconstpointer image,
                            int           first,
                            int           end);

/* Rows that one call gets at most. */
#define VV_ROWS_BAND 32

/* Draws an image of @width x @height pixels. The calling thread works too; blocks until all rows are done. Small images
 * are drawn by the calling thread alone. Any thread. */
void vv_rows_run (VvRowsFunc    func,
                  gconstpointer image,
                  int           width,
                  int           height);

/* Lets at most @threads work on an image from here on, the calling one among them; 0: as many as there are processors. For tests
 * that show that the pixels do not depend on it. */
void vv_rows_limit (guint threads);

G_END_DECLS
