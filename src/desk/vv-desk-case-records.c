// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <string.h>

#include "vv-characteristics.h"
#include "vv-desk-bundle-private.h"
#include "vv-finding.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-notice.h"
#include "vv-time.h"
#include "vv-use.h"

/* What the case cover and records sheet says; in English whatever the desk's language, as all forms. */

static const struct
{
  const char *kind, *role, *act;
} acts[] = {
  { VV_KIND_REQUEST, "Section", "Request received" },
  { VV_KIND_NUMBER, "Supervisor", "FIS number given" },
  { VV_KIND_ASSIGNMENT, "Supervisor", "Examiner assigned" },
  { VV_KIND_USE_CONFIRMATION, "Examiner", "Authorized use reviewed" },
  { VV_KIND_PROBE, "Examiner", "Probe image selected" },
  { VV_KIND_PROBE_ANALYSIS, "Examiner", "Probe image analysed" },
  { VV_KIND_SEARCH, "Examiner", "Search" },
  { VV_KIND_EARLY_VIEW, "Examiner", "Identity of a candidate shown before its comparison" },
  { VV_KIND_COMPARISON, "Examiner", "Visual comparison" },
  { VV_KIND_BACKGROUND, "Examiner", "Background check" },
  { VV_KIND_NONE, "Examiner", "No candidate found" },
  { VV_KIND_PROPOSAL, "Examiner", "Candidate proposed" },
  { VV_KIND_PEER_REVIEW, "Peer reviewer", "Peer review" },
  { VV_KIND_SIGN_OFF, "Supervisor", "Final review" },
  { VV_KIND_DIRECTION, "Supervisor", "Report directed" },
  { VV_KIND_REPORT, "Examiner", "Report prepared" },
};

static VvRecord *
record_at (VvSession *session, guint i)
{
  return g_ptr_array_index (session->records, i);
}

static guint
count (VvSession *session, const char *kind)
{
  guint n = 0;

  for (guint i = 0; i < session->records->len; i++)
    n += strcmp (record_at (session, i)->kind, kind) == 0 ? 1 : 0;
  return n;
}

/* The newest of a kind, whether or not it still counts: the sheet tells what was done. */
static VvRecord *
newest (VvSession *session, const char *kind)
{
  for (guint i = session->records->len; i-- > 0;)
    if (strcmp (record_at (session, i)->kind, kind) == 0)
      return record_at (session, i);
  return NULL;
}

static JsonArray *
people (VvSession *session)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (acts); k++)
      {
        VvRecord        *record = record_at (session, i);
        g_autofree char *name = NULL;

        if (strcmp (record->kind, acts[k].kind) != 0)
          continue;
        name = _vv_desk_name_of (session, record->author);
        json_array_add_object_element (all, vv_json_new ("role", "s", acts[k].role, "name", "s", name, "account", "s", record->author,
                                                         "when", "s", record->made_at, "act", "s", acts[k].act, NULL));
      }
  return all;
}

/* Positive, negative, declined or not ended: from the records alone. */
static const char *
outcome (VvSession *session)
{
  VvRecord *report = newest (session, VV_KIND_REPORT);
  VvRecord *use = newest (session, VV_KIND_USE_CONFIRMATION);

  if (report != NULL && strcmp (vv_json_string (report->body, "form"), "possible-match") == 0)
    return "Positive: a possible match candidate was reported.";
  if (report != NULL)
    return "Negative: no possible match candidate was reported.";
  if (use != NULL && strcmp (vv_json_string (use->body, "decision"), "declined") == 0)
    return "Declined: the request does not comply with an authorized use.";
  if (newest (session, VV_KIND_CLOSURE) != NULL)
    return "Closed without a report.";
  if (newest (session, VV_KIND_REJECTION) != NULL && newest (session, VV_KIND_PROBE) == NULL)
    return "Rejected: no submitted image is suitable so far.";
  return "Not ended: no report was made so far.";
}

static void
add_count (JsonArray *results, VvSession *session, const char *kind, const char *one, const char *many)
{
  guint            n = count (session, kind);
  g_autofree char *text = n == 1 ? g_strdup_printf ("1 %s", one) : g_strdup_printf ("%u %s", n, many);

  if (n > 0)
    json_array_add_string_element (results, text);
}

static void
add_reason (JsonArray *results, VvSession *session, const char *kind, const char *member, const char *title)
{
  VvRecord        *record = newest (session, kind);
  const char      *reason = record != NULL ? vv_json_string (record->body, member) : NULL;
  g_autofree char *text = reason != NULL ? g_strdup_printf ("%s: %s", title, reason) : NULL;

  if (text != NULL)
    json_array_add_string_element (results, text);
}

