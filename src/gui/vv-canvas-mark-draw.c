// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-canvas-marks-private.h"

/* Marks being drawn and moved, by mouse and by keyboard. */

#define KEY_STEP   6.0  /* logical pixels that an arrow moves the cross or a mark; 1 with Shift */
#define TREMOR     1.2  /* logical pixels that a line drawn by hand may be straightened by */
#define STROKE_MAX 4096 /* points of a line drawn by hand, before it is simplified */

static double
logical_per_pixel (VvCanvas *owner)
{
  cairo_matrix_t matrix;

  vv_canvas_get_matrix (owner, &matrix);
  return hypot (matrix.xx, matrix.yx);
}

/* A widget position in the owner's picture, never beside it. */
static VvPoint
point_in (VvCanvas *owner, double x, double y)
{
  _vv_canvas_to_picture (owner, &x, &y);
  return (VvPoint){ (float) CLAMP (x, 0, owner->width), (float) CLAMP (y, 0, owner->height) };
}

/* --- Drawing --------------------------------------------------------------------------------------------------- */

void
_vv_canvas_drop_begun_mark (VvCanvas *self)
{
  g_array_set_size (self->marks->points, 0);
  self->marks->owner = NULL;
  self->marks->by_hand = FALSE;
  self->marks->moved = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
vv_canvas_draw_mark (VvCanvas *self, VvMarkKind kind)
{
  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (kind < VV_N_MARK_KINDS);

  _vv_canvas_drop_begun_mark (self);
  self->marks->kind = kind;
  self->marks->ended = FALSE;
  self->marks->has_cross = FALSE;
  vv_canvas_set_mode (self, VV_CANVAS_DRAW_MARK);
}

static gboolean
append_point (VvCanvas *self, double x, double y)
{
  VvCanvasMarks *marks = self->marks;
  VvPoint        point;

  if (marks->owner == NULL)
    marks->owner = _vv_canvas_find_mark_owner (self, x, y);
  if (marks->owner == NULL || marks->points->len >= STROKE_MAX)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return FALSE;
    }
  point = point_in (marks->owner, x, y);
  g_array_append_val (marks->points, point);
  return TRUE;
}

/* Takes what is begun as a mark if it is enough for one. */
static void
end_mark (VvCanvas *self)
{
  VvCanvasMarks *marks = self->marks;
  VvCanvas      *owner = marks->owner;
  VvMark         mark = { .kind = marks->kind };
  VvPoint       *points = (VvPoint *) (gpointer) marks->points->data;

  if (owner == NULL)
    return;
  mark.n_points = marks->points->len;
  if (marks->by_hand || mark.n_points > VV_MARK_POINTS_MAX)
    mark.n_points = vv_mark_simplify (points, mark.n_points, TREMOR / logical_per_pixel (owner));
  if (mark.n_points < vv_mark_fewest (mark.kind))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  mark.n_points = MIN (mark.n_points, vv_mark_most (mark.kind));
  for (guint i = 0; i < mark.n_points; i++)
    mark.points[i] = points[i];
  _vv_canvas_drop_begun_mark (self);
  _vv_canvas_emit_mark_drawn (owner, &mark);
}

