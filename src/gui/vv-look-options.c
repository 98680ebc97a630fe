// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-look-options.h"
#include "vv-parts.h"

struct _VvLookOptions
{
  AdwBin     parent_instance;
  GtkWidget *aid; /* badge */
  GtkLabel  *hint;
  GtkWidget *upright, *level; /* wipe */
  GtkWidget *blinking;        /* toggle */
  GtkLabel  *left, *right;    /* what the ends of the slider mean */
  GtkScale  *slider;
  VvCanvas  *canvas; /* (unowned) (nullable) */
  VvLook     look;
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (VvLookOptions, vv_look_options, ADW_TYPE_BIN)

/* The widgets say what the canvas has, which may come from a key. */
static void
fill (VvLookOptions *self)
{
  GtkRange *range = GTK_RANGE (self->slider);

  self->filling = TRUE;
  if (self->look == VV_LOOK_BLINK)
    gtk_range_set_value (range, vv_canvas_get_blink_rate (self->canvas));
  else if (self->look == VV_LOOK_OVERLAY || self->look == VV_LOOK_EDGES)
    gtk_range_set_value (range, vv_canvas_get_amount (self->canvas));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->blinking), vv_canvas_get_blinking (self->canvas));
  self->filling = FALSE;
}

static void
on_slid_cb (VvLookOptions *self)
{
  double value = gtk_range_get_value (GTK_RANGE (self->slider));

  if (self->filling || self->canvas == NULL)
    return;
  if (self->look == VV_LOOK_BLINK)
    vv_canvas_set_blink_rate (self->canvas, value);
  else
    vv_canvas_set_amount (self->canvas, value);
}

static void
on_blinking_cb (VvLookOptions *self)
{
  if (!self->filling && self->canvas != NULL)
    vv_canvas_set_blinking (self->canvas, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->blinking)));
}

static void
on_upright_cb (VvLookOptions *self)
{
  vv_canvas_set_line (self->canvas, 0, 0);
}

static void
on_level_cb (VvLookOptions *self)
{
  vv_canvas_set_line (self->canvas, 0, 90);
}

/* --- The row ------------------------------------------------------------------------------------------------- */

static GtkLabel *
add_label (GtkBox *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static GtkWidget *
add_button (VvLookOptions *self, GtkBox *box, GtkWidget *button, const char *name, const char *tooltip)
{
  gtk_button_set_label (GTK_BUTTON (button), name);
  vv_parts_name (button, name);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_box_append (box, button);
  return button;
}

static GtkScale *
add_slider (VvLookOptions *self, GtkBox *box)
{
  GtkWidget *slider = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.05);

  gtk_widget_set_size_request (slider, 160, -1);
  gtk_widget_set_focus_on_click (slider, FALSE);
  gtk_box_append (box, slider);
  g_signal_connect_swapped (slider, "value-changed", G_CALLBACK (on_slid_cb), self);
  return GTK_SCALE (slider);
}

static void
vv_look_options_class_init (VvLookOptionsClass *class)
{
}

static void
vv_look_options_init (VvLookOptions *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));

  gtk_widget_add_css_class (GTK_WIDGET (box), "look-options");
  self->aid = GTK_WIDGET (add_label (box, "aid"));
  gtk_label_set_text (GTK_LABEL (self->aid), _ ("Viewing aid"));
  gtk_widget_set_valign (self->aid, GTK_ALIGN_CENTER);
  self->hint = add_label (box, "caption");
  gtk_label_set_xalign (self->hint, 0);
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->hint), TRUE);
  self->upright = add_button (self, box, gtk_button_new (), _ ("Upright"), _ ("The line in the middle, from top to bottom"));
  self->level = add_button (self, box, gtk_button_new (), _ ("Level"), _ ("The line in the middle, from left to right"));
  self->blinking = add_button (self, box, gtk_toggle_button_new (), _ ("By itself"), _ ("Change between the faces without a key (3)"));
  self->left = add_label (box, "caption");
  self->slider = add_slider (self, box);
  self->right = add_label (box, "caption");
  g_signal_connect_swapped (self->upright, "clicked", G_CALLBACK (on_upright_cb), self);
  g_signal_connect_swapped (self->level, "clicked", G_CALLBACK (on_level_cb), self);
  g_signal_connect_swapped (self->blinking, "toggled", G_CALLBACK (on_blinking_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
}

void
vv_look_options_set_canvas (VvLookOptions *self, VvCanvas *canvas)
{
  g_return_if_fail (VV_IS_LOOK_OPTIONS (self));
  g_return_if_fail (VV_IS_CANVAS (canvas));

  self->canvas = canvas;
  g_signal_connect_object (canvas, "pair-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
}

static void
show_slider (VvLookOptions *self, double low, double high, double step, const char *name, const char *left, const char *right)
{
  self->filling = TRUE;
  gtk_range_set_range (GTK_RANGE (self->slider), low, high);
  gtk_range_set_increments (GTK_RANGE (self->slider), step, step);
  self->filling = FALSE;
  vv_parts_name (GTK_WIDGET (self->slider), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->slider), name);
  gtk_label_set_text (self->left, left);
  gtk_label_set_text (self->right, right);
}

void
vv_look_options_show (VvLookOptions *self, VvLook look)
{
  gboolean slides = look == VV_LOOK_BLINK || look == VV_LOOK_OVERLAY || look == VV_LOOK_EDGES;

  g_return_if_fail (VV_IS_LOOK_OPTIONS (self));
  g_return_if_fail (self->canvas != NULL);

  self->look = look;
  if (look == VV_LOOK_BLINK)
    show_slider (self, VV_BLINK_RATE_MIN, VV_BLINK_RATE_MAX, 0.5, _ ("Changes per second (, and .)"), _ ("slow"), _ ("fast"));
  else if (look == VV_LOOK_OVERLAY)
    show_slider (self, 0, 1, 0.05, _ ("How much the candidate shines through (, and .)"), _ ("Probe"), _ ("Candidate"));
  else if (look == VV_LOOK_EDGES)
    show_slider (self, 0, 1, 0.05, _ ("How faint an edge is still drawn (, and .)"), _ ("strong"), _ ("faint"));
  gtk_label_set_text (self->hint, vv_look_hint (look));
  gtk_widget_set_visible (self->aid, vv_look_is_aid (look));
  gtk_widget_set_visible (self->upright, look == VV_LOOK_WIPE);
  gtk_widget_set_visible (self->level, look == VV_LOOK_WIPE);
  gtk_widget_set_visible (self->blinking, look == VV_LOOK_BLINK);
  gtk_widget_set_visible (GTK_WIDGET (self->left), slides);
  gtk_widget_set_visible (GTK_WIDGET (self->slider), slides);
  gtk_widget_set_visible (GTK_WIDGET (self->right), slides);
  fill (self);
}
