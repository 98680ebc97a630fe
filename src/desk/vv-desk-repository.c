// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-csv.h"
#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-transaction-reader.h"
#include "vv-transaction-rows.h"

/* A photograph ready to be kept. */
typedef struct
{
  GBytes     *file;
  JsonObject *facts;
  float      *numbers;
} VvEnrolment;

static void
enrolment_free (gpointer data)
{
  VvEnrolment *self = data;

  g_clear_pointer (&self->file, g_bytes_unref);
  g_clear_pointer (&self->facts, json_object_unref);
  g_free (self->numbers);
  g_free (self);
}

/* One import under way. */
typedef struct
{
  VvSession  *session;
  const char *folder;
  GPtrArray  *ready;  /* (owned) (element-type VvEnrolment) */
  JsonArray  *rows;   /* (unowned) of a manifest, or else: */
  GPtrArray  *paths;  /* (unowned) of transactions */
  GPtrArray  *images; /* (unowned) (nullable) of the transaction whose rows are taken */
  GChecksum  *sum;    /* (owned) over names and sums of the transactions */
  gint64      marks;
  GHashTable *seen;       /* (owned) sums of this import, against doubles in it */
  JsonArray  *exceptions; /* (owned) */
  gint64      present;
  VvVision   *vision;
  gint64     *ids;     /* (owned) of the photographs kept */
  float      *numbers; /* (owned) their templates */
} VvImport;

/* --- One row ------------------------------------------------------------------------------------------------------ */

static gboolean
refuse_row (GError **error, const char *reason)
{
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, reason);
  return FALSE;
}

static gboolean
is_blank (JsonObject *row, const char *name)
{
  const char *text = vv_json_string (row, name);

  return text == NULL || *text == '\0';
}

static gboolean
check_row (VvImport *self, JsonObject *row, GError **error)
{
  const char *class = vv_json_string (row, "class");

  if (self->images != NULL && !is_blank (row, "refused"))
    return refuse_row (error, vv_json_string (row, "refused"));
  if (is_blank (row, "file") || is_blank (row, "person") || is_blank (row, "reference"))
    return refuse_row (error, _ ("The row lacks its file, person or reference."));
  if (g_strcmp0 (class, "arrest") != 0 && g_strcmp0 (class, "parole") != 0)
    return refuse_row (error, _ ("The photo repository holds arrest and parole photographs only."));
  if (!vv_rules_allows_origin (self->session->desk->rules, vv_json_string (row, "origin")))
    return refuse_row (error, _ ("The origin of this photograph is not among the approved ones in the rules file."));
  return TRUE;
}

/* The bytes of the row's picture: of a transaction, or a file. (transfer full) (nullable) */
static GBytes *
bytes_of (VvImport *self, JsonObject *row)
{
  const char      *name = vv_json_string (row, "file");
  g_autofree char *path = NULL;
  char            *data;
  gsize            size;

  if (self->images != NULL)
    return g_bytes_ref (g_ptr_array_index (self->images, (guint) vv_json_int (row, "image")));
  path = g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (self->folder, name, NULL);
  return g_file_get_contents (path, &data, &size, /* error= */ NULL) ? g_bytes_new_take (data, size) : NULL;
}

/* The row's picture, with the sum the manifest or the transaction states. (transfer full) */
static GBytes *
read_row (VvImport *self, JsonObject *row, char **ret_sha256, GError **error)
{
  g_autoptr (GBytes) file = bytes_of (self, row);
  g_autofree char   *sha256 = NULL;
  const char        *stated = vv_json_string (row, "sha256");

  if (file == NULL)
    {
      (void) refuse_row (error, _ ("The file cannot be read."));
      return NULL;
    }
  sha256 = vv_hash_bytes (file);
  if (stated != NULL && *stated != '\0' && g_ascii_strcasecmp (stated, sha256) != 0)
    {
      (void) refuse_row (error, _ ("The SHA-256 of the picture is not the one that was stated."));
      return NULL;
    }
  *ret_sha256 = g_steal_pointer (&sha256);
  return g_steal_pointer (&file);
}

