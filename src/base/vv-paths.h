// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the installed files are. $VISAVIS_DATA_DIR and $VISAVIS_DECODER point an uninstalled build at its
 * own; both are ignored in a set-user-id program. Returned strings: (transfer full). Any thread. */
char *vv_paths_data (const char *name); /* e.g. "models", "rules/212-129.json" */
char *vv_paths_decoder (void);          /* visavis-decoder */
char *vv_paths_video_decoder (void);    /* visavis-video-decoder, which lies beside it */

G_END_DECLS
