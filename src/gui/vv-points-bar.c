// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-parts.h"
#include "vv-points-bar.h"

struct _VvPointsBar
{
  AdwBin           parent_instance;
  GtkLabel        *text;
  GtkToggleButton *states[VV_N_POINT_STATES];
  GtkEditable     *why;
  GtkWidget       *reset;
  gboolean         filling;
};

G_DEFINE_FINAL_TYPE (VvPointsBar, vv_points_bar, ADW_TYPE_BIN)

enum
{
  STATE,
  WHY,
  ACT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_state_cb (VvPointsBar *self, GtkToggleButton *button)
{
  for (int state = 0; !self->filling && state < VV_N_POINT_STATES; state++)
    if (self->states[state] == button && gtk_toggle_button_get_active (button))
      g_signal_emit (self, signals[STATE], 0, state);
}

static void
on_why_cb (VvPointsBar *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[WHY], 0);
}

static void
on_act_cb (VvPointsBar *self, GtkWidget *button)
{
  g_signal_emit (self, signals[ACT], 0, gtk_widget_get_name (button));
}

static GtkWidget *
add_act (VvPointsBar *self, GtkBox *box, const char *act, const char *label, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_name (button, act);
  vv_parts_name (button, label);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_focus_on_click (button, FALSE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_act_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, button);
  return button;
}

static void
add_states (VvPointsBar *self, GtkBox *box)
{
  static const struct
  {
    const char *title, *tooltip;
  } words[VV_N_POINT_STATES] = {
    { N_ ("Automatic"), N_ ("Back to where the program found the point (Delete)") },
    { N_ ("Seen"), N_ ("The point is seen where it was placed (S)") },
    { N_ ("Estimated"), N_ ("The place of the point is an estimate (E)") },
    { N_ ("Not visible"), N_ ("What the point stands for is not visible in the picture (N)") },
  };
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (linked, "linked");
  gtk_widget_set_valign (linked, GTK_ALIGN_CENTER);
  for (int state = 0; state < VV_N_POINT_STATES; state++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (words[state].title));

      self->states[state] = GTK_TOGGLE_BUTTON (button);
      vv_parts_name (button, _ (words[state].title));
      gtk_widget_set_tooltip_text (button, _ (words[state].tooltip));
      gtk_widget_set_focus_on_click (button, FALSE);
      if (state > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->states[0]);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_state_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (linked), button);
    }
  gtk_box_append (box, linked);
}

static void
vv_points_bar_class_init (VvPointsBarClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  signals[STATE] = g_signal_new ("state", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[WHY] = g_signal_new ("why", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACT] = g_signal_new ("act", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
vv_points_bar_init (VvPointsBar *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4));

  gtk_widget_add_css_class (GTK_WIDGET (box), "look-options");
  gtk_widget_add_css_class (GTK_WIDGET (box), "points-bar");
  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->text, 0);
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_width_chars (self->text, 14);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "caption");
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_box_append (box, GTK_WIDGET (self->text));
  add_states (self, box);
  self->why = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->why), _ ("Why points were moved"));
  vv_parts_name (GTK_WIDGET (self->why), _ ("Why points of this picture were moved"));
  gtk_editable_set_width_chars (self->why, 12);
  gtk_widget_set_valign (GTK_WIDGET (self->why), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->why, "changed", G_CALLBACK (on_why_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (self->why));
  (void) add_act (self, box, "mark", _ ("Mark a face"),
                  _ ("Draw a box around a face that was not found, or another face than the one that was; then place both eyes"));
  self->reset = add_act (self, box, "reset", _ ("Reset"), _ ("Everything in this picture as the program found it; Ctrl+Z undoes it"));
  (void) add_act (self, box, "done", _ ("Done"), _ ("Stop moving points (Esc)"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
}

GtkWidget *
vv_points_bar_new (void)
{
  return g_object_new (VV_TYPE_POINTS_BAR, NULL);
}

void
vv_points_bar_show (VvPointsBar *self, const char *text, gboolean chosen, VvPointState state, gboolean edited)
{
  g_return_if_fail (VV_IS_POINTS_BAR (self));
  g_return_if_fail (state < VV_N_POINT_STATES);

  self->filling = TRUE;
  gtk_label_set_text (self->text, text);
  gtk_toggle_button_set_active (self->states[state], TRUE);
  for (int i = 0; i < VV_N_POINT_STATES; i++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->states[i]), chosen);
  gtk_widget_set_sensitive (self->reset, edited);
  gtk_widget_set_visible (GTK_WIDGET (self->why), edited);
  self->filling = FALSE;
}

void
vv_points_bar_set_why (VvPointsBar *self, const char *why)
{
  g_return_if_fail (VV_IS_POINTS_BAR (self));

  if (g_strcmp0 (gtk_editable_get_text (self->why), why != NULL ? why : "") == 0)
    return;
  self->filling = TRUE;
  gtk_editable_set_text (self->why, why != NULL ? why : "");
  self->filling = FALSE;
}

const char *
vv_points_bar_get_why (VvPointsBar *self)
{
  g_return_val_if_fail (VV_IS_POINTS_BAR (self), "");
  return gtk_editable_get_text (self->why);
}
