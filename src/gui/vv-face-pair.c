// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "vv-face-pair-private.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-readout.h"

/* Pictures of candidates that are kept; a repository photograph is seldom over 2 megapixels (8 MB). */
#define KEPT 6

typedef struct
{
  char      *letters;
  VvPicture *picture;
} VvKept;

G_DEFINE_FINAL_TYPE (VvFacePair, vv_face_pair, ADW_TYPE_BIN)

static guint signal_adjusted;

/* --- Pictures that are kept ---------------------------------------------------------------------------------- */

static void
free_kept (gpointer data)
{
  VvKept *kept = data;

  g_free (kept->letters);
  vv_picture_unref (kept->picture);
  g_free (kept);
}

static VvPicture *
kept_picture (VvFacePair *self, const char *letters)
{
  for (GList *each = self->kept.head; each != NULL; each = each->next)
    if (g_strcmp0 (((VvKept *) each->data)->letters, letters) == 0)
      return ((VvKept *) each->data)->picture;
  return NULL;
}

static void
keep_picture (VvFacePair *self, const char *letters, VvPicture *picture)
{
  VvKept *kept;

  if (kept_picture (self, letters) != NULL)
    return;
  kept = g_new (VvKept, 1);
  kept->letters = g_strdup (letters);
  kept->picture = vv_picture_ref (picture);
  g_queue_push_head (&self->kept, kept);
  if (self->kept.length > KEPT)
    free_kept (g_queue_pop_tail (&self->kept));
}

/* --- Putting them on the canvases ------------------------------------------------------------------------------ */

/* What cannot be done with these two pictures, in a sentence. */
static void
show_note (VvFacePair *self)
{
  VvFace      face;
  gboolean    probe = self->faces == NULL || _vv_face_pair_read_face (self, "probe", &face);
  gboolean    candidate = self->faces == NULL || _vv_face_pair_read_face (self, "candidate", &face);
  const char *text = "";

  if (!probe && !candidate)
    text = _ ("No face is known in either picture. Mark the faces (T), or move one alone with Ctrl until they lie alike.");
  else if (!probe)
    text = _ ("No face is known in the probe. Mark it (T), or move it alone with Ctrl until the faces lie alike.");
  else if (!candidate)
    text = _ ("No face is known in the candidate’s picture. Mark it (T), or move it alone with Ctrl until the faces lie alike.");
  gtk_label_set_text (self->note, text);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *text != '\0');
}

static void
fill_strips (VvFacePair *self)
{
  if (self->look == VV_LOOK_STRIPS)
    vv_feature_strips_set (self->strips, self->probe, self->has_face[0] ? &self->shown[0] : NULL,
                           self->candidate, self->has_face[1] ? &self->shown[1] : NULL);
  _vv_face_pair_show_marks (self);
}

void
_vv_face_pair_settle (VvFacePair *self)
{
  show_note (self);
  fill_strips (self);
  _vv_face_pair_show_points (self);
}

/* The face goes where its list of adjustments takes it, so that the faces lie alike whatever was turned or cut. */
static void
on_derived_cb (VvFacePair *self, const VvDerivedView *view, VvAdjustPanel *panel)
{
  int        side = panel == self->adjust[0] ? 0 : 1;
  VvCanvas  *canvas = side == 0 ? self->probe : self->candidate;
  VvPicture *came = self->came[side];
  VvFace    *face = &self->shown[side];

  if (canvas == NULL || came == NULL)
    return;
  _vv_face_pair_see_through (self, side, view);
  self->has_face[side] = _vv_face_pair_read_face (self, side == 0 ? "probe" : "candidate", face) &&
                         vv_derived_view_move_face (view, came->width, came->height, face);
  vv_canvas_set_picture (canvas, view->picture, self->has_face[side] ? face : NULL, self->has_face[side] ? 1 : 0,
                         self->has_face[side] ? 0 : -1);
  _vv_face_pair_settle (self);
}

