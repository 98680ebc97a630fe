// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-json.h"
#include "vv-roles.h"

/* The connection's password is a secret like a pass phrase: from a file or a prompt, never an argument. */
static gboolean
add_password (JsonObject *settings)
{
  g_autoptr (VvSecret) secret = NULL;
  g_autofree char     *text = NULL;

  if (vv_json_string (settings, "user") == NULL || vv_json_string (settings, "password") != NULL)
    return TRUE;
  secret = vv_cli_passphrase ("VISAVIS_ECMS_PASSWORD_FILE", _ ("Password for ECMS"));
  if (secret == NULL)
    return FALSE;
  text = g_strndup ((const char *) vv_secret_data (secret), vv_secret_size (secret));
  json_object_set_string_member (settings, "password", text);
  return TRUE;
}

/* Whether a request could not be taken in: a person must look. */
static gboolean
needs_a_person (JsonObject *fetched)
{
  return vv_json_length (vv_json_array (fetched, "exceptions")) > 0 || vv_json_string (fetched, "error") != NULL;
}

/* Before anything is sent, so that the receipt goes with it; what fails does not hold up the sending. (transfer full) */
static JsonObject *
fetch_first (VvCliDesk *desk)
{
  g_autoptr (GError) error = NULL;
  JsonObject        *answer = vv_cli_run (desk, vv_desk_fetch, 0, NULL, &error);

  return answer != NULL ? answer : vv_json_new ("error", "s", error->message, NULL);
}

static int
run_fetch (VvCliDesk *desk, gboolean json)
{
  GError     *error = NULL;
  JsonObject *answer = vv_cli_run (desk, vv_desk_fetch, 0, NULL, &error);
  gboolean    waits = needs_a_person (answer);
  int         status = vv_cli_end (answer, error, json);

  return status == VV_CLI_OK && waits ? VV_CLI_ECMS : status;
}

int
vv_cli_ecms (int argc, char **argv)
{
  g_autofree char   *from = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, N_ ("set: the settings as JSON (data/ecms/ has examples)"), "FILE" },
    { NULL }
  };
  int                    status;
  GError                *error = NULL;
  JsonObject            *answer;
  g_autoptr (JsonObject) settings = NULL;
  g_autoptr (VvCliDesk)  desk = NULL;
  g_auto (VvCliCommon)   common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "show|set|fetch",
                     _ ("Shows or sets how ECMS is reached, or takes in the requests that wait there. A password comes from $VISAVIS_ECMS_PASSWORD_FILE or a prompt."),
                     entries, &common))
    return VV_CLI_USAGE;
  if (argc != 2 || (strcmp (argv[1], "show") != 0 && strcmp (argv[1], "fetch") != 0 && (strcmp (argv[1], "set") != 0 || from == NULL)))
    return vv_cli_misuse (_ ("Say show, fetch, or set --from FILE."));
  settings = from != NULL ? vv_json_load (from, &error) : json_object_new ();
  if (settings == NULL)
    return vv_cli_fail (error);
  desk = vv_cli_sign_in (&common, &status);
  if (desk == NULL)
    return status;
  if (strcmp (argv[1], "fetch") == 0)
    return run_fetch (desk, common.json);
  if (!add_password (settings))
    return VV_CLI_SIGN_IN;
  answer = vv_desk_ecms (desk, 0, settings, NULL, &error);
  return vv_cli_end (answer, error, common.json);
}

int
vv_cli_sync (int argc, char **argv)
{
  gboolean           all = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Try also what failed and is not due yet"), NULL },
    { NULL }
  };
  int                    status;
  gboolean               waits, fetches;
  GError                *error = NULL;
  JsonObject            *answer;
  g_autoptr (JsonObject) details = NULL;
  g_autoptr (JsonObject) fetched = NULL;
  g_autoptr (VvCliDesk)  desk = NULL;
  g_auto (VvCliCommon)   common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "", _ ("Takes in the requests that wait in ECMS (examiner or supervisor), and sends what waits for it."),
                     entries, &common))
    return VV_CLI_USAGE;
  desk = vv_cli_sign_in (&common, &status);
  if (desk == NULL)
    return status;
  details = vv_json_new ("all", "b", all, NULL);
  fetches = (vv_desk_roles (desk) & (VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR)) != 0;
  fetched = fetches ? fetch_first (desk) : NULL;
  answer = vv_cli_run (desk, vv_desk_sync, 0, details, &error);
  waits = vv_json_int (answer, "waiting") > 0 || vv_json_int (answer, "failed") > 0 || needs_a_person (fetched);
  if (answer != NULL && fetched != NULL)
    json_object_set_object_member (answer, "requests", json_object_ref (fetched));
  status = vv_cli_end (answer, error, common.json);
  return status == VV_CLI_OK && waits ? VV_CLI_ECMS : status;
}

int
vv_cli_audit (int argc, char **argv)
{
  int                   status;
  gboolean              verify, sound;
  GError               *error = NULL;
  JsonObject           *answer;
  g_autoptr (VvCliDesk) desk = NULL;
  g_auto (VvCliCommon)  common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "verify|export",
                     _ ("Checks every link, hash and signature of the audit chain and the records, or prints the chain."), NULL,
                     &common))
    return VV_CLI_USAGE;
  if (argc != 2 || (strcmp (argv[1], "verify") != 0 && strcmp (argv[1], "export") != 0))
    return vv_cli_misuse (_ ("Say verify or export."));
  verify = strcmp (argv[1], "verify") == 0;
  desk = vv_cli_sign_in (&common, &status);
  if (desk == NULL)
    return status;
  answer = vv_cli_run (desk, verify ? vv_desk_verify_audit : vv_desk_export_audit, 0, NULL, &error);
  sound = !verify || vv_json_bool (answer, "ok");
  status = vv_cli_end (answer, error, common.json);
  return status == VV_CLI_OK && !sound ? VV_CLI_DAMAGED : status;
}
