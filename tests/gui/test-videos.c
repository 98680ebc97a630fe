// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-frame-strip.h"
#include "vv-json.h"
#include "vv-page.h"
#include "vv-probe-panel.h"
#include "vv-test.h"

/* The frame strip of the step "Probe", on the training desk's request that has a video. */

static gint64
open_panel (GtkWidget **ret_panel, GtkWidget **ret_window)
{
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) shown = NULL;
  gint64                 request;

  vv_page_sign_in ("examiner", "training examiner");
  list = vv_page_act (vv_desk_list_requests, 0, NULL);
  request = vv_json_int (vv_json_element (vv_json_array (list, "requests"), 1), "id");
  vv_page_do_act (vv_desk_confirm_use, request,
                  vv_json_new ("decision", "s", "confirmed", "code", "s", "b", "reason", "s", "The basis fits use (b).", NULL));
  shown = vv_page_show (request);
  *ret_panel = g_object_new (VV_TYPE_PROBE_PANEL, NULL);
  *ret_window = vv_page_open_window (*ret_panel);
  vv_panel_set_case (VV_PANEL (*ret_panel), vv_page_desk (), shown, vv_json_element (vv_json_array (shown, "steps"), 0));
  return request;
}

/* The button whose tooltip begins with @text, in or under @widget; NULL for none. */
static GtkWidget *
find_by_tooltip (GtkWidget *widget, const char *text)
{
  GtkWidget  *found = NULL;
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_BUTTON (widget) && tooltip != NULL && g_str_has_prefix (tooltip, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_by_tooltip (child, text);
  return found;
}

static void
press (GtkWidget *panel, const char *label)
{
  GtkWidget *button = find_by_tooltip (panel, label);

  if (button == NULL)
    button = vv_page_find (panel, GTK_TYPE_BUTTON, label, 0);
  ck_assert (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
on_changed_cb (gboolean *changed)
{
  *changed = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

START_TEST (frame_strip__a_frame_becomes_a_picture)
{
  GtkWidget             *panel, *window;
  const gint64           request = open_panel (&panel, &window);
  gboolean               changed = FALSE;
  g_autoptr (JsonObject) after = NULL;
  JsonArray             *media;
  JsonObject            *frame;
  GtkFlowBox            *strip;

  g_signal_connect_swapped (panel, "changed", G_CALLBACK (on_changed_cb), &changed);
  press (panel, "Look at “P023_video.mp4”");
  vv_page_wait_text (panel, "60 frames, 3.9 seconds, 480 × 360 pixels, h264.");
  vv_page_wait_text (panel, "Frame 0 (counted from 0 to 59), 00:00:00.000");
  strip = vv_page_find (panel, GTK_TYPE_FLOW_BOX, NULL, 1);
  ck_assert_ptr_nonnull (gtk_flow_box_get_child_at_index (strip, 11));
  ck_assert_ptr_null (gtk_flow_box_get_child_at_index (strip, 12));
  gtk_flow_box_select_child (strip, gtk_flow_box_get_child_at_index (strip, 11));
  vv_page_wait_text (panel, "Frame 55 (counted from 0 to 59), 00:00:03.667");
  for (int i = 0; i < 10; i++) /* faster than frames come, and beyond the end */
    g_signal_emit_by_name (find_by_tooltip (panel, "The next frame"), "clicked");
  vv_page_wait_text (panel, "Frame 59 (counted from 0 to 59), 00:00:03.933");
  ck_assert (!gtk_widget_get_sensitive (find_by_tooltip (panel, "The next frame")));
  press (panel, "The frame before");
  vv_page_wait_text (panel, "Frame 58 (counted from 0 to 59), 00:00:03.867");
  vv_page_keep_shot ("frame-strip");
  press (panel, "Use this frame");
  ck_assert (vv_page_until (is_set, &changed));
  after = vv_page_show (request);
  media = vv_json_array (after, "media");
  frame = vv_json_element (media, vv_json_length (media) - 1);
  ck_assert_str_eq (vv_json_string (frame, "name"), "P023_video-frame-58.png");
  vv_panel_set_case (VV_PANEL (panel), vv_page_desk (), after, vv_json_element (vv_json_array (after, "steps"), 0));
  press (panel, "Use this frame"); /* once is enough */
  vv_page_run_for (500);
  vv_page_close_window (window);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("videos");
  TCase *tests = tcase_create ("videos");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, vv_page_set_up, vv_page_tear_down);
  tcase_add_test (tests, frame_strip__a_frame_becomes_a_picture);
  suite_add_tcase (all, tests);
  return all;
}

VV_PAGE_MAIN (suite)
