// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-body.h"
#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-time.h"
#include "vv-use.h"

#define MEDIA_MAX_BYTES (256 * 1024 * 1024)

/* --- Steps 1 and 2: a request and its images --------------------------------------------------------------------------- */

/* A request of the Intelligence Bureau is taken in by somebody who may see it afterwards. */
static gboolean
is_cleared_for (VvSession *session, JsonObject *details, GError **error)
{
  if (session->actor.intelligence || g_strcmp0 (vv_json_string (details, "channel"), "intelligence") != 0)
    return TRUE;
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_PERSON,
                       _ ("Requests of the Intelligence Bureau are taken in by accounts with that clearance only."));
  return FALSE;
}

/* Request with that FIS number; 0 when there is none that this person may know of, or with @error. */
static gint64
find_number (VvSession *session, const char *wanted, GError **error)
{
  g_autoptr (GPtrArray) numbers = vv_vault_records_of_kind (session->vault, VV_KIND_NUMBER, error);

  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    {
      VvRecord             *number = g_ptr_array_index (numbers, i);
      g_autoptr (GPtrArray) records = NULL;
      g_autoptr (VvCase)    kase = NULL;

      if (g_strcmp0 (vv_json_string (number->body, "fis_number"), wanted) != 0)
        continue;
      records = vv_vault_records (session->vault, number->request, error);
      kase = records != NULL ? vv_case_new (records, vv_rules_peers (session->desk->rules)) : NULL;
      return kase != NULL && vv_case_is_visible (kase, &session->actor) ? number->request : 0;
    }
  return 0;
}

/* An earlier request of this station must be there; those of other desks cannot be looked up. */
static gboolean
follows_up (VvSession *session, JsonObject *details, GError **error)
{
  const char    *parent = vv_json_string (details, "parent_fis_number");
  g_auto (GStrv) parts = g_strsplit (parent != NULL ? parent : "", "-", 3);
  GError        *failure = NULL;

  if (g_strv_length (parts) < 3 || g_strcmp0 (parts[1], vv_json_string (session->desk->about, "station")) != 0)
    return TRUE;
  if (find_number (session, parent, &failure) != 0)
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, failure);
  else
    g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND,
                 _ ("There is no request with the FIS number %s on this desk. Correct the earlier FIS number, or leave it out."), parent);
  return FALSE;
}

gboolean
_vv_desk_check_new (VvSession *session, JsonObject *details, GError **error)
{
  return vv_body_check (VV_KIND_REQUEST, details, error) &&
         is_cleared_for (session, details, error) &&
         follows_up (session, details, error);
}

/* What only fetching says: a request that was typed in is not taken for a package in ECMS. */
static gboolean
is_typed (JsonObject *details, GError **error)
{
  if (details == NULL || (!json_object_has_member (details, "ecms_package") && !json_object_has_member (details, "package_sha256")))
    return TRUE;
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                       _ ("Only a request that is fetched from ECMS names its package there. Leave “ecms_package” and “package_sha256” out."));
  return FALSE;
}

JsonObject *
vv_desk_new_request (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession            session;
  g_autoptr (VvRecord) record = NULL;

  if (!_vv_desk_enter (self, "new-request", &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error) ||
      !is_typed (details, error) ||
      !_vv_desk_check_new (&session, details, error))
    return _vv_desk_leave_refused (&session, error);
  record = _vv_desk_append (&session, VV_KIND_REQUEST, details, /* extra= */ NULL, /* data= */ NULL, error);
  if (record == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return vv_json_new ("request", "i", record->id, NULL);
}

GBytes *
_vv_desk_read_file (const char *path, GError **error)
{
  g_autoptr (GFile)     file = g_file_new_for_path (path != NULL ? path : "");
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, /* cancellable= */ NULL, /* error= */ NULL);
  GBytes               *bytes = NULL;

  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR && g_file_info_get_size (info) <= MEDIA_MAX_BYTES)
    bytes = g_file_load_bytes (file, /* cancellable= */ NULL, /* etag_out= */ NULL, /* error= */ NULL);
  if (bytes == NULL)
    g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                 _ ("“%s” cannot be read. It must be a file of at most 256 megabytes."), path != NULL ? path : "");
  return bytes;
}

gboolean
_vv_desk_put_file (VvSession *session, VvRecord *record, gpointer file, GError **error)
{
  g_autofree char *sha256 = vv_vault_put_blob (session->vault, file, error);

  return sha256 != NULL;
}

JsonObject *
_vv_desk_image_body (JsonObject *details, JsonObject *facts, GBytes *file)
{
  JsonObject      *body = vv_json_copy (details);
  g_autofree char *name = g_path_get_basename (vv_json_string (details, "file"));
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);

  json_object_remove_member (body, "file");
  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "sha256", sha256);
  json_object_set_string_member (body, "format", vv_json_string (facts, "format"));
  json_object_set_int_member (body, "width", vv_json_int (facts, "width"));
  json_object_set_int_member (body, "height", vv_json_int (facts, "height"));
  return body;
}

