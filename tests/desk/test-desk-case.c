// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-test-desk.h"

/* Whole requests, from the number to ECMS. */

static VvTestDesk *test;
static gint64      request;

static void
setup (void)
{
  test = vv_test_desk_new ();
  request = vv_test_request (test->desk, 0);
}

static void
teardown (void)
{
  g_clear_pointer (&test, vv_test_desk_free);
}

static void
assert_status (const char *wanted)
{
  g_autofree char *status = vv_test_status (test->desk, request);

  ck_assert_str_eq (status, wanted);
}

/* Walks to a report about the candidate of the first rank. */
static void
report_candidate (void)
{
  g_autofree char *candidate = NULL;

  vv_test_walk_to_search (test->desk, request);
  candidate = vv_test_candidate (test->desk, request, 1);
  vv_test_propose (test->desk, request, candidate);
  assert_status ("proposed");
  vv_test_review (test->desk, request, candidate);
  vv_test_decide (test->desk, request, "approved", candidate);
  assert_status ("approved");
  vv_test_direct_and_report (test->desk, request, "possible-match");
  assert_status ("reported");
}

static VvRecord *
newest (const char *kind)
{
  g_autoptr (GPtrArray) records = vv_vault_records (test->desk->vault, request, NULL);

  for (guint i = records->len; i-- > 0;)
    if (g_str_equal (((VvRecord *) g_ptr_array_index (records, i))->kind, kind))
      return vv_record_ref (g_ptr_array_index (records, i));
  ck_abort_msg ("no record of kind %s", kind);
  return NULL;
}

/* The PDF that the report's record gives when it is laid out once more. */
static GBytes *
make_again (VvRecord *record)
{
  g_autoptr (GError) error = NULL;
  VvSession          session;
  VvReport          *report;
  GBytes            *pdf;

  ck_assert (_vv_desk_enter_request (test->desk, "test", request, &session, &error));
  report = _vv_desk_lay_out (&session, vv_json_string (record->body, "form"), vv_json_object (record->body, "facts"), NULL, &error);
  _vv_desk_leave (&session);
  vv_assert_ok (error);
  pdf = vv_report_to_pdf (report, &error);
  vv_assert_ok (error);
  vv_report_free (report);
  return pdf;
}

static void
assert_pages (gint64 pages)
{
  for (gint64 page = -1; page <= pages; page++)
    {
      g_autoptr (JsonObject) what = vv_json_new ("page", "i", page, NULL);
      g_autoptr (GError)     error = NULL;
      g_autoptr (VvPicture)  picture = vv_desk_picture (test->desk, request, what, NULL, &error);

      if (page < 0 || page == pages)
        {
          vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND);
          continue;
        }
      vv_assert_ok (error);
      ck_assert_int_gt (picture->width, 1000);
      ck_assert_int_gt (picture->height, picture->width);
    }
}

/* Bytes of the only file of that name under the folder of ECMS. (transfer full) */
static GBytes *
delivered (const char *name)
{
  g_autoptr (JsonObject) shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  g_autofree char       *path = g_build_filename (test->ecms, vv_json_string (vv_json_object (shown, "request"), "case_number"),
                                                  vv_json_string (shown, "fis_number"), name, NULL);

  return vv_test_read (path);
}

