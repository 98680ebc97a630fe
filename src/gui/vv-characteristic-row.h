// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "vv-characteristics.h"

G_BEGIN_DECLS

/* One characteristic of a comparison: its answer, and while the keyboard is in it a drawing of what it means, how well each
 * picture shows it, what explains a difference, how long it stays as it is.
 * Signals: "changed" after the person answered or wrote; "step" (int) asks for the row so many further down.
 * Main thread only. */
#define VV_TYPE_CHARACTERISTIC_ROW (vv_characteristic_row_get_type ())
G_DECLARE_FINAL_TYPE (VvCharacteristicRow, vv_characteristic_row, VV, CHARACTERISTIC_ROW, AdwBin)

/* @characteristic: static. */
GtkWidget *vv_characteristic_row_new (const VvCharacteristic *characteristic);

const VvCharacteristic *vv_characteristic_row_characteristic (VvCharacteristicRow *self);

/* Its member of "characteristics" (vv-kinds.h); NULL when nothing is said. Returns: (transfer full). */
JsonObject *vv_characteristic_row_body (VvCharacteristicRow *self);

/* Shows such a body (nullable) without "changed". */
void vv_characteristic_row_set_body (VvCharacteristicRow *self,
                                     JsonObject          *body);

void vv_characteristic_row_set_editable (VvCharacteristicRow *self,
                                         gboolean             editable);

/* How well the probe shows it as far as its analysis says (nullable): what an answer takes over when nothing else is said. */
void vv_characteristic_row_set_seen (VvCharacteristicRow *self,
                                     const char          *visibility);

G_END_DECLS
