// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "vv-desk.h"
#include "vv-json.h"
#include "vv-test.h"
#include "vv-training-desk.h"

/* The requests of a training desk are dated back from the day it was made. */
#define OLD_S (12 * 60 * 60)

/* When the file was last written, in seconds; 0 where there is none. */
static gint64
written (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  GStatBuf         about;

  return g_stat (path, &about) == 0 ? (gint64) about.st_mtime : 0;
}

/* Older than the code that made it, or than what it was made from. */
static gboolean
is_stale (const char *model)
{
  static const char *const from[] = { "data/people/manifest.csv", "data/rules/212-129.json", "data/models/use.json" };
  gint64                   made = written (model, "made");

  if (made < g_get_real_time () / G_USEC_PER_SEC - OLD_S || made < written ("/proc/self", "exe"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (from); i++)
    if (made < written (g_getenv ("VISAVIS_TEST_SOURCE"), from[i]))
      return TRUE;
  return FALSE;
}

static void
make (const char *model)
{
  g_autofree char   *people = vv_test_source ("data/people");
  g_autofree char   *stamp = g_build_filename (model, "made", NULL);
  g_autoptr (GError) error = NULL;

  vv_test_remove_dir (g_strdup (model));
  ck_assert_int_eq (g_mkdir_with_parents (model, 0700), 0);
  ck_assert_msg (vv_desk_create_training (model, people, /* cancellable= */ NULL, &error), "%s", error->message);
  (void) g_file_set_contents (stamp, "", 0, &error);
  vv_assert_ok (error);
}

static void
copy_file (const char *from, const char *to, const char *name)
{
  g_autofree char   *source = g_build_filename (from, name, NULL);
  g_autofree char   *target = g_build_filename (to, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile)  source_file = g_file_new_for_path (source);
  g_autoptr (GFile)  target_file = g_file_new_for_path (target);

  if (g_file_query_file_type (source_file, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_REGULAR)
    return;
  (void) g_file_copy (source_file, target_file, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  vv_assert_ok (error);
}

void
vv_test_copy_desk (const char *from, const char *to)
{
  g_autoptr (GDir) entries = g_dir_open (from, 0, NULL);
  const char      *name;

  ck_assert_ptr_nonnull (entries);
  while ((name = g_dir_read_name (entries)) != NULL)
    copy_file (from, to, name);
}

static void
copy_model (const char *dir)
{
  g_autofree char *model = g_build_filename (g_getenv ("VISAVIS_TEST_BUILD"), "training-desk", NULL);
  g_autofree char *lock = g_strconcat (model, ".lock", NULL);
  int              held = open (lock, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  ck_assert_int_ge (held, 0);
  while (flock (held, LOCK_EX) != 0)
    ck_assert_int_eq (errno, EINTR);
  if (is_stale (model))
    make (model);
  ck_assert_int_eq (g_mkdir_with_parents (dir, 0700), 0);
  vv_test_copy_desk (model, dir);
  close (held);
}

/* The copy's ECMS is a folder of its own. */
static void
set_up_ecms (const char *dir)
{
  g_autoptr (VvDesk)     desk = vv_desk_new (dir);
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("training administrator");
  g_autoptr (GError)     error = NULL;
  g_autofree char       *path = g_build_filename (dir, "ecms", NULL);
  g_autoptr (JsonObject) settings = vv_json_new ("transport", "s", "folder", "path", "s", path,
                                                 "folder", "s", "{case_number}/{fis_number}", NULL);
  g_autoptr (JsonObject) kept = NULL;

  ck_assert_int_eq (g_mkdir_with_parents (path, 0700), 0);
  ck_assert_msg (vv_desk_sign_in (desk, "admin", passphrase, &error), "%s", error->message);
  kept = vv_desk_ecms (desk, 0, settings, /* cancellable= */ NULL, &error);
  vv_assert_ok (error);
  vv_desk_sign_out (desk);
}

void
vv_test_training_desk (const char *dir)
{
  copy_model (dir);
  set_up_ecms (dir);
}
