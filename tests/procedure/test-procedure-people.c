// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-oversight.h"
#include "vv-passphrase.h"
#include "vv-procedure-error.h"
#include "vv-record.h"
#include "vv-roles.h"
#include "vv-rules.h"
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

/* --- Oversight --------------------------------------------------------------------------------------------------------- */

static JsonArray *rows;
static GPtrArray *records;
static JsonArray *outbox;

static void
row (const char *time, const char *account, const char *act, const char *object, const char *outcome, gint64 photograph)
{
  JsonObject *detail = photograph != 0 ? vv_json_new ("candidate", "s", "B", "photograph", "i", photograph, NULL) : NULL;

  json_array_add_object_element (rows, vv_json_new ("time", "s", time, "account", "s", account, "act", "s", act, "object", "s", object,
                                                    "outcome", "s", outcome, "detail", "o", detail, NULL));
}

/* The pool was shown: photographs 7 and 9 in one row. */
static void
row_of_pool (const char *time, const char *account, const char *object)
{
  JsonObject *detail = vv_json_parse ("{\"candidates\":[\"A\",\"B\"],\"photographs\":[7,9]}", -1, "detail", &error);

  json_array_add_object_element (rows,
                                 vv_json_new ("time", "s", time, "account", "s", account, "act", "s", "open-pool", "object", "s", object,
                                              "outcome", "s", "done", "detail", "o", detail, NULL));
}

static void
record (gint64 request, const char *kind, const char *author, const char *made_at, const char *body)
{
  g_autoptr (JsonObject) object = vv_json_parse (body, -1, "body", &error);

  g_ptr_array_add (records, vv_record_new (records->len + 1, request, 0, kind, author, made_at, object));
}

static void
make_week (void)
{
  rows = json_array_new ();
  records = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_record_unref);
  outbox = json_array_new ();
  row ("2026-11-15T23:59:59.99Z", "chen", "search", "request 1", "done", 0);         /* the day before */
  row ("2026-11-16T00:00:00.00Z", "chen", "search", "request 1", "done", 0);         /* odd hour */
  row ("2026-11-16T05:59:59.99Z", "chen", "open-candidate", "request 1", "done", 7); /* odd hour */
  row ("2026-11-16T06:00:00.00Z", "chen", "open-candidate", "request 1", "done", 7);
  row ("2026-11-16T21:59:59.99Z", "chen", "open-candidate", "request 2", "done", 8);
  row ("2026-11-17T22:00:00.00Z", "ruiz", "search", "request 2", "refused", 0); /* odd hour */
  row ("2026-11-17T12:00:00.00Z", "ruiz", "show-early", "request 2", "done", 0);
  row ("2026-11-17T12:00:01.00Z", "ruiz", "show-early", "request 2", "refused", 0);
  row_of_pool ("2026-11-17T12:00:02.00Z", "ruiz", "request 2");
  row ("2026-11-18T10:00:00.00Z", "ruiz", "sign-in", "account chen", "failed", 0);
  row ("2026-11-22T10:00:00.00Z", "ruiz", "release-account", "account chen", "done", 0);
  row ("2026-11-23T10:00:00.00Z", "ruiz", "search", "request 2", "done", 0); /* the day after */
  record (1, VV_KIND_REQUEST, "chen", "2026-11-16T09:00:00.00Z", "{}");
  record (1, VV_KIND_USE_CONFIRMATION, "chen", "2026-11-16T09:00:00.00Z", "{\"code\":\"a\",\"decision\":\"confirmed\"}");
  record (2, VV_KIND_USE_CONFIRMATION, "ruiz", "2026-11-16T09:00:00.00Z", "{\"code\":\"b\",\"decision\":\"declined\"}");
  record (1, VV_KIND_SEARCH, "chen", "2026-11-16T09:00:00.00Z", "{}");
  record (1, VV_KIND_SEARCH, "chen", "2025-11-16T09:00:00.00Z", "{}");
  record (1, VV_KIND_PROBE, "chen", "2026-11-16T09:00:00.00Z", "{\"derived\":{\"gamma\":1.2}}");
  record (1, VV_KIND_PROBE, "chen", "2026-11-16T09:00:00.00Z", "{}");
  record (1, VV_KIND_REPORT, "chen", "2026-11-17T09:00:00.00Z", "{\"form\":\"no-match\"}");
  record (1, VV_KIND_RECEIPT, "chen", "2026-11-18T09:00:00.00Z", "{\"document\":\"late\"}");
  record (1, VV_KIND_RECEIPT, "chen", "2026-11-17T10:00:00.00Z", "{\"document\":\"quick\"}");
  json_array_add_object_element (outbox,
                                 vv_json_new ("document", "s", "late", "queued_at", "s", "2026-11-16T09:00:00.00Z", "request", "i", (gint64) 1, NULL));
  json_array_add_object_element (outbox,
                                 vv_json_new ("document", "s", "quick", "queued_at", "s", "2026-11-16T10:00:00.00Z", "request", "i", (gint64) 1, NULL));
  json_array_add_object_element (outbox,
                                 vv_json_new ("document", "s", "waiting", "queued_at", "s", "2026-11-22T09:00:00.00Z", "request", "i", (gint64) 2, NULL));
}

static void
forget_week (void)
{
  json_array_unref (rows);
  g_ptr_array_unref (records);
  json_array_unref (outbox);
  tear_down ();
}

static VvOversight
week (void)
{
  return (VvOversight){ rows, records, outbox, "2026-11-16", "2026-11-22", "2026-11-23T12:00:00.00Z" };
}

