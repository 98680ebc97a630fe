// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-compare-page.h"
#include "vv-comparison-form.h"
#include "vv-finding-list.h"
#include "vv-json.h"
#include "vv-page.h"
#include "vv-report-view.h"
#include "vv-review-page.h"
#include "vv-test.h"

/* The pages for comparing and deciding, on a training desk, driven through their widgets. */

/* --- The bench ---------------------------------------------------------------------------------------------- */

static void
fill_form (GtkWidget *page)
{
  for (guint i = 0; i < 14; i++)
    gtk_toggle_button_set_active (vv_page_find (page, GTK_TYPE_TOGGLE_BUTTON, i % 3 == 0 ? "Different" : "Similar", i), TRUE);
  vv_page_type (page, 0, "The nose is broad at the root in both.\nThe ear lobes hang free in both.");
  vv_page_type (page, 1, "The hair is shorter in the probe.");
  gtk_drop_down_set_selected (vv_page_find (vv_page_find (page, VV_TYPE_COMPARISON_FORM, NULL, 0), GTK_TYPE_DROP_DOWN, NULL, 0), 3);
}

static void
on_closed_cb (GtkWidget *page, gboolean locked, gpointer data)
{
  *(int *) data = locked ? 1 : 0;
}

START_TEST (compare_page__keeps_draft_and_locks_blind)
{
  gint64                 request = vv_page_make_pool ();
  GtkWidget             *page = vv_compare_page_new (vv_page_desk ());
  GtkWidget             *window = vv_page_open_window (page);
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (JsonObject) draft = NULL;
  g_autofree char       *text = NULL;
  int                    closed = -1;

  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  vv_page_wait_text (page, "12 of 12 left");
  vv_page_run_for (1000);
  vv_page_keep_shot ("bench-empty");
  ck_assert (!gtk_widget_get_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Lock comparison", 0)));

  fill_form (page);
  vv_page_run_for (800);
  draft = vv_page_act (vv_desk_draft, request, vv_json_new ("key", "s", "comparison-B", NULL));
  ck_assert_str_eq (vv_json_string (vv_json_object (draft, "body"), "conclusion"), "some-support-same");
  vv_page_keep_shot ("bench-full");
  text = vv_page_all_texts (page, FALSE);
  ck_assert_ptr_null (strstr (text, "SYN-"));
  ck_assert_ptr_null (strstr (text, "P0"));

  /* another page, the same draft */
  g_signal_connect (page, "closed", G_CALLBACK (on_closed_cb), &closed);
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Back to the case", 0), "clicked");
  ck_assert_int_eq (closed, 0);
  vv_page_close_window (window);
  page = vv_compare_page_new (vv_page_desk ());
  window = vv_page_open_window (page);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  vv_page_wait_text (page, "14 of 14 parts");
  before = vv_page_show (request);
  ck_assert (gtk_widget_get_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Lock comparison", 0)));
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Lock comparison", 0), "clicked");
  vv_page_wait_text (page, "11 of 12 left");
  after = vv_page_show (request);
  ck_assert_uint_eq (vv_json_length (vv_json_array (after, "records")), vv_json_length (vv_json_array (before, "records")) + 1);
  vv_page_keep_shot ("bench-locked");
  vv_page_close_window (window);
}
END_TEST

static const char *
answer_in (JsonObject *draft, const char *block)
{
  return vv_json_string (vv_json_object (vv_json_object (vv_json_object (draft, "body"), "blocks"), block), "answer");
}

static const char *
component_of_newest_disposition (JsonObject *shown)
{
  JsonArray  *records = vv_json_array (shown, "records");
  const char *component = NULL;

  for (guint i = 0; i < vv_json_length (records); i++)
    if (g_str_equal (vv_json_string (vv_json_element (records, i), "kind"), "disposition"))
      component = vv_json_string (vv_json_object (vv_json_element (records, i), "body"), "component");
  return component;
}

START_TEST (compare_page__works_from_the_keyboard)
{
  gint64                 request;
  GtkWidget             *page, *window;
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (JsonObject) shown = NULL;
  int                    closed = -1;

  if (g_find_program_in_path ("xdotool") == NULL)
    return;
  request = vv_page_make_pool ();
  page = vv_compare_page_new (vv_page_desk ());
  window = vv_page_open_window (page);
  g_signal_connect (page, "closed", G_CALLBACK (on_closed_cb), &closed);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "A");
  vv_page_wait_text (page, "12 of 12 left");
  vv_page_press ("mousemove 200 300 click 1");
  vv_page_press ("key space");
  vv_page_wait_text (page, "Candidate B");
  vv_page_press ("key l");
  ck_assert (gtk_toggle_button_get_active (vv_page_find (page, GTK_TYPE_TOGGLE_BUTTON, "Landmarks", 0)));
  vv_page_press ("key F6");
  vv_page_press ("key s Down d Down c Down n");
  vv_page_press ("key x");
  vv_page_press ("key e e e Tab Return"); /* eyebrows, eyes, ears: "Ears: different" is taken as it is */
  vv_page_wait_text (page, "11 of 12 left");
  vv_page_press ("key Escape");
  ck_assert_int_eq (closed, 0);
  draft = vv_page_act (vv_desk_draft, request, vv_json_new ("key", "s", "comparison-B", NULL));
  ck_assert_str_eq (answer_in (draft, "eyes"), "similar");
  ck_assert_str_eq (answer_in (draft, "ears"), "different");
  ck_assert_str_eq (answer_in (draft, "nose"), "cannot-tell");
  ck_assert_str_eq (answer_in (draft, "chin"), "not-visible");
  shown = vv_page_show (request);
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (shown, "pool"), 1), "disposition"), "excluded");
  ck_assert_str_eq (component_of_newest_disposition (shown), "ears");
  vv_page_close_window (window);
}
END_TEST

