// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <string.h>

#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-oversight.h"
#include "vv-record.h"
#include "vv-time.h"

#define DAY_BEGINS 6
#define DAY_ENDS   22
#define LATE_HOURS 24
#define HOUR_US    (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* Days compare as texts: "2026-11-23T14:05" begins with "2026-11-23". */
static gboolean
is_within (const VvOversight *self, const char *when)
{
  return when != NULL && strncmp (when, self->from, strlen (self->from)) >= 0 && strncmp (when, self->to, strlen (self->to)) <= 0;
}

static void
count (JsonObject *into, const char *name)
{
  json_object_set_int_member (into, name, vv_json_int (into, name) + 1);
}

static gint64
number_after (const char *text, const char *prefix)
{
  return text != NULL && g_str_has_prefix (text, prefix) ? g_ascii_strtoll (text + strlen (prefix), /* end= */ NULL, 10) : 0;
}

static gboolean
is_odd_hour (const char *when)
{
  gint64                us = vv_time_parse (when, /* error= */ NULL);
  g_autoptr (GDateTime) local = us >= 0 ? g_date_time_new_from_unix_local (us / G_USEC_PER_SEC) : NULL;

  return local != NULL && (g_date_time_get_hour (local) < DAY_BEGINS || g_date_time_get_hour (local) >= DAY_ENDS);
}

/* --- People ---------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GHashTable *people; /* (owned) account -> JsonObject, which belongs to @order */
  JsonArray  *order;  /* (owned) */
  GHashTable *seen;   /* (owned) "account photograph" */
} Count;

static void
count_clear (Count *self)
{
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->order, json_array_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Count, count_clear)

static JsonObject *
person (Count *self, const char *account)
{
  static const char *const zeros[] = { "searches", "confirmed", "declined", "refused", "failed_sign_ins", "photographs", "openings", "shown_early", "odd_hours" };
  JsonObject              *one = g_hash_table_lookup (self->people, account);

  if (one != NULL)
    return one;
  one = vv_json_new ("account", "s", account, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (zeros); i++)
    json_object_set_int_member (one, zeros[i], 0);
  json_array_add_object_element (self->order, one);
  g_hash_table_insert (self->people, g_strdup (account), one);
  return one;
}

static void
count_opening (Count *self, JsonObject *one, JsonObject *row)
{
  gint64 photograph = vv_json_int (vv_json_object (row, "detail"), "photograph");
  char  *key = g_strdup_printf ("%s %" G_GINT64_FORMAT, vv_json_string (row, "account"), photograph);

  count (one, "openings");
  if (g_hash_table_add (self->seen, key))
    count (one, "photographs");
}

static void
count_row (Count *self, JsonObject *row)
{
  const char *act = vv_json_string (row, "act");
  const char *outcome = vv_json_string (row, "outcome");
  gboolean    done = g_strcmp0 (outcome, "done") == 0;
  JsonObject *one;

  /* A failed sign-in is written by the next person who comes, about the account that is its object. */
  if (g_strcmp0 (act, "sign-in") == 0 && !done)
    {
      const char *object = vv_json_string (row, "object");

      if (object != NULL && g_str_has_prefix (object, "account ") && object[strlen ("account ")] != '\0')
        count (person (self, object + strlen ("account ")), "failed_sign_ins");
      return;
    }
  one = person (self, vv_json_string (row, "account"));
  if (g_strcmp0 (outcome, "refused") == 0)
    count (one, "refused");
  if (done && g_strcmp0 (act, "search") == 0)
    count (one, "searches");
  if (done && g_strcmp0 (act, "open-candidate") == 0)
    count_opening (self, one, row);
  if (done && g_strcmp0 (act, "show-early") == 0)
    count (one, "shown_early");
  if (is_odd_hour (vv_json_string (row, "time")))
    count (one, "odd_hours");
}

/* --- Purposes --------------------------------------------------------------------------------------------------------------- */

/* Newest decision on the use of @request, or NULL. */
static VvRecord *
use_of (const VvOversight *self, gint64 request)
{
  VvRecord *found = NULL;

  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (record->request == request && strcmp (record->kind, VV_KIND_USE_CONFIRMATION) == 0)
        found = record;
    }
  return found;
}

static void
count_records (const VvOversight *self, Count *people, JsonObject *purposes, JsonObject *declined, JsonObject *searches)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord   *record = g_ptr_array_index (self->records, i);
      VvRecord   *use;
      const char *code;

      if (!is_within (self, record->made_at))
        continue;
      use = strcmp (record->kind, VV_KIND_SEARCH) == 0 ? use_of (self, record->request) : record;
      code = use != NULL ? vv_json_string (use->body, "code") : NULL;
      if (code == NULL)
        code = "unknown";
      if (use != record)
        count (searches, code);
      else if (strcmp (record->kind, VV_KIND_USE_CONFIRMATION) == 0)
        {
          gboolean yes = g_strcmp0 (vv_json_string (record->body, "decision"), "confirmed") == 0;

          count (yes ? purposes : declined, code);
          if (people != NULL)
            count (person (people, record->author), yes ? "confirmed" : "declined");
        }
    }
}

