// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-bundle-resource.h"
#include "vv-controls.h"
#include "vv-desk-bundle-private.h"
#include "vv-desk-forms-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-package.h"
#include "vv-procedure-error.h"
#include "vv-time.h"

/* The records bundle and the disclosure package: one and the same folder, once for ECMS and once for
 * whoever may have it. bundle/README.txt says what is in it and what that proves. */

#define ROOT       "/visavis/bundle/"
#define MEDIA_TYPE "application/x-tar"

/* One package being made. */
typedef struct
{
  VvSession *session;
  VvPackage *package;
  JsonArray *rows;     /* (owned) the whole audit log */
  JsonArray *own_rows; /* (owned) those about this request */
  JsonArray *keys;     /* (owned) */
  char      *head;     /* (owned) hash of the last row */
  char      *manifest; /* (owned) hash of MANIFEST.sha256 */
  char      *sheet;    /* (owned) hash of case-records.pdf */
  char      *made_at;  /* (owned) */
  GBytes    *tar;      /* (owned) */
} VvBundle;

static void
bundle_clear (VvBundle *self)
{
  g_clear_pointer (&self->package, vv_package_free);
  g_clear_pointer (&self->rows, json_array_unref);
  g_clear_pointer (&self->own_rows, json_array_unref);
  g_clear_pointer (&self->keys, json_array_unref);
  g_clear_pointer (&self->tar, g_bytes_unref);
  g_free (self->head);
  g_free (self->manifest);
  g_free (self->sheet);
  g_free (self->made_at);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvBundle, bundle_clear)

/* --- Records -------------------------------------------------------------------------------------------------------------- */

/* The bytes that were hashed and signed. */
static char *
canonical_record (const VvRecord *record)
{
  g_autoptr (JsonObject) json = vv_record_to_json (record);

  json_object_remove_member (json, "hash");
  return vv_json_canonical (json);
}

static gboolean
add_record (VvBundle *self, const char *path, VvRecord *record, GError **error)
{
  g_autoptr (GBytes) signature = vv_vault_record_signature (self->session->vault, record->id, error);
  g_autofree char   *text = canonical_record (record);
  g_autofree char   *json = g_strconcat (path, ".json", NULL);
  g_autofree char   *sig = g_strconcat (path, ".sig", NULL);

  if (signature == NULL)
    return FALSE;
  vv_package_add_text (self->package, json, text);
  vv_package_add (self->package, sig, signature);
  return TRUE;
}

