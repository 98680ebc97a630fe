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
#define POOL_MAX  50
#define PEERS_MAX 5

struct _VvRules
{
  JsonObject *policy;  /* (owned) */
  JsonObject *content; /* (owned) */
};

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
  if (vv_json_length (vv_json_array (content, "origins")) == 0)
    return _ ("The rules file names no origin from which photographs may come.");
  return NULL;
}

VvRules *
vv_rules_parse (const char *text, GError **error)
{
  g_autoptr (JsonObject) content = vv_json_parse (text, -1, _ ("the rules file"), /* error= */ NULL);
  const char            *fault = content != NULL ? find_fault (content) : _ ("The rules file is not a JSON object.");
  g_autofree char *hash = vv_hash_data (text, strlen (text));
  VvRules         *self;

  if (fault != NULL)
    {
                 g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_POLICY, fault);
                 return NULL;
    }
  self = g_new0 (VvRules, 1);
  self->content = g_steal_pointer (&content);
  self->policy = vv_json_copy (vv_json_object (self->content, "policy"));
  json_object_set_string_member (self->policy, "rules_hash", hash);
  return self;
}

void
vv_rules_free (VvRules *self)
{
  if (self == NULL)
    return;
  json_object_unref (self->policy);
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

gboolean
vv_rules_allows_origin (VvRules *self, const char *origin)
{
  JsonArray *origins = vv_json_array (self->content, "origins");

  for (guint i = 0; i < vv_json_length (origins); i++)
    if (g_strcmp0 (json_array_get_string_element (origins, i), origin) == 0)
      return TRUE;
  return FALSE;
}
