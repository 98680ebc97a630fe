// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-dialogs.h"
#include "vv-json.h"

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
  /* Else GTK writes the name of what is chosen, which names a case, into the person's list of recent files. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
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

void
vv_dialogs_choose_table (GtkWindow *parent, const char *title, VvDialogsChosen chosen, gpointer user_data)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative     *dialog;

  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_set_name (filter, _ ("Tables (CSV)"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  choose (dialog, chosen, user_data);
}

typedef struct
{
  void (*agreed) (gpointer owner);
} VvQuestion;

static void
on_answer_cb (gpointer owner, const char *response, AdwMessageDialog *dialog)
{
  VvQuestion *question = g_object_get_data (G_OBJECT (dialog), "question");

  if (g_strcmp0 (response, "agreed") == 0)
    question->agreed (owner);
}

void
vv_dialogs_ask (GtkWindow *parent, const char *title, const char *text, const char *button, void (*agreed) (gpointer owner), gpointer owner)
{
  GtkWidget  *dialog = adw_message_dialog_new (parent, title, text);
  VvQuestion *question = g_new (VvQuestion, 1);

  question->agreed = agreed;
  g_object_set_data_full (G_OBJECT (dialog), "question", question, g_free);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "agreed", button, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "agreed", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer_cb), owner, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* "2020-03-12" as the procedure prints its own dates: "03/12/20". (transfer full) */
static char *
printed_date (const char *date)
{
  int year = 0, month = 0, day = 0;

  if (date == NULL || sscanf (date, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return g_strdup (date != NULL ? date : "");
  return g_strdup_printf ("%02d/%02d/%02d", month, day, year % 100);
}

void
vv_dialogs_about (GtkWindow *parent, JsonObject *policy)
{
  g_autofree char *issued = printed_date (vv_json_string (policy, "issued"));
  g_autofree char *effective = printed_date (vv_json_string (policy, "effective"));
  const char      *revision = vv_json_string (policy, "revision");
  g_autofree char *comments = g_strdup_printf (_ ("Enforces procedure %s, %s: issued %s, effective %s, %s.\n\nSHA-256 of the rules file:\n%s"),
                                               vv_json_string (policy, "procedure"), vv_json_string (policy, "title"), issued, effective,
                                               revision != NULL ? revision : _ ("no revision"), vv_json_string (policy, "rules_hash"));
  g_autofree char *escaped = g_markup_escape_text (comments, -1);
  g_autofree char *first = g_strdup_printf (_ ("Procedure %s, issued %s"), vv_json_string (policy, "procedure"), issued);
  GtkWidget       *about = adw_about_window_new ();

  adw_about_window_set_application_name (ADW_ABOUT_WINDOW (about), "Visavis");
  adw_about_window_set_application_icon (ADW_ABOUT_WINDOW (about), VV_APP_ID);
  adw_about_window_set_version (ADW_ABOUT_WINDOW (about), VV_VERSION);
  /* Under the name, in front; the rest is under Details. */
  adw_about_window_set_developer_name (ADW_ABOUT_WINDOW (about), first);
  adw_about_window_set_comments (ADW_ABOUT_WINDOW (about), escaped);
  adw_about_window_set_license_type (ADW_ABOUT_WINDOW (about), GTK_LICENSE_GPL_3_0);
  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  gtk_window_present (GTK_WINDOW (about));
}
