// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-desk-private.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-quality.h"

JsonArray *
_vv_desk_measure_quality (VvSession *session, const char *sha256, const VvFace *face, GCancellable *cancellable, GError **error)
{
  JsonObject           *limits = vv_rules_quality (session->desk->rules);
  g_autoptr (GArray)    faces = _vv_desk_faces (session, sha256, cancellable, error);
  g_autoptr (VvPicture) picture = NULL;
  JsonArray            *measures;

  if (faces != NULL)
    picture = _vv_desk_decode_media (session, sha256, /* ret_file= */ NULL, cancellable, error);
  if (picture == NULL)
    return NULL;
  _vv_desk_unlock (session);
  measures = vv_quality_measure (picture, face, faces->len > 0 ? &g_array_index (faces, VvFace, 0) : NULL, faces->len, limits, error);
  _vv_desk_lock (session);
  return measures;
}

/* The image and face that are asked about: those in @details, or the current probe. */
static const char *
find_face (VvSession *session, JsonObject *details, VvFace *ret_face, GCancellable *cancellable, GError **error)
{
  gboolean    asked = vv_json_int (details, "media") != 0;
  VvRecord   *record = asked ? _vv_desk_record (session, vv_json_int (details, "media"), VV_KIND_MEDIA, error)
                             : vv_case_current (session->kase, VV_KIND_PROBE, NULL, NULL);
  const char *sha256 = NULL;

  if (asked)
    sha256 = record != NULL ? _vv_desk_image (session, record, details, cancellable, error) : NULL;
  if (asked)
    return sha256 != NULL && _vv_desk_choose_face (session, sha256, details, ret_face, cancellable, error) ? sha256 : NULL;
  if (record != NULL)
    return _vv_desk_derive_probe (session, record, ret_face, &sha256, cancellable, error) ? sha256 : NULL;
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                       _ ("This request has no probe yet. Say which image and which face in it are to be measured."));
  return NULL;
}

JsonObject *
vv_desk_quality (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession   session;
  VvFace      face;
  JsonArray  *measures = NULL;
  const char *sha256;

  if (!_vv_desk_enter_request (self, "quality", request, &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    return _vv_desk_leave_refused (&session, error);
  sha256 = find_face (&session, details, &face, cancellable, error);
  if (sha256 != NULL)
    measures = _vv_desk_measure_quality (&session, sha256, &face, cancellable, error);
  _vv_desk_leave (&session);
  return measures != NULL ? vv_json_new ("measures", "a", measures, NULL) : NULL;
}
