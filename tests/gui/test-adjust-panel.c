// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-adjust-panel.h"
#include "vv-adjust-row.h"
#include "vv-canvas.h"
#include "vv-compare-page.h"
#include "vv-components.h"
#include "vv-json.h"
#include "vv-page.h"
#include "vv-probe-panel.h"
#include "vv-readout.h"
#include "vv-test.h"

/* The list of adjustments: by itself, and left of the probe. */

static VvPicture *shown;    /* newest picture that was handed out */
static gboolean   complete; /* it is what a desk would search */
static gboolean   previews; /* one was smaller */

static void
on_derived_cb (VvAdjustPanel *panel, const VvDerivedView *view, gpointer data)
{
  g_clear_pointer (&shown, vv_picture_unref);
  shown = vv_picture_ref (view->picture);
  complete = view->complete;
  previews |= view->scale < 1;
}

static VvPicture *
plain_picture (int width, int height)
{
  gsize              size = 4 * (gsize) width * (gsize) height;
  guint8            *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;

  memset (pixels, 100, size);
  for (gsize i = 3; i < size; i += 4)
    pixels[i] = 255;
  bytes = g_bytes_new_take (pixels, size);
  return vv_picture_new (width, height, 4 * (gsize) width, bytes);
}

static gboolean
is_complete (gpointer data)
{
  return complete;
}

static int
shade (void)
{
  ck_assert (vv_page_until (is_complete, NULL));
  return vv_picture_row (shown, 0)[0];
}

/* Does @action and waits for what comes of it. */
static void
act (GtkWidget *panel, const char *action, const char *target)
{
  complete = FALSE;
  ck_assert (gtk_widget_activate_action_variant (panel, action, target != NULL ? g_variant_new_string (target) : NULL));
  ck_assert (vv_page_until (is_complete, NULL));
}

static guint
n_steps (GtkWidget *panel)
{
  g_autoptr (JsonArray) steps = vv_adjust_panel_get_steps (VV_ADJUST_PANEL (panel));

  return vv_json_length (steps);
}

START_TEST (panel__edits_undoes_and_shows)
{
  GtkWidget            *panel = vv_adjust_panel_new ();
  GtkWidget            *window = vv_page_open_window (panel);
  g_autoptr (VvPicture) picture = plain_picture (60, 40);
  GtkSpinButton        *stops;

  g_signal_connect (panel, "derived", G_CALLBACK (on_derived_cb), NULL);
  vv_adjust_panel_set_picture (VV_ADJUST_PANEL (panel), picture);
  ck_assert_int_eq (shade (), 100);
  ck_assert_uint_eq (n_steps (panel), 0);

  act (panel, "adjust.add", "exposure");
  ck_assert_int_eq (shade (), 100);
  stops = vv_page_find (panel, GTK_TYPE_SPIN_BUTTON, NULL, 0);
  complete = FALSE;
  gtk_spin_button_set_value (stops, 1);
  gtk_spin_button_set_value (stops, 1.5);
  ck_assert_int_gt (shade (), 150);
  act (panel, "adjust.add", "grey");
  ck_assert_uint_eq (n_steps (panel), 2);

  /* Held aside, then as it was. */
  vv_adjust_panel_hold_original (VV_ADJUST_PANEL (panel), TRUE);
  ck_assert_int_eq (vv_picture_row (shown, 0)[0], 100);
  ck_assert (!complete);
  vv_adjust_panel_hold_original (VV_ADJUST_PANEL (panel), FALSE);
  ck_assert_int_gt (shade (), 150);

  /* Undo takes the two turns of one value back as one. */
  act (panel, "adjust.undo", NULL);
  ck_assert_uint_eq (n_steps (panel), 1);
  act (panel, "adjust.undo", NULL);
  ck_assert_int_eq (shade (), 100);
  ck_assert_uint_eq (n_steps (panel), 1);
  act (panel, "adjust.redo", NULL);
  ck_assert_int_gt (shade (), 150);
  act (panel, "adjust.reset", NULL);
  ck_assert_int_eq (shade (), 100);
  ck_assert_uint_eq (n_steps (panel), 0);
  vv_page_close_window (window);
}
END_TEST

