// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-desk-bundle-private.h"
#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-oversight.h"
#include "vv-time.h"
#include "vv-use.h"

/* Oversight: what vv-oversight.h counts, for those who may see it. Looking is an act too, and on the audit chain. */

#define PAGE     4096
#define WEEK_US  (G_GINT64_CONSTANT (7) * 24 * 3600 * G_USEC_PER_SEC)
#define DATE_LEN 10

typedef struct
{
  VvOversight view;
  char       *from, *to, *now;
} Period;

static void
period_clear (Period *self)
{
  g_clear_pointer (&self->view.rows, json_array_unref);
  g_clear_pointer (&self->view.records, g_ptr_array_unref);
  g_clear_pointer (&self->view.outbox, json_array_unref);
  g_free (self->from);
  g_free (self->to);
  g_free (self->now);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Period, period_clear)

static JsonArray *
read_rows (VvSession *session, GError **error)
{
  g_autoptr (JsonArray) all = json_array_new ();
  gint64                next = 1;

  for (;;)
    {
      g_autoptr (JsonArray) rows = vv_vault_audit_rows (session->vault, next, PAGE, error);

      if (rows == NULL)
        return NULL;
      if (json_array_get_length (rows) == 0)
        return g_steal_pointer (&all);
      for (guint i = 0; i < json_array_get_length (rows); i++)
        json_array_add_element (all, json_node_ref (json_array_get_element (rows, i)));
      next += json_array_get_length (rows);
    }
}

static GPtrArray *
read_records (VvSession *session, GError **error)
{
  static const char *const kinds[] = { VV_KIND_REQUEST, VV_KIND_USE_CONFIRMATION, VV_KIND_PROBE, VV_KIND_SEARCH, VV_KIND_REPORT, VV_KIND_RECEIPT };
  g_autoptr (GPtrArray)    all = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_record_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GPtrArray *some = vv_vault_records_of_kind (session->vault, kinds[i], error);

      if (some == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (all, some);
    }
  return g_steal_pointer (&all);
}

static gboolean
is_date (const char *text)
{
  g_autofree char *full = g_strdup_printf ("%sT00:00:00.00Z", text);

  return strlen (text) == DATE_LEN && vv_time_parse (full, /* error= */ NULL) >= 0;
}

/* Reads everything of the period that @details name: "from", "to"; the last seven days when they do not. */
static gboolean
read_period (VvSession *session, JsonObject *details, Period *period, GError **error)
{
  const char      *from = vv_json_string (details, "from");
  const char      *to = vv_json_string (details, "to");
  g_autofree char *week_ago = vv_time_format (g_get_real_time () - WEEK_US);

  period->now = vv_time_now ();
  period->from = g_strndup (from != NULL ? from : week_ago, DATE_LEN);
  period->to = g_strndup (to != NULL ? to : period->now, DATE_LEN);
  if (!is_date (period->from) || !is_date (period->to))
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("Name first and last day as dates, such as 2026-11-23."));
      return FALSE;
    }
  period->view = (VvOversight){ .from = period->from, .to = period->to, .now = period->now };
  period->view.rows = read_rows (session, error);
  period->view.records = period->view.rows != NULL ? read_records (session, error) : NULL;
  period->view.outbox = period->view.records != NULL ? vv_vault_outbox (session->vault, /* state= */ NULL, error) : NULL;
  return period->view.outbox != NULL;
}

/* Makes the answer out of a period. */
typedef JsonObject *(*VvLook) (VvSession *session, JsonObject *details, const VvOversight *view, GError **error);

static JsonObject *
look (VvDesk *self, const char *act, const char *own, JsonObject *details, VvLook make, GError **error)
{
  g_auto (Period)        period = { 0 };
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) detail = NULL;
  VvSession              session;

  if (!_vv_desk_enter (self, act, &session, error))
    return NULL;
  /* Everybody may see their own. */
  if (g_strcmp0 (own, session.actor.account) != 0 && !_vv_desk_has_role (&session, VV_ROLE_SUPERVISOR | VV_ROLE_AUDITOR, error))
    return _vv_desk_leave_refused (&session, error);
  answer = read_period (&session, details, &period, error) ? make (&session, details, &period.view, error) : NULL;
  detail = vv_json_new ("from", "s", period.from, "to", "s", period.to, NULL);
  if (answer == NULL || !_vv_desk_note (&session, /* object= */ "", detail, /* sign= */ FALSE, error))
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return g_steal_pointer (&answer);
}

