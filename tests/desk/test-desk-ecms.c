// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-test-apache.h"
#include "vv-test-desk.h"
#include "vv-time.h"
#include "vv-transport.h"

/* Documents on their way from the desk to a real WebDAV server. */

static VvTestDesk   *test;
static VvTestApache *apache;
static gint64        request;

static void
setup (void)
{
  static const char *const proxies[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };

  for (gsize i = 0; i < G_N_ELEMENTS (proxies); i++)
    g_unsetenv (proxies[i]);
  apache = vv_test_apache_new ();
  test = vv_test_desk_new ();
  request = vv_test_request (test->desk, 0);
}

static void
teardown (void)
{
  g_clear_pointer (&test, vv_test_desk_free);
  g_clear_pointer (&apache, vv_test_apache_free);
}

/* --- Helpers -------------------------------------------------------------------------------------------------------------------- */

/* The agency's folder is one inside the share; @ca: file of the certificate authority that is trusted. */
static void
connect_to_apache (const char *ca)
{
  g_autoptr (JsonObject) settings = vv_test_apache_settings (apache, "open");
  g_autoptr (JsonObject) kept = NULL;
  g_autoptr (GError)     error = NULL;
  g_autofree char       *path = vv_test_apache_path (apache, ca);

  json_object_set_string_member (settings, "ca_file", path);
  json_object_set_string_member (settings, "folder", "{case_number}/{fis_number}");
  vv_test_sign_in (test->desk, "admin");
  kept = vv_desk_ecms (test->desk, 0, settings, NULL, &error);
  vv_assert_ok (error);
  ck_assert_str_ne (vv_json_string (kept, "password"), vv_json_string (settings, "password"));
}

static void
make_report (void)
{
  vv_test_walk_to_search (test->desk, request);
  vv_test_say_none (test->desk, request);
  vv_test_decide (test->desk, request, "none-confirmed", NULL);
  vv_test_direct_and_report (test->desk, request, "no-match");
}

static void
assert_sync (const char *json,
             gint64      sent,
             gint64      waiting,
             gint64      failed)
{
  g_autoptr (JsonObject) answer = vv_test_do (test->desk, vv_desk_sync, 0, json);
  g_autofree char       *text = vv_json_canonical (answer);

  ck_assert_msg (vv_json_int (answer, "sent") == sent &&
                   vv_json_int (answer, "waiting") == waiting &&
                   vv_json_int (answer, "failed") == failed,
                 "%s", text);
}

/* The request's outbox row of the report's PDF. (transfer full) */
static JsonObject *
report_row (void)
{
  g_autoptr (JsonObject) shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  JsonArray             *outbox = vv_json_array (shown, "outbox");

  for (guint i = 0; i < vv_json_length (outbox); i++)
    if (g_str_has_suffix (vv_json_string (vv_json_element (outbox, i), "name"), ".pdf"))
      return vv_json_copy (vv_json_element (outbox, i));
  ck_abort_msg ("the report is not in the outbox");
  return NULL;
}

static guint
n_receipts (void)
{
  g_autoptr (GPtrArray) records = vv_vault_records (test->desk->vault, request, NULL);
  guint                 n = 0;

  for (guint i = 0; i < records->len; i++)
    n += g_str_equal (((VvRecord *) g_ptr_array_index (records, i))->kind, VV_KIND_RECEIPT) ? 1 : 0;
  return n;
}

static char *
document_path (JsonObject *row)
{
  g_autofree char *name = g_build_filename ("www/open", vv_json_string (row, "folder"), vv_json_string (row, "name"), NULL);

  return vv_test_apache_path (apache, name);
}

static void
assert_delivered (void)
{
  g_autoptr (JsonObject) row = report_row ();
  g_autofree char       *path = document_path (row);
  g_autoptr (GBytes)     sent = vv_test_read (path);
  g_autoptr (GBytes)     kept = vv_vault_blob (test->desk->vault, vv_json_string (row, "document"), NULL);
  g_autofree char       *status = vv_test_status (test->desk, request);

  ck_assert (g_bytes_equal (sent, kept));
  ck_assert_str_eq (vv_json_string (row, "state"), "acknowledged");
  ck_assert_str_eq (status, "acknowledged");
  ck_assert_uint_eq (n_receipts (), 3);
}

/* --- Tests ---------------------------------------------------------------------------------------------------------------------- */