static JsonArray *
results (VvSession *session)
{
  JsonArray *all = json_array_new ();

  add_reason (all, session, VV_KIND_USE_CONFIRMATION, "reason", "Review of the authorized use");
  add_count (all, session, VV_KIND_REJECTION, "image rejection report.", "image rejection reports.");
  add_reason (all, session, VV_KIND_PROBE_ANALYSIS, "summary", "What the probe image shows");
  add_count (all, session, VV_KIND_SEARCH, "search of the photo repository.", "searches of the photo repository.");
  add_count (all, session, VV_KIND_EARLY_VIEW, "time the identity of a candidate was shown before its comparison.",
             "times the identity of a candidate was shown before its comparison.");
  add_count (all, session, VV_KIND_COMPARISON, "visual comparison by the examiner.", "visual comparisons by the examiner.");
  add_count (all, session, VV_KIND_BACKGROUND, "background check.", "background checks.");
  add_reason (all, session, VV_KIND_NONE, "statement", "No candidate found");
  add_count (all, session, VV_KIND_PEER_REVIEW, "peer review.", "peer reviews.");
  add_reason (all, session, VV_KIND_SIGN_OFF, "reasons", "Final review by the supervisor");
  add_reason (all, session, VV_KIND_CLOSURE, "reason", "Closed");
  add_count (all, session, VV_KIND_REPORT, "report was prepared.", "reports were prepared.");
  if (vv_json_length (all) == 0)
    json_array_add_string_element (all, "Nothing was decided so far.");
  return all;
}

/* "1 Tip of the nose: Similar. Round. 2 Scars: ..." */
static char *
findings_text (JsonArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < vv_json_length (findings); i++)
    {
      JsonObject *finding = vv_json_element (findings, i);
      const char *answer = vv_json_string (finding, "answer");
      const char *unseen = vv_json_string (finding, "unseen");

      g_string_append_printf (text, "%s%u %s", i > 0 ? "\n" : "", i + 1, vv_finding_title (finding));
      g_string_append_printf (text, "%s%s", answer != NULL ? ": " : "", vv_characteristic_answer_title (answer));
      g_string_append_printf (text, ". %s", vv_json_string (finding, "text"));
      if (unseen != NULL)
        g_string_append_printf (text, " (not visible in the %s)", unseen);
    }
  return g_string_free (text, FALSE);
}

/* What everybody marked on the pictures, in words: photographs of persons who were not reported leave the desk nowhere, not in parts
 * either. Those of the reported candidate are in the report, which goes along. */
static JsonArray *
details (VvSession *session)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord        *record = record_at (session, i);
      JsonObject      *nested = vv_json_object (record->body, "comparison");
      JsonArray       *findings = vv_json_array (nested != NULL ? nested : record->body, "findings");
      g_autofree char *name = NULL, *title = NULL, *text = NULL;

      if (vv_json_length (findings) == 0)
        continue;
      name = _vv_desk_name_of (session, record->author);
      title = g_strdup_printf ("Candidate %s, marked by %s, record %" G_GINT64_FORMAT, vv_json_string (record->body, "candidate"), name,
                               record->id);
      text = findings_text (findings);
      json_array_add_object_element (all, vv_json_new ("title", "s", title, "value", "s", text, NULL));
    }
  return all;
}

static JsonArray *
searches (VvSession *session)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord        *record = record_at (session, i);
      g_autofree char *name = NULL;

      if (strcmp (record->kind, VV_KIND_SEARCH) != 0)
        continue;
      name = _vv_desk_name_of (session, record->author);
      json_array_add_object_element (all, vv_json_new ("when", "s", record->made_at, "operator", "s", name,
                                                       "gallery_size", "i", vv_json_int (record->body, "gallery_size"),
                                                       "pool_length", "i", vv_json_int (record->body, "pool_length"),
                                                       "recogniser", "s", vv_json_string (record->body, "recogniser"),
                                                       "probe", "s", vv_json_string (record->body, "probe_sha256"),
                                                       "manifest", "s", vv_json_string (record->body, "manifest"),
                                                       "outside", "b", json_object_has_member (record->body, "approval"), NULL));
    }
  return all;
}

/* "Use confirmation" for "use-confirmation". */
static char *
kind_title (const char *kind)
{
  char *title = g_strdup (kind);

  title[0] = g_ascii_toupper (title[0]);
  return g_strdelimit (title, "-", ' ');
}

static JsonArray *
record_list (VvSession *session)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord        *record = record_at (session, i);
      g_autofree char *kind = kind_title (record->kind);

      json_array_add_object_element (all, vv_json_new ("id", "i", record->id, "kind", "s", kind, "author", "s", record->author,
                                                       "when", "s", record->made_at, "hash", "s", record->hash, NULL));
    }
  return all;
}