/* @picture: (nullable) nothing. */
static void
fill_grid (VvFacePair *self)
{
  if (self->look == VV_LOOK_GRID && self->desk != NULL && self->letters != NULL)
    vv_face_grid_show (self->grid, self->desk, self->request, self->media, self->letters);
  else
    vv_face_grid_clear (self->grid);
}

static void
put (VvFacePair *self, VvCanvas *canvas, VvPicture *picture)
{
  int        side = canvas == self->probe ? 0 : 1;
  VvPicture *before = self->came[side];

  self->came[side] = picture != NULL ? vv_picture_ref (picture) : NULL;
  g_clear_pointer (&before, vv_picture_unref);
  self->has_face[side] = FALSE;
  if (picture == NULL)
    vv_canvas_set_picture (canvas, NULL, NULL, 0, -1);
  vv_adjust_panel_set_picture (self->adjust[side], picture);
  show_note (self);
}

/* A picture is shown together with its face, so that it never jumps. */
static void
put_what_is_there (VvFacePair *self, gboolean probe_is_new)
{
  VvPicture *picture = kept_picture (self, self->letters);

  if (self->faces == NULL)
    return;
  if (self->picture != NULL && probe_is_new)
    put (self, self->probe, self->picture);
  if (picture != NULL)
    put (self, self->candidate, picture);
}

static void
probe_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvFacePair) self = user_data;
  g_autoptr (GError)     error = NULL;
  VvPicture             *picture = vv_desk_picture_finish (VV_DESK (source), result, &error);

  if (picture == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->picture, vv_picture_unref);
  self->picture = picture;
  if (self->faces != NULL)
    put (self, self->probe, picture);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvFacePair) self = user_data;
  g_autoptr (GError)     error = NULL;
  JsonObject            *faces = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (faces == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->faces, json_object_unref);
  self->faces = faces;
  gtk_label_set_text (self->gap, vv_json_string (vv_json_object (faces, "candidate"), "gap"));
  gtk_widget_set_visible (GTK_WIDGET (self->gap), vv_json_string (vv_json_object (faces, "candidate"), "gap") != NULL);
  put_what_is_there (self, vv_canvas_get_pyramid (self->probe) == NULL);
}

typedef struct
{
  VvFacePair *self;
  char       *letters;
  gint64      request;
} VvFetch;

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree VvFetch    *fetch = user_data;
  g_autofree char       *letters = fetch->letters;
  g_autoptr (VvFacePair) self = fetch->self;
  g_autoptr (GError)     error = NULL;
  g_autoptr (VvPicture)  picture = vv_desk_picture_finish (VV_DESK (source), result, &error);

  if (fetch->request != self->request)
    return;
  if (picture == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  keep_picture (self, letters, picture);
  if (g_strcmp0 (letters, self->letters) == 0 && self->faces != NULL)
    put (self, self->candidate, picture);
}

static void
fetch (VvFacePair *self, const char *letters, GCancellable *cancellable)
{
  VvFetch               *fetch = g_new (VvFetch, 1);
  g_autoptr (JsonObject) what = vv_json_new ("candidate", "s", letters, NULL);

  fetch->self = g_object_ref (self);
  fetch->letters = g_strdup (letters);
  fetch->request = self->request;
  vv_desk_picture_async (self->desk, self->request, what, cancellable, fetched_cb, fetch);
}

static void
ask_anew (GCancellable **asking)
{
  if (*asking != NULL)
    g_cancellable_cancel (*asking);
  g_clear_object (asking);
  *asking = g_cancellable_new ();
}

static void
fetch_probe (VvFacePair *self, gint64 media)
{
  g_autoptr (JsonObject) what = vv_json_new ("media", "i", media, NULL);

  self->media = media;
  g_clear_pointer (&self->picture, vv_picture_unref);
  put (self, self->probe, NULL);
  _vv_face_pair_ask_facts (self, 0);
  ask_anew (&self->probe_asking);
  vv_desk_picture_async (self->desk, self->request, what, self->probe_asking, probe_fetched_cb, g_object_ref (self));
}

