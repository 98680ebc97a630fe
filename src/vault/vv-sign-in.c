// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-json.h"
#include "vv-second-factor.h"
#include "vv-time.h"
#include "vv-vault-private.h"

/* What happens around a sign-in once the desk is open: failed attempts, the second factor, when somebody was last here. */

#define ATTEMPTS_SETTING "attempts"

/* --- Failed attempts ------------------------------------------------------------------------------------------------ */

static gboolean
begin_round (VvVault *self, JsonObject *known, const char *without, GError **error)
{
  g_autoptr (VvAttempts) next = vv_attempts_next_round (self->new_attempts != NULL ? self->new_attempts : self->attempts, without);
  g_autoptr (JsonObject) keep = vv_attempts_known (next, self->attempts, known);

  if (!vv_vault_set_setting (self, ATTEMPTS_SETTING, keep, error))
    return FALSE;
  g_clear_pointer (&self->new_attempts, vv_attempts_free);
  self->new_attempts = g_steal_pointer (&next);
  return TRUE;
}

static const char *
state_name (VvAttemptsState state)
{
  switch (state)
    {
    case VV_ATTEMPTS_MISSING:
      return "missing";
    case VV_ATTEMPTS_CHANGED:
      return "changed";
    case VV_ATTEMPTS_SOUND:
    default:
      return "sound";
    }
}

JsonArray *
vv_vault_take_attempts (VvVault *self, const char **ret_state, GError **error)
{
  g_autoptr (JsonObject) known = NULL;
  g_autoptr (JsonArray)  news = NULL;
  g_autoptr (GError)     cause = NULL;
  VvAttemptsState        state;

  g_return_val_if_fail (self != NULL && ret_state != NULL, NULL);

  if (!vv_vault_require_transaction (self, error))
    return NULL;
  known = vv_vault_setting (self, ATTEMPTS_SETTING, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  news = vv_attempts_news (self->attempts, known, &state);
  if (!begin_round (self, known, self->account, error))
    return NULL;
  *ret_state = state_name (state);
  return g_steal_pointer (&news);
}

gboolean
vv_vault_release_account (VvVault *self, const char *account, GError **error)
{
  g_autoptr (JsonObject) known = NULL;
  g_autoptr (JsonObject) facts = json_object_new ();

  g_return_val_if_fail (self != NULL && account != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  json_object_set_null_member (facts, "locked");
  known = vv_vault_setting (self, ATTEMPTS_SETTING, /* error= */ NULL); /* set at sign-in; without one a round begins all the same */
  return vv_vault_change_account (self, account, facts, error) && begin_round (self, known, account, error);
}

gboolean
vv_vault_is_locked (VvVault *self, const char *account)
{
  g_autoptr (JsonObject) facts = NULL;

  g_return_val_if_fail (self != NULL && account != NULL, FALSE);

  facts = vv_vault_account_facts (self, account, /* error= */ NULL);
  return vv_attempts_is_locked (self->attempts, account) || vv_json_string (facts, "locked") != NULL;
}

/* --- When somebody was last here ------------------------------------------------------------------------------------- */

gboolean
vv_vault_note_sign_in (VvVault *self, GError **error)
{
  g_autofree char *now = vv_time_now ();

  g_return_val_if_fail (self != NULL, FALSE);

  return vv_vault_require_transaction (self, error) &&
         vv_database_run (self->db, error, "UPDATE account SET last_sign_in = ? WHERE name = ?", "tt", now, self->account);
}

/* --- Second factor ---------------------------------------------------------------------------------------------------- */

const char *
vv_vault_second_factor (VvVault *self)
{
  const VvSecondFactorKind *kind;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->second_factor == NULL)
    return NULL;
  kind = vv_second_factor_kind (self->second_factor);
  return kind != NULL ? kind->name : "unknown";
}

void
vv_vault_use_second_factor (VvVault *self, VvSecret *second_factor)
{
  g_return_if_fail (self != NULL && second_factor != NULL);

  vv_secret_free (self->second_factor);
  self->second_factor = vv_secret_copy (vv_secret_data (second_factor), vv_secret_size (second_factor));
}

static char *
counter_setting (const char *account)
{
  return g_strdup_printf ("second-factor %s", account);
}

static gboolean
keep_counter (VvVault *self, const char *account, gint64 counter, GError **error)
{
  g_autofree char       *name = counter_setting (account);
  g_autoptr (JsonObject) value = vv_json_new ("counter", "i", counter, NULL);

  return vv_vault_set_setting (self, name, value, error);
}

gboolean
vv_vault_reset_second_factor_counter (VvVault *self, const char *account, GError **error)
{
  return keep_counter (self, account, -1, error);
}

gboolean
vv_vault_check_code (VvVault *self, const char *code, GError **error)
{
  const VvSecondFactorKind *kind = vv_second_factor_kind (self->second_factor);
  g_autofree char          *name = counter_setting (self->account);
  g_autoptr (JsonObject)    kept = NULL;
  gint64                    counter;
  VvAttemptsClock           now;

  g_return_val_if_fail (self != NULL && code != NULL, FALSE);

  if (!vv_vault_require_transaction (self, error))
    return FALSE;
  kept = vv_vault_setting (self, name, /* error= */ NULL);
  counter = kept != NULL ? vv_json_int (kept, "counter") : -1;
  if (kind != NULL && kind->check (self->second_factor, code, g_get_real_time () / G_USEC_PER_SEC, &counter))
    return keep_counter (self, self->account, counter, error);
  vv_attempts_clock (&now);
  vv_attempts_add (self->attempts, self->account, &now);
  if (vv_attempts_save (self->attempts, error))
    g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE,
                         _ ("The code is wrong, or was used already. Wait for the next one and check the clocks of both devices."));
  return FALSE;
}
