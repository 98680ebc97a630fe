// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* program_invocation_short_name */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "vv-blocks.h"
#include "vv-components.h"
#include "vv-decoder.h"
#include "vv-json.h"
#include "vv-play.h"
#include "vv-test-desk.h"
#include "vv-test.h"
#include "vv-training-desk.h"

#define PACE_US (100 * 1000)

static char *desk_dir, *out_dir;

static void
make_desk (void)
{
  out_dir = g_getenv ("VISAVIS_PLAY_OUT") != NULL ? g_strdup (g_getenv ("VISAVIS_PLAY_OUT"))
                                                  : g_build_filename (g_getenv ("VISAVIS_TEST_BUILD"), program_invocation_short_name, NULL);
  ck_assert_int_eq (g_mkdir_with_parents (out_dir, 0755), 0);
  desk_dir = g_build_filename (vv_test_make_dir (), "desk", NULL);
  vv_test_training_desk (desk_dir);
}

static void
remove_desk (void)
{
  char *parent = g_path_get_dirname (desk_dir);

  vv_test_remove_dir (parent);
  g_clear_pointer (&desk_dir, g_free);
  g_clear_pointer (&out_dir, g_free);
}

const char *
vv_play_desk (void)
{
  return desk_dir;
}

char *
vv_play_file (const char *name)
{
  return g_build_filename (out_dir, name, NULL);
}

void
vv_play_picture (const char *name)
{
  g_autofree char *path = vv_play_file (name);

  vv_test_window_picture (path);
}

/* --- Hands ----------------------------------------------------------------------------------------------------- */

void
vv_play_press (VvTestWindow *window, const char *name)
{
  vv_test_window_press (window, ATSPI_ROLE_PUSH_BUTTON, name);
}

void
vv_play_fill (VvTestWindow *window, const char *name, const char *text)
{
  vv_test_window_fill (window, ATSPI_ROLE_TEXT, name, text);
}

void
vv_play_step (VvTestWindow *window, const char *number)
{
  g_autofree char *name = g_strdup_printf ("Step %s *", number);

  vv_test_window_click (window, ATSPI_ROLE_LIST_ITEM, name);
}

/* At a person's pace: a list that is opened before the page has scrolled to it pops up beside the screen, and GTK 4.8
 * looks for a monitor there. */
void
vv_play_keys (const char *const *names, gsize n)
{
  vv_test_window_put_pointer_aside ();
  for (gsize i = 0; i < n; i++)
    {
      vv_test_window_key (names[i]);
      g_usleep (PACE_US);
    }
}

/* --- People ------------------------------------------------------------------------------------------------------ */

void
vv_play_sign_in (VvTestWindow *window, const char *person)
{
  vv_play_press (window, "I have read this");
  vv_play_press (window, person);
  vv_play_press (window, "Sign in");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "*" VV_PLAY_NUMBER);
}

void
vv_play_sign_out (VvTestWindow *window)
{
  vv_play_press (window, "Lock");
  vv_play_press (window, "Sign out");
  vv_test_window_wait (window, ATSPI_ROLE_PUSH_BUTTON, "I have read this");
}

void
vv_play_open_case (VvTestWindow *window, const char *number)
{
  vv_test_window_click (window, ATSPI_ROLE_LABEL, number);
  vv_test_window_wait (window, ATSPI_ROLE_LIST_ITEM, "Step 3*");
}

/* The window gives the desk back when its last work is done, a moment after Lock. */
VvDesk *
vv_play_sign_in_beside (const char *account, const char *passphrase)
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

void
vv_play_search_beside (void)
{
  g_autoptr (VvDesk) desk = vv_play_sign_in_beside ("examiner", "training examiner");

  vv_test_walk_to_search (desk, vv_play_find_request (desk, VV_PLAY_NUMBER));
  vv_desk_sign_out (desk);
}

gint64
vv_play_find_request (VvDesk *desk, const char *number)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) wanted = vv_json_new ("fis_number", "s", number, NULL);
  g_autoptr (JsonObject) found = vv_desk_find_request (desk, 0, wanted, /* cancellable= */ NULL, &error);

  vv_assert_ok (error);
  return vv_json_int (found, "request");
}

/* Whether the candidate's photograph is the one in @truth, pixel for pixel. */
static gboolean
shows (VvDesk *desk, gint64 request, const char *candidate, const VvPicture *truth)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) what = vv_json_new ("candidate", "s", candidate, NULL);
  g_autoptr (VvPicture)  seen = vv_desk_picture (desk, request, what, /* cancellable= */ NULL, &error);

  vv_assert_ok (error);
  return seen->width == truth->width && seen->height == truth->height && g_bytes_equal (seen->pixels, truth->pixels);
}

