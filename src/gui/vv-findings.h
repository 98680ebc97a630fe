// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a comparison says, one thing after the other, to be shown to peers: each part of the face that was answered, then
 * each similarity and each difference. @comparison: body of a comparison (vv-kinds.h), also one that is not finished.
 * Returns: (transfer full): [{"title","text","part"}]; "part" is a VvPart, or -1 for the whole head. */
JsonArray *vv_findings_new (JsonObject *comparison);

G_END_DECLS
