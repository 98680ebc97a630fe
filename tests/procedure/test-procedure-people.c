// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-passphrase.h"
#include "vv-procedure-error.h"
#include "vv-roles.h"
#include "vv-test.h"

static GError *error;

static void
tear_down (void)
{
  g_clear_error (&error);
}

static gboolean
may (const char *words)
{
  g_autofree char     *path = vv_test_source ("data/rules/banned-passphrases.txt");
  g_autoptr (GBytes)   file = vv_test_read (path);
  g_autofree char     *banned = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_autoptr (VvSecret) passphrase = vv_secret_from_text (words);

  return vv_passphrase_check (passphrase, "chen.maria", banned, &error);
}

START_TEST (passphrase__what_may_be_used)
{
  static const char *const good[] = { "eight ch", "a quiet green lake", "pässwörter sind schön", "    spaces count    ",
                                      "12 monkeys, 3 trees", "correct horse battery" };
  g_autofree char         *longest = g_strnfill (VV_PASSPHRASE_MAX, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    ck_assert_msg (may (good[i]), "%s was refused", good[i]);
  longest[500] = 'y';
  ck_assert (may (longest));
}
END_TEST

START_TEST (passphrase__what_may_not_and_why)
{
  static const struct
  {
    const char *words;
    const char *why;
  } bad[] = { { "", "8 characters" }, { "seven c", "8 characters" }, { "äöüßäöü", "8 characters" }, { "Chen.Maria", "name" }, { "aaaaaaaaaaaa", "repeats" }, { "abcabcabcab", "repeats" }, { "Password123", "list" }, { "correct horse BATTERY staple", "list" }, { "\xff\xfe\xff\xfe\xff\xfe\xff\xfe", "not text" } };
  g_autofree char *too_long = g_strdup_printf ("%*d", VV_PASSPHRASE_MAX + 1, 7);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      ck_assert_msg (!may (bad[i].words), "%s was allowed", bad[i].words);
      ck_assert_msg (strstr (error->message, bad[i].why) != NULL, "%s: %s", bad[i].words, error->message);
      vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
    }
  ck_assert (!may (too_long));
}
END_TEST

/* The end counts: a pass phrase that differs only after the first 72 bytes is another one, and no longer one banned. */
START_TEST (passphrase__nothing_is_cut_off)
{
  ck_assert (may ("password123 and then some"));
}
END_TEST

START_TEST (roles__all_five_and_no_other)
{
  static const char *const names[] = { "examiner", "supervisor", "administrator", "auditor", "trainer" };
  VvRoles                  all = VV_ROLE_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonArray) one = json_array_new ();
      g_autofree char      *text = NULL;
      VvRoles               role;

      json_array_add_string_element (one, names[i]);
      ck_assert (vv_roles_from_json (one, &role, &error));
      ck_assert_int_eq (all & role, 0);
      all |= role;
      text = vv_roles_for_people (role);
      ck_assert_str_eq (text, names[i]);
      json_array_add_string_element (one, "chief");
      ck_assert (!vv_roles_from_json (one, &role, &error));
      vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
    }
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("procedure-people");
  TCase *people = tcase_create ("people");

  tcase_add_checked_fixture (people, NULL, tear_down);
  tcase_add_test (people, passphrase__what_may_be_used);
  tcase_add_test (people, passphrase__what_may_not_and_why);
  tcase_add_test (people, passphrase__nothing_is_cut_off);
  tcase_add_test (people, roles__all_five_and_no_other);
  suite_add_tcase (all, people);
  return all;
}

VV_TEST_MAIN (suite)
