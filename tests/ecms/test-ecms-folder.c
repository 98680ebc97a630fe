// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* unshare */
#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-test.h"
#include "vv-transport-private.h"

static char        *dir;
static VvTransport *transport;

static void
set_up (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) settings = NULL;

  dir = vv_test_make_dir ();
  settings = vv_json_new ("transport", "s", "folder", "path", "s", dir, NULL);
  transport = vv_transport_new (settings, &error);
  vv_assert_ok (error);
}

static void
tear_down (void)
{
  g_clear_pointer (&transport, vv_transport_free);
  vv_test_remove_dir (dir);
}

static gboolean
put_bytes (const char *folder, const char *name, GBytes *document, GCancellable *cancellable, GError **error)
{
  g_autofree char       *sha256 = vv_hash_bytes (document);
  g_autoptr (JsonObject) receipt = NULL;
  gboolean               ok = vv_transport_put (transport, folder, name, "application/pdf", document,
                                                sha256, &receipt, cancellable, error);

  ck_assert_int_eq (ok, receipt != NULL);
  if (ok)
    ck_assert_ptr_nonnull (vv_json_string (receipt, "location"));
  return ok;
}

static gboolean
put (const char *folder, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) document = g_bytes_new (text, strlen (text));

  return put_bytes (folder, name, document, /* cancellable= */ NULL, error);
}

static void
assert_text (const char *name, const char *text)
{
  g_autofree char   *path = g_build_filename (dir, name, NULL);
  g_autoptr (GBytes) bytes = vv_test_read (path);

  ck_assert_uint_eq (g_bytes_get_size (bytes), strlen (text));
  ck_assert_mem_eq (g_bytes_get_data (bytes, NULL), text, strlen (text));
}

static guint
count_files (const char *folder)
{
  g_autofree char *path = g_build_filename (dir, folder, NULL);
  g_autoptr (GDir) open_dir = g_dir_open (path, 0, NULL);
  guint            n = 0;

  while (open_dir != NULL && g_dir_read_name (open_dir) != NULL)
    n++;
  return n;
}

static char *
part_path (const char *folder, const char *text)
{
  g_autofree char *sha256 = vv_hash_data (text, strlen (text));
  g_autofree char *name = g_strdup_printf ("visavis-%s.part", sha256);

  return g_build_filename (dir, folder, name, NULL);
}

START_TEST (put__arrives_and_twice_is_once)
{
  g_autoptr (GError) error = NULL;

  ck_assert (put ("2026-1/77", "report.pdf", "first", &error));
  ck_assert (put ("2026-1/77", "report.pdf", "first", &error));
  vv_assert_ok (error);
  assert_text ("2026-1/77/report.pdf", "first");
  ck_assert_uint_eq (count_files ("2026-1/77"), 1);
}
END_TEST

START_TEST (put__in_the_folder_itself)
{
  g_autoptr (GError) error = NULL;

  ck_assert (put ("", "report.pdf", "", &error));
  vv_assert_ok (error);
  assert_text ("report.pdf", "");
}
END_TEST

START_TEST (put__another_document_stays)
{
  g_autoptr (GError) error = NULL;

  ck_assert (put ("c", "report.pdf", "first", &error));
  ck_assert (!put ("c", "report.pdf", "other", &error)); /* of the same length */
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT);
  ck_assert (!put ("c", "report.pdf", "longer than that", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT);
  assert_text ("c/report.pdf", "first");
  ck_assert_uint_eq (count_files ("c"), 1);
}
END_TEST

START_TEST (put__uses_up_a_broken_try)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *part = NULL;

  ck_assert (put ("c", "other.pdf", "other", &error));
  part = part_path ("c", "the document");
  ck_assert (g_file_set_contents (part, "half of something much longer than the document", -1, NULL));
  ck_assert (put ("c", "report.pdf", "the document", &error));
  vv_assert_ok (error);
  assert_text ("c/report.pdf", "the document");
  ck_assert_uint_eq (count_files ("c"), 2);
}
END_TEST

