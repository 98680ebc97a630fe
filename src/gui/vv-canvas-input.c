// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-canvas-marks-private.h"

#define ZOOM_STEP      1.189207115 /* four steps double */
#define TURN_STEP      1.0         /* degrees */
#define PAN_STEP       48.0        /* logical pixels */
#define CLICK_DISTANCE 4.0         /* a press that moves no further is a click */

/* An action that moves the picture. Each has a twin, with Ctrl, that moves this picture alone. */
typedef struct
{
  const char *name;
  const char *alone_name;
  guint       keys[3];
  int         dx, dy; /* the way the view goes */
  gboolean    page;
  double      zoom;
  double      turn;
} Move;

/* clang-format off */
static const Move moves[] = {
  { "canvas.zoom-in",    "canvas.zoom-in-alone",    { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add }, .zoom = ZOOM_STEP },
  { "canvas.zoom-out",   "canvas.zoom-out-alone",   { GDK_KEY_minus, GDK_KEY_KP_Subtract }, .zoom = 1 / ZOOM_STEP },
  { "canvas.turn-left",  "canvas.turn-left-alone",  { GDK_KEY_bracketleft }, .turn = -TURN_STEP },
  { "canvas.turn-right", "canvas.turn-right-alone", { GDK_KEY_bracketright }, .turn = TURN_STEP },
  { "canvas.pan-left",   "canvas.pan-left-alone",   { GDK_KEY_Left, GDK_KEY_KP_Left }, .dx = -1 },
  { "canvas.pan-right",  "canvas.pan-right-alone",  { GDK_KEY_Right, GDK_KEY_KP_Right }, .dx = 1 },
  { "canvas.pan-up",     "canvas.pan-up-alone",     { GDK_KEY_Up, GDK_KEY_KP_Up }, .dy = -1 },
  { "canvas.pan-down",   "canvas.pan-down-alone",   { GDK_KEY_Down, GDK_KEY_KP_Down }, .dy = 1 },
  { "canvas.page-left",  "canvas.page-left-alone",  { GDK_KEY_Left, GDK_KEY_KP_Left }, .dx = -1, .page = TRUE },
  { "canvas.page-right", "canvas.page-right-alone", { GDK_KEY_Right, GDK_KEY_KP_Right }, .dx = 1, .page = TRUE },
  { "canvas.page-up",    "canvas.page-up-alone",    { GDK_KEY_Up, GDK_KEY_KP_Up }, .dy = -1, .page = TRUE },
  { "canvas.page-down",  "canvas.page-down-alone",  { GDK_KEY_Down, GDK_KEY_KP_Down }, .dy = 1, .page = TRUE },
};
/* clang-format on */

static void
pan_or_move_box (VvCanvas *self, const Move *move, gboolean alone)
{
  GtkWidget *place = GTK_WIDGET (_vv_canvas_get_place (self));
  double     width = move->page ? gtk_widget_get_width (place) / 2.0 : PAN_STEP;
  double     height = move->page ? gtk_widget_get_height (place) / 2.0 : PAN_STEP;

  if (self->mode == VV_CANVAS_DRAW_BOX)
    _vv_canvas_box_step (self, move->dx, move->dy, move->page);
  else if (self->mode != VV_CANVAS_BROWSE && !alone)
    _vv_canvas_mark_step (self, move->dx, move->dy, move->page);
  else
    vv_canvas_pan (self, -move->dx * round (width), -move->dy * round (height), alone);
}

static void
move_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gboolean  alone = g_str_has_suffix (action_name, "-alone");
  double    x = gtk_widget_get_width (widget) / 2.0;
  double    y = gtk_widget_get_height (widget) / 2.0;
  VvCanvas *self = _vv_canvas_get_mover (VV_CANVAS (widget), alone, -1, -1);

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      const Move *move = &moves[i];

      if (!g_str_equal (action_name, alone ? move->alone_name : move->name))
        continue;
      if (move->zoom != 0)
        vv_canvas_zoom_at (self, x, y, move->zoom, alone);
      else if (move->turn != 0)
        vv_canvas_turn_at (self, x, y, move->turn, alone);
      else
        pan_or_move_box (self, move, alone);
    }
}

