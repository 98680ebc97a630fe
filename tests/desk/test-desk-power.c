// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-paths.h"
#include "vv-test-desk.h"
#include "vv-training-desk.h"

/* The power goes at any moment of a case: what was said to be done is there afterwards, nothing is half there, and the work
 * goes on.
 *
 * A case is a list of acts. It is walked once, and the desk copied before each act. A round takes one of the copies, lets the
 * act begin in a process of its own and stops that with SIGKILL at a random moment between its start and its end; another
 * process then opens the desk, compares it with what was said, does the act to its end, and verifies the whole: rows are only
 * ever added, so what the stop damaged would still be there.
 *
 * The processes are forked by one that has no threads and has loaded the networks once: a round costs what its act costs. The
 * moments come from a seed that is printed; VISAVIS_TEST_SEED repeats a run, VISAVIS_TEST_ROUNDS makes it longer. */

#define ROUNDS 200

/* --- The acts, in the process that is stopped ----------------------------------------------------------------------------- */

static VvDesk     *desk;
static gint64      request;
static int         said_fd = -1;
static const char *manifest;

static void
say (const char *format,
     ...) G_GNUC_PRINTF (1, 2);

/* Straight to the file, without a buffer: what was said is said, whatever comes. */
static void
say (const char *format,
     ...)
{
  va_list arguments;

  va_start (arguments, format);
  (void) vdprintf (said_fd, format, arguments);
  va_end (arguments);
  (void) dprintf (said_fd, "\n");
}

/* The newest record of the request, as one that must be there. */
static void
say_newest (void)
{
  g_autoptr (GPtrArray) records = vv_vault_records (desk->vault, request, NULL);
  VvRecord             *last = g_ptr_array_index (records, records->len - 1);

  say ("record %" G_GINT64_FORMAT " %s", last->id, last->hash);
}

static gboolean
is_at (const char *status)
{
  g_autofree char *now = vv_test_status (desk, request);

  return g_str_equal (now, status);
}

static void
add_accounts (void)
{
  g_autoptr (JsonObject) facts = vv_test_json ("{'full_name':'Someone','roles':['examiner']}");

  vv_test_sign_in (desk, "admin");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char       *name = g_strdup_printf ("someone%u", i);
      g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("several plain words");
      g_autoptr (JsonObject) there = vv_vault_account_facts (desk->vault, name, NULL);

      ck_assert (there != NULL || vv_desk_add_account (desk, name, facts, passphrase, NULL));
      say ("account %s", name);
    }
}

static void
import_some (void)
{
  g_autofree char       *json = g_strdup_printf ("{'manifest':'%s'}", manifest);
  g_autoptr (JsonObject) done = NULL;
  g_autoptr (JsonObject) info = NULL;

  vv_test_sign_in (desk, "admin");
  done = vv_test_do (desk, vv_desk_import_repository, 0, json);
  info = vv_test_do (desk, vv_desk_repository_info, 0, NULL);
  say ("photographs %" G_GINT64_FORMAT, vv_json_int (info, "photographs"));
}

static void
choose_probe (void)
{
  g_autofree char *probe = NULL;

  vv_test_sign_in (desk, "examiner");
  if (is_at ("assigned"))
    vv_test_confirm_use (desk, request);
  say_newest ();
  probe = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (desk, request, 0));
  vv_test_done (desk, vv_desk_select_probe, request, probe);
  say_newest ();
}

static void
search (void)
{
  vv_test_sign_in (desk, "examiner");
  if (is_at ("probe-selected"))
    vv_test_analyse_probe (desk, request);
  say_newest ();
  vv_test_done (desk, vv_desk_search, request, NULL);
  say_newest ();
}

static void
type_drafts (void)
{
  vv_test_sign_in (desk, "examiner");
  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *json = g_strdup_printf ("{'key':'background-Z','body':{'n':%u}}", i);

      vv_test_done (desk, vv_desk_keep_draft, request, json);
      say ("draft %u", i);
    }
}

static void
propose (void)
{
  g_autofree char *candidate = vv_test_candidate (desk, request, 1);

  if (is_at ("searched"))
    vv_test_propose (desk, request, candidate);
  say_newest ();
}

static void
compare (void)
{
  g_autofree char *candidate = NULL;

  vv_test_sign_in (desk, "examiner");
  candidate = vv_test_candidate (desk, request, 1);
  if (!vv_test_has_compared (desk, request, candidate))
    vv_test_compare (desk, request, candidate);
  say_newest ();
  vv_test_dispose_rest (desk, request, candidate);
  say_newest ();
}

