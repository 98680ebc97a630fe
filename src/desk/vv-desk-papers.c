// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"

/* What surrounds the steps of a request: exhibits, the papers of its channel, approvals, closing. */

/* --- Exhibits: files as they came, hashed, never run ----------------------------------------------------------- */

JsonObject *
_vv_desk_exhibit_body (JsonObject *details, GBytes *file)
{
  JsonObject      *body = vv_json_copy (details);
  g_autofree char *name = g_path_get_basename (vv_json_string (details, "file"));
  g_autofree char *sha256 = vv_hash_bytes (file);

  json_object_remove_member (body, "file");
  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "sha256", sha256);
  json_object_set_int_member (body, "bytes", (gint64) g_bytes_get_size (file));
  return body;
}

JsonObject *
vv_desk_add_exhibit (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  JsonObject            *answer;
  g_autoptr (GBytes)     file = NULL;
  g_autoptr (JsonObject) body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_ADD_EXHIBIT), request, &session, error))
    return NULL;
  /* The gate comes before the work, not only before the record. */
  if (!vv_case_may (session.kase, VV_ACT_ADD_EXHIBIT, &session.actor, NULL, error))
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_unlock (&session);
  file = _vv_desk_read_file (vv_json_string (details, "file"), error);
  _vv_desk_lock (&session);
  if (file == NULL)
    return _vv_desk_leave_refused (&session, error);
  body = _vv_desk_exhibit_body (details, file);
  answer = _vv_desk_write (&session, VV_ACT_ADD_EXHIBIT, VV_KIND_EXHIBIT, body, _vv_desk_put_file, file, error);
  if (answer != NULL && g_strcmp0 (vv_json_string (body, "class"), "video") == 0)
    json_object_set_string_member (answer, "note",
                                   _ ("The video is kept as it came. Choose the frames to be used; each keeps its frame number and time code."));
  return answer;
}

/* --- Acts that are nothing but their record ---------------------------------------------------------------------------------- */

static JsonObject *
write_paper (VvDesk *self, gint64 request, VvAct act, const char *kind, JsonObject *details, VvDeskExtra extra, GError **error)
{
  VvSession session;

  if (!_vv_desk_enter_request (self, vv_act_name (act), request, &session, error))
    return NULL;
  return _vv_desk_write (&session, act, kind, details, extra, /* data= */ NULL, error);
}

JsonObject *
vv_desk_agency_form (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_paper (self, request, VV_ACT_AGENCY_FORM, VV_KIND_AGENCY_FORM, details, NULL, error);
}

JsonObject *
vv_desk_handschu (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_paper (self, request, VV_ACT_HANDSCHU, VV_KIND_HANDSCHU, details, NULL, error);
}

JsonObject *
vv_desk_change_channel (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_paper (self, request, VV_ACT_CHANGE_CHANNEL, VV_KIND_CHANNEL_CHANGE, details, NULL, error);
}

static gboolean
note_hand_over (VvSession *session, VvRecord *record, gpointer data, GError **error)
{
  VvRecord *report = vv_case_current (session->kase, VV_KIND_REPORT, NULL, NULL);

  return _vv_desk_disseminate (session, "report", vv_json_string (report->body, "document"), vv_json_string (record->body, "recipient"),
                               "Procedure 212-129, step 13b", error);
}

JsonObject *
vv_desk_hand_over (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_paper (self, request, VV_ACT_HAND_OVER, VV_KIND_HAND_OVER, details, note_hand_over, error);
}

/* --- Closing ------------------------------------------------------------------------------------------------------------------------ */

/* ECMS learns of it once there is a number to file it under. */
static gboolean
queue_closure (VvSession *session, VvRecord *record, gpointer data, GError **error)
{
  const char            *number = vv_case_fis_number (session->kase);
  g_autofree char       *name = g_strdup_printf ("FIS %s closed.json", number != NULL ? number : "");
  g_autoptr (JsonObject) note = vv_json_new ("document", "s", "closure",
                                             "fis_number", "s", number,
                                             "record", "i", record->id,
                                             "record_hash", "s", record->hash,
                                             "cause", "s", vv_json_string (record->body, "cause"),
                                             "reason", "s", vv_json_string (record->body, "reason"),
                                             "by", "s", record->author,
                                             "at", "s", record->made_at,
                                             "policy", "o", json_object_ref (vv_rules_policy (session->desk->rules)),
                                             NULL);

  return number == NULL || _vv_desk_queue_note (session, note, name, error);
}

JsonObject *
vv_desk_close (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_paper (self, request, VV_ACT_CLOSE, VV_KIND_CLOSURE, details, queue_closure, error);
}
