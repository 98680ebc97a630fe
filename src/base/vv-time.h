// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are UTC, to the hundredth of a second (CJIS AU-8), as text: "2026-11-23T14:05:01.23Z".
 * Text of this form sorts in order of time. */

/* Now. Returns: (transfer full). Any thread. */
char *vv_time_now (void);

/* @unix_us: microseconds since 1970-01-01 UTC. Returns: (transfer full). Any thread. */
char *vv_time_format (gint64 unix_us);

/* The opposite of vv_time_format(). Returns: microseconds, or -1 with VV_BASE_ERROR_INVALID. Any thread. */
gint64 vv_time_parse (const char *text,
                      GError    **error);

/* As people read it, in local time: "23 Nov 2026 14:05". @text: as above, or a date "2026-11-23";
 * anything else comes back as it is. Returns: (transfer full). Any thread. */
char *vv_time_for_people (const char *text);

G_END_DECLS
