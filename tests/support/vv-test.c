// SPDX-License-Identifier: GPL-3.0-or-later
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "vv-secret.h"
#include "vv-test.h"

char *
vv_test_make_dir (void)
{
  g_autoptr (GError) error = NULL;
  char              *dir = g_dir_make_tmp ("visavis-test-XXXXXX", &error);

  vv_assert_ok (error);
  return dir;
}

/* What a link leads to is not the test's, and stays: GIO would go on through a link to a folder. */
static void
remove_all (GFile *file)
{
  GFileType                   type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL);
  g_autoptr (GFileEnumerator) children = NULL;
  GFile                      *child;

  if (type == G_FILE_TYPE_DIRECTORY)
    children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    remove_all (child);
  (void) g_file_delete (file, NULL, NULL);
}

void
vv_test_remove_dir (char *dir)
{
  g_autoptr (GFile) file = g_file_new_for_path (dir);

  remove_all (file);
  g_free (dir);
}

void
vv_test_empty_dir (const char *dir)
{
  g_autoptr (GFile) file = g_file_new_for_path (dir);

  remove_all (file);
  ck_assert_int_eq (g_mkdir (dir, 0700), 0);
}

char *
vv_test_source (const char *path)
{
  const char *root = g_getenv ("VISAVIS_TEST_SOURCE");

  ck_assert_msg (root != NULL, "run this test through meson test");
  return g_build_filename (root, path, NULL);
}

GBytes *
vv_test_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char              *data = NULL;
  gsize              size = 0;

  (void) g_file_get_contents (path, &data, &size, &error);
  vv_assert_ok (error);
  return g_bytes_new_take (data, size);
}

int
vv_test_run (Suite *suite)
{
  SRunner *runner = srunner_create (suite);
  int      failed;

  if (!vv_secret_init (/* error= */ NULL))
    return EXIT_FAILURE;
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