/* --- Acts --------------------------------------------------------------------------------------------------------- */

void
_vv_face_pair_show_overlays (VvFacePair *self)
{
  gboolean   on = gtk_toggle_button_get_active (self->landmarks) && !self->original;
  VvOverlays overlays = on ? VV_OVERLAY_LANDMARKS : VV_OVERLAY_NONE;

  if (!self->original)
    overlays |= _vv_face_pair_line_overlays (self);
  vv_canvas_set_overlays (self->probe, overlays);
  vv_canvas_set_overlays (self->candidate, overlays);
  fill_strips (self);
  _vv_face_pair_show_points (self);
}

static void
on_landmarks_cb (VvFacePair *self)
{
  _vv_face_pair_show_overlays (self);
}

static void
on_link_cb (VvFacePair *self)
{
  g_autoptr (VvView) own = NULL;

  if (gtk_toggle_button_get_active (self->link))
    {
      vv_canvas_set_view (self->candidate, self->view);
      return;
    }
  own = vv_view_dup (self->view);
  vv_canvas_set_view (self->candidate, own);
}

/* --- Ways of looking ---------------------------------------------------------------------------------------------- */

/* In the upper right corner is the button of the adjustments: a caption stands beside it. */
static void
place_caption (VvFacePair *self, GtkLabel *caption, double across, double down)
{
  int button = 0;

  gtk_widget_measure (GTK_WIDGET (self->adjust_toggle[0]), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &button, NULL, NULL);
  gtk_widget_set_halign (GTK_WIDGET (caption), across > 0.4 ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (caption), down > 0.4 ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_set_margin_end (GTK_WIDGET (caption), across > 0.4 && down <= 0.4 ? button : 0);
}

/* Each caption stands on its picture's side of the line. */
static void
place_captions (VvFacePair *self)
{
  double distance, angle, across, down;

  vv_canvas_get_line (self->probe, &distance, &angle);
  across = cos (angle * G_PI / 180);
  down = sin (angle * G_PI / 180);
  place_caption (self, self->over_caption, across, down);
  place_caption (self, self->left_caption, -across, -down);
}

/* Whose picture is seen where the probe's is otherwise. */
static void
show_captions (VvFacePair *self)
{
  const char      *candidate = gtk_label_get_text (self->right_caption);
  gboolean         wipe = self->look == VV_LOOK_WIPE && !vv_canvas_shows_over (self->probe);
  g_autofree char *text = NULL;

  if (vv_canvas_shows_over (self->probe))
    text = g_strdup (candidate);
  else if (self->look == VV_LOOK_OVERLAY)
    text = g_strdup_printf (_ ("Probe and %s"), candidate);
  else if (self->look == VV_LOOK_EDGES)
    text = g_strdup_printf (_ ("Probe with edges of %s"), candidate);
  else
    text = g_strdup (_ ("Probe"));
  gtk_label_set_text (self->left_caption, text);
  gtk_label_set_text (self->over_caption, candidate);
  gtk_widget_set_visible (GTK_WIDGET (self->over_caption), wipe);
  gtk_widget_set_halign (GTK_WIDGET (self->left_caption), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self->left_caption), GTK_ALIGN_START);
  gtk_widget_set_margin_end (GTK_WIDGET (self->left_caption), 0);
  if (wipe)
    place_captions (self);
}

