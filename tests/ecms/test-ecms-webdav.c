// SPDX-License-Identifier: GPL-3.0-or-later
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-https.h"
#include "vv-json.h"
#include "vv-progress.h"
#include "vv-test-apache.h"
#include "vv-test-proxy.h"
#include "vv-test.h"
#include "vv-transport.h"

static VvTestApache *apache;

static void
set_up (void)
{
  g_unsetenv ("https_proxy");
  g_unsetenv ("HTTPS_PROXY");
  g_unsetenv ("all_proxy");
  g_unsetenv ("ALL_PROXY");
  apache = vv_test_apache_new ();
}

static void
tear_down (void)
{
  g_clear_pointer (&apache, vv_test_apache_free);
}

/* ---- helpers ---- */

static GBytes *
make_document (gsize size, guint32 seed)
{
  guint8           *data = g_malloc (size);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_rand_int (random);
  return g_bytes_new_take (data, size);
}

static VvTransport *
make_transport (JsonObject *settings)
{
  g_autoptr (GError) error = NULL;
  VvTransport       *transport = vv_transport_new (settings, &error);

  vv_assert_ok (error);
  return transport;
}

/* One put with @settings, which it frees. *@ret_receipt may be asked for. */
static gboolean
put_with (JsonObject   *settings,
          const char   *folder,
          const char   *name,
          GBytes       *document,
          JsonObject  **ret_receipt,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (VvTransport) transport = make_transport (settings);
  g_autofree char        *sha256 = vv_hash_bytes (document);
  g_autoptr (JsonObject)  receipt = NULL;
  gboolean                ok = vv_transport_put (transport, folder, name, "application/pdf", document,
                                                 sha256, &receipt, cancellable, error);

  ck_assert_int_eq (ok, receipt != NULL);
  if (ret_receipt != NULL)
    *ret_receipt = g_steal_pointer (&receipt);
  json_object_unref (settings);
  return ok;
}

static gboolean
put_text (JsonObject *settings, const char *folder, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) document = g_bytes_new (text, strlen (text));

  return put_with (settings, folder, name, document, /* ret_receipt= */ NULL, /* cancellable= */ NULL, error);
}

static JsonObject *
settings_for (const char *place)
{
  return vv_test_apache_settings (apache, place);
}

/* Settings for "open" with one member set to a text, or removed by NULL. */
static JsonObject *
settings_but (const char *place, const char *member, const char *text)
{
  JsonObject *settings = settings_for (place);

  if (text != NULL)
    json_object_set_string_member (settings, member, text);
  else
    json_object_remove_member (settings, member);
  return settings;
}

static JsonObject *
settings_at (const char *host, guint16 port)
{
  g_autofree char *url = g_strdup_printf ("https://%s:%u/open", host, port);

  return settings_but ("open", "url", url);
}

static JsonObject *
through (VvTestProxy *proxy)
{
  return settings_at ("localhost", vv_test_proxy_port (proxy));
}

