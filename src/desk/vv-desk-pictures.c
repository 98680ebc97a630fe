// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <inttypes.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-paths.h"

VvRecord *
_vv_desk_record (VvSession *session, gint64 id, const char *kind, GError **error)
{
  for (guint i = 0; session->records != NULL && i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (record->id == id && g_strcmp0 (record->kind, kind) == 0)
        return record;
    }
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND,
               /* Translators: a kind of record, then its number */
               _ ("This request has no %s with the number %" PRId64 "."), kind, id);
  return NULL;
}

JsonObject *
_vv_desk_pool_row (VvSession *session, const char *candidate, GError **error)
{
  VvRecord  *search = vv_case_current (session->kase, VV_KIND_SEARCH, NULL, NULL);
  JsonArray *pool = search != NULL ? vv_json_array (search->body, "pool") : NULL;

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (pool, i), "candidate"), candidate) == 0)
      return vv_json_element (pool, i);
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND,
               _ ("There is no candidate “%s” in the pool of this request."), candidate != NULL ? candidate : "");
  return NULL;
}

/* Decodes @file without the lock. */
static VvPicture *
decode (VvSession *session, GBytes *file, const char *name, VvDecoderOrigin origin, GBytes **ret_file, GCancellable *cancellable, GError **error)
{
  VvPicture *picture;

  _vv_desk_unlock (session);
  picture = vv_decoder_decode (session->desk->decoder, file, name, origin, /* ret_facts= */ NULL, cancellable, error);
  _vv_desk_lock (session);
  if (picture != NULL && ret_file != NULL)
    *ret_file = g_bytes_ref (file);
  return picture;
}

VvPicture *
_vv_desk_decode_media (VvSession *session, const char *sha256, GBytes **ret_file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) file = NULL;

  if (session->derived != NULL && g_strcmp0 (sha256, session->derived_sha256) == 0)
    return vv_picture_ref (session->derived);
  file = vv_vault_blob (session->vault, sha256, error);
  return file != NULL ? decode (session, file, _ ("the image"), VV_DECODER_FOREIGN, ret_file, cancellable, error) : NULL;
}

VvPicture *
_vv_desk_decode_photograph (VvSession *session, gint64 photograph, GBytes **ret_file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) file = vv_vault_photograph_file (session->vault, photograph, error);

  return file != NULL ? decode (session, file, _ ("the photograph"), VV_DECODER_STORED, ret_file, cancellable, error) : NULL;
}

/* An image outside the repository, for those who may know whom it is said to show. */
static VvRecord *
outside_image (VvSession *session, gint64 id, GError **error)
{
  VvRecord *image = _vv_desk_record (session, id, VV_KIND_OUTSIDE_IMAGE, error);

  if (image == NULL || vv_case_sees_record (session->kase, &session->actor, image))
    return image;
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_BLIND, _ ("This image may be seen after your own comparison is locked."));
  return NULL;
}

/* The candidate of pool row @row, or another photograph of the same person. */
static gboolean
may_look_at (VvSession *session, JsonObject *row, JsonObject *what, GError **error)
{
  const char            *candidate = vv_json_string (what, "candidate");
  g_autoptr (JsonObject) own = NULL;
  g_autoptr (JsonObject) other = NULL;

  if (!json_object_has_member (what, "photograph"))
    return vv_case_may_look (session->kase, &session->actor, candidate, error);
  if (!vv_case_may_see_person (session->kase, &session->actor, candidate, error))
    return FALSE;
  own = _vv_desk_candidate (session, row, error);
  other = own != NULL ? vv_vault_photograph (session->vault, vv_json_int (what, "photograph"), error) : NULL;
  if (other == NULL)
    return FALSE;
  if (g_strcmp0 (vv_json_string (own, "person"), vv_json_string (other, "person")) == 0)
    return TRUE;
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, _ ("That photograph shows somebody else."));
  return FALSE;
}

