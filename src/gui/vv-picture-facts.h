// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* Beside a picture of the bench: what its file says of itself, and what can be measured of the face in it. Asks the desk when it
 * is seen and the picture is another one. Main thread only. */
#define VV_TYPE_PICTURE_FACTS (vv_picture_facts_get_type ())
G_DECLARE_FINAL_TYPE (VvPictureFacts, vv_picture_facts, VV, PICTURE_FACTS, AdwBin)

GtkWidget *vv_picture_facts_new (void);

/* @what: (transfer full) (nullable) as vv_desk_picture_facts() takes it; NULL for no picture. */
void vv_picture_facts_set (VvPictureFacts *self,
                           VvDesk         *desk,
                           gint64          request,
                           JsonObject     *what);

G_END_DECLS
