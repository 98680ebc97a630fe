// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define VV_CHOICES_MAX 4

/* One answer: its code in records, its title (untranslated), its key. */
typedef struct
{
  const char *code;
  const char *title;
  char        key;
} VvChoice;

/* What a row may be answered with. Static. */
typedef struct
{
  const char *member;                      /* of the answer in bodies: "answer" */
  const char *hint;                        /* untranslated, in an empty note; NULL for a line without notes */
  VvChoice    choices[VV_CHOICES_MAX + 1]; /* closed by a code of NULL */
} VvAnswers;

/* One line of a form: what it is about, one of a few answers of equal weight, and a note. With the keyboard on the row: the
 * key of each answer, Enter for the note; Backspace takes the answer away; Right and Left unfold and fold what is below.
 * Signals: "changed" after the person answered or wrote; "answered" after an answer by its key; "step" (int) asks for the row
 * so many further down; "unfolded" (gboolean). Main thread only. */
#define VV_TYPE_ANSWER_ROW (vv_answer_row_get_type ())
G_DECLARE_FINAL_TYPE (VvAnswerRow, vv_answer_row, VV, ANSWER_ROW, GtkWidget)

/* @name: in records; @label: translated; @answers: static. */
GtkWidget *vv_answer_row_new (const char      *name,
                              const char      *label,
                              const VvAnswers *answers);

const char *vv_answer_row_name (VvAnswerRow *self);

/* Code of the answer, or NULL. */
const char *vv_answer_row_answer (VvAnswerRow *self);

/* {member of the answer, "note"}; NULL when there is neither. Returns: (transfer full). */
JsonObject *vv_answer_row_body (VvAnswerRow *self);

/* Shows what vv_answer_row_body() gave (nullable) without "changed". */
void vv_answer_row_set_body (VvAnswerRow *self,
                             JsonObject  *body);

/* Answers without "changed"; NULL takes the answer away. */
void vv_answer_row_set_answer (VvAnswerRow *self,
                               const char  *answer);

/* Gives it a handle for what whoever holds the row shows below it; folded at first. Unfolding emits "unfolded". */
void vv_answer_row_set_foldable (VvAnswerRow *self);
void vv_answer_row_unfold (VvAnswerRow *self,
                           gboolean     unfold);

/* Whether the answer can be changed; it can always be read. */
void vv_answer_row_set_editable (VvAnswerRow *self,
                                 gboolean     editable);

G_END_DECLS
