// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

#include "vv-progress.h"
#include "vv-vault-private.h"

/* Blocks hold numbers as the machine has them. */
G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
G_STATIC_ASSERT (sizeof (float) == 4);

/* Templates packed one after another, and the photograph each was made of. */
typedef struct
{
  guint       length; /* floats per template */
  GByteArray *photographs;
  GByteArray *templates;
} Block;

static void
block_clear (Block *block)
{
  g_clear_pointer (&block->photographs, g_byte_array_unref);
  g_clear_pointer (&block->templates, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Block, block_clear)

static void
block_init (Block *block, guint length)
{
  *block = (Block){ length, g_byte_array_new (), g_byte_array_new () };
}

static gsize
block_rows (const Block *block)
{
  return block->photographs->len / sizeof (gint64);
}

static void
block_append (Block *block, const gint64 *photographs, const float *templates, gsize n)
{
  g_byte_array_append (block->photographs, (const guint8 *) photographs, (guint) (n * sizeof (gint64)));
  g_byte_array_append (block->templates, (const guint8 *) templates, (guint) (n * block->length * sizeof (float)));
}

/* SHA-256 of both, one after the other. By OpenSSL, which uses the processor's own instructions: a gallery is
 * hashed as it is loaded. */
static char *
hash_of (gconstpointer photographs, gsize photographs_size, gconstpointer templates, gsize templates_size)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  guint8      digest[32];
  char        text[2 * sizeof digest + 1];
  gboolean    done;

  done = EVP_DigestInit_ex (context, EVP_sha256 (), /* engine= */ NULL) == 1 && EVP_DigestUpdate (context, photographs, photographs_size) == 1 && EVP_DigestUpdate (context, templates, templates_size) == 1 && EVP_DigestFinal_ex (context, digest, /* size= */ NULL) == 1;
  EVP_MD_CTX_free (context);
  if (!done)
    return g_strdup (""); /* equals no hash */
  return g_strdup (sodium_bin2hex (text, sizeof text, digest, sizeof digest));
}

static gboolean
block_insert (VvVault *self, const char *recogniser, const Block *block, GError **error)
{
  g_autofree char *hash = hash_of (block->photographs->data, block->photographs->len, block->templates->data, block->templates->len);

  return vv_database_run (self->db, error,
                          "INSERT INTO template_block (recogniser, length, count, sha256, photographs, templates)"
                          " VALUES (?, ?, ?, ?, ?, ?)",
                          "tiitbb", recogniser, (gint64) block->length, (gint64) block_rows (block), hash,
                          block->photographs->data, (gsize) block->photographs->len,
                          block->templates->data, (gsize) block->templates->len);
}

#define BLOCK_COLUMNS "id, length, count, sha256, photographs, templates"

static gboolean
fail_damaged (GError **error)
{
  g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED,
                       _ ("A block of templates was changed after it was stored. Enrol the photographs again."));
  return FALSE;
}

/* Whether the current row holds what its sizes and its hash say. */
static gboolean
check_row (sqlite3_stmt *statement, GError **error)
{
  gint64           length = sqlite3_column_int64 (statement, 1);
  gint64           count = sqlite3_column_int64 (statement, 2);
  gconstpointer    photographs = sqlite3_column_blob (statement, 4);
  gsize            photographs_size = (gsize) sqlite3_column_bytes (statement, 4);
  gconstpointer    templates = sqlite3_column_blob (statement, 5);
  gsize            templates_size = (gsize) sqlite3_column_bytes (statement, 5);
  g_autofree char *hash = NULL;

  if (photographs == NULL || templates == NULL || length < 1 || length > G_MAXUINT16 || count < 1 || photographs_size / sizeof (gint64) != (gsize) count || templates_size != (gsize) count * (gsize) length * sizeof (float))
    return fail_damaged (error);
  hash = hash_of (photographs, photographs_size, templates, templates_size);
  return strcmp (hash, vv_database_text (statement, 3)) == 0 || fail_damaged (error);
}

static void
append_row (Block *block, sqlite3_stmt *statement)
{
  g_byte_array_append (block->photographs, sqlite3_column_blob (statement, 4), (guint) sqlite3_column_bytes (statement, 4));
  g_byte_array_append (block->templates, sqlite3_column_blob (statement, 5), (guint) sqlite3_column_bytes (statement, 5));
}

/* Puts @block behind the last block if that is not longer and both fit into one. Blocks so double as they
 * grow: few of them, and each template is rewritten a few times only, however small the pieces it comes in. */
