// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-notice.h"

/* One request as one JSON object, as far as the person who asks may see it. */

static JsonArray *
show_media (VvSession *session)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord   *record = g_ptr_array_index (session->records, i);
      JsonObject *media;

      if (strcmp (record->kind, VV_KIND_MEDIA) != 0)
        continue;
      media = vv_json_copy (record->body);
      json_object_set_int_member (media, "id", record->id);
      json_array_add_object_element (all, media);
    }
  return all;
}

static JsonObject *
show_may (VvSession *session)
{
  JsonObject *may = json_object_new ();

  for (int act = 0; act < VV_ACT_COUNT; act++)
    {
      g_autoptr (GError) why = NULL;

      if (vv_case_may (session->kase, (VvAct) act, &session->actor, vv_case_proposed (session->kase), &why))
        json_object_set_boolean_member (may, vv_act_name ((VvAct) act), TRUE);
      else
        json_object_set_string_member (may, vv_act_name ((VvAct) act), why->message);
    }
  return may;
}

static JsonObject *
show_probe (VvSession *session)
{
  VvRecord   *probe = vv_case_current (session->kase, VV_KIND_PROBE, NULL, NULL);
  JsonObject *shown = probe != NULL ? vv_json_copy (probe->body) : NULL;

  if (shown != NULL)
    json_object_set_int_member (shown, "record", probe->id);
  return shown;
}

/* What the probe shows, for those who do not have to look at it unprejudiced any more. */
static JsonObject *
show_analysis (VvSession *session)
{
  VvRecord   *analysis = vv_case_current (session->kase, VV_KIND_PROBE_ANALYSIS, NULL, NULL);
  JsonObject *shown;

  if (analysis == NULL || !vv_case_sees_record (session->kase, &session->actor, analysis))
    return NULL;
  shown = vv_json_copy (analysis->body);
  json_object_set_int_member (shown, "record", analysis->id);
  json_object_set_string_member (shown, "by", analysis->author);
  json_object_set_string_member (shown, "when", analysis->made_at);
  return shown;
}

static JsonObject *
show_search (VvSession *session)
{
  VvRecord *search = vv_case_current (session->kase, VV_KIND_SEARCH, NULL, NULL);

  return search == NULL ? NULL
                        : vv_json_new ("record", "i", search->id,
                                       "when", "s", search->made_at,
                                       "by", "s", search->author,
                                       "gallery_size", "i", vv_json_int (search->body, "gallery_size"),
                                       "pool_length", "i", vv_json_int (search->body, "pool_length"),
                                       "recogniser", "s", vv_json_string (search->body, "recogniser"),
                                       "manifest", "s", vv_json_string (search->body, "manifest"),
                                       "outside", "b", json_object_has_member (search->body, "approval"),
                                       NULL);
}

