// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-gap.h"
#include "vv-hash.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"

/* --- Step 5: faces of an image, and the probe ------------------------------------------------------------------------ */

GArray *
_vv_desk_faces (VvSession *session, const char *sha256, GCancellable *cancellable, GError **error)
{
  GArray               *faces = g_hash_table_lookup (session->desk->faces, sha256);
  g_autoptr (VvPicture) picture = NULL;
  VvVision             *vision;

  if (faces != NULL)
    return g_array_ref (faces);
  picture = _vv_desk_decode_media (session, sha256, /* ret_file= */ NULL, cancellable, error);
  if (picture == NULL)
    return NULL;
  _vv_desk_unlock (session);
  vision = _vv_desk_vision (session->desk, error);
  faces = vision != NULL ? vv_vision_detect (vision, picture, cancellable, error) : NULL;
  _vv_desk_lock (session);
  if (faces != NULL)
    g_hash_table_insert (session->desk->faces, g_strdup (sha256), g_array_ref (faces));
  return faces;
}

JsonObject *
vv_desk_find_faces (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession          session;
  VvRecord          *media;
  const char        *image;
  JsonArray         *answer;
  g_autoptr (GArray) faces = NULL;

  if (!_vv_desk_enter_request (self, "find-faces", request, &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    return _vv_desk_leave_refused (&session, error);
  media = _vv_desk_record (&session, vv_json_int (details, "media"), VV_KIND_MEDIA, error);
  image = media != NULL ? _vv_desk_image (&session, media, details, cancellable, error) : NULL;
  if (image != NULL)
    faces = _vv_desk_faces (&session, image, cancellable, error);
  _vv_desk_leave (&session);
  if (faces == NULL)
    return NULL;
  answer = json_array_new ();
  for (guint i = 0; i < faces->len; i++)
    json_array_add_object_element (answer, vv_json_face_new (&g_array_index (faces, VvFace, i)));
  return vv_json_new ("faces", "a", answer, NULL);
}

VvBox
_vv_desk_box_of (JsonObject *box)
{
  return (VvBox){ (float) vv_json_double (box, "x"), (float) vv_json_double (box, "y"),
                  (float) vv_json_double (box, "width"), (float) vv_json_double (box, "height") };
}

/* The face in a box that was drawn by hand. */
static gboolean
measure_box (VvSession *session, const char *sha256, JsonObject *box, VvFace *ret_face, GCancellable *cancellable, GError **error)
{
  const VvBox           drawn = _vv_desk_box_of (box);
  g_autoptr (VvPicture) picture = _vv_desk_decode_media (session, sha256, /* ret_file= */ NULL, cancellable, error);
  VvVision             *vision;
  gboolean              done;

  if (picture == NULL)
    return FALSE;
  _vv_desk_unlock (session);
  vision = _vv_desk_vision (session->desk, error);
  done = vision != NULL && vv_vision_measure (vision, picture, &drawn, ret_face, cancellable, error);
  _vv_desk_lock (session);
  return done;
}

gboolean
_vv_desk_choose_face (VvSession *session, const char *sha256, JsonObject *details, VvFace *ret_face, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) faces = NULL;
  gint64             index = vv_json_int (details, "face");

  if (vv_json_object (details, "box") != NULL)
    return measure_box (session, sha256, vv_json_object (details, "box"), ret_face, cancellable, error);
  faces = _vv_desk_faces (session, sha256, cancellable, error);
  if (faces == NULL)
    return FALSE;
  if (!json_object_has_member (details, "face") || index < 0 || index >= (gint64) faces->len)
    {
      g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                   g_dngettext (GETTEXT_PACKAGE,
                                "The detector finds %u face in this image. Choose it by its number from 0, or draw a box.",
                                "The detector finds %u faces in this image. Choose one by its number from 0, or draw a box.",
                                faces->len),
                   faces->len);
      return FALSE;
    }
  *ret_face = g_array_index (faces, VvFace, index);
  return TRUE;
}

