// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* Derived images: a list of steps over a picture that itself stays as it is. The list of kinds of steps is closed; each works
 * on the whole picture by a rule that can be written down, and none makes up what the picture does not show. The same picture
 * and list give the same bytes on every machine, whatever the number of threads: all sums are of whole numbers, or of
 * doubles by + - * / and square roots alone, which IEEE 754 fixes to the bit.
 *
 * A list is a JSON array of {"step": name, value: number or word, ..., "on": boolean}. A value that is missing is its
 * default; "on" that is missing is TRUE. Values in pixels, and the size of the picture, are those at that step. */

/* Steps a list may have. */
#define VV_ADJUST_STEPS_MAX 32

/* Largest derived picture, in pixels; the same as of a picture that is read. */
#define VV_ADJUST_MAX_PIXELS (120 * 1000 * 1000)

/* The closed list: [{"step","title","what" (a sentence),"geometry": boolean (it moves points),"values":[{"value","title","unit",
 * "default", and "low","high","digits" (after the point) or "choices":[{"choice","title"}]}]}]. (transfer full) Any thread. */
JsonArray *vv_adjust_table (void);

/* @steps checked and completed: every value there, rounded to its digits, nothing else. Returns: (transfer full), or NULL
 * with VV_VISION_ERROR_ADJUSTMENT and a sentence that says what to change. Any thread. */
JsonArray *vv_adjust_read (JsonArray *steps,
                           GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/* The derived image of @picture. @scale: 1; a preview of a picture that was made smaller passes by how much (0.5: half as
 * wide), so that values in pixels mean the same; only a derived image of scale 1 is the derived image. @threads: how many
 * may work, 0 for one per processor. Blocks; any thread. Returns: (transfer full), or NULL with VV_VISION_ERROR_ADJUSTMENT or
 * G_IO_ERROR_CANCELLED, which takes effect within some 10 ms. */
VvPicture *vv_adjust (VvPicture    *picture,
                      JsonArray    *steps,
                      double        scale,
                      guint         threads,
                      GCancellable *cancellable,
                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Moves @points of a picture of @width x @height to where they are in its derived image, or with @back from the derived
 * image to the picture. Points may lie outside. FALSE as vv_adjust() fails. Any thread. */
gboolean vv_adjust_points (JsonArray *steps,
                           int        width,
                           int        height,
                           gboolean   back,
                           VvPoint   *points,
                           gsize      n_points,
                           GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for a face: its points, and the box around its moved corners. */
gboolean vv_adjust_face (JsonArray *steps,
                         int        width,
                         int        height,
                         gboolean   back,
                         VvFace    *face,
                         GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/* The steps that are on, in words, one sentence each: "Exposure: 0.5 stops. Crop: ...". @english: for records and forms,
 * which are in English whatever the language of the desk. Returns: (transfer full). Any thread. */
char *vv_adjust_describe (JsonArray *steps,
                          gboolean   english);

/* SHA-256 of what is seen: width and height as text, then the rows' bytes without padding. (transfer full) Any thread. */
char *vv_adjust_hash (const VvPicture *picture);

G_END_DECLS
