// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-csv.h"
#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-time.h"

/* The photo repository kept right: sealed and expunged records leave it, and one that is too old is not searched. */

#define DAY_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

gboolean
_vv_desk_check_fresh (VvSession *session, gint64 now_us, GError **error)
{
  const guint           days = vv_rules_cache_days (session->desk->rules);
  g_autoptr (GPtrArray) imports = vv_vault_records_of_kind (session->vault, VV_KIND_IMPORT, error);
  gint64                newest = 0;

  if (imports == NULL)
    return FALSE;
  /* An empty repository is refused elsewhere; synthetic persons of a training desk are never sealed. */
  if (imports->len == 0 || vv_json_bool (session->desk->about, "training"))
    return TRUE;
  newest = vv_time_parse (((VvRecord *) g_ptr_array_index (imports, imports->len - 1))->made_at, /* error= */ NULL);
  if (now_us - newest <= days * DAY_US)
    return TRUE;
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_STALE,
               g_dngettext (GETTEXT_PACKAGE,
                            "The newest import of photographs is more than %u day old, so records sealed since may still be here. "
                            "An administrator imports the photo repository anew.",
                            "The newest import of photographs is more than %u days old, so records sealed since may still be here. "
                            "An administrator imports the photo repository anew.",
                            days),
               days);
  return FALSE;
}

/* --- Sealing ------------------------------------------------------------------------------------------------------------ */

static gboolean
is_given (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Appends the photographs that the row means. */
static gboolean
find_row (VvSession *session, JsonObject *row, GArray *ids, GError **error)
{
  const char        *sha256 = vv_json_string (row, "sha256");
  const char        *reference = vv_json_string (row, "reference");
  g_autofree char   *lower = is_given (sha256) ? g_ascii_strdown (sha256, -1) : NULL;
  g_autoptr (GError) cause = NULL;
  gint64             id;

  if (lower == NULL)
    return !is_given (reference) || vv_vault_find_reference (session->vault, reference, ids, error);
  id = vv_vault_find_photograph (session->vault, lower, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (id != 0)
    g_array_append_val (ids, id);
  return TRUE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

/* Two rows may mean the same photograph. */
static void
drop_doubles (GArray *ids)
{
  g_array_sort (ids, compare_ids);
  for (guint i = ids->len; i > 1; i--)
    if (g_array_index (ids, gint64, i - 1) == g_array_index (ids, gint64, i - 2))
      g_array_remove_index (ids, i - 1);
}

static gboolean
purge (VvSession *session, VvRecord *record, gpointer data, GError **error)
{
  GArray *ids = data;

  return vv_vault_purge (session->vault, (const gint64 *) (gconstpointer) ids->data, ids->len, error);
}

/* The record names photographs by their number alone: of what is expunged nothing else may stay. */
static JsonObject *
seal_rows (VvSession *session, const char *name, const char *sha256, JsonArray *rows, GError **error)
{
  g_autoptr (GArray)     ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (VvRecord)   record = NULL;
  JsonArray             *numbers;
  gint64                 absent = 0;

  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      guint before = ids->len;

      if (!find_row (session, vv_json_element (rows, i), ids, error))
        return NULL;
      absent += ids->len == before ? 1 : 0;
    }
  drop_doubles (ids);
  numbers = json_array_new ();
  for (guint i = 0; i < ids->len; i++)
    json_array_add_int_element (numbers, g_array_index (ids, gint64, i));
  body = vv_json_new ("manifest_name", "s", name, "manifest_sha256", "s", sha256, "rows", "i", (gint64) vv_json_length (rows),
                      "removed", "i", (gint64) ids->len, "absent", "i", absent, "photographs", "a", numbers, NULL);
  record = _vv_desk_append (session, VV_KIND_SEAL, body, purge, ids, error);
  if (record == NULL)
    return NULL;
  if (session->desk->gallery != NULL)
    vv_gallery_remove (session->desk->gallery, (const gint64 *) (gconstpointer) ids->data, ids->len);
  return g_steal_pointer (&body);
}

/* The rows, of which each needs one of the two columns. */
static JsonArray *
load_rows (const char *path, GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (JsonArray)    rows = path != NULL ? vv_csv_load (path, none, error) : NULL;

  if (path == NULL)
    g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                         _ ("Name the manifest, a CSV file, of the sealed and expunged records."));
  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      JsonObject *row = vv_json_element (rows, i);

      if (is_given (vv_json_string (row, "sha256")) || is_given (vv_json_string (row, "reference")))
        continue;
      g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                   _ ("Row %u of the manifest has neither a sha256 nor a reference; nothing was removed."), i + 2);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

JsonObject *
vv_desk_seal_repository (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char            *path = vv_json_string (details, "manifest");
  g_autoptr (JsonArray)  rows = NULL;
  g_autofree char       *sha256 = NULL;
  g_autofree char       *name = NULL;
  g_autoptr (JsonObject) answer = NULL;
  VvSession              session;

  if (!_vv_desk_enter (self, "seal-repository", &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_ADMINISTRATOR, error))
    return _vv_desk_leave_refused (&session, error);
  rows = load_rows (path, error);
  sha256 = rows != NULL ? vv_hash_file (path, error) : NULL;
  if (sha256 == NULL)
    return _vv_desk_leave_refused (&session, error);
  name = g_path_get_basename (path);
  answer = seal_rows (&session, name, sha256, rows, error);
  if (answer == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return g_steal_pointer (&answer);
}
