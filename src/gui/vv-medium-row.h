// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A picture or a video that is being added to a request: where it comes from, and the player of a video. Signals "removed",
 * "changed". Main thread only. */
#define VV_TYPE_MEDIUM_ROW (vv_medium_row_get_type ())
G_DECLARE_FINAL_TYPE (VvMediumRow, vv_medium_row, VV, MEDIUM_ROW, AdwExpanderRow)

/* @path: the file; whether it is a video is told by its name. @obtained_by: (nullable) to start from. */
GtkWidget *vv_medium_row_new (const char *path,
                              const char *obtained_by);

/* Details for vv_desk_add_media(), or for a video, which has "class", for vv_desk_add_exhibit(); a video's "player_file" is
 * the path of its player package, which goes first. Returns: (transfer full). */
JsonObject *vv_medium_row_get (VvMediumRow *self);

/* Puts back what vv_medium_row_get() gave. */
void vv_medium_row_set (VvMediumRow *self,
                        JsonObject  *details);

/* Opens it and puts the keyboard into the first field that is empty. */
void vv_medium_row_go_to_missing (VvMediumRow *self);

G_END_DECLS
