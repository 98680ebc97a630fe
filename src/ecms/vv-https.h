// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vv-transport.h"

G_BEGIN_DECLS

/* One HTTPS connection to one server, over libcurl: https only, TLS 1.2 or newer, certificate and host name
 * verified, no redirect ever followed. Thread-confined. */
typedef struct _VvHttps VvHttps;

typedef struct
{
  const char        *method;
  const char        *url;
  const char *const *headers;  /* whole lines, closed by NULL; NULL: none */
  GBytes            *body;     /* NULL: none */
  GChecksum         *checksum; /* fed with the answer's body; NULL: not */
  GByteArray        *into;     /* gets the answer's body; NULL: it is dropped */
  gsize              longest;  /* of the answer's body; the rest is not read */
  guint64            progress_from;
  guint64            progress_total; /* 0: the request is too small to show */
} VvHttpsRequest;

typedef struct
{
  int      status;
  char    *etag;     /* as sent, W/ and quotes included; NULL: none */
  char    *lock;     /* Lock-Token, with its angle brackets; NULL: none */
  gsize    received; /* bytes of body */
  gint64   length;   /* what Content-Length said; -1: nothing */
  gboolean too_long; /* the body went on beyond "longest" */
} VvHttpsReply;

/* @settings as for vv_transport_new(). Returns: (transfer full), or NULL with VV_ECMS_ERROR_SETTINGS. */
VvHttps *vv_https_new (JsonObject *settings,
                       GError    **error);
void     vv_https_free (VvHttps *self);

/* How long to wait for a connection, and for a connection on which nothing moves. */
void vv_https_set_patience (VvHttps *self,
                            int      connect_s,
                            int      stall_s);

/* Sends @request and reads the answer, whatever its status. Blocks; a cancel is noticed within a second.
 * @reply: cleared first; free with vv_https_reply_clear(). Returns FALSE with VV_ECMS_ERROR or
 * G_IO_ERROR_CANCELLED when there was no whole answer. */
gboolean vv_https_send (VvHttps              *self,
                        const VvHttpsRequest *request,
                        VvHttpsReply         *reply,
                        GCancellable         *cancellable,
                        GError              **error);
void     vv_https_reply_clear (VvHttpsReply *reply);

/* What @status means for a document on its way, when the request did not expect it. Returns FALSE. */
gboolean vv_https_status_error (int      status,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvHttps, vv_https_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvHttpsReply, vv_https_reply_clear)

G_END_DECLS
