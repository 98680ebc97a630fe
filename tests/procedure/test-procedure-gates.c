// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-case.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-test.h"

/* Single rules of the gates; every edge and every forbidden edge is in test-procedure-edges.c. */

static const VvActor examiner = { "examiner", VV_ROLE_EXAMINER };
static const VvActor reviewer = { "reviewer", VV_ROLE_EXAMINER };
static const VvActor supervisor = { "supervisor", VV_ROLE_SUPERVISOR };
static const VvActor second = { "second", VV_ROLE_SUPERVISOR };
static const VvActor admin = { "admin", VV_ROLE_ADMINISTRATOR };

static GPtrArray *
start (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) vv_record_unref);
}

static void
add (GPtrArray *records, const char *kind, const char *author, const char *body)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) json = vv_json_parse (body, -1, kind, &error);

  vv_assert_ok (error);
  g_ptr_array_add (records, vv_record_new ((gint64) records->len + 1, 1, 0, kind, author, "2026-11-23T14:05:01.23Z", json));
}

/* The happy path in order; add_until() stops after the kind that is asked for. */
static const struct
{
  const char *kind;
  const char *author;
  const char *body;
} path[] = {
  { VV_KIND_REQUEST, "examiner", "{}" },
  { VV_KIND_NUMBER, "supervisor", "{\"fis_number\":\"2026-T1-00001\"}" },
  { VV_KIND_ASSIGNMENT, "supervisor", "{\"examiner\":\"examiner\"}" },
  { VV_KIND_USE_CONFIRMATION, "examiner", "{\"decision\":\"confirmed\"}" },
  { VV_KIND_PROBE, "examiner", "{}" },
  { VV_KIND_PROBE_ANALYSIS, "examiner", "{}" },
  { VV_KIND_SEARCH, "examiner", "{\"pool\":[{\"candidate\":\"A\"},{\"candidate\":\"B\"}]}" },
  { VV_KIND_DISPOSITION, "examiner", "{\"candidates\":[\"A\"],\"disposition\":\"excluded\"}" },
  { VV_KIND_COMPARISON, "examiner", "{\"candidate\":\"B\"}" },
  { VV_KIND_BACKGROUND, "examiner", "{\"candidate\":\"B\"}" },
  { VV_KIND_PROPOSAL, "examiner", "{\"candidate\":\"B\"}" },
  { VV_KIND_PEER_REVIEW, "reviewer", "{\"candidate\":\"B\",\"agrees\":true}" },
  { VV_KIND_SIGN_OFF, "supervisor", "{\"candidate\":\"B\",\"decision\":\"approved\"}" },
  { VV_KIND_DIRECTION, "supervisor", "{\"report\":\"possible-match\"}" },
  { VV_KIND_REPORT, "examiner", "{\"document\":\"d0\"}" },
};

static GPtrArray *
add_until (const char *last)
{
  GPtrArray *records = start ();

  for (gsize i = 0; i < G_N_ELEMENTS (path); i++)
    {
      add (records, path[i].kind, path[i].author, path[i].body);
      if (strcmp (path[i].kind, last) == 0)
        return records;
    }
  ck_abort_msg ("no such step: %s", last);
  return records;
}

static void
assert_may (GPtrArray *records, VvAct act, const VvActor *actor, gboolean expected)
{
  g_autoptr (VvCase) kase = vv_case_new (records, /* peers= */ 1);
  g_autoptr (GError) error = NULL;

  ck_assert_msg (vv_case_may (kase, act, actor, NULL, &error) == expected, "%s by %s: %s", vv_act_name (act), actor->account,
                 error != NULL ? error->message : "allowed");
}

START_TEST (may__declined_use_ends_the_work)
{
  g_autoptr (GPtrArray) records = add_until (VV_KIND_ASSIGNMENT);

  add (records, VV_KIND_USE_CONFIRMATION, "examiner", "{\"decision\":\"declined\"}");
  assert_may (records, VV_ACT_SELECT_PROBE, &examiner, FALSE);
  assert_may (records, VV_ACT_SEARCH, &examiner, FALSE);
  assert_may (records, VV_ACT_CONFIRM_USE, &examiner, FALSE);
}
END_TEST

