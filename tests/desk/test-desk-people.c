// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-procedure-error.h"
#include "vv-second-factor.h"
#include "vv-test-desk.h"
#include "vv-time.h"

/* Signing in, staying signed in, and what happens to accounts. */

#define MINUTE (60 * G_USEC_PER_SEC)

static VvTestDesk *place;
static VvDesk     *desk;
static GError     *error;

static void
set_up (void)
{
  place = vv_test_desk_new ();
  desk = place->desk;
}

static void
tear_down (void)
{
  g_clear_error (&error);
  g_clear_pointer (&place, vv_test_desk_free);
}

static gboolean
try_sign_in (const char *account, const char *words, const char *code)
{
  g_autoptr (VvSecret) passphrase = vv_secret_from_text (words);

  vv_desk_sign_out (desk);
  return vv_desk_sign_in_with_code (desk, account, passphrase, code, &error);
}

static void
assert_not_in (const char *account, const char *words, GQuark domain, int code)
{
  ck_assert (!try_sign_in (account, words, NULL));
  vv_assert_error (error, domain, code);
}

static void
assert_in (const char *account, const char *words)
{
  ck_assert_msg (try_sign_in (account, words, NULL), "%s", error != NULL ? error->message : "");
}

/* Newest audit row of @act, or NULL. (transfer full) */
static JsonObject *
last_of (const char *act)
{
  g_autoptr (JsonArray) rows = vv_vault_audit_rows (desk->vault, 1, 10000, &error);

  for (guint i = vv_json_length (rows); i > 0; i--)
    if (g_strcmp0 (vv_json_string (vv_json_element (rows, i - 1), "act"), act) == 0)
      return vv_json_copy (vv_json_element (rows, i - 1));
  return NULL;
}

static void
assert_row (const char *act, const char *object, const char *outcome)
{
  g_autoptr (JsonObject) row = last_of (act);

  ck_assert_msg (row != NULL, "no row %s", act);
  ck_assert_str_eq (vv_json_string (row, "object"), object);
  ck_assert_str_eq (vv_json_string (row, "outcome"), outcome);
}

/* --- Pass phrases and accounts ----------------------------------------------------------------------------------------- */