static gboolean
add_records (VvBundle *self, GError **error)
{
  GPtrArray *records = self->session->records;

  for (guint i = 0; i < records->len; i++)
    {
      VvRecord        *record = g_ptr_array_index (records, i);
      g_autofree char *path = g_strdup_printf ("records/%06" G_GINT64_FORMAT "-%s", record->id, record->kind);

      if (!add_record (self, path, record, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Files ---------------------------------------------------------------------------------------------------------------- */

/* What opens the file on most machines. */
static const char *
ending_of (GBytes *bytes)
{
  static const struct
  {
    const char *start, *ending;
  } endings[] = { { "%PDF", ".pdf" }, { "\xff\xd8\xff", ".jpg" }, { "\x89PNG", ".png" }, { "GIF8", ".gif" }, { "BM", ".bmp" }, { "II*", ".tif" }, { "MM", ".tif" }, { "{", ".json" } };
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (size >= strlen (endings[i].start) && memcmp (data, endings[i].start, strlen (endings[i].start)) == 0)
      return endings[i].ending;
  return "";
}

/* Not every hash in a record is that of a kept file: some are of models, templates and photographs of the repository. */
static gboolean
add_file (VvBundle *self, const char *sha256, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = vv_vault_blob (self->session->vault, sha256, &failure);
  g_autofree char   *path = NULL;

  if (bytes == NULL)
    {
      if (g_error_matches (failure, VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  path = g_strdup_printf ("files/%s%s", sha256, ending_of (bytes));
  vv_package_add (self->package, path, bytes);
  return TRUE;
}

static void
collect_hashes (JsonNode *node, GHashTable *hashes)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *value = values; value != NULL; value = value->next)
        collect_hashes (value->data, hashes);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        collect_hashes (json_array_get_element (json_node_get_array (node), i), hashes);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) &&
           json_node_get_value_type (node) == G_TYPE_STRING &&
           vv_hash_is_valid (json_node_get_string (node)))
    {
      g_hash_table_add (hashes, g_strdup (json_node_get_string (node)));
    }
}

/* Every kept file that a record names or that went to ECMS, but for earlier bundles: they hold the same once more. */
static GHashTable *
wanted_files (VvBundle *self, GError **error)
{
  g_autoptr (JsonArray)  outbox = vv_vault_outbox (self->session->vault, /* state= */ NULL, error);
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (outbox == NULL)
    return NULL;
  for (guint i = 0; i < self->session->records->len; i++)
    {
      VvRecord            *record = g_ptr_array_index (self->session->records, i);
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), record->body);

      collect_hashes (node, hashes);
    }
  for (guint i = 0; i < vv_json_length (outbox); i++)
    {
      JsonObject *entry = vv_json_element (outbox, i);
      const char *document = vv_json_string (entry, "document");

      if (g_strcmp0 (vv_json_string (entry, "media_type"), MEDIA_TYPE) == 0)
        g_hash_table_remove (hashes, document);
      else if (vv_json_int (entry, "request") == self->session->request)
        g_hash_table_add (hashes, g_strdup (document));
    }
  return g_steal_pointer (&hashes);
}

static gboolean
add_files (VvBundle *self, GError **error)
{
  g_autoptr (GHashTable) hashes = wanted_files (self, error);
  GHashTableIter         iter;
  gpointer               hash;

  if (hashes == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, hashes);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    if (!add_file (self, hash, error))
      return FALSE;
  return TRUE;
}

/* --- The audit log ---------------------------------------------------------------------------------------------------------- */

static gboolean
is_own_row (VvBundle *self, const char *object, JsonObject *row)
{
  JsonObject *wrote = vv_json_object (vv_json_object (row, "detail"), "wrote");

  if (g_strcmp0 (vv_json_string (row, "object"), object) == 0)
    return TRUE;
  for (guint i = 0; wrote != NULL && i < self->session->records->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, ((VvRecord *) g_ptr_array_index (self->session->records, i))->id);

      if (json_object_has_member (wrote, id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_rows (VvBundle *self, GError **error)
{
  g_autofree char *object = NULL;

  self->rows = vv_vault_audit_rows (self->session->vault, 1, G_MAXINT64, error);
  self->head = self->rows != NULL ? vv_vault_audit_head (self->session->vault, error) : NULL;
  if (self->head == NULL)
    return FALSE;
  self->own_rows = json_array_new ();
  object = g_strdup_printf ("request %" G_GINT64_FORMAT, self->session->request);
  for (guint i = 0; i < vv_json_length (self->rows); i++)
    if (is_own_row (self, object, vv_json_element (self->rows, i)))
      json_array_add_object_element (self->own_rows, json_object_ref (vv_json_element (self->rows, i)));
  return TRUE;
}

/* What was hashed, beside its hash and signature; canonical too, so that a shell script can take it apart. */
static char *
own_line (JsonObject *row)
{
  g_autoptr (JsonObject) content = vv_json_copy (row);
  g_autoptr (JsonObject) line = NULL;
  const char            *signature = vv_json_string (row, "signature");

  json_object_remove_member (content, "hash");
  json_object_remove_member (content, "signature");
  line = vv_json_new ("hash", "s", vv_json_string (row, "hash"), "row", "o", g_steal_pointer (&content),
                      "signature", "s", signature != NULL ? signature : "", NULL);
  return vv_json_canonical (line);
}

static char *
withheld_line (JsonObject *row)
{
  g_autoptr (JsonObject) line = vv_json_new ("hash", "s", vv_json_string (row, "hash"),
                                             "previous", "s", vv_json_string (row, "previous"),
                                             "seq", "i", vv_json_int (row, "seq"),
                                             "withheld", "b", TRUE, NULL);

  return vv_json_canonical (line);
}

static void
add_audit (VvBundle *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint               own = 0; /* place in own_rows, which are in the same order */

  for (guint i = 0; i < vv_json_length (self->rows); i++)
    {
      JsonObject      *row = vv_json_element (self->rows, i);
      gboolean         whole = own < vv_json_length (self->own_rows) && vv_json_element (self->own_rows, own) == row;
      g_autofree char *line = whole ? own_line (row) : withheld_line (row);

      own += whole ? 1 : 0;
      g_string_append_printf (text, "%s\n", line);
    }
  vv_package_add_text (self->package, "audit.jsonl", text->str);
}

/* --- The rest --------------------------------------------------------------------------------------------------------------- */

static void
add_keys (VvBundle *self)
{
  for (guint i = 0; i < vv_json_length (self->keys); i++)
    {
      JsonObject      *key = vv_json_element (self->keys, i);
      g_autofree char *path = NULL;

      /* No account name has an underscore. */
      path = g_strdup_printf ("public-keys/%s_%" G_GINT64_FORMAT ".pem", vv_json_string (key, "account"), vv_json_int (key, "number"));
      vv_package_add_text (self->package, path, vv_json_string (key, "pem"));
    }
}

static gboolean
add_sheet (VvBundle *self, GError **error)
{
  g_autoptr (JsonObject) facts = _vv_desk_case_record_facts (self->session, self->keys, self->head, error);
  g_autoptr (VvReport)   report = facts != NULL ? vv_report_new ("case-records", facts, NULL, error) : NULL;
  g_autoptr (GBytes)     pdf = report != NULL ? vv_report_to_pdf (report, error) : NULL;

  if (pdf == NULL)
    return FALSE;
  self->sheet = vv_hash_bytes (pdf);
  vv_package_add (self->package, "case-records.pdf", pdf);
  return TRUE;
}

static gboolean
add_texts (VvBundle *self, GError **error)
{
  static const char *const names[] = { "README.txt", "check.sh" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char   *path = g_strconcat (ROOT, names[i], NULL);
      g_autoptr (GBytes) text = g_resource_lookup_data (vv_bundle_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

      if (text == NULL)
        return FALSE;
      vv_package_add (self->package, names[i], text);
    }
  return TRUE;
}

/* What protected the case, counted from the records and rows beside it. */
static void
add_controls (VvBundle *self)
{
  g_autoptr (JsonObject) controls = vv_json_new ("controls", "a", vv_case_controls (self->session->kase, /* actor= */ NULL, self->own_rows),
                                                 NULL);
  g_autofree char       *text = vv_json_canonical (controls);

  vv_package_add_text (self->package, "controls.json", text);
}

static gboolean
compose (VvBundle *self, VvSession *session, GError **error)
{
  g_autofree char *root = g_strdup_printf ("FIS-%s", vv_case_fis_number (session->kase));
  g_autofree char *manifest = NULL;

  self->session = session;
  self->made_at = vv_time_now ();
  self->package = vv_package_new (root);
  if (!read_rows (self, error))
    return FALSE;
  self->keys = _vv_desk_keys (session, self->own_rows, error);
  if (self->keys == NULL || !add_records (self, error) || !add_files (self, error) || !add_sheet (self, error) || !add_texts (self, error))
    return FALSE;
  add_audit (self);
  add_controls (self);
  add_keys (self);
  manifest = vv_package_manifest (self->package);
  self->manifest = vv_hash_data (manifest, strlen (manifest));
  vv_package_add_text (self->package, "MANIFEST.sha256", manifest);
  return TRUE;
}

/* --- The acts ----------------------------------------------------------------------------------------------------------------- */

static JsonObject *
package_body (VvBundle *self)
{
  return vv_json_new ("fis_number", "s", vv_case_fis_number (self->session->kase),
                      "manifest", "s", self->manifest,
                      "case_records", "s", self->sheet,
                      "audit_head", "s", self->head,
                      "records", "i", (gint64) self->session->records->len,
                      "files", "i", (gint64) vv_package_n_files (self->package) - 1, NULL);
}

/* The record itself goes into the package, so that its author stands for the manifest. */
static gboolean
close_package (VvBundle *self, VvRecord *record, GError **error)
{
  if (!add_record (self, "package", record, error))
    return FALSE;
  self->tar = vv_package_to_tar (self->package, vv_time_parse (self->made_at, NULL) / G_USEC_PER_SEC, error);
  return self->tar != NULL;
}

static gboolean
queue_bundle (VvSession *session, VvRecord *record, gpointer data, GError **error)
{
  VvBundle        *self = data;
  g_autofree char *name = g_strdup_printf ("FIS %s Records Bundle %" G_GINT64_FORMAT ".tar", vv_case_fis_number (session->kase),
                                           record->id);

  return close_package (self, record, error) && _vv_desk_queue (session, self->tar, name, MEDIA_TYPE, error);
}

/* The dissemination log is the audit rows of this name: signed, with recipient, authority and time. */
gboolean
_vv_desk_disseminate (VvSession *session, const char *what, const char *document, const char *recipient, const char *authority, GError **error)
{
  g_autofree char       *object = session->request != 0 ? g_strdup_printf ("request %" G_GINT64_FORMAT, session->request) : g_strdup ("");
  g_autoptr (JsonObject) detail = vv_json_new ("what", "s", what, "document", "s", document, "recipient", "s", recipient,
                                               "authority", "s", authority, NULL);

  return vv_vault_audit (session->vault, "dissemination", object, "done", detail, /* sign= */ TRUE, error);
}

static gboolean
finish_disclosure (VvSession *session, VvRecord *record, gpointer data, GError **error)
{
  VvBundle *self = data;

  return close_package (self, record, error) &&
         _vv_desk_disseminate (session, "records", self->manifest, vv_json_string (record->body, "recipient"),
                               vv_json_string (record->body, "authority"), error);
}

static gboolean
has_file (const char *path, GError **error)
{
  if (path != NULL && *path != '\0')
    return TRUE;
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("Say which file the package is to be written to."));
  return FALSE;
}

static gboolean
is_numbered (VvSession *session, GError **error)
{
  if (vv_case_fis_number (session->kase) != NULL)
    return TRUE;
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP,
                       _ ("The request has no FIS number yet, and records are kept under that. The supervisor gives it (step 3)."));
  return FALSE;
}

/* The supervisor, or the examiner whose request it is (step 14). */
static gboolean
may_bundle (VvSession *session, GError **error)
{
  if (!_vv_desk_has_role (session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error) || !is_numbered (session, error))
    return FALSE;
  if ((session->actor.roles & VV_ROLE_SUPERVISOR) != 0 || g_strcmp0 (vv_case_examiner (session->kase), session->actor.account) == 0)
    return TRUE;
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_PERSON,
                       _ ("Another examiner has this request. Its records are bundled by that examiner or a supervisor."));
  return FALSE;
}

static JsonObject *
answer_of (VvBundle *self, VvRecord *record)
{
  JsonObject      *answer = vv_record_to_json (record);
  g_autofree char *sha256 = vv_hash_bytes (self->tar);

  json_object_set_string_member (answer, "document", sha256);
  json_object_set_int_member (answer, "bytes", (gint64) g_bytes_get_size (self->tar));
  return answer;
}

JsonObject *
vv_desk_bundle (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_auto (VvBundle)      bundle = { 0 };
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (VvRecord)   record = NULL;
  JsonObject            *answer;

  if (!_vv_desk_enter_request (self, "bundle", request, &session, error))
    return NULL;
  if (!may_bundle (&session, error) || !compose (&bundle, &session, error))
    return _vv_desk_leave_refused (&session, error);
  body = package_body (&bundle);
  record = _vv_desk_append (&session, VV_KIND_BUNDLE, body, queue_bundle, &bundle, error);
  if (record == NULL)
    return _vv_desk_leave_refused (&session, error);
  answer = answer_of (&bundle, record);
  _vv_desk_leave (&session);
  return answer;
}

/* The package shows the order and the scores of the pool, which nobody who still has to compare may know. */
gboolean
_vv_desk_is_decided (VvSession *session, GError **error)
{
  if (vv_case_current (session->kase, VV_KIND_SEARCH, NULL, NULL) == NULL ||
      vv_case_current (session->kase, VV_KIND_SIGN_OFF, NULL, NULL) != NULL ||
      vv_case_current (session->kase, VV_KIND_CLOSURE, NULL, NULL) != NULL)
    return TRUE;
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_BLIND,
                       _ ("The records show the order of the pool, which waits for the supervisor's decision (step 10). Decide first; the "
                          "records can be bundled for ECMS at any time."));
  return FALSE;
}

JsonObject *
vv_desk_disclose (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char            *path = vv_json_string (details, "file");
  VvSession              session;
  g_auto (VvBundle)      bundle = { 0 };
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (VvRecord)   record = NULL;
  JsonObject            *answer;

  if (!_vv_desk_enter_request (self, "disclose", request, &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_SUPERVISOR, error) ||
      !is_numbered (&session, error) ||
      !_vv_desk_is_decided (&session, error) ||
      !_vv_desk_has_addressee (details, error) ||
      !has_file (path, error) ||
      !compose (&bundle, &session, error))
    return _vv_desk_leave_refused (&session, error);
  body = package_body (&bundle);
  json_object_set_string_member (body, "recipient", vv_json_string (details, "recipient"));
  json_object_set_string_member (body, "authority", vv_json_string (details, "authority"));
  /* On record before it leaves: a copy that nobody knows of would be worse than a row too many. */
  record = _vv_desk_append (&session, VV_KIND_DISCLOSURE, body, finish_disclosure, &bundle, error);
  if (record == NULL)
    return _vv_desk_leave_refused (&session, error);
  answer = answer_of (&bundle, record);
  _vv_desk_leave (&session);
  if (g_file_set_contents_full (path, g_bytes_get_data (bundle.tar, NULL), (gssize) g_bytes_get_size (bundle.tar),
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, /* error= */ NULL))
    return answer;
  json_object_unref (answer);
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
               _ ("The package cannot be written to “%s”. Choose a folder that exists and is yours."), path);
  return NULL;
}
