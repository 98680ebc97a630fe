// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-body.h"
#include "vv-intake.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-use.h"

typedef enum
{
  BY_ECMS = 1 << 0,
  BY_PHONE = 1 << 1,
  BY_EMAIL = 1 << 2,
  OF_AGENCY = 1 << 3,
  OF_INTELLIGENCE = 1 << 4,
  FROM_ANYBODY = (1 << 5) - 1,
  FROM_THE_DEPARTMENT = FROM_ANYBODY & ~OF_AGENCY,
} VvChannels;

/* Whether it is there; @why: (out) (transfer full), for those that can say more than that it is missing. */
typedef gboolean (*VvGiven) (JsonObject *taken, char **why);

typedef struct
{
  const char *code;
  const char *title;
  const char *rule;
  VvChannels  channels;
  VvGiven     given;
  gboolean    may_follow;
} VvNeed;

static gboolean
has_text (JsonObject *object, const char *name)
{
  const char *text = vv_json_string (object, name);

  return text != NULL && strspn (text, " \t\r\n") < strlen (text);
}

static JsonObject *
request (JsonObject *taken)
{
  return vv_json_object (taken, "request");
}

static JsonObject *
form (JsonObject *taken)
{
  return vv_json_object (taken, "agency_form");
}

static gboolean
number_given (JsonObject *taken, char **why)
{
  return has_text (request (taken), "case_number") || has_text (request (taken), "complaint_number");
}

static gboolean
requester_given (JsonObject *taken, char **why)
{
  JsonObject *requester = vv_json_object (request (taken), "requester");

  return has_text (requester, "name") && has_text (requester, "command");
}

static gboolean
agency_given (JsonObject *taken, char **why)
{
  return has_text (form (taken), "agency");
}

static gboolean
officer_given (JsonObject *taken, char **why)
{
  return has_text (form (taken), "officer");
}

static gboolean
contact_given (JsonObject *taken, char **why)
{
  return has_text (form (taken), "contact");
}

static gboolean
agency_complaint_given (JsonObject *taken, char **why)
{
  return has_text (form (taken), "complaint_number");
}

static gboolean
method_given (JsonObject *taken, char **why)
{
  return has_text (form (taken), "method");
}

static gboolean
complaint_report_given (JsonObject *taken, char **why)
{
  return has_text (taken, "complaint_report");
}

/* The use without its basis, which is asked for by itself. */
static gboolean
use_given (JsonObject *taken, char **why)
{
  JsonObject            *stated = vv_json_object (request (taken), "use");
  g_autoptr (JsonObject) use = stated != NULL ? vv_json_copy (stated) : json_object_new ();
  g_autoptr (GError)     error = NULL;

  json_object_set_string_member (use, "basis", "stated");
  if (vv_use_check (use, &error))
    return TRUE;
  *why = g_strdup (error->message);
  return FALSE;
}

static gboolean
basis_given (JsonObject *taken, char **why)
{
  return has_text (vv_json_object (request (taken), "use"), "basis");
}

static gboolean
subject_given (JsonObject *taken, char **why)
{
  return has_text (request (taken), "subject_role");
}

static gboolean
summary_given (JsonObject *taken, char **why)
{
  return has_text (request (taken), "summary");
}

static gboolean
unknown_given (JsonObject *taken, char **why)
{
  return vv_json_bool (request (taken), "identity_unknown");
}

static gboolean
media_given (JsonObject *taken, char **why)
{
  return vv_json_length (vv_json_array (taken, "media")) > 0;
}

