// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"

/* What vv_desk_show_request() says of what surrounds the steps, and of several candidates. */

static JsonObject *
with_record (VvRecord *record)
{
  JsonObject *shown = vv_json_copy (record->body);

  json_object_remove_member (shown, "facts"); /* of a report: what it was made from is in "records" */
  json_object_set_int_member (shown, "record", record->id);
  json_object_set_string_member (shown, "by", record->author);
  json_object_set_string_member (shown, "when", record->made_at);
  return shown;
}

static JsonArray *
all_of (VvSession *session, const char *kind)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (strcmp (record->kind, kind) == 0)
        json_array_add_object_element (all, with_record (record));
    }
  return all;
}

/* The set that may be searched, for those who may know whom its images are said to show. */
static JsonArray *
outside_images (VvSession *session)
{
  g_autoptr (GPtrArray) set = vv_case_all_current (session->kase, VV_KIND_OUTSIDE_IMAGE);
  JsonArray            *shown = json_array_new ();

  for (guint i = 0; i < set->len; i++)
    if (vv_case_sees_record (session->kase, &session->actor, g_ptr_array_index (set, i)))
      json_array_add_object_element (shown, with_record (g_ptr_array_index (set, i)));
  return shown;
}

static JsonObject *
newest_of (VvSession *session, const char *kind)
{
  VvRecord *record = vv_case_current (session->kase, kind, NULL, NULL);

  return record != NULL ? with_record (record) : NULL;
}

/* Reviews of a candidate that this person may see, in short; the whole is in its record. */
static JsonArray *
reviews_of (VvSession *session, const char *candidate)
{
  g_autoptr (GPtrArray) reviews = vv_case_reviews (session->kase, candidate);
  JsonArray            *shown = json_array_new ();

  for (guint i = 0; i < reviews->len; i++)
    {
      VvRecord *review = g_ptr_array_index (reviews, i);

      if (vv_case_sees_record (session->kase, &session->actor, review))
        json_array_add_object_element (shown,
                                       vv_json_new ("record", "i", review->id, "by", "s", review->author, "when", "s", review->made_at, "agrees", "b", vv_json_bool (review->body, "agrees"), "reasons", "s", vv_json_string (review->body, "reasons"), NULL));
    }
  return shown;
}

/* Candidates that were ever proposed from the current pool, with what became of each. */
static JsonArray *
show_proposals (VvSession *session)
{
  g_autoptr (GPtrArray) proposals = vv_case_all_current (session->kase, VV_KIND_PROPOSAL);
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  JsonArray            *shown = json_array_new ();

  for (guint i = proposals->len; i-- > 0;)
    {
      VvRecord   *proposal = g_ptr_array_index (proposals, i);
      const char *candidate = vv_json_string (proposal->body, "candidate");
      VvRecord   *decision = vv_case_decision (session->kase, candidate);

      if (g_ptr_array_find_with_equal_func (seen, candidate, g_str_equal, NULL))
        continue;
      g_ptr_array_add (seen, (gpointer) candidate);
      if (decision != NULL && !vv_case_sees_record (session->kase, &session->actor, decision))
        decision = NULL;
      json_array_add_object_element (shown, vv_json_new ("candidate", "s", candidate,
                                                         "proposed_by", "s", proposal->author,
                                                         "proposed_at", "s", proposal->made_at,
                                                         "reviews", "a", reviews_of (session, candidate),
                                                         "decision", "s", decision != NULL ? vv_json_string (decision->body, "decision") : NULL,
                                                         "decided_by", "s", decision != NULL ? decision->author : NULL,
                                                         "possible_match_candidate", "b", vv_case_is_possible_match_candidate (session->kase, candidate),
                                                         NULL));
    }
  return shown;
}

void
_vv_desk_show_papers (VvSession *session, JsonObject *shown)
{
  VvCase     *kase = session->kase;
  JsonArray  *media = vv_json_array (shown, "media");
  JsonObject *one;

  for (guint i = 0; i < vv_json_length (media); i++)
    json_object_set_boolean_member (vv_json_element (media, i), "rejected",
                                    vv_case_is_rejected (kase, vv_json_int (vv_json_element (media, i), "id")));
  json_object_set_string_member (shown, "channel", vv_case_channel (kase));
  json_object_set_boolean_member (shown, "intelligence", strcmp (vv_case_channel (kase), "intelligence") == 0);
  json_object_set_array_member (shown, "rounds", vv_case_rounds (kase));
  json_object_set_array_member (shown, "rejections", all_of (session, VV_KIND_REJECTION));
  json_object_set_array_member (shown, "exhibits", all_of (session, VV_KIND_EXHIBIT));
  json_object_set_array_member (shown, "proposals", show_proposals (session));
  if ((one = newest_of (session, VV_KIND_AGENCY_FORM)) != NULL)
    json_object_set_object_member (shown, "agency_form", one);
  if ((one = newest_of (session, VV_KIND_HANDSCHU)) != NULL)
    json_object_set_object_member (shown, "handschu", one);
  if ((one = newest_of (session, VV_KIND_CHANNEL_CHANGE)) != NULL)
    json_object_set_object_member (shown, "channel_change", one);
  if ((one = newest_of (session, VV_KIND_HAND_OVER)) != NULL)
    json_object_set_object_member (shown, "hand_over", one);
  if ((one = newest_of (session, VV_KIND_OUTSIDE_APPROVAL)) != NULL)
    json_object_set_object_member (shown, "outside_approval", one);
  json_object_set_array_member (shown, "outside_images", outside_images (session));
  if ((one = newest_of (session, VV_KIND_CLOSURE)) != NULL)
    json_object_set_object_member (shown, "closure", one);
}
