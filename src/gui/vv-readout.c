// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "vv-readout.h"

/* Logical pixels. */
#define MARGIN  8
#define LOUPE   11 /* picture pixels a side */
#define ZOOM    8  /* logical pixels for each */
#define BAND    128
#define HEIGHT  (LOUPE * ZOOM + 2 * MARGIN + 20)
#define TEXT    196 /* room for the scale and what it says */
#define WIDTH   (LOUPE * ZOOM + TEXT + 3 * MARGIN)
#define SAMPLES 256 /* a side, for the histogram */

struct _VvReadout
{
  GtkWidget parent_instance;
  VvCanvas *canvas; /* (unowned) it outlives what lies over it */
  VvView   *view;   /* (owned) (nullable) whose changes are followed */
  double    x, y;
  gboolean  inside; /* the pointer is over the canvas */
};

G_DEFINE_FINAL_TYPE (VvReadout, vv_readout, GTK_TYPE_WIDGET)

/* --- Reading ------------------------------------------------------------------------------------------------------ */

static const VvPicture *
picture_of (VvReadout *self)
{
  VvPyramid *pyramid = self->canvas != NULL ? vv_canvas_get_pyramid (self->canvas) : NULL;
  int        shift;

  return pyramid != NULL ? vv_pyramid_get_level (pyramid, 0, &shift) : NULL;
}

/* From the canvas to the picture. */
static gboolean
to_picture (VvReadout *self, double *x, double *y)
{
  cairo_matrix_t matrix;

  vv_canvas_get_matrix (self->canvas, &matrix);
  if (cairo_matrix_invert (&matrix) != CAIRO_STATUS_SUCCESS)
    return FALSE;
  cairo_matrix_transform_point (&matrix, x, y);
  return TRUE;
}

/* NULL beside the picture. */
static const guint8 *
pixel_at (const VvPicture *picture, double x, double y)
{
  if (!(x >= 0 && y >= 0 && x < picture->width && y < picture->height))
    return NULL;
  return vv_picture_row (picture, (int) y) + 4 * (int) x;
}

char *
vv_readout_describe (VvReadout *self, double x, double y)
{
  const VvPicture *picture = picture_of (self);
  const guint8    *pixel = picture != NULL && to_picture (self, &x, &y) ? pixel_at (picture, x, y) : NULL;

  return pixel == NULL ? NULL
                       : g_strdup_printf (_ ("Column %d, line %d: red %d, green %d, blue %d"), (int) x + 1, (int) y + 1, pixel[2], pixel[1],
                                          pixel[0]);
}

void
vv_readout_count (VvReadout *self, guint out_histogram[256])
{
  const VvPicture *picture = picture_of (self);
  double           width = gtk_widget_get_width (GTK_WIDGET (self->canvas));
  double           height = gtk_widget_get_height (GTK_WIDGET (self->canvas));

  for (int i = 0; i < 256; i++)
    out_histogram[i] = 0;
  for (int i = 0; picture != NULL && i < SAMPLES * SAMPLES; i++)
    {
      double        x = (i % SAMPLES + 0.5) * width / SAMPLES;
      double        y = (i / SAMPLES + 0.5) * height / SAMPLES;
      const guint8 *pixel = to_picture (self, &x, &y) ? pixel_at (picture, x, y) : NULL;

      if (pixel != NULL)
        out_histogram[(29 * pixel[0] + 150 * pixel[1] + 77 * pixel[2] + 128) >> 8]++;
    }
}

/* --- Drawing -------------------------------------------------------------------------------------------------------- */

static void
draw_loupe (VvReadout *self, cairo_t *cr, double x, double y)
{
  const VvPicture *picture = picture_of (self);

  if (picture == NULL || !to_picture (self, &x, &y))
    return;
  for (int j = 0; j < LOUPE; j++)
    for (int i = 0; i < LOUPE; i++)
      {
        const guint8 *pixel = pixel_at (picture, floor (x) + i - LOUPE / 2, floor (y) + j - LOUPE / 2);

        if (pixel == NULL)
          continue;
        cairo_set_source_rgb (cr, pixel[2] / 255.0, pixel[1] / 255.0, pixel[0] / 255.0);
        cairo_rectangle (cr, MARGIN + i * ZOOM, MARGIN + j * ZOOM, ZOOM, ZOOM);
        cairo_fill (cr);
      }
  /* Two lines, to be seen on light and dark. */
  cairo_rectangle (cr, MARGIN + LOUPE / 2 * ZOOM - 0.5, MARGIN + LOUPE / 2 * ZOOM - 0.5, ZOOM + 1, ZOOM + 1);
  cairo_set_line_width (cr, 3);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 1);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_stroke (cr);
}

