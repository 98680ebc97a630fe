// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <time.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-notice.h"
#include "vv-second-factor.h"
#include "vv-time.h"

/* Who is at the desk: what is checked when somebody comes, and whether they are still there. CJIS AC-2(3), AC-7, AC-8,
 * AC-11, IA-2, IA-5. */

#define HOUR_US         (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define PROOF_US        (12 * HOUR_US) /* IA-5: then the pass phrase is asked for again */
#define UNUSED_US       (90 * 24 * HOUR_US)
#define IDLE_MAX        30 /* minutes; AC-11 */
#define DESK_SETTING    "desk"
#define SETTING_MINUTES "idle_minutes"

/* Time since the machine was started, sleep included: nobody sets it back. */
gint64
_vv_desk_clock (void)
{
  struct timespec now = { 0 };

  (void) clock_gettime (CLOCK_BOOTTIME, &now); /* Linux always has it */
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
refuse (GError **error, VvDeskError code, const char *text)
{
  g_set_error_literal (error, VV_DESK_ERROR, (int) code, text);
  return FALSE;
}

/* --- Coming ------------------------------------------------------------------------------------------------------------- */

static char *
account_object (const char *account)
{
  return g_strdup_printf ("account %s", account);
}

static gboolean
is_working_administrator (JsonObject *account)
{
  VvRoles roles = VV_ROLE_NONE;

  return g_strcmp0 (vv_json_string (account, "state"), "active") == 0 &&
         vv_json_string (account, "locked") == NULL &&
         vv_roles_from_json (vv_json_array (account, "roles"), &roles, /* error= */ NULL) &&
         (roles & VV_ROLE_ADMINISTRATOR) != 0;
}

/* Without @account nobody could administer the desk any more. */
gboolean
_vv_desk_is_last_administrator (VvVault *vault, const char *account)
{
  g_autoptr (JsonArray) all = vv_vault_accounts (vault, /* error= */ NULL);
  gboolean              own = FALSE;
  guint                 others = 0;

  for (guint i = 0; i < vv_json_length (all); i++)
    {
      JsonObject *one = vv_json_element (all, i);

      if (!is_working_administrator (one))
        continue;
      if (g_strcmp0 (vv_json_string (one, "account"), account) == 0)
        own = TRUE;
      else
        others++;
    }
  return own && others == 0;
}

static gboolean
audit_account (VvVault *vault, const char *act, const char *account, const char *outcome, JsonObject *detail, GError **error)
{
  g_autofree char *object = account_object (account);

  return vv_vault_audit (vault, act, object, outcome, detail, /* sign= */ FALSE, error);
}

/* A lock that is known now is kept in the database too, but never that of the last administrator: nobody could release it. */
static gboolean
keep_lock (VvVault *vault, const char *account, const char *at, GError **error)
{
  g_autoptr (JsonObject) facts = vv_json_new ("locked", "s", at, NULL);

  if (!audit_account (vault, "lock-account", account, "done", facts, error))
    return FALSE;
  return _vv_desk_is_last_administrator (vault, account) || vv_vault_change_account (vault, account, facts, error);
}

/* Failed sign-ins of everybody come into the audit chain with the next one that succeeds. */
static gboolean
copy_attempts (VvVault *vault, GError **error)
{
  const char           *state = NULL;
  g_autoptr (JsonArray) news = vv_vault_take_attempts (vault, &state, error);

  if (news == NULL)
    return FALSE;
  if (strcmp (state, "sound") != 0)
    {
      g_autoptr (JsonObject) detail = vv_json_new ("file", "s", state, NULL);

      if (!vv_vault_audit (vault, "check-attempts", /* object= */ "", "failed", detail, /* sign= */ FALSE, error))
        return FALSE;
    }
  for (guint i = 0; i < vv_json_length (news); i++)
    {
      JsonObject            *one = vv_json_element (news, i);
      const char            *account = vv_json_string (one, "account");
      const char            *at = vv_json_string (one, "at");
      g_autoptr (JsonObject) detail = vv_json_new ("at", "s", at, NULL);

      if (!audit_account (vault, "sign-in", account, "failed", detail, error) ||
          (vv_json_bool (one, "locks") && !keep_lock (vault, account, at, error)))
        return FALSE;
    }
  return TRUE;
}

/* When the account last was somebody's: signed in, made, reset or enabled. A clock set back does not make it younger than
 * the newest audit row says it is. */
static gboolean
is_unused (VvVault *vault, JsonObject *facts)
{
  static const char *const marks[] = { "last_sign_in", "made_at", "enabled_at" };
  gint64                   last = 0;
  gint64                   now = g_get_real_time ();
  gint64                   written = vv_vault_last_written (vault);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (vv_json_string (facts, marks[i]) != NULL)
      last = MAX (last, vv_time_parse (vv_json_string (facts, marks[i]), /* error= */ NULL));
  return MAX (now, written) - last > UNUSED_US;
}

/* An account that was not used for 90 days is disabled when somebody tries it. Training desks lie on shelves. */
static gboolean
check_unused (VvVault *vault, JsonObject *facts, gboolean training, GError **error)
{
  const char            *account = vv_vault_account (vault);
  g_autoptr (JsonObject) disabled = vv_json_new ("state", "s", "disabled", NULL);

  if (training || !is_unused (vault, facts) || _vv_desk_is_last_administrator (vault, account))
    return TRUE;
  if (!vv_vault_begin (vault, error))
    return FALSE;
  if (!vv_vault_change_account (vault, account, disabled, error) ||
      !audit_account (vault, "disable-unused-account", account, "done", disabled, error) ||
      !vv_vault_commit (vault, error))
    {
      vv_vault_rollback (vault);
      return FALSE;
    }
  return refuse (error, VV_DESK_ERROR_DISABLED,
                 _ ("This account was not used for 90 days and is now disabled. An administrator can enable it again."));
}

static gboolean
check_factor (VvVault *vault, const char *code, GError **error)
{
  if (vv_vault_second_factor (vault) == NULL)
    return TRUE;
  if (code == NULL)
    return refuse (error, VV_DESK_ERROR_CODE_NEEDED, _ ("This account also needs the code of its second factor."));
  return vv_vault_check_code (vault, code, error);
}

gboolean
_vv_desk_welcome (VvVault *vault, JsonObject *about, JsonObject *facts, const char *code, GError **error)
{
  /* A code that is asked for is no failure, so it comes before anything is written. */
  if (code == NULL && !check_factor (vault, code, error))
    return FALSE;
  if (!check_unused (vault, facts, vv_json_bool (about, "training"), error) || !vv_vault_begin (vault, error))
    return FALSE;
  if (check_factor (vault, code, error) &&
      copy_attempts (vault, error) &&
      vv_vault_note_sign_in (vault, error) &&
      vv_vault_audit (vault, "sign-in", /* object= */ "", "done", /* detail= */ NULL, /* sign= */ FALSE, error) &&
      vv_vault_commit (vault, error))
    return TRUE;
  vv_vault_rollback (vault);
  return FALSE;
}

JsonObject *
vv_desk_acknowledge_notice (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) detail = vv_json_new ("version", "i", (gint64) VV_NOTICE_VERSION, NULL);
  VvSession              session;

  if (!_vv_desk_enter (self, "acknowledge-notice", &session, error))
    return NULL;
  if (!_vv_desk_note (&session, /* object= */ "", detail, /* sign= */ FALSE, error))
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return g_steal_pointer (&detail);
}

