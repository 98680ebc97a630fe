// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-desk-private.h"

G_BEGIN_DECLS

/* Accounts whose signatures are among the records of the session's request and @rows (audit rows, nullable), with all their
 * keys: array of {"account","name","fingerprint" (SHA-256 of the SubjectPublicKeyInfo),"pem","number" (from 1)}. The first
 * three are what is printed. Returns: (transfer full). */
JsonArray *_vv_desk_keys (VvSession *session,
                          JsonArray *rows,
                          GError   **error);

/* The facts of the form "case-records". @keys: as above. Returns: (transfer full). */
JsonObject *_vv_desk_case_record_facts (VvSession  *session,
                                        JsonArray  *keys,
                                        const char *audit_head,
                                        GError    **error);

/* The facts "outside_approval" of every form of a case that was opened to comparison outside the photo repository, else
 * NULL. Returns: (transfer full). */
JsonObject *_vv_desk_approval_facts (VvSession *session);

/* The facts "policy" of every form. Returns: (transfer full). */
JsonObject *_vv_desk_policy_facts (VvSession *session);

G_END_DECLS
