// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE  /* secure_getenv */
#define G_LOG_DOMAIN "vv-base"
#include "config.h"

#include <stdlib.h>

#include "vv-paths.h"

char *
vv_paths_data (const char *name)
{
  const char *dir = secure_getenv ("VISAVIS_DATA_DIR");

  return g_build_filename (dir != NULL ? dir : VV_DATA_DIR, name, NULL);
}

char *
vv_paths_decoder (void)
{
  const char *path = secure_getenv ("VISAVIS_DECODER");

  return path != NULL ? g_strdup (path) : g_build_filename (VV_LIBEXEC_DIR, "visavis-decoder", NULL);
}

char *
vv_paths_video_decoder (void)
{
  g_autofree char *decoder = vv_paths_decoder ();
  g_autofree char *folder = g_path_get_dirname (decoder);

  return g_build_filename (folder, "visavis-video-decoder", NULL);
}
