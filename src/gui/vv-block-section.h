// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "vv-blocks.h"

G_BEGIN_DECLS

/* One of the procedure's parts of the face in a comparison: its answer, and unfolded the characteristics that it is made
 * of. While nobody has answered for the part itself, its answer is what the characteristics amount to.
 * Signals: "changed" after the person answered or wrote; "step" (int) asks for the line so many further down; "unfolded"
 * (gboolean). Main thread only. */
#define VV_TYPE_BLOCK_SECTION (vv_block_section_get_type ())
G_DECLARE_FINAL_TYPE (VvBlockSection, vv_block_section, VV, BLOCK_SECTION, AdwBin)

/* @block: static. */
GtkWidget *vv_block_section_new (const VvBlock *block);

const VvBlock *vv_block_section_block (VvBlockSection *self);

/* Code of the answer, or NULL. */
const char *vv_block_section_answer (VvBlockSection *self);

/* Adds what is said to "blocks" and "characteristics" of a comparison. */
void vv_block_section_collect (VvBlockSection *self,
                               JsonObject     *blocks,
                               JsonObject     *characteristics);

/* Shows what the comparison @body (nullable) says of it, without "changed". */
void vv_block_section_set_body (VvBlockSection *self,
                                JsonObject     *body);

void vv_block_section_set_editable (VvBlockSection *self,
                                    gboolean        editable);

/* The analysis of the probe (nullable): vv_characteristic_row_set_seen(). */
void vv_block_section_set_analysis (VvBlockSection *self,
                                    JsonObject     *analysis);

gboolean vv_block_section_is_unfolded (VvBlockSection *self);
void     vv_block_section_unfold (VvBlockSection *self,
                                  gboolean        unfold);

/* Name of the characteristic or of the block that has the keyboard, or NULL. Static or of @self. */
const char *vv_block_section_focused (VvBlockSection *self);

/* Puts the keyboard on that line, unfolding where it is folded. FALSE when it is not one of this section. */
gboolean vv_block_section_focus (VvBlockSection *self,
                                 const char     *name);

G_END_DECLS
