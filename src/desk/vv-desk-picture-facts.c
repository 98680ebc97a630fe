// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-desk-private.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-quality.h"

/* What is asked about: a file, and the face in it. */
typedef struct
{
  GBytes         *file; /* (owned) */
  VvDecoderOrigin origin;
  JsonObject     *face; /* (owned) (nullable) */
  gboolean        dated;
} Subject;

static JsonObject *
face_in (JsonObject *holder)
{
  JsonObject *face = vv_json_object (holder, "face");

  return face != NULL ? vv_json_copy (face) : NULL;
}

static gboolean
find_candidate (VvSession *session, const char *candidate, Subject *subject, GError **error)
{
  JsonObject            *row = _vv_desk_pool_row (session, candidate, error);
  g_autoptr (JsonObject) facts = NULL;

  if (row != NULL && vv_case_may_look (session->kase, &session->actor, candidate, error))
    facts = _vv_desk_candidate (session, row, error);
  if (facts == NULL)
    return FALSE;
  subject->dated = vv_case_may_see_person (session->kase, &session->actor, candidate, /* error= */ NULL);
  subject->face = face_in (facts);
  subject->origin = json_object_has_member (row, "outside") ? VV_DECODER_FOREIGN : VV_DECODER_STORED;
  subject->file = json_object_has_member (row, "outside") ? vv_vault_blob (session->vault, vv_json_string (row, "sha256"), error)
                                                          : vv_vault_photograph_file (session->vault, vv_json_int (row, "photograph"),
                                                                                      error);
  return subject->file != NULL;
}

static gboolean
find_media (VvSession *session, gint64 id, Subject *subject, GError **error)
{
  VvRecord *media = _vv_desk_record (session, id, VV_KIND_MEDIA, error);
  VvRecord *probe = vv_case_current (session->kase, VV_KIND_PROBE, NULL, NULL);

  if (media == NULL)
    return FALSE;
  subject->dated = TRUE;
  subject->origin = VV_DECODER_FOREIGN;
  if (probe != NULL && vv_json_int (probe->body, "media") == id)
    subject->face = face_in (probe->body);
  subject->file = vv_vault_blob (session->vault, vv_json_string (media->body, "sha256"), error);
  return subject->file != NULL;
}

/* Without the lock. */
static JsonObject *
look_at (VvSession *session, const Subject *subject, GCancellable *cancellable, GError **error)
{
  JsonObject           *facts = NULL;
  g_autoptr (VvPicture) picture = vv_decoder_decode (session->desk->decoder, subject->file, _ ("the image"), subject->origin, &facts,
                                                     cancellable, error);
  JsonObject           *answer;
  JsonArray            *measures;
  VvFace                face;

  if (picture == NULL)
    return NULL;
  json_object_set_int_member (facts, "bytes", (gint64) g_bytes_get_size (subject->file));
  if (!subject->dated)
    json_object_remove_member (facts, "exif_time");
  answer = vv_json_new ("facts", "o", facts, NULL);
  if (!vv_json_face_read (subject->face, &face))
    {
      json_object_set_string_member (answer, "why", _ ("Nothing was measured: the place of the face in this file is not known."));
      return answer;
    }
  measures = vv_quality_measure (picture, &face, &face, 1, vv_rules_quality (session->desk->rules), error);
  if (measures == NULL)
    g_clear_pointer (&answer, json_object_unref);
  else
    json_object_set_array_member (answer, "measures", measures);
  return answer;
}

JsonObject *
vv_desk_picture_facts (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char *candidate = vv_json_string (details, "candidate");
  Subject     subject = { 0 };
  JsonObject *answer = NULL;
  VvSession   session;
  gboolean    found;

  if (!_vv_desk_enter_request (self, "picture-facts", request, &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    return _vv_desk_leave_refused (&session, error);
  found = candidate != NULL ? find_candidate (&session, candidate, &subject, error)
                            : find_media (&session, vv_json_int (details, "media"), &subject, error);
  if (found)
    {
      _vv_desk_unlock (&session);
      answer = look_at (&session, &subject, cancellable, error);
      _vv_desk_lock (&session);
    }
  g_clear_pointer (&subject.file, g_bytes_unref);
  g_clear_pointer (&subject.face, json_object_unref);
  if (answer == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return answer;
}