/* The probe's record; @ret_png: copy of the derived image, NULL where the image was taken as it is. */
static JsonObject *
probe_body (VvSession *session, VvRecord *media, JsonObject *details, GBytes **ret_png, GCancellable *cancellable, GError **error)
{
  const char            *image = _vv_desk_image (session, media, details, cancellable, error);
  VvFace                 face;
  JsonArray             *quality;
  g_autoptr (JsonObject) derived = NULL;

  if (image == NULL || !_vv_desk_choose_face (session, image, details, &face, cancellable, error))
    return NULL;
  if (session->derived != NULL)
    {
      derived = _vv_desk_describe_derived (session, vv_json_array (details, "adjustments"), ret_png, error);
      if (derived == NULL)
        return NULL;
      json_object_set_object_member (derived, "face", vv_json_face_new (&face));
    }
  quality = _vv_desk_measure_quality (session, image, &face, cancellable, error);
  if (quality == NULL || (derived != NULL && !_vv_desk_move_back (media, derived, &face, error)))
    {
      g_clear_pointer (&quality, json_array_unref);
      return NULL;
    }
  return vv_json_new ("media", "i", media->id,
                      "sha256", "s", vv_json_string (media->body, "sha256"),
                      "face", "o", vv_json_face_new (&face),
                      "quality", "a", quality,
                      "derived", "o", g_steal_pointer (&derived),
                      NULL);
}

JsonObject *
vv_desk_select_probe (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  VvRecord              *media;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GBytes)     png = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_SELECT_PROBE), request, &session, error))
    return NULL;
  /* The gate comes before the work, not only before the record. */
  if (!vv_case_may (session.kase, VV_ACT_SELECT_PROBE, &session.actor, NULL, error))
    return _vv_desk_leave_refused (&session, error);
  media = _vv_desk_record (&session, vv_json_int (details, "media"), VV_KIND_MEDIA, error);
  if (media != NULL)
    body = probe_body (&session, media, details, &png, cancellable, error);
  if (body == NULL)
    return _vv_desk_leave_refused (&session, error);
  return _vv_desk_write (&session, VV_ACT_SELECT_PROBE, VV_KIND_PROBE, body, png != NULL ? _vv_desk_put_file : NULL, png, error);
}

/* --- Step 6: search ------------------------------------------------------------------------------------------------------ */

float *
_vv_desk_template_of (VvSession *session, VvRecord *probe, char **ret_pixels, GCancellable *cancellable, GError **error)
{
  g_autoptr (VvPicture) picture = NULL;
  g_autofree float     *numbers = NULL;
  const char           *image;
  VvVision             *vision;
  VvFace                face;
  gboolean              done = FALSE;

  if (!_vv_desk_derive_probe (session, probe, &face, &image, cancellable, error))
    return NULL;
  picture = _vv_desk_decode_media (session, image, /* ret_file= */ NULL, cancellable, error);
  if (picture == NULL)
    return NULL;
  if (ret_pixels != NULL)
    *ret_pixels = g_strdup (session->derived_sha256);
  _vv_desk_unlock (session);
  vision = _vv_desk_vision (session->desk, error);
  if (vision != NULL)
    {
      numbers = g_new0 (float, vv_vision_template_length (vision));
      done = vv_vision_template (vision, picture, &face, numbers, cancellable, error);
    }
  _vv_desk_lock (session);
  return done ? g_steal_pointer (&numbers) : NULL;
}

/* What is searched is what is on record, to the byte. */
static gboolean
check_derived (VvRecord *probe, const char *pixels, GError **error)
{
  if (g_strcmp0 (vv_json_string (vv_json_object (probe->body, "derived"), "pixels_sha256"), pixels) == 0)
    return TRUE;
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_DERIVED,
                       _ ("The adjusted probe cannot be made again byte for byte as it is on record. Select the probe again."));
  return FALSE;
}

/* "A", "B", ... "Z", "AA", ... (transfer full) */
static char *
letters (gsize index)
{
  GString *out = g_string_new (NULL);

  for (gsize rest = index + 1; rest > 0; rest = (rest - 1) / 26)
    g_string_prepend_c (out, (char) ('A' + (rest - 1) % 26));
  return g_string_free (out, FALSE);
}

