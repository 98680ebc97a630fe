// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

#include "vv-progress.h"
#include "vv-vault-private.h"

/* Templates lie here twice. Each has a row of its own in `template`, for the few that a search must know exactly: one page
 * away, added and deleted without touching others. For loading, whoever searches packs them into what it searches in, many
 * at a time; what is in no pack yet is listed in `template_loose`. Packs are derived: one that is damaged, or of which a
 * template was deleted, is dropped, and its templates are loose again.
 *
 * A row's key is (recogniser << KEY_BITS) + photograph: SQLite fills the pages of such a table to the last byte when keys
 * rise, and those of a table with a key of two columns to two thirds. */
#define KEY_BITS 40

/* From so many packs on two connections read them. */
#define WORTH_TWO 16

/* Blobs hold numbers as the machine has them. */
G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
G_STATIC_ASSERT (sizeof (float) == 4);

/* SHA-256 of both, one after the other. By OpenSSL, which uses the processor's own instructions: a gallery is
 * hashed as it is loaded. */
static char *
hash_of (gconstpointer photographs, gsize photographs_size, gconstpointer templates, gsize templates_size)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  guint8      digest[32];
  char        text[2 * sizeof digest + 1];
  gboolean    done;

  done = EVP_DigestInit_ex (context, EVP_sha256 (), /* engine= */ NULL) == 1 &&
         EVP_DigestUpdate (context, photographs, photographs_size) == 1 &&
         EVP_DigestUpdate (context, templates, templates_size) == 1 &&
         EVP_DigestFinal_ex (context, digest, /* size= */ NULL) == 1;
  EVP_MD_CTX_free (context);
  if (!done)
    return g_strdup (""); /* equals no hash */
  return g_strdup (sodium_bin2hex (text, sizeof text, digest, sizeof digest));
}

static gboolean
fail_damaged (GError **error)
{
  g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED,
                       _ ("A face template was changed after it was stored. Enrol the photographs again."));
  return FALSE;
}

/* --- Recognisers -------------------------------------------------------------------------------------------- */

/* The number of a recogniser whose templates have @length floats. 0 when it has none yet, or on failure. */
static gint64
find_recogniser (VvVault *self, const char *name, guint *ret_length, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (self->db, error, "SELECT id, length FROM recogniser WHERE name = ?", "t", name);

  if (statement == NULL || !vv_database_step (statement, error))
    return 0;
  *ret_length = (guint) sqlite3_column_int64 (statement, 1);
  return sqlite3_column_int64 (statement, 0);
}

static gint64
add_recogniser (VvVault *self, const char *name, guint length, GError **error)
{
  g_autoptr (GError) cause = NULL;
  guint              known = length;
  gint64             id = find_recogniser (self, name, &known, &cause);

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return 0;
    }
  if (known != length)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED,
                           _ ("The templates of this recogniser have another length; they were not stored."));
      return 0;
    }
  if (id == 0 && vv_database_run (self->db, error, "INSERT INTO recogniser (name, length) VALUES (?, ?)", "ti", name, (gint64) length))
    id = sqlite3_last_insert_rowid (self->db);
  return id;
}

static gint64
key_of (gint64 recogniser, gint64 photograph)
{
  return (recogniser << KEY_BITS) + photograph;
}

static gint64
photograph_of (gint64 key)
{
  return key & ((G_GINT64_CONSTANT (1) << KEY_BITS) - 1);
}

/* --- Rows --------------------------------------------------------------------------------------------------- */

