// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-request-package.h"
#include "vv-test-apache.h"
#include "vv-test-desk.h"
#include "vv-test-proxy.h"

/* Requests that wait in ECMS. The server is started once; what it holds is cleared for each test. */

static VvTestApache *apache;
static VvTestDesk   *test;
static char         *inbox; /* folder of the packages, where ECMS keeps it */

static void
start_server (void)
{
  static const char *const proxies[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };

  for (gsize i = 0; i < G_N_ELEMENTS (proxies); i++)
    g_unsetenv (proxies[i]);
  apache = vv_test_apache_new ();
}

static void
stop_server (void)
{
  g_clear_pointer (&apache, vv_test_apache_free);
}

static void
setup (void)
{
  test = vv_test_desk_new ();
  inbox = g_build_filename (test->ecms, "requests", NULL);
  vv_test_sign_in (test->desk, "examiner");
}

static void
teardown (void)
{
  g_clear_pointer (&inbox, g_free);
  g_clear_pointer (&test, vv_test_desk_free);
}

/* --- Helpers ------------------------------------------------------------------------------------------------------------ */

/* The desk fetches from the server, which holds no package, from now on; @port: 0 for the server's own. */
static void
connect_to_apache (guint16 port)
{
  g_autoptr (JsonObject) settings = vv_test_apache_settings (apache, "open");
  g_autofree char       *url = g_strdup_printf ("https://localhost:%u/open", port);
  g_autoptr (GError)     error = NULL;

  if (port != 0)
    json_object_set_string_member (settings, "url", url);
  json_object_set_string_member (settings, "folder", "{case_number}/{fis_number}");
  g_free (inbox);
  inbox = vv_test_apache_path (apache, "www/open/requests");
  vv_test_remove_dir (g_strdup (inbox));
  vv_test_sign_in (test->desk, "admin");
  json_object_unref (vv_desk_ecms (test->desk, 0, settings, NULL, &error));
  vv_assert_ok (error);
  vv_test_sign_in (test->desk, "examiner");
}

/* The server runs as somebody else and must be able to write into the package. */
static void
make_package (const char *name)
{
  g_autofree char *folder = g_build_filename (inbox, name, NULL);

  ck_assert_int_eq (g_mkdir_with_parents (folder, 0777), 0);
  ck_assert_int_eq (g_chmod (inbox, 0777), 0);
  ck_assert_int_eq (g_chmod (folder, 0777), 0);
}

