// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a comparison says, one thing after the other, to be shown to peers: what was marked on both pictures, then each part of the
 * face that was answered, each similarity and each difference. @comparison: body of a comparison (vv-kinds.h), also one that is not finished.
 * Returns: (transfer full): [{"title","text","part","finding"}]; "part" is a VvPart, or -1 for the whole head; "finding" the
 * number of a pair of marks, or 0. */
JsonArray *vv_findings_new (JsonObject *comparison);

/* What is said of @marked (the array "findings" of a comparison), one per line: "1 Tip of the nose: Similar. Round". Of that component
 * alone, or of all for NULL. Returns: (transfer full). */
char *vv_findings_text (JsonArray  *marked,
                        const char *component);

G_END_DECLS
