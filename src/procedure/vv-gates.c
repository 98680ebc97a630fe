// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-case-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"

/* The gates of the procedure, one function per act. Each asks, in this order: is it this person's to do, and
 * is everything there that the step stands on. */

static const char *const act_names[VV_ACT_COUNT] = {
  [VV_ACT_ADD_MEDIA] = "add-media",
  [VV_ACT_NUMBER] = "number",
  [VV_ACT_ASSIGN] = "assign",
  [VV_ACT_CONFIRM_USE] = "confirm-use",
  [VV_ACT_SELECT_PROBE] = "select-probe",
  [VV_ACT_ANALYSE_PROBE] = "analyse-probe",
  [VV_ACT_SEARCH] = "search",
  [VV_ACT_DISPOSE] = "dispose",
  [VV_ACT_SHOW_EARLY] = "show-early",
  [VV_ACT_COMPARE] = "compare",
  [VV_ACT_BACKGROUND] = "background",
  [VV_ACT_PROPOSE] = "propose",
  [VV_ACT_NONE] = "none",
  [VV_ACT_PEER_REVIEW] = "peer-review",
  [VV_ACT_SIGN_OFF] = "sign-off",
  [VV_ACT_DIRECT] = "direct",
  [VV_ACT_REPORT] = "report",
  [VV_ACT_REJECT_IMAGE] = "reject-image",
  [VV_ACT_ADD_EXHIBIT] = "add-exhibit",
  [VV_ACT_AGENCY_FORM] = "agency-form",
  [VV_ACT_HANDSCHU] = "handschu",
  [VV_ACT_CHANGE_CHANNEL] = "change-channel",
  [VV_ACT_HAND_OVER] = "hand-over",
  [VV_ACT_APPROVE_OUTSIDE] = "approve-outside",
  [VV_ACT_ADD_OUTSIDE] = "add-outside",
  [VV_ACT_SEARCH_OUTSIDE] = "search-outside",
  [VV_ACT_REPLAY] = "replay",
  [VV_ACT_CLOSE] = "close",
};

const char *
vv_act_name (VvAct act)
{
  return act_names[act];
}

gboolean
_vv_gate_refuse (GError **error, VvProcedureError code, const char *text)
{
  g_set_error_literal (error, VV_PROCEDURE_ERROR, code, text);
  return FALSE;
}

gboolean
_vv_gate_supervisor (const VvActor *actor, GError **error)
{
  return (actor->roles & VV_ROLE_SUPERVISOR) != 0 ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_ROLE, _ ("Only a supervisor may do this step."));
}

gboolean
_vv_gate_takes_in (const VvActor *actor, GError **error)
{
  return (actor->roles & (VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR)) != 0 ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_ROLE, _ ("Only an examiner or a supervisor may take in images and papers."));
}

gboolean
_vv_gate_assigned (VvCase *self, const VvActor *actor, GError **error)
{
  if (vv_case_examiner (self) == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                            _ ("Step 3 comes first: the supervisor assigns an examiner to this request."));
  if ((actor->roles & VV_ROLE_EXAMINER) == 0 || strcmp (vv_case_examiner (self), actor->account) != 0)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_PERSON,
                            _ ("Only the examiner to whom the supervisor assigned this request may do this step."));
  return TRUE;
}

/* The examiner's part is open: use confirmed, and nothing waits for a review or a decision. */
gboolean
_vv_gate_work_is_open (VvCase *self, GError **error)
{
  VvStatus status = vv_case_status (self);

  switch (status)
    {
    case VV_STATUS_RECEIVED:
    case VV_STATUS_NUMBERED:
    case VV_STATUS_ASSIGNED:
      return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Step 4 comes first: confirm the authorised use."));
    case VV_STATUS_DECLINED:
      return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                              _ ("The authorised use was declined; the investigator may submit a new request."));
    case VV_STATUS_PROPOSED:
    case VV_STATUS_PEER_REVIEWED:
    case VV_STATUS_NONE_FOUND:
      return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The work was handed in and waits for review."));
    case VV_STATUS_APPROVED:
    case VV_STATUS_NONE_CONFIRMED:
    case VV_STATUS_DIRECTED:
    case VV_STATUS_REPORTED:
    case VV_STATUS_ACKNOWLEDGED:
      return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The supervisor has decided; the record is closed."));
    case VV_STATUS_REJECTED:
      return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                              _ ("Every image was rejected; the request waits for others from the investigator (step 5b)."));
    case VV_STATUS_CLOSED:
      return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The request was closed."));
    case VV_STATUS_CONFIRMED:
    case VV_STATUS_PROBE_SELECTED:
    case VV_STATUS_PROBE_ANALYSED:
    case VV_STATUS_SEARCHED:
    case VV_STATUS_NOT_AGREED:
    default:
      return TRUE;
    }
}

