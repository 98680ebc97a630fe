// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a WebDAV server says is in a folder (RFC 4918 13, "multistatus" of a PROPFIND with depth 1), as vv_transport_list() gives it.
 * The folder itself, which is the shortest address in the answer, is left out; so is everything that does not lie right
 * inside it, whatever host or path the server writes. Any thread.
 * Returns: (transfer full), or NULL with VV_ECMS_ERROR_REFUSED when @text is no such answer. */
JsonArray *vv_multistatus_parse (const char *text,
                                 gsize       length,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