/* Whether @name is the account or the full name of one of the section's examiners. */
static gboolean
is_of_the_section (VvSession *session, const char *name)
{
  g_autoptr (JsonArray) accounts = vv_vault_accounts (session->vault, /* error= */ NULL);
  g_autofree char      *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; i < vv_json_length (accounts); i++)
    {
      JsonObject      *one = vv_json_element (accounts, i);
      g_autofree char *account = g_utf8_casefold (vv_json_string (one, "account"), -1);
      g_autofree char *full_name = g_utf8_casefold (vv_json_string (one, "full_name"), -1);
      VvRoles          roles = VV_ROLE_NONE;

      if ((strcmp (account, wanted) == 0 || strcmp (full_name, wanted) == 0) &&
          vv_roles_from_json (vv_json_array (one, "roles"), &roles, /* error= */ NULL) &&
          (roles & VV_ROLE_EXAMINER) != 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
_vv_desk_check_obtained (VvSession *session, JsonObject *details, GError **error)
{
  g_autofree char *name = g_strdup (vv_json_string (details, "obtained_by"));

  if (name == NULL || !is_of_the_section (session, g_strstrip (name)))
    return TRUE;
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                       _ ("A probe image is obtained by the assigned investigator; this names an examiner of the section."));
  return FALSE;
}

JsonObject *
vv_desk_add_media (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession              session;
  g_autofree char       *name = NULL;
  g_autoptr (GBytes)     file = NULL;
  g_autoptr (VvPicture)  picture = NULL;
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (JsonObject) body = NULL;

  if (!_vv_desk_enter_request (self, vv_act_name (VV_ACT_ADD_MEDIA), request, &session, error))
    return NULL;
  /* The gate comes before the work, not only before the record. */
  if (!vv_case_may (session.kase, VV_ACT_ADD_MEDIA, &session.actor, NULL, error) || !_vv_desk_check_obtained (&session, details, error))
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_unlock (&session);
  file = _vv_desk_read_file (vv_json_string (details, "file"), error);
  if (file != NULL)
    {
      name = g_path_get_basename (vv_json_string (details, "file"));
      picture = vv_decoder_decode (self->decoder, file, name, VV_DECODER_FOREIGN, &facts, cancellable, error);
    }
  _vv_desk_lock (&session);
  if (picture == NULL)
    return _vv_desk_leave_refused (&session, error);
  body = _vv_desk_image_body (details, facts, file);
  return _vv_desk_write (&session, VV_ACT_ADD_MEDIA, VV_KIND_MEDIA, body, _vv_desk_put_file, file, error);
}

/* --- The list ---------------------------------------------------------------------------------------------------------------- */

/* The act that this person could do next, in the order of the procedure; -1 for none. */
static int
next_act (VvCase *kase, const VvActor *actor)
{
  static const VvAct order[] = { VV_ACT_HAND_OVER, VV_ACT_REPORT, VV_ACT_DIRECT, VV_ACT_SIGN_OFF, VV_ACT_PEER_REVIEW, VV_ACT_NONE,
                                 VV_ACT_DISPOSE, VV_ACT_SEARCH, VV_ACT_ANALYSE_PROBE, VV_ACT_SELECT_PROBE, VV_ACT_CONFIRM_USE, VV_ACT_NUMBER };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (vv_case_may (kase, order[i], actor, /* candidate= */ NULL, /* error= */ NULL))
      return (int) order[i];
  /* Assigning stays possible for long; it is the next thing only while nobody is assigned. */
  if (vv_case_examiner (kase) == NULL && vv_case_may (kase, VV_ACT_ASSIGN, actor, NULL, /* error= */ NULL))
    return VV_ACT_ASSIGN;
  return -1;
}

static const char *
next_title (int act)
{
  switch (act)
    {
    case VV_ACT_NUMBER:
      return _ ("Give the FIS number");
    case VV_ACT_ASSIGN:
      return _ ("Assign an examiner");
    case VV_ACT_CONFIRM_USE:
      return _ ("Confirm the authorised use");
    case VV_ACT_SELECT_PROBE:
      return _ ("Select the probe");
    case VV_ACT_ANALYSE_PROBE:
      return _ ("Analyse the probe");
    case VV_ACT_SEARCH:
      return _ ("Search, or select another probe");
    case VV_ACT_DISPOSE:
    case VV_ACT_NONE:
      return _ ("Compare the candidates");
    case VV_ACT_PEER_REVIEW:
      return _ ("Review the proposed candidate");
    case VV_ACT_SIGN_OFF:
      return _ ("Decide");
    case VV_ACT_DIRECT:
      return _ ("Direct the report");
    case VV_ACT_REPORT:
      return _ ("Prepare the report");
    case VV_ACT_HAND_OVER:
      return _ ("Hand the report over to the outside agency");
    default:
      return NULL;
    }
}

static gint64
age_in_days (const char *made_at)
{
  gint64 made = vv_time_parse (made_at, /* error= */ NULL);

  return made >= 0 ? MAX (g_get_real_time () - made, 0) / G_USEC_PER_SEC / (24 * 60 * 60) : 0;
}

/* The row without the examiner's full name. */
static JsonObject *
list_facts (VvSession *session, VvRecord *first, VvCase *kase)
{
  VvStatus    status = vv_case_status (kase);
  JsonObject *requester = vv_json_object (first->body, "requester");
  int         next = next_act (kase, &session->actor);

  return vv_json_new ("id", "i", first->id,
                      "fis_number", "s", vv_case_fis_number (kase),
                      "status", "s", vv_status_name (status),
                      "status_title", "s", vv_status_title (status),
                      "subject_role", "s", vv_json_string (first->body, "subject_role"),
                      "use", "s", vv_json_string (vv_json_object (first->body, "use"), "code"),
                      "summary", "s", vv_json_string (first->body, "summary"),
                      "requester", "s", vv_json_string (requester, "name"),
                      "examiner", "s", vv_case_examiner (kase),
                      "received", "s", first->made_at,
                      "channel", "s", vv_case_channel (kase),
                      "age_days", "i", age_in_days (first->made_at),
                      "urgent", "b", vv_case_is_urgent (kase),
                      "ended", "b", vv_case_is_ended (kase),
                      "mine", "b", next >= 0,
                      "next", "s", next_title (next),
                      NULL);
}

static JsonObject *
list_row (VvSession *session, VvRecord *first, VvCase *kase)
{
  JsonObject      *row = list_facts (session, first, kase);
  const char      *examiner = vv_case_examiner (kase);
  g_autofree char *name = examiner != NULL ? _vv_desk_name_of (session, examiner) : NULL;

  if (name != NULL)
    json_object_set_string_member (row, "examiner_name", name);
  return row;
}

/* Those that go first before the others; else as they came. */
static JsonArray *
urgent_first (JsonArray *rows)
{
  JsonArray *sorted = json_array_new ();

  for (int urgent = 1; urgent >= 0; urgent--)
    for (guint i = 0; i < vv_json_length (rows); i++)
      if (vv_json_bool (vv_json_element (rows, i), "urgent") == urgent)
        json_array_add_object_element (sorted, json_object_ref (vv_json_element (rows, i)));
  return sorted;
}

static JsonArray *
list_rows (VvSession *session, GError **error)
{
  g_autoptr (GPtrArray) firsts = vv_vault_records_of_kind (session->vault, VV_KIND_REQUEST, error);
  g_autoptr (JsonArray) rows = json_array_new ();

  for (guint i = 0; firsts != NULL && i < firsts->len; i++)
    {
      VvRecord             *first = g_ptr_array_index (firsts, i);
      g_autoptr (GPtrArray) records = vv_vault_records (session->vault, first->id, error);
      g_autoptr (VvCase)    kase = NULL;

      if (records == NULL)
        return NULL;
      kase = vv_case_new (records, vv_rules_peers (session->desk->rules));
      if (vv_case_is_visible (kase, &session->actor))
        json_array_add_object_element (rows, list_row (session, first, kase));
    }
  return firsts != NULL ? urgent_first (rows) : NULL;
}

JsonObject *
vv_desk_list_requests (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession  session;
  JsonArray *rows;

  if (!_vv_desk_enter (self, "list-requests", &session, error))
    return NULL;
  rows = list_rows (&session, error);
  _vv_desk_leave (&session);
  return rows != NULL ? vv_json_new ("requests", "a", rows, NULL) : NULL;
}

JsonObject *
vv_desk_find_request (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char *wanted = vv_json_string (details, "fis_number");
  VvSession   session;
  gint64      found;
  GError     *failure = NULL;

  if (wanted == NULL)
    wanted = vv_json_string (details, "request");
  if (!_vv_desk_enter (self, "find-request", &session, error))
    return NULL;
  found = find_number (&session, wanted, &failure);
  _vv_desk_leave (&session);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  if (found != 0)
    return vv_json_new ("request", "i", found, NULL);
  if (wanted != NULL && *wanted != '\0' && strspn (wanted, "0123456789") == strlen (wanted))
    return vv_json_new ("request", "i", g_ascii_strtoll (wanted, /* endptr= */ NULL, 10), NULL);
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, _ ("There is no request “%s” on this desk."), wanted != NULL ? wanted : "");
  return NULL;
}
