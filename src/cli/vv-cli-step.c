// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-derived.h"
#include "vv-json.h"

/* Every step of the procedure is one act with one JSON object of details; a verb says which options become which of
 * its members. */

typedef enum
{
  VV_OPTION_TEXT,         /* "reason": text */
  VV_OPTION_NUMBER,       /* integer */
  VV_OPTION_YES,          /* boolean, true */
  VV_OPTION_NO,           /* boolean, false, of the member in @member */
  VV_OPTION_LIST,         /* repeated: array of texts */
  VV_OPTION_PAIRS,        /* repeated "SOURCE=FINDING": array of {source, finding} */
  VV_OPTION_BLOCKS,       /* repeated "eyes=similar:note": object of {answer, note} */
  VV_OPTION_VISIBILITIES, /* repeated "eyes=clear:note": object of {visibility, note} */
  VV_OPTION_BOX,          /* "x,y,width,height" */
  VV_OPTION_IDS,          /* repeated: array of integers */
  VV_OPTION_STEPS,        /* name of a file with a list of adjustments */
} VvOptionType;

typedef struct
{
  const char  *name;
  VvOptionType type;
  const char  *member;
  const char  *help;
} VvOption;

#define OPTIONS_MAX 12

typedef struct
{
  const char *verb;
  VvDeskAct   act;
  const char *about;
  gboolean    nested; /* the comparison is a member of its own */
  gboolean    signs;  /* asks for the pass phrase again */
  VvOption    options[OPTIONS_MAX];
} VvVerb;

#define COMPARISON_OPTIONS                                                                                              \
  { "block", VV_OPTION_BLOCKS, "blocks", N_ ("A part of the face: NAME=ANSWER or NAME=ANSWER:NOTE; repeat for each") }, \
    { "similar", VV_OPTION_LIST, "similarities", N_ ("A similarity; repeat") },                                         \
    { "different", VV_OPTION_LIST, "differences", N_ ("A difference; repeat") },                                        \
  {                                                                                                                     \
    "conclusion", VV_OPTION_TEXT, "conclusion", N_ ("One of the seven steps, e.g. some-support-same")                   \
  }

