// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-json.h"
#include "vv-measure.h"

static void
print_packs (JsonArray *packs)
{
  for (guint i = 0; i < vv_json_length (packs); i++)
    {
      JsonObject *pack = vv_json_element (packs, i);

      g_print ("%s %-11s %-20s %-10s %s\n", vv_json_bool (pack, "in_use") ? "*" : " ", vv_json_string (pack, "role"),
               vv_json_string (pack, "name"), vv_json_string (pack, "state"), vv_json_string (pack, "sha256"));
    }
}

int
vv_cli_models (int    argc,
               char **argv)
{
  gboolean           json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print the manifests as JSON"), NULL },
    { NULL }
  };
  GError                *error = NULL;
  g_autoptr (JsonObject) answer = NULL;
  gboolean               verify, ok;

  if (!vv_cli_parse (&argc, &argv, "list|verify",
                     _ ("Lists the model packs (* marks those in use), or proves that those in use have their sums and load."),
                     entries, NULL))
    return VV_CLI_USAGE;
  verify = argc == 2 && strcmp (argv[1], "verify") == 0;
  if (argc != 2 || (!verify && strcmp (argv[1], "list") != 0))
    return vv_cli_misuse (_ ("Say list or verify."));
  answer = vv_measure_models (verify, &error);
  if (answer == NULL)
    return vv_cli_fail (error);
  ok = vv_json_bool (answer, "ok");
  if (json)
    (void) vv_cli_end (g_steal_pointer (&answer), NULL, TRUE);
  else
    print_packs (vv_json_array (answer, "packs"));
  return verify && !ok ? VV_CLI_FAILED : VV_CLI_OK;
}
