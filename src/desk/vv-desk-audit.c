// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include "vv-desk-private.h"
#include "vv-json.h"

#define PAGE 4096

JsonObject *
vv_desk_verify_audit (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession   session;
  JsonObject *answer;

  if (!_vv_desk_enter (self, "verify-audit", &session, error))
    return NULL;
  answer = vv_vault_verify (session.vault, cancellable, error);
  _vv_desk_leave (&session);
  return answer;
}

/* On record before it leaves, and so in the copy itself. It goes to who takes it, unless that person says to whom else. */
static gboolean
audit_export (VvSession *session, JsonObject *details, GError **error)
{
  const char      *recipient = vv_json_string (details, "recipient");
  const char      *authority = vv_json_string (details, "authority");
  g_autofree char *name = _vv_desk_name_of (session, session->actor.account);
  g_autofree char *head = vv_vault_audit_head (session->vault, error);

  if (head == NULL || !vv_vault_begin (session->vault, error))
    return FALSE;
  if (_vv_desk_disseminate (session, "audit chain", head, recipient != NULL ? recipient : name,
                            authority != NULL ? authority : "P.G. 219-14", error) &&
      vv_vault_audit (session->vault, session->act, /* object= */ "", "done", /* detail= */ NULL, /* sign= */ FALSE, error) &&
      vv_vault_commit (session->vault, error))
    return TRUE;
  vv_vault_rollback (session->vault);
  return FALSE;
}

JsonObject *
vv_desk_export_audit (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonArray) all = json_array_new ();
  VvSession             session;
  gint64                next = 1;

  if (!_vv_desk_enter (self, "export-audit", &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_SUPERVISOR | VV_ROLE_ADMINISTRATOR, error) || !audit_export (&session, details, error))
    return _vv_desk_leave_refused (&session, error);
  for (;;)
    {
      g_autoptr (JsonArray) rows = vv_vault_audit_rows (session.vault, next, PAGE, error);

      if (rows == NULL || json_array_get_length (rows) == 0)
        {
          _vv_desk_leave (&session);
          return rows != NULL ? vv_json_new ("rows", "a", g_steal_pointer (&all), NULL) : NULL;
        }
      for (guint i = 0; i < json_array_get_length (rows); i++)
        json_array_add_element (all, json_node_copy (json_array_get_element (rows, i)));
      next += json_array_get_length (rows);
    }
}
