// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-case-private.h"
#include "vv-json.h"
#include "vv-kinds.h"

/* Which records count. A new probe makes older searches history, a new search older comparisons, a
 * new proposal older reviews, and so on: each kind counts only when it is newer than what it was made
 * from. Nothing is ever deleted; history stays in the case, it only no longer opens a gate. */
static const struct
{
  const char *kind;
  const char *made_from;
} depends[] = {
  { VV_KIND_PROBE_ANALYSIS, VV_KIND_PROBE },
  { VV_KIND_SEARCH, VV_KIND_PROBE },
  { VV_KIND_DISPOSITION, VV_KIND_SEARCH },
  { VV_KIND_EARLY_VIEW, VV_KIND_SEARCH },
  { VV_KIND_COMPARISON, VV_KIND_SEARCH },
  { VV_KIND_BACKGROUND, VV_KIND_SEARCH },
  { VV_KIND_PROPOSAL, VV_KIND_SEARCH },
  { VV_KIND_NONE, VV_KIND_SEARCH },
  { VV_KIND_PEER_REVIEW, VV_KIND_PROPOSAL },
  { VV_KIND_HAND_OVER, VV_KIND_REPORT },
  { VV_KIND_OUTSIDE_IMAGE, VV_KIND_OUTSIDE_APPROVAL },
};

VvCase *
vv_case_new (GPtrArray *records, guint peers)
{
  VvCase *self = g_new0 (VvCase, 1);

  self->records = g_ptr_array_ref (records);
  self->peers = peers;
  return self;
}

void
vv_case_free (VvCase *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->records);
  g_free (self);
}

VvRecord *
_vv_case_last (VvCase *self, const char *kind, gint64 after, const char *candidate, const char *author)
{
  for (guint i = self->records->len; i-- > 0;)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (record->id <= after)
        break;
      if (strcmp (record->kind, kind) == 0 &&
          (candidate == NULL || g_strcmp0 (vv_json_string (record->body, "candidate"), candidate) == 0) &&
          (author == NULL || strcmp (record->author, author) == 0))
        return record;
    }
  return NULL;
}

static gint64
id_or_never (VvRecord *record)
{
  return record != NULL ? record->id : G_MAXINT64;
}

/* The proposal or the statement that there is none, whichever is newer. */
static VvRecord *
outcome (VvCase *self)
{
  gint64    after = _vv_case_counts_after (self, VV_KIND_PROPOSAL);
  VvRecord *proposal = _vv_case_last (self, VV_KIND_PROPOSAL, after, NULL, NULL);
  VvRecord *none = _vv_case_last (self, VV_KIND_NONE, after, NULL, NULL);

  if (proposal == NULL || none == NULL)
    return proposal != NULL ? proposal : none;
  return proposal->id > none->id ? proposal : none;
}

/* A probe whose image was rejected afterwards counts no more, and with it nothing that was made from it. */
static gint64
probe_counts_after (VvCase *self)
{
  VvRecord *probe = _vv_case_last (self, VV_KIND_PROBE, /* after= */ 0, NULL, NULL);

  return probe != NULL && vv_case_is_rejected (self, vv_json_int (probe->body, "media")) ? probe->id : 0;
}

gint64
_vv_case_counts_after (VvCase *self, const char *kind)
{
  if (strcmp (kind, VV_KIND_PROBE) == 0)
    return probe_counts_after (self);
  if (strcmp (kind, VV_KIND_SIGN_OFF) == 0)
    return id_or_never (outcome (self));
  if (strcmp (kind, VV_KIND_DIRECTION) == 0)
    return id_or_never (vv_case_current (self, VV_KIND_SIGN_OFF, NULL, NULL));
  if (strcmp (kind, VV_KIND_REPORT) == 0)
    return id_or_never (vv_case_current (self, VV_KIND_DIRECTION, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (depends); i++)
    if (strcmp (depends[i].kind, kind) == 0)
      return id_or_never (vv_case_current (self, depends[i].made_from, NULL, NULL));
  return 0;
}

VvRecord *
vv_case_current (VvCase *self, const char *kind, const char *candidate, const char *author)
{
  return _vv_case_last (self, kind, _vv_case_counts_after (self, kind), candidate, author);
}

GPtrArray *
vv_case_all_current (VvCase *self, const char *kind)
{
  GPtrArray *all = g_ptr_array_new ();
  gint64     after = _vv_case_counts_after (self, kind);

  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (record->id > after && strcmp (record->kind, kind) == 0)
        g_ptr_array_add (all, record);
    }
  return all;
}

