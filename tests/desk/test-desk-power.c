// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-test-desk.h"

/* The power goes at any moment of a case: what was said to be done is there afterwards, and nothing is half there.
 *
 * A second process, of this same program, walks a case and says what is done; this one stops it with SIGKILL. The moments
 * come from a seed that is printed; VISAVIS_TEST_SEED repeats a run. */

#define ROUNDS 30

/* --- The process that is stopped ----------------------------------------------------------------------------------------------------- */

static VvDesk *desk;
static gint64  request;

static void
say (const char *format,
     ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format,
     ...)
{
  va_list arguments;

  va_start (arguments, format);
  (void) vprintf (format, arguments);
  va_end (arguments);
  (void) fputc ('\n', stdout);
  (void) fflush (stdout);
}

/* The newest record of the request, as one that must be there. */
static void
say_newest (void)
{
  g_autoptr (GPtrArray) records = vv_vault_records (desk->vault, request, NULL);
  VvRecord             *last = g_ptr_array_index (records, records->len - 1);

  say ("record %" G_GINT64_FORMAT " %s", last->id, last->hash);
}

static void
type_drafts (const char *key)
{
  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *json = g_strdup_printf ("{'key':'%s','body':{'n':%u}}", key, i);

      vv_test_done (desk, vv_desk_keep_draft, request, json);
      say ("draft %u", i);
    }
}

static void
add_accounts (void)
{
  g_autoptr (JsonObject) facts = vv_test_json ("{'full_name':'Someone','roles':['examiner']}");

  vv_test_sign_in (desk, "admin");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char     *name = g_strdup_printf ("someone%u", i);
      g_autoptr (VvSecret) passphrase = vv_secret_from_text ("several plain words");

      ck_assert (vv_desk_add_account (desk, name, facts, passphrase, NULL));
      say ("account %s", name);
    }
}

static void
import_some (const char *manifest)
{
  g_autofree char       *json = g_strdup_printf ("{'manifest':'%s'}", manifest);
  g_autoptr (JsonObject) done = vv_test_do (desk, vv_desk_import_repository, 0, json);
  g_autoptr (JsonObject) info = vv_test_do (desk, vv_desk_repository_info, 0, NULL);

  say ("photographs %" G_GINT64_FORMAT, vv_json_int (info, "photographs"));
}

static void
work_case (void)
{
  g_autofree char       *candidate = NULL;
  g_autoptr (JsonObject) synced = NULL;

  vv_test_walk_to_search (desk, request);
  say_newest ();
  candidate = vv_test_candidate (desk, request, 1);
  type_drafts ("background-Z");
  vv_test_propose (desk, request, candidate);
  say_newest ();
  vv_test_review (desk, request, candidate);
  say_newest ();
  vv_test_decide (desk, request, "approved", candidate);
  say_newest ();
  vv_test_direct_and_report (desk, request, "possible-match");
  say_newest ();
  synced = vv_test_do (desk, vv_desk_sync, 0, NULL);
  say_newest ();
}

static const char *walk_dir, *walk_manifest;

START_TEST (walk)
{
  desk = vv_desk_new (walk_dir);
  add_accounts ();
  request = vv_test_request (desk, 0);
  import_some (walk_manifest);
  work_case ();
  g_clear_object (&desk);
  say ("end");
}
END_TEST

/* As a test, since only tests may assert; with its say on stdout alone. */
static int
run_walk (const char *dir,
          const char *manifest)
{
  Suite *all = suite_create ("walk");
  TCase *tests = tcase_create ("walk");

  g_unsetenv ("CK_TAP_LOG_FILE_NAME");
  walk_dir = dir;
  walk_manifest = manifest;
  tcase_add_test (tests, walk);
  suite_add_tcase (all, tests);
  return vv_test_run (all);
}

/* --- The process that stops it ----------------------------------------------------------------------------------------------------------- */

static char *
write_manifest (const char *folder)
{
  g_autofree char    *people = vv_test_source ("data/people");
  g_autoptr (GString) text = g_string_new ("file,person,class,origin,reference\n");
  char               *path = g_build_filename (folder, "manifest.csv", NULL);

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char   *name = g_strdup_printf ("P%03u_probe1.jpg", i);
      g_autofree char   *from = g_build_filename (people, name, NULL);
      g_autofree char   *to = g_build_filename (folder, name, NULL);
      g_autoptr (GBytes) bytes = vv_test_read (from);

      ck_assert (g_file_set_contents (to, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
      g_string_append_printf (text, "%s,N%u,arrest,synthetic-people,R%u\n", name, i, i);
    }
  ck_assert (g_file_set_contents (path, text->str, -1, NULL));
  return path;
}

/* Stops the walk after @us, or lets it end when @us is 0. Returns what it said. (transfer full) */
static char *
walk_until (VvTestDesk *test,
            const char *manifest,
            gint64      us,
            gint64     *ret_us)
{
  g_autofree char        *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError)      error = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GBytes)      said = NULL;
  gint64                  begin = g_get_monotonic_time ();

  vv_desk_sign_out (test->desk);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, "walk", test->dir, manifest, NULL);
  vv_assert_ok (error);
  if (us > 0)
    {
      g_usleep ((gulong) us);
      g_subprocess_send_signal (child, SIGKILL);
    }
  (void) g_subprocess_communicate (child, NULL, NULL, &said, NULL, &error);
  vv_assert_ok (error);
  if (ret_us != NULL)
    *ret_us = g_get_monotonic_time () - begin;
  return g_bytes_get_size (said) > 0 ? g_strndup (g_bytes_get_data (said, NULL), g_bytes_get_size (said)) : g_strdup ("");
}

