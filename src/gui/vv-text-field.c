// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-parts.h"
#include "vv-text-field.h"

struct _VvTextField
{
  AdwBin         parent_instance;
  GtkLabel      *title;
  GtkLabel      *hint;
  GtkTextView   *view;
  GtkTextBuffer *buffer;
  gboolean       filling; /* the program writes, not the person */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_HINT,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (VvTextField, vv_text_field, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];
static guint       signal_changed;

static void
on_buffer_changed_cb (VvTextField *self)
{
  if (!self->filling)
    g_signal_emit (self, signal_changed, 0);
}

static gboolean
vv_text_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VV_TEXT_FIELD (widget)->view));
}

static void
vv_text_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  VvTextField *self = VV_TEXT_FIELD (object);

  if (id == PROP_TITLE)
    g_value_set_string (value, gtk_label_get_text (self->title));
  else if (id == PROP_HINT)
    g_value_set_string (value, gtk_label_get_text (self->hint));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
vv_text_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  VvTextField *self = VV_TEXT_FIELD (object);
  const char  *text = g_value_get_string (value) != NULL ? g_value_get_string (value) : "";

  if (id == PROP_TITLE)
    {
      gtk_label_set_text (self->title, text);
      vv_parts_name (GTK_WIDGET (self->view), text);
    }
  else if (id == PROP_HINT)
    {
      gtk_label_set_text (self->hint, text);
      gtk_widget_set_visible (GTK_WIDGET (self->hint), *text != '\0');
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
vv_text_field_class_init (VvTextFieldClass *class)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = vv_text_field_get_property;
  object_class->set_property = vv_text_field_set_property;
  widget_class->grab_focus = vv_text_field_grab_focus;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signal_changed =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-text-field.ui");
  gtk_widget_class_bind_template_child (widget_class, VvTextField, title);
  gtk_widget_class_bind_template_child (widget_class, VvTextField, hint);
  gtk_widget_class_bind_template_child (widget_class, VvTextField, view);
  gtk_widget_class_bind_template_child (widget_class, VvTextField, buffer);
  gtk_widget_class_bind_template_callback (widget_class, on_buffer_changed_cb);
}

static void
vv_text_field_init (VvTextField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

char *
vv_text_field_text (VvTextField *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (VV_IS_TEXT_FIELD (self), NULL);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

void
vv_text_field_set_text (VvTextField *self, const char *text)
{
  g_return_if_fail (VV_IS_TEXT_FIELD (self));
  self->filling = TRUE;
  gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
  self->filling = FALSE;
}

void
vv_text_field_set_editable (VvTextField *self, gboolean editable)
{
  g_return_if_fail (VV_IS_TEXT_FIELD (self));
  gtk_text_view_set_editable (self->view, editable);
}
