// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-ecms"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-https.h"
#include "vv-json.h"
#include "vv-multistatus.h"
#include "vv-progress.h"
#include "vv-time.h"
#include "vv-transport-private.h"

/* Bodies of answers other than documents are not used; this much is read to keep the connection. */
#define LONGEST_ANSWER (64 * 1024)
#define LONGEST_LIST   (8 * 1024 * 1024)

#define LOCKED_TRIES   20
#define LOCKED_WAIT_US (100 * 1000)

typedef struct
{
  VvTransport parent;
  VvHttps    *https;
  char       *base; /* address without a closing slash */
} VvWebdavTransport;

/* What stands under a name. */
typedef enum
{
  VV_WEBDAV_NOTHING,
  VV_WEBDAV_SAME,
  VV_WEBDAV_OTHER,
  VV_WEBDAV_OURS, /* the same, and it was we who just gave it the name */
} VvWebdavFound;

/* The address of the first @n of @folders, with @name in it or "" for the folder itself. */
static char *
address (VvWebdavTransport *self, const char *const *folders, guint n, const char *name)
{
  GString *url = g_string_new (self->base);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_c (url, '/');
      g_string_append_uri_escaped (url, folders[i], /* reserved= */ NULL, /* allow_utf8= */ FALSE);
    }
  g_string_append_c (url, '/');
  g_string_append_uri_escaped (url, name, /* reserved= */ NULL, /* allow_utf8= */ FALSE);
  return g_string_free (url, /* free_segment= */ FALSE);
}

static char *
make_url (VvWebdavTransport *self, const VvParcel *parcel, guint n_folders, const char *name)
{
  return address (self, (const char *const *) parcel->folders, n_folders, name);
}

/* 423 for the resource itself; Apache wraps that in 424 or 207 when it is the folder that is locked. */
static gboolean
is_locked (int status)
{
  return status == 423 || status == 424 || status == 207;
}

/* Sends @request, and again when the folder is locked: another desk is giving a document its name there, which takes
 * no longer than a few requests. */
static gboolean
send_patiently (VvWebdavTransport    *self,
                const VvHttpsRequest *request,
                VvHttpsReply         *reply,
                GCancellable         *cancellable,
                GError              **error)
{
  for (int tries = 1; vv_https_send (self->https, request, reply, cancellable, error); tries++)
    {
      if (!is_locked (reply->status) || tries == LOCKED_TRIES)
        return TRUE;
      vv_https_reply_clear (reply);
      if (request->checksum != NULL)
        g_checksum_reset (request->checksum);
      g_usleep (LOCKED_WAIT_US);
    }
  return FALSE;
}

/* A request without a body. *@ret_status: what the server said. */
static gboolean
ask (VvWebdavTransport *self,
     const char        *method,
     const char        *url,
     const char *const *headers,
     int               *ret_status,
     GCancellable      *cancellable,
     GError           **error)
{
  g_auto (VvHttpsReply) reply = { 0 };
  VvHttpsRequest        request = {
           .method = method,
           .url = url,
           .headers = headers,
           .longest = LONGEST_ANSWER,
  };

  if (!send_patiently (self, &request, &reply, cancellable, error))
    return FALSE;
  *ret_status = reply.status;
  return TRUE;
}

static gboolean
no_base (GError **error)
{
  g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS,
                       _ ("The folder named by the address of the ECMS server is not there. Correct the "
                          "address in the settings."));
  return FALSE;
}

/* Makes the folders of @parcel that are missing. The innermost is tried first: mostly it is there, and accounts may
 * be allowed to write below a folder without being allowed to touch it. */
static gboolean
make_folders (VvWebdavTransport *self, const VvParcel *parcel, GCancellable *cancellable, GError **error)
{
  guint    wanted = g_strv_length (parcel->folders);
  guint    level = wanted;
  gboolean asked_again = FALSE;

  for (guint tries = 0; level > 0 && tries <= 2 * wanted + 1; tries++)
    {
      g_autofree char *url = make_url (self, parcel, level, "");
      int              status;

      if (!ask (self, "MKCOL", url, /* headers= */ NULL, &status, cancellable, error))
        return FALSE;
      if ((status == 201 || status == 405 /* there already */) && level == wanted)
        return TRUE;
      if (status == 201 || status == 405)
        level++;
      else if (status == 403 && !asked_again)
        asked_again = TRUE; /* Apache says this too when another desk made the folder in the same moment */
      else if (status != 409 && status != 404)
        return vv_https_status_error (status, error);
      else if (--level == 0)
        return no_base (error);
    }
  return wanted == 0 || vv_https_status_error (409, error);
}

