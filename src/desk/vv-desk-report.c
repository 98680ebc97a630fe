// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-blocks.h"
#include "vv-characteristics.h"
#include "vv-desk-bundle-private.h"
#include "vv-desk-forms-private.h"
#include "vv-desk-private.h"
#include "vv-finding.h"
#include "vv-hash.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-notice.h"
#include "vv-report.h"
#include "vv-time.h"
#include "vv-use.h"

/* --- What the report says ----------------------------------------------------------------------------------------------- */

/* Taken from the records, once, and kept in the report's own record; in English whatever the desk's language, so that the
 * same records give the same bytes. */

static JsonArray *
texts (const char *const *list)
{
  JsonArray *all = json_array_new ();

  for (; *list != NULL; list++)
    json_array_add_string_element (all, *list);
  return all;
}

static void
add_person (VvSession *session, JsonArray *people, VvRecord *record, const char *role, const char *act)
{
  g_autofree char *name = record != NULL ? _vv_desk_name_of (session, record->author) : NULL;

  if (record != NULL)
    json_array_add_object_element (people, vv_json_new ("role", "s", role, "name", "s", name, "account", "s", record->author,
                                                        "when", "s", record->made_at, "act", "s", act, NULL));
}

/* The record of @kind about @candidate by who proposed it: others may have compared it before the request changed hands. */
static VvRecord *
work_on (VvSession *session, const char *kind, const char *candidate)
{
  VvRecord *proposal = candidate != NULL ? vv_case_current (session->kase, VV_KIND_PROPOSAL, candidate, NULL) : NULL;

  return vv_case_current (session->kase, kind, candidate, proposal != NULL ? proposal->author : NULL);
}

/* @candidate: (nullable) whom the report is about. */
static JsonArray *
people_facts (VvSession *session, const char *candidate)
{
  VvCase               *kase = session->kase;
  g_autoptr (GPtrArray) reviews = vv_case_reviews (kase, candidate);
  JsonArray            *people = json_array_new ();

  add_person (session, people, vv_case_current (kase, VV_KIND_USE_CONFIRMATION, NULL, NULL), "Examiner", "Authorised use confirmed");
  add_person (session, people, vv_case_current (kase, VV_KIND_PROBE_ANALYSIS, NULL, NULL), "Examiner", "Probe image analysed");
  add_person (session, people, vv_case_current (kase, VV_KIND_SEARCH, NULL, NULL), "Examiner", "Search");
  add_person (session, people, work_on (session, VV_KIND_EARLY_VIEW, candidate), "Examiner", "Identity shown before the comparison");
  add_person (session, people, work_on (session, VV_KIND_COMPARISON, candidate), "Examiner", "Visual comparison");
  add_person (session, people, work_on (session, VV_KIND_BACKGROUND, candidate), "Examiner", "Background check");
  for (guint i = 0; i < reviews->len; i++)
    add_person (session, people, g_ptr_array_index (reviews, i), "Peer reviewer", "Peer review");
  add_person (session, people, candidate != NULL ? vv_case_decision (kase, candidate) : vv_case_current (kase, VV_KIND_SIGN_OFF, NULL, NULL),
              "Supervisor", "Final review");
  add_person (session, people, vv_case_current (kase, VV_KIND_DIRECTION, NULL, NULL), "Supervisor", "Report directed");
  return people;
}

JsonObject *
_vv_desk_approval_facts (VvSession *session)
{
  VvRecord *approval = vv_case_current (session->kase, VV_KIND_OUTSIDE_APPROVAL, NULL, NULL);

  return approval == NULL ? NULL
                          : vv_json_new ("approver", "s",
                                         g_strcmp0 (vv_json_string (approval->body, "approver"), "chief-of-detectives") == 0 ? "Chief of Detectives" : "Deputy Commissioner, Intelligence and Counterterrorism",
                                         "name", "s", vv_json_string (approval->body, "approver_name"),
                                         "date", "s", vv_json_string (approval->body, "date"),
                                         "reason", "s", vv_json_string (approval->body, "reason"),
                                         "scope", "s", vv_json_string (approval->body, "scope"), NULL);
}

