// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-thumbnail.h"

struct _VvThumbnail
{
  GtkWidget     parent_instance;
  GtkWidget    *picture;
  GCancellable *cancellable;
  char         *shows; /* canonical JSON of what is shown */
  int           size;
};

G_DEFINE_FINAL_TYPE (VvThumbnail, vv_thumbnail, GTK_TYPE_WIDGET)

/* Twice the size that is shown, so that it stays crisp on a dense screen. */
#define DENSITY 2

/* Mean of the pixels that fall on one pixel of the small picture. */
static void
average (const VvPicture *large, int x0, int x1, int y0, int y1, guint8 *pixel)
{
  guint64 sum[4] = { 0 };
  guint64 n = (guint64) (x1 - x0) * (guint64) (y1 - y0);

  for (int y = y0; y < y1; y++)
    {
      const guint8 *row = vv_picture_row (large, y);

      for (int x = x0; x < x1; x++)
        for (int c = 0; c < 4; c++)
          sum[c] += row[4 * x + c];
    }
  for (int c = 0; c < 4; c++)
    pixel[c] = (guint8) ((sum[c] + n / 2) / n);
}

static GdkTexture *
scale_down (const VvPicture *large, int longest)
{
  double             scale = MIN (1.0, (double) longest / MAX (large->width, large->height));
  int                width = MAX (1, (int) (large->width * scale));
  int                height = MAX (1, (int) (large->height * scale));
  gsize              stride = (gsize) width * 4;
  guint8            *pixels = g_malloc (stride * (gsize) height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * (gsize) height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int x0 = (int) ((gint64) x * large->width / width);
        int y0 = (int) ((gint64) y * large->height / height);
        int x1 = MAX (x0 + 1, (int) ((gint64) (x + 1) * large->width / width));
        int y1 = MAX (y0 + 1, (int) ((gint64) (y + 1) * large->height / height));

        average (large, x0, x1, y0, y1, pixels + (gsize) y * stride + (gsize) x * 4);
      }
  return gdk_memory_texture_new (width, height, GDK_MEMORY_B8G8R8A8, bytes, stride);
}

typedef struct
{
  VvPicture *large;
  int        longest;
} VvScaling;

static void
free_scaling (gpointer data)
{
  VvScaling *scaling = data;

  vv_picture_unref (scaling->large);
  g_free (scaling);
}

static void
scale_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  VvScaling *scaling = data;

  g_task_return_pointer (task, scale_down (scaling->large, scaling->longest), g_object_unref);
}

static void
scaled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvThumbnail) self = user_data;
  g_autoptr (GdkTexture)  texture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (texture != NULL && self->picture != NULL)
    gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvThumbnail) self = user_data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (VvPicture)   picture = vv_desk_picture_finish (VV_DESK (source), result, &error);
  g_autoptr (GTask)       task = NULL;
  g_autofree char        *text = vv_error_text (error);
  VvScaling              *scaling;

  if (text != NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  if (picture == NULL)
    return;
  task = g_task_new (NULL, self->cancellable, scaled_cb, g_object_ref (self));
  scaling = g_new (VvScaling, 1);
  scaling->large = g_steal_pointer (&picture);
  scaling->longest = self->size * DENSITY;
  g_task_set_task_data (task, scaling, free_scaling);
  g_task_run_in_thread (task, scale_in_thread);
}

static void
vv_thumbnail_dispose (GObject *object)
{
  VvThumbnail *self = VV_THUMBNAIL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shows, g_free);
  if (self->picture != NULL)
    gtk_widget_unparent (g_steal_pointer (&self->picture));
  G_OBJECT_CLASS (vv_thumbnail_parent_class)->dispose (object);
}

/* A square of the size that was asked for, whatever the picture in it would like. */
static void
vv_thumbnail_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  VvThumbnail *self = VV_THUMBNAIL (widget);
  int          least, wanted;

  gtk_widget_measure (self->picture, orientation, for_size, &least, &wanted, NULL, NULL);
  *minimum = *natural = self->size;
}

static void
vv_thumbnail_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (VV_THUMBNAIL (widget)->picture, &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
vv_thumbnail_class_init (VvThumbnailClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_thumbnail_dispose;
  widget_class->measure = vv_thumbnail_measure;
  widget_class->size_allocate = vv_thumbnail_size_allocate;
}

static void
vv_thumbnail_init (VvThumbnail *self)
{
  self->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "picture-area");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));
}

GtkWidget *
vv_thumbnail_new (int size, const char *name)
{
  VvThumbnail *self = g_object_new (VV_TYPE_THUMBNAIL, NULL);

  self->size = size;
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), name);
  vv_parts_name (self->picture, name);
  return GTK_WIDGET (self);
}

void
vv_thumbnail_show (VvThumbnail *self, VvDesk *desk, gint64 request, JsonObject *what)
{
  g_autoptr (JsonObject) owned = what;
  g_autofree char       *text = vv_json_canonical (what);
  g_autofree char       *shows = g_strdup_printf ("%" G_GINT64_FORMAT " %s", request, text);

  g_return_if_fail (VV_IS_THUMBNAIL (self));
  if (g_strcmp0 (shows, self->shows) == 0)
    return;
  g_free (self->shows);
  self->shows = g_steal_pointer (&shows);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  vv_desk_picture_async (desk, request, what, self->cancellable, fetched_cb, g_object_ref (self));
}
