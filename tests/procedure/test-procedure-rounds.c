// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-body.h"
#include "vv-case.h"
#include "vv-controls.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-rejection.h"
#include "vv-test.h"

/* What surrounds the steps: rounds of images, papers and channels, several candidates, other hands. */

static const VvActor examiner = { "examiner", VV_ROLE_EXAMINER, FALSE };
static const VvActor successor = { "successor", VV_ROLE_EXAMINER, FALSE };
static const VvActor supervisor = { "supervisor", VV_ROLE_SUPERVISOR, FALSE };
static const VvActor cleared = { "cleared", VV_ROLE_SUPERVISOR, TRUE };

static void
add (GPtrArray *records, const char *kind, const char *author, const char *body)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) json = vv_json_parse (body, -1, kind, &error);

  vv_assert_ok (error);
  g_ptr_array_add (records, vv_record_new ((gint64) records->len + 1, 1, 0, kind, author, "2026-11-23T14:05:01.23Z", json));
}

/* A request with one image (record 2), confirmed, with @channel. */
static GPtrArray *
confirmed (const char *channel)
{
  GPtrArray       *records = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_record_unref);
  g_autofree char *body = g_strdup_printf ("{\"channel\":\"%s\"}", channel);

  add (records, VV_KIND_REQUEST, "examiner", body);
  add (records, VV_KIND_MEDIA, "examiner", "{}");
  add (records, VV_KIND_NUMBER, "supervisor", "{\"fis_number\":\"2026-T1-00001\"}");
  add (records, VV_KIND_ASSIGNMENT, "supervisor", "{\"examiner\":\"examiner\"}");
  add (records, VV_KIND_USE_CONFIRMATION, "examiner", "{\"decision\":\"confirmed\"}");
  return records;
}

static GPtrArray *
searched (void)
{
  GPtrArray *records = confirmed ("ecms");

  add (records, VV_KIND_PROBE, "examiner", "{\"media\":2}");
  add (records, VV_KIND_SEARCH, "examiner", "{\"pool\":[{\"candidate\":\"A\"},{\"candidate\":\"B\"}]}");
  return records;
}

/* Takes candidate @letter of @records as far as the decision. */
static void
decide (GPtrArray *records, const char *letter, const char *decision)
{
  g_autofree char *named = g_strdup_printf ("{\"candidate\":\"%s\"}", letter);
  g_autofree char *decided = g_strdup_printf ("{\"decision\":\"%s\"}", decision);

  add (records, VV_KIND_COMPARISON, "examiner", named);
  add (records, VV_KIND_BACKGROUND, "examiner", named);
  add (records, VV_KIND_PROPOSAL, "examiner", named);
  add (records, VV_KIND_PEER_REVIEW, "reviewer", named);
  add (records, VV_KIND_SIGN_OFF, "supervisor", decided);
}

static gboolean
checks (GPtrArray *records, VvAct act, const char *details, VvProcedureError code)
{
  g_autoptr (VvCase)     kase = vv_case_new (records, /* peers= */ 1);
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) json = vv_json_parse (details, -1, "details", NULL);
  gboolean               fits = vv_case_check (kase, act, json, &error);

  if (!fits)
    vv_assert_error (error, VV_PROCEDURE_ERROR, (int) code);
  return fits;
}

static gboolean
may (GPtrArray *records, VvAct act, const VvActor *actor, const char *candidate)
{
  g_autoptr (VvCase) kase = vv_case_new (records, /* peers= */ 1);

  return vv_case_may (kase, act, actor, candidate, /* error= */ NULL);
}

static gboolean
complete (const char *kind, const char *body)
{
  g_autoptr (JsonObject) json = vv_json_parse (body, -1, kind, NULL);
  g_autoptr (GError)     error = NULL;

  ck_assert_ptr_nonnull (json);
  return vv_body_check (kind, json, &error);
}

