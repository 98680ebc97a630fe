// SPDX-License-Identifier: GPL-3.0-or-later
#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "vv-application.h"
#include "vv-blocks.h"
#include "vv-compare-page.h"
#include "vv-desk.h"
#include "vv-json.h"
#include "vv-report-view.h"
#include "vv-review-page.h"
#include "vv-secret.h"
#include "vv-test.h"

/* The pages for comparing and deciding, on a training desk, driven through their widgets. Set
 * VV_TEST_SHOTS to a folder to keep a picture of each page. */

static char   *dir;
static VvDesk *desk;

/* --- The desk -------------------------------------------------------------------------------------------- */

static void
sign_in (const char *account, const char *passphrase)
{
  g_autoptr (VvSecret) secret = vv_secret_from_text (passphrase);
  g_autoptr (GError)   error = NULL;

  g_clear_object (&desk);
  desk = vv_desk_new (dir);
  ck_assert (vv_desk_sign_in (desk, account, secret, &error));
  vv_assert_ok (error);
}

static JsonObject *
act (VvDeskAct function, gint64 request, JsonObject *details)
{
  g_autoptr (JsonObject) owned = details;
  g_autoptr (GError)     error = NULL;
  JsonObject            *answer = function (desk, request, details, NULL, &error);

  vv_assert_ok (error);
  return answer;
}

static void
do_act (VvDeskAct function, gint64 request, JsonObject *details)
{
  g_autoptr (JsonObject) answer = act (function, request, details);
}

static JsonArray *
statements (const char *text)
{
  JsonArray *array = json_array_new ();

  json_array_add_string_element (array, text);
  return array;
}

/* A comparison that may be locked, with @answer for the eyes. */
static JsonObject *
whole_comparison (const char *candidate, const char *answer)
{
  JsonObject *blocks = json_object_new ();

  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    json_object_set_object_member (blocks, block->name, vv_json_new ("answer", "s", g_str_equal (block->name, "eyes") ? answer : "similar", NULL));
  return vv_json_new ("candidate", "s", candidate, "blocks", "o", blocks, "similarities", "a", statements ("The shape of the nose"),
                      "differences", "a", statements ("The hair is longer in the probe"), "conclusion", "s", "some-support-same", NULL);
}

/* The first request of the training desk, with a pool. */
static gint64
make_pool (void)
{
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) shown = NULL;
  gint64                 request;

  sign_in ("examiner", "training examiner");
  list = act (vv_desk_list_requests, 0, NULL);
  request = vv_json_int (vv_json_element (vv_json_array (list, "requests"), 0), "id");
  do_act (vv_desk_confirm_use, request, vv_json_new ("decision", "s", "confirmed", "code", "s", "a", "reason", "s", "The basis fits use (a).", NULL));
  shown = act (vv_desk_show_request, request, NULL);
  do_act (vv_desk_select_probe, request, vv_json_new ("media", "i", vv_json_int (vv_json_element (vv_json_array (shown, "media"), 0), "id"), "face", "i", (gint64) 0, NULL));
  do_act (vv_desk_search, request, NULL);
  return request;
}

static JsonObject *
show (gint64 request)
{
  return act (vv_desk_show_request, request, NULL);
}

/* --- Widgets ---------------------------------------------------------------------------------------------- */

static gboolean
on_late_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint milliseconds)
{
  gboolean late = FALSE;

  g_timeout_add (milliseconds, on_late_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
}

static void
keep_shot (const char *name)
{
  g_autofree char            *command = NULL;
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };

  if (g_getenv ("VV_TEST_SHOTS") == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i]);
      run_for (1500);
      g_free (command);
      command = g_strdup_printf ("import -window root %s/%s-%s.png", g_getenv ("VV_TEST_SHOTS"), name, i == 0 ? "light" : "dark");
      ck_assert_int_eq (system (command), 0);
    }
}