START_TEST (put__waits_for_another_writer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *part = part_path ("", "the document");
  int                fd;

  ck_assert (g_file_set_contents (part, "being written", -1, NULL));
  fd = g_open (part, O_RDWR, 0);
  ck_assert_int_eq (flock (fd, LOCK_EX), 0);
  ck_assert (!put ("", "report.pdf", "the document", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
  (void) close (fd);
  ck_assert (put ("", "report.pdf", "the document", &error));
  vv_assert_ok (error);
}
END_TEST

static gpointer
put_in_thread (gpointer text)
{
  g_autoptr (JsonObject)  settings = vv_json_new ("transport", "s", "folder", "path", "s", dir, NULL);
  g_autoptr (VvTransport) other = vv_transport_new (settings, NULL);
  g_autoptr (JsonObject)  receipt = NULL;
  g_autoptr (GBytes)      document = g_bytes_new (text, strlen (text));
  g_autofree char        *sha256 = vv_hash_bytes (document);
  GError                 *error = NULL;

  (void) !vv_transport_put (other, "race", "report.pdf", "text/plain", document, sha256, &receipt, NULL, &error);
  return error;
}

START_TEST (put__two_desks_one_name)
{
  g_autofree char *path = g_build_filename (dir, "race", "report.pdf", NULL);

  for (int i = 0; i < 100; i++)
    {
      GThread           *other = g_thread_new ("other desk", put_in_thread, (gpointer) "theirs");
      g_autoptr (GError) ours = put_in_thread ((gpointer) "ours");
      g_autoptr (GError) theirs = g_thread_join (other);
      g_autoptr (GError) lost = NULL;

      ck_assert_msg ((ours == NULL) != (theirs == NULL), "exactly one must arrive, but %s",
                     ours == NULL ? "both did" : "none did");
      lost = g_error_copy (ours != NULL ? ours : theirs);
      vv_assert_error (lost, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT);
      assert_text ("race/report.pdf", ours == NULL ? "ours" : "theirs");
      ck_assert_uint_eq (count_files ("race"), 1);
      ck_assert_int_eq (g_unlink (path), 0);
    }
}
END_TEST

START_TEST (put__follows_no_link)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = g_build_filename (dir, "case", NULL);
  g_autofree char   *document = g_build_filename (dir, "report.pdf", NULL);
  g_autofree char   *outside = vv_test_make_dir ();
  g_autofree char   *target = g_build_filename (outside, "report.pdf", NULL);

  ck_assert_int_eq (symlink (outside, folder), 0);
  ck_assert_int_eq (symlink (target, document), 0);
  ck_assert (!put ("case", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED);
  ck_assert (!put ("", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT);
  ck_assert (!g_file_test (target, G_FILE_TEST_EXISTS));
  vv_test_remove_dir (g_steal_pointer (&outside));
}
END_TEST

static const struct
{
  const char *folder;
  const char *name;
} bad_names[] = {
  { "../up", "report.pdf" },
  { "/abs", "report.pdf" },
  { "a//b", "report.pdf" },
  { "a/.", "report.pdf" },
  { "a\\b", "report.pdf" },
  { "a", "../report.pdf" },
  { "a", "" },
  { "a", ".." },
  { "a", "x\r\nHost: y" },
};

START_TEST (put__refuses_path_tricks)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!put (bad_names[_i].folder, bad_names[_i].name, "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED);
  ck_assert_uint_eq (count_files (""), 0);
}
END_TEST

START_TEST (put__refuses_another_hash_or_media_type)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     document = g_bytes_new_static ("text", 4);
  g_autofree char       *other = vv_hash_data ("tesd", 4);
  g_autofree char       *sha256 = vv_hash_bytes (document);
  g_autoptr (JsonObject) receipt = NULL;

  ck_assert (!vv_transport_put (transport, "a", "b", "text/plain", document, other, &receipt, NULL, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED);
  ck_assert (!vv_transport_put (transport, "a", "b", "text/plain\r\nX: y", document, sha256, &receipt, NULL, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED);
}
END_TEST

START_TEST (put__cancelled_leaves_nothing)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes)       document = g_bytes_new_static ("text", 4);

  g_cancellable_cancel (cancellable);
  ck_assert (!put_bytes ("c", "report.pdf", document, cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ck_assert_uint_eq (count_files ("c"), 0);
}
END_TEST

START_TEST (put__medium_not_there)
{
  g_autoptr (GError) error = NULL;

  ck_assert_int_eq (g_rmdir (dir), 0);
  ck_assert (!put ("c", "report.pdf", "text", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
  ck_assert (!vv_transport_probe (transport, NULL, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
  ck_assert (!g_file_test (dir, G_FILE_TEST_EXISTS));
}
END_TEST

START_TEST (probe__looks_and_leaves_nothing)
{
  g_autoptr (GError) error = NULL;

  ck_assert (vv_transport_probe (transport, NULL, &error));
  vv_assert_ok (error);
  ck_assert_uint_eq (count_files (""), 0);
}
END_TEST

/* A real limit of the system on the size of a file: the write fails half way. */
START_TEST (put__no_room_leaves_nothing)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *big = g_strnfill (3 * 1024 * 1024, 'x');
  struct rlimit      before, small;

  ck_assert_int_eq (getrlimit (RLIMIT_FSIZE, &before), 0);
  (void) signal (SIGXFSZ, SIG_IGN);
  small = (struct rlimit){ .rlim_cur = 1536 * 1024, .rlim_max = before.rlim_max };
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &small), 0);
  ck_assert (!put ("c", "report.pdf", big, &error));
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &before), 0);
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_FULL);
  ck_assert_uint_eq (count_files ("c"), 0);
  ck_assert (put ("c", "report.pdf", big, &error));
  vv_assert_ok (error);
}
END_TEST

/* These files of the kernel take one write. */
static gboolean
write_map (const char *path, const char *line)
{
  FILE    *file = fopen (path, "we");
  gboolean ok = file != NULL && fputs (line, file) >= 0;

  return file != NULL && fclose (file) == 0 && ok;
}

/* Mounts of our own; somebody else than root gets them in a user name space of his own. */
static gboolean
leave_mounts (void)
{
  g_autofree char *user = g_strdup_printf ("%u %u 1", geteuid (), geteuid ());
  g_autofree char *group = g_strdup_printf ("%u %u 1", getegid (), getegid ());

  if (geteuid () == 0)
    return unshare (CLONE_NEWNS) == 0;
  return unshare (CLONE_NEWNS | CLONE_NEWUSER) == 0 && write_map ("/proc/self/setgroups", "deny") &&
         write_map ("/proc/self/uid_map", user) && write_map ("/proc/self/gid_map", group);
}

/* In a child with mounts of its own: exit status 0 when a full disk gives FULL and leaves nothing, 2 when this
 * system does not let us mount. */
static int
try_full_disk (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *big = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char   *part = part_path ("", big);

  if (!leave_mounts () ||
      mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || mount ("tmpfs", dir, "tmpfs", 0, "size=1m") != 0)
    return 2;
  if (put ("", "report.pdf", big, &error) || !g_error_matches (error, VV_ECMS_ERROR, VV_ECMS_ERROR_FULL))
    return 1;
  g_clear_error (&error);
  return !g_file_test (part, G_FILE_TEST_EXISTS) && put ("", "report.pdf", "small", &error) ? 0 : 1;
}

START_TEST (put__full_disk)
{
  pid_t child = fork ();
  int   status;

  if (child == 0)
    _exit (try_full_disk ());
  ck_assert_int_eq (waitpid (child, &status, 0), child);
  ck_assert (WIFEXITED (status));
  if (WEXITSTATUS (status) == 2)
    g_printerr ("# no right to mount here: the full disk was tried by put__no_room_leaves_nothing alone\n");
  ck_assert_int_ne (WEXITSTATUS (status), 1);
}
END_TEST

static const struct
{
  int error_number;
  int code;
} reasons[] = {
  { ENOSPC, VV_ECMS_ERROR_FULL },
  { EDQUOT, VV_ECMS_ERROR_FULL },
  { EFBIG, VV_ECMS_ERROR_FULL },
  { EACCES, VV_ECMS_ERROR_ACCESS },
  { EPERM, VV_ECMS_ERROR_ACCESS },
  { EROFS, VV_ECMS_ERROR_ACCESS },
  { ENAMETOOLONG, VV_ECMS_ERROR_REFUSED },
  { EINVAL, VV_ECMS_ERROR_REFUSED },
  { ENOENT, VV_ECMS_ERROR_OFFLINE },
  { EIO, VV_ECMS_ERROR_OFFLINE },
  { ESTALE, VV_ECMS_ERROR_OFFLINE },
};

START_TEST (folder_error__says_what_to_do)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!vv_folder_error (reasons[_i].error_number, &error));
  vv_assert_error (error, VV_ECMS_ERROR, reasons[_i].code);
}
END_TEST

