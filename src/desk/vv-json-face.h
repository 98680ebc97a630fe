// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* A face as JSON: {"box":{"x","y","width","height"},"score","manual","five":[[x,y] x 5],"landmarks":[[x,y] x 68]},
 * pixels of the upright picture. */

/* Returns: (transfer full). */
JsonObject *vv_json_face_new (const VvFace *face);

/* FALSE when @json is not a whole face; @ret_face is then untouched. */
gboolean vv_json_face_read (JsonObject *json,
                            VvFace     *ret_face);

G_END_DECLS
