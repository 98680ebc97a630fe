// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/wait.h>

#include "confine-probe.h"
#include "vv-test.h"

#define KILLED (-1)

static const struct
{
  const char *what;
  int         end; /* exit status, or KILLED by SIGSYS */
} attempts[] = {
  { "nothing", GOT_THROUGH },
  { "open", DENIED },
  { "create", DENIED },
  { "unlink", KILLED },
  { "socket", KILLED },
  { "execve", KILLED },
  { "fork", KILLED },
  { "kill", KILLED },
  { "ptrace", KILLED },
  { "io_uring", KILLED },
  { "code", KILLED },
  { "memory", DENIED },
  { "thread", GOT_THROUGH },
};

START_TEST (confine__leaves_only_what_decoding_needs)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *probe = g_build_filename (g_getenv ("VISAVIS_TEST_BUILD"), "tests", "decoder", "confine-probe", NULL);
  const char        *argv[] = { probe, attempts[_i].what, NULL };
  int                status = 0;

  (void) g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  vv_assert_ok (error);
  if (attempts[_i].end == KILLED)
    ck_assert_msg (WIFSIGNALED (status) && WTERMSIG (status) == SIGSYS, "%s: status %#x", attempts[_i].what,
                   (unsigned) status);
  else
    ck_assert_msg (WIFEXITED (status) && WEXITSTATUS (status) == attempts[_i].end, "%s: status %#x",
                   attempts[_i].what, (unsigned) status);
}
END_TEST

static Suite *
confine_suite (void)
{
  Suite *suite = suite_create ("confine");
  TCase *tcase = tcase_create ("confine");

  tcase_add_loop_test (tcase, confine__leaves_only_what_decoding_needs, 0, G_N_ELEMENTS (attempts));
  suite_add_tcase (suite, tcase);
  return suite;
}

VV_TEST_MAIN (confine_suite)
