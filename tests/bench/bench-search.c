// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include "vv-bench-search.h"
#include "vv-json.h"

/* Prints what vv_bench_search() measures as JSON. Fails when the answer is not that of the plain scan. */
int
main (int    argc,
      char **argv)
{
  gint         templates = 1000000;
  gint         dim = 128;
  gint         k = 50;
  gint         threads = 1;
  gint         queries = 1;
  GOptionEntry entries[] = {
    { "templates", 'n', 0, G_OPTION_ARG_INT, &templates, "Templates in the gallery", "N" },
    { "dim", 'd', 0, G_OPTION_ARG_INT, &dim, "Numbers in a template, a multiple of 4", "N" },
    { "k", 'k', 0, G_OPTION_ARG_INT, &k, "How many of the best to find", "N" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &threads, "Threads, 0 for one per core", "N" },
    { "queries", 'q', 0, G_OPTION_ARG_INT, &queries, "Queries searched at once", "N" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (JsonObject)     result = NULL;
  g_autofree char           *text = NULL;
  VvBenchSearch              wanted;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (templates < 1 || dim < 4 || dim % 4 != 0 || k < 1 || threads < 0 || queries < 1)
    {
      g_printerr ("The numbers must be above 0, and those in a template a multiple of 4.\n");
      return EXIT_FAILURE;
    }
  wanted = (VvBenchSearch){ (gsize) templates, (guint) dim, (gsize) k, (guint) threads, (gsize) queries, NULL, 0 };
  result = vv_bench_search (&wanted, &error);
  if (result == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  text = vv_json_canonical (result);
  g_print ("%s\n", text);
  return vv_json_bool (result, "identical") ? EXIT_SUCCESS : EXIT_FAILURE;
}
