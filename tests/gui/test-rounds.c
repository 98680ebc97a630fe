// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-addressee.h"
#include "vv-case-page.h"
#include "vv-json.h"
#include "vv-page.h"
#include "vv-report-view.h"
#include "vv-requests-page.h"
#include "vv-session.h"
#include "vv-test-desk.h"
#include "vv-test.h"

/* The windows for what is not the straight way: searches that are made again, work that goes back, records that leave. One session of one person at a time, driven through its widgets. */

static GSettings *settings;
static GtkWidget *window;

/* Signs in, opens the window, and the case in it. */
static GtkWidget *
open_case (const char *account, gint64 request)
{
  g_autofree char *passphrase = g_strdup_printf ("training %s", account);
  GtkWidget       *session;

  /* The window before may still be at work: signing out waits for it. */
  vv_desk_sign_out (vv_page_desk ());
  vv_page_sign_in (account, passphrase);
  session = vv_session_new (vv_page_desk (), settings);
  window = vv_page_open_window (session);
  g_signal_emit_by_name (vv_page_find (session, VV_TYPE_REQUESTS_PAGE, NULL, 0), "open", request);
  vv_page_wait_text (session, "What happened");
  return session;
}

static gint64
first_request (void)
{
  g_autoptr (JsonObject) list = NULL;

  vv_page_sign_in ("examiner", "training examiner");
  list = vv_page_act (vv_desk_list_requests, 0, NULL);
  return vv_json_int (vv_json_element (vv_json_array (list, "requests"), 0), "id");
}

static gboolean
is_offered (GtkWidget *in, const char *label)
{
  GtkWidget *button = vv_page_find (in, GTK_TYPE_BUTTON, label, 0);

  return gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button);
}

static gboolean
is_offered_cb (gpointer data)
{
  gpointer *wanted = data;

  return is_offered (wanted[0], wanted[1]);
}

/* Once it may be pressed. */
static void
press (GtkWidget *in, const char *label)
{
  gpointer wanted[] = { in, (gpointer) label };

  ck_assert_msg (vv_page_until (is_offered_cb, wanted), "“%s” cannot be pressed", label);
  g_signal_emit_by_name (vv_page_find (in, GTK_TYPE_BUTTON, label, 0), "clicked");
}

/* The chosen step of the case. */
static void
choose_step (GtkWidget *session, const char *label)
{
  vv_page_wait_text (session, label);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *texts = NULL;
      GtkWidget       *row = vv_page_find (session, GTK_TYPE_LIST_BOX_ROW, NULL, i);

      texts = vv_page_all_texts (row, FALSE);
      if (strstr (texts, label) == NULL)
        continue;
      gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
      return;
    }
  ck_abort_msg ("there is no step %s", label);
}

/* Says who receives a copy (nullable: whom it names already) and by what authority. */
static void
address (GtkWidget *in, const char *recipient, const char *authority)
{
  GtkWidget *addressee = vv_page_find (in, VV_TYPE_ADDRESSEE, NULL, 0);

  if (recipient != NULL)
    gtk_editable_set_text (vv_page_find (addressee, GTK_TYPE_ENTRY, NULL, 0), recipient);
  gtk_editable_set_text (vv_page_find (addressee, GTK_TYPE_ENTRY, NULL, 1), authority);
}

/* --- Loops ---------------------------------------------------------------------------------------------------------------- */

/* To a candidate whose review is locked. Returns: (transfer full) its letters. */
static char *
make_reviewed (gint64 request)
{
  char *candidate;

  vv_test_walk_to_search (vv_page_desk (), request);
  candidate = vv_test_candidate (vv_page_desk (), request, 1);
  vv_test_propose (vv_page_desk (), request, candidate);
  vv_test_review (vv_page_desk (), request, candidate);
  return candidate;
}