START_TEST (sync__report_arrives_byte_for_byte)
{
  connect_to_apache ("ca.pem");
  make_report ();
  assert_sync (NULL, 3, 0, 0);
  assert_delivered ();
  assert_sync ("{'all':true}", 0, 0, 0);
  ck_assert_uint_eq (n_receipts (), 3);
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (sync__waits_for_a_server_that_is_down)
{
  g_autoptr (JsonObject) row = NULL;
  g_autofree char       *status = NULL;
  g_autofree char       *now = NULL;

  connect_to_apache ("ca.pem");
  make_report ();
  vv_test_apache_stop (apache);
  assert_sync (NULL, 0, 3, 0);
  row = report_row ();
  now = vv_time_now ();
  status = vv_test_status (test->desk, request);
  ck_assert_str_eq (vv_json_string (row, "state"), "queued");
  ck_assert_int_eq (vv_json_int (row, "attempts"), 1);
  ck_assert_str_gt (vv_json_string (row, "next_try"), now);
  ck_assert_uint_gt (strlen (vv_json_string (row, "last_error")), 20);
  ck_assert_str_eq (status, "reported");
  ck_assert_uint_eq (n_receipts (), 0);

  vv_test_apache_start (apache);
  assert_sync (NULL, 0, 3, 0); /* not due yet */
  assert_sync ("{'all':true}", 3, 0, 0);
  assert_delivered ();
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (sync__tells_of_a_wrong_certificate)
{
  g_autoptr (JsonObject) row = NULL;
  g_autofree char       *path = NULL;

  connect_to_apache ("other-ca.pem");
  make_report ();
  assert_sync (NULL, 0, 0, 3);
  row = report_row ();
  path = document_path (row);
  ck_assert_str_eq (vv_json_string (row, "state"), "refused");
  ck_assert_msg (strstr (vv_json_string (row, "last_error"), "certificate") != NULL, "%s", vv_json_string (row, "last_error"));
  ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
  /* An administrator mends the settings; somebody sends again. */
  connect_to_apache ("ca.pem");
  vv_test_sign_in (test->desk, "examiner");
  assert_sync ("{'all':true}", 3, 0, 0);
  assert_delivered ();
}
END_TEST

START_TEST (sync__never_overwrites)
{
  static const char      theirs[] = "Another document of that name.\n";
  g_autoptr (JsonObject) row = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (GBytes)     still = NULL;
  g_autofree char       *path = NULL;
  g_autofree char       *dir = NULL;

  connect_to_apache ("ca.pem");
  make_report ();
  row = report_row ();
  path = document_path (row);
  dir = g_path_get_dirname (path);
  ck_assert_int_eq (g_mkdir_with_parents (dir, 0777), 0);
  ck_assert_int_eq (g_chmod (dir, 0777), 0);
  ck_assert (g_file_set_contents (path, theirs, -1, NULL));
  ck_assert_int_eq (g_chmod (path, 0666), 0);
  assert_sync (NULL, 2, 0, 1);
  after = report_row ();
  ck_assert_str_eq (vv_json_string (after, "state"), "conflict");
  ck_assert_uint_gt (strlen (vv_json_string (after, "last_error")), 20);
  still = vv_test_read (path);
  ck_assert_uint_eq (g_bytes_get_size (still), strlen (theirs));
  ck_assert_uint_eq (n_receipts (), 2);
}
END_TEST

static gpointer
sync_in_thread (gpointer desk)
{
  g_autoptr (GError) error = NULL;
  JsonObject        *answer = vv_desk_sync (desk, 0, NULL, NULL, &error);

  vv_assert_ok (error);
  return answer;
}

START_TEST (sync__two_at_once_acknowledge_once)
{
  GThread *threads[3];
  gint64   sent = 0;

  connect_to_apache ("ca.pem");
  make_report ();
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sync", sync_in_thread, test->desk);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (JsonObject) answer = g_thread_join (threads[i]);

      sent += vv_json_int (answer, "sent");
    }
  ck_assert_int_eq (sent, 3);
  assert_delivered ();
}
END_TEST

START_TEST (sync__without_a_connection)
{
  g_autofree char       *dir = vv_test_make_dir ();
  g_autoptr (JsonObject) about = vv_test_json ("{'station':'E1','agency':'Test','kdf':'light'}");
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("several plain words");
  g_autoptr (VvDesk)     desk = vv_desk_new (dir);
  g_autoptr (GError)     error = NULL;

  ck_assert (vv_desk_create (dir, about, "all", "All", NULL, passphrase, &error));
  ck_assert (vv_desk_sign_in (desk, "all", passphrase, &error));
  ck_assert_ptr_null (vv_desk_sync (desk, 0, NULL, NULL, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS);
  vv_test_refuse (desk, vv_desk_ecms, 0, "{'transport':'webdav','url':'http://127.0.0.1/'}", VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS, "failed");
  g_clear_object (&desk);
  vv_test_remove_dir (g_steal_pointer (&dir));
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-ecms");
  TCase *tests = tcase_create ("ecms");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, sync__report_arrives_byte_for_byte);
  tcase_add_test (tests, sync__waits_for_a_server_that_is_down);
  tcase_add_test (tests, sync__tells_of_a_wrong_certificate);
  tcase_add_test (tests, sync__never_overwrites);
  tcase_add_test (tests, sync__two_at_once_acknowledge_once);
  tcase_add_test (tests, sync__without_a_connection);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
