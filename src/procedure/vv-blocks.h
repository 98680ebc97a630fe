// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The parts of a face that the procedure's definition of visual comparison names: each must be answered
 * before a comparison can be locked. The last three are general characteristics,
 * kept apart from morphology and worded as apparent. */
typedef struct
{
  const char *name;    /* in records: "eyes" */
  const char *title;   /* untranslated */
  gboolean    general; /* complexion, gender, age */
} VvBlock;

/* All, in the procedure's order; closed by a name of NULL. Static. */
const VvBlock *vv_block_all (void);

/* Answers: "similar", "different", "cannot-tell", "not-visible". The first two weigh the same. */
const char *const *vv_block_answers (void);
const char        *vv_block_answer_title (const char *answer); /* translated */

/* Seven ordered steps of support, no numbers; closed by NULL. The conclusion answers whether the probe and
 * the candidate represent the same person. */
typedef struct
{
  const char *code;  /* in records: "some-support-same" */
  const char *title; /* untranslated sentence */
} VvConclusion;

const VvConclusion *vv_conclusion_all (void);
const char         *vv_conclusion_title (const char *code); /* translated; NULL for an unknown code */

/* Whether the object @comparison may be locked: every block answered, what is said of characteristics holding together
 * (vv_characteristics_check()) and of findings too (vv_findings_check()), the similarities and the differences both stated
 * a conclusion. FALSE with VV_PROCEDURE_ERROR_FIELD saying what is missing. */
gboolean vv_comparison_check (JsonObject *comparison,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
