// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "vv-desk-folder.h"
#include "vv-dialogs.h"
#include "vv-error-text.h"
#include "vv-parts.h"
#include "vv-start-page.h"

#define POLL_MS 100

struct _VvStartPage
{
  AdwBin          parent_instance;
  GtkWidget      *buttons;
  GtkWidget      *running;
  GtkProgressBar *progress_bar;
  GtkLabel       *progress_text;
  GtkLabel       *message;
  VvProgress     *progress;
  guint           timer;
};

G_DEFINE_FINAL_TYPE (VvStartPage, vv_start_page, ADW_TYPE_BIN)

static guint signal_desk;

static void
on_folder_chosen (const char *path, gpointer user_data)
{
  g_signal_emit (user_data, signal_desk, 0, path);
}

static void
on_open_cb (VvStartPage *self)
{
  vv_start_page_say (self, NULL);
  vv_dialogs_choose_folder (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Open a desk"), on_folder_chosen,
                            self);
}

static gboolean
on_poll_cb (gpointer user_data)
{
  VvStartPage     *self = user_data;
  guint64          done = 0, total = 0;
  g_autofree char *text = NULL;

  vv_progress_get (self->progress, &done, &total);
  if (total == 0)
    {
      gtk_progress_bar_pulse (self->progress_bar);
      return G_SOURCE_CONTINUE;
    }
  gtk_progress_bar_set_fraction (self->progress_bar, (double) done / (double) total);
  text = g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64 " synthetic photographs enrolled"), done,
                          total);
  gtk_label_set_text (self->progress_text, text);
  return G_SOURCE_CONTINUE;
}

static void
show_running (VvStartPage *self, gboolean running)
{
  gtk_widget_set_visible (self->running, running);
  gtk_widget_set_visible (self->buttons, !running);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (running)
    self->timer = g_timeout_add (POLL_MS, on_poll_cb, self);
}

static void
trained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvStartPage) self = user_data;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *dir = vv_desk_folder_training ();
  g_autofree char        *text = NULL;

  show_running (self, FALSE);
  g_clear_object (&self->progress);
  if (vv_desk_folder_train_finish (result, &error))
    {
      g_signal_emit (self, signal_desk, 0, dir);
      return;
    }
  text = vv_error_text (error);
  vv_start_page_say (self, text);
}

static void
on_train_cb (VvStartPage *self)
{
  g_autofree char *dir = vv_desk_folder_training ();

  if (self->progress != NULL)
    return;
  vv_start_page_say (self, NULL);
  self->progress = vv_progress_new ();
  gtk_label_set_text (self->progress_text, _ ("Preparing the training desk"));
  show_running (self, TRUE);
  vv_desk_folder_train_async (dir, self->progress, trained_cb, g_object_ref (self));
}

static void
on_cancel_cb (VvStartPage *self)
{
  if (self->progress != NULL)
    g_cancellable_cancel (G_CANCELLABLE (self->progress));
}

static void
vv_start_page_dispose (GObject *object)
{
  VvStartPage *self = VV_START_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->progress);
  G_OBJECT_CLASS (vv_start_page_parent_class)->dispose (object);
}

static void
vv_start_page_class_init (VvStartPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_start_page_dispose;
  signal_desk = g_signal_new ("desk", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                              1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VvStartPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, VvStartPage, running);
  gtk_widget_class_bind_template_child (widget_class, VvStartPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, VvStartPage, progress_text);
  gtk_widget_class_bind_template_child (widget_class, VvStartPage, message);
  gtk_widget_class_bind_template_callback (widget_class, on_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_train_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
}

static void
vv_start_page_init (VvStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vv_start_page_say (VvStartPage *self, const char *text)
{
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), vv_parts_has_text (text));
}
