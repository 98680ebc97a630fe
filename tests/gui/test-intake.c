// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-closing.h"
#include "vv-exhibits.h"
#include "vv-facts.h"
#include "vv-file-row.h"
#include "vv-handschu.h"
#include "vv-intake-page.h"
#include "vv-json.h"
#include "vv-media-list.h"
#include "vv-medium-row.h"
#include "vv-number-panel.h"
#include "vv-page.h"
#include "vv-papers-panel.h"
#include "vv-requests-page.h"
#include "vv-search-panel.h"
#include "vv-test.h"
#include "vv-use-panel.h"

/* Taking a request in, by each channel, through the page's widgets. */

enum
{
  BY_PHONE,
  BY_EMAIL,
  OF_AGENCY,
  BY_ECMS,
  OF_INTELLIGENCE,
};

static gint64 entered;

static void
on_entered_cb (GtkWidget *page, gint64 request, gpointer data)
{
  entered = request;
}

static GtkWidget *
open_page (GtkWidget **ret_window)
{
  GtkWidget *page = vv_intake_page_new (vv_page_desk ());

  entered = 0;
  *ret_window = vv_page_open_window (page);
  g_signal_connect (page, "entered", G_CALLBACK (on_entered_cb), NULL);
  vv_page_run_for (300);
  return page;
}

/* The entry of that title that can be seen; fails in vv_page_find() when there is none. */
static void
fill (GtkWidget *page, const char *title, const char *text)
{
  for (guint i = 0;; i++)
    {
      AdwEntryRow *row = vv_page_find (page, ADW_TYPE_ENTRY_ROW, NULL, i);

      if (!gtk_widget_is_visible (GTK_WIDGET (row)) || g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title) != 0)
        continue;
      gtk_editable_set_text (GTK_EDITABLE (row), text);
      return;
    }
}

static void
choose (GtkWidget *page, const char *title, guint place)
{
  for (guint i = 0;; i++)
    {
      AdwComboRow *row = vv_page_find (page, ADW_TYPE_COMBO_ROW, NULL, i);

      if (!gtk_widget_is_visible (GTK_WIDGET (row)) || g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title) != 0)
        continue;
      adw_combo_row_set_selected (row, place);
      return;
    }
}

static void
fill_subject (GtkWidget *page)
{
  choose (page, "Use", 3); /* (c) */
  choose (page, "The unidentified person is a", 2);
  vv_page_type (page, 0, "No papers on the body.");
  vv_page_type (page, 1, "Found in the park.");
  gtk_check_button_set_active (vv_page_find (page, GTK_TYPE_CHECK_BUTTON, "The identity of the person in the pictures is unknown", 0),
                               TRUE);
}

static void
enter (GtkWidget *page)
{
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Enter the request", 0), "clicked");
}

static gboolean
is_entered (gpointer data)
{
  return entered != 0;
}

static JsonObject *
wait_entered (void)
{
  ck_assert_msg (vv_page_until (is_entered, NULL), "the request was never entered");
  return vv_page_show (entered);
}

static JsonArray *
draft_media (JsonObject *draft)
{
  return vv_json_array (vv_json_object (draft, "body"), "media");
}

