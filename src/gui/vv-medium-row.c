// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-json.h"
#include "vv-medium-row.h"
#include "vv-parts.h"

struct _VvMediumRow
{
  AdwExpanderRow parent_instance;
  AdwComboRow   *source;
  GtkEditable   *detail;
  GtkEditable   *obtained_by;
  GtkEditable   *obtained_at;
  GtkEditable   *site_link;
  char          *path;
};

G_DEFINE_FINAL_TYPE (VvMediumRow, vv_medium_row, ADW_TYPE_EXPANDER_ROW)

static guint signal_removed;

static const char *const sources[] = { "witness", "victim", "camera", "internet", "other-reliable" };

static void
on_remove_cb (VvMediumRow *self)
{
  g_signal_emit (self, signal_removed, 0);
}

static void
on_source_cb (VvMediumRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->site_link),
                          g_str_equal (sources[adw_combo_row_get_selected (self->source)], "internet"));
}

static void
vv_medium_row_finalize (GObject *object)
{
  g_clear_pointer (&VV_MEDIUM_ROW (object)->path, g_free);
  G_OBJECT_CLASS (vv_medium_row_parent_class)->finalize (object);
}

static void
vv_medium_row_class_init (VvMediumRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_medium_row_finalize;
  signal_removed =
    g_signal_new ("removed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-medium-row.ui");
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, source);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, detail);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, obtained_by);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, obtained_at);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, site_link);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_source_cb);
}

static void
vv_medium_row_init (VvMediumRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vv_medium_row_new (const char *path, const char *obtained_by)
{
  VvMediumRow          *self = g_object_new (VV_TYPE_MEDIUM_ROW, NULL);
  g_autofree char      *name = g_path_get_basename (path);
  g_autofree char      *escaped = g_markup_escape_text (name, -1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *today = g_date_time_format (now, "%Y-%m-%d");

  self->path = g_strdup (path);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped);
  vv_parts_name (GTK_WIDGET (self), name);
  gtk_editable_set_text (self->obtained_by, obtained_by != NULL ? obtained_by : "");
  gtk_editable_set_text (self->obtained_at, today);
  return GTK_WIDGET (self);
}

JsonObject *
vv_medium_row_get (VvMediumRow *self)
{
  const char *link = gtk_editable_get_text (self->site_link);

  g_return_val_if_fail (VV_IS_MEDIUM_ROW (self), NULL);
  return vv_json_new ("file", "s", self->path, "source", "s", sources[adw_combo_row_get_selected (self->source)],
                      "source_detail", "s", gtk_editable_get_text (self->detail), "obtained_by", "s",
                      gtk_editable_get_text (self->obtained_by), "obtained_at", "s",
                      gtk_editable_get_text (self->obtained_at), "site_link", "s",
                      vv_parts_has_text (link) ? link : NULL, NULL);
}