static const VvVerb verbs[] = {
  /* The formatter would put all of it on one line. */
  /* clang-format off */
  { "confirm-use", vv_desk_confirm_use, N_ ("Confirms or declines the authorised use of REQUEST (step 4)."), FALSE, FALSE,
    { { "decision", VV_OPTION_TEXT, "decision", N_ ("confirmed or declined") },
      { "use", VV_OPTION_TEXT, "code", N_ ("The authorised use, a to f") },
      { "reason", VV_OPTION_TEXT, "reason", N_ ("Why it complies, or not") } } },
  { "select-probe", vv_desk_select_probe, N_ ("Chooses the probe image of REQUEST and the face in it (step 5)."), FALSE, FALSE,
    { { "media", VV_OPTION_NUMBER, "media", N_ ("Number of the image (request show)") },
      { "face", VV_OPTION_NUMBER, "face", N_ ("Which of the faces found, from 0") },
      { "box", VV_OPTION_BOX, "box", N_ ("A face box by hand: X,Y,WIDTH,HEIGHT") },
      { "adjust", VV_OPTION_STEPS, "adjustments", N_ ("A file with adjustments (see adjust --list): the adjusted image is searched; faces and boxes are those in it") } } },
  { "quality", vv_desk_quality, N_ ("Measures the quality of a face's picture, by default of the probe; writes nothing."), FALSE, FALSE,
    { { "media", VV_OPTION_NUMBER, "media", N_ ("Number of the image (request show)") },
      { "face", VV_OPTION_NUMBER, "face", N_ ("Which of the faces found, from 0") },
      { "box", VV_OPTION_BOX, "box", N_ ("A face box by hand: X,Y,WIDTH,HEIGHT") } } },
  { "analyse-probe", vv_desk_analyse_probe, N_ ("Locks the analysis of the probe of REQUEST, before the search: which components of the face it shows."), FALSE, FALSE,
    { { "component", VV_OPTION_VISIBILITIES, "components", N_ ("A component of the face: NAME=clear, partly or not, and :NOTE; repeat for each") },
      { "summary", VV_OPTION_TEXT, "summary", N_ ("What can be compared on this probe, and what cannot") } } },
  { "search", vv_desk_search, N_ ("Searches the photo repository for the probe of REQUEST (step 6), or makes an earlier search again and says what differs."), FALSE, FALSE,
    { { "replay", VV_OPTION_NUMBER, "search", N_ ("Make the search of that record number again; 0 for the newest") } } },
  { "dispose", vv_desk_dispose, N_ ("Says what became of candidates of the pool (step 7)."), FALSE, FALSE,
    { { "candidate", VV_OPTION_LIST, "candidates", N_ ("A candidate's letter; repeat") },
      { "disposition", VV_OPTION_TEXT, "disposition", N_ ("looked, excluded or keep") },
      { "component", VV_OPTION_TEXT, "component", N_ ("The component of the face that excludes them, e.g. ears; needed for excluded") },
      { "reason", VV_OPTION_TEXT, "reason", N_ ("Why") } } },
  { "show-early", vv_desk_show_early, N_ ("Shows score, rank, name and record of a candidate before the comparison is locked; that and the reason are on the record (step 7)."), FALSE, FALSE,
    { { "candidate", VV_OPTION_TEXT, "candidate", N_ ("The candidate's letter") },
      { "reason", VV_OPTION_TEXT, "reason", N_ ("Why it is needed now") } } },
  { "compare", vv_desk_compare, N_ ("Locks the visual comparison of one candidate (step 7). What has no option comes with --from: characteristics, findings (pairs of marks), points; README.md says how."), FALSE, FALSE,
    { { "candidate", VV_OPTION_TEXT, "candidate", N_ ("The candidate's letter") },
      COMPARISON_OPTIONS,
      { "replaces", VV_OPTION_NUMBER, "replaces", N_ ("Another version: record number of the one before") },
      { "why", VV_OPTION_TEXT, "why", N_ ("Another version: why") } } },
  { "background", vv_desk_background, N_ ("Records the background check of a candidate (step 8)."), FALSE, FALSE,
    { { "candidate", VV_OPTION_TEXT, "candidate", N_ ("The candidate's letter") },
      { "source", VV_OPTION_PAIRS, "sources", N_ ("A source and what it says: SOURCE=FINDING; repeat") },
      { "fit", VV_OPTION_TEXT, "fit", N_ ("How it fits the details of the investigation") },
      { "reliability", VV_OPTION_TEXT, "reliability", N_ ("reliable, doubtful or not-reliable") },
      { "reasons", VV_OPTION_TEXT, "reasons", N_ ("Why") } } },
  { "propose", vv_desk_propose, N_ ("Submits a candidate for peer review (step 9)."), FALSE, FALSE,
    { { "candidate", VV_OPTION_TEXT, "candidate", N_ ("The candidate's letter") } } },
  { "none", vv_desk_none, N_ ("States that no candidate was found in the pool."), FALSE, FALSE,
    { { "statement", VV_OPTION_TEXT, "statement", N_ ("What was done and why nobody is proposed") } } },
  { "peer-review", vv_desk_peer_review, N_ ("Locks the own comparison of a peer's candidate (step 9)."), TRUE, FALSE,
    { { "candidate", VV_OPTION_TEXT, "candidate", N_ ("The candidate's letter") },
      COMPARISON_OPTIONS,
      { "agrees", VV_OPTION_YES, "agrees", N_ ("You agree that the candidate be proposed") },
      { "disagrees", VV_OPTION_NO, "agrees", N_ ("You do not agree") },
      { "reasons", VV_OPTION_TEXT, "reasons", N_ ("Why") } } },
  { "sign-off", vv_desk_sign_off, N_ ("Signs the supervisor's decision (step 10)."), TRUE, TRUE,
    { { "decision", VV_OPTION_TEXT, "decision", N_ ("approved, not-agreed or none-confirmed") },
      { "candidate", VV_OPTION_TEXT, "candidate", N_ ("The proposed candidate's letter") },
      COMPARISON_OPTIONS,
      { "reasons", VV_OPTION_TEXT, "reasons", N_ ("Why") } } },
  { "direct", vv_desk_direct, N_ ("Directs the report (steps 11 and 12)."), FALSE, FALSE,
    { { "report", VV_OPTION_TEXT, "report", N_ ("possible-match or no-match") },
      { "recipient", VV_OPTION_TEXT, "recipient", N_ ("The assigned investigator who gets it") } } },
  { "report", vv_desk_report, N_ ("Prepares the report that was directed and queues it for ECMS (step 13)."), FALSE, FALSE,
    { { NULL } } },
  { "export-report", vv_desk_export_report, N_ ("Writes the PDF of the newest report, or of another form, to a file; the hand-over is on record."), FALSE, FALSE,
    { { "to", VV_OPTION_TEXT, "file", N_ ("The file to write") },
      { "record", VV_OPTION_NUMBER, "record", N_ ("Number of the record whose form it is: report, rejection, dd5, agency-form-laid") },
      { "recipient", VV_OPTION_TEXT, "recipient", N_ ("Who gets it (default: whom the report was directed to)") },
      { "authority", VV_OPTION_TEXT, "authority", N_ ("By what right (default: procedure 212-129, step 13)") } } },
  { "dissemination", vv_desk_dissemination, N_ ("Lists what left the section of REQUEST: to whom, by what authority, when."), FALSE, FALSE,
    { { NULL } } },
  { "bundle", vv_desk_bundle, N_ ("Packs all records of REQUEST and queues them to ECMS (step 14)."), FALSE, FALSE,
    { { NULL } } },
  { "disclose", vv_desk_disclose, N_ ("Writes all records of REQUEST to a tar that can be checked without this program; the hand-over is on record."), FALSE, FALSE,
    { { "to", VV_OPTION_TEXT, "file", N_ ("The file to write") },
      { "recipient", VV_OPTION_TEXT, "recipient", N_ ("Who gets it") },
      { "authority", VV_OPTION_TEXT, "authority", N_ ("By what right: subpoena, order, agreement") } } },
  { "reject-image", vv_desk_reject_image, N_ ("Rejects images of REQUEST as unsuitable and asks for better ones (step 5a)."), FALSE, FALSE,
    { { "scope", VV_OPTION_TEXT, "scope", N_ ("image, or request for all that are there") },
      { "media", VV_OPTION_IDS, "media", N_ ("Number of an image; repeat") },
      { "reason", VV_OPTION_LIST, "reasons", N_ ("no-face, too-small, blurred, exposure, uneven-light, turned-away, covered, compressed, altered, not-a-photograph, substitute, several-persons or source-missing; repeat") },
      { "text", VV_OPTION_TEXT, "text", N_ ("What is wrong, in words") },
      { "ask", VV_OPTION_TEXT, "ask", N_ ("What the investigator is asked for") } } },
  { "add-exhibit", vv_desk_add_exhibit, N_ ("Keeps a file with REQUEST as it came: a video, its player, a complaint report, an approval."), FALSE, FALSE,
    { { "file", VV_OPTION_TEXT, "file", N_ ("The file") },
      { "class", VV_OPTION_TEXT, "class", N_ ("video, player-package, complaint-report, agency-form, approval-document or other") },
      { "description", VV_OPTION_TEXT, "description", N_ ("What it is") },
      { "player", VV_OPTION_NUMBER, "player", N_ ("video: record number of its player package") },
      { "no-player", VV_OPTION_TEXT, "no_player", N_ ("video: why there is no player") },
      { "source", VV_OPTION_TEXT, "source", N_ ("video: witness, victim, camera, internet or other-reliable") },
      { "source-detail", VV_OPTION_TEXT, "source_detail", N_ ("video: which witness, which camera") },
      { "obtained-by", VV_OPTION_TEXT, "obtained_by", N_ ("video: who obtained it") },
      { "obtained-at", VV_OPTION_TEXT, "obtained_at", N_ ("video: when") },
      { "site-link", VV_OPTION_TEXT, "site_link", N_ ("video: address on the internet") },
      { "captured-at", VV_OPTION_TEXT, "captured_at", N_ ("video: day on which it was captured on the internet") } } },
  { "video-info", vv_desk_video_info, N_ ("Says what a video of REQUEST is, and when its frames are shown; writes nothing."), FALSE, FALSE,
    { { "video", VV_OPTION_NUMBER, "video", N_ ("Record number of the exhibit (request show)") },
      { "thumbnails", VV_OPTION_NUMBER, "thumbnails", N_ ("Name so many frames spread over the video") },
      { "frame", VV_OPTION_NUMBER, "frame", N_ ("Say when this frame is shown, counted from 0") } } },
  { "video-frame", vv_desk_choose_frame, N_ ("Makes a frame of a video an image of REQUEST, with its frame number and time code."), FALSE, FALSE,
    { { "video", VV_OPTION_NUMBER, "video", N_ ("Record number of the exhibit (request show)") },
      { "frame", VV_OPTION_NUMBER, "frame", N_ ("Which frame, counted from 0") } } },
  { "agency-form", vv_desk_agency_form, N_ ("Enters the FIS Outside Agency Form of REQUEST, before its number."), FALSE, FALSE,
    { { "agency", VV_OPTION_TEXT, "agency", N_ ("The agency") },
      { "officer", VV_OPTION_TEXT, "officer", N_ ("Who asks") },
      { "contact", VV_OPTION_TEXT, "contact", N_ ("How that person is reached") },
      { "complaint-number", VV_OPTION_TEXT, "complaint_number", N_ ("Number of the agency's complaint report") },
      { "method", VV_OPTION_TEXT, "method", N_ ("How it came: email, mail, fax, in-person, portal or phone") } } },
  { "handschu", vv_desk_handschu, N_ ("Answers whether the Handschu Guidelines apply to REQUEST of the Intelligence Bureau."), FALSE, FALSE,
    { { "applies", VV_OPTION_TEXT, "applies", N_ ("yes or no") },
      { "authority", VV_OPTION_TEXT, "authority", N_ ("yes: the authority") },
      { "reason", VV_OPTION_TEXT, "reason", N_ ("Why") } } },
  { "change-channel", vv_desk_change_channel, N_ ("Lets the report go back to an outside agency another way than the request came."), FALSE, FALSE,
    { { "method", VV_OPTION_TEXT, "method", N_ ("email, mail, fax, in-person, portal or phone") },
      { "reason", VV_OPTION_TEXT, "reason", N_ ("Why") } } },
  { "hand-over", vv_desk_hand_over, N_ ("Records that the report went back to the outside agency (step 13b)."), FALSE, FALSE,
    { { "method", VV_OPTION_TEXT, "method", N_ ("email, mail, fax, in-person, portal or phone") },
      { "recipient", VV_OPTION_TEXT, "recipient", N_ ("Who received it") },
      { "note", VV_OPTION_TEXT, "note", N_ ("A note") } } },
  { "approve-outside", vv_desk_approve_outside, N_ ("Enters the approval to compare outside the photo repository, for REQUEST alone."), FALSE, FALSE,
    { { "approver", VV_OPTION_TEXT, "approver", N_ ("chief-of-detectives or deputy-commissioner-intelligence") },
      { "name", VV_OPTION_TEXT, "approver_name", N_ ("The approver's name") },
      { "reason", VV_OPTION_TEXT, "reason", N_ ("The articulable reason") },
      { "date", VV_OPTION_TEXT, "date", N_ ("Year-month-day") },
      { "scope", VV_OPTION_TEXT, "scope", N_ ("Which images may be compared") },
      { "document", VV_OPTION_NUMBER, "document", N_ ("Record number of the approval document") } } },
  { "add-outside", vv_desk_add_outside, N_ ("Adds an image outside the photo repository that the approval of REQUEST allows."), FALSE, FALSE,
    { { "file", VV_OPTION_TEXT, "file", N_ ("The image") },
      { "face", VV_OPTION_NUMBER, "face", N_ ("Which of several faces found, from 0") },
      { "box", VV_OPTION_BOX, "box", N_ ("A face box by hand: X,Y,WIDTH,HEIGHT") },
      { "source-detail", VV_OPTION_TEXT, "source_detail", N_ ("Where the image is from") },
      { "reference", VV_OPTION_TEXT, "reference", N_ ("How it is called there") },
      { "person", VV_OPTION_TEXT, "person", N_ ("Whom it is said to show") },
      { "obtained-by", VV_OPTION_TEXT, "obtained_by", N_ ("Who obtained it") },
      { "obtained-at", VV_OPTION_TEXT, "obtained_at", N_ ("When") } } },
  { "search-outside", vv_desk_search_outside, N_ ("Searches those images, and nothing else, for the probe of REQUEST; prohibited without an approval."), FALSE, FALSE,
    { { NULL } } },
  { "close", vv_desk_close, N_ ("Closes REQUEST; its records stay."), FALSE, FALSE,
    { { "cause", VV_OPTION_TEXT, "cause", N_ ("withdrawn, abandoned, duplicate or completed") },
      { "reason", VV_OPTION_TEXT, "reason", N_ ("Why") } } },
  /* clang-format on */
};