START_TEST (phone__says_what_is_missing_then_enters_and_forgets_the_draft)
{
  GtkWidget             *window, *page;
  g_autofree char       *picture = vv_test_source ("data/people/P007_probe2.jpg");
  g_autoptr (JsonObject) shown = NULL, draft = NULL;
  JsonObject            *medium;

  vv_page_sign_in ("examiner", "training examiner");
  page = open_page (&window);
  vv_page_wait_text (page, "Case number or Complaint Report (PD313-152) number");
  vv_page_keep_shot ("intake-empty");
  enter (page);
  vv_page_wait_text (page, "Still missing: Case number");
  fill (page, "Complaint Report number (PD313-152)", "2026-044-01234");
  fill (page, "Investigator's name", "Det. Rivera");
  fill (page, "Command", "44 Squad");
  fill_subject (page);
  vv_intake_page_add_picture (VV_INTAKE_PAGE (page), picture);
  vv_page_wait_text (page, "1 thing is still missing");
  choose (page, "Source", 3); /* internet */
  fill (page, "What the source is, for example the store camera", "Profile of a shop");
  enter (page);
  vv_page_wait_text (page, "needs its site link");
  ck_assert_int_eq (entered, 0);
  fill (page, "Site link", "https://shop.example/1");
  enter (page);
  vv_page_wait_text (page, "day on which it was captured");
  vv_page_keep_shot ("intake-phone");
  fill (page, "Captured on (year-month-day)", "2026-11-19");
  vv_page_wait_text (page, "Nothing is missing");
  enter (page);
  shown = wait_entered ();
  ck_assert_str_eq (vv_json_string (shown, "channel"), "phone");
  medium = vv_json_element (vv_json_array (shown, "media"), 0);
  ck_assert_str_eq (vv_json_string (medium, "captured_at"), "2026-11-19");
  ck_assert_str_eq (vv_json_string (medium, "obtained_by"), "Det. Rivera");
  vv_page_close_window (window);
  draft = vv_page_act (vv_desk_draft, 0, vv_json_new ("key", "s", "intake", NULL));
  ck_assert_ptr_null (vv_json_object (draft, "body"));
}
END_TEST

START_TEST (draft__comes_back_whole_and_starts_over)
{
  GtkWidget             *window, *page;
  g_autoptr (JsonObject) draft = NULL, none = NULL;
  g_autofree char       *picture = vv_test_source ("data/people/P007_probe2.jpg");
  g_autofree char       *text = NULL;

  vv_page_sign_in ("examiner", "training examiner");
  page = open_page (&window);
  choose (page, "Came by", OF_AGENCY);
  fill (page, "Agency", "Yonkers Police");
  fill (page, "Who asks there", "Sgt. Cole");
  choose (page, "The request came by", 3); /* fax */
  choose (page, "Use", 5);                 /* (e) */
  choose (page, "Which of these", 2);
  fill (page, "Arrest number", "B26-1");
  vv_page_type (page, 1, "Found in the park.");
  vv_intake_page_add_picture (VV_INTAKE_PAGE (page), picture);
  fill (page, "What the source is, for example the store camera", "Door");
  vv_page_close_window (window); /* at once: what is unkept is kept on the way out */

  page = open_page (&window);
  vv_page_wait_text (page, "P007_probe2.jpg");
  draft = vv_page_act (vv_desk_draft, 0, vv_json_new ("key", "s", "intake", NULL));
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_object (vv_json_object (draft, "body"), "request"), "use"), "identification"),
                    "someone else's");
  ck_assert_uint_eq (vv_json_length (draft_media (draft)), 1);
  fill (page, "Address", "Main Street"); /* what came back is kept again, whole */
  vv_page_run_for (800);
  g_clear_pointer (&draft, json_object_unref);
  draft = vv_page_act (vv_desk_draft, 0, vv_json_new ("key", "s", "intake", NULL));
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_object (draft, "body"), "agency_form"), "method"), "fax");
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_object (draft, "body"), "agency_form"), "officer"), "Sgt. Cole");
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_object (vv_json_object (draft, "body"), "request"), "use"), "arrest_number"),
                    "B26-1");
  ck_assert_str_eq (vv_json_string (vv_json_element (draft_media (draft), 0), "source_detail"), "Door");

  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Start over", 0), "clicked");
  vv_page_run_for (800);
  none = vv_page_act (vv_desk_draft, 0, vv_json_new ("key", "s", "intake", NULL));
  ck_assert_ptr_null (vv_json_object (none, "body"));
  text = vv_page_all_texts (page, TRUE);
  ck_assert_ptr_null (strstr (text, "P007_probe2.jpg"));
  vv_page_close_window (window);
}
END_TEST

