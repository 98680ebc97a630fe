// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-dialogs.h"
#include "vv-json.h"
#include "vv-media-list.h"
#include "vv-medium-row.h"
#include "vv-parts.h"

struct _VvMediaList
{
  AdwBin               parent_instance;
  AdwPreferencesGroup *group;
  GtkWidget           *add;
  GtkWidget           *taking;
  GtkLabel            *taking_text;
  GPtrArray           *rows; /* (element-type VvMediumRow) (unowned elements) not taken in yet */
  char                *obtainer;
  VvDesk              *desk;
  gint64               request;
  VvMediaListDone      done;
  gpointer             user_data; /* (owned) while files are taken in */
  GCancellable        *cancellable;
  gint64               player; /* record of the first row's player package, once it is taken in */
};

G_DEFINE_FINAL_TYPE (VvMediaList, vv_media_list, ADW_TYPE_BIN)

static guint signal_changed;

static void
on_changed_cb (VvMediaList *self)
{
  g_signal_emit (self, signal_changed, 0);
}

static void
remove_row (VvMediaList *self, guint index)
{
  adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, index));
  g_ptr_array_remove_index (self->rows, index);
  on_changed_cb (self);
}

static void
on_removed_cb (VvMediaList *self, GtkWidget *row)
{
  guint index;

  if (self->done == NULL && g_ptr_array_find (self->rows, row, &index))
    {
      if (index == 0)
        self->player = 0;
      remove_row (self, index);
    }
}

static void
on_chosen (const char *path, gpointer user_data)
{
  vv_media_list_add (user_data, path, NULL);
}

static void
on_add_cb (VvMediaList *self)
{
  vv_dialogs_choose_pictures (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Add pictures and videos"),
                              on_chosen, self);
}

/* --- Taking in ------------------------------------------------------------------------------------------------------- */

static void take_next (VvMediaList *self);

static void
end (VvMediaList *self, const GError *error)
{
  VvMediaListDone done = self->done;

  self->done = NULL;
  gtk_widget_set_visible (self->taking, FALSE);
  gtk_widget_set_sensitive (self->add, TRUE);
  g_clear_object (&self->cancellable);
  done (self->user_data, error);
  g_clear_object (&self->user_data);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvMediaList) self = user_data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonObject)  answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer == NULL)
    {
      adw_expander_row_set_expanded (g_ptr_array_index (self->rows, 0), TRUE);
      end (self, error);
      return;
    }
  self->player = 0;
  remove_row (self, 0);
  take_next (self);
}

static void
player_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvMediaList) self = user_data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonObject)  answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer == NULL)
    {
      end (self, error);
      return;
    }
  self->player = vv_json_int (answer, "id");
  take_next (self);
}

/* A video's player package goes first: the video names its record. */
static void
take_player (VvMediaList *self, const char *path, const char *video)
{
  g_autofree char       *name = g_path_get_basename (video);
  g_autofree char       *description = g_strdup_printf (_ ("Player of the video “%s”"), name);
  g_autoptr (JsonObject) details =
    vv_json_new ("file", "s", path, "class", "s", "player-package", "description", "s", description, NULL);

  vv_desk_act_async (self->desk, vv_desk_add_exhibit, self->request, details, self->cancellable, player_taken_cb,
                     g_object_ref (self));
}

static void
take_next (VvMediaList *self)
{
  g_autoptr (JsonObject) details = NULL;
  g_autofree char       *name = NULL, *text = NULL;
  gboolean               is_video;

  if (self->rows->len == 0)
    {
      end (self, NULL);
      return;
    }
  details = vv_medium_row_get (g_ptr_array_index (self->rows, 0));
  is_video = vv_json_string (details, "class") != NULL;
  name = g_path_get_basename (vv_json_string (details, "file"));
  text = g_strdup_printf (_ ("Taking in “%s”; %u left"), name, self->rows->len);
  gtk_label_set_text (self->taking_text, text);
  if (vv_json_string (details, "player_file") != NULL && self->player == 0)
    {
      take_player (self, vv_json_string (details, "player_file"), vv_json_string (details, "file"));
      return;
    }
  json_object_remove_member (details, "player_file");
  if (self->player != 0)
    json_object_set_int_member (details, "player", self->player);
  vv_desk_act_async (self->desk, is_video ? vv_desk_add_exhibit : vv_desk_add_media, self->request, details,
                     self->cancellable, taken_cb, g_object_ref (self));
}

static void
on_cancel_cb (VvMediaList *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* --- The list ---------------------------------------------------------------------------------------------------------- */

static void
vv_media_list_finalize (GObject *object)
{
  VvMediaList *self = VV_MEDIA_LIST (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->obtainer, g_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (vv_media_list_parent_class)->finalize (object);
}

static void
vv_media_list_class_init (VvMediaListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_media_list_finalize;
  signal_changed =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-media-list.ui");
  gtk_widget_class_bind_template_child (widget_class, VvMediaList, group);
  gtk_widget_class_bind_template_child (widget_class, VvMediaList, add);
  gtk_widget_class_bind_template_child (widget_class, VvMediaList, taking);
  gtk_widget_class_bind_template_child (widget_class, VvMediaList, taking_text);
  gtk_widget_class_bind_template_callback (widget_class, on_add_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
}

static void
vv_media_list_init (VvMediaList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  vv_dialogs_accept_files (GTK_WIDGET (self), on_chosen, self);
}

void
vv_media_list_add (VvMediaList *self, const char *path, JsonObject *details)
{
  GtkWidget *row;

  g_return_if_fail (VV_IS_MEDIA_LIST (self));
  if (self->done != NULL)
    return;
  row = vv_medium_row_new (path, self->obtainer);
  if (details != NULL)
    vv_medium_row_set (VV_MEDIUM_ROW (row), details);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->group, row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  on_changed_cb (self);
}

void
vv_media_list_set_obtainer (VvMediaList *self, const char *name)
{
  g_return_if_fail (VV_IS_MEDIA_LIST (self));
  g_free (self->obtainer);
  self->obtainer = g_strdup (name);
}

JsonArray *
vv_media_list_get (VvMediaList *self)
{
  JsonArray *all = json_array_new ();

  g_return_val_if_fail (VV_IS_MEDIA_LIST (self), all);
  for (guint i = 0; i < self->rows->len; i++)
    json_array_add_object_element (all, vv_medium_row_get (g_ptr_array_index (self->rows, i)));
  return all;
}

void
vv_media_list_go_to (VvMediaList *self, int index)
{
  g_return_if_fail (VV_IS_MEDIA_LIST (self));
  if (index >= (int) self->rows->len)
    {
      gtk_widget_grab_focus (self->add);
      return;
    }
  vv_medium_row_go_to_missing (g_ptr_array_index (self->rows, (guint) index));
}

void
vv_media_list_clear (VvMediaList *self)
{
  g_return_if_fail (VV_IS_MEDIA_LIST (self));
  self->player = 0;
  while (self->rows->len > 0)
    remove_row (self, self->rows->len - 1);
}

void
vv_media_list_take (VvMediaList *self, VvDesk *desk, gint64 request, VvMediaListDone done, gpointer user_data)
{
  g_return_if_fail (VV_IS_MEDIA_LIST (self) && self->done == NULL);
  g_set_object (&self->desk, desk);
  self->request = request;
  self->done = done;
  self->user_data = g_object_ref (user_data);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (self->taking, self->rows->len > 0);
  gtk_widget_set_sensitive (self->add, FALSE);
  take_next (self);
}
