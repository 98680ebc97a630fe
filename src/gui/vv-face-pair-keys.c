// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <string.h>

#include "vv-face-pair-private.h"

/* --- Actions ------------------------------------------------------------------------------------------------------- */

/* Fewer, more: of whatever the way of looking has. */
static void
step_look (VvFacePair *self, int step, gboolean turn)
{
  if (self->look == VV_LOOK_STRIPS)
    vv_feature_strips_step (self->strips, step);
  else if (self->look == VV_LOOK_GRID)
    vv_face_grid_step (self->grid, step);
  else
    vv_canvas_step_pair (self->probe, step, turn);
}

static void
step_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gboolean less = g_str_equal (name, "pair.less") || g_str_equal (name, "pair.line-left");

  step_look (VV_FACE_PAIR (widget), less ? -1 : 1, g_str_has_prefix (name, "pair.line-"));
}

static void
toggle_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvFacePair      *self = VV_FACE_PAIR (widget);
  GtkToggleButton *button = g_str_equal (name, "pair.link") ? self->link : self->landmarks;

  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
}

VvCanvas *
_vv_face_pair_canvas (VvFacePair *self)
{
  if (self->look == VV_LOOK_STRIPS)
    return vv_feature_strips_get_canvas (self->strips);
  if (self->look == VV_LOOK_GRID && vv_face_grid_get_canvas (self->grid) != NULL)
    return vv_face_grid_get_canvas (self->grid);
  return gtk_widget_has_focus (GTK_WIDGET (self->candidate)) ? self->candidate : self->probe;
}

static void
move_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvFacePair      *self = VV_FACE_PAIR (widget);
  g_autofree char *action = g_strdup_printf ("canvas.%s", name + strlen ("pair."));

  gtk_widget_activate_action (GTK_WIDGET (_vv_face_pair_canvas (self)), action, NULL);
  if (g_str_equal (action, "canvas.reset") && !gtk_toggle_button_get_active (self->link))
    vv_canvas_reset (self->candidate);
}

void
_vv_face_pair_install_actions (GtkWidgetClass *widget_class)
{
  static const char *const steps[] = { "pair.less", "pair.more", "pair.line-left", "pair.line-right" };
  static const char *const moves[] = { "pair.zoom-in", "pair.zoom-out", "pair.reset", "pair.actual-size" };

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_install_action (widget_class, moves[i], NULL, move_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_install_action (widget_class, steps[i], NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "pair.landmarks", NULL, toggle_cb);
  gtk_widget_class_install_action (widget_class, "pair.link", NULL, toggle_cb);
}

/* --- Keys ---------------------------------------------------------------------------------------------------------- */

/* 1, 2, 3 ..., also on the keypad; -1 for other keys. */
static int
look_of_key (guint key)
{
  if (key >= GDK_KEY_1 && key < GDK_KEY_1 + VV_N_LOOKS)
    return (int) (key - GDK_KEY_1);
  if (key >= GDK_KEY_KP_1 && key < GDK_KEY_KP_1 + VV_N_LOOKS)
    return (int) (key - GDK_KEY_KP_1);
  return -1;
}

gboolean
vv_face_pair_key (VvFacePair *self, guint key, GdkModifierType state, gboolean down)
{
  static const struct
  {
    guint       key;
    const char *action;
  } acts[] = {
    { GDK_KEY_l, "pair.landmarks" },
    { GDK_KEY_k, "pair.link" },
    { GDK_KEY_plus, "pair.zoom-in" },
    { GDK_KEY_equal, "pair.zoom-in" },
    { GDK_KEY_KP_Add, "pair.zoom-in" },
    { GDK_KEY_minus, "pair.zoom-out" },
    { GDK_KEY_KP_Subtract, "pair.zoom-out" },
    { GDK_KEY_0, "pair.reset" },
    { GDK_KEY_KP_0, "pair.reset" },
    { GDK_KEY_slash, "pair.actual-size" },
    { GDK_KEY_comma, "pair.less" },
    { GDK_KEY_period, "pair.more" },
    { GDK_KEY_less, "pair.line-left" },
    { GDK_KEY_greater, "pair.line-right" },
  };

  g_return_val_if_fail (VV_IS_FACE_PAIR (self), FALSE);
  key = gdk_keyval_to_lower (key);
  if (key == GDK_KEY_o)
    {
      self->original = down;
      _vv_face_pair_show_marks (self);
      _vv_face_pair_show_overlays (self);
      vv_adjust_panel_hold_original (self->adjust[0], down);
      vv_adjust_panel_hold_original (self->adjust[1], down);
      return TRUE;
    }
  if (down &&
      (_vv_face_pair_mark_key (self, key, state) ||
       _vv_face_pair_points_key (self, key, state) ||
       _vv_face_pair_facts_key (self, key, state)))
    return TRUE;
  if (key == GDK_KEY_a && down && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0)
    {
      GtkToggleButton *toggle = self->adjust_toggle[(state & GDK_SHIFT_MASK) != 0 ? 1 : 0];

      gtk_toggle_button_set_active (toggle, !gtk_toggle_button_get_active (toggle));
      return TRUE;
    }
  if (key == GDK_KEY_i && down && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0)
    {
      gtk_toggle_button_set_active (self->read, !gtk_toggle_button_get_active (self->read));
      return TRUE;
    }
  if (key == GDK_KEY_b && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0)
    {
      vv_canvas_show_over (self->probe, down);
      return TRUE;
    }
  if (down && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 && look_of_key (key) >= 0)
    {
      _vv_face_pair_choose_look (self, (VvLook) look_of_key (key));
      return TRUE;
    }
  for (gsize i = 0; down && i < G_N_ELEMENTS (acts); i++)
    if (acts[i].key == key && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0)
      return gtk_widget_activate_action (GTK_WIDGET (self), acts[i].action, NULL);
  return FALSE;
}
