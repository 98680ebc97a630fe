// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE  /* renameat2 */
#define G_LOG_DOMAIN "vv-ecms"
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-progress.h"
#include "vv-time.h"
#include "vv-transport-private.h"

#define PIECE       (1024 * 1024)
#define FOLDER_MODE 0750
#define FILE_MODE   0640

typedef struct
{
  VvTransport parent;
  char       *path;
} VvFolderTransport;

typedef int VvFd;

static void
clear_fd (VvFd *fd)
{
  if (*fd >= 0)
    (void) close (*fd); /* what matters was synced before */
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvFd, clear_fd)

static gboolean
fail (GError **error, VvEcmsError code, const char *message)
{
  g_set_error_literal (error, VV_ECMS_ERROR, (int) code, message);
  return FALSE;
}

gboolean
vv_folder_error (int error_number, GError **error)
{
  switch (error_number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return fail (error, VV_ECMS_ERROR_FULL, _ ("The ECMS folder has no room for this document. Make "
                                                 "room, or put in another medium."));
    case EACCES:
    case EPERM:
    case EROFS:
      return fail (error, VV_ECMS_ERROR_ACCESS, _ ("The ECMS folder may not be written to. Ask the "
                                                   "administrator for access, or put in a medium that is "
                                                   "not write-protected."));
    case ENAMETOOLONG:
    case EINVAL:
    case EILSEQ:
    case ELOOP:
    case ENOTDIR:
    case EISDIR:
      return fail (error, VV_ECMS_ERROR_REFUSED, _ ("The ECMS folder cannot take a document of this "
                                                    "name. Correct the case number or the folder scheme."));
    default:
      return fail (error, VV_ECMS_ERROR_OFFLINE, _ ("The ECMS folder cannot be used at the moment. Check "
                                                    "that the medium or the network drive is connected."));
    }
}

/* Opens the outermost folder, which is never made: a missing one means a medium that is not plugged in. */
static VvFd
open_base (VvFolderTransport *self, GError **error)
{
  VvFd base = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (base < 0)
    (void) vv_folder_error (errno == ENOTDIR ? ENOENT : errno, error);
  return base;
}

static gboolean
make_below (VvFd parent, const char *name, GError **error)
{
  if (mkdirat (parent, name, FOLDER_MODE) == 0)
    (void) fsync (parent); /* a folder lost by a power cut is made again */
  else if (errno != EEXIST)
    return vv_folder_error (errno, error);
  return TRUE;
}

/* Opens one folder inside @parent, which @make makes when it is missing. Links are not followed: they could lead out of
 * the ECMS folder. */
static VvFd
open_below (VvFd parent, const char *name, gboolean make, GError **error)
{
  VvFd folder;

  if (make && !make_below (parent, name, error))
    return -1;
  folder = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0)
    (void) (errno == ENOENT && !make ? vv_transport_missing (error) : vv_folder_error (errno, error));
  return folder;
}

static VvFd
open_folder (VvFolderTransport *self, const char *const *names, gboolean make, GError **error)
{
  VvFd folder = open_base (self, error);

  for (const char *const *name = names; folder >= 0 && *name != NULL; name++)
    {
      VvFd inner = open_below (folder, *name, make, error);

      clear_fd (&folder);
      folder = inner;
    }
  return folder;
}

/* SHA-256 of an open file from its beginning; NULL with errno set. */
static char *
hash_fd (VvFd fd)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar    *buffer = g_malloc (PIECE);
  off_t                 at = 0;
  ssize_t               got;

  while ((got = pread (fd, buffer, PIECE, at)) > 0)
    {
      g_checksum_update (sum, buffer, got);
      at += got;
    }
  return got < 0 ? NULL : g_strdup (g_checksum_get_string (sum));
}

