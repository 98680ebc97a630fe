// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-case-private.h"
#include "vv-json.h"
#include "vv-kinds.h"

/* Gates of what surrounds the steps: papers and channels, rejected images, comparison outside the repository, closing. */

static gboolean
came_by (VvCase *self, const char *channel)
{
  return strcmp (vv_case_channel (self), channel) == 0;
}

/* The exhibit @id if it is of @class, else NULL. */
static VvRecord *
exhibit (VvCase *self, gint64 id, const char *class)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (record->id == id && strcmp (record->kind, VV_KIND_EXHIBIT) == 0 && g_strcmp0 (vv_json_string (record->body, "class"), class) == 0)
        return record;
    }
  return NULL;
}

static gboolean
has_exhibit (VvCase *self, const char *class)
{
  for (guint i = 0; i < self->records->len; i++)
    if (exhibit (self, ((VvRecord *) g_ptr_array_index (self->records, i))->id, class) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
_vv_gate_has_papers (VvCase *self, GError **error)
{
  if (!came_by (self, "outside-agency"))
    return TRUE;
  if (vv_case_current (self, VV_KIND_AGENCY_FORM, NULL, NULL) == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                            _ ("A request of an outside agency needs its FIS Outside Agency Form first (212-129, Additional data)."));
  return has_exhibit (self, "complaint-report") ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                          _ ("A request of an outside agency needs a copy of that agency's complaint report first: add it as an exhibit (212-129, Additional data)."));
}

gboolean
_vv_gate_handschu (VvCase *self, GError **error)
{
  if (!came_by (self, "intelligence") || vv_case_current (self, VV_KIND_HANDSCHU, NULL, NULL) != NULL)
    return TRUE;
  return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                          _ ("Answer first whether the Handschu Guidelines apply to this request of the Intelligence Bureau (212-129, Additional data)."));
}

static gboolean
is_reported (VvCase *self)
{
  VvStatus status = vv_case_status (self);

  return status == VV_STATUS_REPORTED || status == VV_STATUS_ACKNOWLEDGED;
}

static gboolean
may_add_exhibit (VvCase *self, const VvActor *actor, GError **error)
{
  if (!_vv_gate_takes_in (actor, error))
    return FALSE;
  return !is_reported (self) || _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The report was prepared; the record is closed."));
}

static gboolean
may_enter_form (VvCase *self, const VvActor *actor, GError **error)
{
  if (!_vv_gate_takes_in (actor, error))
    return FALSE;
  if (!came_by (self, "outside-agency"))
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                            _ ("The FIS Outside Agency Form belongs to requests of outside agencies only."));
  return vv_case_fis_number (self) == NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The request has its FIS number; its FIS Outside Agency Form stays as it is."));
}

static gboolean
may_answer_handschu (VvCase *self, const VvActor *actor, GError **error)
{
  if ((actor->roles & VV_ROLE_SUPERVISOR) == 0 && !_vv_gate_assigned (self, actor, error))
    return FALSE;
  if (!came_by (self, "intelligence"))
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                            _ ("The Handschu question is asked for requests of the Intelligence Bureau only."));
  return !is_reported (self) || _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The report was prepared; the record is closed."));
}

/* Step 13b: once the report is there, it goes back to the outside agency, once. */
static gboolean
is_to_hand_over (VvCase *self, GError **error)
{
  if (!came_by (self, "outside-agency"))
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                            _ ("Only the report for an outside agency is handed over; others go to ECMS (step 13)."));
  return vv_case_current (self, VV_KIND_HAND_OVER, NULL, NULL) == NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The report was handed over already."));
}

static gboolean
may_change_channel (VvCase *self, const VvActor *actor, GError **error)
{
  return _vv_gate_supervisor (actor, error) && is_to_hand_over (self, error);
}

