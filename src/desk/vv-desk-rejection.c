// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "vv-body.h"
#include "vv-desk-forms-private.h"
#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-rejection.h"
#include "vv-report.h"
#include "vv-time.h"

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

JsonObject *
_vv_desk_rejection_body (VvSession *session, JsonObject *details)
{
  JsonObject           *body = details != NULL ? vv_json_copy (details) : json_object_new ();
  g_autoptr (JsonArray) rounds = vv_case_rounds (session->kase);

  if (g_strcmp0 (vv_json_string (details, "scope"), "request") == 0)
    json_object_set_array_member (body, "media", open_media (session));
  json_object_set_int_member (body, "round", (gint64) json_array_get_length (rounds));
  return body;
}

/* --- The FIS Image Rejection Report --------------------------------------------------------------------------------------- */

/* Sentences of the reasons, or of what would help. */
static JsonArray *
sentences (JsonObject *body, gboolean asks)
{
  JsonArray *codes = vv_json_array (body, "reasons");
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < vv_json_length (codes); i++)
    {
      const VvRejectionReason *reason = vv_rejection_find (json_array_get_string_element (codes, i));
      g_autofree char         *sentence = g_strconcat (asks ? reason->ask : reason->title, asks ? "" : ".", NULL);

      json_array_add_string_element (all, sentence);
    }
  if (asks)
    json_array_add_string_element (all, vv_json_string (body, "ask"));
  return all;
}

static const char *
assessment (const char *verdict)
{
  if (g_strcmp0 (verdict, "good") == 0)
    return "Good";
  return g_strcmp0 (verdict, "unusable") == 0 ? "Unusable" : "At the limits";
}

/* The values that were measured of this image, as they were shown. */
static JsonArray *
measures_of (JsonObject *body, gint64 media)
{
  JsonArray *given = vv_json_array (body, "measures");
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < vv_json_length (given); i++)
    {
      JsonObject      *one = vv_json_element (given, i);
      const char      *text = vv_json_string (one, "value");
      g_autofree char *number = g_strdup_printf ("%g", vv_json_double (one, "value"));

      if (one != NULL && vv_json_int (one, "media") == media && vv_json_string (one, "name") != NULL)
        json_array_add_object_element (all,
                                       vv_json_new ("title", "s", vv_json_string (one, "name"), "value", "s", text != NULL ? text : number, "assessment", "s", assessment (vv_json_string (one, "verdict")), NULL));
    }
  return all;
}

/* Places in that image which the text calls "mark 1". */
static JsonArray *
marks_of (JsonObject *body, gint64 media)
{
  JsonArray *given = vv_json_array (body, "marks");
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < vv_json_length (given); i++)
    {
      JsonObject *mark = vv_json_element (given, i);

      if (vv_json_int (mark, "media") == media && vv_json_double (mark, "width") > 0 && vv_json_double (mark, "height") > 0)
        json_array_add_object_element (all, vv_json_copy (mark));
    }
  return all;
}

static void
add_image (VvRecord *media, JsonObject *body, JsonArray *images, JsonArray *pictures)
{
  g_autofree char *label = g_strdup_printf ("Image %u", json_array_get_length (images) + 1);
  g_autofree char *caption = g_strdup_printf ("%s. SHA-256 %s.", vv_json_string (media->body, "name"),
                                              vv_json_string (media->body, "sha256"));

  json_array_add_object_element (images, vv_json_new ("name", "s", vv_json_string (media->body, "name"),
                                                      "sha256", "s", vv_json_string (media->body, "sha256"),
                                                      "reasons", "a", sentences (body, FALSE),
                                                      "remark", "s", vv_json_string (body, "text"),
                                                      "measures", "a", measures_of (body, media->id),
                                                      "ask", "a", sentences (body, TRUE), NULL));
  json_array_add_object_element (pictures,
                                 vv_json_new ("media", "i", media->id, "sha256", "s", vv_json_string (media->body, "sha256"), "label", "s", label, "caption", "s", caption,
                                              "marks", "a", marks_of (body, media->id), NULL));
}

static JsonArray *
examiner_alone (VvSession *session)
{
  JsonArray       *people = json_array_new ();
  g_autofree char *now = vv_time_now ();
  g_autofree char *name = _vv_desk_name_of (session, session->actor.account);

  json_array_add_object_element (people,
                                 vv_json_new ("role", "s", "Examiner", "name", "s", name, "account", "s", session->actor.account, "when", "s", now, "act", "s", "Images rejected", NULL));
  return people;
}

