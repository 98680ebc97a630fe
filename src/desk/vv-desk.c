// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-paths.h"
#include "vv-procedure-error.h"

/* The formatter would put spaces into the quark's name. */
/* clang-format off */
G_DEFINE_QUARK (vv-desk-error-quark, vv_desk_error)
/* clang-format on */
G_DEFINE_FINAL_TYPE (VvDesk, vv_desk, G_TYPE_OBJECT)

#define FRESH_US (60 * G_USEC_PER_SEC)

static void
vv_desk_finalize (GObject *object)
{
  VvDesk *self = VV_DESK (object);

  g_clear_pointer (&self->acts, vv_worker_free);
  g_clear_pointer (&self->pictures, vv_worker_free);
  g_clear_pointer (&self->network, vv_worker_free);
  vv_desk_sign_out (self);
  g_clear_pointer (&self->vision, vv_vision_free);
  g_clear_pointer (&self->decoder, vv_decoder_free);
  g_clear_pointer (&self->faces, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_rw_lock_clear (&self->session);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->engines);
  g_mutex_clear (&self->sending);
  g_mutex_clear (&self->watching);
  g_mutex_clear (&self->jobs);
  g_clear_pointer (&self->under_way, g_ptr_array_unref);
  g_free (self->dir);
  G_OBJECT_CLASS (vv_desk_parent_class)->finalize (object);
}

static void
vv_desk_class_init (VvDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vv_desk_finalize;
}

static void
vv_desk_init (VvDesk *self)
{
  g_rw_lock_init (&self->session);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->engines);
  g_mutex_init (&self->sending);
  g_mutex_init (&self->watching);
  g_mutex_init (&self->jobs);
  self->under_way = g_ptr_array_new_with_free_func (g_object_unref);
  self->faces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->decoder = vv_decoder_new ();
  self->acts = vv_worker_new ("vv-acts");
  self->pictures = vv_worker_new ("vv-pictures");
  self->network = vv_worker_new ("vv-network");
}

VvDesk *
vv_desk_new (const char *dir)
{
  VvDesk *self = g_object_new (VV_TYPE_DESK, NULL);

  self->dir = g_strdup (dir);
  return self;
}

JsonObject *
vv_desk_describe (const char *dir, GError **error)
{
  return vv_vault_describe (dir, error);
}

/* --- Signing in and out ---------------------------------------------------------------------------------------- */

static VvRules *
load_rules (GError **error)
{
  g_autofree char *path = vv_paths_data ("rules/212-129.json");
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, /* length= */ NULL, /* error= */ NULL))
    {
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_POLICY,
                           _ ("The rules file of the procedure is missing; nothing may be done without it. Reinstall the program."));
      return NULL;
    }
  return vv_rules_parse (text, error);
}

/* Takes what the session needs out of an opened @vault; it is closed on failure. */
static gboolean
begin_session (VvDesk *self, VvVault *vault, const char *code, GError **error)
{
  g_autoptr (VvVault)    opened = vault;
  g_autoptr (JsonObject) described = vv_vault_describe (self->dir, error);
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (VvRules)    rules = NULL;
  VvRoles                roles;

  if (described == NULL)
    return FALSE;
  facts = vv_vault_account_facts (opened, vv_vault_account (opened), error);
  if (facts == NULL || !vv_roles_from_json (vv_json_array (facts, "roles"), &roles, error))
    return FALSE;
  rules = load_rules (error);
  if (rules == NULL || !_vv_desk_welcome (opened, vv_json_object (described, "about"), facts, code, error))
    return FALSE;
  self->vault = g_steal_pointer (&opened);
  self->rules = g_steal_pointer (&rules);
  self->about = json_object_ref (vv_json_object (described, "about"));
  self->full_name = g_strdup (vv_json_string (facts, "full_name"));
  self->roles = roles;
  _vv_desk_arrive (self);
  self->intelligence = vv_json_bool (facts, "intelligence");
  return TRUE;
}

static void
record_sign_out (VvVault *vault)
{
  /* Signing out must succeed whatever the disk says; a desk that cannot be written says so at the next act. */
  if (!vv_vault_begin (vault, /* error= */ NULL))
    return;
  if (!vv_vault_audit (vault, "sign-out", /* object= */ "", "done", NULL, /* sign= */ FALSE, /* error= */ NULL) ||
      !vv_vault_commit (vault, /* error= */ NULL))
    vv_vault_rollback (vault);
}

