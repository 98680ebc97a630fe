// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-json.h"
#include "vv-report-facts.h"
#include "vv-time.h"

/* What each form must have: texts with something in them, and lists that are not empty and hold no empty text or
 * object. "a/b" is member b of object a. */
static const char *const every[] = {
  "agency",
  "issued_at",
  "audit_head",
  "policy/procedure",
  "policy/version",
  "policy/rules_hash",
  NULL,
};
static const char *const lead[] = { "fis_number", "requester", "recipient", "use", "reason", NULL };
static const char *const possible[] = {
  "candidate/reference",
  "candidate/class",
  "findings/conclusion",
  "search/when",
  "search/recogniser",
  NULL,
};
static const char *const none[] = { "cause", NULL };
static const char *const request[] = {
  "channel",
  "investigator/name",
  "investigator/command",
  "subject_role",
  "use",
  "reason",
  NULL,
};
static const char *const rejection[] = { "fis_number", "requester", "recipient", NULL };
static const char *const outside[] = {
  "outside/agency",
  "outside/member",
  "method",
  "received_by",
  "received_at",
  "complaint_copy/name",
  "complaint_copy/sha256",
  "subject_role",
  "use",
  "reason",
  NULL,
};
static const char *const records[] = { "fis_number", "requester", "use", "reason", "outcome", NULL };
static const char *const yearly[] = { "year", "from", "to", "made_by", NULL };
static const char *const nothing[] = { NULL };

static const char *const lead_lists[] = { "notices", "people", NULL };
static const char *const possible_lists[] = {
  "findings/similarities",
  "findings/differences",
  "background/sources",
  NULL,
};
static const char *const rejection_lists[] = { "people", "images", NULL };
static const char *const yearly_lists[] = { "sections", NULL };
static const char *const records_lists[] = { "notices", "people", "results", "records", "keys", NULL };

/* What each object of a list must have in turn. */
typedef struct
{
  const char        *list;
  const char *const *texts;
  const char *const *lists;
} Each;

static const char *const media[] = { "name", "sha256", "source", "obtained_by", "obtained_at", NULL };
static const char *const image[] = { "name", "sha256", NULL };
static const char *const image_lists[] = { "reasons", "ask", NULL };
static const char *const measure[] = { "title", "value", NULL };
static const char *const record[] = { "id", "kind", "author", "when", "hash", NULL };
static const char *const document[] = { "name", "sha256", NULL };
static const char *const marked[] = { "title", "text", NULL };
static const char *const section[] = { "title", NULL };
static const char *const figure[] = { "item", "count", NULL };
static const char *const key[] = { "account", "fingerprint", NULL };

static const Each no_each[] = { { NULL, NULL, NULL } };
static const Each request_each[] = { { "media", media, nothing }, { NULL, NULL, NULL } };
static const Each rejection_each[] = { { "images", image, image_lists }, { NULL, NULL, NULL } };
static const Each marked_each[] = { { "marked", marked, nothing }, { NULL, NULL, NULL } };
static const Each measure_each[] = { { "measures", measure, nothing }, { NULL, NULL, NULL } };
static const Each yearly_each[] = { { "sections", section, nothing }, { NULL, NULL, NULL } };
static const Each figure_each[] = { { "rows", figure, nothing }, { NULL, NULL, NULL } };
static const Each records_each[] = {
  { "records", record, nothing },
  { "documents", document, nothing },
  { "keys", key, nothing },
  { NULL, NULL, NULL },
};

