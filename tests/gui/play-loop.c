// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-play.h"
#include "vv-test-desk.h"
#include "vv-test.h"

/* The supervisor does not agree: the work goes back with the reasons, the examiner compares further and hands in again, a peer looks
 * again, and the supervisor approves. What was written first stays. */

#define REASONS "The ears were not compared"

static char *candidate;

/* To a candidate that a peer has reviewed, beside the windows. */
static void
work (void)
{
  g_autoptr (VvDesk) desk = vv_play_sign_in_beside ("examiner", "training examiner");
  gint64             request = vv_play_find_request (desk, VV_PLAY_NUMBER);

  vv_test_walk_to_search (desk, request);
  candidate = vv_test_candidate (desk, request, 1);
  vv_test_propose (desk, request, candidate);
  vv_test_review (desk, request, candidate);
  vv_desk_sign_out (desk);
}

static void
compare_further (VvTestWindow *window)
{
  g_autofree char *tile = g_strdup_printf ("Candidate %s,*", candidate);

  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Training supervisor is not in agreement about candidate*");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "*" REASONS "*");
  vv_play_picture ("loop-1-back.png");
  vv_test_window_click (window, VV_ANY_ROLE, tile);
  vv_play_press (window, "Compare on the bench");
  vv_play_press (window, "Write another version");
  vv_play_fill (window, "Why another version", "The ears were compared");
  vv_play_picture ("loop-2-another-version.png");
  vv_play_press (window, "Lock comparison");
  vv_play_press (window, "Back to the case");
  vv_play_step (window, "9");
  vv_play_press (window, "Submit for peer review");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Waiting for peer review");
  vv_play_picture ("loop-3-handed-in-again.png");
  vv_play_sign_out (window);
}

/* Again beside the windows. */
static void
review_again (void)
{
  g_autoptr (VvDesk) desk = vv_play_sign_in_beside ("reviewer", "training reviewer");

  vv_test_review (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), candidate);
  vv_desk_sign_out (desk);
}

/* Both decisions and both comparisons of the examiner are on the record. */
static void
check_record (void)
{
  g_autoptr (VvDesk)     desk = vv_play_sign_in_beside ("supervisor", "training supervisor");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) shown = vv_desk_show_request (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), NULL, NULL, &error);
  JsonArray             *records = vv_json_array (shown, "records");
  g_autoptr (GString)    decisions = g_string_new (NULL);
  guint                  comparisons = 0;

  vv_assert_ok (error);
  for (guint i = 0; i < vv_json_length (records); i++)
    {
      JsonObject *record = vv_json_element (records, i);
      const char *kind = vv_json_string (record, "kind");

      if (g_strcmp0 (kind, VV_KIND_SIGN_OFF) == 0)
        g_string_append_printf (decisions, "%s ", vv_json_string (vv_json_object (record, "body"), "decision"));
      comparisons += g_strcmp0 (kind, VV_KIND_COMPARISON) == 0 ? 1 : 0;
    }
  ck_assert_str_eq (decisions->str, "not-agreed approved ");
  ck_assert_uint_eq (comparisons, 2);
  ck_assert (vv_json_bool (shown, "possible_match_candidate"));
  vv_test_verify (desk);
  vv_desk_sign_out (desk);
}

START_TEST (loop__disagreement_goes_back_and_is_approved_at_last)
{
  VvTestWindow *window;

  work ();
  window = vv_test_window_start (vv_play_desk ());
  vv_play_disagree (window, REASONS);
  compare_further (window);
  review_again ();
  vv_play_approve (window);
  vv_test_window_stop (window);
  check_record ();
  g_clear_pointer (&candidate, g_free);
}
END_TEST

VV_PLAY_MAIN ("play-loop", loop__disagreement_goes_back_and_is_approved_at_last)