static gboolean
is_there (const char *document)
{
  g_autofree char *path = vv_test_apache_path (apache, document);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_there (const char *name, GBytes *document)
{
  g_autofree char   *path = vv_test_apache_path (apache, name);
  g_autoptr (GBytes) there = vv_test_read (path);

  ck_assert_msg (g_bytes_equal (there, document), "%s is not what was sent", name);
}

static void
assert_text (const char *name, const char *text)
{
  g_autoptr (GBytes) document = g_bytes_new (text, strlen (text));

  assert_there (name, document);
}

static guint
count_files (const char *folder)
{
  g_autofree char *path = vv_test_apache_path (apache, folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += !g_str_equal (name, ".DAV");
  return n;
}

/* Puts a file where the server keeps its documents, past the server. */
static void
plant (const char *name, const char *text)
{
  g_autofree char   *path = vv_test_apache_path (apache, name);
  g_autoptr (GError) error = NULL;

  (void) g_file_set_contents (path, text, -1, &error);
  vv_assert_ok (error);
  ck_assert_int_eq (g_chmod (path, 0644), 0);
}

/* ---- arriving ---- */

START_TEST (put__arrives_byte_for_byte)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     document = make_document (3 * 1024 * 1024 + 7, 1);
  g_autoptr (VvProgress) progress = vv_progress_new ();
  g_autoptr (JsonObject) receipt = NULL;
  guint64                done, total;

  ck_assert (put_with (settings_for ("open"), "2026-0123/FIS 77 ü%", "report 1.pdf", document, &receipt,
                       G_CANCELLABLE (progress), &error));
  vv_assert_ok (error);
  assert_there ("www/open/2026-0123/FIS 77 ü%/report 1.pdf", document);
  ck_assert_uint_eq (count_files ("www/open/2026-0123/FIS 77 ü%"), 1);
  ck_assert (g_str_has_suffix (vv_json_string (receipt, "location"),
                               "/open/2026-0123/FIS%2077%20%C3%BC%25/report%201.pdf"));
  ck_assert_ptr_nonnull (strchr (vv_json_string (receipt, "etag"), '"'));
  ck_assert_ptr_nonnull (vv_json_string (receipt, "time"));
  vv_progress_get (progress, &done, &total);
  ck_assert_uint_eq (total, 2 * g_bytes_get_size (document));
  ck_assert_uint_eq (done, total);
}
END_TEST

START_TEST (put__empty_document_without_folder)
{
  g_autoptr (GError) error = NULL;

  ck_assert (put_text (settings_for ("open"), "", "empty.txt", "", &error));
  vv_assert_ok (error);
  assert_text ("www/open/empty.txt", "");
}
END_TEST

START_TEST (put__twice_is_one_document)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GBytes)      document = make_document (1000, 2);
  g_autofree char        *sha256 = vv_hash_bytes (document);
  g_autoptr (JsonObject)  settings = settings_for ("open");
  g_autoptr (VvTransport) transport = make_transport (settings);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (JsonObject) receipt = NULL;

      ck_assert (vv_transport_put (transport, "twice", "report.pdf", "application/pdf", document, sha256,
                                   &receipt, NULL, &error));
      vv_assert_ok (error);
    }
  assert_there ("www/open/twice/report.pdf", document);
  ck_assert_uint_eq (count_files ("www/open/twice"), 1);
}
END_TEST

START_TEST (put__uses_up_a_broken_try)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *sha256 = vv_hash_data ("the document", strlen ("the document"));
  g_autofree char   *part = g_strdup_printf ("www/open/stale/visavis-%s.part", sha256);

  ck_assert (put_text (settings_for ("open"), "stale", "other.pdf", "other", &error));
  ck_assert (put_text (settings_for ("open"), "stale", "report.pdf", "the document", &error));
  plant (part, "half of it, and found there by a second desk");
  ck_assert (put_text (settings_for ("open"), "stale", "report.pdf", "the document", &error));
  vv_assert_ok (error);
  ck_assert (!is_there (part));
  assert_text ("www/open/stale/report.pdf", "the document");
}
END_TEST

START_TEST (put__server_without_locks)
{
  g_autoptr (GError) error = NULL;

  ck_assert (put_text (settings_for ("lockless"), "c", "report.pdf", "text", &error));
  vv_assert_ok (error);
  assert_text ("www/lockless/c/report.pdf", "text");
}
END_TEST

