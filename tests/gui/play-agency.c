// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-json.h"
#include "vv-play.h"
#include "vv-test.h"

/* A request of an outside agency from the telephone call to the report that goes back: intake with its mandatory papers,
 * number and examiner, the work, a negative decision, another way back that the supervisor allows, hand-over. */

#define SUMMARY "Person found without papers in the river park*"

/* Goes to the row of a list of choices with the pointer and takes its @place, from 0. */
static void
choose (VvTestWindow *window, const char *title, guint place)
{
  const char *keys[9] = { "Home" };
  gsize       n = 1;

  vv_test_window_click (window, VV_ANY_ROLE, title);
  g_usleep (300 * 1000);
  while (place-- > 0 && n < G_N_ELEMENTS (keys) - 1)
    keys[n++] = "Down";
  keys[n++] = "Return";
  vv_play_keys (keys, n);
}

/* The list of what is missing leads to where it is entered, wherever the form is scrolled to. */
static void
go_to_missing (VvTestWindow *window, const char *need)
{
  g_autofree char *name = g_strdup_printf ("Still missing: %s", need);

  vv_test_window_click (window, ATSPI_ROLE_LIST_ITEM, name);
  g_usleep (500 * 1000);
}

/* Takes a place, from 0, of the list of choices that has the keyboard. */
static void
take (guint place)
{
  const char *keys[9] = { "space", "Home" };
  gsize       n = 2;

  while (place-- > 0 && n < G_N_ELEMENTS (keys) - 1)
    keys[n++] = "Down";
  keys[n++] = "Return";
  vv_play_keys (keys, n);
}

static void
choose_file (VvTestWindow *window, const char *button, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  vv_play_choose_file (window, button, path);
  vv_test_window_wait (window, VV_ANY_ROLE, name);
}

static char *
make_report (void)
{
  char              *path = vv_play_file ("agency-complaint-report.pdf");
  g_autoptr (GError) error = NULL;

  ck_assert (g_file_set_contents (path, "Complaint report of another agency", -1, &error));
  return path;
}

static void
take_in (VvTestWindow *window)
{
  g_autofree char *report = make_report ();
  g_autofree char *picture = vv_test_source ("data/people/P007_probe2.jpg");

  vv_play_sign_in (window, "Training examiner");
  vv_play_press (window, "New request");
  vv_test_window_wait (window, VV_ANY_ROLE, "*still missing");
  choose (window, "Came by", 2);
  vv_play_fill (window, "Agency", "Yonkers Police Department");
  vv_play_fill (window, "Who asks there", "Sgt. Cole");
  vv_play_fill (window, "How to reach the officer", "914-555-0100");
  vv_play_fill (window, "The agency’s complaint number", "26-1188");
  go_to_missing (window, "How the request came*");
  take (1);
  choose_file (window, "Choose: Copy of the complaint report", report);
  go_to_missing (window, "One of the six*");
  take (3);
  go_to_missing (window, "Suspect, victim*");
  take (2);
  vv_play_fill (window, "Factual basis", "No papers on the body, no missing person report fits");
  vv_play_fill (window, "What happened", "Person found without papers in the river park in Yonkers.");
  go_to_missing (window, "The statement*");
  vv_test_window_key ("space");
  choose_file (window, "Add pictures", picture);
  vv_play_fill (window, "What the source is, for example the store camera", "Ranger’s telephone");
  vv_test_window_wait (window, VV_ANY_ROLE, "Nothing is missing");
  vv_play_picture ("agency-1-intake.png");
  vv_play_press (window, "Enter the request");
  vv_test_window_wait (window, ATSPI_ROLE_LIST_ITEM, "Step 2*done");
  vv_play_step (window, "2");
  vv_test_window_wait (window, VV_ANY_ROLE, "*agency-complaint-report.pdf");
  vv_play_picture ("agency-2-papers.png");
  vv_play_sign_out (window);
}

static void
number_and_assign (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training supervisor");
  vv_play_open_case (window, SUMMARY);
  vv_play_press (window, "Give FIS number");
  vv_test_window_wait (window, VV_ANY_ROLE, "FIS number given");
  vv_play_press (window, "Assign");
  vv_test_window_wait (window, ATSPI_ROLE_LIST_ITEM, "Step 3*done");
  vv_play_picture ("agency-3-assigned.png");
  vv_play_sign_out (window);
}