char *
vv_play_find_candidate (const char *number, const char *file)
{
  g_autoptr (VvDesk)    desk = vv_play_sign_in_beside ("examiner", "training examiner");
  g_autoptr (GError)    error = NULL;
  g_autofree char      *name = g_strconcat ("data/people/", file, NULL);
  g_autofree char      *path = vv_test_source (name);
  g_autoptr (GBytes)    bytes = vv_test_read (path);
  g_autoptr (VvDecoder) decoder = vv_decoder_new ();
  g_autoptr (VvPicture) truth = vv_decoder_decode (decoder, bytes, file, VV_DECODER_FOREIGN, NULL, NULL, &error);
  gint64                request = vv_play_find_request (desk, number);
  char                 *found = NULL;

  vv_assert_ok (error);
  for (char letter[2] = "A"; found == NULL && letter[0] <= 'L'; letter[0]++)
    if (shows (desk, request, letter, truth))
      found = g_strdup (letter);
  ck_assert_msg (found != NULL, "the person of the probe is not in the pool");
  vv_desk_sign_out (desk);
  return found;
}

/* --- Work on an open case ------------------------------------------------------------------------------------------ */

/* What the probe shows, from the keyboard: an answer goes on to the next component. */
static void
analyse_probe (VvTestWindow *window)
{
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Look at the probe alone*");
  vv_test_window_click (window, ATSPI_ROLE_LABEL, vv_component_all ()->title);
  for (const VvComponent *component = vv_component_all (); component->name != NULL; component++)
    vv_test_window_key (strcmp (component->name, "ears") == 0 ? "p" : "c");
  vv_play_fill (window, "What can be compared*", "All but the inner ear, which lies in shadow");
  vv_play_picture ("04-probe-analysis.png");
  vv_play_press (window, "Lock the analysis");
}

void
vv_play_search (VvTestWindow *window)
{
  vv_play_fill (window, "Reason", "The owner saw the robbery; the camera shows the person leaving.");
  vv_play_picture ("03-authorised-use.png");
  vv_play_press (window, "Confirm the use");
  vv_test_window_wait (window, ATSPI_ROLE_PUSH_BUTTON, "Use this face");
  vv_play_picture ("04-probe.png");
  vv_play_press (window, "Use this face");
  analyse_probe (window);
  vv_play_press (window, "Search");
  vv_test_window_wait (window, VV_ANY_ROLE, "12 of 12 left to look at");
  vv_play_picture ("05-pool.png");
}

void
vv_play_dispose (VvTestWindow *window, const char *letters, const char *kept)
{
  g_autofree char *chosen = vv_test_window_find (window, ATSPI_ROLE_LABEL, "Candidate A");
  char             letter[2] = { 0 };
  gboolean         excluded = FALSE;

  for (gsize i = 0; letters[i] != '\0'; i++)
    {
      g_autofree char *name = g_strdup_printf ("Candidate %c", letters[i]);

      letter[0] = letters[i];
      vv_test_window_wait_name (window, chosen, name);
      vv_test_window_key (g_strcmp0 (letter, kept) == 0 ? "k" : "x");
      if (!excluded && g_strcmp0 (letter, kept) != 0) /* the component stays chosen */
        {
          vv_test_window_key ("n");
          vv_test_window_key ("Tab");
          excluded = TRUE;
        }
      vv_test_window_type (g_strcmp0 (letter, kept) == 0 ? "Similar nose and eyes" : "Other shape of nose and face");
      vv_test_window_key ("Return");
    }
}

void
vv_play_fill_comparison (VvTestWindow *window)
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
  vv_play_fill (window, "What is similar*", "Length and bridge of the nose\nSpacing of the eyes");
  vv_play_fill (window, "What is different*", "Hair is worn differently; hair changes");
  /* From the first text by Tab to the list of conclusions, and its third step, below "choose one". */
  vv_test_window_click (window, ATSPI_ROLE_TEXT, "What is similar*");
  vv_play_keys (to_third_conclusion, G_N_ELEMENTS (to_third_conclusion));
}

void
vv_play_compare (VvTestWindow *window, const char *candidate)
{
  g_autofree char *tile = g_strdup_printf ("Candidate %s,*", candidate);

  vv_test_window_click (window, VV_ANY_ROLE, tile);
  vv_play_press (window, "Compare on the bench");
  vv_play_fill_comparison (window);
  vv_play_picture ("06-bench.png");
  vv_play_press (window, "Lock comparison");
  vv_play_press (window, "Back to the case");
}

void
vv_play_propose (VvTestWindow *window)
{
  static const char *const to_reliable[] = { "Tab", "space", "Home", "Down", "Return" };

  vv_play_step (window, "8");
  vv_play_fill (window, "Source", "Custody record");
  vv_play_fill (window, "Finding", "At liberty on the day");
  vv_play_fill (window, "Fit with the case", "Lives two streets from the shop");
  vv_play_fill (window, "Reasons", "Nothing speaks against it");
  vv_test_window_click (window, ATSPI_ROLE_TEXT, "Fit with the case");
  vv_play_keys (to_reliable, G_N_ELEMENTS (to_reliable));
  vv_play_picture ("07-background.png");
  vv_play_press (window, "Lock the background check");
  /* The next step opens by itself. */
  vv_play_press (window, "Submit for peer review");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Waiting for peer review");
}

