// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-json.h"
#include "vv-paths.h"

static JsonArray *
roles_of (char **names)
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
  g_autoptr (JsonArray)  roles = roles_of (role_names);
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
                { NULL } };
  g_auto (VvCliCommon) common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "create|info DIR", _ ("Makes a desk in an empty folder, or says what a desk is."), entries, &common))
    return VV_CLI_USAGE;
  if (argc == 3 && strcmp (argv[1], "create") == 0)
    return training ? create_training (argv[2]) : create (argv[2]);
  if (argc == 3 && strcmp (argv[1], "info") == 0)
    return info (argv[2], common.json);
  return vv_cli_misuse (_ ("Say create or info, and the desk's folder."));
}

/* --- account add, list, disable ------------------------------------------------------------------------------------------------ */

static int
add_account (VvDesk *desk, const char *name)
{
  g_autoptr (JsonObject) facts = vv_json_new ("full_name", "s", full_name, "roles", "a", roles_of (role_names), NULL);
  g_autoptr (VvSecret)   passphrase = vv_cli_passphrase ("VISAVIS_NEW_PASSPHRASE_FILE", _ ("Pass phrase of the new account"));
  GError                *error = NULL;

  if (passphrase == NULL)
    return VV_CLI_SIGN_IN;
  if (!vv_desk_add_account (desk, name, facts, passphrase, &error))
    return vv_cli_fail (error);
  g_print (_ ("Account %s was added.\n"), name);
  return VV_CLI_OK;
}

int
vv_cli_account (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "full-name", 0, 0, G_OPTION_ARG_STRING, &full_name, N_ ("The person's full name"), "NAME" },
      { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &role_names, N_ ("examiner, supervisor or administrator; repeat"), "ROLE" },
        { NULL } };
  int                   status;
  GError               *error = NULL;
  g_autoptr (VvCliDesk) desk = NULL;
  g_auto (VvCliCommon)  common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "add NAME | list | disable NAME", _ ("Accounts of a desk. The new account's pass phrase comes from $VISAVIS_NEW_PASSPHRASE_FILE or a prompt."), entries, &common))
    return VV_CLI_USAGE;
  if (!(argc == 2 && strcmp (argv[1], "list") == 0) && !(argc == 3 && (strcmp (argv[1], "add") == 0 || strcmp (argv[1], "disable") == 0)))
    return vv_cli_misuse (_ ("Say add NAME, list, or disable NAME."));
  desk = vv_cli_sign_in (&common, &status);
  if (desk == NULL)
    return status;
  if (strcmp (argv[1], "add") == 0)
    return add_account (desk, argv[2]);
  if (strcmp (argv[1], "list") == 0)
    {
      JsonObject *accounts = vv_desk_list_accounts (desk, 0, NULL, NULL, &error);

      return vv_cli_end (accounts, error, common.json);
    }
  {
    g_autoptr (JsonObject) details = vv_json_new ("account", "s", argv[2], NULL);
    JsonObject            *disabled = vv_desk_disable_account (desk, 0, details, NULL, &error);

    return vv_cli_end (disabled, error, common.json);
  }
}

/* --- repository import, info ------------------------------------------------------------------------------------------------------ */

int
vv_cli_repository (int argc, char **argv)
{
  g_autofree char   *manifest = NULL;
  const GOptionEntry entries[] = {
    { "manifest", 0, 0, G_OPTION_ARG_FILENAME, &manifest, N_ ("CSV with the columns file, person, class, origin, reference"), "FILE" },
      { NULL }
  };
  int                    status;
  GError                *error = NULL;
  JsonObject            *answer;
  g_autoptr (JsonObject) details = NULL;
  g_autoptr (VvCliDesk)  desk = NULL;
  g_auto (VvCliCommon)   common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "import|info", _ ("Imports arrest and parole photographs named in a manifest, or says what the photo repository holds."), entries, &common))
    return VV_CLI_USAGE;
  if (argc != 2 || (strcmp (argv[1], "import") != 0 && strcmp (argv[1], "info") != 0))
    return vv_cli_misuse (_ ("Say import --manifest FILE, or info."));
  desk = vv_cli_sign_in (&common, &status);
  if (desk == NULL)
    return status;
  details = vv_json_new ("manifest", "s", manifest, NULL);
  answer = vv_cli_run (desk, strcmp (argv[1], "import") == 0 ? vv_desk_import_repository : vv_desk_repository_info, 0, details, &error);
  return vv_cli_end (answer, error, common.json);
}