/* Under (session), for writing. */
static void
end_session (VvDesk *self)
{
  if (self->vault != NULL)
    record_sign_out (self->vault);
  g_clear_pointer (&self->vault, vv_vault_close);
  g_clear_pointer (&self->gallery, vv_gallery_unref);
  g_clear_pointer (&self->rules, vv_rules_free);
  g_clear_pointer (&self->about, json_object_unref);
  g_clear_pointer (&self->full_name, g_free);
  g_clear_pointer (&self->report, vv_report_free);
  g_clear_pointer (&self->preview, vv_report_free);
  g_clear_pointer (&self->report_document, g_free);
  g_hash_table_remove_all (self->faces);
  g_hash_table_remove_all (self->shown);
  _vv_desk_forget_video (self);
  self->roles = VV_ROLE_NONE;
  g_clear_pointer (&self->enrolling, vv_secret_free);
  self->intelligence = FALSE;
  self->fresh_until = 0;
}

gboolean
vv_desk_sign_in (VvDesk *self, const char *account, VvSecret *passphrase, GError **error)
{
  return vv_desk_sign_in_with_code (self, account, passphrase, /* code= */ NULL, error);
}

gboolean
vv_desk_sign_in_with_code (VvDesk *self, const char *account, VvSecret *passphrase, const char *code, GError **error)
{
  VvVault *vault;
  gboolean done;

  g_return_val_if_fail (VV_IS_DESK (self), FALSE);

  g_rw_lock_writer_lock (&self->session);
  end_session (self);
  vault = vv_vault_open (self->dir, account, passphrase, error);
  done = vault != NULL && begin_session (self, vault, code, error);
  g_rw_lock_writer_unlock (&self->session);
  return done;
}

/* What was pushed and is not done is of no use to anybody once its person is gone. */
static void
cancel_under_way (VvDesk *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  g_mutex_lock (&self->jobs);
  for (guint i = 0; i < self->under_way->len; i++)
    g_ptr_array_add (all, g_object_ref (g_ptr_array_index (self->under_way, i)));
  g_mutex_unlock (&self->jobs);
  /* Outside the lock: who listens to a cancellable may push the next act. */
  for (guint i = 0; i < all->len; i++)
    g_cancellable_cancel (g_ptr_array_index (all, i));
}

void
vv_desk_sign_out (VvDesk *self)
{
  g_return_if_fail (VV_IS_DESK (self));

  g_atomic_int_inc (&self->leaving);
  cancel_under_way (self);
  g_rw_lock_writer_lock (&self->session);
  end_session (self);
  g_rw_lock_writer_unlock (&self->session);
  (void) g_atomic_int_dec_and_test (&self->leaving);
}

const char *
vv_desk_account (VvDesk *self)
{
  g_return_val_if_fail (VV_IS_DESK (self), NULL);

  return self->vault != NULL ? vv_vault_account (self->vault) : NULL;
}

guint
vv_desk_roles (VvDesk *self)
{
  g_return_val_if_fail (VV_IS_DESK (self), VV_ROLE_NONE);

  return self->roles;
}

const char *
vv_desk_full_name (VvDesk *self)
{
  g_return_val_if_fail (VV_IS_DESK (self), NULL);

  return self->full_name;
}

gboolean
vv_desk_confirm_passphrase (VvDesk *self, VvSecret *passphrase, GError **error)
{
  g_autofree char *account = NULL;
  VvSession        session;

  if (!_vv_desk_enter (self, "confirm-passphrase", &session, error))
    return FALSE;
  account = g_strdup (session.actor.account);
  if (!vv_vault_check_passphrase (session.vault, passphrase, error))
    {
      (void) _vv_desk_leave_refused (&session, error);
      (void) _vv_desk_end_if_locked (self, account);
      return FALSE;
    }
  self->fresh_until = g_get_monotonic_time () + FRESH_US;
  _vv_desk_leave (&session);
  return TRUE;
}

/* --- The frame of every act ------------------------------------------------------------------------------------- */

static gboolean
load_case (VvSession *session, GError **error)
{
  session->records = vv_vault_records (session->vault, session->request, error);
  if (session->records == NULL)
    return FALSE;
  /* 0 is no request: those are the records of the desk itself. */
  if (session->request != 0 && session->records->len > 0)
    session->kase = vv_case_new (session->records, vv_rules_peers (session->desk->rules));
  /* Who may not know of a request hears what is said of one that there is not. */
  if (session->kase == NULL || !vv_case_is_visible (session->kase, &session->actor))
    {
      g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND,
                   _ ("There is no request %" PRId64 " on this desk."), session->request);
      return FALSE;
    }
  return TRUE;
}