static void
add_names (VvSession *session, JsonArray *people)
{
  for (guint i = 0; i < vv_json_length (people); i++)
    {
      JsonObject      *one = vv_json_element (people, i);
      g_autofree char *name = _vv_desk_name_of (session, vv_json_string (one, "account"));

      json_object_set_string_member (one, "full_name", name);
    }
}

/* Reviews that were signed, newest first, and whether a week has passed since the last one. */
static gboolean
add_reviews (VvSession *session, JsonObject *answer, GError **error)
{
  g_autoptr (GPtrArray) reviews = vv_vault_records_of_kind (session->vault, VV_KIND_OVERSIGHT_REVIEW, error);
  JsonArray            *shown;
  gboolean              due;

  if (reviews == NULL)
    return FALSE;
  shown = json_array_new ();
  for (guint i = reviews->len; i > 0; i--)
    json_array_add_object_element (shown, vv_record_to_json (g_ptr_array_index (reviews, i - 1)));
  due = reviews->len == 0 ||
        g_get_real_time () - vv_time_parse (((VvRecord *) g_ptr_array_index (reviews, reviews->len - 1))->made_at, NULL) > WEEK_US;
  json_object_set_array_member (answer, "reviews", shown);
  json_object_set_boolean_member (answer, "review_due", due);
  return TRUE;
}

/* FIS number by request. (transfer full) */
static GHashTable *
fis_numbers (VvSession *session, GError **error)
{
  g_autoptr (GPtrArray) numbers = vv_vault_records_of_kind (session->vault, VV_KIND_NUMBER, error);
  GHashTable           *by_request;

  if (numbers == NULL)
    return NULL;
  by_request = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < numbers->len; i++)
    {
      VvRecord *record = g_ptr_array_index (numbers, i);
      gint64   *key = g_new (gint64, 1);

      *key = record->request;
      g_hash_table_insert (by_request, key, g_strdup (vv_json_string (record->body, "fis_number")));
    }
  return by_request;
}

/* Request that an audit row's object names; 0 for none. */
static gint64
request_of (JsonObject *row)
{
  const char *object = vv_json_string (row, "object");

  if (object == NULL || !g_str_has_prefix (object, "request "))
    return vv_json_int (row, "request");
  return g_ascii_strtoll (object + strlen ("request "), /* end= */ NULL, 10);
}

static gboolean
add_numbers (VvSession *session, JsonArray *rows, GError **error)
{
  g_autoptr (GHashTable) numbers = fis_numbers (session, error);

  for (guint i = 0; numbers != NULL && i < vv_json_length (rows); i++)
    {
      JsonObject *row = vv_json_element (rows, i);
      gint64      of = request_of (row);
      const char *number = g_hash_table_lookup (numbers, &of);

      if (of != 0)
        json_object_set_int_member (row, "request", of);
      if (number != NULL)
        json_object_set_string_member (row, "fis_number", number);
    }
  return numbers != NULL;
}

static JsonObject *
make_oversight (VvSession *session, JsonObject *details, const VvOversight *view, GError **error)
{
  g_autoptr (JsonObject) answer = vv_oversight_summary (view);

  add_names (session, vv_json_array (answer, "people"));
  if (!add_numbers (session, vv_json_array (answer, "late"), error) || !add_reviews (session, answer, error))
    return NULL;
  return g_steal_pointer (&answer);
}

JsonObject *
vv_desk_oversight (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return look (self, "oversight", /* own= */ NULL, details, make_oversight, error);
}


