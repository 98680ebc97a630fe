// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-cli-verbs.h"
#include "vv-cli-work.h"
#include "vv-cli.h"
#include "vv-derived.h"
#include "vv-json.h"

typedef struct
{
  char    *image;
  char    *steps;
  char    *out;
  gboolean list;
  gboolean json;
} VvAdjustOptions;

static void
options_clear (VvAdjustOptions *self)
{
  g_free (self->image);
  g_free (self->steps);
  g_free (self->out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvAdjustOptions, options_clear)

static JsonObject *
adjust (gpointer      data,
        GCancellable *cancellable,
        GError      **error)
{
  const VvAdjustOptions *options = data;

  return vv_derived_files (options->image, options->steps, options->out, cancellable, error);
}

static void
print_value (JsonObject *value)
{
  JsonArray *choices = vv_json_array (value, "choices");

  g_print ("    %-10s %s", vv_json_string (value, "value"), vv_json_string (value, "title"));
  for (guint i = 0; i < vv_json_length (choices); i++)
    g_print ("%s %s", i == 0 ? ":" : ",", vv_json_string (vv_json_element (choices, i), "choice"));
  if (choices == NULL)
    {
      int digits = (int) vv_json_int (value, "digits");

      /* Translators: lowest and highest value, the one it has when nothing is said, its unit */
      g_print (_ (": %.*f to %.*f, usually %.*f %s"), digits, vv_json_double (value, "low"), digits, vv_json_double (value, "high"),
               digits, vv_json_double (value, "default"), vv_json_string (value, "unit"));
    }
  g_print ("\n");
}

/* The closed list, for people. */
static void
print_steps (JsonArray *steps)
{
  for (guint i = 0; i < vv_json_length (steps); i++)
    {
      JsonObject *step = vv_json_element (steps, i);
      JsonArray  *values = vv_json_array (step, "values");

      g_print ("%s: %s\n", vv_json_string (step, "step"), vv_json_string (step, "what"));
      for (guint v = 0; v < vv_json_length (values); v++)
        print_value (vv_json_element (values, v));
    }
}

static int
list_steps (gboolean json)
{
  JsonArray *steps = vv_derived_steps ();

  if (json)
    return vv_cli_end (vv_json_new ("steps", "a", steps, NULL), NULL, TRUE);
  print_steps (steps);
  json_array_unref (steps);
  return VV_CLI_OK;
}

int
vv_cli_adjust (int    argc,
               char **argv)
{
  g_auto (VvAdjustOptions) options = { NULL };
  const GOptionEntry       entries[] = {
          { "image", 0, 0, G_OPTION_ARG_FILENAME, &options.image, N_ ("The picture; it stays as it is"), N_ ("FILE") },
          { "steps", 0, 0, G_OPTION_ARG_FILENAME, &options.steps, N_ ("JSON: {\"adjustments\":[{\"step\":\"exposure\",\"stops\":0.5}]}"), N_ ("FILE") },
          { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, N_ ("The PNG file to write"), N_ ("FILE") },
          { "list", 0, 0, G_OPTION_ARG_NONE, &options.list, N_ ("Say which steps there are, with their values and ranges"), NULL },
          { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print the answer as JSON"), NULL },
          { NULL }
  };
  GError     *error = NULL;
  JsonObject *answer;

  if (!vv_cli_parse (&argc, &argv, NULL, _ ("Applies a list of adjustments to a copy of a picture. Touches no desk."), entries, NULL))
    return VV_CLI_USAGE;
  if (options.list)
    return list_steps (options.json);
  if (options.image == NULL || options.steps == NULL || options.out == NULL)
    return vv_cli_misuse (_ ("Name the picture (--image), the list of adjustments (--steps) and the file to write (--out)."));
  answer = vv_cli_work (adjust, &options, &error);
  /* People get the description. */
  if (answer != NULL && !options.json)
    json_object_remove_member (answer, "adjustments");
  return vv_cli_end (answer, error, options.json);
}