START_TEST (may__search_waits_for_the_analysis_of_this_probe)
{
  g_autoptr (GPtrArray) records = add_until (VV_KIND_PROBE);

  assert_may (records, VV_ACT_SEARCH, &examiner, FALSE);
  assert_may (records, VV_ACT_ANALYSE_PROBE, &reviewer, FALSE);
  assert_may (records, VV_ACT_ANALYSE_PROBE, &examiner, TRUE);
  add (records, VV_KIND_PROBE_ANALYSIS, "examiner", "{}");
  assert_may (records, VV_ACT_ANALYSE_PROBE, &examiner, TRUE);
  assert_may (records, VV_ACT_SEARCH, &examiner, TRUE);
  add (records, VV_KIND_SEARCH, "examiner", "{\"pool\":[{\"candidate\":\"A\"}]}");
  /* Whoever has seen a candidate looks at the probe with other eyes. */
  assert_may (records, VV_ACT_ANALYSE_PROBE, &examiner, FALSE);
  assert_may (records, VV_ACT_SEARCH, &examiner, TRUE);
  add (records, VV_KIND_PROBE, "examiner", "{}");
  assert_may (records, VV_ACT_SEARCH, &examiner, FALSE);
  assert_may (records, VV_ACT_ANALYSE_PROBE, &examiner, TRUE);
}
END_TEST

START_TEST (may__none_found_goes_to_the_supervisor)
{
  g_autoptr (GPtrArray) records = add_until (VV_KIND_SEARCH);

  assert_may (records, VV_ACT_NONE, &examiner, FALSE);
  add (records, VV_KIND_DISPOSITION, "examiner", "{\"candidates\":[\"A\",\"B\"],\"disposition\":\"excluded\"}");
  assert_may (records, VV_ACT_NONE, &examiner, TRUE);
  add (records, VV_KIND_NONE, "examiner", "{\"statement\":\"nobody\"}");
  assert_may (records, VV_ACT_PEER_REVIEW, &reviewer, FALSE);
  assert_may (records, VV_ACT_REPORT, &examiner, FALSE);
  assert_may (records, VV_ACT_SIGN_OFF, &supervisor, TRUE);
  add (records, VV_KIND_SIGN_OFF, "supervisor", "{\"decision\":\"none-confirmed\"}");
  assert_may (records, VV_ACT_DIRECT, &supervisor, TRUE);
  assert_may (records, VV_ACT_DIRECT, &second, FALSE);
  add (records, VV_KIND_DIRECTION, "supervisor", "{\"report\":\"no-match\"}");
  assert_may (records, VV_ACT_REPORT, &examiner, TRUE);
}
END_TEST

START_TEST (may__keep_is_no_final_disposition)
{
  g_autoptr (GPtrArray) records = add_until (VV_KIND_SEARCH);

  add (records, VV_KIND_DISPOSITION, "examiner", "{\"candidates\":[\"A\",\"B\"],\"disposition\":\"keep\"}");
  assert_may (records, VV_ACT_NONE, &examiner, FALSE);
}
END_TEST

START_TEST (may__disagreement_opens_the_work_again)
{
  g_autoptr (GPtrArray) records = add_until (VV_KIND_PEER_REVIEW);

  add (records, VV_KIND_SIGN_OFF, "supervisor", "{\"decision\":\"not-agreed\",\"candidate\":\"B\"}");
  assert_may (records, VV_ACT_SEARCH, &examiner, TRUE);
  assert_may (records, VV_ACT_COMPARE, &examiner, TRUE);
  assert_may (records, VV_ACT_SIGN_OFF, &supervisor, FALSE);
  add (records, VV_KIND_SEARCH, "examiner", "{\"pool\":[{\"candidate\":\"A\"}]}");
  /* The new pool has a disposition and a review of its own to get. */
  assert_may (records, VV_ACT_NONE, &examiner, FALSE);
  assert_may (records, VV_ACT_SIGN_OFF, &supervisor, FALSE);
}
END_TEST

START_TEST (may__new_proposal_needs_a_new_review)
{
  g_autoptr (GPtrArray) records = add_until (VV_KIND_PEER_REVIEW);

  add (records, VV_KIND_SIGN_OFF, "supervisor", "{\"decision\":\"not-agreed\",\"candidate\":\"B\"}");
  add (records, VV_KIND_PROPOSAL, "examiner", "{\"candidate\":\"B\"}");
  assert_may (records, VV_ACT_SIGN_OFF, &supervisor, FALSE);
  assert_may (records, VV_ACT_PEER_REVIEW, &reviewer, TRUE);
}
END_TEST

START_TEST (may__nobody_decides_on_their_own_work)
{
  static const VvActor  both = { "examiner", VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR };
  static const VvActor  reviewing = { "reviewer", VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR };
  g_autoptr (GPtrArray) proposed = add_until (VV_KIND_PROPOSAL);
  g_autoptr (GPtrArray) reviewed = add_until (VV_KIND_PEER_REVIEW);

  assert_may (proposed, VV_ACT_PEER_REVIEW, &both, FALSE);
  assert_may (reviewed, VV_ACT_SIGN_OFF, &both, FALSE);
  assert_may (reviewed, VV_ACT_SIGN_OFF, &reviewing, FALSE);
  assert_may (reviewed, VV_ACT_SIGN_OFF, &second, TRUE);
}
END_TEST