/* --- Still there? ----------------------------------------------------------------------------------------------------------- */

void
_vv_desk_arrive (VvDesk *self)
{
  g_autoptr (JsonObject) setting = vv_vault_setting (self->vault, DESK_SETTING, /* error= */ NULL);
  gint64                 minutes = vv_json_int (setting, SETTING_MINUTES);

  self->locked = FALSE;
  self->proven_at = self->seen_at = _vv_desk_clock ();
  self->idle_us = (minutes >= 1 && minutes <= IDLE_MAX ? minutes : IDLE_MAX) * 60 * G_USEC_PER_SEC;
}

/* What windows do by themselves does not show that anybody is there. */
static gboolean
is_of_a_person (const char *act)
{
  static const char *const others[] = { "sync", "look-in-ecms", "list-requests", "warm-up", NULL };

  return !g_strv_contains (others, act);
}

void
_vv_desk_set_locked (VvDesk *self)
{
  self->locked = TRUE;
  g_clear_pointer (&self->gallery, vv_gallery_unref);
}

gboolean
_vv_desk_is_attended (VvDesk *self, const char *act, GError **error)
{
  const gint64 now = _vv_desk_clock ();

  if (now - self->seen_at > self->idle_us)
    _vv_desk_set_locked (self);
  if (self->locked)
    return refuse (error, VV_DESK_ERROR_LOCKED, _ ("The desk is locked. Enter your pass phrase to go on."));
  if (now - self->proven_at > PROOF_US)
    return refuse (error, VV_DESK_ERROR_EXPIRED, _ ("You signed in more than 12 hours ago. Enter your pass phrase again to go on."));
  if (is_of_a_person (act))
    self->seen_at = now;
  return TRUE;
}

