// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-json.h"
#include "vv-paths.h"

#define NO_MINUTES -1

JsonArray *
vv_cli_roles (char **names)
{
  JsonArray *roles = json_array_new ();

  for (; names != NULL && *names != NULL; names++)
    json_array_add_string_element (roles, *names);
  return roles;
}

/* --- desk create, desk info ------------------------------------------------------------------------------------------------- */

static char    *station, *agency, *account, *full_name;
static char   **role_names;
static gboolean training;
static int      idle_minutes = NO_MINUTES;

static int
create_training (const char *dir)
{
  g_autofree char *people = vv_paths_data ("people");
  GError          *error = NULL;

  if (!vv_desk_create_training (dir, people, /* cancellable= */ NULL, &error))
    return vv_cli_fail (error);
  g_print (_ ("The training desk is in %s. It holds synthetic persons only.\n"), dir);
  return VV_CLI_OK;
}

static int
create (const char *dir)
{
  g_autoptr (JsonObject) about = vv_json_new ("station", "s", station, "agency", "s", agency, "training", "b", FALSE, NULL);
  g_autoptr (JsonArray)  roles = vv_cli_roles (role_names);
  g_autoptr (VvSecret)   passphrase = NULL;
  GError                *error = NULL;

  if (station == NULL || agency == NULL || account == NULL || full_name == NULL)
    return vv_cli_misuse (_ ("A desk needs --station, --agency, --account and --full-name."));
  passphrase = vv_cli_passphrase ("VISAVIS_PASSPHRASE_FILE", _ ("Pass phrase of the first administrator"));
  if (passphrase == NULL)
    return VV_CLI_SIGN_IN;
  json_array_add_string_element (roles, "administrator");
  if (!vv_desk_create (dir, about, account, full_name, roles, passphrase, &error))
    return vv_cli_fail (error);
  g_print (_ ("The desk is in %s. Add accounts next: visavis-cli account add --help\n"), dir);
  return VV_CLI_OK;
}

static int
info (const char *dir, gboolean json)
{
  GError     *error = NULL;
  JsonObject *described = vv_desk_describe (dir, &error);

  return vv_cli_end (described, error, json);
}

static int
settings (VvCliCommon *common)
{
  int                    status;
  GError                *error = NULL;
  g_autoptr (VvCliDesk)  desk = vv_cli_sign_in (common, &status);
  g_autoptr (JsonObject) details = json_object_new ();
  JsonObject            *answer;

  if (desk == NULL)
    return status;
  if (idle_minutes != NO_MINUTES)
    json_object_set_int_member (details, "idle_minutes", idle_minutes);
  answer = vv_desk_settings (desk, 0, details, /* cancellable= */ NULL, &error);
  return vv_cli_end (answer, error, common->json);
}

int
vv_cli_desk (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "training", 0, 0, G_OPTION_ARG_NONE, &training, N_ ("Make a training desk with synthetic persons"), NULL },
    { "station", 0, 0, G_OPTION_ARG_STRING, &station, N_ ("1 to 4 capital letters or digits, part of each FIS number"), "CODE" },
    { "agency", 0, 0, G_OPTION_ARG_STRING, &agency, N_ ("Name of the agency, printed on reports"), "NAME" },
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("Account of the first administrator"), "NAME" },
    { "full-name", 0, 0, G_OPTION_ARG_STRING, &full_name, N_ ("That person's full name"), "NAME" },
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &role_names, N_ ("A further role of that account; repeat"), "ROLE" },
    { "idle-minutes", 0, 0, G_OPTION_ARG_INT, &idle_minutes, N_ ("settings: minutes without a person until the desk locks, 1 to 30"), "N" },
    { NULL }
  };
  g_auto (VvCliCommon) common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "create|info DIR | settings",
                     _ ("Makes a desk in an empty folder, says what a desk is, or shows and changes its settings."), entries,
                     &common))
    return VV_CLI_USAGE;
  if (argc == 3 && strcmp (argv[1], "create") == 0)
    return training ? create_training (argv[2]) : create (argv[2]);
  if (argc == 3 && strcmp (argv[1], "info") == 0)
    return info (argv[2], common.json);
  if (argc == 2 && strcmp (argv[1], "settings") == 0)
    return settings (&common);
  return vv_cli_misuse (_ ("Say create or info and the desk's folder, or settings."));
}

/* --- repository import, seal, info, list ------------------------------------------------------------------------------------------------------ */

int
vv_cli_repository (int argc, char **argv)
{
  g_autofree char *manifest = NULL;
  g_autofree char *class = NULL, *person = NULL, *reference = NULL;
  gint64             before = 0, import = 0;
  g_auto (GStrv)     transactions = NULL;
  const GOptionEntry entries[] = {
    { "class", 0, 0, G_OPTION_ARG_STRING, &class, N_ ("list: arrest or parole only"), "CLASS" },
    { "person", 0, 0, G_OPTION_ARG_STRING, &person, N_ ("list: of this person only"), "NUMBER" },
    { "reference", 0, 0, G_OPTION_ARG_STRING, &reference, N_ ("list: with this reference only"), "REFERENCE" },
    { "import", 0, 0, G_OPTION_ARG_INT64, &import, N_ ("list: of the import with this record only"), "RECORD" },
    { "before", 0, 0, G_OPTION_ARG_INT64, &before, N_ ("list: the next page, before this photograph"), "PHOTOGRAPH" },
    { "transactions", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &transactions, N_ ("import: ANSI/NIST-ITL transactions instead, a file or a folder; repeat"), "PATH" },
    { "manifest", 0, 0, G_OPTION_ARG_FILENAME, &manifest, N_ ("CSV; import: file, person, class, origin, reference; seal: sha256 or reference"), "FILE" },
    { NULL }
  };
  static const struct
  {
    const char *name;
    VvDeskAct   act;
  } acts[] = { { "import", vv_desk_import_repository }, { "seal", vv_desk_seal_repository }, { "info", vv_desk_repository_info }, { "list", vv_desk_list_photographs } };
  VvDeskAct              act = NULL;
  int                    status;
  GError                *error = NULL;
  JsonObject            *answer;
  g_autoptr (JsonObject) details = NULL;
  g_autoptr (VvCliDesk)  desk = NULL;
  g_auto (VvCliCommon)   common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "import|seal|info|list",
                     _ ("Imports arrest and parole photographs named in a manifest, removes those of sealed and expunged records, says what the photo repository holds, or lists its photographs."),
                     entries, &common))
    return VV_CLI_USAGE;
  for (gsize i = 0; argc == 2 && i < G_N_ELEMENTS (acts); i++)
    if (strcmp (acts[i].name, argv[1]) == 0)
      act = acts[i].act;
  if (act == NULL)
    return vv_cli_misuse (_ ("Say import --manifest FILE, import --transactions PATH, seal --manifest FILE, info, or list."));
  desk = vv_cli_sign_in (&common, &status);
  if (desk == NULL)
    return status;
  details = vv_json_new ("manifest", "s", manifest, "class", "s", class, "person", "s", person, "reference", "s", reference,
                         "import", "i", import, "before", "i", before, NULL);
  if (transactions != NULL && act == vv_desk_import_repository)
    {
      act = vv_desk_import_transactions;
      json_object_set_array_member (details, "transactions", vv_cli_roles (transactions));
    }
  answer = vv_cli_run (desk, act, 0, details, &error);
  return vv_cli_end (answer, error, common.json);
}
