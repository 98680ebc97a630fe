// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Documents of a case on their way to ECMS: where each went, and whether and when ECMS acknowledged it. Until then it is
 * waiting. Main thread only. */

/* Lists in @box, in place of what it holds, those documents of the case @shown whose name has @part in it (NULL: all). Returns
 * whether one is not acknowledged yet. */
gboolean vv_deliveries_fill (GtkBox     *box,
                             JsonObject *shown,
                             const char *part);

/* The name of the document with that SHA-256, without its ending: what its note is called, too. Returns: (transfer full),
 * or NULL when it is not among them. */
char *vv_deliveries_name_of (JsonObject *shown,
                             const char *sha256);

G_END_DECLS