/* A video of no real format: exhibits are kept, not decoded. */
static char *
make_file (const char *dir, const char *name, const char *content)
{
  char              *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  ck_assert (g_file_set_contents (path, content, -1, &error));
  return path;
}

START_TEST (agency__papers_video_and_player)
{
  GtkWidget             *window, *page;
  g_autoptr (JsonObject) shown = NULL;
  char                  *dir = vv_test_make_dir ();
  g_autofree char       *report = make_file (dir, "report.pdf", "the other agency's report");
  g_autofree char       *video = make_file (dir, "door.mp4", "frames");
  g_autofree char       *player = make_file (dir, "player.zip", "software");
  JsonArray             *exhibits;

  vv_page_sign_in ("examiner", "training examiner");
  page = open_page (&window);
  choose (page, "Came by", OF_AGENCY);
  fill (page, "Agency", "Yonkers Police");
  fill (page, "Who asks there", "Sgt. Cole");
  fill (page, "How to reach the officer", "914-555-0100");
  fill (page, "The agency’s complaint number", "26-1188");
  choose (page, "The request came by", 1);
  fill_subject (page);
  vv_intake_page_add_picture (VV_INTAKE_PAGE (page), video);
  fill (page, "What the source is, for example the store camera", "Door");
  enter (page);
  vv_page_wait_text (page, "Still missing: A copy of the agency's complaint report");
  vv_file_row_set_path (vv_page_find (page, VV_TYPE_FILE_ROW, NULL, 0), report);
  enter (page);
  vv_page_wait_text (page, "A video comes with its player");
  vv_file_row_set_path (vv_page_find (vv_page_find (page, VV_TYPE_MEDIUM_ROW, NULL, 0), VV_TYPE_FILE_ROW, NULL, 0), player);
  vv_page_wait_text (page, "Nothing is missing");
  vv_page_keep_shot ("intake-agency");
  enter (page);
  shown = wait_entered ();
  exhibits = vv_json_array (shown, "exhibits");
  ck_assert_uint_eq (vv_json_length (exhibits), 3);
  ck_assert_str_eq (vv_json_string (vv_json_element (exhibits, 0), "class"), "complaint-report");
  ck_assert_str_eq (vv_json_string (vv_json_element (exhibits, 1), "class"), "player-package");
  ck_assert_int_eq (vv_json_int (vv_json_element (exhibits, 2), "player"), vv_json_int (vv_json_element (exhibits, 1), "record"));
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "agency_form"), "method"), "email");
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_object (shown, "request"), "requester"), "command"), "Yonkers Police");
  vv_page_close_window (window);
  vv_test_remove_dir (dir);
}
END_TEST

/* What is refused stays, and what was entered is not entered again. */
START_TEST (refused_picture__request_is_entered_once)
{
  GtkWidget             *window, *page;
  g_autoptr (JsonObject) before = NULL, after = NULL, shown = NULL;
  char                  *dir = vv_test_make_dir ();
  g_autofree char       *broken = make_file (dir, "broken.jpg", "no picture at all");

  vv_page_sign_in ("examiner", "training examiner");
  before = vv_page_act (vv_desk_list_requests, 0, NULL);
  page = open_page (&window);
  choose (page, "Came by", BY_EMAIL);
  fill (page, "Case number", "2026/88");
  fill (page, "Investigator's name", "Det. Rivera");
  fill (page, "Command", "44 Squad");
  fill_subject (page);
  vv_intake_page_add_picture (VV_INTAKE_PAGE (page), broken);
  fill (page, "What the source is, for example the store camera", "Door");
  enter (page);
  vv_page_wait_text (page, "broken.jpg");
  vv_page_run_for (1500);
  ck_assert_int_eq (entered, 0);
  vv_page_close_window (window);

  /* Another time: the request goes on from there, without the picture. */
  page = open_page (&window);
  vv_page_wait_text (page, "broken.jpg");
  g_signal_emit_by_name (vv_page_find (page, VV_TYPE_MEDIUM_ROW, NULL, 0), "removed");
  enter (page);
  shown = wait_entered ();
  after = vv_page_act (vv_desk_list_requests, 0, NULL);
  ck_assert_uint_eq (vv_json_length (vv_json_array (after, "requests")), vv_json_length (vv_json_array (before, "requests")) + 1);
  ck_assert_str_eq (vv_json_string (shown, "channel"), "email");
  vv_page_close_window (window);
  vv_test_remove_dir (dir);
}
END_TEST

