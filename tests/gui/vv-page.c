// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-page.h"

#include <stdlib.h>
#include <string.h>

#include "vv-application.h"
#include "vv-blocks.h"
#include "vv-components.h"
#include "vv-json.h"
#include "vv-secret.h"
#include "vv-test.h"
#include "vv-training-desk.h"

static char   *dir;
static VvDesk *desk;

void
vv_page_sign_in (const char *account, const char *passphrase)
{
  g_autoptr (VvSecret) secret = vv_secret_from_text (passphrase);
  g_autoptr (GError)   error = NULL;

  g_clear_object (&desk);
  desk = vv_desk_new (dir);
  ck_assert (vv_desk_sign_in (desk, account, secret, &error));
  vv_assert_ok (error);
}

JsonObject *
vv_page_act (VvDeskAct function, gint64 request, JsonObject *details)
{
  g_autoptr (JsonObject) owned = details;
  g_autoptr (GError)     error = NULL;
  JsonObject            *answer = function (desk, request, details, NULL, &error);

  vv_assert_ok (error);
  return answer;
}

void
vv_page_do_act (VvDeskAct function, gint64 request, JsonObject *details)
{
  g_autoptr (JsonObject) answer = vv_page_act (function, request, details);
}

JsonObject *
vv_page_show (gint64 request)
{
  return vv_page_act (vv_desk_show_request, request, NULL);
}

/* --- A case so far ----------------------------------------------------------------------------------------- */

static JsonArray *
statements (const char *text)
{
  JsonArray *array = json_array_new ();

  json_array_add_string_element (array, text);
  return array;
}

JsonObject *
vv_page_whole_comparison (const char *candidate, const char *answer)
{
  JsonObject *blocks = json_object_new ();

  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    json_object_set_object_member (blocks, block->name,
                                   vv_json_new ("answer", "s", g_str_equal (block->name, "eyes") ? answer : "similar", NULL));
  return vv_json_new ("candidate", "s", candidate, "blocks", "o", blocks, "similarities", "a", statements ("The shape of the nose"),
                      "differences", "a", statements ("The hair is longer in the probe"), "conclusion", "s", "some-support-same", NULL);
}

/* --- Widgets ---------------------------------------------------------------------------------------------- */

static gboolean
on_late_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
vv_page_run_for (guint milliseconds)
{
  gboolean late = FALSE;

  g_timeout_add (milliseconds, on_late_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
}

void
vv_page_keep_shot (const char *name)
{
  g_autofree char            *command = NULL;
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };

  if (g_getenv ("VV_TEST_SHOTS") == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i]);
      vv_page_run_for (1500);
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

char *
vv_page_all_texts (GtkWidget *widget, gboolean seen)
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
  if (wanted->text != NULL &&
      GTK_IS_CHECK_BUTTON (widget) &&
      g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), wanted->text) != 0)
    return;
  if (wanted->skip-- == 0)
    wanted->found = widget;
}

gpointer
vv_page_find (GtkWidget *in, GType type, const char *text, guint skip)
{
  Wanted wanted = { .type = type, .text = text, .skip = skip };

  walk (in, look, &wanted);
  ck_assert_msg (wanted.found != NULL, "no %s %s", g_type_name (type), text != NULL ? text : "");
  return wanted.found;
}

gboolean
vv_page_until (gboolean (*done) (gpointer), gpointer data)
{
  for (guint i = 0; i < 1000 && !done (data); i++)
    vv_page_run_for (20);
  return done (data);
}

GtkWidget *
vv_page_open_window (GtkWidget *page)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (window), g_getenv ("VV_TEST_SMALL") != NULL ? 1280 : 1600,
                               g_getenv ("VV_TEST_SMALL") != NULL ? 800 : 1000);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

void
vv_page_close_window (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  vv_page_run_for (300);
}

void
vv_page_type (GtkWidget *page, guint which, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (vv_page_find (page, GTK_TYPE_TEXT_VIEW, NULL, which)), text, -1);
}

static gboolean
has_text (gpointer data)
{
  const char     **wanted = data;
  g_autofree char *text = vv_page_all_texts (GTK_WIDGET (wanted[0]), TRUE);

  return strstr (text, wanted[1]) != NULL;
}

void
vv_page_wait_text (GtkWidget *page, const char *text)
{
  gconstpointer    wanted[] = { page, text };
  gboolean         said = vv_page_until (has_text, wanted);
  g_autofree char *all = vv_page_all_texts (gtk_widget_get_parent (page), TRUE);

  if (!said)
    g_printerr ("%s\n", all);
  ck_assert_msg (said, "never said: %s", text);
}

