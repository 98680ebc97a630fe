// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-dialogs.h"

typedef struct
{
  VvDialogsChosen chosen;
  gpointer        user_data;
} VvChoice;

static void
on_response_cb (GtkNativeDialog *dialog, int response, VvChoice *choice)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (g_file_peek_path (file) != NULL)
        choice->chosen (g_file_peek_path (file), choice->user_data);
    }
  /* The dialog is kept by nobody but this reference while it is open. */
  g_object_unref (dialog);
}

static void
free_choice (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
choose (GtkFileChooserNative *dialog, VvDialogsChosen chosen, gpointer user_data)
{
  VvChoice *choice = g_new (VvChoice, 1);

  choice->chosen = chosen;
  choice->user_data = user_data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), choice, free_choice, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
vv_dialogs_choose_folder (GtkWindow *parent, const char *title, VvDialogsChosen chosen, gpointer user_data)
{
  choose (gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                       _ ("_Open"), _ ("_Cancel")),
          chosen, user_data);
}

void
vv_dialogs_choose_pictures (GtkWindow *parent, const char *title, VvDialogsChosen chosen, gpointer user_data)
{
  static const char *const  types[] = { "image/jpeg", "image/png", "image/tiff", "image/bmp",
                                        "image/webp", "image/heic", "image/gif", "video/*" };
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative     *dialog;

  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), _ ("_Cancel"));
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_file_filter_add_mime_type (filter, types[i]);
  gtk_file_filter_set_name (filter, _ ("Pictures and videos"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  choose (dialog, chosen, user_data);
}

void
vv_dialogs_choose_file (GtkWindow *parent, const char *title, VvDialogsChosen chosen, gpointer user_data)
{
  choose (gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), _ ("_Cancel")),
          chosen, user_data);
}

static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, VvChoice *choice)
{
  for (GSList *file = g_value_get_boxed (value); file != NULL; file = file->next)
    if (g_file_peek_path (file->data) != NULL)
      choice->chosen (g_file_peek_path (file->data), choice->user_data);
  return TRUE;
}

void
vv_dialogs_accept_files (GtkWidget *widget, VvDialogsChosen chosen, gpointer user_data)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  VvChoice      *choice = g_new (VvChoice, 1);

  choice->chosen = chosen;
  choice->user_data = user_data;
  g_signal_connect_data (target, "drop", G_CALLBACK (on_drop_cb), choice, free_choice, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

void
vv_dialogs_choose_copy (GtkWindow *parent, const char *title, const char *name, VvDialogsChosen chosen, gpointer user_data)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  choose (dialog, chosen, user_data);
}