gboolean
_vv_desk_enter_unattended (VvDesk *self, const char *act, VvSession *ret_session, GError **error)
{
  VvSession session = { .desk = self, .act = act };

  g_rw_lock_reader_lock (&self->session);
  /* Who signs out waits for what is under way; what comes meanwhile must not make the wait longer. */
  if (self->vault == NULL || g_atomic_int_get (&self->leaving) > 0)
    {
      g_rw_lock_reader_unlock (&self->session);
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_SIGNED_OUT, _ ("Nobody is signed in. Sign in first."));
      return FALSE;
    }
  g_mutex_lock (&self->mutex);
  session.vault = self->vault;
  session.actor.account = vv_vault_account (self->vault);
  session.actor.roles = self->roles;
  session.actor.intelligence = self->intelligence;
  *ret_session = session;
  return TRUE;
}

gboolean
_vv_desk_enter (VvDesk *self, const char *act, VvSession *ret_session, GError **error)
{
  if (!_vv_desk_enter_unattended (self, act, ret_session, error))
    return FALSE;
  if (_vv_desk_is_attended (self, act, error))
    return TRUE;
  _vv_desk_leave (ret_session);
  return FALSE;
}

gboolean
_vv_desk_enter_request (VvDesk *self, const char *act, gint64 request, VvSession *ret_session, GError **error)
{
  if (!_vv_desk_enter (self, act, ret_session, error))
    return FALSE;
  ret_session->request = request;
  return load_case (ret_session, error) || _vv_desk_leave_refused (ret_session, error) != NULL;
}

void
_vv_desk_leave (VvSession *session)
{
  g_clear_pointer (&session->kase, vv_case_free);
  g_clear_pointer (&session->records, g_ptr_array_unref);
  _vv_desk_forget_derived (session);
  g_mutex_unlock (&session->desk->mutex);
  g_rw_lock_reader_unlock (&session->desk->session);
}

void
_vv_desk_unlock (VvSession *session)
{
  g_mutex_unlock (&session->desk->mutex);
}

void
_vv_desk_lock (VvSession *session)
{
  g_mutex_lock (&session->desk->mutex);
}

/* Audit rows name a request by its number in the desk, never by its content. */
static char *
object_name (VvSession *session)
{
  return session->request != 0 ? g_strdup_printf ("request %" G_GINT64_FORMAT, session->request) : g_strdup ("");
}

/* A rule stood in the way, not a file or the disk. */
static gboolean
is_refusal (const GError *error)
{
  VvDeskKind kind = vv_desk_error_kind (error);

  return kind == VV_DESK_KIND_REFUSED || kind == VV_DESK_KIND_SIGN_IN;
}

JsonObject *
_vv_desk_leave_refused (VvSession *session, GError **error)
{
  g_autofree char       *object = object_name (session);
  gboolean               refused = error != NULL && *error != NULL && is_refusal (*error);
  g_autoptr (JsonObject) detail = vv_json_new ("domain", "s", error != NULL && *error != NULL ? g_quark_to_string ((*error)->domain) : "",
                                               "code", "i", (gint64) (error != NULL && *error != NULL ? (*error)->code : 0), NULL);

  /* A cancelled act was the person's own wish and is no refusal. The row is best effort: the act's own error
   * is what the person must see. */
  if (error == NULL || !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    if (vv_vault_begin (session->vault, /* error= */ NULL) &&
        (!vv_vault_audit (session->vault, session->act, object, refused ? "refused" : "failed", detail, FALSE, /* error= */ NULL) ||
         !vv_vault_commit (session->vault, /* error= */ NULL)))
      vv_vault_rollback (session->vault);
  _vv_desk_leave (session);
  return NULL;
}

gboolean
_vv_desk_has_role (VvSession *session, VvRoles roles, GError **error)
{
  g_autofree char *wanted = NULL;

  if ((session->actor.roles & roles) != 0)
    return TRUE;
  wanted = vv_roles_for_people (roles);
  g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE,
               /* Translators: %s is one role or several, separated by commas */
               _ ("This needs the role %s, which your account does not have."), wanted);
  return FALSE;
}

/* --- Off the main thread ------------------------------------------------------------------------------------------ */

typedef struct
{
  VvDeskAct   act; /* NULL: a picture */
  gint64      request;
  JsonObject *details;
  char       *account;    /* of a sign-in */
  VvSecret   *passphrase; /* of a sign-in */
  char       *code;       /* (nullable) of a sign-in */

  GTaskThreadFunc work;
} VvJob;

