// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-case.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-test.h"

/* Every edge of the procedure and every forbidden edge: role x act x state. Each state is a list of records; for each
 * person the acts that are allowed there are written down, and all others must be refused. */

static const struct
{
  const char *name;
  VvActor     actor;
} people[] = {
  { "examiner", { "examiner", VV_ROLE_EXAMINER, FALSE } },
  { "reviewer", { "reviewer", VV_ROLE_EXAMINER, FALSE } },
  { "supervisor", { "supervisor", VV_ROLE_SUPERVISOR, FALSE } },
  { "second", { "second", VV_ROLE_SUPERVISOR | VV_ROLE_EXAMINER, FALSE } },
  { "admin", { "admin", VV_ROLE_ADMINISTRATOR, FALSE } },
  /* From here on nothing is allowed in any state: see check_person(). */
  { "auditor", { "auditor", VV_ROLE_AUDITOR, FALSE } },
  { "trainer", { "trainer", VV_ROLE_TRAINER, FALSE } },
  { "nobody", { "nobody", VV_ROLE_NONE, FALSE } },
};

#define N_PEOPLE G_N_ELEMENTS (people)

/* Records as "kind author body" lines. */
#define RECEIVED         "request examiner {\"channel\":\"ecms\"}\nmedia examiner {}\n"
#define NUMBERED         RECEIVED "number supervisor {\"fis_number\":\"2026-T1-00001\"}\n"
#define ASSIGNED         NUMBERED "assignment supervisor {\"examiner\":\"examiner\"}\n"
#define CONFIRMED        ASSIGNED "use-confirmation examiner {\"decision\":\"confirmed\"}\n"
#define REJECTED         CONFIRMED "rejection examiner {\"scope\":\"image\",\"media\":[2]}\n"
#define PROBE            CONFIRMED "probe examiner {\"media\":2}\n"
#define ANALYSED         PROBE "probe-analysis examiner {}\n"
#define SEARCHED         ANALYSED "search examiner {\"pool\":[{\"candidate\":\"A\"},{\"candidate\":\"B\"},{\"candidate\":\"C\"}]}\n"
#define DISPOSED         SEARCHED "disposition examiner {\"candidates\":[\"A\",\"C\"],\"disposition\":\"excluded\"}\n"
#define COMPARED         DISPOSED "comparison examiner {\"candidate\":\"B\"}\n"
#define CHECKED          COMPARED "background examiner {\"candidate\":\"B\"}\n"
#define PROPOSED         CHECKED "proposal examiner {\"candidate\":\"B\"}\n"
#define REVIEWED         PROPOSED "peer-review reviewer {\"candidate\":\"B\",\"agrees\":true}\n"
#define DISPUTED         PROPOSED "peer-review reviewer {\"candidate\":\"B\",\"agrees\":false}\n"
#define APPROVED         REVIEWED "sign-off supervisor {\"candidate\":\"B\",\"decision\":\"approved\"}\n"
#define NOT_AGREED       REVIEWED "sign-off supervisor {\"candidate\":\"B\",\"decision\":\"not-agreed\"}\n"
#define DIRECTED         APPROVED "direction supervisor {\"report\":\"possible-match\"}\n"
#define REPORTED         DIRECTED "report examiner {\"candidate\":\"B\",\"document\":\"d0\"}\n"
#define ACKNOWLEDGED     REPORTED "receipt examiner {\"document\":\"d0\"}\n"
#define NONE             COMPARED "none examiner {\"statement\":\"nobody\"}\n"
#define SECOND_FOUND     APPROVED "comparison examiner {\"candidate\":\"C\"}\nbackground examiner {\"candidate\":\"C\"}\n"
#define SECOND_PROPOSED  SECOND_FOUND "proposal examiner {\"candidate\":\"C\"}\n"
#define SECOND_REVIEWED  SECOND_PROPOSED "peer-review reviewer {\"candidate\":\"C\",\"agrees\":true}\n"
#define OUTSIDE          "request examiner {\"channel\":\"outside-agency\"}\n"
#define OUTSIDE_FORM     OUTSIDE "agency-form examiner {\"method\":\"mail\"}\n"
#define OUTSIDE_PAPERS   OUTSIDE_FORM "exhibit examiner {\"class\":\"complaint-report\"}\n"
#define OUTSIDE_ASSIGNED OUTSIDE_PAPERS "number supervisor {\"fis_number\":\"2026-T1-00001\"}\nassignment supervisor {\"examiner\":\"examiner\"}\nmedia examiner {}\n"
#define OUTSIDE_REPORTED OUTSIDE_ASSIGNED "use-confirmation examiner {\"decision\":\"confirmed\"}\nprobe examiner {\"media\":6}\nprobe-analysis examiner {}\n" \
                                          "search examiner {\"pool\":[]}\nnone examiner {}\nsign-off supervisor {\"decision\":\"none-confirmed\"}\n"           \
                                          "direction supervisor {\"report\":\"no-match\"}\nreport examiner {\"document\":\"d0\"}\n"