static const struct
{
  const char        *name;
  const char *const *texts[2];
  const char *const *lists[2];
  const Each        *each;
  const char        *numbers; /* object with the case or complaint number; "" for the facts themselves, NULL: needs none */
} forms[] = {
  [VV_REPORT_POSSIBLE] = { "possible-match", { lead, possible }, { lead_lists, possible_lists }, no_each, "" },
  [VV_REPORT_NONE] = { "no-match", { lead, none }, { lead_lists, nothing }, no_each, "" },
  [VV_REPORT_REQUEST] = { "request-dd5", { request, nothing }, { nothing, nothing }, request_each, "" },
  [VV_REPORT_REJECTION] = { "image-rejection", { rejection, nothing }, { rejection_lists, nothing }, rejection_each, "" },
  [VV_REPORT_OUTSIDE] = { "outside-agency", { outside, nothing }, { nothing, nothing }, request_each, "outside" },
  [VV_REPORT_RECORDS] = { "case-records", { records, nothing }, { records_lists, nothing }, records_each, "" },
  [VV_REPORT_YEARLY] = { "yearly-figures", { yearly, nothing }, { yearly_lists, nothing }, yearly_each, NULL },
};

static gboolean
incomplete (const char *name, GError **error)
{
  g_set_error (
    error, VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE,
    _ ("The report cannot be made because “%s” is missing; complete that part of the request first."), name);
  return FALSE;
}

/* The object that holds the last part of @path, and that part. */
static JsonObject *
owner (JsonObject *facts, const char *path, const char **member)
{
  const char      *slash = strchr (path, '/');
  g_autofree char *first = NULL;

  *member = slash != NULL ? slash + 1 : path;
  if (slash == NULL)
    return facts;
  first = g_strndup (path, (gsize) (slash - path));
  return vv_json_object (facts, first);
}

static gboolean
has_texts (JsonObject *facts, const char *const *paths, GError **error)
{
  for (; *paths != NULL; paths++)
    {
      const char      *member;
      JsonObject      *object = owner (facts, *paths, &member);
      g_autofree char *text = vv_report_facts_text (object, member);

      if (text == NULL || *g_strstrip (text) == '\0')
        return incomplete (*paths, error);
    }
  return TRUE;
}

static gboolean
is_blank (JsonNode *node)
{
  const char *text;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) == 0;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return TRUE;
  text = json_node_get_string (node);
  return text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
is_filled (JsonArray *array)
{
  for (guint i = 0; i < vv_json_length (array); i++)
    if (is_blank (json_array_get_element (array, i)))
      return FALSE;
  return vv_json_length (array) > 0;
}

static gboolean
has_lists (JsonObject *facts, const char *const *paths, GError **error)
{
  for (; *paths != NULL; paths++)
    {
      const char *member;
      JsonObject *object = owner (facts, *paths, &member);

      if (!is_filled (vv_json_array (object, member)))
        return incomplete (*paths, error);
    }
  return TRUE;
}

/* Which object of the list lacks something, counted from 1, stands before the error. */
static gboolean
has_each (JsonObject *facts, const Each *each, GError **error)
{
  for (; each->list != NULL; each++)
    {
      JsonArray *array = vv_json_array (facts, each->list);

      for (guint i = 0; i < vv_json_length (array); i++)
        {
          JsonObject *object = vv_json_element (array, i);

          if (!has_texts (object, each->texts, error) || !has_lists (object, each->lists, error))
            {
              g_prefix_error (error, "%s, %u: ", each->list, i + 1);
              return FALSE;
            }
        }
    }
  return TRUE;
}