static void
put_bytes (const char *package, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (inbox, package, name, NULL);

  ck_assert (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  ck_assert_int_eq (g_chmod (path, 0644), 0);
}

static void
put_text (const char *package, const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  put_bytes (package, name, bytes);
}

/* A picture of data/people under another name; returns its SHA-256. (transfer full) */
static char *
put_picture (const char *package, const char *name, const char *picture)
{
  g_autofree char   *relative = g_strconcat ("data/people/", picture, NULL);
  g_autofree char   *path = vv_test_source (relative);
  g_autoptr (GBytes) bytes = vv_test_read (path);

  put_bytes (package, name, bytes);
  return vv_hash_bytes (bytes);
}

#define REQUEST                                                                                               \
  "'request':{'case_number':'2026-044-77','requester':{'name':'Assigned investigator','command':'44 Squad'}," \
  "'subject_role':'suspect','summary':'Telephone taken by force.','identity_unknown':true,"                   \
  "'use':{'code':'a','tense':'has committed','offence':'Robbery','basis':'The owner saw it.'}}"
#define PICTURE                                                                                                                               \
  "{'file':'%s','sha256':'%s','shows':'photograph','source':'camera','source_detail':'Above the door','obtained_by':'Assigned investigator'," \
  "'obtained_at':'2026-11-20'}"

/* Writes request.json with that list of media. */
static void
put_request (const char *package, const char *media)
{
  g_autofree char *text = g_strdup_printf ("{'format':1,'dd5':'DD5-17'," REQUEST ",'media':[%s]}", media);

  put_text (package, "request.json", g_strdelimit (text, "'", '"'));
}

/* A package with one picture. Returns what is said of it. (transfer full) */
static char *
offer (const char *package, const char *picture)
{
  g_autofree char *sha256 = NULL;
  char            *medium;

  make_package (package);
  sha256 = put_picture (package, "door.jpg", picture);
  medium = g_strdup_printf (PICTURE, "door.jpg", sha256);
  put_request (package, medium);
  return medium;
}

static JsonObject *
fetch (const char *json)
{
  return vv_test_do (test->desk, vv_desk_fetch, 0, json);
}

/* Fetches; each number must be as said. Returns the only exception as "file: rule", or NULL. (transfer full) */
static char *
fetched (gint64 new_ones, gint64 joined)
{
  g_autoptr (JsonObject) answer = fetch (NULL);
  g_autofree char       *text = vv_json_canonical (answer);
  JsonArray             *exceptions = vv_json_array (answer, "exceptions");
  JsonObject            *first = vv_json_length (exceptions) > 0 ? vv_json_element (exceptions, 0) : NULL;

  ck_assert_msg (vv_json_int (answer, "fetched") == new_ones &&
                   vv_json_int (answer, "joined") == joined &&
                   vv_json_length (exceptions) <= 1,
                 "%s", text);
  if (first == NULL)
    return NULL;
  ck_assert_uint_gt (strlen (vv_json_string (first, "text")), 20);
  return g_strdup_printf ("%s: %s", vv_json_string (first, "file"), vv_json_string (first, "rule"));
}

static void
assert_fetched (gint64 new_ones, gint64 joined, const char *exception)
{
  g_autofree char *said = fetched (new_ones, joined);

  ck_assert_pstr_eq (said, exception);
}

/* The newest request. */
static gint64
newest (void)
{
  g_autoptr (GPtrArray) all = vv_vault_records_of_kind (test->desk->vault, VV_KIND_REQUEST, NULL);

  return ((VvRecord *) g_ptr_array_index (all, all->len - 1))->id;
}

/* Kinds of the records of @request, with the class of exhibits. (transfer full) */
static char *
kinds_of (gint64 request)
{
  g_autoptr (GPtrArray) records = vv_vault_records (test->desk->vault, request, NULL);
  GString              *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (records, i);
      const char *class = vv_json_string (record->body, "class");

      g_string_append_printf (text, "%s ", class != NULL ? class : record->kind);
    }
  return g_string_free (text, FALSE);
}

/* --- Whole ---------------------------------------------------------------------------------------------------------------- */

/* A picture and a video with its player, over TLS from a real server; the receipt goes back. */
START_TEST (fetch__takes_in_a_request_with_its_files)
{
  g_autofree char       *media = NULL, *kinds = NULL, *sha256 = NULL, *before = NULL, *after = NULL, *receipt = NULL, *path = NULL, *name = NULL;
  g_autoptr (JsonObject) shown = NULL;
  g_autoptr (JsonObject) synced = NULL;
  g_autoptr (GPtrArray)  records = NULL;
  JsonObject            *body, *video;

  connect_to_apache (0);
  make_package ("2026-044-77");
  sha256 = put_picture ("2026-044-77", "door.jpg", "P026_probe2.jpg");
  put_text ("2026-044-77", "film.avi", "a film");
  put_text ("2026-044-77", "player.exe", "a player");
  media = g_strdup_printf (PICTURE ",{'file':'film.avi','sha256':'%s','class':'video','description':'Film','shows':'photograph','source':'camera','source_detail':'Above the door',"
                                   "'obtained_by':'Assigned investigator','obtained_at':'2026-11-20','player_file':'player.exe','player_sha256':'%s'}",
                           "door.jpg", sha256, vv_hash_data ("a film", 6), vv_hash_data ("a player", 8));
  put_request ("2026-044-77", media);
  assert_fetched (1, 0, NULL);

  kinds = kinds_of (newest ());
  ck_assert_str_eq (kinds, "request media player-package video ");
  records = vv_vault_records (test->desk->vault, newest (), NULL);
  body = ((VvRecord *) g_ptr_array_index (records, 0))->body;
  video = ((VvRecord *) g_ptr_array_index (records, 3))->body;
  ck_assert_str_eq (vv_json_string (body, "channel"), "ecms");
  ck_assert_str_eq (vv_json_string (body, "dd5"), "DD5-17");
  ck_assert_str_eq (vv_json_string (((VvRecord *) g_ptr_array_index (records, 1))->body, "sha256"), sha256);
  ck_assert_int_eq (vv_json_int (video, "player"), ((VvRecord *) g_ptr_array_index (records, 2))->id);

  before = vv_test_contents (test->desk);
  assert_fetched (0, 0, NULL);
  after = vv_test_contents (test->desk);
  ck_assert_str_eq (before, after);

  synced = vv_test_do (test->desk, vv_desk_sync, 0, NULL);
  ck_assert_int_eq (vv_json_int (synced, "sent"), 1);
  name = g_strdup_printf ("received-T1-%" G_GINT64_FORMAT ".json", newest ());
  path = g_build_filename (inbox, "2026-044-77", name, NULL);
  ck_assert (g_file_get_contents (path, &receipt, NULL, NULL));
  ck_assert_ptr_nonnull (strstr (receipt, sha256));
  assert_fetched (0, 0, NULL);
  vv_test_verify (test->desk);
}
END_TEST

