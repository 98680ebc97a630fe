// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "vv-finding-list.h"

G_BEGIN_DECLS

/* The writing side of a comparison: each part of the face, what is similar, what is different, the conclusion.
 * Knows the procedure's parts and nothing of desk or case; whoever holds it keeps the draft and locks it.
 * Signal "changed" after every keystroke or answer of the person. Main thread only. */
#define VV_TYPE_COMPARISON_FORM (vv_comparison_form_get_type ())
G_DECLARE_FINAL_TYPE (VvComparisonForm, vv_comparison_form, VV, COMPARISON_FORM, AdwBin)

/* {"blocks","characteristics","findings","similarities","differences","conclusion"} as far as written: the members of a comparison (vv-kinds.h).
 * Returns: (transfer full). */
JsonObject *vv_comparison_form_body (VvComparisonForm *self);

/* Shows such a body, or an empty form for NULL; does not emit "changed". */
void vv_comparison_form_set_body (VvComparisonForm *self,
                                  JsonObject       *body);

/* The analysis of the probe (nullable): how well it shows a component is taken over into what is answered. */
void vv_comparison_form_set_analysis (VvComparisonForm *self,
                                      JsonObject       *analysis);

/* Which parts are unfolded and which line has the keyboard: {"unfolded":[names],"line"}. Returns: (transfer full). */
JsonObject *vv_comparison_form_place (VvComparisonForm *self);
/* Puts the person back there (nullable: everything folded). */
void vv_comparison_form_set_place (VvComparisonForm *self,
                                   JsonObject       *place);

/* Puts the keyboard on the line of that name (of a block or a characteristic), unfolding its part. */
void vv_comparison_form_open (VvComparisonForm *self,
                              const char       *name);

/* Whether it can be written in; a locked comparison is shown, not edited. */
void vv_comparison_form_set_editable (VvComparisonForm *self,
                                      gboolean          editable);

/* Its findings, for whoever shows the pictures that they are drawn on; without that they can be read and described only. */
VvFindingList *vv_comparison_form_findings (VvComparisonForm *self);

/* What is still missing, in a sentence; NULL when it may be locked. Returns: (transfer full). */
char *vv_comparison_form_missing (VvComparisonForm *self);

/* How many parts have an answer, and of how many. */
guint vv_comparison_form_answered (VvComparisonForm *self,
                                   guint            *out_total);

/* Puts the keyboard on the first part without an answer. */
void vv_comparison_form_focus (VvComparisonForm *self);

G_END_DECLS