static void
reset_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  vv_canvas_reset (VV_CANVAS (widget));
}

static void
actual_size_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gboolean alone = g_str_has_suffix (action_name, "-alone");

  vv_canvas_show_actual_size (_vv_canvas_get_mover (VV_CANVAS (widget), alone, -1, -1), alone);
}

static void
whole_picture_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  vv_canvas_show_whole_picture (VV_CANVAS (widget));
}

static void
step_face_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VvCanvas *self = VV_CANVAS (widget);
  int       count = (int) self->faces->len;
  int       step = g_str_equal (action_name, "canvas.next-face") ? 1 : -1;

  if (_vv_canvas_step_handle (self, step) || count == 0)
    return;
  if (self->selected_face < 0)
    vv_canvas_select_face (self, step > 0 ? 0 : count - 1);
  else
    vv_canvas_select_face (self, (self->selected_face + step + count) % count);
}

static void
step_pair_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gboolean less = g_str_equal (action_name, "canvas.less") || g_str_equal (action_name, "canvas.line-left");

  vv_canvas_step_pair (VV_CANVAS (widget), less ? -1 : 1, g_str_has_prefix (action_name, "canvas.line-"));
}

/* The keys stay with the window unless another picture lies over this one. */
static gboolean
on_step_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  const char *name = g_variant_get_string (args, NULL);

  if (vv_canvas_get_pairing (VV_CANVAS (widget)) == VV_PAIRING_NONE)
    return FALSE;
  step_pair_cb (widget, name, NULL);
  return TRUE;
}

/* Enter and Esc stay with the window unless there is something here for them. */
static gboolean
on_activate_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  VvCanvas *self = VV_CANVAS (widget);

  if (self->mode == VV_CANVAS_DRAW_BOX)
    return vv_canvas_take_box (self);
  if (_vv_canvas_mark_enter (self))
    return TRUE;
  if (self->selected_face < 0 || (self->overlays & VV_OVERLAY_BOXES) == 0)
    return FALSE;
  _vv_canvas_emit_face_activated (self, self->selected_face);
  return TRUE;
}

static gboolean
on_cancel_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  VvCanvas *self = VV_CANVAS (widget);

  if (self->mode == VV_CANVAS_BROWSE)
    return FALSE;
  if (!_vv_canvas_mark_give_up (self))
    vv_canvas_set_mode (self, VV_CANVAS_BROWSE);
  return TRUE;
}

static gboolean
on_back_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return _vv_canvas_mark_back (VV_CANVAS (widget));
}

/* While a mark is drawn, Space puts a point too: elsewhere it would go on to another candidate. */
static gboolean
on_point_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return VV_CANVAS (widget)->mode == VV_CANVAS_DRAW_MARK && _vv_canvas_mark_enter (VV_CANVAS (widget));
}

static gboolean
on_delete_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return _vv_canvas_mark_delete (VV_CANVAS (widget));
}

static void
activate_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  (void) on_activate_key_cb (widget, NULL, NULL);
}

static void
cancel_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  (void) on_cancel_key_cb (widget, NULL, NULL);
}

static void
install_move (GtkWidgetClass *widget_class, const Move *move)
{
  GdkModifierType page = move->page ? GDK_SHIFT_MASK : (GdkModifierType) 0;

  gtk_widget_class_install_action (widget_class, move->name, NULL, move_cb);
  gtk_widget_class_install_action (widget_class, move->alone_name, NULL, move_cb);
  for (guint i = 0; i < G_N_ELEMENTS (move->keys) && move->keys[i] != 0; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, move->keys[i], page, move->name, NULL);
      gtk_widget_class_add_binding_action (widget_class, move->keys[i], page | GDK_CONTROL_MASK, move->alone_name, NULL);
    }
}

static void
bind_keys (GtkWidgetClass *widget_class, guint key, guint keypad_key, const char *name)
{
  gtk_widget_class_add_binding_action (widget_class, key, 0, name, NULL);
  gtk_widget_class_add_binding_action (widget_class, keypad_key, 0, name, NULL);
}