/* Calls @visit for @widget and everything in it. */
static void
walk (GtkWidget *widget, void (*visit) (GtkWidget *, gpointer), gpointer data)
{
  visit (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    walk (child, visit, data);
}

typedef struct
{
  GString *text;
  gboolean seen; /* only what can be seen */
} Texts;

static void
add_text (GtkWidget *widget, gpointer data)
{
  Texts      *texts = data;
  const char *tip = gtk_widget_get_tooltip_text (widget);

  if (texts->seen && !gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (texts->text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  if (tip != NULL)
    g_string_append_printf (texts->text, "%s\n", tip);
}

/* Every text of every label and tooltip. */
static char *
all_texts (GtkWidget *widget, gboolean seen)
{
  Texts texts = { g_string_new (NULL), seen };

  walk (widget, add_text, &texts);
  return g_string_free (texts.text, FALSE);
}

typedef struct
{
  GType       type;
  const char *text;
  guint       skip;
  GtkWidget  *found;
} Wanted;

static void
look (GtkWidget *widget, gpointer data)
{
  Wanted *wanted = data;

  if (wanted->found != NULL || !g_type_is_a (G_OBJECT_TYPE (widget), wanted->type))
    return;
  if (wanted->text != NULL && GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), wanted->text) != 0)
    return;
  if (wanted->text != NULL && GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), wanted->text) != 0)
    return;
  if (wanted->skip-- == 0)
    wanted->found = widget;
}

/* The widget of @type with that label (nullable), after @skip others. */
static gpointer
find (GtkWidget *in, GType type, const char *text, guint skip)
{
  Wanted wanted = { .type = type, .text = text, .skip = skip };

  walk (in, look, &wanted);
  ck_assert_msg (wanted.found != NULL, "no %s %s", g_type_name (type), text != NULL ? text : "");
  return wanted.found;
}

static gboolean
until (gboolean (*done) (gpointer), gpointer data)
{
  for (guint i = 0; i < 1000 && !done (data); i++)
    run_for (20);
  return done (data);
}

static GtkWidget *
open_window (GtkWidget *page)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (window), g_getenv ("VV_TEST_SMALL") != NULL ? 1280 : 1600, g_getenv ("VV_TEST_SMALL") != NULL ? 800 : 1000);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
close_window (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  run_for (300);
}

static void
type (GtkWidget *page, guint which, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (find (page, GTK_TYPE_TEXT_VIEW, NULL, which)), text, -1);
}

/* --- The bench ---------------------------------------------------------------------------------------------- */

static gboolean
has_text (gpointer data)
{
  const char     **wanted = data;
  g_autofree char *text = all_texts (GTK_WIDGET (wanted[0]), TRUE);

  return strstr (text, wanted[1]) != NULL;
}

static void
wait_text (GtkWidget *page, const char *text)
{
  gconstpointer    wanted[] = { page, text };
  gboolean         said = until (has_text, wanted);
  g_autofree char *all = all_texts (gtk_widget_get_parent (page), TRUE);

  if (!said)
    g_printerr ("%s\n", all);
  ck_assert_msg (said, "never said: %s", text);
}

static void
fill_form (GtkWidget *page)
{
  for (guint i = 0; i < 14; i++)
    gtk_toggle_button_set_active (find (page, GTK_TYPE_TOGGLE_BUTTON, i % 3 == 0 ? "Different" : "Similar", i), TRUE);
  type (page, 0, "The nose is broad at the root in both.\nThe ear lobes hang free in both.");
  type (page, 1, "The hair is shorter in the probe.");
  gtk_drop_down_set_selected (find (page, GTK_TYPE_DROP_DOWN, NULL, 0), 3);
}

static void
on_closed_cb (GtkWidget *page, gboolean locked, gpointer data)
{
  *(int *) data = locked ? 1 : 0;
}

