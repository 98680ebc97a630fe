// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-face-pair-private.h"
#include "vv-json.h"

/* Left of each picture, when asked for: what its file says of itself and what can be measured. */

static void
add_side (VvFacePair *self, int side, GtkOverlay *place, const char *title)
{
  GtkWidget *pictures = gtk_widget_get_parent (GTK_WIDGET (place));
  GtkWidget *panel = vv_picture_facts_new ();
  GtkWidget *toggle = gtk_check_button_new_with_label (title);

  self->facts[side] = VV_PICTURE_FACTS (panel);
  self->facts_toggle[side] = GTK_CHECK_BUTTON (toggle);
  gtk_box_insert_child_after (GTK_BOX (pictures), panel, gtk_widget_get_prev_sibling (GTK_WIDGET (place)));
  gtk_box_append (GTK_BOX (self->show), toggle);
  g_object_bind_property (toggle, "active", panel, "visible", G_BINDING_SYNC_CREATE);
}

void
_vv_face_pair_init_facts (VvFacePair *self)
{
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
