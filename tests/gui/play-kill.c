// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-json.h"
#include "vv-play.h"
#include "vv-test.h"

/* A comparison is written, without a pause, and the machine loses its power: what had been on the screen for a second is
 * there again. */

static char *
kept_statement (void)
{
  g_autoptr (VvDesk)     desk = vv_play_sign_in_beside ("examiner", "training examiner");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) key = vv_json_new ("key", "s", "comparison-A", NULL);
  g_autoptr (JsonObject) draft = vv_desk_draft (desk, vv_play_find_request (desk, VV_PLAY_NUMBER), key, NULL, &error);
  JsonArray             *kept = vv_json_array (vv_json_object (draft, "body"), "similarities");
  char                  *text;

  vv_assert_ok (error);
  text = g_strdup (vv_json_length (kept) > 0 ? json_array_get_string_element (kept, 0) : "");
  vv_desk_sign_out (desk);
  return text;
}

START_TEST (comparison__killed_while_writing_loses_a_second_at_most)
{
  VvTestWindow           *window;
  g_autoptr (GSubprocess) typing = NULL;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *seen = NULL;
  g_autofree char        *kept = NULL;

  vv_play_search_beside ();
  window = vv_test_window_start (vv_play_desk ());
  vv_test_window_wait (window, ATSPI_ROLE_PUSH_BUTTON, "I have read this");
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_test_window_click (window, VV_ANY_ROLE, "Candidate A,*");
  vv_play_press (window, "Compare on the bench");
  vv_test_window_click (window, ATSPI_ROLE_TEXT, "What is similar*");
  /* Shorter than any pause after which a draft would be kept anyway. */
  typing = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "type", "--delay", "60",
                             "the same broad root of the nose and a tip that turns up, nostrils of one shape, and both lobes hang free; "
                             "the left brow is higher than the right one, and a mole sits below the left corner of the mouth",
                             NULL);
  vv_assert_ok (error);
  do
    {
      g_clear_pointer (&seen, g_free);
      seen = vv_test_window_read (window, ATSPI_ROLE_TEXT, "What is similar*");
    }
  while (strlen (seen) < 20);
  g_usleep (G_USEC_PER_SEC);
  vv_test_window_kill (window);
  g_subprocess_force_exit (typing);
  kept = kept_statement ();
  ck_assert_msg (g_str_has_prefix (kept, g_strchomp (seen)), "“%s” was seen a second before, “%s” was kept", seen, kept);
}
END_TEST

VV_PLAY_MAIN ("play-kill", comparison__killed_while_writing_loses_a_second_at_most)
