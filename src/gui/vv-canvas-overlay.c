// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-canvas-private.h"

/* Everything is placed in picture pixels and drawn with lines of constant width on the screen: a light line
 * over a wider, dark one, to be seen on bright and dark pictures. */

static const GdkRGBA dark = { 0, 0, 0, 0.55f };
static const GdkRGBA light = { 1, 1, 1, 0.95f };
static const GdkRGBA contour = { 1, 1, 1, 0.75f };
static const GdkRGBA accent = { 1.0f, 0.82f, 0.25f, 1 };
static const GdkRGBA point = { 0.55f, 0.92f, 1.0f, 1 };
static const GdkRGBA point_over = { 1.0f, 0.72f, 0.85f, 1 }; /* of a picture that lies over another */

/* iBUG 68: first and last point of each line, and whether it closes. */
static const struct
{
  int      first, last;
  gboolean closed;
} contours[] = {
  { 0, 16, FALSE },  /* jaw */
  { 17, 21, FALSE }, /* brows */
  { 22, 26, FALSE },
  { 27, 30, FALSE }, /* bridge and base of the nose */
  { 31, 35, FALSE },
  { 36, 41, TRUE }, /* eyes */
  { 42, 47, TRUE },
  { 48, 59, TRUE }, /* lips, outer and inner line */
  { 60, 67, TRUE },
};

typedef struct
{
  VvCanvas      *canvas;
  cairo_t       *cr;
  cairo_matrix_t matrix; /* picture to logical pixels */
} Pen;

static void
locate (const Pen *pen, float x, float y, double *out_x, double *out_y)
{
  *out_x = x;
  *out_y = y;
  cairo_matrix_transform_point (&pen->matrix, out_x, out_y);
}

/* Strokes the path and drops it. */
static void
stroke (const Pen *pen, const GdkRGBA *colour, double width)
{
  gdk_cairo_set_source_rgba (pen->cr, &dark);
  cairo_set_line_width (pen->cr, width + 2);
  cairo_stroke_preserve (pen->cr);
  gdk_cairo_set_source_rgba (pen->cr, colour);
  cairo_set_line_width (pen->cr, width);
  cairo_stroke (pen->cr);
}

static void
fill (const Pen *pen, const GdkRGBA *colour)
{
  gdk_cairo_set_source_rgba (pen->cr, &dark);
  cairo_set_line_width (pen->cr, 2);
  cairo_stroke_preserve (pen->cr);
  gdk_cairo_set_source_rgba (pen->cr, colour);
  cairo_fill (pen->cr);
}

static void
line_to (const Pen *pen, float x, float y)
{
  double to_x, to_y;

  locate (pen, x, y, &to_x, &to_y);
  cairo_line_to (pen->cr, to_x, to_y);
}

static void
box_path (const Pen *pen, const VvBox *box)
{
  cairo_new_path (pen->cr);
  line_to (pen, box->x, box->y);
  line_to (pen, box->x + box->width, box->y);
  line_to (pen, box->x + box->width, box->y + box->height);
  line_to (pen, box->x, box->y + box->height);
  cairo_close_path (pen->cr);
}

/* One corner as an angle with arms of a fifth of the side, at most 22 pixels. */
static void
corner_path (const Pen *pen, const VvBox *box, gboolean right, gboolean bottom)
{
  double scale = hypot (pen->matrix.xx, pen->matrix.yx);
  float  arm = (float) MIN (MIN (box->width, box->height) / 5, 22 / scale);
  float  x = box->x + (right ? box->width : 0);
  float  y = box->y + (bottom ? box->height : 0);
  double to_x, to_y;

  locate (pen, x, y + (bottom ? -arm : arm), &to_x, &to_y);
  cairo_move_to (pen->cr, to_x, to_y);
  line_to (pen, x, y);
  line_to (pen, x + (right ? -arm : arm), y);
}

/* A number on a dark plate at the first corner. */
static void
draw_number (const Pen *pen, const VvBox *box, guint number, const GdkRGBA *colour)
{
  g_autofree char        *text = g_strdup_printf ("%u", number);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (pen->canvas), text);
  int                     width, height;
  double                  x, y;

  pango_layout_get_pixel_size (layout, &width, &height);
  locate (pen, box->x, box->y, &x, &y);
  x = round (x) + 5;
  y = round (y) + 5;
  cairo_rectangle (pen->cr, x, y, width + 8, height + 2);
  cairo_set_source_rgba (pen->cr, 0, 0, 0, 0.7);
  cairo_fill (pen->cr);
  gdk_cairo_set_source_rgba (pen->cr, colour);
  cairo_move_to (pen->cr, x + 4, y + 1);
  pango_cairo_show_layout (pen->cr, layout);
  cairo_new_path (pen->cr);
}

static void
draw_face_box (const Pen *pen, const VvFace *face, guint number, gboolean selected)
{
  const GdkRGBA *colour = selected ? &accent : &light;

  box_path (pen, &face->box);
  if (face->manual)
    cairo_set_dash (pen->cr, (double[]){ 6, 4 }, 2, 0);
  stroke (pen, colour, selected ? 1.5 : 1);
  cairo_set_dash (pen->cr, NULL, 0, 0);
  for (int corner = 0; corner < 4; corner++)
    corner_path (pen, &face->box, corner % 2 != 0, corner >= 2);
  stroke (pen, colour, selected ? 3.5 : 2.5);
  if (number > 0)
    draw_number (pen, &face->box, number, colour);
}

