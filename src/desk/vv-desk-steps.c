// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-body.h"
#include "vv-desk-private.h"
#include "vv-finding.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-notice.h"
#include "vv-points.h"
#include "vv-procedure-error.h"
#include "vv-time.h"

/* --- The one way a record is written ------------------------------------------------------------------------------ */

/* Records about a candidate: whoever makes one is told that it is a lead and no more. */
static const char *const noticed[] = { VV_KIND_SEARCH, VV_KIND_COMPARISON, VV_KIND_PEER_REVIEW, VV_KIND_SIGN_OFF, VV_KIND_REPORT, NULL };

/* The text of the procedure that was enforced, and which wording of the notice was in sight. */
static JsonObject *
stamp (VvSession *session, const char *kind, JsonObject *body)
{
  JsonObject *stamped = vv_json_copy (body);

  json_object_set_object_member (stamped, "policy", vv_json_copy (vv_rules_policy (session->desk->rules)));
  if (g_strv_contains (noticed, kind))
    json_object_set_int_member (stamped, "notice_version", VV_NOTICE_VERSION);
  return stamped;
}

VvRecord *
_vv_desk_append_within (VvSession *session, const char *kind, JsonObject *body, VvDeskExtra extra, gpointer data, GError **error)
{
  g_autoptr (JsonObject) stamped = stamp (session, kind, body);
  gint64                 previous = strcmp (kind, VV_KIND_COMPARISON) == 0 ? vv_json_int (body, "replaces") : 0;
  g_autoptr (VvRecord)   record = vv_vault_append (session->vault, kind, session->request, previous, stamped, error);
  g_autoptr (JsonObject) detail = NULL;
  g_autofree char       *object = NULL;

  if (record == NULL || (extra != NULL && !extra (session, record, data, error)))
    return NULL;
  detail = vv_json_new ("record", "i", record->id, "hash", "s", record->hash, NULL);
  object = g_strdup_printf ("request %" G_GINT64_FORMAT, record->request);
  if (!vv_vault_audit (session->vault, session->act, object, "done", detail, /* sign= */ TRUE, error))
    return NULL;
  return g_steal_pointer (&record);
}

VvRecord *
_vv_desk_append (VvSession *session, const char *kind, JsonObject *body, VvDeskExtra extra, gpointer data, GError **error)
{
  g_autoptr (VvRecord) record = NULL;

  if (!vv_vault_begin (session->vault, error))
    return NULL;
  record = _vv_desk_append_within (session, kind, body, extra, data, error);
  if (record == NULL)
    {
      vv_vault_rollback (session->vault);
      return NULL;
    }
  return vv_vault_commit (session->vault, error) ? g_steal_pointer (&record) : NULL;
}

/* The case as it is now: others may have written while the lock was away. */
static gboolean
reload_case (VvSession *session, GError **error)
{
  GPtrArray *records = vv_vault_records (session->vault, session->request, error);

  if (records == NULL)
    return FALSE;
  vv_case_free (session->kase);
  g_ptr_array_unref (session->records);
  session->records = records;
  session->kase = vv_case_new (records, vv_rules_peers (session->desk->rules));
  return TRUE;
}

/* Whether @body names the record of @kind that counts. */
static gboolean
names_current (VvSession *session, JsonObject *body, const char *member, const char *kind)
{
  VvRecord *current = vv_case_current (session->kase, kind, NULL, NULL);

  return current != NULL && current->id == vv_json_int (body, member);
}

/* A search takes its time, and so does looking at a probe; a probe that was selected meanwhile must not inherit pool
 * or analysis. */
static gboolean
is_of_current_probe (VvSession *session, const char *kind, JsonObject *body, GError **error)
{
  gboolean search = strcmp (kind, VV_KIND_SEARCH) == 0;

  if (!search && strcmp (kind, VV_KIND_PROBE_ANALYSIS) != 0)
    return TRUE;
  if (!names_current (session, body, "probe", VV_KIND_PROBE))
    g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP,
                         search ? _ ("Another probe was selected while the search ran. Search again.")
                                : _ ("Another probe was selected meanwhile. Look at that one."));
  else if (search && !names_current (session, body, "analysis", VV_KIND_PROBE_ANALYSIS))
    g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP,
                         _ ("The probe was analysed anew while the search ran. Search again."));
  else
    return TRUE;
  return FALSE;
}