START_TEST (rounds__new_images_after_a_rejection_are_a_new_round)
{
  g_autoptr (GPtrArray) records = confirmed ("ecms");
  g_autoptr (VvCase)    kase = NULL;
  g_autoptr (JsonArray) rounds = NULL;

  add (records, VV_KIND_MEDIA, "examiner", "{}");                                          /* 6 */
  add (records, VV_KIND_REJECTION, "examiner", "{\"scope\":\"image\",\"media\":[2]}");     /* 7 */
  add (records, VV_KIND_REJECTION, "examiner", "{\"scope\":\"request\",\"media\":[2,6]}"); /* 8 */
  add (records, VV_KIND_MEDIA, "examiner", "{}");                                          /* 9 */
  add (records, VV_KIND_MEDIA, "examiner", "{}");                                          /* 10 */
  kase = vv_case_new (records, 1);
  rounds = vv_case_rounds (kase);
  ck_assert_uint_eq (json_array_get_length (rounds), 2);
  ck_assert_uint_eq (vv_json_length (vv_json_array (vv_json_element (rounds, 0), "media")), 2);
  ck_assert_uint_eq (vv_json_length (vv_json_array (vv_json_element (rounds, 0), "rejections")), 2);
  ck_assert_uint_eq (vv_json_length (vv_json_array (vv_json_element (rounds, 1), "media")), 2);
  ck_assert (vv_case_is_rejected (kase, 2) && vv_case_is_rejected (kase, 6));
  ck_assert (!vv_case_is_rejected (kase, 9) && !vv_case_is_rejected (kase, 10));
}
END_TEST

START_TEST (rejection__of_the_probe_ends_what_was_made_from_it)
{
  g_autoptr (GPtrArray) records = searched ();
  g_autoptr (VvCase)    kase = NULL;

  add (records, VV_KIND_MEDIA, "examiner", "{}"); /* 8 */
  ck_assert (may (records, VV_ACT_COMPARE, &examiner, "B"));
  add (records, VV_KIND_REJECTION, "examiner", "{\"scope\":\"image\",\"media\":[2]}");
  kase = vv_case_new (records, 1);
  ck_assert_ptr_null (vv_case_current (kase, VV_KIND_PROBE, NULL, NULL));
  ck_assert_ptr_null (vv_case_current (kase, VV_KIND_SEARCH, NULL, NULL));
  ck_assert (!may (records, VV_ACT_SEARCH, &examiner, NULL));
  ck_assert (!may (records, VV_ACT_COMPARE, &examiner, "B"));
  ck_assert (!checks (records, VV_ACT_SELECT_PROBE, "{\"media\":2}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (checks (records, VV_ACT_SELECT_PROBE, "{\"media\":8}", VV_PROCEDURE_ERROR_FIELD));
  add (records, VV_KIND_PROBE, "examiner", "{\"media\":8}");
  ck_assert (!may (records, VV_ACT_SEARCH, &examiner, NULL));
  add (records, VV_KIND_PROBE_ANALYSIS, "examiner", "{}");
  ck_assert (may (records, VV_ACT_SEARCH, &examiner, NULL));
}
END_TEST

/* State of the step with that number, as the examiner sees it. Returns: (transfer full). */
static char *
state_of_step (GPtrArray *records, const char *number)
{
  g_autoptr (VvCase)    kase = vv_case_new (records, 1);
  g_autoptr (JsonArray) steps = vv_case_steps (kase, &examiner);

  for (guint i = 0; i < vv_json_length (steps); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (steps, i), "number"), number) == 0)
      return g_strdup (vv_json_string (vv_json_element (steps, i), "state"));
  return NULL;
}

START_TEST (disagreement__opens_the_comparison_again)
{
  g_autoptr (GPtrArray) records = searched ();
  g_autofree char      *handed_in = NULL;
  g_autofree char      *back = NULL;
  g_autofree char      *again = NULL;

  add (records, VV_KIND_DISPOSITION, "examiner", "{\"candidates\":[\"A\",\"B\",\"C\"],\"disposition\":\"excluded\"}");
  add (records, VV_KIND_NONE, "examiner", "{}");
  handed_in = state_of_step (records, "7");
  ck_assert_str_eq (handed_in, "done");
  add (records, VV_KIND_SIGN_OFF, "supervisor", "{\"decision\":\"not-agreed\"}");
  back = state_of_step (records, "7");
  ck_assert_str_eq (back, "open");
  add (records, VV_KIND_NONE, "examiner", "{}");
  again = state_of_step (records, "7");
  ck_assert_str_eq (again, "done");
}
END_TEST

