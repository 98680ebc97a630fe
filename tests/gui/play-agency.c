// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-json.h"
#include "vv-play.h"
#include "vv-test-desk.h"
#include "vv-test.h"

/* A request of an outside agency from the telephone call to the report that goes back: intake with its mandatory papers,
 * number and examiner, a negative decision, another way back that the supervisor allows, hand-over. */

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

  vv_test_window_choose_file (window, button, path);
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

static gint64
find (VvDesk *desk)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) list = vv_desk_list_requests (desk, 0, NULL, NULL, &error);
  JsonArray             *requests = vv_json_array (list, "requests");

  vv_assert_ok (error);
  for (guint i = 0; i < vv_json_length (requests); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (requests, i), "channel"), "outside-agency") == 0)
      return vv_json_int (vv_json_element (requests, i), "id");
  ck_abort_msg ("the request is not in the list");
}

/* To the directed report, beside the windows: other plays go this way through them. */
static void
work (void)
{
  g_autoptr (VvDesk) desk = vv_play_sign_in_beside ("examiner", "training examiner");
  gint64             request = find (desk);

  vv_test_walk_to_search (desk, request);
  vv_test_say_none (desk, request);
  vv_test_decide (desk, request, "none-confirmed", /* candidate= */ NULL);
  vv_test_done (desk, vv_desk_direct, request, "{'report':'no-match','recipient':'Sgt. Cole'}");
  vv_desk_sign_out (desk);
}

/* The agency's mail server is down: the supervisor allows another way. */
static void
allow_another_way (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training supervisor");
  vv_play_open_case (window, SUMMARY);
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
  vv_test_window_gone (window, VV_ANY_ROLE, "Waiting to be sent*");
  vv_play_sign_out (window);
}

static void
check_record (void)
{
  g_autoptr (VvDesk)     desk = vv_play_sign_in_beside ("supervisor", "training supervisor");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) shown = vv_desk_show_request (desk, find (desk), NULL, NULL, &error);

  vv_assert_ok (error);
  ck_assert_str_eq (vv_json_string (shown, "status"), "acknowledged");
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "agency_form"), "method"), "email");
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "hand_over"), "method"), "mail");
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "hand_over"), "recipient"), "Sgt. Cole, records window");
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (shown, "exhibits"), 0), "class"), "complaint-report");
  vv_test_verify (desk);
  vv_desk_sign_out (desk);
}

START_TEST (agency__from_intake_to_hand_over)
{
  VvTestWindow *window = vv_test_window_start (vv_play_desk ());

  take_in (window);
  number_and_assign (window);
  work ();
  allow_another_way (window);
  report_and_hand_over (window);
  vv_test_window_stop (window);
  check_record ();
}
END_TEST

VV_PLAY_MAIN ("play-agency", agency__from_intake_to_hand_over)
