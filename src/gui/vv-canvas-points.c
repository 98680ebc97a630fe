// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-canvas-points.h"
#include "vv-canvas-private.h"

#define GRIP   11.0 /* logical pixels around a handle that take hold of it */
#define RADIUS 4.0
#define LEAP   10.0 /* with Shift */

enum
{
  POINT_CHOSEN,
  POINT_MOVED,
  POINT_KEY,
  POINTS_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _VvCanvasHandles
{
  GArray  *all; /* VvHandle */
  int      chosen;
  gboolean moving;
  gboolean dragging;
  double   grip_x, grip_y; /* of the drag, from the handle to the pointer */
};

static VvHandle *
get (VvCanvas *self, int handle)
{
  return handle >= 0 && handle < (int) self->handles->all->len ? &g_array_index (self->handles->all, VvHandle, handle) : NULL;
}

/* One that is there. */
static VvHandle *
nth (VvCanvas *self, int handle)
{
  return &g_array_index (self->handles->all, VvHandle, handle);
}

/* Where a handle is on the screen. */
static void
locate (VvCanvas *self, const VvHandle *handle, double *x, double *y)
{
  cairo_matrix_t matrix;

  vv_canvas_get_matrix (self, &matrix);
  *x = (double) handle->at.x;
  *y = (double) handle->at.y;
  cairo_matrix_transform_point (&matrix, x, y);
}

static void
tell_chosen (VvCanvas *self)
{
  const VvHandle *handle = get (self, self->handles->chosen);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  handle != NULL && handle->label != NULL ? handle->label : "", -1);
}

void
vv_canvas_choose_handle (VvCanvas *self, int handle)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  if (self->handles->chosen == handle)
    return;
  self->handles->chosen = handle;
  tell_chosen (self);
  _vv_canvas_redraw (self);
  g_signal_emit (self, signals[POINT_CHOSEN], 0, handle);
}

int
vv_canvas_get_chosen_handle (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), -1);
  return self->handles->chosen;
}

void
vv_canvas_set_handles (VvCanvas *self, const VvHandle *handles, guint n)
{
  guint before;

  g_return_if_fail (VV_IS_CANVAS (self));
  before = self->handles->all->len;
  g_array_set_size (self->handles->all, 0);
  if (n > 0)
    g_array_append_vals (self->handles->all, handles, n);
  if (n != before)
    vv_canvas_choose_handle (self, -1);
  tell_chosen (self);
  _vv_canvas_redraw (self);
}

void
vv_canvas_move_handles (VvCanvas *self, gboolean move)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  self->handles->moving = move;
  self->handles->dragging = FALSE;
  if (!move)
    vv_canvas_choose_handle (self, -1);
  _vv_canvas_redraw (self);
}

gboolean
vv_canvas_moves_handles (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), FALSE);
  return self->handles->moving;
}

/* --- How they look -------------------------------------------------------------------------------------------------- */

static void
handle_path (cairo_t *cr, const VvHandle *handle, double x, double y, double radius)
{
  cairo_new_path (cr);
  if (handle->look == VV_HANDLE_CROSSED)
    {
      cairo_move_to (cr, x - radius, y - radius);
      cairo_line_to (cr, x + radius, y + radius);
      cairo_move_to (cr, x + radius, y - radius);
      cairo_line_to (cr, x - radius, y + radius);
    }
  else
    cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
}

/* A dark line below a light one. The point itself is left free, that one sees what lies there. */
static void
draw_handle (cairo_t *cr, const VvHandle *handle, double x, double y, gboolean chosen)
{
  double radius = chosen ? RADIUS + 3 : RADIUS;

  handle_path (cr, handle, x, y, radius);
  cairo_set_line_width (cr, chosen ? 4 : 3);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.6);
  cairo_stroke (cr);
  handle_path (cr, handle, x, y, radius);
  cairo_set_line_width (cr, chosen ? 2 : 1.25);
  if (handle->look == VV_HANDLE_UNSURE)
    cairo_set_dash (cr, (double[]){ 2.5, 2.5 }, 2, 0);
  if (handle->look == VV_HANDLE_PLAIN)
    cairo_set_source_rgb (cr, 0.55, 0.92, 1);
  else
    cairo_set_source_rgb (cr, 1, 0.82, 0.25);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_label (VvCanvas *self, cairo_t *cr, const char *text, double x, double y)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int                     width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = MIN (x + 10, gtk_widget_get_width (GTK_WIDGET (_vv_canvas_get_place (self))) - width - 6.0);
  y = MAX (y - height - 8, 2);
  cairo_rectangle (cr, round (x) - 4, round (y) - 1, width + 8, height + 2);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.7);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, round (x), round (y));
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

void
_vv_canvas_draw_handles (VvCanvas *self, cairo_t *cr)
{
  double x, y;

  for (int i = 0; i < (int) self->handles->all->len; i++)
    {
      const VvHandle *handle = nth (self, i);
      gboolean        chosen = i == self->handles->chosen;

      if (!handle->shown)
        continue;
      locate (self, handle, &x, &y);
      draw_handle (cr, handle, x, y, chosen);
      if (handle->label != NULL && (chosen || handle->told))
        draw_label (self, cr, handle->label, x, y);
    }
}

/* --- Moving them ------------------------------------------------------------------------------------------------------ */