START_TEST (compare_page__keeps_draft_and_locks_blind)
{
  gint64                 request = make_pool ();
  GtkWidget             *page = vv_compare_page_new (desk);
  GtkWidget             *window = open_window (page);
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (JsonObject) draft = NULL;
  g_autofree char       *text = NULL;
  int                    closed = -1;

  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  wait_text (page, "12 of 12 left");
  run_for (1000);
  keep_shot ("bench-empty");
  ck_assert (!gtk_widget_get_sensitive (find (page, GTK_TYPE_BUTTON, "Lock comparison", 0)));

  fill_form (page);
  run_for (800);
  draft = act (vv_desk_draft, request, vv_json_new ("key", "s", "comparison-B", NULL));
  ck_assert_str_eq (vv_json_string (vv_json_object (draft, "body"), "conclusion"), "some-support-same");
  keep_shot ("bench-full");
  text = all_texts (page, FALSE);
  ck_assert_ptr_null (strstr (text, "SYN-"));
  ck_assert_ptr_null (strstr (text, "P0"));

  /* another page, the same draft */
  g_signal_connect (page, "closed", G_CALLBACK (on_closed_cb), &closed);
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Back to the case", 0), "clicked");
  ck_assert_int_eq (closed, 0);
  close_window (window);
  page = vv_compare_page_new (desk);
  window = open_window (page);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  wait_text (page, "14 of 14 parts");
  before = show (request);
  ck_assert (gtk_widget_get_sensitive (find (page, GTK_TYPE_BUTTON, "Lock comparison", 0)));
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Lock comparison", 0), "clicked");
  wait_text (page, "11 of 12 left");
  after = show (request);
  ck_assert_uint_eq (vv_json_length (vv_json_array (after, "records")), vv_json_length (vv_json_array (before, "records")) + 1);
  keep_shot ("bench-locked");
  close_window (window);
}
END_TEST

/* Real keys through the X server, as a hand would press them. */
static void
press (const char *arguments)
{
  g_autofree char   *line = g_strdup_printf ("xdotool %s", arguments);
  g_autoptr (GError) error = NULL;
  int                status = 0;

  (void) g_spawn_command_line_sync (line, NULL, NULL, &status, &error);
  vv_assert_ok (error);
  ck_assert_int_eq (status, 0);
  run_for (500);
}

static const char *
answer_in (JsonObject *draft, const char *block)
{
  return vv_json_string (vv_json_object (vv_json_object (vv_json_object (draft, "body"), "blocks"), block), "answer");
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
  request = make_pool ();
  page = vv_compare_page_new (desk);
  window = open_window (page);
  g_signal_connect (page, "closed", G_CALLBACK (on_closed_cb), &closed);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "A");
  wait_text (page, "12 of 12 left");
  press ("mousemove 200 300 click 1");
  press ("key space");
  wait_text (page, "Candidate B");
  press ("key l");
  ck_assert (gtk_toggle_button_get_active (find (page, GTK_TYPE_TOGGLE_BUTTON, "Landmarks", 0)));
  press ("key F6");
  press ("key s Down d Down c Down n");
  press ("key x");
  press ("type --delay 20 Ears");
  press ("key Return");
  wait_text (page, "11 of 12 left");
  press ("key Escape");
  ck_assert_int_eq (closed, 0);
  draft = act (vv_desk_draft, request, vv_json_new ("key", "s", "comparison-B", NULL));
  ck_assert_str_eq (answer_in (draft, "eyes"), "similar");
  ck_assert_str_eq (answer_in (draft, "ears"), "different");
  ck_assert_str_eq (answer_in (draft, "nose"), "cannot-tell");
  ck_assert_str_eq (answer_in (draft, "chin"), "not-visible");
  shown = show (request);
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (shown, "pool"), 1), "disposition"), "excluded");
  close_window (window);
}
END_TEST

/* --- From the proposal to the report ------------------------------------------------------------------------- */