/* Reads what stands under @url and compares it by SHA-256: an ETag says nothing about content, a stored checksum
 * property only repeats what we claimed. */
static gboolean
look (VvWebdavTransport *self,
      const VvParcel    *parcel,
      const char        *url,
      VvWebdavFound     *ret_found,
      GCancellable      *cancellable,
      GError           **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_auto (VvHttpsReply) reply = { 0 };
  gsize                 size = g_bytes_get_size (parcel->document);
  VvHttpsRequest        request = {
           .method = "GET",
           .url = url,
           .checksum = sum,
           .longest = MAX (size,
                           LONGEST_ANSWER),
           .progress_from = size,
           .progress_total = 2 * (guint64) size,
  };

  if (!vv_https_send (self->https, &request, &reply, cancellable, error))
    return FALSE;
  if (reply.status == 404 || reply.status == 410)
    *ret_found = VV_WEBDAV_NOTHING;
  else if (reply.status != 200)
    return vv_https_status_error (reply.status, error);
  else if (!reply.too_long && reply.received == size && g_str_equal (g_checksum_get_string (sum), parcel->sha256))
    *ret_found = VV_WEBDAV_SAME;
  else
    *ret_found = VV_WEBDAV_OTHER;
  return TRUE;
}

/* Sends the document to its temporary name, over whatever a broken try left there, and reads it back. */
static gboolean
upload (VvWebdavTransport *self,
        const VvParcel    *parcel,
        const char        *part_url,
        GCancellable      *cancellable,
        GError           **error)
{
  g_auto (VvHttpsReply) reply = { 0 };
  g_autofree char      *type = g_strconcat ("Content-Type: ", parcel->media_type, NULL);
  const char *const     headers[] = { type, NULL };
  guint64               total = 2 * (guint64) g_bytes_get_size (parcel->document);
  VvHttpsRequest        request = {
           .method = "PUT",
           .url = part_url,
           .headers = headers,
           .body = parcel->document,
           .longest = LONGEST_ANSWER,
           .progress_total = total,
  };
  VvWebdavFound found;

  if (!send_patiently (self, &request, &reply, cancellable, error))
    return FALSE;
  if (reply.status != 200 && reply.status != 201 && reply.status != 204)
    return vv_https_status_error (reply.status, error);
  if (!look (self, parcel, part_url, &found, cancellable, error))
    return FALSE;
  if (found == VV_WEBDAV_SAME)
    return TRUE;
  g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE,
                       _ ("The ECMS server did not keep the document as it was sent. It will be tried "
                          "again; tell its administrator if this repeats."));
  return FALSE;
}

/* Removes what a broken try may have left. That it is not there is the usual case, so no answer matters. */
static void
remove_part (VvWebdavTransport *self, const char *part_url, GCancellable *cancellable)
{
  int status;

  (void) ask (self, "DELETE", part_url, /* headers= */ NULL, &status, cancellable, /* error= */ NULL);
}

/* Locks the folder against new names, so that nobody else takes ours between the server's look and its rename:
 * "Overwrite: F" alone is not one step in Apache. The lock lapses by itself should we fall over.
 * *@ret_lock: (transfer full) the token, or NULL from a server that has no locks. */
