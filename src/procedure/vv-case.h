// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "vv-record.h"
#include "vv-roles.h"

G_BEGIN_DECLS

/* Everything a person can do to a request, and nothing else. */
typedef enum
{
  VV_ACT_ADD_MEDIA,
  VV_ACT_NUMBER,
  VV_ACT_ASSIGN,
  VV_ACT_CONFIRM_USE,
  VV_ACT_SELECT_PROBE,
  VV_ACT_ANALYSE_PROBE,
  VV_ACT_SEARCH,
  VV_ACT_DISPOSE,
  VV_ACT_SHOW_EARLY,
  VV_ACT_COMPARE,
  VV_ACT_BACKGROUND,
  VV_ACT_PROPOSE,
  VV_ACT_NONE, /* no candidate found in the pool */
  VV_ACT_PEER_REVIEW,
  VV_ACT_SIGN_OFF,
  VV_ACT_DIRECT,
  VV_ACT_REPORT,
  VV_ACT_REJECT_IMAGE,
  VV_ACT_ADD_EXHIBIT,
  VV_ACT_AGENCY_FORM,
  VV_ACT_HANDSCHU,
  VV_ACT_CHANGE_CHANNEL,
  VV_ACT_HAND_OVER,
  VV_ACT_APPROVE_OUTSIDE,
  VV_ACT_ADD_OUTSIDE,
  VV_ACT_SEARCH_OUTSIDE,
  VV_ACT_REPLAY,
  VV_ACT_CLOSE,
} VvAct;

#define VV_ACT_COUNT (VV_ACT_CLOSE + 1)

/* Where a request is, computed from its records and never typed. */
typedef enum
{
  VV_STATUS_RECEIVED,
  VV_STATUS_NUMBERED,
  VV_STATUS_ASSIGNED,
  VV_STATUS_DECLINED,
  VV_STATUS_CONFIRMED,
  VV_STATUS_PROBE_SELECTED,
  VV_STATUS_PROBE_ANALYSED,
  VV_STATUS_SEARCHED,
  VV_STATUS_PROPOSED,
  VV_STATUS_PEER_REVIEWED,
  VV_STATUS_NONE_FOUND,
  VV_STATUS_NOT_AGREED,
  VV_STATUS_APPROVED,
  VV_STATUS_NONE_CONFIRMED,
  VV_STATUS_DIRECTED,
  VV_STATUS_REPORTED,
  VV_STATUS_ACKNOWLEDGED, /* ECMS has the report */
  VV_STATUS_REJECTED,     /* every image was rejected; the request stays open for better ones */
  VV_STATUS_CLOSED,
} VvStatus;

/* A request as its records tell it. Immutable; made anew when a record was added. */
typedef struct _VvCase VvCase;

/* @records: (element-type VvRecord) all records of one request in order of id; referenced. @peers: peer
 * reviews that a proposed candidate needs (vv_rules_peers()). Returns: (transfer full). */
VvCase *vv_case_new (GPtrArray *records,
                     guint      peers);
void    vv_case_free (VvCase *self);

VvStatus    vv_case_status (VvCase *self);
const char *vv_status_name (VvStatus status);  /* in records and JSON: "probe-selected" */
const char *vv_status_title (VvStatus status); /* translated */

/* Name of an act in audit rows and JSON: "confirm-use". */
const char *vv_act_name (VvAct act);

/* Whether @actor may do @act now; @candidate: the letters for acts about one candidate, else NULL. FALSE with a
 * VV_PROCEDURE_ERROR that says why and what would satisfy it. */
gboolean vv_case_may (VvCase        *self,
                      VvAct          act,
                      const VvActor *actor,
                      const char    *candidate,
                      GError       **error);

/* Whether what @details say fits the case: an approval needs a proposed candidate, the confirmation that there
 * is none a statement that there is none, a report the decision that goes with it, a probe an image that was not rejected,
 * a document that it is named by its right exhibit. FALSE with VV_PROCEDURE_ERROR_FIELD or _PERSON. */
gboolean vv_case_check (VvCase     *self,
                        VvAct       act,
                        JsonObject *details,
                        GError    **error);

/* The newest record of @kind that still counts: not older than the newest probe, search or proposal it
 * depends on. @candidate, @author: (nullable) only that candidate's, that account's. Belongs to @self. */
VvRecord *vv_case_current (VvCase     *self,
                           const char *kind,
                           const char *candidate,
                           const char *author);

/* All that count, in order. Returns: (transfer container). */
GPtrArray *vv_case_all_current (VvCase     *self,
                                const char *kind);

