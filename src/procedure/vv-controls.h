// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-case.h"

G_BEGIN_DECLS

/* Which controls of the procedure came into play in a case, and how often: those for an accurate investigation and those for
 * privacy beside each other. @rows: audit rows about the request (of others none are counted). @actor: only what that person may
 * see counts; NULL: everything.
 * Returns: (transfer full) [{"code","side" ("accuracy" "privacy"),"title","rule" (where the procedure or the requirement says
 * so),"times","last" (time)}], without those that did not come into play. */
JsonArray *vv_case_controls (VvCase        *self,
                             const VvActor *actor,
                             JsonArray     *rows);

G_END_DECLS