static void
clear_for_intelligence (const char *account, const char *role)
{
  JsonArray *roles = json_array_new ();

  json_array_add_string_element (roles, role);
  vv_page_sign_in ("admin", "training administrator");
  vv_page_do_act (vv_desk_change_roles, 0, vv_json_new ("account", "s", account, "roles", "a", roles, "intelligence", "b", TRUE, NULL));
}

START_TEST (intelligence__only_for_cleared_accounts)
{
  GtkWidget             *window, *page;
  g_autoptr (JsonObject) shown = NULL;

  vv_page_sign_in ("examiner", "training examiner");
  page = open_page (&window);
  ck_assert_uint_eq (g_list_model_get_n_items (adw_combo_row_get_model (vv_page_find (page, ADW_TYPE_COMBO_ROW, NULL, 0))),
                     OF_INTELLIGENCE);
  vv_page_close_window (window);
  clear_for_intelligence ("examiner", "examiner");

  vv_page_sign_in ("examiner", "training examiner");
  page = open_page (&window);
  choose (page, "Came by", OF_INTELLIGENCE);
  fill (page, "Case number", "IB 2026/4");
  fill (page, "Investigator's name", "Det. Rivera");
  fill (page, "Command", "Intelligence Bureau");
  fill_subject (page);
  enter (page); /* pictures may follow */
  shown = wait_entered ();
  ck_assert (vv_json_bool (shown, "intelligence"));
  vv_page_close_window (window);
}
END_TEST

/* --- The case page's part ------------------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget  *panel;
  gint64      request;
  const char *step;
  char       *said; /* what was refused last */
} Place;

static void
reload (Place *place)
{
  g_autoptr (JsonObject) shown = vv_page_show (place->request);
  JsonArray             *steps = vv_json_array (shown, "steps");

  for (guint i = 0; i < vv_json_length (steps); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (steps, i), "number"), place->step) == 0)
      vv_panel_set_case (VV_PANEL (place->panel), vv_page_desk (), shown, vv_json_element (steps, i));
}

static void
on_failed_cb (Place *place, const char *text)
{
  g_free (place->said);
  place->said = g_strdup (text);
}

static GtkWidget *
open_panel (Place *place, GType type, gint64 request, const char *step)
{
  place->panel = g_object_new (type, NULL);
  place->request = request;
  place->step = step;
  place->said = NULL;
  g_signal_connect_swapped (place->panel, "changed", G_CALLBACK (reload), place);
  g_signal_connect_swapped (place->panel, "failed", G_CALLBACK (on_failed_cb), place);
  reload (place);
  return vv_page_open_window (place->panel);
}

static void
leave_panel (Place *place, GtkWidget *window)
{
  vv_page_close_window (window);
  g_clear_pointer (&place->said, g_free);
}

static void
click (GtkWidget *page, const char *button)
{
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, button, 0), "clicked");
}