JsonObject *
_vv_desk_rejection_facts (VvSession *session, JsonObject *body, GError **error)
{
  JsonObject      *requester = vv_json_object (((VvRecord *) g_ptr_array_index (session->records, 0))->body, "requester");
  g_autofree char *recipient = g_strdup_printf ("%s, %s", vv_json_string (requester, "name"), vv_json_string (requester, "command"));
  JsonObject      *facts = _vv_desk_case_facts (session, recipient, /* candidate= */ NULL, error);
  JsonArray       *ids = vv_json_array (body, "media");
  JsonArray       *images = json_array_new ();
  JsonArray       *pictures = json_array_new ();

  for (guint i = 0; i < vv_json_length (ids); i++)
    {
      VvRecord *media = _vv_desk_record (session, json_array_get_int_element (ids, i), VV_KIND_MEDIA, /* error= */ NULL);

      if (media != NULL)
        add_image (media, body, images, pictures);
    }
  if (facts == NULL)
    {
      json_array_unref (images);
      json_array_unref (pictures);
      return NULL;
    }
  json_object_set_array_member (facts, "people", examiner_alone (session));
  json_object_set_int_member (facts, "round", vv_json_int (body, "round"));
  json_object_set_array_member (facts, "images", images);
  json_object_set_array_member (facts, "pictures", pictures);
  return facts;
}

/* The report and what it is about, beside each other, as for every report. */
static gboolean
queue_rejection (VvSession *session, VvRecord *record, gpointer pdf, GError **error)
{
  JsonObject            *facts = vv_json_object (record->body, "facts");
  const char            *number = vv_json_string (facts, "fis_number");
  g_autofree char       *pdf_name = g_strdup_printf ("FIS %s Image Rejection Report %" PRId64 ".pdf", number, record->id);
  g_autofree char       *json_name = g_strdup_printf ("FIS %s Image Rejection Report %" PRId64 ".json", number, record->id);
  g_autoptr (JsonObject) manifest = vv_json_new ("document", "s", "report",
                                                 "form", "s", "image-rejection",
                                                 "record", "i", record->id,
                                                 "record_hash", "s", record->hash,
                                                 "fis_number", "s", number,
                                                 "case_number", "s", vv_json_string (facts, "case_number"),
                                                 "complaint_number", "s", vv_json_string (facts, "complaint_number"),
                                                 "recipient", "s", vv_json_string (facts, "recipient"),
                                                 "round", "i", vv_json_int (record->body, "round"),
                                                 "sha256", "s", vv_json_string (record->body, "document"),
                                                 "issued_at", "s", vv_json_string (facts, "issued_at"),
                                                 "audit_head", "s", vv_json_string (facts, "audit_head"),
                                                 NULL);

  return _vv_desk_queue (session, pdf, pdf_name, "application/pdf", error) && _vv_desk_queue_note (session, manifest, json_name, error);
}

/* Makes the report's PDF and puts its hash and facts into @body. (transfer full) */
static GBytes *
make_report (VvSession *session, JsonObject *body, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) facts = _vv_desk_rejection_facts (session, body, error);
  g_autoptr (VvReport)   report = facts != NULL ? _vv_desk_lay_out (session, "image-rejection", facts, cancellable, error) : NULL;
  GBytes                *pdf = report != NULL ? vv_report_to_pdf (report, error) : NULL;
  g_autofree char       *sha256 = pdf != NULL ? vv_hash_bytes (pdf) : NULL;

  if (pdf == NULL)
    return NULL;
  json_object_set_string_member (body, "form", "image-rejection");
  json_object_set_string_member (body, "document", sha256);
  json_object_set_object_member (body, "facts", g_steal_pointer (&facts));
  return pdf;
}

JsonObject *
vv_desk_reject_image (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_autoptr (GBytes)     pdf = NULL;
  g_autoptr (JsonObject) body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_REJECT_IMAGE), request, &session, error))
    return NULL;
  body = _vv_desk_rejection_body (&session, details);
  /* Asked before the report is made, and again when it is written: others may act meanwhile. */
  if (!vv_case_may (session.kase, VV_ACT_REJECT_IMAGE, &session.actor, NULL, error) ||
      !vv_body_check (VV_KIND_REJECTION, body, error) ||
      !vv_case_check (session.kase, VV_ACT_REJECT_IMAGE, body, error))
    return _vv_desk_leave_refused (&session, error);
  pdf = make_report (&session, body, cancellable, error);
  if (pdf == NULL)
    return _vv_desk_leave_refused (&session, error);
  return _vv_desk_write (&session, VV_ACT_REJECT_IMAGE, VV_KIND_REJECTION, body, queue_rejection, pdf, error);
}

JsonObject *
vv_desk_rejection_reasons (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  JsonArray *reasons = json_array_new ();

  for (const VvRejectionReason *reason = vv_rejection_all (); reason->code != NULL; reason++)
    json_array_add_object_element (reasons,
                                   vv_json_new ("code", "s", reason->code, "title", "s", _ (reason->title), "ask", "s", _ (reason->ask), NULL));
  return vv_json_new ("reasons", "a", reasons, NULL);
}