static gboolean
find_face (VvImport *self, const VvPicture *picture, VvFace *ret_face, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) faces = vv_vision_detect (self->vision, picture, cancellable, error);

  if (faces == NULL)
    return FALSE;
  if (faces->len != 1)
    return refuse_row (error, faces->len == 0 ? _ ("No face was found in the photograph.")
                                              : _ ("Several faces were found in the photograph."));
  *ret_face = g_array_index (faces, VvFace, 0);
  return TRUE;
}

/* A transaction may state the size; a manifest does not. */
static gboolean
check_size (JsonObject *row, const VvPicture *picture, GError **error)
{
  const gint64 width = vv_json_int (row, "width"), height = vv_json_int (row, "height");

  return (width == 0 || width == picture->width) && (height == 0 || height == picture->height)
           ? TRUE
           : refuse_row (error, _ ("The picture is not of the size that its record states."));
}

/* Decodes, finds the face, makes the template: everything that needs no vault. */
static VvEnrolment *
prepare (VvImport *self, JsonObject *row, GBytes *file, GCancellable *cancellable, GError **error)
{
  static const char *const kept[] = { "person", "class", "origin", "reference", "taken", "transforms" };
  g_autoptr (VvPicture)    picture = vv_decoder_decode (self->session->desk->decoder, file, vv_json_string (row, "file"),
                                                        VV_DECODER_FOREIGN, /* ret_facts= */ NULL, cancellable, error);
  g_autofree float        *numbers = g_new0 (float, vv_vision_template_length (self->vision));
  VvEnrolment             *ready;
  VvFace                   face;

  if (picture == NULL ||
      !check_size (row, picture, error) ||
      !find_face (self, picture, &face, cancellable, error) ||
      !vv_vision_template (self->vision, picture, &face, numbers, cancellable, error))
    return NULL;
  ready = g_new0 (VvEnrolment, 1);
  ready->file = g_bytes_ref (file);
  ready->numbers = g_steal_pointer (&numbers);
  ready->facts = vv_json_new ("face", "o", vv_json_face_new (&face), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (vv_json_string (row, kept[i]) != NULL && *vv_json_string (row, kept[i]) != '\0')
      json_object_set_string_member (ready->facts, kept[i], vv_json_string (row, kept[i]));
  return ready;
}

static gboolean
take_row (VvImport *self, JsonObject *row, GCancellable *cancellable, GError **error)
{
  g_autofree char   *sha256 = NULL;
  g_autoptr (GBytes) file = NULL;
  VvEnrolment       *ready;

  if (!check_row (self, row, error))
    return FALSE;
  _vv_desk_unlock (self->session);
  file = read_row (self, row, &sha256, error);
  _vv_desk_lock (self->session);
  if (file == NULL)
    return FALSE;
  if (g_hash_table_contains (self->seen, sha256) || vv_vault_find_photograph (self->session->vault, sha256, /* error= */ NULL) != 0)
    {
      self->present++;
      return TRUE;
    }
  _vv_desk_unlock (self->session);
  ready = prepare (self, row, file, cancellable, error);
  _vv_desk_lock (self->session);
  if (ready == NULL)
    return FALSE;
  g_ptr_array_add (self->ready, ready);
  g_hash_table_add (self->seen, g_steal_pointer (&sha256));
  return TRUE;
}

/* --- The whole manifest ------------------------------------------------------------------------------------------------ */

/* Says why @file is not taken; frees @reason. FALSE with @error when that is because the import was cancelled. */
static gboolean
note (VvImport *self, const char *file, GError *reason, GError **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  json_array_add_object_element (self->exceptions, vv_json_new ("file", "s", file, "reason", "s", reason->message, NULL));
  g_error_free (reason);
  return TRUE;
}

/* Takes the row or says why not. */
static gboolean
take_or_note (VvImport *self, JsonObject *row, GCancellable *cancellable, GError **error)
{
  GError *reason = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return take_row (self, row, cancellable, &reason) || note (self, vv_json_string (row, "file"), reason, error);
}

static gboolean
take_rows (VvImport *self, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < vv_json_length (self->rows); i++)
    {
      if (!take_or_note (self, vv_json_element (self->rows, i), cancellable, error))
        return FALSE;
      vv_progress_set (cancellable, i + 1, vv_json_length (self->rows));
    }
  return TRUE;
}

