// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "vv-blocks.h"
#include "vv-decoder.h"
#include "vv-desk.h"
#include "vv-json.h"
#include "vv-test-window.h"
#include "vv-test.h"

/* Plays one case on the training desk through the real windows, as four people would: the examiner works and proposes, the
 * peer reviews, the supervisor decides and directs, the examiner reports. Keeps pictures of the windows, the report
 * and the check of the audit chain in the folder of $VISAVIS_PLAY_OUT (or the build folder's play/). This is the test
 * of the whole way, and what packaging/run shows where there is no display. */

#define NUMBER "2026-T1-00001"
#define SHOWN  "P007_gallery.jpg" /* the person on the probe P007_probe2.jpg */

static char *desk_dir, *out_dir;

static void
make_desk (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *people = vv_test_source ("data/people");

  out_dir = g_getenv ("VISAVIS_PLAY_OUT") != NULL ? g_strdup (g_getenv ("VISAVIS_PLAY_OUT"))
                                                  : g_build_filename (g_getenv ("VISAVIS_TEST_BUILD"), "play", NULL);
  ck_assert_int_eq (g_mkdir_with_parents (out_dir, 0755), 0);
  desk_dir = g_build_filename (vv_test_make_dir (), "desk", NULL);
  ck_assert (vv_desk_create_training (desk_dir, people, /* cancellable= */ NULL, &error));
  vv_assert_ok (error);
}

static void
remove_desk (void)
{
  char *parent = g_path_get_dirname (desk_dir);

  vv_test_remove_dir (parent);
  g_clear_pointer (&desk_dir, g_free);
  g_clear_pointer (&out_dir, g_free);
}

static void
picture (const char *name)
{
  g_autofree char *path = g_build_filename (out_dir, name, NULL);

  vv_test_window_picture (path);
}

static void
press (VvTestWindow *window, const char *name)
{
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, name);
}

static void
fill (VvTestWindow *window, const char *name, const char *text)
{
  vv_test_window_fill (window, ATSPI_ROLE_TEXT, name, text);
}

/* --- Who sits at the desk ------------------------------------------------------------------------------------------------ */

static void
sign_in (VvTestWindow *window, const char *person)
{
  press (window, "I have read this");
  press (window, person);
  press (window, "Sign in");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "*" NUMBER);
}

static void
sign_out (VvTestWindow *window)
{
  press (window, "Lock");
  vv_test_window_wait (window, ATSPI_ROLE_PUSH_BUTTON, "I have read this");
}

static void
open_case (VvTestWindow *window)
{
  vv_test_window_click (window, ATSPI_ROLE_LABEL, NUMBER);
  vv_test_window_wait (window, ATSPI_ROLE_LIST_ITEM, "Step 3*");
}

/* --- Beside the windows: what no window would tell -------------------------------------------------------------------------- */

/* The window gives the desk back when its last work is done, a moment after Lock. */
static VvDesk *
sign_in_beside (const char *account, const char *passphrase)
{
  g_autoptr (VvSecret) secret = vv_secret_from_text (passphrase);
  VvDesk              *desk = vv_desk_new (desk_dir);

  for (int i = 0; i < 100; i++)
    {
      if (vv_desk_sign_in (desk, account, secret, /* error= */ NULL))
        return desk;
      g_usleep (100 * 1000);
    }
  ck_abort_msg ("the desk was not given back");
}

static gint64
find_request (VvDesk *desk)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) wanted = vv_json_new ("fis_number", "s", NUMBER, NULL);
  g_autoptr (JsonObject) found = vv_desk_find_request (desk, 0, wanted, /* cancellable= */ NULL, &error);

  vv_assert_ok (error);
  return vv_json_int (found, "request");
}

/* Whether the candidate's photograph is the one in @file, pixel for pixel: the player knows the truth, the examiner
 * goes by the faces. */
static gboolean
shows (VvDesk *desk, gint64 request, const char *candidate, const VvPicture *truth)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) what = vv_json_new ("candidate", "s", candidate, NULL);
  g_autoptr (VvPicture)  seen = vv_desk_picture (desk, request, what, /* cancellable= */ NULL, &error);

  vv_assert_ok (error);
  return seen->width == truth->width && seen->height == truth->height && g_bytes_equal (seen->pixels, truth->pixels);
}

