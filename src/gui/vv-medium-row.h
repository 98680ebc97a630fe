// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A picture that comes with a new request: where it comes from. Signal "removed". Main thread only. */
#define VV_TYPE_MEDIUM_ROW (vv_medium_row_get_type ())
G_DECLARE_FINAL_TYPE (VvMediumRow, vv_medium_row, VV, MEDIUM_ROW, AdwExpanderRow)

/* @path: the picture. @obtained_by: (nullable) to start from. */
GtkWidget *vv_medium_row_new (const char *path,
                              const char *obtained_by);

/* Returns: (transfer full) details for vv_desk_add_media(). */
JsonObject *vv_medium_row_get (VvMediumRow *self);

G_END_DECLS
