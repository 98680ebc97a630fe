// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Findings of a comparison: the same place marked on the probe and on the candidate's picture, with what is said of it. They are
 * numbered from 1 in the order of the array "findings":
 *   {"component"* (vv-components.h), "characteristic" (of that component, vv-characteristics.h), "answer" (as of a
 *    characteristic), "text"*, "probe", "candidate" (marks in pixels of the pictures as they came, vv-json-mark.h), "unseen" ("probe"
 *    or "candidate": where what is marked on the other picture cannot be seen)} */

/* More than anybody tells apart on two faces. */
#define VV_FINDINGS_MAX 99

/* The two pictures by name: "probe", "candidate"; closed by NULL. */
const char *const *vv_finding_sides (void);

/* Which picture still lacks its mark: the name of a side, or NULL when both are marked or the one without is said not to show
 * it. Of a finding without any mark the first side. Static. */
const char *vv_finding_lacks (JsonObject *finding);

/* What it is about, untranslated: its characteristic where one is named, else its component; NULL while that is not chosen. */
const char *vv_finding_title (JsonObject *finding);

/* Whether the findings of @comparison, if any, may be locked: each a pair of marks, or one mark and the picture named that does
 * not show it; with a known component and a text. What one picture does not show is not similar there. FALSE with
 * VV_PROCEDURE_ERROR_FIELD naming the finding by its number. */
gboolean vv_findings_check (JsonObject *comparison,
                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether every mark on the picture @side, which has so many pixels, lies in it; sizes of 0 or less are not known. FALSE with
 * VV_PROCEDURE_ERROR_FIELD naming the finding by its number. */
gboolean vv_findings_lie_in (JsonObject *comparison,
                             const char *side,
                             gint64      width,
                             gint64      height,
                             GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