START_TEST (report__candidate_reaches_ecms)
{
  /* What the comparison says of characteristics, and what was marked. */
  static const char *const said[] = { "Differences that nothing explains Tip of the nose: Rounder in the probe",
                                      "– Tip of the nose Different Unexplained. Probe: Partly. Candidate: Clear. Stable. Rounder in the probe",
                                      "1 Tip of the nose Different Rounder in the probe image", "2 Scars Short, below the left eye",
                                      "Not visible in the candidate's photograph" };
  g_autofree char         *text = NULL;
  g_autoptr (VvRecord)     record = NULL;
  g_autoptr (GBytes)       again = NULL;
  g_autoptr (GBytes)       kept = NULL;
  g_autoptr (GBytes)       sent = NULL;
  g_autoptr (GBytes)       exported = NULL;
  g_autoptr (JsonObject)   synced = NULL;
  g_autoptr (JsonObject)   twice = NULL;
  g_autoptr (JsonObject)   info = NULL;
  g_autofree char         *name = NULL;
  g_autofree char         *path = g_build_filename (test->ecms, "export.pdf", NULL);
  g_autofree char         *json = g_strdup_printf ("{'file':'%s','recipient':'Prosecutor','authority':'Subpoena 12'}", path);

  report_candidate ();
  record = newest (VV_KIND_REPORT);
  kept = vv_vault_blob (test->desk->vault, vv_json_string (record->body, "document"), NULL);
  again = make_again (record);
  ck_assert_msg (g_bytes_equal (kept, again), "the same facts gave another PDF");
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_object (record->body, "facts"), "candidate"), "person"), "P007");

  text = vv_test_pdf_text (test, vv_json_string (record->body, "document"));
  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    ck_assert_msg (strstr (text, said[i]) != NULL, "no \"%s\" in: %s", said[i], text);

  info = vv_test_do (test->desk, vv_desk_report_info, request, NULL);
  ck_assert_int_ge (vv_json_int (info, "pages"), 2);
  ck_assert_int_eq (vv_json_int (info, "bytes"), (gint64) g_bytes_get_size (kept));
  assert_pages (vv_json_int (info, "pages"));

  synced = vv_test_do (test->desk, vv_desk_sync, 0, NULL);
  ck_assert_int_eq (vv_json_int (synced, "sent"), 3); /* the note on the use, the report, its manifest */
  ck_assert_int_eq (vv_json_int (synced, "waiting") + vv_json_int (synced, "failed"), 0);
  assert_status ("acknowledged");
  name = g_strdup_printf ("FIS %s Possible Match Report.pdf", vv_json_string (vv_json_object (record->body, "facts"), "fis_number"));
  sent = delivered (name);
  ck_assert (g_bytes_equal (sent, kept));

  twice = vv_test_do (test->desk, vv_desk_sync, 0, "{'all':true}");
  ck_assert_int_eq (vv_json_int (twice, "sent"), 0);
  vv_test_done (test->desk, vv_desk_export_report, request, json);
  exported = vv_test_read (path);
  ck_assert (g_bytes_equal (exported, kept));
  vv_test_verify (test->desk);
}
END_TEST

/* The text that was enforced is on every record, the notice in every answer about candidates. */
START_TEST (records__carry_policy_and_notice)
{
  static const char *const noticed[] = { VV_KIND_SEARCH, VV_KIND_COMPARISON, VV_KIND_PEER_REVIEW, VV_KIND_SIGN_OFF, VV_KIND_REPORT, NULL };
  g_autoptr (GPtrArray)    records = NULL;
  g_autoptr (JsonObject)   shown = NULL;
  g_autoptr (JsonObject)   again = NULL;
  guint                    told = 0;

  report_candidate ();
  records = vv_vault_records (test->desk->vault, request, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      VvRecord   *record = g_ptr_array_index (records, i);
      JsonObject *policy = vv_json_object (record->body, "policy");

      ck_assert_str_eq (vv_json_string (policy, "procedure"), "212-129");
      ck_assert_str_eq (vv_json_string (policy, "effective"), "2020-03-12");
      ck_assert_uint_eq (strlen (vv_json_string (policy, "rules_hash")), 64);
      ck_assert_int_eq (json_object_has_member (record->body, "notice_version"), g_strv_contains (noticed, record->kind));
      told += json_object_has_member (record->body, "notice_version") ? 1 : 0;
    }
  ck_assert_uint_eq (told, 5);
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  ck_assert_ptr_nonnull (strstr (vv_json_string (shown, "notice"), "lead only"));
  request = vv_test_request (test->desk, 1);
  vv_test_walk_to_search (test->desk, request);
  again = vv_test_do (test->desk, vv_desk_search, request, NULL);
  ck_assert_str_eq (vv_json_string (again, "notice"), vv_json_string (shown, "notice"));
}
END_TEST

