// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-package.h"

struct _VvPackage
{
  char  *root;
  GTree *files; /* path -> GBytes */
};

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

VvPackage *
vv_package_new (const char *root)
{
  VvPackage *self = g_new0 (VvPackage, 1);

  self->root = g_strdup (root);
  self->files = g_tree_new_full (compare, NULL, g_free, (GDestroyNotify) g_bytes_unref);
  return self;
}

void
vv_package_free (VvPackage *self)
{
  g_tree_unref (self->files);
  g_free (self->root);
  g_free (self);
}

void
vv_package_add (VvPackage *self, const char *path, GBytes *bytes)
{
  if (g_tree_lookup (self->files, path) == NULL)
    g_tree_insert (self->files, g_strdup (path), g_bytes_ref (bytes));
}

void
vv_package_add_text (VvPackage *self, const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  vv_package_add (self, path, bytes);
}

guint
vv_package_n_files (VvPackage *self)
{
  return (guint) g_tree_nnodes (self->files);
}

char *
vv_package_manifest (VvPackage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (GTreeNode *node = g_tree_node_first (self->files); node != NULL; node = g_tree_node_next (node))
    {
      g_autofree char *hash = vv_hash_bytes (g_tree_node_value (node));

      g_string_append_printf (text, "%s  %s\n", hash, (const char *) g_tree_node_key (node));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static la_ssize_t
append (struct archive *archive, void *data, const void *bytes, size_t size)
{
  g_byte_array_append (data, bytes, (guint) size);
  return (la_ssize_t) size;
}

static gboolean
write_file (VvPackage *self, struct archive *archive, const char *path, GBytes *bytes, gint64 time)
{
  struct archive_entry *entry = archive_entry_new ();
  g_autofree char      *name = g_strconcat (self->root, "/", path, NULL);
  gsize                 size;
  const void           *data = g_bytes_get_data (bytes, &size);
  gboolean              written;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, g_str_has_suffix (path, ".sh") ? 0755 : 0644);
  archive_entry_set_mtime (entry, time, 0);
  archive_entry_set_size (entry, (la_int64_t) size);
  written = archive_write_header (archive, entry) == ARCHIVE_OK && archive_write_data (archive, data, size) == (la_ssize_t) size;
  archive_entry_free (entry);
  return written;
}

GBytes *
vv_package_to_tar (VvPackage *self, gint64 time, GError **error)
{
  struct archive        *archive = archive_write_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean               written;

  written = archive_write_set_format_pax_restricted (archive) == ARCHIVE_OK &&
            archive_write_set_bytes_in_last_block (archive, 1) == ARCHIVE_OK &&
            archive_write_open (archive, bytes, NULL, append, NULL) == ARCHIVE_OK;
  for (GTreeNode *node = g_tree_node_first (self->files); written && node != NULL; node = g_tree_node_next (node))
    written = write_file (self, archive, g_tree_node_key (node), g_tree_node_value (node), time);
  written = written && archive_write_close (archive) == ARCHIVE_OK;
  if (!written)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("The records could not be packed (%s). Free some memory and try again."),
                 archive_error_string (archive) != NULL ? archive_error_string (archive) : "");
  archive_write_free (archive);
  return written ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
