// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-application.h"
#include "vv-resources.h"
#include "vv-window.h"

struct _VvApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (VvApplication, vv_application, ADW_TYPE_APPLICATION)

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  /* Closing the windows keeps what was typed; the program ends with the last one. */
  for (GList *each = windows; each != NULL; each = each->next)
    gtk_window_close (each->data);
}

static void
vv_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = { { .name = "quit", .activate = on_quit } };
  static const char *const  quit_keys[] = { "<Control>q", NULL };
  static const char *const  help_keys[] = { "F1", "<Control>question", NULL };

  G_APPLICATION_CLASS (vv_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit", quit_keys);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "win.show-help-overlay", help_keys);
}

static void
vv_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (vv_window_new (ADW_APPLICATION (application)));
  gtk_window_present (window);
}

static void
vv_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      GtkWidget *window = vv_window_new (ADW_APPLICATION (application));

      gtk_window_present (GTK_WINDOW (window));
      vv_window_open_desk (VV_WINDOW (window), g_file_peek_path (files[i]));
    }
}

static void
vv_application_class_init (VvApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  application_class->startup = vv_application_startup;
  application_class->activate = vv_application_activate;
  application_class->open = vv_application_open;
}

static void
vv_application_init (VvApplication *self)
{
  /* A static library's own constructor would be left out by the linker. */
  g_resources_register (vv_get_resource ());
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[DESK-DIR]"));
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("Workstation of a Facial Identification Section."));
}

GApplication *
vv_application_new (void)
{
  return g_object_new (VV_TYPE_APPLICATION, "application-id", VV_APP_ID, "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}
