// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-compare-page.h"
#include "vv-face-pair.h"
#include "vv-face-window.h"
#include "vv-feature-strips.h"
#include "vv-page.h"
#include "vv-test.h"

/* The ways of looking on the bench, on a training desk, from the keyboard. tests/ui/screenshots runs this for its pictures. */

typedef struct
{
  GtkWidget  *page, *window;
  VvFacePair *pair;
} Bench;

static Bench
open_bench (gint64 request, const char *candidate)
{
  Bench            bench = { .page = vv_compare_page_new (vv_page_desk ()) };
  g_autofree char *title = g_strdup_printf ("Candidate %s", candidate);

  bench.window = vv_page_open_window (bench.page);
  vv_compare_page_open (VV_COMPARE_PAGE (bench.page), request, candidate);
  bench.pair = vv_page_find (bench.page, VV_TYPE_FACE_PAIR, NULL, 0);
  vv_page_wait_text (bench.page, title);
  vv_page_run_for (600);
  vv_face_pair_focus (bench.pair);
  return bench;
}

START_TEST (looks__each_has_a_key_and_says_what_it_shows)
{
  static const char *const says[VV_N_LOOKS] = { "Candidate B", "Drag the line", "Hold B", "Viewing aid", "Viewing aid", "Eyes", "open once your own comparison" };
  static const char *const names[VV_N_LOOKS] = { "side", "wipe", "blink", "overlay", "edges", "strips", "grid" };
  Bench                    bench = open_bench (vv_page_make_pool (), "B");

  vv_page_press ("mousemove 300 500");
  for (int look = 0; look < VV_N_LOOKS; look++)
    {
      g_autofree char *key = g_strdup_printf ("key %d", look + 1);

      vv_page_press (key);
      ck_assert_int_eq (vv_face_pair_get_look (bench.pair), look);
      vv_page_wait_text (bench.page, says[look]);
      vv_page_keep_shot (names[look]);
    }
  vv_page_press ("key 6 key period key period");
  ck_assert_int_eq (vv_feature_strips_get_part (vv_page_find (bench.page, VV_TYPE_FEATURE_STRIPS, NULL, 0)), VV_PART_NOSE);
  vv_page_keep_shot ("strips-nose");
  vv_page_press ("key 1 key l");
  vv_page_keep_shot ("side-landmarks");
  vv_page_press ("key 2 key shift+period key shift+period key shift+period");
  vv_page_keep_shot ("wipe-slanted");
  vv_page_close_window (bench.window);
}
END_TEST

/* Held, the candidate is seen in the place of the probe, and its caption says so. */
START_TEST (looks__held_b_shows_the_other_face)
{
  Bench            bench = open_bench (vv_page_make_pool (), "B");
  g_autofree char *before = NULL, *held = NULL, *after = NULL;

  vv_page_press ("key 3");
  before = vv_page_all_texts (GTK_WIDGET (bench.pair), TRUE);
  vv_page_press ("keydown b");
  held = vv_page_all_texts (GTK_WIDGET (bench.pair), TRUE);
  vv_page_press ("keyup b");
  after = vv_page_all_texts (GTK_WIDGET (bench.pair), TRUE);
  ck_assert_ptr_null (strstr (before, "Candidate B"));
  ck_assert_ptr_nonnull (strstr (held, "Candidate B"));
  ck_assert_str_eq (before, after);
  vv_page_close_window (bench.window);
}
END_TEST

START_TEST (looks__stepping_keeps_them_and_each_person_has_their_own)
{
  gint64 request = vv_page_make_pool ();
  Bench  bench = open_bench (request, "A");

  vv_page_press ("key 4");
  vv_page_press ("key space");
  vv_page_wait_text (bench.page, "Probe and Candidate B");
  ck_assert_int_eq (vv_face_pair_get_look (bench.pair), VV_LOOK_OVERLAY);
  vv_page_close_window (bench.window);
  bench = open_bench (request, "A");
  ck_assert_int_eq (vv_face_pair_get_look (bench.pair), VV_LOOK_OVERLAY);
  vv_page_close_window (bench.window);
  vv_page_sign_in ("supervisor", "training supervisor");
  bench = open_bench (request, "A");
  ck_assert_int_eq (vv_face_pair_get_look (bench.pair), VV_LOOK_SIDE);
  vv_page_close_window (bench.window);
}
END_TEST