/* --- Review and decision ------------------------------------------------------------------------------------------- */

static const char *const next_choice[] = { "Tab", "space" };

void
vv_play_review (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training peer reviewer");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_step (window, "9");
  vv_play_press (window, "Open the bench");
  vv_play_fill_comparison (window);
  vv_play_keys (next_choice, G_N_ELEMENTS (next_choice)); /* I agree */
  vv_play_fill (window, "Why you agree or not", "I see the same similarities");
  vv_play_picture ("08-peer-review.png");
  vv_play_press (window, "Lock p*");
  vv_play_press (window, "Back to the case");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Waiting for the supervisor");
  vv_play_sign_out (window);
}

static void
sign_decision (VvTestWindow *window, const char *reasons)
{
  vv_play_fill (window, "Reasons for the decision", reasons);
  vv_play_picture ("09-decision.png");
  vv_test_window_click (window, VV_ANY_ROLE, "Your pass phrase, to sign the decision");
  vv_test_window_type ("training supervisor");
  vv_play_press (window, "Sign the decision");
}

static void
open_decision (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training supervisor");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_step (window, "10");
  vv_play_press (window, "Open the decision page");
}

static void
direct (VvTestWindow *window)
{
  vv_play_press (window, "Direct the report");
  vv_play_press (window, "Back to the case");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Report to be prepared");
  vv_play_sign_out (window);
}

void
vv_play_approve (VvTestWindow *window)
{
  open_decision (window);
  vv_play_fill_comparison (window);
  vv_play_keys (next_choice, G_N_ELEMENTS (next_choice)); /* Approve */
  sign_decision (window, "In agreement with both");
  direct (window);
}

void
vv_play_confirm_none (VvTestWindow *window)
{
  open_decision (window);
  vv_test_window_click (window, VV_ANY_ROLE, "Confirm that there is no candidate");
  sign_decision (window, "I looked at all twelve");
  direct (window);
}

void
vv_play_disagree (VvTestWindow *window, const char *reasons)
{
  open_decision (window);
  vv_test_window_click (window, VV_ANY_ROLE, "Not in agreement");
  sign_decision (window, reasons);
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "You are not in agreement*");
  vv_play_press (window, "Back to the case");
  vv_test_window_wait (window, ATSPI_ROLE_LABEL, "Supervisor not in agreement: work goes on");
  vv_play_sign_out (window);
}

void
vv_play_report (VvTestWindow *window)
{
  vv_play_sign_in (window, "Training examiner");
  vv_play_open_case (window, VV_PLAY_NUMBER);
  vv_play_step (window, "13");
  vv_play_press (window, "Make the report");
  vv_play_press (window, "Open the report");
  vv_test_window_wait (window, VV_ANY_ROLE, "Page 1 of *");
  /* The window sends by itself what waits for ECMS. */
  vv_test_window_gone (window, VV_ANY_ROLE, "Waiting to be sent*");
  vv_play_picture ("10-report.png");
}

/* --- The record, as anybody may check it -------------------------------------------------------------------------------- */

VvDesk *
vv_play_check_record (const char *file)
{
  VvDesk                *desk = vv_play_sign_in_beside ("supervisor", "training supervisor");
  gint64                 request = vv_play_find_request (desk, VV_PLAY_NUMBER);
  g_autoptr (GError)     error = NULL;
  g_autofree char       *pdf = vv_play_file (file);
  g_autofree char       *audit = vv_play_file ("audit.json");
  g_autoptr (JsonObject) to = vv_json_new ("file", "s", pdf, "recipient", "s", "Assigned investigator", "authority", "s", "Training", NULL);
  g_autoptr (JsonObject) verified = vv_desk_verify_audit (desk, 0, NULL, NULL, &error);
  g_autoptr (JsonObject) exported = vv_desk_export_report (desk, request, to, NULL, &error);
  g_autoptr (JsonObject) shown = vv_desk_show_request (desk, request, NULL, NULL, &error);
  g_autoptr (JsonNode)   node = NULL;
  g_autofree char       *text = NULL;

  vv_assert_ok (error);
  ck_assert (vv_json_bool (verified, "ok"));
  ck_assert_str_eq (vv_json_string (shown, "status"), "acknowledged");
  node = json_node_init_object (json_node_alloc (), verified);
  text = vv_json_pretty (node);
  ck_assert (g_file_set_contents (audit, text, -1, &error));
  return desk;
}

Suite *
vv_play_suite (const char *name, const TTest *test)
{
  Suite *suite = suite_create (name);
  TCase *play = tcase_create ("play");

  tcase_add_unchecked_fixture (play, make_desk, remove_desk);
  tcase_set_timeout (play, 0);
  tcase_add_test (play, test);
  suite_add_tcase (suite, play);
  return suite;
}