VvDesk *
vv_page_desk (void)
{
  return desk;
}

void
vv_page_set_up (void)
{
  dir = vv_test_make_dir ();
  vv_test_training_desk (dir);
}

void
vv_page_tear_down (void)
{
  vv_desk_sign_out (desk);
  g_clear_object (&desk);
  vv_test_remove_dir (dir);
}

/* An analysis of the probe that may be locked. */
static JsonObject *
whole_analysis (void)
{
  JsonObject *components = json_object_new ();

  for (const VvComponent *component = vv_component_all (); component->name != NULL; component++)
    json_object_set_object_member (components, component->name, vv_json_new ("visibility", "s", "clear", NULL));
  return vv_json_new ("components", "o", components, "summary", "s", "Everything can be compared.", NULL);
}

void
vv_page_choose_probe (gint64 request, JsonObject *details)
{
  vv_page_do_act (vv_desk_select_probe, request, details);
  vv_page_do_act (vv_desk_analyse_probe, request, whole_analysis ());
}

gint64
vv_page_make_analysis (void)
{
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) shown = NULL;
  gint64                 request;

  vv_page_sign_in ("examiner", "training examiner");
  list = vv_page_act (vv_desk_list_requests, 0, NULL);
  request = vv_json_int (vv_json_element (vv_json_array (list, "requests"), 0), "id");
  vv_page_do_act (vv_desk_confirm_use, request,
                  vv_json_new ("decision", "s", "confirmed", "code", "s", "a", "reason", "s", "The basis fits use (a).", NULL));
  shown = vv_page_act (vv_desk_show_request, request, NULL);
  vv_page_choose_probe (request,
                        vv_json_new ("media", "i", vv_json_int (vv_json_element (vv_json_array (shown, "media"), 0), "id"), "face", "i", (gint64) 0, NULL));
  return request;
}

gint64
vv_page_make_pool (void)
{
  gint64 request = vv_page_make_analysis ();

  vv_page_do_act (vv_desk_search, request, NULL);
  return request;
}

void
vv_page_press (const char *arguments)
{
  g_autofree char   *line = g_strdup_printf ("xdotool %s", arguments);
  g_autoptr (GError) error = NULL;
  int                status = 0;

  (void) g_spawn_command_line_sync (line, NULL, NULL, &status, &error);
  vv_assert_ok (error);
  ck_assert_int_eq (status, 0);
  vv_page_run_for (500);
}

/* The chooser that is open, or NULL. Without a portal GTK shows its own. */
static GtkWidget *
open_chooser (void)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *each = all; each != NULL; each = each->next)
    if (GTK_IS_FILE_CHOOSER (each->data) && gtk_widget_get_mapped (each->data))
      return each->data;
  return NULL;
}

static gboolean
chooser_is_open (gpointer data)
{
  return open_chooser () != NULL;
}

/* What the chooser opens with by itself may come after our wish: then wish again. */
static gboolean
chooser_is_ready (gpointer folder)
{
  GtkFileChooser   *chooser = GTK_FILE_CHOOSER (open_chooser ());
  g_autoptr (GFile) there = gtk_file_chooser_get_current_folder (chooser);

  if (there != NULL && g_file_equal (there, folder))
    return TRUE;
  if (there != NULL)
    (void) gtk_file_chooser_set_current_folder (chooser, folder, /* error= */ NULL);
  return FALSE;
}

void
vv_page_save_to (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char  *name = g_file_get_basename (file);

  ck_assert_msg (vv_page_until (chooser_is_open, NULL), "nobody asks where to save");
  ck_assert (vv_page_until (chooser_is_ready, folder));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (open_chooser ()), name);
  gtk_dialog_response (GTK_DIALOG (open_chooser ()), GTK_RESPONSE_ACCEPT);
}

int
vv_page_run (Suite *suite)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  g_autoptr (GApplication)   application = vv_application_new (); /* has the templates */
  char                      *home;
  int                        status;

  home = g_dir_make_tmp ("visavis-test-XXXXXX", &error);
  if (home == NULL)
    g_error ("%s", error->message);
  g_setenv ("XDG_DATA_HOME", home, /* overwrite= */ TRUE); /* what GTK keeps of a person is not to be kept of a test */
  if (!vv_secret_init (&error))
    g_error ("%s", error->message);
  g_set_application_name ("Visavis"); /* as in main() */
  adw_init ();
  gtk_css_provider_load_from_resource (style, "/org/visavis/Visavis/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  status = vv_test_run (suite);
  vv_test_remove_dir (home);
  return status;
}