static void
work (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, SUMMARY);
  vv_play_search (window);
  vv_play_dispose (window, VV_PLAY_POOL, NULL);
  vv_test_window_wait (window, VV_ANY_ROLE, "All 12 looked at");
  vv_play_fill (window, "No candidate found", "Nose and ears differ in all twelve");
  vv_play_press (window, "State that no candidate was found");
  vv_test_window_wait (window, VV_ANY_ROLE, "*aiting for the supervisor*");
  vv_play_sign_out (window);
}

static void
decide (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training supervisor");
  vv_play_open_case (window, SUMMARY);
  vv_play_step (window, "10");
  vv_play_press (window, "Open the decision page");
  vv_test_window_click (window, VV_ANY_ROLE, "Confirm that there is no candidate");
  vv_play_fill (window, "Reasons for the decision", "I looked at all twelve");
  vv_test_window_click (window, VV_ANY_ROLE, "Your pass phrase, to sign the decision");
  vv_test_window_type ("training supervisor");
  vv_play_press (window, "Sign the decision");
  vv_play_press (window, "Direct the report");
  vv_play_press (window, "Back to the case");
  /* The agency's mail server is down: the supervisor allows another way. */
  vv_play_step (window, "13");
  vv_test_window_wait (window, VV_ANY_ROLE, "The report goes back by: E-mail*");
  choose (window, "The report may go back by", 2);
  vv_play_fill (window, "Reason for another way", "The agency’s mail server is down");
  vv_play_press (window, "Allow this way");
  vv_test_window_wait (window, VV_ANY_ROLE, "The report goes back by: Mail*");
  vv_play_picture ("agency-4-another-way.png");
  vv_play_sign_out (window);
}

static void
report_and_hand_over (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, SUMMARY);
  vv_play_step (window, "13");
  vv_play_press (window, "Make the report");
  vv_test_window_wait (window, VV_ANY_ROLE, "Handed over to");
  vv_play_fill (window, "Handed over to", "Sgt. Cole, records window");
  vv_play_picture ("agency-5-hand-over.png");
  vv_play_press (window, "Record the hand-over");
  vv_test_window_wait (window, VV_ANY_ROLE, "The report went back to the outside agency.");
  vv_play_sign_out (window);
}

static void
check_record (void)
{
  g_autoptr (VvDesk)     desk = vv_play_sign_in_beside ("supervisor", "training supervisor");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) list = vv_desk_list_requests (desk, 0, NULL, NULL, &error);
  g_autoptr (JsonObject) verified = vv_desk_verify_audit (desk, 0, NULL, NULL, &error);
  g_autoptr (JsonObject) shown = NULL;
  JsonArray             *requests = vv_json_array (list, "requests");

  vv_assert_ok (error);
  ck_assert (vv_json_bool (verified, "ok"));
  for (guint i = 0; i < vv_json_length (requests); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (requests, i), "channel"), "outside-agency") == 0)
      shown = vv_desk_show_request (desk, vv_json_int (vv_json_element (requests, i), "id"), NULL, NULL, &error);
  ck_assert_ptr_nonnull (shown);
  ck_assert_str_eq (vv_json_string (shown, "status"), "acknowledged");
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "agency_form"), "method"), "email");
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "hand_over"), "method"), "mail");
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "hand_over"), "recipient"), "Sgt. Cole, records window");
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (shown, "exhibits"), 0), "class"), "complaint-report");
  vv_desk_sign_out (desk);
}

START_TEST (agency__from_intake_to_hand_over)
{
  VvTestWindow *window = vv_test_window_start (vv_play_desk ());

  take_in (window);
  number_and_assign (window);
  work (window);
  decide (window);
  report_and_hand_over (window);
  vv_test_window_stop (window);
  check_record ();
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("play-agency");
  TCase *play = tcase_create ("play");

  tcase_add_unchecked_fixture (play, vv_play_make_desk, vv_play_remove_desk);
  tcase_set_timeout (play, 0);
  tcase_add_test (play, agency__from_intake_to_hand_over);
  suite_add_tcase (suite, play);
  return suite;
}

VV_TEST_MAIN (make_suite)
