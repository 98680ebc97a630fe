// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Whether @body has all that a record of @kind must have (vv-kinds.h). FALSE with VV_PROCEDURE_ERROR_FIELD
 * naming the first thing that is missing. */
gboolean vv_body_check (const char *kind,
                        JsonObject *body,
                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