const char *
vv_case_channel (VvCase *self)
{
  VvRecord   *first = self->records->len > 0 ? g_ptr_array_index (self->records, 0) : NULL;
  const char *channel = first != NULL ? vv_json_string (first->body, "channel") : NULL;

  return channel != NULL ? channel : "";
}

gboolean
vv_case_is_visible (VvCase *self, const VvActor *actor)
{
  return actor->intelligence || strcmp (vv_case_channel (self), "intelligence") != 0;
}

gboolean
vv_case_is_closed (VvCase *self)
{
  return vv_case_current (self, VV_KIND_CLOSURE, NULL, NULL) != NULL;
}

gboolean
vv_case_is_ended (VvCase *self)
{
  static const VvStatus ended[] = { VV_STATUS_DECLINED, VV_STATUS_REPORTED, VV_STATUS_ACKNOWLEDGED, VV_STATUS_CLOSED };

  for (gsize i = 0; i < G_N_ELEMENTS (ended); i++)
    if (vv_case_status (self) == ended[i])
      return TRUE;
  return FALSE;
}

gboolean
vv_case_is_urgent (VvCase *self)
{
  VvRecord *first = self->records->len > 0 ? g_ptr_array_index (self->records, 0) : NULL;

  if (first == NULL || vv_case_is_ended (self))
    return FALSE;
  return g_strcmp0 (vv_json_string (vv_json_object (first->body, "use"), "code"), "f") == 0;
}

const char *
vv_case_examiner (VvCase *self)
{
  VvRecord *assignment = vv_case_current (self, VV_KIND_ASSIGNMENT, NULL, NULL);

  return assignment != NULL ? vv_json_string (assignment->body, "examiner") : NULL;
}

const char *
vv_case_fis_number (VvCase *self)
{
  VvRecord *number = vv_case_current (self, VV_KIND_NUMBER, NULL, NULL);

  return number != NULL ? vv_json_string (number->body, "fis_number") : NULL;
}

const char *
vv_case_proposed (VvCase *self)
{
  VvRecord *record = outcome (self);

  return record != NULL && strcmp (record->kind, VV_KIND_PROPOSAL) == 0 ? vv_json_string (record->body, "candidate") : NULL;
}

guint
_vv_case_n_reviews (VvCase *self)
{
  g_autoptr (GPtrArray) reviews = vv_case_all_current (self, VV_KIND_PEER_REVIEW);

  return reviews->len;
}

static JsonArray *
pool (VvCase *self)
{
  VvRecord *search = vv_case_current (self, VV_KIND_SEARCH, NULL, NULL);

  return search != NULL ? vv_json_array (search->body, "pool") : NULL;
}

JsonObject *
_vv_case_pool_row (VvCase *self, const char *candidate)
{
  JsonArray *rows = pool (self);

  for (guint i = 0; candidate != NULL && i < vv_json_length (rows); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (rows, i), "candidate"), candidate) == 0)
      return vv_json_element (rows, i);
  return NULL;
}

/* Whether the letters are among those of a disposition record. */
static gboolean
is_for (JsonObject *disposition, const char *candidate)
{
  JsonArray *letters = vv_json_array (disposition, "candidates");

  for (guint i = 0; i < vv_json_length (letters); i++)
    if (g_strcmp0 (json_array_get_string_element (letters, i), candidate) == 0)
      return TRUE;
  return FALSE;
}

const char *
vv_case_disposition (VvCase *self, const char *candidate)
{
  g_autoptr (GPtrArray) dispositions = vv_case_all_current (self, VV_KIND_DISPOSITION);

  if (vv_case_current (self, VV_KIND_COMPARISON, candidate, NULL) != NULL)
    return "compared";
  for (guint i = dispositions->len; i-- > 0;)
    {
      VvRecord *record = g_ptr_array_index (dispositions, i);

      if (is_for (record->body, candidate))
        return vv_json_string (record->body, "disposition");
    }
  return NULL;
}

