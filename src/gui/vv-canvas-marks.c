// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-canvas-marks-private.h"

#define REACH  9.0 /* logical pixels around a line that take hold of it */
#define HANDLE 8.0 /* and around one of its points */

enum
{
  DRAWN,
  CHANGED,
  CHOSEN,
  DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
_vv_canvas_class_init_marks (GtkWidgetClass *widget_class)
{
  GType type = G_TYPE_FROM_CLASS (widget_class);

  signals[DRAWN] = g_signal_new ("mark-drawn", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CHANGED] = g_signal_new ("mark-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                   G_TYPE_POINTER);
  signals[CHOSEN] = g_signal_new ("mark-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DELETED] = g_signal_new ("mark-deleted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

void
_vv_canvas_emit_mark_drawn (VvCanvas *self, const VvMark *mark)
{
  g_signal_emit (self, signals[DRAWN], 0, mark);
}

void
_vv_canvas_emit_mark_changed (VvCanvas *self, guint number, const VvMark *mark)
{
  g_signal_emit (self, signals[CHANGED], 0, number, mark);
}

void
_vv_canvas_emit_mark_chosen (VvCanvas *self, guint number)
{
  g_signal_emit (self, signals[CHOSEN], 0, number);
}

void
_vv_canvas_emit_mark_deleted (VvCanvas *self, guint number)
{
  g_signal_emit (self, signals[DELETED], 0, number);
}

void
_vv_canvas_init_marks (VvCanvas *self)
{
  self->marks = g_new0 (VvCanvasMarks, 1);
  self->marks->shown = g_array_new (FALSE, FALSE, sizeof (VvShownMark));
  self->marks->points = g_array_new (FALSE, FALSE, sizeof (VvPoint));
  self->marks->visible = TRUE;
  self->marks->moved = self->marks->handle = -1;
}

void
_vv_canvas_free_marks (VvCanvas *self)
{
  g_array_unref (self->marks->shown);
  g_array_unref (self->marks->points);
  g_clear_pointer (&self->marks, g_free);
}

/* --- Where they are -------------------------------------------------------------------------------------------- */

VvShownMark *
_vv_canvas_find_mark (VvCanvas *self, guint number)
{
  for (guint i = 0; number > 0 && i < self->marks->shown->len; i++)
    if (g_array_index (self->marks->shown, VvShownMark, i).number == number)
      return &g_array_index (self->marks->shown, VvShownMark, i);
  return NULL;
}

VvMark
_vv_canvas_mark_to_widget (VvCanvas *self, const VvMark *mark)
{
  cairo_matrix_t matrix;
  VvMark         moved = *mark;

  vv_canvas_get_matrix (self, &matrix);
  for (guint i = 0; i < mark->n_points; i++)
    {
      double x = mark->points[i].x, y = mark->points[i].y;

      cairo_matrix_transform_point (&matrix, &x, &y);
      moved.points[i] = (VvPoint){ (float) x, (float) y };
    }
  return moved;
}

VvCanvas *
_vv_canvas_find_mark_owner (VvCanvas *self, double x, double y)
{
  VvCanvas *owner = self;

  if (self->over != NULL && self->pairing == VV_PAIRING_NONE && self->over_shown)
    return NULL; /* held in this place, but it is marked in its own */
  if (self->over != NULL && self->pairing != VV_PAIRING_NONE)
    {
      gboolean one = self->over_shown || self->pairing == VV_PAIRING_BLINK;
      gboolean sides = self->pairing == VV_PAIRING_WIPE && x >= 0 && y >= 0;

      if (one || sides)
        owner = _vv_canvas_get_mover (self, /* alone= */ TRUE, x, y);
      else if (self->marks->over)
        owner = self->over;
    }
  return owner->width > 0 ? owner : NULL;
}

guint
_vv_canvas_list_mark_owners (VvCanvas *self, VvCanvas *out_owners[2])
{
  gboolean paired = self->over != NULL && self->pairing != VV_PAIRING_NONE;
  guint    n = 0;

  if (paired && (self->over_shown || self->pairing != VV_PAIRING_BLINK))
    out_owners[n++] = self->over;
  if (self->over == NULL || !self->over_shown)
    out_owners[n++] = self;
  return n;
}

int
_vv_canvas_handle_at (VvCanvas *self, const VvMark *mark, double x, double y)
{
  VvMark seen = _vv_canvas_mark_to_widget (self, mark);
  double nearest = HANDLE;
  int    found = -1;

  for (guint i = 0; i < seen.n_points; i++)
    {
      double distance = hypot (seen.points[i].x - x, seen.points[i].y - y);

      if (distance <= nearest)
        {
          nearest = distance;
          found = (int) i;
        }
    }
  return found;
}

/* Of marks one over the other the nearest; of the same distance the one that is chosen. */
static guint
nearest_mark (VvCanvas *self, double x, double y, double *distance)
{
  guint found = 0;

  for (guint i = 0; self->marks->visible && i < self->marks->shown->len; i++)
    {
      const VvShownMark *shown = &g_array_index (self->marks->shown, VvShownMark, i);
      VvMark             seen = _vv_canvas_mark_to_widget (self, &shown->mark);
      double             away = vv_mark_distance (&seen, (VvPoint){ (float) x, (float) y });

      if (shown->mark.kind == VV_MARK_POINT)
        away = MAX (away - VV_MARK_RING, 0);
      if (away < *distance || (away == *distance && shown->number == self->marks->chosen))
        {
          found = shown->number;
          *distance = away;
        }
    }
  return found;
}

guint
vv_canvas_mark_at (VvCanvas *self, double x, double y, VvCanvas **out_owner)
{
  VvCanvas *owners[2];
  guint     n_owners, found = 0;
  double    distance = REACH;

  g_return_val_if_fail (VV_IS_CANVAS (self), 0);

  n_owners = _vv_canvas_list_mark_owners (self, owners);
  for (guint i = 0; i < n_owners; i++)
    {
      guint number;

      if (n_owners == 2 && self->pairing == VV_PAIRING_WIPE && owners[i] != _vv_canvas_get_mover (self, /* alone= */ TRUE, x, y))
        continue; /* on the other side of the line it is not seen */
      number = nearest_mark (owners[i], x, y, &distance);
      if (number > 0)
        {
          found = number;
          *out_owner = owners[i];
        }
    }
  return found;
}

/* --- What is shown --------------------------------------------------------------------------------------------- */

void
vv_canvas_set_marks (VvCanvas *self, const VvShownMark *marks, guint n_marks, guint chosen)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  g_array_set_size (self->marks->shown, 0);
  if (n_marks > 0)
    g_array_append_vals (self->marks->shown, marks, n_marks);
  if (chosen != self->marks->chosen)
    self->marks->handle = -1;
  self->marks->chosen = chosen;
  if (self->mode == VV_CANVAS_EDIT_MARK &&
      _vv_canvas_find_mark (self, chosen) == NULL &&
      (self->over == NULL || _vv_canvas_find_mark (self->over, chosen) == NULL))
    vv_canvas_set_mode (self, VV_CANVAS_BROWSE);
  _vv_canvas_redraw (self);
}

guint
vv_canvas_get_chosen_mark (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), 0);

  return _vv_canvas_find_mark (self, self->marks->chosen) != NULL ? self->marks->chosen : 0;
}

void
vv_canvas_show_marks (VvCanvas *self, gboolean visible)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  self->marks->visible = visible;
  _vv_canvas_redraw (self);
}

void
vv_canvas_set_marks_editable (VvCanvas *self, gboolean editable)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  self->marks->editable = editable;
  if (!editable && (self->mode == VV_CANVAS_DRAW_MARK || self->mode == VV_CANVAS_EDIT_MARK))
    vv_canvas_set_mode (self, VV_CANVAS_BROWSE);
}

void
vv_canvas_set_marks_over (VvCanvas *self, gboolean over)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  self->marks->over = over;
  _vv_canvas_redraw (self);
}

gboolean
vv_canvas_was_nudged (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), FALSE);

  return self->marks->nudged;
}

gboolean
vv_canvas_get_cross (VvCanvas *self, double *out_x, double *out_y)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), FALSE);

  *out_x = self->marks->cross_x;
  *out_y = self->marks->cross_y;
  return self->mode == VV_CANVAS_DRAW_MARK && self->marks->has_cross;
}

void
vv_canvas_set_cross (VvCanvas *self, double x, double y)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  self->marks->has_cross = TRUE;
  self->marks->cross_x = self->marks->end_x = CLAMP (x, 0, gtk_widget_get_width (GTK_WIDGET (self)));
  self->marks->cross_y = self->marks->end_y = CLAMP (y, 0, gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