void
vv_face_pair_set_look (VvFacePair *self, VvLook look)
{
  gboolean paired;

  g_return_if_fail (VV_IS_FACE_PAIR (self));
  g_return_if_fail (look < VV_N_LOOKS);

  paired = vv_look_pairing (look) != VV_PAIRING_NONE;
  self->look = look;
  if (paired)
    gtk_toggle_button_set_active (self->link, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->link), look == VV_LOOK_SIDE);
  gtk_widget_set_visible (GTK_WIDGET (self->right_place), look == VV_LOOK_SIDE);
  vv_canvas_set_pairing (self->probe, vv_look_pairing (look));
  gtk_stack_set_visible_child_name (self->views, look == VV_LOOK_STRIPS ? "strips" : look == VV_LOOK_GRID ? "grid"
                                                                                                          : "faces");
  gtk_widget_set_visible (GTK_WIDGET (self->options), paired && !self->bare);
  vv_look_options_show (self->options, look);
  vv_look_bar_choose (self->looks, look);
  show_captions (self);
  if (look == VV_LOOK_STRIPS)
    fill_strips (self);
  else
    vv_feature_strips_clear (self->strips);
  fill_grid (self);
  _vv_face_pair_show_marks (self);
}

VvLook
vv_face_pair_get_look (VvFacePair *self)
{
  g_return_val_if_fail (VV_IS_FACE_PAIR (self), VV_LOOK_SIDE);
  return self->look;
}

void
_vv_face_pair_choose_look (VvFacePair *self, VvLook look)
{
  if (look == VV_LOOK_BLINK && self->look == VV_LOOK_BLINK)
    vv_canvas_set_blinking (self->probe, !vv_canvas_get_blinking (self->probe));
  if (look == self->look)
    return;
  vv_face_pair_set_look (self, look);
  vv_face_pair_focus (self);
  vv_look_remember (self->desk != NULL ? vv_desk_account (self->desk) : NULL, look);
}

static void
on_look_cb (VvFacePair *self, int look)
{
  _vv_face_pair_choose_look (self, (VvLook) look);
}

/* --- The pair -------------------------------------------------------------------------------------------------------- */

static VvCanvas *
add_canvas (VvFacePair *self, GtkOverlay *place, const char *label)
{
  VvCanvas *canvas = VV_CANVAS (vv_canvas_new ());

  vv_canvas_set_label (canvas, label);
  vv_canvas_set_overlays (canvas, VV_OVERLAY_NONE);
  vv_canvas_set_view (canvas, self->view);
  gtk_widget_set_hexpand (GTK_WIDGET (canvas), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (canvas), TRUE);
  gtk_overlay_set_child (place, GTK_WIDGET (canvas));
  return canvas;
}

static void
on_edited_cb (VvFacePair *self)
{
  g_signal_emit (self, signal_adjusted, 0);
}

/* The list of adjustments left of the picture on @canvas, and the button on the picture that shows it. */
static void
add_adjustments (VvFacePair *self, int side, GtkOverlay *place)
{
  GtkWidget  *pictures = gtk_widget_get_parent (GTK_WIDGET (place));
  GtkWidget  *panel = vv_adjust_panel_new ();
  GtkWidget  *toggle = gtk_toggle_button_new_with_label (_ ("Adjust"));
  const char *name = side == 0 ? _ ("Adjust the probe") : _ ("Adjust the candidate’s picture");

  self->adjust[side] = VV_ADJUST_PANEL (panel);
  self->adjust_toggle[side] = GTK_TOGGLE_BUTTON (toggle);
  vv_parts_name (toggle, name);
  gtk_widget_set_tooltip_text (toggle, side == 0 ? _ ("List of adjustments of the probe (A). Hold O for the pictures as they came.")
                                                 : _ ("List of adjustments of the candidate’s picture (Shift+A). Hold O for the pictures as they came."));
  gtk_widget_set_focus_on_click (toggle, FALSE);
  gtk_widget_set_halign (toggle, GTK_ALIGN_END);
  gtk_widget_set_valign (toggle, GTK_ALIGN_START);
  gtk_widget_add_css_class (toggle, "on-picture");
  gtk_overlay_add_overlay (place, toggle);
  gtk_box_set_homogeneous (GTK_BOX (pictures), FALSE);
  gtk_box_insert_child_after (GTK_BOX (pictures), panel, gtk_widget_get_prev_sibling (GTK_WIDGET (place)));
  g_object_bind_property (toggle, "active", panel, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (panel, "derived", G_CALLBACK (on_derived_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (panel, "edited", G_CALLBACK (on_edited_cb), self, G_CONNECT_SWAPPED);
}

static void
add_gap (VvFacePair *self)
{
  self->gap = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->gap), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self->gap), GTK_ALIGN_END);
  gtk_widget_set_can_target (GTK_WIDGET (self->gap), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->gap), FALSE);
  gtk_label_set_wrap (self->gap, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->gap), "caption-on-picture");
  gtk_overlay_add_overlay (self->right_place, GTK_WIDGET (self->gap));
}

