// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-page.h"

#include <math.h>

#define RING 5.0 /* radius of a point */
#define TICK 4.0 /* beyond the ring */
#define TIP  7.0

typedef enum
{
  OP_TAG,
  OP_FILL,
  OP_FRAME,
  OP_LINE,
  OP_IMAGE,
  OP_MARK,
  OP_STRIPES,
} OpKind;

typedef struct
{
  OpKind           kind;
  double           x, y, width, height;
  double           left, top, scale; /* image; scale is also the thickness of a frame */
  guint32          colour;
  const char      *tag;
  PangoLayout     *layout;
  PangoLayoutLine *line;
  cairo_surface_t *surface;
  VvMark          *mark;
} Op;

struct _VvReportPage
{
  GArray *ops; /* of Op */
};

static void
clear_op (gpointer data)
{
  Op *op = data;

  g_clear_pointer (&op->line, pango_layout_line_unref);
  g_clear_object (&op->layout);
  g_clear_pointer (&op->surface, cairo_surface_destroy);
  g_clear_pointer (&op->mark, g_free);
}

VvReportPage *
vv_report_page_new (void)
{
  VvReportPage *self = g_new0 (VvReportPage, 1);

  self->ops = g_array_new (FALSE, FALSE, sizeof (Op));
  g_array_set_clear_func (self->ops, clear_op);
  return self;
}

void
vv_report_page_free (VvReportPage *self)
{
  g_array_unref (self->ops);
  g_free (self);
}

void
vv_report_page_add_tag (VvReportPage *self, const char *name)
{
  Op op = { .kind = OP_TAG, .tag = name };

  g_array_append_val (self->ops, op);
}

void
vv_report_page_add_fill (VvReportPage *self, double x, double y, double width, double height, guint32 colour)
{
  Op op = { .kind = OP_FILL, .x = x, .y = y, .width = width, .height = height, .colour = colour };

  g_array_append_val (self->ops, op);
}

void
vv_report_page_add_frame (VvReportPage *self,
                          double        x,
                          double        y,
                          double        width,
                          double        height,
                          double        line,
                          guint32       colour)
{
  Op op = { .kind = OP_FRAME,
            .x = x,
            .y = y,
            .width = width,
            .height = height,
            .scale = line,
            .colour = colour };

  g_array_append_val (self->ops, op);
}

void
vv_report_page_add_line (VvReportPage    *self,
                         PangoLayout     *layout,
                         PangoLayoutLine *line,
                         double           x,
                         double           y,
                         guint32          colour)
{
  Op op = { .kind = OP_LINE, .x = x, .y = y, .colour = colour };

  op.layout = g_object_ref (layout);
  op.line = pango_layout_line_ref (line);
  g_array_append_val (self->ops, op);
}

void
vv_report_page_add_image (VvReportPage    *self,
                          double           x,
                          double           y,
                          double           width,
                          double           height,
                          cairo_surface_t *surface,
                          double           left,
                          double           top,
                          double           scale)
{
  Op op = { .kind = OP_IMAGE,
            .x = x,
            .y = y,
            .width = width,
            .height = height,
            .left = left,
            .top = top,
            .scale = scale };

  op.surface = cairo_surface_reference (surface);
  g_array_append_val (self->ops, op);
}

void
vv_report_page_add_mark (VvReportPage *self,
                         double        x,
                         double        y,
                         double        width,
                         double        height,
                         const VvMark *mark,
                         double        line,
                         guint32       colour)
{
  Op op = { .kind = OP_MARK, .x = x, .y = y, .width = width, .height = height, .scale = line, .colour = colour };

  op.mark = g_memdup2 (mark, sizeof *mark);
  g_array_append_val (self->ops, op);
}

void
vv_report_page_add_stripes (VvReportPage *self,
                            double        x,
                            double        y,
                            double        width,
                            double        height,
                            guint32       colour)
{
  Op op = { .kind = OP_STRIPES, .x = x, .y = y, .width = width, .height = height, .colour = colour };

  g_array_append_val (self->ops, op);
}

static void
set_colour (cairo_t *cr, guint32 colour)
{
  cairo_set_source_rgb (cr, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                        (colour & 0xff) / 255.0);
}

