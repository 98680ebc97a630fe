// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-block-section.h"
#include "vv-blocks.h"
#include "vv-characteristics.h"
#include "vv-compare-page.h"
#include "vv-comparison-form.h"
#include "vv-components.h"
#include "vv-drawing.h"
#include "vv-history.h"
#include "vv-json.h"
#include "vv-page.h"
#include "vv-test.h"

/* Writing a comparison down: characteristics below the procedure's parts, going back and forth, drafts that open where they
 * were left, versions, and what is shown early. */

static JsonObject *
said_in (JsonObject *comparison, const char *name)
{
  return vv_json_object (vv_json_object (comparison, "characteristics"), name);
}

static const char *
answer_in (JsonObject *comparison, const char *block)
{
  return vv_json_string (vv_json_object (vv_json_object (comparison, "blocks"), block), "answer");
}

/* --- History ------------------------------------------------------------------------------------------------ */

static JsonObject *
state (const char *text)
{
  return vv_json_new ("text", "s", text, NULL);
}

#define SECOND G_USEC_PER_SEC

START_TEST (history__groups_keys_in_a_field_and_forgets_what_was_undone)
{
  g_autoptr (VvHistory) history = vv_history_new (state (""));
  static const char     one, other;

  ck_assert_ptr_null (vv_history_undo (history));
  vv_history_add (history, state ("n"), &one, 1 * SECOND);
  vv_history_add (history, state ("no"), &one, 2 * SECOND);
  vv_history_add (history, state ("nose"), &one, 3 * SECOND);
  vv_history_add (history, state ("nose"), NULL, 3 * SECOND); /* said twice */
  vv_history_add (history, state ("nose "), &other, 3 * SECOND);
  vv_history_add (history, state ("nose t"), &other, 6 * SECOND); /* after a pause */
  vv_history_add (history, state ("answer"), NULL, 6 * SECOND);
  vv_history_add (history, state ("another"), NULL, 6 * SECOND);
  ck_assert_str_eq (vv_json_string (vv_history_undo (history), "text"), "answer");
  ck_assert_str_eq (vv_json_string (vv_history_undo (history), "text"), "nose t");
  ck_assert_str_eq (vv_json_string (vv_history_undo (history), "text"), "nose ");
  ck_assert_str_eq (vv_json_string (vv_history_undo (history), "text"), "nose");
  ck_assert_str_eq (vv_json_string (vv_history_redo (history), "text"), "nose ");
  ck_assert_str_eq (vv_json_string (vv_history_undo (history), "text"), "nose");
  ck_assert_str_eq (vv_json_string (vv_history_undo (history), "text"), "");
  ck_assert_ptr_null (vv_history_undo (history));
  ck_assert_str_eq (vv_json_string (vv_history_redo (history), "text"), "nose");
  /* What is written now is an act of its own, also in the same field, and what was undone is gone. */
  vv_history_add (history, state ("noses"), &one, 7 * SECOND);
  ck_assert_ptr_null (vv_history_redo (history));
  ck_assert_str_eq (vv_json_string (vv_history_undo (history), "text"), "nose");
}
END_TEST

/* --- The form ------------------------------------------------------------------------------------------------ */

START_TEST (form__characteristics_below_the_parts)
{
  GtkWidget             *form = g_object_new (VV_TYPE_COMPARISON_FORM, NULL);
  GtkWidget             *window = vv_page_open_window (form);
  g_autoptr (JsonObject) analysis = vv_json_parse ("{\"components\":{\"nose\":{\"visibility\":\"partly\"}}}", -1, "test", NULL);
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autofree char       *missing = NULL;
  g_autofree char       *written = NULL;
  g_autofree char       *read = NULL;
  GtkDropDown           *explanation;

  vv_comparison_form_set_analysis (VV_COMPARISON_FORM (form), analysis);
  vv_comparison_form_open (VV_COMPARISON_FORM (form), "nose.tip");
  vv_page_run_for (300);
  vv_page_press ("key d");
  body = vv_comparison_form_body (VV_COMPARISON_FORM (form));
  ck_assert_str_eq (vv_json_string (said_in (body, "nose.tip"), "answer"), "different");
  ck_assert_str_eq (vv_json_string (said_in (body, "nose.tip"), "probe"), "partly");
  ck_assert_str_eq (vv_json_string (said_in (body, "nose.tip"), "stability"), "stable");
  /* The part says what its characteristics amount to, until somebody answers for it. */
  ck_assert_str_eq (answer_in (body, "nose"), "different");
  ck_assert_ptr_null (answer_in (body, "mouth"));
  ck_assert (!vv_characteristics_check (body, NULL));

  explanation = vv_page_find (form, GTK_TYPE_DROP_DOWN, NULL, 0);
  gtk_drop_down_set_selected (explanation, 12);
  g_clear_pointer (&body, json_object_unref);
  body = vv_comparison_form_body (VV_COMPARISON_FORM (form));
  ck_assert_str_eq (vv_json_string (said_in (body, "nose.tip"), "explanation"), "unexplained");
  ck_assert (vv_characteristics_check (body, NULL));
  vv_page_wait_text (form, "Differences that nothing explains");
  vv_page_keep_shot ("form-unexplained");

  vv_page_press ("key Up Up Up Up s"); /* to the nose itself */
  g_clear_pointer (&body, json_object_unref);
  body = vv_comparison_form_body (VV_COMPARISON_FORM (form));
  ck_assert_str_eq (answer_in (body, "nose"), "similar");
  ck_assert_str_eq (vv_json_string (said_in (body, "nose.tip"), "answer"), "different");
  vv_comparison_form_open (VV_COMPARISON_FORM (form), "nose.root");
  vv_page_run_for (300);
  vv_page_press ("key d");
  g_clear_pointer (&body, json_object_unref);
  body = vv_comparison_form_body (VV_COMPARISON_FORM (form));
  ck_assert_str_eq (answer_in (body, "nose"), "similar");

  written = vv_json_canonical (body);
  vv_comparison_form_set_body (VV_COMPARISON_FORM (form), NULL);
  vv_comparison_form_set_body (VV_COMPARISON_FORM (form), body);
  again = vv_comparison_form_body (VV_COMPARISON_FORM (form));
  read = vv_json_canonical (again);
  ck_assert_str_eq (written, read);
  missing = vv_comparison_form_missing (VV_COMPARISON_FORM (form));
  ck_assert_ptr_nonnull (missing);
  vv_page_close_window (window);
}
END_TEST