#define APPROVED_OUTSIDE CONFIRMED "exhibit supervisor {\"class\":\"approval-document\"}\noutside-approval supervisor {\"document\":6}\n"
#define OUTSIDE_SET      APPROVED_OUTSIDE "outside-image examiner {\"sha256\":\"a\"}\nprobe examiner {\"media\":2}\nprobe-analysis examiner {}\n"
#define SEARCHED_OUTSIDE OUTSIDE_SET "search examiner {\"approval\":7,\"pool\":[{\"candidate\":\"A\"},{\"candidate\":\"B\"}]}\n"
#define INTELLIGENCE     "request examiner {\"channel\":\"intelligence\"}\n"

#define TAKE_IN     " add-exhibit"
#define SUPERVISING TAKE_IN " approve-outside close"

static const struct
{
  const char *name;
  const char *records;
  const char *status;
  const char *candidate; /* of acts about one; NULL for B */
  const char *allowed[N_PEOPLE];
  gboolean    cleared; /* everybody may see requests of the Intelligence Bureau */
} states[] = {
  { "received", RECEIVED, "received", NULL, { "add-media" TAKE_IN, "add-media" TAKE_IN, "add-media number" TAKE_IN " close", "add-media number" TAKE_IN " close", "" } },
  { "numbered", NUMBERED, "numbered", NULL, { "add-media" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "assigned", ASSIGNED, "assigned", NULL, { "add-media confirm-use" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "declined", ASSIGNED "use-confirmation examiner {\"decision\":\"declined\"}\n", "declined", NULL, { "add-media" TAKE_IN, "add-media" TAKE_IN, "add-media" SUPERVISING, "add-media" SUPERVISING, "" } },
  { "confirmed", CONFIRMED, "confirmed", NULL, { "add-media select-probe reject-image" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "images rejected", REJECTED, "images-rejected", NULL, { "add-media" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "second round", REJECTED "media examiner {}\n", "confirmed", NULL, { "add-media select-probe reject-image" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "probe selected", PROBE, "probe-selected", NULL, { "add-media select-probe analyse-probe reject-image" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "probe analysed", ANALYSED, "probe-analysed", NULL, { "add-media select-probe analyse-probe search reject-image" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "searched by an older version", PROBE "search examiner {\"pool\":[]}\n", "searched", NULL, { "add-media select-probe dispose none reject-image" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign" TAKE_IN " approve-outside replay close", "add-media assign" TAKE_IN " approve-outside replay close", "" } },
  { "probe rejected", PROBE "rejection examiner {\"scope\":\"request\",\"media\":[2]}\n", "images-rejected", NULL, { "add-media" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "searched", SEARCHED, "searched", NULL, { "add-media select-probe search dispose show-early compare reject-image" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign" TAKE_IN " approve-outside replay close", "add-media assign" TAKE_IN " approve-outside replay close", "" } },
  { "compared", COMPARED, "searched", NULL, { "add-media select-probe search dispose compare background none reject-image" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign" TAKE_IN " approve-outside replay close", "add-media assign" TAKE_IN " approve-outside replay close", "" } },
  { "checked", CHECKED, "searched", NULL, { "add-media select-probe search dispose compare background propose none reject-image" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign" TAKE_IN " approve-outside replay close", "add-media assign" TAKE_IN " approve-outside replay close", "" } },
  { "proposed", PROPOSED, "proposed", NULL, { "add-media" TAKE_IN " replay", "add-media peer-review" TAKE_IN, "add-media assign" TAKE_IN " approve-outside replay close", "add-media assign peer-review" TAKE_IN " approve-outside replay close", "" } },
  { "reviewed", REVIEWED, "peer-reviewed", NULL, { "add-media" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign sign-off" TAKE_IN " approve-outside replay close", "add-media assign peer-review sign-off" TAKE_IN " approve-outside replay close", "" } },
  { "reviewer disagrees", DISPUTED, "peer-reviewed", NULL, { "add-media" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign sign-off" TAKE_IN " approve-outside replay close", "add-media assign peer-review sign-off" TAKE_IN " approve-outside replay close", "" } },
  { "none found", NONE, "none-found", NULL, { "add-media" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign sign-off" TAKE_IN " approve-outside replay close", "add-media assign sign-off" TAKE_IN " approve-outside replay close", "" } },
  { "none confirmed", NONE "sign-off supervisor {\"decision\":\"none-confirmed\"}\n", "none-confirmed", NULL, { TAKE_IN " replay", TAKE_IN, "assign direct" TAKE_IN " approve-outside replay", "assign" TAKE_IN " approve-outside replay", "" } },
  { "not agreed", NOT_AGREED, "not-agreed", NULL, { "add-media select-probe search dispose compare background propose none reject-image" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign direct" TAKE_IN " approve-outside replay close", "add-media assign" TAKE_IN " approve-outside replay close", "" } },
  { "approved", APPROVED, "approved", NULL, { TAKE_IN " replay", TAKE_IN, "assign direct" TAKE_IN " approve-outside replay", "assign" TAKE_IN " approve-outside replay", "" } },
  { "approved, another candidate", SECOND_FOUND, "approved", "C", { "compare background propose" TAKE_IN " replay", TAKE_IN, "assign direct" TAKE_IN " approve-outside replay", "assign" TAKE_IN " approve-outside replay", "" } },
  { "another proposed", SECOND_PROPOSED, "proposed", "C", { "add-media" TAKE_IN " replay", "add-media peer-review" TAKE_IN, "add-media assign" TAKE_IN " approve-outside replay close", "add-media assign peer-review" TAKE_IN " approve-outside replay close", "" } },
  { "another approved", SECOND_REVIEWED "sign-off second {\"candidate\":\"C\",\"decision\":\"approved\"}\n", "approved", "C", { TAKE_IN " replay", TAKE_IN, "assign" TAKE_IN " approve-outside replay", "assign direct" TAKE_IN " approve-outside replay", "" } },
  { "another not agreed", SECOND_REVIEWED "sign-off supervisor {\"candidate\":\"C\",\"decision\":\"not-agreed\"}\n", "approved", "C", { "compare background propose" TAKE_IN " replay", TAKE_IN, "assign direct" TAKE_IN " approve-outside replay", "assign" TAKE_IN " approve-outside replay", "" } },
  { "directed", DIRECTED, "directed", NULL, { "report" TAKE_IN " replay", TAKE_IN, "assign" TAKE_IN " approve-outside replay", "assign" TAKE_IN " approve-outside replay", "" } },
  { "reported", REPORTED, "reported", NULL, { "replay", "", "replay close", "replay close", "" } },
  { "acknowledged", ACKNOWLEDGED, "acknowledged", NULL, { "replay", "", "replay close", "replay close", "" } },
  { "closed", SEARCHED "closure supervisor {\"cause\":\"withdrawn\"}\n", "closed", NULL, { "replay", "", "replay", "replay", "" } },
  { "outside agency", OUTSIDE, "received", NULL, { "add-media" TAKE_IN " agency-form", "add-media" TAKE_IN " agency-form", "add-media" TAKE_IN " agency-form change-channel close", "add-media" TAKE_IN " agency-form change-channel close", "" } },
  { "outside agency, form", OUTSIDE_FORM, "received", NULL, { "add-media" TAKE_IN " agency-form", "add-media" TAKE_IN " agency-form", "add-media" TAKE_IN " agency-form change-channel close", "add-media" TAKE_IN " agency-form change-channel close", "" } },
  { "outside agency, papers", OUTSIDE_PAPERS, "received", NULL, { "add-media" TAKE_IN " agency-form", "add-media" TAKE_IN " agency-form", "add-media number" TAKE_IN " agency-form change-channel close", "add-media number" TAKE_IN " agency-form change-channel close", "" } },
  { "outside agency, reported", OUTSIDE_REPORTED, "reported", NULL, { "hand-over replay", "", "change-channel replay", "change-channel replay", "" } },
  { "outside agency, handed over", OUTSIDE_REPORTED "hand-over examiner {\"method\":\"mail\"}\n", "reported", NULL, { "replay", "", "replay close", "replay close", "" } },
  { "outside repository, approved", APPROVED_OUTSIDE, "confirmed", NULL, { "add-media select-probe reject-image add-outside" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "outside repository, images without probe", APPROVED_OUTSIDE "outside-image examiner {}\n", "confirmed", NULL, { "add-media select-probe reject-image add-outside" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "outside repository, images and probe", OUTSIDE_SET, "probe-analysed", NULL, { "add-media select-probe analyse-probe search search-outside add-outside reject-image" TAKE_IN, "add-media" TAKE_IN, "add-media assign" SUPERVISING, "add-media assign" SUPERVISING, "" } },
  { "outside repository, searched", SEARCHED_OUTSIDE, "searched", NULL, { "add-media select-probe search search-outside add-outside dispose show-early compare reject-image" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign" TAKE_IN " approve-outside replay close", "add-media assign" TAKE_IN " approve-outside replay close", "" } },
  { "outside repository, approved anew", SEARCHED_OUTSIDE "outside-approval supervisor {\"document\":6}\n", "searched", NULL, { "add-media select-probe search add-outside dispose show-early compare reject-image" TAKE_IN " replay", "add-media" TAKE_IN, "add-media assign" TAKE_IN " approve-outside replay close", "add-media assign" TAKE_IN " approve-outside replay close", "" } },
  { "outside repository, closed", SEARCHED_OUTSIDE "closure supervisor {\"cause\":\"withdrawn\"}\n", "closed", NULL, { "replay", "", "replay", "replay", "" } },
  { "intelligence, without clearance", INTELLIGENCE, "received", NULL, { "", "", "", "", "" } },
  { "intelligence, cleared", INTELLIGENCE, "received", NULL, { "add-media" TAKE_IN, "add-media" TAKE_IN, "add-media number handschu" TAKE_IN, "add-media number handschu" TAKE_IN, "" }, TRUE },
  { "intelligence, cleared and answered", INTELLIGENCE "handschu supervisor {\"applies\":\"no\"}\n", "received", NULL, { "add-media" TAKE_IN, "add-media" TAKE_IN, "add-media number handschu close" TAKE_IN, "add-media number handschu close" TAKE_IN, "" }, TRUE },
};

static GPtrArray *
records_of (const char *text)
{
  GPtrArray     *records = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_record_unref);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; **line != '\0'; line++)
    {
      g_auto (GStrv)         parts = g_strsplit (*line, " ", 3);
      g_autoptr (GError)     error = NULL;
      g_autoptr (JsonObject) body = vv_json_parse (parts[2], -1, parts[0], &error);

      vv_assert_ok (error);
      g_ptr_array_add (records, vv_record_new ((gint64) records->len + 1, 1, 0, parts[0], parts[1], "2026-11-23T14:05:01.23Z", body));
    }
  return records;
}

static guint n_allowed, n_refused;
static guint n_allowed_of[VV_ACT_COUNT]; /* how often each act was allowed */

static void
check_person (VvCase *kase, gsize state, gsize person)
{
  const char    *allowed = states[state].allowed[person];
  g_auto (GStrv) wanted = g_strsplit (allowed != NULL ? allowed : "", " ", -1);
  VvActor        actor = people[person].actor;
  guint          left = 0;

  actor.intelligence = states[state].cleared;

  for (char **name = wanted; *name != NULL; name++)
    left += **name != '\0' ? 1 : 0;
  for (int act = 0; act < VV_ACT_COUNT; act++)
    {
      g_autoptr (GError) error = NULL;
      gboolean           about_one = act == VV_ACT_SHOW_EARLY || act == VV_ACT_COMPARE || act == VV_ACT_BACKGROUND || act == VV_ACT_PROPOSE;
      const char        *candidate = states[state].candidate != NULL ? states[state].candidate : "B";
      const char        *name = vv_act_name ((VvAct) act);
      gboolean           may = vv_case_may (kase, (VvAct) act, &actor, about_one ? candidate : NULL, &error);

      ck_assert_msg (may == g_strv_contains ((const char *const *) wanted, name), "%s: %s by %s is %s: %s", states[state].name, name,
                     people[person].name, may ? "allowed" : "refused", error != NULL ? error->message : "");
      ck_assert_msg (may || (error->domain == VV_PROCEDURE_ERROR && strlen (error->message) > 20), "%s: a refusal says too little", name);
      left -= may ? 1 : 0;
      *(may ? &n_allowed : &n_refused) += 1;
      n_allowed_of[act] += may ? 1 : 0;
    }
  ck_assert_msg (left == 0, "%s, %s: the table names an act that there is not", states[state].name, people[person].name);
}

static gboolean
is_in_table (const char *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].status, status))
      return TRUE;
  return FALSE;
}

START_TEST (may__every_edge_and_every_forbidden_edge)
{
  g_autoptr (GPtrArray) records = records_of (states[_i].records);
  g_autoptr (VvCase)    kase = vv_case_new (records, /* peers= */ 1);

  ck_assert_str_eq (vv_status_name (vv_case_status (kase)), states[_i].status);
  for (gsize person = 0; person < N_PEOPLE; person++)
    check_person (kase, (gsize) _i, person);
  if (_i < (int) G_N_ELEMENTS (states) - 1)
    return;
  /* An edge that is allowed nowhere was not walked. */
  for (int act = 0; act < VV_ACT_COUNT; act++)
    ck_assert_msg (n_allowed_of[act] > 0, "no state allows %s", vv_act_name ((VvAct) act));
  for (int status = 0; status <= VV_STATUS_CLOSED; status++)
    ck_assert_msg (is_in_table (vv_status_name ((VvStatus) status)), "no state is %s", vv_status_name ((VvStatus) status));
  g_print ("# %d states, %d people, %d acts: %u edges allowed, %u forbidden edges refused\n", (int) G_N_ELEMENTS (states),
           (int) N_PEOPLE, VV_ACT_COUNT, n_allowed, n_refused);
}
END_TEST

/* A closed request answers every question of the stepper and never opens a step. */
START_TEST (steps__of_every_state_say_why)
{
  g_autoptr (GPtrArray) records = records_of (states[_i].records);
  g_autoptr (VvCase)    kase = vv_case_new (records, /* peers= */ 1);

  for (gsize person = 0; person < N_PEOPLE; person++)
    {
      g_autoptr (JsonArray) steps = vv_case_steps (kase, &people[person].actor);

      for (guint i = 0; i < json_array_get_length (steps); i++)
        {
          JsonObject *step = vv_json_element (steps, i);
          const char *state = vv_json_string (step, "state");

          ck_assert_msg (g_strcmp0 (state, "done") == 0 || g_strcmp0 (state, "open") == 0 || vv_json_string (step, "why") != NULL,
                         "%s: step %s is %s and does not say why", states[_i].name, vv_json_string (step, "number"), state);
        }
    }
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("procedure-edges");
  TCase *tests = tcase_create ("edges");

  tcase_add_loop_test (tests, may__every_edge_and_every_forbidden_edge, 0, (int) G_N_ELEMENTS (states));
  tcase_add_loop_test (tests, steps__of_every_state_say_why, 0, (int) G_N_ELEMENTS (states));
  suite_add_tcase (suite, tests);
  return suite;
}

VV_TEST_MAIN (make_suite)