JsonObject *
_vv_desk_write (VvSession *session, VvAct act, const char *kind, JsonObject *body, VvDeskExtra extra, gpointer data, GError **error)
{
  g_autoptr (JsonObject) given = body != NULL ? vv_json_copy (body) : json_object_new ();
  g_autoptr (VvRecord)   record = NULL;
  JsonObject            *answer;

  if (!reload_case (session, error) ||
      !is_of_current_probe (session, kind, given, error) ||
      !vv_case_may (session->kase, act, &session->actor, vv_json_string (given, "candidate"), error) ||
      !vv_body_check (kind, given, error) ||
      !vv_case_check (session->kase, act, given, error))
    return _vv_desk_leave_refused (session, error);
  record = _vv_desk_append (session, kind, given, extra, data, error);
  if (record == NULL)
    return _vv_desk_leave_refused (session, error);
  answer = vv_record_to_json (record);
  if (g_strv_contains (noticed, kind))
    json_object_set_string_member (answer, "notice", vv_notice_short ());
  _vv_desk_leave (session);
  return answer;
}

/* An act that is nothing but its record. */
static JsonObject *
write_step (VvDesk *self, gint64 request, VvAct act, const char *kind, JsonObject *body, VvDeskExtra extra, GError **error)
{
  VvSession session;

  if (!_vv_desk_enter_request (self, vv_act_name (act), request, &session, error))
    return NULL;
  return _vv_desk_write (&session, act, kind, body, extra, /* data= */ NULL, error);
}

/* --- Step 3: number and examiner -------------------------------------------------------------------------------------- */

/* The next number of this station and year: gap-free because it is given in the transaction that keeps it, and unique
 * among desks because the station is part of it. */
static char *
next_fis_number (VvSession *session, GError **error)
{
  g_autoptr (GPtrArray) numbers = vv_vault_records_of_kind (session->vault, VV_KIND_NUMBER, error);
  g_autofree char      *now = vv_time_now ();
  g_autofree char      *prefix = NULL;
  guint64               last = 0;

  if (numbers == NULL)
    return NULL;
  prefix = g_strdup_printf ("%.4s-%s-", now, vv_json_string (session->desk->about, "station"));
  for (guint i = 0; i < numbers->len; i++)
    {
      VvRecord   *record = g_ptr_array_index (numbers, i);
      const char *number = vv_json_string (record->body, "fis_number");

      if (g_str_has_prefix (number, prefix))
        last = MAX (last, g_ascii_strtoull (number + strlen (prefix), /* endptr= */ NULL, 10));
    }
  return g_strdup_printf ("%s%05" G_GUINT64_FORMAT, prefix, last + 1);
}

JsonObject *
vv_desk_number (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_autofree char       *number = NULL;
  g_autoptr (JsonObject) body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_NUMBER), request, &session, error))
    return NULL;
  number = next_fis_number (&session, error);
  if (number == NULL)
    return _vv_desk_leave_refused (&session, error);
  body = vv_json_new ("fis_number", "s", number, NULL);
  return _vv_desk_write (&session, VV_ACT_NUMBER, VV_KIND_NUMBER, body, _vv_desk_queue_request_form, NULL, error);
}

/* The account must be one that can do the work. */
static gboolean
check_examiner (VvSession *session, const char *account, GError **error)
{
  g_autoptr (JsonObject) facts = account != NULL ? vv_vault_account_facts (session->vault, account, /* error= */ NULL) : NULL;
  VvRoles                roles = VV_ROLE_NONE;

  if (facts != NULL &&
      g_strcmp0 (vv_json_string (facts, "state"), "active") == 0 &&
      vv_roles_from_json (vv_json_array (facts, "roles"), &roles, /* error= */ NULL) &&
      (roles & VV_ROLE_EXAMINER) != 0)
    {
      if (strcmp (vv_case_channel (session->kase), "intelligence") != 0 || vv_json_bool (facts, "intelligence"))
        return TRUE;
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                           _ ("A request of the Intelligence Bureau is assigned to an examiner with that clearance."));
      return FALSE;
    }
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                       _ ("A request is assigned to an active account with the role examiner."));
  return FALSE;
}