static gboolean
has_pool (VvCase *self, const char *candidate, GError **error)
{
  if (vv_case_current (self, VV_KIND_SEARCH, NULL, NULL) == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Step 6 comes first: run the search."));
  if (candidate != NULL && _vv_case_pool_row (self, candidate) == NULL)
    {
      g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                   _ ("There is no candidate “%s” in the pool of this request."), candidate);
      return FALSE;
    }
  return TRUE;
}

static gboolean
pool_is_disposed (VvCase *self, GError **error)
{
  guint left = vv_case_undisposed (self);

  if (left == 0)
    return TRUE;
  g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP,
               g_dngettext (GETTEXT_PACKAGE,
                            "%u candidate of the pool has no disposition yet: look at it first (step 7).",
                            "%u candidates of the pool have no disposition yet: look at them first (step 7).", left),
               left);
  return FALSE;
}

static gboolean
may_add_media (VvCase *self, const VvActor *actor, GError **error)
{
  if (!_vv_gate_takes_in (actor, error))
    return FALSE;
  if (vv_case_current (self, VV_KIND_SIGN_OFF, NULL, NULL) != NULL && vv_case_status (self) != VV_STATUS_NOT_AGREED)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The supervisor has decided; the record is closed."));
  return TRUE;
}

static gboolean
may_number (VvCase *self, const VvActor *actor, GError **error)
{
  if (!_vv_gate_supervisor (actor, error))
    return FALSE;
  if (vv_case_fis_number (self) != NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("This request has its FIS number; a number is never changed."));
  return _vv_gate_has_papers (self, error);
}

/* The supervisor may give the request to another examiner until the report is there. Earlier work stays its author's. */
static gboolean
may_assign (VvCase *self, const VvActor *actor, GError **error)
{
  VvStatus status = vv_case_status (self);

  if (!_vv_gate_supervisor (actor, error))
    return FALSE;
  if (vv_case_fis_number (self) == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The request needs its FIS number first (step 3)."));
  if (status == VV_STATUS_DECLINED || status == VV_STATUS_REPORTED || status == VV_STATUS_ACKNOWLEDGED)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The examiner's work is done; the request stays with that examiner."));
  return TRUE;
}

static gboolean
may_confirm_use (VvCase *self, const VvActor *actor, GError **error)
{
  if (!_vv_gate_assigned (self, actor, error))
    return FALSE;
  return vv_case_current (self, VV_KIND_USE_CONFIRMATION, NULL, NULL) == NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The authorised use was decided on already."));
}

static gboolean
may_work (VvCase *self, const VvActor *actor, GError **error)
{
  return _vv_gate_assigned (self, actor, error) && _vv_gate_work_is_open (self, error);
}

static gboolean
has_probe (VvCase *self, GError **error)
{
  return vv_case_current (self, VV_KIND_PROBE, NULL, NULL) != NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Step 5 comes first: select the probe image and the face in it."));
}

/* What the probe shows is written down by somebody who has seen no candidate; afterwards it stays as it is. */
static gboolean
may_analyse_probe (VvCase *self, const VvActor *actor, GError **error)
{
  if (!may_work (self, actor, error) || !has_probe (self, error))
    return FALSE;
  return vv_case_current (self, VV_KIND_SEARCH, NULL, NULL) == NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("There is a pool for this probe, so its analysis stays as it was locked."));
}

/* One 1:N search shows candidates; from then on nobody looks at the probe alone. */
static gboolean
may_search (VvCase *self, const VvActor *actor, GError **error)
{
  if (!may_work (self, actor, error) || !has_probe (self, error))
    return FALSE;
  return vv_case_current (self, VV_KIND_PROBE_ANALYSIS, NULL, NULL) != NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                          _ ("The analysis of the probe comes first: mark which components of the face it shows, and lock that."));
}

/* Steps 7 to 9 of one candidate. Once one was approved, another of the same pool may still be taken through them, until
 * the report is directed; what was approved stays as it is. */
static gboolean
may_work_on (VvCase *self, const VvActor *actor, const char *candidate, GError **error)
{
  if (!_vv_gate_assigned (self, actor, error))
    return FALSE;
  if (vv_case_status (self) != VV_STATUS_APPROVED && !_vv_gate_work_is_open (self, error))
    return FALSE;
  if (!has_pool (self, candidate, error))
    return FALSE;
  return !vv_case_is_possible_match_candidate (self, candidate) ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The supervisor has approved this candidate; its record is closed."));
}

/* Knowing who somebody is, or how high the program ranks them, sways the eye. It is possible, and it is on the record. */
static gboolean
may_show_early (VvCase *self, const VvActor *actor, const char *candidate, GError **error)
{
  if (!may_work_on (self, actor, candidate, error))
    return FALSE;
  return !vv_case_sees_identity (self, actor, candidate) ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Name, record and score of this candidate are shown to you already."));
}

