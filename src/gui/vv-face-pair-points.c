// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "vv-canvas-points.h"
#include "vv-derived.h"
#include "vv-face-pair-private.h"
#include "vv-history.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-points-bar.h"

/* Points placed by hand are kept in pixels of the pictures as they came (vv-points.h); they go through the list of adjustments to
 * what is seen, and back. The faces by which the pictures are laid in place follow them. */

static const char *const sides[] = { "probe", "candidate" };

struct _VvPairPoints
{
  JsonObject      *placed; /* {"probe","candidate"}, vv-points.h */
  VvHistory       *history;
  VvPointsBar     *bar;
  GtkToggleButton *toggle;
  GtkCheckButton  *lines[4];
  int              side; /* whose points the bar speaks of */
  gboolean         editable;
};

/* The kinds of points and lines that one shows or not. */
enum
{
  LINES_FIVE,
  LINES_NAMED,
  LINES_GRID,
  LINES_MIDLINE,
};

static VvCanvas *
canvas_of (VvFacePair *self, int side)
{
  return side == 0 ? self->probe : self->candidate;
}

static int
side_of (VvFacePair *self, VvCanvas *canvas)
{
  return canvas == self->probe ? 0 : 1;
}

static JsonObject *
placed_on (VvFacePair *self, int side)
{
  return vv_json_object (self->points->placed, sides[side]);
}

static gboolean
is_on (VvFacePair *self, int lines)
{
  return gtk_check_button_get_active (self->points->lines[lines]);
}

/* The face that the program found; FALSE for none. */
static gboolean
read_automatic (VvFacePair *self, int side, VvFace *out_face)
{
  return vv_json_face_read (vv_json_object (vv_json_object (self->faces, sides[side]), "face"), out_face);
}

gboolean
_vv_face_pair_read_face (VvFacePair *self, const char *whose, VvFace *out_face)
{
  int      side = g_str_equal (whose, "probe") ? 0 : 1;
  VvFace   automatic;
  gboolean found = read_automatic (self, side, &automatic);

  return vv_points_face (found ? &automatic : NULL, placed_on (self, side), out_face);
}

static void
find_points (VvFacePair *self, int side, VvPlacedPoint *out_points)
{
  VvFace   automatic;
  gboolean found = read_automatic (self, side, &automatic);

  vv_points_place (found ? &automatic : NULL, placed_on (self, side), out_points);
}

/* --- Through the adjustments -------------------------------------------------------------------------------------- */

/* FALSE where the adjustments leave no place for it. */
static gboolean
move (VvFacePair *self, int side, gboolean back, VvPoint *point)
{
  VvPicture *came = self->came[side];
  float      scale = (float) self->mark_scale[side];

  if (came == NULL)
    return FALSE;
  if (back)
    *point = (VvPoint){ point->x / scale, point->y / scale };
  if (vv_json_length (self->mark_steps[side]) > 0 &&
      !vv_derived_move_points (self->mark_steps[side], came->width, came->height, back, point, 1, /* error= */ NULL))
    return FALSE;
  if (!back)
    *point = (VvPoint){ point->x * scale, point->y * scale };
  return TRUE;
}

/* --- Showing them -------------------------------------------------------------------------------------------------- */

static gboolean
is_shown (VvFacePair *self, guint point, const VvPlacedPoint *at)
{
  gboolean landmarks = gtk_toggle_button_get_active (self->landmarks);
  gboolean eye = point == VV_POINT_LEFT_EYE || point == VV_POINT_RIGHT_EYE;
  gboolean five = eye || point == 30 || point == 48 || point == 54;

  if (!at->known || self->original)
    return FALSE;
  if (at->state != VV_POINT_AUTOMATIC)
    return TRUE;
  return (landmarks && point < VV_LANDMARK_COUNT) ||
         (is_on (self, LINES_FIVE) && five) ||
         (is_on (self, LINES_NAMED) && vv_point_is_named (point)) ||
         (eye && vv_canvas_moves_handles (self->probe));
}