/* What a drag does at its end. */
START_TEST (panel__a_dropped_step_takes_the_place_of_the_other)
{
  static const char *const kinds[] = { "crop", "levels", "gamma", "grey" };
  static const struct
  {
    guint       from, to;
    const char *first, *last;
  } drops[] = { { 0, 3, "levels", "crop" }, { 3, 0, "crop", "grey" }, { 2, 1, "crop", "grey" } };
  GtkWidget            *panel = vv_adjust_panel_new ();
  GtkWidget            *window = vv_page_open_window (panel);
  g_autoptr (VvPicture) picture = plain_picture (60, 40);

  g_signal_connect (panel, "derived", G_CALLBACK (on_derived_cb), NULL);
  vv_adjust_panel_set_picture (VV_ADJUST_PANEL (panel), picture);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    act (panel, "adjust.add", kinds[i]);
  for (guint i = 0; i < G_N_ELEMENTS (drops); i++)
    {
      g_autoptr (JsonArray) steps = NULL;

      complete = FALSE;
      g_signal_emit_by_name (vv_page_find (panel, VV_TYPE_ADJUST_ROW, NULL, drops[i].to), "dropped",
                             vv_page_find (panel, VV_TYPE_ADJUST_ROW, NULL, drops[i].from));
      ck_assert (vv_page_until (is_complete, NULL));
      steps = vv_adjust_panel_get_steps (VV_ADJUST_PANEL (panel));
      ck_assert_uint_eq (vv_json_length (steps), G_N_ELEMENTS (kinds));
      ck_assert_str_eq (vv_json_string (vv_json_element (steps, 0), "step"), drops[i].first);
      ck_assert_str_eq (vv_json_string (vv_json_element (steps, 3), "step"), drops[i].last);
    }
  vv_page_close_window (window);
}
END_TEST

START_TEST (panel__switches_moves_and_removes_steps)
{
  GtkWidget            *panel = vv_adjust_panel_new ();
  GtkWidget            *window = vv_page_open_window (panel);
  g_autoptr (VvPicture) picture = plain_picture (60, 40);
  g_autoptr (JsonArray) steps = NULL;

  g_signal_connect (panel, "derived", G_CALLBACK (on_derived_cb), NULL);
  vv_adjust_panel_set_picture (VV_ADJUST_PANEL (panel), picture);
  act (panel, "adjust.add", "crop");
  act (panel, "adjust.add", "levels");
  complete = FALSE;
  gtk_spin_button_set_value (vv_page_find (panel, GTK_TYPE_SPIN_BUTTON, NULL, 5), 200);
  ck_assert_int_gt (shade (), 100);
  gtk_widget_activate_action (vv_page_find (panel, GTK_TYPE_SPIN_BUTTON, NULL, 5), "step.up", NULL);
  ck_assert (vv_page_until (is_complete, NULL));
  steps = vv_adjust_panel_get_steps (VV_ADJUST_PANEL (panel));
  ck_assert_str_eq (vv_json_string (vv_json_element (steps, 0), "step"), "levels");
  complete = FALSE;
  gtk_toggle_button_set_active (vv_page_find (panel, GTK_TYPE_TOGGLE_BUTTON, NULL, 1), FALSE);
  ck_assert_int_eq (shade (), 100);
  gtk_widget_activate_action (vv_page_find (panel, GTK_TYPE_SPIN_BUTTON, NULL, 0), "step.remove", NULL);
  ck_assert_uint_eq (n_steps (panel), 1);

  /* What cannot be done is said, and the picture stays. */
  gtk_spin_button_set_value (vv_page_find (panel, GTK_TYPE_SPIN_BUTTON, NULL, 0), 500);
  vv_page_wait_text (panel, "60 × 40 pixels at that step");
  vv_page_close_window (window);
}
END_TEST

START_TEST (panel__shows_a_large_picture_smaller_first)
{
  GtkWidget            *panel = vv_adjust_panel_new ();
  GtkWidget            *window = vv_page_open_window (panel);
  g_autoptr (VvPicture) picture = plain_picture (2400, 1800);

  previews = FALSE;
  g_signal_connect (panel, "derived", G_CALLBACK (on_derived_cb), NULL);
  vv_adjust_panel_set_picture (VV_ADJUST_PANEL (panel), picture);
  act (panel, "adjust.add", "unsharp");
  ck_assert (previews);
  ck_assert_int_eq (shown->width, 2400);
  vv_page_close_window (window);
}
END_TEST

/* --- Values of pixels ------------------------------------------------------------------------------------------------ */

