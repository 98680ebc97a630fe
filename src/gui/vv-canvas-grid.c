// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "vv-canvas-private.h"

/* Lines along the eyes through what the face has one below the other, lines across them through what lies side by side: in two
 * faces at one size and place one sees by them whether parts sit alike. They are of the face, not of the picture: no
 * lengths and no numbers, for a head that is turned has others. */

/* Of frame FACE, from the middle between the eyes. */
#define REACH_ACROSS 1.6
#define REACH_UP     1.7
#define REACH_DOWN   2.3

typedef struct
{
  cairo_t       *cr;
  cairo_matrix_t matrix; /* picture to logical pixels */
  VvAnchor       anchor;
} Grid;

static void
line_between (const Grid *grid, double x1, double y1, double x2, double y2)
{
  vv_anchor_to_picture (&grid->anchor, &x1, &y1);
  vv_anchor_to_picture (&grid->anchor, &x2, &y2);
  cairo_matrix_transform_point (&grid->matrix, &x1, &y1);
  cairo_matrix_transform_point (&grid->matrix, &x2, &y2);
  cairo_move_to (grid->cr, x1, y1);
  cairo_line_to (grid->cr, x2, y2);
}

static void
stroke (const Grid *grid, double width, double opacity)
{
  cairo_set_source_rgba (grid->cr, 0, 0, 0, 0.45);
  cairo_set_line_width (grid->cr, width + 1.5);
  cairo_stroke_preserve (grid->cr);
  cairo_set_source_rgba (grid->cr, 1, 1, 1, opacity);
  cairo_set_line_width (grid->cr, width);
  cairo_stroke (grid->cr);
}

/* A landmark in frame FACE; FALSE when the face has none. */
static gboolean
find (const Grid *grid, const VvFace *face, int landmark, double *x, double *y)
{
  *x = (double) face->landmarks[landmark].x;
  *y = (double) face->landmarks[landmark].y;
  if (*x == 0 && *y == 0)
    return FALSE;
  vv_anchor_to_frame (&grid->anchor, x, y);
  return TRUE;
}

static void
draw_lines (const Grid *grid, const VvFace *face)
{
  static const int levels[] = { 8, 21, 33, 51, 57 };    /* chin, brow, base of the nose, lips */
  static const int sides[] = { 0, 16, 36, 39, 42, 45 }; /* sides of the face, corners of the eyes */
  double           x, y;

  line_between (grid, -REACH_ACROSS, 0, REACH_ACROSS, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (find (grid, face, levels[i], &x, &y))
      line_between (grid, -REACH_ACROSS, y, REACH_ACROSS, y);
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    if (find (grid, face, sides[i], &x, &y))
      line_between (grid, x, -REACH_UP, x, REACH_DOWN);
  stroke (grid, 1, 0.7);
}

void
_vv_canvas_draw_grid (VvCanvas *self, const VvFace *face, gboolean grid, gboolean midline, cairo_t *cr)
{
  Grid lines = { .cr = cr, .anchor = vv_anchor_for_face (face) };

  vv_canvas_get_matrix (self, &lines.matrix);
  cairo_new_path (cr);
  if (grid)
    draw_lines (&lines, face);
  if (!midline)
    return;
  line_between (&lines, 0, -REACH_UP, 0, REACH_DOWN);
  stroke (&lines, 1.5, 0.95);
}
