// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-rejection.h"

/* --- Step 5a: images that are unsuitable; step 5b: the request stays open for better ones ------------------------------ */

/* All images that were not rejected yet. */
static JsonArray *
open_media (VvSession *session)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (strcmp (record->kind, VV_KIND_MEDIA) == 0 && !vv_case_is_rejected (session->kase, record->id))
        json_array_add_int_element (ids, record->id);
    }
  return ids;
}

static JsonObject *
rejection_body (VvSession *session, JsonObject *details)
{
  JsonObject           *body = details != NULL ? vv_json_copy (details) : json_object_new ();
  g_autoptr (JsonArray) rounds = vv_case_rounds (session->kase);

  if (g_strcmp0 (vv_json_string (details, "scope"), "request") == 0)
    json_object_set_array_member (body, "media", open_media (session));
  json_object_set_int_member (body, "round", (gint64) json_array_get_length (rounds));
  return body;
}

/* Names and hashes of the rejected images, so that the investigator knows which were meant. */
static JsonArray *
rejected_images (VvSession *session, VvRecord *rejection)
{
  JsonArray *ids = vv_json_array (rejection->body, "media");
  JsonArray *images = json_array_new ();

  for (guint i = 0; i < vv_json_length (ids); i++)
    {
      VvRecord *media = _vv_desk_record (session, json_array_get_int_element (ids, i), VV_KIND_MEDIA, /* error= */ NULL);

      if (media != NULL)
        json_array_add_object_element (images, vv_json_new ("media", "i", media->id, "name", "s", vv_json_string (media->body, "name"), "sha256", "s", vv_json_string (media->body, "sha256"), NULL));
    }
  return images;
}

static JsonArray *
reasons_in_words (VvRecord *rejection)
{
  JsonArray *codes = vv_json_array (rejection->body, "reasons");
  JsonArray *reasons = json_array_new ();

  for (guint i = 0; i < vv_json_length (codes); i++)
    {
      const VvRejectionReason *reason = vv_rejection_find (json_array_get_string_element (codes, i));

      json_array_add_object_element (reasons, vv_json_new ("code", "s", reason->code, "reason", "s", reason->title, "ask", "s", reason->ask, NULL));
    }
  return reasons;
}

static gboolean
queue_rejection (VvSession *session, VvRecord *record, gpointer data, GError **error)
{
  VvRecord              *first = g_ptr_array_index (session->records, 0);
  JsonArray             *measures = vv_json_array (record->body, "measures");
  const char            *number = vv_case_fis_number (session->kase);
  g_autofree char       *name = g_strdup_printf ("FIS %s Image Rejection Report %" G_GINT64_FORMAT ".json", number, record->id);
  g_autoptr (JsonObject) note = vv_json_new ("document", "s", "image rejection",
                                             "fis_number", "s", number,
                                             "case_number", "s", vv_json_string (first->body, "case_number"),
                                             "complaint_number", "s", vv_json_string (first->body, "complaint_number"),
                                             "record", "i", record->id,
                                             "record_hash", "s", record->hash,
                                             "scope", "s", vv_json_string (record->body, "scope"),
                                             "round", "i", vv_json_int (record->body, "round"),
                                             "images", "a", rejected_images (session, record),
                                             "reasons", "a", reasons_in_words (record),
                                             "text", "s", vv_json_string (record->body, "text"),
                                             "ask", "s", vv_json_string (record->body, "ask"),
                                             "measures", "a", measures != NULL ? json_array_ref (measures) : NULL,
                                             "next", "s", "The request stays open: other images may be submitted under the same FIS number.",
                                             "by", "s", record->author,
                                             "at", "s", record->made_at,
                                             "policy", "o", json_object_ref (vv_rules_policy (session->desk->rules)),
                                             NULL);

  return _vv_desk_queue_note (session, note, name, error);
}

JsonObject *
vv_desk_reject_image (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_autoptr (JsonObject) body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_REJECT_IMAGE), request, &session, error))
    return NULL;
  body = rejection_body (&session, details);
  return _vv_desk_write (&session, VV_ACT_REJECT_IMAGE, VV_KIND_REJECTION, body, queue_rejection, /* data= */ NULL, error);
}

JsonObject *
vv_desk_rejection_reasons (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  JsonArray *reasons = json_array_new ();

  for (const VvRejectionReason *reason = vv_rejection_all (); reason->code != NULL; reason++)
    json_array_add_object_element (reasons, vv_json_new ("code", "s", reason->code, "title", "s", _ (reason->title), "ask", "s", _ (reason->ask), NULL));
  return vv_json_new ("reasons", "a", reasons, NULL);
}
