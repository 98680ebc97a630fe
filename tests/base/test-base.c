// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>
#include <unistd.h>

#include "vv-error.h"
#include "vv-hash.h"
#include "vv-json-mark.h"
#include "vv-json.h"
#include "vv-log.h"
#include "vv-progress.h"
#include "vv-record.h"
#include "vv-test.h"
#include "vv-time.h"
#include "vv-worker.h"

START_TEST (hash__known_answer)
{
  g_autofree char *hash = vv_hash_data ("abc", 3);

  ck_assert_str_eq (hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  ck_assert (vv_hash_is_valid (hash));
  ck_assert (!vv_hash_is_valid ("BA78"));
}
END_TEST

START_TEST (time__there_and_back)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = vv_time_format (G_GINT64_CONSTANT (1790000000123456));

  ck_assert_str_eq (text, "2026-09-21T14:13:20.12Z");
  ck_assert_int_eq (vv_time_parse (text, &error), G_GINT64_CONSTANT (1790000000120000));
  ck_assert_int_eq (vv_time_parse ("yesterday", &error), -1);
  vv_assert_error (error, VV_BASE_ERROR, VV_BASE_ERROR_INVALID);
}
END_TEST

START_TEST (time__for_people)
{
  g_autofree char *moment = vv_time_for_people ("2026-11-23T14:05:01.23Z");
  g_autofree char *date = vv_time_for_people ("2026-11-03");

  ck_assert_str_eq (moment, "23 Nov 2026 14:05");
  ck_assert_str_eq (date, "3 Nov 2026");
}
END_TEST

START_TEST (json__canonical_sorts_and_escapes)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) object = vv_json_parse ("{\"b\":[1,2.5,true,null],\"a\":\"q\\\"\\u0001\\n\",\"c\":{\"z\":0.1,\"y\":-3}}", -1, "test", &error);
  g_autofree char       *text = NULL;

  vv_assert_ok (error);
  text = vv_json_canonical (object);
  ck_assert_str_eq (text, "{\"a\":\"q\\\"\\u0001\\n\",\"b\":[1,2.5,true,null],\"c\":{\"y\":-3,\"z\":0.1}}");
}
END_TEST

START_TEST (json__refuses_what_is_not_an_object)
{
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (vv_json_parse ("[1]", -1, "list", &error));
  vv_assert_error (error, VV_BASE_ERROR, VV_BASE_ERROR_INVALID);
  ck_assert_ptr_null (vv_json_parse ("{\"a\":", -1, "half", &error));
  vv_assert_error (error, VV_BASE_ERROR, VV_BASE_ERROR_INVALID);
}
END_TEST

START_TEST (json__copy_is_deep)
{
  g_autoptr (JsonObject) object = vv_json_new ("in", "o", vv_json_new ("x", "i", (gint64) 1, NULL), NULL);
  g_autoptr (JsonObject) copy = vv_json_copy (object);

  json_object_set_int_member (vv_json_object (copy, "in"), "x", 2);
  ck_assert_int_eq (vv_json_int (vv_json_object (object, "in"), "x"), 1);
}
END_TEST

static const struct
{
  const char *text;
  gboolean    whole;
} marks[] = {
  { "{\"mark\":\"point\",\"points\":[[12.25,7]]}", TRUE },
  { "{\"mark\":\"line\",\"points\":[[1,2],[3.5,4]]}", TRUE },
  { "{\"mark\":\"arrow\",\"points\":[[-1,2],[3,4]]}", TRUE },
  { "{\"mark\":\"curve\",\"points\":[[1,2],[3,4],[5,6]]}", TRUE },
  { "{\"mark\":\"outline\",\"points\":[[1,2],[3,4],[5,6]]}", TRUE },
  { "{\"mark\":\"outline\",\"points\":[[1,2],[3,4]]}", FALSE },
  { "{\"mark\":\"point\",\"points\":[[1,2],[3,4]]}", FALSE },
  { "{\"mark\":\"point\",\"points\":[]}", FALSE },
  { "{\"mark\":\"point\"}", FALSE },
  { "{\"mark\":\"cross\",\"points\":[[1,2]]}", FALSE },
  { "{\"points\":[[1,2]]}", FALSE },
  { "{\"mark\":\"point\",\"points\":[[1,2,3]]}", FALSE },
  { "{\"mark\":\"point\",\"points\":[[1,\"2\"]]}", FALSE },
  { "{\"mark\":\"point\",\"points\":[[1,null]]}", FALSE },
  { "{\"mark\":\"point\",\"points\":[[1,1e300]]}", FALSE },
  { "{\"mark\":\"point\",\"points\":[1,2]}", FALSE },
};