static JsonObject *
search_facts (VvSession *session)
{
  VvRecord *search = vv_case_current (session->kase, VV_KIND_SEARCH, NULL, NULL);

  return search == NULL ? NULL
                        : vv_json_new ("when", "s", search->made_at,
                                       "gallery_size", "i", vv_json_int (search->body, "gallery_size"),
                                       "pool_length", "i", vv_json_int (search->body, "pool_length"),
                                       "recogniser", "s", vv_json_string (search->body, "recogniser"),
                                       "detector", "s", vv_json_string (search->body, "detector"),
                                       "manifest", "s", vv_json_string (search->body, "manifest"),
                                       "outside", "b", json_object_has_member (search->body, "approval"), NULL);
}

static JsonArray *
copy_array (JsonArray *array)
{
  g_autoptr (JsonObject) holder = array != NULL ? vv_json_new ("a", "a", json_array_ref (array), NULL) : json_object_new ();
  g_autoptr (JsonObject) copy = vv_json_copy (holder);

  return array != NULL ? json_array_ref (vv_json_array (copy, "a")) : NULL;
}

/* "Explained by: light. Seen in the probe: partly, in the candidate: clear. Stable. The note." */
static char *
characteristic_note (JsonObject *said)
{
  const char *explanation = vv_json_string (said, "explanation");
  const char *probe = vv_json_string (said, "probe");
  const char *candidate = vv_json_string (said, "candidate");
  const char *note = vv_json_string (said, "note");
  GString    *text = g_string_new (NULL);

  if (g_strcmp0 (explanation, "unexplained") == 0)
    g_string_append (text, "Unexplained. ");
  else if (explanation != NULL)
    g_string_append_printf (text, "May be explained by: %s. ", vv_explanation_title (explanation));
  if (probe != NULL)
    g_string_append_printf (text, "Probe: %s. ", vv_visibility_title (probe));
  if (candidate != NULL)
    g_string_append_printf (text, "Candidate: %s. ", vv_visibility_title (candidate));
  if (vv_json_string (said, "stability") != NULL)
    g_string_append_printf (text, "%s. ", vv_stability_title (vv_json_string (said, "stability")));
  return g_strchomp (g_string_free (g_string_append (text, note != NULL ? note : ""), FALSE));
}

/* A row for each characteristic of @block that was answered, below that of the block. */
static void
add_characteristics (JsonArray *rows, JsonObject *characteristics, const char *block)
{
  for (const VvCharacteristic *one = vv_characteristic_all (); characteristics != NULL && one->name != NULL; one++)
    {
      JsonObject      *said = vv_json_object (characteristics, one->name);
      g_autofree char *title = g_strdup_printf ("– %s", one->title);
      g_autofree char *note = said != NULL ? characteristic_note (said) : NULL;

      if (said != NULL && strcmp (one->block, block) == 0)
        json_array_add_object_element (rows,
                                       vv_json_new ("title", "s", title, "answer", "s", vv_characteristic_answer_title (vv_json_string (said, "answer")), "note", "s", note, NULL));
    }
}

/* Titles of the differences that nothing explains, each with its note. */
static JsonArray *
unexplained (JsonObject *comparison)
{
  g_autoptr (GPtrArray) names = vv_characteristics_unexplained (comparison);
  JsonArray            *all = json_array_new ();

  for (guint i = 0; i < names->len; i++)
    {
      const char      *name = g_ptr_array_index (names, i);
      const char      *title = vv_characteristic_find (name)->title;
      const char      *note = vv_json_string (vv_json_object (vv_json_object (comparison, "characteristics"), name), "note");
      g_autofree char *text = note != NULL ? g_strdup_printf ("%s: %s", title, note) : g_strdup (title);

      json_array_add_string_element (all, text);
    }
  return all;
}