/* --- From the proposal to the report ------------------------------------------------------------------------- */

/* Candidate B compared, checked and proposed, the rest disposed of. */
static gint64
make_proposal (void)
{
  gint64                 request = vv_page_make_pool ();
  g_autoptr (JsonObject) shown = vv_page_show (request);
  JsonArray             *pool = vv_json_array (shown, "pool");
  JsonArray             *rest = json_array_new ();
  JsonArray             *sources = json_array_new ();
  JsonObject            *comparison;
  g_autoptr (JsonObject) marked = NULL;

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (!g_str_equal (vv_json_string (vv_json_element (pool, i), "candidate"), "B"))
      json_array_add_string_element (rest, vv_json_string (vv_json_element (pool, i), "candidate"));
  vv_page_do_act (vv_desk_dispose, request,
                  vv_json_new ("candidates", "a", rest, "disposition", "s", "excluded", "component", "s", "nose", "reason", "s", "Other features", NULL));
  comparison = vv_page_whole_comparison ("B", "different");
  marked = vv_json_parse ("{\"findings\":[{\"component\":\"nose\",\"answer\":\"similar\",\"text\":\"A dent below the root\","
                          "\"probe\":{\"mark\":\"point\",\"points\":[[60,70]]},\"candidate\":{\"mark\":\"point\",\"points\":[[200,250]]}}]}",
                          -1, "test", NULL);
  json_object_set_array_member (comparison, "findings", json_array_ref (vv_json_array (marked, "findings")));
  vv_page_do_act (vv_desk_compare, request, comparison);
  json_array_add_object_element (sources, vv_json_new ("source", "s", "Arrest records", "finding", "s", "In the city at the time", NULL));
  vv_page_do_act (vv_desk_background, request,
                  vv_json_new ("candidate", "s", "B", "sources", "a", sources, "fit", "s", "Lives near the shop", "reliability", "s", "reliable", "reasons", "s", "Recent photograph", NULL));
  vv_page_do_act (vv_desk_propose, request, vv_json_new ("candidate", "s", "B", NULL));
  return request;
}