JsonObject *
vv_desk_assign (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession session;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_ASSIGN), request, &session, error))
    return NULL;
  if (!vv_case_may (session.kase, VV_ACT_ASSIGN, &session.actor, NULL, error) ||
      !check_examiner (&session, vv_json_string (details, "examiner"), error))
    return _vv_desk_leave_refused (&session, error);
  return _vv_desk_write (&session, VV_ACT_ASSIGN, VV_KIND_ASSIGNMENT, details, NULL, NULL, error);
}

/* --- Step 4: authorised use ---------------------------------------------------------------------------------------------- */

/* Step 4a: the confirmation is documented in ECMS. */
static gboolean
queue_use_note (VvSession *session, VvRecord *record, gpointer data, GError **error)
{
  const char            *fis_number = vv_case_fis_number (session->kase);
  g_autoptr (JsonObject) note = vv_json_new ("document", "s", "authorised use",
                                             "fis_number", "s", fis_number,
                                             "record", "i", record->id,
                                             "record_hash", "s", record->hash,
                                             "decision", "s", vv_json_string (record->body, "decision"),
                                             "use", "s", vv_json_string (record->body, "code"),
                                             "reason", "s", vv_json_string (record->body, "reason"),
                                             "by", "s", record->author,
                                             "at", "s", record->made_at,
                                             "policy", "o", json_object_ref (vv_rules_policy (session->desk->rules)),
                                             NULL);
  g_autofree char       *name = g_strdup_printf ("FIS %s authorised use.json", fis_number);

  return _vv_desk_queue_note (session, note, name, error);
}

JsonObject *
vv_desk_confirm_use (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_step (self, request, VV_ACT_CONFIRM_USE, VV_KIND_USE_CONFIRMATION, details, queue_use_note, error);
}

/* --- Before step 6: what the probe shows --------------------------------------------------------------------------------- */

static gboolean
forget_analysis_draft (VvSession *session, VvRecord *record, gpointer data, GError **error)
{
  g_autofree char *key = g_strdup_printf (VV_KIND_PROBE_ANALYSIS "-%" G_GINT64_FORMAT, vv_json_int (record->body, "probe"));

  return vv_vault_set_draft (session->vault, record->request, key, /* value= */ NULL, error);
}

JsonObject *
vv_desk_analyse_probe (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_autoptr (JsonObject) body = details != NULL ? vv_json_copy (details) : json_object_new ();

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_ANALYSE_PROBE), request, &session, error))
    return NULL;
  if (!vv_case_may (session.kase, VV_ACT_ANALYSE_PROBE, &session.actor, NULL, error))
    return _vv_desk_leave_refused (&session, error);
  if (!json_object_has_member (body, "probe"))
    json_object_set_int_member (body, "probe", vv_case_current (session.kase, VV_KIND_PROBE, NULL, NULL)->id);
  return _vv_desk_write (&session, VV_ACT_ANALYSE_PROBE, VV_KIND_PROBE_ANALYSIS, body, forget_analysis_draft, /* data= */ NULL, error);
}

/* --- Steps 7 to 12 ----------------------------------------------------------------------------------------------------------- */

/* Records of steps 7 to 12 name the search they are about, so that a later search cannot borrow them. */
static JsonObject *
with_search (VvSession *session, JsonObject *details)
{
  JsonObject *body = details != NULL ? vv_json_copy (details) : json_object_new ();
  VvRecord   *search = vv_case_current (session->kase, VV_KIND_SEARCH, NULL, NULL);

  if (search != NULL)
    json_object_set_int_member (body, "search", search->id);
  return body;
}

/* How the pictures were looked at becomes what is kept of it; work only for whom the gate lets. */
static gboolean
keep_views (VvSession *session, VvAct act, JsonObject *body, GBytes **ret_png, GCancellable *cancellable, GError **error)
{
  const char *candidate = vv_json_string (body, "candidate");
  JsonObject *nested = vv_json_object (body, "comparison");
  JsonObject *comparison = nested != NULL ? nested : body;

  *ret_png = NULL;
  return vv_json_object (comparison, "adjustments") == NULL ||
         (vv_case_may (session->kase, act, &session->actor, candidate, error) &&
          _vv_desk_keep_views (session, candidate, comparison, ret_png, cancellable, error));
}