/* What was marked on both pictures. */
static JsonArray *
marked (JsonObject *comparison)
{
  JsonArray *findings = vv_json_array (comparison, "findings");
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < vv_json_length (findings); i++)
    {
      JsonObject *finding = vv_json_element (findings, i);
      JsonObject *facts = vv_json_new ("title", "s", vv_finding_title (finding), "text", "s", vv_json_string (finding, "text"),
                                       "unseen", "s", vv_json_string (finding, "unseen"), NULL);

      if (vv_json_string (finding, "answer") != NULL)
        json_object_set_string_member (facts, "answer", vv_characteristic_answer_title (vv_json_string (finding, "answer")));
      for (gsize side = 0; vv_finding_sides ()[side] != NULL; side++)
        if (vv_json_object (finding, vv_finding_sides ()[side]) != NULL)
          json_object_set_object_member (facts, vv_finding_sides ()[side],
                                         vv_json_copy (vv_json_object (finding, vv_finding_sides ()[side])));
      json_array_add_object_element (all, facts);
    }
  return all;
}

static JsonObject *
finding_facts (VvSession *session, const char *candidate)
{
  VvRecord   *comparison = work_on (session, VV_KIND_COMPARISON, candidate);
  JsonObject *answers;
  JsonArray  *blocks;

  if (comparison == NULL)
    return NULL;
  answers = vv_json_object (comparison->body, "blocks");
  blocks = json_array_new ();
  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    {
      JsonObject *answer = vv_json_object (answers, block->name);

      json_array_add_object_element (blocks,
                                     vv_json_new ("title", "s", block->title, "answer", "s", vv_block_answer_title (vv_json_string (answer, "answer")), "note", "s", vv_json_string (answer, "note"), NULL));
      add_characteristics (blocks, vv_json_object (comparison->body, "characteristics"), block->name);
    }
  return vv_json_new ("similarities", "a", copy_array (vv_json_array (comparison->body, "similarities")),
                      "differences", "a", copy_array (vv_json_array (comparison->body, "differences")),
                      "unexplained", "a", unexplained (comparison->body),
                      "blocks", "a", blocks,
                      "marked", "a", marked (comparison->body),
                      "conclusion", "s", vv_conclusion_title (vv_json_string (comparison->body, "conclusion")), NULL);
}

static JsonObject *
background_facts (VvSession *session, const char *candidate)
{
  VvRecord *background = work_on (session, VV_KIND_BACKGROUND, candidate);

  return background == NULL ? NULL
                            : vv_json_new ("sources", "a", copy_array (vv_json_array (background->body, "sources")),
                                           "fit", "s", vv_json_string (background->body, "fit"),
                                           "reliability", "s", vv_json_string (background->body, "reliability"), NULL);
}

/* A picture by reference; _vv_desk_lay_out() fetches it. */
static JsonObject *
picture_facts (const char *source, gint64 id, const char *sha256, const char *label, const char *caption, JsonObject *face)
{
  return vv_json_new (source, "i", id, "sha256", "s", sha256, "label", "s", label, "caption", "s", caption,
                      "face", "o", face != NULL ? vv_json_copy (face) : NULL, NULL);
}

static JsonObject *
probe_picture (VvSession *session)
{
  VvRecord        *probe = vv_case_current (session->kase, VV_KIND_PROBE, NULL, NULL);
  VvRecord        *media = _vv_desk_record (session, vv_json_int (probe->body, "media"), VV_KIND_MEDIA, /* error= */ NULL);
  g_autofree char *caption = g_strdup_printf ("%s. SHA-256 %s.", vv_json_string (media->body, "name"),
                                              vv_json_string (media->body, "sha256"));

  return picture_facts ("media", media->id, vv_json_string (media->body, "sha256"), "Probe image", caption,
                        vv_json_object (probe->body, "face"));
}

/* The image that was searched, where it is a derived one: beside the image as it came, never in its place. */
static void
add_derived (VvSession *session, JsonArray *pictures)
{
  VvRecord        *probe = vv_case_current (session->kase, VV_KIND_PROBE, NULL, NULL);
  JsonObject      *derived = vv_json_object (probe->body, "derived");
  g_autofree char *caption = NULL;

  if (derived == NULL)
    return;
  caption = g_strdup_printf ("Adjusted for the search on %s: %s SHA-256 of the kept copy %s.", probe->made_at,
                             vv_json_string (derived, "description"), vv_json_string (derived, "sha256"));
  json_array_add_object_element (pictures, picture_facts ("media", vv_json_int (probe->body, "media"), vv_json_string (derived, "sha256"),
                                                          "Probe image as searched", caption, vv_json_object (derived, "face")));
}

