// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-error-text.h"
#include "vv-fetch-bar.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-progress.h"

#define TICK_MS 250

struct _VvFetchBar
{
  GtkBox          parent_instance;
  GtkLabel       *state;
  GtkWidget      *fetch;
  GtkWidget      *progress_box;
  GtkProgressBar *progress;
  GtkWidget      *cancel;
  GtkLabel       *outcome;
  GtkWidget      *exceptions_box;
  GtkWidget      *exceptions;
  VvDesk         *desk;
  VvProgress     *fetching; /* (nullable) while a fetch is under way */
  guint           timer;
  gboolean        looking;
};

G_DEFINE_FINAL_TYPE (VvFetchBar, vv_fetch_bar, GTK_TYPE_BOX)

enum
{
  FETCHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
say (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* Gone for good. A locked desk takes the session out of its window for a while only: what arrives meanwhile is shown afterwards. */
static gboolean
is_gone (VvFetchBar *self)
{
  return self->desk == NULL;
}

/* The accent is for what there is to do. */
static void
show_waiting (VvFetchBar *self, gint64 n)
{
  g_autofree char *text = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%d request waits in ECMS.", "%d requests wait in ECMS.", (gulong) n),
                                                   (int) n)
                                : g_strdup (_ ("No request waits in ECMS."));

  say (self->state, text);
  if (n > 0)
    gtk_widget_add_css_class (self->fetch, "suggested-action");
  else
    gtk_widget_remove_css_class (self->fetch, "suggested-action");
}

/* --- Looking ---------------------------------------------------------------------------------------------------------------- */

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvFetchBar) self = user_data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  self->looking = FALSE;
  if (is_gone (self) || self->fetching != NULL)
    return;
  if (answer != NULL)
    show_waiting (self, vv_json_int (answer, "waiting"));
  else
    say (self->state, _ ("What waits in ECMS is not known: it was not reached."));
}

void
vv_fetch_bar_look (VvFetchBar *self)
{
  g_autoptr (JsonObject) details = vv_json_new ("look", "b", TRUE, NULL);

  if (self->desk == NULL || self->looking || self->fetching != NULL)
    return;
  self->looking = TRUE;
  vv_desk_act_async (self->desk, vv_desk_fetch, 0, details, NULL, looked_cb, g_object_ref (self));
}

/* --- Fetching --------------------------------------------------------------------------------------------------------------- */

static gboolean
on_tick_cb (gpointer user_data)
{
  VvFetchBar *self = user_data;
  guint64     done, total;

  vv_progress_get (self->fetching, &done, &total);
  if (total == 0)
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, (double) done / (double) total);
  return G_SOURCE_CONTINUE;
}

static void
set_fetching (VvFetchBar *self, gboolean fetching)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->fetching);
  if (fetching)
    {
      self->fetching = vv_progress_new ();
      self->timer = g_timeout_add (TICK_MS, on_tick_cb, self);
      gtk_progress_bar_set_fraction (self->progress, 0);
      say (self->state, _ ("Fetching requests from ECMS"));
    }
  gtk_widget_set_visible (self->progress_box, fetching);
  gtk_widget_set_sensitive (self->cancel, fetching);
  gtk_widget_set_visible (self->fetch, !fetching);
}

/* "1 request was fetched from ECMS. ..." (transfer full) */
static char *
outcome_sentence (JsonObject *answer)
{
  int      fetched = (int) vv_json_int (answer, "fetched");
  int      joined = (int) vv_json_int (answer, "joined");
  GString *text = g_string_new (NULL);

  if (fetched > 0)
    g_string_append_printf (text,
                            g_dngettext (NULL, "%d request was fetched from ECMS.", "%d requests were fetched from ECMS.", (gulong) fetched),
                            fetched);
  if (joined > 0)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (text, g_dngettext (NULL, "%d request got more pictures.", "%d requests got more pictures.", (gulong) joined),
                              joined);
    }
  return g_string_free (text, text->len == 0);
}

/* One line an exception: package, file, what is the matter. */
static void
show_exceptions (VvFetchBar *self, JsonArray *exceptions)
{
  vv_parts_clear (self->exceptions);
  for (guint i = 0; i < vv_json_length (exceptions); i++)
    {
      JsonObject      *one = vv_json_element (exceptions, i);
      const char      *file = vv_json_string (one, "file");
      g_autofree char *where = file != NULL ? g_strdup_printf ("%s, %s", vv_json_string (one, "package"),
                                                               file)
                                            : g_strdup (vv_json_string (one, "package"));

      vv_parts_fact (GTK_GRID (self->exceptions), where, vv_json_string (one, "text"));
    }
  gtk_widget_set_visible (self->exceptions_box, vv_json_length (exceptions) > 0);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvFetchBar) self = user_data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autofree char       *text = NULL;

  if (is_gone (self))
    return;
  set_fetching (self, FALSE);
  if (answer != NULL)
    text = outcome_sentence (answer);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup (_ ("Fetching was cancelled. A request that was taken in whole before that stays."));
  else
    text = vv_error_text (error);
  say (self->outcome, text);
  show_exceptions (self, vv_json_array (answer, "exceptions"));
  /* Also what was taken in before it broke off is there. */
  g_signal_emit (self, signals[FETCHED], 0);
  show_waiting (self, 0);
  vv_fetch_bar_look (self);
}

static void
on_fetch_cb (VvFetchBar *self)
{
  if (self->fetching != NULL)
    return;
  say (self->outcome, NULL);
  show_exceptions (self, NULL);
  set_fetching (self, TRUE);
  gtk_widget_grab_focus (self->cancel);
  vv_desk_act_async (self->desk, vv_desk_fetch, 0, NULL, G_CANCELLABLE (self->fetching), fetched_cb, g_object_ref (self));
}

static void
on_cancel_cb (VvFetchBar *self)
{
  if (self->fetching == NULL)
    return;
  g_cancellable_cancel (G_CANCELLABLE (self->fetching));
  gtk_widget_set_sensitive (self->cancel, FALSE);
}

/* --- The widget --------------------------------------------------------------------------------------------------------------- */

static void
vv_fetch_bar_dispose (GObject *object)
{
  VvFetchBar *self = VV_FETCH_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->fetching);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), VV_TYPE_FETCH_BAR);
  G_OBJECT_CLASS (vv_fetch_bar_parent_class)->dispose (object);
}

static void
vv_fetch_bar_class_init (VvFetchBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_fetch_bar_dispose;
  signals[FETCHED] = g_signal_new ("fetched", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-fetch-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, VvFetchBar, state);
  gtk_widget_class_bind_template_child (widget_class, VvFetchBar, fetch);
  gtk_widget_class_bind_template_child (widget_class, VvFetchBar, progress_box);
  gtk_widget_class_bind_template_child (widget_class, VvFetchBar, progress);
  gtk_widget_class_bind_template_child (widget_class, VvFetchBar, cancel);
  gtk_widget_class_bind_template_child (widget_class, VvFetchBar, outcome);
  gtk_widget_class_bind_template_child (widget_class, VvFetchBar, exceptions_box);
  gtk_widget_class_bind_template_child (widget_class, VvFetchBar, exceptions);
  gtk_widget_class_bind_template_callback (widget_class, on_fetch_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
}

static void
vv_fetch_bar_init (VvFetchBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vv_fetch_bar_begin (VvFetchBar *self, VvDesk *desk)
{
  g_set_object (&self->desk, desk);
  show_waiting (self, 0);
  say (self->state, _ ("Asking ECMS what waits"));
}
