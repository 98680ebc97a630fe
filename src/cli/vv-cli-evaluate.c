// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-cli-verbs.h"
#include "vv-cli-work.h"
#include "vv-cli.h"
#include "vv-measure.h"

typedef struct
{
  char *pairs;
  char *gallery;
  char *probes;
} VvEvaluation;

static void
vv_evaluation_clear (VvEvaluation *self)
{
  g_free (self->pairs);
  g_free (self->gallery);
  g_free (self->probes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvEvaluation, vv_evaluation_clear)

static JsonObject *
measure (gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  const VvEvaluation *wanted = data;

  return wanted->pairs != NULL ? vv_measure_pairs (wanted->pairs, cancellable, error)
                               : vv_measure_gallery (wanted->gallery, wanted->probes, cancellable, error);
}

int
vv_cli_evaluate (int    argc,
                 char **argv)
{
  g_auto (VvEvaluation) wanted = { 0 };
  gboolean              json = FALSE;
  const GOptionEntry    entries[] = {
       { "pairs", 0, 0, G_OPTION_ARG_FILENAME, &wanted.pairs, N_ ("Pairs of pictures: file_a,file_b,same (0 or 1)"), "FILE.csv" },
       { "gallery", 0, 0, G_OPTION_ARG_FILENAME, &wanted.gallery, N_ ("Pictures to search in: file,person"), "FILE.csv" },
       { "probes", 0, 0, G_OPTION_ARG_FILENAME, &wanted.probes, N_ ("Pictures to search with: file,person"), "FILE.csv" },
       { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print the answer as JSON"), NULL },
       { NULL }
  };
  GError     *error = NULL;
  JsonObject *answer;

  if (!vv_cli_parse (&argc, &argv, "--pairs FILE.csv | --gallery FILE.csv --probes FILE.csv",
                     _ ("Measures the models on pictures of which the truth is known. Paths are relative to the CSV file. "
                        "Touches no desk and writes nothing."),
                     entries, NULL))
    return VV_CLI_USAGE;
  if (argc != 1 || (wanted.pairs == NULL) == (wanted.gallery == NULL) || (wanted.gallery == NULL) != (wanted.probes == NULL))
    return vv_cli_misuse (_ ("Name either --pairs, or --gallery and --probes."));
  answer = vv_cli_work (measure, &wanted, &error);
  return vv_cli_end (answer, error, json);
}