/* Candidate B compared, checked and proposed, the rest disposed of. */
static gint64
make_proposal (void)
{
  gint64                 request = make_pool ();
  g_autoptr (JsonObject) shown = show (request);
  JsonArray             *pool = vv_json_array (shown, "pool");
  JsonArray             *rest = json_array_new ();
  JsonArray             *sources = json_array_new ();

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (!g_str_equal (vv_json_string (vv_json_element (pool, i), "candidate"), "B"))
      json_array_add_string_element (rest, vv_json_string (vv_json_element (pool, i), "candidate"));
  do_act (vv_desk_dispose, request, vv_json_new ("candidates", "a", rest, "disposition", "s", "excluded", "reason", "s", "Other features", NULL));
  do_act (vv_desk_compare, request, whole_comparison ("B", "different"));
  json_array_add_object_element (sources, vv_json_new ("source", "s", "Arrest records", "finding", "s", "In the city at the time", NULL));
  do_act (vv_desk_background, request, vv_json_new ("candidate", "s", "B", "sources", "a", sources, "fit", "s", "Lives near the shop", "reliability", "s", "reliable", "reasons", "s", "Recent photograph", NULL));
  do_act (vv_desk_propose, request, vv_json_new ("candidate", "s", "B", NULL));
  return request;
}

static void
review_as_peer (gint64 request)
{
  GtkWidget             *page, *window;
  g_autofree char       *text = NULL;
  g_autoptr (JsonObject) shown = NULL;

  sign_in ("reviewer", "training reviewer");
  page = vv_compare_page_new (desk);
  window = open_window (page);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  wait_text (page, "The examiner's record opens");
  run_for (500);
  text = all_texts (page, FALSE);
  ck_assert_ptr_null (strstr (text, "Training examiner"));
  ck_assert_ptr_null (strstr (text, "shape of the nose"));
  ck_assert_ptr_null (strstr (text, "SYN-"));
  fill_form (page);
  gtk_check_button_set_active (find (page, GTK_TYPE_CHECK_BUTTON, "I agree", 0), TRUE);
  ck_assert (!gtk_widget_get_sensitive (find (page, GTK_TYPE_BUTTON, "Lock peer review", 0)));
  type (page, 2, "The same broad root of the nose.");
  keep_shot ("peer");
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Lock peer review", 0), "clicked");
  wait_text (page, "It is not changed any more.");
  shown = show (request);
  ck_assert_str_eq (vv_json_string (shown, "status"), "peer-reviewed");
  close_window (window);
}

static void
decide_as_supervisor (gint64 request)
{
  GtkWidget *page, *window;

  sign_in ("supervisor", "training supervisor");
  page = vv_review_page_new (desk);
  window = open_window (page);
  vv_review_page_open (VV_REVIEW_PAGE (page), request);
  wait_text (page, "Parts on which they disagree");
  run_for (500);
  keep_shot ("review");
  fill_form (page);
  gtk_check_button_set_active (find (page, GTK_TYPE_CHECK_BUTTON, "Approve", 0), TRUE);
  type (page, 2, "Three records agree on the nose and the ears.");
  ck_assert (!gtk_widget_get_sensitive (find (page, GTK_TYPE_BUTTON, "Sign the decision", 0)));

  /* a wrong pass phrase signs nothing and loses nothing */
  gtk_editable_set_text (find (page, GTK_TYPE_PASSWORD_ENTRY, NULL, 0), "not the one");
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Sign the decision", 0), "clicked");
  wait_text (gtk_widget_get_parent (page), "pass phrase is wrong");
  gtk_editable_set_text (find (page, GTK_TYPE_PASSWORD_ENTRY, NULL, 0), "training supervisor");
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Sign the decision", 0), "clicked");
  wait_text (page, "Directing the report is a separate act.");
  keep_shot ("direct");
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Direct the report", 0), "clicked");
  wait_text (page, "The decision is signed and the report directed.");
  close_window (window);
}