/* Points cannot leave the picture. */
static void
move_to (VvCanvas *self, int index, double x, double y, gboolean done)
{
  VvHandle *handle = nth (self, index);

  handle->at.x = (float) CLAMP (x, 0, self->width);
  handle->at.y = (float) CLAMP (y, 0, self->height);
  _vv_canvas_redraw (self);
  if (done)
    g_signal_emit (self, signals[POINT_MOVED], 0, index, (double) handle->at.x, (double) handle->at.y);
}

/* The nearest one in reach; the chosen one before others. */
static int
handle_at (VvCanvas *self, double x, double y)
{
  double nearest = GRIP;
  int    found = -1;

  for (int i = 0; i < (int) self->handles->all->len; i++)
    {
      double at_x, at_y, distance;

      if (!nth (self, i)->shown)
        continue;
      locate (self, nth (self, i), &at_x, &at_y);
      distance = hypot (x - at_x, y - at_y);
      if (distance <= GRIP && i == self->handles->chosen)
        return i;
      if (distance < nearest)
        {
          nearest = distance;
          found = i;
        }
    }
  return found;
}

static void
on_drag_begin_cb (GtkGestureDrag *gesture, double x, double y, VvCanvas *self)
{
  int    handle = self->handles->moving && self->mode == VV_CANVAS_BROWSE ? handle_at (self, x, y) : -1;
  double at_x, at_y;

  self->handles->dragging = FALSE;
  if (handle < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  vv_canvas_choose_handle (self, handle);
  locate (self, nth (self, handle), &at_x, &at_y);
  self->handles->grip_x = x - at_x;
  self->handles->grip_y = y - at_y;
}

static void
drag_to (VvCanvas *self, GtkGestureDrag *gesture, double dx, double dy, gboolean done)
{
  double x, y;

  if (get (self, self->handles->chosen) == NULL || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  x += dx - self->handles->grip_x;
  y += dy - self->handles->grip_y;
  _vv_canvas_to_picture (self, &x, &y);
  move_to (self, self->handles->chosen, x, y, done);
}

static void
on_drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, VvCanvas *self)
{
  /* a press that hardly moves chooses a point and leaves it where it is */
  if (!self->handles->dragging && hypot (dx, dy) < 2)
    return;
  self->handles->dragging = TRUE;
  drag_to (self, gesture, dx, dy, FALSE);
}

static void
on_drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, VvCanvas *self)
{
  if (self->handles->dragging)
    drag_to (self, gesture, dx, dy, TRUE);
  self->handles->dragging = FALSE;
}

static void
step_by (VvCanvas *self, double dx, double dy)
{
  VvHandle *handle = get (self, self->handles->chosen);
  double    x, y;

  if (handle == NULL)
    return;
  locate (self, handle, &x, &y);
  x += dx;
  y += dy;
  _vv_canvas_to_picture (self, &x, &y);
  move_to (self, self->handles->chosen, x, y, TRUE);
}

static void
choose_next (VvCanvas *self, int by)
{
  int n = (int) self->handles->all->len;
  int at = self->handles->chosen;

  for (int tried = 0; tried < n; tried++)
    {
      at = at < 0 ? (by > 0 ? 0 : n - 1) : (at + by + n) % n;
      if (!nth (self, at)->shown)
        continue;
      vv_canvas_choose_handle (self, at);
      return;
    }
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvCanvas *self)
{
  double   step = (state & GDK_SHIFT_MASK) != 0 ? LEAP : 1;
  gboolean meant = FALSE;

  if (!self->handles->moving || self->mode != VV_CANVAS_BROWSE || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Escape)
    g_signal_emit (self, signals[POINTS_DONE], 0);
  else if (key == GDK_KEY_Page_Down || key == GDK_KEY_KP_Page_Down)
    choose_next (self, 1);
  else if (key == GDK_KEY_Page_Up || key == GDK_KEY_KP_Page_Up)
    choose_next (self, -1);
  else if (get (self, self->handles->chosen) == NULL)
    return FALSE;
  else if (key == GDK_KEY_Left || key == GDK_KEY_KP_Left)
    step_by (self, -step, 0);
  else if (key == GDK_KEY_Right || key == GDK_KEY_KP_Right)
    step_by (self, step, 0);
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    step_by (self, 0, -step);
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    step_by (self, 0, step);
  else
    {
      g_signal_emit (self, signals[POINT_KEY], 0, key, &meant);
      return meant;
    }
  return TRUE;
}

void
_vv_canvas_init_handles (VvCanvas *self)
{
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->handles = g_new0 (VvCanvasHandles, 1);
  self->handles->all = g_array_new (FALSE, FALSE, sizeof (VvHandle));
  self->handles->chosen = -1;
  /* before the canvas' own, which pan and reset */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
_vv_canvas_free_handles (VvCanvas *self)
{
  g_array_unref (self->handles->all);
  g_clear_pointer (&self->handles, g_free);
}

void
_vv_canvas_class_init_handles (GtkWidgetClass *widget_class)
{
  GType type = G_TYPE_FROM_CLASS (widget_class);

  signals[POINT_CHOSEN] = g_signal_new ("point-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[POINT_MOVED] = g_signal_new ("point-moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT,
                                       G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[POINT_KEY] = g_signal_new ("point-key", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN,
                                     1, G_TYPE_UINT);
  signals[POINTS_DONE] = g_signal_new ("points-done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}