guint
vv_case_undisposed (VvCase *self)
{
  JsonArray *rows = pool (self);
  guint      n = 0;

  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      const char *disposition = vv_case_disposition (self, vv_json_string (vv_json_element (rows, i), "candidate"));

      /* "keep" means: to be compared; only the locked comparison settles it. */
      if (disposition == NULL || strcmp (disposition, "keep") == 0)
        n++;
    }
  return n;
}

static gboolean
holds (const VvActor *actor, VvRoles role)
{
  return (actor->roles & role) != 0;
}

gboolean
vv_case_sees_identity (VvCase *self, const VvActor *actor, const char *candidate)
{
  if (!vv_case_is_visible (self, actor))
    return FALSE;
  if (g_strcmp0 (vv_case_examiner (self), actor->account) == 0)
    return vv_case_current (self, VV_KIND_COMPARISON, candidate, actor->account) != NULL ||
           vv_case_current (self, VV_KIND_EARLY_VIEW, candidate, actor->account) != NULL;
  if (vv_case_current (self, VV_KIND_PEER_REVIEW, candidate, actor->account) != NULL)
    return TRUE;
  return holds (actor, VV_ROLE_SUPERVISOR) && vv_case_current (self, VV_KIND_COMPARISON, candidate, NULL) != NULL;
}

gboolean
vv_case_may_see_person (VvCase *self, const VvActor *actor, const char *candidate, GError **error)
{
  if (!vv_case_may_look (self, actor, candidate, error))
    return FALSE;
  return vv_case_sees_identity (self, actor, candidate) ||
         _vv_gate_refuse (error, VV_PROCEDURE_ERROR_PERSON,
                          _ ("Other photographs of this person, and their dates, open once your own comparison of the candidate is locked."));
}

gboolean
vv_case_sees_record (VvCase *self, const VvActor *actor, const VvRecord *record)
{
  static const char *const blind[] = { VV_KIND_PROBE_ANALYSIS, VV_KIND_EARLY_VIEW, VV_KIND_COMPARISON, VV_KIND_BACKGROUND, VV_KIND_PEER_REVIEW, VV_KIND_DISPOSITION, VV_KIND_SIGN_OFF, VV_KIND_OUTSIDE_IMAGE, NULL };

  if (!vv_case_is_visible (self, actor))
    return FALSE;
  if (!g_strv_contains (blind, record->kind) || strcmp (record->author, actor->account) == 0)
    return TRUE;
  if (holds (actor, VV_ROLE_SUPERVISOR) || g_strcmp0 (vv_case_examiner (self), actor->account) == 0)
    return TRUE;
  return vv_case_current (self, VV_KIND_PEER_REVIEW, NULL, actor->account) != NULL;
}

static gboolean
is_acknowledged (VvCase *self, const char *document)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (record->kind, VV_KIND_RECEIPT) == 0 && g_strcmp0 (vv_json_string (record->body, "document"), document) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Once the report is directed: each approved candidate has one of its own. */
static VvStatus
status_of_direction (VvCase *self)
{
  g_autoptr (GPtrArray) reports = vv_case_all_current (self, VV_KIND_REPORT);

  if (reports->len < _vv_case_reports_due (self))
    return VV_STATUS_DIRECTED;
  for (guint i = 0; i < reports->len; i++)
    if (!is_acknowledged (self, vv_json_string (((VvRecord *) g_ptr_array_index (reports, i))->body, "document")))
      return VV_STATUS_REPORTED;
  return VV_STATUS_ACKNOWLEDGED;
}

static VvStatus
status_of_sign_off (VvCase *self, VvRecord *sign_off)
{
  const char           *decision = vv_json_string (sign_off->body, "decision");
  g_autoptr (GPtrArray) approved = vv_case_approved (self);

  /* A candidate that was approved before stays so when the next one is not. */
  if (approved->len > 0)
    return VV_STATUS_APPROVED;
  return g_strcmp0 (decision, "none-confirmed") == 0 ? VV_STATUS_NONE_CONFIRMED : VV_STATUS_NOT_AGREED;
}

/* Status from the newest outcome on, or -1 when there is none yet. */
static int
late_status (VvCase *self)
{
  VvRecord *record;

  if (vv_case_current (self, VV_KIND_DIRECTION, NULL, NULL) != NULL)
    return (int) status_of_direction (self);
  if ((record = vv_case_current (self, VV_KIND_SIGN_OFF, NULL, NULL)) != NULL)
    return (int) status_of_sign_off (self, record);
  if (vv_case_proposed (self) != NULL)
    return _vv_case_n_reviews (self) >= self->peers ? VV_STATUS_PEER_REVIEWED : VV_STATUS_PROPOSED;
  return outcome (self) != NULL ? VV_STATUS_NONE_FOUND : -1;
}

