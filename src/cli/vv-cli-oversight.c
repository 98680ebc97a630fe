// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-json.h"

static const struct
{
  const char *name;
  VvDeskAct   act;
} verbs[] = {
  { "summary", vv_desk_oversight },
  { "person", vv_desk_timeline_of_person },
  { "views", vv_desk_view_log },
  { "disseminations", vv_desk_dissemination_log },
  { "year", vv_desk_yearly_figures },
  { "review", vv_desk_review_oversight },
};

static VvDeskAct
find_act (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, name) == 0)
      return verbs[i].act;
  return NULL;
}

int
vv_cli_oversight (int argc, char **argv)
{
  static char       *from, *to, *person, *notes, *pdf;
  static int         year;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_ ("First day (default: a week ago)"), "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("Last day (default: today)"), "DATE" },
    { "person", 0, 0, G_OPTION_ARG_STRING, &person, N_ ("person, views: the account"), "ACCOUNT" },
    { "year", 0, 0, G_OPTION_ARG_INT, &year, N_ ("year: which one (default: this year)"), "YEAR" },
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &pdf, N_ ("year: write the figures as a PDF there"), "FILE" },
    { "notes", 0, 0, G_OPTION_ARG_STRING, &notes, N_ ("review: what was found"), "TEXT" },
    { NULL }
  };
  int                    status;
  GError                *error = NULL;
  VvDeskAct              act;
  JsonObject            *answer;
  g_autoptr (JsonObject) details = NULL;
  g_autoptr (VvCliDesk)  desk = NULL;
  g_auto (VvCliCommon)   common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "summary|person|views|disseminations|year|review",
                     _ ("Shows supervisors and auditors who searched, what for, and what waited; never pictures or names of candidates."),
                     entries, &common))
    return VV_CLI_USAGE;
  act = argc == 2 ? find_act (argv[1]) : NULL;
  if (act == NULL)
    return vv_cli_misuse (_ ("Say summary, person, views, disseminations, year or review."));
  if (pdf != NULL && act != vv_desk_yearly_figures)
    return vv_cli_misuse (_ ("--pdf goes with year."));
  if (pdf != NULL)
    act = vv_desk_yearly_report;
  desk = vv_cli_sign_in (&common, &status);
  if (desk == NULL)
    return status;
  details = vv_json_new ("from", "s", from, "to", "s", to, "account", "s", person, "notes", "s", notes, "year", "i", (gint64) year, "file",
                         "s", pdf, NULL);
  answer = vv_cli_run (desk, act, 0, details, &error);
  if (answer != NULL && act == vv_desk_yearly_figures && !common.json)
    {
      g_print ("%s", vv_json_string (answer, "csv"));
      json_object_unref (answer);
      return VV_CLI_OK;
    }
  return vv_cli_end (answer, error, common.json);
}