START_TEST (mark__is_whole_or_refused)
{
  g_autoptr (JsonObject) json = vv_json_parse (marks[_i].text, -1, "test", NULL);
  g_autoptr (JsonObject) again = NULL;
  g_autofree char       *text = NULL;
  VvMark                 mark = { .n_points = 77 };

  ck_assert_msg (vv_mark_read (json, &mark) == marks[_i].whole, "%s", marks[_i].text);
  if (!marks[_i].whole)
    {
      ck_assert_uint_eq (mark.n_points, 77);
      return;
    }
  again = vv_mark_to_json (&mark);
  text = vv_json_canonical (again);
  ck_assert_str_eq (text, marks[_i].text);
}
END_TEST

/* What is near is what is seen: lines between the points, the bow of a curve, the side that closes an outline. */
START_TEST (mark__is_hit_where_it_is_drawn)
{
  VvMark line = { VV_MARK_LINE, 2, { { 0, 0 }, { 10, 0 } } };
  VvMark curve = { VV_MARK_CURVE, 3, { { 0, 0 }, { 10, 10 }, { 20, 0 } } };
  VvMark outline = { VV_MARK_OUTLINE, 4, { { 0, 0 }, { 10, 0 }, { 10, 10 }, { 0, 10 } } };
  VvMark point = { VV_MARK_POINT, 1, { { 3, 4 } } };
  VvBox  box = vv_mark_bounds (&curve);

  ck_assert_double_eq_tol (vv_mark_distance (&line, (VvPoint){ 5, 2 }), 2, 1e-6);
  ck_assert_double_eq_tol (vv_mark_distance (&line, (VvPoint){ -3, 4 }), 5, 1e-6);
  ck_assert_double_eq_tol (vv_mark_distance (&point, (VvPoint){ 0, 0 }), 5, 1e-6);
  for (guint i = 0; i < curve.n_points; i++)
    ck_assert_double_lt (vv_mark_distance (&curve, curve.points[i]), 1e-4);
  ck_assert_double_lt (vv_mark_distance (&curve, (VvPoint){ 4.375f, 5.625f }), 0.05); /* above the straight line */
  ck_assert_double_lt (vv_mark_distance (&outline, (VvPoint){ -1.25f, 5 }), 0.05);
  ck_assert_double_eq (box.width, 20);
  ck_assert_double_eq (box.height, 10);
}
END_TEST

START_TEST (mark__by_hand_keeps_its_shape_in_few_points)
{
  VvPoint points[400];
  guint   n;

  for (guint i = 0; i < 400; i++) /* along, then down, with a tremor */
    points[i] = i < 200 ? (VvPoint){ (float) i, i % 2 == 0 ? 0.3f : -0.3f } : (VvPoint){ 199 + (i % 2 == 0 ? 0.3f : -0.3f), (float) i - 200 };
  n = vv_mark_simplify (points, 400, 1);
  ck_assert_uint_eq (n, 3);
  ck_assert_double_eq_tol (points[1].x, 199, 1.5);
  ck_assert_double_eq_tol (points[1].y, 0, 1.5);
  for (guint i = 0; i < 400; i++)
    points[i] = (VvPoint){ (float) i, i % 2 == 0 ? 0 : 50 };
  n = vv_mark_simplify (points, 400, 1);
  ck_assert_uint_le (n, VV_MARK_POINTS_MAX);
  ck_assert_uint_ge (n, 2);
}
END_TEST

START_TEST (log__shortens_keys)
{
  g_autofree char *text = vv_log_redact ("key 0123456789abcdef0123456789abcdef used on 23 Nov");

  ck_assert_str_eq (text, "key 012345… used on 23 Nov");
}
END_TEST