static void
review (void)
{
  g_autofree char *candidate = NULL;

  vv_test_sign_in (desk, "reviewer");
  candidate = vv_test_candidate (desk, request, 1);
  if (is_at ("proposed"))
    vv_test_review (desk, request, candidate);
  say_newest ();
}

static void
decide (void)
{
  g_autofree char *candidate = NULL;

  vv_test_sign_in (desk, "supervisor");
  candidate = vv_test_candidate (desk, request, 1);
  if (is_at ("peer-reviewed"))
    vv_test_decide (desk, request, "approved", candidate);
  say_newest ();
}

static void
report (void)
{
  vv_test_sign_in (desk, "supervisor");
  if (is_at ("approved"))
    vv_test_done (desk, vv_desk_direct, request, "{'report':'possible-match','recipient':'Training investigator'}");
  say_newest ();
  vv_test_sign_in (desk, "examiner");
  if (is_at ("directed"))
    vv_test_done (desk, vv_desk_report, request, NULL);
  say_newest ();
}

static void
bundle (void)
{
  vv_test_sign_in (desk, "examiner");
  vv_test_done (desk, vv_desk_bundle, request, NULL);
  say_newest ();
}

static void
sync_all (void)
{
  g_autoptr (JsonObject) sent = NULL;

  vv_test_sign_in (desk, "examiner");
  sent = vv_test_do (desk, vv_desk_sync, 0, "{'all':true}");
  ck_assert_int_eq (vv_json_int (sent, "waiting") + vv_json_int (sent, "failed"), 0);
  say_newest ();
}

/* Each may begin where it was stopped, and ends the same. */
static const struct
{
  const char *name;
  void (*run) (void);
} acts[] = {
  { "accounts", add_accounts },
  { "import", import_some },
  { "probe", choose_probe },
  { "search", search },
  { "drafts", type_drafts },
  { "comparison", compare },
  { "proposal", propose },
  { "review", review },
  { "decision", decide },
  { "report", report },
  { "bundle", bundle },
  { "sync", sync_all },
};

#define N_ACTS G_N_ELEMENTS (acts)

/* --- What is left afterwards, in the process that goes on --------------------------------------------------------------------- */

static void
assert_account (const char *name)
{
  g_autoptr (VvSecret) passphrase = vv_secret_from_text ("several plain words");
  g_autoptr (GError)   error = NULL;

  ck_assert_msg (vv_desk_sign_in (desk, name, passphrase, &error), "%s was said to be there: %s", name, error->message);
}

static void
assert_line (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_str_equal (words[0], "record"))
    {
      g_autoptr (VvRecord) record = vv_vault_record (desk->vault, g_ascii_strtoll (words[1], NULL, 10), NULL);

      ck_assert_msg (record != NULL && g_str_equal (record->hash, words[2]), "%s", line);
    }
  else if (g_str_equal (words[0], "photographs"))
    {
      g_autoptr (JsonObject) facts = vv_vault_repository_facts (desk->vault, NULL);

      ck_assert_msg (vv_json_int (facts, "photographs") == g_ascii_strtoll (words[1], NULL, 10), "%s", line);
    }
  else if (g_str_equal (words[0], "draft"))
    {
      g_autoptr (JsonObject) draft = vv_test_do (desk, vv_desk_draft, request, "{'key':'background-Z'}");

      ck_assert_msg (vv_json_int (vv_json_object (draft, "body"), "n") >= g_ascii_strtoll (words[1], NULL, 10), "%s", line);
    }
  else if (g_str_equal (words[0], "account"))
    assert_account (words[1]);
}

/* Every hash, signature and file is right, and there are at least @least records. Returns how many. */
static gint64
assert_whole (gint64 least)
{
  g_autoptr (JsonObject) all = vv_vault_verify (desk->vault, /* cancellable= */ NULL, NULL);

  ck_assert (all != NULL && vv_json_bool (all, "ok"));
  ck_assert_int_ge (vv_json_int (all, "records"), least);
  return vv_json_int (all, "records");
}

/* All that was said before it was stopped is there. */
static void
assert_kept (const char *said)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    assert_line (*line);
}

/* --- The process that forks them ------------------------------------------------------------------------------------------- */

/* What is asked of it, and what it answers. */
typedef struct
{
  gsize  act;
  gint64 stop_us;                                         /* 0: to its end */
  gint64 records;                                         /* there were before */
  char   dir[512], said[512], before[512], manifest[512]; /* before: what was said before it was stopped */
} Order;

typedef struct
{
  int    status; /* of waitpid() */
  gint64 us;
} Outcome;

static Order     now;
static VvVision *networks; /* loaded before the processes are forked */