/* Where GOption puts what it read, one per option. */
typedef struct
{
  char    *text;
  char   **list;
  gboolean flag;
} VvValue;

static const VvVerb *
find_verb (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].verb, name) == 0)
      return &verbs[i];
  g_return_val_if_reached (NULL);
}

static GOptionEntry
entry_for (const VvOption *option, VvValue *value)
{
  GOptionEntry entry = { .long_name = option->name, .description = option->help };

  switch (option->type)
    {
    case VV_OPTION_YES:
    case VV_OPTION_NO:
      entry.arg = G_OPTION_ARG_NONE;
      entry.arg_data = &value->flag;
      break;
    case VV_OPTION_IDS:
    case VV_OPTION_LIST:
    case VV_OPTION_PAIRS:
    case VV_OPTION_BLOCKS:
    case VV_OPTION_VISIBILITIES:
      entry.arg = G_OPTION_ARG_STRING_ARRAY;
      entry.arg_data = &value->list;
      entry.arg_description = "TEXT";
      break;
    case VV_OPTION_TEXT:
    case VV_OPTION_NUMBER:
    case VV_OPTION_BOX:
    case VV_OPTION_STEPS:
    default:
      entry.arg = G_OPTION_ARG_STRING;
      entry.arg_data = &value->text;
      entry.arg_description = "TEXT";
    }
  return entry;
}