START_TEST (record__hash_covers_every_field)
{
  g_autoptr (JsonObject) body = vv_json_new ("text", "s", "x", NULL);
  g_autoptr (VvRecord)   a = vv_record_new (1, 2, 0, "media", "chen", "2026-11-23T14:05:01.23Z", body);
  g_autoptr (VvRecord)   b = vv_record_new (1, 2, 0, "media", "ortiz", "2026-11-23T14:05:01.23Z", body);
  g_autoptr (VvRecord)   c = vv_record_new (1, 2, 1, "media", "chen", "2026-11-23T14:05:01.23Z", body);

  ck_assert_str_ne (a->hash, b->hash);
  ck_assert_str_ne (a->hash, c->hash);
}
END_TEST

static void
append_number (GTask *task, gpointer source, gpointer number, GCancellable *cancellable)
{
  g_string_append_printf (g_object_get_data (source, "out"), "%d", GPOINTER_TO_INT (number));
  g_task_return_boolean (task, TRUE);
}

START_TEST (worker__runs_in_order)
{
  g_autoptr (GObject) source = g_object_new (VV_TYPE_PROGRESS, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  VvWorker           *worker = vv_worker_new ("test");

  g_object_set_data (source, "out", out);
  for (int i = 0; i < 8; i++)
    {
      g_autoptr (GTask) task = g_task_new (source, NULL, NULL, NULL);

      g_task_set_task_data (task, GINT_TO_POINTER (i), NULL);
      vv_worker_push (worker, task, append_number);
    }
  vv_worker_free (worker);
  ck_assert_str_eq (out->str, "01234567");
}
END_TEST

START_TEST (progress__plain_cancellable_is_fine)
{
  g_autoptr (VvProgress)   progress = vv_progress_new ();
  g_autoptr (GCancellable) plain = g_cancellable_new ();
  guint64                  done, total;

  vv_progress_set (plain, 1, 2);
  vv_progress_set (NULL, 1, 2);
  vv_progress_set (G_CANCELLABLE (progress), 3, 4);
  vv_progress_get (progress, &done, &total);
  ck_assert_uint_eq (done, 3);
  ck_assert_uint_eq (total, 4);
}
END_TEST

/* Tests make links to see them refused: clearing up must not go through one. */
START_TEST (remove_dir__leaves_what_a_link_leads_to)
{
  char            *elsewhere = vv_test_make_dir ();
  char            *dir = vv_test_make_dir ();
  g_autofree char *file = g_build_filename (elsewhere, "file", NULL);
  g_autofree char *link = g_build_filename (dir, "link", NULL);

  ck_assert (g_file_set_contents (file, "text", -1, NULL));
  ck_assert_int_eq (symlink (elsewhere, link), 0);
  vv_test_remove_dir (dir);
  ck_assert (g_file_test (file, G_FILE_TEST_EXISTS));
  vv_test_remove_dir (elsewhere);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("base");
  TCase *tests = tcase_create ("base");

  tcase_add_test (tests, hash__known_answer);
  tcase_add_test (tests, time__there_and_back);
  tcase_add_test (tests, time__for_people);
  tcase_add_test (tests, json__canonical_sorts_and_escapes);
  tcase_add_test (tests, json__refuses_what_is_not_an_object);
  tcase_add_test (tests, json__copy_is_deep);
  tcase_add_loop_test (tests, mark__is_whole_or_refused, 0, (int) G_N_ELEMENTS (marks));
  tcase_add_test (tests, mark__is_hit_where_it_is_drawn);
  tcase_add_test (tests, mark__by_hand_keeps_its_shape_in_few_points);
  tcase_add_test (tests, log__shortens_keys);
  tcase_add_test (tests, record__hash_covers_every_field);
  tcase_add_test (tests, worker__runs_in_order);
  tcase_add_test (tests, progress__plain_cancellable_is_fine);
  tcase_add_test (tests, remove_dir__leaves_what_a_link_leads_to);
  suite_add_tcase (suite, tests);
  return suite;
}

VV_TEST_MAIN (make_suite)