START_TEST (rejection__says_which_why_and_what_would_help)
{
  g_autoptr (GPtrArray) records = confirmed ("ecms");

  ck_assert (complete (VV_KIND_REJECTION, "{\"scope\":\"image\",\"media\":[2],\"reasons\":[\"blurred\"],\"text\":\"t\",\"ask\":\"a\"}"));
  ck_assert (!complete (VV_KIND_REJECTION, "{\"scope\":\"image\",\"media\":[2],\"reasons\":[\"ugly\"],\"text\":\"t\",\"ask\":\"a\"}"));
  ck_assert (!complete (VV_KIND_REJECTION, "{\"scope\":\"image\",\"media\":[2],\"reasons\":[],\"text\":\"t\",\"ask\":\"a\"}"));
  ck_assert (!complete (VV_KIND_REJECTION, "{\"scope\":\"image\",\"media\":[],\"reasons\":[\"blurred\"],\"text\":\"t\",\"ask\":\"a\"}"));
  ck_assert (!complete (VV_KIND_REJECTION, "{\"scope\":\"image\",\"media\":[2],\"reasons\":[\"blurred\"],\"text\":\"t\"}"));
  ck_assert (!checks (records, VV_ACT_REJECT_IMAGE, "{\"media\":[3]}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (checks (records, VV_ACT_REJECT_IMAGE, "{\"media\":[2]}", VV_PROCEDURE_ERROR_FIELD));
  add (records, VV_KIND_REJECTION, "examiner", "{\"scope\":\"image\",\"media\":[2]}");
  ck_assert (!checks (records, VV_ACT_REJECT_IMAGE, "{\"media\":[2]}", VV_PROCEDURE_ERROR_FIELD));
  for (const VvRejectionReason *reason = vv_rejection_all (); reason->code != NULL; reason++)
    ck_assert (reason->title != NULL && strlen (reason->ask) > 20 && vv_rejection_find (reason->code) == reason);
}
END_TEST

START_TEST (candidates__each_has_its_own_decision)
{
  g_autoptr (GPtrArray) records = searched ();
  g_autoptr (VvCase)    kase = NULL;
  g_autoptr (GPtrArray) approved = NULL;

  decide (records, "B", "approved");
  decide (records, "A", "not-agreed");
  kase = vv_case_new (records, 1);
  approved = vv_case_approved (kase);
  ck_assert_uint_eq (approved->len, 1);
  ck_assert_str_eq (g_ptr_array_index (approved, 0), "B");
  ck_assert (vv_case_is_possible_match_candidate (kase, "B"));
  ck_assert (!vv_case_is_possible_match_candidate (kase, "A"));
  ck_assert_int_eq (vv_case_status (kase), VV_STATUS_APPROVED);
  ck_assert (checks (records, VV_ACT_DIRECT, "{\"report\":\"possible-match\"}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (!checks (records, VV_ACT_DIRECT, "{\"report\":\"no-match\"}", VV_PROCEDURE_ERROR_FIELD));
}
END_TEST

START_TEST (candidates__each_approved_one_has_a_report)
{
  g_autoptr (GPtrArray) records = searched ();
  g_autoptr (VvCase)    one = NULL;
  g_autoptr (VvCase)    both = NULL;

  decide (records, "B", "approved");
  decide (records, "A", "approved");
  add (records, VV_KIND_DIRECTION, "supervisor", "{\"report\":\"possible-match\"}");
  add (records, VV_KIND_REPORT, "examiner", "{\"candidate\":\"A\",\"document\":\"d1\"}");
  one = vv_case_new (records, 1);
  ck_assert_str_eq (vv_case_next_report (one), "B");
  ck_assert_int_eq (vv_case_status (one), VV_STATUS_DIRECTED);
  ck_assert (may (records, VV_ACT_REPORT, &examiner, NULL));
  add (records, VV_KIND_REPORT, "examiner", "{\"candidate\":\"B\",\"document\":\"d2\"}");
  add (records, VV_KIND_RECEIPT, "examiner", "{\"document\":\"d2\"}");
  both = vv_case_new (records, 1);
  ck_assert_ptr_null (vv_case_next_report (both));
  ck_assert_int_eq (vv_case_status (both), VV_STATUS_REPORTED);
  ck_assert (!may (records, VV_ACT_REPORT, &examiner, NULL));
}
END_TEST

START_TEST (candidates__new_proposal_takes_the_old_decision_away)
{
  g_autoptr (GPtrArray) records = searched ();
  g_autoptr (VvCase)    kase = NULL;
  g_autoptr (GPtrArray) reviews = NULL;

  decide (records, "B", "not-agreed");
  add (records, VV_KIND_PROPOSAL, "examiner", "{\"candidate\":\"B\"}");
  kase = vv_case_new (records, 1);
  reviews = vv_case_reviews (kase, "B");
  ck_assert_ptr_null (vv_case_decision (kase, "B"));
  ck_assert_uint_eq (reviews->len, 0);
}
END_TEST

START_TEST (assign__another_examiner_begins_with_own_work)
{
  g_autoptr (GPtrArray) records = searched ();

  add (records, VV_KIND_COMPARISON, "examiner", "{\"candidate\":\"B\"}");
  ck_assert (may (records, VV_ACT_ASSIGN, &supervisor, NULL));
  ck_assert (!checks (records, VV_ACT_ASSIGN, "{\"examiner\":\"examiner\",\"reason\":\"r\"}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (!checks (records, VV_ACT_ASSIGN, "{\"examiner\":\"successor\"}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (checks (records, VV_ACT_ASSIGN, "{\"examiner\":\"successor\",\"reason\":\"r\"}", VV_PROCEDURE_ERROR_FIELD));
  add (records, VV_KIND_ASSIGNMENT, "supervisor", "{\"examiner\":\"successor\",\"reason\":\"r\"}");
  ck_assert (!may (records, VV_ACT_COMPARE, &examiner, "B"));
  ck_assert (may (records, VV_ACT_COMPARE, &successor, "B"));
  /* The comparison of the one before is that one's: the background check needs an own one. */
  ck_assert (!may (records, VV_ACT_BACKGROUND, &successor, "B"));
  add (records, VV_KIND_COMPARISON, "successor", "{\"candidate\":\"B\"}");
  ck_assert (may (records, VV_ACT_BACKGROUND, &successor, "B"));
}
END_TEST

START_TEST (assign__author_reviewer_and_examiner_stay_apart)
{
  g_autoptr (GPtrArray) records = searched ();

  add (records, VV_KIND_ASSIGNMENT, "supervisor", "{\"examiner\":\"successor\",\"reason\":\"r\"}");
  add (records, VV_KIND_COMPARISON, "successor", "{\"candidate\":\"B\"}");
  add (records, VV_KIND_PROPOSAL, "successor", "{\"candidate\":\"B\"}");
  /* Who selected the probe and searched does not review what was made of it. */
  ck_assert (!may (records, VV_ACT_PEER_REVIEW, &examiner, NULL));
  add (records, VV_KIND_PEER_REVIEW, "reviewer", "{\"candidate\":\"B\"}");
  ck_assert (!checks (records, VV_ACT_ASSIGN, "{\"examiner\":\"reviewer\",\"reason\":\"r\"}", VV_PROCEDURE_ERROR_PERSON));
}
END_TEST

START_TEST (outside_agency__report_goes_back_the_way_it_came)
{
  g_autoptr (GPtrArray) records = confirmed ("outside-agency");

  add (records, VV_KIND_AGENCY_FORM, "examiner", "{\"method\":\"mail\"}");
  ck_assert (checks (records, VV_ACT_HAND_OVER, "{\"method\":\"mail\"}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (!checks (records, VV_ACT_HAND_OVER, "{\"method\":\"email\"}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (!may (records, VV_ACT_HAND_OVER, &examiner, NULL));
  add (records, VV_KIND_CHANNEL_CHANGE, "supervisor", "{\"method\":\"email\",\"reason\":\"r\"}");
  ck_assert (checks (records, VV_ACT_HAND_OVER, "{\"method\":\"email\"}", VV_PROCEDURE_ERROR_FIELD));
}
END_TEST

START_TEST (outside_agency__is_done_when_handed_over)
{
  g_autoptr (GPtrArray) records = confirmed ("outside-agency");

  add (records, VV_KIND_PROBE, "examiner", "{\"media\":2}");
  add (records, VV_KIND_SEARCH, "examiner", "{\"pool\":[{\"candidate\":\"B\"}]}");
  decide (records, "B", "approved");
  add (records, VV_KIND_DIRECTION, "supervisor", "{\"report\":\"possible-match\"}");
  add (records, VV_KIND_REPORT, "examiner", "{\"candidate\":\"B\",\"document\":\"d1\"}");
  ck_assert (!may (records, VV_ACT_CLOSE, &supervisor, NULL));
  ck_assert (may (records, VV_ACT_HAND_OVER, &examiner, NULL));
  ck_assert (may (records, VV_ACT_CHANGE_CHANNEL, &supervisor, NULL));
  ck_assert (!may (records, VV_ACT_CHANGE_CHANNEL, &examiner, NULL));
  add (records, VV_KIND_HAND_OVER, "examiner", "{\"method\":\"mail\"}");
  ck_assert (!may (records, VV_ACT_HAND_OVER, &examiner, NULL));
  ck_assert (may (records, VV_ACT_CLOSE, &supervisor, NULL));
}
END_TEST

START_TEST (intelligence__is_seen_and_closed_by_cleared_people_only)
{
  g_autoptr (GPtrArray) records = confirmed ("intelligence");
  g_autoptr (VvCase)    kase = vv_case_new (records, 1);

  ck_assert (!vv_case_is_visible (kase, &supervisor) && vv_case_is_visible (kase, &cleared));
  ck_assert (!vv_case_sees_record (kase, &supervisor, g_ptr_array_index (records, 0)));
  ck_assert (!vv_case_may_look (kase, &supervisor, "B", NULL));
  ck_assert (!may (records, VV_ACT_CLOSE, &supervisor, NULL));
  ck_assert (!may (records, VV_ACT_CLOSE, &cleared, NULL));
  ck_assert (may (records, VV_ACT_HANDSCHU, &cleared, NULL));
  add (records, VV_KIND_HANDSCHU, "cleared", "{\"applies\":\"no\",\"reason\":\"r\"}");
  ck_assert (may (records, VV_ACT_CLOSE, &cleared, NULL));
}
END_TEST

START_TEST (intelligence__report_waits_for_the_handschu_answer)
{
  static const VvActor  own = { "examiner", VV_ROLE_EXAMINER, TRUE };
  g_autoptr (GPtrArray) records = confirmed ("intelligence");

  add (records, VV_KIND_PROBE, "examiner", "{\"media\":2}");
  add (records, VV_KIND_SEARCH, "examiner", "{\"pool\":[{\"candidate\":\"B\"}]}");
  decide (records, "B", "approved");
  add (records, VV_KIND_DIRECTION, "supervisor", "{\"report\":\"possible-match\"}");
  ck_assert (!may (records, VV_ACT_REPORT, &own, NULL));
  add (records, VV_KIND_HANDSCHU, "examiner", "{\"applies\":\"yes\",\"authority\":\"x\",\"reason\":\"r\"}");
  ck_assert (may (records, VV_ACT_REPORT, &own, NULL));
  ck_assert (!complete (VV_KIND_HANDSCHU, "{\"applies\":\"yes\",\"reason\":\"r\"}"));
}
END_TEST

START_TEST (outside_repository__needs_one_of_two_executives_for_this_case)
{
  g_autoptr (GPtrArray) records = confirmed ("ecms");

  ck_assert (!may (records, VV_ACT_SEARCH_OUTSIDE, &examiner, NULL));
  ck_assert (!complete (VV_KIND_OUTSIDE_APPROVAL, "{\"approver\":\"captain\",\"approver_name\":\"n\",\"reason\":\"r\",\"date\":\"2026-11-23\",\"scope\":\"s\",\"document\":6}"));
  ck_assert (!complete (VV_KIND_OUTSIDE_APPROVAL, "{\"approver\":\"chief-of-detectives\",\"approver_name\":\"n\",\"reason\":\"r\",\"date\":\"soon\",\"scope\":\"s\",\"document\":6}"));
  ck_assert (complete (VV_KIND_OUTSIDE_APPROVAL, "{\"approver\":\"chief-of-detectives\",\"approver_name\":\"n\",\"reason\":\"r\",\"date\":\"2026-11-23\",\"scope\":\"s\",\"document\":6}"));
  add (records, VV_KIND_EXHIBIT, "examiner", "{\"class\":\"other\"}");
  ck_assert (!checks (records, VV_ACT_APPROVE_OUTSIDE, "{\"document\":6}", VV_PROCEDURE_ERROR_FIELD));
  add (records, VV_KIND_EXHIBIT, "examiner", "{\"class\":\"approval-document\"}");
  ck_assert (checks (records, VV_ACT_APPROVE_OUTSIDE, "{\"document\":7}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (!may (records, VV_ACT_ADD_OUTSIDE, &examiner, NULL));
  add (records, VV_KIND_OUTSIDE_APPROVAL, "supervisor", "{\"document\":7}");
  ck_assert (may (records, VV_ACT_ADD_OUTSIDE, &examiner, NULL));
  add (records, VV_KIND_OUTSIDE_IMAGE, "examiner", "{\"sha256\":\"a\"}");
  ck_assert (!may (records, VV_ACT_SEARCH_OUTSIDE, &examiner, NULL)); /* step 5 comes first here too */
  add (records, VV_KIND_PROBE, "examiner", "{\"media\":2}");
  add (records, VV_KIND_PROBE_ANALYSIS, "examiner", "{}");
  ck_assert (may (records, VV_ACT_SEARCH_OUTSIDE, &examiner, NULL));
  ck_assert (!checks (records, VV_ACT_ADD_OUTSIDE, "{\"sha256\":\"a\"}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (checks (records, VV_ACT_ADD_OUTSIDE, "{\"sha256\":\"b\"}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (!complete (VV_KIND_OUTSIDE_IMAGE, "{\"sha256\":\"b\",\"name\":\"n\",\"format\":\"jpeg\",\"source_detail\":\"s\",\"reference\":\"r\",\"obtained_by\":\"o\",\"obtained_at\":\"2026-11-23\",\"face\":{}}"));
  ck_assert (complete (VV_KIND_OUTSIDE_IMAGE, "{\"sha256\":\"b\",\"name\":\"n\",\"format\":\"jpeg\",\"source_detail\":\"s\",\"reference\":\"r\",\"obtained_by\":\"o\",\"obtained_at\":\"2026-11-23\",\"face\":{},\"approval\":8}"));
  /* A later approval begins a set of its own. */
  add (records, VV_KIND_OUTSIDE_APPROVAL, "supervisor", "{\"document\":7}");
  ck_assert (!may (records, VV_ACT_SEARCH_OUTSIDE, &examiner, NULL));
}
END_TEST

START_TEST (video__comes_with_its_player_or_a_note)
{
#define VIDEO "\"class\":\"video\",\"sha256\":\"h\",\"name\":\"n\",\"description\":\"d\",\"source\":\"camera\",\"source_detail\":\"s\",\"obtained_by\":\"o\",\"obtained_at\":\"2026\""
  g_autoptr (GPtrArray) records = confirmed ("ecms");

  ck_assert (!complete (VV_KIND_EXHIBIT, "{" VIDEO "}"));
  ck_assert (complete (VV_KIND_EXHIBIT, "{" VIDEO ",\"no_player\":\"plays anywhere\"}"));
  ck_assert (complete (VV_KIND_EXHIBIT, "{" VIDEO ",\"player\":6}"));
  ck_assert (!checks (records, VV_ACT_ADD_EXHIBIT, "{\"player\":6}", VV_PROCEDURE_ERROR_FIELD));
  add (records, VV_KIND_EXHIBIT, "examiner", "{\"class\":\"player-package\"}");
  ck_assert (checks (records, VV_ACT_ADD_EXHIBIT, "{\"player\":6}", VV_PROCEDURE_ERROR_FIELD));
  ck_assert (!checks (records, VV_ACT_ADD_MEDIA, "{\"video\":6}", VV_PROCEDURE_ERROR_FIELD));
  add (records, VV_KIND_EXHIBIT, "examiner", "{\"class\":\"video\"}");
  ck_assert (checks (records, VV_ACT_ADD_MEDIA, "{\"video\":7}", VV_PROCEDURE_ERROR_FIELD));
#undef VIDEO
}
END_TEST

/* --- What protected a case (R-003) ---------------------------------------------------------------------------------------- */

/* "code times, ..." (transfer full) */
static char *
controls_of (GPtrArray *records, const VvActor *actor, JsonArray *rows)
{
  g_autoptr (VvCase)    kase = vv_case_new (records, 1);
  g_autoptr (JsonArray) fired = vv_case_controls (kase, actor, rows);
  GString              *text = g_string_new (NULL);

  for (guint i = 0; i < vv_json_length (fired); i++)
    {
      JsonObject *one = vv_json_element (fired, i);

      ck_assert_uint_gt (strlen (vv_json_string (one, "title")), 10);
      g_string_append_printf (text, "%c %s %" G_GINT64_FORMAT ", ", *vv_json_string (one, "side"), vv_json_string (one, "code"),
                              vv_json_int (one, "times"));
    }
  return g_string_free (text, FALSE);
}

static void
add_row (JsonArray *rows, const char *act, const char *object, const char *outcome)
{
  json_array_add_object_element (rows,
                                 vv_json_new ("time", "s", "2026-11-23T14:05:01.23Z", "act", "s", act, "object", "s", object, "outcome", "s", outcome, NULL));
}

START_TEST (controls__of_both_sides_and_of_this_case_alone)
{
  g_autoptr (GPtrArray) records = confirmed ("ecms");
  g_autoptr (JsonArray) rows = json_array_new ();
  g_autofree char      *text = NULL;

  add (records, VV_KIND_PROBE, "examiner", "{\"media\":2,\"quality\":[]}");
  add (records, VV_KIND_PROBE_ANALYSIS, "examiner", "{\"probe\":6}");
  add (records, VV_KIND_SEARCH, "examiner", "{\"pool\":[{\"candidate\":\"A\"}]}");
  add (records, VV_KIND_COMPARISON, "examiner", "{\"candidate\":\"A\"}");
  add (records, VV_KIND_PROPOSAL, "examiner", "{\"candidate\":\"A\"}");
  add (records, VV_KIND_PEER_REVIEW, "successor", "{\"candidate\":\"A\",\"agrees\":false}");
  add (records, VV_KIND_SIGN_OFF, "supervisor", "{\"decision\":\"not-agreed\"}");
  add_row (rows, "open-pool", "request 1", "done");
  add_row (rows, "open-candidate", "request 1", "done");
  add_row (rows, "search", "request 1", "refused");
  add_row (rows, "search", "request 2", "refused"); /* another case */
  add_row (rows, "search", "request 1", "failed");  /* nothing refused it */
  text = controls_of (records, /* actor= */ NULL, rows);
  ck_assert_str_eq (text,
                    "p use-confirmed 1, p identity-held-back 1, p looks-logged 2, p refused 1, a quality 1, a probe-first 1, a compared 1, "
                    "a peer-disagreed 1, a not-agreed 1, ");
}
END_TEST

START_TEST (controls__tell_a_reviewer_nothing_before_the_own_comparison)
{
  static const VvActor  reviewer = { "reviewer", VV_ROLE_EXAMINER, FALSE };
  g_autoptr (GPtrArray) records = searched ();
  g_autoptr (JsonArray) rows = json_array_new ();
  g_autofree char      *text = NULL;

  add (records, VV_KIND_COMPARISON, "examiner", "{\"candidate\":\"A\"}");
  add (records, VV_KIND_PROPOSAL, "examiner", "{\"candidate\":\"A\"}");
  add (records, VV_KIND_PEER_REVIEW, "successor", "{\"candidate\":\"A\",\"agrees\":false}");
  text = controls_of (records, &reviewer, rows);
  ck_assert_ptr_null (strstr (text, "peer"));
  ck_assert_ptr_null (strstr (text, "compared"));
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("procedure-rounds");
  TCase *tests = tcase_create ("rounds");

  tcase_add_test (tests, rounds__new_images_after_a_rejection_are_a_new_round);
  tcase_add_test (tests, rejection__of_the_probe_ends_what_was_made_from_it);
  tcase_add_test (tests, disagreement__opens_the_comparison_again);
  tcase_add_test (tests, rejection__says_which_why_and_what_would_help);
  tcase_add_test (tests, candidates__each_has_its_own_decision);
  tcase_add_test (tests, candidates__each_approved_one_has_a_report);
  tcase_add_test (tests, candidates__new_proposal_takes_the_old_decision_away);
  tcase_add_test (tests, assign__another_examiner_begins_with_own_work);
  tcase_add_test (tests, assign__author_reviewer_and_examiner_stay_apart);
  tcase_add_test (tests, outside_agency__report_goes_back_the_way_it_came);
  tcase_add_test (tests, outside_agency__is_done_when_handed_over);
  tcase_add_test (tests, intelligence__is_seen_and_closed_by_cleared_people_only);
  tcase_add_test (tests, intelligence__report_waits_for_the_handschu_answer);
  tcase_add_test (tests, outside_repository__needs_one_of_two_executives_for_this_case);
  tcase_add_test (tests, controls__of_both_sides_and_of_this_case_alone);
  tcase_add_test (tests, controls__tell_a_reviewer_nothing_before_the_own_comparison);
  tcase_add_test (tests, video__comes_with_its_player_or_a_note);
  suite_add_tcase (suite, tests);
  return suite;
}

VV_TEST_MAIN (make_suite)