/* The letters behind which the person of the probe is, in the pool of this play. */
static char *
find_candidate (void)
{
  g_autoptr (VvDesk)    desk = sign_in_beside ("examiner", "training examiner");
  g_autoptr (GError)    error = NULL;
  g_autofree char      *path = vv_test_source ("data/people/" SHOWN);
  g_autoptr (GBytes)    file = vv_test_read (path);
  g_autoptr (VvDecoder) decoder = vv_decoder_new ();
  g_autoptr (VvPicture) truth = vv_decoder_decode (decoder, file, SHOWN, VV_DECODER_FOREIGN, NULL, NULL, &error);
  gint64                request = find_request (desk);
  char                 *found = NULL;

  vv_assert_ok (error);
  for (char letter[2] = "A"; found == NULL && letter[0] <= 'L'; letter[0]++)
    if (shows (desk, request, letter, truth))
      found = g_strdup (letter);
  ck_assert_msg (found != NULL, "the person of the probe is not in the pool");
  vv_desk_sign_out (desk);
  return found;
}

/* --- The examiner --------------------------------------------------------------------------------------------------------------- */

static void
confirm_and_search (VvTestWindow *window)
{
  sign_in (window, "Training examiner");
  picture ("02-requests.png");
  open_case (window);
  fill (window, "Reason", "The owner saw the robbery; the camera shows the person leaving.");
  picture ("03-authorised-use.png");
  press (window, "Confirm the use");
  vv_test_window_wait (window, ATSPI_ROLE_PUSH_BUTTON, "Use this face");
  picture ("04-probe.png");
  press (window, "Use this face");
  press (window, "Search");
  vv_test_window_wait (window, VV_ANY_ROLE, "12 of 12 left to look at");
  picture ("05-pool.png");
}

/* Keeps the candidate to compare, excludes the others, all from the keyboard. */
static void
dispose_pool (VvTestWindow *window, const char *candidate)
{
  open_case (window);
  for (char letter[2] = "A"; letter[0] <= 'L'; letter[0]++)
    {
      gboolean         keep = strcmp (letter, candidate) == 0;
      g_autofree char *chosen = g_strdup_printf ("Candidate %s", letter);

      vv_test_window_wait (window, ATSPI_ROLE_LABEL, chosen);
      vv_test_window_key (keep ? "k" : "x");
      vv_test_window_type (keep ? "Similar nose and eyes" : "Other shape of nose and face");
      vv_test_window_key ("Return");
    }
  vv_test_window_wait (window, VV_ANY_ROLE, "1 of 12 left to look at");
}

/* At a person's pace: a list that is opened before the page has scrolled to it pops up beside the screen, and GTK 4.8
 * looks for a monitor there. */
static void
keys (const char *const *names, gsize n)
{
  vv_test_window_put_pointer_aside ();
  for (gsize i = 0; i < n; i++)
    {
      vv_test_window_key (names[i]);
      g_usleep (200 * 1000);
    }
}

static const char *const next_choice[] = { "Tab", "space" };

/* Every part of the face from the keyboard, then what is similar, what is different, and the conclusion. */
static void
fill_comparison (VvTestWindow *window)
{
  static const char *const to_third_conclusion[] = { "Tab", "Tab", "space", "Home", "Down", "Down", "Down", "Return" };

  const VvBlock *blocks = vv_block_all ();
  gsize          n = 0;

  while (blocks[n].name != NULL)
    n++;
  /* From the first text back to the last part of the face, and up: an answer is a letter, Up the part above. */
  vv_test_window_click (window, ATSPI_ROLE_TEXT, "What is similar*");
  vv_test_window_key ("shift+Tab");
  while (n-- > 0)
    {
      vv_test_window_key (strcmp (blocks[n].name, "hair") == 0 ? "d" : "s");
      vv_test_window_key ("Up");
    }
  fill (window, "What is similar*", "Length and bridge of the nose\nSpacing of the eyes");
  fill (window, "What is different*", "Hair is worn differently; hair changes");
  /* From the first text by Tab to the list of conclusions, and its third step, below "choose one". */
  vv_test_window_click (window, ATSPI_ROLE_TEXT, "What is similar*");
  keys (to_third_conclusion, G_N_ELEMENTS (to_third_conclusion));
}

static void
compare (VvTestWindow *window, const char *candidate)
{
  g_autofree char *tile = g_strdup_printf ("Candidate %s,*", candidate);

  vv_test_window_click (window, VV_ANY_ROLE, tile);
  press (window, "Compare on the bench");
  fill_comparison (window);
  picture ("06-bench.png");
  press (window, "Lock comparison");
  press (window, "Back to the case");
}

