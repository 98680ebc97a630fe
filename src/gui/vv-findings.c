// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-blocks.h"
#include "vv-characteristics.h"
#include "vv-face-parts.h"
#include "vv-finding.h"
#include "vv-findings.h"
#include "vv-json.h"
#include "vv-parts.h"

/* Where on the head a block of the comparison is. */
static int
part_of (const char *block)
{
  static const struct
  {
    const char *block;
    VvPart      part;
  } places[] = {
    { "eyes", VV_PART_EYES },
    { "ears", VV_PART_EARS },
    { "nose", VV_PART_NOSE },
    { "chin", VV_PART_CHIN },
    { "mouth", VV_PART_MOUTH },
    { "hair", VV_PART_HAIR },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].block, block) == 0)
      return (int) places[i].part;
  return -1;
}

static void
add (JsonArray *findings, const char *title, const char *text, int part)
{
  json_array_add_object_element (findings, vv_json_new ("title", "s", title, "text", "s", text, "part", "i", (gint64) part, NULL));
}

static char *
answer_and_text (const char *answer, const char *text)
{
  gboolean any = vv_parts_has_text (text);

  return g_strdup_printf ("%s%s%s", answer != NULL ? answer : "", answer != NULL && any ? ". " : "", any ? text : "");
}

/* Also those that are not finished: peers may see what is still to be done. */
static void
add_marked (JsonArray *findings, JsonArray *marked)
{
  for (guint i = 0; i < vv_json_length (marked); i++)
    {
      JsonObject      *finding = vv_json_element (marked, i);
      const char      *answer = vv_json_string (finding, "answer");
      const char      *about = vv_finding_title (finding);
      g_autofree char *title = g_strdup_printf ("%u  %s", i + 1, about != NULL ? _ (about) : _ ("No component yet"));
      g_autofree char *text = answer_and_text (answer != NULL ? vv_characteristic_answer_title (answer) : NULL,
                                               vv_json_string (finding, "text"));

      add (findings, title, text, -1);
      json_object_set_int_member (vv_json_element (findings, vv_json_length (findings) - 1), "finding", i + 1);
    }
}

static void
add_statements (JsonArray *findings, JsonArray *statements, const char *title)
{
  for (guint i = 0; i < vv_json_length (statements); i++)
    {
      const char *text = json_array_get_string_element (statements, i);

      if (vv_parts_has_text (text))
        add (findings, title, text, -1);
    }
}

char *
vv_findings_text (JsonArray *marked, const char *component)
{
  g_autoptr (JsonArray) findings = json_array_new ();
  GString              *text = g_string_new (NULL);

  add_marked (findings, marked);
  for (guint i = 0; i < vv_json_length (marked); i++)
    if (component == NULL || g_strcmp0 (vv_json_string (vv_json_element (marked, i), "component"), component) == 0)
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", vv_json_string (vv_json_element (findings, i), "title"),
                              vv_json_string (vv_json_element (findings, i), "text"));
  return g_string_free (text, FALSE);
}

JsonArray *
vv_findings_new (JsonObject *comparison)
{
  JsonArray  *findings = json_array_new ();
  JsonObject *blocks = vv_json_object (comparison, "blocks");

  add_marked (findings, vv_json_array (comparison, "findings"));
  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    {
      JsonObject      *answered = vv_json_object (blocks, block->name);
      const char      *answer = vv_json_string (answered, "answer");
      const char      *note = vv_json_string (answered, "note");
      g_autofree char *text = NULL;

      if (answer == NULL)
        continue;
      text = answer_and_text (vv_block_answer_title (answer), note);
      add (findings, _ (block->title), text, part_of (block->name));
    }
  add_statements (findings, vv_json_array (comparison, "similarities"), _ ("Similar"));
  add_statements (findings, vv_json_array (comparison, "differences"), _ ("Different"));
  return findings;
}
