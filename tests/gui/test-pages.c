// SPDX-License-Identifier: GPL-3.0-or-later
#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "vv-application.h"
#include "vv-blocks.h"
#include "vv-compare-page.h"
#include "vv-desk.h"
#include "vv-json.h"
#include "vv-roles.h"
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

static void
add_text (GtkWidget *widget, gpointer data)
{
  const char *tip = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (data, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  if (tip != NULL)
    g_string_append_printf (data, "%s\n", tip);
}

/* Every text of every label and tooltip. */
static char *
all_texts (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);

  walk (widget, add_text, text);
  return g_string_free (text, FALSE);
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
  g_autofree char *text = all_texts (GTK_WIDGET (wanted[0]));

  return strstr (text, wanted[1]) != NULL;
}

static void
wait_text (GtkWidget *page, const char *text)
{
  gconstpointer    wanted[] = { page, text };
  gboolean         said = until (has_text, wanted);
  g_autofree char *all = all_texts (gtk_widget_get_parent (page));

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
  text = all_texts (page);
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
