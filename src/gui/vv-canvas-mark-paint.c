// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-canvas-marks-private.h"

/* Thin light lines between dark ones: to be read on light and dark skin alike, and to hide as little as can be. */

#define LINE      1.25
#define CHOSEN    1.75
#define HALO      2.5 /* wider than the line */
#define TICK      5.0 /* of a point, outside its ring */
#define TIP       11.0
#define CROSS     14.0
#define NUMBER    13.0 /* from a mark to the middle of its number */
#define PLATE     8.5
#define MANY      24 /* handles are no longer drawn */
#define FEW_STEP  1e-3
#define TOLERANCE 0.3 /* pixels that a curve may be drawn beside itself */

static const GdkRGBA dark = { 0, 0, 0, 0.6f };
static const GdkRGBA plain = { 1, 1, 1, 1 };
static const GdkRGBA over = { 1.0f, 0.72f, 0.85f, 1 }; /* of a picture that lies over another */
static const GdkRGBA chosen = { 1.0f, 0.82f, 0.25f, 1 };

typedef struct
{
  VvCanvas      *owner;
  cairo_t       *cr;
  PangoLayout   *layout; /* of the numbers */
  const GdkRGBA *colour;
  double         line;
} Pen;

static void
stroke (const Pen *pen)
{
  gdk_cairo_set_source_rgba (pen->cr, &dark);
  cairo_set_line_width (pen->cr, pen->line + HALO);
  cairo_stroke_preserve (pen->cr);
  gdk_cairo_set_source_rgba (pen->cr, pen->colour);
  cairo_set_line_width (pen->cr, pen->line);
  cairo_stroke (pen->cr);
}

/* A ring with four ticks: the place itself stays free. */
static void
path_of_point (const Pen *pen, VvPoint at)
{
  cairo_new_sub_path (pen->cr);
  cairo_arc (pen->cr, at.x, at.y, VV_MARK_RING, 0, 2 * G_PI);
  for (int arm = 0; arm < 4; arm++)
    {
      double x = cos (arm * G_PI / 2), y = sin (arm * G_PI / 2);

      cairo_move_to (pen->cr, at.x + VV_MARK_RING * x, at.y + VV_MARK_RING * y);
      cairo_line_to (pen->cr, at.x + (VV_MARK_RING + TICK) * x, at.y + (VV_MARK_RING + TICK) * y);
    }
}

/* The two strokes of the tip, turned back from where the arrow goes. */
static void
path_of_tip (const Pen *pen, VvPoint from, VvPoint to)
{
  double angle = atan2 (from.y - to.y, from.x - to.x);

  cairo_move_to (pen->cr, to.x + TIP * cos (angle + 0.45), to.y + TIP * sin (angle + 0.45));
  cairo_line_to (pen->cr, to.x, to.y);
  cairo_line_to (pen->cr, to.x + TIP * cos (angle - 0.45), to.y + TIP * sin (angle - 0.45));
}

