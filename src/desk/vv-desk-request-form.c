// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <string.h>

#include "vv-desk-bundle-private.h"
#include "vv-desk-forms-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-time.h"
#include "vv-use.h"

/* Step NOTE and "Additional data": the form of a request that did not come through ECMS, laid out when it is numbered. By
 * telephone or e-mail the FIS Request DD5, of an outside agency the FIS Outside Agency Form; in English
 * whatever the desk's language, as all forms. */

typedef struct
{
  const char *channel;
  const char *form;  /* of vv_report_new() */
  const char *name;  /* in the names of its files */
  const char *title; /* of the note to ECMS */
  const char *kind;  /* of its record */
} VvRequestForm;

static const VvRequestForm forms[] = {
  { "phone", "request-dd5", "Request DD5", "FIS Request DD5", VV_KIND_DD5 },
  { "email", "request-dd5", "Request DD5", "FIS Request DD5", VV_KIND_DD5 },
  { "outside-agency", "outside-agency", "Outside Agency Form", "FIS Outside Agency Form", VV_KIND_AGENCY_FORM_LAID },
};

/* What the form of this request is; NULL: it came with one. */
static const VvRequestForm *
form_of (VvSession *session)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (forms[i].channel, vv_case_channel (session->kase)) == 0)
      return &forms[i];
  return NULL;
}

/* --- What it says ------------------------------------------------------------------------------------------------------- */

/* A channel, or how an agency's request came. */
static const char *
way_in_words (const char *code)
{
  static const struct
  {
    const char *code, *words;
  } ways[] = {
    { "ecms", "Through ECMS" },
    { "intelligence", "By the Intelligence Bureau" },
    { "outside-agency", "By an outside agency" },
    { "phone", "By telephone" },
    { "email", "By e-mail" },
    { "mail", "By mail" },
    { "fax", "By fax" },
    { "in-person", "In person" },
    { "portal", "Through the portal" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_strcmp0 (ways[i].code, code) == 0)
      return ways[i].words;
  return NULL;
}

/* What the use asks for beside its sub-reason, which stands in its sentence. */
static JsonArray *
use_details (JsonObject *stated)
{
  static const struct
  {
    const char *member, *title;
  } titles[] = {
    { "offence", "Offense" },
    { "arrest_number", "Arrest number" },
    { "morgue_reference", "Medical examiner or morgue reference" },
    { "threat", "Threat" },
    { "declared_by", "Declared by" },
    { "declared_at", "Declared" },
  };
  JsonArray *all = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (vv_json_string (stated, titles[i].member) != NULL)
      json_array_add_object_element (all,
                                     vv_json_new ("title", "s", titles[i].title, "value", "s", vv_json_string (stated, titles[i].member), NULL));
  return all;
}

static char *
size_of (VvRecord *record)
{
  if (strcmp (record->kind, VV_KIND_EXHIBIT) == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " bytes", vv_json_int (record->body, "bytes"));
  return g_strdup_printf ("%" G_GINT64_FORMAT " x %" G_GINT64_FORMAT " pixels", vv_json_int (record->body, "width"),
                          vv_json_int (record->body, "height"));
}

static const char *
player_of (VvSession *session, VvRecord *video)
{
  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (record->id == vv_json_int (video->body, "player"))
        return vv_json_string (record->body, "name");
    }
  return vv_json_string (video->body, "no_player");
}

static JsonObject *
medium (VvSession *session, VvRecord *record)
{
  gboolean         video = strcmp (record->kind, VV_KIND_EXHIBIT) == 0;
  g_autofree char *size = size_of (record);

  return vv_json_new ("name", "s", vv_json_string (record->body, "name"),
                      "sha256", "s", vv_json_string (record->body, "sha256"),
                      "kind", "s", video ? "Video" : "Image",
                      "size", "s", size,
                      "player", "s", video ? player_of (session, record) : NULL,
                      "source", "s", vv_json_string (record->body, "source"),
                      "source_detail", "s", vv_json_string (record->body, "source_detail"),
                      "obtained_by", "s", vv_json_string (record->body, "obtained_by"),
                      "obtained_at", "s", vv_json_string (record->body, "obtained_at"),
                      "site_link", "s", vv_json_string (record->body, "site_link"),
                      "captured_at", "s", vv_json_string (record->body, "captured_at"), NULL);
}

