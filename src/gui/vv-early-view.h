// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Who a candidate is, as far as this person may know; before the comparison is locked a button that asks for a reason first.
 * Signal "ask" (reason): the person wants it shown early. Main thread only. */
#define VV_TYPE_EARLY_VIEW (vv_early_view_get_type ())
G_DECLARE_FINAL_TYPE (VvEarlyView, vv_early_view, VV, EARLY_VIEW, AdwBin)

/* @candidate: (nullable) its element of the pool; @pool_length: how many there are; @may: whether it may be asked for. */
void vv_early_view_set_candidate (VvEarlyView *self,
                                  JsonObject  *candidate,
                                  guint        pool_length,
                                  gboolean     may);

G_END_DECLS