static gint64
new_request (const char *channel)
{
  g_autoptr (JsonObject) use = vv_json_new ("code", "s", "c", "basis", "s", "No papers on the body", NULL);
  g_autoptr (JsonObject) made = vv_page_act (
    vv_desk_new_request, 0,
    vv_json_new ("channel", "s", channel, "case_number", "s", "2026/88", "requester", "o",
                 vv_json_new ("name", "s", "Sgt. Cole", "command", "s", "Yonkers Police", NULL), "subject_role", "s",
                 "victim", "summary", "s", "Found in the park", "identity_unknown", "b", TRUE, "use", "o",
                 json_object_ref (use), NULL));

  return vv_json_int (made, "request");
}

/* use (c) may name the morgue; whoever confirms the use or searches is warned, and of no other use. */
START_TEST (deceased__names_the_morgue_and_is_warned_of)
{
  const GType            types[] = { VV_TYPE_USE_PANEL, VV_TYPE_SEARCH_PANEL };
  GtkWidget             *window, *page;
  g_autoptr (JsonObject) draft = NULL, living = NULL;
  gint64                 requests[2];

  vv_page_sign_in ("examiner", "training examiner");
  page = open_page (&window);
  fill_subject (page);
  fill (page, "Medical examiner or morgue reference, if there is one", "ME-26-17");
  vv_page_close_window (window);
  draft = vv_page_act (vv_desk_draft, 0, vv_json_new ("key", "s", "intake", NULL));
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_object (vv_json_object (draft, "body"), "request"), "use"), "morgue_reference"),
                    "ME-26-17");
  living = vv_page_act (vv_desk_find_request, 0, vv_json_new ("fis_number", "s", "2026-T1-00001", NULL));
  requests[0] = new_request ("phone");
  requests[1] = vv_json_int (living, "request");
  for (gsize i = 0; i < G_N_ELEMENTS (types) * 2; i++)
    {
      Place            place;
      g_autofree char *text = NULL;

      window = open_panel (&place, types[i / 2], requests[i % 2], i < 2 ? "4" : "6");
      text = vv_page_all_texts (place.panel, TRUE);
      ck_assert_int_eq (strstr (text, "A face changes after death") != NULL, i % 2 == 0);
      if (i % 2 == 0)
        vv_page_keep_shot (i < 2 ? "use-deceased" : "search-deceased");
      leave_panel (&place, window);
    }
}
END_TEST

START_TEST (papers_panel__agency_form_and_report_are_asked_for)
{
  char                  *dir = vv_test_make_dir ();
  g_autofree char       *report = make_file (dir, "report.pdf", "the other agency's report");
  g_autofree char       *picture = vv_test_source ("data/people/P007_probe2.jpg");
  g_autoptr (JsonObject) shown = NULL;
  GtkWidget             *window;
  Place                  place;
  gint64                 request;

  vv_page_sign_in ("examiner", "training examiner");
  request = new_request ("outside-agency");
  window = open_panel (&place, VV_TYPE_PAPERS_PANEL, request, "2");
  vv_page_wait_text (place.panel, "needs its FIS Outside Agency Form first");
  fill (place.panel, "Agency", "Yonkers Police");
  fill (place.panel, "Who asks there", "Sgt. Cole");
  fill (place.panel, "How to reach the officer", "914-555-0100");
  fill (place.panel, "The agency’s complaint number", "26-1188");
  click (place.panel, "Enter the form");
  vv_page_run_for (500);
  ck_assert_msg (strstr (place.said, "email") != NULL, "%s", place.said); /* how it came was not said */
  choose (place.panel, "The request came by", 1);
  click (place.panel, "Enter the form");
  vv_page_wait_text (place.panel, "copy of that agency's complaint report");
  vv_page_keep_shot ("papers-agency");

  adw_expander_row_set_expanded (vv_page_find (vv_page_find (place.panel, VV_TYPE_EXHIBITS, NULL, 0), ADW_TYPE_EXPANDER_ROW, NULL, 0),
                                 TRUE);
  vv_page_run_for (400);
  vv_file_row_set_path (vv_page_find (vv_page_find (place.panel, VV_TYPE_EXHIBITS, NULL, 0), VV_TYPE_FILE_ROW, NULL, 0), report);
  fill (place.panel, "Description of the exhibit", "Report 26-1188");
  click (place.panel, "Keep the exhibit");
  vv_page_wait_text (place.panel, "SHA-256");

  /* A picture that comes later. */
  vv_media_list_add (vv_page_find (place.panel, VV_TYPE_MEDIA_LIST, NULL, 0), picture, NULL);
  click (place.panel, "Add to the request");
  ck_assert (place.said != NULL && *place.said != '\0');
  fill (place.panel, "What the source is, for example the store camera", "Park gate");
  click (place.panel, "Add to the request");
  vv_page_wait_text (place.panel, "Round 1.");
  vv_page_keep_shot ("papers-whole");
  shown = vv_page_show (request);
  ck_assert_uint_eq (vv_json_length (vv_json_array (shown, "exhibits")), 1);
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (shown, "media"), 0), "obtained_by"), "Sgt. Cole");
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (shown, "steps"), 0), "state"), "done");
  leave_panel (&place, window);
  vv_test_remove_dir (dir);
}
END_TEST

