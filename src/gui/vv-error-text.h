// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one place that turns an error into text for people: a whole sentence that says what would help.
 * Returns: (transfer full), or NULL when there is nothing to say (the person cancelled). Any thread. */
char *vv_error_text (const GError *error);

G_END_DECLS
