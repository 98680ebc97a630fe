// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-draft.h"
#include "vv-json.h"

/* Kept when the person pauses, and while they go on writing at least this often: a machine that loses its power takes no
 * more than the last second with it. */
#define PAUSE_MS 300
#define LATE_MS  800

struct _VvDraft
{
  VvDesk        *desk;
  gint64         request;
  char          *key;
  VvDraftCollect collect;
  VvDraftRestore restore;
  gpointer       owner; /* (unowned) */
  guint          timer;
  gint64         since;   /* of the oldest that is not kept (monotonic, microseconds), while the timer runs */
  gboolean       touched; /* typed before the kept draft arrived: what is typed wins */
  GCancellable  *asking;
};

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  /* Losing a draft is no reason to interrupt; the text is still in the window. */
  if (answer == NULL)
    g_debug ("draft: %s", error->message);
}

static void
keep (VvDraft *self, JsonObject *body)
{
  g_autoptr (JsonObject) details = vv_json_new ("key", "s", self->key, "body", "o", body, NULL);

  vv_desk_act_async (self->desk, vv_desk_keep_draft, self->request, details, NULL, kept_cb, NULL);
}

static gboolean
on_pause_cb (gpointer user_data)
{
  VvDraft *self = user_data;

  self->timer = 0;
  keep (self, self->collect (self->owner));
  return G_SOURCE_REMOVE;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  VvDraft               *self = user_data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  /* When cancelled, @self is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (answer != NULL && vv_json_object (answer, "body") != NULL && !self->touched)
    self->restore (self->owner, vv_json_object (answer, "body"));
}

VvDraft *
vv_draft_new (VvDesk        *desk,
              gint64         request,
              const char    *key,
              VvDraftCollect collect,
              VvDraftRestore restore,
              gpointer       owner)
{
  VvDraft               *self = g_new0 (VvDraft, 1);
  g_autoptr (JsonObject) details = vv_json_new ("key", "s", key, NULL);

  self->desk = g_object_ref (desk);
  self->request = request;
  self->key = g_strdup (key);
  self->collect = collect;
  self->restore = restore;
  self->owner = owner;
  self->asking = g_cancellable_new ();
  vv_desk_act_async (desk, vv_desk_draft, request, details, self->asking, asked_cb, self);
  return self;
}

void
vv_draft_touch (VvDraft *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 waited;

  if (self == NULL)
    return;
  self->touched = TRUE;
  if (self->timer == 0)
    self->since = now;
  waited = (now - self->since) / 1000;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) CLAMP (LATE_MS - waited, 0, PAUSE_MS), on_pause_cb, self);
}

void
vv_draft_forget (VvDraft *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  keep (self, NULL);
}

void
vv_draft_free (VvDraft *self)
{
  if (self == NULL)
    return;
  if (self->timer != 0)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      keep (self, self->collect (self->owner));
    }
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_object_unref (self->desk);
  g_free (self->key);
  g_free (self);
}

const char *
vv_draft_key (VvDraft *self)
{
  return self != NULL ? self->key : NULL;
}