void
_vv_face_pair_show_points (VvFacePair *self)
{
  static const VvHandleLook looks[] = { VV_HANDLE_PLAIN, VV_HANDLE_FIRM, VV_HANDLE_UNSURE, VV_HANDLE_CROSSED };
  gboolean                  moves = gtk_toggle_button_get_active (self->points->toggle);

  for (int side = 0; side < 2; side++)
    {
      VvPlacedPoint points[VV_POINT_COUNT];
      VvHandle      handles[VV_POINT_COUNT];

      find_points (self, side, points);
      for (guint i = 0; i < VV_POINT_COUNT; i++)
        {
          gboolean shown = is_shown (self, i, &points[i]) &&
                           (moves || is_on (self, LINES_NAMED)) &&
                           move (self, side, FALSE, &points[i].at);

          handles[i] = (VvHandle){ points[i].at, looks[points[i].state], shown, vv_point_title (i), FALSE };
          if (!moves && !vv_point_is_named (i))
            handles[i].shown = FALSE;
        }
      vv_canvas_set_handles (canvas_of (self, side), handles, VV_POINT_COUNT);
    }
}

static char *
describe (VvFacePair *self, int point, const VvPlacedPoint *points)
{
  const char      *whose = self->points->side == 0 ? _ ("Probe") : gtk_label_get_text (self->right_caption);
  g_autofree char *number = NULL;
  VvFace           face;

  if (point >= 0)
    {
      number = vv_point_title (point) != NULL ? g_strdup (vv_point_title (point)) : g_strdup_printf (_ ("Landmark %d"), point + 1);
      return g_strdup_printf (_ ("%s: %s, %s"), whose, number, vv_point_state_title (points[point].state));
    }
  if (!_vv_face_pair_read_face (self, sides[self->points->side], &face))
    return g_strdup_printf (_ ("%s: no face is known. Mark it with a box, then place both eyes."), whose);
  return g_strdup_printf (_ ("%s: drag a point, or choose one with Page Down and move it with the arrow keys."), whose);
}

static void
fill_bar (VvFacePair *self)
{
  VvPlacedPoint    points[VV_POINT_COUNT];
  JsonObject      *placed = placed_on (self, self->points->side);
  int              chosen = vv_canvas_get_chosen_handle (canvas_of (self, self->points->side));
  g_autofree char *text = NULL;

  find_points (self, self->points->side, points);
  text = describe (self, chosen, points);
  vv_points_bar_show (self->points->bar, text, chosen >= 0, chosen >= 0 ? points[chosen].state : VV_POINT_AUTOMATIC,
                      vv_points_is_edited (placed));
  vv_points_bar_set_why (self->points->bar, vv_json_string (placed, "why"));
}

/* Pictures, strips and points anew, from what was placed. */
static void
lay_in_place (VvFacePair *self, int side)
{
  VvCanvas             *canvas = canvas_of (self, side);
  VvPicture            *came = self->came[side];
  VvFace               *face = &self->shown[side];
  int                   chosen = vv_canvas_get_chosen_handle (canvas);
  g_autoptr (JsonArray) none = json_array_new ();
  VvDerivedView         view = { came, self->mark_scale[side], self->mark_steps[side] != NULL ? self->mark_steps[side] : none, FALSE };

  self->has_face[side] = came != NULL &&
                         _vv_face_pair_read_face (self, sides[side], face) &&
                         vv_derived_view_move_face (&view, came->width, came->height, face);
  vv_canvas_set_faces (canvas, face, self->has_face[side] ? 1 : 0, self->has_face[side] ? 0 : -1);
  _vv_face_pair_settle (self);
  vv_canvas_choose_handle (canvas, chosen);
  fill_bar (self);
}

/* --- Changing them ------------------------------------------------------------------------------------------------- */

/* @side of the pair is now @placed (transfer full). @field: as for vv_history_add(). */
static void
change (VvFacePair *self, int side, JsonObject *placed, gconstpointer field)
{
  json_object_set_object_member (self->points->placed, sides[side], placed);
  vv_history_add (self->points->history, vv_json_copy (self->points->placed), field, g_get_monotonic_time ());
  lay_in_place (self, side);
  g_signal_emit_by_name (self, "adjusted");
}