/* --- Transactions ------------------------------------------------------------------------------------------------------- */

/* What is in the transaction at @path. NULL with @error. */
static JsonObject *
read_transaction (VvImport *self, const char *path, const char *name, GPtrArray **ret_images, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autofree char   *line = NULL;
  g_autofree char   *sha256 = NULL;
  JsonObject        *transaction = NULL;

  _vv_desk_unlock (self->session);
  file = _vv_desk_read_file (path, error);
  if (file != NULL)
    {
      sha256 = vv_hash_bytes (file);
      line = g_strdup_printf ("%s  %s\n", sha256, name);
      g_checksum_update (self->sum, (const guint8 *) line, -1);
      transaction = vv_transaction_reader_read (file, name, ret_images, cancellable, error);
    }
  _vv_desk_lock (self->session);
  return transaction;
}

static gboolean
take_transaction (VvImport *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char       *name = g_path_get_basename (path);
  g_autoptr (GPtrArray)  images = NULL;
  GError                *reason = NULL;
  g_autoptr (JsonObject) transaction = read_transaction (self, path, name, &images, cancellable, &reason);
  g_autoptr (JsonArray)  rows = NULL;
  gboolean               done = TRUE;

  if (transaction == NULL)
    return note (self, name, reason, error);
  rows = vv_transaction_rows (transaction, vv_rules_transactions (self->session->desk->rules), name);
  self->images = images;
  for (guint i = 0; i < vv_json_length (rows) && done; i++)
    if (vv_json_bool (vv_json_element (rows, i), "mark"))
      self->marks++;
    else
      done = take_or_note (self, vv_json_element (rows, i), cancellable, error);
  self->images = NULL;
  return done;
}

static gboolean
take_transactions (VvImport *self, GCancellable *cancellable, GError **error)
{
  self->sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < self->paths->len; i++)
    {
      if (!take_transaction (self, g_ptr_array_index (self->paths, i), cancellable, error))
        return FALSE;
      vv_progress_set (cancellable, i + 1, self->paths->len);
    }
  return TRUE;
}

/* Inside the transaction: photographs, and their templates in one block. */
static gboolean
keep (VvSession *session, VvRecord *record, gpointer data, GError **error)
{
  VvImport   *self = data;
  const guint length = vv_vision_template_length (self->vision);
  gint64     *ids = self->ids = g_new0 (gint64, MAX (self->ready->len, 1));
  float      *numbers = self->numbers = g_new0 (float, (gsize) length *MAX (self->ready->len, 1));

  for (guint i = 0; i < self->ready->len; i++)
    {
      VvEnrolment *ready = g_ptr_array_index (self->ready, i);

      json_object_set_int_member (ready->facts, "manifest", record->id);
      ids[i] = vv_vault_add_photograph (session->vault, ready->facts, ready->file, error);
      if (ids[i] == 0)
        return FALSE;
      memcpy (numbers + (gsize) i * length, ready->numbers, sizeof *numbers * length);
    }
  return self->ready->len == 0 ||
         vv_vault_add_templates (session->vault, vv_vision_recogniser (self->vision), length, ids, numbers, self->ready->len, error);
}