/* The face that the program found stays beside the points that were placed by hand; what a caller says it was, does not. */
static void
keep_automatic (JsonObject *points, const char *side, JsonObject *holder)
{
  JsonObject *placed = vv_json_object (points, side);
  JsonObject *face = holder != NULL ? vv_json_object (holder, "face") : NULL;

  if (placed == NULL)
    return;
  json_object_remove_member (placed, "automatic");
  if (!vv_points_is_edited (placed))
    json_object_remove_member (points, side);
  else if (face != NULL)
    json_object_set_object_member (placed, "automatic", vv_json_copy (face));
}

static gboolean
keep_points (VvSession *session, VvAct act, JsonObject *body, GError **error)
{
  JsonObject            *nested = vv_json_object (body, "comparison");
  JsonObject            *points = vv_json_object (nested != NULL ? nested : body, "points");
  VvRecord              *probe = vv_case_current (session->kase, VV_KIND_PROBE, NULL, NULL);
  g_autoptr (JsonObject) facts = NULL;
  JsonObject            *row;

  if (points == NULL)
    return TRUE;
  if (!vv_case_may (session->kase, act, &session->actor, vv_json_string (body, "candidate"), error))
    return FALSE;
  keep_automatic (points, "probe", probe != NULL ? probe->body : NULL);
  if (vv_json_object (points, "candidate") == NULL)
    return TRUE;
  row = _vv_desk_pool_row (session, vv_json_string (body, "candidate"), error);
  facts = row != NULL ? _vv_desk_candidate (session, row, error) : NULL;
  if (facts != NULL)
    keep_automatic (points, "candidate", facts);
  return facts != NULL;
}

/* How large a photograph is would have to be read from it: of that it is only known where it begins. */
static gboolean
check_marks (VvSession *session, JsonObject *body, GError **error)
{
  JsonObject *nested = vv_json_object (body, "comparison");
  JsonObject *comparison = nested != NULL ? nested : body;
  VvRecord   *probe = vv_case_current (session->kase, VV_KIND_PROBE, NULL, NULL);
  VvRecord   *media = probe != NULL ? _vv_desk_record (session, vv_json_int (probe->body, "media"), VV_KIND_MEDIA,
                                                       /* error= */ NULL)
                                    : NULL;

  return media == NULL ||
         (vv_findings_lie_in (comparison, "probe", vv_json_int (media->body, "width"), vv_json_int (media->body, "height"), error) &&
          vv_findings_lie_in (comparison, "candidate", 0, 0, error));
}

/* @png: (nullable) copy of the probe as it was looked at, to be kept. */
static gboolean
forget_draft (VvSession *session, VvRecord *record, gpointer png, GError **error)
{
  /* A supervisor who is not in agreement names no candidate; the draft was about the proposed one. */
  const char      *named = vv_json_string (record->body, "candidate");
  const char      *candidate = named != NULL ? named : vv_case_proposed (session->kase);
  g_autofree char *key = g_strdup_printf ("%s-%s", record->kind, candidate != NULL ? candidate : "");

  return vv_vault_set_draft (session->vault, record->request, key, /* value= */ NULL, error) &&
         (png == NULL || _vv_desk_put_file (session, record, png, error));
}

static JsonObject *
write_about_search (VvDesk *self, gint64 request, VvAct act, const char *kind, JsonObject *details, VvDeskExtra extra, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GBytes)     png = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (act), request, &session, error))
    return NULL;
  body = with_search (&session, details);
  if (!keep_points (&session, act, body, error) ||
      !check_marks (&session, body, error) ||
      !keep_views (&session, act, body, &png, cancellable, error))
    return _vv_desk_leave_refused (&session, error);
  return _vv_desk_write (&session, act, kind, body, extra, png, error);
}

/* Every letter of a disposition must be in the pool. */
static gboolean
check_letters (VvSession *session, JsonArray *letters, GError **error)
{
  for (guint i = 0; i < vv_json_length (letters); i++)
    {
      JsonNode   *node = json_array_get_element (letters, i);
      const char *candidate = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (_vv_desk_pool_row (session, candidate, error) == NULL)
        return FALSE;
    }
  return TRUE;
}

JsonObject *
vv_desk_dispose (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_autoptr (JsonObject) body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_DISPOSE), request, &session, error))
    return NULL;
  if (!vv_case_may (session.kase, VV_ACT_DISPOSE, &session.actor, NULL, error) ||
      !check_letters (&session, vv_json_array (details, "candidates"), error))
    return _vv_desk_leave_refused (&session, error);
  body = with_search (&session, details);
  return _vv_desk_write (&session, VV_ACT_DISPOSE, VV_KIND_DISPOSITION, body, NULL, NULL, error);
}

