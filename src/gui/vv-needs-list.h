// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is required, shown before it is asked for, and which of it is still missing. Signal "chosen" (code, index): the
 * person wants to go to where it is entered. Main thread only. */
#define VV_TYPE_NEEDS_LIST (vv_needs_list_get_type ())
G_DECLARE_FINAL_TYPE (VvNeedsList, vv_needs_list, VV, NEEDS_LIST, AdwBin)

/* @needs: as vv_intake_needs() gives them. */
void vv_needs_list_show (VvNeedsList *self,
                         JsonArray   *needs);

G_END_DECLS
