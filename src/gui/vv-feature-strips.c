// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-feature-strips.h"
#include "vv-parts.h"

struct _VvFeatureStrips
{
  AdwBin       parent_instance;
  GtkDropDown *chooser;
  GtkLabel    *note;
  GtkWidget   *columns[2];   /* left and right */
  VvCanvas    *strips[2][2]; /* by face (probe, candidate) and side */
  GtkLabel    *captions[2][2];
  VvView      *views[2]; /* by side */
  VvFace       faces[2];
  gboolean     has[2];
  VvPart       part;
  gboolean     following;
};

G_DEFINE_FINAL_TYPE (VvFeatureStrips, vv_feature_strips, ADW_TYPE_BIN)

/* Both sides are looked at alike: as far from home, as large, as slanted. */
static void
on_moved_cb (VvView *view, VvFeatureStrips *self)
{
  VvView *other = self->views[view == self->views[0] ? 1 : 0];
  double  x, y, home_x, home_y, other_x, other_y, width, height;

  if (self->following)
    return;
  vv_view_get_centre (view, &x, &y);
  vv_view_get_home (view, &home_x, &home_y, &width, &height);
  vv_view_get_home (other, &other_x, &other_y, &width, &height);
  self->following = TRUE;
  vv_view_set (other, x - home_x + other_x, y - home_y + other_y, vv_view_get_scale (view), vv_view_get_rotation (view),
               vv_view_get_fit (view));
  self->following = FALSE;
}

/* Where the part lies in these two faces. */
static void
find_homes (VvFeatureStrips *self)
{
  const VvFace *faces[2] = { self->has[0] ? &self->faces[0] : NULL, self->has[1] ? &self->faces[1] : NULL };
  gboolean      known = TRUE;

  for (int side = 0; side < 2; side++)
    {
      VvBox box;

      known = vv_part_find (self->part, side, faces, &box) && known;
      vv_view_set_home (self->views[side], box.x + box.width / 2, box.y + box.height / 2, box.width, box.height);
    }
  gtk_label_set_text (self->note, known ? "" : _ ("A face has no landmarks: its part may lie elsewhere. Move it alone with Ctrl."));
}

static void
show_part (VvFeatureStrips *self)
{
  find_homes (self);
  gtk_widget_set_visible (self->columns[1], vv_part_is_paired (self->part));
  vv_canvas_show_home (self->strips[0][0]);
}

static void
on_chosen_cb (VvFeatureStrips *self)
{
  guint part = gtk_drop_down_get_selected (self->chooser);

  if (part >= VV_N_PARTS || part == self->part)
    return;
  self->part = (VvPart) part;
  show_part (self);
}

/* --- The widget ---------------------------------------------------------------------------------------------- */

static GtkWidget *
make_strip (VvFeatureStrips *self, int face, int side)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *canvas = vv_canvas_new ();
  GtkWidget *caption = gtk_label_new (NULL);

  vv_canvas_set_view (VV_CANVAS (canvas), self->views[side]);
  vv_canvas_set_overlays (VV_CANVAS (canvas), VV_OVERLAY_NONE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), canvas);
  gtk_widget_set_halign (caption, GTK_ALIGN_START);
  gtk_widget_set_valign (caption, GTK_ALIGN_START);
  gtk_widget_set_can_target (caption, FALSE);
  gtk_widget_add_css_class (caption, "caption-on-picture");
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), caption);
  self->strips[face][side] = VV_CANVAS (canvas);
  self->captions[face][side] = GTK_LABEL (caption);
  return overlay;
}

static GtkWidget *
make_column (VvFeatureStrips *self, int side)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_set_homogeneous (GTK_BOX (column), TRUE);
  for (int face = 0; face < 2; face++)
    gtk_box_append (GTK_BOX (column), make_strip (self, face, side));
  self->columns[side] = column;
  return column;
}

static GtkWidget *
make_head (VvFeatureStrips *self)
{
  GtkWidget     *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkStringList *titles = gtk_string_list_new (NULL);
  GtkWidget     *note = gtk_label_new (NULL);

  for (int part = 0; part < VV_N_PARTS; part++)
    gtk_string_list_append (titles, vv_part_title ((VvPart) part));
  self->chooser = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (titles), NULL));
  gtk_drop_down_set_selected (self->chooser, self->part);
  vv_parts_name (GTK_WIDGET (self->chooser), _ ("Part of the face"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->chooser), _ ("The part that is shown (, and . step)"));
  g_signal_connect_swapped (self->chooser, "notify::selected", G_CALLBACK (on_chosen_cb), self);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_widget_set_hexpand (note, TRUE);
  gtk_widget_add_css_class (note, "caption");
  self->note = GTK_LABEL (note);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->chooser));
  gtk_box_append (GTK_BOX (head), note);
  gtk_widget_add_css_class (head, "look-options");
  return head;
}

