// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One source of a background check: where was looked, what was found. Signals "changed", "removed". Main thread only. */
#define VV_TYPE_SOURCE_ROW (vv_source_row_get_type ())
G_DECLARE_FINAL_TYPE (VvSourceRow, vv_source_row, VV, SOURCE_ROW, AdwBin)

/* @source: (nullable) {source, finding} to start from. */
GtkWidget *vv_source_row_new (JsonObject *source);

/* Returns: (transfer full) {source, finding}, or NULL when both are empty. */
JsonObject *vv_source_row_get (VvSourceRow *self);

G_END_DECLS
