// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-json.h"
#include "vv-report-facts.h"
#include "vv-time.h"

/* Members that must be texts with something in them; "a/b" is member b of object a. */
static const char *const required[] = {
  "fis_number",
  "agency",
  "requester",
  "recipient",
  "use",
  "reason",
  "issued_at",
  "audit_head",
  "policy/procedure",
  "policy/version",
  "policy/rules_hash",
  NULL,
};
static const char *const required_possible[] = {
  "candidate/reference",
  "candidate/class",
  "findings/conclusion",
  "search/when",
  "search/recogniser",
  NULL,
};
static const char *const required_none[] = { "cause", NULL };

/* Lists that must not be empty, and hold no empty text or object. */
static const char *const lists[] = { "notices", "people", NULL };
static const char *const lists_possible[] = {
  "findings/similarities",
  "findings/differences",
  "background/sources",
  NULL,
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

static gboolean
has_pictures (GPtrArray *pictures, VvReportForm form, GError **error)
{
  if (pictures == NULL || pictures->len == 0)
    return incomplete ("probe picture", error);
  if (form == VV_REPORT_POSSIBLE && pictures->len < 2)
    return incomplete ("candidate picture", error);
  return TRUE;
}

static gboolean
has_number_and_time (JsonObject *facts, GError **error)
{
  g_autofree char *case_number = vv_report_facts_text (facts, "case_number");
  g_autofree char *complaint = vv_report_facts_text (facts, "complaint_number");

  if ((case_number == NULL || *case_number == '\0') && (complaint == NULL || *complaint == '\0'))
    return incomplete ("case_number", error);
  if (vv_time_parse (vv_json_string (facts, "issued_at"), /* error= */ NULL) < 0)
    return incomplete ("issued_at", error);
  return TRUE;
}

gboolean
vv_report_facts_check (const char   *name,
                       JsonObject   *facts,
                       GPtrArray    *pictures,
                       VvReportForm *form,
                       GError      **error)
{
  if (g_strcmp0 (name, "possible-match") == 0)
    *form = VV_REPORT_POSSIBLE;
  else if (g_strcmp0 (name, "no-match") == 0)
    *form = VV_REPORT_NONE;
  else
    return incomplete ("form", error);

  return has_texts (facts, required, error) && has_number_and_time (facts, error) &&
         has_lists (facts, lists, error) &&
         has_texts (facts, *form == VV_REPORT_POSSIBLE ? required_possible : required_none, error) &&
         (*form == VV_REPORT_NONE || has_lists (facts, lists_possible, error)) &&
         has_pictures (pictures, *form, error);
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