/* An imminent threat goes first and skips nothing. */
START_TEST (list__imminent_threat_comes_first)
{
  static const char      threat[] = "{'channel':'phone','case_number':'T2026-9','requester':{'name':'Lee','command':'77 Pct'},'subject_role':'suspect','summary':'A bomb.',"
                                    "'identity_unknown':true,'use':{'code':'f','basis':'A call.','threat':'A bomb','declared_by':'Chief Doe','declared_at':'2026-11-25'}}";
  g_autoptr (JsonObject) made = NULL;
  g_autoptr (JsonObject) list = NULL;
  JsonObject            *first;

  vv_test_sign_in (test->desk, "supervisor");
  made = vv_test_do (test->desk, vv_desk_new_request, 0, threat);
  list = vv_test_do (test->desk, vv_desk_list_requests, 0, NULL);
  first = vv_json_element (vv_json_array (list, "requests"), 0);
  ck_assert_int_eq (vv_json_int (first, "id"), vv_json_int (made, "request"));
  vv_test_refuse (test->desk, vv_desk_search, vv_json_int (made, "request"), NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
}
END_TEST

/* Nothing is done without the rules. */
START_TEST (rules__without_them_no_desk_opens)
{
  g_autofree char     *data = g_strdup (g_getenv ("VISAVIS_DATA_DIR"));
  g_autoptr (VvSecret) passphrase = vv_test_passphrase ("examiner");
  g_autoptr (GError)   error = NULL;

  vv_desk_sign_out (test->desk);
  g_setenv ("VISAVIS_DATA_DIR", test->dir, TRUE);
  ck_assert (!vv_desk_sign_in (test->desk, "examiner", passphrase, &error));
  g_setenv ("VISAVIS_DATA_DIR", data, TRUE);
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_POLICY);
  ck_assert_ptr_null (vv_desk_account (test->desk));
}
END_TEST

/* What left, to whom, by what right and when. */
START_TEST (dissemination_log__names_recipient_and_authority)
{
  g_autofree char       *path = g_build_filename (test->ecms, "export.pdf", NULL);
  g_autofree char       *plain = g_strdup_printf ("{'file':'%s'}", path);
  g_autofree char       *named = g_strdup_printf ("{'file':'%s','recipient':'County Court','authority':'Subpoena 7'}", path);
  g_autoptr (JsonObject) log = NULL;
  JsonArray             *rows;

  report_candidate ();
  vv_test_done (test->desk, vv_desk_export_report, request, plain);
  vv_test_done (test->desk, vv_desk_export_report, request, named);
  vv_test_refuse (test->desk, vv_desk_dissemination_log, 0, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_export_audit, 0, NULL);
  log = vv_test_do (test->desk, vv_desk_dissemination_log, 0, NULL);
  rows = vv_json_array (log, "disseminations");
  ck_assert_uint_eq (vv_json_length (rows), 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *row = vv_json_element (rows, i);

      ck_assert_uint_gt (strlen (vv_json_string (row, "when")), 20);
      ck_assert_uint_eq (strlen (vv_json_string (row, "document")), 64);
      ck_assert_str_ne (vv_json_string (row, "authority"), "");
      ck_assert_int_eq (json_object_has_member (row, "fis_number"), i < 2);
    }
  ck_assert_str_eq (vv_json_string (vv_json_element (rows, 0), "recipient"), "Training investigator");
  ck_assert_str_eq (vv_json_string (vv_json_element (rows, 1), "recipient"), "County Court");
  ck_assert_str_eq (vv_json_string (vv_json_element (rows, 1), "authority"), "Subpoena 7");
  ck_assert_str_eq (vv_json_string (vv_json_element (rows, 2), "what"), "audit chain");
}
END_TEST

START_TEST (steps__all_done_once_acknowledged)
{
  g_autoptr (JsonObject) shown = NULL;
  JsonArray             *steps;

  report_candidate ();
  vv_test_done (test->desk, vv_desk_sync, 0, NULL);
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  steps = vv_json_array (shown, "steps");
  for (guint i = 0; i < vv_json_length (steps); i++)
    ck_assert_msg (g_strcmp0 (vv_json_string (vv_json_element (steps, i), "state"), "done") == 0, "step %s is %s",
                   vv_json_string (vv_json_element (steps, i), "number"), vv_json_string (vv_json_element (steps, i), "state"));
  ck_assert (vv_json_bool (shown, "possible_match_candidate"));
}
END_TEST