/* There are images, and every one was rejected. */
static gboolean
all_are_rejected (VvCase *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (record->kind, VV_KIND_MEDIA) != 0)
        continue;
      any = TRUE;
      if (!vv_case_is_rejected (self, record->id))
        return FALSE;
    }
  return any;
}

static VvStatus
status_of_confirmation (VvCase *self, VvRecord *confirmation)
{
  if (g_strcmp0 (vv_json_string (confirmation->body, "decision"), "confirmed") != 0)
    return VV_STATUS_DECLINED;
  return all_are_rejected (self) ? VV_STATUS_REJECTED : VV_STATUS_CONFIRMED;
}

VvStatus
vv_case_status (VvCase *self)
{
  VvRecord *confirmation = vv_case_current (self, VV_KIND_USE_CONFIRMATION, NULL, NULL);
  int       late = late_status (self);

  if (vv_case_is_closed (self))
    return VV_STATUS_CLOSED;
  if (late >= 0)
    return (VvStatus) late;
  if (vv_case_current (self, VV_KIND_SEARCH, NULL, NULL) != NULL)
    return VV_STATUS_SEARCHED;
  if (vv_case_current (self, VV_KIND_PROBE_ANALYSIS, NULL, NULL) != NULL)
    return VV_STATUS_PROBE_ANALYSED;
  if (vv_case_current (self, VV_KIND_PROBE, NULL, NULL) != NULL)
    return VV_STATUS_PROBE_SELECTED;
  if (confirmation != NULL)
    return status_of_confirmation (self, confirmation);
  if (vv_case_examiner (self) != NULL)
    return VV_STATUS_ASSIGNED;
  return vv_case_fis_number (self) != NULL ? VV_STATUS_NUMBERED : VV_STATUS_RECEIVED;
}

static const struct
{
  const char *name;
  const char *title;
} statuses[] = {
  [VV_STATUS_RECEIVED] = { "received", N_ ("Waiting for its FIS number") },
  [VV_STATUS_NUMBERED] = { "numbered", N_ ("Waiting for an examiner") },
  [VV_STATUS_ASSIGNED] = { "assigned", N_ ("Authorised use to be confirmed") },
  [VV_STATUS_DECLINED] = { "declined", N_ ("Declined: no authorised use") },
  [VV_STATUS_CONFIRMED] = { "confirmed", N_ ("Probe to be selected") },
  [VV_STATUS_PROBE_SELECTED] = { "probe-selected", N_ ("Probe to be analysed") },
  [VV_STATUS_PROBE_ANALYSED] = { "probe-analysed", N_ ("Ready to search") },
  [VV_STATUS_SEARCHED] = { "searched", N_ ("Visual comparison under way") },
  [VV_STATUS_PROPOSED] = { "proposed", N_ ("Waiting for peer review") },
  [VV_STATUS_PEER_REVIEWED] = { "peer-reviewed", N_ ("Waiting for the supervisor") },
  [VV_STATUS_NONE_FOUND] = { "none-found", N_ ("No candidate found; waiting for the supervisor") },
  [VV_STATUS_NOT_AGREED] = { "not-agreed", N_ ("Supervisor not in agreement: work goes on") },
  [VV_STATUS_APPROVED] = { "approved", N_ ("Approved; report to be directed") },
  [VV_STATUS_NONE_CONFIRMED] = { "none-confirmed", N_ ("No candidate, confirmed; report to be directed") },
  [VV_STATUS_DIRECTED] = { "directed", N_ ("Report to be prepared") },
  [VV_STATUS_REPORTED] = { "reported", N_ ("Report on its way to ECMS") },
  [VV_STATUS_ACKNOWLEDGED] = { "acknowledged", N_ ("Report is in ECMS") },
  [VV_STATUS_REJECTED] = { "images-rejected", N_ ("Images rejected; waiting for better ones") },
  [VV_STATUS_CLOSED] = { "closed", N_ ("Closed") },
};

const char *
vv_status_name (VvStatus status)
{
  return statuses[status].name;
}

const char *
vv_status_title (VvStatus status)
{
  return _ (statuses[status].title);
}
