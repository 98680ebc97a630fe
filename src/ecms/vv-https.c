// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-ecms"
#include "config.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <openssl/ssl.h>
#include <string.h>
#include <unistd.h>

#include "vv-https.h"
#include "vv-json.h"
#include "vv-progress.h"

#define CONNECT_S 15
#define STALL_S   60

struct _VvHttps
{
  CURL       *easy;
  JsonObject *settings;
  int         connect_s;
  int         stall_s;
  int         alert_received; /* TLS alert of the last connection (RFC 8446 6.2); -1: none */
  int         alert_sent;
};

/* What the callbacks of one request share. */
typedef struct
{
  const VvHttpsRequest *request;
  VvHttpsReply         *reply;
  GCancellable         *cancellable;
  gsize                 sent;
} VvHttpsExchange;

static gboolean
fail (GError **error, VvEcmsError code, const char *message)
{
  g_set_error_literal (error, VV_ECMS_ERROR, (int) code, message);
  return FALSE;
}

/* ---- settings ---- */

static gboolean
check_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_ENCODED, /* error= */ NULL) : NULL;

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 || g_uri_get_host (uri) == NULL ||
      g_uri_get_host (uri)[0] == '\0')
    return fail (error, VV_ECMS_ERROR_SETTINGS, _ ("The address of the ECMS server must begin with "
                                                   "https:// and name a host. Correct it in the "
                                                   "settings."));
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return fail (error, VV_ECMS_ERROR_SETTINGS, _ ("The address of the ECMS server must hold no user "
                                                   "name, question mark or number sign. Enter the user "
                                                   "name in its own field."));
  return TRUE;
}

static gboolean
check_file (JsonObject *settings, const char *member, const char *message, GError **error)
{
  const char *path = vv_json_string (settings, member);

  return path == NULL || access (path, R_OK) == 0 || fail (error, VV_ECMS_ERROR_SETTINGS, message);
}

static gboolean
check_files (JsonObject *settings, GError **error)
{
  if (!check_file (settings, "ca_file",
                   _ ("The file of the certificate authority for ECMS cannot be read. Correct it in the settings."),
                   error))
    return FALSE;
  if (!check_file (settings, "client_certificate",
                   _ ("The workstation's certificate for ECMS cannot be read. Correct it in the settings."),
                   error))
    return FALSE;
  return check_file (settings, "client_key",
                     _ ("The key of the workstation's certificate for ECMS cannot be read. "
                        "Correct it in the settings."),
                     error);
}

static gboolean
check_settings (JsonObject *settings, GError **error)
{
  gboolean has_certificate = vv_json_string (settings, "client_certificate") != NULL;
  gboolean has_key = vv_json_string (settings, "client_key") != NULL;

  if (has_certificate != has_key)
    return fail (error, VV_ECMS_ERROR_SETTINGS,
                 _ ("The workstation's certificate for ECMS needs its key, and the key its certificate. "
                    "Enter both in the settings."));
  return check_url (vv_json_string (settings, "url"), error) && check_files (settings, error);
}

VvHttps *
vv_https_new (JsonObject *settings, GError **error)
{
  static gsize started;
  VvHttps     *self;

  if (!check_settings (settings, error))
    return NULL;
  if (g_once_init_enter (&started))
    {
      (void) curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&started, 1);
    }
  self = g_new0 (VvHttps, 1);
  self->easy = curl_easy_init ();
  self->settings = vv_json_copy (settings);
  vv_https_set_patience (self, CONNECT_S, STALL_S);
  return self;
}

void
vv_https_free (VvHttps *self)
{
  curl_easy_cleanup (self->easy);
  json_object_unref (self->settings);
  g_free (self);
}

void
vv_https_set_patience (VvHttps *self, int connect_s, int stall_s)
{
  self->connect_s = connect_s;
  self->stall_s = stall_s;
}

void
vv_https_reply_clear (VvHttpsReply *reply)
{
  g_clear_pointer (&reply->etag, g_free);
  g_clear_pointer (&reply->lock, g_free);
}

/* ---- what libcurl calls while it works ---- */

