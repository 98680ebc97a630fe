// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib.h>

#include "vv-desk.h"
#include "vv-test-window.h"
#include "vv-test.h"
#include "vv-training-desk.h"

/* A training desk, made once: a dozen seconds of enrolling. */
static char *desk_dir;

/* The program on it, for each test. */
static VvTestWindow *window;

static void
make_desk (void)
{
  desk_dir = g_build_filename (vv_test_make_dir (), "desk", NULL);
  vv_test_training_desk (desk_dir);
}

static void
remove_desk (void)
{
  char *parent = g_path_get_dirname (desk_dir);

  vv_test_remove_dir (parent);
  g_clear_pointer (&desk_dir, g_free);
}

static void
open_window (void)
{
  window = vv_test_window_start (desk_dir);
}

static void
close_window (void)
{
  vv_test_window_stop (g_steal_pointer (&window));
}

static void
sign_in (const char *person)
{
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, "I have read this");
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, person);
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, "Sign in");
}

static void
open_request (const char *number)
{
  vv_test_window_click (window, ATSPI_ROLE_LABEL, number);
  vv_test_window_wait (window, ATSPI_ROLE_LIST_ITEM, "Step 3*");
}

START_TEST (sign_in__refuses_a_wrong_pass_phrase)
{
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, "I have read this");
  vv_test_window_fill (window, ATSPI_ROLE_TEXT, "Account", "examiner");
  vv_test_window_fill (window, VV_ANY_ROLE, "Pass phrase", "no such phrase");
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, "Sign in");
  vv_test_window_wait (window, VV_ANY_ROLE, "The account or the pass phrase is wrong*");
  ck_assert (!vv_test_window_has (window, ATSPI_ROLE_LABEL, "2026-T1-00001"));
}
END_TEST

/* Covers the window, then ends the session. */
static void
sign_out (void)
{
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, "Lock");
  vv_test_window_gone (window, ATSPI_ROLE_PUSH_BUTTON, "Lock");
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, "Sign out");
}

START_TEST (window__shows_the_notice_and_only_pages_of_the_role)
{
  sign_in ("Training examiner");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "*-T1-00001");
  ck_assert (vv_test_window_has (window, ATSPI_ROLE_LABEL, "TRAINING"));
  ck_assert (vv_test_window_has (window, ATSPI_ROLE_LABEL, "An investigative lead only.*"));
  ck_assert (vv_test_window_has (window, ATSPI_ROLE_LABEL, "My work"));
  ck_assert (!vv_test_window_has (window, ATSPI_ROLE_LABEL, "To decide"));
  sign_out ();
  sign_in ("Training supervisor");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "To decide");
  ck_assert (!vv_test_window_has (window, ATSPI_ROLE_LABEL, "My work"));
}
END_TEST

/* Behind the cover nothing is to be read, not even by a screen reader, and nothing is lost. */
START_TEST (lock__covers_and_keeps_what_was_typed)
{
  g_autofree char *text = NULL;

  sign_in ("Training examiner");
  open_request ("*-T1-00002");
  vv_test_window_fill (window, ATSPI_ROLE_TEXT, "Reason", "Half a sentence");
  vv_test_window_key ("ctrl+l");
  vv_test_window_gone (window, ATSPI_ROLE_LABEL, "*-T1-00002");
  vv_test_window_fill (window, VV_ANY_ROLE, "Pass phrase to unlock", "no such phrase");
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, "Unlock");
  vv_test_window_wait (window, VV_ANY_ROLE, "*pass phrase is wrong*");
  vv_test_window_fill (window, VV_ANY_ROLE, "Pass phrase to unlock", "training examiner");
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, "Unlock");
  vv_test_window_wait (window, ATSPI_ROLE_TEXT, "Reason");
  text = vv_test_window_read (window, ATSPI_ROLE_TEXT, "Reason");
  ck_assert_str_eq (text, "Half a sentence");
}
END_TEST

START_TEST (case__keeps_what_was_typed_when_the_person_leaves)
{
  g_autofree char *text = NULL;

  sign_in ("Training examiner");
  open_request ("*-T1-00002");
  vv_test_window_fill (window, ATSPI_ROLE_TEXT, "Reason", "Half a sentence");
  vv_test_window_key ("Escape");
  sign_out ();
  sign_in ("Training examiner");
  open_request ("*-T1-00002");
  for (int i = 0; i < 100 && g_strcmp0 (text, "Half a sentence") != 0; i++)
    {
      g_free (text);
      g_usleep (50 * 1000);
      text = vv_test_window_read (window, ATSPI_ROLE_TEXT, "Reason");
    }
  ck_assert_str_eq (text, "Half a sentence");
}
END_TEST

static Suite *
suite (void)
{
  Suite *whole = suite_create ("windows");
  TCase *walk = tcase_create ("walk");

  tcase_add_unchecked_fixture (walk, make_desk, remove_desk);
  tcase_add_checked_fixture (walk, open_window, close_window);
  tcase_set_timeout (walk, 0);
  tcase_add_test (walk, sign_in__refuses_a_wrong_pass_phrase);
  tcase_add_test (walk, window__shows_the_notice_and_only_pages_of_the_role);
  tcase_add_test (walk, lock__covers_and_keeps_what_was_typed);
  tcase_add_test (walk, case__keeps_what_was_typed_when_the_person_leaves);
  suite_add_tcase (whole, walk);
  return whole;
}

VV_TEST_MAIN (suite)
