// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-cli-verbs.h"
#include "vv-cli-work.h"
#include "vv-cli.h"
#include "vv-json.h"
#include "vv-measure.h"

static JsonObject *
measure (gpointer      files,
         GCancellable *cancellable,
         GError      **error)
{
  return vv_measure_faces (files, cancellable, error);
}

/* People get a line per face; the 73 points are for programs. */
static void
print_faces (JsonObject *answer)
{
  JsonArray *files = vv_json_array (answer, "files");

  for (guint i = 0; i < vv_json_length (files); i++)
    {
      JsonObject *file = vv_json_element (files, i);
      JsonArray  *faces = vv_json_array (file, "faces");

      if (vv_json_string (file, "error") != NULL)
        g_print ("%s: %s\n", vv_json_string (file, "file"), vv_json_string (file, "error"));
      else if (vv_json_length (faces) == 0)
        g_print ("%s: %s\n", vv_json_string (file, "file"), _ ("no face found"));
      for (guint k = 0; k < vv_json_length (faces); k++)
        {
          JsonObject *box = vv_json_object (vv_json_element (faces, k), "box");

          /* Translators: a face's upper left corner and size in pixels, and the detector's score */
          g_print (_ ("%s: face at %.0f, %.0f, size %.0f x %.0f, score %.2f\n"), vv_json_string (file, "file"), vv_json_double (box, "x"),
                   vv_json_double (box, "y"), vv_json_double (box, "width"), vv_json_double (box, "height"),
                   vv_json_double (vv_json_element (faces, k), "score"));
        }
    }
}

int
vv_cli_faces (int    argc,
              char **argv)
{
  gboolean           json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print boxes, scores, five points and 68 landmarks as JSON"), NULL },
    { NULL }
  };
  GError                *error = NULL;
  g_autoptr (JsonObject) answer = NULL;
  gboolean               failed;

  if (!vv_cli_parse (&argc, &argv, "FILE...", _ ("Finds the faces in pictures. Touches no desk and writes nothing."), entries, NULL))
    return VV_CLI_USAGE;
  if (argc < 2)
    return vv_cli_misuse (_ ("Name at least one picture."));
  answer = vv_cli_work (measure, argv + 1, &error);
  if (answer == NULL)
    return vv_cli_fail (error);
  failed = vv_json_int (answer, "failures") > 0;
  if (json)
    (void) vv_cli_end (g_steal_pointer (&answer), NULL, TRUE);
  else
    print_faces (answer);
  return failed ? VV_CLI_FAILED : VV_CLI_OK;
}
