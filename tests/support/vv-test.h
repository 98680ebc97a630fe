// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <check.h>
#include <glib.h>

G_BEGIN_DECLS

/* What every test program shares. A test file makes one suite and ends with VV_TEST_MAIN (suite ()). */

/* Fails unless @error is NULL; shows its message. */
#define vv_assert_ok(error) \
  ck_assert_msg ((error) == NULL, "unexpected error: %s", (error) != NULL ? (error)->message : "")

/* Fails unless @error is of that domain and code; then clears it. */
#define vv_assert_error(error, wanted_domain, wanted_code)                                          \
  do                                                                                                \
    {                                                                                               \
      ck_assert_msg (g_error_matches ((error), (wanted_domain), (wanted_code)), "got %s %d: %s",    \
                     (error) != NULL ? g_quark_to_string ((error)->domain) : "no error",            \
                     (error) != NULL ? (error)->code : 0, (error) != NULL ? (error)->message : ""); \
      ck_assert_msg (strlen ((error)->message) > 10, "the message says too little");                \
      g_clear_error (&(error));                                                                     \
    }                                                                                               \
  while (0)

/* A new empty folder, removed with all it holds by vv_test_remove_dir(). (transfer full) */
char *vv_test_make_dir (void);
void  vv_test_remove_dir (char *dir);
void  vv_test_empty_dir (const char *dir);

/* Path of a file in the source tree: vv_test_source ("data/people/P001_gallery.jpg"). (transfer full) */
char *vv_test_source (const char *path);

/* A whole file; fails the test when it cannot be read. (transfer full) */
GBytes *vv_test_read (const char *path);

/* Runs the suite; the exit status for main(). */
int vv_test_run (Suite *suite);

#define VV_TEST_MAIN(make_suite)        \
  int main (void)                       \
  {                                     \
    return vv_test_run (make_suite ()); \
  }

G_END_DECLS
