// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <math.h>

#include "vv-canvas-private.h"

/* The upper picture is that of another canvas, which keeps its picture, faces and anchor but is seen in the place of this one:
 * whatever is done with it (moved alone, given other faces) is done there, for a viewport of this size. */

#define GRIP         9.0  /* logical pixels around the line that take hold of it */
#define KNOB         7.0  /* radius */
#define KNOB_PLACE   0.36 /* of the shorter side, from the foot of the line's normal */
#define LINE_STEP    12.0 /* logical pixels */
#define LINE_TURN    5.0  /* degrees */
#define AMOUNT_STEP  0.05
#define RATE_STEP    0.5
#define CHANGE_AFTER ((gint64) (G_USEC_PER_SEC / VV_BLINK_RATE_MAX))

static gboolean
is_paired (VvCanvas *self)
{
  return self->over != NULL && self->pairing != VV_PAIRING_NONE;
}

VvCanvas *
_vv_canvas_get_place (VvCanvas *self)
{
  return self->under != NULL && self->under->pairing != VV_PAIRING_NONE ? self->under : self;
}

void
_vv_canvas_redraw (VvCanvas *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->under != NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self->under));
}

/* --- The line of a wipe -------------------------------------------------------------------------------------- */

/* Unit normal, and the foot of the normal that goes through the middle; logical pixels. */
static void
find_line (VvCanvas *self, double *out_normal_x, double *out_normal_y, double *out_x, double *out_y)
{
  double turn = self->line_angle * G_PI / 180;

  *out_normal_x = cos (turn);
  *out_normal_y = sin (turn);
  *out_x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 + self->line_distance * *out_normal_x;
  *out_y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 + self->line_distance * *out_normal_y;
}

static double
knob_distance (VvCanvas *self)
{
  return KNOB_PLACE * MIN (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
}

/* How far a point lies on the upper picture's side of the line. */
static double
distance_to_line (VvCanvas *self, double x, double y)
{
  double normal_x, normal_y, foot_x, foot_y;

  find_line (self, &normal_x, &normal_y, &foot_x, &foot_y);
  return (x - foot_x) * normal_x + (y - foot_y) * normal_y;
}

VvWipePart
_vv_canvas_wipe_part_at (VvCanvas *self, double x, double y)
{
  double normal_x, normal_y, foot_x, foot_y, along;

  if (!is_paired (self) || self->pairing != VV_PAIRING_WIPE || self->over_shown || fabs (distance_to_line (self, x, y)) > GRIP)
    return VV_WIPE_NONE;
  find_line (self, &normal_x, &normal_y, &foot_x, &foot_y);
  along = (y - foot_y) * normal_x - (x - foot_x) * normal_y;
  return fabs (fabs (along) - knob_distance (self)) <= GRIP ? VV_WIPE_KNOB : VV_WIPE_LINE;
}

void
_vv_canvas_wipe_drag (VvCanvas *self, double x, double y, double dx, double dy)
{
  double normal_x, normal_y, foot_x, foot_y, along_x, along_y;

  find_line (self, &normal_x, &normal_y, &foot_x, &foot_y);
  if (self->drag_part == VV_WIPE_LINE)
    {
      vv_canvas_set_line (self, self->line_distance + dx * normal_x + dy * normal_y, self->line_angle);
      return;
    }
  /* The knob follows the pointer; the line turns about its foot, towards the knob that is nearer. */
  along_x = x - foot_x;
  along_y = y - foot_y;
  if (along_y * normal_x - along_x * normal_y < 0)
    {
      along_x = -along_x;
      along_y = -along_y;
    }
  if (hypot (along_x, along_y) > GRIP)
    vv_canvas_set_line (self, self->line_distance, atan2 (-along_x, along_y) * 180 / G_PI);
}

void
vv_canvas_set_line (VvCanvas *self, double distance, double angle)
{
  double most;
  int    width, height;

  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (isfinite (distance) && isfinite (angle));

  width = gtk_widget_get_width (GTK_WIDGET (self));
  height = gtk_widget_get_height (GTK_WIDGET (self));
  self->line_angle = fmod (fmod (angle, 360) + 360, 360);
  most = (fabs (cos (self->line_angle * G_PI / 180)) * width + fabs (sin (self->line_angle * G_PI / 180)) * height) / 2;
  self->line_distance = most > 0 ? CLAMP (distance, -most, most) : distance;
  _vv_canvas_redraw (self);
  _vv_canvas_emit_pair_changed (self);
}

void
vv_canvas_get_line (VvCanvas *self, double *out_distance, double *out_angle)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  *out_distance = self->line_distance;
  *out_angle = self->line_angle;
}

