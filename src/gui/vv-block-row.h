// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "vv-blocks.h"

G_BEGIN_DECLS

/* One part of the face: what it looks like in both pictures, in one of four answers of equal weight, and a
 * note. With the keyboard on the row: S similar, D different, C cannot tell, N not visible, Enter the note;
 * Backspace takes the answer away.
 * Signals: "changed" after the person answered or wrote; "step" (int) asks for the row so many further down.
 * Main thread only. */
#define VV_TYPE_BLOCK_ROW (vv_block_row_get_type ())
G_DECLARE_FINAL_TYPE (VvBlockRow, vv_block_row, VV, BLOCK_ROW, GtkWidget)

/* @block: static. */
GtkWidget *vv_block_row_new (const VvBlock *block);

const VvBlock *vv_block_row_block (VvBlockRow *self);

/* {"answer","note"} as in a comparison; NULL when there is neither. Returns: (transfer full). */
JsonObject *vv_block_row_body (VvBlockRow *self);

/* Shows what vv_block_row_body() gave (nullable) without "changed". */
void vv_block_row_set_body (VvBlockRow *self,
                            JsonObject *body);

/* Whether the answer can be changed; it can always be read. */
void vv_block_row_set_editable (VvBlockRow *self,
                                gboolean    editable);

G_END_DECLS
