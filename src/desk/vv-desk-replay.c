// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <inttypes.h>
#include <math.h>

#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"

/* --- A search made again from its record (R-080) ---------------------------------------------------------------------------- */

/* What the search would find now. */
typedef struct
{
  float        *numbers;
  VvGalleryHit *hits;
  gsize         n;
  gint64        size;     /* templates that were searched */
  char         *manifest; /* of the newest import */
  char         *pixels;   /* hash of the derived image; NULL where the probe was searched as it came */
} VvAgain;

static void
again_clear (VvAgain *self)
{
  g_free (self->numbers);
  g_free (self->hits);
  g_free (self->manifest);
  g_free (self->pixels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvAgain, again_clear)

/* Differences name what is not the same; of the pool they give numbers, never who came where. */
static void
differ (JsonArray *differences, const char *what, const char *then, const char *now)
{
  if (g_strcmp0 (then, now) != 0)
    json_array_add_object_element (differences, vv_json_new ("what", "s", what, "then", "s", then, "now", "s", now, NULL));
}

static void
differ_in_number (JsonArray *differences, const char *what, gint64 then, gint64 now)
{
  if (then != now)
    json_array_add_object_element (differences, vv_json_new ("what", "s", what, "then", "i", then, "now", "i", now, NULL));
}

static void
compare_models (VvSession *session, JsonObject *then, const VvAgain *again, JsonArray *differences)
{
  VvVision        *vision = session->desk->vision;
  g_autofree char *template_sha256 = vv_hash_data (again->numbers, sizeof *again->numbers * vv_vision_template_length (vision));

  differ (differences, "recogniser", vv_json_string (then, "recogniser"), vv_vision_recogniser (vision));
  differ (differences, "detector", vv_json_string (then, "detector"), vv_vision_detector (vision));
  differ (differences, "template", vv_json_string (then, "template_sha256"), template_sha256);
  differ (differences, "manifest", vv_json_string (then, "manifest"), again->manifest);
  differ_in_number (differences, "gallery-size", vv_json_int (then, "gallery_size"), again->size);
}

static void
compare_pools (JsonArray *pool, const VvAgain *again, JsonArray *differences)
{
  gint64 kept = 0, ranked = 0, scored = 0;

  for (guint i = 0; i < vv_json_length (pool); i++)
    {
      JsonObject *row = vv_json_element (pool, i);

      for (gsize j = 0; j < again->n; j++)
        if (again->hits[j].id == _vv_desk_candidate_id (row))
          {
            kept++;
            ranked += vv_json_int (row, "rank") == (gint64) j + 1 ? 1 : 0;
            scored += fabs (vv_json_double (row, "score") - (double) again->hits[j].score) < 1e-6 ? 1 : 0;
          }
    }
  differ_in_number (differences, "pool-photographs", vv_json_length (pool), kept);
  differ_in_number (differences, "pool-ranks", vv_json_length (pool), ranked);
  differ_in_number (differences, "pool-scores", vv_json_length (pool), scored);
}

/* The images outside the repository that there were when @search was made. (transfer container) */
static GPtrArray *
images_of (VvSession *session, VvRecord *search)
{
  GPtrArray *images = g_ptr_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (record->id < search->id &&
          g_strcmp0 (record->kind, VV_KIND_OUTSIDE_IMAGE) == 0 &&
          vv_json_int (record->body, "approval") == vv_json_int (search->body, "approval"))
        g_ptr_array_add (images, record);
    }
  return images;
}

static gboolean
search_images_again (VvSession *session, VvRecord *search, VvRecord *probe, VvAgain *again, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) images = images_of (session, search);
  gsize                 k = (gsize) vv_json_int (search->body, "pool_length");

  again->numbers = _vv_desk_template_of (session, probe, &again->pixels, cancellable, error);
  again->size = images->len;
  again->hits = g_new0 (VvGalleryHit, MAX (k, 1));
  return again->numbers != NULL &&
         _vv_desk_search_images (session, images, again->numbers, k, again->hits, &again->n, &again->manifest, cancellable, error);
}