typedef struct
{
  VvGalleryHit hit;
  gint64       rank;
  char        *order; /* (owned) place in the shuffled pool */
} VvPoolRow;

static int
compare_order (gconstpointer a, gconstpointer b)
{
  return strcmp (((const VvPoolRow *) a)->order, ((const VvPoolRow *) b)->order);
}

static void
clear_row (gpointer row)
{
  g_free (((VvPoolRow *) row)->order);
}

/* Shuffles by the SHA-256 of seed and photograph: anybody can make the same order again from the record. */
static GArray *
shuffle (const VvGalleryHit *hits, gsize n, const char *seed)
{
  GArray *rows = g_array_sized_new (FALSE, TRUE, sizeof (VvPoolRow), (guint) n);

  g_array_set_clear_func (rows, clear_row);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, seed, hits[i].id);
      VvPoolRow        row = { hits[i], (gint64) i + 1, vv_hash_data (text, strlen (text)) };

      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_order);
  return rows;
}

static JsonArray *
make_pool (VvSession *session, const VvGalleryHit *hits, gsize n, const char *seed, gboolean outside, GError **error)
{
  const char           *kind = outside ? "outside" : "photograph";
  g_autoptr (GArray)    rows = shuffle (hits, n, seed);
  g_autoptr (JsonArray) pool = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const VvPoolRow       *row = &g_array_index (rows, VvPoolRow, i);
      g_autoptr (JsonObject) place = vv_json_new (kind, "i", row->hit.id, NULL);
      g_autoptr (JsonObject) facts = _vv_desk_candidate (session, place, error);
      g_autofree char       *candidate = letters (i);

      if (facts == NULL)
        return NULL;
      json_array_add_object_element (pool, vv_json_new ("candidate", "s", candidate,
                                                        kind, "i", row->hit.id,
                                                        "sha256", "s", vv_json_string (facts, "sha256"),
                                                        "rank", "i", row->rank,
                                                        "score", "d", (double) row->hit.score,
                                                        NULL));
    }
  return g_steal_pointer (&pool);
}

char *
_vv_desk_newest_manifest (VvSession *session, VvGallery *gallery, GError **error)
{
  g_autoptr (GPtrArray) imports = vv_vault_records_of_kind (session->vault, VV_KIND_IMPORT, error);
  VvRecord             *last;

  if (imports == NULL)
    return NULL;
  if (imports->len == 0 || vv_gallery_size (gallery) == 0)
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_EMPTY,
                           _ ("The photo repository of this desk is empty. An administrator imports arrest and parole photographs first."));
      return NULL;
    }
  last = g_ptr_array_index (imports, imports->len - 1);
  return g_strdup (vv_json_string (last->body, "manifest_sha256"));
}

JsonObject *
_vv_desk_search_body (VvSession *session, VvRecord *probe, const float *numbers, const VvGalleryHit *hits, gsize n, gint64 gallery_size, const char *manifest, gint64 approval, GError **error)
{
  VvVision             *vision = session->desk->vision;
  g_autofree char      *seed = g_uuid_string_random ();
  g_autofree char      *template_sha256 = vv_hash_data (numbers, sizeof *numbers * vv_vision_template_length (vision));
  JsonObject           *body;
  g_autoptr (JsonArray) pool = make_pool (session, hits, n, seed, approval != 0, error);

  if (pool == NULL)
    return NULL;
  body = vv_json_new ("probe", "i", probe->id,
                      "analysis", "i", vv_case_current (session->kase, VV_KIND_PROBE_ANALYSIS, NULL, NULL)->id,
                      "probe_sha256", "s", vv_json_string (probe->body, "sha256"),
                      "derived_pixels_sha256", "s", vv_json_string (vv_json_object (probe->body, "derived"), "pixels_sha256"),
                      "template_sha256", "s", template_sha256,
                      "recogniser", "s", vv_vision_recogniser (vision),
                      "detector", "s", vv_vision_detector (vision),
                      "pool_length", "i", (gint64) n,
                      "gallery_size", "i", gallery_size,
                      "manifest", "s", manifest,
                      "seed", "s", seed,
                      "pool", "a", g_steal_pointer (&pool),
                      NULL);
  if (approval != 0)
    json_object_set_int_member (body, "approval", approval);
  return body;
}

