// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* One search run: everything that is needed to make it again, and the button that does so and says what is not the same.
 * Main thread only. */
#define VV_TYPE_RUN_RECORD (vv_run_record_get_type ())
G_DECLARE_FINAL_TYPE (VvRunRecord, vv_run_record, VV, RUN_RECORD, AdwBin)

/* @shown: answer of vv_desk_show_request(); @record: the search among its records; @number of @total: which of them. */
GtkWidget *vv_run_record_new (VvDesk     *desk,
                              JsonObject *shown,
                              JsonObject *record,
                              guint       number,
                              guint       total);

G_END_DECLS
