// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-json.h"
#include "vv-parts.h"
#include "vv-source-row.h"

struct _VvSourceRow
{
  AdwBin    parent_instance;
  GtkEntry *source;
  GtkEntry *finding;
};

G_DEFINE_FINAL_TYPE (VvSourceRow, vv_source_row, ADW_TYPE_BIN)

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed_cb (VvSourceRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_remove_cb (VvSourceRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static gboolean
vv_source_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VV_SOURCE_ROW (widget)->source));
}

static void
vv_source_row_class_init (VvSourceRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  widget_class->grab_focus = vv_source_row_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-source-row.ui");
  gtk_widget_class_bind_template_child (widget_class, VvSourceRow, source);
  gtk_widget_class_bind_template_child (widget_class, VvSourceRow, finding);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_cb);
}

static void
vv_source_row_init (VvSourceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vv_source_row_new (JsonObject *source)
{
  VvSourceRow *self = g_object_new (VV_TYPE_SOURCE_ROW, NULL);

  if (vv_json_string (source, "source") != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->source), vv_json_string (source, "source"));
  if (vv_json_string (source, "finding") != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->finding), vv_json_string (source, "finding"));
  return GTK_WIDGET (self);
}

JsonObject *
vv_source_row_get (VvSourceRow *self)
{
  const char *source = gtk_editable_get_text (GTK_EDITABLE (self->source));
  const char *finding = gtk_editable_get_text (GTK_EDITABLE (self->finding));

  if (!vv_parts_has_text (source) && !vv_parts_has_text (finding))
    return NULL;
  return vv_json_new ("source", "s", source, "finding", "s", finding, NULL);
}
