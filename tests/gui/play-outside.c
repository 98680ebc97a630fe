// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-json.h"
#include "vv-play.h"
#include "vv-test.h"

/* A comparison outside the photo repository: the supervisor enters the approval, the examiner adds two images, searches
 * them alone and says what becomes of each. */

#define SHOWN "P007_gallery.jpg" /* the person on the probe */
#define OTHER "P001_gallery.jpg"

/* The signed approval lies with the request before it is entered. */
static void
add_document (void)
{
  g_autoptr (VvDesk)     desk = vv_play_sign_in_beside ("supervisor", "training supervisor");
  g_autoptr (GError)     error = NULL;
  g_autofree char       *path = vv_play_file ("approval.pdf");
  g_autoptr (JsonObject) exhibit = vv_json_new ("file", "s", path, "class", "s", "approval-document", "description", "s", "Signed.", NULL);
  g_autoptr (JsonObject) kept = NULL;

  ck_assert (g_file_set_contents (path, "signed", -1, &error));
  kept = vv_desk_add_exhibit (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), exhibit, NULL, &error);
  vv_assert_ok (error);
  vv_desk_sign_out (desk);
}

static void
approve (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training supervisor");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_step (window, "6");
  vv_test_window_click (window, VV_ANY_ROLE, "Images outside the photo repository");
  vv_play_fill (window, "Name", "Chief Doe");
  vv_play_fill (window, "Date (year-month-day)", "2026-11-23");
  vv_play_fill (window, "Reason for this case", "The man fled the state.");
  vv_play_fill (window, "Images that may be compared", "Driving licences of two men.");
  vv_play_picture ("outside-1-approval.png");
  vv_play_press (window, "Enter the Approval");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Chief Doe, Chief of Detectives");
  vv_play_sign_out (window);
}

static void
add_image (VvTestWindow *window, const char *file, const char *reference)
{
  g_autofree char *name = g_strconcat ("data/people/", file, NULL);
  g_autofree char *path = vv_test_source (name);

  vv_play_fill (window, "How it is called there", reference);
  vv_test_window_choose_file (window, "Choose the Image", path);
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, reference);
}

static void
add_and_search (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_step (window, "6");
  vv_play_fill (window, "Where it is from", "Licences of New Jersey");
  vv_play_fill (window, "Obtained by", "Training investigator");
  vv_play_fill (window, "Obtained at", "2026-11-24");
  add_image (window, SHOWN, "NJ 7");
  add_image (window, OTHER, "NJ 1");
  vv_play_picture ("outside-2-images.png");
  vv_play_press (window, "Search These Images");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "2 images outside the photo repository");
  vv_play_picture ("outside-3-searched.png");
  vv_play_sign_out (window);
}

static void
dispose (VvTestWindow *window, const char *candidate)
{
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_test_window_wait (window, VV_ANY_ROLE, "2 of 2 left to look at");
  vv_play_dispose (window, "AB", candidate);
  vv_test_window_wait (window, VV_ANY_ROLE, "1 of 2 left to look at");
  vv_play_picture ("outside-4-disposed.png");
  vv_play_sign_out (window);
}

static void
check_record (void)
{
  g_autoptr (VvDesk)     desk = vv_play_sign_in_beside ("supervisor", "training supervisor");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) shown = vv_desk_show_request (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), NULL, NULL, &error);
  g_autoptr (JsonObject) verified = vv_desk_verify_audit (desk, 0, NULL, NULL, &error);

  vv_assert_ok (error);
  ck_assert (vv_json_bool (verified, "ok"));
  ck_assert (vv_json_bool (vv_json_object (shown, "search"), "outside"));
  ck_assert_int_eq (vv_json_int (vv_json_object (shown, "search"), "gallery_size"), 2);
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "outside_approval"), "approver"), "chief-of-detectives");
  vv_desk_sign_out (desk);
}

START_TEST (outside__from_the_approval_to_the_dispositions)
{
  VvTestWindow    *window;
  g_autofree char *candidate = NULL;

  vv_play_search_beside ();
  add_document ();
  window = vv_test_window_start (vv_play_desk ());
  approve (window);
  add_and_search (window);
  candidate = vv_play_find_candidate (VV_PLAY_NUMBER, SHOWN);
  dispose (window, candidate);
  vv_test_window_stop (window);
  check_record ();
}
END_TEST

VV_PLAY_MAIN ("play-outside", outside__from_the_approval_to_the_dispositions)
