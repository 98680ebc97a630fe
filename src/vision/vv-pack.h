// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Model packs on disk: one JSON manifest each, beside the file it names. Errors are VV_VISION_ERROR_MODEL. */

typedef enum
{
  VV_PACK_DETECTOR,
  VV_PACK_LANDMARKS,
  VV_PACK_RECOGNISER,
  VV_PACK_ROLES
} VvPackRole;

/* Every manifest of @models_dir, by file name, "use.json" left out. Reads no model. A manifest that is no
 * JSON or lacks name, role, file or sha256 fails the whole. Returns: (transfer full). Any thread. */
JsonArray *vv_pack_manifests (const char *models_dir,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The manifest that "use.json" names for @role. Returns: (transfer full). Any thread. */
JsonObject *vv_pack_in_use (const char *models_dir,
                            VvPackRole  role,
                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The bytes of the pack's file, and no others: the sum is taken of what is handed back, so that a file
 * exchanged after the check is never loaded. Returns: (transfer full). Any thread; blocks on disk. */
GBytes *vv_pack_read (const char *models_dir,
                      JsonObject *manifest,
                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* "ok", "missing" or "wrong sum". Any thread; blocks on disk. */
const char *vv_pack_state (const char *models_dir,
                           JsonObject *manifest);

G_END_DECLS