static void
draw_line (VvCanvas *self, cairo_t *cr)
{
  double normal_x, normal_y, x, y;
  double far = gtk_widget_get_width (GTK_WIDGET (self)) + gtk_widget_get_height (GTK_WIDGET (self));

  find_line (self, &normal_x, &normal_y, &x, &y);
  for (int pass = 0; pass < 2; pass++)
    {
      cairo_move_to (cr, x + far * normal_y, y - far * normal_x);
      cairo_line_to (cr, x - far * normal_y, y + far * normal_x);
      cairo_set_line_width (cr, pass == 0 ? 3 : 1);
      cairo_set_source_rgba (cr, pass, pass, pass, pass == 0 ? 0.45 : 0.9);
      cairo_stroke (cr);
    }
  for (int end = -1; end <= 1; end += 2)
    {
      cairo_arc (cr, x - end * knob_distance (self) * normal_y, y + end * knob_distance (self) * normal_x, KNOB, 0, 2 * G_PI);
      cairo_set_source_rgba (cr, 1, 1, 1, 0.85);
      cairo_fill_preserve (cr);
      cairo_set_line_width (cr, 1.5);
      cairo_set_source_rgba (cr, 0, 0, 0, 0.7);
      cairo_stroke (cr);
    }
}

/* --- What is drawn ----------------------------------------------------------------------------------------------- */

static VvBlendMode
find_mode (VvCanvas *self)
{
  if (self->over != NULL && self->over_shown)
    return VV_BLEND_OVER;
  if (!is_paired (self) || self->pairing == VV_PAIRING_BLINK)
    return VV_BLEND_UNDER;
  return self->pairing == VV_PAIRING_WIPE ? VV_BLEND_WIPE : self->pairing == VV_PAIRING_MIX ? VV_BLEND_MIX
                                                                                            : VV_BLEND_EDGES;
}

static void
find_layer (VvCanvas *self, VvCanvas *place, VvDrawn *drawn, VvLayer *layer)
{
  layer->pyramid = self->pyramid;
  vv_view_get_matrix (place == self ? self->view : place->view, &self->anchor, drawn->width, drawn->height, &layer->to_device);
}

void
_vv_canvas_find_drawn (VvCanvas *self, VvDrawn *out_drawn)
{
  int     factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  VvBlend blend = { .mode = find_mode (self) };
  double  normal_x, normal_y;

  _vv_canvas_get_device_size (self, &out_drawn->width, &out_drawn->height);
  if (blend.mode != VV_BLEND_OVER)
    find_layer (self, self, out_drawn, &out_drawn->layers[0]);
  if (blend.mode != VV_BLEND_UNDER)
    find_layer (self->over, self, out_drawn, &out_drawn->layers[1]);
  if (blend.mode == VV_BLEND_MIX || blend.mode == VV_BLEND_EDGES)
    blend.amount = blend.mode == VV_BLEND_MIX ? self->mix : self->faintness;
  if (blend.mode == VV_BLEND_WIPE)
    {
      find_line (self, &normal_x, &normal_y, &blend.line_x, &blend.line_y);
      blend.line_x *= factor;
      blend.line_y *= factor;
      blend.line_angle = self->line_angle;
    }
  out_drawn->blend.mode = blend.mode;
  out_drawn->blend.amount = blend.amount;
  out_drawn->blend.line_x = blend.line_x;
  out_drawn->blend.line_y = blend.line_y;
  out_drawn->blend.line_angle = blend.line_angle;
}