void
_vv_canvas_class_init_input (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    guint       key;
  } steps[] = {
    { "canvas.less", GDK_KEY_comma },
    { "canvas.more", GDK_KEY_period },
    { "canvas.line-left", GDK_KEY_less },
    { "canvas.line-right", GDK_KEY_greater },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    install_move (widget_class, &moves[i]);
  gtk_widget_class_install_action (widget_class, "canvas.reset", NULL, reset_cb);
  gtk_widget_class_install_action (widget_class, "canvas.actual-size", NULL, actual_size_cb);
  gtk_widget_class_install_action (widget_class, "canvas.actual-size-alone", NULL, actual_size_cb);
  gtk_widget_class_install_action (widget_class, "canvas.whole-picture", NULL, whole_picture_cb);
  gtk_widget_class_install_action (widget_class, "canvas.next-face", NULL, step_face_cb);
  gtk_widget_class_install_action (widget_class, "canvas.previous-face", NULL, step_face_cb);
  gtk_widget_class_install_action (widget_class, "canvas.activate", NULL, activate_cb);
  gtk_widget_class_install_action (widget_class, "canvas.cancel", NULL, cancel_cb);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gtk_widget_class_install_action (widget_class, steps[i].name, NULL, step_pair_cb);
      gtk_widget_class_add_binding (widget_class, steps[i].key, 0, on_step_key_cb, "s", steps[i].name);
    }
  bind_keys (widget_class, GDK_KEY_0, GDK_KEY_KP_0, "canvas.reset");
  bind_keys (widget_class, GDK_KEY_slash, GDK_KEY_KP_Divide, "canvas.actual-size");
  bind_keys (widget_class, GDK_KEY_asterisk, GDK_KEY_KP_Multiply, "canvas.whole-picture");
  bind_keys (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, "canvas.next-face");
  bind_keys (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, "canvas.previous-face");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_slash, GDK_CONTROL_MASK, "canvas.actual-size-alone", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, on_activate_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, on_activate_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_cancel_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, on_point_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_BackSpace, 0, on_back_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, on_delete_key_cb, NULL);
}

static gboolean
is_alone (gpointer controller)
{
  return (gtk_event_controller_get_current_event_state (controller) & GDK_CONTROL_MASK) != 0;
}

static void
on_motion_cb (GtkEventControllerMotion *controller, double x, double y, VvCanvas *self)
{
  static const char *const names[] = {
    [VV_SIDE_LEFT] = "w-resize",
    [VV_SIDE_RIGHT] = "e-resize",
    [VV_SIDE_TOP] = "n-resize",
    [VV_SIDE_BOTTOM] = "s-resize",
    [VV_SIDE_TOP |
      VV_SIDE_LEFT] = "nw-resize",
    [VV_SIDE_TOP |
      VV_SIDE_RIGHT] = "ne-resize",
    [VV_SIDE_BOTTOM |
      VV_SIDE_LEFT] = "sw-resize",
    [VV_SIDE_BOTTOM |
      VV_SIDE_RIGHT] = "se-resize",
    [VV_SIDE_ALL] = "move",
  };
  static const char *const part_cursors[] = { [VV_WIPE_NONE] = NULL, [VV_WIPE_LINE] = "grab", [VV_WIPE_KNOB] = "alias" };
  const char              *name;
  gboolean                 moved = self->marks->has_pointer && hypot (x - self->pointer_x, y - self->pointer_y) >= 1;

  /* told where it is, when the window came below it, it did not move */
  self->marks->has_pointer = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->mode == VV_CANVAS_DRAW_BOX)
    {
      name = names[_vv_canvas_box_sides_at (self, x, y)];
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name != NULL ? name : "crosshair");
    }
  else if (self->mode == VV_CANVAS_DRAW_MARK && moved)
    _vv_canvas_mark_motion (self, x, y);
  else if (self->mode == VV_CANVAS_BROWSE && self->pairing == VV_PAIRING_WIPE)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), part_cursors[_vv_canvas_wipe_part_at (self, x, y)]);
}