static void
draw_contours (const Pen *pen, const VvFace *face)
{
  for (guint i = 0; i < G_N_ELEMENTS (contours); i++)
    {
      cairo_new_sub_path (pen->cr);
      for (int p = contours[i].first; p <= contours[i].last; p++)
        line_to (pen, face->landmarks[p].x, face->landmarks[p].y);
      if (contours[i].closed)
        cairo_close_path (pen->cr);
    }
  stroke (pen, &contour, 1);
}

static void
draw_landmarks (const Pen *pen, const VvFace *face)
{
  for (int p = 0; p < VV_LANDMARK_COUNT; p++)
    {
      double x, y;

      locate (pen, face->landmarks[p].x, face->landmarks[p].y, &x, &y);
      cairo_new_sub_path (pen->cr);
      cairo_arc (pen->cr, x, y, 1.75, 0, 2 * G_PI);
    }
  fill (pen, _vv_canvas_get_place (pen->canvas) != pen->canvas ? &point_over : &point);
}

/* Crosses that leave the point itself free to be seen. */
static void
draw_five (const Pen *pen, const VvFace *face)
{
  for (int p = 0; p < VV_FIVE_COUNT; p++)
    for (int arm = 0; arm < 4 && (face->five[p].x != 0 || face->five[p].y != 0); arm++)
      {
        double dx = arm == 0 ? 1 : arm == 1 ? -1
                                            : 0;
        double dy = arm == 2 ? 1 : arm == 3 ? -1
                                            : 0;
        double x, y;

        locate (pen, face->five[p].x, face->five[p].y, &x, &y);
        cairo_move_to (pen->cr, x + 3 * dx, y + 3 * dy);
        cairo_line_to (pen->cr, x + 9 * dx, y + 9 * dy);
      }
  stroke (pen, &accent, 1.5);
}

/* A face that was only boxed has neither landmarks nor the five points. */
static gboolean
has_points (const VvPoint *points, int count)
{
  for (int p = 0; p < count; p++)
    if (points[p].x != 0 || points[p].y != 0)
      return TRUE;
  return FALSE;
}

static VvOverlays
find_overlays (VvCanvas *self, const VvFace *face)
{
  VvOverlays overlays = self->overlays;

  if (!has_points (face->landmarks, VV_LANDMARK_COUNT))
    overlays &= ~(VvOverlays) (VV_OVERLAY_LANDMARKS | VV_OVERLAY_CONTOURS);
  if (!has_points (face->five, VV_FIVE_COUNT))
    overlays &= ~(VvOverlays) VV_OVERLAY_FIVE;
  return overlays;
}

static void
draw_face (const Pen *pen, guint index)
{
  VvCanvas     *self = pen->canvas;
  const VvFace *face = &g_array_index (self->faces, VvFace, index);
  VvOverlays    overlays = find_overlays (self, face);

  if ((overlays & (VV_OVERLAY_GRID | VV_OVERLAY_MIDLINE)) != 0)
    _vv_canvas_draw_grid (self, face, (overlays & VV_OVERLAY_GRID) != 0, (overlays & VV_OVERLAY_MIDLINE) != 0, pen->cr);
  if ((overlays & VV_OVERLAY_CONTOURS) != 0)
    draw_contours (pen, face);
  if ((overlays & VV_OVERLAY_LANDMARKS) != 0)
    draw_landmarks (pen, face);
  if ((overlays & VV_OVERLAY_FIVE) != 0)
    draw_five (pen, face);
  if ((overlays & VV_OVERLAY_BOXES) != 0)
    draw_face_box (pen, face, self->faces->len > 1 ? index + 1 : 0, self->selected_face == (int) index);
}

/* The box being drawn, with a handle at each corner and in the middle of each side. */
static void
draw_rubber_band (const Pen *pen, const VvBox *box)
{
  box_path (pen, box);
  stroke (pen, &accent, 1.5);
  for (int handle = 0; handle < 9; handle++)
    {
      double x, y;

      if (handle == 4)
        continue;
      locate (pen, box->x + box->width * (float) (handle % 3) / 2,
              box->y + box->height * (float) (handle / 3) / 2, &x, &y);
      cairo_rectangle (pen->cr, round (x) - 3.5, round (y) - 3.5, 7, 7);
    }
  fill (pen, &accent);
}

void
_vv_canvas_draw_overlays (VvCanvas *self, cairo_t *cr)
{
  Pen pen = { .canvas = self, .cr = cr };

  vv_canvas_get_matrix (self, &pen.matrix);
  cairo_save (cr);
  _vv_canvas_clip_to_side (self, cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < self->faces->len; i++)
    draw_face (&pen, i);
  if (self->has_box)
    draw_rubber_band (&pen, &self->box);
  _vv_canvas_draw_handles (self, cr);
  cairo_restore (cr);
}