static gboolean
is_exhibit (VvRecord *record, const char *class)
{
  return strcmp (record->kind, VV_KIND_EXHIBIT) == 0 && g_strcmp0 (vv_json_string (record->body, "class"), class) == 0;
}

static JsonArray *
media (VvSession *session)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (strcmp (record->kind, VV_KIND_MEDIA) == 0 || is_exhibit (record, "video"))
        json_array_add_object_element (all, medium (session, record));
    }
  return all;
}

/* What both forms say. */
static JsonObject *
facts_of (VvSession *session, const char *fis_number, const char *audit_head)
{
  VvRecord        *first = g_ptr_array_index (session->records, 0);
  JsonObject      *use = vv_json_object (first->body, "use");
  g_autofree char *now = vv_time_now ();
  g_autofree char *sentence = vv_use_for_people (use);
  g_autofree char *name = _vv_desk_name_of (session, first->author);
  g_autofree char *taken_by = g_strdup_printf ("%s (%s), Facial Identification Section", name, first->author);

  return vv_json_new ("fis_number", "s", fis_number,
                      "case_number", "s", vv_json_string (first->body, "case_number"),
                      "complaint_number", "s", vv_json_string (first->body, "complaint_number"),
                      "agency", "s", vv_json_string (session->desk->about, "agency"),
                      "station", "s", vv_json_string (session->desk->about, "station"),
                      "training", "b", vv_json_bool (session->desk->about, "training"),
                      "issued_at", "s", now,
                      "audit_head", "s", audit_head,
                      "policy", "o", _vv_desk_policy_facts (session),
                      "investigator", "o", vv_json_copy (vv_json_object (first->body, "requester")),
                      "channel", "s", way_in_words (vv_case_channel (session->kase)),
                      "received_at", "s", first->made_at,
                      "generated_by", "s", taken_by,
                      "received_by", "s", taken_by,
                      "subject_role", "s", vv_json_string (first->body, "subject_role"),
                      "use", "s", sentence,
                      "use_details", "a", use_details (use),
                      "reason", "s", vv_json_string (use, "basis"),
                      "summary", "s", vv_json_string (first->body, "summary"),
                      "identity_unknown", "b", vv_json_bool (first->body, "identity_unknown"),
                      "media", "a", media (session), NULL);
}

/* Who sent it to the section, where that is somebody else than who asks there. (transfer full) */
static char *
referred_by (JsonObject *requester, JsonObject *form)
{
  const char *name = vv_json_string (requester, "name");

  return g_strcmp0 (name, vv_json_string (form, "officer")) != 0 ? g_strdup_printf ("%s, %s", name,
                                                                                    vv_json_string (requester, "command"))
                                                                 : NULL;
}

/* What the agency's papers say; the gate of the number asks for both, a preview may come before them. */
static void
add_agency (VvSession *session, JsonObject *facts)
{
  VvRecord        *entered = vv_case_current (session->kase, VV_KIND_AGENCY_FORM, NULL, NULL);
  JsonObject      *form = entered != NULL ? entered->body : NULL;
  g_autofree char *referred = form != NULL ? referred_by (vv_json_object (facts, "investigator"), form) : NULL;

  json_object_set_object_member (facts, "outside",
                                 vv_json_new ("agency", "s", vv_json_string (form, "agency"),
                                              "address", "s", vv_json_string (form, "address"),
                                              "member", "s", vv_json_string (form, "officer"),
                                              "contact", "s", vv_json_string (form, "contact"),
                                              "complaint_number", "s", vv_json_string (form, "complaint_number"), NULL));
  if (form != NULL)
    json_object_set_string_member (facts, "method", way_in_words (vv_json_string (form, "method")));
  if (referred != NULL)
    json_object_set_string_member (facts, "referred_by", referred);
  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (is_exhibit (record, "complaint-report"))
        json_object_set_object_member (facts, "complaint_copy",
                                       vv_json_new ("name", "s", vv_json_string (record->body, "name"), "sha256", "s",
                                                    vv_json_string (record->body, "sha256"), NULL));
    }
}

