// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"

/* Comparison outside the photo repository: prohibited but for one case, by an approval for that case. The images are
 * records of the case and never come near the repository: their templates are made for a search and thrown away after it. */

/* --- The approval ------------------------------------------------------------------------------------------------------------ */

/* An approval is for one case: its document never opens another one. */
static gboolean
is_used_elsewhere (VvSession *session, const char *sha256, gboolean *ret_used, GError **error)
{
  g_autoptr (GPtrArray) approvals = vv_vault_records_of_kind (session->vault, VV_KIND_OUTSIDE_APPROVAL, error);

  *ret_used = FALSE;
  for (guint i = 0; approvals != NULL && i < approvals->len; i++)
    {
      VvRecord *record = g_ptr_array_index (approvals, i);

      if (record->request != session->request && g_strcmp0 (vv_json_string (record->body, "document_sha256"), sha256) == 0)
        *ret_used = TRUE;
    }
  return approvals != NULL;
}

JsonObject *
vv_desk_approve_outside (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  VvRecord              *document;
  gboolean               used = FALSE;
  g_autoptr (JsonObject) body = details != NULL ? vv_json_copy (details) : json_object_new ();

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_APPROVE_OUTSIDE), request, &session, error))
    return NULL;
  document = _vv_desk_record (&session, vv_json_int (details, "document"), VV_KIND_EXHIBIT, /* error= */ NULL);
  if (document != NULL)
    {
      const char *sha256 = vv_json_string (document->body, "sha256");

      json_object_set_string_member (body, "document_sha256", sha256);
      if (!is_used_elsewhere (&session, sha256, &used, error))
        return _vv_desk_leave_refused (&session, error);
    }
  if (used)
    {
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                           _ ("This approval was used for another request. Each case needs an approval of its own."));
      return _vv_desk_leave_refused (&session, error);
    }
  return _vv_desk_write (&session, VV_ACT_APPROVE_OUTSIDE, VV_KIND_OUTSIDE_APPROVAL, body, /* extra= */ NULL, /* data= */ NULL, error);
}

/* --- The images ---------------------------------------------------------------------------------------------------------------- */

/* The face that @details choose; without a choice the only one there is. */
static gboolean
choose_face (VvVision *vision, VvPicture *picture, JsonObject *details, VvFace *ret_face, GCancellable *cancellable, GError **error)
{
  JsonObject        *box = vv_json_object (details, "box");
  g_autoptr (GArray) faces = NULL;
  gint64             index = vv_json_int (details, "face");
  const VvBox        drawn = _vv_desk_box_of (box);

  if (box != NULL)
    return vv_vision_measure (vision, picture, &drawn, ret_face, cancellable, error);
  faces = vv_vision_detect (vision, picture, cancellable, error);
  if (faces == NULL)
    return FALSE;
  if (index >= 0 && index < (gint64) faces->len && (faces->len == 1 || json_object_has_member (details, "face")))
    {
      *ret_face = g_array_index (faces, VvFace, index);
      return TRUE;
    }
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
               g_dngettext (GETTEXT_PACKAGE, "The detector finds %u face in this image. Choose it by its number from 0, or draw a box.",
                            "The detector finds %u faces in this image. Choose one by its number from 0, or draw a box.", faces->len),
               faces->len);
  return FALSE;
}

/* What the file itself says beside what was stated; NULL with @error. */
static JsonObject *
image_body (VvDesk *self, JsonObject *details, GBytes *file, GCancellable *cancellable, GError **error)
{
  g_autofree char       *name = g_path_get_basename (vv_json_string (details, "file"));
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (VvPicture)  picture = vv_decoder_decode (self->decoder, file, name, VV_DECODER_FOREIGN, &facts, cancellable, error);
  VvVision              *vision = picture != NULL ? _vv_desk_vision (self, error) : NULL;
  VvFace                 face;
  JsonObject            *body;

  if (vision == NULL || !choose_face (vision, picture, details, &face, cancellable, error))
    return NULL;
  body = _vv_desk_image_body (details, facts, file);
  json_object_remove_member (body, "box");
  json_object_set_object_member (body, "face", vv_json_face_new (&face));
  return body;
}

JsonObject *
vv_desk_add_outside (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_autoptr (GBytes)     file = NULL;
  g_autoptr (JsonObject) body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_ADD_OUTSIDE), request, &session, error))
    return NULL;
  if (!vv_case_may (session.kase, VV_ACT_ADD_OUTSIDE, &session.actor, NULL, error))
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_unlock (&session);
  file = _vv_desk_read_file (vv_json_string (details, "file"), error);
  if (file != NULL)
    body = image_body (self, details, file, cancellable, error);
  _vv_desk_lock (&session);
  if (body == NULL)
    return _vv_desk_leave_refused (&session, error);
  json_object_set_int_member (body, "approval", vv_case_current (session.kase, VV_KIND_OUTSIDE_APPROVAL, NULL, NULL)->id);
  return _vv_desk_write (&session, VV_ACT_ADD_OUTSIDE, VV_KIND_OUTSIDE_IMAGE, body, _vv_desk_put_file, file, error);
}