/* Adds what stays hidden until the person's own comparison is locked. */
static gboolean
reveal (VvSession *session, JsonObject *row, JsonObject *shown, GError **error)
{
  static const char *const facts[] = { "person", "class", "origin", "reference", "taken" };
  g_autoptr (GError)       cause = NULL;
  g_autoptr (JsonObject)   photograph = _vv_desk_candidate (session, row, &cause);

  /* Its record was sealed since: the case stays, the photograph is gone. */
  if (g_error_matches (cause, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND))
    json_object_set_boolean_member (shown, "sealed", TRUE);
  else if (photograph == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  json_object_set_int_member (shown, "rank", vv_json_int (row, "rank"));
  json_object_set_double_member (shown, "score", vv_json_double (row, "score"));
  json_object_set_int_member (shown, json_object_has_member (row, "outside") ? "outside" : "photograph", _vv_desk_candidate_id (row));
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (vv_json_string (photograph, facts[i]) != NULL)
      json_object_set_string_member (shown, facts[i], vv_json_string (photograph, facts[i]));
  return TRUE;
}

/* Why the candidate has the disposition that it has. */
static void
show_reason (VvSession *session, const char *candidate, JsonObject *shown)
{
  g_autoptr (GPtrArray) dispositions = vv_case_all_current (session->kase, VV_KIND_DISPOSITION);

  for (guint i = 0; i < dispositions->len; i++)
    {
      VvRecord  *record = g_ptr_array_index (dispositions, i);
      JsonArray *letters = vv_json_array (record->body, "candidates");

      for (guint j = 0; j < vv_json_length (letters); j++)
        if (g_strcmp0 (json_array_get_string_element (letters, j), candidate) == 0)
          {
            json_object_set_string_member (shown, "reason", vv_json_string (record->body, "reason"));
            if (vv_json_string (record->body, "component") != NULL)
              json_object_set_string_member (shown, "component", vv_json_string (record->body, "component"));
          }
    }
}

static JsonArray *
show_pool (VvSession *session, GError **error)
{
  VvRecord             *search = vv_case_current (session->kase, VV_KIND_SEARCH, NULL, NULL);
  JsonArray            *pool = search != NULL ? vv_json_array (search->body, "pool") : NULL;
  g_autoptr (JsonArray) shown = json_array_new ();

  for (guint i = 0; i < vv_json_length (pool); i++)
    {
      JsonObject *row = vv_json_element (pool, i);
      const char *candidate = vv_json_string (row, "candidate");
      gboolean    sees, early;
      JsonObject *one;

      /* A reviewer sees the proposed candidate and nothing of the rest. */
      if (!vv_case_may_look (session->kase, &session->actor, candidate, /* error= */ NULL))
        continue;
      sees = vv_case_sees_identity (session->kase, &session->actor, candidate);
      early = sees && vv_case_current (session->kase, VV_KIND_COMPARISON, candidate, NULL) == NULL;
      one = vv_json_new ("candidate", "s", candidate,
                         "disposition", "s", vv_case_disposition (session->kase, candidate),
                         "locked", "b", sees && !early, NULL);
      json_array_add_object_element (shown, one);
      if (early)
        json_object_set_boolean_member (one, "early", TRUE);
      if (g_strcmp0 (vv_case_examiner (session->kase), session->actor.account) == 0)
        show_reason (session, candidate, one);
      if (sees && !reveal (session, row, one, error))
        return NULL;
    }
  return g_steal_pointer (&shown);
}

/* Records without what this person may not see yet: others' comparisons before the own one, and in the search record the
 * order and scores of the pool. */
static JsonArray *
show_records (VvSession *session)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord        *record = g_ptr_array_index (session->records, i);
      g_autofree char *name = _vv_desk_name_of (session, record->author);
      JsonObject      *shown;

      if (!vv_case_sees_record (session->kase, &session->actor, record))
        continue;
      shown = vv_record_to_json (record);
      json_object_set_string_member (shown, "author_name", name);
      if (strcmp (record->kind, VV_KIND_SEARCH) == 0)
        {
          json_object_remove_member (vv_json_object (shown, "body"), "pool");
          json_object_remove_member (vv_json_object (shown, "body"), "seed");
        }
      json_array_add_object_element (all, shown);
    }
  return all;
}

/* --- What happened, in sentences ---------------------------------------------------------------------------------------- */

static const struct
{
  const char *kind;
  const char *text;
  const char *member; /* shown in place of %s */
} sentences[] = {
  { VV_KIND_REQUEST, N_ ("Request received"), NULL },
  { VV_KIND_MEDIA, N_ ("Image added: %s"), "name" },
  { VV_KIND_EXHIBIT, N_ ("Exhibit added: %s"), "name" },
  { VV_KIND_AGENCY_FORM, N_ ("FIS Outside Agency Form entered: %s"), "agency" },
  { VV_KIND_HANDSCHU, N_ ("Handschu Guidelines apply: %s"), "applies" },
  { VV_KIND_DD5, N_ ("FIS Request DD5 generated by FIS"), NULL },
  { VV_KIND_AGENCY_FORM_LAID, N_ ("FIS Outside Agency Form laid out"), NULL },
  { VV_KIND_REJECTION, N_ ("Images rejected: %s"), "text" },
  { VV_KIND_CHANNEL_CHANGE, N_ ("Other way back allowed: %s"), "method" },
  { VV_KIND_HAND_OVER, N_ ("Report handed over to %s"), "recipient" },
  { VV_KIND_OUTSIDE_APPROVAL, N_ ("Comparison outside the photo repository approved by %s"), "approver_name" },
  { VV_KIND_OUTSIDE_IMAGE, N_ ("Image outside the photo repository added: %s"), "name" },
  { VV_KIND_CLOSURE, N_ ("Request closed: %s"), "reason" },
  { VV_KIND_NUMBER, N_ ("FIS number given: %s"), "fis_number" },
  { VV_KIND_ASSIGNMENT, N_ ("Assigned to %s"), "examiner" },
  { VV_KIND_USE_CONFIRMATION, N_ ("Authorised use decided: %s"), "decision" },
  { VV_KIND_PROBE, N_ ("Probe selected"), NULL },
  { VV_KIND_PROBE_ANALYSIS, N_ ("Analysis of the probe locked"), NULL },
  { VV_KIND_SEARCH, N_ ("Photo repository searched"), NULL },
  { VV_KIND_DISPOSITION, N_ ("Candidates disposed of: %s"), "disposition" },
  { VV_KIND_EARLY_VIEW, N_ ("Name and score of candidate %s shown early"), "candidate" },
  { VV_KIND_COMPARISON, N_ ("Comparison of candidate %s locked"), "candidate" },
  { VV_KIND_BACKGROUND, N_ ("Background check of candidate %s recorded"), "candidate" },
  { VV_KIND_PROPOSAL, N_ ("Candidate %s submitted for peer review"), "candidate" },
  { VV_KIND_NONE, N_ ("No candidate found in the pool"), NULL },
  { VV_KIND_PEER_REVIEW, N_ ("Peer review of candidate %s locked"), "candidate" },
  { VV_KIND_SIGN_OFF, N_ ("Supervisor decided: %s"), "decision" },
  { VV_KIND_DIRECTION, N_ ("Report directed: %s"), "report" },
  { VV_KIND_REPORT, N_ ("Report prepared: %s"), "form" },
  { VV_KIND_RECEIPT, N_ ("ECMS acknowledged a document"), NULL },
};

