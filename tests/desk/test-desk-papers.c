// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include <glib/gstdio.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-test-desk.h"

/* What surrounds the steps: rejected images, exhibits, channels, approvals, other hands, searches made again. */

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

/* Whether a document of that name waits for ECMS. */
static gboolean
is_queued (const char *ending)
{
  g_autoptr (JsonArray) queued = vv_vault_outbox (test->desk->vault, NULL, NULL);

  for (guint i = 0; i < vv_json_length (queued); i++)
    if (vv_json_int (vv_json_element (queued, i), "request") == request &&
        strstr (vv_json_string (vv_json_element (queued, i), "name"), ending) != NULL)
      return TRUE;
  return FALSE;
}

/* A file with @text in the test's folder. (transfer full) */
static char *
write_file (const char *name, const char *text)
{
  char              *path = g_build_filename (test->dir, "..", name, NULL);
  g_autoptr (GError) error = NULL;

  ck_assert (g_file_set_contents (path, text, -1, &error));
  return path;
}

/* Adds an exhibit; @more: further members. Returns its record id. */
static gint64
add_exhibit (const char *class, const char *text, const char *more)
{
  g_autofree char       *path = write_file ("visavis-exhibit.bin", text);
  g_autofree char       *json = g_strdup_printf ("{'file':'%s','class':'%s','description':'As it came.'%s}", path, class, more);
  g_autoptr (JsonObject) record = vv_test_do (test->desk, vv_desk_add_exhibit, request, json);

  (void) g_remove (path);
  return vv_json_int (record, "id");
}

static void
confirm_use (void)
{
  vv_test_sign_in (test->desk, "examiner");
  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'The request states the offence.'}");
}

static gint64
new_request (const char *channel)
{
  g_autofree char       *json = g_strdup_printf ("{'channel':'%s','complaint_number':'2026-077-001234','requester':{'name':'Lee','command':'77 Pct'},"
                                                       "'subject_role':'suspect','summary':'Robbery.','identity_unknown':true,'use':{'code':'a',"
                                                       "'tense':'has committed','offence':'Robbery','basis':'The camera shows it.'}}",
                                                 channel);
  g_autoptr (JsonObject) made = vv_test_do (test->desk, vv_desk_new_request, 0, json);

  return vv_json_int (made, "request");
}

/* a later request names the earlier one; of this station it must be there, others cannot be looked up. */
START_TEST (follow_up__names_a_request_that_is_there)
{
  static const struct
  {
    const char *parent;
    int         code; /* -1: it is taken in */
  } parents[] = { { "2026-T1-00001", -1 }, { "2026-B7-00031", -1 }, { "2026-T1-09999", VV_DESK_ERROR_NOT_FOUND }, { "T1/1", VV_PROCEDURE_ERROR_FIELD } };

  for (gsize i = 0; i < G_N_ELEMENTS (parents); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'channel':'phone','complaint_number':'2026-077-001234','requester':{'name':'Lee','command':'77 Pct'},"
                                               "'subject_role':'victim','summary':'Again.','identity_unknown':true,'parent_fis_number':'%s','use':{'code':'c','basis':'No papers.'}}",
                                               parents[i].parent);

      vv_test_sign_in (test->desk, "examiner");
      if (parents[i].code < 0)
        vv_test_done (test->desk, vv_desk_new_request, 0, json);
      else
        vv_test_refuse (test->desk, vv_desk_new_request, 0, json, i == 2 ? VV_DESK_ERROR : VV_PROCEDURE_ERROR, parents[i].code,
                        i == 2 ? "failed" : "refused");
    }
}
END_TEST