START_TEST (may__new_probe_makes_the_old_search_history)
{
  g_autoptr (GPtrArray) records = add_until (VV_KIND_BACKGROUND);
  g_autoptr (VvCase)    kase = NULL;

  add (records, VV_KIND_PROBE, "examiner", "{}");
  kase = vv_case_new (records, /* peers= */ 1);
  ck_assert_ptr_null (vv_case_current (kase, VV_KIND_SEARCH, NULL, NULL));
  ck_assert_ptr_null (vv_case_current (kase, VV_KIND_COMPARISON, NULL, NULL));
  ck_assert_int_eq (vv_case_status (kase), VV_STATUS_PROBE_SELECTED);
}
END_TEST

START_TEST (sees__reviewer_is_blind_until_the_own_record)
{
  g_autoptr (GPtrArray) proposed = add_until (VV_KIND_PROPOSAL);
  g_autoptr (GPtrArray) reviewed = add_until (VV_KIND_PEER_REVIEW);
  g_autoptr (VvCase)    before = vv_case_new (proposed, 1);
  g_autoptr (VvCase)    after = vv_case_new (reviewed, 1);
  VvRecord             *comparison = vv_case_current (before, VV_KIND_COMPARISON, "B", NULL);

  ck_assert (!vv_case_sees_record (before, &reviewer, comparison));
  ck_assert (!vv_case_sees_identity (before, &reviewer, "B"));
  ck_assert (!vv_case_may_see_person (before, &reviewer, "B", NULL));
  ck_assert (vv_case_sees_record (after, &reviewer, comparison));
  ck_assert (vv_case_sees_identity (after, &reviewer, "B"));
  ck_assert (vv_case_may_see_person (after, &reviewer, "B", NULL));
  ck_assert (vv_case_sees_record (before, &examiner, comparison));
}
END_TEST

START_TEST (sees__examiner_is_blind_until_the_comparison)
{
  g_autoptr (GPtrArray) searched = add_until (VV_KIND_SEARCH);
  g_autoptr (GPtrArray) compared = add_until (VV_KIND_COMPARISON);
  g_autoptr (VvCase)    before = vv_case_new (searched, 1);
  g_autoptr (VvCase)    after = vv_case_new (compared, 1);

  ck_assert (!vv_case_sees_identity (before, &examiner, "B"));
  ck_assert (!vv_case_may_see_person (before, &examiner, "B", NULL));
  ck_assert (vv_case_sees_identity (after, &examiner, "B"));
  ck_assert (vv_case_may_see_person (after, &examiner, "B", NULL));
  ck_assert (!vv_case_sees_identity (after, &examiner, "A"));
  ck_assert (!vv_case_sees_identity (before, &supervisor, "B"));
}
END_TEST

START_TEST (look__only_who_takes_part)
{
  g_autoptr (GPtrArray) records = add_until (VV_KIND_PROPOSAL);
  g_autoptr (VvCase)    kase = vv_case_new (records, 1);

  ck_assert (vv_case_may_look (kase, &examiner, "A", NULL));
  ck_assert (vv_case_may_look (kase, &reviewer, "B", NULL));
  ck_assert (!vv_case_may_look (kase, &reviewer, "A", NULL));
  ck_assert (!vv_case_may_look (kase, &admin, "B", NULL));
}
END_TEST

START_TEST (candidate__is_computed_from_four_facts)
{
  static const char *const needed[] = { VV_KIND_SEARCH, VV_KIND_COMPARISON, VV_KIND_BACKGROUND, VV_KIND_SIGN_OFF };
  g_autoptr (GPtrArray)    all = add_until (VV_KIND_SIGN_OFF);
  g_autoptr (VvCase)       whole = vv_case_new (all, 1);

  ck_assert (vv_case_is_possible_match_candidate (whole, "B"));
  ck_assert (!vv_case_is_possible_match_candidate (whole, "A"));
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autoptr (GPtrArray) some = start ();
      g_autoptr (VvCase)    kase = NULL;

      for (guint j = 0; j < all->len; j++)
        if (strcmp (((VvRecord *) g_ptr_array_index (all, j))->kind, needed[i]) != 0)
          g_ptr_array_add (some, vv_record_ref (g_ptr_array_index (all, j)));
      kase = vv_case_new (some, 1);
      ck_assert_msg (!vv_case_is_possible_match_candidate (kase, "B"), "without %s", needed[i]);
    }
}
END_TEST

