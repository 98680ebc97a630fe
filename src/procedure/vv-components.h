// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a face is looked at by, from its skin to anything else that is seen: 19 components. The words are the section's own;
 * which parts must be answered is the procedure's list (vv-blocks.h), not this one. */
typedef struct
{
  const char *name;     /* in records: "facial-lines" */
  const char *title;    /* untranslated */
  const char *asks;     /* untranslated: what to look at, in a few words */
  gboolean    optional; /* needs no mark in the analysis of a probe */
} VvComponent;

/* All, from the skin downwards; closed by a name of NULL. Static. */
const VvComponent *vv_component_all (void);

/* The component of that name, or NULL. */
const VvComponent *vv_component_find (const char *name);

/* How well something can be seen in one picture: "clear", "partly", "not"; closed by NULL. */
const char *const *vv_visibility_all (void);
const char        *vv_visibility_title (const char *visibility); /* translated; "" for an unknown one */

/* What @analysis says, for people: its summary, then the components by how well they are seen, each with its note.
 * Returns: (transfer full). */
char *vv_probe_analysis_text (JsonObject *analysis);

/* Whether @analysis says of every component that is not optional how well the probe shows it, and sums up what can be
 * compared. FALSE with VV_PROCEDURE_ERROR_FIELD saying what is missing. */
gboolean vv_probe_analysis_check (JsonObject *analysis,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
