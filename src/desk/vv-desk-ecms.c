// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-mapping.h"
#include "vv-outbox.h"
#include "vv-time.h"
#include "vv-transport.h"

#define SETTING "ecms"
#define HIDDEN  "•••"

/* --- Queuing ------------------------------------------------------------------------------------------------------------ */

/* Folder of the request in ECMS, by the agency's mapping. (transfer full) */
static char *
folder_of (VvSession *session, GError **error)
{
  VvRecord              *first = g_ptr_array_index (session->records, 0);
  const char            *number = vv_json_string (first->body, "case_number");
  g_autoptr (JsonObject) settings = vv_vault_setting (session->vault, SETTING, /* error= */ NULL);
  g_autoptr (JsonObject) fallback = vv_json_new ("folder", "s", "{case_number}/{fis_number}", NULL);
  g_autoptr (JsonObject) facts = NULL;

  facts = vv_json_new ("case_number", "s", number != NULL ? number : vv_json_string (first->body, "complaint_number"),
                       "fis_number", "s", vv_case_fis_number (session->kase), NULL);
  return vv_mapping_folder (vv_json_string (settings, "folder") != NULL ? settings : fallback, facts, error);
}

gboolean
_vv_desk_queue_in (VvSession *session, const char *folder, GBytes *document, const char *name, const char *media_type, GError **error)
{
  g_autofree char       *sha256 = vv_vault_put_blob (session->vault, document, error);
  g_autofree char       *now = vv_time_now ();
  g_autoptr (JsonObject) entry = NULL;

  if (sha256 == NULL)
    return FALSE;
  entry = vv_outbox_first (now);
  json_object_set_string_member (entry, "queued_at", now);
  json_object_set_int_member (entry, "request", session->request);
  json_object_set_string_member (entry, "document", sha256);
  json_object_set_string_member (entry, "name", name);
  json_object_set_string_member (entry, "folder", folder);
  json_object_set_string_member (entry, "media_type", media_type);
  return vv_vault_queue (session->vault, entry, error) != 0;
}

gboolean
_vv_desk_queue (VvSession *session, GBytes *document, const char *name, const char *media_type, GError **error)
{
  g_autofree char *folder = folder_of (session, error);

  return folder != NULL && _vv_desk_queue_in (session, folder, document, name, media_type, error);
}

gboolean
_vv_desk_queue_note (VvSession *session, JsonObject *note, const char *name, GError **error)
{
  g_autofree char   *text = vv_json_canonical (note);
  g_autoptr (GBytes) document = g_bytes_new (text, strlen (text));

  return _vv_desk_queue (session, document, name, "application/json", error);
}

/* --- Settings ------------------------------------------------------------------------------------------------------------- */

static JsonObject *
without_password (JsonObject *settings)
{
  JsonObject *shown = settings != NULL ? vv_json_copy (settings) : json_object_new ();

  if (json_object_has_member (shown, "password"))
    json_object_set_string_member (shown, "password", HIDDEN);
  return shown;
}

/* Whoever sets what they were shown keeps the password that was hidden from them. (transfer full) */
static JsonObject *
with_password (VvSession *session, JsonObject *settings)
{
  JsonObject            *whole = vv_json_copy (settings);
  g_autoptr (JsonObject) before = vv_vault_setting (session->vault, SETTING, /* error= */ NULL);

  if (g_strcmp0 (vv_json_string (settings, "password"), HIDDEN) == 0 && vv_json_string (before, "password") != NULL)
    json_object_set_string_member (whole, "password", vv_json_string (before, "password"));
  return whole;
}

static gboolean
keep_settings (VvSession *session, JsonObject *settings, GError **error)
{
  g_autoptr (JsonObject)  whole = with_password (session, settings);
  g_autoptr (VvTransport) usable = vv_transport_new (whole, error);
  g_autoptr (JsonObject)  detail = without_password (settings);

  if (usable == NULL || !vv_vault_begin (session->vault, error))
    return FALSE;
  if (vv_vault_set_setting (session->vault, SETTING, whole, error) &&
      vv_vault_audit (session->vault, session->act, "ecms", "done", detail, /* sign= */ TRUE, error) &&
      vv_vault_commit (session->vault, error))
    return TRUE;
  vv_vault_rollback (session->vault);
  return FALSE;
}

JsonObject *
vv_desk_ecms (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  gboolean               ask = details == NULL || json_object_get_size (details) == 0;
  VvSession              session;
  g_autoptr (JsonObject) settings = NULL;

  if (!_vv_desk_enter (self, "ecms-settings", &session, error))
    return NULL;
  if (!ask && (!_vv_desk_has_role (&session, VV_ROLE_ADMINISTRATOR, error) || !keep_settings (&session, details, error)))
    return _vv_desk_leave_refused (&session, error);
  settings = vv_vault_setting (session.vault, SETTING, /* error= */ NULL);
  _vv_desk_leave (&session);
  return without_password (settings);
}