static void
on_moved_cb (VvFacePair *self, int point, double x, double y, VvCanvas *canvas)
{
  int           side = side_of (self, canvas);
  VvPoint       at = { (float) x, (float) y };
  VvPlacedPoint points[VV_POINT_COUNT];
  VvPointState  state;

  find_points (self, side, points);
  state = points[point].state == VV_POINT_AUTOMATIC ? VV_POINT_SEEN : points[point].state;
  if (!move (self, side, /* back= */ TRUE, &at))
    {
      vv_parts_toast (GTK_WIDGET (self), _ ("The adjustments of this picture leave no way back for the point."));
      return;
    }
  change (self, side, vv_points_put (placed_on (self, side), (guint) point, at, state), GINT_TO_POINTER (point + 1));
}

static void
set_state (VvFacePair *self, VvPointState state)
{
  int           side = self->points->side;
  int           chosen = vv_canvas_get_chosen_handle (canvas_of (self, side));
  VvPlacedPoint points[VV_POINT_COUNT];

  find_points (self, side, points);
  if (chosen < 0 || points[chosen].state == state)
    return;
  change (self, side, vv_points_put (placed_on (self, side), (guint) chosen, points[chosen].at, state), NULL);
}

static void
on_state_cb (VvFacePair *self, int state)
{
  set_state (self, (VvPointState) state);
}

static void
on_chosen_cb (VvFacePair *self, int point, VvCanvas *canvas)
{
  if (point >= 0)
    self->points->side = side_of (self, canvas);
  fill_bar (self);
}