/* What may be seen of a new pool: that it is there. Ranks and scores wait for the comparisons, and the seed would tell the
 * order. */
JsonObject *
_vv_desk_without_pool (JsonObject *record)
{
  JsonObject *body = vv_json_object (record, "body");

  if (body != NULL)
    {
      json_object_remove_member (body, "pool");
      json_object_remove_member (body, "seed");
    }
  return record;
}

float *
_vv_desk_probe_template (VvSession *session, VvRecord *probe, GCancellable *cancellable, GError **error)
{
  g_autofree char  *pixels = NULL;
  g_autofree float *numbers = _vv_desk_template_of (session, probe, &pixels, cancellable, error);

  return numbers != NULL && check_derived (probe, pixels, error) ? g_steal_pointer (&numbers) : NULL;
}

JsonObject *
vv_desk_search (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession                session;
  VvRecord                *probe;
  gsize                    k, found = 0;
  gboolean                 searched;
  gint64                   size;
  g_autoptr (VvGallery)    gallery = NULL;
  g_autofree char         *manifest = NULL;
  g_autofree float        *numbers = NULL;
  g_autofree VvGalleryHit *hits = NULL;
  g_autoptr (JsonObject)   body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_SEARCH), request, &session, error))
    return NULL;
  if (!vv_case_may (session.kase, VV_ACT_SEARCH, &session.actor, NULL, error) ||
      !_vv_desk_check_fresh (&session, g_get_real_time (), error))
    return _vv_desk_leave_refused (&session, error);
  probe = vv_case_current (session.kase, VV_KIND_PROBE, NULL, NULL);
  gallery = _vv_desk_gallery (&session, cancellable, error);
  if (gallery != NULL)
    numbers = _vv_desk_probe_template (&session, probe, cancellable, error);
  if (numbers == NULL)
    return _vv_desk_leave_refused (&session, error);
  k = vv_rules_pool_length (self->rules);
  hits = g_new0 (VvGalleryHit, k);
  /* Both before the lock goes: an import that ends meanwhile is not in what is searched now. */
  manifest = _vv_desk_newest_manifest (&session, gallery, error);
  size = (gint64) vv_gallery_size (gallery);
  if (manifest == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_unlock (&session);
  searched = vv_gallery_search (gallery, numbers, 1, k, /* threads= */ 0, /* filter= */ NULL, hits, &found, cancellable, error);
  _vv_desk_lock (&session);
  if (searched)
    body = _vv_desk_search_body (&session, probe, numbers, hits, found, size, manifest, /* approval= */ 0, error);
  if (body == NULL)
    return _vv_desk_leave_refused (&session, error);
  return _vv_desk_without_pool (_vv_desk_write (&session, VV_ACT_SEARCH, VV_KIND_SEARCH, body, NULL, NULL, error));
}

/* --- Step 7: what the bench needs -------------------------------------------------------------------------------------------- */

static JsonObject *
face_of (JsonObject *holder)
{
  JsonObject *face = vv_json_object (holder, "face");

  return vv_json_new ("face", "o", face != NULL ? vv_json_copy (face) : NULL, NULL);
}

/* The age gap, without a date that would tell which photograph it is. */
static void
add_gap (VvSession *session, JsonObject *answer, JsonObject *photograph)
{
  VvRecord        *probe = vv_case_current (session->kase, VV_KIND_PROBE, NULL, NULL);
  VvRecord        *media = _vv_desk_record (session, vv_json_int (probe->body, "media"), VV_KIND_MEDIA, /* error= */ NULL);
  g_autofree char *gap = media != NULL ? vv_gap_in_words (vv_json_string (photograph, "taken"),
                                                          vv_json_string (media->body, "obtained_at"))
                                       : NULL;

  if (gap != NULL)
    json_object_set_string_member (vv_json_object (answer, "candidate"), "gap", gap);
}