/* --- What is wrong is said and takes nothing ------------------------------------------------------------------------------------ */

static const struct
{
  const char *replaces; /* in request.json of one picture; NULL: nothing */
  const char *by;
  const char *file; /* written then; NULL: none */
  const char *text; /* NULL: the file is removed */
  const char *exception;
} wrong[] = {
  { NULL, NULL, "door.jpg", "another picture", "door.jpg: sha256" },
  { NULL, NULL, "door.jpg", NULL, "door.jpg: missing" },
  { "door.jpg", "../door.jpg", NULL, NULL, "../door.jpg: name" },
  { "door.jpg", "request.json", NULL, NULL, "request.json: name" },
  { "'format':1", "'format':2", NULL, NULL, "request.json: json" },
  { "'dd5':'DD5-17'", "'dd5':' '", NULL, NULL, "request.json: json" },
  { "{", "", NULL, NULL, "request.json: json" },
  { "'media':[", "'other':[", NULL, NULL, "request.json: json" },
  { "'shows':'photograph','source':'camera'", "'shows':'photograph','source':'sketch'", NULL, NULL, "door.jpg: procedure" },
  { "'shows':'photograph','source':'camera'", "'video':3,'shows':'photograph','source':'camera'", NULL, NULL, "door.jpg: json" },
  { "'shows':'photograph','source':'camera'", "'shows':'photograph','source':'internet'", NULL, NULL, "door.jpg: procedure" },
  { "'obtained_by':'Assigned investigator'", "'obtained_by':'Training examiner'", NULL, NULL, "request.json: procedure" },
  { "'shows':'photograph'", "'shows':'composite'", NULL, NULL, "door.jpg: procedure" },
  { "'code':'a'", "'code':'g'", NULL, NULL, "request.json: procedure" },
  { "'case_number'", "'no_number'", NULL, NULL, "request.json: procedure" },
  { "'request':{", "'request':{'channel':'phone',", NULL, NULL, "request.json: json" },
};

/* One fault in an otherwise whole package. */
static void
break_package (gsize which)
{
  g_autofree char *medium = offer ("A", "P026_probe1.jpg");
  g_autofree char *whole = g_strdup_printf ("{'format':1,'dd5':'DD5-17'," REQUEST ",'media':[%s]}", medium);
  g_autofree char *path = g_build_filename (inbox, "A", "door.jpg", NULL);
  g_auto (GStrv)   parts = wrong[which].replaces != NULL ? g_strsplit (whole, wrong[which].replaces, 2) : NULL;
  g_autofree char *text = parts != NULL ? g_strjoinv (wrong[which].by, parts) : g_strdup (whole);

  ck_assert (parts == NULL || g_strv_length (parts) == 2);
  put_text ("A", "request.json", g_strdelimit (text, "'", '"'));
  if (wrong[which].text != NULL)
    put_text ("A", wrong[which].file, wrong[which].text);
  else if (wrong[which].file != NULL)
    ck_assert_int_eq (g_unlink (path), 0);
}