START_TEST (readout__reads_the_pixels_that_are_shown)
{
  GtkWidget            *canvas = vv_canvas_new ();
  GtkWidget            *window = vv_page_open_window (canvas);
  g_autoptr (VvPicture) picture = plain_picture (400, 300);
  GtkWidget            *readout;
  g_autofree char      *text = NULL;
  g_autofree char      *beside = NULL;
  guint                 histogram[256], seen = 0;
  cairo_matrix_t        matrix;
  double                x = 120.5, y = 30.5;

  vv_canvas_set_picture (VV_CANVAS (canvas), picture, NULL, 0, -1);
  vv_page_run_for (200);
  readout = g_object_ref_sink (vv_readout_new (VV_CANVAS (canvas)));
  vv_canvas_get_matrix (VV_CANVAS (canvas), &matrix);
  cairo_matrix_transform_point (&matrix, &x, &y);
  text = vv_readout_describe (VV_READOUT (readout), x, y);
  ck_assert_str_eq (text, "Column 121, line 31: red 100, green 100, blue 100");
  beside = vv_readout_describe (VV_READOUT (readout), -5, y);
  ck_assert_ptr_null (beside);
  vv_readout_count (VV_READOUT (readout), histogram);
  for (int i = 0; i < 256; i++)
    seen += histogram[i];
  ck_assert_uint_gt (histogram[100], 30000);
  ck_assert_uint_eq (histogram[100], seen);
  g_object_unref (readout);
  vv_page_close_window (window);
}
END_TEST

/* --- Left of the probe -------------------------------------------------------------------------------------------- */

static void
on_changed_cb (VvPanel *panel, gboolean *changed)
{
  *changed = TRUE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

static gboolean
is_usable (gpointer button)
{
  return gtk_widget_get_sensitive (button);
}

START_TEST (probe__what_is_shown_is_what_is_searched)
{
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  GtkWidget             *panel, *window, *use, *adjust;
  JsonObject            *derived;
  gint64                 request;
  gboolean               changed = FALSE;

  vv_page_sign_in ("examiner", "training examiner");
  list = vv_page_act (vv_desk_list_requests, 0, NULL);
  request = vv_json_int (vv_json_element (vv_json_array (list, "requests"), 0), "id");
  vv_page_do_act (vv_desk_confirm_use, request,
                  vv_json_new ("decision", "s", "confirmed", "code", "s", "a", "reason", "s", "The basis fits use (a).", NULL));
  before = vv_page_show (request);
  panel = g_object_new (VV_TYPE_PROBE_PANEL, NULL);
  window = vv_page_open_window (panel);
  g_signal_connect (panel, "changed", G_CALLBACK (on_changed_cb), &changed);
  vv_panel_set_case (VV_PANEL (panel), vv_page_desk (), before, vv_json_element (vv_json_array (before, "steps"), 0));
  use = vv_page_find (panel, GTK_TYPE_BUTTON, "Use this face", 0);
  ck_assert (vv_page_until (is_usable, use));

  gtk_toggle_button_set_active (vv_page_find (panel, GTK_TYPE_TOGGLE_BUTTON, "Adjust", 0), TRUE);
  adjust = gtk_widget_get_ancestor (vv_page_find (panel, GTK_TYPE_MENU_BUTTON, NULL, 0), VV_TYPE_ADJUST_PANEL);
  ck_assert (gtk_widget_activate_action (adjust, "adjust.add", "s", "exposure"));
  gtk_spin_button_set_value (vv_page_find (panel, GTK_TYPE_SPIN_BUTTON, NULL, 0), 0.7);
  ck_assert (gtk_widget_activate_action (adjust, "adjust.add", "s", "rotate"));
  gtk_spin_button_set_value (vv_page_find (panel, GTK_TYPE_SPIN_BUTTON, NULL, 1), 9);
  ck_assert (!gtk_widget_get_sensitive (use) || vv_page_until (is_usable, use));
  vv_page_run_for (1500);
  vv_page_keep_shot ("probe-adjusted");
  ck_assert (vv_page_until (is_usable, use));
  g_signal_emit_by_name (use, "clicked");
  ck_assert (vv_page_until (is_set, &changed));

  after = vv_page_show (request);
  derived = vv_json_object (vv_json_object (after, "probe"), "derived");
  ck_assert_str_eq (vv_json_string (derived, "description"),
                    "Exposure: Brighter by 0.70 stops. Rotate: Clockwise by 9.0 degrees, Kernel bicubic.");
  vv_page_close_window (window);
}
END_TEST

/* --- On the bench ----------------------------------------------------------------------------------------------------- */

static gint64
make_pool (const char *adjustments)
{
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) steps = vv_json_parse (adjustments, -1, "the list", NULL);
  JsonObject            *components = json_object_new ();
  gint64                 request;

  vv_page_sign_in ("examiner", "training examiner");
  list = vv_page_act (vv_desk_list_requests, 0, NULL);
  request = vv_json_int (vv_json_element (vv_json_array (list, "requests"), 0), "id");
  vv_page_do_act (vv_desk_confirm_use, request,
                  vv_json_new ("decision", "s", "confirmed", "code", "s", "a", "reason", "s", "The basis fits use (a).", NULL));
  before = vv_page_show (request);
  json_object_set_int_member (steps, "media", vv_json_int (vv_json_element (vv_json_array (before, "media"), 0), "id"));
  vv_page_do_act (vv_desk_select_probe, request, json_object_ref (steps));
  for (const VvComponent *component = vv_component_all (); component->name != NULL; component++)
    json_object_set_object_member (components, component->name, vv_json_new ("visibility", "s", "clear", NULL));
  vv_page_do_act (vv_desk_analyse_probe, request,
                  vv_json_new ("components", "o", components, "summary", "s", "Everything can be compared.", NULL));
  vv_page_do_act (vv_desk_search, request, NULL);
  return request;
}

