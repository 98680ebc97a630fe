// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-transport.h"

G_BEGIN_DECLS

/* What is to be put, already checked by vv_transport_put(). */
typedef struct
{
  char      **folders; /* names of the folders, outermost first; each is a safe name */
  const char *name;
  const char *part; /* name of the temporary file in the same folder; the same for the same document */
  const char *media_type;
  GBytes     *document;
  const char *sha256;
} VvParcel;

/* A kind of transport. Its own struct begins with a VvTransport. */
typedef struct
{
  gboolean (*put) (VvTransport    *self,
                   const VvParcel *parcel,
                   JsonObject    **ret_receipt,
                   GCancellable   *cancellable,
                   GError        **error);
  /* @folders: names of the folders, outermost first; each is a safe name. */
  JsonArray *(*list) (VvTransport       *self,
                      const char *const *folders,
                      GCancellable      *cancellable,
                      GError           **error);
  GBytes *(*get) (VvTransport       *self,
                  const char *const *folders,
                  const char        *name,
                  gsize              longest,
                  GCancellable      *cancellable,
                  GError           **error);
  gboolean (*probe) (VvTransport  *self,
                     GCancellable *cancellable,
                     GError      **error);
  void (*free) (VvTransport *self);
} VvTransportClass;

struct _VvTransport
{
  const VvTransportClass *klass;
};

VvTransport *vv_folder_transport_new (JsonObject *settings,
                                      GError    **error);
VvTransport *vv_webdav_transport_new (JsonObject *settings,
                                      GError    **error);

/* Says that another document of that name is there. Returns FALSE. */
gboolean vv_transport_conflict (GError **error);

/* Say that a folder or document is not there, or longer than was asked for. Return FALSE. */
gboolean vv_transport_missing (GError **error);
gboolean vv_transport_too_long (GError **error);

/* An element of vv_transport_list(). (transfer full) */
JsonObject *vv_transport_entry (const char *name,
                                gboolean    is_folder,
                                gint64      bytes);

/* Says why a folder could not be used, from @error_number (errno). Returns FALSE. */
gboolean vv_folder_error (int      error_number,
                          GError **error);

G_END_DECLS
