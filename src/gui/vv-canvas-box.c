// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-canvas-private.h"

#define GRIP     9.0 /* logical pixels around a side that take hold of it */
#define KEY_STEP 6.0 /* logical pixels the box moves with one key */
#define MIN_SIDE 4.0 /* picture pixels */

static double
pixels_per_picture_pixel (VvCanvas *self)
{
  cairo_matrix_t matrix;

  vv_canvas_get_matrix (self, &matrix);
  return hypot (matrix.xx, matrix.yx);
}

/* Inside the picture and not smaller than MIN_SIDE, as far as the picture allows. */
static VvBox
keep_inside (VvCanvas *self, VvBox box)
{
  float width = (float) self->width, height = (float) self->height;

  box.width = CLAMP (box.width, (float) MIN (MIN_SIDE, width), width);
  box.height = CLAMP (box.height, (float) MIN (MIN_SIDE, height), height);
  box.x = CLAMP (box.x, 0, width - box.width);
  box.y = CLAMP (box.y, 0, height - box.height);
  return box;
}

VvSides
_vv_canvas_box_sides_at (VvCanvas *self, double x, double y)
{
  double  grip = GRIP / pixels_per_picture_pixel (self);
  VvSides sides = VV_SIDE_NONE;
  double  left = self->box.x, right = left + self->box.width;
  double  top = self->box.y, bottom = top + self->box.height;

  _vv_canvas_to_picture (self, &x, &y);
  if (!self->has_box || x < left - grip || x > right + grip || y < top - grip || y > bottom + grip)
    return VV_SIDE_NONE;
  if (fabs (x - left) <= grip)
    sides |= VV_SIDE_LEFT;
  else if (fabs (x - right) <= grip)
    sides |= VV_SIDE_RIGHT;
  if (fabs (y - top) <= grip)
    sides |= VV_SIDE_TOP;
  else if (fabs (y - bottom) <= grip)
    sides |= VV_SIDE_BOTTOM;
  return sides != VV_SIDE_NONE ? sides : VV_SIDE_ALL;
}

void
_vv_canvas_box_begin (VvCanvas *self, double x, double y)
{
  self->drag_sides = _vv_canvas_box_sides_at (self, x, y);
  _vv_canvas_to_picture (self, &x, &y);
  self->drag_x = x;
  self->drag_y = y;
  self->drag_box = self->box;
}

/* @from and @to are the ends of one side; the drag may turn them over. */
static void
move_ends (float *position, float *length, gboolean first, gboolean second, double by, double limit)
{
  double from = *position + (first ? by : 0);
  double to = *position + *length + (second ? by : 0);

  if (first != second)
    {
      from = CLAMP (from, 0, limit);
      to = CLAMP (to, 0, limit);
    }
  *position = (float) MIN (from, to);
  *length = (float) fabs (to - from);
}

void
_vv_canvas_box_drag (VvCanvas *self, double x, double y)
{
  VvBox   box = self->drag_box;
  VvSides sides = self->drag_sides;

  _vv_canvas_to_picture (self, &x, &y);
  if (sides == VV_SIDE_NONE)
    {
      /* a new box, from where the press was */
      box = (VvBox){ .x = (float) CLAMP (self->drag_x, 0, self->width),
                     .y = (float) CLAMP (self->drag_y, 0, self->height) };
      sides = VV_SIDE_RIGHT | VV_SIDE_BOTTOM;
    }
  move_ends (&box.x, &box.width, (sides & VV_SIDE_LEFT) != 0, (sides & VV_SIDE_RIGHT) != 0,
             x - self->drag_x, self->width);
  move_ends (&box.y, &box.height, (sides & VV_SIDE_TOP) != 0, (sides & VV_SIDE_BOTTOM) != 0,
             y - self->drag_y, self->height);
  self->has_box = TRUE;
  self->box = keep_inside (self, box);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A third of what is visible, in the middle. */
static void
box_in_the_middle (VvCanvas *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double side = MIN (width, height) / 3 / pixels_per_picture_pixel (self);
  double x = width / 2, y = height / 2;

  _vv_canvas_to_picture (self, &x, &y);
  self->has_box = TRUE;
  self->box = keep_inside (self, (VvBox){ (float) (x - side / 2), (float) (y - side / 2), (float) side, (float) side });
}

void
_vv_canvas_box_step (VvCanvas *self, int dx, int dy, gboolean resize)
{
  float step = (float) MAX (round (KEY_STEP / pixels_per_picture_pixel (self)), 1);
  VvBox box;

  if (self->width == 0)
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!self->has_box)
    {
      box_in_the_middle (self);
      return;
    }
  box = self->box;
  if (resize)
    {
      box.width = MIN (box.width + (float) dx * step, (float) self->width - box.x);
      box.height = MIN (box.height + (float) dy * step, (float) self->height - box.y);
    }
  else
    {
      box.x += (float) dx * step;
      box.y += (float) dy * step;
    }
  self->box = keep_inside (self, box);
}

int
_vv_canvas_face_at (VvCanvas *self, double x, double y)
{
  int    found = -1;
  double found_area = G_MAXDOUBLE;

  if ((self->overlays & VV_OVERLAY_BOXES) == 0)
    return -1;
  _vv_canvas_to_picture (self, &x, &y);
  for (guint i = 0; i < self->faces->len; i++)
    {
      const VvBox *box = &g_array_index (self->faces, VvFace, i).box;
      double       area = (double) box->width * box->height;

      /* of faces one in another, the smaller */
      if (x >= box->x && y >= box->y && x < box->x + box->width && y < box->y + box->height && area < found_area)
        {
          found = (int) i;
          found_area = area;
        }
    }
  return found;
}

gboolean
vv_canvas_get_box (VvCanvas *self, VvBox *out_box)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), FALSE);

  if (self->has_box)
    *out_box = self->box;
  return self->has_box;
}

void
vv_canvas_set_box (VvCanvas *self, const VvBox *box)
{
  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (self->mode == VV_CANVAS_DRAW_BOX && self->width > 0);

  self->has_box = box != NULL;
  if (box != NULL)
    self->box = keep_inside (self, *box);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
