// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-json.h"
#include "vv-play.h"
#include "vv-test.h"

/* Plays one case on the training desk through the real windows, as four people would: the examiner works and proposes, the
 * peer reviews, the supervisor decides and directs, the examiner reports. Keeps pictures of the windows, the report
 * and the check of the audit chain in the folder of $VISAVIS_PLAY_OUT (or the build folder's play-case/). This is the test
 * of the whole way, and what packaging/run shows where there is no display. */

#define SHOWN "P007_gallery.jpg" /* the person on the probe P007_probe2.jpg */

/* No lead but the one that four facts make. */
static void
check_record (void)
{
  g_autoptr (VvDesk)     desk = vv_play_check_record ("possible-match.pdf");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) shown = vv_desk_show_request (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), NULL, NULL, &error);

  vv_assert_ok (error);
  ck_assert (vv_json_bool (shown, "possible_match_candidate"));
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
  vv_play_review (window);
  vv_play_approve (window);
  vv_play_report (window);
  vv_test_window_stop (window);
  check_record ();
}
END_TEST

VV_PLAY_MAIN ("play-case", case__from_the_request_to_a_lead_in_ecms)
