// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-cli-resource.h"
#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-csv.h"
#include "vv-json.h"
#include "vv-paths.h"
#include "vv-rules.h"

/* What the program enforces: the text of the procedure, what of it is proved by which test, and what was decided where it is
 * silent. Needs no desk. */

static GBytes *
built_in (const char *name)
{
  g_autofree char *path = g_strconcat ("/visavis/cli/", name, NULL);

  return g_resource_lookup_data (vv_cli_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, /* error= */ NULL);
}

static JsonObject *
show (GError **error)
{
  g_autofree char    *path = vv_paths_data ("rules/212-129.json");
  g_autofree char    *text = NULL;
  g_autoptr (VvRules) rules = NULL;

  if (!g_file_get_contents (path, &text, /* length= */ NULL, error))
    return NULL;
  rules = vv_rules_parse (text, error);
  return rules == NULL ? NULL
                       : vv_json_new ("policy", "o", json_object_ref (vv_rules_policy (rules)),
                                      "related", "a", json_array_ref (vv_rules_related (rules)), NULL);
}

/* {"requirements":[{requirement, status, test, note}], "counts":{status: n}, "total"} */
static JsonObject *
coverage (GError **error)
{
  static const char *const needed[] = { "requirement", "status", "test", "note", NULL };
  g_autoptr (GBytes)       file = built_in ("requirements.csv");
  gsize                    size;
  const char              *text = g_bytes_get_data (file, &size);
  JsonArray               *rows = vv_csv_parse (text, size, "requirements.csv", needed, error);
  JsonObject              *counts;

  if (rows == NULL)
    return NULL;
  counts = json_object_new ();
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      const char *status = vv_json_string (vv_json_element (rows, i), "status");

      json_object_set_int_member (counts, status, vv_json_int (counts, status) + 1);
    }
  return vv_json_new ("requirements", "a", rows, "counts", "o", counts, "total", "i", (gint64) json_array_get_length (rows), NULL);
}

static JsonObject *
gaps (GError **error)
{
  g_autoptr (GBytes) file = built_in ("policy-gaps.md");
  g_autofree char   *text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));

  return vv_json_new ("text", "s", text, NULL);
}

static void
print_coverage (JsonObject *answer)
{
  JsonArray        *rows = vv_json_array (answer, "requirements");
  JsonObject       *counts = vv_json_object (answer, "counts");
  g_autoptr (GList) statuses = json_object_get_members (counts);

  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      JsonObject    *row = vv_json_element (rows, i);
      g_auto (GStrv) tests = g_strsplit (vv_json_string (row, "test"), " ", -1);

      g_print ("%-6s %-7s %s\n", vv_json_string (row, "requirement"), vv_json_string (row, "status"), vv_json_string (row, "note"));
      for (char **test = tests; *test != NULL; test++)
        if (**test != '\0')
          g_print ("               %s\n", *test);
    }
  for (GList *status = statuses; status != NULL; status = status->next)
    g_print ("%s: %" G_GINT64_FORMAT "\n", (const char *) status->data, vv_json_int (counts, status->data));
}

int
vv_cli_policy (int argc, char **argv)
{
  gboolean           json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print the answer as JSON"), NULL },
    { NULL }
  };
  static const struct
  {
    const char *name;
    JsonObject *(*make) (GError **error);
  } parts[] = { { "show", show }, { "coverage", coverage }, { "gaps", gaps } };
  GError     *error = NULL;
  JsonObject *answer;
  gsize       i = 0;

  if (!vv_cli_parse (&argc, &argv, "show|coverage|gaps",
                     _ ("Says which text of the procedure is enforced, which test proves each requirement, and what was decided where the text is silent."),
                     entries, NULL))
    return VV_CLI_USAGE;
  while (argc == 2 && i < G_N_ELEMENTS (parts) && strcmp (parts[i].name, argv[1]) != 0)
    i++;
  if (argc != 2 || i == G_N_ELEMENTS (parts))
    return vv_cli_misuse (_ ("Say show, coverage or gaps."));
  answer = parts[i].make (&error);
  if (answer == NULL || json || parts[i].make == show)
    return vv_cli_end (answer, error, json);
  if (parts[i].make == coverage)
    print_coverage (answer);
  else
    g_print ("%s", vv_json_string (answer, "text"));
  json_object_unref (answer);
  return VV_CLI_OK;
}
