// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-blocks.h"
#include "vv-body.h"
#include "vv-components.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-rejection.h"
#include "vv-use.h"

#define FIELDS_MAX  8
#define CHOICES_MAX 7

/* What a kind must have: texts, and members with a closed list of values. What needs more is checked by
 * a function of its own. */
typedef struct
{
  const char *kind;
  const char *texts[FIELDS_MAX];
  const char *chosen;
  const char *choices[CHOICES_MAX];
  gboolean (*check) (JsonObject *body, GError **error);
} VvBodyRule;

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, text);
  return FALSE;
}

static gboolean
has_text (JsonObject *object, const char *name)
{
  const char *text = vv_json_string (object, name);

  return text != NULL && strspn (text, " \t\r\n") < strlen (text);
}

/* "2026-11-23" */
static gboolean
is_day (const char *text)
{
  g_autofree char      *moment = g_strconcat (text != NULL ? text : "", "T00:00:00Z", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (moment, /* default_tz= */ NULL);

  return day != NULL;
}

static gboolean
check_request (JsonObject *body, GError **error)
{
  JsonObject *requester = vv_json_object (body, "requester");

  if (!has_text (body, "case_number") && !has_text (body, "complaint_number"))
    return refuse (error, _ ("A request needs a case number or a Complaint Report (PD313-152) number."));
  if (!has_text (requester, "name") || !has_text (requester, "command"))
    return refuse (error, _ ("A request needs the assigned investigator's name and command."));
  if (json_object_has_member (body, "parent_fis_number") &&
      !g_regex_match_simple ("^[0-9]{4}-[A-Z0-9]{1,4}-[0-9]{5,}$", has_text (body, "parent_fis_number") ? vv_json_string (body, "parent_fis_number") : "", 0, 0))
    return refuse (error, _ ("The FIS number of an earlier request is written as it was given, such as 2026-A1-00001."));
  if (!vv_json_bool (body, "identity_unknown"))
    return refuse (error, _ ("A probe image shows an unidentified person: say that the identity is unknown."));
  if (!vv_use_check (vv_json_object (body, "use"), error))
    return FALSE;
  /* Nobody who is missing, a victim or a witness is called a suspect afterwards. */
  if (g_strcmp0 (vv_json_string (vv_json_object (body, "use"), "code"), "b") == 0 &&
      g_strcmp0 (vv_json_string (body, "subject_role"), "suspect") == 0)
    return refuse (error,
                   _ ("Authorised use (b) is for a missing person, a victim or a witness: the person is not to be called a suspect."));
  return TRUE;
}

static gboolean
check_media (JsonObject *body, GError **error)
{
  if (g_strcmp0 (vv_json_string (body, "source"), "internet") == 0 && !has_text (body, "site_link"))
    return refuse (error, _ ("An image from the internet needs its site link (step 1b)."));
  if (g_strcmp0 (vv_json_string (body, "source"), "internet") == 0 && !is_day (vv_json_string (body, "captured_at")))
    return refuse (error,
                   _ ("An image from the internet needs the day on which it was captured, written year-month-day, such as 2026-11-23 (step 1b)."));
  if (json_object_has_member (body, "video") && !json_object_has_member (body, "frame") && !has_text (body, "time_code"))
    return refuse (error, _ ("A frame of a video needs its frame number or its time code."));
  return TRUE;
}

/* A probe shows a person as a camera took them. */
static gboolean
check_shows (JsonObject *body, GError **error)
{
  return g_strcmp0 (vv_json_string (body, "shows"), "photograph") == 0 ||
         refuse (error,
                 _ ("A probe image shows the person as a camera took them. No sketch or composite, no face made or completed by a computer, no picture of somebody who looks alike, and none with edited features is taken in."));
}

static gboolean
check_video (JsonObject *body, GError **error)
{
  static const char *const origin[] = { "source", "source_detail", "obtained_by", "obtained_at" };

  if (vv_json_int (body, "player") == 0 && !has_text (body, "no_player"))
    return refuse (error,
                   _ ("A video comes with its player: name the exhibit with the player package, or say why there is none (step 1a)."));
  for (gsize i = 0; i < G_N_ELEMENTS (origin); i++)
    if (!has_text (body, origin[i]))
      return refuse (error, _ ("A video needs its source, who obtained it and when, like an image."));
  return check_media (body, error);
}

static gboolean
check_exhibit (JsonObject *body, GError **error)
{
  return g_strcmp0 (vv_json_string (body, "class"), "video") != 0 || check_video (body, error);
}

static gboolean
check_handschu (JsonObject *body, GError **error)
{
  return g_strcmp0 (vv_json_string (body, "applies"), "yes") != 0 ||
         has_text (body, "authority") ||
         refuse (error, _ ("Where the Handschu Guidelines apply, name the authority under which the request was made."));
}

static gboolean
check_rejection (JsonObject *body, GError **error)
{
  JsonArray *reasons_given = vv_json_array (body, "reasons");

  if (vv_json_length (vv_json_array (body, "media")) == 0)
    return refuse (error, _ ("A rejection names the images that it rejects."));
  if (vv_json_length (reasons_given) == 0)
    return refuse (error, _ ("A rejection needs at least one reason of the list."));
  for (guint i = 0; i < vv_json_length (reasons_given); i++)
    if (vv_rejection_find (json_array_get_string_element (reasons_given, i)) == NULL)
      {
        g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                     _ ("“%s” is no reason of the list for which an image is rejected."), json_array_get_string_element (reasons_given, i));
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_approval (JsonObject *body, GError **error)
{
  if (!is_day (vv_json_string (body, "date")))
    return refuse (error, _ ("The date of the approval is written year-month-day, such as 2026-11-23."));
  return vv_json_int (body, "document") > 0 ||
         refuse (error, _ ("The approval needs its document: add it to this request as an exhibit “approval-document”."));
}

static gboolean
check_outside_image (JsonObject *body, GError **error)
{
  if (vv_json_int (body, "approval") <= 0)
    return refuse (error, _ ("An image outside the photo repository names the approval under which it may be compared."));
  return vv_json_object (body, "face") != NULL ||
         refuse (error, _ ("An image outside the photo repository needs the face in it that is to be compared."));
}

static gboolean
check_use_confirmation (JsonObject *body, GError **error)
{
  return vv_use_find (vv_json_string (body, "code")) != NULL ||
         refuse (error, _ ("There are six authorised uses, (a) to (f), and no other."));
}

static gboolean
check_disposition (JsonObject *body, GError **error)
{
  if (vv_json_length (vv_json_array (body, "candidates")) == 0)
    return refuse (error, _ ("A disposition needs the candidates it is for."));
  if (g_strcmp0 (vv_json_string (body, "disposition"), "excluded") == 0 && !json_object_has_member (body, "component"))
    return refuse (error, _ ("An exclusion names the component of the face that excludes the candidate, and the reason."));
  if (json_object_has_member (body, "component") && vv_component_find (vv_json_string (body, "component")) == NULL)
    return refuse (error, _ ("A disposition names a component of the face that the list knows."));
  return TRUE;
}

static gboolean
check_background (JsonObject *body, GError **error)
{
  JsonArray *sources = vv_json_array (body, "sources");

  if (vv_json_length (sources) == 0)
    return refuse (error, _ ("A background check needs at least one source that was looked at, with its finding."));
  for (guint i = 0; i < vv_json_length (sources); i++)
    if (!has_text (vv_json_element (sources, i), "source") || !has_text (vv_json_element (sources, i), "finding"))
      return refuse (error, _ ("Every source of a background check needs its name and its finding."));
  return TRUE;
}

static gboolean
check_peer_review (JsonObject *body, GError **error)
{
  if (!json_object_has_member (body, "agrees"))
    return refuse (error, _ ("A peer review says whether the reviewer agrees."));
  return vv_comparison_check (vv_json_object (body, "comparison"), error);
}

static gboolean
check_sign_off (JsonObject *body, GError **error)
{
  if (g_strcmp0 (vv_json_string (body, "decision"), "approved") != 0)
    return TRUE;
  if (!has_text (body, "candidate"))
    return refuse (error, _ ("An approval names the candidate."));
  return vv_comparison_check (vv_json_object (body, "comparison"), error);
}

/* NYC Local Law 55 of 2025: a modified image is described, documented and kept. */
static gboolean
check_probe (JsonObject *body, GError **error)
{
  JsonObject *derived = vv_json_object (body, "derived");

  if (!json_object_has_member (body, "derived") ||
      (vv_json_length (vv_json_array (derived, "adjustments")) > 0 &&
       has_text (derived, "description") &&
       has_text (derived, "sha256") &&
       has_text (derived, "pixels_sha256")))
    return TRUE;
  return refuse (error, _ ("An adjusted probe needs its list of adjustments, their description and a kept copy."));
}

/* How things go to and from an outside agency. */
#define METHODS "email", "mail", "fax", "in-person", "portal", "phone"

static const VvBodyRule rules[] = {
  { VV_KIND_REQUEST, { "summary" }, "channel", { "ecms", "phone", "email", "outside-agency", "intelligence" }, check_request },
  { VV_KIND_REQUEST, { NULL }, "subject_role", { "suspect", "victim", "witness" }, NULL },
  { VV_KIND_MEDIA, { "sha256", "name", "source_detail", "obtained_by", "obtained_at" }, "source", { "witness", "victim", "camera", "internet", "other-reliable" }, check_media },
  { VV_KIND_MEDIA, { NULL }, "shows", { "photograph", "sketch", "composite", "artificial", "look-alike", "edited" }, check_shows },
  { VV_KIND_EXHIBIT, { "sha256", "name", "description" }, "class", { "video", "player-package", "complaint-report", "agency-form", "approval-document", "other" }, check_exhibit },
  { VV_KIND_AGENCY_FORM, { "agency", "officer", "contact", "complaint_number" }, "method", { METHODS }, NULL },
  { VV_KIND_HANDSCHU, { "reason" }, "applies", { "yes", "no" }, check_handschu },
  { VV_KIND_REJECTION, { "text", "ask" }, "scope", { "image", "request" }, check_rejection },
  { VV_KIND_CHANNEL_CHANGE, { "reason" }, "method", { METHODS }, NULL },
  { VV_KIND_HAND_OVER, { "recipient" }, "method", { METHODS }, NULL },
  { VV_KIND_OUTSIDE_APPROVAL, { "approver_name", "reason", "date", "scope" }, "approver", { "chief-of-detectives", "deputy-commissioner-intelligence" }, check_approval },
  { VV_KIND_OUTSIDE_IMAGE, { "sha256", "name", "format", "source_detail", "reference", "obtained_by", "obtained_at" }, NULL, { NULL }, check_outside_image },
  { VV_KIND_CLOSURE, { "reason" }, "cause", { "withdrawn", "abandoned", "duplicate", "completed" }, NULL },
  { VV_KIND_NUMBER, { "fis_number" }, NULL, { NULL }, NULL },
  { VV_KIND_ASSIGNMENT, { "examiner" }, NULL, { NULL }, NULL },
  { VV_KIND_USE_CONFIRMATION, { "code", "reason" }, "decision", { "confirmed", "declined" }, check_use_confirmation },
  { VV_KIND_DISPOSITION, { "reason" }, "disposition", { "looked", "excluded", "keep" }, check_disposition },
  { VV_KIND_EARLY_VIEW, { "candidate", "reason" }, NULL, { NULL }, NULL },
  { VV_KIND_COMPARISON, { "candidate" }, NULL, { NULL }, vv_comparison_check },
  { VV_KIND_BACKGROUND, { "candidate", "fit", "reasons" }, "reliability", { "reliable", "doubtful", "not-reliable" }, check_background },
  { VV_KIND_PROPOSAL, { "candidate" }, NULL, { NULL }, NULL },
  { VV_KIND_NONE, { "statement" }, NULL, { NULL }, NULL },
  { VV_KIND_PEER_REVIEW, { "candidate", "reasons" }, NULL, { NULL }, check_peer_review },
  { VV_KIND_SIGN_OFF, { "reasons" }, "decision", { "approved", "not-agreed", "none-confirmed" }, check_sign_off },
  { VV_KIND_DIRECTION, { "recipient" }, "report", { "possible-match", "no-match" }, NULL },
  { VV_KIND_REPORT, { "form", "document", "recipient" }, NULL, { NULL }, NULL },
  { VV_KIND_PROBE, { "sha256" }, NULL, { NULL }, check_probe },
  { VV_KIND_PROBE_ANALYSIS, { NULL }, NULL, { NULL }, vv_probe_analysis_check },
  { VV_KIND_SEARCH, { "probe_sha256", "template_sha256", "recogniser", "detector", "manifest", "seed" }, NULL, { NULL }, NULL },
};

/* Members in words, for those whose name alone says too little. */
static const char *
in_words (const char *member)
{
  static const struct
  {
    const char *member;
    const char *words;
  } all[] = {
    { "shows", N_ ("what the image is") },
    { "source", N_ ("where it comes from") },
    { "source_detail", N_ ("what its source is") },
    { "obtained_by", N_ ("who obtained it") },
    { "obtained_at", N_ ("when it was obtained") },
    { "officer", N_ ("who asks there") },
    { "contact", N_ ("how that person is reached") },
    { "complaint_number", N_ ("the agency's complaint number") },
    { "method", N_ ("how the request came and the report goes back") },
    { "applies", N_ ("whether the guidelines apply") },
    { "class", N_ ("what kind of exhibit it is") },
    { "cause", N_ ("why it is closed, from the list") },
    { "channel", N_ ("how it came") },
    { "subject_role", N_ ("whether the person is a suspect, victim or witness") },
    { "fit", N_ ("how the person fits the case") },
    { "ask", N_ ("what would help") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (strcmp (all[i].member, member) == 0)
      return _ (all[i].words);
  return NULL;
}

static void
refuse_missing (GError **error, const char *kind, const char *member, const char *choices)
{
  const char      *words = in_words (member);
  g_autofree char *what = words != NULL ? g_strdup_printf ("%s (“%s”)", words, member) : g_strdup_printf ("“%s”", member);

  if (choices == NULL)
    g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                 /* Translators: a kind of record, then the name of its missing part */
                 _ ("Missing in the %s: %s."), kind, what);
  else
    g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                 /* Translators: a kind of record, the name of its missing part, what it may be */
                 _ ("Missing in the %s: %s; one of “%s”."), kind, what, choices);
}

static gboolean
check_rule (const VvBodyRule *rule, JsonObject *body, GError **error)
{
  for (gsize i = 0; i < FIELDS_MAX && rule->texts[i] != NULL; i++)
    if (!has_text (body, rule->texts[i]))
      {
        refuse_missing (error, rule->kind, rule->texts[i], /* choices= */ NULL);
        return FALSE;
      }
  if (rule->chosen != NULL &&
      (vv_json_string (body, rule->chosen) == NULL || !g_strv_contains (rule->choices, vv_json_string (body, rule->chosen))))
    {
      g_autofree char *choices = g_strjoinv ("”, “", (char **) rule->choices);

      refuse_missing (error, rule->kind, rule->chosen, choices);
      return FALSE;
    }
  return rule->check == NULL || rule->check (body, error);
}

gboolean
vv_body_check (const char *kind, JsonObject *body, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].kind, kind) == 0 && !check_rule (&rules[i], body, error))
      return FALSE;
  return TRUE;
}