static gboolean
lock_folder (VvWebdavTransport *self,
             const char        *folder_url,
             char             **ret_lock,
             GCancellable      *cancellable,
             GError           **error)
{
  static const char        wish[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                                    "<lockinfo xmlns=\"DAV:\"><lockscope><exclusive/></lockscope>"
                                    "<locktype><write/></locktype><owner>visavis</owner></lockinfo>";
  static const char *const headers[] = {
    "Depth: 0", "Timeout: Second-60", "Content-Type: application/xml; charset=utf-8", NULL
  };
  g_autoptr (GBytes)    body = g_bytes_new_static (wish, strlen (wish));
  g_auto (VvHttpsReply) reply = { 0 };
  VvHttpsRequest        request = {
           .method = "LOCK",
           .url = folder_url,
           .headers = headers,
           .body = body,
           .longest = LONGEST_ANSWER,
  };

  if (!send_patiently (self, &request, &reply, cancellable, error))
    return FALSE;
  if (is_locked (reply.status))
    return vv_https_status_error (reply.status, error);
  *ret_lock = reply.status == 200 ? g_steal_pointer (&reply.lock) : NULL;
  return TRUE;
}

static void
unlock_folder (VvWebdavTransport *self, const char *folder_url, const char *lock, GCancellable *cancellable)
{
  g_autofree char  *token = g_strconcat ("Lock-Token: ", lock, NULL);
  const char *const headers[] = { token, NULL };
  int               status;

  (void) ask (self, "UNLOCK", folder_url, headers, &status, cancellable, /* error= */ NULL); /* it lapses anyway */
}

/* Gives the document its name unless another one has it. *@ret_found says what stands there then.
 * @if_locked: the header that shows our lock, or NULL. */
static gboolean
move (VvWebdavTransport *self,
      const VvParcel    *parcel,
      const char        *part_url,
      const char        *url,
      const char        *if_locked,
      VvWebdavFound     *ret_found,
      GCancellable      *cancellable,
      GError           **error)
{
  g_autofree char  *destination = g_strconcat ("Destination: ", url, NULL);
  const char *const headers[] = { destination, "Overwrite: F", if_locked, NULL };
  int               status;

  if (!ask (self, "MOVE", part_url, headers, &status, cancellable, error))
    return FALSE;
  *ret_found = VV_WEBDAV_OURS;
  if (status == 201 || status == 204)
    return TRUE;
  /* 412: the name is taken. 404: another workstation moved the same temporary file first. */
  if (status != 412 && status != 404)
    return vv_https_status_error (status, error);
  return look (self, parcel, url, ret_found, cancellable, error) &&
         (*ret_found != VV_WEBDAV_NOTHING || vv_https_status_error (409, error));
}

static gboolean
give_name (VvWebdavTransport *self,
           const VvParcel    *parcel,
           const char        *part_url,
           const char        *url,
           VvWebdavFound     *ret_found,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autofree char *folder_url = make_url (self, parcel, g_strv_length (parcel->folders), "");
  g_autofree char *lock = NULL;
  g_autofree char *if_locked = NULL;
  gboolean         ok;

  if (!lock_folder (self, folder_url, &lock, cancellable, error))
    return FALSE;
  if (lock != NULL)
    if_locked = g_strdup_printf ("If: <%s> (%s)", folder_url, lock);
  ok = move (self, parcel, part_url, url, if_locked, ret_found, cancellable, error);
  if (lock != NULL)
    unlock_folder (self, folder_url, lock, cancellable);
  return ok;
}

/* Asks for the finished document once more. Just after a write its ETag may be weak; it is only noted. */
static gboolean
make_receipt (VvWebdavTransport *self,
              const VvParcel    *parcel,
              const char        *url,
              JsonObject       **ret_receipt,
              GCancellable      *cancellable,
              GError           **error)
{
  g_auto (VvHttpsReply) reply = { 0 };
  VvHttpsRequest        request = { .method = "HEAD", .url = url };
  g_autofree char      *now = vv_time_now ();

  if (!vv_https_send (self->https, &request, &reply, cancellable, error))
    return FALSE;
  if (reply.status != 200)
    return vv_https_status_error (reply.status, error);
  *ret_receipt = vv_json_new ("location", "s", url, "etag", "s", reply.etag, "time", "s", now, NULL);
  return TRUE;
}

static gboolean
webdav_put (VvTransport    *transport,
            const VvParcel *parcel,
            JsonObject    **ret_receipt,
            GCancellable   *cancellable,
            GError        **error)
{
  VvWebdavTransport *self = (VvWebdavTransport *) transport;
  guint              n_folders = g_strv_length (parcel->folders);
  g_autofree char   *url = make_url (self, parcel, n_folders, parcel->name);
  g_autofree char   *part_url = make_url (self, parcel, n_folders, parcel->part);
  guint64            total = 2 * (guint64) g_bytes_get_size (parcel->document);
  VvWebdavFound      found;

  if (!make_folders (self, parcel, cancellable, error) || !look (self, parcel, url, &found, cancellable, error))
    return FALSE;
  if (found == VV_WEBDAV_NOTHING &&
      (!upload (self, parcel, part_url, cancellable, error) ||
       !give_name (self, parcel, part_url, url, &found, cancellable, error)))
    return FALSE;
  if (found != VV_WEBDAV_OURS)
    remove_part (self, part_url, cancellable);
  if (found == VV_WEBDAV_OTHER)
    return vv_transport_conflict (error);
  vv_progress_set (cancellable, total, total);
  return make_receipt (self, parcel, url, ret_receipt, cancellable, error);
}

/* Asks what stands under @url, with @depth "1" also in it. *@ret_status: what the server said; @into: (nullable) its words. */
static gboolean
find_properties (VvWebdavTransport *self,
                 const char        *url,
                 const char        *depth,
                 GByteArray        *into,
                 int               *ret_status,
                 GCancellable      *cancellable,
                 GError           **error)
{
  static const char     question[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                                     "<propfind xmlns=\"DAV:\"><prop><resourcetype/><getcontentlength/></prop></propfind>";
  g_autofree char      *how_deep = g_strconcat ("Depth: ", depth, NULL);
  const char *const     headers[] = { how_deep, "Content-Type: application/xml; charset=utf-8", NULL };
  g_auto (VvHttpsReply) reply = { 0 };
  g_autoptr (GBytes)    body = g_bytes_new_static (question, strlen (question));
  VvHttpsRequest        request = {
           .method = "PROPFIND",
           .url = url,
           .headers = headers,
           .body = body,
           .into = into,
           .longest = into != NULL ? LONGEST_LIST : LONGEST_ANSWER,
  };

  if (!vv_https_send (self->https, &request, &reply, cancellable, error))
    return FALSE;
  *ret_status = reply.status;
  return !reply.too_long || vv_transport_too_long (error);
}

static JsonArray *
webdav_list (VvTransport *transport, const char *const *folders, GCancellable *cancellable, GError **error)
{
  VvWebdavTransport     *self = (VvWebdavTransport *) transport;
  g_autofree char       *url = address (self, folders, g_strv_length ((char **) folders), "");
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  int                    status;

  if (!find_properties (self, url, "1", answer, &status, cancellable, error))
    return NULL;
  if (status == 207)
    return vv_multistatus_parse ((const char *) answer->data, answer->len, error);
  (void) (status == 404 || status == 410 ? vv_transport_missing (error) : vv_https_status_error (status, error));
  return NULL;
}

static GBytes *
webdav_get (VvTransport       *transport,
            const char *const *folders,
            const char        *name,
            gsize              longest,
            GCancellable      *cancellable,
            GError           **error)
{
  VvWebdavTransport     *self = (VvWebdavTransport *) transport;
  g_autofree char       *url = address (self, folders, g_strv_length ((char **) folders), name);
  g_autoptr (GByteArray) document = g_byte_array_new ();
  g_auto (VvHttpsReply)  reply = { 0 };
  VvHttpsRequest         request = { .method = "GET", .url = url, .into = document, .longest = longest };

  if (!vv_https_send (self->https, &request, &reply, cancellable, error))
    return NULL;
  if (reply.status == 404 || reply.status == 410)
    (void) vv_transport_missing (error);
  else if (reply.status != 200)
    (void) vv_https_status_error (reply.status, error);
  else if (reply.too_long)
    (void) vv_transport_too_long (error);
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&document));
  return NULL;
}

