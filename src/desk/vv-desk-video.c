// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-png.h"

/* Videos among the exhibits of a request: looked at frame by frame; a frame that is chosen becomes an image of the request. */

#define THUMBNAILS_MAX 60

/* The exhibit, if it is a video; else NULL with @error. */
static VvRecord *
find_video (VvSession *session, gint64 id, GError **error)
{
  VvRecord *exhibit = _vv_desk_record (session, id, VV_KIND_EXHIBIT, error);

  if (exhibit == NULL || g_strcmp0 (vv_json_string (exhibit->body, "class"), "video") == 0)
    return exhibit;
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("The exhibit %" PRId64 " of this request is no video."), id);
  return NULL;
}

/* The reader of the video, opened unless it was the last that was looked at. Under (watching), with the vault's lock given back. */
static VvVideoReader *
open_video (VvSession *session, VvRecord *exhibit, GCancellable *cancellable, GError **error)
{
  VvDesk            *desk = session->desk;
  const char        *sha256 = vv_json_string (exhibit->body, "sha256");
  g_autoptr (GBytes) file = NULL;

  if (desk->video != NULL && g_strcmp0 (desk->video_sha256, sha256) == 0)
    return desk->video;
  _vv_desk_lock (session);
  file = vv_vault_blob (session->vault, sha256, error);
  _vv_desk_unlock (session);
  _vv_desk_forget_video (desk);
  if (file != NULL)
    desk->video = vv_video_reader_new (file, vv_json_string (exhibit->body, "name"), cancellable, error);
  if (desk->video != NULL)
    desk->video_sha256 = g_strdup (sha256);
  return desk->video;
}

void
_vv_desk_forget_video (VvDesk *self)
{
  g_clear_pointer (&self->video, vv_video_reader_free);
  g_clear_pointer (&self->video_sha256, g_free);
}

VvPicture *
_vv_desk_decode_frame (VvSession *session, JsonObject *what, GCancellable *cancellable, GError **error)
{
  VvRecord      *exhibit = find_video (session, vv_json_int (what, "video"), error);
  VvPicture     *picture = NULL;
  VvVideoReader *video;

  if (exhibit == NULL)
    return NULL;
  _vv_desk_unlock (session);
  g_mutex_lock (&session->desk->watching);
  video = open_video (session, exhibit, cancellable, error);
  if (video != NULL)
    picture = vv_video_reader_frame (video, vv_json_int (what, "frame"), (guint) CLAMP (vv_json_int (what, "side"), 0, VV_DECODER_MAX_SIDE),
                                     cancellable, error);
  g_mutex_unlock (&session->desk->watching);
  _vv_desk_lock (session);
  return picture;
}

/* --- What a video is -------------------------------------------------------------------------------------------------- */

static JsonObject *
moment (VvVideoReader *video, gint64 frame)
{
  g_autofree char *time_code = vv_video_reader_time_code (video, frame);

  return vv_json_new ("frame", "i", frame, "time_code", "s", time_code, NULL);
}

static JsonArray *
strip (VvVideoReader *video, guint n)
{
  g_autoptr (GArray) frames = vv_video_reader_strip (video, n);
  JsonArray         *all = json_array_new ();

  for (guint i = 0; i < frames->len; i++)
    json_array_add_object_element (all, moment (video, g_array_index (frames, gint64, i)));
  return all;
}

static JsonObject *
describe (VvVideoReader *video, VvRecord *exhibit, JsonObject *details)
{
  JsonObject *facts = vv_json_copy (vv_video_reader_facts (video));

  json_object_set_int_member (facts, "video", exhibit->id);
  json_object_set_string_member (facts, "name", vv_json_string (exhibit->body, "name"));
  json_object_set_string_member (facts, "sha256", vv_json_string (exhibit->body, "sha256"));
  json_object_set_array_member (facts, "strip", strip (video, (guint) CLAMP (vv_json_int (details, "thumbnails"), 0, THUMBNAILS_MAX)));
  if (json_object_has_member (details, "frame") && vv_video_reader_time (video, vv_json_int (details, "frame")) >= 0)
    json_object_set_object_member (facts, "at", moment (video, vv_json_int (details, "frame")));
  return facts;
}