void
vv_desk_touch (VvDesk *self)
{
  VvSession session;

  /* A desk that is locked or signed out stays so. */
  if (_vv_desk_enter (self, "touch", &session, /* error= */ NULL))
    _vv_desk_leave (&session);
}

void
vv_desk_lock (VvDesk *self)
{
  VvSession session;

  if (!_vv_desk_enter (self, "lock", &session, /* error= */ NULL))
    return;
  _vv_desk_set_locked (self);
  self->fresh_until = 0;
  /* The lock must hold whatever the disk says. */
  (void) _vv_desk_note (&session, /* object= */ "", /* detail= */ NULL, /* sign= */ FALSE, /* error= */ NULL);
  _vv_desk_leave (&session);
}

gboolean
vv_desk_is_locked (VvDesk *self)
{
  VvSession session;
  gboolean  attended;

  if (!_vv_desk_enter_unattended (self, "is-locked", &session, /* error= */ NULL))
    return FALSE;
  attended = _vv_desk_is_attended (self, "sync", /* error= */ NULL);
  _vv_desk_leave (&session);
  return !attended;
}

/* Pass phrase and, where there is one, code. */
static gboolean
prove (VvSession *session, VvSecret *passphrase, const char *code, GError **error)
{
  if (code == NULL && !check_factor (session->vault, code, error))
    return FALSE;
  if (!vv_vault_check_passphrase (session->vault, passphrase, error) || !vv_vault_begin (session->vault, error))
    return FALSE;
  if (check_factor (session->vault, code, error) &&
      vv_vault_audit (session->vault, session->act, "", "done", NULL, FALSE, error) &&
      vv_vault_commit (session->vault, error))
    return TRUE;
  vv_vault_rollback (session->vault);
  return FALSE;
}

gboolean
_vv_desk_end_if_locked (VvDesk *self, const char *account)
{
  gboolean locked;

  g_rw_lock_reader_lock (&self->session);
  g_mutex_lock (&self->mutex);
  locked = self->vault != NULL && g_strcmp0 (vv_vault_account (self->vault), account) == 0 && vv_vault_is_locked (self->vault, account);
  g_mutex_unlock (&self->mutex);
  g_rw_lock_reader_unlock (&self->session);
  if (locked)
    vv_desk_sign_out (self);
  return locked;
}

gboolean
vv_desk_unlock (VvDesk *self, VvSecret *passphrase, const char *code, GError **error)
{
  g_autofree char *account = NULL;
  VvSession        session;

  if (!_vv_desk_enter_unattended (self, "unlock", &session, error))
    return FALSE;
  account = g_strdup (session.actor.account);
  if (!prove (&session, passphrase, code, error))
    {
      (void) _vv_desk_leave_refused (&session, error);
      (void) _vv_desk_end_if_locked (self, account);
      return FALSE;
    }
  _vv_desk_arrive (self);
  _vv_desk_leave (&session);
  return TRUE;
}

/* --- Settings of the desk ------------------------------------------------------------------------------------------------------ */