static void
draw_image (const Op *op, cairo_t *cr)
{
  cairo_rectangle (cr, op->x, op->y, op->width, op->height);
  cairo_clip (cr);
  cairo_translate (cr, op->left, op->top);
  cairo_scale (cr, op->scale, op->scale);
  cairo_set_source_surface (cr, op->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
}

static void
draw_stripes (const Op *op, cairo_t *cr)
{
  cairo_rectangle (cr, op->x, op->y, op->width, op->height);
  cairo_clip (cr);
  for (double x = op->x - op->height; x < op->x + op->width; x += 2 * op->height)
    {
      cairo_move_to (cr, x, op->y + op->height);
      cairo_line_to (cr, x + op->height, op->y);
      cairo_line_to (cr, x + 2 * op->height, op->y);
      cairo_line_to (cr, x + op->height, op->y + op->height);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}

/* A ring with four ticks: the place itself stays free. */
static void
path_of_point (VvPoint at, cairo_t *cr)
{
  cairo_arc (cr, at.x, at.y, RING, 0, 2 * G_PI);
  for (int arm = 0; arm < 4; arm++)
    {
      double x = cos (arm * G_PI / 2), y = sin (arm * G_PI / 2);

      cairo_move_to (cr, at.x + RING * x, at.y + RING * y);
      cairo_line_to (cr, at.x + (RING + TICK) * x, at.y + (RING + TICK) * y);
    }
}

static void
path_of_tip (VvPoint from, VvPoint to, cairo_t *cr)
{
  double angle = atan2 (from.y - to.y, from.x - to.x);

  cairo_move_to (cr, to.x + TIP * cos (angle + 0.45), to.y + TIP * sin (angle + 0.45));
  cairo_line_to (cr, to.x, to.y);
  cairo_line_to (cr, to.x + TIP * cos (angle - 0.45), to.y + TIP * sin (angle - 0.45));
}

static void
draw_mark (const Op *op, cairo_t *cr)
{
  const VvMark *mark = op->mark;

  cairo_rectangle (cr, op->x, op->y, op->width, op->height);
  cairo_clip (cr);
  cairo_set_line_width (cr, op->scale);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  if (mark->kind == VV_MARK_POINT)
    path_of_point (mark->points[0], cr);
  else
    cairo_move_to (cr, mark->points[0].x, mark->points[0].y);
  for (guint i = 0; i < vv_mark_n_pieces (mark); i++)
    {
      VvPoint p[4];

      vv_mark_get_piece (mark, i, p);
      cairo_curve_to (cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
    }
  if (mark->kind == VV_MARK_ARROW)
    path_of_tip (mark->points[0], mark->points[1], cr);
  cairo_stroke (cr);
}

static void
draw_tag (const Op *op, GPtrArray *open, cairo_t *cr)
{
  if (op->tag != NULL)
    {
      cairo_tag_begin (cr, op->tag, /* attributes= */ NULL);
      g_ptr_array_add (open, (gpointer) op->tag);
    }
  else
    {
      cairo_tag_end (cr, g_ptr_array_steal_index (open, open->len - 1));
    }
}

static void
draw_shape (const Op *op, cairo_t *cr)
{
  cairo_save (cr);
  set_colour (cr, op->colour);
  switch (op->kind)
    {
    case OP_FILL:
      cairo_rectangle (cr, op->x, op->y, op->width, op->height);
      cairo_fill (cr);
      break;
    case OP_FRAME:
      cairo_set_line_width (cr, op->scale);
      cairo_rectangle (cr, op->x, op->y, op->width, op->height);
      cairo_stroke (cr);
      break;
    case OP_LINE:
      cairo_move_to (cr, op->x, op->y);
      pango_cairo_show_layout_line (cr, op->line);
      break;
    case OP_IMAGE:
      draw_image (op, cr);
      break;
    case OP_MARK:
      draw_mark (op, cr);
      break;
    case OP_STRIPES:
      draw_stripes (op, cr);
      break;
    case OP_TAG:
    default:
      g_assert_not_reached ();
    }
  cairo_restore (cr);
}

void
vv_report_page_draw (const VvReportPage *self, cairo_t *cr)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  for (guint i = 0; i < self->ops->len; i++)
    {
      const Op *op = &g_array_index (self->ops, Op, i);

      if (op->kind == OP_TAG)
        draw_tag (op, open, cr);
      else
        draw_shape (op, cr);
    }
  g_assert (open->len == 0);
}