/* What was typed for one request neither gets lost nor goes to another. */
START_TEST (papers_panel__what_is_typed_stays_with_its_request)
{
  g_autofree char      *picture = vv_test_source ("data/people/P007_probe2.jpg");
  g_autoptr (JsonArray) first_media = NULL, other_media = NULL, back_media = NULL;
  GtkWidget            *window;
  Place                 place;
  gint64                first, other;

  vv_page_sign_in ("examiner", "training examiner");
  first = new_request ("phone");
  other = new_request ("email");
  window = open_panel (&place, VV_TYPE_PAPERS_PANEL, first, "2");
  vv_page_run_for (300);
  vv_media_list_add (vv_page_find (place.panel, VV_TYPE_MEDIA_LIST, NULL, 0), picture, NULL);
  first_media = vv_media_list_get (vv_page_find (place.panel, VV_TYPE_MEDIA_LIST, NULL, 0));
  ck_assert_uint_eq (vv_json_length (first_media), 1);
  place.request = other;
  reload (&place);
  vv_page_run_for (500);
  other_media = vv_media_list_get (vv_page_find (place.panel, VV_TYPE_MEDIA_LIST, NULL, 0));
  ck_assert_uint_eq (vv_json_length (other_media), 0);
  place.request = first;
  reload (&place);
  vv_page_run_for (500);
  back_media = vv_media_list_get (vv_page_find (place.panel, VV_TYPE_MEDIA_LIST, NULL, 0));
  ck_assert_uint_eq (vv_json_length (back_media), 1);
  leave_panel (&place, window);
}
END_TEST

START_TEST (closing__supervisor_with_cause_and_reason)
{
  g_autoptr (JsonObject) shown = NULL;
  GtkWidget             *window;
  Place                  place;
  gint64                 request;

  vv_page_sign_in ("examiner", "training examiner");
  request = new_request ("phone");
  window = open_panel (&place, VV_TYPE_PAPERS_PANEL, request, "2");
  ck_assert (!gtk_widget_get_visible (vv_page_find (place.panel, VV_TYPE_CLOSING, NULL, 0)));
  leave_panel (&place, window);
  vv_page_sign_in ("supervisor", "training supervisor");
  window = open_panel (&place, VV_TYPE_PAPERS_PANEL, request, "2");
  ck_assert (!gtk_widget_get_sensitive (vv_page_find (place.panel, GTK_TYPE_BUTTON, "Close the request", 0)));
  choose (place.panel, "Cause", 1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (vv_page_find (vv_page_find (place.panel, VV_TYPE_CLOSING, NULL, 0), GTK_TYPE_TEXT_VIEW, NULL, 0)),
                            "Asked by mistake.", -1);
  vv_page_keep_shot ("closing");
  click (place.panel, "Close the request");
  vv_page_wait_text (place.panel, "Request closed");
  shown = vv_page_show (request);
  ck_assert_str_eq (vv_json_string (shown, "status"), "closed");
  vv_page_wait_text (place.panel, "The request was closed");
  leave_panel (&place, window);
}
END_TEST

