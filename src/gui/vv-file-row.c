// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-dialogs.h"
#include "vv-file-row.h"
#include "vv-parts.h"

struct _VvFileRow
{
  AdwActionRow parent_instance;
  GtkWidget   *choose;
  GtkWidget   *remove;
  char        *hint;
  char        *path;
};

G_DEFINE_FINAL_TYPE (VvFileRow, vv_file_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_0,
  PROP_HINT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint       signal_changed;

static void
show (VvFileRow *self)
{
  g_autofree char *name = self->path != NULL ? g_path_get_basename (self->path) : NULL;
  g_autofree char *escaped = g_markup_escape_text (name != NULL ? name : self->hint != NULL ? self->hint
                                                                                            : "",
                                                   -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
  gtk_widget_set_visible (self->remove, self->path != NULL);
}

static void
on_chosen (const char *path, gpointer user_data)
{
  vv_file_row_set_path (user_data, path);
}

static void
on_choose_cb (VvFileRow *self)
{
  vv_dialogs_choose_file (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                          adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), on_chosen, self);
}

static void
on_remove_cb (VvFileRow *self)
{
  vv_file_row_set_path (self, NULL);
}

/* Several files of this kind stand on one page: each button says which it is for. */
static void
on_title_cb (VvFileRow *self)
{
  const char      *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  g_autofree char *choose = g_strdup_printf (_ ("Choose: %s"), title);
  g_autofree char *remove = g_strdup_printf (_ ("Remove: %s"), title);

  /* A button is named by its label first. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  vv_parts_name (self->choose, choose);
  vv_parts_name (self->remove, remove);
}

static void
vv_file_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VvFileRow *self = VV_FILE_ROW (object);

  if (id != PROP_HINT)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  g_free (self->hint);
  self->hint = g_value_dup_string (value);
  show (self);
}

static void
vv_file_row_finalize (GObject *object)
{
  VvFileRow *self = VV_FILE_ROW (object);

  g_free (self->hint);
  g_free (self->path);
  G_OBJECT_CLASS (vv_file_row_parent_class)->finalize (object);
}

static void
vv_file_row_class_init (VvFileRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->set_property = vv_file_row_set_property;
  object_class->finalize = vv_file_row_finalize;
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signal_changed =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vv_file_row_init (VvFileRow *self)
{
  self->choose = gtk_button_new_with_label (_ ("Choose…"));
  self->remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  gtk_widget_set_tooltip_text (self->remove, _ ("Remove this file"));
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->remove, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->remove, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->remove);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->choose);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->choose);
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (on_choose_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (on_remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_cb), NULL);
  vv_dialogs_accept_files (GTK_WIDGET (self), on_chosen, self);
}

const char *
vv_file_row_path (VvFileRow *self)
{
  g_return_val_if_fail (VV_IS_FILE_ROW (self), NULL);
  return self->path;
}

void
vv_file_row_set_path (VvFileRow *self, const char *path)
{
  g_return_if_fail (VV_IS_FILE_ROW (self));
  if (g_strcmp0 (self->path, path) == 0)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  show (self);
  g_signal_emit (self, signal_changed, 0);
}
