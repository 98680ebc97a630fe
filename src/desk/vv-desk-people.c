// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-passphrase.h"
#include "vv-paths.h"
#include "vv-procedure-error.h"
#include "vv-time.h"

/* What happens to an account after it was made: pass phrase, reset, enabling, release, roles. */

gboolean
_vv_desk_check_passphrase (VvSecret *passphrase, const char *account, GError **error)
{
  g_autofree char *path = vv_paths_data ("rules/banned-passphrases.txt");
  g_autofree char *banned = NULL;

  if (!g_file_get_contents (path, &banned, /* length= */ NULL, /* error= */ NULL))
    {
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_POLICY,
                           _ ("The list of banned pass phrases is missing, so none can be set. Reinstall the program."));
      return FALSE;
    }
  return vv_passphrase_check (passphrase, account, banned, error);
}

gboolean
_vv_desk_note (VvSession *session, const char *object, JsonObject *detail, gboolean sign, GError **error)
{
  if (!vv_vault_begin (session->vault, error))
    return FALSE;
  if (vv_vault_audit (session->vault, session->act, object, "done", detail, sign, error) && vv_vault_commit (session->vault, error))
    return TRUE;
  vv_vault_rollback (session->vault);
  return FALSE;
}

/* --- What a person sees of themselves ------------------------------------------------------------------------------------- */

JsonObject *
vv_desk_own_account (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) facts = NULL;
  VvSession              session;

  if (!_vv_desk_enter (self, "own-account", &session, error))
    return NULL;
  facts = vv_vault_account_facts (session.vault, session.actor.account, error);
  if (facts != NULL)
    json_object_set_boolean_member (facts, "second_factor", vv_vault_second_factor (session.vault) != NULL);
  _vv_desk_leave (&session);
  if (facts == NULL)
    return NULL;
  return vv_json_new ("account", "s", vv_json_string (facts, "account"), "full_name", "s", vv_json_string (facts, "full_name"),
                      "roles", "a", json_array_ref (vv_json_array (facts, "roles")), "intelligence", "b", vv_json_bool (facts, "intelligence"),
                      "last_sign_in", "s", vv_json_string (facts, "last_sign_in"),
                      "second_factor", "b", vv_json_bool (facts, "second_factor"), NULL);
}

JsonObject *
vv_desk_policy (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  JsonObject *policy;
  VvSession   session;

  if (!_vv_desk_enter (self, "policy", &session, error))
    return NULL;
  policy = vv_json_copy (vv_rules_policy (self->rules));
  _vv_desk_leave (&session);
  return policy;
}

/* --- The own pass phrase ------------------------------------------------------------------------------------------------- */

static gboolean
change_own (VvSession *session, VvSecret *old_passphrase, VvSecret *new_passphrase, GError **error)
{
  g_autofree char *object = g_strdup_printf ("account %s", session->actor.account);

  if (!_vv_desk_check_passphrase (new_passphrase, session->actor.account, error) || !vv_vault_begin (session->vault, error))
    return FALSE;
  if (vv_vault_change_passphrase (session->vault, old_passphrase, new_passphrase, error) &&
      vv_vault_audit (session->vault, session->act, object, "done", NULL, /* sign= */ TRUE, error) &&
      vv_vault_commit (session->vault, error))
    return TRUE;
  vv_vault_rollback (session->vault);
  return FALSE;
}

gboolean
vv_desk_change_passphrase (VvDesk *self, VvSecret *old_passphrase, VvSecret *new_passphrase, GError **error)
{
  g_autofree char *account = NULL;
  VvSession        session;

  if (!_vv_desk_enter (self, "change-passphrase", &session, error))
    return FALSE;
  account = g_strdup (session.actor.account);
  if (!change_own (&session, old_passphrase, new_passphrase, error))
    {
      (void) _vv_desk_leave_refused (&session, error);
      (void) _vv_desk_end_if_locked (self, account);
      return FALSE;
    }
  _vv_desk_leave (&session);
  return TRUE;
}

/* --- Other people's accounts: administrator --------------------------------------------------------------------------------- */

/* Writes inside a transaction; @facts: what changes, for the account and for the audit row. */
typedef gboolean (*VvChange) (VvSession *session, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error);

