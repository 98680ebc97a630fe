// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-desk.h"
#include "vv-test.h"

G_BEGIN_DECLS

/* A training desk for each test: a copy of one that was made before, the administrator signed in. Every function
 * fails the running test when it cannot do its work. JSON is written with ' for " so that it can be read. */
typedef struct
{
  char   *dir;
  char   *ecms; /* folder that stands for ECMS */
  VvDesk *desk;
} VvTestDesk;

VvTestDesk *vv_test_desk_new (void);
void        vv_test_desk_free (VvTestDesk *self);

/* Signs in with the account's training pass phrase: "admin", "examiner", "reviewer", "supervisor". */
void vv_test_sign_in (VvDesk     *desk,
                      const char *account);

/* The account's training pass phrase. (transfer full) */
VvSecret *vv_test_passphrase (const char *account);

/* An object of printf-style JSON. (transfer full) */
JsonObject *vv_test_json (const char *format,
                          ...) G_GNUC_PRINTF (1, 2);

/* Does @act, which must be done. @json: NULL for no details. (transfer full) */
JsonObject *vv_test_do (VvDesk     *desk,
                        VvDeskAct   act,
                        gint64      request,
                        const char *json);
#define vv_test_done(desk, act, request, json) json_object_unref (vv_test_do (desk, act, request, json))

/* Does @act, which must be refused with that error, leave one audit row of @outcome ("refused", "failed") and no record,
 * file or outbox row. Returns the sentence. (transfer full) */
char *vv_test_refused (VvDesk     *desk,
                       VvDeskAct   act,
                       gint64      request,
                       const char *json,
                       GQuark      domain,
                       int         code,
                       const char *outcome);
#define vv_test_refuse(desk, act, request, json, domain, code, outcome) \
  g_free (vv_test_refused (desk, act, request, json, domain, code, outcome))

/* What is kept, as a text that changes with every record, file and outbox row. (transfer full) */
char *vv_test_contents (VvDesk *desk);

/* Text of the kept PDF with that hash, in one line. (transfer full) */
char *vv_test_pdf_text (VvTestDesk *self,
                        const char *document);

/* Newest audit row. (transfer full) */
JsonObject *vv_test_last_row (VvDesk *desk);
gint64      vv_test_n_rows (VvDesk *desk);

/* Number of the training desk's request in that place of its list, from 0. */
gint64 vv_test_request (VvDesk *desk,
                        guint   place);

/* Record id of the image in that place of the request, from 0. */
gint64 vv_test_media (VvDesk *desk,
                      gint64  request,
                      guint   place);

/* Letters of the candidate of that rank in the newest pool, read past all gates; and the newest search record's body. */
char       *vv_test_candidate (VvDesk *desk,
                               gint64  request,
                               gint64  rank);
JsonObject *vv_test_search_body (VvDesk *desk,
                                 gint64  request);

char *vv_test_status (VvDesk *desk,
                      gint64  request);

/* Members of a complete comparison, without the braces: "'blocks':{...},...". (transfer full) */
char *vv_test_comparison (void);

/* The examiner's analysis of the probe, every component clear. */
void vv_test_analyse_probe (VvDesk *desk,
                            gint64  request);

/* Confirms the use that the request states; the examiner is signed in. */
void vv_test_confirm_use (VvDesk *desk,
                          gint64  request);

/* Walks a request of the training desk, signing in as needed: from assigned to searched, as the examiner; from there to
 * handed in, with @candidate proposed, or with no candidate when it is NULL; the peer review by the reviewer; the
 * decision and the direction by the supervisor; the report by the examiner. */
void vv_test_walk_to_search (VvDesk *desk,
                             gint64  request);
void vv_test_dispose_rest (VvDesk     *desk,
                           gint64      request,
                           const char *candidate);
void vv_test_compare (VvDesk     *desk,
                      gint64      request,
                      const char *candidate);
/* Whether the person who is signed in has locked a comparison of the candidate in this pool. */
gboolean vv_test_has_compared (VvDesk     *desk,
                               gint64      request,
                               const char *candidate);
void     vv_test_propose (VvDesk     *desk,
                          gint64      request,
                          const char *candidate);
void     vv_test_say_none (VvDesk *desk,
                           gint64  request);
void     vv_test_review (VvDesk     *desk,
                         gint64      request,
                         const char *candidate);
void     vv_test_decide (VvDesk     *desk,
                         gint64      request,
                         const char *decision,
                         const char *candidate);
void     vv_test_direct_and_report (VvDesk     *desk,
                                    gint64      request,
                                    const char *form);

/* Fails unless the audit chain, every signature and every file are right. */
void vv_test_verify (VvDesk *desk);

G_END_DECLS