static gboolean
keep_minutes (VvSession *session, gint64 minutes, GError **error)
{
  g_autoptr (JsonObject) setting = vv_json_new (SETTING_MINUTES, "i", minutes, NULL);

  if (!_vv_desk_has_role (session, VV_ROLE_ADMINISTRATOR, error))
    return FALSE;
  if (minutes < 1 || minutes > IDLE_MAX)
    return refuse (error, VV_DESK_ERROR_INPUT, _ ("A desk locks after 1 to 30 minutes in which nobody does anything."));
  if (!vv_vault_begin (session->vault, error))
    return FALSE;
  if (vv_vault_set_setting (session->vault, DESK_SETTING, setting, error) &&
      vv_vault_audit (session->vault, session->act, "", "done", setting, /* sign= */ TRUE, error) &&
      vv_vault_commit (session->vault, error))
    {
      session->desk->idle_us = minutes * 60 * G_USEC_PER_SEC;
      return TRUE;
    }
  vv_vault_rollback (session->vault);
  return FALSE;
}

JsonObject *
vv_desk_settings (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession session;
  gint64    minutes;

  if (!_vv_desk_enter (self, "desk-settings", &session, error))
    return NULL;
  if (details != NULL &&
      json_object_has_member (details, SETTING_MINUTES) &&
      !keep_minutes (&session, vv_json_int (details, SETTING_MINUTES), error))
    return _vv_desk_leave_refused (&session, error);
  minutes = self->idle_us / (60 * G_USEC_PER_SEC);
  _vv_desk_leave (&session);
  return vv_json_new (SETTING_MINUTES, "i", minutes, NULL);
}

/* --- Second factor ---------------------------------------------------------------------------------------------------------------- */

VvSecret *
vv_desk_enrol_second_factor (VvDesk *self, GError **error)
{
  const VvSecondFactorKind *kind = &vv_second_factor_totp;
  const char               *agency;
  VvSession                 session;
  VvSecret                 *text;

  if (!_vv_desk_enter (self, "enrol-second-factor", &session, error))
    return NULL;
  agency = vv_json_string (self->about, "agency");
  g_clear_pointer (&self->enrolling, vv_secret_free);
  self->enrolling = kind->enrol ();
  text = kind->introduce (self->enrolling, session.actor.account, agency != NULL ? agency : "Visavis");
  _vv_desk_leave (&session);
  return text;
}

/* The first code shows that the device was set up; only then does the account need it. */
static gboolean
put_in_place (VvSession *session, VvSecret *passphrase, const char *code, GError **error)
{
  VvSecret                 *secret = session->desk->enrolling;
  const VvSecondFactorKind *kind = vv_second_factor_kind (secret);
  g_autofree char          *object = account_object (session->actor.account);
  gint64                    counter = -1;

  if (kind == NULL)
    return refuse (error, VV_DESK_ERROR_INPUT, _ ("No second factor waits to be confirmed. Begin the enrolment anew."));
  if (!kind->check (secret, code, g_get_real_time () / G_USEC_PER_SEC, &counter))
    return refuse (error, VV_DESK_ERROR_INPUT,
                   _ ("The code is not the one expected. Check the clocks of both devices and enter the next one."));
  if (!vv_vault_begin (session->vault, error))
    return FALSE;
  if (vv_vault_set_second_factor (session->vault, passphrase, secret, error) &&
      vv_vault_audit (session->vault, session->act, object, "done", NULL, /* sign= */ TRUE, error) &&
      vv_vault_commit (session->vault, error))
    {
      vv_vault_use_second_factor (session->vault, secret);
      return TRUE;
    }
  vv_vault_rollback (session->vault);
  return FALSE;
}

gboolean
vv_desk_confirm_second_factor (VvDesk *self, VvSecret *passphrase, const char *code, GError **error)
{
  VvSession session;

  if (!_vv_desk_enter (self, "enrol-second-factor", &session, error))
    return FALSE;
  if (!put_in_place (&session, passphrase, code, error))
    return _vv_desk_leave_refused (&session, error) != NULL;
  g_clear_pointer (&self->enrolling, vv_secret_free);
  _vv_desk_leave (&session);
  return TRUE;
}