static gboolean
write_change (VvSession *session, VvChange change, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
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

/* Whether the actor may change @account, whose state must be @state (NULL: any). */
static gboolean
may_change (VvSession *session, const char *account, const char *state, GError **error)
{
  g_autoptr (JsonObject) facts = NULL;

  if (!_vv_desk_has_role (session, VV_ROLE_ADMINISTRATOR, error))
    return FALSE;
  if (g_strcmp0 (account, session->actor.account) == 0)
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                           _ ("Nobody does this to their own account; another administrator can."));
      return FALSE;
    }
  facts = vv_vault_account_facts (session->vault, account != NULL ? account : "", error);
  if (facts == NULL)
    return FALSE;
  if (state == NULL || g_strcmp0 (vv_json_string (facts, "state"), state) == 0)
    return TRUE;
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                       strcmp (state, "active") == 0 ? _ ("This account is disabled. Enable it with a new pass phrase.")
                                                     : _ ("This account is not disabled."));
  return FALSE;
}

/* With the new pass phrase and key the account is released too, and its 90 days begin anew. */
static gboolean
reset (VvSession *session, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  return vv_vault_reset_account (session->vault, account, passphrase, error) &&
         vv_vault_change_account (session->vault, account, facts, error) &&
         vv_vault_release_account (session->vault, account, error);
}

static gboolean
give_passphrase (VvDesk *self, const char *act, const char *account, const char *state, VvSecret *passphrase, GError **error)
{
  g_autofree char       *now = vv_time_now ();
  g_autoptr (JsonObject) facts = vv_json_new ("state", "s", "active", "enabled_at", "s", now, NULL);
  VvSession              session;

  if (!_vv_desk_enter (self, act, &session, error))
    return FALSE;
  if (!may_change (&session, account, state, error) ||
      !_vv_desk_check_passphrase (passphrase, account, error) ||
      !write_change (&session, reset, account, facts, passphrase, error))
    return _vv_desk_leave_refused (&session, error) != NULL;
  _vv_desk_leave (&session);
  return TRUE;
}

gboolean
vv_desk_reset_account (VvDesk *self, const char *account, VvSecret *passphrase, GError **error)
{
  return give_passphrase (self, "reset-account", account, "active", passphrase, error);
}

gboolean
vv_desk_enable_account (VvDesk *self, const char *account, VvSecret *passphrase, GError **error)
{
  return give_passphrase (self, "enable-account", account, "disabled", passphrase, error);
}

static gboolean
release (VvSession *session, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  return vv_vault_release_account (session->vault, account, error);
}

static gboolean
change_roles (VvSession *session, const char *account, JsonObject *facts, VvSecret *passphrase, GError **error)
{
  VvRoles roles;

  return vv_roles_from_json (vv_json_array (facts, "roles"), &roles, error) &&
         vv_vault_change_account (session->vault, account, facts, error);
}

static JsonObject *
change_other (VvDesk *self, const char *act, const char *account, VvChange change, JsonObject *facts, GError **error)
{
  JsonObject *answer;
  VvSession   session;

  if (!_vv_desk_enter (self, act, &session, error))
    return NULL;
  if (!may_change (&session, account, /* state= */ NULL, error) ||
      !write_change (&session, change, account, facts, /* passphrase= */ NULL, error))
    return _vv_desk_leave_refused (&session, error);
  answer = vv_vault_account_facts (session.vault, account, error);
  _vv_desk_leave (&session);
  return answer;
}

JsonObject *
vv_desk_release_account (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return change_other (self, "release-account", vv_json_string (details, "account"), release, /* facts= */ NULL, error);
}

JsonObject *
vv_desk_change_roles (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  JsonArray             *names = vv_json_array (details, "roles");
  g_autoptr (JsonObject) facts = vv_json_new ("roles", "a", names != NULL ? json_array_ref (names) : NULL, NULL);

  if (details != NULL && json_object_has_member (details, "intelligence"))
    json_object_set_boolean_member (facts, "intelligence", vv_json_bool (details, "intelligence"));
  return change_other (self, "change-roles", vv_json_string (details, "account"), change_roles, facts, error);
}