START_TEST (report__no_candidate)
{
  g_autoptr (VvRecord) record = NULL;

  vv_test_walk_to_search (test->desk, request);
  vv_test_say_none (test->desk, request);
  assert_status ("none-found");
  vv_test_decide (test->desk, request, "none-confirmed", NULL);
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_direct, request, "{'report':'possible-match','recipient':'Training investigator'}",
                  VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_direct_and_report (test->desk, request, "no-match");
  record = newest (VV_KIND_REPORT);
  ck_assert_str_eq (vv_json_string (record->body, "form"), "no-match");
  ck_assert (!json_object_has_member (vv_json_object (record->body, "facts"), "candidate"));
  vv_test_done (test->desk, vv_desk_sync, 0, NULL);
  assert_status ("acknowledged");
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (sign_off__not_agreed_goes_back_to_work)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  vv_test_walk_to_search (test->desk, request);
  first = vv_test_candidate (test->desk, request, 2);
  second = vv_test_candidate (test->desk, request, 1);
  vv_test_propose (test->desk, request, first);
  vv_test_review (test->desk, request, first);
  vv_test_decide (test->desk, request, "not-agreed", NULL);
  assert_status ("not-agreed");
  vv_test_propose (test->desk, request, second);
  assert_status ("proposed");
  /* The review of the first candidate does not count for the second. */
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_sign_off, request, "{'decision':'not-agreed','reasons':'Too early.'}",
                  VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  vv_test_review (test->desk, request, second);
  vv_test_decide (test->desk, request, "approved", second);
  vv_test_direct_and_report (test->desk, request, "possible-match");
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (number__gap_free_and_unique)
{
  const char *const new_request = "{'channel':'phone','case_number':'T2026-9','requester':{'name':'Training investigator','command':"
                                  "'Training squad'},'subject_role':'suspect','summary':'A bicycle taken.','use':{'code':'a','tense':"
                                  "'has committed','offence':'Larceny','basis':'Seen by the owner.'},'identity_unknown':true}";
  guint64           last = 0;

  vv_test_sign_in (test->desk, "supervisor");
  for (guint i = 0; i < 4; i++)
    vv_test_done (test->desk, vv_desk_new_request, 0, new_request);
  for (guint place = 0; place < 9; place++)
    {
      gint64                 one = vv_test_request (test->desk, place);
      g_autoptr (JsonObject) shown = vv_test_do (test->desk, vv_desk_show_request, one, NULL);
      const char            *number;

      if (vv_json_string (shown, "fis_number") == NULL)
        {
          vv_test_sign_in (test->desk, "examiner");
          vv_test_refuse (test->desk, vv_desk_number, one, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
          vv_test_sign_in (test->desk, "supervisor");
          vv_test_done (test->desk, vv_desk_number, one, NULL);
          g_clear_pointer (&shown, json_object_unref);
          shown = vv_test_do (test->desk, vv_desk_show_request, one, NULL);
        }
      number = vv_json_string (shown, "fis_number");
      ck_assert_msg (strstr (number, "-T1-") != NULL, "%s", number);
      ck_assert_uint_eq (g_ascii_strtoull (number + strlen (number) - 5, NULL, 10), ++last);
      vv_test_refuse (test->desk, vv_desk_number, one, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
    }
}
END_TEST

/* The desk's own records are no request, though both may be asked for by number. */
START_TEST (acts__no_such_request)
{
  static const VvDeskAct acts[] = { vv_desk_show_request, vv_desk_number, vv_desk_confirm_use, vv_desk_select_probe, vv_desk_search,
                                    vv_desk_dispose, vv_desk_compare, vv_desk_sign_off, vv_desk_report, vv_desk_keep_draft, vv_desk_draft,
                                    vv_desk_add_media, vv_desk_find_faces, vv_desk_open_candidate, vv_desk_export_report };
  static const gint64    numbers[] = { 0, -1, 1, G_MAXINT64 }; /* 1 is the record of the import */

  vv_test_sign_in (test->desk, "supervisor");
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (numbers); k++)
      vv_test_refuse (test->desk, acts[i], numbers[k], "{'key':'x','body':{}}", VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, "failed");
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-case");
  TCase *tests = tcase_create ("case");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, report__candidate_reaches_ecms);
  tcase_add_test (tests, records__carry_policy_and_notice);
  tcase_add_test (tests, list__imminent_threat_comes_first);
  tcase_add_test (tests, rules__without_them_no_desk_opens);
  tcase_add_test (tests, dissemination_log__names_recipient_and_authority);
  tcase_add_test (tests, steps__all_done_once_acknowledged);
  tcase_add_test (tests, report__no_candidate);
  tcase_add_test (tests, sign_off__not_agreed_goes_back_to_work);
  tcase_add_test (tests, number__gap_free_and_unique);
  tcase_add_test (tests, acts__no_such_request);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
