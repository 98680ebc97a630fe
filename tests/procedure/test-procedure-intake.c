// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-body.h"
#include "vv-intake.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-test.h"

/* What a request needs before it is taken in, told before it is asked for. */

#define PERSON "'requester':{'name':'Det. Rivera','command':'44 Squad'},"
#define REST   "'subject_role':'victim','summary':'Found in the park','identity_unknown':true,'use':{'code':'c','basis':'No papers on the body'}}"
#define MEDIA  "'media':[{'file':'/a/one.jpg','shows':'photograph','source':'camera','source_detail':'Gate','obtained_by':'Rivera','obtained_at':'2026-11-20'}]"
#define FORM                                                                                                              \
  "'agency_form':{'agency':'Yonkers Police','officer':'Sgt. Cole','contact':'914-555-0100','complaint_number':'26-1188'," \
  "'method':'email'},'complaint_report':'/a/report.pdf',"

static const struct
{
  const char *channel;
  const char *taken;
} complete[] = {
  { "ecms", "{'request':{'channel':'ecms','case_number':'2026/88'," PERSON REST "," MEDIA "}" },
  { "phone", "{'request':{'channel':'phone','complaint_number':'2026-044-01234'," PERSON REST "," MEDIA "}" },
  { "email", "{'request':{'channel':'email','case_number':'2026/88'," PERSON REST "," MEDIA "}" },
  { "outside-agency", "{'request':{'channel':'outside-agency'," REST "," FORM MEDIA "}" },
  { "intelligence", "{'request':{'channel':'intelligence','case_number':'2026/88'," PERSON REST "," MEDIA "}" },
};

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *json = g_strdelimit (g_strdup (text), "'", '"');
  JsonObject        *object = vv_json_parse (json, -1, "test", &error);

  vv_assert_ok (error);
  return object;
}

static JsonObject *
need (JsonArray *needs, const char *code)
{
  for (guint i = 0; i < vv_json_length (needs); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (needs, i), "code"), code) == 0)
      return vv_json_element (needs, i);
  return NULL;
}

START_TEST (needs__complete_request_of_each_channel)
{
  g_autoptr (JsonObject) taken = parse (complete[_i].taken);
  g_autoptr (JsonArray)  needs = vv_intake_needs (taken);
  g_autoptr (GError)     error = NULL;

  for (guint i = 0; i < vv_json_length (needs); i++)
    {
      JsonObject *one = vv_json_element (needs, i);

      ck_assert_msg (vv_json_bool (one, "given"), "%s: %s", complete[_i].channel, vv_json_string (one, "code"));
      ck_assert_ptr_nonnull (vv_json_string (one, "title"));
      ck_assert_ptr_nonnull (vv_json_string (one, "rule"));
    }
  ck_assert_ptr_null (vv_intake_first_missing (needs));
  /* What the list asks for is what the record is checked for. An outside agency's number and officer come from its form. */
  if (strcmp (complete[_i].channel, "outside-agency") != 0)
    ck_assert (vv_body_check (VV_KIND_REQUEST, vv_json_object (taken, "request"), &error));
  else
    ck_assert (vv_body_check (VV_KIND_AGENCY_FORM, vv_json_object (taken, "agency_form"), &error));
  vv_assert_ok (error);
}
END_TEST

/* Takes one thing away: where it is, its name, the need that notices, and the kind whose check refuses too (or NULL). */
static const struct
{
  guint       channel;
  const char *part, *member, *code, *kind;
} lacking[] = {
  { 1, "request", "complaint_number", "number", VV_KIND_REQUEST },
  { 1, "request", "requester", "requester", VV_KIND_REQUEST },
  { 1, "request", "subject_role", "subject", VV_KIND_REQUEST },
  { 1, "request", "summary", "summary", VV_KIND_REQUEST },
  { 1, "request", "identity_unknown", "unknown", VV_KIND_REQUEST },
  { 1, "request", "use", "use", VV_KIND_REQUEST },
  { 3, "agency_form", "agency", "agency", VV_KIND_AGENCY_FORM },
  { 3, "agency_form", "officer", "officer", VV_KIND_AGENCY_FORM },
  { 3, "agency_form", "contact", "contact", VV_KIND_AGENCY_FORM },
  { 3, "agency_form", "complaint_number", "agency-complaint", VV_KIND_AGENCY_FORM },
  { 3, "agency_form", "method", "method", VV_KIND_AGENCY_FORM },
  { 3, NULL, "complaint_report", "complaint-report", NULL },
};