/* Loupe, histogram and scale over each picture, and the button that shows them. */
static void
add_readouts (VvFacePair *self)
{
  GtkWidget *next_to = GTK_WIDGET (self->landmarks);

  self->read = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Values")));
  vv_parts_name (GTK_WIDGET (self->read), _ ("Values"));
  gtk_widget_set_focus_on_click (GTK_WIDGET (self->read), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->read),
                               _ ("Loupe and pixel values at the pointer, histogram, and scale in distances between the eyes (I)"));
  gtk_box_insert_child_after (GTK_BOX (self->tools), GTK_WIDGET (self->read), next_to);
  for (int side = 0; side < 2; side++)
    {
      self->readout[side] = vv_readout_new (side == 0 ? self->probe : self->candidate);
      gtk_widget_set_halign (self->readout[side], GTK_ALIGN_START);
      gtk_widget_set_valign (self->readout[side], GTK_ALIGN_END);
      gtk_overlay_add_overlay (side == 0 ? self->left_place : self->right_place, self->readout[side]);
      g_object_bind_property (self->read, "active", self->readout[side], "visible", G_BINDING_SYNC_CREATE);
    }
}

static void
vv_face_pair_dispose (GObject *object)
{
  VvFacePair *self = VV_FACE_PAIR (object);

  _vv_face_pair_dispose_marks (self);
  if (self->probe != NULL)
    g_signal_handlers_disconnect_by_data (self->probe, self);
  if (self->candidate != NULL)
    g_signal_handlers_disconnect_by_data (self->candidate, self);
  self->probe = self->candidate = NULL;
  self->adjust[0] = self->adjust[1] = NULL;
  if (self->probe_asking != NULL)
    g_cancellable_cancel (self->probe_asking);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->probe_asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (vv_face_pair_parent_class)->dispose (object);
}

static void
vv_face_pair_finalize (GObject *object)
{
  VvFacePair *self = VV_FACE_PAIR (object);

  g_queue_clear_full (&self->kept, free_kept);
  g_clear_pointer (&self->picture, vv_picture_unref);
  g_clear_pointer (&self->came[0], vv_picture_unref);
  g_clear_pointer (&self->came[1], vv_picture_unref);
  g_clear_pointer (&self->faces, json_object_unref);
  g_clear_pointer (&self->letters, g_free);
  g_clear_object (&self->desk);
  _vv_face_pair_free_points (self);
  G_OBJECT_CLASS (vv_face_pair_parent_class)->finalize (object);
}

static void
vv_face_pair_class_init (VvFacePairClass *class)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = vv_face_pair_dispose;
  object_class->finalize = vv_face_pair_finalize;
  signal_adjusted = g_signal_new ("adjusted", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  _vv_face_pair_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-face-pair.ui");
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, tools);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, looks);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, options);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, over_caption);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, note);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, strips);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, grid);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, views);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, left_place);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, right_place);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, left_caption);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, right_caption);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, link);
  gtk_widget_class_bind_template_child (widget_class, VvFacePair, landmarks);
  gtk_widget_class_bind_template_callback (widget_class, on_landmarks_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_link_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_look_cb);
}