static const VvNeed needs[] = {
  { "number", N_ ("Case number or Complaint Report (PD313-152) number"), N_ ("Note to step 2"), FROM_THE_DEPARTMENT, number_given, FALSE },
  { "requester", N_ ("Assigned investigator's name and command"), N_ ("Step 2"), FROM_THE_DEPARTMENT, requester_given, FALSE },
  { "agency", N_ ("The agency's name"), N_ ("FIS Outside Agency Form"), OF_AGENCY, agency_given, FALSE },
  { "officer", N_ ("Who asks there"), N_ ("FIS Outside Agency Form"), OF_AGENCY, officer_given, FALSE },
  { "contact", N_ ("How to reach them"), N_ ("FIS Outside Agency Form"), OF_AGENCY, contact_given, FALSE },
  { "agency-complaint", N_ ("The agency's complaint number"), N_ ("FIS Outside Agency Form"), OF_AGENCY, agency_complaint_given, FALSE },
  { "method", N_ ("How the request came; the report goes back the same way"), N_ ("Step 13b"), OF_AGENCY, method_given, FALSE },
  { "complaint-report", N_ ("A copy of the agency's complaint report"), N_ ("Additional data, outside agencies"), OF_AGENCY, complaint_report_given, FALSE },
  { "use", N_ ("One of the six authorised uses, with its facts"), N_ ("Definition of authorised uses"), FROM_ANYBODY, use_given, FALSE },
  { "basis", N_ ("The factual basis of the use"), N_ ("Step 4"), FROM_ANYBODY, basis_given, FALSE },
  { "subject", N_ ("Suspect, victim or witness"), N_ ("Procedure, first paragraph"), FROM_ANYBODY, subject_given, FALSE },
  { "summary", N_ ("What happened"), N_ ("Step 2"), FROM_ANYBODY, summary_given, FALSE },
  { "unknown", N_ ("The statement that the identity is unknown"), N_ ("Definition of the probe image"), FROM_ANYBODY, unknown_given, FALSE },
  { "media", N_ ("At least one picture or video; may follow"), N_ ("Step 1"), FROM_ANYBODY, media_given, TRUE },
};

static VvChannels
channel_of (JsonObject *taken)
{
  static const char *const names[] = { "ecms", "phone", "email", "outside-agency", "intelligence" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (vv_json_string (request (taken), "channel"), names[i]) == 0)
      return (VvChannels) (1u << i);
  return FROM_THE_DEPARTMENT;
}

static JsonObject *
need_new (const char *code, const char *title, const char *rule, gboolean given, const char *why, gboolean may_follow)
{
  return vv_json_new ("code", "s", code, "title", "s", title, "rule", "s", rule, "given", "b", given,
                      "why", "s", given ? NULL : why, "may_follow", "b", may_follow, NULL);
}

/* The same check as when it is taken in; what only the file itself can say is put in its place. */
gboolean
vv_intake_check_medium (JsonObject *medium, GError **error)
{
  g_autoptr (JsonObject) body = vv_json_copy (medium);
  gboolean               is_video = has_text (body, "class");

  json_object_set_string_member (body, "sha256", "of the file");
  json_object_set_string_member (body, "name", "of the file");
  if (has_text (body, "player_file"))
    json_object_set_int_member (body, "player", 1);
  return vv_body_check (is_video ? VV_KIND_EXHIBIT : VV_KIND_MEDIA, body, error);
}

static void
add_media (JsonArray *list, JsonArray *media)
{
  for (guint i = 0; i < vv_json_length (media); i++)
    {
      JsonObject        *medium = vv_json_element (media, i);
      g_autoptr (GError) error = NULL;
      gboolean           given = vv_intake_check_medium (medium, &error);
      const char        *path = vv_json_string (medium, "file");
      g_autofree char   *name = g_path_get_basename (path != NULL ? path : "");
      g_autofree char   *title = g_strdup_printf (_ ("Where “%s” comes from"), name);
      JsonObject        *need = need_new ("medium", title, _ ("Step 1"), given, given ? NULL : error->message, FALSE);

      json_object_set_int_member (need, "index", i);
      json_array_add_object_element (list, need);
    }
}

JsonArray *
vv_intake_needs (JsonObject *taken)
{
  JsonArray *list = json_array_new ();
  VvChannels channel = channel_of (taken);

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      g_autofree char *why = NULL;
      gboolean         given;

      if ((needs[i].channels & channel) == 0)
        continue;
      given = needs[i].given (taken, &why);
      json_array_add_object_element (list,
                                     need_new (needs[i].code, _ (needs[i].title), _ (needs[i].rule), given, why, needs[i].may_follow));
    }
  add_media (list, vv_json_array (taken, "media"));
  return list;
}

const char *const *
vv_intake_methods (void)
{
  static const char *const codes[] = { "email", "mail", "fax", "in-person", "portal", "phone", NULL };

  return codes;
}

const char *
vv_intake_method_title (const char *code)
{
  static const char *const titles[] = { N_ ("E-mail"), N_ ("Mail"), N_ ("Fax"), N_ ("In person"), N_ ("Portal"), N_ ("Telephone") };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (vv_intake_methods ()[i], code) == 0)
      return _ (titles[i]);
  return NULL;
}

JsonObject *
vv_intake_first_missing (JsonArray *list)
{
  for (guint i = 0; i < vv_json_length (list); i++)
    {
      JsonObject *need = vv_json_element (list, i);

      if (!vv_json_bool (need, "given") && !vv_json_bool (need, "may_follow"))
        return need;
    }
  return NULL;
}