/* --- What waits --------------------------------------------------------------------------------------------------------- */

/* Case of @request when this person may know of it, else NULL. (transfer full) */
static VvCase *
visible_case (VvSession *session, gint64 request)
{
  g_autoptr (GPtrArray) records = vv_vault_records (session->vault, request, /* error= */ NULL);
  g_autoptr (VvCase)    kase = records != NULL && records->len > 0 ? vv_case_new (records, vv_rules_peers (session->desk->rules)) : NULL;

  return kase != NULL && vv_case_is_visible (kase, &session->actor) ? g_steal_pointer (&kase) : NULL;
}

static JsonObject *
shown_entry (JsonObject *entry, VvCase *kase)
{
  return vv_json_new ("id", "i", vv_json_int (entry, "id"), "request", "i", vv_json_int (entry, "request"),
                      "fis_number", "s", vv_case_fis_number (kase), "name", "s", vv_json_string (entry, "name"),
                      "state", "s", vv_json_string (entry, "state"), "queued_at", "s", vv_json_string (entry, "queued_at"),
                      "attempts", "i", vv_json_int (entry, "attempts"), "next_try", "s", vv_json_string (entry, "next_try"),
                      "last_error", "s", vv_json_string (entry, "last_error"), NULL);
}

static JsonObject *
list_outbox (VvSession *session, GError **error)
{
  g_autoptr (JsonArray) all = vv_vault_outbox (session->vault, /* state= */ NULL, error);
  JsonArray            *shown;
  gint64                waiting = 0, failed = 0;

  if (all == NULL)
    return NULL;
  shown = json_array_new ();
  for (guint i = json_array_get_length (all); i > 0; i--)
    {
      JsonObject        *entry = vv_json_element (all, i - 1);
      const char        *state = vv_json_string (entry, "state");
      g_autoptr (VvCase) kase = visible_case (session, vv_json_int (entry, "request"));

      if (kase == NULL)
        continue;
      waiting += g_strcmp0 (state, "queued") == 0 || g_strcmp0 (state, "sending") == 0 ? 1 : 0;
      failed += g_strcmp0 (state, "conflict") == 0 || g_strcmp0 (state, "refused") == 0 ? 1 : 0;
      json_array_add_object_element (shown, shown_entry (entry, kase));
    }
  return vv_json_new ("waiting", "i", waiting, "failed", "i", failed, "entries", "a", shown, NULL);
}

JsonObject *
vv_desk_outbox (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession   session;
  JsonObject *answer;

  if (!_vv_desk_enter (self, "outbox", &session, error))
    return NULL;
  answer = list_outbox (&session, error);
  _vv_desk_leave (&session);
  return answer;
}

/* --- Sending ---------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  VvSession   *session;
  VvTransport *transport;
  JsonArray   *entries; /* what was tried, as it is now */
  gint64       sent, waiting, failed;
} VvSync;

/* Record that @entry's document is about: a note names it, a report's PDF is named by its record. */
static gint64
record_of (VvSession *session, JsonObject *entry, GBytes *document)
{
  const char *sha256 = vv_json_string (entry, "document");

  if (g_strcmp0 (vv_json_string (entry, "media_type"), "application/json") == 0)
    {
      gsize                  size;
      const char            *text = g_bytes_get_data (document, &size);
      g_autoptr (JsonObject) note = vv_json_parse (text, (gssize) size, _ ("the note"), /* error= */ NULL);

      return vv_json_int (note, "record");
    }
  for (guint i = 0; i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (g_strcmp0 (vv_json_string (record->body, "document"), sha256) == 0 &&
          (strcmp (record->kind, VV_KIND_REPORT) == 0 || strcmp (record->kind, VV_KIND_REJECTION) == 0))
        return record->id;
    }
  return 0;
}

/* The acknowledgement is a record of the request. */
static gboolean
append_receipt (VvSession *session, JsonObject *entry, GBytes *document, JsonObject *receipt, GError **error)
{
  g_autofree char       *now = vv_time_now ();
  g_autoptr (GPtrArray)  records = vv_vault_records (session->vault, vv_json_int (entry, "request"), error);
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (VvRecord)   record = NULL;
  VvSession              about = *session;

  if (records == NULL)
    return FALSE;
  about.records = records;
  body = vv_json_new ("document", "s", vv_json_string (entry, "document"),
                      "name", "s", vv_json_string (entry, "name"),
                      "record", "i", record_of (&about, entry, document),
                      "acknowledged_at", "s", now,
                      "location", "s", vv_json_string (receipt, "location"),
                      NULL);
  record = vv_vault_append (session->vault, VV_KIND_RECEIPT, vv_json_int (entry, "request"), /* previous= */ 0, body, error);
  return record != NULL;
}

