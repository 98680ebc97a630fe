// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-blocks.h"
#include "vv-components.h"

G_BEGIN_DECLS

/* What can be compared within a component of the face, in the section's own words. Left and right are the person's. A
 * comparison answers the procedure's blocks (vv-blocks.h); below each block are the characteristics that it is made of,
 * answered as far as the pictures allow. */
typedef struct
{
  const char *name;  /* in records: component and characteristic, "nose.tip" */
  const char *title; /* untranslated */
  const char *asks;  /* untranslated: what to describe */
  const char *block; /* name of the block it is a part of */
  const char *usual; /* how long it usually stays as it is: one of vv_stability_all() */
} VvCharacteristic;

/* All, in the order of the components; closed by a name of NULL. Static. */
const VvCharacteristic *vv_characteristic_all (void);

/* The characteristic of that name, or NULL. */
const VvCharacteristic *vv_characteristic_find (const char *name);

/* The component that it is in. */
const VvComponent *vv_characteristic_component (const VvCharacteristic *characteristic);

/* Answers: "similar", "different", "cannot-tell", "not-comparable". The first two weigh the same. */
const char *const *vv_characteristic_answers (void);
const char        *vv_characteristic_answer_title (const char *answer); /* translated; "" for an unknown one */

/* What may explain that something looks different: "pose" ... "injury", and last "unexplained"; closed by NULL. */
const char *const *vv_explanation_all (void);
const char        *vv_explanation_title (const char *explanation); /* translated; "" for an unknown one */

/* How long a characteristic stays as it is: "stable", "slow" (years), "changeable"; closed by NULL. */
const char *const *vv_stability_all (void);
const char        *vv_stability_title (const char *stability); /* translated; "" for an unknown one */

/* Whether what the object @comparison says of characteristics, if anything, holds together: known names and words; a
 * difference is explained or said to be unexplained, and nothing else is; what is not visible in a picture is neither
 * similar nor different; a block that is not visible has no such characteristic. FALSE with VV_PROCEDURE_ERROR_FIELD. */
gboolean vv_characteristics_check (JsonObject *comparison,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Names of the characteristics that are different and unexplained, in the order of the list. Static elements.
 * Returns: (transfer container). */
GPtrArray *vv_characteristics_unexplained (JsonObject *comparison);

/* What the characteristics of @block amount to: "different" as soon as one is, else "similar" as soon as one is, else
 * "cannot-tell", or "not-visible" when nothing can be compared; NULL when none is answered. */
const char *vv_characteristics_answer_of_block (JsonObject *comparison,
                                                const char *block);

G_END_DECLS
