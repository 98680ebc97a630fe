// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  VV_ECMS_ERROR_SETTINGS,    /* the connection's settings are wrong or incomplete */
  VV_ECMS_ERROR_OFFLINE,     /* the server cannot be reached, or the connection broke: try again later */
  VV_ECMS_ERROR_CERTIFICATE, /* the server is not who it should be: nothing was sent */
  VV_ECMS_ERROR_ACCESS,      /* the server does not let us in */
  VV_ECMS_ERROR_CONFLICT,    /* another document of that name is there */
  VV_ECMS_ERROR_FULL,        /* the server has no room: try again later */
  VV_ECMS_ERROR_REFUSED,     /* the server will not take it, now or later */
  VV_ECMS_ERROR_MISSING,     /* there is no such document or folder */
  VV_ECMS_ERROR_TOO_LONG,    /* the document is longer than was asked for */
} VvEcmsError;

#define VV_ECMS_ERROR (vv_ecms_error_quark ())
GQuark vv_ecms_error_quark (void);

/* One way of handing documents to ECMS and of fetching them from it. Thread-confined. Knows folders and documents, not faces. */
typedef struct _VvTransport VvTransport;

/* Makes the transport that @settings asks for:
 *   {"transport":"folder","path":DIR}
 *   {"transport":"webdav","url":"https://...","ca_file":PATH,"user":NAME,"password":TEXT,
 *    "client_certificate":PATH,"client_key":PATH}      all but url optional; https only, TLS verified
 * Returns: (transfer full), or NULL with VV_ECMS_ERROR_SETTINGS. Does not connect. */
VvTransport *vv_transport_new (JsonObject *settings,
                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void         vv_transport_free (VvTransport *self);

/* Puts @document as FOLDER/NAME, making the folder when it is missing. @sha256 is its hash and makes the act
 * idempotent: when the very same document is there already, that is success. Another document of that
 * name is a conflict and stays as it is. @ret_receipt: (transfer full) "location", "etag" (of a folder: the SHA-256;
 * a server may give none), "time". @folder: names divided by "/", or "" for the outermost folder itself.
 * Blocks; a broken connection leaves no half document under NAME. */
gboolean vv_transport_put (VvTransport  *self,
                           const char   *folder,
                           const char   *name,
                           const char   *media_type,
                           GBytes       *document,
                           const char   *sha256,
                           JsonObject  **ret_receipt,
                           GCancellable *cancellable,
                           GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is in @folder (as in vv_transport_put()): [{"name", "folder" (boolean), "bytes" (of a document; -1 when the server
 * does not say)}] in order of their names. A name that begins with a dot is left out; others may be anything, so look with
 * vv_mapping_is_safe_name() before using one. Blocks. Returns: (transfer full), or NULL with VV_ECMS_ERROR_MISSING when the
 * folder is not there, or another error. */
JsonArray *vv_transport_list (VvTransport  *self,
                              const char   *folder,
                              GCancellable *cancellable,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads FOLDER/NAME, at most @longest bytes of it: a longer document is VV_ECMS_ERROR_TOO_LONG. Blocks; what came before a
 * connection broke is thrown away. Returns: (transfer full), or NULL with VV_ECMS_ERROR_MISSING when it is not there, or
 * another error. */
GBytes *vv_transport_get (VvTransport  *self,
                          const char   *folder,
                          const char   *name,
                          gsize         longest,
                          GCancellable *cancellable,
                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the server answers and lets us in. Blocks. */
gboolean vv_transport_probe (VvTransport  *self,
                             GCancellable *cancellable,
                             GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvTransport, vv_transport_free)

G_END_DECLS
