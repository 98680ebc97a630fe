// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-desk-folder.h"
#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-session.h"
#include "vv-sign-in-page.h"
#include "vv-start-page.h"
#include "vv-window.h"

struct _VvWindow
{
  AdwApplicationWindow parent_instance;
  GtkWidget           *training_band;
  GtkStack            *stack;
  VvStartPage         *start_page;
  VvSignInPage        *sign_in_page;
  GtkWidget           *session; /* (unowned) while somebody is signed in */
  GSettings           *settings;
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
  gtk_stack_remove (self->stack, session);
  g_application_hold (application);
  vv_desk_act_async (self->desk, vv_desk_list_accounts, 0, NULL, NULL, settled_cb, g_object_ref (application));
}

static void
on_locked_cb (VvWindow *self)
{
  g_autofree char *dir = g_strdup (self->dir);

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->sign_in_page));
  end_session (self);
  /* The next person gets a desk of their own: nothing that this one asked for can be done in another's name. */
  vv_window_open_desk (self, dir);
}

static void
on_signed_in_cb (VvWindow *self)
{
  vv_parts_remember (self->settings, "last-accounts", self->dir, vv_desk_account (self->desk));
  self->session = vv_session_new (self->desk, self->settings);
  g_signal_connect_object (self->session, "locked", G_CALLBACK (on_locked_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, self->session);
  gtk_stack_set_visible_child (self->stack, self->session);
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
  VvWindow *self = VV_WINDOW (window);

  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  return GTK_WINDOW_CLASS (vv_window_parent_class)->close_request (window);
}

static void
vv_window_dispose (GObject *object)
{
  VvWindow *self = VV_WINDOW (object);

  if (self->desk != NULL)
    end_session (self);
  g_clear_object (&self->desk);
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
  gtk_widget_class_bind_template_callback (widget_class, on_desk_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_signed_in_cb);
}

static void
vv_window_init (VvWindow *self)
{
  g_type_ensure (VV_TYPE_START_PAGE);
  g_type_ensure (VV_TYPE_SIGN_IN_PAGE);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (VV_APP_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
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