static gboolean
may_hand_over (VvCase *self, const VvActor *actor, GError **error)
{
  if (!_vv_gate_assigned (self, actor, error) || !is_to_hand_over (self, error))
    return FALSE;
  return is_reported (self) || _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Step 13 comes first: prepare the report."));
}

static gboolean
may_reject (VvCase *self, const VvActor *actor, GError **error)
{
  if (!_vv_gate_assigned (self, actor, error) || !_vv_gate_work_is_open (self, error))
    return FALSE;
  return _vv_case_last (self, VV_KIND_MEDIA, /* after= */ 0, NULL, NULL) != NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The request has no image that could be rejected."));
}

static gboolean
may_approve_outside (VvCase *self, const VvActor *actor, GError **error)
{
  if (!_vv_gate_supervisor (actor, error))
    return FALSE;
  if (vv_case_fis_number (self) == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The request needs its FIS number first (step 3)."));
  return !is_reported (self) || _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The report was prepared; the record is closed."));
}

/* An approval opens one case, for the images that are added under it; a later approval begins a set of its own. */
static gboolean
may_add_outside (VvCase *self, const VvActor *actor, GError **error)
{
  if (!_vv_gate_assigned (self, actor, error) || !_vv_gate_work_is_open (self, error))
    return FALSE;
  return vv_case_current (self, VV_KIND_OUTSIDE_APPROVAL, NULL, NULL) != NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                          _ ("Comparison with images outside the photo repository is prohibited. It needs the approval of the Chief of Detectives or of the Deputy Commissioner, Intelligence and Counterterrorism, for this case, entered by a supervisor."));
}

static gboolean
may_search_outside (VvCase *self, const VvActor *actor, GError **error)
{
  if (!may_add_outside (self, actor, error))
    return FALSE;
  if (vv_case_current (self, VV_KIND_OUTSIDE_IMAGE, NULL, NULL) == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                            _ ("There is nothing to search: add the images that the approval allows first."));
  return vv_case_may (self, VV_ACT_SEARCH, actor, NULL, error);
}

static gboolean
may_replay (VvCase *self, const VvActor *actor, GError **error)
{
  if ((actor->roles & VV_ROLE_SUPERVISOR) == 0 && !_vv_gate_assigned (self, actor, error))
    return FALSE;
  return _vv_case_last (self, VV_KIND_SEARCH, /* after= */ 0, NULL, NULL) != NULL ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("Step 6 comes first: no search was run for this request."));
}

static gboolean
may_close (VvCase *self, const VvActor *actor, GError **error)
{
  VvStatus status = vv_case_status (self);

  if (!_vv_gate_supervisor (actor, error))
    return FALSE;
  if (_vv_case_is_author (self, actor->account))
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_PERSON,
                            _ ("A supervisor does not close a request on which they worked as examiner."));
  if (status == VV_STATUS_APPROVED || status == VV_STATUS_NONE_CONFIRMED || status == VV_STATUS_DIRECTED)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP,
                            _ ("The supervisor has decided: the report comes first (steps 11 to 13)."));
  if (is_reported (self) && came_by (self, "outside-agency") && vv_case_current (self, VV_KIND_HAND_OVER, NULL, NULL) == NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_STEP, _ ("The report goes back to the outside agency first (step 13b)."));
  return _vv_gate_handschu (self, error);
}

gboolean
_vv_gate_request (VvCase *self, VvAct act, const VvActor *actor, GError **error)
{
  static gboolean (*const gates[VV_ACT_COUNT]) (VvCase * self, const VvActor *actor, GError **error) = {
    [VV_ACT_REJECT_IMAGE] = may_reject,
    [VV_ACT_ADD_EXHIBIT] = may_add_exhibit,
    [VV_ACT_AGENCY_FORM] = may_enter_form,
    [VV_ACT_HANDSCHU] = may_answer_handschu,
    [VV_ACT_CHANGE_CHANNEL] = may_change_channel,
    [VV_ACT_HAND_OVER] = may_hand_over,
    [VV_ACT_APPROVE_OUTSIDE] = may_approve_outside,
    [VV_ACT_ADD_OUTSIDE] = may_add_outside,
    [VV_ACT_SEARCH_OUTSIDE] = may_search_outside,
    [VV_ACT_REPLAY] = may_replay,
    [VV_ACT_CLOSE] = may_close,
  };

  return gates[act](self, actor, error);
}