static gboolean
on_scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, VvCanvas *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double          by = dy != 0 ? dy : dx; /* some systems turn the wheel sideways with Shift */
  gboolean        alone = is_alone (controller);
  VvCanvas       *mover = _vv_canvas_get_mover (self, alone, self->pointer_x, self->pointer_y);

  if ((state & GDK_SHIFT_MASK) != 0)
    vv_canvas_turn_at (mover, self->pointer_x, self->pointer_y, by * TURN_STEP, alone);
  else
    vv_canvas_zoom_at (mover, self->pointer_x, self->pointer_y, pow (ZOOM_STEP, -dy), alone);
  return GDK_EVENT_STOP;
}

static gboolean
draws_box (VvCanvas *self, gpointer gesture)
{
  return self->mode == VV_CANVAS_DRAW_BOX && self->width > 0 &&
         gtk_gesture_single_get_current_button (gesture) == GDK_BUTTON_PRIMARY;
}

static void
on_drag_begin_cb (GtkGestureDrag *gesture, double x, double y, VvCanvas *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  if (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->dragging = FALSE;
  self->drag_part = button == GDK_BUTTON_PRIMARY ? _vv_canvas_wipe_part_at (self, x, y) : VV_WIPE_NONE;
  self->drag_mark = button == GDK_BUTTON_PRIMARY && _vv_canvas_mark_press (self, x, y);
  if (draws_box (self, gesture))
    _vv_canvas_box_begin (self, x, y);
  else
    self->drag_x = self->drag_y = 0;
}

static void
on_drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, VvCanvas *self)
{
  double x, y;

  if (!self->dragging && hypot (dx, dy) < CLICK_DISTANCE)
    return;
  self->dragging = TRUE;
  (void) gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (draws_box (self, gesture))
    {
      _vv_canvas_box_drag (self, x + dx, y + dy);
      return;
    }
  if (self->drag_mark)
    {
      _vv_canvas_mark_drag (self, x, y, x + dx, y + dy);
      return;
    }
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
  /* whole pixels, so that a picture at one to one stays on the screen's pixels */
  if (self->drag_part != VV_WIPE_NONE)
    _vv_canvas_wipe_drag (self, x + dx, y + dy, round (dx) - self->drag_x, round (dy) - self->drag_y);
  else
    vv_canvas_pan (_vv_canvas_get_mover (self, is_alone (gesture), x, y), round (dx) - self->drag_x,
                   round (dy) - self->drag_y, is_alone (gesture));
  self->drag_x = round (dx);
  self->drag_y = round (dy);
}

static void
on_drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, VvCanvas *self)
{
  VvCanvas *owner;
  double    x, y;
  int       face;
  guint     mark;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->mode == VV_CANVAS_DRAW_BOX ||
                                                          self->mode == VV_CANVAS_DRAW_MARK
                                                        ? "crosshair"
                                                        : NULL);
  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (self->drag_mark)
    _vv_canvas_mark_release (self, x + dx, y + dy, self->dragging);
  if (self->dragging || self->drag_mark || self->mode == VV_CANVAS_DRAW_BOX || self->mode == VV_CANVAS_DRAW_MARK)
    return;
  mark = vv_canvas_mark_at (self, x, y, &owner);
  if (mark > 0)
    {
      _vv_canvas_emit_mark_chosen (owner, mark);
      return;
    }
  face = _vv_canvas_face_at (self, x, y);
  if (face >= 0)
    {
      vv_canvas_select_face (self, face);
      _vv_canvas_emit_face_activated (self, face);
    }
}

static void
on_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, VvCanvas *self)
{
  if (n_press == 2 && self->mode == VV_CANVAS_DRAW_MARK)
    _vv_canvas_mark_double_press (self);
  else if (n_press == 2 && self->mode == VV_CANVAS_BROWSE)
    vv_canvas_reset (self);
}

static void
add_controller (VvCanvas *self, gpointer controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
_vv_canvas_init_input (VvCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  gtk_gesture_group (click, drag);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  add_controller (self, motion);
  add_controller (self, scroll);
  add_controller (self, drag);
  add_controller (self, click);
}