/* The server says that it has the document but has something else: it never gets its name. */
START_TEST (put__server_keeps_it_badly)
{
  g_autoptr (GError) error = NULL;

  plant ("www/lossy/half", "the docum\0\0\0");
  ck_assert (!put_text (settings_for ("lossy"), "c", "report.pdf", "the document", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
  ck_assert (!is_there ("www/lossy/c/report.pdf"));
}
END_TEST

/* ---- somebody else's document ---- */

START_TEST (put__another_document_stays)
{
  g_autoptr (GError) error = NULL;

  ck_assert (put_text (settings_for ("open"), "c", "report.pdf", "first", &error));
  ck_assert (!put_text (settings_for ("open"), "c", "report.pdf", "other", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT);
  ck_assert (!put_text (settings_for ("open"), "c", "report.pdf", "a longer one", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT);
  assert_text ("www/open/c/report.pdf", "first");
  ck_assert_uint_eq (count_files ("www/open/c"), 1);
}
END_TEST

/* The name is free when we look and taken when we move: the server says 412. */
START_TEST (put__name_taken_meanwhile)
{
  g_autoptr (GError) error = NULL;

  plant ("www/late/case/report.pdf", "somebody else's");
  ck_assert (!put_text (settings_for ("late"), "case", "report.pdf", VV_TEST_LATE_DOCUMENT, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT);
  assert_text ("www/late/case/report.pdf", "somebody else's");
  ck_assert_uint_eq (count_files ("www/late/case"), 1);
}
END_TEST

START_TEST (put__same_document_taken_meanwhile)
{
  g_autoptr (GError) error = NULL;

  plant ("www/late/case/report.pdf", VV_TEST_LATE_DOCUMENT);
  ck_assert (put_text (settings_for ("late"), "case", "report.pdf", VV_TEST_LATE_DOCUMENT, &error));
  vv_assert_ok (error);
  ck_assert_uint_eq (count_files ("www/late/case"), 1);
}
END_TEST

static gpointer
put_in_thread (gpointer text)
{
  GError *error = NULL;

  (void) put_text (settings_for ("open"), "race", "report.pdf", text, &error);
  return error;
}

START_TEST (put__two_desks_one_name)
{
  g_autofree char *path = vv_test_apache_path (apache, "www/open/race/report.pdf");

  for (int i = 0; i < 30; i++)
    {
      GThread           *other = g_thread_new ("other desk", put_in_thread, (gpointer) "theirs");
      g_autoptr (GError) ours = put_in_thread ((gpointer) "ours");
      g_autoptr (GError) theirs = g_thread_join (other);
      g_autoptr (GError) lost = NULL;

      ck_assert_msg ((ours == NULL) != (theirs == NULL), "exactly one must arrive, but %s",
                     ours == NULL ? "both did" : "none did");
      lost = g_error_copy (ours != NULL ? ours : theirs);
      vv_assert_error (lost, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT);
      assert_text ("www/open/race/report.pdf", ours == NULL ? "ours" : "theirs");
      ck_assert_uint_eq (count_files ("www/open/race"), 1);
      ck_assert_int_eq (g_unlink (path), 0);
    }
}
END_TEST

/* ---- who is who ---- */

START_TEST (put__wrong_authority)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *other = vv_test_apache_path (apache, "other-ca.pem");

  ck_assert (!put_text (settings_but ("open", "ca_file", other), "ca", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CERTIFICATE);
  ck_assert (!put_text (settings_but ("open", "ca_file", NULL), "ca", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CERTIFICATE);
  ck_assert (!is_there ("www/open/ca"));
}
END_TEST

START_TEST (put__wrong_host_name)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!put_text (settings_at ("127.0.0.1", vv_test_apache_port (apache)), "host", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CERTIFICATE);
  ck_assert (!is_there ("www/open/host"));
}
END_TEST

START_TEST (put__client_certificate)
{
  g_autoptr (GError) error = NULL;

  ck_assert (put_text (settings_for ("strict"), "mutual", "report.pdf", "text", &error));
  vv_assert_ok (error);
  assert_text ("www/open/mutual/report.pdf", "text");
}
END_TEST

START_TEST (put__client_certificate_missing_or_foreign)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *certificate = vv_test_apache_path (apache, "other-client.pem");
  g_autofree char   *key = vv_test_apache_path (apache, "other-client.key");
  JsonObject        *without = settings_but ("strict", "client_key", NULL);
  JsonObject        *foreign = settings_but ("strict", "client_key", key);

  json_object_remove_member (without, "client_certificate");
  json_object_set_string_member (foreign, "client_certificate", certificate);
  ck_assert (!put_text (without, "mutual-not", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_ACCESS);
  ck_assert (!put_text (foreign, "mutual-not", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_ACCESS);
  ck_assert (!is_there ("www/open/mutual-not"));
}
END_TEST

START_TEST (put__client_files_do_not_belong_together)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *key = vv_test_apache_path (apache, "other-client.key");

  ck_assert (!put_text (settings_but ("strict", "client_key", key), "x", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS);
}
END_TEST

START_TEST (put__wrong_pass_phrase)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!put_text (settings_but ("open", "password", "wrong"), "pw", "report.pdf", "text", &error));
  ck_assert_ptr_null (strstr (error->message, "wrong"));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_ACCESS);
  ck_assert (!put_text (settings_but ("open", "user", NULL), "pw", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_ACCESS);
  ck_assert (!is_there ("www/open/pw"));
}
END_TEST

/* ---- fetching ---- */

static GBytes *
get_with (JsonObject *settings, const char *folder, const char *name, gsize longest, GError **error)
{
  g_autoptr (VvTransport) transport = make_transport (settings);
  GBytes                 *bytes = vv_transport_get (transport, folder, name, longest, NULL, error);

  json_object_unref (settings);
  return bytes;
}

START_TEST (list__says_what_is_in_a_folder)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonObject)  settings = settings_for ("open");
  g_autoptr (VvTransport) transport = make_transport (settings);
  g_autoptr (JsonArray)   entries = NULL;
  g_autoptr (JsonArray)   none = NULL;
  g_autofree char        *text = NULL;
  g_autoptr (JsonObject)  whole = NULL;

  ck_assert (put_text (settings_for ("open"), "requests/2026 ü%2F&", "b <1>.txt", "text", &error) == FALSE);
  g_clear_error (&error);
  ck_assert (put_text (settings_for ("open"), "requests/2026 ü%2F&", "b.txt", "text", &error));
  ck_assert (put_text (settings_for ("open"), "requests", "a.txt", "", &error));
  entries = vv_transport_list (transport, "requests", NULL, &error);
  vv_assert_ok (error);
  whole = vv_json_new ("e", "a", json_array_ref (entries), NULL);
  text = vv_json_canonical (whole);
  ck_assert_str_eq (text, "{\"e\":[{\"bytes\":-1,\"folder\":true,\"name\":\"2026 ü%2F&\"},{\"bytes\":0,\"folder\":false,\"name\":\"a.txt\"}]}");
  none = vv_transport_list (transport, "nothing/here", NULL, &error);
  ck_assert_ptr_null (none);
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_MISSING);
}
END_TEST

START_TEST (get__reads_byte_for_byte)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = make_document (300 * 1000 + 7, 11);
  g_autoptr (GBytes) read = NULL;

  ck_assert (put_with (settings_for ("open"), "d", "film.mp4", document, NULL, NULL, &error));
  read = get_with (settings_for ("open"), "d", "film.mp4", 300 * 1000 + 7, &error);
  vv_assert_ok (error);
  ck_assert (g_bytes_equal (read, document));
  ck_assert_ptr_null (get_with (settings_for ("open"), "d", "film.mp4", 300 * 1000 + 6, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_TOO_LONG);
  ck_assert_ptr_null (get_with (settings_for ("open"), "d", "no.mp4", 1000, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_MISSING);
  ck_assert_ptr_null (get_with (settings_for ("open"), "d/..", "film.mp4", 1000, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED);
}
END_TEST

START_TEST (get__line_breaks_in_the_middle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = make_document (300 * 1000, 12);
  g_autoptr (GBytes) read = NULL;
  VvTestProxy       *proxy = vv_test_proxy_new (vv_test_apache_port (apache));

  ck_assert (put_with (settings_for ("open"), "broken", "film.mp4", document, NULL, NULL, &error));
  vv_test_proxy_allow_back (proxy, 100 * 1000);
  ck_assert_ptr_null (get_with (through (proxy), "broken", "film.mp4", 1000 * 1000, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
  vv_test_proxy_allow_back (proxy, -1);
  read = get_with (through (proxy), "broken", "film.mp4", 1000 * 1000, &error);
  vv_assert_ok (error);
  ck_assert (g_bytes_equal (read, document));
  vv_test_proxy_free (proxy);
}
END_TEST

/* ---- a server that says no ---- */

static const struct
{
  const char *place;
  int         code;
} refusals[] = {
  { "full", VV_ECMS_ERROR_FULL },
  { "busy", VV_ECMS_ERROR_OFFLINE },
  { "forbidden", VV_ECMS_ERROR_ACCESS },
  { "plain", VV_ECMS_ERROR_REFUSED },
  { "elsewhere", VV_ECMS_ERROR_REFUSED },
  { "missing", VV_ECMS_ERROR_SETTINGS },
};

START_TEST (put__server_says_no)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = make_document (2 * 1024 * 1024, 3);
  g_autofree char   *folder = g_strdup_printf ("www/%s/said-no", refusals[_i].place);

  ck_assert (!put_with (settings_for (refusals[_i].place), "said-no", "report.pdf", document, NULL, NULL, &error));
  ck_assert_ptr_null (strstr (error->message, "localhost"));
  vv_assert_error (error, VV_ECMS_ERROR, refusals[_i].code);
  ck_assert_uint_eq (count_files (folder), 0);
}
END_TEST

/* With a client certificate in hand the other address would take the document, were it followed. */
START_TEST (put__follows_no_redirect)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) strict = settings_for ("strict");
  JsonObject            *settings = settings_but ("elsewhere", "client_key", vv_json_string (strict, "client_key"));

  json_object_set_string_member (settings, "client_certificate", vv_json_string (strict, "client_certificate"));
  ck_assert (!put_text (settings, "sent-on", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED);
  ck_assert (!is_there ("www/open/sent-on"));
}
END_TEST

static const struct
{
  int status;
  int code;
} statuses[] = {
  { 301, VV_ECMS_ERROR_REFUSED },
  { 400, VV_ECMS_ERROR_REFUSED },
  { 401, VV_ECMS_ERROR_ACCESS },
  { 403, VV_ECMS_ERROR_ACCESS },
  { 405, VV_ECMS_ERROR_REFUSED },
  { 409, VV_ECMS_ERROR_OFFLINE },
  { 412, VV_ECMS_ERROR_OFFLINE },
  { 413, VV_ECMS_ERROR_REFUSED },
  { 415, VV_ECMS_ERROR_REFUSED },
  { 207, VV_ECMS_ERROR_OFFLINE },
  { 424, VV_ECMS_ERROR_OFFLINE },
  { 423, VV_ECMS_ERROR_OFFLINE },
  { 429, VV_ECMS_ERROR_OFFLINE },
  { 500, VV_ECMS_ERROR_OFFLINE },
  { 501, VV_ECMS_ERROR_REFUSED },
  { 502, VV_ECMS_ERROR_OFFLINE },
  { 504, VV_ECMS_ERROR_OFFLINE },
  { 507, VV_ECMS_ERROR_FULL },
  { 200, VV_ECMS_ERROR_REFUSED },
};

START_TEST (https_status_error__says_what_to_do)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!vv_https_status_error (statuses[_i].status, &error));
  vv_assert_error (error, VV_ECMS_ERROR, statuses[_i].code);
}
END_TEST

START_TEST (probe__tells_places_apart)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= G_N_ELEMENTS (refusals); i++)
    {
      const char             *place = i < G_N_ELEMENTS (refusals) ? refusals[i].place : "open";
      g_autoptr (JsonObject)  settings = settings_for (place);
      g_autoptr (VvTransport) transport = make_transport (settings);
      gboolean                ok = vv_transport_probe (transport, NULL, &error);

      if (g_str_equal (place, "open") || g_str_equal (place, "full"))
        vv_assert_ok (error);
      else
        vv_assert_error (error, VV_ECMS_ERROR, refusals[i].code);
      ck_assert_int_eq (ok, g_str_equal (place, "open") || g_str_equal (place, "full"));
    }
}
END_TEST

