// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-json.h"
#include "vv-play.h"
#include "vv-test-desk.h"
#include "vv-test.h"

/* The pictures of a request cannot be used: the examiner rejects them with the FIS Image Rejection Report, a better one comes and joins
 * the request as its second round, and the examiner goes on with that. */

#define BETTER "P007_probe3.jpg"

static void
confirm_use (void)
{
  g_autoptr (VvDesk) desk = vv_play_sign_in_beside ("examiner", "training examiner");

  vv_test_confirm_use (desk, vv_play_find_request (desk, VV_PLAY_NUMBER));
  vv_desk_sign_out (desk);
}

/* Nothing is rejected by measures alone: reasons, words and what would help are the examiner's. */
static void
reject (VvTestWindow *window)
{
  vv_play_press (window, "Reject all pictures…");
  vv_test_window_wait (window, VV_ANY_ROLE, "Choose at least one reason.");
  vv_test_window_click (window, VV_ANY_ROLE, "The face is too small");
  vv_play_fill (window, "What is wrong", "The eyes are 14 pixels apart.");
  vv_play_fill (window, "What would help", "The original recording.");
  vv_play_picture ("rejection-1-reasons.png");
  vv_play_press (window, "Preview the report");
  vv_test_window_wait (window, VV_ANY_ROLE, "Page 1 of *");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Not issued.*");
  vv_play_picture ("rejection-2-preview.png");
  /* Back loses nothing. */
  vv_play_press (window, "Back to the case");
  vv_play_press (window, "Preview the report");
  vv_play_press (window, "Issue");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "SHA-256 of the document");
  vv_play_press (window, "Back to the case");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Round 1, rejected");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Images rejected; waiting for better ones");
}

static void
add_better (VvTestWindow *window)
{
  g_autofree char *path = vv_test_source ("data/people/" BETTER);

  vv_play_step (window, "2");
  vv_test_window_choose_file (window, "Add pictures", path);
  vv_play_fill (window, "What the source is, for example the store camera", "Camera of the shop next door");
  vv_play_picture ("rejection-3-better.png");
  vv_play_press (window, "Add to the request");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Image added: " BETTER);
  vv_play_step (window, "5");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Round 2");
  vv_play_picture ("rejection-4-second-round.png");
  vv_play_press (window, "Use this face");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Look at the probe alone*");
}

static void
check_record (void)
{
  g_autoptr (VvDesk)     desk = vv_play_sign_in_beside ("examiner", "training examiner");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) shown = vv_desk_show_request (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), NULL, NULL, &error);
  JsonObject            *rejection = vv_json_element (vv_json_array (shown, "rejections"), 0);
  JsonObject            *better = vv_json_element (vv_json_array (shown, "media"), 2);

  vv_assert_ok (error);
  ck_assert_str_eq (vv_json_string (rejection, "scope"), "request");
  ck_assert_str_eq (vv_json_string (rejection, "text"), "The eyes are 14 pixels apart.");
  ck_assert_uint_gt (vv_json_length (vv_json_array (rejection, "measures")), 5);
  ck_assert_int_eq (vv_json_int (rejection, "round"), 1);
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "probe"), "sha256"), vv_json_string (better, "sha256"));
  vv_test_verify (desk);
  vv_desk_sign_out (desk);
}

START_TEST (rejection__is_issued_and_followed_by_a_second_round)
{
  VvTestWindow *window;

  confirm_use ();
  window = vv_test_window_start (vv_play_desk ());
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  reject (window);
  add_better (window);
  vv_test_window_stop (window);
  check_record ();
}
END_TEST

VV_PLAY_MAIN ("play-rejection", rejection__is_issued_and_followed_by_a_second_round)