static void
assert_person (JsonArray *people, guint place, const char *account, const char *expected)
{
  JsonObject      *one = vv_json_element (people, place);
  g_autofree char *text = NULL;

  ck_assert_str_eq (vv_json_string (one, "account"), account);
  json_object_remove_member (one, "account");
  text = vv_json_canonical (one);
  ck_assert_str_eq (text, expected);
}

START_TEST (oversight__counts_the_period_and_nothing_else)
{
  VvOversight            view = week ();
  g_autoptr (JsonObject) summary = vv_oversight_summary (&view);
  JsonArray             *people = vv_json_array (summary, "people");
  JsonArray             *late = vv_json_array (summary, "late");

  ck_assert_uint_eq (vv_json_length (people), 2);
  assert_person (people, 0, "chen", "{\"confirmed\":1,\"declined\":0,\"failed_sign_ins\":1,\"odd_hours\":2,\"openings\":3,\"photographs\":2,\"refused\":0,\"searches\":1,\"shown_early\":0}");
  assert_person (people, 1, "ruiz", "{\"confirmed\":0,\"declined\":1,\"failed_sign_ins\":0,\"odd_hours\":1,\"openings\":0,\"photographs\":0,\"refused\":2,\"searches\":0,\"shown_early\":1}");
  ck_assert_int_eq (vv_json_int (vv_json_object (summary, "purposes"), "a"), 1);
  ck_assert_int_eq (vv_json_int (vv_json_object (summary, "declined"), "b"), 1);
  ck_assert_int_eq (vv_json_int (vv_json_object (summary, "searches"), "a"), 1);
  /* 48 hours to the receipt; 24 exactly are in time; 27 hours and still waiting. */
  ck_assert_uint_eq (vv_json_length (late), 2);
  ck_assert_int_eq (vv_json_int (vv_json_element (late, 0), "hours"), 48);
  ck_assert_int_eq (vv_json_int (vv_json_element (late, 1), "hours"), 27);
  ck_assert (!vv_json_bool (vv_json_element (late, 1), "acknowledged"));
}
END_TEST

static guint
n_views (const char *account, gint64 request, gint64 photograph)
{
  VvOversight           view = week ();
  g_autoptr (JsonArray) views = vv_oversight_views (&view, account, request, photograph);

  return vv_json_length (views);
}

START_TEST (oversight__filters_views_and_never_the_log)
{
  VvOversight           view = week ();
  g_autoptr (JsonArray) timeline = vv_oversight_timeline (&view, "chen");

  ck_assert_uint_eq (n_views (NULL, 0, 0), 5);
  ck_assert_uint_eq (n_views ("ruiz", 0, 0), 2);
  ck_assert_uint_eq (n_views (NULL, 0, 7), 3);
  ck_assert_uint_eq (n_views ("chen", 1, 0), 2);
  ck_assert_uint_eq (n_views (NULL, 0, 8), 1);
  ck_assert_uint_eq (vv_json_length (timeline), 6); /* also what was done to the account */
  ck_assert_str_eq (vv_json_string (vv_json_element (timeline, 5), "act"), "release-account");
  ck_assert_uint_eq (json_array_get_length (rows), 12);
}
END_TEST

START_TEST (oversight__figures_of_the_year)
{
  VvOversight           view = { rows, records, outbox, "2026-01-01", "2026-12-31", "2027-01-02T00:00:00.00Z" };
  g_autoptr (JsonArray) figures = vv_oversight_figures (&view);
  g_autofree char      *csv = vv_oversight_figures_csv (figures);

  ck_assert_str_eq (csv, "section,item,count\ntotal,modified images,1\ntotal,requests,1\ntotal,searches,1\n"
                         "confirmed use,a,1\ndeclined use,b,1\nsearches by use,a,1\nreport,no-match,1\n");
}
END_TEST

/* The shipped rules with another age of the repository; -1: without the line. */
static VvRules *
rules_with (gint64 days)
{
  g_autofree char       *path = vv_test_source ("data/rules/212-129.json");
  g_autoptr (JsonObject) content = vv_json_load (path, &error);
  g_autofree char       *text = NULL;

  vv_assert_ok (error);
  if (days < 0)
    json_object_remove_member (content, "cache_days");
  else
    json_object_set_int_member (content, "cache_days", days);
  text = vv_json_canonical (content);
  return vv_rules_parse (text, &error);
}

START_TEST (rules__days_of_the_cache)
{
  g_autoptr (VvRules) usual = rules_with (-1);
  g_autoptr (VvRules) strict = rules_with (7);

  vv_assert_ok (error);
  ck_assert_uint_eq (vv_rules_cache_days (usual), 30);
  ck_assert_uint_eq (vv_rules_cache_days (strict), 7);
  ck_assert_ptr_null (rules_with (0));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_POLICY);
  ck_assert_ptr_null (rules_with (366));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_POLICY);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("procedure-people");
  TCase *people = tcase_create ("people");
  TCase *oversight = tcase_create ("oversight");

  tcase_add_checked_fixture (people, NULL, tear_down);
  tcase_add_test (people, passphrase__what_may_be_used);
  tcase_add_test (people, passphrase__what_may_not_and_why);
  tcase_add_test (people, passphrase__nothing_is_cut_off);
  tcase_add_test (people, roles__all_five_and_no_other);
  tcase_add_test (people, rules__days_of_the_cache);
  suite_add_tcase (all, people);
  tcase_add_checked_fixture (oversight, make_week, forget_week);
  tcase_add_test (oversight, oversight__counts_the_period_and_nothing_else);
  tcase_add_test (oversight, oversight__filters_views_and_never_the_log);
  tcase_add_test (oversight, oversight__figures_of_the_year);
  suite_add_tcase (all, oversight);
  return all;
}

VV_TEST_MAIN (suite)
