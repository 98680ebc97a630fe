// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-json.h"
#include "vv-play.h"
#include "vv-test.h"

/* Plays one case on the training desk through the real windows, as four people would: the examiner works and proposes, the
 * peer reviews, the supervisor decides and directs, the examiner reports. Keeps pictures of the windows, the report
 * and the check of the audit chain in the folder of $VISAVIS_PLAY_OUT (or the build folder's play-case/). This is the test
 * of the whole way, and what packaging/run shows where there is no display. */

#define SHOWN "P007_gallery.jpg" /* the person on the probe P007_probe2.jpg */

static const char *const next_choice[] = { "Tab", "space" };

/* --- The peer, the supervisor, the report ------------------------------------------------------------------------------------------ */

static void
review (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training peer reviewer");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_step (window, "9");
  vv_play_press (window, "Open the bench");
  vv_play_fill_comparison (window);
  vv_play_keys (next_choice, G_N_ELEMENTS (next_choice)); /* I agree */
  vv_play_fill (window, "Why you agree or not", "I see the same similarities");
  vv_play_picture ("08-peer-review.png");
  vv_play_press (window, "Lock p*");
  vv_play_press (window, "Back to the case");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Waiting for the supervisor");
  vv_play_sign_out (window);
}

static void
decide (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training supervisor");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_step (window, "10");
  vv_play_press (window, "Open the decision page");
  vv_play_fill_comparison (window);
  vv_play_keys (next_choice, G_N_ELEMENTS (next_choice)); /* Approve */
  vv_play_fill (window, "Reasons for the decision", "In agreement with both");
  vv_play_picture ("09-decision.png");
  vv_test_window_click (window, VV_ANY_ROLE, "Your pass phrase, to sign the decision");
  vv_test_window_type ("training supervisor");
  vv_play_press (window, "Sign the decision");
  vv_play_press (window, "Direct the report");
  vv_play_press (window, "Back to the case");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Report to be prepared");
  vv_play_sign_out (window);
}

static void
report (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_step (window, "13");
  vv_play_press (window, "Make the report");
  vv_play_press (window, "Open the report");
  vv_test_window_wait (window, VV_ANY_ROLE, "Page 1 of *");
  /* The window sends by itself what waits for ECMS. */
  vv_test_window_gone (window, VV_ANY_ROLE, "Waiting to be sent*");
  vv_play_picture ("10-report.png");
}

/* The record as anybody may check it: the chain and every signature, and the report as it went to ECMS. */
static void
check_record (void)
{
  g_autoptr (VvDesk)     desk = vv_play_sign_in_beside ("supervisor", "training supervisor");
  g_autoptr (GError)     error = NULL;
  g_autofree char       *pdf = vv_play_file ("possible-match.pdf");
  g_autofree char       *audit = vv_play_file ("audit.json");
  g_autoptr (JsonObject) file = vv_json_new ("file", "s", pdf, "recipient", "s", "Assigned investigator", "authority", "s", "Training", NULL);
  g_autoptr (JsonObject) verified = vv_desk_verify_audit (desk, 0, NULL, NULL, &error);
  g_autoptr (JsonObject) exported = vv_desk_export_report (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), file, NULL, &error);
  g_autoptr (JsonObject) shown = vv_desk_show_request (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), NULL, NULL, &error);
  g_autoptr (JsonNode)   node = NULL;
  g_autofree char       *text = NULL;

  vv_assert_ok (error);
  ck_assert (vv_json_bool (verified, "ok"));
  ck_assert_str_eq (vv_json_string (shown, "status"), "acknowledged");
  ck_assert (vv_json_bool (shown, "possible_match_candidate"));
  node = json_node_init_object (json_node_alloc (), verified);
  text = vv_json_pretty (node);
  ck_assert (g_file_set_contents (audit, text, -1, &error));
  vv_desk_sign_out (desk);
}

START_TEST (case__from_the_request_to_a_lead_in_ecms)
{
  VvTestWindow    *window = vv_test_window_start (vv_play_desk ());
  g_autofree char *candidate = NULL;

  vv_test_window_wait (window, ATSPI_ROLE_PUSH_BUTTON, "I have read this");
  vv_play_picture ("01-sign-in.png");
  vv_play_sign_in (window, "Training examiner");
  vv_play_picture ("02-requests.png");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_search (window);
  vv_play_sign_out (window);
  candidate = vv_play_find_candidate (VV_PLAY_NUMBER, SHOWN);
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_dispose (window, VV_PLAY_POOL, candidate);
  vv_test_window_wait (window, VV_ANY_ROLE, "1 of 12 left to look at");
  vv_play_compare (window, candidate);
  vv_play_propose (window);
  vv_play_sign_out (window);
  review (window);
  decide (window);
  report (window);
  vv_test_window_stop (window);
  check_record ();
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("play-case");
  TCase *play = tcase_create ("play");

  tcase_add_unchecked_fixture (play, vv_play_make_desk, vv_play_remove_desk);
  tcase_set_timeout (play, 0);
  tcase_add_test (play, case__from_the_request_to_a_lead_in_ecms);
  suite_add_tcase (suite, play);
  return suite;
}

VV_TEST_MAIN (make_suite)