static JsonObject *
make_timeline (VvSession *session, JsonObject *details, const VvOversight *view, GError **error)
{
  const char           *account = vv_json_string (details, "account");
  g_autoptr (JsonArray) timeline = vv_oversight_timeline (view, account != NULL ? account : "");

  add_names (session, timeline);
  return add_numbers (session, timeline, error) ? vv_json_new ("timeline", "a", g_steal_pointer (&timeline), NULL) : NULL;
}

JsonObject *
vv_desk_timeline_of_person (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char *account = vv_json_string (details, "account");

  return look (self, "timeline-of-person", account != NULL ? account : "", details, make_timeline, error);
}

static JsonObject *
make_views (VvSession *session, JsonObject *details, const VvOversight *view, GError **error)
{
  g_autoptr (JsonArray) views = vv_oversight_views (view, vv_json_string (details, "account"), vv_json_int (details, "request"),
                                                    vv_json_int (details, "photograph"));

  add_names (session, views);
  return add_numbers (session, views, error) ? vv_json_new ("views", "a", g_steal_pointer (&views), NULL) : NULL;
}

JsonObject *
vv_desk_view_log (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return look (self, "view-log", /* own= */ NULL, details, make_views, error);
}

static JsonObject *
make_disseminations (VvSession *session, JsonObject *details, const VvOversight *view, GError **error)
{
  JsonArray *all = vv_oversight_disseminations (view);

  add_names (session, all);
  if (add_numbers (session, all, error))
    return vv_json_new ("disseminations", "a", all, NULL);
  json_array_unref (all);
  return NULL;
}

JsonObject *
vv_desk_dissemination_log (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return look (self, "dissemination-log", /* own= */ NULL, details, make_disseminations, error);
}

/* --- Figures of a year ------------------------------------------------------------------------------------------------- */

static JsonObject *
make_figures (VvSession *session, JsonObject *details, const VvOversight *view, GError **error)
{
  g_autoptr (JsonArray) figures = vv_oversight_figures (view);
  g_autofree char      *text = vv_oversight_figures_csv (figures);

  return vv_json_new ("csv", "s", text, "figures", "a", g_steal_pointer (&figures), NULL);
}

/* First and last day of the year that @details name, or this one. (transfer full) */
static JsonObject *
year_of (JsonObject *details)
{
  g_autofree char *now = vv_time_now ();
  gint64           year = vv_json_int (details, "year") != 0 ? vv_json_int (details, "year") : g_ascii_strtoll (now, NULL, 10);
  g_autofree char *from = g_strdup_printf ("%04" G_GINT64_FORMAT "-01-01", year);
  g_autofree char *to = g_strdup_printf ("%04" G_GINT64_FORMAT "-12-31", year);

  return vv_json_new ("from", "s", from, "to", "s", to, "year", "i", year, NULL);
}

JsonObject *
vv_desk_yearly_figures (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) period = year_of (details);

  return look (self, "yearly-figures", /* own= */ NULL, period, make_figures, error);
}

/* Items as they stand on the form, which is in the language of the procedure. (transfer full) */
static char *
item_title (const char *item)
{
  static const char *const names[][2] = {
    { "requests", "Requests received" },
    { "searches", "Searches of the photo repository" },
    { "modified images", "Images modified before they were searched" },
    { "possible-match", "FIS Possible Match Report" },
    { "no-match", "FIS No Match Report" },
  };
  const VvUse *use = vv_use_find (item);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i][0], item) == 0)
      return g_strdup (names[i][1]);
  return use != NULL ? g_strdup_printf ("(%s) %s", use->code, use->title) : g_strdup (item);
}

static JsonArray *
section_rows (JsonArray *figures, const char *section)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < vv_json_length (figures); i++)
    {
      JsonObject      *one = vv_json_element (figures, i);
      g_autofree char *item = item_title (vv_json_string (one, "item"));

      if (strcmp (vv_json_string (one, "section"), section) == 0)
        json_array_add_object_element (rows, vv_json_new ("item", "s", item, "count", "i", vv_json_int (one, "count"), NULL));
    }
  return rows;
}

