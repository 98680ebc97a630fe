// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-case-private.h"
#include "vv-controls.h"
#include "vv-json.h"
#include "vv-kinds.h"

#define ACCURACY "accuracy"
#define PRIVACY  "privacy"

typedef struct
{
  const char *code;
  const char *side;
  const char *title;
  const char *rule;
  const char *kind;    /* of records that show it; NULL: audit rows do */
  const char *member;  /* (nullable) of the body, which must have @value, or be there when that is NULL */
  const char *value;   /* "true" and "false" for a boolean */
  const char *acts[4]; /* of audit rows; none: every act with that outcome */
  const char *outcome;
} VvControl;

static const VvControl controls[] = {
  { "use-confirmed", PRIVACY, N_ ("The authorised use was checked before anything was searched"), N_ ("Step 4"), VV_KIND_USE_CONFIRMATION, "decision", "confirmed", { NULL }, NULL },
  { "use-declined", PRIVACY, N_ ("The use was declined, and nothing was searched"), N_ ("Step 4"), VV_KIND_USE_CONFIRMATION, "decision", "declined", { NULL }, NULL },
  { "handschu", PRIVACY, N_ ("It was answered whether the Handschu Guidelines apply"), N_ ("Additional data"), VV_KIND_HANDSCHU, NULL, NULL, { NULL }, NULL },
  { "identity-held-back", PRIVACY, N_ ("Names, scores and order of the pool were held back until each comparison was locked"), N_ ("Step 7"), VV_KIND_SEARCH, NULL, NULL, { NULL }, NULL },
  { "shown-early", PRIVACY, N_ ("Who a candidate is was shown early, with the reason on record"), N_ ("Step 7"), VV_KIND_EARLY_VIEW, NULL, NULL, { NULL }, NULL },
  { "looks-logged", PRIVACY, N_ ("Looking at photographs was entered in the audit chain"), N_ ("Definition of the photo repository"), NULL, NULL, NULL, { "open-pool", "open-candidate", "show-candidate", "person-photographs" }, "done" },
  { "outside-approval", PRIVACY, N_ ("Images outside the photo repository were opened by approval, for this case alone"), N_ ("Additional data"), VV_KIND_OUTSIDE_APPROVAL, NULL, NULL, { NULL }, NULL },
  { "refused", PRIVACY, N_ ("An act was refused because a step, a role or a statement was missing"), N_ ("Steps 3 to 13"), NULL, NULL, NULL, { NULL }, "refused" },
  { "dissemination", PRIVACY, N_ ("What left the section was entered with recipient and authority"), N_ ("Additional data"), NULL, NULL, NULL, { "dissemination", NULL }, "done" },
  { "quality", ACCURACY, N_ ("The quality of the image was measured when the probe was selected"), N_ ("Step 5"), VV_KIND_PROBE, "quality", NULL, { NULL }, NULL },
  { "rejected", ACCURACY, N_ ("Unsuitable images were rejected, and better ones asked for"), N_ ("Step 5a"), VV_KIND_REJECTION, NULL, NULL, { NULL }, NULL },
  { "probe-first", ACCURACY, N_ ("What the probe shows was locked before there was a pool"), N_ ("Before step 6"), VV_KIND_PROBE_ANALYSIS, NULL, NULL, { NULL }, NULL },
  { "disposed", ACCURACY, N_ ("Candidates were disposed of, each with a reason"), N_ ("Step 7"), VV_KIND_DISPOSITION, NULL, NULL, { NULL }, NULL },
  { "compared", ACCURACY, N_ ("A comparison was locked, differences as well as similarities"), N_ ("Step 7"), VV_KIND_COMPARISON, NULL, NULL, { NULL }, NULL },
  { "background", ACCURACY, N_ ("A background check was made"), N_ ("Step 8"), VV_KIND_BACKGROUND, NULL, NULL, { NULL }, NULL },
  { "peer-agreed", ACCURACY, N_ ("A peer compared blind, and agreed"), N_ ("Step 9"), VV_KIND_PEER_REVIEW, "agrees", "true", { NULL }, NULL },
  { "peer-disagreed", ACCURACY, N_ ("A peer compared blind, and did not agree"), N_ ("Step 9"), VV_KIND_PEER_REVIEW, "agrees", "false", { NULL }, NULL },
  { "approved", ACCURACY, N_ ("The supervisor compared and approved"), N_ ("Step 10"), VV_KIND_SIGN_OFF, "decision", "approved", { NULL }, NULL },
  { "none-confirmed", ACCURACY, N_ ("The supervisor confirmed that there is no candidate"), N_ ("Step 12a"), VV_KIND_SIGN_OFF, "decision", "none-confirmed", { NULL }, NULL },
  { "not-agreed", ACCURACY, N_ ("The supervisor was not in agreement, and the investigation went on"), N_ ("Step 12"), VV_KIND_SIGN_OFF, "decision", "not-agreed", { NULL }, NULL },
  { "replayed", ACCURACY, N_ ("A search was made again to check it"), N_ ("Step 6"), NULL, NULL, NULL, { "replay", NULL }, "done" },
};

static gboolean
shows (const VvControl *control, VvRecord *record)
{
  if (control->kind == NULL || strcmp (control->kind, record->kind) != 0)
    return FALSE;
  if (control->member == NULL)
    return TRUE;
  if (control->value == NULL)
    return json_object_has_member (record->body, control->member);
  if (strcmp (control->value, "true") == 0 || strcmp (control->value, "false") == 0)
    return vv_json_bool (record->body, control->member) == (*control->value == 't');
  return g_strcmp0 (vv_json_string (record->body, control->member), control->value) == 0;
}

static gboolean
is_act (const VvControl *control, const char *act)
{
  if (control->acts[0] == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (control->acts) && control->acts[i] != NULL; i++)
    if (g_strcmp0 (control->acts[i], act) == 0)
      return TRUE;
  return FALSE;
}

/* How often, and when last (@ret_last; belongs to records or rows). */
static gint64
count (VvCase *self, const VvActor *actor, const VvControl *control, JsonArray *rows, const char *object, const char **ret_last)
{
  gint64 n = 0;

  for (guint i = 0; control->kind != NULL && i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (!shows (control, record) || (actor != NULL && !vv_case_sees_record (self, actor, record)))
        continue;
      n++;
      *ret_last = record->made_at;
    }
  for (guint i = 0; control->kind == NULL && i < vv_json_length (rows); i++)
    {
      JsonObject *row = vv_json_element (rows, i);

      if (g_strcmp0 (vv_json_string (row, "object"), object) != 0 ||
          g_strcmp0 (vv_json_string (row, "outcome"), control->outcome) != 0 ||
          !is_act (control, vv_json_string (row, "act")))
        continue;
      n++;
      *ret_last = vv_json_string (row, "time");
    }
  return n;
}

JsonArray *
vv_case_controls (VvCase *self, const VvActor *actor, JsonArray *rows)
{
  VvRecord        *first = g_ptr_array_index (self->records, 0);
  g_autofree char *object = g_strdup_printf ("request %" G_GINT64_FORMAT, first->id);
  JsonArray       *fired = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    {
      const char *last = NULL;
      gint64      times = count (self, actor, &controls[i], rows, object, &last);

      if (times > 0)
        json_array_add_object_element (fired,
                                       vv_json_new ("code", "s", controls[i].code, "side", "s", controls[i].side, "title", "s", _ (controls[i].title),
                                                    "rule", "s", _ (controls[i].rule), "times", "i", times, "last", "s", last, NULL));
    }
  return fired;
}