START_TEST (review_page__decides_and_directs_then_report_shows)
{
  gint64                 request = make_proposal ();
  g_autoptr (JsonObject) shown = NULL;
  GtkWidget             *page, *window;

  review_as_peer (request);
  decide_as_supervisor (request);
  shown = show (request);
  ck_assert_str_eq (vv_json_string (shown, "status"), "directed");

  sign_in ("examiner", "training examiner");
  do_act (vv_desk_report, request, NULL);
  page = vv_report_view_new (desk);
  window = open_window (page);
  vv_report_view_open (VV_REPORT_VIEW (page), request);
  wait_text (page, "Page 1 of");
  wait_text (page, "For Training investigator, Training squad");
  run_for (1000);
  keep_shot ("report");
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Send now", 0), "clicked");
  wait_text (page, "ECMS has acknowledged it.");
  keep_shot ("report-sent");
  close_window (window);
}
END_TEST

START_TEST (review_page__confirms_that_there_is_none)
{
  gint64                 request = make_pool ();
  g_autoptr (JsonObject) shown = show (request);
  g_autoptr (JsonObject) after = NULL;
  JsonArray             *pool = vv_json_array (shown, "pool");
  JsonArray             *all = json_array_new ();
  GtkWidget             *page, *window;

  for (guint i = 0; i < vv_json_length (pool); i++)
    json_array_add_string_element (all, vv_json_string (vv_json_element (pool, i), "candidate"));
  do_act (vv_desk_dispose, request, vv_json_new ("candidates", "a", all, "disposition", "s", "excluded", "reason", "s", "Other features", NULL));
  do_act (vv_desk_none, request, vv_json_new ("statement", "s", "Nose and ears differ in all of them.", NULL));
  sign_in ("supervisor", "training supervisor");
  page = vv_review_page_new (desk);
  window = open_window (page);
  vv_review_page_open (VV_REVIEW_PAGE (page), request);
  wait_text (page, "No candidate proposed");
  gtk_check_button_set_active (find (page, GTK_TYPE_CHECK_BUTTON, "Confirm that there is no candidate", 0), TRUE);
  type (page, 2, "I looked at all of them.");
  gtk_editable_set_text (find (page, GTK_TYPE_PASSWORD_ENTRY, NULL, 0), "training supervisor");
  keep_shot ("review-none");
  g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, "Sign the decision", 0), "clicked");
  wait_text (page, "FIS No Match Report");
  after = show (request);
  ck_assert_str_eq (vv_json_string (after, "status"), "none-confirmed");
  close_window (window);
}
END_TEST

static void
set_up (void)
{
  g_autofree char   *people = vv_test_source ("data/people");
  g_autoptr (GError) error = NULL;

  dir = vv_test_make_dir ();
  ck_assert (vv_desk_create_training (dir, people, NULL, &error));
  vv_assert_ok (error);
}

static void
tear_down (void)
{
  vv_desk_sign_out (desk);
  g_clear_object (&desk);
  vv_test_remove_dir (dir);
}

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("pages");
  TCase *pages = tcase_create ("pages");

  tcase_set_timeout (pages, 300);
  tcase_add_checked_fixture (pages, set_up, tear_down);
  tcase_add_test (pages, compare_page__keeps_draft_and_locks_blind);
  tcase_add_test (pages, compare_page__works_from_the_keyboard);
  tcase_add_test (pages, review_page__decides_and_directs_then_report_shows);
  tcase_add_test (pages, review_page__confirms_that_there_is_none);
  suite_add_tcase (suite, pages);
  return suite;
}

int
main (void)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  g_autoptr (GApplication)   application = vv_application_new (); /* has the templates */

  if (!vv_secret_init (&error))
    g_error ("%s", error->message);
  adw_init ();
  gtk_css_provider_load_from_resource (style, "/org/visavis/Visavis/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  return vv_test_run (make_suite ());
}