START_TEST (disagreement__goes_back_with_reasons_and_a_search_is_made_again)
{
  gint64           request = first_request ();
  g_autofree char *candidate = make_reviewed (request);
  GtkWidget       *session, *case_page;
  g_autofree char *texts = NULL;

  vv_test_decide (vv_page_desk (), request, "not-agreed", candidate);
  session = open_case ("examiner", request);
  case_page = vv_page_find (session, VV_TYPE_CASE_PAGE, NULL, 0);
  vv_page_wait_text (case_page, "is not in agreement about candidate");
  vv_page_wait_text (case_page, "All of it was read.");         /* the reasons */
  vv_page_wait_text (case_page, "This is the step to do now."); /* the comparison, not the end of the list */
  vv_page_wait_text (case_page, "Visual comparison");
  vv_page_run_for (500);
  vv_page_keep_shot ("loop-comparison");

  choose_step (case_page, "6  Search");
  vv_page_wait_text (case_page, "SHA-256 of the template");
  press (case_page, "Make the search again");
  vv_page_wait_text (case_page, "The same: template, pool");
  vv_page_keep_shot ("search-run");
  press (case_page, "Search again");
  vv_page_wait_text (case_page, "Search 2 of 2");
  choose_step (case_page, "7  Comparison");
  vv_page_wait_text (case_page, "12 of 12 left");
  vv_page_wait_text (case_page, "Visual comparison (search 1 of 2, as it was)");
  vv_page_wait_text (case_page, "is not in agreement about candidate");
  vv_page_close_window (window);

  /* Handed in again, with the other outcome. */
  vv_test_say_none (vv_page_desk (), request);
  session = open_case ("examiner", request);
  choose_step (session, "7  Comparison");
  vv_page_run_for (500);
  texts = vv_page_all_texts (session, TRUE);
  ck_assert_ptr_null (strstr (texts, "is not in agreement about"));
  vv_page_close_window (window);

  vv_test_decide (vv_page_desk (), request, "none-confirmed", NULL);
  vv_page_do_act (vv_desk_direct, request, vv_json_new ("report", "s", "no-match", "recipient", "s", "Training investigator", NULL));
  session = open_case ("examiner", request);
  choose_step (session, "13  Report");
  press (session, "Preview the report");
  vv_page_wait_text (session, "FIS No Match Report");
  vv_page_wait_text (session, "Not issued.");
  press (session, "Issue");
  vv_page_wait_text (session, "SHA-256 of the document");
  press (session, "Back to the case");
  vv_page_wait_text (session, "No possible match candidate was found in the photo repository.");
  press (session, "Send the records to ECMS");
  vv_page_wait_text (session, "SHA-256 of its manifest");
  gtk_expander_set_expanded (vv_page_find (session, GTK_TYPE_EXPANDER, NULL, 0), TRUE);
  vv_page_wait_text (session, "Nothing left the section but what went to ECMS.");
  vv_page_keep_shot ("records");
  vv_page_close_window (window);
}
END_TEST

/* A second candidate of the same pool, on which the peer and the examiner disagree. */
static void
propose_second (gint64 request, const char *candidate)
{
  g_autofree char       *comparison = vv_test_comparison ();
  g_autoptr (JsonObject) review = vv_test_json ("{'candidate':'%s','comparison':{%s},'agrees':false,'reasons':'The ears are not the same.'}", candidate, comparison);

  vv_test_sign_in (vv_page_desk (), "examiner");
  vv_test_compare (vv_page_desk (), request, candidate);
  vv_page_do_act (vv_desk_background, request, vv_test_json ("{'candidate':'%s','sources':[{'source':'Arrest record','finding':'Lives near.'}],'fit':'Fits.','reliability':'doubtful','reasons':'One source.'}", candidate));
  vv_page_do_act (vv_desk_propose, request, vv_json_new ("candidate", "s", candidate, NULL));
  vv_test_sign_in (vv_page_desk (), "reviewer");
  vv_page_do_act (vv_desk_peer_review, request, json_object_ref (review));
}