/* --- What details must fit ------------------------------------------------------------------------------------------------ */

static gboolean
refuse_field (GError **error, const char *text)
{
  return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_FIELD, text);
}

static gboolean
is_medium (VvCase *self, gint64 id)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (record->id == id && strcmp (record->kind, VV_KIND_MEDIA) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_rejection (VvCase *self, JsonObject *details, GError **error)
{
  JsonArray *ids = vv_json_array (details, "media");

  for (guint i = 0; i < vv_json_length (ids); i++)
    {
      gint64 id = json_array_get_int_element (ids, i);

      if (!is_medium (self, id))
        return refuse_field (error, _ ("An image that is to be rejected does not belong to this request."));
      if (vv_case_is_rejected (self, id))
        return refuse_field (error, _ ("This image was rejected already."));
    }
  return TRUE;
}

static gboolean
check_probe (VvCase *self, JsonObject *details, GError **error)
{
  return !vv_case_is_rejected (self, vv_json_int (details, "media")) ||
         refuse_field (error, _ ("This image was rejected. Choose another one, or ask for better ones."));
}

static gboolean
check_medium (VvCase *self, JsonObject *details, GError **error)
{
  if (!json_object_has_member (details, "video"))
    return TRUE;
  return exhibit (self, vv_json_int (details, "video"), "video") != NULL ||
         refuse_field (error, _ ("The video from which a frame was taken must be an exhibit of this request."));
}

static gboolean
check_exhibit (VvCase *self, JsonObject *details, GError **error)
{
  if (!json_object_has_member (details, "player"))
    return TRUE;
  return exhibit (self, vv_json_int (details, "player"), "player-package") != NULL ||
         refuse_field (error, _ ("The player of a video must be an exhibit “player-package” of this request; add it first."));
}

static gboolean
check_hand_over (VvCase *self, JsonObject *details, GError **error)
{
  VvRecord   *form = vv_case_current (self, VV_KIND_AGENCY_FORM, NULL, NULL);
  VvRecord   *change = vv_case_current (self, VV_KIND_CHANNEL_CHANGE, NULL, NULL);
  const char *allowed = change != NULL ? vv_json_string (change->body, "method") : NULL;

  if (allowed == NULL && form != NULL)
    allowed = vv_json_string (form->body, "method");
  return g_strcmp0 (vv_json_string (details, "method"), allowed) == 0 ||
         refuse_field (error,
                       _ ("The report goes back the way the request came (step 13b). For another way a supervisor gives a reason first."));
}

static gboolean
check_outside (VvCase *self, JsonObject *details, GError **error)
{
  return exhibit (self, vv_json_int (details, "document"), "approval-document") != NULL ||
         refuse_field (error, _ ("The approval needs its document: add it to this request as an exhibit “approval-document”."));
}

/* One picture once; and the probe is not compared with itself. */
static gboolean
check_outside_image (VvCase *self, JsonObject *details, GError **error)
{
  const char           *sha256 = vv_json_string (details, "sha256");
  g_autoptr (GPtrArray) set = vv_case_all_current (self, VV_KIND_OUTSIDE_IMAGE);

  for (guint i = 0; i < set->len; i++)
    if (g_strcmp0 (vv_json_string (((VvRecord *) g_ptr_array_index (set, i))->body, "sha256"), sha256) == 0)
      return refuse_field (error, _ ("This image is among those outside the photo repository already."));
  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (record->kind, VV_KIND_MEDIA) == 0 && g_strcmp0 (vv_json_string (record->body, "sha256"), sha256) == 0)
        return refuse_field (error, _ ("This image was submitted with the request; it is not compared with itself."));
    }
  return TRUE;
}

