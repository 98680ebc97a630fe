// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "vv-desk.h"
#include "vv-json.h"
#include "vv-measure.h"
#include "vv-test.h"

static char *dir;

/* Writes @text as a file of the test's folder, with PEOPLE/ in it replaced by the folder of the synthetic persons. */
static char *
write_csv (const char *name,
           const char *text)
{
  g_autofree char    *people = vv_test_source ("data/people/");
  g_autoptr (GString) content = g_string_new (text);
  char               *path = g_build_filename (dir, name, NULL);

  (void) g_string_replace (content, "PEOPLE/", people, 0);
  ck_assert (g_file_set_contents (path, content->str, -1, NULL));
  return path;
}

static void
setup (void)
{
  dir = vv_test_make_dir ();
}

static void
teardown (void)
{
  vv_test_remove_dir (g_steal_pointer (&dir));
}

START_TEST (pairs__figures_and_failures)
{
  g_autoptr (GError)     error = NULL;
  g_autofree char       *csv = write_csv ("pairs.csv", "file_a,file_b,same\n"
                                                             "PEOPLE/P001_gallery.jpg,PEOPLE/P001_probe1.jpg,1\n"
                                                             "PEOPLE/P002_gallery.jpg,PEOPLE/P002_probe1.jpg,1\n"
                                                             "PEOPLE/P001_gallery.jpg,nothing.jpg,1\n"
                                                             "nothing.jpg,PEOPLE/P001_gallery.jpg,0\n"
                                                             "PEOPLE/P001_gallery.jpg,PEOPLE/P002_gallery.jpg,0\n");
  g_autoptr (JsonObject) answer = vv_measure_pairs (csv, NULL, &error);
  JsonObject            *tmr = vv_json_object (answer, "tmr");

  vv_assert_ok (error);
  ck_assert_int_eq (vv_json_int (answer, "pairs"), 5);
  ck_assert_int_eq (vv_json_int (answer, "failures"), 2);
  ck_assert_uint_eq (vv_json_length (vv_json_array (answer, "failed")), 1);
  /* of three same pairs two are above the one different pair's score */
  ck_assert_double_eq_tol (vv_json_double (tmr, "1e-2"), 2.0 / 3, 1e-9);
  ck_assert_double_eq_tol (vv_json_double (tmr, "1e-4"), 2.0 / 3, 1e-9);
  ck_assert (vv_json_double (answer, "genuine_min") > vv_json_double (answer, "impostor_max"));
  ck_assert (vv_json_double (answer, "seconds_per_picture") > 0);
}
END_TEST

START_TEST (gallery__ranks_and_failures)
{
  g_autoptr (GError)     error = NULL;
  g_autofree char       *gallery = write_csv ("g.csv", "file,person\n"
                                                             "PEOPLE/P001_gallery.jpg,one\n"
                                                             "PEOPLE/P002_gallery.jpg,two\n"
                                                             "PEOPLE/P003_gallery.jpg,three\n");
  g_autofree char       *probes = write_csv ("p.csv", "file,person\n"
                                                            "PEOPLE/P001_probe1.jpg,one\n"
                                                            "PEOPLE/P002_probe1.jpg,two\n"
                                                            "PEOPLE/P003_probe1.jpg,two\n"
                                                            "nothing.jpg,three\n"
                                                            "PEOPLE/P004_probe1.jpg,stranger\n");
  g_autoptr (JsonObject) answer = vv_measure_gallery (gallery, probes, NULL, &error);
  JsonObject            *rank = vv_json_object (answer, "rank");

  vv_assert_ok (error);
  ck_assert_int_eq (vv_json_int (answer, "gallery"), 3);
  ck_assert_int_eq (vv_json_int (answer, "probes"), 5);
  ck_assert_int_eq (vv_json_int (answer, "failures"), 1);
  /* four probes have a person in the gallery: two come first, one (really somebody else) later, one has no template */
  ck_assert_double_eq_tol (vv_json_double (rank, "1"), 0.5, 1e-9);
  ck_assert_double_eq_tol (vv_json_double (rank, "50"), 0.75, 1e-9);
  /* the highest non-mated score is that of the wrongly named probe, with its true person: only it and the failed are missed */
  ck_assert_double_ge (vv_json_double (vv_json_object (answer, "fnir_at_fpir"), "1e-1"), 0.5);
}
END_TEST

START_TEST (faces__of_readable_and_unreadable_files)
{
  g_autoptr (GError)     error = NULL;
  g_autofree char       *picture = vv_test_source ("data/people/P001_gallery.jpg");
  g_autofree char       *broken = write_csv ("broken.jpg", "no picture at all");
  const char            *files[] = { picture, broken, NULL };
  g_autoptr (JsonObject) answer = vv_measure_faces (files, NULL, &error);
  JsonArray             *all = vv_json_array (answer, "files");
  JsonArray             *faces = vv_json_array (vv_json_element (all, 0), "faces");

  vv_assert_ok (error);
  ck_assert_int_eq (vv_json_int (answer, "failures"), 1);
  ck_assert_uint_eq (vv_json_length (faces), 1);
  ck_assert_uint_eq (vv_json_length (vv_json_array (vv_json_element (faces, 0), "landmarks")), 68);
  ck_assert_int_eq (vv_json_int (vv_json_element (all, 0), "width"), 480);
  ck_assert_ptr_nonnull (vv_json_string (vv_json_element (all, 1), "error"));
}
END_TEST

START_TEST (pairs__input_that_makes_no_sense)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *empty = write_csv ("empty.csv", "file_a,file_b,same\n");
  g_autofree char   *maybe = write_csv ("maybe.csv", "file_a,file_b,same\na,b,maybe\n");
  g_autofree char   *other = write_csv ("other.csv", "a,b\n1,2\n");

  ck_assert_ptr_null (vv_measure_pairs (empty, NULL, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  ck_assert_ptr_null (vv_measure_pairs (maybe, NULL, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  ck_assert_ptr_null (vv_measure_gallery (other, other, NULL, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
}
END_TEST

START_TEST (pairs__cancelled)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char         *csv = write_csv ("pairs.csv", "file_a,file_b,same\na,b,1\n");

  g_cancellable_cancel (cancellable);
  ck_assert_ptr_null (vv_measure_pairs (csv, cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
END_TEST

START_TEST (models__all_in_use_are_ok)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_measure_models (/* load= */ TRUE, &error);

  vv_assert_ok (error);
  ck_assert (vv_json_bool (answer, "ok"));
  ck_assert_uint_ge (vv_json_length (vv_json_array (answer, "packs")), 3);
}
END_TEST

static Suite *
suite (void)
{
  Suite *result = suite_create ("measure");
  TCase *measure = tcase_create ("measure");

  tcase_set_timeout (measure, 120);
  tcase_add_checked_fixture (measure, setup, teardown);
  tcase_add_test (measure, pairs__figures_and_failures);
  tcase_add_test (measure, gallery__ranks_and_failures);
  tcase_add_test (measure, faces__of_readable_and_unreadable_files);
  tcase_add_test (measure, pairs__input_that_makes_no_sense);
  tcase_add_test (measure, pairs__cancelled);
  tcase_add_test (measure, models__all_in_use_are_ok);
  suite_add_tcase (result, measure);
  return result;
}

VV_TEST_MAIN (suite)