/* Each has a drawing in which its part is. */
START_TEST (drawings__one_for_everything)
{
  for (const VvCharacteristic *one = vv_characteristic_all (); one->name != NULL; one++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char   *path = NULL, *wanted = NULL;
      GtkWidget         *drawing = g_object_ref_sink (vv_drawing_new ());

      vv_drawing_show (VV_DRAWING (drawing), one->name, one->title);
      path = g_strdup_printf ("/org/visavis/Visavis/drawings/%s.svg", vv_drawing_file (VV_DRAWING (drawing)));
      bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      ck_assert_msg (bytes != NULL, "%s: no %s", one->name, path);
      wanted = g_strdup_printf ("class=\"%s\"", vv_drawing_part (VV_DRAWING (drawing)));
      ck_assert_msg (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), wanted) != NULL, "%s: no %s in %s",
                     one->name, wanted, path);
      g_object_unref (drawing);
    }
}
END_TEST

/* --- The bench ------------------------------------------------------------------------------------------------- */

static GtkWidget *
open_page (gint64 request, GtkWidget **window)
{
  GtkWidget *page = vv_compare_page_new (vv_page_desk ());

  *window = vv_page_open_window (page);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  vv_page_wait_text (page, "12 of 12 left");
  vv_page_run_for (800);
  return page;
}

static JsonObject *
draft_of (gint64 request)
{
  g_autoptr (JsonObject) answer = vv_page_act (vv_desk_draft, request, vv_json_new ("key", "s", "comparison-B", NULL));

  return vv_json_copy (vv_json_object (answer, "body"));
}

START_TEST (compare_page__undoes_every_act_and_opens_where_it_was_left)
{
  gint64                 request = vv_page_make_pool ();
  GtkWidget             *window;
  GtkWidget             *page = open_page (request, &window);
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (JsonObject) place = NULL;
  GtkWidget             *form;

  vv_page_press ("key F6");
  vv_page_press ("key s Down Down Right Down Down");
  vv_page_press ("key d");
  vv_page_press ("key Return");
  vv_page_press ("type --delay 20 'round, turned up'");
  vv_page_press ("key Return");
  draft = draft_of (request);
  ck_assert_str_eq (answer_in (draft, "eyes"), "similar");
  ck_assert_str_eq (answer_in (draft, "nose"), "different");
  ck_assert_str_eq (vv_json_string (said_in (draft, "nose.root"), "note"), "round, turned up");
  vv_page_keep_shot ("bench-characteristic");

  vv_page_press ("key ctrl+z"); /* the note, as one */
  g_clear_pointer (&draft, json_object_unref);
  vv_page_run_for (1000);
  draft = draft_of (request);
  ck_assert_ptr_null (vv_json_string (said_in (draft, "nose.root"), "note"));
  ck_assert_str_eq (vv_json_string (said_in (draft, "nose.root"), "answer"), "different");
  vv_page_press ("key ctrl+z ctrl+z");
  vv_page_run_for (1000);
  g_clear_pointer (&draft, json_object_unref);
  draft = draft_of (request);
  ck_assert_ptr_null (answer_in (draft, "eyes"));
  vv_page_press ("key ctrl+shift+z ctrl+shift+z ctrl+shift+z");
  vv_page_run_for (1000);
  g_clear_pointer (&draft, json_object_unref);
  draft = draft_of (request);
  ck_assert_str_eq (answer_in (draft, "eyes"), "similar");
  ck_assert_str_eq (vv_json_string (said_in (draft, "nose.root"), "note"), "round, turned up");
  vv_page_close_window (window);

  page = open_page (request, &window);
  form = vv_page_find (page, VV_TYPE_COMPARISON_FORM, NULL, 0);
  place = vv_comparison_form_place (VV_COMPARISON_FORM (form));
  ck_assert_uint_eq (vv_json_length (vv_json_array (place, "unfolded")), 1);
  ck_assert_str_eq (json_array_get_string_element (vv_json_array (place, "unfolded"), 0), "nose");
  ck_assert_str_eq (vv_json_string (place, "line"), "nose.root");
  vv_page_close_window (window);
}
END_TEST