START_TEST (fetch__says_what_is_wrong_and_takes_nothing)
{
  g_autofree char *before = vv_test_contents (test->desk);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *after = NULL;
      gint64           rows = vv_test_n_rows (test->desk);

      break_package (i);
      assert_fetched (0, 0, wrong[i].exception);
      after = vv_test_contents (test->desk);
      ck_assert_str_eq (before, after);
      ck_assert_int_eq (vv_test_n_rows (test->desk), rows + 1);
    }
  /* Mended, it is taken in. */
  g_free (offer ("A", "P026_probe1.jpg"));
  assert_fetched (1, 0, NULL);
}
END_TEST

START_TEST (fetch__says_every_file_that_is_wrong_at_once)
{
  g_autofree char       *media = NULL;
  g_autofree char       *sha256 = NULL;
  g_autofree char       *text_sum = vv_hash_data ("no picture", 10);
  g_autoptr (JsonObject) answer = NULL;

  make_package ("A");
  sha256 = put_picture ("A", "door.jpg", "P026_probe1.jpg");
  put_text ("A", "text.jpg", "no picture");
  media = g_strdup_printf (PICTURE "," PICTURE "," PICTURE, "door.jpg", sha256, "text.jpg", text_sum, "gone.jpg",
                           "0000000000000000000000000000000000000000000000000000000000000000");
  put_request ("A", media);
  answer = fetch (NULL);
  ck_assert_int_eq (vv_json_int (answer, "fetched"), 0);
  ck_assert_uint_eq (vv_json_length (vv_json_array (answer, "exceptions")), 2);
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (answer, "exceptions"), 0), "rule"), "picture");
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (answer, "exceptions"), 1), "rule"), "missing");
}
END_TEST

/* What request.json does not name is no part of the request: it stays in ECMS, and the receipt says so. */
START_TEST (fetch__leaves_what_does_not_belong_to_it)
{
  g_autofree char *medium = offer ("A", "P026_probe1.jpg");
  g_autofree char *path = g_build_filename (inbox, "A", "stray.jpg", NULL);

  g_free (put_picture ("A", "stray.jpg", "P026_probe2.jpg"));
  assert_fetched (1, 0, "stray.jpg: unlisted");
  ck_assert_uint_eq (vv_test_media (test->desk, newest (), 0), newest () + 1);
  ck_assert (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_fetched (0, 0, NULL);
}
END_TEST

/* --- Later --------------------------------------------------------------------------------------------------------------------------- */

START_TEST (fetch__more_pictures_are_a_new_round)
{
  g_autofree char       *first = offer ("A", "P026_probe1.jpg");
  g_autofree char       *media = NULL, *reject = NULL, *sha256 = NULL;
  g_autoptr (JsonObject) shown = NULL;
  gint64                 request;

  assert_fetched (1, 0, NULL);
  request = newest ();
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_number, request, NULL);
  vv_test_done (test->desk, vv_desk_assign, request, "{'examiner':'examiner'}");
  vv_test_sign_in (test->desk, "examiner");
  vv_test_confirm_use (test->desk, request);
  reject = g_strdup_printf ("{'scope':'image','media':[%" G_GINT64_FORMAT "],'reasons':['too-small'],'text':'Too small.','ask':'A larger one.'}", vv_test_media (test->desk, request, 0));
  vv_test_done (test->desk, vv_desk_reject_image, request, reject);

  sha256 = put_picture ("A", "closer.jpg", "P026_probe2.jpg");
  media = g_strdup_printf ("%s," PICTURE, first, "closer.jpg", sha256);
  put_request ("A", media);
  assert_fetched (0, 1, NULL);
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  ck_assert_uint_eq (vv_json_length (vv_json_array (shown, "rounds")), 2);
  ck_assert_uint_eq (vv_json_length (vv_json_array (shown, "media")), 2);
  assert_fetched (0, 0, NULL);
}
END_TEST