static void
draw_histogram (VvReadout *self, cairo_t *cr)
{
  const double left = 2 * MARGIN + LOUPE * ZOOM, bottom = MARGIN + 60;
  guint        histogram[256], most = 1;

  vv_readout_count (self, histogram);
  /* Two shades share a column; pure black and white may tower over all and are left out of the scale. */
  for (int i = 1; i < 255; i++)
    most = MAX (most, histogram[i]);
  cairo_set_source_rgb (cr, 0.85, 0.85, 0.85);
  for (int i = 0; i < BAND; i++)
    {
      double height = MIN ((histogram[2 * i] + histogram[2 * i + 1]) / 2.0 / most, 1) * 56;

      cairo_rectangle (cr, left + i, bottom - height, 1, height);
    }
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.5, 0.5, 0.5);
  cairo_rectangle (cr, left, bottom, BAND, 1);
  cairo_fill (cr);
}

static void
draw_text (VvReadout *self, cairo_t *cr, double x, double y, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoFontDescription   *font = pango_font_description_from_string ("Sans 8");

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  cairo_set_source_rgb (cr, 0.95, 0.95, 0.95);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

/* A bar as long as the eyes are apart, or a part of that when it would not fit. */
static void
draw_scale (VvReadout *self, cairo_t *cr)
{
  static const struct
  {
    double      part;
    const char *text;
  } parts[] = { { 1, N_ ("1 distance between the eyes") }, { 0.5, N_ ("1/2 distance between the eyes") }, { 0.25, N_ ("1/4 distance between the eyes") }, { 0.125, N_ ("1/8 distance between the eyes") } };
  const double   left = 2 * MARGIN + LOUPE * ZOOM, y = MARGIN + 72;
  cairo_matrix_t matrix;
  double         length;

  if (vv_view_get_frame (vv_canvas_get_view (self->canvas)) != VV_FRAME_FACE)
    return;
  vv_canvas_get_matrix (self->canvas, &matrix);
  length = vv_canvas_get_anchor (self->canvas).unit * hypot (matrix.xx, matrix.yx);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (length * parts[i].part <= BAND || i == G_N_ELEMENTS (parts) - 1)
      {
        cairo_set_source_rgb (cr, 0.95, 0.95, 0.95);
        cairo_rectangle (cr, left, y, MIN (length * parts[i].part, BAND), 2);
        cairo_rectangle (cr, left, y - 4, 1, 10);
        cairo_rectangle (cr, left + MIN (length * parts[i].part, BAND) - 1, y - 4, 1, 10);
        cairo_fill (cr);
        draw_text (self, cr, left, y + 8, _ (parts[i].text));
        return;
      }
}

static void
vv_readout_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VvReadout            *self = VV_READOUT (widget);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT);
  double                x = self->inside ? self->x : gtk_widget_get_width (GTK_WIDGET (self->canvas)) / 2.0;
  double                y = self->inside ? self->y : gtk_widget_get_height (GTK_WIDGET (self->canvas)) / 2.0;
  g_autofree char      *text = vv_readout_describe (self, x, y);
  cairo_t              *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_set_source_rgba (cr, 0.11, 0.11, 0.11, 0.88);
  cairo_paint (cr);
  draw_loupe (self, cr, x, y);
  draw_histogram (self, cr);
  draw_scale (self, cr);
  draw_text (self, cr, MARGIN, HEIGHT - MARGIN - 14, text != NULL ? text : _ ("Beside the picture"));
  cairo_destroy (cr);
}

static void
vv_readout_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

/* --- Following the canvas --------------------------------------------------------------------------------------------- */

static void
on_motion_cb (VvReadout *self, double x, double y)
{
  self->x = x;
  self->y = y;
  self->inside = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave_cb (VvReadout *self)
{
  self->inside = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_view_cb (VvReadout *self)
{
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_set_object (&self->view, vv_canvas_get_view (self->canvas));
  g_signal_connect_object (self->view, "changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
vv_readout_dispose (GObject *object)
{
  g_clear_object (&VV_READOUT (object)->view);
  G_OBJECT_CLASS (vv_readout_parent_class)->dispose (object);
}

static void
vv_readout_class_init (VvReadoutClass *class)
{
  G_OBJECT_CLASS (class)->dispose = vv_readout_dispose;
  GTK_WIDGET_CLASS (class)->snapshot = vv_readout_snapshot;
  GTK_WIDGET_CLASS (class)->measure = vv_readout_measure;
}

static void
vv_readout_init (VvReadout *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
vv_readout_new (VvCanvas *canvas)
{
  VvReadout          *self = g_object_new (VV_TYPE_READOUT, NULL);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->canvas = canvas;
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (canvas), motion);
  g_signal_connect_object (canvas, "notify::view", G_CALLBACK (on_view_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "picture-shown", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  on_view_cb (self);
  return GTK_WIDGET (self);
}