/* In a wipe, what is drawn over a picture stays on its side. */
void
_vv_canvas_clip_to_side (VvCanvas *self, cairo_t *cr)
{
  VvCanvas *place = _vv_canvas_get_place (self);
  double    normal_x, normal_y, x, y;
  double    far = gtk_widget_get_width (GTK_WIDGET (place)) + gtk_widget_get_height (GTK_WIDGET (place));
  double    side = self == place ? -far : far;

  if (place->over == NULL || find_mode (place) != VV_BLEND_WIPE)
    return;
  find_line (place, &normal_x, &normal_y, &x, &y);
  cairo_move_to (cr, x + far * normal_y, y - far * normal_x);
  cairo_line_to (cr, x - far * normal_y, y + far * normal_x);
  cairo_line_to (cr, x - far * normal_y + side * normal_x, y + far * normal_x + side * normal_y);
  cairo_line_to (cr, x + far * normal_y + side * normal_x, y - far * normal_x + side * normal_y);
  cairo_close_path (cr);
  cairo_clip (cr);
}

void
_vv_canvas_draw_pair (VvCanvas *self, cairo_t *cr)
{
  VvBlendMode mode = find_mode (self);

  if (mode != VV_BLEND_OVER && self->pyramid != NULL)
    _vv_canvas_draw_overlays (self, cr);
  /* beside this one, the other draws its own; held in its place, it is seen as it is */
  if (mode != VV_BLEND_UNDER && is_paired (self) && self->over->pyramid != NULL)
    _vv_canvas_draw_overlays (self->over, cr);
  _vv_canvas_draw_marks (self, cr);
  if (mode == VV_BLEND_WIPE)
    draw_line (self, cr);
}

/* --- Which one moves alone -------------------------------------------------------------------------------------- */

VvCanvas *
_vv_canvas_get_mover (VvCanvas *self, gboolean alone, double x, double y)
{
  if (!alone || !is_paired (self))
    return self;
  if (self->over_shown)
    return self->over;
  if (self->pairing == VV_PAIRING_BLINK)
    return self;
  if (self->pairing == VV_PAIRING_WIPE && x >= 0 && y >= 0)
    return distance_to_line (self, x, y) >= 0 ? self->over : self;
  return self->over;
}

/* --- One after the other ---------------------------------------------------------------------------------------- */

static void
change_over (VvCanvas *self)
{
  if (self->over_shown == self->over_wanted)
    return;
  self->over_shown = self->over_wanted;
  self->over_changed = g_get_monotonic_time ();
  _vv_canvas_redraw (self);
  _vv_canvas_emit_pair_changed (self);
}

static gboolean
on_waited_cb (gpointer data)
{
  VvCanvas *self = data;

  self->over_waiting = 0;
  change_over (self);
  return G_SOURCE_REMOVE;
}

static void
want_over (VvCanvas *self, gboolean wanted)
{
  gint64 wait = self->over_changed + CHANGE_AFTER - g_get_monotonic_time ();

  self->over_wanted = wanted && self->over != NULL;
  if (self->over_waiting != 0)
    return;
  if (wait > 0)
    self->over_waiting = g_timeout_add ((guint) (wait / 1000) + 1, on_waited_cb, self);
  else
    change_over (self);
}

static gboolean
on_blink_cb (gpointer data)
{
  VvCanvas *self = data;

  want_over (self, !self->over_wanted);
  return G_SOURCE_CONTINUE;
}

static void
update_blinking (VvCanvas *self)
{
  g_clear_handle_id (&self->blink_source, g_source_remove);
  if (self->blinking && self->pairing == VV_PAIRING_BLINK && self->over != NULL)
    self->blink_source = g_timeout_add ((guint) (1000 / self->blink_rate), on_blink_cb, self);
}

