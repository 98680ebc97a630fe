// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* A small picture of the desk on neutral grey. It is fetched and scaled down once, off the main thread, and kept
 * at that size. Main thread only. */
#define VV_TYPE_THUMBNAIL (vv_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (VvThumbnail, vv_thumbnail, VV, THUMBNAIL, GtkWidget)

/* @size: longest side in pixels. @name: what screen readers call it. */
GtkWidget *vv_thumbnail_new (int         size,
                             const char *name);

/* Shows what vv_desk_picture() has under @what (transfer full); a second time for the same does nothing. */
void vv_thumbnail_show (VvThumbnail *self,
                        VvDesk      *desk,
                        gint64       request,
                        JsonObject  *what);

G_END_DECLS
