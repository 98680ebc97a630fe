// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-act-words.h"
#include "vv-json.h"

static const struct
{
  const char *act;
  const char *words;
} words[] = {
  { "sign-in", N_ ("Signing in") },
  { "sign-out", N_ ("Signing out") },
  { "lock", N_ ("Locking the desk") },
  { "unlock", N_ ("Unlocking the desk") },
  { "acknowledge-notice", N_ ("Reading the notice before signing in") },
  { "confirm-passphrase", N_ ("Entering the pass phrase for a decision") },
  { "change-passphrase", N_ ("Changing the own pass phrase") },
  { "enrol-second-factor", N_ ("Setting up a second factor") },
  { "desk-settings", N_ ("Changing the settings of the desk") },
  { "add-account", N_ ("Adding an account") },
  { "disable-account", N_ ("Disabling an account") },
  { "disable-unused-account", N_ ("Disabling an account not used for 90 days") },
  { "enable-account", N_ ("Enabling an account") },
  { "reset-account", N_ ("Resetting an account") },
  { "release-account", N_ ("Releasing an account") },
  { "lock-account", N_ ("Locking an account after wrong pass phrases") },
  { "change-roles", N_ ("Changing the roles of an account") },
  { "check-attempts", N_ ("Checking the file of failed sign-ins") },
  { "import-repository", N_ ("Importing photographs") },
  { "list-photographs", N_ ("Looking through the photo repository") },
  { "look-at-photograph", N_ ("Opening a photograph of the repository") },
  { "seal-repository", N_ ("Removing sealed and expunged photographs") },
  { "new-request", N_ ("Entering a request") },
  { "add-media", N_ ("Adding a picture to a request") },
  { "add-exhibit", N_ ("Keeping an exhibit of a request") },
  { "agency-form", N_ ("Entering the FIS Outside Agency Form") },
  { "handschu", N_ ("Answering whether the Handschu Guidelines apply") },
  { "number", N_ ("Giving a FIS number") },
  { "assign", N_ ("Assigning a request") },
  { "confirm-use", N_ ("Confirming or declining the authorised use") },
  { "reject-image", N_ ("Rejecting a picture") },
  { "select-probe", N_ ("Selecting the probe") },
  { "analyse-probe", N_ ("Locking the analysis of the probe") },
  { "find-faces", N_ ("Finding faces in a picture") },
  { "quality", N_ ("Measuring the quality of a picture") },
  { "search", N_ ("Searching the photo repository") },
  { "replay", N_ ("Repeating a search to check it") },
  { "search-outside", N_ ("Searching outside the photo repository") },
  { "add-outside", N_ ("Adding an image outside the photo repository") },
  { "dissemination", N_ ("Giving something out of the section") },
  { "dissemination-log", N_ ("Looking at what left the section") },
  { "approve-outside", N_ ("Entering the approval to compare outside the photo repository") },
  { "open-pool", N_ ("Looking at the pool") },
  { "show-candidate", N_ ("Looking at a candidate's picture") },
  { "controls", N_ ("Reading what protected a case") },
  { "open-candidate", N_ ("Opening a candidate's photograph") },
  { "dispose", N_ ("Saying what became of candidates") },
  { "show-early", N_ ("Showing who a candidate is before the comparison") },
  { "compare", N_ ("Locking a comparison") },
  { "background", N_ ("Recording a background check") },
  { "propose", N_ ("Proposing a candidate for peer review") },
  { "none", N_ ("Stating that there is no candidate") },
  { "peer-review", N_ ("Locking a peer review") },
  { "sign-off", N_ ("Deciding as supervisor") },
  { "direct", N_ ("Directing the report") },
  { "report", N_ ("Making the report") },
  { "export-report", N_ ("Saving a copy of the report") },
  { "change-channel", N_ ("Letting the report go back another way") },
  { "hand-over", N_ ("Handing the report to the outside agency") },
  { "bundle", N_ ("Packing the records of a request") },
  { "disclose", N_ ("Disclosing the records of a request") },
  { "dissemination", N_ ("Entering a dissemination") },
  { "close", N_ ("Closing a request") },
  { "show-request", N_ ("Opening a request") },
  { "picture", N_ ("Looking at a picture") },
  { "fetch", N_ ("Fetching a request from ECMS") },
  { "sync", N_ ("Sending a document to ECMS") },
  { "ecms-settings", N_ ("Setting how ECMS is reached") },
  { "export-audit", N_ ("Saving a copy of the audit chain") },
  { "oversight", N_ ("Reading the oversight summary") },
  { "timeline-of-person", N_ ("Reading what a person did") },
  { "view-log", N_ ("Reading who opened photographs") },
  { "yearly-figures", N_ ("Counting the figures of a year") },
  { "yearly-report", N_ ("Saving the figures of a year as a PDF") },
  { "review-oversight", N_ ("Signing the weekly review") },
};

char *
vv_act_words (JsonObject *row)
{
  const char *act = vv_json_string (row, "act");
  const char *object = vv_json_string (row, "object");
  const char *said = act;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].act, act) == 0)
      said = _ (words[i].words);
  if (object != NULL && g_str_has_prefix (object, "account "))
    /* Translators: an act and the account it was done to */
    return g_strdup_printf (_ ("%s: %s"), said, object + strlen ("account "));
  return g_strdup (said);
}