START_TEST (act)
{
  g_autofree char *before = NULL;

  manifest = now.manifest;
  desk = vv_desk_new (now.dir);
  desk->vision = g_steal_pointer (&networks);
  vv_test_sign_in (desk, "examiner");
  request = vv_test_request (desk, 0);
  if (g_file_get_contents (now.before, &before, NULL, NULL))
    assert_kept (before);
  acts[now.act].run ();
  if (now.stop_us == 0)
    say ("records %" G_GINT64_FORMAT, assert_whole (now.records));
  g_clear_object (&desk);
  say ("end");
}
END_TEST

/* As a test, since only tests may assert; what they say goes to a file beside. */
static int
run_act (void)
{
  Suite           *all = suite_create ("act");
  TCase           *tests = tcase_create ("act");
  g_autofree char *log = g_strconcat (now.dir, ".log", NULL);

  said_fd = open (now.said, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_setenv ("CK_LOG_FILE_NAME", log, TRUE);
  tcase_set_timeout (tests, 0);
  tcase_add_test (tests, act);
  suite_add_tcase (all, tests);
  return vv_test_run (all);
}

static Outcome
carry_out (void)
{
  Outcome outcome = { 0 };
  gint64  begin = g_get_monotonic_time ();
  pid_t   child = fork ();

  if (child == 0)
    _exit (run_act ());
  if (now.stop_us > 0)
    {
      g_usleep ((gulong) now.stop_us);
      (void) kill (child, SIGKILL);
    }
  (void) waitpid (child, &outcome.status, 0);
  outcome.us = g_get_monotonic_time () - begin;
  return outcome;
}

static void
serve (int socket)
{
  g_autofree char   *models = vv_paths_data ("models");
  g_autoptr (GError) error = NULL;

  g_unsetenv ("CK_TAP_LOG_FILE_NAME");
  networks = vv_vision_new (models, &error);
  while (read (socket, &now, sizeof now) == sizeof now)
    {
      Outcome outcome = carry_out ();

      if (write (socket, &outcome, sizeof outcome) != sizeof outcome)
        break;
    }
  _exit (EXIT_SUCCESS);
}

static int   server;
static pid_t server_pid;

/* Before anything begins a thread: a process that is forked from one with threads has only one of them. */
static void
start_server (void)
{
  int sockets[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0)
    abort ();
  server_pid = fork ();
  if (server_pid == 0)
    {
      (void) close (sockets[0]);
      serve (sockets[1]);
    }
  (void) close (sockets[1]);
  server = sockets[0];
}

/* Waits for it, and says what all of it took: the figure that another program running beside does not change. */
static void
end_server (void)
{
  struct rusage own, others;

  (void) close (server);
  (void) waitpid (server_pid, NULL, 0);
  (void) getrusage (RUSAGE_SELF, &own);
  (void) getrusage (RUSAGE_CHILDREN, &others);
  printf ("# %ld s of one core here, %ld s in the processes that were stopped\n", (long) (own.ru_utime.tv_sec + own.ru_stime.tv_sec),
          (long) (others.ru_utime.tv_sec + others.ru_stime.tv_sec));
}

/* --- The process that looks what is left ------------------------------------------------------------------------------------- */

static char *
write_manifest (const char *folder)
{
  g_autofree char    *people = vv_test_source ("data/people");
  g_autoptr (GString) text = g_string_new ("file,person,class,origin,reference\n");
  char               *path = g_build_filename (folder, "manifest.csv", NULL);

  for (guint i = 1; i <= 2; i++)
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

/* Does act @which on the desk in @dir, or stops it after @stop_us; with @before (nullable), looks first whether all that this
 * file says is there. Returns the file in which it says what it did; fails unless it was stopped or came to its end. (transfer full) */
static char *
order (gsize which, const char *dir, gint64 stop_us, gint64 records, const char *before, Outcome *ret_outcome)
{
  Order            wanted = { .act = which, .stop_us = stop_us, .records = records };
  char            *path = g_strconcat (dir, stop_us > 0 ? ".stopped" : ".ended", NULL);
  g_autofree char *log = g_strconcat (dir, ".log", NULL);
  g_autofree char *text = NULL;

  (void) g_strlcpy (wanted.dir, dir, sizeof wanted.dir);
  (void) g_strlcpy (wanted.said, path, sizeof wanted.said);
  (void) g_strlcpy (wanted.before, before != NULL ? before : "", sizeof wanted.before);
  (void) g_strlcpy (wanted.manifest, manifest, sizeof wanted.manifest);
  ck_assert_int_eq (write (server, &wanted, sizeof wanted), sizeof wanted);
  ck_assert_int_eq (read (server, ret_outcome, sizeof *ret_outcome), sizeof *ret_outcome);
  (void) g_file_get_contents (log, &text, NULL, NULL);
  ck_assert_msg (WIFSIGNALED (ret_outcome->status) ? stop_us > 0 : WEXITSTATUS (ret_outcome->status) == 0, "%s: %s", acts[which].name,
                 text != NULL ? text : "ended without a word");
  return path;
}

/* --- The rounds -------------------------------------------------------------------------------------------------------------------- */

/* The desk before an act. */
typedef struct
{
  char  *dir; /* (owned) */
  gint64 us;  /* the act's duration */
  gint64 records;
} Before;

/* The number of records an act that ended says there are; it says "end" last. */
static gint64
records_of (const char *path)
{
  g_autofree char *said = NULL;
  const char      *records;

  ck_assert (g_file_get_contents (path, &said, NULL, NULL));
  records = strstr (said, "records ");
  ck_assert_msg (records != NULL && g_str_has_suffix (said, "\nend\n"), "%s", said);
  return g_ascii_strtoll (records + strlen ("records "), NULL, 10);
}

/* Walks the case once in @folder, keeping the desk before each act. */
static void
walk (const char *folder, const char *from, Before *before)
{
  g_autofree char *dir = g_build_filename (folder, "walked", NULL);
  gint64           records = 0;

  ck_assert_int_eq (g_mkdir (dir, 0700), 0);
  vv_test_copy_desk (from, dir);
  for (gsize i = 0; i < N_ACTS; i++)
    {
      g_autofree char *path = NULL;
      Outcome          outcome;

      before[i].dir = vv_test_make_dir ();
      before[i].records = records;
      vv_test_copy_desk (dir, before[i].dir);
      path = order (i, dir, /* stop_us= */ 0, records, /* before= */ NULL, &outcome);
      before[i].us = outcome.us;
      records = records_of (path);
      (void) g_remove (path);
      printf ("# %-10s %4d ms, %d records\n", acts[i].name, (int) (outcome.us / 1000), (int) records);
    }
}

/* Stops act @which at the moment @at (0 to 1 of its duration) and goes on. Whether it was stopped. */
static gboolean
play (const Before *before, gsize which, double at, const char *ecms)
{
  char            *folder = vv_test_make_dir ();
  g_autofree char *dir = g_build_filename (folder, "desk", NULL);
  g_autofree char *said = NULL;
  g_autofree char *rest = NULL;
  Outcome          stopped, ended;

  if (acts[which].run == sync_all)
    vv_test_empty_dir (ecms);
  ck_assert_int_eq (g_mkdir (dir, 0700), 0);
  vv_test_copy_desk (before[which].dir, dir);
  said = order (which, dir, 1 + (gint64) (at * (double) before[which].us), before[which].records, /* before= */ NULL, &stopped);
  rest = order (which, dir, /* stop_us= */ 0, before[which].records, said, &ended);
  (void) records_of (rest);
  vv_test_remove_dir (folder);
  return WIFSIGNALED (stopped.status) && WTERMSIG (stopped.status) == SIGKILL;
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
  const char       *more = g_getenv ("VISAVIS_TEST_ROUNDS");
  const guint       rounds = more != NULL ? (guint) g_ascii_strtoull (more, NULL, 10) : ROUNDS;
  g_autoptr (GRand) random = g_rand_new_with_seed (choose_seed ());
  char             *folder = vv_test_make_dir ();
  g_autofree char  *path = write_manifest (folder);
  VvTestDesk       *whole = vv_test_desk_new ();
  Before            before[N_ACTS];
  guint             stopped = 0, played = 0;
  gint64            begin;

  manifest = path;
  vv_desk_sign_out (whole->desk);
  walk (folder, whole->dir, before);
  begin = g_get_monotonic_time ();
  for (; stopped < rounds; played++)
    {
      gsize which = (gsize) g_rand_int_range (random, 0, (gint32) N_ACTS);

      /* Else the test stops nothing. */
      ck_assert_uint_lt (played, 4 * rounds);
      if (play (before, which, g_rand_double (random), whole->ecms))
        stopped++;
      else
        before[which].us -= before[which].us / 8; /* it came to its end: the machine has become faster */
    }
  printf ("# stopped %u times, ended before that %u times, %.1f s\n", stopped, played - stopped,
          (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  for (gsize i = 0; i < N_ACTS; i++)
    vv_test_remove_dir (before[i].dir);
  vv_test_desk_free (whole);
  vv_test_remove_dir (folder);
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
main (void)
{
  int status;

  setvbuf (stdout, NULL, _IOLBF, 0);
  start_server ();
  status = vv_test_run (suite ());
  end_server ();
  return status;
}