static JsonObject *
keep_all (VvImport *self, const char *manifest_name, const char *manifest_sha256, GError **error)
{
  g_autoptr (JsonObject) body = vv_json_new ("manifest_name", "s", manifest_name,
                                             "manifest_sha256", "s", manifest_sha256,
                                             "recogniser", "s", vv_vision_recogniser (self->vision),
                                             "added", "i", (gint64) self->ready->len,
                                             "present", "i", self->present,
                                             "refused", "i", (gint64) vv_json_length (self->exceptions),
                                             "exceptions", "a", json_array_ref (self->exceptions),
                                             NULL);
  g_autoptr (VvRecord)   record = NULL;

  if (self->paths != NULL)
    json_object_set_int_member (body, "marks", self->marks);
  record = _vv_desk_append (self->session, VV_KIND_IMPORT, body, keep, self, error);
  if (record == NULL)
    return NULL;
  if (self->session->desk->gallery != NULL &&
      !vv_gallery_add (self->session->desk->gallery, self->ids, self->numbers, self->ready->len, error))
    return NULL;
  return g_steal_pointer (&body);
}

static gboolean
enter_import (VvDesk *self, VvSession *ret_session, GError **error)
{
  if (!_vv_desk_enter (self, "import-repository", ret_session, error))
    return FALSE;
  return _vv_desk_has_role (ret_session, VV_ROLE_ADMINISTRATOR, error) || _vv_desk_leave_refused (ret_session, error) != NULL;
}

/* Leaves the session. */
static JsonObject *
run_import (VvSession *session, const char *folder, const char *manifest_name, const char *manifest_sha256, JsonArray *rows, GPtrArray *paths, GCancellable *cancellable, GError **error)
{
  VvImport    import = { .session = session, .folder = folder, .rows = rows, .paths = paths };
  JsonObject *answer = NULL;

  _vv_desk_unlock (session);
  import.vision = _vv_desk_vision (session->desk, error);
  _vv_desk_lock (session);
  if (import.vision == NULL)
    return _vv_desk_leave_refused (session, error);
  import.ready = g_ptr_array_new_with_free_func (enrolment_free);
  import.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  import.exceptions = json_array_new ();
  if (paths != NULL ? take_transactions (&import, cancellable, error) : take_rows (&import, cancellable, error))
    answer = keep_all (&import, manifest_name, paths != NULL ? g_checksum_get_string (import.sum) : manifest_sha256, error);
  g_ptr_array_unref (import.ready);
  g_hash_table_unref (import.seen);
  json_array_unref (import.exceptions);
  g_clear_pointer (&import.sum, g_checksum_free);
  g_free (import.ids);
  g_free (import.numbers);
  if (answer == NULL)
    return _vv_desk_leave_refused (session, error);
  /* Templates that are not packed now are when the next person signs in. */
  (void) _vv_desk_pack_templates (session, /* cancellable= */ NULL, /* error= */ NULL);
  _vv_desk_leave (session);
  return answer;
}

JsonObject *
_vv_desk_import_rows (VvDesk *self, const char *folder, const char *manifest_name, const char *manifest_sha256, JsonArray *rows, GCancellable *cancellable, GError **error)
{
  VvSession session;

  if (!enter_import (self, &session, error))
    return NULL;
  return run_import (&session, folder, manifest_name, manifest_sha256, rows, /* paths= */ NULL, cancellable, error);
}

JsonObject *
vv_desk_import_repository (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  static const char *const needed[] = { "file", "person", "class", "origin", "reference", NULL };
  const char              *path = vv_json_string (details, "manifest");
  g_autoptr (JsonArray)    rows = NULL;
  g_autofree char         *folder = NULL;
  g_autofree char         *name = NULL;
  g_autofree char         *sha256 = NULL;
  VvSession                session;

  if (!enter_import (self, &session, error))
    return NULL;
  _vv_desk_unlock (&session);
  if (path == NULL)
    g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("Name the manifest, a CSV file, of the photographs to import."));
  else
    rows = vv_csv_load (path, needed, error);
  sha256 = rows != NULL ? vv_hash_file (path, error) : NULL;
  _vv_desk_lock (&session);
  if (sha256 == NULL)
    return _vv_desk_leave_refused (&session, error);
  folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  return run_import (&session, folder, name, sha256, rows, /* paths= */ NULL, cancellable, error);
}

