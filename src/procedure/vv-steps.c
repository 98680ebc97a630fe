// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-case-private.h"
#include "vv-json.h"
#include "vv-kinds.h"

/* The procedure's steps as the stepper shows them: the act a step asks for, and the record that ends it. */
static const struct
{
  const char *number;
  const char *title;
  VvAct       act;
  const char *ended_by;
} steps[] = {
  { "2", N_ ("Request and papers"), VV_ACT_ADD_EXHIBIT, VV_KIND_REQUEST },
  { "3", N_ ("Number and examiner"), VV_ACT_ASSIGN, VV_KIND_ASSIGNMENT },
  { "4", N_ ("Authorised use"), VV_ACT_CONFIRM_USE, VV_KIND_USE_CONFIRMATION },
  { "5", N_ ("Probe"), VV_ACT_SELECT_PROBE, VV_KIND_PROBE },
  { "5+", N_ ("Probe analysis"), VV_ACT_ANALYSE_PROBE, VV_KIND_PROBE_ANALYSIS },
  { "6", N_ ("Search"), VV_ACT_SEARCH, VV_KIND_SEARCH },
  { "7", N_ ("Comparison"), VV_ACT_COMPARE, VV_KIND_COMPARISON },
  { "8", N_ ("Background"), VV_ACT_BACKGROUND, VV_KIND_BACKGROUND },
  { "9", N_ ("Peer review"), VV_ACT_PEER_REVIEW, VV_KIND_PEER_REVIEW },
  { "10", N_ ("Supervisor"), VV_ACT_SIGN_OFF, VV_KIND_SIGN_OFF },
  { "13", N_ ("Report and records"), VV_ACT_REPORT, VV_KIND_REPORT },
};

/* A report for an outside agency is not done before it went back (step 13b). */
static gboolean
waits_for_hand_over (VvCase *self)
{
  VvStatus status = vv_case_status (self);

  return strcmp (vv_case_channel (self), "outside-agency") == 0 &&
         (status == VV_STATUS_REPORTED || status == VV_STATUS_ACKNOWLEDGED) &&
         vv_case_current (self, VV_KIND_HAND_OVER, NULL, NULL) == NULL;
}

/* What a step asks of @actor now; some steps have two acts, one after the other. */
static VvAct
next_act (VvCase *self, gsize step, const VvActor *actor)
{
  VvStatus status = vv_case_status (self);
  VvAct    act = steps[step].act;

  if (act == VV_ACT_ADD_EXHIBIT)
    return vv_case_current (self, VV_KIND_AGENCY_FORM, NULL, NULL) == NULL ? VV_ACT_AGENCY_FORM : VV_ACT_ADD_EXHIBIT;
  if (act == VV_ACT_ASSIGN)
    return vv_case_fis_number (self) == NULL ? VV_ACT_NUMBER : VV_ACT_ASSIGN;
  if (act == VV_ACT_COMPARE && vv_case_undisposed (self) > 0)
    return VV_ACT_DISPOSE;
  if (act == VV_ACT_PEER_REVIEW && vv_case_proposed (self) == NULL && g_strcmp0 (vv_case_examiner (self), actor->account) == 0)
    return VV_ACT_PROPOSE;
  if (act == VV_ACT_REPORT && waits_for_hand_over (self))
    return VV_ACT_HAND_OVER;
  if (act == VV_ACT_SIGN_OFF && (status == VV_STATUS_APPROVED || status == VV_STATUS_NONE_CONFIRMED || status == VV_STATUS_NOT_AGREED))
    return VV_ACT_DIRECT;
  return act;
}

/* The candidate that acts of steps 8 and 9 are about: the proposed one, else the last compared. */
static const char *
candidate_of (VvCase *self, VvAct act)
{
  VvRecord *comparison;

  if (act != VV_ACT_BACKGROUND && act != VV_ACT_PROPOSE)
    return NULL;
  comparison = vv_case_current (self, VV_KIND_COMPARISON, NULL, NULL);
  return comparison != NULL ? vv_json_string (comparison->body, "candidate") : NULL;
}

static gboolean
is_finished (VvCase *self, gsize step, VvRecord *end)
{
  if (end == NULL)
    return FALSE;
  if (steps[step].act == VV_ACT_ADD_EXHIBIT)
    return _vv_gate_has_papers (self, /* error= */ NULL);
  /* Step 12: the work went back to the search or the comparison. */
  if (steps[step].act == VV_ACT_COMPARE)
    return vv_case_undisposed (self) == 0 && vv_case_status (self) != VV_STATUS_NOT_AGREED;
  if (steps[step].act == VV_ACT_SIGN_OFF)
    return vv_case_current (self, VV_KIND_DIRECTION, NULL, NULL) != NULL;
  if (steps[step].act == VV_ACT_REPORT)
    return vv_case_status (self) != VV_STATUS_DIRECTED && !waits_for_hand_over (self);
  return steps[step].act != VV_ACT_PEER_REVIEW || _vv_case_n_reviews (self) >= self->peers;
}

static gboolean
is_acknowledged (VvCase *self, VvRecord *end)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (g_strcmp0 (record->kind, VV_KIND_RECEIPT) == 0 && vv_json_int (record->body, "record") == end->id)
        return TRUE;
    }
  return FALSE;
}

/* Steps 4a and 13 end when ECMS has acknowledged the document. */
static gboolean
goes_to_ecms (gsize step)
{
  return steps[step].act == VV_ACT_CONFIRM_USE || steps[step].act == VV_ACT_REPORT;
}

static JsonObject *
finished_step (VvCase *self, gsize step, VvRecord *end)
{
  gboolean waits = goes_to_ecms (step) && !is_acknowledged (self, end);

  return vv_json_new ("state", "s", waits ? "waiting" : "done",
                      "who", "s", end->author,
                      "when", "s", end->made_at,
                      "why", "s", waits ? _ ("ECMS has not acknowledged the document yet.") : NULL, NULL);
}

static JsonObject *
unfinished_step (VvCase *self, gsize step, const VvActor *actor)
{
  VvAct              act = next_act (self, step, actor);
  const char        *candidate = candidate_of (self, act);
  g_autoptr (GError) why = NULL;
  gboolean           open = vv_case_may (self, act, actor, candidate, &why);
  g_autoptr (GError) needed = NULL;
  gboolean           papers = steps[step].act != VV_ACT_ADD_EXHIBIT || _vv_gate_has_papers (self, &needed);
  gboolean           waits = act == VV_ACT_SELECT_PROBE && vv_case_status (self) == VV_STATUS_REJECTED;

  return vv_json_new ("state", "s", open ? "open" : waits ? "waiting"
                                                          : "closed",
                      "act", "s", vv_act_name (act),
                      "why", "s", open ? NULL : why->message,
                      "needed", "s", papers ? NULL : needed->message,
                      NULL);
}

JsonArray *
vv_case_steps (VvCase *self, const VvActor *actor)
{
  JsonArray *all = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      VvRecord   *end = vv_case_current (self, steps[i].ended_by, NULL, NULL);
      JsonObject *step;

      /* Step 7 ends also when nobody of the pool is a candidate. */
      if (end == NULL && steps[i].act == VV_ACT_COMPARE)
        end = vv_case_current (self, VV_KIND_NONE, NULL, NULL);
      step = is_finished (self, i, end) ? finished_step (self, i, end) : unfinished_step (self, i, actor);

      json_object_set_string_member (step, "number", steps[i].number);
      json_object_set_string_member (step, "title", _ (steps[i].title));
      json_array_add_object_element (all, step);
    }
  return all;
}