/* Looks what stands under the final name. *@ret_there: something does. Returns FALSE with @error for a conflict. */
static gboolean
check_final (VvFd folder, const VvParcel *parcel, gboolean *ret_there, GError **error)
{
  g_auto (VvFd)    file = openat (folder, parcel->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  g_autofree char *sha256 = NULL;
  struct stat      facts;

  *ret_there = FALSE;
  if (file < 0 && errno == ENOENT)
    return TRUE;
  if (file < 0)
    return errno == ELOOP ? vv_transport_conflict (error) : vv_folder_error (errno, error);
  if (fstat (file, &facts) != 0)
    return vv_folder_error (errno, error);
  if (!S_ISREG (facts.st_mode) || facts.st_size != (off_t) g_bytes_get_size (parcel->document))
    return vv_transport_conflict (error);
  sha256 = hash_fd (file);
  if (sha256 == NULL)
    return vv_folder_error (errno, error);
  *ret_there = g_str_equal (sha256, parcel->sha256);
  return *ret_there || vv_transport_conflict (error);
}

/* Where locks do not exist there is nothing to wait for. */
static gboolean
try_lock (VvFd file)
{
  return flock (file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

/* Opens the temporary file and locks it, so that two programs never write the same one. A lock on a file that was
 * renamed meanwhile is a lock on the finished document, which must not be touched: then open anew. */
static VvFd
open_part (VvFd folder, const VvParcel *parcel, GError **error)
{
  for (int tries = 0; tries < 10; tries++)
    {
      VvFd        file = openat (folder, parcel->part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
      struct stat opened, named;

      if (file < 0)
        {
          (void) vv_folder_error (errno, error);
          return -1;
        }
      if (try_lock (file) && fstat (file, &opened) == 0 &&
          fstatat (folder, parcel->part, &named, AT_SYMLINK_NOFOLLOW) == 0 && opened.st_ino == named.st_ino)
        return file;
      clear_fd (&file);
      g_usleep (20 * 1000);
    }
  (void) fail (error, VV_ECMS_ERROR_OFFLINE, _ ("Another workstation is handing over the same document. "
                                                "It will be tried again."));
  return -1;
}

static gboolean
write_all (VvFd file, GBytes *document, GCancellable *cancellable, GError **error)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (document, &size);
  gsize         done = 0;

  if (ftruncate (file, 0) != 0)
    return vv_folder_error (errno, error);
  while (done < size)
    {
      ssize_t put;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      put = pwrite (file, data + done, MIN (size - done, PIECE), (off_t) done);
      if (put < 0 && errno != EINTR)
        return vv_folder_error (errno, error);
      done += (gsize) MAX (put, 0);
      vv_progress_set (cancellable, done, 2 * (guint64) size);
    }
  return fsync (file) == 0 || vv_folder_error (errno, error);
}

/* Reads the file back, from the medium itself and not from memory. */
static gboolean
verify (VvFd file, const VvParcel *parcel, GError **error)
{
  g_autofree char *sha256 = NULL;

  (void) posix_fadvise (file, 0, 0, POSIX_FADV_DONTNEED); /* only advice: some file systems cannot */
  sha256 = hash_fd (file);
  if (sha256 == NULL)
    return vv_folder_error (errno, error);
  return g_str_equal (sha256, parcel->sha256) ||
         fail (error, VV_ECMS_ERROR_OFFLINE, _ ("The ECMS folder did not keep the document as it was "
                                                "written. It will be tried again; if this repeats, "
                                                "replace the medium."));
}

/* Gives the finished file its name unless that is taken (EEXIST). Network file systems lack the flag but have
 * links; FAT has the flag but no links. */
static gboolean
give_name (VvFd folder, const VvParcel *parcel)
{
  if (renameat2 (folder, parcel->part, folder, parcel->name, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  return linkat (folder, parcel->part, folder, parcel->name, /* flags= */ 0) == 0 &&
         unlinkat (folder, parcel->part, /* flags= */ 0) == 0;
}

static gboolean
put_new (VvFd folder, const VvParcel *parcel, GCancellable *cancellable, GError **error)
{
  g_auto (VvFd) file = open_part (folder, parcel, error);
  gboolean      ok;
  gboolean      there;

  if (file < 0)
    return FALSE;
  ok = write_all (file, parcel->document, cancellable, error) && verify (file, parcel, error);
  if (ok && give_name (folder, parcel))
    return fsync (folder) == 0 || errno == EINVAL /* cannot be synced */ || vv_folder_error (errno, error);
  if (ok)
    ok = errno == EEXIST ? check_final (folder, parcel, &there, error) : vv_folder_error (errno, error);
  (void) unlinkat (folder, parcel->part, /* flags= */ 0); /* a part left behind is used up by the next try */
  return ok;
}

static gboolean
folder_put (VvTransport    *transport,
            const VvParcel *parcel,
            JsonObject    **ret_receipt,
            GCancellable   *cancellable,
            GError        **error)
{
  VvFolderTransport *self = (VvFolderTransport *) transport;
  g_auto (VvFd)      folder = open_folder (self, (const char *const *) parcel->folders, /* make= */ TRUE, error);
  g_autofree char   *inside = g_strjoinv (G_DIR_SEPARATOR_S, parcel->folders);
  g_autofree char   *location = g_build_filename (self->path, inside, parcel->name, NULL);
  g_autofree char   *now = vv_time_now ();
  guint64            size = g_bytes_get_size (parcel->document);
  gboolean           there;

  if (folder < 0 || !check_final (folder, parcel, &there, error))
    return FALSE;
  if (!there && !put_new (folder, parcel, cancellable, error))
    return FALSE;
  if (there)
    (void) unlinkat (folder, parcel->part, /* flags= */ 0); /* left by a broken try; usually missing */
  vv_progress_set (cancellable, 2 * size, 2 * size);
  *ret_receipt = vv_json_new ("location", "s", location, "etag", "s", parcel->sha256, "time", "s", now, NULL);
  return TRUE;
}

static JsonArray *
folder_list (VvTransport *transport, const char *const *folders, GCancellable *cancellable, GError **error)
{
  VvFd                  folder = open_folder ((VvFolderTransport *) transport, folders, /* make= */ FALSE, error);
  DIR                  *dir = folder >= 0 ? fdopendir (folder) : NULL;
  g_autoptr (JsonArray) entries = json_array_new ();
  const struct dirent  *found;
  gboolean              stopped;

  if (dir == NULL)
    {
      clear_fd (&folder);
      return NULL;
    }
  while (!(stopped = g_cancellable_set_error_if_cancelled (cancellable, error)) && (found = readdir (dir)) != NULL)
    {
      struct stat facts;

      /* What vanished meanwhile, and what is neither folder nor file (a link, a device), is not there for us. */
      if (fstatat (folder, found->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0 && (S_ISDIR (facts.st_mode) || S_ISREG (facts.st_mode)))
        json_array_add_object_element (entries, vv_transport_entry (found->d_name, S_ISDIR (facts.st_mode), facts.st_size));
    }
  (void) closedir (dir);
  return stopped ? NULL : g_steal_pointer (&entries);
}

/* Reads @size bytes; a file that became shorter meanwhile is not whole. */
static GBytes *
read_all (VvFd file, gsize size, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *data = g_malloc (MAX (size, 1));
  gsize              done = 0;

  while (done < size)
    {
      ssize_t got;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      got = pread (file, data + done, MIN (size - done, PIECE), (off_t) done);
      if (got == 0 || (got < 0 && errno != EINTR))
        {
          (void) vv_folder_error (got == 0 ? EIO : errno, error);
          return NULL;
        }
      done += (gsize) MAX (got, 0);
    }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static GBytes *
folder_get (VvTransport       *transport,
            const char *const *folders,
            const char        *name,
            gsize              longest,
            GCancellable      *cancellable,
            GError           **error)
{
  g_auto (VvFd) folder = open_folder ((VvFolderTransport *) transport, folders, /* make= */ FALSE, error);
  g_auto (VvFd) file = folder >= 0 ? openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
  struct stat   facts;
  gboolean      usable = FALSE;

  if (folder < 0)
    return NULL;
  if (file < 0 || fstat (file, &facts) != 0)
    usable = errno == ENOENT || errno == ELOOP ? vv_transport_missing (error) : vv_folder_error (errno, error);
  else if (!S_ISREG (facts.st_mode))
    usable = vv_transport_missing (error);
  else
    usable = facts.st_size <= (off_t) longest || vv_transport_too_long (error);
  return usable ? read_all (file, (gsize) facts.st_size, cancellable, error) : NULL;
}

static gboolean
folder_probe (VvTransport *transport, GCancellable *cancellable, GError **error)
{
  VvFolderTransport *self = (VvFolderTransport *) transport;
  g_auto (VvFd)      base = -1;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  base = open_base (self, error);
  if (base < 0)
    return FALSE;
  return faccessat (base, ".", R_OK | W_OK | X_OK, AT_EACCESS) == 0 || vv_folder_error (errno, error);
}

static void
folder_free (VvTransport *transport)
{
  VvFolderTransport *self = (VvFolderTransport *) transport;

  g_free (self->path);
  g_free (self);
}

static const VvTransportClass folder_class = {
  .put = folder_put,
  .list = folder_list,
  .get = folder_get,
  .probe = folder_probe,
  .free = folder_free
};

VvTransport *
vv_folder_transport_new (JsonObject *settings, GError **error)
{
  const char        *path = vv_json_string (settings, "path");
  VvFolderTransport *self;

  if (path == NULL || !g_path_is_absolute (path))
    {
      (void) fail (error, VV_ECMS_ERROR_SETTINGS, _ ("The ECMS settings name no folder. Give its whole "
                                                     "path, beginning with a slash."));
      return NULL;
    }
  self = g_new0 (VvFolderTransport, 1);
  self->parent.klass = &folder_class;
  self->path = g_strdup (path);
  return &self->parent;
}
