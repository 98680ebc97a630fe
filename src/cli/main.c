// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-log.h"
#include "vv-secret.h"

static const struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *about;
} verbs[] = {
  { "desk", vv_cli_desk, N_ ("create a desk, say what it is") },
  { "account", vv_cli_account, N_ ("accounts: add, list, disable, enable, reset, release, roles, pass phrase, second factor") },
  { "repository", vv_cli_repository, N_ ("import arrest and parole photographs") },
  { "request", vv_cli_request, N_ ("take in, list and show requests; number and assign them") },
  { "confirm-use", vv_cli_step, N_ ("step 4: confirm or decline the authorised use") },
  { "select-probe", vv_cli_step, N_ ("step 5: choose the image and the face in it") },
  { "quality", vv_cli_step, N_ ("step 5: measure the quality of a face's picture") },
  { "analyse-probe", vv_cli_step, N_ ("before step 6: lock what the probe shows of the face") },
  { "search", vv_cli_step, N_ ("step 6: search the photo repository") },
  { "dispose", vv_cli_step, N_ ("step 7: say what became of candidates") },
  { "show-early", vv_cli_step, N_ ("step 7: show who a candidate is before the comparison; goes on the record") },
  { "compare", vv_cli_step, N_ ("step 7: lock the visual comparison of a candidate") },
  { "background", vv_cli_step, N_ ("step 8: record the background check of a candidate") },
  { "propose", vv_cli_step, N_ ("step 9: submit a candidate for peer review") },
  { "none", vv_cli_step, N_ ("steps 7 to 9: state that no candidate was found") },
  { "peer-review", vv_cli_step, N_ ("step 9: lock the own comparison of a peer's candidate") },
  { "sign-off", vv_cli_step, N_ ("step 10: the supervisor's decision") },
  { "direct", vv_cli_step, N_ ("steps 11 and 12: the supervisor directs the report") },
  { "report", vv_cli_step, N_ ("step 13: prepare the report and queue it for ECMS") },
  { "export-report", vv_cli_step, N_ ("write the report's PDF to a file") },
  { "dissemination", vv_cli_step, N_ ("list what left the section of a request") },
  { "bundle", vv_cli_step, N_ ("step 14: pack the records of a request for ECMS") },
  { "disclose", vv_cli_step, N_ ("write the records of a request to a file, for a recipient") },
  { "reject-image", vv_cli_step, N_ ("step 5a: reject images and ask for better ones") },
  { "add-exhibit", vv_cli_step, N_ ("keep a video, a player, a complaint report or an approval") },
  { "video-info", vv_cli_step, N_ ("say what a video is and when its frames are shown") },
  { "video-frame", vv_cli_step, N_ ("make a frame of a video an image of the request") },
  { "agency-form", vv_cli_step, N_ ("enter the FIS Outside Agency Form") },
  { "handschu", vv_cli_step, N_ ("answer whether the Handschu Guidelines apply") },
  { "change-channel", vv_cli_step, N_ ("let a report go back another way than the request came") },
  { "hand-over", vv_cli_step, N_ ("step 13b: the report went back to the outside agency") },
  { "approve-outside", vv_cli_step, N_ ("enter the approval to compare outside the photo repository") },
  { "add-outside", vv_cli_step, N_ ("add an image outside the photo repository, with that approval") },
  { "search-outside", vv_cli_step, N_ ("search outside the photo repository, with that approval") },
  { "close", vv_cli_step, N_ ("close a request; its records stay") },
  { "ecms", vv_cli_ecms, N_ ("say how ECMS is reached; take in the requests that wait there") },
  { "sync", vv_cli_sync, N_ ("take in the requests that wait in ECMS, and send what waits for it") },
  { "bench", vv_cli_bench, N_ ("measure this machine") },
  { "audit", vv_cli_audit, N_ ("verify and export the audit chain") },
  { "oversight", vv_cli_oversight, N_ ("who searched, looked and waited; figures of the year; the weekly review") },
  { "policy", vv_cli_policy, N_ ("the text that is enforced, which test proves what, what was decided where it is silent") },
  { "models", vv_cli_models, N_ ("list and verify the model packs") },
  { "adjust", vv_cli_adjust, N_ ("apply a list of adjustments to a copy of a picture") },
  { "faces", vv_cli_faces, N_ ("find faces in picture files") },
  { "evaluate", vv_cli_evaluate, N_ ("measure the models on pictures of known people") },
};

static int
help (void)
{
  g_print ("%s\n\n", _ ("Usage: visavis-cli VERB [OPTIONS]   (visavis-cli VERB --help says more)"));
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_print ("  %-18s %s\n", verbs[i].name, _ (verbs[i].about));
  return VV_CLI_OK;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  vv_log_init ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, VV_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("visavis-cli");
  if (!vv_secret_init (&error))
    return vv_cli_fail (g_steal_pointer (&error));
  if (argc >= 2 && strcmp (argv[1], "--version") == 0)
    {
      g_print ("visavis-cli %s\n", VV_VERSION);
      return VV_CLI_OK;
    }
  if (argc < 2 || strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    return argc < 2 ? (help (), VV_CLI_USAGE) : help ();
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, argv[1]) == 0)
      return verbs[i].run (argc - 1, argv + 1);
  return vv_cli_misuse (_ ("There is no such verb."));
}
