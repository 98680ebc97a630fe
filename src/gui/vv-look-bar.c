// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-look-bar.h"
#include "vv-parts.h"

struct _VvLookBar
{
  AdwBin           parent_instance;
  GtkToggleButton *buttons[VV_N_LOOKS];
  gboolean         choosing;
};

G_DEFINE_FINAL_TYPE (VvLookBar, vv_look_bar, ADW_TYPE_BIN)

static guint signal_chosen;

static void
on_toggled_cb (VvLookBar *self, GtkToggleButton *button)
{
  if (self->choosing || !gtk_toggle_button_get_active (button))
    return;
  for (int look = 0; look < VV_N_LOOKS; look++)
    if (self->buttons[look] == button)
      g_signal_emit (self, signal_chosen, 0, look);
}

static GtkToggleButton *
make_button (VvLookBar *self, VvLook look)
{
  GtkWidget       *button = gtk_toggle_button_new_with_label (vv_look_title (look));
  g_autofree char *tooltip = g_strdup_printf ("%s (%d)", vv_look_hint (look), (int) look + 1);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_focus_on_click (button, FALSE);
  vv_parts_name (button, vv_look_title (look));
  if (look > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->buttons[0]);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled_cb), self);
  return GTK_TOGGLE_BUTTON (button);
}

static void
vv_look_bar_class_init (VvLookBarClass *class)
{
  signal_chosen = g_signal_new ("chosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
vv_look_bar_init (VvLookBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_add_css_class (box, "looks");
  vv_parts_name (box, _ ("Ways of looking"));
  for (int look = 0; look < VV_N_LOOKS; look++)
    {
      self->buttons[look] = make_button (self, (VvLook) look);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons[look]));
    }
  adw_bin_set_child (ADW_BIN (self), box);
  vv_look_bar_choose (self, VV_LOOK_SIDE);
}

void
vv_look_bar_choose (VvLookBar *self, VvLook look)
{
  g_return_if_fail (VV_IS_LOOK_BAR (self));
  g_return_if_fail (look < VV_N_LOOKS);

  self->choosing = TRUE;
  gtk_toggle_button_set_active (self->buttons[look], TRUE);
  self->choosing = FALSE;
}