static size_t
on_body_wanted (char *buffer, size_t size, size_t count, void *data)
{
  VvHttpsExchange *exchange = data;
  gsize            whole;
  const guint8    *body = g_bytes_get_data (exchange->request->body, &whole);
  gsize            n = MIN (size * count, whole - exchange->sent);

  if (n > 0)
    memcpy (buffer, body + exchange->sent, n);
  exchange->sent += n;
  return n;
}

/* A kept connection that turned out to be closed makes libcurl begin again. */
static int
on_body_again (void *data, curl_off_t offset, int origin)
{
  VvHttpsExchange *exchange = data;

  if (origin != SEEK_SET || offset < 0 || (gsize) offset > g_bytes_get_size (exchange->request->body))
    return CURL_SEEKFUNC_FAIL;
  exchange->sent = (gsize) offset;
  return CURL_SEEKFUNC_OK;
}

static size_t
on_body_read (char *buffer, size_t size, size_t count, void *data)
{
  VvHttpsExchange *exchange = data;
  VvHttpsReply    *reply = exchange->reply;
  gsize            n = size * count;

  if (n > exchange->request->longest - reply->received)
    {
      reply->too_long = TRUE;
      return 0;
    }
  reply->received += n;
  if (exchange->request->checksum != NULL)
    g_checksum_update (exchange->request->checksum, (const guchar *) buffer, (gssize) n);
  if (exchange->request->into != NULL)
    g_byte_array_append (exchange->request->into, (const guint8 *) buffer, (guint) n);
  return n;
}

static int
on_moved (void *data, curl_off_t to_read, curl_off_t have_read, curl_off_t to_send, curl_off_t have_sent)
{
  VvHttpsExchange      *exchange = data;
  const VvHttpsRequest *request = exchange->request;
  guint64               done = request->progress_from + (guint64) (request->body != NULL ? have_sent : have_read);

  if (request->progress_total > 0)
    vv_progress_set (exchange->cancellable, MIN (done, request->progress_total), request->progress_total);
  return g_cancellable_is_cancelled (exchange->cancellable) ? 1 : 0;
}

static int
context_index (void)
{
  static gsize stored; /* plus one: 0 means not yet */

  if (g_once_init_enter (&stored))
    g_once_init_leave (&stored, (gsize) SSL_CTX_get_ex_new_index (0, NULL, NULL, NULL, NULL) + 1);
  return (int) stored - 1;
}

/* TLS alerts tell a server that refuses us from a line that was cut; libcurl gives one code to both. */
static void
on_tls_event (const SSL *ssl, int where, int value)
{
  VvHttps *self = SSL_CTX_get_ex_data (SSL_get_SSL_CTX (ssl), context_index ());

  if ((where & SSL_CB_ALERT) == 0 || (value >> 8) != SSL3_AL_FATAL)
    return;
  if ((where & SSL_CB_READ) != 0)
    self->alert_received = value & 0xff;
  else
    self->alert_sent = value & 0xff;
}

static CURLcode
on_tls_context (CURL *easy, void *context, void *data)
{
  SSL_CTX_set_ex_data (context, context_index (), data);
  SSL_CTX_set_info_callback (context, on_tls_event);
  return CURLE_OK;
}

/* ---- one request ---- */