static JsonArray *
sections_of (JsonArray *figures)
{
  static const char *const sections[][3] = {
    { "total", "Totals", NULL },
    { "confirmed use", "Authorized uses confirmed", NULL },
    { "declined use", "Uses declined", "Requests that none of the authorized uses covers were not searched." },
    { "searches by use", "Searches by authorized use", NULL },
    { "report", "Reports issued", "A report is an investigative lead only." },
  };
  JsonArray *all = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    json_array_add_object_element (all,
                                   vv_json_new ("title", "s", sections[i][1], "note", "s", sections[i][2], "rows", "a", section_rows (figures, sections[i][0]), NULL));
  return all;
}

static JsonObject *
make_yearly_facts (VvSession *session, JsonObject *details, const VvOversight *view, GError **error)
{
  g_autoptr (JsonArray) figures = vv_oversight_figures (view);
  JsonObject           *about = session->desk->about;
  g_autofree char      *head = vv_vault_audit_head (session->vault, error);
  g_autofree char      *name = _vv_desk_name_of (session, session->actor.account);

  if (head == NULL)
    return NULL;
  return vv_json_new ("agency", "s", vv_json_string (about, "agency"), "station", "s", vv_json_string (about, "station"),
                      "training", "b", vv_json_bool (about, "training"), "issued_at", "s", view->now, "audit_head", "s", head,
                      "policy", "o", _vv_desk_policy_facts (session), "year", "i", vv_json_int (details, "year"),
                      "from", "s", view->from, "to", "s", view->to, "made_by", "s", name,
                      "sections", "a", sections_of (figures), NULL);
}

JsonObject *
vv_desk_yearly_report (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char            *path = vv_json_string (details, "file");
  g_autoptr (JsonObject) period = year_of (details);
  g_autoptr (JsonObject) facts = look (self, "yearly-report", /* own= */ NULL, period, make_yearly_facts, error);
  g_autoptr (VvReport)   report = facts != NULL ? vv_report_new ("yearly-figures", facts, /* pictures= */ NULL, error) : NULL;
  g_autoptr (GBytes)     pdf = report != NULL ? vv_report_to_pdf (report, error) : NULL;

  if (pdf == NULL)
    return NULL;
  if (path == NULL || !g_file_set_contents_full (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf),
                                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, /* error= */ NULL))
    {
      g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                   _ ("The figures cannot be written to “%s”. Choose a folder that exists and is yours."), path != NULL ? path : "");
      return NULL;
    }
  return vv_json_new ("file", "s", path, "pages", "i", (gint64) vv_report_n_pages (report), "bytes", "i", (gint64) g_bytes_get_size (pdf),
                      NULL);
}

/* --- The weekly review ------------------------------------------------------------------------------------------------- */

static JsonObject *
review (VvSession *session, JsonObject *details, GError **error)
{
  const char            *notes = vv_json_string (details, "notes");
  g_auto (Period)        period = { 0 };
  g_autoptr (JsonObject) summary = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char       *text = NULL;
  g_autofree char       *hash = NULL;
  g_autofree char       *head = NULL;
  g_autoptr (VvRecord)   record = NULL;

  if (!_vv_desk_has_role (session, VV_ROLE_SUPERVISOR, error))
    return NULL;
  if (notes == NULL || *notes == '\0')
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("Write down what the review found, also when it is nothing."));
      return NULL;
    }
  head = vv_vault_audit_head (session->vault, error);
  if (head == NULL || !read_period (session, details, &period, error))
    return NULL;
  summary = vv_oversight_summary (&period.view);
  text = vv_json_canonical (summary);
  hash = vv_hash_data (text, strlen (text));
  body = vv_json_new ("from", "s", period.from, "to", "s", period.to, "notes", "s", notes, "summary_hash", "s", hash,
                      "audit_head", "s", head, NULL);
  record = _vv_desk_append (session, VV_KIND_OVERSIGHT_REVIEW, body, NULL, NULL, error);
  return record != NULL ? vv_record_to_json (record) : NULL;
}

JsonObject *
vv_desk_review_oversight (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession   session;
  JsonObject *answer;

  if (!_vv_desk_enter (self, "review-oversight", &session, error))
    return NULL;
  answer = review (&session, details, error);
  if (answer == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return answer;
}