VvPicture *
vv_desk_picture (VvDesk *self, gint64 request, JsonObject *what, GCancellable *cancellable, GError **error)
{
  const char *candidate = vv_json_string (what, "candidate");
  VvPicture  *picture = NULL;
  VvSession   session;

  if (request == 0 && what != NULL && json_object_has_member (what, "photograph"))
    return _vv_desk_look_at_photograph (self, vv_json_int (what, "photograph"), cancellable, error);
  if (!_vv_desk_enter_request (self, "picture", request, &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    {
      (void) _vv_desk_leave_refused (&session, error);
      return NULL;
    }
  if (candidate != NULL)
    {
      JsonObject *row = _vv_desk_pool_row (&session, candidate, error);

      if (row != NULL && may_look_at (&session, row, what, error) && _vv_desk_note_picture (&session, candidate, row, error))
        picture = json_object_has_member (what, "photograph") ? _vv_desk_decode_photograph (&session, vv_json_int (what, "photograph"), NULL,
                                                                                            cancellable, error)
                                                              : _vv_desk_decode_candidate (&session, row, cancellable, error);
    }
  else if (what != NULL && json_object_has_member (what, "page"))
    picture = _vv_desk_draw_page (&session, what, cancellable, error);
  else if (what != NULL && json_object_has_member (what, "video"))
    picture = _vv_desk_decode_frame (&session, what, cancellable, error);
  else
    {
      gboolean  outside = what != NULL && json_object_has_member (what, "outside");
      VvRecord *media = outside ? outside_image (&session, vv_json_int (what, "outside"), error) : _vv_desk_record (&session, vv_json_int (what, "media"), VV_KIND_MEDIA, error);

      if (media != NULL)
        picture = _vv_desk_decode_media (&session, vv_json_string (media->body, "sha256"), NULL, cancellable, error);
    }
  if (picture == NULL)
    (void) _vv_desk_leave_refused (&session, error);
  else
    _vv_desk_leave (&session);
  return picture;
}

VvVision *
_vv_desk_vision (VvDesk *self, GError **error)
{
  g_autofree char *models = vv_paths_data ("models");

  g_mutex_lock (&self->engines);
  if (self->vision == NULL)
    self->vision = vv_vision_new (models, error);
  g_mutex_unlock (&self->engines);
  return self->vision;
}

/* --- Templates ------------------------------------------------------------------------------------------------------------ */

/* Templates that go into a pack, and that are read at a time. */
#define PACK 4096

/* For the gallery, which keeps codes only. Called by whoever searches, without the vault's lock. */
static gboolean
fetch_rows (const gint64 *ids, gsize n, float *ret_rows, gsize step, gpointer data, GError **error)
{
  VvDesk  *self = data;
  GError  *cause = NULL;
  gboolean done;

  g_mutex_lock (&self->mutex);
  done = vv_vault_template_rows (self->vault, vv_vision_recogniser (self->vision), ids, n, ret_rows, step, &cause);
  g_mutex_unlock (&self->mutex);
  if (done)
    return TRUE;
  if (g_error_matches (cause, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND))
    {
      g_set_error_literal (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_GONE,
                           _ ("A photograph was sealed while the search ran. Search again."));
      g_error_free (cause);
    }
  else
    g_propagate_error (error, cause);
  return FALSE;
}

static gboolean
add_pack (gconstpointer pack, gsize size, gpointer gallery)
{
  g_autoptr (GError) error = NULL;

  if (vv_gallery_add_pack (gallery, pack, size, &error))
    return TRUE;
  g_debug ("%s", error->message);
  return FALSE;
}

/* Reads the next loose templates after *@after; @ids stays empty when there are no more. */
static gboolean
next_loose (VvSession *session, gint64 after, GArray **ret_ids, GArray **ret_rows, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (float));

  if (!vv_vault_read_loose_templates (session->vault, vv_vision_recogniser (session->desk->vision), after, PACK, ids, rows, error))
    return FALSE;
  *ret_ids = g_steal_pointer (&ids);
  *ret_rows = g_steal_pointer (&rows);
  return TRUE;
}

static gboolean
add_loose (VvSession *session, VvGallery *gallery, GCancellable *cancellable, GError **error)
{
  for (gint64 after = 0;;)
    {
      g_autoptr (GArray) ids = NULL;
      g_autoptr (GArray) rows = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !next_loose (session, after, &ids, &rows, error))
        return FALSE;
      if (ids->len == 0)
        return TRUE;
      if (!vv_gallery_add (gallery, (const gint64 *) (gconstpointer) ids->data, (const float *) (gconstpointer) rows->data, ids->len,
                           error))
        return FALSE;
      explicit_bzero (rows->data, rows->len * sizeof (float));
      after = g_array_index (ids, gint64, ids->len - 1);
    }
}

VvGallery *
_vv_desk_gallery (VvSession *session, GCancellable *cancellable, GError **error)
{
  VvDesk               *self = session->desk;
  VvVision             *vision;
  g_autoptr (VvGallery) gallery = NULL;

  _vv_desk_unlock (session);
  vision = _vv_desk_vision (self, error);
  _vv_desk_lock (session);
  /* Under the vault's lock from here on: reading the packs needs it, and nobody makes a second gallery. */
  if (vision == NULL || self->gallery != NULL)
    return vision != NULL ? vv_gallery_ref (self->gallery) : NULL;
  gallery = vv_gallery_new_without_rows (vv_vision_template_length (vision), fetch_rows, self);
  if (!vv_vault_read_packs (session->vault, vv_vision_recogniser (vision), add_pack, gallery, cancellable, error) ||
      !add_loose (session, gallery, cancellable, error))
    return NULL;
  if (!self->locked)
    self->gallery = vv_gallery_ref (gallery);
  return g_steal_pointer (&gallery);
}

static gboolean
keep_pack (VvSession *session, GArray *ids, GBytes *pack, GError **error)
{
  if (!vv_vault_begin (session->vault, error))
    return FALSE;
  if (vv_vault_add_pack (session->vault, vv_vision_recogniser (session->desk->vision), (const gint64 *) (gconstpointer) ids->data, ids->len,
                         pack, error) &&
      vv_vault_commit (session->vault, error))
    return TRUE;
  vv_vault_rollback (session->vault);
  return FALSE;
}

gboolean
_vv_desk_pack_templates (VvSession *session, GCancellable *cancellable, GError **error)
{
  VvVision *vision = session->desk->vision;

  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_autoptr (GArray) ids = NULL;
      g_autoptr (GArray) rows = NULL;
      g_autoptr (GBytes) pack = NULL;

      if (!next_loose (session, /* after= */ 0, &ids, &rows, error))
        return FALSE;
      if (ids->len < PACK)
        return TRUE;
      pack = vv_gallery_pack (vv_vision_template_length (vision), (const gint64 *) (gconstpointer) ids->data,
                              (const float *) (gconstpointer) rows->data, PACK);
      explicit_bzero (rows->data, rows->len * sizeof (float));
      if (!keep_pack (session, ids, pack, error))
        return FALSE;
      /* Others have their turn. */
      _vv_desk_unlock (session);
      _vv_desk_lock (session);
    }
  return FALSE;
}