static void
check_background (VvTestWindow *window)
{
  static const char *const to_reliable[] = { "Tab", "space", "Home", "Down", "Return" };

  vv_test_window_click (window, ATSPI_ROLE_LIST_ITEM, "Step 8*");
  fill (window, "Source", "Custody record");
  fill (window, "Finding", "At liberty on the day");
  fill (window, "Fit with the case", "Lives two streets from the shop");
  fill (window, "Reasons", "Nothing speaks against it");
  vv_test_window_click (window, ATSPI_ROLE_TEXT, "Fit with the case");
  keys (to_reliable, G_N_ELEMENTS (to_reliable));
  picture ("07-background.png");
  press (window, "Lock the background check");
  /* The next step opens by itself. */
  press (window, "Submit for peer review");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Waiting for peer review");
}

/* --- The peer, the supervisor, the report ------------------------------------------------------------------------------------------ */

static void
review (VvTestWindow *window)
{
  sign_in (window, "Training peer reviewer");
  open_case (window);
  vv_test_window_click (window, ATSPI_ROLE_LIST_ITEM, "Step 9*");
  press (window, "Open the bench");
  fill_comparison (window);
  keys (next_choice, G_N_ELEMENTS (next_choice)); /* I agree */
  fill (window, "Why you agree or not", "I see the same similarities");
  picture ("08-peer-review.png");
  press (window, "Lock p*");
  press (window, "Back to the case");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Waiting for the supervisor");
  sign_out (window);
}

static void
decide (VvTestWindow *window)
{
  sign_in (window, "Training supervisor");
  open_case (window);
  vv_test_window_click (window, ATSPI_ROLE_LIST_ITEM, "Step 10*");
  press (window, "Open the decision page");
  fill_comparison (window);
  keys (next_choice, G_N_ELEMENTS (next_choice)); /* Approve */
  fill (window, "Reasons for the decision", "In agreement with both");
  picture ("09-decision.png");
  vv_test_window_click (window, VV_ANY_ROLE, "Your pass phrase, to sign the decision");
  vv_test_window_type ("training supervisor");
  press (window, "Sign the decision");
  press (window, "Direct the report");
  press (window, "Back to the case");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Report to be prepared");
  sign_out (window);
}

static void
report (VvTestWindow *window)
{
  sign_in (window, "Training examiner");
  open_case (window);
  vv_test_window_click (window, ATSPI_ROLE_LIST_ITEM, "Step 13*");
  press (window, "Make the report");
  press (window, "Open the report");
  vv_test_window_wait (window, VV_ANY_ROLE, "Page 1 of *");
  /* The window sends by itself what waits for ECMS. */
  vv_test_window_wait (window, VV_ANY_ROLE, "*cknowledged*");
  picture ("10-report.png");
}

/* The record as anybody may check it: the chain and every signature, and the report as it went to ECMS. */
static void
check_record (void)
{
  g_autoptr (VvDesk)     desk = sign_in_beside ("supervisor", "training supervisor");
  g_autoptr (GError)     error = NULL;
  g_autofree char       *pdf = g_build_filename (out_dir, "possible-match.pdf", NULL);
  g_autofree char       *audit = g_build_filename (out_dir, "audit.json", NULL);
  g_autoptr (JsonObject) file = vv_json_new ("file", "s", pdf, NULL);
  g_autoptr (JsonObject) verified = vv_desk_verify_audit (desk, 0, NULL, NULL, &error);
  g_autoptr (JsonObject) exported = vv_desk_export_report (desk, find_request (desk), file, NULL, &error);
  g_autoptr (JsonObject) shown = vv_desk_show_request (desk, find_request (desk), NULL, NULL, &error);
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
  VvTestWindow    *window = vv_test_window_start (desk_dir);
  g_autofree char *candidate = NULL;

  vv_test_window_wait (window, ATSPI_ROLE_PUSH_BUTTON, "I have read this");
  picture ("01-sign-in.png");
  confirm_and_search (window);
  sign_out (window);
  candidate = find_candidate ();
  sign_in (window, "Training examiner");
  dispose_pool (window, candidate);
  compare (window, candidate);
  check_background (window);
  sign_out (window);
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

  tcase_add_unchecked_fixture (play, make_desk, remove_desk);
  tcase_set_timeout (play, 0);
  tcase_add_test (play, case__from_the_request_to_a_lead_in_ecms);
  suite_add_tcase (suite, play);
  return suite;
}

VV_TEST_MAIN (make_suite)