static void
vv_face_pair_init (VvFacePair *self)
{
  g_type_ensure (VV_TYPE_FACE_GRID);
  g_type_ensure (VV_TYPE_FEATURE_STRIPS);
  g_type_ensure (VV_TYPE_LOOK_BAR);
  g_type_ensure (VV_TYPE_LOOK_OPTIONS);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_queue_init (&self->kept);
  self->view = vv_view_new (VV_FRAME_FACE);
  self->probe = add_canvas (self, self->left_place, _ ("Probe"));
  self->candidate = add_canvas (self, self->right_place, _ ("Candidate"));
  add_adjustments (self, 0, self->left_place);
  add_adjustments (self, 1, self->right_place);
  add_readouts (self);
  add_gap (self);
  _vv_face_pair_init_marks (self);
  _vv_face_pair_init_points (self);
  _vv_face_pair_init_facts (self);
  vv_canvas_set_over (self->probe, self->candidate);
  vv_face_grid_set_view (self->grid, self->view);
  vv_look_options_set_canvas (self->options, self->probe);
  g_signal_connect_swapped (self->probe, "pair-changed", G_CALLBACK (show_captions), self);
  g_signal_connect_swapped (self->probe, "picture-shown", G_CALLBACK (fill_strips), self);
  g_signal_connect_swapped (self->candidate, "picture-shown", G_CALLBACK (fill_strips), self);
  vv_face_pair_set_look (self, VV_LOOK_SIDE);
}

void
vv_face_pair_set_desk (VvFacePair *self, VvDesk *desk)
{
  g_return_if_fail (VV_IS_FACE_PAIR (self));
  g_set_object (&self->desk, desk);
  vv_face_pair_set_look (self, vv_look_recall (vv_desk_account (desk)));
}

void
vv_face_pair_clear (VvFacePair *self)
{
  g_return_if_fail (VV_IS_FACE_PAIR (self));
  g_queue_clear_full (&self->kept, free_kept);
  g_clear_pointer (&self->picture, vv_picture_unref);
  g_clear_pointer (&self->faces, json_object_unref);
  g_clear_pointer (&self->letters, g_free);
  self->media = 0;
  vv_picture_facts_set (self->facts[0], NULL, 0, NULL);
  vv_picture_facts_set (self->facts[1], NULL, 0, NULL);
  _vv_face_pair_forget_points (self, /* probe= */ TRUE);
  put (self, self->probe, NULL);
  put (self, self->candidate, NULL);
  vv_adjust_panel_set_steps (self->adjust[0], NULL);
}

void
vv_face_pair_show (VvFacePair *self, gint64 request, gint64 probe_media, const char *candidate)
{
  g_autoptr (JsonObject) details = vv_json_new ("candidate", "s", candidate, NULL);
  g_autofree char       *caption = g_strdup_printf (_ ("Candidate %s"), candidate);

  g_return_if_fail (VV_IS_FACE_PAIR (self));
  if (request != self->request)
    vv_face_pair_clear (self);
  self->request = request;
  if (g_strcmp0 (candidate, self->letters) == 0 && probe_media == self->media)
    return;
  g_free (self->letters);
  self->letters = g_strdup (candidate);
  gtk_label_set_text (self->right_caption, caption);
  show_captions (self);
  _vv_face_pair_forget_points (self, probe_media != self->media);
  vv_canvas_set_label (self->candidate, caption);
  put (self, self->candidate, NULL);
  vv_adjust_panel_set_steps (self->adjust[1], NULL);
  g_clear_pointer (&self->faces, json_object_unref);
  ask_anew (&self->asking);
  _vv_face_pair_ask_facts (self, 1);
  vv_desk_act_async (self->desk, vv_desk_open_candidate, request, details, self->asking, opened_cb, g_object_ref (self));
  if (probe_media != self->media)
    fetch_probe (self, probe_media);
  if (kept_picture (self, candidate) == NULL)
    fetch (self, candidate, self->asking);
  fill_grid (self);
}