static void
set_tls (VvHttps *self)
{
  const char *ca_file = vv_json_string (self->settings, "ca_file");

  curl_easy_setopt (self->easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (self->easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (self->easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (ca_file != NULL)
    {
      curl_easy_setopt (self->easy, CURLOPT_CAINFO, ca_file);
      curl_easy_setopt (self->easy, CURLOPT_CAPATH, NULL); /* else the system's authorities stay trusted beside it */
    }
  curl_easy_setopt (self->easy, CURLOPT_SSLCERT, vv_json_string (self->settings, "client_certificate"));
  curl_easy_setopt (self->easy, CURLOPT_SSLKEY, vv_json_string (self->settings, "client_key"));
  curl_easy_setopt (self->easy, CURLOPT_KEYPASSWD, ""); /* else OpenSSL asks on the terminal */
  curl_easy_setopt (self->easy, CURLOPT_SSL_CTX_FUNCTION, on_tls_context);
  curl_easy_setopt (self->easy, CURLOPT_SSL_CTX_DATA, self);
}

static void
set_limits (VvHttps *self)
{
  curl_easy_setopt (self->easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt (self->easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (self->easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (self->easy, CURLOPT_CONNECTTIMEOUT, (long) self->connect_s);
  curl_easy_setopt (self->easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt (self->easy, CURLOPT_LOW_SPEED_TIME, (long) self->stall_s);
  curl_easy_setopt (self->easy, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
  curl_easy_setopt (self->easy, CURLOPT_USERNAME, vv_json_string (self->settings, "user"));
  curl_easy_setopt (self->easy, CURLOPT_PASSWORD, vv_json_string (self->settings, "password"));
}

static void
set_method (CURL *easy, const VvHttpsRequest *request)
{
  if (request->body != NULL)
    {
      curl_easy_setopt (easy, CURLOPT_UPLOAD, 1L);
      curl_easy_setopt (easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t) g_bytes_get_size (request->body));
    }
  else if (g_str_equal (request->method, "HEAD"))
    curl_easy_setopt (easy, CURLOPT_NOBODY, 1L);
  curl_easy_setopt (easy, CURLOPT_CUSTOMREQUEST, request->method);
  curl_easy_setopt (easy, CURLOPT_URL, request->url);
}

static void
set_callbacks (CURL *easy, VvHttpsExchange *exchange)
{
  curl_easy_setopt (easy, CURLOPT_READFUNCTION, on_body_wanted);
  curl_easy_setopt (easy, CURLOPT_READDATA, exchange);
  curl_easy_setopt (easy, CURLOPT_SEEKFUNCTION, on_body_again);
  curl_easy_setopt (easy, CURLOPT_SEEKDATA, exchange);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body_read);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, exchange);
  curl_easy_setopt (easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (easy, CURLOPT_XFERINFOFUNCTION, on_moved);
  curl_easy_setopt (easy, CURLOPT_XFERINFODATA, exchange);
}

static struct curl_slist *
make_headers (const VvHttpsRequest *request)
{
  struct curl_slist *lines = curl_slist_append (NULL, "Cache-Control: no-cache");

  for (const char *const *line = request->headers; line != NULL && *line != NULL; line++)
    lines = curl_slist_append (lines, *line);
  return lines;
}

static char *
read_header (CURL *easy, const char *name)
{
  struct curl_header *header;

  return curl_easy_header (easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? g_strdup (header->value) : NULL;
}

static void
read_facts (CURL *easy, VvHttpsReply *reply)
{
  curl_off_t length = -1;
  long       status = 0;

  (void) curl_easy_getinfo (easy, CURLINFO_RESPONSE_CODE, &status);
  (void) curl_easy_getinfo (easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  reply->status = (int) status;
  reply->length = length;
  reply->etag = read_header (easy, "ETag");
  reply->lock = read_header (easy, "Lock-Token");
}

/* What a TLS alert from the server means. */
static gboolean
alert_error (int alert, GError **error)
{
  switch (alert)
    {
    case SSL3_AD_HANDSHAKE_FAILURE: /* what TLS 1.2 says when our certificate is missing */
    case TLS13_AD_CERTIFICATE_REQUIRED:
    case SSL3_AD_BAD_CERTIFICATE:
    case SSL3_AD_UNSUPPORTED_CERTIFICATE:
    case SSL3_AD_CERTIFICATE_REVOKED:
    case SSL3_AD_CERTIFICATE_EXPIRED:
    case SSL3_AD_CERTIFICATE_UNKNOWN:
    case TLS1_AD_UNKNOWN_CA:
    case TLS1_AD_ACCESS_DENIED:
      return fail (error, VV_ECMS_ERROR_ACCESS, _ ("The ECMS server does not accept this workstation's "
                                                   "certificate, or asks for one. Ask the administrator "
                                                   "for a valid certificate and enter it in the "
                                                   "settings."));
    case TLS1_AD_INTERNAL_ERROR:
      return fail (error, VV_ECMS_ERROR_OFFLINE, _ ("The ECMS server has trouble of its own. It will be "
                                                    "tried again."));
    default:
      return fail (error, VV_ECMS_ERROR_CERTIFICATE,
                   _ ("The ECMS server does not speak TLS as it must (1.2 or newer), and nothing was "
                      "sent. Tell its administrator."));
    }
}

static gboolean
curl_error (VvHttps *self, CURLcode code, GError **error)
{
  switch ((int) code)
    {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return fail (error, VV_ECMS_ERROR_CERTIFICATE,
                   _ ("The ECMS server could not prove who it is, and nothing was sent. Check the "
                      "address and the certificate authority in the settings, and tell the "
                      "administrator."));
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
      return fail (error, VV_ECMS_ERROR_SETTINGS, _ ("The certificate files for ECMS cannot be used. "
                                                     "Enter unencrypted PEM files that belong together "
                                                     "in the settings."));
    case CURLE_SSL_CLIENTCERT:
      return alert_error (TLS13_AD_CERTIFICATE_REQUIRED, error);
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return fail (error, VV_ECMS_ERROR_SETTINGS, _ ("The address of the ECMS server cannot be used. "
                                                     "Correct it in the settings."));
    default:
      break;
    }
  if (self->alert_received >= 0)
    return alert_error (self->alert_received, error);
  if (code == CURLE_SSL_CONNECT_ERROR && self->alert_sent >= 0)
    return alert_error (SSL3_AD_UNEXPECTED_MESSAGE, error);
  if (code == CURLE_OPERATION_TIMEDOUT)
    return fail (error, VV_ECMS_ERROR_OFFLINE, _ ("The ECMS server did not answer in time. It will be "
                                                  "tried again; check the network if this lasts."));
  return fail (error, VV_ECMS_ERROR_OFFLINE, _ ("The ECMS server cannot be reached, or the connection "
                                                "broke. It will be tried again; check the network if "
                                                "this lasts."));
}

gboolean
vv_https_send (VvHttps              *self,
               const VvHttpsRequest *request,
               VvHttpsReply         *reply,
               GCancellable         *cancellable,
               GError              **error)
{
  VvHttpsExchange    exchange = { .request = request, .reply = reply, .cancellable = cancellable };
  struct curl_slist *headers = make_headers (request);
  CURLcode           code;
  gboolean           broken_pipe;

  *reply = (VvHttpsReply){ .length = -1 };
  self->alert_received = -1;
  self->alert_sent = -1;
  curl_easy_reset (self->easy); /* keeps the connection */
  set_tls (self);
  set_limits (self);
  set_method (self->easy, request);
  set_callbacks (self->easy, &exchange);
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, headers);
  code = curl_easy_perform (self->easy);
  read_facts (self->easy, reply);
  curl_slist_free_all (headers);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  /* A server that refuses early may close while we still send: its answer counts, not the broken pipe. */
  broken_pipe = code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR;
  if (code == CURLE_OK || reply->too_long || (broken_pipe && reply->status >= 400))
    return TRUE;
  return curl_error (self, code, error);
}

/* Whether @status may be another one at the next try. */
static gboolean
is_passing (int status)
{
  switch (status)
    {
    case 207: /* part of the folder is locked */
    case 424:
    case 423:
    case 404: /* where none was expected: somebody changed the folder under our hands */
    case 409:
    case 412:
    case 408:
    case 425:
    case 429:
      return TRUE;
    default:
      return status >= 500 && status != 501 && status != 505;
    }
}

gboolean
vv_https_status_error (int status, GError **error)
{
  if (status == 401 || status == 403 || status == 407)
    return fail (error, VV_ECMS_ERROR_ACCESS, _ ("The ECMS server does not let this workstation in. "
                                                 "Check the user name and pass phrase in the settings, "
                                                 "or ask its administrator for access."));
  if (status == 507)
    return fail (error, VV_ECMS_ERROR_FULL, _ ("The ECMS server has no room for this document. Tell its "
                                               "administrator; it will be tried again."));
  if (status >= 300 && status < 400)
    return fail (error, VV_ECMS_ERROR_REFUSED, _ ("The ECMS server points to another address, which is "
                                                  "not followed. Check the address in the settings."));
  if (is_passing (status))
    return fail (error, VV_ECMS_ERROR_OFFLINE, _ ("The ECMS server cannot take the document at the "
                                                  "moment. It will be tried again."));
  g_set_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED,
               _ ("The ECMS server does not take this document (its answer was %d). Ask its "
                  "administrator."),
               status);
  return FALSE;
}
