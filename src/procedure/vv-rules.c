// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-procedure-error.h"
#include "vv-rules.h"

/* FBI guidance returns 2 to 50 candidates; more cannot be compared with care. */
#define POOL_MAX       50
#define PEERS_MAX      5
#define CACHE_DAYS     30
#define CACHE_DAYS_MAX 365

struct _VvRules
{
  JsonObject *policy;  /* (owned) */
  JsonObject *content; /* (owned) */
  JsonArray  *related; /* (owned) */
};

/* Two ends, each a number or null for none, the first not above the second. */
static gboolean
read_range (JsonArray *ends, double *ret_low, double *ret_high)
{
  double values[2] = { -G_MAXDOUBLE, G_MAXDOUBLE };

  if (vv_json_length (ends) != G_N_ELEMENTS (values))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      JsonNode *end = json_array_get_element (ends, i);

      if (JSON_NODE_HOLDS_VALUE (end) &&
          (json_node_get_value_type (end) == G_TYPE_INT64 || json_node_get_value_type (end) == G_TYPE_DOUBLE))
        values[i] = json_node_get_double (end);
      else if (!JSON_NODE_HOLDS_NULL (end))
        return FALSE;
    }
  *ret_low = values[0];
  *ret_high = values[1];
  return values[0] <= values[1];
}

/* Whether every measure has a range that is good within a range that is usable. */
static gboolean
has_limits (JsonObject *quality)
{
  g_autoptr (GList) names = quality != NULL ? json_object_get_members (quality) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonObject *limits = vv_json_object (quality, name->data);
      double      good[2], usable[2];

      if (!read_range (vv_json_array (limits, "good"), &good[0], &good[1]) ||
          !read_range (vv_json_array (limits, "usable"), &usable[0], &usable[1]) || good[0] < usable[0] || good[1] > usable[1])
        return FALSE;
    }
  return names != NULL;
}

static gboolean
allows_origin (JsonObject *content, const char *origin)
{
  JsonArray *origins = vv_json_array (content, "origins");

  for (guint i = 0; i < vv_json_length (origins); i++)
    if (g_strcmp0 (json_array_get_string_element (origins, i), origin) == 0)
      return TRUE;
  return FALSE;
}

/* Whether every source has an approved origin and a class, and fields name person and reference. */
static gboolean
has_sources (JsonObject *content)
{
  JsonObject       *transactions = vv_json_object (content, "transactions");
  JsonObject       *sources = vv_json_object (transactions, "sources");
  g_autoptr (GList) names = sources != NULL ? json_object_get_members (sources) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonObject *source = vv_json_object (sources, name->data);
      const char *class = vv_json_string (source, "class");

      if (!allows_origin (content, vv_json_string (source, "origin")) ||
          (g_strcmp0 (class, "arrest") != 0 && g_strcmp0 (class, "parole") != 0))
        return FALSE;
    }
  return names != NULL &&
         vv_json_length (vv_json_array (transactions, "person")) > 0 &&
         vv_json_length (vv_json_array (transactions, "reference")) > 0;
}

/* What is wrong with @content, or NULL. Translated, static. */
static const char *
find_fault (JsonObject *content)
{
  static const char *const needed[] = { "procedure", "title", "issued", "effective" };
  JsonObject              *policy = vv_json_object (content, "policy");

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (vv_json_string (policy, needed[i]) == NULL)
      return _ ("The rules file does not say which text of the procedure it enforces.");
  if (vv_json_int (content, "pool_length") < 1 || vv_json_int (content, "pool_length") > POOL_MAX)
    return _ ("The rules file needs a pool length between 1 and 50.");
  if (vv_json_int (content, "peers") < 1 || vv_json_int (content, "peers") > PEERS_MAX)
    return _ ("The rules file needs a number of peer reviewers between 1 and 5.");
  if (json_object_has_member (content, "cache_days") &&
      (vv_json_int (content, "cache_days") < 1 || vv_json_int (content, "cache_days") > CACHE_DAYS_MAX))
    return _ ("The rules file needs between 1 and 365 days for the age of the photo repository.");
  if (vv_json_length (vv_json_array (content, "origins")) == 0)
    return _ ("The rules file names no origin from which photographs may come.");
  if (json_object_has_member (content, "transactions") && !has_sources (content))
    return _ ("The rules file needs for each source of transactions an approved origin and a class, and the fields of person and reference.");
  if (!has_limits (vv_json_object (content, "quality")))
    return _ ("The rules file needs limits for image quality: for each measure “good” within “usable”, each with two ends.");
  return NULL;
}

VvRules *
vv_rules_parse (const char *text, GError **error)
{
  g_autoptr (JsonObject) content = vv_json_parse (text, -1, _ ("the rules file"), /* error= */ NULL);
  const char            *fault = content != NULL ? find_fault (content) : _ ("The rules file is not a JSON object.");
  g_autofree char       *hash = vv_hash_data (text, strlen (text));
  VvRules               *self;

  if (fault != NULL)
    {
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_POLICY, fault);
      return NULL;
    }
  self = g_new0 (VvRules, 1);
  self->content = g_steal_pointer (&content);
  self->policy = vv_json_copy (vv_json_object (self->content, "policy"));
  json_object_set_string_member (self->policy, "rules_hash", hash);
  self->related = vv_json_array (self->content,
                                 "related") != NULL
                    ? json_array_ref (vv_json_array (self->content, "related"))
                    : json_array_new ();
  return self;
}

void
vv_rules_free (VvRules *self)
{
  if (self == NULL)
    return;
  json_object_unref (self->policy);
  json_array_unref (self->related);
  json_object_unref (self->content);
  g_free (self);
}

JsonObject *
vv_rules_policy (VvRules *self)
{
  return self->policy;
}

guint
vv_rules_pool_length (VvRules *self)
{
  return (guint) vv_json_int (self->content, "pool_length");
}

guint
vv_rules_peers (VvRules *self)
{
  return (guint) vv_json_int (self->content, "peers");
}

guint
vv_rules_cache_days (VvRules *self)
{
  return json_object_has_member (self->content, "cache_days") ? (guint) vv_json_int (self->content, "cache_days") : CACHE_DAYS;
}

JsonArray *
vv_rules_related (VvRules *self)
{
  return self->related;
}

gboolean
vv_rules_allows_origin (VvRules *self, const char *origin)
{
  return allows_origin (self->content, origin);
}

JsonObject *
vv_rules_transactions (VvRules *self)
{
  return vv_json_object (self->content, "transactions");
}

JsonObject *
vv_rules_quality (VvRules *self)
{
  return vv_json_object (self->content, "quality");
}