/* A number in a text is a number. */
START_TEST (looks__a_text_keeps_its_keys)
{
  Bench bench = open_bench (vv_page_make_pool (), "A");

  vv_face_pair_set_look (bench.pair, VV_LOOK_SIDE);
  gtk_widget_grab_focus (vv_page_find (bench.page, GTK_TYPE_TEXT_VIEW, NULL, 0));
  vv_page_press ("type --delay 20 27b,");
  ck_assert_int_eq (vv_face_pair_get_look (bench.pair), VV_LOOK_SIDE);
  vv_page_close_window (bench.window);
}
END_TEST

static gboolean
is_alone (gpointer pair)
{
  return vv_face_window_of (pair) != NULL;
}

static gboolean
is_home (gpointer pair)
{
  return vv_face_window_of (pair) == NULL;
}

START_TEST (face_window__takes_the_faces_and_brings_them_back)
{
  Bench      bench = open_bench (vv_page_make_pool (), "A");
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (bench.pair));

  vv_face_pair_set_look (bench.pair, VV_LOOK_SIDE);
  vv_page_press ("key F11");
  ck_assert (vv_page_until (is_alone, bench.pair));
  vv_page_wait_text (bench.page, "The faces are in a window of their own");
  vv_page_press ("key 2");
  ck_assert_int_eq (vv_face_pair_get_look (bench.pair), VV_LOOK_WIPE);
  vv_page_press ("key space"); /* goes on to the page */
  vv_page_wait_text (bench.page, "Candidate B");
  vv_page_keep_shot ("full-screen");
  vv_page_press ("key Escape");
  ck_assert (vv_page_until (is_home, bench.pair));
  ck_assert_ptr_eq (gtk_widget_get_parent (GTK_WIDGET (bench.pair)), parent);
  vv_page_press ("key shift+F11");
  ck_assert (vv_page_until (is_alone, bench.pair));
  gtk_widget_set_visible (bench.page, FALSE); /* as when the desk is locked */
  ck_assert (vv_page_until (is_home, bench.pair));
  gtk_widget_set_visible (bench.page, TRUE);
  vv_face_pair_focus (bench.pair);
  vv_page_press ("key shift+F11");
  ck_assert (vv_page_until (is_alone, bench.pair));
  vv_page_close_window (bench.window); /* the page goes first */
}
END_TEST

START_TEST (face_window__presents_one_finding_after_the_other)
{
  Bench bench = open_bench (vv_page_make_pool (), "B");

  vv_face_pair_set_look (bench.pair, VV_LOOK_SIDE);
  vv_page_press ("key F9");
  vv_page_wait_text (gtk_widget_get_parent (bench.page), "There is nothing to present yet");
  ck_assert_ptr_null (vv_face_window_of (bench.pair));
  gtk_toggle_button_set_active (vv_page_find (bench.page, GTK_TYPE_TOGGLE_BUTTON, "Similar", 0), TRUE);
  gtk_toggle_button_set_active (vv_page_find (bench.page, GTK_TYPE_TOGGLE_BUTTON, "Different", 1), TRUE);
  vv_face_pair_focus (bench.pair);
  vv_page_press ("key F9");
  ck_assert (vv_page_until (is_alone, bench.pair));
  vv_page_wait_text (gtk_widget_get_parent (GTK_WIDGET (bench.pair)), "1 of 2");
  vv_page_keep_shot ("presentation");
  vv_page_press ("key space");
  vv_page_wait_text (gtk_widget_get_parent (GTK_WIDGET (bench.pair)), "2 of 2");
  vv_page_wait_text (gtk_widget_get_parent (GTK_WIDGET (bench.pair)), "Ears");
  vv_page_press ("key shift+space key Escape");
  ck_assert (vv_page_until (is_home, bench.pair));
  vv_page_close_window (bench.window);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("looks");
  TCase *looks = tcase_create ("looks");

  tcase_add_checked_fixture (looks, vv_page_set_up, vv_page_tear_down);
  tcase_set_timeout (looks, 300);
  if (g_find_program_in_path ("xdotool") != NULL)
    {
      tcase_add_test (looks, looks__each_has_a_key_and_says_what_it_shows);
      tcase_add_test (looks, looks__held_b_shows_the_other_face);
      tcase_add_test (looks, looks__stepping_keeps_them_and_each_person_has_their_own);
      tcase_add_test (looks, face_window__takes_the_faces_and_brings_them_back);
      tcase_add_test (looks, face_window__presents_one_finding_after_the_other);
      tcase_add_test (looks, looks__a_text_keeps_its_keys);
    }
  suite_add_tcase (suite, looks);
  return suite;
}

VV_PAGE_MAIN (make_suite)