/* Account the supervisor assigned, or NULL. */
const char *vv_case_examiner (VvCase *self);

/* "2026-T1-00001", or NULL before the supervisor gave one. */
const char *vv_case_fis_number (VvCase *self);

/* How the request came: "channel" of its first record; "" when that says nothing. */
const char *vv_case_channel (VvCase *self);

/* Whether @actor may know of this request at all: those of the Intelligence Bureau are for people with that clearance. */
gboolean vv_case_is_visible (VvCase        *self,
                             const VvActor *actor);

gboolean vv_case_is_closed (VvCase *self);

/* Whether the examiner's work is over: declined, reported or closed. */
gboolean vv_case_is_ended (VvCase *self);

/* Whether it goes before others: authorised use (f), an imminent threat, and it has not ended. It skips no step. */
gboolean vv_case_is_urgent (VvCase *self);

/* The candidate that was proposed last and still counts, or NULL. */
const char *vv_case_proposed (VvCase *self);

/* --- Several candidates of one pool: each has its own comparison, background check, proposal, reviews, decision ------- */

/* The supervisor's decision on the newest proposal of @candidate, or NULL. Belongs to @self. */
VvRecord *vv_case_decision (VvCase     *self,
                            const char *candidate);

/* Peer reviews of the newest proposal of @candidate. Returns: (transfer container). */
GPtrArray *vv_case_reviews (VvCase     *self,
                            const char *candidate);

/* Letters of the candidates that a supervisor approved, in the order of the pool. Returns: (transfer container). */
GPtrArray *vv_case_approved (VvCase *self);

/* The approved candidate whose report is still to be made, or NULL. */
const char *vv_case_next_report (VvCase *self);

/* --- Rounds of images (R-075, R-076) ------------------------------------------------------------------------------------ */

/* Whether a rejection names the image @media, or the whole request after it came. */
gboolean vv_case_is_rejected (VvCase *self,
                              gint64  media);

/* Images and rejections in rounds: a new one begins with the first image after a rejection. Array of {"round" (from 1),
 * "media":[record ids], "rejections":[record ids]}; at least one element. Returns: (transfer full). */
JsonArray *vv_case_rounds (VvCase *self);

/* Current disposition of a candidate ("looked", "excluded", "keep"; "compared" when its comparison is
 * locked), or NULL. */
const char *vv_case_disposition (VvCase     *self,
                                 const char *candidate);

/* Candidates of the pool that have no disposition yet. */
guint vv_case_undisposed (VvCase *self);

/* Whether @actor may know score, rank, name and record of @candidate yet: after their own comparison of it is
 * locked, or when the examiner had it shown early, which is on the record; the supervisor once it was proposed. */
gboolean vv_case_sees_identity (VvCase        *self,
                                const VvActor *actor,
                                const char    *candidate);

/* Whether @actor may look at the picture of @candidate: the assigned examiner at the whole pool, a peer reviewer
 * at the proposed candidate, a supervisor at all. FALSE with VV_PROCEDURE_ERROR_PERSON. */
gboolean vv_case_may_look (VvCase        *self,
                           const VvActor *actor,
                           const char    *candidate,
                           GError       **error);

/* Whether @actor may look at other photographs of the person @candidate is, with their dates: as vv_case_sees_identity(). FALSE
 * with VV_PROCEDURE_ERROR_PERSON, which says when they open. */
gboolean vv_case_may_see_person (VvCase        *self,
                                 const VvActor *actor,
                                 const char    *candidate,
                                 GError       **error);

/* Whether @actor may read @record: a peer reviewer does not see the examiner's analysis of the probe, comparison,
 * background check and other reviews before their own is locked. */
gboolean vv_case_sees_record (VvCase         *self,
                              const VvActor  *actor,
                              const VvRecord *record);

/* "Possible match candidate": facial recognition search, visual comparison, background check and
 * supervisory approval are all there for @candidate. */
gboolean vv_case_is_possible_match_candidate (VvCase     *self,
                                              const char *candidate);

/* The steps for the stepper, as seen by @actor: array of {"number":"5","title","state" ("done" "open" "closed"
 * "waiting"), "who" (account), "when", "why" (one sentence when closed or waiting), "needed" (which paper of an outside agency is missing), "act" (name of the act that
 * this step asks for next)}. Returns: (transfer full). */
JsonArray *vv_case_steps (VvCase        *self,
                          const VvActor *actor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvCase, vv_case_free)

G_END_DECLS