static JsonArray *
array_of (char **list)
{
  JsonArray *array = json_array_new ();

  for (; *list != NULL; list++)
    json_array_add_string_element (array, *list);
  return array;
}

static JsonArray *
ids_of (char **list)
{
  JsonArray *array = json_array_new ();

  for (; *list != NULL; list++)
    json_array_add_int_element (array, g_ascii_strtoll (*list, /* endptr= */ NULL, 10));
  return array;
}

static JsonArray *
pairs_of (char **list)
{
  JsonArray *array = json_array_new ();

  for (; *list != NULL; list++)
    {
      g_auto (GStrv) halves = g_strsplit (*list, "=", 2);

      json_array_add_object_element (array, vv_json_new ("source", "s", halves[0], "finding", "s", halves[1], NULL));
    }
  return array;
}

/* "eyes=similar:note" -> {"eyes": {@member: "similar", "note"}}. */
static JsonObject *
marks_of (char **list, const char *member)
{
  JsonObject *blocks = json_object_new ();

  for (; *list != NULL; list++)
    {
      g_auto (GStrv) halves = g_strsplit (*list, "=", 2);
      g_auto (GStrv) answer = g_strsplit (halves[1] != NULL ? halves[1] : "", ":", 2);

      json_object_set_object_member (blocks, halves[0],
                                     vv_json_new (member, "s", answer[0] != NULL ? answer[0] : "", "note", "s", answer[0] != NULL ? answer[1] : NULL, NULL));
    }
  return blocks;
}