/* Adds the candidate and its photograph. */
static gboolean
add_candidate (VvSession *session, JsonObject *facts, JsonArray *pictures, const char *candidate, GError **error)
{
  JsonObject            *row = _vv_desk_pool_row (session, candidate, error);
  g_autoptr (JsonObject) photograph = row != NULL ? _vv_desk_candidate (session, row, error) : NULL;
  g_autofree char       *caption = NULL;
  const char            *kept_as;

  if (photograph == NULL)
    return FALSE;
  json_object_set_object_member (facts, "candidate",
                                 vv_json_new ("person", "s", vv_json_string (photograph, "person"), "reference", "s", vv_json_string (photograph, "reference"), "class", "s", vv_json_string (photograph, "class"), "taken", "s", vv_json_string (photograph, "taken"), NULL));
  caption = g_strdup_printf ("Reference %s. SHA-256 %s.", vv_json_string (photograph, "reference"), vv_json_string (row, "sha256"));
  kept_as = json_object_has_member (row, "outside") ? "media" : "photograph";
  json_array_add_object_element (pictures, picture_facts (kept_as, _vv_desk_candidate_id (row), vv_json_string (row, "sha256"),
                                                          "Possible match candidate", caption,
                                                          vv_json_object (photograph, "face")));
  return TRUE;
}

/* Why there is no candidate to report; that one was proposed and not approved stays in the record of the case. */
static const char *
cause_of (VvSession *session)
{
  VvRecord *search = vv_case_current (session->kase, VV_KIND_SEARCH, NULL, NULL);

  if (vv_case_proposed (session->kase) != NULL)
    return "No possible match candidate was approved on final review.";
  return search != NULL && json_object_has_member (search->body, "approval")
           ? "No possible match candidate was found among the images outside the photo repository."
           : "No possible match candidate was found in the photo repository.";
}

static JsonObject *
case_facts (VvSession *session, const char *recipient, const char *candidate, const char *audit_head)
{
  VvRecord        *first = g_ptr_array_index (session->records, 0);
  JsonObject      *use = vv_json_object (first->body, "use");
  JsonObject      *requester = vv_json_object (first->body, "requester");
  JsonObject      *about = session->desk->about;
  g_autofree char *now = vv_time_now ();
  g_autofree char *sentence = vv_use_for_people (use);
  g_autofree char *asked_by = g_strdup_printf ("%s, %s", vv_json_string (requester, "name"), vv_json_string (requester, "command"));

  return vv_json_new ("fis_number", "s", vv_case_fis_number (session->kase),
                      "case_number", "s", vv_json_string (first->body, "case_number"),
                      "complaint_number", "s", vv_json_string (first->body, "complaint_number"),
                      "agency", "s", vv_json_string (about, "agency"),
                      "station", "s", vv_json_string (about, "station"),
                      "requester", "s", asked_by,
                      "recipient", "s", recipient,
                      "use", "s", sentence,
                      "reason", "s", vv_json_string (use, "basis"),
                      "summary", "s", vv_json_string (first->body, "summary"),
                      "subject_role", "s", vv_json_string (first->body, "subject_role"),
                      "issued_at", "s", now,
                      "policy", "o", _vv_desk_policy_facts (session),
                      "notices", "a", texts (vv_notice_report ()),
                      "notice_version", "i", (gint64) VV_NOTICE_VERSION,
                      "audit_head", "s", audit_head,
                      "training", "b", vv_json_bool (about, "training"),
                      "people", "a", people_facts (session, candidate),
                      "outside_approval", "o", _vv_desk_approval_facts (session),
                      "search", "o", search_facts (session),
                      NULL);
}