JsonObject *
_vv_desk_request_facts (VvSession *session, const char *form, const char *fis_number, GError **error)
{
  g_autofree char *head = vv_vault_audit_head (session->vault, error);
  JsonObject      *facts = head != NULL ? facts_of (session, fis_number, head) : NULL;

  if (facts != NULL && strcmp (form, "outside-agency") == 0)
    add_agency (session, facts);
  return facts;
}

/* --- Where it goes ------------------------------------------------------------------------------------------------------ */

/* What ECMS can read of it. (transfer full) */
static JsonObject *
note_about (VvSession *session, const VvRequestForm *form, const char *fis_number, const char *sha256)
{
  VvRecord *first = g_ptr_array_index (session->records, 0);
  VvRecord *entered = vv_case_current (session->kase, VV_KIND_AGENCY_FORM, NULL, NULL);

  return vv_json_new ("document", "s", form->title,
                      "sha256", "s", sha256,
                      "generated_by_fis", "b", TRUE,
                      "generated_by", "s", first->author,
                      "fis_number", "s", fis_number,
                      "record", "i", first->id,
                      "record_hash", "s", first->hash,
                      "received_at", "s", first->made_at,
                      "request", "o", vv_json_copy (first->body),
                      "agency_form", "o", entered != NULL ? vv_json_copy (entered->body) : NULL,
                      "policy", "o", json_object_ref (vv_rules_policy (session->desk->rules)),
                      NULL);
}

/* Lays the form out and keeps what it was made from. Returns: (transfer full). */
static JsonObject *
body_of (VvSession *session, const VvRequestForm *form, const char *fis_number, GBytes **pdf, GError **error)
{
  VvRecord              *first = g_ptr_array_index (session->records, 0);
  g_autoptr (JsonObject) facts = _vv_desk_request_facts (session, form->form, fis_number, error);
  g_autoptr (VvReport)   report = facts != NULL ? vv_report_new (form->form, facts, /* pictures= */ NULL, error) : NULL;
  g_autofree char       *sha256 = NULL;

  *pdf = report != NULL ? vv_report_to_pdf (report, error) : NULL;
  if (*pdf == NULL)
    return NULL;
  sha256 = vv_hash_bytes (*pdf);
  return vv_json_new ("form", "s", form->form, "document", "s", sha256, "generated_by", "s", first->author,
                      "facts", "o", g_steal_pointer (&facts), NULL);
}

gboolean
_vv_desk_queue_request_form (VvSession *session, VvRecord *number, gpointer data, GError **error)
{
  const VvRequestForm   *form = form_of (session);
  const char            *fis_number = vv_json_string (number->body, "fis_number");
  g_autoptr (GBytes)     pdf = NULL;
  g_autofree char       *pdf_name = NULL;
  g_autofree char       *json_name = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (JsonObject) note = NULL;
  g_autoptr (VvRecord)   record = NULL;

  if (form == NULL)
    return TRUE;
  body = body_of (session, form, fis_number, &pdf, error);
  record = body != NULL ? vv_vault_append (session->vault, form->kind, session->request, /* previous= */ 0, body, error) : NULL;
  if (record == NULL)
    return FALSE;
  pdf_name = g_strdup_printf ("FIS %s %s.pdf", fis_number, form->name);
  json_name = g_strdup_printf ("FIS %s %s.json", fis_number, form->name);
  note = note_about (session, form, fis_number, vv_json_string (body, "document"));
  /* The folder in ECMS is named after the number, which is a record since a moment ago. */
  g_ptr_array_add (session->records, vv_record_ref (number));
  return _vv_desk_queue (session, pdf, pdf_name, "application/pdf", error) && _vv_desk_queue_note (session, note, json_name, error);
}
