// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-page.h"

typedef enum
{
  OP_TAG,
  OP_FILL,
  OP_FRAME,
  OP_LINE,
  OP_IMAGE,
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
