// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-ecms"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-mapping.h"
#include "vv-transport-private.h"

/* The formatter takes the name for a subtraction, and its spaces would become part of the name. */
/* clang-format off */
G_DEFINE_QUARK (vv-ecms-error-quark, vv_ecms_error)
/* clang-format on */

VvTransport *
vv_transport_new (JsonObject *settings, GError **error)
{
  const char *kind = vv_json_string (settings, "transport");

  if (g_strcmp0 (kind, "folder") == 0)
    return vv_folder_transport_new (settings, error);
  if (g_strcmp0 (kind, "webdav") == 0)
    return vv_webdav_transport_new (settings, error);
  g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS,
                       _ ("The ECMS settings name no known way of handing over documents. Choose "
                          "“folder” or “webdav”."));
  return NULL;
}

void
vv_transport_free (VvTransport *self)
{
  if (self != NULL)
    self->klass->free (self);
}

gboolean
vv_transport_conflict (GError **error)
{
  g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT,
                       _ ("Another document of this name is in ECMS already and was left as it is. "
                          "Compare the two and decide which one is right."));
  return FALSE;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED, message);
  return FALSE;
}

/* A media type goes into a header line: token "/" token of RFC 9110, nothing else. */
static gboolean
is_media_type (const char *text)
{
  return g_regex_match_simple ("^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+$", text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static gboolean
check_parcel (const VvParcel *parcel, GError **error)
{
  g_autofree char *sha256 = vv_hash_bytes (parcel->document);

  for (char **folder = parcel->folders; *folder != NULL; folder++)
    if (!vv_mapping_is_safe_name (*folder))
      return refuse (error, _ ("The folder for this document has a name that ECMS cannot take. Correct "
                               "the case number or the folder scheme."));
  if (!vv_mapping_is_safe_name (parcel->name))
    return refuse (error, _ ("The document has a name that ECMS cannot take. Give it another one."));
  if (!is_media_type (parcel->media_type))
    return refuse (error, _ ("The kind of the document is not written as a media type, such as "
                             "application/pdf."));
  if (g_strcmp0 (sha256, parcel->sha256) != 0)
    return refuse (error, _ ("The document is not the one that was put into the outbox, so it was not "
                             "sent. Make the report again."));
  return TRUE;
}

gboolean
vv_transport_put (VvTransport  *self,
                  const char   *folder,
                  const char   *name,
                  const char   *media_type,
                  GBytes       *document,
                  const char   *sha256,
                  JsonObject  **ret_receipt,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_auto (GStrv)   folders = NULL;
  g_autofree char *part = NULL;
  VvParcel         parcel;

  g_return_val_if_fail (self != NULL && folder != NULL && name != NULL && media_type != NULL, FALSE);
  g_return_val_if_fail (document != NULL && sha256 != NULL && ret_receipt != NULL, FALSE);

  folders = g_strsplit (folder, "/", /* max= */ -1);
  part = g_strdup_printf ("visavis-%s.part", sha256);
  parcel = (VvParcel){
    .folders = folders,
    .name = name,
    .part = part,
    .media_type = media_type,
    .document = document,
    .sha256 = sha256
  };
  return check_parcel (&parcel, error) &&
         self->klass->put (self, &parcel, ret_receipt, cancellable, error);
}

gboolean
vv_transport_probe (VvTransport *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->klass->probe (self, cancellable, error);
}
