// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-drawing.h"
#include "vv-parts.h"

#define SIDE 96
#define PATH "/org/visavis/Visavis/drawings/"

struct _VvDrawing
{
  GtkWidget   parent_instance;
  char       *file; /* of the drawings, without ".svg" */
  char       *part; /* class of the strong lines; "" for all alike */
  gboolean    mirrored;
  GdkTexture *texture; /* what was drawn last, for: */
  GdkRGBA     colour;
  int         scale;
};

G_DEFINE_FINAL_TYPE (VvDrawing, vv_drawing, GTK_TYPE_WIDGET)

/* The drawing with the widget's colour and the strong part written into it. */
static char *
compose (VvDrawing *self, const GdkRGBA *colour)
{
  g_autofree char    *path = g_strdup_printf (PATH "%s.svg", self->file);
  g_autoptr (GBytes)  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, /* error= */ NULL);
  g_autofree char    *rgb = g_strdup_printf ("#%02x%02x%02x", (guint) (colour->red * 255), (guint) (colour->green * 255),
                                             (guint) (colour->blue * 255));
  g_autofree char    *style = NULL;
  g_autoptr (GString) svg = NULL;

  if (bytes == NULL)
    return NULL;
  svg = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  style = *self->part != '\0' ? g_strdup_printf ("<style>g{opacity:.2}.base{opacity:.55}.%s{opacity:1;stroke-width:3}</style>\n<g", self->part)
                              : g_strdup ("<style>.base{opacity:.8}</style>\n<g");
  g_string_replace (svg, "currentColor", rgb, 0);
  g_string_replace (svg, "<g", style, 1);
  return g_string_free (g_steal_pointer (&svg), FALSE);
}

static GdkTexture *
draw (VvDrawing *self, const GdkRGBA *colour, int scale)
{
  g_autofree char         *svg = compose (self, colour);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf)    pixels = NULL;
  g_autoptr (GdkPixbuf)    turned = NULL;

  if (svg == NULL)
    return NULL;
  stream = g_memory_input_stream_new_from_data (svg, (gssize) strlen (svg), NULL);
  pixels = gdk_pixbuf_new_from_stream_at_scale (stream, SIDE * scale, SIDE * scale, TRUE, NULL, /* error= */ NULL);
  if (pixels == NULL)
    return NULL;
  turned = self->mirrored ? gdk_pixbuf_flip (pixels, TRUE) : g_object_ref (pixels);
  return gdk_texture_new_for_pixbuf (turned);
}

static void
vv_drawing_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VvDrawing *self = VV_DRAWING (widget);
  int        scale = gtk_widget_get_scale_factor (widget);
  GdkRGBA    colour;

  if (self->file == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  if (self->texture == NULL || scale != self->scale || !gdk_rgba_equal (&colour, &self->colour))
    {
      g_clear_object (&self->texture);
      self->texture = draw (self, &colour, scale);
      self->colour = colour;
      self->scale = scale;
    }
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (0, 0, SIDE, SIDE));
}

static void
vv_drawing_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = SIDE;
  *natural = SIDE;
}

static void
vv_drawing_finalize (GObject *object)
{
  VvDrawing *self = VV_DRAWING (object);

  g_clear_object (&self->texture);
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->part, g_free);
  G_OBJECT_CLASS (vv_drawing_parent_class)->finalize (object);
}

static void
vv_drawing_class_init (VvDrawingClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_drawing_finalize;
  widget_class->snapshot = vv_drawing_snapshot;
  widget_class->measure = vv_drawing_measure;
  gtk_widget_class_set_css_name (widget_class, "drawing");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
vv_drawing_init (VvDrawing *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
vv_drawing_new (void)
{
  return g_object_new (VV_TYPE_DRAWING, NULL);
}

/* Eyes and ears have a drawing of one of them, and profiles are drawn from the side. */
void
vv_drawing_show (VvDrawing *self, const char *name, const char *title)
{
  g_auto (GStrv) halves = g_strsplit (name, ".", 2);
  const char    *part = halves[1] != NULL ? halves[1] : "";
  gboolean       left = g_str_has_prefix (part, "left-");
  gboolean       single = (left || g_str_has_prefix (part, "right-")) &&
                    (g_str_equal (halves[0], "eyes") || g_str_equal (halves[0], "ears"));
  g_autofree char *label = g_strdup_printf (_ ("Drawing: %s"), title);

  g_return_if_fail (VV_IS_DRAWING (self));
  g_free (self->file);
  g_free (self->part);
  g_clear_object (&self->texture);
  self->mirrored = single && left;
  if (g_str_equal (part, "profile"))
    {
      self->file = g_strdup ("profile");
      self->part = g_strdup (halves[0]);
    }
  else
    {
      self->file = g_strconcat (halves[0], single ? "-one" : NULL, NULL);
      self->part = g_strdup (single ? strchr (part, '-') + 1 : part);
    }
  vv_parts_name (GTK_WIDGET (self), label);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
vv_drawing_file (VvDrawing *self)
{
  g_return_val_if_fail (VV_IS_DRAWING (self), NULL);
  return self->file;
}

const char *
vv_drawing_part (VvDrawing *self)
{
  g_return_val_if_fail (VV_IS_DRAWING (self), NULL);
  return self->part;
}