/* Adds every record of @kind to @facts as @member. */
static gboolean
add_records (VvSession *session, JsonObject *facts, const char *member, const char *kind, GError **error)
{
  g_autoptr (GPtrArray) records = vv_vault_records_of_kind (session->vault, kind, error);
  JsonArray            *all;

  if (records == NULL)
    return FALSE;
  all = json_array_new ();
  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (all, vv_record_to_json (g_ptr_array_index (records, i)));
  json_object_set_array_member (facts, member, all);
  return TRUE;
}

static JsonObject *
repository_facts (VvSession *session, GError **error)
{
  g_autoptr (JsonObject) facts = vv_vault_repository_facts (session->vault, error);
  g_autoptr (GError)     stale = NULL;

  if (facts == NULL ||
      !add_records (session, facts, "imports", VV_KIND_IMPORT, error) ||
      !add_records (session, facts, "seals", VV_KIND_SEAL, error))
    return NULL;
  json_object_set_int_member (facts, "cache_days", vv_rules_cache_days (session->desk->rules));
  if (!_vv_desk_check_fresh (session, g_get_real_time (), &stale))
    json_object_set_string_member (facts, "stale", stale->message);
  return g_steal_pointer (&facts);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Adds @path, or the transactions in it when it is a folder. */
static gboolean
add_paths (GPtrArray *paths, const char *path, GError **error)
{
  static const char *const endings[] = { ".an2", ".eft", ".nst", ".nist" };
  g_autoptr (GDir)         folder = NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("There is no file or folder “%s”."), path != NULL ? path : "");
      return FALSE;
    }
  folder = g_dir_open (path, 0, /* error= */ NULL);
  if (folder == NULL)
    {
      g_ptr_array_add (paths, g_strdup (path));
      return TRUE;
    }
  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    {
      g_autofree char *lower = g_ascii_strdown (name, -1);

      for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
        if (g_str_has_suffix (lower, endings[i]))
          g_ptr_array_add (paths, g_build_filename (path, name, NULL));
    }
  return TRUE;
}

/* The transactions that @details name, in order. (transfer full), or NULL with @error. */
static GPtrArray *
find_paths (VvSession *session, JsonObject *details, GError **error)
{
  JsonArray            *named = vv_json_array (details, "transactions");
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (vv_rules_transactions (session->desk->rules) == NULL)
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                           _ ("The rules file does not say how transactions are read: add “transactions” to it."));
      return NULL;
    }
  for (guint i = 0; i < vv_json_length (named); i++)
    if (!add_paths (paths, json_array_get_string_element (named, i), error))
      return NULL;
  if (paths->len == 0)
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("Name transactions (.an2, .eft, .nst), or a folder of them."));
      return NULL;
    }
  g_ptr_array_sort (paths, compare_paths);
  return g_steal_pointer (&paths);
}

JsonObject *
vv_desk_import_transactions (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char      *name = NULL;
  VvSession             session;

  if (!enter_import (self, &session, error))
    return NULL;
  paths = find_paths (&session, details, error);
  if (paths == NULL)
    return _vv_desk_leave_refused (&session, error);
  name = g_path_get_basename (g_ptr_array_index (paths, 0));
  return run_import (&session, /* folder= */ NULL, name, /* manifest_sha256= */ NULL, /* rows= */ NULL, paths, cancellable, error);
}

JsonObject *
vv_desk_repository_info (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession   session;
  JsonObject *facts;

  if (!_vv_desk_enter (self, "repository-info", &session, error))
    return NULL;
  facts = repository_facts (&session, error);
  _vv_desk_leave (&session);
  return facts;
}