static void
review_as_peer (gint64 request)
{
  GtkWidget             *page, *window;
  g_autofree char       *text = NULL;
  g_autoptr (JsonObject) shown = NULL;

  vv_page_sign_in ("reviewer", "training reviewer");
  page = vv_compare_page_new (vv_page_desk ());
  window = vv_page_open_window (page);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  vv_page_wait_text (page, "The examiner's record opens");
  vv_page_run_for (500);
  text = vv_page_all_texts (page, FALSE);
  ck_assert_ptr_null (strstr (text, "Training examiner"));
  ck_assert_ptr_null (strstr (text, "shape of the nose"));
  ck_assert_ptr_null (strstr (text, "A dent below the root"));
  ck_assert_uint_eq (vv_finding_list_get_chosen (vv_page_find (page, VV_TYPE_FINDING_LIST, NULL, 0)), 0);
  ck_assert_ptr_null (vv_finding_list_get (vv_page_find (page, VV_TYPE_FINDING_LIST, NULL, 0)));
  ck_assert_ptr_null (strstr (text, "SYN-"));
  fill_form (page);
  gtk_check_button_set_active (vv_page_find (page, GTK_TYPE_CHECK_BUTTON, "I agree", 0), TRUE);
  ck_assert (!gtk_widget_get_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Lock peer review", 0)));
  vv_page_type (page, 2, "The same broad root of the nose.");
  vv_page_keep_shot ("peer");
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Lock peer review", 0), "clicked");
  vv_page_wait_text (page, "It is not changed any more.");
  shown = vv_page_show (request);
  ck_assert_str_eq (vv_json_string (shown, "status"), "peer-reviewed");
  vv_page_close_window (window);
}

static void
decide_as_supervisor (gint64 request)
{
  GtkWidget *page, *window;

  vv_page_sign_in ("supervisor", "training supervisor");
  page = vv_review_page_new (vv_page_desk ());
  window = vv_page_open_window (page);
  vv_review_page_open (VV_REVIEW_PAGE (page), request);
  vv_page_wait_text (page, "Parts on which they disagree");
  vv_page_wait_text (page, "Marked on the pictures");
  vv_page_wait_text (page, "Similar. A dent below the root");
  vv_page_run_for (500);
  vv_page_keep_shot ("review");
  fill_form (page);
  gtk_check_button_set_active (vv_page_find (page, GTK_TYPE_CHECK_BUTTON, "Approve", 0), TRUE);
  vv_page_type (page, 2, "Three records agree on the nose and the ears.");
  ck_assert (!gtk_widget_get_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Sign the decision", 0)));

  /* a wrong pass phrase signs nothing and loses nothing */
  gtk_editable_set_text (vv_page_find (page, GTK_TYPE_PASSWORD_ENTRY, NULL, 0), "not the one");
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Sign the decision", 0), "clicked");
  vv_page_wait_text (gtk_widget_get_parent (page), "pass phrase is wrong");
  gtk_editable_set_text (vv_page_find (page, GTK_TYPE_PASSWORD_ENTRY, NULL, 0), "training supervisor");
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Sign the decision", 0), "clicked");
  vv_page_wait_text (page, "Directing the report is a separate act.");
  vv_page_keep_shot ("direct");
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Direct the report", 0), "clicked");
  vv_page_wait_text (page, "The decision is signed and the report directed.");
  vv_page_close_window (window);
}

START_TEST (review_page__decides_and_directs_then_report_shows)
{
  gint64                 request = make_proposal ();
  g_autoptr (JsonObject) shown = NULL;
  GtkWidget             *page, *window;

  review_as_peer (request);
  decide_as_supervisor (request);
  shown = vv_page_show (request);
  ck_assert_str_eq (vv_json_string (shown, "status"), "directed");

  vv_page_sign_in ("examiner", "training examiner");
  vv_page_do_act (vv_desk_report, request, NULL);
  page = vv_report_view_new (vv_page_desk ());
  window = vv_page_open_window (page);
  vv_report_view_open (VV_REPORT_VIEW (page), request, 0);
  vv_page_wait_text (page, "Page 1 of");
  vv_page_wait_text (page, "For Training investigator, Training squad");
  vv_page_run_for (1000);
  vv_page_keep_shot ("report");
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Send now", 0), "clicked");
  vv_page_wait_text (page, "ECMS acknowledged it");
  vv_page_keep_shot ("report-sent");
  vv_page_close_window (window);
}
END_TEST

START_TEST (review_page__confirms_that_there_is_none)
{
  gint64                 request = vv_page_make_pool ();
  g_autoptr (JsonObject) shown = vv_page_show (request);
  g_autoptr (JsonObject) after = NULL;
  JsonArray             *pool = vv_json_array (shown, "pool");
  JsonArray             *all = json_array_new ();
  GtkWidget             *page, *window;

  for (guint i = 0; i < vv_json_length (pool); i++)
    json_array_add_string_element (all, vv_json_string (vv_json_element (pool, i), "candidate"));
  vv_page_do_act (vv_desk_dispose, request,
                  vv_json_new ("candidates", "a", all, "disposition", "s", "excluded", "component", "s", "nose", "reason", "s", "Other features", NULL));
  vv_page_do_act (vv_desk_none, request, vv_json_new ("statement", "s", "Nose and ears differ in all of them.", NULL));
  vv_page_sign_in ("supervisor", "training supervisor");
  page = vv_review_page_new (vv_page_desk ());
  window = vv_page_open_window (page);
  vv_review_page_open (VV_REVIEW_PAGE (page), request);
  vv_page_wait_text (page, "No candidate proposed");
  gtk_check_button_set_active (vv_page_find (page, GTK_TYPE_CHECK_BUTTON, "Confirm that there is no candidate", 0), TRUE);
  vv_page_type (page, 2, "I looked at all of them.");
  gtk_editable_set_text (vv_page_find (page, GTK_TYPE_PASSWORD_ENTRY, NULL, 0), "training supervisor");
  vv_page_keep_shot ("review-none");
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Sign the decision", 0), "clicked");
  vv_page_wait_text (page, "FIS No Match Report");
  after = vv_page_show (request);
  ck_assert_str_eq (vv_json_string (after, "status"), "none-confirmed");
  vv_page_close_window (window);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("pages");
  TCase *pages = tcase_create ("pages");

  tcase_set_timeout (pages, 300);
  tcase_add_checked_fixture (pages, vv_page_set_up, vv_page_tear_down);
  tcase_add_test (pages, compare_page__keeps_draft_and_locks_blind);
  tcase_add_test (pages, compare_page__works_from_the_keyboard);
  tcase_add_test (pages, review_page__decides_and_directs_then_report_shows);
  tcase_add_test (pages, review_page__confirms_that_there_is_none);
  suite_add_tcase (suite, pages);
  return suite;
}

VV_PAGE_MAIN (make_suite)