void
vv_canvas_show_over (VvCanvas *self, gboolean show)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  want_over (self, show);
}

gboolean
vv_canvas_shows_over (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), FALSE);

  return self->over_shown;
}

void
vv_canvas_set_blinking (VvCanvas *self, gboolean blinking)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  if (self->blinking == blinking)
    return;
  self->blinking = blinking;
  update_blinking (self);
  _vv_canvas_emit_pair_changed (self);
}

gboolean
vv_canvas_get_blinking (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), FALSE);

  return self->blinking;
}

void
vv_canvas_set_blink_rate (VvCanvas *self, double changes_per_second)
{
  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (isfinite (changes_per_second));

  self->blink_rate = CLAMP (changes_per_second, VV_BLINK_RATE_MIN, VV_BLINK_RATE_MAX);
  update_blinking (self);
  _vv_canvas_emit_pair_changed (self);
}

double
vv_canvas_get_blink_rate (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), VV_BLINK_RATE_MIN);

  return self->blink_rate;
}

/* --- The pair ----------------------------------------------------------------------------------------------------- */

void
_vv_canvas_init_pair (VvCanvas *self)
{
  self->mix = 0.5;
  self->faintness = 0.6;
  self->blink_rate = 2;
}

void
_vv_canvas_dispose_pair (VvCanvas *self)
{
  vv_canvas_set_over (self, NULL);
  if (self->under != NULL)
    vv_canvas_set_over (self->under, NULL);
}

void
vv_canvas_set_over (VvCanvas *self, VvCanvas *over)
{
  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (over == NULL || (VV_IS_CANVAS (over) && over != self && over->under == NULL));

  if (self->over != NULL)
    self->over->under = NULL;
  g_clear_object (&self->over);
  g_clear_handle_id (&self->over_waiting, g_source_remove);
  self->over_shown = self->over_wanted = FALSE;
  if (over != NULL)
    {
      self->over = g_object_ref (over);
      over->under = self;
    }
  update_blinking (self);
  _vv_canvas_redraw (self);
}

void
vv_canvas_set_pairing (VvCanvas *self, VvPairing pairing)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  if (self->pairing == pairing)
    return;
  self->pairing = pairing;
  update_blinking (self);
  want_over (self, FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
  _vv_canvas_redraw (self);
  _vv_canvas_emit_pair_changed (self);
}

VvPairing
vv_canvas_get_pairing (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), VV_PAIRING_NONE);

  return self->pairing;
}

void
vv_canvas_set_amount (VvCanvas *self, double amount)
{
  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (isfinite (amount));

  if (vv_canvas_get_amount (self) == CLAMP (amount, 0, 1))
    return;
  if (self->pairing == VV_PAIRING_EDGES)
    self->faintness = CLAMP (amount, 0, 1);
  else
    self->mix = CLAMP (amount, 0, 1);
  _vv_canvas_redraw (self);
  _vv_canvas_emit_pair_changed (self);
}

double
vv_canvas_get_amount (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), 0);

  return self->pairing == VV_PAIRING_EDGES ? self->faintness : self->mix;
}

void
vv_canvas_step_pair (VvCanvas *self, int step, gboolean turn)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  switch (self->pairing)
    {
    case VV_PAIRING_WIPE:
      vv_canvas_set_line (self, self->line_distance + (turn ? 0 : step * LINE_STEP), self->line_angle + (turn ? step * LINE_TURN : 0));
      break;
    case VV_PAIRING_BLINK:
      vv_canvas_set_blink_rate (self, self->blink_rate + step * RATE_STEP);
      break;
    case VV_PAIRING_MIX:
    case VV_PAIRING_EDGES:
      /* counted in steps, so that there and back is the same */
      vv_canvas_set_amount (self, round (vv_canvas_get_amount (self) / AMOUNT_STEP + step) * AMOUNT_STEP);
      break;
    case VV_PAIRING_NONE:
    default:
      break;
    }
}