static void
assert_account (VvTestDesk *test,
                const char *name)
{
  g_autoptr (VvSecret) passphrase = vv_secret_from_text ("several plain words");
  g_autoptr (VvDesk)   second = NULL;
  g_autoptr (GError)   error = NULL;

  vv_desk_sign_out (test->desk);
  second = vv_desk_new (test->dir);
  ck_assert_msg (vv_desk_sign_in (second, name, passphrase, &error), "%s was said to be there: %s", name, error->message);
}

static void
assert_line (VvTestDesk *test,
             const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_str_equal (words[0], "record"))
    {
      g_autoptr (VvRecord) record = vv_vault_record (test->desk->vault, g_ascii_strtoll (words[1], NULL, 10), NULL);

      ck_assert_msg (record != NULL && g_str_equal (record->hash, words[2]), "%s", line);
    }
  else if (g_str_equal (words[0], "photographs"))
    {
      g_autoptr (JsonObject) facts = vv_vault_repository_facts (test->desk->vault, NULL);

      ck_assert_msg (vv_json_int (facts, "photographs") == g_ascii_strtoll (words[1], NULL, 10), "%s", line);
    }
  else if (g_str_equal (words[0], "draft"))
    {
      gint64                 of = vv_test_request (test->desk, 0);
      g_autoptr (JsonObject) draft = vv_test_do (test->desk, vv_desk_draft, of, "{'key':'background-Z'}");

      ck_assert_msg (vv_json_int (vv_json_object (draft, "body"), "n") >= g_ascii_strtoll (words[1], NULL, 10), "%s", line);
    }
}

/* Opens the desk again: whole, and with everything that was said to be done. Returns the number of things said. */
static guint
assert_whole (VvTestDesk *test,
              const char *said)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);
  guint          n = 0;

  vv_test_sign_in (test->desk, "examiner");
  vv_test_verify (test->desk);
  for (; lines[n] != NULL && *lines[n] != '\0'; n++)
    assert_line (test, lines[n]);
  for (guint i = 0; i < n; i++)
    if (g_str_has_prefix (lines[i], "account "))
      assert_account (test, lines[i] + strlen ("account "));
  return n;
}

static guint32
choose_seed (void)
{
  const char *given = g_getenv ("VISAVIS_TEST_SEED");
  guint32     seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();

  printf ("# VISAVIS_TEST_SEED=%u\n", seed);
  return seed;
}

START_TEST (power_cut__keeps_what_was_done)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (choose_seed ());
  g_autofree char  *folder = vv_test_make_dir ();
  g_autofree char  *manifest = write_manifest (folder);
  VvTestDesk       *whole = vv_test_desk_new ();
  gint64            length = 0;
  g_autofree char  *all = walk_until (whole, manifest, 0, &length);
  guint             most = assert_whole (whole, all);
  guint             cut_short = 0;

  ck_assert_msg (g_str_has_suffix (all, "end\n"), "%s", all);
  vv_test_desk_free (whole);
  for (guint round = 0; round < ROUNDS; round++)
    {
      VvTestDesk      *test = vv_test_desk_new ();
      g_autofree char *said = walk_until (test, manifest, 1 + (gint64) (g_rand_double (random) * (double) length), NULL);
      guint            n = assert_whole (test, said);

      cut_short += n < most ? 1 : 0;
      vv_test_desk_free (test);
    }
  /* Else the test stopped nothing. */
  ck_assert_uint_gt (cut_short, ROUNDS / 3);
  vv_test_remove_dir (g_steal_pointer (&folder));
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-power");
  TCase *tests = tcase_create ("power");

  tcase_set_timeout (tests, 480);
  tcase_add_test (tests, power_cut__keeps_what_was_done);
  suite_add_tcase (all, tests);
  return all;
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (argc == 4 && g_str_equal (argv[1], "walk"))
    return run_walk (argv[2], argv[3]);
  status = vv_test_run (suite ());
  return status;
}
