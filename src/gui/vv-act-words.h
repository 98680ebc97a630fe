// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What an audit row is about, in words ("Searching the photo repository"), with the account it concerns where it is one.
 * @row: "act" and "object" as on the audit chain; an act without words of its own is shown by its name. Returns: (transfer full). */
char *vv_act_words (JsonObject *row);

G_END_DECLS