/* --- Late uploads ------------------------------------------------------------------------------------------------------------- */

/* When ECMS acknowledged @document, or NULL. */
static const char *
acknowledged_at (const VvOversight *self, const char *document)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (record->kind, VV_KIND_RECEIPT) == 0 && g_strcmp0 (vv_json_string (record->body, "document"), document) == 0)
        return record->made_at;
    }
  return NULL;
}

static JsonArray *
list_late (const VvOversight *self)
{
  JsonArray *late = json_array_new ();

  for (guint i = 0; i < vv_json_length (self->outbox); i++)
    {
      JsonObject *entry = vv_json_element (self->outbox, i);
      const char *queued = vv_json_string (entry, "queued_at");
      const char *done = acknowledged_at (self, vv_json_string (entry, "document"));
      gint64      us;

      if (!is_within (self, queued))
        continue;
      us = vv_time_parse (done != NULL ? done : self->now, /* error= */ NULL) - vv_time_parse (queued, /* error= */ NULL);
      if (us > LATE_HOURS * HOUR_US)
        json_array_add_object_element (late,
                                       vv_json_new ("request", "i", vv_json_int (entry, "request"), "name", "s", vv_json_string (entry, "name"),
                                                    "queued_at", "s", queued, "hours", "i", us / HOUR_US,
                                                    "acknowledged", "b", done != NULL, NULL));
    }
  return late;
}

JsonObject *
vv_oversight_summary (const VvOversight *self)
{
  g_auto (Count) people = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), json_array_new (),
                            g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  JsonObject    *purposes = json_object_new ();
  JsonObject    *declined = json_object_new ();
  JsonObject    *searches = json_object_new ();

  for (guint i = 0; i < vv_json_length (self->rows); i++)
    if (is_within (self, vv_json_string (vv_json_element (self->rows, i), "time")))
      count_row (&people, vv_json_element (self->rows, i));
  count_records (self, &people, purposes, declined, searches);
  return vv_json_new ("from", "s", self->from, "to", "s", self->to, "people", "a", g_steal_pointer (&people.order),
                      "purposes", "o", purposes, "declined", "o", declined, "searches", "o", searches,
                      "late", "a", list_late (self), NULL);
}

/* --- One person, one photograph ------------------------------------------------------------------------------------------------- */

/* What narrows the list of looks. */
typedef struct
{
  const char *account;
  gint64      request;
  gint64      photograph;
} VvWanted;

static void
add_view (JsonArray *views, const VvWanted *wanted, JsonObject *row, const char *candidate, gint64 photograph, gboolean small)
{
  const char *account = vv_json_string (row, "account");
  gint64      request = number_after (vv_json_string (row, "object"), "request ");

  if ((wanted->account != NULL && g_strcmp0 (wanted->account, account) != 0) ||
      (wanted->request != 0 && wanted->request != request) ||
      (wanted->photograph != 0 && wanted->photograph != photograph))
    return;
  json_array_add_object_element (views,
                                 vv_json_new ("when", "s", vv_json_string (row, "time"), "account", "s", account, "request", "i", request,
                                              "candidate", "s", candidate, "photograph", "i", photograph, "small", "b", small, NULL));
}

/* One row of the chain for the whole pool; each photograph of it was seen. */
static void
add_pool (JsonArray *views, const VvWanted *wanted, JsonObject *row)
{
  JsonObject *detail = vv_json_object (row, "detail");
  JsonArray  *letters = vv_json_array (detail, "candidates");
  JsonArray  *photographs = vv_json_array (detail, "photographs");

  for (guint i = 0; i < MIN (vv_json_length (letters), vv_json_length (photographs)); i++)
    add_view (views, wanted, row, json_array_get_string_element (letters, i), json_array_get_int_element (photographs, i),
              /* small= */ TRUE);
}

JsonArray *
vv_oversight_views (const VvOversight *self, const char *account, gint64 request, gint64 photograph)
{
  JsonArray     *views = json_array_new ();
  const VvWanted wanted = { account, request, photograph };

  for (guint i = 0; i < vv_json_length (self->rows); i++)
    {
      JsonObject *row = vv_json_element (self->rows, i);
      JsonObject *detail = vv_json_object (row, "detail");
      const char *act = vv_json_string (row, "act");

      if (!is_within (self, vv_json_string (row, "time")) || g_strcmp0 (vv_json_string (row, "outcome"), "done") != 0)
        continue;
      if (g_strcmp0 (act, "open-pool") == 0)
        add_pool (views, &wanted, row);
      else if (g_strcmp0 (act, "open-candidate") == 0 || g_strcmp0 (act, "show-candidate") == 0)
        add_view (views, &wanted, row, vv_json_string (detail, "candidate"), vv_json_int (detail, "photograph"),
                  strcmp (act, "show-candidate") == 0);
    }
  return views;
}