START_TEST (reject__leaves_the_request_open_for_a_second_round)
{
  g_autofree char       *image = vv_test_source ("data/people/P007_probe3.jpg");
  g_autofree char       *add = g_strdup_printf ("{'file':'%s','shows':'photograph','source':'camera','source_detail':'Other camera','obtained_by':'Lee','obtained_at':'2026-11-22'}", image);
  g_autoptr (JsonObject) shown = NULL;
  gint64                 first = vv_test_media (test->desk, request, 0);
  g_autofree char       *select = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", first);

  confirm_use ();
  vv_test_refuse (test->desk, vv_desk_reject_image, request, "{'scope':'request','reasons':['ugly'],'text':'t','ask':'a'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_done (test->desk, vv_desk_reject_image, request, "{'scope':'request','reasons':['too-small','blurred'],'text':'Eyes 14 pixels apart.','ask':'The original video.','measures':[{'media':1,'name':'inter-eye distance','value':14,'verdict':'unusable'}]}");
  assert_status ("images-rejected");
  ck_assert (is_queued (".pdf") && is_queued ("Image Rejection Report"));
  vv_test_refuse (test->desk, vv_desk_select_probe, request, select, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  vv_test_done (test->desk, vv_desk_add_media, request, add);
  assert_status ("confirmed");
  vv_test_refuse (test->desk, vv_desk_select_probe, request, select, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  ck_assert_uint_eq (vv_json_length (vv_json_array (shown, "rounds")), 2);
  ck_assert_uint_eq (vv_json_length (vv_json_array (shown, "rejections")), 1);
  ck_assert (vv_json_bool (vv_json_element (vv_json_array (shown, "media"), 0), "rejected"));
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (exhibit__is_kept_as_it_came)
{
  g_autoptr (JsonObject) record = NULL;
  g_autoptr (GBytes)     kept = NULL;
  g_autofree char       *path = write_file ("visavis-video.bin", "no video at all");
  g_autofree char       *without = g_strdup_printf ("{'file':'%s','class':'video','description':'d','shows':'photograph','source':'camera','source_detail':'s','obtained_by':'o','obtained_at':'2026'}", path);
  g_autofree char       *with = NULL;
  gint64                 player;

  vv_test_sign_in (test->desk, "examiner");
  vv_test_refuse (test->desk, vv_desk_add_exhibit, request, without, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_refuse (test->desk, vv_desk_add_exhibit, request, "{'file':'/nowhere'}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  player = add_exhibit ("player-package", "MZ a program", "");
  with = g_strdup_printf ("{'file':'%s','class':'video','description':'d','shows':'photograph','source':'camera','source_detail':'s','obtained_by':'o','obtained_at':'2026','player':%" G_GINT64_FORMAT "}", path, player);
  record = vv_test_do (test->desk, vv_desk_add_exhibit, request, with);
  ck_assert_ptr_nonnull (strstr (vv_json_string (record, "note"), "frames"));
  kept = vv_vault_blob (test->desk->vault, vv_json_string (vv_json_object (record, "body"), "sha256"), NULL);
  ck_assert_uint_eq (g_bytes_get_size (kept), strlen ("no video at all"));
  (void) g_remove (path);
}
END_TEST

START_TEST (phone__fis_makes_the_dd5)
{
  g_autoptr (JsonObject) shown = NULL;
  gboolean               made = FALSE;

  vv_test_sign_in (test->desk, "supervisor");
  request = new_request ("phone");
  ck_assert (!is_queued ("Request DD5"));
  vv_test_done (test->desk, vv_desk_number, request, NULL);
  ck_assert (is_queued ("Request DD5"));
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  for (guint i = 0; i < vv_json_length (vv_json_array (shown, "records")); i++)
    made |= g_strcmp0 (vv_json_string (vv_json_element (vv_json_array (shown, "records"), i), "kind"), VV_KIND_DD5) == 0;
  ck_assert (made);
  request = vv_test_request (test->desk, 4);
  vv_test_done (test->desk, vv_desk_number, request, NULL); /* by ECMS: it came with one */
  ck_assert (!is_queued ("Request DD5"));
}
END_TEST

START_TEST (outside_agency__needs_both_papers_before_the_number)
{
  vv_test_sign_in (test->desk, "supervisor");
  request = new_request ("outside-agency");
  vv_test_refuse (test->desk, vv_desk_number, request, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  vv_test_refuse (test->desk, vv_desk_agency_form, request, "{'agency':'Yonkers PD'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_done (test->desk, vv_desk_agency_form, request, "{'agency':'Yonkers PD','officer':'Roy','contact':'roy@example.org','complaint_number':'Y-1','method':'mail'}");
  vv_test_refuse (test->desk, vv_desk_number, request, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  (void) add_exhibit ("complaint-report", "%PDF-1.4 complaint", "");
  vv_test_done (test->desk, vv_desk_number, request, NULL);
  assert_status ("numbered");
}
END_TEST

/* the form as PDF, with both papers on it, to ECMS and into the bundle. */
START_TEST (outside_agency__fis_lays_out_the_form)
{
  static const char *const wanted[] = { "FIS Outside Agency Form", "Yonkers PD", "Sgt. Roy", "roy@example.org", "By mail", "Lee, 77 Pct", "Robbery", "visavis-exhibit.bin" };
  const char              *sha256 = NULL, *document;
  g_autofree char         *text = NULL, *kept = NULL, *shown = NULL;
  VvRecord                *laid = NULL;
  g_autoptr (JsonObject)   bundle = NULL;
  g_autoptr (GPtrArray)    records = NULL;
  g_autoptr (GBytes)       tar = NULL;

  vv_test_sign_in (test->desk, "supervisor");
  request = new_request ("outside-agency");
  vv_test_refuse (test->desk, vv_desk_preview, request, "{'form':'outside-agency'}", VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE, "failed");
  vv_test_done (test->desk, vv_desk_agency_form, request, "{'agency':'Yonkers PD','officer':'Sgt. Roy','contact':'roy@example.org','complaint_number':'Y-1','method':'mail'}");
  (void) add_exhibit ("complaint-report", "%PDF-1.4 complaint", "");
  ck_assert (!is_queued ("Outside Agency Form"));
  vv_test_done (test->desk, vv_desk_preview, request, "{'form':'outside-agency'}");
  vv_test_done (test->desk, vv_desk_number, request, NULL);
  ck_assert (is_queued ("Outside Agency Form.pdf") && is_queued ("Outside Agency Form.json") && !is_queued ("Request DD5"));
  records = vv_vault_records (test->desk->vault, request, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->kind, VV_KIND_EXHIBIT) == 0)
        sha256 = vv_json_string (record->body, "sha256");
      if (strcmp (record->kind, VV_KIND_AGENCY_FORM_LAID) == 0)
        laid = record;
    }
  ck_assert_ptr_nonnull (laid);
  document = vv_json_string (laid->body, "document");
  shown = g_strdup_printf ("{'record':%" G_GINT64_FORMAT "}", laid->id);
  vv_test_done (test->desk, vv_desk_report_info, request, shown);
  text = vv_test_pdf_text (test, document);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    ck_assert_msg (strstr (text, wanted[i]) != NULL, "no “%s” in: %s", wanted[i], text);
  ck_assert_ptr_nonnull (strstr (text, sha256));
  ck_assert_ptr_null (strstr (text, "not yet assigned"));
  bundle = vv_test_do (test->desk, vv_desk_bundle, request, NULL);
  tar = vv_vault_blob (test->desk->vault, vv_json_string (bundle, "document"), NULL);
  kept = g_strdup_printf ("files/%s.pdf", document);
  ck_assert_ptr_nonnull (memmem (g_bytes_get_data (tar, NULL), g_bytes_get_size (tar), kept, strlen (kept)));
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (outside_agency__report_goes_back_by_mail)
{
  g_autofree char *image = vv_test_source ("data/people/P007_probe2.jpg");
  g_autofree char *add = g_strdup_printf ("{'file':'%s','shows':'photograph','source':'camera','source_detail':'s','obtained_by':'Roy','obtained_at':'2026-11-22'}", image);
  g_autofree char *candidate = NULL;

  vv_test_sign_in (test->desk, "supervisor");
  request = new_request ("outside-agency");
  vv_test_done (test->desk, vv_desk_agency_form, request, "{'agency':'Yonkers PD','officer':'Roy','contact':'c','complaint_number':'Y-1','method':'mail'}");
  (void) add_exhibit ("complaint-report", "%PDF-1.4 complaint", "");
  vv_test_done (test->desk, vv_desk_add_media, request, add);
  vv_test_done (test->desk, vv_desk_number, request, NULL);
  vv_test_done (test->desk, vv_desk_assign, request, "{'examiner':'examiner'}");
  vv_test_walk_to_search (test->desk, request);
  candidate = vv_test_candidate (test->desk, request, 1);
  vv_test_propose (test->desk, request, candidate);
  vv_test_review (test->desk, request, candidate);
  vv_test_decide (test->desk, request, "approved", candidate);
  vv_test_direct_and_report (test->desk, request, "possible-match");
  vv_test_refuse (test->desk, vv_desk_hand_over, request, "{'method':'email','recipient':'Roy'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_refuse (test->desk, vv_desk_change_channel, request, "{'method':'email','reason':'r'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_close, request, "{'cause':'completed','reason':'r'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  vv_test_done (test->desk, vv_desk_change_channel, request, "{'method':'email','reason':'The agency asks for it.'}");
  vv_test_sign_in (test->desk, "examiner");
  vv_test_done (test->desk, vv_desk_hand_over, request, "{'method':'email','recipient':'Roy'}");
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_close, request, "{'cause':'completed','reason':'Handed over.'}");
  assert_status ("closed");
  vv_test_verify (test->desk);
}
END_TEST

/* Gives @account the clearance, past the acts. */
static void
clear (const char *account)
{
  g_autoptr (JsonObject) facts = NULL;

  vv_test_sign_in (test->desk, "admin");
  facts = vv_vault_account_facts (test->desk->vault, account, NULL);
  json_object_set_boolean_member (facts, "intelligence", TRUE);
  ck_assert (vv_vault_begin (test->desk->vault, NULL));
  ck_assert (vv_vault_change_account (test->desk->vault, account, facts, NULL));
  ck_assert (vv_vault_commit (test->desk->vault, NULL));
}

static guint
n_requests (void)
{
  g_autoptr (JsonObject) all = vv_test_do (test->desk, vv_desk_list_requests, 0, NULL);

  return vv_json_length (vv_json_array (all, "requests"));
}

static guint
n_documents (void)
{
  g_autoptr (JsonObject) outbox = vv_test_do (test->desk, vv_desk_outbox, 0, NULL);

  return vv_json_length (vv_json_array (outbox, "entries"));
}

START_TEST (intelligence__does_not_exist_for_others)
{
  guint                  before;
  g_autoptr (JsonObject) number = NULL;
  g_autofree char       *find = NULL;

  vv_test_sign_in (test->desk, "supervisor");
  before = n_requests ();
  vv_test_refuse (test->desk, vv_desk_new_request, 0,
                  "{'channel':'intelligence','case_number':'I-1','requester':{'name':'n','command':'c'},'subject_role':'suspect','summary':'s',"
                  "'identity_unknown':true,'use':{'code':'a','tense':'has committed','offence':'o','basis':'b'}}",
                  VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_PERSON, "refused");
  clear ("supervisor");
  vv_test_sign_in (test->desk, "supervisor");
  request = new_request ("intelligence");
  number = vv_test_do (test->desk, vv_desk_number, request, NULL);
  find = g_strdup_printf ("{'fis_number':'%s'}", vv_json_string (vv_json_object (number, "body"), "fis_number"));
  vv_test_done (test->desk, vv_desk_find_request, 0, find);
  ck_assert_uint_eq (n_requests (), before + 1);
  vv_test_refuse (test->desk, vv_desk_assign, request, "{'examiner':'examiner'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_refuse (test->desk, vv_desk_close, request, "{'cause':'withdrawn','reason':'r'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  vv_test_sign_in (test->desk, "examiner");
  ck_assert_uint_eq (n_requests (), before);
  vv_test_refuse (test->desk, vv_desk_show_request, request, NULL, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, "failed");
  vv_test_refuse (test->desk, vv_desk_add_exhibit, request, "{}", VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, "failed");
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_handschu, request, "{'applies':'no','reason':'No political activity.'}");
  before = n_documents ();
  vv_test_done (test->desk, vv_desk_close, request, "{'cause':'withdrawn','reason':'r'}");
  ck_assert_uint_eq (n_documents (), before + 1);
  vv_test_sign_in (test->desk, "examiner");
  ck_assert_uint_le (n_documents (), before);
}
END_TEST

START_TEST (outside_repository__approval_is_for_one_case)
{
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;

  vv_test_walk_to_search (test->desk, request);
  vv_test_refuse (test->desk, vv_desk_search_outside, request, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  vv_test_sign_in (test->desk, "supervisor");
#define APPROVAL "{'approver':'chief-of-detectives','approver_name':'n','reason':'r','date':'2026-11-23','scope':'Two pictures.','document':%" G_GINT64_FORMAT "}"
  json = g_strdup_printf (APPROVAL, add_exhibit ("approval-document", "signed", ""));
  vv_test_done (test->desk, vv_desk_approve_outside, request, json);
  vv_test_sign_in (test->desk, "examiner");
  vv_test_refuse (test->desk, vv_desk_search_outside, request, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  request = vv_test_request (test->desk, 1);
  vv_test_sign_in (test->desk, "supervisor");
  again = g_strdup_printf (APPROVAL, add_exhibit ("approval-document", "signed", ""));
#undef APPROVAL
  vv_test_refuse (test->desk, vv_desk_approve_outside, request, again, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
}
END_TEST

START_TEST (replay__same_until_the_repository_changes)
{
  g_autoptr (JsonObject) same = NULL;
  g_autoptr (JsonObject) differs = NULL;
  gint64                 photograph;
  g_autofree char       *text = NULL;
  g_autoptr (JsonObject) body = NULL;

  vv_test_walk_to_search (test->desk, request);
  same = vv_test_do (test->desk, vv_desk_replay, request, NULL);
  ck_assert (vv_json_bool (same, "same"));
  ck_assert_uint_eq (vv_json_length (vv_json_array (same, "differences")), 0);
  body = vv_test_search_body (test->desk, request);
  photograph = vv_json_int (vv_json_element (vv_json_array (body, "pool"), 0), "photograph");
  ck_assert (vv_vault_begin (test->desk->vault, NULL));
  ck_assert (vv_vault_purge (test->desk->vault, &photograph, 1, NULL));
  ck_assert (vv_vault_commit (test->desk->vault, NULL));
  vv_test_sign_in (test->desk, "supervisor");
  differs = vv_test_do (test->desk, vv_desk_replay, request, NULL);
  ck_assert (!vv_json_bool (differs, "same"));
  /* What differs is named: one photograph less, of the pool and of all. */
  text = vv_json_canonical (differs);
  ck_assert_msg (strstr (text, "\"what\":\"gallery-size\"") != NULL, "%s", text);
  ck_assert_msg (strstr (text, "\"what\":\"pool-photographs\"") != NULL, "%s", text);
  ck_assert_msg (strstr (text, "\"what\":\"probe\"") == NULL && strstr (text, "\"what\":\"recogniser\"") == NULL, "%s", text);
  vv_test_refuse (test->desk, vv_desk_replay, request, "{'search':1}", VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, "failed");
}
END_TEST

START_TEST (candidates__two_approved_ones_have_two_reports)
{
  g_autofree char       *first = NULL;
  g_autofree char       *second = NULL;
  g_autofree char       *background = NULL;
  g_autofree char       *proposal = NULL;
  g_autoptr (JsonObject) shown = NULL;

  vv_test_walk_to_search (test->desk, request);
  first = vv_test_candidate (test->desk, request, 1);
  second = vv_test_candidate (test->desk, request, 2);
  vv_test_propose (test->desk, request, first);
  vv_test_review (test->desk, request, first);
  vv_test_decide (test->desk, request, "approved", first);
  vv_test_sign_in (test->desk, "examiner");
  vv_test_compare (test->desk, request, second);
  background = g_strdup_printf ("{'candidate':'%s','sources':[{'shows':'photograph','source':'s','finding':'f'}],'fit':'f','reliability':'reliable','reasons':'r'}", second);
  proposal = g_strdup_printf ("{'candidate':'%s'}", second);
  vv_test_done (test->desk, vv_desk_background, request, background);
  vv_test_done (test->desk, vv_desk_propose, request, proposal);
  vv_test_review (test->desk, request, second);
  vv_test_decide (test->desk, request, "approved", second);
  vv_test_direct_and_report (test->desk, request, "possible-match");
  assert_status ("directed");
  vv_test_done (test->desk, vv_desk_report, request, NULL);
  assert_status ("reported");
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  ck_assert_uint_eq (vv_json_length (vv_json_array (shown, "proposals")), 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *one = vv_json_element (vv_json_array (shown, "proposals"), i);

      ck_assert (vv_json_bool (one, "possible_match_candidate"));
      ck_assert_uint_eq (vv_json_length (vv_json_array (one, "reviews")), 1);
    }
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (close__abandoned_request_keeps_its_records)
{
  confirm_use ();
  vv_test_refuse (test->desk, vv_desk_close, request, "{'cause':'abandoned','reason':'r'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_close, request, "{'cause':'abandoned','reason':'No answer for a month.'}");
  assert_status ("closed");
  ck_assert (is_queued ("closed.json"));
  vv_test_refuse (test->desk, vv_desk_assign, request, "{'examiner':'reviewer','reason':'r'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-papers");
  TCase *tests = tcase_create ("papers");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, reject__leaves_the_request_open_for_a_second_round);
  tcase_add_test (tests, follow_up__names_a_request_that_is_there);
  tcase_add_test (tests, exhibit__is_kept_as_it_came);
  tcase_add_test (tests, phone__fis_makes_the_dd5);
  tcase_add_test (tests, outside_agency__needs_both_papers_before_the_number);
  tcase_add_test (tests, outside_agency__fis_lays_out_the_form);
  tcase_add_test (tests, outside_agency__report_goes_back_by_mail);
  tcase_add_test (tests, intelligence__does_not_exist_for_others);
  tcase_add_test (tests, outside_repository__approval_is_for_one_case);
  tcase_add_test (tests, replay__same_until_the_repository_changes);
  tcase_add_test (tests, candidates__two_approved_ones_have_two_reports);
  tcase_add_test (tests, close__abandoned_request_keeps_its_records);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