START_TEST (check__decision_and_report_fit_the_case)
{
  g_autoptr (GPtrArray)  reviewed = add_until (VV_KIND_PEER_REVIEW);
  g_autoptr (GPtrArray)  approved = add_until (VV_KIND_SIGN_OFF);
  g_autoptr (VvCase)     kase = vv_case_new (reviewed, 1);
  g_autoptr (VvCase)     signed_off = vv_case_new (approved, 1);
  g_autoptr (JsonObject) none = vv_json_new ("decision", "s", "none-confirmed", NULL);
  g_autoptr (JsonObject) no_match = vv_json_new ("report", "s", "no-match", NULL);
  g_autoptr (JsonObject) possible = vv_json_new ("report", "s", "possible-match", NULL);
  g_autoptr (GError)     error = NULL;

  ck_assert (!vv_case_check (kase, VV_ACT_SIGN_OFF, none, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
  ck_assert (!vv_case_check (signed_off, VV_ACT_DIRECT, no_match, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
  ck_assert (!vv_case_check (kase, VV_ACT_DIRECT, possible, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
  ck_assert (vv_case_check (signed_off, VV_ACT_DIRECT, possible, &error));
}
END_TEST

START_TEST (check__another_comparison_names_the_one_before_and_says_why)
{
  static const struct
  {
    const char *details;
    gboolean    holds;
  } versions[] = {
    { "{\"candidate\":\"B\"}", FALSE },
    { "{\"candidate\":\"B\",\"replaces\":9}", FALSE },
    { "{\"candidate\":\"B\",\"replaces\":8,\"why\":\"The lobe was seen only later.\"}", FALSE },
    { "{\"candidate\":\"B\",\"replaces\":9,\"why\":\" \"}", FALSE },
    { "{\"candidate\":\"B\",\"replaces\":9,\"why\":\"The lobe was seen only later.\"}", TRUE },
    { "{\"candidate\":\"A\"}", TRUE },
    { "{\"candidate\":\"A\",\"replaces\":9,\"why\":\"The lobe was seen only later.\"}", FALSE },
  };
  g_autoptr (GPtrArray) records = add_until (VV_KIND_COMPARISON);
  g_autoptr (VvCase)    kase = vv_case_new (records, 1);

  ck_assert_int_eq (vv_case_current (kase, VV_KIND_COMPARISON, "B", NULL)->id, 9);
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (JsonObject) details = vv_json_parse (versions[i].details, -1, "test", NULL);

      ck_assert_msg (vv_case_check (kase, VV_ACT_COMPARE, details, NULL) == versions[i].holds, "%s", versions[i].details);
    }
}
END_TEST

START_TEST (steps__say_why_they_are_closed)
{
  g_autoptr (GPtrArray) records = add_until (VV_KIND_USE_CONFIRMATION);
  g_autoptr (VvCase)    kase = vv_case_new (records, 1);
  g_autoptr (JsonArray) steps = vv_case_steps (kase, &examiner);

  ck_assert_uint_eq (json_array_get_length (steps), 11);
  ck_assert_str_eq (vv_json_string (vv_json_element (steps, 0), "state"), "done");
  ck_assert_str_eq (vv_json_string (vv_json_element (steps, 2), "state"), "waiting"); /* for ECMS */
  ck_assert_str_eq (vv_json_string (vv_json_element (steps, 3), "state"), "open");
  ck_assert_str_eq (vv_json_string (vv_json_element (steps, 4), "state"), "closed");
  ck_assert_ptr_nonnull (strstr (vv_json_string (vv_json_element (steps, 4), "why"), "Step 5"));
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("procedure-gates");
  TCase *tests = tcase_create ("gates");

  tcase_add_test (tests, may__declined_use_ends_the_work);
  tcase_add_test (tests, may__search_waits_for_the_analysis_of_this_probe);
  tcase_add_test (tests, may__none_found_goes_to_the_supervisor);
  tcase_add_test (tests, may__keep_is_no_final_disposition);
  tcase_add_test (tests, may__disagreement_opens_the_work_again);
  tcase_add_test (tests, may__new_proposal_needs_a_new_review);
  tcase_add_test (tests, may__nobody_decides_on_their_own_work);
  tcase_add_test (tests, may__new_probe_makes_the_old_search_history);
  tcase_add_test (tests, sees__reviewer_is_blind_until_the_own_record);
  tcase_add_test (tests, sees__examiner_is_blind_until_the_comparison);
  tcase_add_test (tests, look__only_who_takes_part);
  tcase_add_test (tests, candidate__is_computed_from_four_facts);
  tcase_add_test (tests, check__decision_and_report_fit_the_case);
  tcase_add_test (tests, check__another_comparison_names_the_one_before_and_says_why);
  tcase_add_test (tests, steps__say_why_they_are_closed);
  suite_add_tcase (suite, tests);
  return suite;
}

VV_TEST_MAIN (make_suite)