/* A list as it is typed, or what a record keeps of one. */
static JsonArray *
steps_of (JsonObject *adjustments, const char *whose)
{
  JsonObject *kept = vv_json_object (adjustments, whose);

  return kept != NULL ? vv_json_array (kept, "adjustments") : vv_json_array (adjustments, whose);
}

void
vv_face_pair_set_adjustments (VvFacePair *self, JsonObject *adjustments, gboolean editable)
{
  static const char *const whose[] = { "probe", "candidate" };

  g_return_if_fail (VV_IS_FACE_PAIR (self));
  for (int side = 0; side < 2; side++)
    {
      if (adjustments != NULL)
        vv_adjust_panel_set_steps (self->adjust[side], steps_of (adjustments, whose[side]));
      vv_adjust_panel_set_editable (self->adjust[side], editable);
    }
}

JsonObject *
vv_face_pair_get_adjustments (VvFacePair *self)
{
  JsonArray *probe, *candidate;

  g_return_val_if_fail (VV_IS_FACE_PAIR (self), NULL);
  probe = vv_adjust_panel_get_steps (self->adjust[0]);
  candidate = vv_adjust_panel_get_steps (self->adjust[1]);
  return probe == NULL && candidate == NULL ? NULL : vv_json_new ("probe", "a", probe, "candidate", "a", candidate, NULL);
}

void
vv_face_pair_expect (VvFacePair *self, const char *candidate)
{
  g_return_if_fail (VV_IS_FACE_PAIR (self));
  if (candidate != NULL && kept_picture (self, candidate) == NULL && self->asking != NULL)
    fetch (self, candidate, self->asking);
}

void
vv_face_pair_set_bare (VvFacePair *self, gboolean bare)
{
  g_return_if_fail (VV_IS_FACE_PAIR (self));

  self->bare = bare;
  gtk_widget_set_visible (self->tools, !bare);
  gtk_widget_set_visible (GTK_WIDGET (self->options), !bare && vv_look_pairing (self->look) != VV_PAIRING_NONE);
}

/* A part is shown with as much again around it, so that one sees where it is. */
static VvBox
find_part (VvFacePair *self, VvPart part)
{
  VvFace        known[2];
  const VvFace *faces[2] = { _vv_face_pair_read_face (self, "probe", &known[0]) ? &known[0] : NULL,
                             _vv_face_pair_read_face (self, "candidate", &known[1]) ? &known[1] : NULL };
  VvBox left, right, all;

  (void) vv_part_find (part, 0, faces, &left);
  (void) vv_part_find (part, 1, faces, &right);
  all.x = MIN (left.x, right.x);
  all.y = MIN (left.y, right.y);
  all.width = MAX (left.x + left.width, right.x + right.width) - all.x;
  all.height = MAX (left.y + left.height, right.y + right.height) - all.y;
  return (VvBox){ all.x - all.width / 4, all.y - all.height / 2, all.width * 1.5f, all.height * 2 };
}

void
vv_face_pair_show_part (VvFacePair *self, int part)
{
  double x, y, width, height;
  VvBox  box;

  g_return_if_fail (VV_IS_FACE_PAIR (self));
  g_return_if_fail (part < VV_N_PARTS);

  if (part >= 0)
    vv_feature_strips_choose (self->strips, (VvPart) part);
  vv_view_get_home (self->view, &x, &y, &width, &height);
  if (part >= 0)
    {
      box = find_part (self, (VvPart) part);
      vv_view_set_home (self->view, box.x + box.width / 2, box.y + box.height / 2, box.width, box.height);
    }
  vv_canvas_show_home (self->probe);
  vv_view_set_home (self->view, x, y, width, height);
}

void
vv_face_pair_focus (VvFacePair *self)
{
  g_return_if_fail (VV_IS_FACE_PAIR (self));
  gtk_widget_grab_focus (GTK_WIDGET (_vv_face_pair_canvas (self)));
}