/* The examiner confirms the use that was stated, or declines; another one is a request of its own. */
static gboolean
check_use (VvCase *self, JsonObject *details, GError **error)
{
  VvRecord   *first = g_ptr_array_index (self->records, 0);
  const char *stated = vv_json_string (vv_json_object (first->body, "use"), "code");

  if (g_strcmp0 (vv_json_string (details, "decision"), "confirmed") != 0 || g_strcmp0 (vv_json_string (details, "code"), stated) == 0)
    return TRUE;
  return refuse_field (error,
                       _ ("The request states another authorised use. Confirm the one that is stated, or decline; the investigator may ask anew."));
}

/* A reassignment: to somebody else, who did not judge this work, and with a reason once work has begun. */
static gboolean
check_assignment (VvCase *self, JsonObject *details, GError **error)
{
  const char *next = vv_json_string (details, "examiner");
  const char *before = vv_case_examiner (self);

  if (next == NULL)
    return TRUE;
  if (g_strcmp0 (before, next) == 0)
    return refuse_field (error, _ ("The request is assigned to this examiner already."));
  if (_vv_case_last (self, VV_KIND_PEER_REVIEW, 0, NULL, next) != NULL || _vv_case_last (self, VV_KIND_SIGN_OFF, 0, NULL, next) != NULL)
    return _vv_gate_refuse (error, VV_PROCEDURE_ERROR_PERSON,
                            _ ("Who reviewed or decided in this case cannot be its examiner. Assign somebody else."));
  if (before != NULL && vv_case_current (self, VV_KIND_USE_CONFIRMATION, NULL, NULL) != NULL && vv_json_string (details, "reason") == NULL)
    return refuse_field (error, _ ("The examiner has begun: say why the request goes to another one (“reason”)."));
  return TRUE;
}

/* What was locked stays: a change is another version, which names the one before and says why. */
static gboolean
check_comparison (VvCase *self, JsonObject *details, GError **error)
{
  VvRecord   *before = vv_case_current (self, VV_KIND_COMPARISON, vv_json_string (details, "candidate"), vv_case_examiner (self));
  const char *why = vv_json_string (details, "why");

  if (before == NULL)
    return !json_object_has_member (details, "replaces") ||
           refuse_field (error, _ ("There is no comparison of this candidate that another version could replace."));
  if (vv_json_int (details, "replaces") != before->id)
    return refuse_field (error,
                         _ ("Your comparison of this candidate is locked. Another version names it (“replaces”) and says why; both stay on the record."));
  return (why != NULL && strspn (why, " \t\r\n") < strlen (why)) ||
         refuse_field (error, _ ("Say why you write another version (“why”); the one before stays beside it."));
}

gboolean
_vv_check_request (VvCase *self, VvAct act, JsonObject *details, GError **error)
{
  static gboolean (*const checks[VV_ACT_COUNT]) (VvCase * self, JsonObject * details, GError * *error) = {
    [VV_ACT_ADD_MEDIA] = check_medium,
    [VV_ACT_ASSIGN] = check_assignment,
    [VV_ACT_CONFIRM_USE] = check_use,
    [VV_ACT_SELECT_PROBE] = check_probe,
    [VV_ACT_COMPARE] = check_comparison,
    [VV_ACT_REJECT_IMAGE] = check_rejection,
    [VV_ACT_ADD_EXHIBIT] = check_exhibit,
    [VV_ACT_HAND_OVER] = check_hand_over,
    [VV_ACT_APPROVE_OUTSIDE] = check_outside,
    [VV_ACT_ADD_OUTSIDE] = check_outside_image,
  };

  return checks[act] == NULL || checks[act](self, details, error);
}
