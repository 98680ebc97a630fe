// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-desk-folder.h"
#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-lock-page.h"
#include "vv-parts.h"
#include "vv-session.h"
#include "vv-sign-in-page.h"
#include "vv-start-page.h"
#include "vv-window.h"

/* How often is asked whether the desk has locked by itself, and at most told that somebody is there. */
#define ASK_SECONDS 3
#define TELL_US     (15 * G_USEC_PER_SEC)
/* The desk locks this long after the window was covered: what was typed last is kept half a second after the last key. */
#define LOCK_SECONDS 1

#define PERSON_SCHEMA VV_APP_ID ".Person"
#define PERSON_PATH   "/org/visavis/Visavis/people/%s/"

struct _VvWindow
{
  AdwApplicationWindow parent_instance;
  GtkWidget           *training_band;
  GtkStack            *stack;
  VvStartPage         *start_page;
  VvSignInPage        *sign_in_page;
  VvLockPage          *lock_page;
  GtkWidget           *session;  /* (nullable) while somebody is signed in; out of the window while that is covered */
  GSettings           *settings; /* of the program */
  GSettings           *own;      /* (nullable) of who is signed in */
  guint                ask_timer, lock_timer;
  gboolean             asking;
  gint64               told_at; /* monotonic: somebody is there */
  VvDesk              *desk;
  JsonObject          *about;
  char                *dir;
};

G_DEFINE_FINAL_TYPE (VvWindow, vv_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- Who was at this desk last ----------------------------------------------------------------------------------- */

static char *
last_account (VvWindow *self)
{
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, "last-accounts");
  char                *account = NULL;

  (void) g_variant_lookup (all, self->dir, "s", &account);
  return account;
}

/* --- Size, per person ---------------------------------------------------------------------------------------------- */

/* From now on the window's size is kept in @settings; where they have none yet, the window stays as it is. */
static void
keep_size_in (VvWindow *self, GSettings *settings)
{
  static const char *const keys[] = { "window-width", "window-height" };
  static const char *const names[] = { "default-width", "default-height" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GVariant) kept = g_settings_get_user_value (settings, keys[i]);
      int                  now = 0;

      g_object_get (self, names[i], &now, NULL);
      if (kept == NULL && now > 0)
        g_settings_set_int (settings, keys[i], now);
      g_settings_bind (settings, keys[i], self, names[i], G_SETTINGS_BIND_DEFAULT);
    }
}

static void
keep_maximized (VvWindow *self)
{
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));

  g_settings_set_boolean (self->settings, "window-maximized", maximized);
  if (self->own != NULL)
    g_settings_set_boolean (self->own, "window-maximized", maximized);
}

static void
begin_own_settings (VvWindow *self)
{
  g_autofree char     *path = g_strdup_printf (PERSON_PATH, vv_desk_account (self->desk));
  g_autoptr (GVariant) maximized = NULL;

  self->own = g_settings_new_with_path (PERSON_SCHEMA, path);
  maximized = g_settings_get_user_value (self->own, "window-maximized");
  keep_size_in (self, self->own);
  if (maximized != NULL && g_variant_get_boolean (maximized))
    gtk_window_maximize (GTK_WINDOW (self));
  else if (maximized != NULL)
    gtk_window_unmaximize (GTK_WINDOW (self));
}

static void
end_own_settings (VvWindow *self)
{
  if (self->own == NULL)
    return;
  keep_maximized (self);
  keep_size_in (self, self->settings);
  g_clear_object (&self->own);
}

/* --- Signing in and locking ---------------------------------------------------------------------------------------- */

static void
show_sign_in (VvWindow *self)
{
  g_autofree char *account = last_account (self);

  vv_sign_in_page_set_desk (self->sign_in_page, self->desk, self->about, account);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->sign_in_page));
}

/* The acts that were asked for are done now, the last drafts kept: the desk may close. */
static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplication) application = user_data;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, /* error= */ NULL);

  vv_desk_sign_out (VV_DESK (source));
  g_application_release (application);
}

