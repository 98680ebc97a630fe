// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The rules file: which text of the procedure is enforced, and the numbers that an agency sets. Nothing
 * may be done without one. Immutable. */
typedef struct _VvRules VvRules;

/* @text: the JSON of data/rules/212-129.json or an agency's own. Returns: (transfer full), or NULL with
 * VV_PROCEDURE_ERROR_POLICY. */
VvRules *vv_rules_parse (const char *text,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void     vv_rules_free (VvRules *self);

/* "procedure", "title", "issued", "effective", "revision" and "rules_hash" (SHA-256 of the file): stamped on
 * every record and form. Belongs to @self. */
JsonObject *vv_rules_policy (VvRules *self);

/* Related procedures: array of {"number", "title", "link" (the agency's own, may be empty)}. Belongs to @self. */
JsonArray *vv_rules_related (VvRules *self);

/* Candidates in a pool. */
guint vv_rules_pool_length (VvRules *self);

/* Peer reviews that a proposed candidate needs. */
guint vv_rules_peers (VvRules *self);

/* Days after which a photo repository that was not imported anew is no longer searched: 1 to 365, 30 when not said. */
guint vv_rules_cache_days (VvRules *self);

/* Whether photographs of @origin may be imported. */
gboolean vv_rules_allows_origin (VvRules    *self,
                                 const char *origin);

/* How ANSI/NIST-ITL transactions are read: {"sources":{agency or organisation (10.004, 10.047): {"origin","class"}}, "person" and
 * "reference": field numbers, of which the first that is there counts}. Each origin is an approved one, each class arrest or
 * parole. NULL when the file has none: then none are imported. Belongs to @self. */
JsonObject *vv_rules_transactions (VvRules *self);

/* Limits of the image quality measures: {measure: {"good":[low, high],"usable":[low, high]}}, an end null where there
 * is none, "good" within "usable". The agency's own; a measure that is not named is not shown. Belongs to @self. */
JsonObject *vv_rules_quality (VvRules *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvRules, vv_rules_free)

G_END_DECLS