static JsonObject *
box_of (const char *text)
{
  static const char *const names[] = { "x", "y", "width", "height" };
  g_auto (GStrv)           numbers = g_strsplit (text, ",", (int) G_N_ELEMENTS (names));
  JsonObject              *box = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names) && numbers[i] != NULL; i++)
    json_object_set_double_member (box, names[i], g_ascii_strtod (numbers[i], /* endptr= */ NULL));
  return box;
}

static void
put (JsonObject *details, const VvOption *option, const VvValue *value)
{
  if (option->type == VV_OPTION_TEXT && value->text != NULL)
    json_object_set_string_member (details, option->member, value->text);
  else if (option->type == VV_OPTION_NUMBER && value->text != NULL)
    json_object_set_int_member (details, option->member, g_ascii_strtoll (value->text, /* endptr= */ NULL, 10));
  else if (option->type == VV_OPTION_BOX && value->text != NULL)
    json_object_set_object_member (details, option->member, box_of (value->text));
  else if ((option->type == VV_OPTION_YES || option->type == VV_OPTION_NO) && value->flag)
    json_object_set_boolean_member (details, option->member, option->type == VV_OPTION_YES);
  else if (option->type == VV_OPTION_LIST && value->list != NULL)
    json_object_set_array_member (details, option->member, array_of (value->list));
  else if (option->type == VV_OPTION_IDS && value->list != NULL)
    json_object_set_array_member (details, option->member, ids_of (value->list));
  else if (option->type == VV_OPTION_PAIRS && value->list != NULL)
    json_object_set_array_member (details, option->member, pairs_of (value->list));
  else if (option->type == VV_OPTION_BLOCKS && value->list != NULL)
    json_object_set_object_member (details, option->member, marks_of (value->list, "answer"));
  else if (option->type == VV_OPTION_VISIBILITIES && value->list != NULL)
    json_object_set_object_member (details, option->member, marks_of (value->list, "visibility"));
}

