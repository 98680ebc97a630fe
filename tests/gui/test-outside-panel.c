// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "vv-json.h"
#include "vv-page.h"
#include "vv-panel.h"
#include "vv-search-panel.h"
#include "vv-test.h"

/* Step 6, where a case is opened to images outside the photo repository, driven through its widgets. */

static gint64 request;

static void
show_case (GtkWidget *panel)
{
  g_autoptr (JsonObject) shown = vv_page_show (request);
  JsonArray             *steps = vv_json_array (shown, "steps");
  guint                  step = 0;

  while (g_strcmp0 (vv_json_string (vv_json_element (steps, step), "number"), "6") != 0)
    step++;
  vv_panel_set_case (VV_PANEL (panel), vv_page_desk (), shown, vv_json_element (steps, step));
}

static void
on_failed_cb (GtkWidget *panel, const char *text, gpointer data)
{
  g_free (*(char **) data);
  *(char **) data = g_strdup (text);
}

static GtkWidget *
open_panel (GtkWidget **ret_window, char **said)
{
  GtkWidget *panel = g_object_new (VV_TYPE_SEARCH_PANEL, NULL);

  g_signal_connect (panel, "changed", G_CALLBACK (show_case), NULL);
  g_signal_connect (panel, "failed", G_CALLBACK (on_failed_cb), said);
  show_case (panel);
  *ret_window = vv_page_open_window (panel);
  gtk_expander_set_expanded (vv_page_find (panel, GTK_TYPE_EXPANDER, NULL, 0), TRUE);
  return panel;
}

static void
press_button (GtkWidget *panel, const char *label)
{
  g_signal_emit_by_name (vv_page_find (panel, GTK_TYPE_BUTTON, label, 0), "clicked");
}

static void
add_document (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "visavis-approval.pdf", NULL);

  ck_assert (g_file_set_contents (path, "signed", -1, NULL));
  vv_page_do_act (vv_desk_add_exhibit, request,
                  vv_json_new ("file", "s", path, "class", "s", "approval-document", "description", "s", "Signed.", NULL));
  (void) g_remove (path);
}

static void
fill_entry (GtkWidget *panel, guint which, const char *text)
{
  gtk_editable_set_text (vv_page_find (panel, ADW_TYPE_ENTRY_ROW, NULL, which), text);
}

static void
add_images (void)
{
  static const char *const names[] = { "P001_gallery.jpg", "P007_gallery.jpg", "P002_gallery.jpg" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *relative = g_strdup_printf ("data/people/%s", names[i]);
      g_autofree char *path = vv_test_source (relative);
      g_autofree char *reference = g_strdup_printf ("NJ %u", (guint) i + 1);

      vv_page_do_act (vv_desk_add_outside, request,
                      vv_json_new ("file", "s", path, "source_detail", "s", "Licences of New Jersey", "reference", "s", reference, "obtained_by", "s", "Training investigator", "obtained_at", "s", "2026-11-24", NULL));
    }
}

static gboolean
is_searched (gpointer data)
{
  g_autoptr (JsonObject) shown = vv_page_show (request);

  return vv_json_bool (vv_json_object (shown, "search"), "outside");
}

START_TEST (outside_panel__opens_the_case_and_searches_its_images)
{
  GtkWidget       *window, *panel;
  g_autofree char *said = NULL;

  request = vv_page_make_pool ();
  vv_page_sign_in ("supervisor", "training supervisor");
  panel = open_panel (&window, &said);
  press_button (panel, "Enter the Approval");
  ck_assert_ptr_nonnull (strstr (said, "exhibit"));
  add_document ();
  show_case (panel);
  vv_page_keep_shot ("outside-approval");
  /* Without its reason the desk refuses, in a sentence. */
  press_button (panel, "Enter the Approval");
  vv_page_run_for (500);
  ck_assert_msg (strlen (said) > 20, "%s", said);
  fill_entry (panel, 0, "Chief Doe");
  fill_entry (panel, 1, "2026-11-23");
  vv_page_type (panel, 0, "The man fled the state.");
  vv_page_type (panel, 1, "Driving licences of three men.");
  press_button (panel, "Enter the Approval");
  vv_page_wait_text (panel, "Chief Doe, Chief of Detectives");
  vv_page_close_window (window);

  vv_page_sign_in ("examiner", "training examiner");
  panel = open_panel (&window, &said);
  ck_assert (!gtk_widget_get_sensitive (vv_page_find (panel, GTK_TYPE_BUTTON, "Search These Images", 0)));
  press_button (panel, "Choose the Image…");
  ck_assert_ptr_nonnull (strstr (said, "where the image is from"));
  add_images ();
  show_case (panel);
  vv_page_run_for (1500);
  vv_page_keep_shot ("outside-images");
  press_button (panel, "Search These Images");
  ck_assert (vv_page_until (is_searched, NULL));
  vv_page_wait_text (panel, "3 images outside the photo repository");
  vv_page_keep_shot ("outside-searched");
  vv_page_close_window (window);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("outside-panel");
  TCase *tests = tcase_create ("outside-panel");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, vv_page_set_up, vv_page_tear_down);
  tcase_add_test (tests, outside_panel__opens_the_case_and_searches_its_images);
  suite_add_tcase (all, tests);
  return all;
}

VV_PAGE_MAIN (suite)