/* --- The search ------------------------------------------------------------------------------------------------------------------ */

/* Says which images were searched, as the manifest of the repository does for photographs. (transfer full) */
static char *
set_manifest (GPtrArray *images)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < images->len; i++)
    {
      VvRecord *image = g_ptr_array_index (images, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %s\n", image->id, vv_json_string (image->body, "sha256"));
    }
  return vv_hash_data (text->str, text->len);
}

/* A gallery of @images alone, by the ids of their records; gone after the search. Gives the lock back meanwhile. */
static VvGallery *
make_gallery (VvSession *session, GPtrArray *images, guint length, GCancellable *cancellable, GError **error)
{
  g_autoptr (VvGallery) gallery = vv_gallery_new (length);

  for (guint i = 0; i < images->len; i++)
    {
      VvRecord         *image = g_ptr_array_index (images, i);
      g_autofree float *numbers = _vv_desk_template_of (session, image, /* ret_pixels= */ NULL, cancellable, error);

      if (numbers == NULL || !vv_gallery_add (gallery, &image->id, numbers, 1, error))
        return NULL;
      vv_progress_set (cancellable, i + 1, images->len);
    }
  return g_steal_pointer (&gallery);
}

gboolean
_vv_desk_search_images (VvSession *session, GPtrArray *images, const float *numbers, gsize k, VvGalleryHit *ret_hits, gsize *ret_n, char **ret_manifest, GCancellable *cancellable, GError **error)
{
  VvVision             *vision = _vv_desk_vision (session->desk, error);
  g_autoptr (VvGallery) gallery = vision != NULL ? make_gallery (session, images, vv_vision_template_length (vision), cancellable,
                                                                 error)
                                                 : NULL;

  if (gallery == NULL ||
      !vv_gallery_search (gallery, numbers, 1, k, /* threads= */ 1, /* filter= */ NULL, ret_hits, ret_n, cancellable, error))
    return FALSE;
  *ret_manifest = set_manifest (images);
  return TRUE;
}

JsonObject *
vv_desk_search_outside (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession                session;
  VvRecord                *probe, *approval;
  gsize                    k, found = 0;
  g_autoptr (GPtrArray)    images = NULL;
  g_autofree char         *manifest = NULL;
  g_autofree float        *numbers = NULL;
  g_autofree VvGalleryHit *hits = NULL;
  g_autoptr (JsonObject)   body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_SEARCH_OUTSIDE), request, &session, error))
    return NULL;
  if (!vv_case_may (session.kase, VV_ACT_SEARCH_OUTSIDE, &session.actor, NULL, error))
    return _vv_desk_leave_refused (&session, error);
  probe = vv_case_current (session.kase, VV_KIND_PROBE, NULL, NULL);
  approval = vv_case_current (session.kase, VV_KIND_OUTSIDE_APPROVAL, NULL, NULL);
  images = vv_case_all_current (session.kase, VV_KIND_OUTSIDE_IMAGE);
  numbers = _vv_desk_probe_template (&session, probe, cancellable, error);
  k = MIN (vv_rules_pool_length (self->rules), images->len);
  hits = g_new0 (VvGalleryHit, k);
  if (numbers != NULL && _vv_desk_search_images (&session, images, numbers, k, hits, &found, &manifest, cancellable, error))
    body = _vv_desk_search_body (&session, probe, numbers, hits, found, images->len, manifest, approval->id, error);
  if (body == NULL)
    return _vv_desk_leave_refused (&session, error);
  return _vv_desk_without_pool (_vv_desk_write (&session, VV_ACT_SEARCH_OUTSIDE, VV_KIND_SEARCH, body, NULL, NULL, error));
}

/* --- A candidate of either kind of pool --------------------------------------------------------------------------------------------- */

JsonObject *
_vv_desk_candidate (VvSession *session, JsonObject *row, GError **error)
{
  VvRecord   *image;
  JsonObject *facts;

  if (!json_object_has_member (row, "outside"))
    return vv_vault_photograph (session->vault, vv_json_int (row, "photograph"), error);
  image = _vv_desk_record (session, vv_json_int (row, "outside"), VV_KIND_OUTSIDE_IMAGE, error);
  if (image == NULL)
    return NULL;
  facts = vv_json_copy (image->body);
  json_object_set_string_member (facts, "class", "outside the photo repository");
  json_object_set_string_member (facts, "origin", vv_json_string (image->body, "source_detail"));
  return facts;
}

VvPicture *
_vv_desk_decode_candidate (VvSession *session, JsonObject *row, GCancellable *cancellable, GError **error)
{
  if (json_object_has_member (row, "outside"))
    return _vv_desk_decode_media (session, vv_json_string (row, "sha256"), NULL, cancellable, error);
  return _vv_desk_decode_photograph (session, vv_json_int (row, "photograph"), NULL, cancellable, error);
}

gint64
_vv_desk_candidate_id (JsonObject *row)
{
  return vv_json_int (row, json_object_has_member (row, "outside") ? "outside" : "photograph");
}