/* The probe as it was then, through the networks and the gallery as they are now. */
static gboolean
search_again (VvSession *session, VvRecord *search, VvRecord *probe, VvAgain *again, GCancellable *cancellable, GError **error)
{
  g_autoptr (VvGallery) gallery = _vv_desk_gallery (session, cancellable, error);
  gsize                 k = (gsize) vv_json_int (search->body, "pool_length");
  gboolean              done;

  if (gallery != NULL)
    again->numbers = _vv_desk_template_of (session, probe, &again->pixels, cancellable, error);
  if (again->numbers == NULL)
    return FALSE;
  again->manifest = _vv_desk_newest_manifest (session, gallery, error);
  if (again->manifest == NULL)
    return FALSE;
  again->size = (gint64) vv_gallery_size (gallery);
  again->hits = g_new0 (VvGalleryHit, MAX (k, 1));
  _vv_desk_unlock (session);
  done = vv_gallery_search (gallery, again->numbers, 1, k, /* threads= */ 0, /* filter= */ NULL, again->hits, &again->n, cancellable,
                            error);
  _vv_desk_lock (session);
  return done;
}

/* The run that @details name, else the newest. */
static VvRecord *
find_run (VvSession *session, JsonObject *details, GError **error)
{
  gint64 wanted = vv_json_int (details, "search");

  if (wanted != 0)
    return _vv_desk_record (session, wanted, VV_KIND_SEARCH, error);
  for (guint i = session->records->len; i-- > 0;)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (g_strcmp0 (record->kind, VV_KIND_SEARCH) == 0)
        return record;
    }
  g_return_val_if_reached (NULL); /* the gate asked for a search */
}

static gboolean
audit_replay (VvSession *session, JsonObject *answer, GError **error)
{
  g_autoptr (JsonObject) detail = vv_json_new ("search", "i", vv_json_int (answer, "search"), "same", "b", vv_json_bool (answer, "same"),
                                               NULL);
  g_autofree char       *object = g_strdup_printf ("request %" PRId64, session->request);

  if (!vv_vault_begin (session->vault, error))
    return FALSE;
  if (vv_vault_audit (session->vault, session->act, object, "done", detail, /* sign= */ FALSE, error) &&
      vv_vault_commit (session->vault, error))
    return TRUE;
  vv_vault_rollback (session->vault);
  return FALSE;
}

JsonObject *
vv_desk_replay (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  VvRecord              *search, *probe = NULL;
  JsonArray             *differences;
  gboolean               outside = FALSE;
  g_auto (VvAgain)       again = { 0 };
  g_autoptr (JsonObject) answer = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_REPLAY), request, &session, error))
    return NULL;
  if (!vv_case_may (session.kase, VV_ACT_REPLAY, &session.actor, NULL, error))
    return _vv_desk_leave_refused (&session, error);
  search = find_run (&session, details, error);
  if (search != NULL)
    probe = _vv_desk_record (&session, vv_json_int (search->body, "probe"), VV_KIND_PROBE, error);
  if (probe != NULL)
    outside = json_object_has_member (search->body, "approval");
  if (probe == NULL || !(outside ? search_images_again : search_again) (&session, search, probe, &again, cancellable, error))
    return _vv_desk_leave_refused (&session, error);
  differences = json_array_new ();
  answer = vv_json_new ("search", "i", search->id, "when", "s", search->made_at, "differences", "a", differences, NULL);
  differ (differences, "probe", vv_json_string (search->body, "probe_sha256"), vv_json_string (probe->body, "sha256"));
  differ (differences, "derived", vv_json_string (search->body, "derived_pixels_sha256"), again.pixels);
  compare_models (&session, search->body, &again, differences);
  compare_pools (vv_json_array (search->body, "pool"), &again, differences);
  json_object_set_boolean_member (answer, "same", json_array_get_length (differences) == 0);
  if (!audit_replay (&session, answer, error))
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return g_steal_pointer (&answer);
}