JsonObject *
vv_desk_video_info (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession      session;
  VvRecord      *exhibit;
  VvVideoReader *video;
  JsonObject    *facts = NULL;

  if (!_vv_desk_enter_request (self, "video-info", request, &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    return _vv_desk_leave_refused (&session, error);
  exhibit = find_video (&session, vv_json_int (details, "video"), error);
  if (exhibit == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_unlock (&session);
  g_mutex_lock (&self->watching);
  video = open_video (&session, exhibit, cancellable, error);
  if (video != NULL)
    facts = describe (video, exhibit, details);
  g_mutex_unlock (&self->watching);
  _vv_desk_lock (&session);
  if (facts == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return facts;
}

/* --- Choosing a frame -------------------------------------------------------------------------------------------------- */

/* Where the image comes from is where its video comes from. */
static JsonObject *
frame_body (VvSession *session, VvRecord *exhibit, gint64 frame, const VvPicture *picture, GBytes *file)
{
  static const char *const origin[] = { "source", "source_detail", "obtained_by", "obtained_at", "site_link", "captured_at" };
  VvVideoReader           *video = session->desk->video;
  const char              *video_name = vv_json_string (exhibit->body, "name");
  const char              *dot = strrchr (video_name, '.');
  g_autofree char         *name = g_strdup_printf ("%.*s-frame-%" PRId64 ".png", dot != NULL ? (int) (dot - video_name) : G_MAXINT,
                                                   video_name, frame);
  g_autofree char         *sha256 = vv_hash_bytes (file);
  g_autofree char         *time_code = vv_video_reader_time_code (video, frame);
  JsonObject              *body = vv_json_new ("name", "s", name, "sha256", "s", sha256, "format", "s", "png", "shows", "s", "photograph",
                                               "width", "i", (gint64) picture->width, "height", "i", (gint64) picture->height,
                                               "video", "i", exhibit->id, "video_sha256", "s", vv_json_string (exhibit->body, "sha256"),
                                               "frame", "i", frame, "time_code", "s", time_code, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (origin); i++)
    if (vv_json_string (exhibit->body, origin[i]) != NULL)
      json_object_set_string_member (body, origin[i], vv_json_string (exhibit->body, origin[i]));
  if (json_object_has_member (vv_video_reader_facts (video), "pixel_aspect"))
    json_object_set_double_member (body, "pixel_aspect", vv_json_double (vv_video_reader_facts (video), "pixel_aspect"));
  return body;
}

static gboolean
is_new_frame (VvSession *session, gint64 video, gint64 frame, GError **error)
{
  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (g_strcmp0 (record->kind, VV_KIND_MEDIA) == 0 && vv_json_int (record->body, "video") == video &&
          json_object_has_member (record->body, "frame") && vv_json_int (record->body, "frame") == frame)
        {
          g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("Frame %" PRId64 " is among the images of this request already."),
                       frame);
          return FALSE;
        }
    }
  return TRUE;
}

/* The frame's pixels, and its record's body. */
static GBytes *
take_frame (VvSession *session, VvRecord *exhibit, gint64 frame, JsonObject **ret_body, GCancellable *cancellable, GError **error)
{
  GBytes               *file = NULL;
  VvVideoReader        *video;
  g_autoptr (VvPicture) picture = NULL;

  _vv_desk_unlock (session);
  g_mutex_lock (&session->desk->watching);
  video = open_video (session, exhibit, cancellable, error);
  if (video != NULL)
    picture = vv_video_reader_frame (video, frame, /* side= */ 0, cancellable, error);
  if (picture != NULL)
    file = vv_png_write (picture, error);
  if (file != NULL)
    *ret_body = frame_body (session, exhibit, frame, picture, file);
  g_mutex_unlock (&session->desk->watching);
  _vv_desk_lock (session);
  return file;
}

JsonObject *
vv_desk_choose_frame (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const gint64           frame = vv_json_int (details, "frame");
  VvSession              session;
  VvRecord              *exhibit;
  g_autoptr (GBytes)     file = NULL;
  g_autoptr (JsonObject) body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_ADD_MEDIA), request, &session, error))
    return NULL;
  /* The gate comes before the work, not only before the record. */
  if (!vv_case_may (session.kase, VV_ACT_ADD_MEDIA, &session.actor, NULL, error))
    return _vv_desk_leave_refused (&session, error);
  exhibit = find_video (&session, vv_json_int (details, "video"), error);
  if (exhibit != NULL && !json_object_has_member (details, "frame"))
    g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("Say which frame of the video, counted from 0."));
  else if (exhibit != NULL && is_new_frame (&session, exhibit->id, frame, error))
    file = take_frame (&session, exhibit, frame, &body, cancellable, error);
  if (file == NULL)
    return _vv_desk_leave_refused (&session, error);
  return _vv_desk_write (&session, VV_ACT_ADD_MEDIA, VV_KIND_MEDIA, body, _vv_desk_put_file, file, error);
}
