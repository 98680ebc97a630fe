// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "vv-mark.h"

G_BEGIN_DECLS

/* A mark as JSON: {"mark": name of the kind, "points": [[x,y], ...]}, hundredths of a pixel. */

/* FALSE when @json is not a whole mark: its kind known, as many points as that has, all finite and within a million pixels.
 * @ret_mark: (optional) untouched then. */
gboolean vv_mark_read (JsonObject *json,
                       VvMark     *ret_mark);

/* Returns: (transfer full). */
JsonObject *vv_mark_to_json (const VvMark *self);

G_END_DECLS