START_TEST (handschu__needs_its_authority)
{
  g_autoptr (JsonObject) shown = NULL;
  GtkWidget             *window, *question;
  Place                  place;
  gint64                 request;

  clear_for_intelligence ("supervisor", "supervisor");
  vv_page_sign_in ("supervisor", "training supervisor");
  request = new_request ("intelligence");
  window = open_panel (&place, VV_TYPE_PAPERS_PANEL, request, "2");
  question = vv_page_find (place.panel, VV_TYPE_HANDSCHU, NULL, 0);
  ck_assert (gtk_widget_get_visible (question));
  gtk_check_button_set_active (vv_page_find (question, GTK_TYPE_CHECK_BUTTON, "They apply", 0), TRUE);
  vv_page_type (question, 0, "The group is a political one.");
  click (place.panel, "Lock the answer");
  vv_page_run_for (500);
  ck_assert_msg (strstr (place.said, "authority") != NULL, "%s", place.said);
  fill (place.panel, "Authority under which the request was made", "Deputy Commissioner, 12 Nov 2026");
  vv_page_keep_shot ("handschu");
  click (place.panel, "Lock the answer");
  vv_page_wait_text (place.panel, "Handschu Guidelines");
  vv_page_wait_text (place.panel, "Deputy Commissioner, 12 Nov 2026");
  ck_assert (!gtk_widget_get_visible (question));
  shown = vv_page_show (request);
  ck_assert_str_eq (vv_json_string (vv_json_object (shown, "handschu"), "applies"), "yes");
  leave_panel (&place, window);
}
END_TEST

/* --- Who works on what -------------------------------------------------------------------------------------------------- */

static gint64
first_assigned (void)
{
  g_autoptr (JsonObject) list = vv_page_act (vv_desk_list_requests, 0, NULL);
  JsonArray             *rows = vv_json_array (list, "requests");

  for (guint i = 0; i < vv_json_length (rows); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (rows, i), "examiner"), "examiner") == 0)
      return vv_json_int (vv_json_element (rows, i), "id");
  ck_abort_msg ("the training desk has no assigned request");
}

START_TEST (number_panel__reassigns_with_a_reason_once_work_has_begun)
{
  g_autoptr (JsonObject) shown = NULL;
  GtkWidget             *window;
  GtkDropDown           *examiners;
  Place                  place;
  gint64                 request;

  vv_page_sign_in ("examiner", "training examiner");
  request = first_assigned ();
  vv_page_do_act (vv_desk_confirm_use, request,
                  vv_json_new ("decision", "s", "confirmed", "code", "s", "a", "reason", "s", "The basis fits.", NULL));
  vv_page_sign_in ("supervisor", "training supervisor");
  window = open_panel (&place, VV_TYPE_NUMBER_PANEL, request, "3");
  vv_page_wait_text (place.panel, "Requests in work: 3");
  examiners = vv_page_find (place.panel, GTK_TYPE_DROP_DOWN, NULL, 0);
  gtk_drop_down_set_selected (examiners, 1);
  vv_page_wait_text (place.panel, "Has no request in work.");
  vv_page_keep_shot ("reassign");
  click (place.panel, "Reassign");
  vv_page_run_for (500);
  ck_assert_msg (strstr (place.said, "say why") != NULL, "%s", place.said);
  vv_page_type (place.panel, 0, "On leave from tomorrow.");
  click (place.panel, "Reassign");
  vv_page_wait_text (place.panel, "On leave from tomorrow.");
  shown = vv_page_show (request);
  ck_assert_str_eq (vv_json_string (shown, "examiner"), "reviewer");
  leave_panel (&place, window);
}
END_TEST

