// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "desk-fixture.h"
#include "vv-second-factor.h"

/* Pass phrases, keys made anew, failed sign-ins and the second factor. */

static char    *parent;
static char    *dir;
static VvVault *vault;
static GError  *error;

static void
set_up (void)
{
  parent = vv_test_make_dir ();
  dir = desk_make (parent);
  vault = desk_open (dir);
}

static void
tear_down (void)
{
  g_clear_error (&error);
  g_clear_pointer (&vault, vv_vault_close);
  g_clear_pointer (&dir, g_free);
  g_clear_pointer (&parent, vv_test_remove_dir);
}

static char *
read_text (const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  char            *text = NULL;

  ck_assert (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
write_text (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  ck_assert (g_file_set_contents (path, text, -1, NULL));
}

static void
close_desk (void)
{
  g_clear_pointer (&vault, vv_vault_close);
}

static void
assert_wrong (const char *account, const char *words, VvVaultError code)
{
  GError *refusal = desk_open_error (dir, account, words);

  vv_assert_error (refusal, VV_VAULT_ERROR, (int) code);
}

static void
change_passphrase (const char *from, const char *to)
{
  g_autoptr (VvSecret) old_words = vv_secret_from_text (from);
  g_autoptr (VvSecret) new_words = vv_secret_from_text (to);

  desk_begin (vault);
  ck_assert (vv_vault_change_passphrase (vault, old_words, new_words, &error));
  vv_assert_ok (error);
  desk_commit (vault);
}

/* --- Pass phrases and keys ------------------------------------------------------------------------------------------- */

START_TEST (change_passphrase__only_the_new_one_opens)
{
  g_autofree char     *before = read_text ("desk.json");
  g_autoptr (VvSecret) wrong = vv_secret_from_text ("not the old one");
  g_autoptr (VvSecret) other = vv_secret_from_text ("something else");

  desk_begin (vault);
  ck_assert (!vv_vault_change_passphrase (vault, wrong, other, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  vv_vault_rollback (vault);
  change_passphrase ("correct horse battery", "a quiet green lake");
  (void) desk_write_request (vault);
  desk_assert_sound (vault);
  close_desk ();
  assert_wrong ("chen", "correct horse battery", VV_VAULT_ERROR_PASSPHRASE);
  /* Nor does an old key file bring the old one back. */
  write_text ("desk.json", before);
  assert_wrong ("chen", "correct horse battery", VV_VAULT_ERROR_PASSPHRASE);
}
END_TEST

START_TEST (change_passphrase__same_key_afterwards)
{
  g_autoptr (JsonObject) before = vv_vault_account_facts (vault, "chen", &error);
  g_autoptr (JsonObject) after = NULL;

  change_passphrase ("correct horse battery", "a quiet green lake");
  close_desk ();
  vault = desk_open_as (dir, "chen", "a quiet green lake");
  after = vv_vault_account_facts (vault, "chen", &error);
  ck_assert_str_eq (vv_json_string (before, "public_key"), vv_json_string (after, "public_key"));
}
END_TEST

/* What a crash between the key file and the commit leaves: both slots, and a database that knows the old one. */
START_TEST (change_passphrase__crash_before_the_commit_keeps_the_old_one)
{
  g_autofree char       *db = g_build_filename (dir, "desk.db", NULL);
  g_autofree char       *path = g_build_filename (dir, "desk.json", NULL);
  g_autofree char       *copy = NULL;
  g_autofree char       *both = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  gsize                  size;

  close_desk (); /* folds the log in, so that the file alone is the state before */
  before = vv_json_load (path, &error);
  ck_assert (g_file_get_contents (db, &copy, &size, NULL));
  vault = desk_open (dir);
  change_passphrase ("correct horse battery", "a quiet green lake");
  close_desk ();
  after = vv_json_load (path, &error);
  json_array_add_object_element (vv_json_array (before, "slots"), vv_json_copy (vv_json_element (vv_json_array (after, "slots"), 0)));
  both = vv_json_canonical (before);
  write_text ("desk.json", both);
  ck_assert (g_file_set_contents (db, copy, (gssize) size, NULL));
  assert_wrong ("chen", "a quiet green lake", VV_VAULT_ERROR_PASSPHRASE);
  vault = desk_open (dir);
}
END_TEST

START_TEST (reset__old_signatures_stay_valid)
{
  g_autoptr (JsonObject) facts = NULL;
  JsonArray             *keys;

  desk_begin (vault);
  desk_add_account (vault, "ruiz", "first words of ruiz");
  desk_commit (vault);
  close_desk ();
  vault = desk_open_as (dir, "ruiz", "first words of ruiz");
  (void) desk_write_request (vault);
  close_desk ();
  vault = desk_open (dir);
  desk_begin (vault);
  desk_reset_account (vault, "ruiz", "second words of ruiz");
  ck_assert (vv_vault_audit (vault, "reset-account", "account ruiz", "done", NULL, TRUE, &error));
  desk_commit (vault);
  close_desk ();
  assert_wrong ("ruiz", "first words of ruiz", VV_VAULT_ERROR_PASSPHRASE);
  vault = desk_open_as (dir, "ruiz", "second words of ruiz");
  (void) desk_write_request (vault);
  desk_assert_sound (vault);
  facts = vv_vault_account_facts (vault, "ruiz", &error);
  keys = vv_json_array (facts, "keys");
  ck_assert_uint_eq (vv_json_length (keys), 2);
  ck_assert_str_ne (vv_json_string (vv_json_element (keys, 0), "public_key"), vv_json_string (facts, "public_key"));
  ck_assert_str_eq (vv_json_string (vv_json_element (keys, 1), "public_key"), vv_json_string (facts, "public_key"));
}
END_TEST

/* The key that was reset away signs nothing any more, also for who still holds it and the data key. */
START_TEST (reset__old_key_signs_nothing_new)
{
  g_autoptr (VvSecret) old_key = NULL;
  g_autofree char     *problem = NULL;

  desk_begin (vault);
  desk_add_account (vault, "ruiz", "first words of ruiz");
  desk_commit (vault);
  close_desk ();
  vault = desk_open_as (dir, "ruiz", "first words of ruiz");
  old_key = vv_secret_copy (vv_secret_data (vault->signing_key), vv_secret_size (vault->signing_key));
  close_desk ();
  vault = desk_open (dir);
  desk_begin (vault);
  desk_reset_account (vault, "ruiz", "second words of ruiz");
  desk_commit (vault);
  close_desk ();
  vault = desk_open_as (dir, "ruiz", "second words of ruiz");
  memcpy (vv_secret_data (vault->signing_key), vv_secret_data (old_key), vv_secret_size (old_key));
  (void) desk_write_request (vault);
  problem = desk_problem (vault);
  ck_assert_ptr_nonnull (problem);
}
END_TEST

START_TEST (reset__not_by_oneself)
{
  g_autoptr (VvSecret) words = vv_secret_from_text ("other words");

  desk_begin (vault);
  ck_assert (!vv_vault_reset_account (vault, "chen", words, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  ck_assert (!vv_vault_reset_account (vault, "nobody", words, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND);
}
END_TEST

START_TEST (reset__brings_a_disabled_account_back)
{
  g_autoptr (JsonObject) disabled = vv_json_new ("state", "s", "disabled", NULL);
  g_autoptr (JsonObject) active = vv_json_new ("state", "s", "active", NULL);

  desk_begin (vault);
  desk_add_account (vault, "ruiz", "first words of ruiz");
  desk_commit (vault);
  desk_begin (vault);
  ck_assert (vv_vault_change_account (vault, "ruiz", disabled, &error));
  desk_commit (vault);
  desk_begin (vault);
  ck_assert (!vv_vault_change_account (vault, "ruiz", active, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED);
  desk_reset_account (vault, "ruiz", "second words of ruiz");
  ck_assert (vv_vault_change_account (vault, "ruiz", active, &error));
  desk_commit (vault);
  close_desk ();
  assert_wrong ("ruiz", "first words of ruiz", VV_VAULT_ERROR_PASSPHRASE);
  vault = desk_open_as (dir, "ruiz", "second words of ruiz");
  desk_assert_sound (vault);
}
END_TEST

/* --- Failed sign-ins --------------------------------------------------------------------------------------------------- */

static void
fail_times (const char *account, guint n)
{
  for (guint i = 0; i < n; i++)
    assert_wrong (account, "wrong words", VV_VAULT_ERROR_PASSPHRASE);
}

START_TEST (attempts__five_lock_and_the_right_one_no_longer_opens)
{
  close_desk ();
  fail_times ("chen", VV_ATTEMPTS_MOST);
  assert_wrong ("chen", "correct horse battery", VV_VAULT_ERROR_LOCKED);
}
END_TEST

START_TEST (attempts__four_do_not_lock)
{
  close_desk ();
  fail_times ("chen", VV_ATTEMPTS_MOST - 1);
  vault = desk_open (dir);
}
END_TEST

/* Takes the news, as a sign-in does. Returns how many there were. */
static guint
take (const char *expected_state)
{
  const char           *state = NULL;
  g_autoptr (JsonArray) news = NULL;

  desk_begin (vault);
  news = vv_vault_take_attempts (vault, &state, &error);
  vv_assert_ok (error);
  ck_assert_str_eq (state, expected_state);
  desk_commit (vault);
  return vv_json_length (news);
}

static void
add_ruiz (void)
{
  desk_begin (vault);
  desk_add_account (vault, "ruiz", "words of ruiz");
  desk_commit (vault);
}

START_TEST (attempts__come_to_the_next_person_once)
{
  add_ruiz ();
  ck_assert_uint_eq (take ("sound"), 0);
  close_desk ();
  fail_times ("ruiz", 2);
  fail_times ("nobody", 1);
  vault = desk_open (dir);
  ck_assert_uint_eq (take ("sound"), 3);
  ck_assert_uint_eq (take ("sound"), 0);
  close_desk ();
  /* What was copied still counts. */
  fail_times ("ruiz", 3);
  assert_wrong ("ruiz", "words of ruiz", VV_VAULT_ERROR_LOCKED);
  vault = desk_open (dir);
  ck_assert_uint_eq (take ("sound"), 3);
}
END_TEST

START_TEST (attempts__what_was_typed_as_a_name_is_not_kept)
{
  g_autofree char *text = NULL;

  close_desk ();
  fail_times ("my-secret-words", 1);
  text = read_text ("desk.attempts");
  ck_assert_ptr_null (strstr (text, "my-secret"));
}
END_TEST

START_TEST (attempts__own_sign_in_forgets_own_failures)
{
  close_desk ();
  fail_times ("chen", 4);
  vault = desk_open (dir);
  ck_assert_uint_eq (take ("sound"), 4);
  close_desk ();
  fail_times ("chen", 4);
  vault = desk_open (dir);
}
END_TEST

START_TEST (attempts__file_taken_away_or_changed_is_seen)
{
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;
  g_autofree char *path = g_build_filename (dir, "desk.attempts", NULL);
  GString         *shorter;
  char            *cut, *end;

  add_ruiz ();
  ck_assert_uint_eq (take ("sound"), 0);
  close_desk ();
  early = read_text ("desk.attempts");
  fail_times ("ruiz", 2);
  late = read_text ("desk.attempts");
  /* The first line cut out. */
  shorter = g_string_new (late);
  cut = strstr (shorter->str, "{\"account\"");
  end = strstr (cut + 1, "{\"account\"");
  g_string_erase (shorter, cut - shorter->str, end - cut);
  write_text ("desk.attempts", shorter->str);
  (void) g_string_free (shorter, TRUE);
  vault = desk_open (dir);
  ck_assert_uint_eq (take ("changed"), 1);
  close_desk ();
  /* An older round put back. */
  write_text ("desk.attempts", late);
  vault = desk_open (dir);
  (void) take ("sound"); /* the round before is known, as after a crash */
  (void) take ("sound");
  close_desk ();
  write_text ("desk.attempts", early);
  vault = desk_open (dir);
  (void) take ("missing");
  close_desk ();
  ck_assert_int_eq (g_unlink (path), 0);
  vault = desk_open (dir);
  (void) take ("missing");
}
END_TEST

START_TEST (attempts__released_by_somebody_else)
{
  add_ruiz ();
  close_desk ();
  fail_times ("ruiz", VV_ATTEMPTS_MOST);
  vault = desk_open (dir);
  ck_assert (vv_vault_is_locked (vault, "ruiz"));
  (void) take ("sound");
  ck_assert (vv_vault_is_locked (vault, "ruiz"));
  desk_begin (vault);
  ck_assert (vv_vault_release_account (vault, "ruiz", &error));
  desk_commit (vault);
  ck_assert (!vv_vault_is_locked (vault, "ruiz"));
  close_desk ();
  vault = desk_open_as (dir, "ruiz", "words of ruiz");
}
END_TEST

/* The lock that somebody saw lies in the database too. */
START_TEST (attempts__known_lock_survives_the_file)
{
  g_autoptr (JsonObject) locked = vv_json_new ("locked", "s", "2026-11-23T14:05:01.23Z", NULL);

  add_ruiz ();
  desk_begin (vault);
  ck_assert (vv_vault_change_account (vault, "ruiz", locked, &error));
  desk_commit (vault);
  close_desk ();
  assert_wrong ("ruiz", "words of ruiz", VV_VAULT_ERROR_LOCKED);
}
END_TEST

START_TEST (attempts__clocks_and_restarts_age_nothing)
{
  VvAttemptsClock        now = { .wall_us = 0, .boot_s = 1000, .boot_id = "first" };
  g_autoptr (VvAttempts) attempts = vv_attempts_load (parent);

  for (int i = 0; i < 4; i++)
    vv_attempts_add (attempts, "ruiz", &now);
  ck_assert (!vv_attempts_is_locked (attempts, "ruiz"));
  /* A year later by the wall clock, in the next minute of another start. */
  now = (VvAttemptsClock){ .wall_us = G_GINT64_CONSTANT (31536000000000), .boot_s = 60, .boot_id = "second" };
  vv_attempts_add (attempts, "ruiz", &now);
  ck_assert (vv_attempts_is_locked (attempts, "ruiz"));
}
END_TEST

START_TEST (attempts__fifteen_minutes_age_them)
{
  VvAttemptsClock        now = { .wall_us = 0, .boot_s = 1000, .boot_id = "first" };
  g_autoptr (VvAttempts) attempts = vv_attempts_load (parent);

  for (int i = 0; i < 20; i++)
    {
      vv_attempts_add (attempts, "ruiz", &now);
      now.boot_s += VV_ATTEMPTS_WINDOW / 4; /* never five in 15 minutes */
    }
  ck_assert (!vv_attempts_is_locked (attempts, "ruiz"));
  now.boot_s -= 1;
  vv_attempts_add (attempts, "ruiz", &now);
  ck_assert (vv_attempts_is_locked (attempts, "ruiz"));
}
END_TEST

/* --- Second factor --------------------------------------------------------------------------------------------------------- */

/* RFC 6238, appendix B: the rows for SHA-1. */
START_TEST (totp__test_vectors_of_rfc_6238)
{
  static const struct
  {
    gint64      unix_s;
    const char *code;
  } rows[] = { { 59, "94287082" }, { 1111111109, "07081804" }, { 1111111111, "14050471" }, { 1234567890, "89005924" }, { 2000000000, "69279037" }, { G_GINT64_CONSTANT (20000000000), "65353130" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *code = vv_second_factor_hotp ((const guint8 *) "12345678901234567890", 20, (guint64) (rows[i].unix_s / 30), 8);

      ck_assert_str_eq (code, rows[i].code);
    }
}
END_TEST

static char *
code_at (VvSecret *secret, gint64 unix_s)
{
  return vv_second_factor_hotp (vv_secret_data (secret) + 1, vv_secret_size (secret) - 1, (guint64) (unix_s / 30), 6);
}

START_TEST (totp__one_step_of_tolerance_and_no_replay)
{
  g_autoptr (VvSecret) secret = vv_second_factor_totp.enrol ();
  const gint64         now = 1111111109;
  gint64               counter = -1;

  for (int step = -2; step <= 2; step++)
    {
      g_autofree char *code = code_at (secret, now + 30 * step);

      ck_assert_int_eq (vv_second_factor_totp.check (secret, code, now, &counter), step >= -1 && step <= 1);
      ck_assert (!vv_second_factor_totp.check (secret, code, now, &counter));
    }
  ck_assert (!vv_second_factor_totp.check (secret, "", now, &counter));
  ck_assert (!vv_second_factor_totp.check (secret, "12345", now, &counter));
}
END_TEST

START_TEST (totp__introduces_itself_as_an_address)
{
  g_autoptr (VvSecret) secret = vv_secret_copy ("\00112345678901234567890", 21);
  g_autoptr (VvSecret) text = vv_second_factor_totp.introduce (secret, "chen", "Section 7");
  static const char    expected[] = "otpauth://totp/Section%207:chen?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                                    "&issuer=Section%207&algorithm=SHA1&digits=6&period=30";

  ck_assert_uint_eq (vv_secret_size (text), strlen (expected));
  ck_assert_mem_eq (vv_secret_data (text), expected, strlen (expected));
}
END_TEST

START_TEST (second_factor__lies_in_the_slot_and_codes_are_good_once)
{
  g_autoptr (VvSecret) secret = vv_second_factor_totp.enrol ();
  g_autoptr (VvSecret) words = vv_secret_from_text ("correct horse battery");
  g_autofree char     *code = NULL;

  ck_assert_ptr_null (vv_vault_second_factor (vault));
  desk_begin (vault);
  ck_assert (vv_vault_set_second_factor (vault, words, secret, &error));
  desk_commit (vault);
  close_desk ();
  vault = desk_open (dir);
  ck_assert_str_eq (vv_vault_second_factor (vault), "totp");
  code = code_at (secret, g_get_real_time () / G_USEC_PER_SEC);
  desk_begin (vault);
  ck_assert (vv_vault_check_code (vault, code, &error));
  desk_commit (vault);
  close_desk ();
  vault = desk_open (dir);
  desk_begin (vault);
  ck_assert (!vv_vault_check_code (vault, code, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  vv_vault_rollback (vault);
  /* A changed pass phrase keeps it. */
  change_passphrase ("correct horse battery", "a quiet green lake");
  close_desk ();
  vault = desk_open_as (dir, "chen", "a quiet green lake");
  ck_assert_str_eq (vv_vault_second_factor (vault), "totp");
}
END_TEST

START_TEST (second_factor__wrong_codes_lock)
{
  g_autoptr (VvSecret) secret = vv_second_factor_totp.enrol ();
  g_autoptr (VvSecret) words = vv_secret_from_text ("correct horse battery");

  desk_begin (vault);
  ck_assert (vv_vault_set_second_factor (vault, words, secret, &error));
  desk_commit (vault);
  for (int i = 0; i < VV_ATTEMPTS_MOST; i++)
    {
      desk_begin (vault);
      ck_assert (!vv_vault_check_code (vault, "no code", &error));
      vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
      vv_vault_rollback (vault);
    }
  close_desk ();
  assert_wrong ("chen", "correct horse battery", VV_VAULT_ERROR_LOCKED);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("vault-people");
  TCase *people = tcase_create ("people");

  tcase_add_checked_fixture (people, set_up, tear_down);
  tcase_set_timeout (people, 60);
  tcase_add_test (people, change_passphrase__only_the_new_one_opens);
  tcase_add_test (people, change_passphrase__same_key_afterwards);
  tcase_add_test (people, change_passphrase__crash_before_the_commit_keeps_the_old_one);
  tcase_add_test (people, reset__old_signatures_stay_valid);
  tcase_add_test (people, reset__old_key_signs_nothing_new);
  tcase_add_test (people, reset__not_by_oneself);
  tcase_add_test (people, reset__brings_a_disabled_account_back);
  tcase_add_test (people, attempts__five_lock_and_the_right_one_no_longer_opens);
  tcase_add_test (people, attempts__four_do_not_lock);
  tcase_add_test (people, attempts__come_to_the_next_person_once);
  tcase_add_test (people, attempts__what_was_typed_as_a_name_is_not_kept);
  tcase_add_test (people, attempts__own_sign_in_forgets_own_failures);
  tcase_add_test (people, attempts__file_taken_away_or_changed_is_seen);
  tcase_add_test (people, attempts__released_by_somebody_else);
  tcase_add_test (people, attempts__known_lock_survives_the_file);
  tcase_add_test (people, attempts__clocks_and_restarts_age_nothing);
  tcase_add_test (people, attempts__fifteen_minutes_age_them);
  tcase_add_test (people, totp__test_vectors_of_rfc_6238);
  tcase_add_test (people, totp__one_step_of_tolerance_and_no_replay);
  tcase_add_test (people, totp__introduces_itself_as_an_address);
  tcase_add_test (people, second_factor__lies_in_the_slot_and_codes_are_good_once);
  tcase_add_test (people, second_factor__wrong_codes_lock);
  suite_add_tcase (all, people);
  return all;
}

VV_TEST_MAIN (suite)