static gboolean
on_key_cb (VvFacePair *self, guint key, VvCanvas *canvas)
{
  static const struct
  {
    guint        key;
    VvPointState state;
  } states[] = {
    { GDK_KEY_s, VV_POINT_SEEN },
    { GDK_KEY_e, VV_POINT_ESTIMATED },
    { GDK_KEY_n, VV_POINT_NOT_VISIBLE },
    { GDK_KEY_Delete, VV_POINT_AUTOMATIC },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (gdk_keyval_to_lower (key) == states[i].key)
      {
        self->points->side = side_of (self, canvas);
        set_state (self, states[i].state);
        return TRUE;
      }
  return FALSE;
}

static void
on_why_cb (VvFacePair *self)
{
  int         side = self->points->side;
  JsonObject *placed = placed_on (self, side) != NULL ? vv_json_copy (placed_on (self, side)) : json_object_new ();

  json_object_set_string_member (placed, "why", vv_points_bar_get_why (self->points->bar));
  json_object_set_object_member (self->points->placed, sides[side], placed);
  vv_history_add (self->points->history, vv_json_copy (self->points->placed), self->points->bar, g_get_monotonic_time ());
  g_signal_emit_by_name (self, "adjusted");
}

/* A box is drawn on the picture as it is shown. */
static void
on_box_cb (VvFacePair *self, const VvBox *box, VvCanvas *canvas)
{
  int                    side = side_of (self, canvas);
  VvPoint                low = { box->x, box->y }, high = { box->x + box->width, box->y + box->height };
  g_autoptr (JsonObject) marked = NULL;
  JsonObject            *placed;

  if (!move (self, side, TRUE, &low) || !move (self, side, TRUE, &high))
    return;
  marked = vv_points_new_for_box (&(VvBox){ MIN (low.x, high.x), MIN (low.y, high.y), MAX (fabsf (high.x - low.x), 1), MAX (fabsf (high.y - low.y), 1) });
  placed = vv_json_copy (marked);
  if (vv_json_string (placed_on (self, side), "why") != NULL)
    json_object_set_string_member (placed, "why", vv_json_string (placed_on (self, side), "why"));
  self->points->side = side;
  change (self, side, placed, NULL);
  vv_canvas_choose_handle (canvas, VV_POINT_LEFT_EYE);
  vv_parts_toast (GTK_WIDGET (self), _ ("Now drag both eye centres to where the eyes are."));
}

static void
show_all (VvFacePair *self, JsonObject *placed)
{
  g_clear_pointer (&self->points->placed, json_object_unref);
  self->points->placed = vv_json_copy (placed);
  for (int side = 0; side < 2; side++)
    lay_in_place (self, side);
  g_signal_emit_by_name (self, "adjusted");
}

gboolean
vv_face_pair_take_undo_key (VvFacePair *self, guint key, GdkModifierType state)
{
  JsonObject *placed;

  g_return_val_if_fail (VV_IS_FACE_PAIR (self), FALSE);
  if (!gtk_toggle_button_get_active (self->points->toggle) || !vv_history_take_key (self->points->history, key, state, &placed))
    return FALSE;
  if (placed != NULL)
    show_all (self, placed);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

static void
on_act_cb (VvFacePair *self, const char *act)
{
  VvCanvas *canvas = canvas_of (self, self->points->side);

  if (g_str_equal (act, "done"))
    gtk_toggle_button_set_active (self->points->toggle, FALSE);
  else if (g_str_equal (act, "reset"))
    change (self, self->points->side, json_object_new (), NULL);
  else if (g_str_equal (act, "mark"))
    {
      vv_canvas_set_mode (canvas, VV_CANVAS_DRAW_BOX);
      gtk_widget_grab_focus (GTK_WIDGET (canvas));
      vv_parts_toast (GTK_WIDGET (self), _ ("Draw a box around the face; with the keyboard: arrow keys, Shift for its size, Enter."));
    }
}

/* --- Beginning and ending -------------------------------------------------------------------------------------------- */

/* Points are moved side by side, where each picture lies by itself. */
static void
on_toggled_cb (VvFacePair *self)
{
  gboolean on = gtk_toggle_button_get_active (self->points->toggle);

  if (on)
    vv_face_pair_set_look (self, VV_LOOK_SIDE);
  for (int side = 0; side < 2; side++)
    {
      vv_canvas_set_mode (canvas_of (self, side), VV_CANVAS_BROWSE);
      vv_canvas_move_handles (canvas_of (self, side), on);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->points->bar), on);
  self->points->side = gtk_widget_has_focus (GTK_WIDGET (self->candidate)) ? 1 : 0;
  _vv_face_pair_show_points (self);
  fill_bar (self);
  if (on)
    gtk_widget_grab_focus (GTK_WIDGET (canvas_of (self, self->points->side)));
}

static void
on_done_cb (VvFacePair *self)
{
  gtk_toggle_button_set_active (self->points->toggle, FALSE);
}

static void
on_focus_cb (VvFacePair *self, GParamSpec *pspec, GtkWidget *canvas)
{
  if (!gtk_widget_has_focus (canvas))
    return;
  self->points->side = side_of (self, VV_CANVAS (canvas));
  fill_bar (self);
}

VvOverlays
_vv_face_pair_line_overlays (VvFacePair *self)
{
  return (is_on (self, LINES_FIVE) ? VV_OVERLAY_FIVE : VV_OVERLAY_NONE) | (is_on (self, LINES_GRID) ? VV_OVERLAY_GRID : VV_OVERLAY_NONE) |
         (is_on (self, LINES_MIDLINE) ? VV_OVERLAY_MIDLINE : VV_OVERLAY_NONE);
}

void
_vv_face_pair_end_points (VvFacePair *self)
{
  on_done_cb (self);
}

gboolean
_vv_face_pair_points_key (VvFacePair *self, guint key, GdkModifierType state)
{
  gboolean        shift = (state & GDK_SHIFT_MASK) != 0;
  GtkCheckButton *line = self->points->lines[shift ? LINES_MIDLINE : LINES_GRID];

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_g)
    gtk_check_button_set_active (line, !gtk_check_button_get_active (line));
  else if (key == GDK_KEY_t && self->points->editable)
    gtk_toggle_button_set_active (self->points->toggle, !gtk_toggle_button_get_active (self->points->toggle));
  else
    return FALSE;
  return TRUE;
}

/* Out of the row of tools, which has to fit beside the writing on a small screen. */
static void
take_along (VvFacePair *self, GtkToggleButton *button, GtkWidget *box)
{
  g_object_ref (button);
  gtk_box_remove (GTK_BOX (self->tools), GTK_WIDGET (button));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (button));
  g_object_unref (button);
}

