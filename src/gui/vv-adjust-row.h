// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One step of a list of adjustments: on or off, its name, its values, up, down and away.
 *
 * Keys: Alt+Up, Alt+Down move it, Delete takes it away.
 * Signals: "edited" (const char *value) when a value or "on" changed; "moved" (int by); "dropped" (VvAdjustRow *other): that one was
 * dragged onto this one; "removed"; "pick": the colour of the white balance is to be taken from the picture. Main thread only. */
#define VV_TYPE_ADJUST_ROW (vv_adjust_row_get_type ())
G_DECLARE_FINAL_TYPE (VvAdjustRow, vv_adjust_row, VV, ADJUST_ROW, AdwBin)

/* @kind: element of vv_derived_steps(); @step: its values. Neither is kept. */
GtkWidget *vv_adjust_row_new (JsonObject *kind,
                              JsonObject *step);

/* The step as it stands now. (transfer full) */
JsonObject *vv_adjust_row_get (VvAdjustRow *self);

G_END_DECLS
