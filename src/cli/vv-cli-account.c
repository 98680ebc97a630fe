// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-json.h"

static char    *full_name;
static char   **role_names;
static gboolean intelligence;

static VvSecret *
new_passphrase (void)
{
  return vv_cli_passphrase ("VISAVIS_NEW_PASSPHRASE_FILE", _ ("New pass phrase"));
}

/* The address of @error, since it is set while the arguments are worked out. */
G_GNUC_PRINTF (3, 4)
static int
say (gboolean done, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          values;

  if (!done)
    return vv_cli_fail (*error);
  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_print ("%s\n", text);
  return VV_CLI_OK;
}

/* --- Acts with a new pass phrase ------------------------------------------------------------------------------------------- */

static int
add (VvDesk *desk, const char *name, gboolean json)
{
  g_autoptr (JsonObject) facts = vv_json_new ("full_name", "s", full_name, "roles", "a", vv_cli_roles (role_names), "intelligence", "b",
                                              intelligence, NULL);
  g_autoptr (VvSecret)   passphrase = new_passphrase ();
  GError                *error = NULL;

  if (passphrase == NULL)
    return VV_CLI_SIGN_IN;
  return say (vv_desk_add_account (desk, name, facts, passphrase, &error), &error, _ ("Account %s was added."), name);
}

static int
reset (VvDesk *desk, const char *name, gboolean json)
{
  g_autoptr (VvSecret) passphrase = new_passphrase ();
  GError              *error = NULL;

  if (passphrase == NULL)
    return VV_CLI_SIGN_IN;
  return say (vv_desk_reset_account (desk, name, passphrase, &error), &error,
              _ ("Account %s has a new pass phrase and a new signing key; what it signed before stays valid."), name);
}

static int
enable (VvDesk *desk, const char *name, gboolean json)
{
  g_autoptr (VvSecret) passphrase = new_passphrase ();
  GError              *error = NULL;

  if (passphrase == NULL)
    return VV_CLI_SIGN_IN;
  return say (vv_desk_enable_account (desk, name, passphrase, &error), &error, _ ("Account %s is enabled."), name);
}

static int
passphrase (VvDesk *desk, const char *name, gboolean json)
{
  g_autoptr (VvSecret) old_one = vv_cli_passphrase ("VISAVIS_PASSPHRASE_FILE", _ ("Present pass phrase"));
  g_autoptr (VvSecret) new_one = old_one != NULL ? new_passphrase () : NULL;
  GError              *error = NULL;

  if (new_one == NULL)
    return VV_CLI_SIGN_IN;
  return say (vv_desk_change_passphrase (desk, old_one, new_one, &error), &error, _ ("The pass phrase of %s was changed."),
              vv_desk_account (desk));
}

static int
second_factor (VvDesk *desk, const char *name, gboolean json)
{
  GError              *error = NULL;
  g_autoptr (VvSecret) address = vv_desk_enrol_second_factor (desk, &error);
  g_autoptr (VvSecret) words = NULL;
  g_autofree char     *code = NULL;

  if (address == NULL)
    return vv_cli_fail (error);
  g_print ("%s\n\n", _ ("Enter this address in the authenticator app now; it is not shown again:"));
  (void) fwrite (vv_secret_data (address), 1, vv_secret_size (address), stdout);
  g_print ("\n\n");
  code = vv_cli_code ();
  words = code != NULL ? vv_cli_passphrase ("VISAVIS_PASSPHRASE_FILE", _ ("Pass phrase")) : NULL;
  if (words == NULL)
    return VV_CLI_SIGN_IN;
  return say (vv_desk_confirm_second_factor (desk, words, code, &error), &error,
              _ ("From now on %s signs in with a code, too."), vv_desk_account (desk));
}

/* --- Acts with JSON ----------------------------------------------------------------------------------------------------------- */

static int
act (VvDesk *desk, VvDeskAct function, const char *name, gboolean json)
{
  g_autoptr (JsonObject) details = vv_json_new ("account", "s", name, "roles", "a", role_names != NULL ? vv_cli_roles (role_names) : NULL,
                                                "intelligence", "b", intelligence, NULL);
  GError                *error = NULL;
  JsonObject            *answer = function (desk, 0, details, /* cancellable= */ NULL, &error);

  return vv_cli_end (answer, error, json);
}

static int
list (VvDesk *desk, const char *name, gboolean json)
{
  return act (desk, vv_desk_list_accounts, name, json);
}

static int
disable (VvDesk *desk, const char *name, gboolean json)
{
  return act (desk, vv_desk_disable_account, name, json);
}

static int
release (VvDesk *desk, const char *name, gboolean json)
{
  return act (desk, vv_desk_release_account, name, json);
}

static int
roles (VvDesk *desk, const char *name, gboolean json)
{
  return act (desk, vv_desk_change_roles, name, json);
}

static const struct
{
  const char *name;
  gboolean    names_account;
  int (*run) (VvDesk *desk, const char *name, gboolean json);
} verbs[] = {
  { "add", TRUE, add },
  { "list", FALSE, list },
  { "disable", TRUE, disable },
  { "enable", TRUE, enable },
  { "reset", TRUE, reset },
  { "release", TRUE, release },
  { "roles", TRUE, roles },
  { "passphrase", FALSE, passphrase },
  { "second-factor", FALSE, second_factor },
};

int
vv_cli_account (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "full-name", 0, 0, G_OPTION_ARG_STRING, &full_name, N_ ("add: the person's full name"), "NAME" },
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &role_names, N_ ("add, roles: examiner, supervisor, administrator, auditor or trainer; repeat"), "ROLE" },
    { "intelligence", 0, 0, G_OPTION_ARG_NONE, &intelligence, N_ ("add, roles: may see requests of the Intelligence Bureau; without it, may not"), NULL },
    { NULL }
  };
  int                   status;
  g_autoptr (VvCliDesk) desk = NULL;
  g_auto (VvCliCommon)  common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "list | add|disable|enable|reset|release|roles NAME | passphrase | second-factor",
                     _ ("Accounts of a desk; passphrase and second-factor are for your own. A new pass phrase comes from "
                        "$VISAVIS_NEW_PASSPHRASE_FILE or a prompt, a code from $VISAVIS_CODE_FILE or a prompt."),
                     entries, &common))
    return VV_CLI_USAGE;
  for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, argv[1]) == 0 && argc == (verbs[i].names_account ? 3 : 2))
      {
        desk = vv_cli_sign_in (&common, &status);
        return desk != NULL ? verbs[i].run (desk, verbs[i].names_account ? argv[2] : NULL, common.json) : status;
      }
  return vv_cli_misuse (_ ("Say list, passphrase or second-factor, or add, disable, enable, reset, release or roles and an account."));
}