static gboolean
photographs_exist (VvVault *self, const gint64 *photographs, gsize n, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;

  statement = vv_database_prepare (self->db, error, "SELECT 1 FROM photograph WHERE id = ?", "");
  if (statement == NULL)
    return FALSE;
  for (gsize i = 0; i < n && cause == NULL; i++)
    {
      (void) sqlite3_reset (statement);
      (void) sqlite3_bind_int64 (statement, 1, photographs[i]);
      if (!vv_database_step (statement, &cause) && cause == NULL)
        cause = g_error_new_literal (VV_VAULT_ERROR, VV_VAULT_ERROR_REFUSED,
                                     _ ("A template belongs to a photograph that is not in the repository; it was not stored."));
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
insert_row (VvVault *self, gint64 key, const float *numbers, guint length, GError **error)
{
  return vv_database_run (self->db, error, "INSERT INTO template (key, numbers) VALUES (?, ?)", "ib", key, numbers,
                          length * sizeof *numbers) &&
         vv_database_run (self->db, error, "INSERT INTO template_loose (key) VALUES (?)", "i", key);
}

gboolean
vv_vault_add_templates (VvVault      *self,
                        const char   *recogniser,
                        guint         length,
                        const gint64 *photographs,
                        const float  *templates,
                        gsize         n,
                        GError      **error)
{
  gint64 id;

  g_return_val_if_fail (self != NULL && recogniser != NULL, FALSE);
  g_return_val_if_fail (length > 0 && length <= G_MAXUINT16, FALSE);
  g_return_val_if_fail (n == 0 || (photographs != NULL && templates != NULL), FALSE);

  if (!vv_vault_require_transaction (self, error) || !photographs_exist (self, photographs, n, error))
    return FALSE;
  id = add_recogniser (self, recogniser, length, error);
  for (gsize i = 0; i < n && id != 0; i++)
    if (!insert_row (self, key_of (id, photographs[i]), templates + i * length, length, error))
      return FALSE;
  return id != 0;
}

/* The row of one template. */
static gboolean
read_row (VvVault *self, gint64 key, guint length, float *ret_row, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (self->db, error, "SELECT numbers FROM template WHERE key = ?", "i", key);
  g_autoptr (GError)       cause = NULL;

  if (statement == NULL)
    return FALSE;
  if (!vv_database_step (statement, &cause))
    {
      if (cause == NULL)
        cause = g_error_new_literal (VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND,
                                     _ ("A face template is not in the repository; its photograph may have been purged."));
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if ((gsize) sqlite3_column_bytes (statement, 0) != length * sizeof *ret_row)
    return fail_damaged (error);
  memcpy (ret_row, sqlite3_column_blob (statement, 0), length * sizeof *ret_row);
  return TRUE;
}

gboolean
vv_vault_template_rows (VvVault *self, const char *recogniser, const gint64 *photographs, gsize n, float *ret_rows, gsize step, GError **error)
{
  guint  length = 0;
  gint64 id;

  g_return_val_if_fail (self != NULL && recogniser != NULL && photographs != NULL && ret_rows != NULL, FALSE);

  id = find_recogniser (self, recogniser, &length, error);
  g_return_val_if_fail (step >= length, FALSE);
  for (gsize i = 0; i < n; i++)
    if (!read_row (self, key_of (id, photographs[i]), length, ret_rows + i * step, error))
      return FALSE;
  return TRUE;
}

gint64
vv_vault_count_loose_templates (VvVault *self, const char *recogniser, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  guint                    length;
  gint64                   id;

  g_return_val_if_fail (self != NULL && recogniser != NULL, 0);

  id = find_recogniser (self, recogniser, &length, error);
  statement = vv_database_prepare (self->db, error, "SELECT count (*) FROM template_loose WHERE key BETWEEN ? AND ?", "ii",
                                   key_of (id, 0), key_of (id + 1, -1));
  return statement != NULL && vv_database_step (statement, error) ? sqlite3_column_int64 (statement, 0) : 0;
}

gboolean
vv_vault_read_loose_templates (VvVault *self, const char *recogniser, gint64 after, gsize n, GArray *photographs, GArray *templates, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;
  guint                    length = 0;
  gint64                   id;

  g_return_val_if_fail (self != NULL && recogniser != NULL && photographs != NULL && templates != NULL, FALSE);

  id = find_recogniser (self, recogniser, &length, &cause);
  if (cause == NULL)
    statement = vv_database_prepare (self->db, &cause,
                                     "SELECT key, numbers FROM template_loose JOIN template USING (key)"
                                     " WHERE key > ? AND key < ? ORDER BY key LIMIT ?",
                                     "iii", key_of (id, after), key_of (id + 1, 0), (gint64) n);
  while (cause == NULL && vv_database_step (statement, &cause))
    {
      gint64 photograph = photograph_of (sqlite3_column_int64 (statement, 0));

      if ((gsize) sqlite3_column_bytes (statement, 1) != length * sizeof (float))
        return fail_damaged (error);
      g_array_append_val (photographs, photograph);
      g_array_append_vals (templates, sqlite3_column_blob (statement, 1), length);
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* --- Packs -------------------------------------------------------------------------------------------------- */

gboolean
vv_vault_add_pack (VvVault *self, const char *recogniser, const gint64 *photographs, gsize n, GBytes *pack, GError **error)
{
  g_autofree char *hash = NULL;
  gconstpointer    bytes;
  gsize            size;
  guint            length;
  gint64           id;

  g_return_val_if_fail (self != NULL && recogniser != NULL && photographs != NULL && n > 0 && pack != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  id = find_recogniser (self, recogniser, &length, error);
  bytes = g_bytes_get_data (pack, &size);
  hash = hash_of (photographs, n * sizeof *photographs, bytes, size);
  for (gsize i = 0; i < n && id != 0; i++)
    if (!vv_database_run (self->db, error, "DELETE FROM template_loose WHERE key = ?", "i", key_of (id, photographs[i])))
      return FALSE;
  return id != 0 && vv_database_run (self->db, error,
                                     "INSERT INTO template_pack (recogniser, count, sha256, photographs, bytes) VALUES (?, ?, ?, ?, ?)",
                                     "iitbb", id, (gint64) n, hash, photographs, n * sizeof *photographs, bytes, size);
}

/* All of a blob of a pack. NULL with @error. */
static GByteArray *
read_blob (sqlite3 *db, const char *column, gint64 id, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  sqlite3_blob          *blob = NULL;
  int                    rc = sqlite3_blob_open (db, "main", "template_pack", column, id, /* flags= */ 0, &blob);

  if (rc == SQLITE_OK)
    {
      g_byte_array_set_size (bytes, (guint) sqlite3_blob_bytes (blob));
      rc = sqlite3_blob_read (blob, bytes->data, (int) bytes->len, 0);
    }
  if (rc != SQLITE_OK)
    vv_database_set_error (db, error);
  (void) sqlite3_blob_close (blob);
  return rc == SQLITE_OK ? g_steal_pointer (&bytes) : NULL;
}

/* Packs being read, by one connection or by two at once: deciphering them is what takes the time. */
typedef struct
{
  VvVaultPackFunc func;
  gpointer        data;
  GCancellable   *cancellable;
  const gint64   *ids;
  GPtrArray      *hashes;
  gsize           n;
  gint            next; /* atomic */
  GMutex          lock; /* the next two */
  GArray         *bad;  /* (owned) of gint64: packs that are of no use */
  GError         *error;
} Reading;

static void
reading_clear (Reading *self)
{
  g_array_unref (self->bad);
  g_mutex_clear (&self->lock);
}

static gboolean
read_pack (Reading *self, sqlite3 *db, gsize at, GError **error)
{
  g_autoptr (GByteArray) photographs = read_blob (db, "photographs", self->ids[at], error);
  g_autoptr (GByteArray) bytes = photographs != NULL ? read_blob (db, "bytes", self->ids[at], error) : NULL;
  g_autofree char       *hash = NULL;

  if (bytes == NULL)
    return FALSE;
  hash = hash_of (photographs->data, photographs->len, bytes->data, bytes->len);
  if (strcmp (hash, g_ptr_array_index (self->hashes, at)) != 0 || !self->func (bytes->data, bytes->len, self->data))
    {
      g_mutex_lock (&self->lock);
      g_array_append_val (self->bad, self->ids[at]);
      g_mutex_unlock (&self->lock);
    }
  explicit_bzero (bytes->data, bytes->len);
  return TRUE;
}

static void
read_in_turn (Reading *self, sqlite3 *db)
{
  g_autoptr (GError) error = NULL;
  gsize              at;

  while (error == NULL && (at = (gsize) g_atomic_int_add (&self->next, 1)) < self->n)
    {
      if (!g_cancellable_set_error_if_cancelled (self->cancellable, &error))
        (void) read_pack (self, db, at, &error);
      vv_progress_set (self->cancellable, at + 1, self->n);
    }
  g_mutex_lock (&self->lock);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  g_mutex_unlock (&self->lock);
}

typedef struct
{
  Reading *reading;
  sqlite3 *db;
} Helper;

static gpointer
help (gpointer data)
{
  Helper *self = data;

  read_in_turn (self->reading, self->db);
  return NULL;
}

/* A second connection pays when there is much to read; without one it takes longer, that is all. */
static void
read_all (VvVault *self, Reading *reading)
{
  g_autofree char    *path = g_build_filename (self->dir, "desk.db", NULL);
  g_autoptr (sqlite3) db = reading->n >= WORTH_TWO ? vv_database_open (path, self->data_key, /* error= */ NULL) : NULL;
  Helper              helper = { reading, db };
  GThread            *thread = db != NULL ? g_thread_new ("vv-packs", help, &helper) : NULL;

  read_in_turn (reading, self->db);
  g_clear_pointer (&thread, g_thread_join);
}

/* Makes the templates of the packs @ids loose, and drops the packs. */
static gboolean
drop_packs (VvVault *self, GArray *ids, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      gint64                   id = g_array_index (ids, gint64, i);
      g_autoptr (sqlite3_stmt) statement = NULL;
      g_autoptr (GByteArray)   photographs = read_blob (self->db, "photographs", id, error);
      gint64                   recogniser;

      statement = vv_database_prepare (self->db, error, "SELECT recogniser FROM template_pack WHERE id = ?", "i", id);
      if (photographs == NULL || statement == NULL || !vv_database_step (statement, error))
        return FALSE;
      recogniser = sqlite3_column_int64 (statement, 0);
      /* Numbers that are not those of a template there (the pack may be damaged) name nothing. */
      for (gsize j = 0; j + sizeof (gint64) <= photographs->len; j += sizeof (gint64))
        {
          gint64 photograph;

          memcpy (&photograph, photographs->data + j, sizeof photograph);
          if (!vv_database_run (self->db, error, "INSERT OR IGNORE INTO template_loose SELECT key FROM template WHERE key = ?", "i",
                                key_of (recogniser, photograph)))
            return FALSE;
        }
      g_clear_pointer (&statement, vv_database_release);
      if (!vv_database_run (self->db, error, "DELETE FROM template_pack WHERE id = ?", "i", id))
        return FALSE;
    }
  return TRUE;
}

static gboolean
drop_bad_packs (VvVault *self, GArray *bad, GError **error)
{
  if (bad->len == 0)
    return TRUE;
  g_warning ("%u packs of templates are made again", bad->len);
  if (!vv_vault_begin (self, error))
    return FALSE;
  if (drop_packs (self, bad, error) && vv_vault_commit (self, error))
    return TRUE;
  vv_vault_rollback (self);
  return FALSE;
}

static GArray *
list_packs (VvVault *self, const char *recogniser, GPtrArray *hashes, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;
  g_autoptr (GArray)       ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint                    length;
  gint64                   recogniser_id = find_recogniser (self, recogniser, &length, &cause);

  if (cause == NULL)
    statement = vv_database_prepare (self->db, &cause, "SELECT id, sha256 FROM template_pack WHERE recogniser = ? ORDER BY id", "i",
                                     recogniser_id);
  while (cause == NULL && vv_database_step (statement, &cause))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
      g_ptr_array_add (hashes, g_strdup (vv_database_text (statement, 1)));
    }
  if (cause == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

gboolean
vv_vault_read_packs (VvVault *self, const char *recogniser, VvVaultPackFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray)    ids = NULL;
  Reading               reading = { func, data, cancellable, .hashes = hashes };
  gboolean              done;

  g_return_val_if_fail (self != NULL && recogniser != NULL && func != NULL, FALSE);

  ids = list_packs (self, recogniser, hashes, error);
  if (ids == NULL)
    return FALSE;
  reading.ids = (const gint64 *) (gconstpointer) ids->data;
  reading.n = ids->len;
  reading.bad = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_mutex_init (&reading.lock);
  read_all (self, &reading);
  done = reading.error == NULL && drop_bad_packs (self, reading.bad, error);
  if (reading.error != NULL)
    g_propagate_error (error, reading.error);
  reading_clear (&reading);
  return done;
}

/* --- Purge -------------------------------------------------------------------------------------------------- */

/* Ids of the packs that hold a template of one of @gone. Returns: (transfer full) (element-type gint64). */
static GArray *
packs_with (VvVault *self, GHashTable *gone, GError **error)
{
  g_autoptr (GArray)       packs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;

  statement = vv_database_prepare (self->db, error, "SELECT id, photographs FROM template_pack", "");
  if (statement == NULL)
    return NULL;
  while (vv_database_step (statement, &cause))
    {
      gint64        id = sqlite3_column_int64 (statement, 0);
      const gint64 *photographs = sqlite3_column_blob (statement, 1);
      gsize         n = (gsize) sqlite3_column_bytes (statement, 1) / sizeof (gint64);
      gboolean      found = FALSE;

      for (gsize i = 0; i < n && !found; i++)
        found = g_hash_table_contains (gone, &photographs[i]);
      if (found)
        g_array_append_val (packs, id);
    }
  if (cause == NULL)
    return g_steal_pointer (&packs);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

/* Removes what there is of one photograph; one that was purged before is no error. Its file goes by ON DELETE CASCADE. */
static gboolean
purge_one (VvVault *self, gint64 id, GError **error)
{
  return vv_database_run (self->db, error,
                          "DELETE FROM template_loose WHERE key IN (SELECT (id << " G_STRINGIFY (KEY_BITS) ") + ? FROM recogniser)", "i",
                          id) &&
         vv_database_run (self->db, error,
                          "DELETE FROM template WHERE key IN (SELECT (id << " G_STRINGIFY (KEY_BITS) ") + ? FROM recogniser)", "i",
                          id) &&
         vv_database_run (self->db, error,
                          "UPDATE repository_count SET photographs = photographs - 1, persons = persons -"
                          " (SELECT count (*) = 1 FROM (SELECT 1 FROM photograph WHERE person = (SELECT person FROM photograph WHERE id = ?1) LIMIT 2))"
                          " WHERE EXISTS (SELECT 1 FROM photograph WHERE id = ?1)",
                          "i", id) &&
         vv_database_run (self->db, error, "DELETE FROM photograph WHERE id = ?", "i", id);
}

gboolean
vv_vault_purge (VvVault *self, const gint64 *ids, gsize n, GError **error)
{
  g_autoptr (GHashTable) gone = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray)     packs = NULL;

  g_return_val_if_fail (self != NULL && (n == 0 || ids != NULL), FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    g_hash_table_add (gone, (gpointer) &ids[i]);
  packs = packs_with (self, gone, error);
  if (packs == NULL || !drop_packs (self, packs, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!purge_one (self, ids[i], error))
      return FALSE;
  self->purged = TRUE;
  return TRUE;
}

/* --- Desks of before ---------------------------------------------------------------------------------------- */

/* Takes the templates out of one block of the time when they were packed as floats. */
static gboolean
convert_block (VvVault *self, sqlite3_stmt *statement, GError **error)
{
  gint64           length = sqlite3_column_int64 (statement, 1);
  gint64           count = sqlite3_column_int64 (statement, 2);
  gconstpointer    photographs = sqlite3_column_blob (statement, 4);
  gsize            photographs_size = (gsize) sqlite3_column_bytes (statement, 4);
  gconstpointer    templates = sqlite3_column_blob (statement, 5);
  gsize            templates_size = (gsize) sqlite3_column_bytes (statement, 5);
  g_autofree char *hash = NULL;
  gint64           recogniser;

  if (photographs == NULL ||
      templates == NULL ||
      length < 1 ||
      length > G_MAXUINT16 ||
      count < 1 ||
      photographs_size / sizeof (gint64) != (gsize) count ||
      templates_size != (gsize) count * (gsize) length * sizeof (float))
    return fail_damaged (error);
  hash = hash_of (photographs, photographs_size, templates, templates_size);
  if (strcmp (hash, vv_database_text (statement, 3)) != 0)
    return fail_damaged (error);
  recogniser = add_recogniser (self, vv_database_text (statement, 0), (guint) length, error);
  for (gint64 i = 0; i < count && recogniser != 0; i++)
    if (!insert_row (self, key_of (recogniser, ((const gint64 *) photographs)[i]), (const float *) templates + i * length, (guint) length,
                     error))
      return FALSE;
  return recogniser != 0;
}

gboolean
vv_templates_convert (VvVault *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = vv_database_prepare (self->db, error,
                                                            "SELECT recogniser, length, count, sha256, photographs, templates FROM template_block ORDER BY id", "");
  g_autoptr (GError)       cause = NULL;
  gboolean                 begun = FALSE, done = TRUE;

  if (statement == NULL)
    return FALSE;
  while (done && vv_database_step (statement, &cause))
    {
      done = begun || vv_vault_begin (self, error);
      begun = begun || done;
      done = done && convert_block (self, statement, error);
    }
  g_clear_pointer (&statement, vv_database_release);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (done && (!begun || (vv_database_run (self->db, error, "DELETE FROM template_block", "") && vv_vault_commit (self, error))))
    return TRUE;
  if (begun)
    vv_vault_rollback (self);
  return FALSE;
}
