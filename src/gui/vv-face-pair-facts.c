// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-face-pair-private.h"
#include "vv-json.h"

/* Left of each picture, when asked for: what its file says of itself and what can be measured. And the colour of a place in it, for
 * the white balance. */

#define CARD 2 /* pixels around the place that are looked at */

/* The mean of a place and of what lies around it. */
static void
take_colour (VvCanvas *canvas, double x, double y, int *out_means)
{
  cairo_matrix_t   matrix;
  int              shift, n = 0;
  const VvPicture *picture = vv_pyramid_get_level (vv_canvas_get_pyramid (canvas), 0, &shift);

  vv_canvas_get_matrix (canvas, &matrix);
  if (cairo_matrix_invert (&matrix) == CAIRO_STATUS_SUCCESS)
    cairo_matrix_transform_point (&matrix, &x, &y);
  for (int row = MAX ((int) y - CARD, 0); row <= MIN ((int) y + CARD, picture->height - 1); row++)
    for (int column = MAX ((int) x - CARD, 0); column <= MIN ((int) x + CARD, picture->width - 1); column++, n++)
      for (int c = 0; c < 3; c++)
        out_means[c] += vv_picture_row (picture, row)[4 * column + c];
  for (int c = 0; c < 3; c++)
    out_means[c] = n > 0 ? (out_means[c] + n / 2) / n : 0;
}

static void
on_pressed_cb (VvFacePair *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *canvas = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  int        side = canvas == GTK_WIDGET (self->probe) ? 0 : 1;
  int        means[3] = { 0 };

  if (!vv_adjust_panel_is_picking (self->adjust[side]) || vv_canvas_get_pyramid (VV_CANVAS (canvas)) == NULL)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  take_colour (VV_CANVAS (canvas), x, y, means);
  vv_adjust_panel_pick (self->adjust[side], means[2], means[1], means[0]);
}

static void
add_picking (VvFacePair *self, VvCanvas *canvas)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (canvas), GTK_EVENT_CONTROLLER (click));
}

static void
add_side (VvFacePair *self, int side, GtkOverlay *place, const char *title)
{
  GtkWidget *pictures = gtk_widget_get_parent (GTK_WIDGET (place));
  GtkWidget *panel = vv_picture_facts_new ();
  GtkWidget *toggle = gtk_check_button_new_with_label (title);

  self->facts[side] = VV_PICTURE_FACTS (panel);
  self->facts_toggle[side] = GTK_CHECK_BUTTON (toggle);
  gtk_box_insert_child_after (GTK_BOX (pictures), panel, gtk_widget_get_prev_sibling (GTK_WIDGET (self->adjust[side])));
  gtk_box_append (GTK_BOX (self->show), toggle);
  g_object_bind_property (toggle, "active", panel, "visible", G_BINDING_SYNC_CREATE);
}

void
_vv_face_pair_init_facts (VvFacePair *self)
{
  add_picking (self, self->probe);
  add_picking (self, self->candidate);
  add_side (self, 0, self->left_place, _ ("File and quality of the probe (Q)"));
  add_side (self, 1, self->right_place, _ ("File and quality of the candidate’s picture (Shift+Q)"));
}

void
_vv_face_pair_ask_facts (VvFacePair *self, int side)
{
  JsonObject *what = side == 0 ? vv_json_new ("media", "i", self->media, NULL) : vv_json_new ("candidate", "s", self->letters, NULL);

  vv_picture_facts_set (self->facts[side], self->desk, self->request, what);
}

gboolean
_vv_face_pair_facts_key (VvFacePair *self, guint key, GdkModifierType state)
{
  GtkCheckButton *toggle = self->facts_toggle[(state & GDK_SHIFT_MASK) != 0 ? 1 : 0];

  if (key != GDK_KEY_q || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  gtk_check_button_set_active (toggle, !gtk_check_button_get_active (toggle));
  return TRUE;
}