/* By them and the audit head a records bundle is checked against this paper. */
static gboolean
add_keys (VvSession *session, JsonObject *facts, GError **error)
{
  JsonArray *keys = _vv_desk_keys (session, /* rows= */ NULL, error);

  for (guint i = 0; i < vv_json_length (keys); i++)
    json_object_remove_member (vv_json_element (keys, i), "pem");
  if (keys != NULL)
    json_object_set_array_member (facts, "keys", keys);
  return keys != NULL;
}

JsonObject *
_vv_desk_case_facts (VvSession *session, const char *recipient, const char *candidate, GError **error)
{
  g_autofree char       *head = vv_vault_audit_head (session->vault, error);
  g_autoptr (JsonObject) facts = head != NULL ? case_facts (session, recipient, candidate, head) : NULL;

  return facts != NULL && add_keys (session, facts, error) ? g_steal_pointer (&facts) : NULL;
}

JsonObject *
_vv_desk_report_facts (VvSession *session, const char *form, const char *recipient, const char *candidate, GError **error)
{
  g_autoptr (JsonObject) facts = _vv_desk_case_facts (session, recipient, candidate, error);
  JsonArray             *pictures;

  if (facts == NULL)
    return NULL;
  pictures = json_array_new ();
  json_object_set_array_member (facts, "pictures", pictures);
  json_array_add_object_element (pictures, probe_picture (session));
  if (strcmp (form, "no-match") == 0)
    {
      json_object_set_string_member (facts, "cause", cause_of (session));
      add_derived (session, pictures);
      return g_steal_pointer (&facts);
    }
  if (!vv_case_is_possible_match_candidate (session->kase, candidate))
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND,
                           _ ("There is no possible match candidate: search, comparison, background check and approval make one."));
      return NULL;
    }
  json_object_set_object_member (facts, "findings", finding_facts (session, candidate));
  json_object_set_object_member (facts, "background", background_facts (session, candidate));
  if (!add_candidate (session, facts, pictures, candidate, error))
    return NULL;
  add_derived (session, pictures);
  return g_steal_pointer (&facts);
}

/* --- Laying it out ---------------------------------------------------------------------------------------------------------- */

static VvReportPicture *
fetch_picture (VvSession *session, JsonObject *facts, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes)    file = NULL;
  g_autoptr (VvPicture) picture = NULL;
  JsonArray            *marks = vv_json_array (facts, "marks");
  VvReportPicture      *shown;
  VvFace                face = { 0 };
  gboolean              has_face;

  if (json_object_has_member (facts, "media"))
    picture = _vv_desk_decode_media (session, vv_json_string (facts, "sha256"), &file, cancellable, error);
  else
    picture = _vv_desk_decode_photograph (session, vv_json_int (facts, "photograph"), &file, cancellable, error);
  if (picture == NULL)
    return NULL;
  has_face = vv_json_face_read (vv_json_object (facts, "face"), &face);
  shown = vv_report_picture_new (file, picture, vv_json_string (facts, "label"), vv_json_string (facts, "caption"), &face.box);
  if (has_face)
    vv_report_picture_set_eyes (shown, face.five[0], face.five[1]);
  for (guint i = 0; i < vv_json_length (marks); i++)
    {
      JsonObject *mark = vv_json_element (marks, i);
      VvBox       place = { (float) vv_json_double (mark, "x"), (float) vv_json_double (mark, "y"),
                            (float) vv_json_double (mark, "width"), (float) vv_json_double (mark, "height") };

      vv_report_picture_add_mark (shown, &place);
    }
  return shown;
}

VvReport *
_vv_desk_lay_out (VvSession *session, const char *form, JsonObject *facts, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_report_picture_free);
  JsonArray            *wanted = vv_json_array (facts, "pictures");

  for (guint i = 0; i < vv_json_length (wanted); i++)
    {
      VvReportPicture *picture = fetch_picture (session, vv_json_element (wanted, i), cancellable, error);

      if (picture == NULL)
        return NULL;
      g_ptr_array_add (pictures, picture);
    }
  return vv_report_new (form, facts, pictures, error);
}