/* Text of the entries of a folder: "name " or "name/ ". (transfer full) (nullable) */
static char *
names_in (const char *folder, GError **error)
{
  g_autoptr (JsonArray) entries = vv_transport_list (transport, folder, NULL, error);
  GString              *names = g_string_new (NULL);

  for (guint i = 0; i < vv_json_length (entries); i++)
    g_string_append_printf (names, "%s%s ", vv_json_string (vv_json_element (entries, i), "name"),
                            vv_json_bool (vv_json_element (entries, i), "folder") ? "/" : "");
  return g_string_free (names, entries == NULL);
}

static GBytes *
get (const char *folder, const char *name, gsize longest, GError **error)
{
  return vv_transport_get (transport, folder, name, longest, NULL, error);
}

START_TEST (list__folders_and_files_and_nothing_else)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *link = g_build_filename (dir, "requests", "link", NULL);
  g_autofree char   *outside = vv_test_make_dir ();
  g_autofree char   *names = NULL;

  ck_assert (put ("requests/b", "x.txt", "text", &error));
  ck_assert (put ("requests/a", "x.txt", "text", &error));
  ck_assert (put ("requests", "c.txt", "text", &error));
  ck_assert_int_eq (symlink (outside, link), 0);
  names = names_in ("requests", &error);
  vv_assert_ok (error);
  ck_assert_str_eq (names, "a/ b/ c.txt ");
  ck_assert_ptr_null (names_in ("nothing", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_MISSING);
  ck_assert_ptr_null (names_in ("requests/link", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED);
  ck_assert_ptr_null (names_in ("requests/../..", &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED);
  vv_test_remove_dir (g_steal_pointer (&outside));
}
END_TEST

START_TEST (get__a_file_of_the_folder_and_nothing_else)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char   *link = g_build_filename (dir, "c", "link.txt", NULL);
  g_autofree char   *target = g_build_filename (dir, "c", "x.txt", NULL);
  g_autofree char   *gone = NULL;

  ck_assert (put ("c", "x.txt", "text", &error));
  ck_assert_int_eq (symlink (target, link), 0);
  bytes = get ("c", "x.txt", 4, &error);
  vv_assert_ok (error);
  ck_assert_mem_eq (g_bytes_get_data (bytes, NULL), "text", 4);
  ck_assert_ptr_null (get ("c", "x.txt", 3, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_TOO_LONG);
  ck_assert_ptr_null (get ("c", "y.txt", 100, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_MISSING);
  ck_assert_ptr_null (get ("c", "link.txt", 10000, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_MISSING);
  ck_assert_ptr_null (get ("", "c", 10000, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_MISSING);
  ck_assert_ptr_null (get ("c", "../c/x.txt", 100, &error));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED);
  /* A folder that is not plugged in is no missing document. */
  gone = g_strconcat (dir, ".gone", NULL);
  ck_assert_int_eq (rename (dir, gone), 0);
  ck_assert_ptr_null (get ("c", "x.txt", 100, &error));
  ck_assert_int_eq (rename (gone, dir), 0);
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("ecms-folder");
  TCase *folder = tcase_create ("folder");

  suite_add_tcase (suite, folder);
  tcase_add_checked_fixture (folder, set_up, tear_down);
  tcase_add_test (folder, list__folders_and_files_and_nothing_else);
  tcase_add_test (folder, get__a_file_of_the_folder_and_nothing_else);
  tcase_add_test (folder, put__arrives_and_twice_is_once);
  tcase_add_test (folder, put__in_the_folder_itself);
  tcase_add_test (folder, put__another_document_stays);
  tcase_add_test (folder, put__uses_up_a_broken_try);
  tcase_add_test (folder, put__waits_for_another_writer);
  tcase_add_test (folder, put__two_desks_one_name);
  tcase_add_test (folder, put__follows_no_link);
  tcase_add_loop_test (folder, put__refuses_path_tricks, 0, G_N_ELEMENTS (bad_names));
  tcase_add_test (folder, put__refuses_another_hash_or_media_type);
  tcase_add_test (folder, put__cancelled_leaves_nothing);
  tcase_add_test (folder, put__medium_not_there);
  tcase_add_test (folder, probe__looks_and_leaves_nothing);
  tcase_add_test (folder, put__no_room_leaves_nothing);
  tcase_add_test (folder, put__full_disk);
  tcase_add_loop_test (folder, folder_error__says_what_to_do, 0, G_N_ELEMENTS (reasons));
  return suite;
}

VV_TEST_MAIN (make_suite)