static char *
sentence (const VvRecord *record)
{
  if (strcmp (record->kind, VV_KIND_SEARCH) == 0 && json_object_has_member (record->body, "approval"))
    return g_strdup (_ ("Images outside the photo repository searched"));
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (sentences[i].kind, record->kind) == 0)
      {
        g_auto (GStrv) halves = g_strsplit (_ (sentences[i].text), "%s", 2);
        const char    *value = sentences[i].member != NULL ? vv_json_string (record->body, sentences[i].member) : NULL;

        return g_strconcat (halves[0], value != NULL ? value : "", halves[1], NULL);
      }
  return g_strdup (record->kind);
}

static JsonArray *
show_timeline (VvSession *session)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord        *record = g_ptr_array_index (session->records, i);
      g_autofree char *text = sentence (record);
      g_autofree char *name = _vv_desk_name_of (session, record->author);

      if (vv_case_sees_record (session->kase, &session->actor, record))
        json_array_add_object_element (all, vv_json_new ("when", "s", record->made_at, "who", "s", name, "text", "s", text, NULL));
    }
  return all;
}

/* Full names of everybody who is named in the records. */
static JsonObject *
show_people (VvSession *session)
{
  JsonObject *people = json_object_new ();
  const char *examiner = vv_case_examiner (session->kase);

  for (guint i = 0; i <= session->records->len; i++)
    {
      const char      *account = i < session->records->len ? ((VvRecord *) g_ptr_array_index (session->records, i))->author : examiner;
      g_autofree char *name = NULL;

      if (account == NULL || json_object_has_member (people, account))
        continue;
      name = _vv_desk_name_of (session, account);
      json_object_set_string_member (people, account, name);
    }
  return people;
}

static JsonArray *
show_outbox (VvSession *session, GError **error)
{
  g_autoptr (JsonArray) all = vv_vault_outbox (session->vault, /* state= */ NULL, error);
  g_autoptr (JsonArray) own = json_array_new ();

  for (guint i = 0; all != NULL && i < json_array_get_length (all); i++)
    if (vv_json_int (vv_json_element (all, i), "request") == session->request)
      json_array_add_element (own, json_node_copy (json_array_get_element (all, i)));
  return all != NULL ? g_steal_pointer (&own) : NULL;
}

static JsonObject *
show (VvSession *session, GError **error)
{
  JsonObject           *shown;
  VvCase               *kase = session->kase;
  VvRecord             *first = g_ptr_array_index (session->records, 0);
  VvStatus              status = vv_case_status (kase);
  g_autofree char      *received_by = _vv_desk_name_of (session, first->author);
  g_autoptr (JsonArray) pool = show_pool (session, error);
  g_autoptr (JsonArray) outbox = pool != NULL ? show_outbox (session, error) : NULL;

  if (outbox == NULL)
    return NULL;
  shown = vv_json_new ("id", "i", first->id,
                       "fis_number", "s", vv_case_fis_number (kase),
                       "status", "s", vv_status_name (status),
                       "status_title", "s", vv_status_title (status),
                       "request", "o", vv_json_copy (first->body),
                       "received", "s", first->made_at,
                       "received_by", "s", received_by,
                       "examiner", "s", vv_case_examiner (kase),
                       "media", "a", show_media (session),
                       "steps", "a", vv_case_steps (kase, &session->actor),
                       "may", "o", show_may (session),
                       "probe", "o", show_probe (session),
                       "probe_analysis", "o", show_analysis (session),
                       "search", "o", show_search (session),
                       "pool", "a", g_steal_pointer (&pool),
                       "undisposed", "i", (gint64) vv_case_undisposed (kase),
                       "proposed", "s", vv_case_proposed (kase),
                       "possible_match_candidate", "b", vv_case_is_possible_match_candidate (kase, vv_case_proposed (kase)),
                       "records", "a", show_records (session),
                       "outbox", "a", g_steal_pointer (&outbox),
                       "timeline", "a", show_timeline (session),
                       "people", "o", show_people (session),
                       "notice", "s", vv_notice_short (),
                       NULL);
  _vv_desk_show_papers (session, shown);
  return shown;
}

JsonObject *
vv_desk_show_request (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession   session;
  JsonObject *answer;

  if (!_vv_desk_enter_request (self, "show-request", request, &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    return _vv_desk_leave_refused (&session, error);
  answer = show (&session, error);
  _vv_desk_leave (&session);
  return answer;
}