/* --- Step 13 ------------------------------------------------------------------------------------------------------------------ */

static const char *
form_title (const char *form)
{
  return strcmp (form, "possible-match") == 0 ? "Possible Match Report" : "No Match Report";
}

/* The manifest travels beside the report, so that any transport carries what it is about. */
static gboolean
queue_manifest (VvSession *session, VvRecord *record, const char *name, GError **error)
{
  JsonObject            *facts = vv_json_object (record->body, "facts");
  g_autoptr (JsonObject) manifest = vv_json_new ("document", "s", "report",
                                                 "form", "s", vv_json_string (record->body, "form"),
                                                 "record", "i", record->id,
                                                 "record_hash", "s", record->hash,
                                                 "fis_number", "s", vv_json_string (facts, "fis_number"),
                                                 "case_number", "s", vv_json_string (facts, "case_number"),
                                                 "complaint_number", "s", vv_json_string (facts, "complaint_number"),
                                                 "recipient", "s", vv_json_string (record->body, "recipient"),
                                                 "sha256", "s", vv_json_string (record->body, "document"),
                                                 "issued_at", "s", vv_json_string (facts, "issued_at"),
                                                 "audit_head", "s", vv_json_string (facts, "audit_head"),
                                                 NULL);
  g_autofree char       *text = vv_json_canonical (manifest);
  g_autoptr (GBytes)     document = g_bytes_new (text, strlen (text));

  return _vv_desk_queue (session, document, name, "application/json", error);
}

static gboolean
queue_report (VvSession *session, VvRecord *record, gpointer pdf, GError **error)
{
  const char           *title = form_title (vv_json_string (record->body, "form"));
  const char           *number = vv_case_fis_number (session->kase);
  g_autoptr (GPtrArray) approved = vv_case_approved (session->kase);
  /* One file for each, when there are several. */
  g_autofree char *which = approved->len > 1 ? g_strconcat (" ", vv_json_string (record->body, "candidate"), NULL) : g_strdup ("");
  g_autofree char *pdf_name = g_strdup_printf ("FIS %s %s%s.pdf", number, title, which);
  g_autofree char *json_name = g_strdup_printf ("FIS %s %s%s.json", number, title, which);

  return _vv_desk_queue (session, pdf, pdf_name, "application/pdf", error) && queue_manifest (session, record, json_name, error);
}

JsonObject *
vv_desk_report (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  VvRecord              *direction;
  g_autofree char       *form = NULL;
  g_autofree char       *candidate = NULL;
  g_autofree char       *sha256 = NULL;
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (VvReport)   report = NULL;
  g_autoptr (GBytes)     pdf = NULL;
  g_autoptr (JsonObject) body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_REPORT), request, &session, error))
    return NULL;
  if (!vv_case_may (session.kase, VV_ACT_REPORT, &session.actor, NULL, error))
    return _vv_desk_leave_refused (&session, error);
  direction = vv_case_current (session.kase, VV_KIND_DIRECTION, NULL, NULL);
  form = g_strdup (vv_json_string (direction->body, "report"));
  if (strcmp (form, "possible-match") == 0)
    candidate = g_strdup (vv_case_next_report (session.kase));
  facts = _vv_desk_report_facts (&session, form, vv_json_string (direction->body, "recipient"), candidate, error);
  report = facts != NULL ? _vv_desk_lay_out (&session, form, facts, cancellable, error) : NULL;
  pdf = report != NULL ? vv_report_to_pdf (report, error) : NULL;
  if (pdf == NULL)
    return _vv_desk_leave_refused (&session, error);
  sha256 = vv_hash_bytes (pdf);
  body = vv_json_new ("form", "s", form,
                      "candidate", "s", candidate,
                      "document", "s", sha256,
                      "recipient", "s", vv_json_string (facts, "recipient"),
                      "facts", "o", json_object_ref (facts),
                      NULL);
  return _vv_desk_write (&session, VV_ACT_REPORT, VV_KIND_REPORT, body, queue_report, pdf, error);
}