START_TEST (change_passphrase__keeps_rules_and_is_on_record)
{
  g_autoptr (VvSecret) old_words = vv_test_passphrase ("examiner");
  g_autoptr (VvSecret) banned = vv_secret_from_text ("Password123");
  g_autoptr (VvSecret) good = vv_secret_from_text ("a quiet green lake");

  vv_test_sign_in (desk, "examiner");
  ck_assert (!vv_desk_change_passphrase (desk, old_words, banned, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
  assert_row ("change-passphrase", "", "refused");
  ck_assert (vv_desk_change_passphrase (desk, old_words, good, &error));
  assert_row ("change-passphrase", "account examiner", "done");
  assert_not_in ("examiner", "training examiner", VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  assert_in ("examiner", "a quiet green lake");
  vv_test_verify (desk);
}
END_TEST

START_TEST (reset__by_an_administrator_only_and_old_work_verifies)
{
  const gint64         request = vv_test_request (desk, 0);
  g_autoptr (VvSecret) words = vv_secret_from_text ("a quiet green lake");

  vv_test_sign_in (desk, "examiner");
  vv_test_done (desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'The owner saw it.'}");
  ck_assert (!vv_desk_reset_account (desk, "reviewer", words, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE);
  vv_test_sign_in (desk, "admin");
  ck_assert (!vv_desk_reset_account (desk, "admin", words, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  ck_assert (!vv_desk_enable_account (desk, "examiner", words, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  ck_assert (vv_desk_reset_account (desk, "examiner", words, &error));
  vv_assert_ok (error);
  assert_row ("reset-account", "account examiner", "done");
  vv_test_verify (desk);
  assert_in ("examiner", "a quiet green lake");
  vv_test_verify (desk);
}
END_TEST

START_TEST (enable__brings_a_disabled_account_back)
{
  g_autoptr (VvSecret) words = vv_secret_from_text ("a quiet green lake");

  vv_test_sign_in (desk, "admin");
  vv_test_done (desk, vv_desk_disable_account, 0, "{'account':'reviewer'}");
  ck_assert (!vv_desk_reset_account (desk, "reviewer", words, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  ck_assert (vv_desk_enable_account (desk, "reviewer", words, &error));
  assert_in ("reviewer", "a quiet green lake");
  vv_test_verify (desk);
}
END_TEST

START_TEST (roles__changed_by_another_administrator)
{
  vv_test_sign_in (desk, "admin");
  vv_test_refuse (desk, vv_desk_change_roles, 0, "{'account':'admin','roles':['administrator','supervisor']}",
                  VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_refuse (desk, vv_desk_change_roles, 0, "{'account':'reviewer','roles':['chief']}", VV_PROCEDURE_ERROR,
                  VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_done (desk, vv_desk_change_roles, 0, "{'account':'reviewer','roles':['auditor','trainer']}");
  vv_test_sign_in (desk, "reviewer");
  ck_assert_uint_eq (vv_desk_roles (desk), VV_ROLE_AUDITOR | VV_ROLE_TRAINER);
  vv_test_refuse (desk, vv_desk_change_roles, 0, "{'account':'examiner','roles':['examiner']}", VV_PROCEDURE_ERROR,
                  VV_PROCEDURE_ERROR_ROLE, "refused");
}
END_TEST

/* An auditor sees no case, no picture and not the audit chain itself. */
START_TEST (auditor__sees_no_case)
{
  const gint64           request = vv_test_request (desk, 0);
  g_autoptr (JsonObject) what = vv_test_json ("{'media':%" G_GINT64_FORMAT "}", vv_test_media (desk, request, 0));

  vv_test_sign_in (desk, "admin");
  vv_test_done (desk, vv_desk_change_roles, 0, "{'account':'reviewer','roles':['auditor']}");
  vv_test_sign_in (desk, "reviewer");
  vv_test_refuse (desk, vv_desk_show_request, request, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_refuse (desk, vv_desk_export_audit, 0, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  ck_assert_ptr_null (vv_desk_picture (desk, request, what, NULL, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE);
}
END_TEST

/* --- Failed sign-ins ----------------------------------------------------------------------------------------------------- */

START_TEST (lock__after_five_until_an_administrator_releases)
{
  g_autoptr (JsonObject) facts = NULL;

  for (int i = 0; i < 5; i++)
    assert_not_in ("examiner", "not the words", VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  assert_not_in ("examiner", "training examiner", VV_VAULT_ERROR, VV_VAULT_ERROR_LOCKED);
  assert_in ("admin", "training administrator");
  assert_row ("lock-account", "account examiner", "done");
  facts = vv_vault_account_facts (desk->vault, "examiner", &error);
  ck_assert_ptr_nonnull (vv_json_string (facts, "locked"));
  vv_desk_sign_out (desk);
  assert_not_in ("examiner", "training examiner", VV_VAULT_ERROR, VV_VAULT_ERROR_LOCKED);
  assert_in ("admin", "training administrator");
  vv_test_done (desk, vv_desk_release_account, 0, "{'account':'examiner'}");
  assert_in ("examiner", "training examiner");
  vv_test_verify (desk);
}
END_TEST

/* Nobody could release the last administrator: the lock stays in the file alone, where the machine's owner can mend it. */
START_TEST (lock__of_the_last_administrator_is_not_kept_in_the_database)
{
  g_autoptr (JsonObject) facts = NULL;

  for (int i = 0; i < 5; i++)
    assert_not_in ("admin", "not the words", VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  assert_in ("examiner", "training examiner");
  assert_row ("lock-account", "account admin", "done");
  facts = vv_vault_account_facts (desk->vault, "admin", &error);
  ck_assert_ptr_null (vv_json_string (facts, "locked"));
  assert_not_in ("admin", "training administrator", VV_VAULT_ERROR, VV_VAULT_ERROR_LOCKED);
}
END_TEST

START_TEST (lock__wrong_pass_phrases_at_the_desk_sign_out)
{
  g_autoptr (VvSecret) wrong = vv_secret_from_text ("not the words");

  vv_test_sign_in (desk, "supervisor");
  for (int i = 0; i < 5; i++)
    {
      ck_assert_ptr_nonnull (vv_desk_account (desk));
      ck_assert (!vv_desk_confirm_passphrase (desk, wrong, &error));
      vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
    }
  ck_assert_ptr_null (vv_desk_account (desk));
  assert_not_in ("supervisor", "training supervisor", VV_VAULT_ERROR, VV_VAULT_ERROR_LOCKED);
}
END_TEST

/* Makes the account one that nobody used since 2026-01-01, on a desk that is no training desk. */
static void
leave_unused (const char *account)
{
  g_autoptr (JsonObject) about = vv_test_json ("{'training':false}");
  JsonObject            *facts = vv_vault_account_facts (desk->vault, account, &error);

  json_object_set_string_member (facts, "made_at", "2026-01-01T00:00:00.00Z");
  json_object_remove_member (facts, "last_sign_in");
  vv_desk_sign_out (desk);
  {
    g_autoptr (VvSecret) passphrase = vv_test_passphrase (account);
    g_autoptr (VvVault)  vault = vv_vault_open (place->dir, account, passphrase, &error);

    vv_assert_ok (error);
    ck_assert_int_eq (_vv_desk_welcome (vault, about, facts, NULL, &error), g_str_equal (account, "admin"));
  }
  json_object_unref (facts);
}

START_TEST (unused__for_90_days_is_disabled)
{
  vv_test_sign_in (desk, "admin");
  leave_unused ("examiner");
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_DISABLED);
  assert_not_in ("examiner", "training examiner", VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  assert_in ("admin", "training administrator");
  assert_row ("disable-unused-account", "account examiner", "done");
  vv_test_verify (desk);
}
END_TEST

START_TEST (unused__last_administrator_stays)
{
  vv_test_sign_in (desk, "admin");
  leave_unused ("admin");
  vv_assert_ok (error);
}
END_TEST

START_TEST (notice__acknowledged_is_on_record)
{
  vv_test_sign_in (desk, "examiner");
  vv_test_done (desk, vv_desk_acknowledge_notice, 0, NULL);
  assert_row ("acknowledge-notice", "", "done");
}
END_TEST

/* --- Still there? ----------------------------------------------------------------------------------------------------------- */

static void
assert_away (VvDeskError code)
{
  ck_assert_ptr_null (vv_desk_list_requests (desk, 0, NULL, NULL, &error));
  vv_assert_error (error, VV_DESK_ERROR, (int) code);
  ck_assert (vv_desk_is_locked (desk));
}

static void
come_back (void)
{
  g_autoptr (VvSecret) words = vv_test_passphrase ("examiner");

  ck_assert (vv_desk_unlock (desk, words, NULL, &error));
  vv_assert_ok (error);
  ck_assert (!vv_desk_is_locked (desk));
  vv_test_done (desk, vv_desk_list_requests, 0, NULL);
}

START_TEST (lock__by_hand_and_back)
{
  g_autoptr (VvSecret) wrong = vv_secret_from_text ("not the words");

  vv_test_sign_in (desk, "examiner");
  vv_desk_lock (desk);
  assert_away (VV_DESK_ERROR_LOCKED);
  vv_desk_touch (desk);
  assert_away (VV_DESK_ERROR_LOCKED);
  ck_assert (!vv_desk_unlock (desk, wrong, NULL, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  assert_away (VV_DESK_ERROR_LOCKED);
  come_back ();
}
END_TEST

START_TEST (lock__after_idle_minutes)
{
  vv_test_sign_in (desk, "examiner");
  desk->seen_at -= 29 * MINUTE;
  vv_test_done (desk, vv_desk_list_requests, 0, NULL); /* asked by the window itself */
  desk->seen_at -= 2 * MINUTE;
  assert_away (VV_DESK_ERROR_LOCKED);
  come_back ();
  desk->seen_at -= 29 * MINUTE;
  vv_desk_touch (desk);
  desk->seen_at -= 2 * MINUTE;
  ck_assert (!vv_desk_is_locked (desk));
}
END_TEST

START_TEST (settings__idle_minutes_up_to_30)
{
  vv_test_sign_in (desk, "examiner");
  vv_test_refuse (desk, vv_desk_settings, 0, "{'idle_minutes':5}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_sign_in (desk, "admin");
  vv_test_refuse (desk, vv_desk_settings, 0, "{'idle_minutes':31}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_refuse (desk, vv_desk_settings, 0, "{'idle_minutes':0}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_done (desk, vv_desk_settings, 0, "{'idle_minutes':5}");
  vv_test_sign_in (desk, "examiner");
  desk->seen_at -= 6 * MINUTE;
  assert_away (VV_DESK_ERROR_LOCKED);
}
END_TEST

START_TEST (expiry__after_twelve_hours)
{
  vv_test_sign_in (desk, "examiner");
  desk->proven_at -= (gint64) 12 * 60 * MINUTE + MINUTE;
  assert_away (VV_DESK_ERROR_EXPIRED);
  come_back ();
}
END_TEST

/* --- Second factor ------------------------------------------------------------------------------------------------------------ */

static char *
code_of (VvSecret *secret, gint64 steps)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC / 30 + steps;

  return vv_second_factor_hotp (vv_secret_data (secret) + 1, vv_secret_size (secret) - 1, (guint64) now, 6);
}

START_TEST (second_factor__needed_from_the_first_code_on)
{
  g_autoptr (VvSecret) words = vv_test_passphrase ("examiner");
  g_autoptr (VvSecret) address = NULL;
  g_autoptr (VvSecret) secret = NULL;
  g_autoptr (VvSecret) reset = vv_secret_from_text ("a quiet green lake");
  g_autofree char     *first = NULL;
  g_autofree char     *code = NULL;

  vv_test_sign_in (desk, "examiner");
  address = vv_desk_enrol_second_factor (desk, &error);
  ck_assert_mem_eq (vv_secret_data (address), "otpauth://totp/", 15);
  secret = vv_secret_copy (vv_secret_data (desk->enrolling), vv_secret_size (desk->enrolling));
  ck_assert (!vv_desk_confirm_second_factor (desk, words, "000", &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  first = code_of (secret, 0);
  ck_assert (vv_desk_confirm_second_factor (desk, words, first, &error));
  vv_assert_ok (error);
  assert_row ("enrol-second-factor", "account examiner", "done");
  ck_assert (!vv_desk_unlock (desk, words, NULL, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_CODE_NEEDED);
  assert_not_in ("examiner", "training examiner", VV_DESK_ERROR, VV_DESK_ERROR_CODE_NEEDED);
  ck_assert (!try_sign_in ("examiner", "training examiner", "000000x"));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  code = code_of (secret, 0);
  ck_assert_msg (try_sign_in ("examiner", "training examiner", code), "%s", error != NULL ? error->message : "");
  assert_row ("sign-in", "", "done");
  ck_assert (!try_sign_in ("examiner", "training examiner", code));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  assert_in ("admin", "training administrator");
  ck_assert (vv_desk_reset_account (desk, "examiner", reset, &error));
  assert_in ("examiner", "a quiet green lake");
}
END_TEST

/* --- What windows ask ------------------------------------------------------------------------------------------------------- */

START_TEST (own_account__policy_and_repository_for_everybody)
{
  g_autoptr (JsonObject) own = NULL;
  g_autoptr (JsonObject) policy = NULL;
  g_autoptr (JsonObject) repository = NULL;

  vv_test_sign_in (desk, "reviewer");
  own = vv_test_do (desk, vv_desk_own_account, 0, NULL);
  ck_assert_str_eq (vv_json_string (own, "account"), "reviewer");
  ck_assert (!vv_json_bool (own, "second_factor"));
  ck_assert_ptr_null (vv_json_array (own, "keys"));
  policy = vv_test_do (desk, vv_desk_policy, 0, NULL);
  ck_assert_str_eq (vv_json_string (policy, "procedure"), "212-129");
  ck_assert_str_eq (vv_json_string (policy, "issued"), "2020-03-12");
  ck_assert_uint_eq (strlen (vv_json_string (policy, "rules_hash")), 64);
  repository = vv_test_do (desk, vv_desk_repository_info, 0, NULL);
  ck_assert_uint_ge (vv_json_length (vv_json_array (repository, "imports")), 1);
  ck_assert_int_eq (vv_json_int (repository, "cache_days"), 30);
  ck_assert_ptr_null (vv_json_string (repository, "stale"));
}
END_TEST

START_TEST (outbox__shows_what_waits)
{
  const gint64           request = vv_test_request (desk, 0);
  g_autoptr (JsonObject) outbox = NULL;
  JsonObject            *entry;

  vv_test_sign_in (desk, "examiner");
  vv_test_done (desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'The owner saw it.'}");
  outbox = vv_test_do (desk, vv_desk_outbox, 0, NULL);
  entry = vv_json_element (vv_json_array (outbox, "entries"), 0); /* the newest */
  ck_assert_int_ge (vv_json_int (outbox, "waiting"), 1);
  ck_assert_int_eq (vv_json_int (entry, "request"), request);
  ck_assert_ptr_nonnull (vv_json_string (entry, "fis_number"));
  ck_assert_str_eq (vv_json_string (entry, "state"), "queued");
  ck_assert_ptr_nonnull (vv_json_string (entry, "queued_at"));
  vv_test_done (desk, vv_desk_sync, 0, "{'all':true}");
  g_clear_pointer (&outbox, json_object_unref);
  outbox = vv_test_do (desk, vv_desk_outbox, 0, NULL);
  ck_assert_int_eq (vv_json_int (outbox, "waiting"), 0);
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (outbox, "entries"), 0), "state"), "acknowledged");
}
END_TEST

/* --- Oversight -------------------------------------------------------------------------------------------------------------- */

START_TEST (oversight__for_supervisor_and_auditor)
{
  const gint64           request = vv_test_request (desk, 0);
  g_autofree char       *candidate = NULL;
  g_autofree char       *details = NULL;
  g_autoptr (JsonObject) summary = NULL;
  g_autoptr (JsonObject) views = NULL;
  JsonObject            *view;

  vv_test_walk_to_search (desk, request);
  candidate = vv_test_candidate (desk, request, 1);
  details = g_strdup_printf ("{'candidate':'%s'}", candidate);
  vv_test_done (desk, vv_desk_open_candidate, request, details);
  vv_test_refuse (desk, vv_desk_oversight, 0, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_refuse (desk, vv_desk_view_log, 0, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_refuse (desk, vv_desk_timeline_of_person, 0, "{'account':'reviewer'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_done (desk, vv_desk_timeline_of_person, 0, "{'account':'examiner'}"); /* the own one */
  vv_test_sign_in (desk, "admin");
  vv_test_done (desk, vv_desk_change_roles, 0, "{'account':'reviewer','roles':['auditor']}");
  vv_test_sign_in (desk, "reviewer");
  views = vv_test_do (desk, vv_desk_view_log, 0, NULL);
  view = vv_json_element (vv_json_array (views, "views"), 0);
  ck_assert_uint_eq (vv_json_length (vv_json_array (views, "views")), 1);
  ck_assert_str_eq (vv_json_string (view, "account"), "examiner");
  ck_assert_ptr_nonnull (vv_json_string (view, "fis_number"));
  ck_assert (!json_object_has_member (view, "person"));
  summary = vv_test_do (desk, vv_desk_oversight, 0, NULL);
  ck_assert (vv_json_bool (summary, "review_due"));
  ck_assert_int_eq (vv_json_int (vv_json_object (summary, "searches"), "a"), 1);
  vv_test_refuse (desk, vv_desk_oversight, 0, "{'from':'last week'}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
}
END_TEST

START_TEST (oversight__weekly_review_is_signed)
{
  g_autoptr (JsonObject) summary = NULL;

  vv_test_sign_in (desk, "supervisor");
  vv_test_refuse (desk, vv_desk_review_oversight, 0, "{}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_done (desk, vv_desk_review_oversight, 0, "{'notes':'Nothing unusual.'}");
  summary = vv_test_do (desk, vv_desk_oversight, 0, NULL);
  ck_assert (!vv_json_bool (summary, "review_due"));
  ck_assert_uint_eq (vv_json_length (vv_json_array (summary, "reviews")), 1);
  vv_test_verify (desk);
  vv_test_sign_in (desk, "examiner");
  vv_test_refuse (desk, vv_desk_review_oversight, 0, "{'notes':'Fine.'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
}
END_TEST

START_TEST (figures__of_this_year)
{
  g_autoptr (JsonObject) figures = NULL;

  vv_test_sign_in (desk, "supervisor");
  figures = vv_test_do (desk, vv_desk_yearly_figures, 0, NULL);
  ck_assert_ptr_nonnull (strstr (vv_json_string (figures, "csv"), "total,requests,5\n"));
}
END_TEST

START_TEST (figures__as_pdf_on_record_first)
{
  g_autofree char       *file = g_build_filename (place->dir, "figures.pdf", NULL);
  g_autofree char       *details = g_strdup_printf ("{'file':'%s'}", file);
  g_autoptr (GBytes)     pdf = NULL;
  g_autoptr (JsonObject) answer = NULL;

  vv_test_sign_in (desk, "examiner");
  vv_test_refuse (desk, vv_desk_yearly_report, 0, details, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  ck_assert (!g_file_test (file, G_FILE_TEST_EXISTS));
  vv_test_sign_in (desk, "supervisor");
  answer = vv_test_do (desk, vv_desk_yearly_report, 0, details);
  ck_assert_int_ge (vv_json_int (answer, "pages"), 1);
  assert_row ("yearly-report", "", "done");
  pdf = vv_test_read (file);
  ck_assert_int_eq (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5), 0);
}
END_TEST

/* --- Photo repository ---------------------------------------------------------------------------------------------------------- */

static JsonObject *
seal (const char *manifest)
{
  g_autofree char *path = g_build_filename (place->ecms, "seal.csv", NULL);
  g_autofree char *json = g_strdup_printf ("{'manifest':'%s'}", path);

  ck_assert (g_file_set_contents (path, manifest, -1, NULL));
  return vv_test_do (desk, vv_desk_seal_repository, 0, json);
}

/* The candidate who looked most alike is expunged: no search finds it, and the case that did stays readable. */
START_TEST (seal__takes_photograph_and_template_away)
{
  const gint64           request = vv_test_request (desk, 0);
  g_autofree char       *candidate = NULL;
  g_autofree char       *manifest = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) photograph = NULL;
  g_autoptr (JsonObject) sealed = NULL;
  g_autoptr (JsonObject) shown = NULL;
  gint64                 id = 0;
  gsize                  size;

  vv_test_walk_to_search (desk, request);
  candidate = vv_test_candidate (desk, request, 1);
  vv_test_compare (desk, request, candidate);
  before = vv_test_search_body (desk, request);
  for (guint i = 0; i < vv_json_length (vv_json_array (before, "pool")); i++)
    if (vv_json_int (vv_json_element (vv_json_array (before, "pool"), i), "rank") == 1)
      id = vv_json_int (vv_json_element (vv_json_array (before, "pool"), i), "photograph");
  photograph = vv_vault_photograph (desk->vault, id, &error);
  manifest = g_strdup_printf ("reference,sha256\n%s,\n,%s\nnobody,\n", vv_json_string (photograph, "reference"),
                              vv_json_string (photograph, "sha256"));
  vv_test_refuse (desk, vv_desk_seal_repository, 0, "{'manifest':'x'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_sign_in (desk, "examiner");
  shown = vv_test_do (desk, vv_desk_show_request, request, NULL);
  ck_assert_ptr_nonnull (shown);
  vv_test_sign_in (desk, "admin");
  sealed = seal (manifest);
  ck_assert_int_eq (vv_json_int (sealed, "removed"), 1);
  ck_assert_int_eq (vv_json_int (sealed, "absent"), 1);
  ck_assert_ptr_null (vv_vault_photograph (desk->vault, id, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
  vv_test_sign_in (desk, "examiner");
  g_clear_pointer (&shown, json_object_unref);
  shown = vv_test_do (desk, vv_desk_show_request, request, NULL);
  vv_test_done (desk, vv_desk_search, request, NULL);
  size = vv_gallery_size (desk->gallery);
  ck_assert_uint_eq (size, (gsize) vv_json_int (before, "gallery_size") - 1);
  vv_test_verify (desk);
  vv_desk_lock (desk);
  ck_assert_ptr_null (desk->gallery); /* wiped */
}
END_TEST

START_TEST (seal__a_row_that_means_nothing_stops_all)
{
  g_autofree char *path = g_build_filename (place->ecms, "seal.csv", NULL);
  g_autofree char *json = g_strdup_printf ("{'manifest':'%s'}", path);

  ck_assert (g_file_set_contents (path, "reference,sha256\nSYN-P001,\n,\n", -1, NULL));
  vv_test_sign_in (desk, "admin");
  vv_test_refuse (desk, vv_desk_seal_repository, 0, json, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
}
END_TEST

START_TEST (search__not_in_a_repository_that_is_too_old)
{
  const gint64 day = 24 * 60 * (gint64) MINUTE;
  VvSession    session;

  vv_test_sign_in (desk, "examiner");
  ck_assert (_vv_desk_enter (desk, "search", &session, &error));
  ck_assert (_vv_desk_check_fresh (&session, g_get_real_time () + 400 * day, &error)); /* a training desk */
  json_object_set_boolean_member (desk->about, "training", FALSE);
  ck_assert (_vv_desk_check_fresh (&session, g_get_real_time () + 29 * day, &error));
  ck_assert (!_vv_desk_check_fresh (&session, g_get_real_time () + 31 * day, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_STALE);
  _vv_desk_leave (&session);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-people");
  TCase *people = tcase_create ("people");

  tcase_add_checked_fixture (people, set_up, tear_down);
  tcase_set_timeout (people, 300);
  tcase_add_test (people, change_passphrase__keeps_rules_and_is_on_record);
  tcase_add_test (people, reset__by_an_administrator_only_and_old_work_verifies);
  tcase_add_test (people, enable__brings_a_disabled_account_back);
  tcase_add_test (people, roles__changed_by_another_administrator);
  tcase_add_test (people, auditor__sees_no_case);
  tcase_add_test (people, lock__after_five_until_an_administrator_releases);
  tcase_add_test (people, lock__of_the_last_administrator_is_not_kept_in_the_database);
  tcase_add_test (people, lock__wrong_pass_phrases_at_the_desk_sign_out);
  tcase_add_test (people, unused__for_90_days_is_disabled);
  tcase_add_test (people, unused__last_administrator_stays);
  tcase_add_test (people, notice__acknowledged_is_on_record);
  tcase_add_test (people, lock__by_hand_and_back);
  tcase_add_test (people, lock__after_idle_minutes);
  tcase_add_test (people, settings__idle_minutes_up_to_30);
  tcase_add_test (people, expiry__after_twelve_hours);
  tcase_add_test (people, second_factor__needed_from_the_first_code_on);
  tcase_add_test (people, own_account__policy_and_repository_for_everybody);
  tcase_add_test (people, outbox__shows_what_waits);
  tcase_add_test (people, oversight__for_supervisor_and_auditor);
  tcase_add_test (people, oversight__weekly_review_is_signed);
  tcase_add_test (people, figures__of_this_year);
  tcase_add_test (people, figures__as_pdf_on_record_first);
  tcase_add_test (people, seal__takes_photograph_and_template_away);
  tcase_add_test (people, seal__a_row_that_means_nothing_stops_all);
  tcase_add_test (people, search__not_in_a_repository_that_is_too_old);
  suite_add_tcase (all, people);
  return all;
}

VV_TEST_MAIN (suite)
