// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-blocks.h"
#include "vv-characteristics.h"
#include "vv-finding.h"
#include "vv-json.h"
#include "vv-points.h"
#include "vv-procedure-error.h"

static const VvBlock blocks[] = {
  { "eyes", N_ ("Eyes"), FALSE },
  { "ears", N_ ("Ears"), FALSE },
  { "nose", N_ ("Nose"), FALSE },
  { "chin", N_ ("Chin"), FALSE },
  { "mouth", N_ ("Mouth"), FALSE },
  { "hair", N_ ("Hair"), FALSE },
  { "structure", N_ ("Overall facial structure"), FALSE },
  { "scars", N_ ("Scars"), FALSE },
  { "marks", N_ ("Marks"), FALSE },
  { "blemishes", N_ ("Blemishes"), FALSE },
  { "tattoos", N_ ("Tattoos"), FALSE },
  { "complexion", N_ ("Apparent complexion"), TRUE },
  { "gender", N_ ("Apparent gender"), TRUE },
  { "age", N_ ("Apparent age"), TRUE },
  { NULL, NULL, FALSE },
};

static const char *const answers[] = { "similar", "different", "cannot-tell", "not-visible", NULL };

static const VvConclusion conclusions[] = {
  { "strong-support-same", N_ ("Strong support that they represent the same person") },
  { "support-same", N_ ("Support that they represent the same person") },
  { "some-support-same", N_ ("Some support that they represent the same person") },
  { "cannot-say", N_ ("The comparison does not tell whether they represent the same person") },
  { "some-support-different", N_ ("Some support that they represent different persons") },
  { "support-different", N_ ("Support that they represent different persons") },
  { "strong-support-different", N_ ("Strong support that they represent different persons") },
  { NULL, NULL },
};

const VvBlock *
vv_block_all (void)
{
  return blocks;
}

const char *const *
vv_block_answers (void)
{
  return answers;
}

const char *
vv_block_answer_title (const char *answer)
{
  static const char *const titles[] = { N_ ("Similar"), N_ ("Different"), N_ ("Cannot tell"), N_ ("Not visible") };

  for (gsize i = 0; answers[i] != NULL; i++)
    if (g_strcmp0 (answers[i], answer) == 0)
      return _ (titles[i]);
  return "";
}

const VvConclusion *
vv_conclusion_all (void)
{
  return conclusions;
}

const char *
vv_conclusion_title (const char *code)
{
  for (const VvConclusion *step = conclusions; step->code != NULL; step++)
    if (g_strcmp0 (step->code, code) == 0)
      return _ (step->title);
  return NULL;
}

/* Names of the blocks that have no answer yet, or NULL when there is none. */
static char *
unanswered (JsonObject *answered)
{
  GString *missing = g_string_new (NULL);

  for (const VvBlock *block = blocks; block->name != NULL; block++)
    {
      const char *answer = vv_json_string (vv_json_object (answered, block->name), "answer");

      if (answer == NULL || !g_strv_contains (answers, answer))
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", _ (block->title));
    }
  return g_string_free (missing, missing->len == 0);
}

static gboolean
states_something (JsonArray *texts)
{
  for (guint i = 0; i < vv_json_length (texts); i++)
    {
      JsonNode   *node = json_array_get_element (texts, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (text != NULL && strspn (text, " \t\r\n") < strlen (text))
        return TRUE;
    }
  return FALSE;
}

gboolean
vv_comparison_check (JsonObject *comparison, GError **error)
{
  g_autofree char *missing = unanswered (vv_json_object (comparison, "blocks"));

  if (missing != NULL)
    g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                 _ ("These parts of the face have no answer yet: %s. “Not visible” is an answer."), missing);
  else if (!vv_characteristics_check (comparison, error) || !vv_findings_check (comparison, error))
    return FALSE;
  else if (!vv_points_check (vv_json_object (comparison, "points"), error))
    return FALSE;
  else if (!states_something (vv_json_array (comparison, "differences")))
    g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                         _ ("A comparison needs the differences that were considered, not similarities alone."));
  else if (!states_something (vv_json_array (comparison, "similarities")))
    g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                         _ ("A comparison needs the similarities that were considered, or a sentence that there are none."));
  else if (vv_conclusion_title (vv_json_string (comparison, "conclusion")) == NULL)
    g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                         _ ("A comparison needs a conclusion: one of the seven steps of support."));
  else
    return TRUE;
  return FALSE;
}