START_TEST (several__each_has_its_reviews_and_its_report)
{
  gint64           request = first_request ();
  g_autofree char *first = make_reviewed (request);
  g_autofree char *second = vv_test_candidate (vv_page_desk (), request, 2);
  GtkWidget       *session;

  vv_test_decide (vv_page_desk (), request, "approved", first);
  propose_second (request, second);

  /* The supervisor has both records beside each other, and approves it all the same. */
  session = open_case ("supervisor", request);
  choose_step (session, "10  Supervisor");
  press (session, "Open the decision page");
  vv_page_wait_text (session, "Peer reviewer: does not agree");
  vv_page_wait_text (session, "The ears are not the same.");
  vv_page_run_for (1000);
  vv_page_keep_shot ("review-disagreement");
  vv_page_close_window (window);
  vv_test_decide (vv_page_desk (), request, "approved", second);
  vv_page_do_act (vv_desk_direct, request, vv_json_new ("report", "s", "possible-match", "recipient", "s", "Training investigator", NULL));

  session = open_case ("examiner", request);
  choose_step (session, "13  Report");
  press (session, "Make the report");
  vv_page_wait_text (session, "The next one is to be made.");
  press (session, "Make the report");
  vv_page_wait_text (session, "The report is made. It cannot be changed.");
  choose_step (session, "9  Peer review");
  vv_page_wait_text (session, "The ears are not the same.");
  vv_page_close_window (window);
}
END_TEST

START_TEST (declined__says_so_and_waits_for_ecms)
{
  gint64     request = first_request ();
  GtkWidget *session;

  /* ECMS is away: nothing may be called done. */
  vv_test_sign_in (vv_page_desk (), "admin");
  vv_page_do_act (vv_desk_ecms, 0, vv_json_new ("transport", "s", "folder", "path", "s", "/nonexistent/ecms", "folder", "s", "{case_number}/{fis_number}", NULL));
  vv_test_sign_in (vv_page_desk (), "examiner");
  vv_page_do_act (vv_desk_confirm_use, request,
                  vv_json_new ("decision", "s", "declined", "code", "s", "a", "reason", "s", "No crime is named.", NULL));
  session = open_case ("examiner", request);
  choose_step (session, "4  Authorised use");
  vv_page_wait_text (session, "The use was declined: nothing is searched.");
  vv_page_wait_text (session, "waits until ECMS has acknowledged it");
  vv_page_wait_text (session, "authorised use.json");
  vv_page_wait_text (session, "Waiting for ECMS"); /* the step */
  vv_page_keep_shot ("declined");
  vv_page_close_window (window);
}
END_TEST

static void
set_up (void)
{
  vv_page_set_up ();
  settings = g_settings_new_with_path ("org.visavis.Visavis.Person", "/org/visavis/Visavis/people/examiner/");
}

static void
tear_down (void)
{
  g_clear_object (&settings);
  vv_page_tear_down ();
}

/* --- What the case page tells beside the steps ------------------------------------------------------------------------------ */

/* How many photographs the view log has as seen small, in the pool. */
static guint
n_small (gint64 request)
{
  g_autoptr (JsonObject) log = NULL;
  guint                  n = 0;

  vv_page_sign_in ("supervisor", "training supervisor");
  log = vv_page_act (vv_desk_view_log, 0, vv_json_new ("request", "i", request, NULL));
  for (guint i = 0; i < vv_json_length (vv_json_array (log, "views")); i++)
    n += vv_json_bool (vv_json_element (vv_json_array (log, "views"), i), "small") ? 1 : 0;
  return n;
}

