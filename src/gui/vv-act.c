// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-act.h"
#include "vv-error-text.h"
#include "vv-parts.h"

typedef struct
{
  GtkWidget *page;
  GtkLabel  *message;
  VvActDone  done;
} Doing;

static Doing *
doing_new (GtkWidget *page, GtkLabel *message, VvActDone done)
{
  Doing *self = g_new0 (Doing, 1);

  self->page = g_object_ref (page);
  self->message = g_object_ref (message);
  self->done = done;
  return self;
}

static void
doing_end (Doing *self, JsonObject *answer, const GError *error)
{
  g_autofree char *text = vv_error_text (error);

  vv_act_say (self->message, text);
  self->done (self->page, answer, error);
  g_object_unref (self->page);
  g_object_unref (self->message);
  g_free (self);
}

void
vv_act_say (GtkLabel *message, const char *text)
{
  gtk_label_set_text (message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (message), vv_parts_has_text (text));
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  doing_end (user_data, answer, error);
}

void
vv_act_run (GtkWidget *page, GtkLabel *message, VvDesk *desk, VvDeskAct act, JsonObject *details, GCancellable *cancellable, VvActDone done)
{
  g_autoptr (JsonObject) owned = details;

  vv_desk_act_async (desk, act, 0, details, cancellable, acted_cb, doing_new (page, message, done));
}

/* --- With a pass phrase --------------------------------------------------------------------------------------------------- */

typedef struct
{
  VvProof    proof;
  VvProofAct act;
} Proving;

static void
proving_free (gpointer data)
{
  Proving *self = data;

  vv_secret_free (self->proof.passphrase);
  vv_secret_free (self->proof.new_passphrase);
  g_clear_pointer (&self->proof.facts, json_object_unref);
  g_free (self->proof.account);
  g_free (self->proof.code);
  g_free (self);
}

static void
prove_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Proving *self = data;
  GError  *error = NULL;

  if (self->act (source, &self->proof, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
proved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  (void) g_task_propagate_boolean (G_TASK (result), &error);
  doing_end (user_data, /* answer= */ NULL, error);
}

void
vv_act_prove (GtkWidget *page, GtkLabel *message, VvDesk *desk, VvProofAct act, const VvProof *proof, VvActDone done)
{
  g_autoptr (GTask) task = g_task_new (desk, NULL, proved_cb, doing_new (page, message, done));
  Proving          *proving = g_new0 (Proving, 1);

  proving->proof = *proof;
  proving->act = act;
  g_task_set_task_data (task, proving, proving_free);
  g_task_run_in_thread (task, prove_in_thread);
}

VvSecret *
vv_act_take_secret (GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);
  VvSecret   *secret = *text != '\0' ? vv_secret_from_text (text) : NULL;

  gtk_editable_set_text (entry, "");
  return secret;
}
