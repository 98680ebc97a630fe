// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Locked records of a case, read-only, each with its author and time. Signal "form" (number of the record, as text): the person
 * wants to see the form that a record holds. Main thread only. */
#define VV_TYPE_RECORD_LIST (vv_record_list_get_type ())
G_DECLARE_FINAL_TYPE (VvRecordList, vv_record_list, VV, RECORD_LIST, AdwBin)

/* Shows the records of @kinds (closed by NULL) that the case @shown has; hides itself when there is none. */
void vv_record_list_fill (VvRecordList      *self,
                          JsonObject        *shown,
                          const char *const *kinds);

G_END_DECLS