/* @seen: in widget pixels. */
static void
path_of (const Pen *pen, const VvMark *seen)
{
  cairo_new_path (pen->cr);
  if (seen->kind == VV_MARK_POINT)
    {
      path_of_point (pen, seen->points[0]);
      return;
    }
  cairo_move_to (pen->cr, seen->points[0].x, seen->points[0].y);
  for (guint i = 0; i < vv_mark_n_pieces (seen); i++)
    {
      VvPoint p[4];

      vv_mark_get_piece (seen, i, p);
      cairo_curve_to (pen->cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
    }
  if (seen->kind == VV_MARK_OUTLINE)
    cairo_close_path (pen->cr);
  if (seen->kind == VV_MARK_ARROW)
    path_of_tip (pen, seen->points[0], seen->points[1]);
}

/* Beside the mark, where it hides least: behind the first point of a line, above the highest of a curve, off the ring of a point. */
static VvPoint
place_of_number (const VvMark *seen)
{
  VvPoint at = seen->points[0];

  if (seen->kind == VV_MARK_POINT)
    return (VvPoint){ at.x + 13, at.y - 13 };
  if (seen->kind == VV_MARK_LINE || seen->kind == VV_MARK_ARROW)
    {
      double dx = at.x - seen->points[1].x, dy = at.y - seen->points[1].y;
      double length = MAX (hypot (dx, dy), FEW_STEP);

      return (VvPoint){ (float) (at.x + NUMBER * dx / length), (float) (at.y + NUMBER * dy / length) };
    }
  for (guint i = 1; i < seen->n_points; i++)
    if (seen->points[i].y < at.y)
      at = seen->points[i];
  return (VvPoint){ at.x, (float) (at.y - NUMBER) };
}

static void
draw_number (const Pen *pen, const VvShownMark *shown, const VvMark *seen)
{
  VvPoint at = place_of_number (seen);
  char    text[8];
  int     width, height;

  (void) g_snprintf (text, sizeof text, "%u", shown->number);
  pango_layout_set_text (pen->layout, text, -1);
  pango_layout_get_pixel_size (pen->layout, &width, &height);
  cairo_arc (pen->cr, at.x, at.y, MAX (PLATE, width / 2.0 + 3), 0, 2 * G_PI);
  cairo_set_source_rgba (pen->cr, 0, 0, 0, 0.7);
  cairo_fill (pen->cr);
  gdk_cairo_set_source_rgba (pen->cr, pen->colour);
  cairo_move_to (pen->cr, round (at.x - width / 2.0), round (at.y - height / 2.0));
  pango_cairo_show_layout (pen->cr, pen->layout);
  cairo_new_path (pen->cr);
}

/* @handle: the one that the keyboard moves, -1 for all. */
static void
draw_handles (const Pen *pen, const VvMark *seen, int handle)
{
  for (guint i = 0; seen->kind != VV_MARK_POINT && seen->n_points <= MANY && i < seen->n_points; i++)
    {
      double size = (int) i == handle ? 4.5 : 3;

      cairo_rectangle (pen->cr, round (seen->points[i].x) - size, round (seen->points[i].y) - size, 2 * size, 2 * size);
      gdk_cairo_set_source_rgba (pen->cr, &dark);
      cairo_set_line_width (pen->cr, 3.5);
      cairo_stroke_preserve (pen->cr);
      gdk_cairo_set_source_rgba (pen->cr, pen->colour);
      cairo_set_line_width (pen->cr, (int) i == handle ? 2.5 : 1.25);
      cairo_stroke (pen->cr);
    }
}

static void
draw_mark (Pen *pen, const VvShownMark *shown, VvCanvas *place)
{
  gboolean is_chosen = shown->number == pen->owner->marks->chosen;
  VvMark   seen = _vv_canvas_mark_to_widget (pen->owner, &shown->mark);

  pen->colour = pen->owner != place ? &over : is_chosen ? &chosen
                                                        : &plain;
  pen->line = is_chosen ? CHOSEN : LINE;
  if (shown->unpaired)
    cairo_set_dash (pen->cr, (double[]){ 5, 4 }, 2, 0);
  path_of (pen, &seen);
  stroke (pen);
  cairo_set_dash (pen->cr, NULL, 0, 0);
  draw_number (pen, shown, &seen);
  if (is_chosen && pen->owner->marks->editable)
    draw_handles (pen, &seen, place->mode == VV_CANVAS_EDIT_MARK ? place->marks->handle : -1);
}

/* What is begun, on its owner's picture, and the cross of the keyboard. */
static void
draw_begun (Pen *pen, VvCanvas *place)
{
  VvCanvasMarks *marks = place->marks;
  VvMark         begun;

  pen->colour = &chosen;
  pen->line = LINE;
  if (_vv_canvas_get_begun_mark (place, &begun))
    {
      begun = _vv_canvas_mark_to_widget (marks->owner, &begun);
      path_of (pen, &begun);
      stroke (pen);
    }
  if (place->mode != VV_CANVAS_DRAW_MARK || !marks->has_cross)
    return;
  for (int arm = 0; arm < 4; arm++)
    {
      double x = cos (arm * G_PI / 2), y = sin (arm * G_PI / 2);

      cairo_move_to (pen->cr, marks->cross_x + 3 * x, marks->cross_y + 3 * y);
      cairo_line_to (pen->cr, marks->cross_x + CROSS * x, marks->cross_y + CROSS * y);
    }
  stroke (pen);
}

static void
draw_marks_of (VvCanvas *place, VvCanvas *owner, cairo_t *cr)
{
  Pen pen = { .owner = owner, .cr = cr };

  pen.layout = gtk_widget_create_pango_layout (GTK_WIDGET (place), NULL);
  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  /* nearly half of the time, and nobody sees it */
  cairo_set_tolerance (cr, TOLERANCE);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  cairo_save (cr);
  _vv_canvas_clip_to_side (owner, cr);
  for (guint i = 0; owner->marks->visible && i < owner->marks->shown->len; i++)
    draw_mark (&pen, &g_array_index (owner->marks->shown, VvShownMark, i), place);
  cairo_restore (cr);
  if (place == owner || place->marks->owner == owner)
    draw_begun (&pen, place);
  cairo_restore (cr);
  g_object_unref (pen.layout);
}

void
_vv_canvas_draw_marks (VvCanvas *self, cairo_t *cr)
{
  VvCanvas *owners[2];
  guint     n = _vv_canvas_list_mark_owners (self, owners);

  for (guint i = n; i-- > 0;) /* the upper one last */
    if (owners[i]->pyramid != NULL)
      draw_marks_of (self, owners[i], cr);
}