static void
add_point (VvCanvas *self, double x, double y)
{
  if (append_point (self, x, y) && self->marks->points->len >= vv_mark_most (self->marks->kind))
    end_mark (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
is_free_form (VvCanvas *self)
{
  return self->marks->kind == VV_MARK_CURVE || self->marks->kind == VV_MARK_OUTLINE;
}

gboolean
_vv_canvas_get_begun_mark (VvCanvas *self, VvMark *ret_mark)
{
  VvCanvasMarks *marks = self->marks;
  guint          n = marks->points->len;

  if (self->mode != VV_CANVAS_DRAW_MARK || n == 0 || marks->owner == NULL)
    return FALSE;
  *ret_mark = (VvMark){ .kind = marks->kind == VV_MARK_OUTLINE ? VV_MARK_CURVE : marks->kind };
  for (guint i = 0; i < n && ret_mark->n_points < VV_MARK_POINTS_MAX - 1; i += 1 + n / VV_MARK_POINTS_MAX)
    ret_mark->points[ret_mark->n_points++] = g_array_index (marks->points, VvPoint, i);
  ret_mark->points[ret_mark->n_points++] = point_in (marks->owner, marks->end_x, marks->end_y);
  return TRUE;
}

/* --- Moving ---------------------------------------------------------------------------------------------------- */

/* Moves one point, or all as far as the picture reaches. */
static void
move_mark (VvCanvas *owner, VvMark *mark, int handle, double dx, double dy)
{
  VvBox box = vv_mark_bounds (mark);
  float by_x, by_y;

  if (handle >= 0)
    box = (VvBox){ mark->points[handle].x, mark->points[handle].y, 0, 0 };
  by_x = (float) CLAMP (dx, -box.x, owner->width - box.x - box.width);
  by_y = (float) CLAMP (dy, -box.y, owner->height - box.y - box.height);
  for (int i = 0; i < (int) mark->n_points; i++)
    if (handle < 0 || i == handle)
      mark->points[i] = (VvPoint){ mark->points[i].x + by_x, mark->points[i].y + by_y };
}

/* The chosen mark, if a press there takes hold of it. */
static gboolean
take_hold (VvCanvas *self, double x, double y)
{
  VvCanvasMarks *marks = self->marks;
  VvCanvas      *owner;
  guint          number = marks->editable && marks->visible ? vv_canvas_mark_at (self, x, y, &owner) : 0;
  VvShownMark   *shown = number > 0 && number == owner->marks->chosen ? _vv_canvas_find_mark (owner, number) : NULL;

  if (shown == NULL)
    return FALSE;
  marks->owner = owner;
  marks->moved = (int) (shown - &g_array_index (owner->marks->shown, VvShownMark, 0));
  marks->handle = shown->mark.n_points > 1 ? _vv_canvas_handle_at (owner, &shown->mark, x, y) : -1;
  marks->before = shown->mark;
  marks->from_x = x;
  marks->from_y = y;
  return TRUE;
}

static VvShownMark *
moved_mark (VvCanvas *self)
{
  VvCanvasMarks *marks = self->marks;

  return marks->moved >= 0 && marks->owner != NULL && marks->moved < (int) marks->owner->marks->shown->len
           ? &g_array_index (marks->owner->marks->shown, VvShownMark, marks->moved)
           : NULL;
}

/* The chosen mark of the picture that the keyboard means. */
static VvShownMark *
chosen_mark (VvCanvas *self, VvCanvas **out_owner)
{
  VvCanvas    *owners[2];
  VvCanvas    *meant = _vv_canvas_find_mark_owner (self, -1, -1);
  VvShownMark *found = meant != NULL && self->marks->visible ? _vv_canvas_find_mark (meant, meant->marks->chosen) : NULL;
  guint        n = self->marks->visible ? _vv_canvas_list_mark_owners (self, owners) : 0;

  *out_owner = meant;
  for (guint i = 0; found == NULL && i < n; i++)
    {
      found = _vv_canvas_find_mark (owners[i], owners[i]->marks->chosen);
      *out_owner = owners[i];
    }
  return found;
}

/* --- By mouse -------------------------------------------------------------------------------------------------- */

gboolean
_vv_canvas_mark_press (VvCanvas *self, double x, double y)
{
  self->marks->nudged = FALSE;
  if (self->mode == VV_CANVAS_DRAW_MARK)
    {
      self->marks->has_cross = FALSE;
      self->marks->end_x = x;
      self->marks->end_y = y;
      return TRUE;
    }
  return self->mode != VV_CANVAS_DRAW_BOX && take_hold (self, x, y);
}

void
_vv_canvas_mark_drag (VvCanvas *self, double from_x, double from_y, double x, double y)
{
  VvCanvasMarks *marks = self->marks;
  VvShownMark   *moved = moved_mark (self);

  if (moved != NULL)
    {
      double old_x = marks->from_x, old_y = marks->from_y;

      _vv_canvas_to_picture (marks->owner, &old_x, &old_y);
      _vv_canvas_to_picture (marks->owner, &x, &y);
      moved->mark = marks->before;
      move_mark (marks->owner, &moved->mark, marks->handle, x - old_x, y - old_y);
      _vv_canvas_redraw (marks->owner);
      return;
    }
  marks->end_x = x;
  marks->end_y = y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (marks->kind == VV_MARK_POINT)
    return;
  if (marks->points->len == 0 && append_point (self, from_x, from_y))
    marks->by_hand = is_free_form (self);
  if (marks->by_hand)
    (void) append_point (self, x, y);
}

void
_vv_canvas_mark_release (VvCanvas *self, double x, double y, gboolean dragged)
{
  VvCanvasMarks *marks = self->marks;
  VvShownMark   *moved = moved_mark (self);

  if (moved != NULL)
    {
      VvShownMark done = *moved;
      VvCanvas   *owner = marks->owner;

      marks->moved = -1;
      marks->owner = NULL;
      if (dragged)
        _vv_canvas_emit_mark_changed (owner, done.number, &done.mark);
      return;
    }
  if (self->mode != VV_CANVAS_DRAW_MARK || marks->ended)
    marks->ended = FALSE;
  else if (marks->by_hand && dragged)
    end_mark (self);
  else
    add_point (self, x, y);
}

void
_vv_canvas_mark_double_press (VvCanvas *self)
{
  if (!is_free_form (self) || self->marks->points->len < vv_mark_fewest (self->marks->kind))
    return;
  self->marks->ended = TRUE;
  end_mark (self);
}

void
_vv_canvas_mark_motion (VvCanvas *self, double x, double y)
{
  self->marks->end_x = x;
  self->marks->end_y = y;
  if (self->marks->has_cross || self->marks->points->len > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->marks->has_cross = FALSE;
}

/* --- By keyboard ----------------------------------------------------------------------------------------------- */

void
_vv_canvas_mark_step (VvCanvas *self, int dx, int dy, gboolean finely)
{
  VvCanvasMarks *marks = self->marks;
  double         step = finely ? 1 : KEY_STEP;
  VvShownMark   *shown;
  VvCanvas      *owner;

  if (self->mode == VV_CANVAS_DRAW_MARK)
    {
      if (marks->has_cross)
        vv_canvas_set_cross (self, marks->cross_x + dx * step, marks->cross_y + dy * step);
      else
        vv_canvas_set_cross (self, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
      return;
    }
  shown = chosen_mark (self, &owner);
  if (shown != NULL)
    {
      VvMark mark = shown->mark;
      double x = 0, y = 0, to_x = dx * step, to_y = dy * step;

      _vv_canvas_to_picture (owner, &x, &y);
      _vv_canvas_to_picture (owner, &to_x, &to_y);
      move_mark (owner, &mark, marks->handle, to_x - x, to_y - y);
      owner->marks->nudged = self->marks->nudged = TRUE;
      _vv_canvas_emit_mark_changed (owner, shown->number, &mark);
    }
}

/* Whether the cross is where the last point was put. */
static gboolean
is_at_last_point (VvCanvas *self)
{
  VvCanvasMarks *marks = self->marks;
  VvMark         last = { .kind = VV_MARK_POINT, .n_points = 1 };

  if (marks->points->len == 0 || marks->owner == NULL)
    return FALSE;
  last.points[0] = g_array_index (marks->points, VvPoint, marks->points->len - 1);
  last = _vv_canvas_mark_to_widget (marks->owner, &last);
  return hypot (last.points[0].x - marks->cross_x, last.points[0].y - marks->cross_y) < 0.5;
}

gboolean
_vv_canvas_mark_enter (VvCanvas *self)
{
  VvCanvas *owner;

  if (self->mode == VV_CANVAS_EDIT_MARK)
    {
      vv_canvas_set_mode (self, VV_CANVAS_BROWSE);
      return TRUE;
    }
  if (self->mode != VV_CANVAS_DRAW_MARK)
    {
      if (!self->marks->editable || chosen_mark (self, &owner) == NULL)
        return FALSE;
      self->marks->handle = -1;
      vv_canvas_set_mode (self, VV_CANVAS_EDIT_MARK);
      return TRUE;
    }
  self->marks->nudged = FALSE;
  if (!self->marks->has_cross)
    _vv_canvas_mark_step (self, 0, 0, FALSE);
  else if (!is_at_last_point (self))
    add_point (self, self->marks->cross_x, self->marks->cross_y);
  else if (is_free_form (self))
    end_mark (self);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

gboolean
_vv_canvas_mark_back (VvCanvas *self)
{
  VvCanvasMarks *marks = self->marks;

  if (self->mode != VV_CANVAS_DRAW_MARK)
    return FALSE;
  if (marks->points->len > 1)
    g_array_set_size (marks->points, marks->points->len - 1);
  else
    _vv_canvas_drop_begun_mark (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

gboolean
_vv_canvas_mark_give_up (VvCanvas *self)
{
  if (self->mode != VV_CANVAS_DRAW_MARK || self->marks->points->len == 0)
    return FALSE;
  _vv_canvas_drop_begun_mark (self);
  return TRUE;
}

gboolean
_vv_canvas_mark_delete (VvCanvas *self)
{
  VvCanvas    *owner;
  VvShownMark *shown = self->marks->editable && self->mode != VV_CANVAS_DRAW_MARK ? chosen_mark (self, &owner) : NULL;

  if (shown == NULL)
    return FALSE;
  self->marks->nudged = owner->marks->nudged = FALSE;
  _vv_canvas_emit_mark_deleted (owner, shown->number);
  return TRUE;
}

gboolean
_vv_canvas_step_handle (VvCanvas *self, int by)
{
  VvCanvas    *owner;
  VvShownMark *shown = self->mode == VV_CANVAS_EDIT_MARK ? chosen_mark (self, &owner) : NULL;
  int          n;

  if (shown == NULL)
    return FALSE;
  n = (int) shown->mark.n_points + 1; /* and the whole */
  self->marks->handle = (self->marks->handle + 1 + by + n) % n - 1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}