static gboolean
join_last (VvVault *self, const char *recogniser, Block *block, gboolean *joined, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;
  g_auto (Block)           whole = { 0 };
  gint64                   id;

  *joined = FALSE;
  statement = vv_database_prepare (self->db, error,
                                   "SELECT " BLOCK_COLUMNS " FROM template_block WHERE id = "
                                   "(SELECT max (id) FROM template_block WHERE recogniser = ?)"
                                   " AND length = ? AND count <= ?",
                                   "tii", recogniser, (gint64) block->length,
                                   (gint64) MIN (block_rows (block), VV_VAULT_BLOCK_ROWS - block_rows (block)));
  if (statement == NULL)
    return FALSE;
  if (!vv_database_step (statement, &cause))
    {
      if (cause == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (!check_row (statement, error))
    return FALSE;
  id = sqlite3_column_int64 (statement, 0);
  block_init (&whole, block->length);
  append_row (&whole, statement);
  block_append (&whole, (const gint64 *) (gconstpointer) block->photographs->data,
                (const float *) (gconstpointer) block->templates->data, block_rows (block));
  block_clear (block);
  *block = whole;
  whole = (Block){ 0 };
  *joined = TRUE;
  g_clear_pointer (&statement, vv_database_release);
  return vv_database_run (self->db, error, "DELETE FROM template_block WHERE id = ?", "i", id);
}

static gboolean
add_block (VvVault *self, const char *recogniser, Block *block, GError **error)
{
  gboolean joined = TRUE;

  while (joined)
    if (!join_last (self, recogniser, block, &joined, error))
      return FALSE;
  return block_insert (self, recogniser, block, error);
}

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

gboolean
vv_vault_add_templates (VvVault      *self,
                        const char   *recogniser,
                        guint         length,
                        const gint64 *photographs,
                        const float  *templates,
                        gsize         n,
                        GError      **error)
{
  g_return_val_if_fail (self != NULL && recogniser != NULL, FALSE);
  g_return_val_if_fail (length > 0 && length <= G_MAXUINT16, FALSE);
  g_return_val_if_fail (n == 0 || (photographs != NULL && templates != NULL), FALSE);

  if (!vv_vault_require_transaction (self, error) || !photographs_exist (self, photographs, n, error))
    return FALSE;
  for (gsize first = 0; first < n; first += VV_VAULT_BLOCK_ROWS)
    {
      g_auto (Block) block = { 0 };

      block_init (&block, length);
      block_append (&block, photographs + first, templates + first * length, MIN (n - first, VV_VAULT_BLOCK_ROWS));
      if (!add_block (self, recogniser, &block, error))
        return FALSE;
    }
  return TRUE;
}

static guint64
count_blocks (VvVault *self, const char *recogniser)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = vv_database_prepare (self->db, /* error= */ NULL,
                                   "SELECT count (*) FROM template_block WHERE recogniser = ?", "t", recogniser);
  if (statement == NULL || !vv_database_step (statement, /* error= */ NULL))
    return 0;
  return (guint64) sqlite3_column_int64 (statement, 0);
}

gboolean
vv_vault_read_templates (VvVault         *self,
                         const char      *recogniser,
                         VvVaultBlockFunc func,
                         gpointer         data,
                         GCancellable    *cancellable,
                         GError         **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;
  guint64                  total, done = 0;

  g_return_val_if_fail (self != NULL && recogniser != NULL && func != NULL, FALSE);

  total = count_blocks (self, recogniser);
  statement = vv_database_prepare (self->db, error,
                                   "SELECT " BLOCK_COLUMNS " FROM template_block WHERE recogniser = ? ORDER BY id",
                                   "t", recogniser);
  if (statement == NULL)
    return FALSE;
  while (vv_database_step (statement, &cause))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !check_row (statement, error))
        return FALSE;
      if (!func (sqlite3_column_blob (statement, 4), sqlite3_column_blob (statement, 5),
                 (gsize) sqlite3_column_int64 (statement, 2), (guint) sqlite3_column_int64 (statement, 1), data, error))
        return FALSE;
      vv_progress_set (cancellable, ++done, total);
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* --- Purge -------------------------------------------------------------------------------------------------- */

/* Ids of the blocks that hold a template of one of @gone. Returns: (transfer full) (element-type gint64). */
static GArray *
blocks_with (VvVault *self, GHashTable *gone, GError **error)
{
  g_autoptr (GArray)       blocks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError)       cause = NULL;

  statement = vv_database_prepare (self->db, error, "SELECT id, photographs FROM template_block", "");
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
        g_array_append_val (blocks, id);
    }
  if (cause == NULL)
    return g_steal_pointer (&blocks);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

/* The current row without the templates of @gone. */
static void
read_remaining (sqlite3_stmt *statement, GHashTable *gone, Block *block)
{
  const gint64 *photographs = sqlite3_column_blob (statement, 4);
  const float  *templates = sqlite3_column_blob (statement, 5);
  gsize         n = (gsize) sqlite3_column_int64 (statement, 2);

  block_init (block, (guint) sqlite3_column_int64 (statement, 1));
  for (gsize i = 0; i < n; i++)
    if (!g_hash_table_contains (gone, &photographs[i]))
      block_append (block, &photographs[i], templates + i * block->length, 1);
}

static gboolean
rewrite_block (VvVault *self, gint64 id, GHashTable *gone, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_auto (Block)           block = { 0 };
  g_autofree char         *recogniser = NULL;

  statement = vv_database_prepare (self->db, error, "SELECT " BLOCK_COLUMNS ", recogniser FROM template_block WHERE id = ?", "i", id);
  if (statement == NULL || !vv_database_step (statement, error) || !check_row (statement, error))
    return FALSE;
  recogniser = g_strdup (vv_database_text (statement, 6));
  read_remaining (statement, gone, &block);
  g_clear_pointer (&statement, vv_database_release);
  if (!vv_database_run (self->db, error, "DELETE FROM template_block WHERE id = ?", "i", id))
    return FALSE;
  return block_rows (&block) == 0 || block_insert (self, recogniser, &block, error);
}

gboolean
vv_vault_purge (VvVault *self, const gint64 *ids, gsize n, GError **error)
{
  g_autoptr (GHashTable) gone = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray)     blocks = NULL;

  g_return_val_if_fail (self != NULL && (n == 0 || ids != NULL), FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    g_hash_table_add (gone, (gpointer) &ids[i]);
  blocks = blocks_with (self, gone, error);
  if (blocks == NULL)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++)
    if (!rewrite_block (self, g_array_index (blocks, gint64, i), gone, error))
      return FALSE;
  /* The file goes with its photograph (ON DELETE CASCADE); one that was purged before is no error. */
  for (gsize i = 0; i < n; i++)
    if (!vv_database_run (self->db, error, "DELETE FROM photograph WHERE id = ?", "i", ids[i]))
      return FALSE;
  self->purged = TRUE;
  return TRUE;
}
