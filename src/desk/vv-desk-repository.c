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
  GPtrArray  *ready;      /* (owned) (element-type VvEnrolment) */
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

  if (is_blank (row, "file") || is_blank (row, "person") || is_blank (row, "reference"))
    return refuse_row (error, _ ("The row lacks its file, person or reference."));
  if (g_strcmp0 (class, "arrest") != 0 && g_strcmp0 (class, "parole") != 0)
    return refuse_row (error, _ ("The photo repository holds arrest and parole photographs only."));
  if (!vv_rules_allows_origin (self->session->desk->rules, vv_json_string (row, "origin")))
    return refuse_row (error, _ ("The origin of this photograph is not among the approved ones in the rules file."));
  return TRUE;
}

/* The row's file, with the sum the manifest states. (transfer full) */
static GBytes *
read_row (VvImport *self, JsonObject *row, char **ret_sha256, GError **error)
{
  const char        *name = vv_json_string (row, "file");
  g_autofree char   *path = g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (self->folder, name, NULL);
  g_autoptr (GBytes) file = NULL;
  g_autofree char   *sha256 = NULL;
  const char        *stated = vv_json_string (row, "sha256");
  char              *data;
  gsize              size;

  if (!g_file_get_contents (path, &data, &size, /* error= */ NULL))
    {
      (void) refuse_row (error, _ ("The file cannot be read."));
      return NULL;
    }
  file = g_bytes_new_take (data, size);
  sha256 = vv_hash_bytes (file);
  if (stated != NULL && *stated != '\0' && g_ascii_strcasecmp (stated, sha256) != 0)
    {
      (void) refuse_row (error, _ ("The file's SHA-256 is not the one in the manifest."));
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

/* Decodes, finds the face, makes the template: everything that needs no vault. */
static VvEnrolment *
prepare (VvImport *self, JsonObject *row, GBytes *file, GCancellable *cancellable, GError **error)
{
  static const char *const kept[] = { "person", "class", "origin", "reference", "taken" };
  g_autoptr (VvPicture)    picture = vv_decoder_decode (self->session->desk->decoder, file, vv_json_string (row, "file"),
                                                        VV_DECODER_FOREIGN, /* ret_facts= */ NULL, cancellable, error);
  g_autofree float        *numbers = g_new0 (float, vv_vision_template_length (self->vision));
  VvEnrolment             *ready;
  VvFace                   face;

  if (picture == NULL || !find_face (self, picture, &face, cancellable, error) || !vv_vision_template (self->vision, picture, &face, numbers, cancellable, error))
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

static gboolean
take_rows (VvImport *self, JsonArray *rows, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      JsonObject        *row = vv_json_element (rows, i);
      g_autoptr (GError) reason = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!take_row (self, row, cancellable, &reason))
        {
          if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            {
              g_propagate_error (error, g_steal_pointer (&reason));
              return FALSE;
            }
          json_array_add_object_element (self->exceptions, vv_json_new ("file", "s", vv_json_string (row, "file"),
                                                                        "reason", "s", reason->message, NULL));
        }
      vv_progress_set (cancellable, i + 1, vv_json_length (rows));
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
  return self->ready->len == 0 || vv_vault_add_templates (session->vault, vv_vision_recogniser (self->vision), length, ids, numbers, self->ready->len, error);
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
  g_autoptr (VvRecord)   record = _vv_desk_append (self->session, VV_KIND_IMPORT, body, keep, self, error);

  if (record == NULL)
    return NULL;
  if (self->session->desk->gallery != NULL && !vv_gallery_add (self->session->desk->gallery, self->ids, self->numbers, self->ready->len, error))
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
import_rows (VvSession *session, const char *folder, const char *manifest_name, const char *manifest_sha256, JsonArray *rows, GCancellable *cancellable, GError **error)
{
  VvImport    import = { .session = session, .folder = folder };
  JsonObject *answer = NULL;

  _vv_desk_unlock (session);
  import.vision = _vv_desk_vision (session->desk, error);
  _vv_desk_lock (session);
  if (import.vision == NULL)
    return _vv_desk_leave_refused (session, error);
  import.ready = g_ptr_array_new_with_free_func (enrolment_free);
  import.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  import.exceptions = json_array_new ();
  if (take_rows (&import, rows, cancellable, error))
    answer = keep_all (&import, manifest_name, manifest_sha256, error);
  g_ptr_array_unref (import.ready);
  g_hash_table_unref (import.seen);
  json_array_unref (import.exceptions);
  g_free (import.ids);
  g_free (import.numbers);
  if (answer == NULL)
    return _vv_desk_leave_refused (session, error);
  _vv_desk_leave (session);
  return answer;
}

JsonObject *
_vv_desk_import_rows (VvDesk *self, const char *folder, const char *manifest_name, const char *manifest_sha256, JsonArray *rows, GCancellable *cancellable, GError **error)
{
  VvSession session;

  if (!enter_import (self, &session, error))
    return NULL;
  return import_rows (&session, folder, manifest_name, manifest_sha256, rows, cancellable, error);
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
  return import_rows (&session, folder, name, sha256, rows, cancellable, error);
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

  if (facts == NULL || !add_records (session, facts, "imports", VV_KIND_IMPORT, error) || !add_records (session, facts, "seals", VV_KIND_SEAL, error))
    return NULL;
  json_object_set_int_member (facts, "cache_days", vv_rules_cache_days (session->desk->rules));
  if (!_vv_desk_check_fresh (session, g_get_real_time (), &stale))
    json_object_set_string_member (facts, "stale", stale->message);
  return g_steal_pointer (&facts);
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