static gboolean
note_outcome (VvSync *self, JsonObject *entry, GBytes *document, JsonObject *changes, JsonObject *receipt, GError **error)
{
  VvVault               *vault = self->session->vault;
  const char            *state = vv_json_string (changes, "state");
  gboolean               acknowledged = g_strcmp0 (state, "acknowledged") == 0;
  g_autofree char       *object = g_strdup_printf ("request %" G_GINT64_FORMAT, vv_json_int (entry, "request"));
  g_autoptr (JsonObject) detail = vv_json_new ("document", "s", vv_json_string (entry, "document"), "state", "s", state, NULL);

  if (!vv_vault_begin (vault, error))
    return FALSE;
  if (vv_vault_update_queued (vault, vv_json_int (entry, "id"), changes, error) &&
      (!acknowledged || append_receipt (self->session, entry, document, receipt, error)) &&
      vv_vault_audit (vault, self->session->act, object, acknowledged ? "done" : "failed", detail, /* sign= */ FALSE, error) &&
      vv_vault_commit (vault, error))
    return TRUE;
  vv_vault_rollback (vault);
  return FALSE;
}

/* Tries one entry; FALSE only when the desk itself fails, a server that does not answer is an outcome. */
static gboolean
send_one (VvSync *self, JsonObject *entry, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes)     document = vv_vault_blob (self->session->vault, vv_json_string (entry, "document"), error);
  g_autoptr (GError)     failure = NULL;
  g_autoptr (JsonObject) receipt = NULL;
  g_autoptr (JsonObject) changes = NULL;
  g_autofree char       *now = NULL;
  const char            *state;

  if (document == NULL)
    return FALSE;
  _vv_desk_unlock (self->session);
  if (!vv_transport_put (self->transport, vv_json_string (entry, "folder"), vv_json_string (entry, "name"),
                         vv_json_string (entry, "media_type"), document, vv_json_string (entry, "document"), &receipt,
                         cancellable, &failure))
    g_assert (failure != NULL);
  _vv_desk_lock (self->session);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  now = vv_time_now ();
  changes = vv_outbox_after (entry, failure, receipt, now);
  state = vv_json_string (changes, "state");
  if (g_strcmp0 (state, "acknowledged") == 0)
    self->sent++;
  else if (g_strcmp0 (state, "queued") == 0)
    self->waiting++;
  else
    self->failed++;
  json_array_add_object_element (self->entries, vv_json_new ("name", "s", vv_json_string (entry, "name"), "state", "s", state,
                                                             "last_error", "s", failure != NULL ? failure->message : NULL, NULL));
  return note_outcome (self, entry, document, changes, receipt, error);
}

static gboolean
send_all (VvSync *self, gboolean all, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonArray) queued = vv_vault_outbox (self->session->vault, /* state= */ NULL, error);
  g_autofree char      *now = vv_time_now ();

  for (guint i = 0; queued != NULL && i < json_array_get_length (queued); i++)
    {
      JsonObject *entry = vv_json_element (queued, i);
      const char *state = vv_json_string (entry, "state");

      vv_progress_set (cancellable, i, json_array_get_length (queued));
      if (g_strcmp0 (state, "acknowledged") == 0 || (!all && !vv_outbox_is_due (entry, now)))
        {
          self->waiting += g_strcmp0 (state, "queued") == 0 ? 1 : 0;
          continue;
        }
      if (!send_one (self, entry, cancellable, error))
        return FALSE;
    }
  return queued != NULL;
}

VvTransport *
_vv_desk_transport (VvSession *session, JsonObject **ret_settings, GError **error)
{
  g_autoptr (JsonObject) settings = vv_vault_setting (session->vault, SETTING, /* error= */ NULL);
  VvTransport           *transport = NULL;

  if (settings == NULL)
    g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS,
                         _ ("This desk has no connection to ECMS yet; an administrator sets it. Documents wait in the outbox."));
  else
    transport = vv_transport_new (settings, error);
  if (transport != NULL && ret_settings != NULL)
    *ret_settings = g_steal_pointer (&settings);
  return transport;
}

JsonObject *
vv_desk_sync (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession session;
  VvSync    sync = { .session = &session };
  gboolean  done = FALSE;

  g_mutex_lock (&self->sending);
  if (!_vv_desk_enter (self, "sync", &session, error))
    {
      g_mutex_unlock (&self->sending);
      return NULL;
    }
  sync.transport = _vv_desk_transport (&session, /* ret_settings= */ NULL, error);
  sync.entries = json_array_new ();
  if (sync.transport != NULL)
    done = send_all (&sync, vv_json_bool (details, "all"), cancellable, error);
  g_clear_pointer (&sync.transport, vv_transport_free);
  _vv_desk_leave (&session);
  g_mutex_unlock (&self->sending);
  if (!done)
    {
      json_array_unref (sync.entries);
      return NULL;
    }
  return vv_json_new ("sent", "i", sync.sent, "waiting", "i", sync.waiting, "failed", "i", sync.failed,
                      "entries", "a", sync.entries, NULL);
}