/* The pages go first, and with them their pictures; what they had not kept yet they keep now. Acts are done in
 * order, so once this last one is answered nothing of this person is left to do. */
static void
end_session (VvWindow *self)
{
  GtkWidget    *session = g_steal_pointer (&self->session);
  GApplication *application = g_application_get_default ();

  if (session == NULL)
    return;
  g_clear_handle_id (&self->ask_timer, g_source_remove);
  g_clear_handle_id (&self->lock_timer, g_source_remove);
  end_own_settings (self);
  if (gtk_widget_get_parent (session) != NULL)
    gtk_stack_remove (self->stack, session);
  g_object_unref (session);
  g_application_hold (application);
  vv_desk_act_async (self->desk, vv_desk_list_accounts, 0, NULL, NULL, settled_cb, g_object_ref (application));
}

/* The person signs out, or the desk did so by itself. */
static void
on_left_cb (VvWindow *self)
{
  g_autofree char *dir = g_strdup (self->dir);

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->sign_in_page));
  end_session (self);
  vv_lock_page_set_desk (self->lock_page, NULL);
  /* The next person gets a desk of their own: nothing that this one asked for can be done in another's name. */
  vv_window_open_desk (self, dir);
}

/* --- Locking: the pages stay as they are, unseen ---------------------------------------------------------------------- */

/* All three of these wait for whoever holds the vault, which a window must not. */
static void
on_desk_thread (VvWindow *self, GTaskThreadFunc work, GAsyncReadyCallback done)
{
  g_autoptr (GTask) task = g_task_new (self->desk, NULL, done, done != NULL ? g_object_ref (self) : NULL);

  g_task_run_in_thread (task, work);
}

static void
lock_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  vv_desk_lock (source);
  g_task_return_boolean (task, TRUE);
}

static void
touch_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  vv_desk_touch (source);
  g_task_return_boolean (task, TRUE);
}

static void
ask_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, vv_desk_is_locked (source));
}

static gboolean
is_covered (VvWindow *self)
{
  return gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->lock_page);
}

static void
cover (VvWindow *self)
{
  if (self->session == NULL || is_covered (self))
    return;
  vv_lock_page_set_desk (self->lock_page, self->desk);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->lock_page));
  /* Nor is it there for screen readers any more. */
  gtk_stack_remove (self->stack, self->session);
}

static void
on_unlocked_cb (VvWindow *self)
{
  g_clear_handle_id (&self->lock_timer, g_source_remove);
  gtk_stack_add_child (self->stack, self->session);
  gtk_stack_set_visible_child (self->stack, self->session);
}