START_TEST (compare_page__another_version_beside_the_locked_one)
{
  gint64                 request = vv_page_make_pool ();
  GtkWidget             *window, *page;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) shown = NULL;
  JsonObject            *body = NULL;
  guint                  n = 0;

  first = vv_page_act (vv_desk_compare, request, vv_page_whole_comparison ("B", "similar"));
  page = vv_compare_page_new (vv_page_desk ());
  window = vv_page_open_window (page);
  vv_compare_page_open (VV_COMPARE_PAGE (page), request, "B");
  vv_page_wait_text (page, "Locked");
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Write another version", 0), "clicked");
  vv_page_wait_text (page, "Why another version");
  ck_assert (!gtk_widget_get_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Lock comparison", 0)));
  vv_page_press ("type --delay 20 'The lobe was seen later'");
  ck_assert (gtk_widget_get_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Lock comparison", 0)));
  vv_page_keep_shot ("bench-version");
  g_signal_emit_by_name (vv_page_find (page, GTK_TYPE_BUTTON, "Lock comparison", 0), "clicked");
  vv_page_run_for (1500);
  shown = vv_page_show (request);
  for (guint i = 0; i < vv_json_length (vv_json_array (shown, "records")); i++)
    {
      JsonObject *record = vv_json_element (vv_json_array (shown, "records"), i);

      if (g_str_equal (vv_json_string (record, "kind"), "comparison"))
        {
          n++;
          body = record;
        }
    }
  ck_assert_uint_eq (n, 2);
  ck_assert_int_eq (vv_json_int (body, "previous"), vv_json_int (first, "id"));
  ck_assert_int_eq (vv_json_int (vv_json_object (body, "body"), "replaces"), vv_json_int (first, "id"));
  ck_assert_str_eq (vv_json_string (vv_json_object (body, "body"), "why"), "The lobe was seen later");
  vv_page_close_window (window);
}
END_TEST

START_TEST (compare_page__shows_early_with_a_reason_and_disposes_with_one_key)
{
  gint64                 request = vv_page_make_pool ();
  GtkWidget             *window;
  GtkWidget             *page = open_page (request, &window);
  g_autoptr (JsonObject) shown = NULL;
  g_autofree char       *before = vv_page_all_texts (page, FALSE);
  JsonArray             *pool;

  ck_assert_ptr_null (strstr (before, "SYN-"));
  vv_page_do_act (vv_desk_show_early, request, vv_json_new ("candidate", "s", "B", "reason", "s", "Victim named a person", NULL));
  vv_page_press ("mousemove 200 300 click 1");
  vv_page_press ("key v");
  vv_page_wait_text (page, "11 of 12 left");
  vv_page_wait_text (page, "Shown early");
  vv_page_press ("key space");
  vv_page_press ("key p");
  vv_page_run_for (1000);
  vv_page_keep_shot ("bench-early");
  shown = vv_page_show (request);
  pool = vv_json_array (shown, "pool");
  ck_assert_str_eq (vv_json_string (vv_json_element (pool, 1), "disposition"), "looked");
  ck_assert_ptr_nonnull (vv_json_string (vv_json_element (pool, 1), "person"));
  ck_assert (vv_json_bool (vv_json_element (pool, 1), "early"));
  ck_assert (!vv_json_bool (vv_json_element (pool, 1), "locked"));
  ck_assert_str_eq (vv_json_string (vv_json_element (pool, 2), "disposition"), "keep");
  ck_assert_ptr_null (vv_json_string (vv_json_element (pool, 2), "person"));
  vv_page_close_window (window);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("writing");
  TCase *form = tcase_create ("form");
  TCase *tests = tcase_create ("bench");

  tcase_add_checked_fixture (tests, vv_page_set_up, vv_page_tear_down);
  tcase_set_timeout (tests, 0);
  tcase_set_timeout (form, 0);
  tcase_add_test (form, history__groups_keys_in_a_field_and_forgets_what_was_undone);
  tcase_add_test (form, drawings__one_for_everything);
  tcase_add_test (form, form__characteristics_below_the_parts);
  tcase_add_test (tests, compare_page__undoes_every_act_and_opens_where_it_was_left);
  tcase_add_test (tests, compare_page__another_version_beside_the_locked_one);
  tcase_add_test (tests, compare_page__shows_early_with_a_reason_and_disposes_with_one_key);
  suite_add_tcase (suite, form);
  suite_add_tcase (suite, tests);
  return suite;
}

VV_PAGE_MAIN (make_suite)