static gboolean
webdav_probe (VvTransport *transport, GCancellable *cancellable, GError **error)
{
  VvWebdavTransport *self = (VvWebdavTransport *) transport;
  g_autofree char   *url = g_strconcat (self->base, "/", NULL);
  int                status;

  if (!find_properties (self, url, "0", /* into= */ NULL, &status, cancellable, error))
    return FALSE;
  if (status == 404)
    return no_base (error);
  return status == 207 || vv_https_status_error (status, error);
}

static void
webdav_free (VvTransport *transport)
{
  VvWebdavTransport *self = (VvWebdavTransport *) transport;

  vv_https_free (self->https);
  g_free (self->base);
  g_free (self);
}

static const VvTransportClass webdav_class = {
  .put = webdav_put,
  .list = webdav_list,
  .get = webdav_get,
  .probe = webdav_probe,
  .free = webdav_free
};

VvTransport *
vv_webdav_transport_new (JsonObject *settings, GError **error)
{
  VvHttps           *https = vv_https_new (settings, error);
  VvWebdavTransport *self;

  if (https == NULL)
    return NULL;
  self = g_new0 (VvWebdavTransport, 1);
  self->parent.klass = &webdav_class;
  self->https = https;
  self->base = g_strdup (vv_json_string (settings, "url"));
  while (g_str_has_suffix (self->base, "/"))
    self->base[strlen (self->base) - 1] = '\0';
  return &self->parent;
}