START_TEST (fetch__a_changed_package_is_said_and_overwrites_nothing)
{
  g_autofree char *first = offer ("A", "P026_probe1.jpg");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *other = NULL;

  assert_fetched (1, 0, NULL);
  before = vv_test_contents (test->desk);
  other = offer ("A", "P026_probe2.jpg"); /* another picture under the same name */
  assert_fetched (0, 0, "door.jpg: changed");
  g_free (offer ("A", "P026_probe1.jpg"));
  put_request ("A", "");
  assert_fetched (0, 0, "door.jpg: changed");
  put_text ("A", "request.json", "{\"format\":1,\"dd5\":\"DD5-18\",\"media\":[],\"request\":{}}");
  assert_fetched (0, 0, "request.json: procedure");
  after = vv_test_contents (test->desk);
  ck_assert_str_eq (before, after);
}
END_TEST

/* --- Who, where, when ---------------------------------------------------------------------------------------------------------------- */

START_TEST (fetch__looks_without_taking)
{
  g_autofree char       *medium = offer ("A", "P026_probe1.jpg");
  g_autofree char       *before = vv_test_contents (test->desk);
  g_autofree char       *after = NULL;
  g_autoptr (JsonObject) answer = fetch ("{'look':true}");
  gint64                 rows = vv_test_n_rows (test->desk);

  ck_assert_int_eq (vv_json_int (answer, "waiting"), 1);
  ck_assert_int_eq (vv_json_int (answer, "fetched"), 0);
  after = vv_test_contents (test->desk);
  ck_assert_str_eq (before, after);
  ck_assert_int_eq (vv_test_n_rows (test->desk), rows);
  assert_fetched (1, 0, NULL);
  json_object_unref (g_steal_pointer (&answer));
  answer = fetch ("{'look':true}");
  ck_assert_int_eq (vv_json_int (answer, "waiting"), 0);
}
END_TEST