static gboolean
on_lock_due_cb (gpointer user_data)
{
  VvWindow *self = user_data;

  self->lock_timer = 0;
  on_desk_thread (self, lock_in_thread, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_locked_cb (VvWindow *self)
{
  cover (self);
  g_clear_handle_id (&self->lock_timer, g_source_remove);
  self->lock_timer = g_timeout_add_seconds (LOCK_SECONDS, on_lock_due_cb, self);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvWindow) self = user_data;
  gboolean             locked = g_task_propagate_boolean (G_TASK (result), /* error= */ NULL);

  self->asking = FALSE;
  if (locked && VV_DESK (source) == self->desk)
    cover (self);
}

static gboolean
on_ask_cb (gpointer user_data)
{
  VvWindow *self = user_data;

  if (!self->asking && !is_covered (self))
    {
      self->asking = TRUE;
      on_desk_thread (self, ask_in_thread, asked_cb);
    }
  return G_SOURCE_CONTINUE;
}

/* Keys, pointer, wheel: somebody is there. */
static gboolean
on_event_cb (VvWindow *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->session != NULL && !is_covered (self) && now - self->told_at > TELL_US)
    {
      self->told_at = now;
      on_desk_thread (self, touch_in_thread, NULL);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
watch_events (VvWindow *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (on_event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
}

static void
acknowledged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer == NULL)
    g_debug ("notice: %s", error->message);
}

static void
on_signed_in_cb (VvWindow *self)
{
  vv_parts_remember (self->settings, "last-accounts", self->dir, vv_desk_account (self->desk));
  begin_own_settings (self);
  /* The form comes after the notice, so whoever is here has read it. */
  vv_desk_act_async (self->desk, vv_desk_acknowledge_notice, 0, NULL, NULL, acknowledged_cb, NULL);
  self->session = g_object_ref_sink (vv_session_new (self->desk, self->own));
  g_signal_connect_object (self->session, "locked", G_CALLBACK (on_locked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "left", G_CALLBACK (on_left_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, self->session);
  gtk_stack_set_visible_child (self->stack, self->session);
  self->ask_timer = g_timeout_add_seconds (ASK_SECONDS, on_ask_cb, self);
}

/* --- Opening a desk -------------------------------------------------------------------------------------------------- */

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvWindow)   self = user_data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) about = vv_desk_folder_describe_finish (result, &error);
  g_autofree char       *text = vv_error_text (error);
  g_autofree char       *title = NULL;

  if (about == NULL)
    {
      vv_start_page_say (self->start_page, text);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->start_page));
      return;
    }
  end_session (self);
  g_clear_pointer (&self->about, json_object_unref);
  self->about = g_steal_pointer (&about);
  g_clear_object (&self->desk);
  self->desk = vv_desk_new (self->dir);
  gtk_widget_set_visible (self->training_band, vv_json_bool (vv_json_object (self->about, "about"), "training"));
  title = g_strdup_printf (_ ("Visavis, desk %s"), vv_json_string (vv_json_object (self->about, "about"), "station"));
  gtk_window_set_title (GTK_WINDOW (self), title);
  show_sign_in (self);
}

static void
on_desk_cb (VvWindow *self, const char *dir)
{
  vv_window_open_desk (self, dir);
}

/* --- The window ------------------------------------------------------------------------------------------------------- */

/* Only a window that is mapped learns whether it is maximized; asking before, X11 forgets it. */
static void
vv_window_map (GtkWidget *widget)
{
  VvWindow *self = VV_WINDOW (widget);

  GTK_WIDGET_CLASS (vv_window_parent_class)->map (widget);
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
vv_window_close_request (GtkWindow *window)
{
  keep_maximized (VV_WINDOW (window));
  return GTK_WINDOW_CLASS (vv_window_parent_class)->close_request (window);
}

static void
vv_window_dispose (GObject *object)
{
  VvWindow *self = VV_WINDOW (object);

  if (self->desk != NULL)
    end_session (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->own);
  G_OBJECT_CLASS (vv_window_parent_class)->dispose (object);
}

static void
vv_window_finalize (GObject *object)
{
  VvWindow *self = VV_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->about, json_object_unref);
  g_clear_pointer (&self->dir, g_free);
  G_OBJECT_CLASS (vv_window_parent_class)->finalize (object);
}

static void
vv_window_class_init (VvWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_window_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_window_finalize;
  widget_class->map = vv_window_map;
  GTK_WINDOW_CLASS (class)->close_request = vv_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-window.ui");
  gtk_widget_class_bind_template_child (widget_class, VvWindow, training_band);
  gtk_widget_class_bind_template_child (widget_class, VvWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, VvWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, VvWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, VvWindow, lock_page);
  gtk_widget_class_bind_template_callback (widget_class, on_desk_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_signed_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unlocked_cb);
}

static void
vv_window_init (VvWindow *self)
{
  g_type_ensure (VV_TYPE_START_PAGE);
  g_type_ensure (VV_TYPE_SIGN_IN_PAGE);
  g_type_ensure (VV_TYPE_LOCK_PAGE);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (VV_APP_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  watch_events (self);
}

GtkWidget *
vv_window_new (AdwApplication *application)
{
  return g_object_new (VV_TYPE_WINDOW, "application", application, NULL);
}

void
vv_window_open_desk (VvWindow *self, const char *dir)
{
  g_return_if_fail (VV_IS_WINDOW (self));
  if (dir != self->dir)
    {
      g_free (self->dir);
      self->dir = g_strdup (dir);
    }
  vv_desk_folder_describe_async (self->dir, described_cb, g_object_ref (self));
}