/* ---- a bad line ---- */

START_TEST (put__server_down_then_up)
{
  g_autoptr (GError) error = NULL;

  vv_test_apache_stop (apache);
  ck_assert (!put_text (settings_for ("open"), "down", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
  vv_test_apache_start (apache);
  ck_assert (put_text (settings_for ("open"), "down", "report.pdf", "text", &error));
  vv_assert_ok (error);
}
END_TEST

START_TEST (put__no_such_host)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!put_text (settings_at ("ecms.invalid", 443), "x", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
}
END_TEST

/* Where the line breaks, in bytes from us: in the handshake, in the head, early, half way, near the end. */
static const gint64 breaks[] = { 0, 100, 1000, 3000, 500 * 1000, 1500 * 1000, 2000 * 1000 };

START_TEST (put__line_breaks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = make_document (2 * 1000 * 1000, 4);
  g_autofree char   *folder = g_strdup_printf ("broken-%d", _i);
  g_autofree char   *path = g_strdup_printf ("www/open/broken-%d/report.pdf", _i);
  g_autofree char   *where = g_path_get_dirname (path);
  VvTestProxy       *proxy = vv_test_proxy_new (vv_test_apache_port (apache));

  vv_test_proxy_allow (proxy, breaks[_i], VV_TEST_PROXY_CUT);
  ck_assert (!put_with (through (proxy), folder, "report.pdf", document, NULL, NULL, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
  ck_assert (vv_test_proxy_is_used_up (proxy));
  ck_assert (!is_there (path));

  vv_test_proxy_allow (proxy, -1, VV_TEST_PROXY_CUT);
  ck_assert (put_with (through (proxy), folder, "report.pdf", document, NULL, NULL, &error));
  vv_assert_ok (error);
  assert_there (path, document);
  ck_assert_uint_eq (count_files (where), 1);
  vv_test_proxy_free (proxy);
}
END_TEST

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (300 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

START_TEST (put__cancel_on_a_slow_line)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GBytes)       document = make_document (2 * 1000 * 1000, 5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  VvTestProxy             *proxy = vv_test_proxy_new (vv_test_apache_port (apache));
  gint64                   started = g_get_monotonic_time ();
  GThread                 *thread;

  vv_test_proxy_allow (proxy, _i == 0 ? 0 /* no handshake */ : 1000 * 1000, VV_TEST_PROXY_STALL);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  ck_assert (!put_with (through (proxy), "slow", "report.pdf", document, NULL, cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ck_assert_int_lt (g_get_monotonic_time () - started, 5 * G_USEC_PER_SEC);
  ck_assert (!is_there ("www/open/slow/report.pdf"));
  g_thread_join (thread);
  vv_test_proxy_free (proxy);
}
END_TEST

/* A line on which nothing moves is given up, in the handshake and in the middle. */
START_TEST (https_send__gives_up_a_stalled_line)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     document = make_document (2 * 1000 * 1000, 6);
  VvTestProxy           *proxy = vv_test_proxy_new (vv_test_apache_port (apache));
  g_autoptr (JsonObject) settings = through (proxy);
  g_autoptr (VvHttps)    https = vv_https_new (settings, &error);
  g_autofree char       *url = g_strconcat (vv_json_string (settings, "url"), "/stalled.pdf", NULL);
  VvHttpsRequest         request = { .method = "PUT", .url = url, .body = document };
  g_auto (VvHttpsReply)  reply = { 0 };

  vv_https_set_patience (https, 1, 1);
  vv_test_proxy_allow (proxy, _i == 0 ? 0 : 1000 * 1000, VV_TEST_PROXY_STALL);
  ck_assert (!vv_https_send (https, &request, &reply, NULL, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "in time"));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
  vv_test_proxy_free (proxy);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("ecms-webdav");
  TCase *webdav = tcase_create ("webdav");

  suite_add_tcase (suite, webdav);
  tcase_add_unchecked_fixture (webdav, set_up, tear_down);
  tcase_set_timeout (webdav, 120);
  tcase_add_test (webdav, list__says_what_is_in_a_folder);
  tcase_add_test (webdav, get__reads_byte_for_byte);
  tcase_add_test (webdav, get__line_breaks_in_the_middle);
  tcase_add_test (webdav, put__arrives_byte_for_byte);
  tcase_add_test (webdav, put__empty_document_without_folder);
  tcase_add_test (webdav, put__twice_is_one_document);
  tcase_add_test (webdav, put__uses_up_a_broken_try);
  tcase_add_test (webdav, put__server_without_locks);
  tcase_add_test (webdav, put__server_keeps_it_badly);
  tcase_add_test (webdav, put__another_document_stays);
  tcase_add_test (webdav, put__name_taken_meanwhile);
  tcase_add_test (webdav, put__same_document_taken_meanwhile);
  tcase_add_test (webdav, put__two_desks_one_name);
  tcase_add_test (webdav, put__wrong_authority);
  tcase_add_test (webdav, put__wrong_host_name);
  tcase_add_test (webdav, put__client_certificate);
  tcase_add_test (webdav, put__client_certificate_missing_or_foreign);
  tcase_add_test (webdav, put__client_files_do_not_belong_together);
  tcase_add_test (webdav, put__wrong_pass_phrase);
  tcase_add_loop_test (webdav, put__server_says_no, 0, G_N_ELEMENTS (refusals));
  tcase_add_test (webdav, put__follows_no_redirect);
  tcase_add_loop_test (webdav, https_status_error__says_what_to_do, 0, G_N_ELEMENTS (statuses));
  tcase_add_test (webdav, probe__tells_places_apart);
  tcase_add_test (webdav, put__server_down_then_up);
  tcase_add_test (webdav, put__no_such_host);
  tcase_add_loop_test (webdav, put__line_breaks, 0, G_N_ELEMENTS (breaks));
  tcase_add_loop_test (webdav, put__cancel_on_a_slow_line, 0, 2);
  tcase_add_loop_test (webdav, https_send__gives_up_a_stalled_line, 0, 2);
  return suite;
}

VV_TEST_MAIN (make_suite)