static void
vv_feature_strips_dispose (GObject *object)
{
  VvFeatureStrips *self = VV_FEATURE_STRIPS (object);

  for (int side = 0; side < 2; side++)
    if (self->views[side] != NULL)
      g_signal_handlers_disconnect_by_data (self->views[side], self);
  g_clear_object (&self->views[0]);
  g_clear_object (&self->views[1]);
  G_OBJECT_CLASS (vv_feature_strips_parent_class)->dispose (object);
}

static void
vv_feature_strips_class_init (VvFeatureStripsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = vv_feature_strips_dispose;
}

static void
vv_feature_strips_init (VvFeatureStrips *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  self->part = VV_PART_EYES;
  for (int side = 0; side < 2; side++)
    {
      self->views[side] = vv_view_new (VV_FRAME_FACE);
      gtk_box_append (GTK_BOX (columns), make_column (self, side));
    }
  for (int side = 0; side < 2; side++)
    g_signal_connect (self->views[side], "changed", G_CALLBACK (on_moved_cb), self);
  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_widget_set_vexpand (columns, TRUE);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), columns);
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
put (VvFeatureStrips *self, int which, VvCanvas *from, const VvFace *face)
{
  VvPyramid *pyramid = vv_canvas_get_pyramid (from);
  VvAnchor   anchor = vv_canvas_get_anchor (from);

  self->has[which] = face != NULL;
  if (face != NULL)
    self->faces[which] = *face;
  for (int side = 0; side < 2; side++)
    {
      VvCanvas   *strip = self->strips[which][side];
      const char *label = vv_canvas_get_label (from);

      vv_canvas_set_label (strip, label);
      gtk_label_set_text (self->captions[which][side], label);
      if (pyramid == NULL)
        vv_canvas_set_picture (strip, NULL, NULL, 0, -1);
      else
        vv_canvas_set_pyramid (strip, pyramid, face, face != NULL ? 1 : 0, face != NULL ? 0 : -1);
      vv_canvas_set_overlays (strip, vv_canvas_get_overlays (from));
      if (pyramid != NULL)
        vv_canvas_set_anchor (strip, &anchor);
    }
}

void
vv_feature_strips_set (VvFeatureStrips *self,
                       VvCanvas        *probe,
                       const VvFace    *probe_face,
                       VvCanvas        *candidate,
                       const VvFace    *candidate_face)
{
  g_return_if_fail (VV_IS_FEATURE_STRIPS (self));

  put (self, 0, probe, probe_face);
  put (self, 1, candidate, candidate_face);
  find_homes (self);
  if (vv_view_get_fit (self->views[0]) == VV_FIT_RESET)
    vv_canvas_show_home (self->strips[0][0]);
}

void
vv_feature_strips_clear (VvFeatureStrips *self)
{
  g_return_if_fail (VV_IS_FEATURE_STRIPS (self));

  for (int face = 0; face < 2; face++)
    for (int side = 0; side < 2; side++)
      vv_canvas_set_picture (self->strips[face][side], NULL, NULL, 0, -1);
}

void
vv_feature_strips_choose (VvFeatureStrips *self, VvPart part)
{
  g_return_if_fail (VV_IS_FEATURE_STRIPS (self));
  g_return_if_fail (part < VV_N_PARTS);

  gtk_drop_down_set_selected (self->chooser, part);
}

VvPart
vv_feature_strips_get_part (VvFeatureStrips *self)
{
  g_return_val_if_fail (VV_IS_FEATURE_STRIPS (self), VV_PART_EYES);

  return self->part;
}

void
vv_feature_strips_step (VvFeatureStrips *self, int by)
{
  g_return_if_fail (VV_IS_FEATURE_STRIPS (self));

  vv_feature_strips_choose (self, (VvPart) (((int) self->part + by % VV_N_PARTS + VV_N_PARTS) % VV_N_PARTS));
}

VvCanvas *
vv_feature_strips_get_canvas (VvFeatureStrips *self)
{
  g_return_val_if_fail (VV_IS_FEATURE_STRIPS (self), NULL);

  return self->strips[0][0];
}

VvCanvas *
vv_feature_strips_get_strip (VvFeatureStrips *self, int face, int side)
{
  g_return_val_if_fail (VV_IS_FEATURE_STRIPS (self), NULL);
  g_return_val_if_fail (face >= 0 && face < 2 && side >= 0 && side < 2, NULL);

  return self->strips[face][side];
}