JsonArray *
vv_oversight_disseminations (const VvOversight *self)
{
  static const char *const members[] = { "what", "recipient", "authority", "document" };
  JsonArray               *all = json_array_new ();

  for (guint i = 0; i < vv_json_length (self->rows); i++)
    {
      JsonObject *row = vv_json_element (self->rows, i);
      JsonObject *shown;

      if (!is_within (self, vv_json_string (row, "time")) || g_strcmp0 (vv_json_string (row, "act"), "dissemination") != 0)
        continue;
      shown = vv_json_new ("when", "s", vv_json_string (row, "time"), "account", "s", vv_json_string (row, "account"),
                           "request", "i", number_after (vv_json_string (row, "object"), "request "), NULL);
      for (gsize m = 0; m < G_N_ELEMENTS (members); m++)
        json_object_set_string_member (shown, members[m], vv_json_string (vv_json_object (row, "detail"), members[m]));
      json_array_add_object_element (all, shown);
    }
  return all;
}

JsonArray *
vv_oversight_timeline (const VvOversight *self, const char *account)
{
  static const char *const members[] = { "account", "act", "object", "outcome" };
  g_autofree char         *own = g_strdup_printf ("account %s", account);
  JsonArray               *timeline = json_array_new ();

  for (guint i = 0; i < vv_json_length (self->rows); i++)
    {
      JsonObject *row = vv_json_element (self->rows, i);
      JsonObject *shown;

      if (!is_within (self, vv_json_string (row, "time")) ||
          (g_strcmp0 (vv_json_string (row, "account"), account) != 0 && g_strcmp0 (vv_json_string (row, "object"), own) != 0))
        continue;
      shown = vv_json_new ("when", "s", vv_json_string (row, "time"), NULL);
      for (gsize m = 0; m < G_N_ELEMENTS (members); m++)
        json_object_set_string_member (shown, members[m], vv_json_string (row, members[m]));
      json_array_add_object_element (timeline, shown);
    }
  return timeline;
}

/* --- Yearly figures ---------------------------------------------------------------------------------------------------------------- */

static void
add_section (JsonArray *out, const char *section, JsonObject *counts)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (counts), (GCompareFunc) strcmp);

  for (GList *name = names; name != NULL; name = name->next)
    json_array_add_object_element (out,
                                   vv_json_new ("section", "s", section, "item", "s", (const char *) name->data, "count", "i", vv_json_int (counts, name->data), NULL));
}

/* Outcomes, and images that were searched in another state than they came in. */
static void
count_outcomes (const VvOversight *self, JsonObject *totals, JsonObject *outcomes)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (!is_within (self, record->made_at))
        continue;
      if (strcmp (record->kind, VV_KIND_REQUEST) == 0)
        count (totals, "requests");
      else if (strcmp (record->kind, VV_KIND_SEARCH) == 0)
        count (totals, "searches");
      else if (strcmp (record->kind, VV_KIND_REPORT) == 0)
        count (outcomes, vv_json_string (record->body, "form"));
      else if (strcmp (record->kind, VV_KIND_PROBE) == 0 && vv_json_object (record->body, "derived") != NULL)
        count (totals, "modified images");
    }
}

JsonArray *
vv_oversight_figures (const VvOversight *self)
{
  static const char *const named[] = { "requests", "searches", "modified images" };
  g_autoptr (JsonObject)   totals = json_object_new ();
  g_autoptr (JsonObject)   outcomes = json_object_new ();
  g_autoptr (JsonObject)   purposes = json_object_new ();
  g_autoptr (JsonObject)   declined = json_object_new ();
  g_autoptr (JsonObject)   searches = json_object_new ();
  JsonArray               *out = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    json_object_set_int_member (totals, named[i], 0); /* a zero is a figure too */
  count_outcomes (self, totals, outcomes);
  count_records (self, /* people= */ NULL, purposes, declined, searches);
  add_section (out, "total", totals);
  add_section (out, "confirmed use", purposes);
  add_section (out, "declined use", declined);
  add_section (out, "searches by use", searches);
  add_section (out, "report", outcomes);
  return out;
}

char *
vv_oversight_figures_csv (JsonArray *figures)
{
  GString *out = g_string_new ("section,item,count\n");

  for (guint i = 0; i < vv_json_length (figures); i++)
    {
      JsonObject *one = vv_json_element (figures, i);

      g_string_append_printf (out, "%s,%s,%" G_GINT64_FORMAT "\n", vv_json_string (one, "section"), vv_json_string (one, "item"),
                              vv_json_int (one, "count"));
    }
  return g_string_free (out, FALSE);
}