START_TEST (needs__what_is_taken_away_is_missing)
{
  g_autoptr (JsonObject) taken = parse (complete[lacking[_i].channel].taken);
  JsonObject            *part = lacking[_i].part != NULL ? vv_json_object (taken, lacking[_i].part) : taken;
  g_autoptr (JsonArray)  needs = NULL;

  ck_assert (json_object_has_member (part, lacking[_i].member));
  json_object_remove_member (part, lacking[_i].member);
  needs = vv_intake_needs (taken);
  ck_assert_str_eq (vv_json_string (vv_intake_first_missing (needs), "code"), lacking[_i].code);
  if (lacking[_i].kind != NULL)
    ck_assert (!vv_body_check (lacking[_i].kind, part, /* error= */ NULL));
}
END_TEST

START_TEST (needs__pictures_may_follow)
{
  g_autoptr (JsonObject) taken = parse (complete[1].taken);
  g_autoptr (JsonArray)  needs = NULL;

  json_object_remove_member (taken, "media");
  needs = vv_intake_needs (taken);
  ck_assert (!vv_json_bool (need (needs, "media"), "given"));
  ck_assert_ptr_null (vv_intake_first_missing (needs));
}
END_TEST

static const struct
{
  const char *medium;
  const char *says; /* NULL: nothing is missing */
} media[] = {
  { "{'file':'/a/b.jpg','shows':'photograph','source':'internet','source_detail':'Profile','obtained_by':'R','obtained_at':'2026-11-20'}", "site link" },
  { "{'file':'/a/b.jpg','shows':'photograph','source':'internet','source_detail':'Profile','obtained_by':'R','obtained_at':'2026-11-20','site_link':'https://x'}", "day" },
  { "{'file':'/a/b.jpg','shows':'photograph','source':'internet','source_detail':'Profile','obtained_by':'R','obtained_at':'2026-11-20','site_link':'https://x','captured_at':'yesterday'}", "day" },
  { "{'file':'/a/b.jpg','shows':'photograph','source':'internet','source_detail':'Profile','obtained_by':'R','obtained_at':'2026-11-20','site_link':'https://x','captured_at':'2026-11-19'}", NULL },
  { "{'file':'/a/b.jpg','shows':'look-alike','source':'witness','source_detail':'d','obtained_by':'R','obtained_at':'2026-11-20'}", "looks alike" },
  { "{'file':'/a/b.jpg','shows':'sketch','source':'witness','source_detail':'d','obtained_by':'R','obtained_at':'2026-11-20'}", "sketch" },
  { "{'file':'/a/b.jpg','source':'witness','source_detail':'d','obtained_by':'R','obtained_at':'2026-11-20'}", "what the image is" },
  { "{'file':'/a/b.jpg','shows':'photograph','source':'witness','source_detail':'','obtained_by':'R','obtained_at':'2026-11-20'}", "source" },
  { "{'file':'/a/b.mp4','class':'video','description':'d','shows':'photograph','source':'camera','source_detail':'Gate','obtained_by':'R','obtained_at':'2026-11-20'}", "player" },
  { "{'file':'/a/b.mp4','class':'video','description':'d','shows':'photograph','source':'camera','source_detail':'Gate','obtained_by':'R','obtained_at':'2026-11-20','no_player':'Plays anywhere'}", NULL },
  { "{'file':'/a/b.mp4','class':'video','description':'d','shows':'photograph','source':'camera','source_detail':'Gate','obtained_by':'R','obtained_at':'2026-11-20','player_file':'/a/player.zip'}", NULL },
};

START_TEST (needs__media_say_what_they_lack)
{
  g_autofree char       *text = g_strdup_printf ("{'request':{'channel':'ecms'},'media':[%s]}", media[_i].medium);
  g_autoptr (JsonObject) taken = parse (text);
  g_autoptr (JsonArray)  needs = vv_intake_needs (taken);
  JsonObject            *medium = need (needs, "medium");

  ck_assert_int_eq (vv_json_int (medium, "index"), 0);
  ck_assert (strstr (vv_json_string (medium, "title"), "“b.") != NULL);
  ck_assert_int_eq (vv_json_bool (medium, "given"), media[_i].says == NULL);
  if (media[_i].says != NULL)
    ck_assert_msg (strstr (vv_json_string (medium, "why"), media[_i].says) != NULL, "%s", vv_json_string (medium, "why"));
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("procedure-intake");
  TCase *needs = tcase_create ("needs");

  tcase_add_loop_test (needs, needs__complete_request_of_each_channel, 0, G_N_ELEMENTS (complete));
  tcase_add_loop_test (needs, needs__what_is_taken_away_is_missing, 0, G_N_ELEMENTS (lacking));
  tcase_add_test (needs, needs__pictures_may_follow);
  tcase_add_loop_test (needs, needs__media_say_what_they_lack, 0, G_N_ELEMENTS (media));
  suite_add_tcase (suite, needs);
  return suite;
}

VV_TEST_MAIN (make_suite)
