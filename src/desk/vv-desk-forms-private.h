// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-desk-private.h"

G_BEGIN_DECLS

/* What forms are made from, by those who make them; the preview (vv-desk-forms.c) asks for the same. Each returns the facts of
 * vv_report_new() with "pictures" by reference (transfer full). */

/* @form: "possible-match" or "no-match". @candidate: (nullable) whom it is about. */
JsonObject *_vv_desk_report_facts (VvSession  *session,
                                   const char *form,
                                   const char *recipient,
                                   const char *candidate,
                                   GError    **error);

/* @form: "request-dd5" or "outside-agency", with the number that is being given to the request, or without one. */
JsonObject *_vv_desk_request_facts (VvSession  *session,
                                    const char *form,
                                    const char *fis_number,
                                    GError    **error);

/* Body of the rejection that @details ask for, and the facts of its report. */
JsonObject *_vv_desk_rejection_body (VvSession  *session,
                                     JsonObject *details);
JsonObject *_vv_desk_rejection_facts (VvSession  *session,
                                      JsonObject *body,
                                      GError    **error);

/* --- Records leave the section (R-112) ------------------------------------------------------------------------------- */

/* To whom and by what right: "recipient" and "authority" of @details; VV_PROCEDURE_ERROR_FIELD. */
gboolean _vv_desk_has_addressee (JsonObject *details,
                                 GError    **error);

/* Whether the supervisor decided: until then nobody may see the order of the pool; VV_DESK_ERROR_BLIND. */
gboolean _vv_desk_is_decided (VvSession *session,
                              GError   **error);

G_END_DECLS
