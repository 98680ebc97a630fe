// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"

#define STATION_MAX 4
#define ACCOUNT_MAX 32

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, text);
  return FALSE;
}

static gboolean
is_made_of (const char *text, const char *allowed, gsize most)
{
  return text != NULL && *text != '\0' && strlen (text) <= most && strspn (text, allowed) == strlen (text);
}

static gboolean
check_account (const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  const char *full_name = vv_json_string (facts, "full_name");
  VvRoles     roles;

  if (!is_made_of (account, "abcdefghijklmnopqrstuvwxyz0123456789.-_", ACCOUNT_MAX))
    return refuse (error, _ ("An account name is 1 to 32 small letters, digits, dots and hyphens."));
  if (full_name == NULL || *full_name == '\0')
    return refuse (error, _ ("An account needs the person's full name."));
  if (!_vv_desk_check_passphrase (passphrase, account, error))
    return FALSE;
  return vv_roles_from_json (vv_json_array (facts, "roles"), &roles, error);
}

static JsonObject *
account_facts (const char *full_name, JsonArray *roles, gboolean intelligence)
{
  return vv_json_new ("full_name", "s", full_name,
                      "roles", "a", roles != NULL ? json_array_ref (roles) : NULL,
                      "state", "s", "active",
                      "intelligence", "b", intelligence,
                      NULL);
}

static gboolean
is_administrator (JsonNode *role)
{
  return JSON_NODE_HOLDS_VALUE (role) && g_strcmp0 (json_node_get_string (role), "administrator") == 0;
}

/* A desk without an administrator could never get another account. (transfer full) */
static JsonArray *
with_administrator (JsonArray *roles)
{
  JsonArray *all = json_array_new ();
  gboolean   found = FALSE;

  for (guint i = 0; i < vv_json_length (roles); i++)
    {
      json_array_add_element (all, json_node_copy (json_array_get_element (roles, i)));
      found = found || is_administrator (json_array_get_element (roles, i));
    }
  if (!found)
    json_array_add_string_element (all, "administrator");
  return all;
}

gboolean
vv_desk_create (const char *dir, JsonObject *about, const char *account, const char *full_name, JsonArray *roles, VvSecret *passphrase, GError **error)
{
  g_autoptr (JsonArray)  all = with_administrator (roles);
  g_autoptr (JsonObject) facts = account_facts (full_name, all, FALSE);

  if (!is_made_of (vv_json_string (about, "station"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", STATION_MAX))
    return refuse (error, _ ("A desk needs a station: 1 to 4 capital letters or digits that no other desk of the section uses."));
  return check_account (account, facts, passphrase, error) && vv_vault_create (dir, about, account, facts, passphrase, error);
}

/* Writes inside a transaction that ends with an audit row. */
typedef gboolean (*VvAccountChange) (VvSession *session, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error);

static gboolean
change_account (VvSession *session, VvAccountChange change, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  g_autofree char *object = g_strdup_printf ("account %s", account);

  if (!vv_vault_begin (session->vault, error))
    return FALSE;
  if (change (session, account, facts, passphrase, error) &&
      vv_vault_audit (session->vault, session->act, object, "done", facts, /* sign= */ TRUE, error) &&
      vv_vault_commit (session->vault, error))
    return TRUE;
  vv_vault_rollback (session->vault);
  return FALSE;
}

static gboolean
add (VvSession *session, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  return vv_vault_add_account (session->vault, account, facts, passphrase, error);
}

static gboolean
change (VvSession *session, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  return vv_vault_change_account (session->vault, account, facts, error);
}

gboolean
vv_desk_add_account (VvDesk *self, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  g_autoptr (JsonObject) kept = account_facts (vv_json_string (facts, "full_name"), vv_json_array (facts, "roles"),
                                               vv_json_bool (facts, "intelligence"));
  VvSession              session;

  if (!_vv_desk_enter (self, "add-account", &session, error))
    return FALSE;
  if (!_vv_desk_has_role (&session, VV_ROLE_ADMINISTRATOR, error) ||
      !check_account (account, kept, passphrase, error) ||
      !change_account (&session, add, account, kept, passphrase, error))
    return _vv_desk_leave_refused (&session, error) != NULL;
  _vv_desk_leave (&session);
  return TRUE;
}

JsonObject *
vv_desk_disable_account (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char            *account = vv_json_string (details, "account");
  VvSession              session;
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (JsonObject) kept = NULL;

  if (!_vv_desk_enter (self, "disable-account", &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_ADMINISTRATOR, error))
    return _vv_desk_leave_refused (&session, error);
  if (g_strcmp0 (account, session.actor.account) == 0)
    {
      (void) refuse (error, _ ("You cannot disable your own account; another administrator can."));
      return _vv_desk_leave_refused (&session, error);
    }
  facts = vv_vault_account_facts (session.vault, account != NULL ? account : "", error);
  if (facts == NULL)
    return _vv_desk_leave_refused (&session, error);
  kept = account_facts (vv_json_string (facts, "full_name"), vv_json_array (facts, "roles"), vv_json_bool (facts, "intelligence"));
  json_object_set_string_member (kept, "state", "disabled");
  if (!change_account (&session, change, account, kept, /* passphrase= */ NULL, error))
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return g_steal_pointer (&kept);
}

JsonObject *
vv_desk_list_accounts (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession  session;
  JsonArray *accounts;

  if (!_vv_desk_enter (self, "list-accounts", &session, error))
    return NULL;
  accounts = vv_vault_accounts (session.vault, error);
  _vv_desk_leave (&session);
  return accounts != NULL ? vv_json_new ("accounts", "a", accounts, NULL) : NULL;
}

char *
_vv_desk_name_of (VvSession *session, const char *account)
{
  g_autoptr (JsonObject) facts = vv_vault_account_facts (session->vault, account, /* error= */ NULL);
  const char            *name = vv_json_string (facts, "full_name");

  return g_strdup (name != NULL ? name : account);
}
