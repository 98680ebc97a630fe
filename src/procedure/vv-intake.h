// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a request that is being taken in needs by its channel, told before it is asked for, and whether it is there
 * (R-060 ... ).
 *
 * @taken: what there is so far, every member nullable: "request" (body of a request), "agency_form" (body of an
 * agency-form), "complaint_report" (text: the file that is the copy), "media" (array of bodies of media, and of exhibits
 * of the class "video", as far as a person states them;
 * "player_file": the file that is a video's player package, which has no record yet).
 * Returns: (transfer full) in the order in which they are asked for [{"code", "title", "rule" (where the procedure says so),
 * "given" (boolean), "why" (a sentence, where it is not given), "may_follow" (boolean: the request is taken in without it),
 * "index" (integer, of "medium": which of "media")}]. Codes: "number", "requester", "agency", "officer", "contact",
 * "agency-complaint", "method", "complaint-report", "use", "basis", "subject", "summary", "unknown", "media", "medium". */
JsonArray *vv_intake_needs (JsonObject *taken);

/* Whether what a person states of one of "media" above is whole. FALSE with the VV_PROCEDURE_ERROR_FIELD of its record. */
gboolean vv_intake_check_medium (JsonObject *medium,
                                 GError    **error);

/* The first of @needs that is not given and may not follow later, or NULL. Belongs to @needs. */
JsonObject *vv_intake_first_missing (JsonArray *needs);

/* How requests of outside agencies come and reports go back: codes, NULL-closed, and each in words (translated; NULL for
 * a code that is none). Static. */
const char *const *vv_intake_methods (void);
const char        *vv_intake_method_title (const char *code);

G_END_DECLS