START_TEST (case_page__logs_the_pool_once_and_says_what_protected_the_case)
{
  gint64                 request = vv_page_make_pool ();
  g_autoptr (JsonObject) shown = vv_page_show (request);
  guint                  pool = vv_json_length (vv_json_array (shown, "pool"));
  GtkWidget             *session = open_case ("examiner", request);
  GtkWidget             *expander;

  choose_step (session, "7  Comparison");
  vv_page_wait_text (session, "Not looked at yet");
  vv_page_run_for (500);
  expander = vv_page_find (session, GTK_TYPE_EXPANDER, "What protected this case", 0);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  vv_page_wait_text (session, "For privacy");
  vv_page_wait_text (session, "The authorised use was checked before anything was searched");
  vv_page_wait_text (session, "What the probe shows was locked before there was a pool");
  vv_page_wait_text (session, "Looking at photographs was entered in the audit chain");
  vv_page_keep_shot ("controls");
  vv_page_close_window (window);
  ck_assert_uint_eq (n_small (request), pool);
}
END_TEST

/* --- Copies that leave the section (R-112) ----------------------------------------------------------------------------------- */

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_begins (const char *path, gsize offset, const char *text)
{
  g_autoptr (GBytes) bytes = NULL;

  ck_assert_msg (vv_page_until (is_there, (gpointer) path), "%s was not saved", path);
  bytes = vv_test_read (path);
  ck_assert_uint_gt (g_bytes_get_size (bytes), offset + strlen (text));
  ck_assert_mem_eq ((const char *) g_bytes_get_data (bytes, NULL) + offset, text, strlen (text));
}

static void
assert_left (gint64 request, guint place, const char *what, const char *recipient, const char *authority)
{
  g_autoptr (JsonObject) log = vv_page_act (vv_desk_dissemination, request, NULL);
  JsonObject            *entry = vv_json_element (vv_json_array (log, "entries"), place);

  ck_assert_pstr_eq (vv_json_string (entry, "what"), what);
  ck_assert_pstr_eq (vv_json_string (entry, "recipient"), recipient);
  ck_assert_pstr_eq (vv_json_string (entry, "authority"), authority);
}

/* The supervisor saves a copy of the report and the records for a court, through the windows and the chooser. */
START_TEST (copies__of_report_and_records_leave_with_their_entry)
{
  gint64           request = vv_page_make_pool ();
  g_autofree char *dir = vv_test_make_dir ();
  g_autofree char *pdf = g_build_filename (dir, "report.pdf", NULL);
  g_autofree char *tar = g_build_filename (dir, "records.tar", NULL);
  g_autofree char *recent = NULL;
  g_autofree char *listed = NULL;
  GtkWidget       *session, *view;

  vv_test_say_none (vv_page_desk (), request);
  vv_test_decide (vv_page_desk (), request, "none-confirmed", NULL);
  vv_test_direct_and_report (vv_page_desk (), request, "no-match");

  session = open_case ("supervisor", request);
  choose_step (session, "13  Report and records");
  ck_assert (!gtk_widget_get_sensitive (vv_page_find (session, GTK_TYPE_BUTTON, "Save the records…", 0)));
  address (session, "County Court, part 32", "Subpoena 77");
  press (session, "Save the records…");
  vv_page_save_to (tar);
  assert_begins (tar, 257, "ustar");
  assert_left (request, 0, "records", "County Court, part 32", "Subpoena 77");

  press (session, "Open the report");
  view = vv_page_find (session, VV_TYPE_REPORT_VIEW, NULL, 0);
  vv_page_wait_text (view, "Page 1 of");
  /* Whom it was directed to is there already; by what authority is for the person to say. */
  ck_assert (!gtk_widget_get_sensitive (vv_page_find (view, GTK_TYPE_BUTTON, "Save a copy…", 0)));
  address (view, NULL, "Procedure 212-129, step 13");
  press (view, "Save a copy…");
  vv_page_save_to (pdf);
  assert_begins (pdf, 0, "%PDF-");
  assert_left (request, 1, "report", "Training investigator", "Procedure 212-129, step 13");
  vv_page_run_for (500); /* GTK would write its list a moment later */
  recent = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  if (g_file_get_contents (recent, &listed, NULL, NULL))
    ck_assert_msg (strstr (listed, "records.tar") == NULL && strstr (listed, "report.pdf") == NULL, "%s", listed);
  vv_page_close_window (window);
  vv_test_remove_dir (g_steal_pointer (&dir));
}
END_TEST