START_TEST (fetch__is_for_examiners_and_supervisors)
{
  g_autofree char *medium = offer ("A", "P026_probe1.jpg");

  vv_test_sign_in (test->desk, "admin");
  vv_test_refuse (test->desk, vv_desk_fetch, 0, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_sign_in (test->desk, "supervisor");
  assert_fetched (1, 0, NULL);
  vv_test_refuse (test->desk, vv_desk_new_request, 0, "{'ecms_package':'A'}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
}
END_TEST

/* Requests of the Intelligence Bureau are not named to who may not see them. */
START_TEST (fetch__keeps_the_intelligence_bureaus_to_itself)
{
  g_autofree char       *text = g_strdup ("{'format':1,'dd5':'DD5-17'," REQUEST ",'media':[]}");
  g_auto (GStrv)         parts = g_strsplit (text, "'request':{", 2);
  g_autofree char       *joined = g_strjoinv ("'request':{'channel':'intelligence',", parts);
  g_autoptr (JsonObject) answer = NULL;

  make_package ("SECRET");
  put_text ("SECRET", "request.json", g_strdelimit (joined, "'", '"'));
  answer = fetch (NULL);
  ck_assert_int_eq (vv_json_int (answer, "held"), 1);
  ck_assert_int_eq (vv_json_int (answer, "fetched"), 0);
  ck_assert_uint_eq (vv_json_length (vv_json_array (answer, "exceptions")), 0);
}
END_TEST

/* Of two stations on one ECMS the first takes the request. */
START_TEST (fetch__leaves_what_another_station_took)
{
  g_autofree char       *medium = offer ("A", "P026_probe1.jpg");
  g_autoptr (JsonObject) look = NULL;

  put_text ("A", "claimed.json", "{\"agency\":\"Example\",\"station\":\"B2\"}");
  look = fetch ("{'look':true}");
  ck_assert_int_eq (vv_json_int (look, "waiting"), 0);
  assert_fetched (0, 0, NULL);
}
END_TEST

START_TEST (fetch__server_down_or_line_broken_takes_nothing)
{
  VvTestProxy     *proxy = vv_test_proxy_new (vv_test_apache_port (apache));
  g_autofree char *medium = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  connect_to_apache (vv_test_proxy_port (proxy));
  medium = offer ("broken", "P026_probe1.jpg");
  before = vv_test_contents (test->desk);
  vv_test_apache_stop (apache);
  vv_test_refuse (test->desk, vv_desk_fetch, 0, NULL, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE, "failed");
  vv_test_apache_start (apache);
  vv_test_proxy_allow_back (proxy, 20 * 1000); /* in the middle of the picture */
  vv_test_refuse (test->desk, vv_desk_fetch, 0, NULL, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE, "failed");
  after = vv_test_contents (test->desk);
  ck_assert_str_eq (before, after);
  vv_test_proxy_allow_back (proxy, -1);
  assert_fetched (1, 0, NULL);
  vv_test_proxy_free (proxy);
}
END_TEST

START_TEST (fetch__can_be_cancelled)
{
  g_autofree char         *medium = offer ("A", "P026_probe1.jpg");
  g_autofree char         *before = vv_test_contents (test->desk);
  g_autofree char         *after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;

  g_cancellable_cancel (cancellable);
  ck_assert_ptr_null (vv_desk_fetch (test->desk, 0, NULL, cancellable, &error));
  ck_assert (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  after = vv_test_contents (test->desk);
  ck_assert_str_eq (before, after);
}
END_TEST

START_TEST (package__example_is_whole)
{
  g_autofree char             *path = vv_test_source ("data/ecms/request.json");
  g_autoptr (GBytes)           text = vv_test_read (path);
  g_autofree char             *file = NULL;
  g_autoptr (GError)           error = NULL;
  g_autoptr (VvRequestPackage) package = vv_request_package_parse ("A", text, &file, &error);

  vv_assert_ok (error);
  ck_assert_uint_eq (vv_json_length (package->media), 1);
}
END_TEST

START_TEST (package__has_limits)
{
  g_autoptr (GString) media = g_string_new (NULL);
  g_autofree char    *text = NULL;
  g_autofree char    *file = NULL;
  g_autoptr (GBytes)  bytes = NULL;
  g_autoptr (GError)  error = NULL;

  for (int i = 0; i < VV_REQUEST_PACKAGE_MAX_FILES + 1; i++)
    g_string_append_printf (media, "%s{}", i > 0 ? "," : "");
  text = g_strdup_printf ("{'format':1,'dd5':'DD5-17'," REQUEST ",'media':[%s]}", media->str);
  bytes = g_bytes_new (g_strdelimit (text, "'", '"'), strlen (text));
  ck_assert_ptr_null (vv_request_package_parse ("A", bytes, &file, &error));
  ck_assert_str_eq (vv_package_rule (error), "limit");
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-fetch");
  TCase *tests = tcase_create ("fetch");

  tcase_set_timeout (tests, 240);
  tcase_add_unchecked_fixture (tests, start_server, stop_server);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, fetch__takes_in_a_request_with_its_files);
  tcase_add_test (tests, fetch__says_what_is_wrong_and_takes_nothing);
  tcase_add_test (tests, fetch__says_every_file_that_is_wrong_at_once);
  tcase_add_test (tests, fetch__leaves_what_does_not_belong_to_it);
  tcase_add_test (tests, fetch__more_pictures_are_a_new_round);
  tcase_add_test (tests, fetch__a_changed_package_is_said_and_overwrites_nothing);
  tcase_add_test (tests, fetch__looks_without_taking);
  tcase_add_test (tests, fetch__is_for_examiners_and_supervisors);
  tcase_add_test (tests, fetch__keeps_the_intelligence_bureaus_to_itself);
  tcase_add_test (tests, fetch__leaves_what_another_station_took);
  tcase_add_test (tests, fetch__server_down_or_line_broken_takes_nothing);
  tcase_add_test (tests, fetch__can_be_cancelled);
  tcase_add_test (tests, package__example_is_whole);
  tcase_add_test (tests, package__has_limits);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
