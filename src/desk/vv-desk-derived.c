// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-adjust.h"
#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-png.h"

/* Derived images of a request (NYC Local Law 55 of 2025 asks for the description, the date, the documentation and copies of
 * every modified image). A derived image is known in its session by the hash of its pixels, as a file is by its own. */

static gboolean
is_on (JsonArray *steps)
{
  g_autofree char *words = vv_adjust_describe (steps, /* english= */ TRUE);

  return *words != '\0';
}

static gboolean
is_valid (JsonArray *steps)
{
  g_autoptr (JsonArray) whole = vv_adjust_read (steps, /* error= */ NULL);

  return whole != NULL;
}

/* @picture: (transfer full) (nullable) when it could not be decoded. */
static gboolean
derive (VvSession *session, VvPicture *picture, JsonArray *steps, GCancellable *cancellable, GError **error)
{
  g_autoptr (VvPicture) source = picture;
  VvPicture            *derived;

  if (source == NULL)
    return FALSE;
  _vv_desk_unlock (session);
  derived = vv_adjust (source, steps, /* scale= */ 1, /* threads= */ 0, cancellable, error);
  if (derived != NULL)
    {
      _vv_desk_forget_derived (session);
      session->derived = derived;
      session->derived_sha256 = vv_adjust_hash (derived);
    }
  _vv_desk_lock (session);
  return derived != NULL;
}

gboolean
_vv_desk_derive (VvSession *session, const char *sha256, JsonArray *steps, GCancellable *cancellable, GError **error)
{
  return derive (session, _vv_desk_decode_media (session, sha256, /* ret_file= */ NULL, cancellable, error), steps, cancellable, error);
}

void
_vv_desk_forget_derived (VvSession *session)
{
  g_clear_pointer (&session->derived, vv_picture_unref);
  g_clear_pointer (&session->derived_sha256, g_free);
}

const char *
_vv_desk_image (VvSession *session, VvRecord *media, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char           *sha256 = vv_json_string (media->body, "sha256");
  g_autoptr (JsonArray) steps = NULL;

  if (details == NULL || !json_object_has_member (details, "adjustments"))
    return sha256;
  steps = vv_adjust_read (vv_json_array (details, "adjustments"), error);
  if (steps == NULL)
    return NULL;
  if (!is_on (steps))
    return sha256;
  return _vv_desk_derive (session, sha256, steps, cancellable, error) ? session->derived_sha256 : NULL;
}

/* The list, what it says and what came of it. */
static JsonObject *
describe (VvSession *session, JsonArray *adjustments)
{
  g_autoptr (JsonArray) steps = vv_adjust_read (adjustments, /* error= */ NULL);
  g_autofree char      *words = vv_adjust_describe (steps, /* english= */ TRUE);

  return vv_json_new ("adjustments", "a", g_steal_pointer (&steps), "description", "s", words,
                      "pixels_sha256", "s", session->derived_sha256,
                      "width", "i", (gint64) session->derived->width, "height", "i", (gint64) session->derived->height, NULL);
}

static GBytes *
pack (VvSession *session, GError **error)
{
  GBytes *png;

  _vv_desk_unlock (session);
  png = vv_png_write (session->derived, error);
  _vv_desk_lock (session);
  return png;
}

JsonObject *
_vv_desk_describe_derived (VvSession *session, JsonArray *adjustments, GBytes **ret_png, GError **error)
{
  JsonObject      *derived;
  g_autofree char *sha256 = NULL;

  *ret_png = pack (session, error);
  if (*ret_png == NULL)
    return NULL;
  sha256 = vv_hash_bytes (*ret_png);
  derived = describe (session, adjustments);
  json_object_set_string_member (derived, "sha256", sha256);
  return derived;
}

gboolean
_vv_desk_derive_probe (VvSession *session, VvRecord *probe, VvFace *ret_face, const char **ret_sha256, GCancellable *cancellable, GError **error)
{
  JsonObject *derived = vv_json_object (probe->body, "derived");

  *ret_sha256 = vv_json_string (probe->body, "sha256");
  if (!vv_json_face_read (vv_json_object (derived != NULL ? derived : probe->body, "face"), ret_face))
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("The record of the probe has no face. Select the probe again."));
      return FALSE;
    }
  if (derived == NULL)
    return TRUE;
  if (!_vv_desk_derive (session, *ret_sha256, vv_json_array (derived, "adjustments"), cancellable, error))
    return FALSE;
  *ret_sha256 = session->derived_sha256;
  return TRUE;
}

gboolean
_vv_desk_move_back (VvRecord *media, JsonObject *derived, VvFace *face, GError **error)
{
  return vv_adjust_face (vv_json_array (derived, "adjustments"), (int) vv_json_int (media->body, "width"),
                         (int) vv_json_int (media->body, "height"), /* back= */ TRUE, face, error);
}

/* --- What was looked at on the bench -------------------------------------------------------------------------------------------- */

/* One list becomes what is kept of it. @ret_png: (optional) a copy. */
static gboolean
keep_view (VvSession *session, JsonObject *views, const char *side, VvPicture *picture, GBytes **ret_png, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonArray) steps = vv_adjust_read (vv_json_array (views, side), error);
  JsonObject           *kept;

  if (steps == NULL || !derive (session, picture, steps, cancellable, error))
    return FALSE;
  kept = ret_png != NULL ? _vv_desk_describe_derived (session, steps, ret_png, error) : describe (session, steps);
  if (kept == NULL)
    return FALSE;
  json_object_set_object_member (views, side, kept);
  return TRUE;
}

/* Whether there is a list of that side with a step that is on; a list without is taken away. */
static gboolean
has_view (JsonObject *views, const char *side)
{
  JsonArray *steps = vv_json_array (views, side);

  if (steps != NULL && (is_on (steps) || !is_valid (steps)))
    return TRUE;
  json_object_remove_member (views, side);
  return FALSE;
}

gboolean
_vv_desk_keep_views (VvSession *session, const char *candidate, JsonObject *comparison, GBytes **ret_png, GCancellable *cancellable, GError **error)
{
  JsonObject *views = vv_json_object (comparison, "adjustments");
  VvRecord   *probe = vv_case_current (session->kase, VV_KIND_PROBE, NULL, NULL);
  JsonObject *row;

  *ret_png = NULL;
  if (views == NULL)
    return TRUE;
  if (has_view (views, "probe") && probe != NULL &&
      !keep_view (session, views, "probe", _vv_desk_decode_media (session, vv_json_string (probe->body, "sha256"), NULL, cancellable, error),
                  ret_png, cancellable, error))
    return FALSE;
  if (!has_view (views, "candidate"))
    return TRUE;
  /* No copy of a photograph outside the repository: it would outlive the sealing of its record. List and hash say it all. */
  row = _vv_desk_pool_row (session, candidate, error);
  return row != NULL &&
         keep_view (session, views, "candidate", _vv_desk_decode_candidate (session, row, cancellable, error), NULL, cancellable, error);
}