static GtkWidget *
make_lines (VvFacePair *self)
{
  static const char *const titles[] = { N_ ("Five points"), N_ ("Anatomical points"), N_ ("Grid of proportions (G)"), N_ ("Midline (Shift+G)") };
  GtkWidget               *button = gtk_menu_button_new ();
  GtkWidget               *popover = gtk_popover_new ();
  GtkWidget               *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      self->points->lines[i] = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_ (titles[i])));
      g_signal_connect_object (self->points->lines[i], "toggled", G_CALLBACK (_vv_face_pair_show_overlays), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->points->lines[i]));
    }
  self->show = box;
  take_along (self, self->marks, box);
  take_along (self, self->read, box);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Show"));
  vv_parts_name (button, _ ("Show over the pictures"));
  gtk_widget_set_tooltip_text (button, _ ("Lines, points and values over both pictures"));
  return button;
}

static void
connect_canvas (VvFacePair *self, VvCanvas *canvas)
{
  g_signal_connect_object (canvas, "point-moved", G_CALLBACK (on_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "point-chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "point-key", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "points-done", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "box-drawn", G_CALLBACK (on_box_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "notify::has-focus", G_CALLBACK (on_focus_cb), self, G_CONNECT_SWAPPED);
}

void
_vv_face_pair_init_points (VvFacePair *self)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (_ ("Points"));
  GtkWidget *parent = gtk_widget_get_parent (self->tools);

  self->points = g_new0 (VvPairPoints, 1);
  self->points->placed = json_object_new ();
  self->points->history = vv_history_new (json_object_new ());
  self->points->toggle = GTK_TOGGLE_BUTTON (toggle);
  vv_parts_name (toggle, _ ("Move points"));
  gtk_widget_set_tooltip_text (toggle, _ ("Move the points of both faces, or mark a face that was not found (T)"));
  gtk_widget_set_focus_on_click (toggle, FALSE);
  gtk_box_insert_child_after (GTK_BOX (self->tools), toggle, GTK_WIDGET (self->landmarks));
  gtk_box_insert_child_after (GTK_BOX (self->tools), make_lines (self), toggle);
  self->points->bar = VV_POINTS_BAR (vv_points_bar_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->points->bar), FALSE);
  gtk_box_insert_child_after (GTK_BOX (parent), GTK_WIDGET (self->points->bar), GTK_WIDGET (self->options));
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->points->bar, "state", G_CALLBACK (on_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->points->bar, "why", G_CALLBACK (on_why_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->points->bar, "act", G_CALLBACK (on_act_cb), self, G_CONNECT_SWAPPED);
  connect_canvas (self, self->probe);
  connect_canvas (self, self->candidate);
}

void
_vv_face_pair_free_points (VvFacePair *self)
{
  g_clear_pointer (&self->points->placed, json_object_unref);
  g_clear_pointer (&self->points->history, vv_history_free);
  g_clear_pointer (&self->points, g_free);
}

/* --- What the page knows of them --------------------------------------------------------------------------------------- */

void
vv_face_pair_set_points (VvFacePair *self, JsonObject *points, gboolean editable)
{
  g_return_if_fail (VV_IS_FACE_PAIR (self));

  self->points->editable = editable;
  if (!editable)
    gtk_toggle_button_set_active (self->points->toggle, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->points->toggle), editable);
  if (points == NULL)
    return;
  g_clear_pointer (&self->points->placed, json_object_unref);
  self->points->placed = vv_json_copy (points);
  g_clear_pointer (&self->points->history, vv_history_free);
  self->points->history = vv_history_new (vv_json_copy (points));
  for (int side = 0; side < 2; side++)
    lay_in_place (self, side);
}

/* Of another candidate nothing was placed yet. */
void
_vv_face_pair_forget_points (VvFacePair *self, gboolean probe)
{
  json_object_remove_member (self->points->placed, "candidate");
  if (probe)
    json_object_remove_member (self->points->placed, "probe");
  g_clear_pointer (&self->points->history, vv_history_free);
  self->points->history = vv_history_new (vv_json_copy (self->points->placed));
}

JsonObject *
vv_face_pair_get_points (VvFacePair *self)
{
  g_autoptr (JsonObject) all = json_object_new ();

  g_return_val_if_fail (VV_IS_FACE_PAIR (self), NULL);
  for (int side = 0; side < 2; side++)
    if (vv_points_is_edited (placed_on (self, side)))
      json_object_set_object_member (all, sides[side], vv_json_copy (placed_on (self, side)));
  return json_object_get_size (all) > 0 ? g_steal_pointer (&all) : NULL;
}