JsonObject *
vv_desk_open_candidate (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char            *candidate = vv_json_string (details, "candidate");
  VvSession              session;
  JsonObject            *row;
  JsonObject            *answer;
  g_autoptr (JsonObject) facts = NULL;

  if (!_vv_desk_enter_request (self, "open-candidate", request, &session, error))
    return NULL;
  row = _vv_desk_pool_row (&session, candidate, error);
  if (row != NULL && vv_case_may_look (session.kase, &session.actor, candidate, error))
    facts = _vv_desk_candidate (&session, row, error);
  if (facts == NULL || !_vv_desk_note_look (&session, session.act, candidate, row, error))
    return _vv_desk_leave_refused (&session, error);
  answer = vv_json_new ("probe", "o", face_of (vv_case_current (session.kase, VV_KIND_PROBE, NULL, NULL)->body),
                        "candidate", "o", face_of (facts), NULL);
  add_gap (&session, answer, facts);
  _vv_desk_leave (&session);
  return answer;
}

/* Every photograph of the person of the pool row @row. */
static JsonArray *
list_person (VvSession *session, JsonObject *row, GError **error)
{
  g_autoptr (JsonObject) own = vv_vault_photograph (session->vault, vv_json_int (row, "photograph"), error);
  g_autoptr (GArray)     ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (JsonArray)  all = json_array_new ();

  if (own == NULL || !vv_vault_find_person (session->vault, vv_json_string (own, "person"), ids, error))
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64                 id = g_array_index (ids, gint64, i);
      g_autoptr (JsonObject) facts = vv_vault_photograph (session->vault, id, error);
      JsonObject            *shown;

      if (facts == NULL)
        return NULL;
      shown = face_of (facts);
      json_object_set_int_member (shown, "photograph", id);
      json_object_set_boolean_member (shown, "own", id == vv_json_int (row, "photograph"));
      json_object_set_string_member (shown, "taken", vv_json_string (facts, "taken"));
      json_object_set_string_member (shown, "class", vv_json_string (facts, "class"));
      json_array_add_object_element (all, shown);
    }
  return g_steal_pointer (&all);
}

/* The candidate's own photograph and nothing that says when it was taken. */
static JsonObject *
list_blind (VvSession *session, JsonObject *row, const char *why, GError **error)
{
  g_autoptr (JsonObject) own = _vv_desk_candidate (session, row, error);
  JsonObject            *shown;
  JsonArray             *all;

  if (own == NULL)
    return NULL;
  all = json_array_new ();
  shown = face_of (own);
  json_object_set_boolean_member (shown, "own", TRUE);
  json_array_add_object_element (all, shown);
  return vv_json_new ("photographs", "a", all, "why", "s", why, NULL);
}

JsonObject *
vv_desk_person_photographs (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char        *candidate = vv_json_string (details, "candidate");
  VvSession          session;
  JsonObject        *row;
  JsonObject        *answer = NULL;
  JsonArray         *all;
  g_autoptr (GError) why = NULL;

  if (!_vv_desk_enter_request (self, "person-photographs", request, &session, error))
    return NULL;
  row = _vv_desk_pool_row (&session, candidate, error);
  if (row == NULL || !vv_case_may_look (session.kase, &session.actor, candidate, error))
    return _vv_desk_leave_refused (&session, error);
  /* an image from outside the repository has no others beside it */
  if (!vv_case_may_see_person (session.kase, &session.actor, candidate, &why) || !json_object_has_member (row, "photograph"))
    answer = list_blind (&session, row, why != NULL ? why->message : NULL, error);
  else if (_vv_desk_note_look (&session, session.act, candidate, row, error))
    {
      all = list_person (&session, row, error);
      answer = all != NULL ? vv_json_new ("photographs", "a", all, NULL) : NULL;
    }
  if (answer == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return answer;
}