static VvRecord *
receipt_of (VvSession *session, const char *document)
{
  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = record_at (session, i);

      if (strcmp (record->kind, VV_KIND_RECEIPT) == 0 && g_strcmp0 (vv_json_string (record->body, "document"), document) == 0)
        return record;
    }
  return NULL;
}

/* What was submitted, then what went to ECMS with its receipt. */
static JsonArray *
documents (VvSession *session, GError **error)
{
  g_autoptr (JsonArray) outbox = vv_vault_outbox (session->vault, /* state= */ NULL, error);
  JsonArray            *all;

  if (outbox == NULL)
    return NULL;
  all = json_array_new ();
  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = record_at (session, i);

      if (strcmp (record->kind, VV_KIND_MEDIA) == 0 || strcmp (record->kind, VV_KIND_EXHIBIT) == 0)
        json_array_add_object_element (all, vv_json_new ("name", "s", vv_json_string (record->body, "name"), "sha256", "s",
                                                         vv_json_string (record->body,
                                                                         "sha256"),
                                                         "state", "s", "Submitted with the request", NULL));
    }
  for (guint i = 0; i < vv_json_length (outbox); i++)
    {
      JsonObject *entry = vv_json_element (outbox, i);
      const char *document = vv_json_string (entry, "document");
      VvRecord   *receipt = receipt_of (session, document);

      if (vv_json_int (entry, "request") == session->request)
        json_array_add_object_element (all, vv_json_new ("name", "s", vv_json_string (entry, "name"), "sha256", "s", document,
                                                         "state", "s", "Not acknowledged so far",
                                                         "acknowledged_at", "s", receipt != NULL ? vv_json_string (receipt->body, "acknowledged_at") : NULL,
                                                         "location", "s", receipt != NULL ? vv_json_string (receipt->body, "location") : NULL, NULL));
    }
  return all;
}

static JsonArray *
notices (void)
{
  JsonArray *all = json_array_new ();

  for (const char *const *text = vv_notice_report (); *text != NULL; text++)
    json_array_add_string_element (all, *text);
  return all;
}

JsonObject *
_vv_desk_policy_facts (VvSession *session)
{
  JsonObject *rules = vv_rules_policy (session->desk->rules);
  const char *revision = vv_json_string (rules, "revision");

  return vv_json_new ("procedure", "s", vv_json_string (rules, "procedure"),
                      "version", "s", revision != NULL ? revision : vv_json_string (rules, "issued"),
                      "effective", "s", vv_json_string (rules, "effective"),
                      "rules_hash", "s", vv_json_string (rules, "rules_hash"), NULL);
}

JsonObject *
_vv_desk_case_record_facts (VvSession *session, JsonArray *keys, const char *audit_head, GError **error)
{
  VvRecord        *first = record_at (session, 0);
  JsonObject      *use = vv_json_object (first->body, "use");
  JsonObject      *requester = vv_json_object (first->body, "requester");
  g_autofree char *now = vv_time_now ();
  g_autofree char *sentence = vv_use_for_people (use);
  g_autofree char *asked_by = g_strdup_printf ("%s, %s", vv_json_string (requester, "name"), vv_json_string (requester, "command"));
  JsonArray       *listed = documents (session, error);

  if (listed == NULL)
    return NULL;
  return vv_json_new ("fis_number", "s", vv_case_fis_number (session->kase),
                      "case_number", "s", vv_json_string (first->body, "case_number"),
                      "complaint_number", "s", vv_json_string (first->body, "complaint_number"),
                      "agency", "s", vv_json_string (session->desk->about, "agency"),
                      "station", "s", vv_json_string (session->desk->about, "station"),
                      "training", "b", vv_json_bool (session->desk->about, "training"),
                      "requester", "s", asked_by,
                      "use", "s", sentence,
                      "reason", "s", vv_json_string (use, "basis"),
                      "summary", "s", vv_json_string (first->body, "summary"),
                      "subject_role", "s", vv_json_string (first->body, "subject_role"),
                      "issued_at", "s", now,
                      "policy", "o", _vv_desk_policy_facts (session),
                      "notices", "a", notices (),
                      "notice_version", "i", (gint64) VV_NOTICE_VERSION,
                      "audit_head", "s", audit_head,
                      "outside_approval", "o", _vv_desk_approval_facts (session),
                      "outcome", "s", outcome (session),
                      "results", "a", results (session),
                      "details", "a", details (session),
                      "searches", "a", searches (session),
                      "people", "a", people (session),
                      "records", "a", record_list (session),
                      "documents", "a", listed,
                      "keys", "a", json_array_ref (keys), NULL);
}