static gboolean
put_steps (JsonObject *details, const VvOption *option, const VvValue *value, GError **error)
{
  JsonArray *steps = value->text != NULL ? vv_derived_load (value->text, error) : NULL;

  if (steps != NULL)
    json_object_set_array_member (details, option->member, steps);
  return steps != NULL || value->text == NULL;
}

/* Moves the parts of a comparison into a member of their own. */
static void
nest_comparison (JsonObject *details)
{
  static const char *const parts[] = { "blocks", "characteristics", "findings", "points", "similarities", "differences", "conclusion" };
  JsonObject              *comparison = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (json_object_has_member (details, parts[i]))
      {
        json_object_set_member (comparison, parts[i], json_object_dup_member (details, parts[i]));
        json_object_remove_member (details, parts[i]);
      }
  if (json_object_get_size (comparison) > 0)
    json_object_set_object_member (details, "comparison", comparison);
  else
    json_object_unref (comparison);
}

static JsonObject *
details_of (const VvVerb *verb, const VvValue *values, const char *from, GError **error)
{
  JsonObject *details = from != NULL ? vv_json_load (from, error) : json_object_new ();

  if (details == NULL)
    return NULL;
  for (gsize i = 0; i < OPTIONS_MAX && verb->options[i].name != NULL; i++)
    if (verb->options[i].type != VV_OPTION_STEPS)
      put (details, &verb->options[i], &values[i]);
    else if (!put_steps (details, &verb->options[i], &values[i], error))
      {
        json_object_unref (details);
        return NULL;
      }
  if (verb->nested)
    nest_comparison (details);
  return details;
}

static int
run (const VvVerb *verb, VvCliCommon *common, const char *request, JsonObject *details)
{
  int                   status;
  GError               *error = NULL;
  g_autoptr (VvCliDesk) desk = vv_cli_sign_in (common, &status);
  gint64                id;

  if (desk == NULL)
    return status;
  id = vv_cli_request_of (desk, request, &error);
  if (id == 0)
    return vv_cli_fail (error);
  if (verb->signs)
    {
      g_autoptr (VvSecret) again = vv_cli_passphrase ("VISAVIS_PASSPHRASE_FILE", _ ("Pass phrase again, to sign"));

      if (again == NULL)
        return VV_CLI_SIGN_IN;
      if (!vv_desk_confirm_passphrase (desk, again, &error))
        return vv_cli_fail (error);
    }
  {
    /* A search that names an earlier one makes that one again. */
    gboolean    replays = verb->act == vv_desk_search && json_object_has_member (details, "search");
    JsonObject *answer = vv_cli_run (desk, replays ? vv_desk_replay : verb->act, id, details, &error);
    gboolean    differs = replays && answer != NULL && !vv_json_bool (answer, "same");

    status = vv_cli_end (answer, error, common->json);
    return differs ? VV_CLI_FAILED : status;
  }
}

int
vv_cli_step (int argc, char **argv)
{
  const VvVerb        *verb = find_verb (argv[0]);
  VvValue              values[OPTIONS_MAX] = { 0 };
  GOptionEntry         entries[OPTIONS_MAX + 2] = { 0 };
  char                *from = NULL;
  GError              *error = NULL;
  gsize                n = 0;
  int                  status = VV_CLI_USAGE;
  g_auto (VvCliCommon) common = { 0 };

  for (; n < OPTIONS_MAX && verb->options[n].name != NULL; n++)
    entries[n] = entry_for (&verb->options[n], &values[n]);
  entries[n] = (GOptionEntry){ .long_name = "from", .arg = G_OPTION_ARG_FILENAME, .arg_data = &from, .description = N_ ("Take the details from a JSON file"), .arg_description = "FILE" };
  if (vv_cli_parse (&argc, &argv, "REQUEST", _ (verb->about), entries, &common))
    {
      g_autoptr (JsonObject) details = argc == 2 ? details_of (verb, values, from, &error) : NULL;

      if (argc != 2)
        status = vv_cli_misuse (_ ("Name one request, by its FIS number or its number in the desk."));
      else
        status = details != NULL ? run (verb, &common, argv[1], details) : vv_cli_fail (error);
    }
  for (gsize i = 0; i < OPTIONS_MAX; i++)
    {
      g_free (values[i].text);
      g_strfreev (values[i].list);
    }
  g_free (from);
  return status;
}
