// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files on their way into an archive: paths and bytes, no disk. */
typedef struct _VvPackage VvPackage;

/* @root: folder in the archive that all is under. */
VvPackage *vv_package_new (const char *root);
void       vv_package_free (VvPackage *self);

/* Adds a file; a path that is there already is left as it is. @path: with "/", of ASCII. */
void vv_package_add (VvPackage  *self,
                     const char *path,
                     GBytes     *bytes);
void vv_package_add_text (VvPackage  *self,
                          const char *path,
                          const char *text);

guint vv_package_n_files (VvPackage *self);

/* The lines of sha256sum for all files so far, in order of their paths. Returns: (transfer full). */
char *vv_package_manifest (VvPackage *self);

/* A POSIX tar of all files in order of their paths. @time: of every file, in seconds since 1970; owners are left out, so the
 * same files give the same bytes. Scripts (.sh) may be run. Returns: (transfer full), or NULL with G_IO_ERROR_FAILED. */
GBytes *vv_package_to_tar (VvPackage *self,
                           gint64     time,
                           GError   **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvPackage, vv_package_free)

G_END_DECLS
