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

gboolean
vv_transport_missing (GError **error)
{
  g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_MISSING, _ ("There is no such document in ECMS."));
  return FALSE;
}

gboolean
vv_transport_too_long (GError **error)
{
  g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_TOO_LONG, _ ("The document in ECMS is larger than may be fetched."));
  return FALSE;
}

JsonObject *
vv_transport_entry (const char *name, gboolean is_folder, gint64 bytes)
{
  return vv_json_new ("name", "s", name, "folder", "b", is_folder, "bytes", "i", is_folder ? (gint64) -1 : bytes, NULL);
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

/* Names of the folders of @folder, none for "". (transfer full), or NULL with an error. */
static char **
split_folder (const char *folder, GError **error)
{
  g_auto (GStrv) folders = g_strsplit (folder, "/", /* max= */ -1);

  for (char **name = folders; *name != NULL; name++)
    if (!vv_mapping_is_safe_name (*name))
      {
        (void) refuse (error, _ ("The folder in ECMS has a name that cannot be used. Correct it in the settings."));
        return NULL;
      }
  return g_steal_pointer (&folders);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  JsonObject *left = json_node_get_object (*(JsonNode *const *) a);
  JsonObject *right = json_node_get_object (*(JsonNode *const *) b);

  return g_strcmp0 (vv_json_string (left, "name"), vv_json_string (right, "name"));
}

/* In order of their names, without those that begin with a dot. (transfer full) */
static JsonArray *
in_order (JsonArray *entries)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  JsonArray            *sorted = json_array_new ();

  for (guint i = 0; i < json_array_get_length (entries); i++)
    if (!g_str_has_prefix (vv_json_string (vv_json_element (entries, i), "name"), "."))
      g_ptr_array_add (nodes, json_array_get_element (entries, i));
  g_ptr_array_sort (nodes, compare_names);
  for (guint i = 0; i < nodes->len; i++)
    json_array_add_element (sorted, json_node_ref (g_ptr_array_index (nodes, i)));
  return sorted;
}

JsonArray *
vv_transport_list (VvTransport *self, const char *folder, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv)        folders = NULL;
  g_autoptr (JsonArray) entries = NULL;

  g_return_val_if_fail (self != NULL && folder != NULL, NULL);

  folders = split_folder (folder, error);
  if (folders == NULL)
    return NULL;
  entries = self->klass->list (self, (const char *const *) folders, cancellable, error);
  return entries != NULL ? in_order (entries) : NULL;
}

GBytes *
vv_transport_get (VvTransport *self, const char *folder, const char *name, gsize longest, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) folders = NULL;

  g_return_val_if_fail (self != NULL && folder != NULL && name != NULL, NULL);

  folders = split_folder (folder, error);
  if (folders == NULL)
    return NULL;
  if (!vv_mapping_is_safe_name (name))
    {
      (void) refuse (error, _ ("The document in ECMS has a name that cannot be used."));
      return NULL;
    }
  return self->klass->get (self, (const char *const *) folders, name, longest, cancellable, error);
}

gboolean
vv_transport_probe (VvTransport *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->klass->probe (self, cancellable, error);
}
