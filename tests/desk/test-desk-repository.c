// SPDX-License-Identifier: GPL-3.0-or-later
#include <cairo.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-procedure-error.h"
#include "vv-progress.h"
#include "vv-test-desk.h"

/* Photographs coming into the repository. */

static VvTestDesk *test;
static char       *folder;

static void
setup (void)
{
  test = vv_test_desk_new ();
  folder = vv_test_make_dir ();
  vv_test_sign_in (test->desk, "admin");
}

static void
teardown (void)
{
  vv_test_remove_dir (g_steal_pointer (&folder));
  g_clear_pointer (&test, vv_test_desk_free);
}

/* A picture of the synthetic persons as a file of the import. Returns its SHA-256. (transfer full) */
static char *
take (const char *from,
      const char *name)
{
  g_autofree char   *relative = g_build_filename ("data/people", from, NULL);
  g_autofree char   *source = vv_test_source (relative);
  g_autofree char   *target = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) bytes = vv_test_read (source);

  ck_assert (g_file_set_contents (target, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static char *
write_manifest (const char *text)
{
  g_autofree char *path = g_build_filename (folder, "manifest.csv", NULL);

  ck_assert (g_file_set_contents (path, text, -1, NULL));
  return g_strdup_printf ("{'manifest':'%s'}", path);
}

static JsonObject *
import (const char *text)
{
  g_autofree char *json = write_manifest (text);

  return vv_test_do (test->desk, vv_desk_import_repository, 0, json);
}

static void
assert_counts (JsonObject *answer,
               gint64      added,
               gint64      present,
               gint64      refused)
{
  g_autofree char *text = vv_json_canonical (answer);

  ck_assert_msg (vv_json_int (answer, "added") == added &&
                   vv_json_int (answer, "present") == present &&
                   vv_json_int (answer, "refused") == refused,
                 "%s", text);
}

/* Paints pictures of the synthetic persons side by side, from their decoded pixels. */
static void
compose (const char        *name,
         const char *const *people)
{
  g_autofree char *target = g_build_filename (folder, name, NULL);
  cairo_surface_t *all = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1000, 620);
  cairo_t         *cr = cairo_create (all);

  cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
  cairo_paint (cr);
  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    {
      g_autofree char      *relative = g_build_filename ("data/people", people[i], NULL);
      g_autofree char      *path = vv_test_source (relative);
      g_autoptr (GBytes)    file = vv_test_read (path);
      g_autoptr (GError)    error = NULL;
      g_autoptr (VvPicture) picture = vv_decoder_decode (test->desk->decoder, file, "picture", VV_DECODER_FOREIGN, NULL, NULL, &error);
      cairo_surface_t      *one;

      vv_assert_ok (error);
      one = cairo_image_surface_create_for_data ((guchar *) vv_picture_row (picture, 0), CAIRO_FORMAT_RGB24, picture->width, picture->height,
                                                 (int) picture->stride);
      cairo_set_source_surface (cr, one, 10 + i * 490, 10);
      cairo_paint (cr);
      cairo_surface_destroy (one);
    }
  cairo_destroy (cr);
  ck_assert_int_eq (cairo_surface_write_to_png (all, target), CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (all);
}

START_TEST (import__every_row_has_its_answer)
{
  static const char *const two[] = { "P003_gallery.jpg", "P004_gallery.jpg", NULL };
  g_autofree char         *sum = take ("P007_probe1.jpg", "one, with comma.jpg");
  g_autofree char         *other = take ("P008_probe1.jpg", "two.jpg");
  g_autofree char         *upper = g_ascii_strup (sum, -1);
  g_autofree char         *text = NULL;
  g_autoptr (JsonObject)   first = NULL;
  g_autoptr (JsonObject)   second = NULL;
  JsonArray               *exceptions;

  compose ("faces.png", two);
  compose ("nobody.png", NULL);
  /* A byte order mark, quotes with commas and quotes in them, the line ends of another system, and a last row without. */
  text = g_strdup_printf ("\xEF\xBB\xBF"
                          "file,person,class,origin,reference,taken,sha256\r\n"
                          "\"one, with comma.jpg\",\"N 1 \"\"the first\"\"\",arrest,synthetic-people,R-1,2026-01-02,%s\r\n"
                          "two.jpg,N2,parole,parole-photo-system,R-2,,\r\n"
                          "two.jpg,N2,parole,parole-photo-system,R-2,,\r\n"
                          "two.jpg,N3,licence,synthetic-people,R-3,,\r\n"
                          "two.jpg,N4,arrest,social-media,R-4,,\r\n"
                          "two.jpg,N5,arrest,synthetic-people,R-5,,%s\r\n"
                          "two.jpg,,arrest,synthetic-people,R-6,,\r\n"
                          "missing.jpg,N7,arrest,synthetic-people,R-7,,\r\n"
                          "manifest.csv,N8,arrest,synthetic-people,R-8,,\r\n"
                          "faces.png,N9,arrest,synthetic-people,R-9,,\r\n"
                          "nobody.png,N10,arrest,synthetic-people,R-10,,\r\n"
                          "nobody.png,N10,arrest,synthetic-people,R-10,,",
                          upper, sum);
  first = import (text);
  assert_counts (first, 2, 1, 9);
  exceptions = vv_json_array (first, "exceptions");
  ck_assert_uint_eq (vv_json_length (exceptions), 9);
  for (guint i = 0; i < 9; i++)
    {
      const char *reason = vv_json_string (vv_json_element (exceptions, i), "reason");

      ck_assert_msg (reason != NULL && g_str_has_suffix (reason, ".") && strstr (reason, folder) == NULL, "%s", reason);
    }
  ck_assert_str_eq (vv_json_string (vv_json_element (exceptions, 6), "reason"), "Several faces were found in the photograph.");
  ck_assert_str_eq (vv_json_string (vv_json_element (exceptions, 7), "reason"), "No face was found in the photograph.");
  ck_assert_str_ne (sum, other);

  second = import (text);
  assert_counts (second, 0, 3, 9);
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (import__manifest_that_cannot_be_used)
{
  static const char *const texts[] = {
    "",
    "\n",
    "file,person,class,origin\nx,y,arrest,synthetic-people\n",                    /* no reference */
    "file,person,class,origin,reference\nx,y,arrest,synthetic-people\n",          /* a column too few */
    "file,person,class,origin,reference\nx,\"y,arrest,synthetic-people,R\n",      /* a quote left open */
    "file,person,class,origin,reference,\"x\n",                                   /* in the headings too */
    "file,person,class,origin,reference\nx,\"y\"z,arrest,synthetic-people,R\n",   /* text after a quote */
    "file,person,class,origin,reference\n\xff\xfe,y,arrest,synthetic-people,R\n", /* not UTF-8 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *json = write_manifest (texts[i]);

      vv_test_refuse (test->desk, vv_desk_import_repository, 0, json, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
    }
  vv_test_refuse (test->desk, vv_desk_import_repository, 0, NULL, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_refuse (test->desk, vv_desk_import_repository, 0, "{'manifest':'/nowhere.csv'}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
}
END_TEST

START_TEST (import__text_behind_a_zero_byte_is_not_passed_over)
{
  static const char text[] = "file,person,class,origin,reference\n\0x,y,arrest,synthetic-people,R\n";
  g_autofree char  *path = g_build_filename (folder, "zero.csv", NULL);
  g_autofree char  *json = g_strdup_printf ("{'manifest':'%s'}", path);

  ck_assert (g_file_set_contents (path, text, sizeof text - 1, NULL));
  vv_test_refuse (test->desk, vv_desk_import_repository, 0, json, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
}
END_TEST

/* Cancels as soon as the first row is done. */
static gpointer
cancel_half_way (gpointer progress)
{
  guint64 done = 0, total = 0;

  while (done == 0)
    {
      g_usleep (500);
      vv_progress_get (progress, &done, &total);
    }
  g_cancellable_cancel (progress);
  return NULL;
}

START_TEST (import__cancelled_half_way_leaves_nothing)
{
  g_autoptr (GString)    text = g_string_new ("file,person,class,origin,reference\n");
  g_autoptr (VvProgress) progress = vv_progress_new ();
  g_autofree char       *before = vv_test_contents (test->desk);
  g_autofree char       *after = NULL;
  g_autofree char       *json = NULL;
  g_autoptr (JsonObject) details = NULL;
  g_autoptr (GError)     error = NULL;
  GThread               *thread;

  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *from = g_strdup_printf ("P%03u_probe1.jpg", i);

      g_free (take (from, from));
      g_string_append_printf (text, "%s,N%u,arrest,synthetic-people,R%u\n", from, i, i);
    }
  json = write_manifest (text->str);
  details = vv_test_json ("%s", json);
  thread = g_thread_new ("cancel", cancel_half_way, progress);
  ck_assert_ptr_null (vv_desk_import_repository (test->desk, 0, details, G_CANCELLABLE (progress), &error));
  g_thread_join (thread);
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = vv_test_contents (test->desk);
  ck_assert_str_eq (before, after);
  vv_test_done (test->desk, vv_desk_import_repository, 0, json);
}
END_TEST

static gboolean
pool_has (gint64      request,
          const char *sha256)
{
  g_autoptr (JsonObject) body = vv_test_search_body (test->desk, request);
  JsonArray             *pool = vv_json_array (body, "pool");
  gboolean               has = FALSE;

  for (guint i = 0; i < vv_json_length (pool); i++)
    has = has || g_str_equal (vv_json_string (vv_json_element (pool, i), "sha256"), sha256);
  return has;
}

START_TEST (search__finds_what_was_imported_after_the_gallery_was_loaded)
{
  gint64                 request = vv_test_request (test->desk, 3); /* numbered; of P031 */
  g_autofree char       *sum = take ("P031_probe1.jpg", "late.jpg");
  g_autofree char       *probe = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (test->desk, request, 0));
  g_autoptr (JsonObject) facts = vv_test_json ("{'full_name':'Both','roles':['administrator','examiner']}");
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("several plain words");
  g_autoptr (JsonObject) imported = NULL;
  g_autoptr (JsonObject) info = NULL;

  ck_assert (vv_desk_add_account (test->desk, "both", facts, passphrase, NULL));
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_assign, request, "{'examiner':'both'}");
  ck_assert (vv_desk_sign_in (test->desk, "both", passphrase, NULL));
  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'Stated.'}");
  vv_test_done (test->desk, vv_desk_select_probe, request, probe);
  vv_test_analyse_probe (test->desk, request);
  vv_test_done (test->desk, vv_desk_search, request, NULL);
  ck_assert (!pool_has (request, sum));

  imported = import ("file,person,class,origin,reference\nlate.jpg,LATE,arrest,synthetic-people,R-LATE\n");
  assert_counts (imported, 1, 0, 0);
  info = vv_test_do (test->desk, vv_desk_repository_info, 0, NULL);
  ck_assert_int_eq (vv_json_int (info, "photographs"), 41);
  vv_test_done (test->desk, vv_desk_search, request, NULL);
  ck_assert (pool_has (request, sum));
}
END_TEST

START_TEST (search__empty_repository)
{
  g_autofree char       *dir = vv_test_make_dir ();
  g_autoptr (JsonObject) about = vv_test_json ("{'station':'E1','agency':'Test','training':true,'kdf':'light'}");
  g_autoptr (JsonObject) bad = vv_test_json ("{'station':'much too long','agency':'Test'}");
  g_autoptr (JsonArray)  roles = json_array_new ();
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("several plain words");
  g_autoptr (VvDesk)     desk = vv_desk_new (dir);
  g_autofree char       *people = vv_test_source ("data/people/P007_probe2.jpg");
  g_autofree char       *media = NULL;
  g_autofree char       *probe = NULL;
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (JsonObject) made = NULL;
  g_autoptr (GError)     error = NULL;
  gint64                 request;

  json_array_add_string_element (roles, "examiner");
  json_array_add_string_element (roles, "supervisor");
  ck_assert (!vv_desk_create (dir, bad, "all", "All", roles, passphrase, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  ck_assert (vv_desk_create (dir, about, "all", "All", roles, passphrase, &error));
  ck_assert (vv_desk_sign_in (desk, "all", passphrase, &error));
  /* The first account is an administrator whatever else it is. */
  ck_assert_uint_eq (vv_desk_roles (desk), VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR | VV_ROLE_ADMINISTRATOR);
  made = vv_test_do (desk, vv_desk_new_request, 0,
                     "{'channel':'phone','case_number':'T2026-9','requester':{'name':'Investigator','command':'Squad'},'subject_role':"
                     "'suspect','summary':'A bicycle.','use':{'code':'a','tense':'has committed','offence':'Larceny','basis':'Seen.'},"
                     "'identity_unknown':true}");
  request = vv_json_int (made, "request");
  media = g_strdup_printf ("{'file':'%s','shows':'photograph','source':'camera','source_detail':'Camera','obtained_by':'x','obtained_at':'x'}", people);
  added = vv_test_do (desk, vv_desk_add_media, request, media);
  vv_test_done (desk, vv_desk_number, request, NULL);
  vv_test_done (desk, vv_desk_assign, request, "{'examiner':'all'}");
  vv_test_done (desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'Stated.'}");
  probe = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_json_int (added, "id"));
  vv_test_done (desk, vv_desk_select_probe, request, probe);
  vv_test_analyse_probe (desk, request);
  vv_test_refuse (desk, vv_desk_search, request, NULL, VV_DESK_ERROR, VV_DESK_ERROR_EMPTY, "failed");
  g_clear_object (&desk);
  vv_test_remove_dir (g_steal_pointer (&dir));
}
END_TEST

START_TEST (import__administrator_only)
{
  g_autofree char *json = write_manifest ("file,person,class,origin,reference\n");

  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_import_repository, 0, json, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
}
END_TEST

/* Upkeep, so for administrators; each page and each photograph is in the log, without whose name was typed. */
START_TEST (photographs__looked_through_by_administrators_and_logged)
{
  g_autoptr (JsonObject) first = vv_test_do (test->desk, vv_desk_list_photographs, 0, NULL);
  JsonArray             *rows = vv_json_array (first, "photographs");
  g_autofree char       *after = g_strdup_printf ("{'before':%" G_GINT64_FORMAT "}", vv_json_int (vv_json_element (rows, 24), "id"));
  g_autoptr (JsonObject) second = vv_test_do (test->desk, vv_desk_list_photographs, 0, after);
  const char            *name = vv_json_string (vv_json_element (rows, 0), "person");
  g_autofree char       *by_name = g_strdup_printf ("{'person':'%s','class':'','reference':''}", name);
  g_autoptr (JsonObject) person = vv_test_do (test->desk, vv_desk_list_photographs, 0, by_name);
  g_autoptr (JsonObject) row = vv_test_last_row (test->desk);
  g_autoptr (JsonObject) look = NULL;
  g_autoptr (JsonObject) what = vv_test_json ("{'photograph':%" G_GINT64_FORMAT "}", vv_json_int (vv_json_element (rows, 0), "id"));
  g_autofree char       *detail = vv_json_canonical (vv_json_object (row, "detail"));
  g_autoptr (VvPicture)  picture = NULL;
  g_autoptr (GError)     error = NULL;

  ck_assert_uint_eq (vv_json_length (rows), 25);
  ck_assert (vv_json_bool (first, "more"));
  ck_assert_int_lt (vv_json_int (vv_json_element (vv_json_array (second, "photographs"), 0), "id"),
                    vv_json_int (vv_json_element (rows, 24), "id"));
  ck_assert_uint_ge (vv_json_length (vv_json_array (person, "photographs")), 1);
  for (guint i = 0; i < vv_json_length (vv_json_array (person, "photographs")); i++)
    ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (person, "photographs"), i), "person"), name);
  ck_assert_str_eq (vv_json_string (row, "act"), "list-photographs");
  ck_assert_ptr_null (strstr (detail, name));
  picture = vv_desk_picture (test->desk, 0, what, NULL, &error);
  vv_assert_ok (error);
  ck_assert_ptr_nonnull (picture);
  look = vv_test_last_row (test->desk);
  ck_assert_str_eq (vv_json_string (look, "act"), "look-at-photograph");
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_list_photographs, 0, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_sign_in (test->desk, "examiner");
  ck_assert_ptr_null (vv_desk_picture (test->desk, 0, what, NULL, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-repository");
  TCase *tests = tcase_create ("repository");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, import__every_row_has_its_answer);
  tcase_add_test (tests, import__manifest_that_cannot_be_used);
  tcase_add_test (tests, import__text_behind_a_zero_byte_is_not_passed_over);
  tcase_add_test (tests, import__cancelled_half_way_leaves_nothing);
  tcase_add_test (tests, search__finds_what_was_imported_after_the_gallery_was_loaded);
  tcase_add_test (tests, search__empty_repository);
  tcase_add_test (tests, import__administrator_only);
  tcase_add_test (tests, photographs__looked_through_by_administrators_and_logged);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