JsonObject *
vv_desk_show_early (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_about_search (self, request, VV_ACT_SHOW_EARLY, VV_KIND_EARLY_VIEW, details, NULL, cancellable, error);
}

JsonObject *
vv_desk_compare (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_about_search (self, request, VV_ACT_COMPARE, VV_KIND_COMPARISON, details, forget_draft, cancellable, error);
}

JsonObject *
vv_desk_background (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_about_search (self, request, VV_ACT_BACKGROUND, VV_KIND_BACKGROUND, details, forget_draft, cancellable, error);
}

JsonObject *
vv_desk_propose (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_about_search (self, request, VV_ACT_PROPOSE, VV_KIND_PROPOSAL, details, NULL, cancellable, error);
}

JsonObject *
vv_desk_none (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_about_search (self, request, VV_ACT_NONE, VV_KIND_NONE, details, NULL, cancellable, error);
}

JsonObject *
vv_desk_peer_review (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_about_search (self, request, VV_ACT_PEER_REVIEW, VV_KIND_PEER_REVIEW, details, forget_draft, cancellable, error);
}

/* A decision is signed by a person who is at the desk now, not by a window left open. */
static gboolean
use_fresh_passphrase (VvSession *session, GError **error)
{
  if (g_get_monotonic_time () < session->desk->fresh_until)
    {
      session->desk->fresh_until = 0;
      return TRUE;
    }
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_FRESH, _ ("Enter your pass phrase again to sign this decision."));
  return FALSE;
}

JsonObject *
vv_desk_sign_off (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GBytes)     png = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_SIGN_OFF), request, &session, error))
    return NULL;
  /* The gate is asked first: who may not decide is told so, not asked for a pass phrase. */
  if (!vv_case_may (session.kase, VV_ACT_SIGN_OFF, &session.actor, vv_json_string (details, "candidate"), error) ||
      !use_fresh_passphrase (&session, error))
    return _vv_desk_leave_refused (&session, error);
  body = with_search (&session, details);
  if (!keep_views (&session, VV_ACT_SIGN_OFF, body, &png, cancellable, error))
    return _vv_desk_leave_refused (&session, error);
  return _vv_desk_write (&session, VV_ACT_SIGN_OFF, VV_KIND_SIGN_OFF, body, forget_draft, png, error);
}

JsonObject *
vv_desk_direct (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  return write_step (self, request, VV_ACT_DIRECT, VV_KIND_DIRECTION, details, NULL, error);
}

/* --- Drafts -------------------------------------------------------------------------------------------------------------------- */

/* A request that is being taken in has a draft before it has a number in the desk. */
static gboolean
enter_for_draft (VvDesk *self, const char *act, gint64 request, JsonObject *details, VvSession *ret_session, GError **error)
{
  return request == 0 &&
             g_strcmp0 (vv_json_string (details, "key"), "intake") == 0
           ? _vv_desk_enter (self, act, ret_session,
                             error)
           : _vv_desk_enter_request (self, act, request, ret_session, error);
}

JsonObject *
vv_desk_keep_draft (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession   session;
  JsonObject *answer = NULL;

  if (!enter_for_draft (self, "keep-draft", request, details, &session, error))
    return NULL;
  /* What is typed is no act yet: no audit row, but a transaction of its own, so that it is on the disk. */
  if (vv_vault_begin (session.vault, error))
    {
      if (vv_vault_set_draft (session.vault, request, vv_json_string (details, "key"), vv_json_object (details, "body"), error) &&
          vv_vault_commit (session.vault, error))
        answer = json_object_new ();
      else
        vv_vault_rollback (session.vault);
    }
  _vv_desk_leave (&session);
  return answer;
}

JsonObject *
vv_desk_draft (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession   session;
  JsonObject *body;
  GError     *failure = NULL;

  if (!enter_for_draft (self, "draft", request, details, &session, error))
    return NULL;
  body = vv_vault_draft (session.vault, request, vv_json_string (details, "key"), &failure);
  _vv_desk_leave (&session);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return vv_json_new ("body", "o", body, NULL);
}
