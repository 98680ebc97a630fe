// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include <string.h>

#include "vv-case-private.h"
#include "vv-json.h"
#include "vv-kinds.h"

/* Several candidates of one pool. Reviews and decisions are about the candidate that was proposed last before them,
 * whatever they name themselves. */

static gboolean
is_kind (VvRecord *record, const char *kind)
{
  return strcmp (record->kind, kind) == 0;
}

/* Adds to @found the records of @kind that are about the newest proposal of @candidate. */
static void
collect (VvCase *self, const char *kind, const char *candidate, GPtrArray *found)
{
  gint64      after = _vv_case_counts_after (self, VV_KIND_PROPOSAL);
  const char *about = NULL;

  for (guint i = 0; candidate != NULL && i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (record->id <= after)
        continue;
      if (is_kind (record, VV_KIND_NONE))
        about = NULL;
      else if (is_kind (record, VV_KIND_PROPOSAL))
        {
          about = vv_json_string (record->body, "candidate");
          if (g_strcmp0 (about, candidate) == 0)
            g_ptr_array_set_size (found, 0);
        }
      else if (is_kind (record, kind) && g_strcmp0 (about, candidate) == 0)
        g_ptr_array_add (found, record);
    }
}

VvRecord *
vv_case_decision (VvCase *self, const char *candidate)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (self, VV_KIND_SIGN_OFF, candidate, found);
  return found->len > 0 ? g_ptr_array_index (found, found->len - 1) : NULL;
}

GPtrArray *
vv_case_reviews (VvCase *self, const char *candidate)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (self, VV_KIND_PEER_REVIEW, candidate, found);
  return found;
}

gboolean
vv_case_is_possible_match_candidate (VvCase *self, const char *candidate)
{
  VvRecord *decision = vv_case_decision (self, candidate);

  return decision != NULL &&
         g_strcmp0 (vv_json_string (decision->body, "decision"), "approved") == 0 &&
         _vv_case_pool_row (self, candidate) != NULL &&
         vv_case_current (self, VV_KIND_COMPARISON, candidate, NULL) != NULL &&
         vv_case_current (self, VV_KIND_BACKGROUND, candidate, NULL) != NULL;
}

GPtrArray *
vv_case_approved (VvCase *self)
{
  VvRecord  *search = vv_case_current (self, VV_KIND_SEARCH, NULL, NULL);
  JsonArray *pool = search != NULL ? vv_json_array (search->body, "pool") : NULL;
  GPtrArray *approved = g_ptr_array_new ();

  for (guint i = 0; i < vv_json_length (pool); i++)
    {
      const char *candidate = vv_json_string (vv_json_element (pool, i), "candidate");

      if (vv_case_is_possible_match_candidate (self, candidate))
        g_ptr_array_add (approved, (gpointer) candidate);
    }
  return approved;
}

const char *
vv_case_next_report (VvCase *self)
{
  g_autoptr (GPtrArray) approved = vv_case_approved (self);

  for (guint i = 0; i < approved->len; i++)
    if (vv_case_current (self, VV_KIND_REPORT, g_ptr_array_index (approved, i), NULL) == NULL)
      return g_ptr_array_index (approved, i);
  return NULL;
}

guint
_vv_case_reports_due (VvCase *self)
{
  g_autoptr (GPtrArray) approved = vv_case_approved (self);

  return MAX (approved->len, 1);
}