static gboolean
may_background (VvCase *self, const VvActor *actor, const char *candidate, GError **error)
{
  if (!may_work_on (self, actor, candidate, error))
    return FALSE;
  return vv_case_current (self, VV_KIND_COMPARISON, candidate, actor->account) != NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Step 7 comes first: lock the visual comparison of this candidate."));
}

static gboolean
may_propose (VvCase *self, const VvActor *actor, const char *candidate, GError **error)
{
  if (!may_background (self, actor, candidate, error))
    return FALSE;
  if (vv_case_current (self, VV_KIND_BACKGROUND, candidate, actor->account) == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                            _ ("Step 8 comes first: record the background check of this candidate."));
  return pool_is_disposed (self, error);
}

static gboolean
may_say_none (VvCase *self, const VvActor *actor, GError **error)
{
  return may_work (self, actor, error) && has_pool (self, NULL, error) && pool_is_disposed (self, error);
}

static gboolean
may_peer_review (VvCase *self, const VvActor *actor, const char *candidate, GError **error)
{
  const char *proposed = vv_case_proposed (self);

  if ((actor->roles & VV_ROLE_EXAMINER) == 0)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_ROLE, _ ("Only an examiner may review a peer's work."));
  if (_vv_case_is_author (self, actor->account))
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_PERSON, _ ("Nobody reviews their own work: another examiner does."));
  if (proposed == NULL || vv_case_current (self, VV_KIND_SIGN_OFF, NULL, NULL) != NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("No proposed candidate waits for peer review here (step 9)."));
  if (candidate != NULL && strcmp (candidate, proposed) != 0)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_FIELD, _ ("This is not the candidate that was submitted for peer review."));
  return vv_case_current (self, VV_KIND_PEER_REVIEW, NULL, actor->account) == NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Your peer review of this candidate is locked already."));
}

/* One person is never two of author, reviewer and approver of one case. */
gboolean
_vv_case_is_author (VvCase *self, const char *account)
{
  static const char *const work[] = { VV_KIND_PROBE, VV_KIND_PROBE_ANALYSIS, VV_KIND_SEARCH, VV_KIND_DISPOSITION, VV_KIND_COMPARISON,
                                      VV_KIND_BACKGROUND, VV_KIND_PROPOSAL, VV_KIND_NONE };

  for (gsize i = 0; i < G_N_ELEMENTS (work); i++)
    if (_vv_case_last (self, work[i], /* after= */ 0, NULL, account) != NULL)
      return TRUE;
  return g_strcmp0 (vv_case_examiner (self), account) == 0;
}

static gboolean
took_part (VvCase *self, const char *account)
{
  return _vv_case_is_author (self, account) || _vv_case_last (self, VV_KIND_PEER_REVIEW, /* after= */ 0, NULL, account) != NULL;
}

static gboolean
may_sign_off (VvCase *self, const VvActor *actor, const char *candidate, GError **error)
{
  const char *proposed = vv_case_proposed (self);
  VvStatus    status = vv_case_status (self);

  if (!_vv_gate_supervisor (actor, error))
    return FALSE;
  if (took_part (self, actor->account))
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_PERSON,
                            _ ("A supervisor does not decide on a case in which they were examiner or reviewer."));
  if (status == VV_STATUS_PROPOSED)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Step 9 comes first: the peer review is missing."));
  if (status != VV_STATUS_PEER_REVIEWED && status != VV_STATUS_NONE_FOUND)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Nothing waits for the supervisor's decision here (step 10)."));
  return candidate == NULL ||
         g_strcmp0 (candidate, proposed) == 0 ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_FIELD, _ ("This is not the candidate that was proposed."));
}

static gboolean
may_direct (VvCase *self, const VvActor *actor, GError **error)
{
  VvRecord *sign_off = vv_case_current (self, VV_KIND_SIGN_OFF, NULL, NULL);

  if (!_vv_gate_supervisor (actor, error))
    return FALSE;
  if (sign_off == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Step 10 comes first: the supervisor decides."));
  if (strcmp (sign_off->author, actor->account) != 0)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_PERSON, _ ("The supervisor who decided directs the report."));
  return vv_case_current (self, VV_KIND_DIRECTION, NULL, NULL) == NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The report was directed already."));
}

