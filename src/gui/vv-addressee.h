// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Who receives a copy that leaves the section, and by what authority: two lines to fill in. Signal "changed".
 * Main thread only. */
#define VV_TYPE_ADDRESSEE (vv_addressee_get_type ())
G_DECLARE_FINAL_TYPE (VvAddressee, vv_addressee, VV, ADDRESSEE, AdwBin)

/* Whether both are said. */
gboolean vv_addressee_is_complete (VvAddressee *self);

/* {"file": @path, "recipient", "authority"} as the desk wants it. Returns: (transfer full). */
JsonObject *vv_addressee_details (VvAddressee *self,
                                  const char  *path);

/* Puts @recipient (nullable) where nobody was named yet. */
void vv_addressee_suggest (VvAddressee *self,
                           const char  *recipient);

void vv_addressee_clear (VvAddressee *self);

G_END_DECLS
