// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* Pictures and videos that are being added to a request: chosen or dropped, said where they come from, taken in one after
 * the other. Signal "changed". Main thread only. */
#define VV_TYPE_MEDIA_LIST (vv_media_list_get_type ())
G_DECLARE_FINAL_TYPE (VvMediaList, vv_media_list, VV, MEDIA_LIST, AdwBin)

/* Adds the file at @path, with @details (nullable) as vv_media_list_get() gave them. */
void vv_media_list_add (VvMediaList *self,
                        const char  *path,
                        JsonObject  *details);

/* Who obtained the files that are added from now on, to start from; NULL for nobody. */
void vv_media_list_set_obtainer (VvMediaList *self,
                                 const char  *name);

/* Details of each file (vv_medium_row_get()), in order. Returns: (transfer full). */
JsonArray *vv_media_list_get (VvMediaList *self);

/* Opens the row at @index and puts the keyboard there; without it, at the button that adds. */
void vv_media_list_go_to (VvMediaList *self,
                          int          index);

/* Takes all away. */
void vv_media_list_clear (VvMediaList *self);

/* @error: NULL when all were taken in. */
typedef void (*VvMediaListDone) (gpointer      user_data,
                                 const GError *error);

/* Takes the files into @request, one after the other; each leaves the list as it is taken, so that taking again after a
 * refusal goes on from there. @user_data: (GObject) kept alive until @done was called. */
void vv_media_list_take (VvMediaList    *self,
                         VvDesk         *desk,
                         gint64          request,
                         VvMediaListDone done,
                         gpointer        user_data);

G_END_DECLS