static void
job_free (gpointer data)
{
  VvJob *job = data;

  g_clear_pointer (&job->details, json_object_unref);
  g_clear_pointer (&job->passphrase, vv_secret_free);
  g_free (job->account);
  g_free (job->code);
  g_free (job);
}

static VvJob *
job_new (VvDeskAct act, gint64 request, JsonObject *details)
{
  VvJob *job = g_new0 (VvJob, 1);

  job->act = act;
  job->request = request;
  job->details = details != NULL ? vv_json_copy (details) : json_object_new ();
  return job;
}

/* Does the job and lets sign-out forget it. A sign-in is never cancelled by the sign-out before it. */
static void
work_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  VvDesk *self = source;
  VvJob  *job = data;

  job->work (task, source, data, cancellable);
  g_mutex_lock (&self->jobs);
  (void) g_ptr_array_remove_fast (self->under_way, cancellable);
  g_mutex_unlock (&self->jobs);
}

static void
push (VvDesk *self, VvWorker *worker, GTaskThreadFunc func, VvJob *job, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GCancellable) stop = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  g_autoptr (GTask)        task = g_task_new (self, stop, callback, user_data);

  (g_task_set_name) (task, name); /* the function: the macro wants a literal */
  job->work = func;
  g_task_set_task_data (task, job, job_free);
  if (job->account == NULL)
    {
      g_mutex_lock (&self->jobs);
      g_ptr_array_add (self->under_way, g_object_ref (stop));
      g_mutex_unlock (&self->jobs);
    }
  vv_worker_push (worker, task, work_in_thread);
}

static void
act_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  VvJob      *job = data;
  GError     *error = NULL;
  JsonObject *answer = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    answer = job->act (source, job->request, job->details, cancellable, &error);
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) json_object_unref);
  else
    g_task_return_error (task, error);
}

void
vv_desk_act_async (VvDesk *self, VvDeskAct act, gint64 request, JsonObject *details, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (VV_IS_DESK (self));

  push (self, act == vv_desk_sync || act == vv_desk_fetch ? self->network : self->acts, act_in_thread, job_new (act, request, details),
        "vv_desk_act_async", cancellable, callback, user_data);
}

JsonObject *
vv_desk_act_finish (VvDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
picture_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  VvJob     *job = data;
  GError    *error = NULL;
  VvPicture *picture = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    picture = vv_desk_picture (source, job->request, job->details, cancellable, &error);
  if (picture != NULL)
    g_task_return_pointer (task, picture, (GDestroyNotify) vv_picture_unref);
  else
    g_task_return_error (task, error);
}

void
vv_desk_picture_async (VvDesk *self, gint64 request, JsonObject *what, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (VV_IS_DESK (self));

  push (self, self->pictures, picture_in_thread, job_new (NULL, request, what), "vv_desk_picture_async", cancellable,
        callback, user_data);
}

VvPicture *
vv_desk_picture_finish (VvDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Loads networks and templates, and packs what is loose, while the person looks at the list, so that the first search is not slow. */
static void
warm_up_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  VvSession session;

  /* Whatever goes wrong here goes wrong again, with a person watching, at the act that needs it. */
  if (_vv_desk_enter (source, "warm-up", &session, /* error= */ NULL))
    {
      g_autoptr (VvGallery) gallery = _vv_desk_gallery (&session, cancellable, /* error= */ NULL);

      if (gallery != NULL)
        (void) _vv_desk_pack_templates (&session, cancellable, /* error= */ NULL);
      _vv_desk_leave (&session);
    }
  g_task_return_boolean (task, TRUE);
}

static void
sign_in_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  VvJob  *job = data;
  GError *error = NULL;

  if (!vv_desk_sign_in_with_code (source, job->account, job->passphrase, job->code, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  push (source, ((VvDesk *) source)->pictures, warm_up_in_thread, job_new (NULL, 0, NULL), "warm-up", NULL, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

void
vv_desk_sign_in_async (VvDesk *self, const char *account, VvSecret *passphrase, const char *code, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  VvJob *job = job_new (NULL, 0, NULL);

  g_return_if_fail (VV_IS_DESK (self));

  job->account = g_strdup (account);
  job->passphrase = passphrase;
  job->code = g_strdup (code);
  push (self, self->acts, sign_in_in_thread, job, "vv_desk_sign_in_async", cancellable, callback, user_data);
}

gboolean
vv_desk_sign_in_finish (VvDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