static GListStore *
list_facts (void)
{
  g_autoptr (JsonObject) list = vv_page_act (vv_desk_list_requests, 0, NULL);
  JsonArray             *rows = vv_json_array (list, "requests");
  GListStore            *store = g_list_store_new (VV_TYPE_FACTS);

  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      g_autoptr (VvFacts) facts = vv_facts_new (vv_json_element (rows, i));

      g_list_store_append (store, facts);
    }
  return store;
}

START_TEST (requests_page__threats_first_and_each_persons_work)
{
  g_autoptr (GListStore) store = NULL;
  g_autoptr (JsonObject) use = vv_json_new ("code", "s", "f", "basis", "s", "A call", "threat", "s", "Bomb", "declared_by", "s", "Chief",
                                            "declared_at", "s", "Today", NULL);
  g_autoptr (JsonObject) first = NULL;
  GtkWidget             *page, *window;
  GtkColumnView         *view;

  vv_page_sign_in ("supervisor", "training supervisor");
  vv_page_do_act (vv_desk_new_request, 0,
                  vv_json_new ("channel", "s", "phone", "case_number", "s", "1", "requester", "o",
                               vv_json_new ("name", "s", "n", "command", "s", "c", NULL), "subject_role", "s",
                               "suspect", "summary", "s", "A threat that was called in", "identity_unknown", "b", TRUE, "use", "o", json_object_ref (use), NULL));
  store = list_facts ();
  page = vv_requests_page_new (G_LIST_MODEL (store), VV_REQUESTS_ALL, TRUE);
  window = vv_page_open_window (page);
  view = vv_page_find (page, GTK_TYPE_COLUMN_VIEW, NULL, 0);
  {
    g_autoptr (VvFacts) top = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), 0);

    ck_assert_str_eq (vv_json_string (vv_facts_get (top), "summary"), "A threat that was called in");
  }
  vv_page_wait_text (page, "Goes first; today");
  vv_page_keep_shot ("requests");
  gtk_drop_down_set_selected (vv_page_find (page, GTK_TYPE_DROP_DOWN, NULL, 0), 1); /* nobody's yet */
  ck_assert_uint_lt (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view))),
                     g_list_model_get_n_items (G_LIST_MODEL (store)));
  gtk_drop_down_set_selected (vv_page_find (page, GTK_TYPE_DROP_DOWN, NULL, 0), 2); /* the training examiner's */
  ck_assert_uint_eq (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view))), 3);
  vv_page_close_window (window);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("intake");
  TCase *intake = tcase_create ("intake");

  tcase_set_timeout (intake, 300);
  tcase_add_checked_fixture (intake, vv_page_set_up, vv_page_tear_down);
  tcase_add_test (intake, phone__says_what_is_missing_then_enters_and_forgets_the_draft);
  tcase_add_test (intake, draft__comes_back_whole_and_starts_over);
  tcase_add_test (intake, deceased__names_the_morgue_and_is_warned_of);
  tcase_add_test (intake, agency__papers_video_and_player);
  tcase_add_test (intake, refused_picture__request_is_entered_once);
  tcase_add_test (intake, intelligence__only_for_cleared_accounts);
  tcase_add_test (intake, papers_panel__agency_form_and_report_are_asked_for);
  tcase_add_test (intake, papers_panel__what_is_typed_stays_with_its_request);
  tcase_add_test (intake, closing__supervisor_with_cause_and_reason);
  tcase_add_test (intake, handschu__needs_its_authority);
  tcase_add_test (intake, number_panel__reassigns_with_a_reason_once_work_has_begun);
  tcase_add_test (intake, requests_page__threats_first_and_each_persons_work);
  suite_add_tcase (suite, intake);
  return suite;
}

VV_PAGE_MAIN (make_suite)
