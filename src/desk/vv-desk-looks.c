// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-controls.h"
#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"

/* Who looked at which photograph, and what protected a case. */

/* --- Looking at the pool ---------------------------------------------------------------------------------------------------- */

/* A candidate of one search, as remembered until sign-out. (transfer full) */
static char *
key_of (VvSession *session, const char *candidate)
{
  VvRecord *search = vv_case_current (session->kase, VV_KIND_SEARCH, NULL, NULL);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", search != NULL ? search->id : 0, candidate);
}

void
_vv_desk_is_shown (VvSession *session, const char *candidate)
{
  g_hash_table_add (session->desk->shown, key_of (session, candidate));
}

gboolean
_vv_desk_note_look (VvSession *session, const char *act, const char *candidate, JsonObject *row, GError **error)
{
  const char            *kind = json_object_has_member (row, "outside") ? "outside" : "photograph";
  g_autoptr (JsonObject) detail = vv_json_new ("candidate", "s", candidate, kind, "i", _vv_desk_candidate_id (row), NULL);
  g_autofree char       *object = g_strdup_printf ("request %" G_GINT64_FORMAT, session->request);
  VvSession              about = *session;

  about.act = act;
  if (!_vv_desk_note (&about, object, detail, /* sign= */ FALSE, error))
    return FALSE;
  _vv_desk_is_shown (session, candidate);
  return TRUE;
}

gboolean
_vv_desk_note_picture (VvSession *session, const char *candidate, JsonObject *row, GError **error)
{
  g_autofree char *key = key_of (session, candidate);

  return g_hash_table_contains (session->desk->shown, key) || _vv_desk_note_look (session, "show-candidate", candidate, row, error);
}

/* Which of the pool this person may look at: {"candidates", "photographs" or "outside"}. (transfer full) */
static JsonObject *
pool_detail (VvSession *session, JsonArray *pool)
{
  JsonArray  *letters = json_array_new ();
  JsonArray  *ids = json_array_new ();
  const char *kind = vv_json_length (pool) > 0 && json_object_has_member (vv_json_element (pool, 0), "outside") ? "outside" : "photographs";

  for (guint i = 0; i < vv_json_length (pool); i++)
    {
      JsonObject *row = vv_json_element (pool, i);
      const char *candidate = vv_json_string (row, "candidate");

      if (!vv_case_may_look (session->kase, &session->actor, candidate, /* error= */ NULL))
        continue;
      json_array_add_string_element (letters, candidate);
      json_array_add_int_element (ids, _vv_desk_candidate_id (row));
    }
  return vv_json_new ("candidates", "a", letters, kind, "a", ids, NULL);
}

JsonObject *
vv_desk_open_pool (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  VvRecord              *search;
  JsonArray             *letters;
  g_autofree char       *object = g_strdup_printf ("request %" G_GINT64_FORMAT, request);
  g_autoptr (JsonObject) detail = NULL;

  if (!_vv_desk_enter_request (self, "open-pool", request, &session, error))
    return NULL;
  search = vv_case_current (session.kase, VV_KIND_SEARCH, NULL, NULL);
  detail = pool_detail (&session, search != NULL ? vv_json_array (search->body, "pool") : NULL);
  letters = vv_json_array (detail, "candidates");
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error) ||
      (vv_json_length (letters) > 0 && !_vv_desk_note (&session, object, detail, /* sign= */ FALSE, error)))
    return _vv_desk_leave_refused (&session, error);
  for (guint i = 0; i < vv_json_length (letters); i++)
    _vv_desk_is_shown (&session, json_array_get_string_element (letters, i));
  _vv_desk_leave (&session);
  return vv_json_new ("candidates", "a", json_array_ref (letters), NULL);
}

/* --- What protected the case ------------------------------------------------------------------------------------------------ */

JsonObject *
vv_desk_controls (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession             session;
  JsonArray            *fired = NULL;
  g_autoptr (JsonArray) rows = NULL;

  if (!_vv_desk_enter_request (self, "controls", request, &session, error))
    return NULL;
  if (_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    rows = vv_vault_audit_rows (session.vault, 1, G_MAXINT64, error);
  if (rows == NULL)
    return _vv_desk_leave_refused (&session, error);
  fired = vv_case_controls (session.kase, &session.actor, rows);
  _vv_desk_leave (&session);
  return vv_json_new ("controls", "a", fired, NULL);
}