/* The probe is seen as it was searched; what is adjusted for looking is kept with what is written. */
START_TEST (bench__shows_and_keeps_adjustments)
{
  gint64                 request = make_pool ("{\"face\":0,\"adjustments\":[{\"step\":\"rotate\",\"degrees\":-20}]}");
  GtkWidget             *page = vv_compare_page_new (vv_page_desk ());
  GtkWidget             *window = vv_page_open_window (page);
  g_autoptr (JsonObject) draft = NULL;
  GtkWidget             *candidate, *toggle;
  JsonObject            *adjustments;

  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  vv_page_wait_text (page, "12 of 12 left");
  gtk_toggle_button_set_active (vv_page_find (page, GTK_TYPE_TOGGLE_BUTTON, "Adjust", 0), TRUE);
  vv_page_wait_text (page, "Rotate");
  gtk_toggle_button_set_active (vv_page_find (page, GTK_TYPE_TOGGLE_BUTTON, "Adjust", 0), FALSE);
  toggle = vv_page_find (page, GTK_TYPE_TOGGLE_BUTTON, "Adjust", 1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  candidate = gtk_widget_get_prev_sibling (gtk_widget_get_ancestor (toggle, GTK_TYPE_OVERLAY));
  ck_assert (VV_IS_ADJUST_PANEL (candidate));
  ck_assert (gtk_widget_activate_action (candidate, "adjust.add", "s", "gamma"));
  gtk_spin_button_set_value (vv_page_find (candidate, GTK_TYPE_SPIN_BUTTON, NULL, 0), 1.8);
  gtk_toggle_button_set_active (vv_page_find (page, GTK_TYPE_TOGGLE_BUTTON, "Values", 0), TRUE);
  vv_page_run_for (1500);
  vv_page_keep_shot ("bench-adjusted");
  draft = vv_page_act (vv_desk_draft, request, vv_json_new ("key", "s", "comparison-B", NULL));
  adjustments = vv_json_object (vv_json_object (draft, "body"), "adjustments");
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (adjustments, "probe"), 0), "step"), "rotate");
  ck_assert_double_eq_tol (vv_json_double (vv_json_element (vv_json_array (adjustments, "candidate"), 0), "gamma"), 1.8, 1e-9);
  vv_page_close_window (window);

  /* As left: another page on the same draft. */
  page = vv_compare_page_new (vv_page_desk ());
  window = vv_page_open_window (page);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  gtk_toggle_button_set_active (vv_page_find (page, GTK_TYPE_TOGGLE_BUTTON, "Adjust", 1), TRUE);
  vv_page_wait_text (page, "Gamma");
  vv_page_close_window (window);
}
END_TEST

static Suite *
suite (void)
{
  Suite *result = suite_create ("adjust-panel");
  TCase *panel = tcase_create ("panel");
  TCase *probe = tcase_create ("probe");

  tcase_set_timeout (panel, 120);
  tcase_add_test (panel, panel__edits_undoes_and_shows);
  tcase_add_test (panel, panel__a_dropped_step_takes_the_place_of_the_other);
  tcase_add_test (panel, panel__switches_moves_and_removes_steps);
  tcase_add_test (panel, panel__shows_a_large_picture_smaller_first);
  tcase_add_test (panel, readout__reads_the_pixels_that_are_shown);
  tcase_set_timeout (probe, 120);
  tcase_add_checked_fixture (probe, vv_page_set_up, vv_page_tear_down);
  tcase_add_test (probe, probe__what_is_shown_is_what_is_searched);
  tcase_add_test (probe, bench__shows_and_keeps_adjustments);
  suite_add_tcase (result, panel);
  suite_add_tcase (result, probe);
  return result;
}

VV_PAGE_MAIN (suite)