static gboolean
may_report (VvCase *self, const VvActor *actor, GError **error)
{
  g_autoptr (GPtrArray) reports = vv_case_all_current (self, VV_KIND_REPORT);

  if (!_vv_gate_assigned (self, actor, error))
    return FALSE;
  if (vv_case_current (self, VV_KIND_DIRECTION, NULL, NULL) == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Step 11 comes first: the supervisor directs the report."));
  if (reports->len >= _vv_case_reports_due (self))
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The report was prepared already."));
  return _vv_gate_handschu (self, error);
}

gboolean
vv_case_may (VvCase *self, VvAct act, const VvActor *actor, const char *candidate, GError **error)
{
  if (!vv_case_is_visible (self, actor))
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_PERSON,
                            _ ("Requests of the Intelligence Bureau are for accounts with that clearance only."));
  if (vv_case_is_closed (self) && act != VV_ACT_REPLAY)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The request was closed; its record stays as it is."));
  switch (act)
    {
    case VV_ACT_ADD_MEDIA:
      return may_add_media (self, actor, error);
    case VV_ACT_NUMBER:
      return may_number (self, actor, error);
    case VV_ACT_ASSIGN:
      return may_assign (self, actor, error);
    case VV_ACT_CONFIRM_USE:
      return may_confirm_use (self, actor, error);
    case VV_ACT_SELECT_PROBE:
      return may_work (self, actor, error);
    case VV_ACT_ANALYSE_PROBE:
      return may_analyse_probe (self, actor, error);
    case VV_ACT_SEARCH:
      return may_search (self, actor, error);
    case VV_ACT_DISPOSE:
      return may_work (self, actor, error) && has_pool (self, candidate, error);
    case VV_ACT_SHOW_EARLY:
      return may_show_early (self, actor, candidate, error);
    case VV_ACT_COMPARE:
      return may_work_on (self, actor, candidate, error);
    case VV_ACT_BACKGROUND:
      return may_background (self, actor, candidate, error);
    case VV_ACT_PROPOSE:
      return may_propose (self, actor, candidate, error);
    case VV_ACT_NONE:
      return may_say_none (self, actor, error);
    case VV_ACT_PEER_REVIEW:
      return may_peer_review (self, actor, candidate, error);
    case VV_ACT_SIGN_OFF:
      return may_sign_off (self, actor, candidate, error);
    case VV_ACT_DIRECT:
      return may_direct (self, actor, error);
    case VV_ACT_REPORT:
      return may_report (self, actor, error);
    case VV_ACT_REJECT_IMAGE:
    case VV_ACT_ADD_EXHIBIT:
    case VV_ACT_AGENCY_FORM:
    case VV_ACT_HANDSCHU:
    case VV_ACT_CHANGE_CHANNEL:
    case VV_ACT_HAND_OVER:
    case VV_ACT_APPROVE_OUTSIDE:
    case VV_ACT_ADD_OUTSIDE:
    case VV_ACT_SEARCH_OUTSIDE:
    case VV_ACT_REPLAY:
    case VV_ACT_CLOSE:
      return _vv_gate_request (self, act, actor, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
vv_case_may_look (VvCase *self, const VvActor *actor, const char *candidate, GError **error)
{
  gboolean own = g_strcmp0 (vv_case_examiner (self), actor->account) == 0;
  gboolean reviewer = (actor->roles & VV_ROLE_EXAMINER) != 0 && g_strcmp0 (vv_case_proposed (self), candidate) == 0;

  return (vv_case_is_visible (self, actor) && (own || reviewer || (actor->roles & VV_ROLE_SUPERVISOR) != 0)) ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_PERSON,
                          _ ("Photographs of this pool are shown only to the assigned examiner, to the peer reviewer of a "
                             "proposed candidate, and to a supervisor."));
}

static gboolean
check_sign_off (VvCase *self, JsonObject *details, GError **error)
{
  const char *decision = vv_json_string (details, "decision");
  gboolean    proposed = vv_case_proposed (self) != NULL;

  if (g_strcmp0 (decision, "approved") == 0 && !proposed)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_FIELD, _ ("No candidate was proposed, so none can be approved."));
  if (g_strcmp0 (decision, "none-confirmed") == 0 && proposed)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_FIELD,
                            _ ("A candidate was proposed: approve it, or say that you are not in agreement."));
  return TRUE;
}

static gboolean
check_direction (VvCase *self, JsonObject *details, GError **error)
{
  g_autoptr (GPtrArray) candidates = vv_case_approved (self);
  gboolean              approved = candidates->len > 0;
  gboolean              wants_candidate = g_strcmp0 (vv_json_string (details, "report"), "possible-match") == 0;

  if (wants_candidate && !approved)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_FIELD,
                            _ ("A FIS Possible Match Report needs the supervisor's approval of the candidate (step 11)."));
  if (!wants_candidate && approved)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_FIELD,
                            _ ("The candidate was approved; the report that goes with it is the FIS Possible Match Report."));
  return TRUE;
}

gboolean
vv_case_check (VvCase *self, VvAct act, JsonObject *details, GError **error)
{
  if (act == VV_ACT_SIGN_OFF)
    return check_sign_off (self, details, error);
  if (act == VV_ACT_DIRECT)
    return check_direction (self, details, error);
  return _vv_check_request (self, act, details, error);
}