/* The form that comes with the number can be seen before. */
START_TEST (number_panel__previews_the_form_of_a_telephone_request)
{
  g_autoptr (JsonObject) made = NULL;
  GtkWidget             *session;

  vv_page_sign_in ("examiner", "training examiner");
  made = vv_page_act (vv_desk_new_request, 0,
                      vv_json_new ("channel", "s", "phone", "case_number", "s", "7", "summary", "s", "Told by telephone.", "subject_role",
                                   "s", "suspect", "identity_unknown", "b", TRUE,
                                   "requester", "o", vv_json_new ("name", "s", "An investigator", "command", "s", "44 Squad", NULL),
                                   "use", "o", vv_json_new ("code", "s", "a", "tense", "s", "has committed", "offence", "s", "Robbery", "basis", "s", "Seen.", NULL), NULL));
  session = open_case ("supervisor", vv_json_int (made, "request"));
  choose_step (session, "3  Number and examiner");
  press (session, "Preview the FIS Request DD5");
  vv_page_wait_text (session, "Page 1 of");
  vv_page_keep_shot ("dd5-preview");
  gtk_widget_activate_action (session, "session.back", NULL);
  press (session, "Give FIS number");
  vv_page_wait_text (session, "Assign");
  vv_page_close_window (window);
}
END_TEST

/* A request that follows an earlier one up leads to it. */
START_TEST (case_page__leads_to_the_earlier_request)
{
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) made = NULL;
  g_autofree char       *label = NULL;
  const char            *number;
  GtkWidget             *session;

  vv_page_sign_in ("examiner", "training examiner");
  list = vv_page_act (vv_desk_list_requests, 0, NULL);
  number = vv_json_string (vv_json_element (vv_json_array (list, "requests"), 1), "fis_number");
  label = g_strdup_printf ("Follows up FIS %s", number);
  made = vv_page_act (vv_desk_new_request, 0,
                      vv_json_new ("channel", "s", "phone", "case_number", "s", "7", "summary", "s", "A better picture came.",
                                   "subject_role", "s", "suspect", "identity_unknown", "b", TRUE,
                                   "parent_fis_number", "s", number, "requester", "o", vv_json_new ("name", "s", "An investigator", "command", "s", "44 Squad", NULL),
                                   "use", "o", vv_json_new ("code", "s", "a", "tense", "s", "has committed", "offence", "s", "Robbery", "basis", "s", "Seen.", NULL), NULL));
  session = open_case ("examiner", vv_json_int (made, "request"));
  vv_page_wait_text (session, label);
  g_signal_emit_by_name (vv_page_find (session, GTK_TYPE_LINK_BUTTON, label, 0), "clicked");
  vv_page_wait_text (session, "Assault at a bus stop");
  vv_page_close_window (window);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("rounds");
  TCase *rounds = tcase_create ("rounds");

  tcase_set_timeout (rounds, 300);
  tcase_add_checked_fixture (rounds, set_up, tear_down);
  tcase_add_test (rounds, disagreement__goes_back_with_reasons_and_a_search_is_made_again);
  tcase_add_test (rounds, several__each_has_its_reviews_and_its_report);
  tcase_add_test (rounds, case_page__logs_the_pool_once_and_says_what_protected_the_case);
  tcase_add_test (rounds, case_page__leads_to_the_earlier_request);
  tcase_add_test (rounds, copies__of_report_and_records_leave_with_their_entry);
  tcase_add_test (rounds, number_panel__previews_the_form_of_a_telephone_request);
  tcase_add_test (rounds, declined__says_so_and_waits_for_ecms);
  suite_add_tcase (suite, rounds);
  return suite;
}

VV_PAGE_MAIN (make_suite)