/* The same of the lists in each object of @list. */
static gboolean
has_inner (JsonObject *facts, const char *list, const Each *each, GError **error)
{
  JsonArray *array = vv_json_array (facts, list);

  for (guint i = 0; i < vv_json_length (array); i++)
    if (!has_each (vv_json_element (array, i), each, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_pictures (JsonObject *facts, GPtrArray *pictures, VvReportForm form, GError **error)
{
  guint n = pictures != NULL ? pictures->len : 0;

  if ((form == VV_REPORT_POSSIBLE || form == VV_REPORT_NONE) && n == 0)
    return incomplete ("probe picture", error);
  if (form == VV_REPORT_POSSIBLE && n < 2)
    return incomplete ("candidate picture", error);
  if (form == VV_REPORT_REJECTION && n != vv_json_length (vv_json_array (facts, "images")))
    return incomplete ("picture of each image", error);
  return TRUE;
}

static gboolean
has_text (JsonObject *object, const char *name)
{
  g_autofree char *text = vv_report_facts_text (object, name);

  return text != NULL && *g_strstrip (text) != '\0';
}

static gboolean
has_numbers (JsonObject *facts, const char *where, GError **error)
{
  JsonObject *object = where == NULL || *where == '\0' ? facts : vv_json_object (facts, where);

  return where == NULL || has_text (object, "case_number") || has_text (object, "complaint_number") || incomplete ("case_number", error);
}

/* What is no plain text. */
static gboolean
has_rest (JsonObject *facts, VvReportForm form, GError **error)
{
  JsonObject *other = vv_json_object (facts, "outside");

  if (vv_time_parse (vv_json_string (facts, "issued_at"), /* error= */ NULL) < 0)
    return incomplete ("issued_at", error);
  if (form == VV_REPORT_REQUEST && !vv_json_bool (facts, "identity_unknown"))
    return incomplete ("identity_unknown", error);
  if (form == VV_REPORT_OUTSIDE && !has_text (other, "telephone") && !has_text (other, "email") &&
      !has_text (other, "contact"))
    return incomplete ("outside/contact", error);
  return TRUE;
}

static gboolean
find_form (const char *name, VvReportForm *form)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_strcmp0 (name, forms[i].name) == 0)
      {
        *form = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
vv_report_facts_check (const char   *name,
                       JsonObject   *facts,
                       GPtrArray    *pictures,
                       VvReportForm *form,
                       GError      **error)
{
  if (!find_form (name, form))
    return incomplete ("form", error);
  return has_texts (facts, every, error) && has_texts (facts, forms[*form].texts[0], error) &&
         has_texts (facts, forms[*form].texts[1], error) && has_numbers (facts, forms[*form].numbers, error) &&
         has_rest (facts, *form, error) && has_lists (facts, forms[*form].lists[0], error) &&
         has_lists (facts, forms[*form].lists[1], error) && has_each (facts, forms[*form].each, error) &&
         has_each (vv_json_object (facts, "findings"), marked_each, error) &&
         has_inner (facts, "images", measure_each, error) &&
         has_inner (facts, "sections", figure_each, error) &&
         has_pictures (facts, pictures, *form, error);
}

char *
vv_report_facts_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_strdup (vv_json_string (object, name));
}

char *
vv_report_facts_number (JsonObject *facts)
{
  g_autofree char *year = vv_report_facts_text (facts, "year");

  if (year != NULL)
    return g_strdup_printf ("Year %s", year);
  return has_text (facts, "fis_number") ? g_strdup_printf ("FIS number %s", vv_json_string (facts, "fis_number"))
                                        : g_strdup ("FIS number not yet assigned");
}

char *
vv_report_facts_time (const char *text)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime)    time = NULL;
  g_autoptr (GTimeZone)    utc = g_time_zone_new_utc ();
  g_autofree char         *whole = NULL;
  gboolean                 date = text != NULL && strlen (text) == 10;

  if (text == NULL)
    return NULL;
  whole = date ? g_strconcat (text, "T00:00:00Z", NULL) : g_strdup (text);
  time = g_date_time_new_from_iso8601 (whole, utc);
  if (time == NULL)
    return g_strdup (text);
  if (date)
    return g_strdup_printf ("%d %s %d", g_date_time_get_day_of_month (time),
                            months[g_date_time_get_month (time) - 1], g_date_time_get_year (time));
  return g_strdup_printf ("%d %s %d %02d:%02d UTC", g_date_time_get_day_of_month (time),
                          months[g_date_time_get_month (time) - 1], g_date_time_get_year (time),
                          g_date_time_get_hour (time), g_date_time_get_minute (time));
}
