// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-json.h"
#include "vv-play.h"
#include "vv-test.h"

/* Nobody in the pool is a candidate: the examiner excludes all and says so, the supervisor confirms it, and the FIS No Match Report
 * goes to ECMS. */

static void
say_none (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_dispose (window, VV_PLAY_POOL, /* kept= */ NULL);
  vv_test_window_wait (window, VV_ANY_ROLE, "All 12 looked at");
  vv_play_fill (window, "No candidate found", "Nose and ears differ in all twelve");
  vv_play_picture ("07-no-candidate.png");
  vv_play_press (window, "State that no candidate was found");
  vv_test_window_wait (window, VV_ANY_ROLE, "*aiting for the supervisor*");
  vv_play_sign_out (window);
}

static void
check_record (void)
{
  g_autoptr (VvDesk)     desk = vv_play_check_record ("no-match.pdf");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) shown = vv_desk_show_request (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), NULL, NULL, &error);
  g_autoptr (JsonObject) report = vv_desk_report_info (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), NULL, NULL, &error);

  vv_assert_ok (error);
  ck_assert (!vv_json_bool (shown, "possible_match_candidate"));
  ck_assert_str_eq (vv_json_string (report, "form"), "no-match");
  vv_desk_sign_out (desk);
}

START_TEST (none__from_the_pool_to_a_no_match_report_in_ecms)
{
  VvTestWindow *window;

  vv_play_search_beside ();
  window = vv_test_window_start (vv_play_desk ());
  say_none (window);
  vv_play_confirm_none (window);
  vv_play_report (window);
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "FIS No Match Report");
  vv_test_window_stop (window);
  check_record ();
}
END_TEST

VV_PLAY_MAIN ("play-none", none__from_the_pool_to_a_no_match_report_in_ecms)
