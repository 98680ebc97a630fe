// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <string.h>

#include "vv-desk-bundle-private.h"
#include "vv-desk-forms-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-time.h"
#include "vv-use.h"

/* The FIS Request DD5 that the section makes for those without ECMS; in English whatever the desk's language,
 * as all forms. */

static const char *
channel_in_words (const char *channel)
{
  return strcmp (channel, "phone") == 0 ? "By telephone" : strcmp (channel, "email") == 0 ? "By e-mail"
                                                                                          : "Through ECMS";
}

static JsonObject *
medium (VvRecord *record)
{
  gint64           width = vv_json_int (record->body, "width"), height = vv_json_int (record->body, "height");
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT " x %" G_GINT64_FORMAT " pixels", width, height);

  return vv_json_new ("name", "s", vv_json_string (record->body, "name"),
                      "sha256", "s", vv_json_string (record->body, "sha256"),
                      "kind", "s", "Image",
                      "size", "s", size,
                      "source", "s", vv_json_string (record->body, "source"),
                      "source_detail", "s", vv_json_string (record->body, "source_detail"),
                      "obtained_by", "s", vv_json_string (record->body, "obtained_by"),
                      "obtained_at", "s", vv_json_string (record->body, "obtained_at"),
                      "site_link", "s", vv_json_string (record->body, "site_link"),
                      "captured_at", "s", vv_json_string (record->body, "captured_at"), NULL);
}

static JsonArray *
media (VvSession *session)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (strcmp (record->kind, VV_KIND_MEDIA) == 0)
        json_array_add_object_element (all, medium (record));
    }
  return all;
}

static JsonObject *
facts_of (VvSession *session, const char *fis_number, const char *audit_head)
{
  VvRecord        *first = g_ptr_array_index (session->records, 0);
  JsonObject      *use = vv_json_object (first->body, "use");
  JsonObject      *requester = vv_json_object (first->body, "requester");
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
                      "investigator", "o", vv_json_copy (requester),
                      "channel", "s", channel_in_words (vv_json_string (first->body, "channel")),
                      "received_at", "s", first->made_at,
                      "generated_by", "s", taken_by,
                      "subject_role", "s", vv_json_string (first->body, "subject_role"),
                      "use", "s", sentence,
                      "reason", "s", vv_json_string (use, "basis"),
                      "summary", "s", vv_json_string (first->body, "summary"),
                      "identity_unknown", "b", vv_json_bool (first->body, "identity_unknown"),
                      "media", "a", media (session), NULL);
}

JsonObject *
_vv_desk_request_facts (VvSession *session, const char *fis_number, GError **error)
{
  g_autofree char *head = vv_vault_audit_head (session->vault, error);

  return head != NULL ? facts_of (session, fis_number, head) : NULL;
}
