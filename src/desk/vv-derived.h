// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* Derived images for windows and command line: the closed list of vision/, without a desk; nothing is written and
 * nothing is kept. Lists are as vv-adjust.h says; errors are VV_VISION_ERROR_ADJUSTMENT with a sentence. Any thread. */

/* The kinds of steps with their values, ranges, units and words for people. (transfer full) */
JsonArray *vv_derived_steps (void);

/* @steps checked and completed. (transfer full), or NULL. */
JsonArray *vv_derived_read (JsonArray *steps,
                            GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/* The steps that are on, in words and in the language of the desk; "" when there are none. (transfer full) */
char *vv_derived_describe (JsonArray *steps);

/* The derived image of @picture. With @preview, of a picture that is over that many pixels, first made so much smaller: quick,
 * to look at and for nothing else. @ret_scale: (out) (optional) how much smaller. Blocks. */
VvPicture *vv_derived_make (VvPicture    *picture,
                            JsonArray    *steps,
                            guint         preview,
                            double       *ret_scale,
                            GCancellable *cancellable,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same on a thread of its own; @callback in the caller's main context. */
void       vv_derived_make_async (VvPicture          *picture,
                                  JsonArray          *steps,
                                  guint               preview,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
VvPicture *vv_derived_make_finish (GAsyncResult *result,
                                   double       *ret_scale,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Moves a face of a picture of @width x @height to its derived image, or @back. */
gboolean vv_derived_move_face (JsonArray *steps,
                               int        width,
                               int        height,
                               gboolean   back,
                               VvFace    *face,
                               GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for points. */
gboolean vv_derived_move_points (JsonArray *steps,
                                 int        width,
                                 int        height,
                                 gboolean   back,
                                 VvPoint   *points,
                                 gsize      n_points,
                                 GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/* For "adjust" of the command line: reads @image, applies the list in @steps (a file: {"adjustments":[...]}) and writes a PNG
 * to @out. -> {"file","width","height","pixels_sha256","sha256" (of the file),"source_sha256","adjustments","description"}. */
JsonObject *vv_derived_files (const char   *image,
                              const char   *steps,
                              const char   *out,
                              GCancellable *cancellable,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* The list in a file {"adjustments":[...]}, checked and completed. (transfer full), or NULL. Blocks on disk. */
JsonArray *vv_derived_load (const char *path,
                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
