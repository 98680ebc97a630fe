// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-bench.h"
#include "vv-cli-verbs.h"
#include "vv-cli-work.h"
#include "vv-cli.h"

typedef struct
{
  int         templates, photographs, length, k, threads, queries;
  char       *people;
  const char *dir;
} VvWanted;

static JsonObject *
search (gpointer data, GCancellable *cancellable, GError **error)
{
  const VvWanted        *wanted = data;
  const VvMeasuredSearch figures = { (gsize) wanted->templates, (guint) wanted->length, (gsize) wanted->k,
                                     (guint) wanted->threads, (gsize) wanted->queries, wanted->people };

  return vv_measure_search (&figures, cancellable, error);
}

static JsonObject *
load (gpointer data, GCancellable *cancellable, GError **error)
{
  return vv_measure_load ((gsize) ((const VvWanted *) data)->templates, cancellable, error);
}

static JsonObject *
enrol (gpointer data, GCancellable *cancellable, GError **error)
{
  return vv_measure_enrol (((const VvWanted *) data)->dir, cancellable, error);
}

static JsonObject *
repository (gpointer data, GCancellable *cancellable, GError **error)
{
  return vv_measure_repository ((gsize) ((const VvWanted *) data)->photographs, ((const VvWanted *) data)->dir, cancellable, error);
}

static VvCliWork
work_of (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "search") == 0)
    return search;
  if (argc == 2 && strcmp (argv[1], "load") == 0)
    return load;
  if (argc == 3 && strcmp (argv[1], "repository") == 0)
    return repository;
  return argc == 3 && strcmp (argv[1], "enrol") == 0 ? enrol : NULL;
}

int
vv_cli_bench (int argc, char **argv)
{
  VvWanted           wanted = { .templates = 100000, .photographs = 100000, .length = 128, .k = 50, .threads = 1, .queries = 1 };
  gboolean           json = FALSE;
  const GOptionEntry entries[] = {
    { "templates", 0, 0, G_OPTION_ARG_INT, &wanted.templates, N_ ("search, load: how many templates (100000)"), "N" },
    { "photographs", 0, 0, G_OPTION_ARG_INT, &wanted.photographs, N_ ("repository: how many photographs (100000)"), "N" },
    { "dim", 0, 0, G_OPTION_ARG_INT, &wanted.length, N_ ("search: numbers in a template (128)"), "N" },
    { "k", 0, 0, G_OPTION_ARG_INT, &wanted.k, N_ ("search: length of the pool (50)"), "N" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &wanted.threads, N_ ("search: threads (1)"), "N" },
    { "queries", 0, 0, G_OPTION_ARG_INT, &wanted.queries, N_ ("search: queries at once (1)"), "N" },
    { "people", 0, 0, G_OPTION_ARG_FILENAME, &wanted.people, N_ ("search: repeat the templates of the pictures in DIR with noise"), "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print the figures as JSON"), NULL },
    { NULL }
  };
  VvCliWork   work;
  GError     *error = NULL;
  JsonObject *answer;

  if (!vv_cli_parse (&argc, &argv, "search | load | repository PICTURE | enrol DIR",
                     _ ("Measures this machine: exact search, loading an encrypted gallery, looking through a photo repository, enrolling the pictures of a folder."), entries, NULL))
    return VV_CLI_USAGE;
  work = work_of (argc, argv);
  if (work == NULL ||
      wanted.templates < 1 ||
      wanted.photographs < 1 ||
      wanted.length < 4 ||
      wanted.length % 4 != 0 ||
      wanted.k < 1 ||
      wanted.threads < 0 ||
      wanted.queries < 1)
    return vv_cli_misuse (_ ("Say search, load, repository PICTURE, or enrol DIR; numbers must be positive, and --dim a multiple of 4."));
  wanted.dir = argc == 3 ? argv[2] : NULL;
  answer = vv_cli_work (work, &wanted, &error);
  g_free (wanted.people);
  return vv_cli_end (answer, error, json);
}
