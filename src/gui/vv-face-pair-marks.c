// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "vv-canvas-marks.h"
#include "vv-derived.h"
#include "vv-face-pair-private.h"
#include "vv-finding.h"
#include "vv-json-mark.h"
#include "vv-json.h"
#include "vv-parts.h"

/* Findings are kept in pixels of the pictures as they came. Here they go through the list of adjustments to the pictures as they are
 * shown, and what is drawn there goes back. */

#define N_CANVASES 6   /* the two, and those of the strips */
#define CLOSE      2.2 /* a finding is shown in so many times its own size */
#define CLOSEST    1.2 /* but in no less, in distances between the eyes */

/* --- Where is what ---------------------------------------------------------------------------------------------- */

/* Every canvas that shows one of the two pictures; the side of each is its index modulo 2. */
static VvCanvas *
canvas_at (VvFacePair *self, int index)
{
  if (index < 2)
    return index == 0 ? self->probe : self->candidate;
  return vv_feature_strips_get_strip (self->strips, index % 2, (index - 2) / 2);
}

static int
index_of (VvFacePair *self, VvCanvas *canvas)
{
  for (int i = 0; i < N_CANVASES; i++)
    if (canvas_at (self, i) == canvas)
      return i;
  return 0;
}

static const char *
side_of (VvFacePair *self, VvCanvas *canvas)
{
  return vv_finding_sides ()[index_of (self, canvas) % 2];
}

/* A mark as it came to a mark as it is shown. FALSE where the adjustments leave no place for it. */
static gboolean
to_shown (VvFacePair *self, int side, VvMark *mark)
{
  VvPicture *came = self->came[side];

  if (came == NULL ||
      (self->mark_steps[side] != NULL &&
       !vv_derived_move_points (self->mark_steps[side], came->width, came->height, /* back= */ FALSE, mark->points, mark->n_points,
                                NULL)))
    return FALSE;
  for (guint i = 0; i < mark->n_points; i++)
    mark->points[i] = (VvPoint){ mark->points[i].x * (float) self->mark_scale[side], mark->points[i].y * (float) self->mark_scale[side] };
  return TRUE;
}

static gboolean
from_shown (VvFacePair *self, int side, VvMark *mark)
{
  VvPicture *came = self->came[side];

  for (guint i = 0; i < mark->n_points; i++)
    mark->points[i] = (VvPoint){ mark->points[i].x / (float) self->mark_scale[side], mark->points[i].y / (float) self->mark_scale[side] };
  return came != NULL &&
         (self->mark_steps[side] == NULL ||
          vv_derived_move_points (self->mark_steps[side], came->width, came->height, /* back= */ TRUE, mark->points, mark->n_points, NULL));
}

void
_vv_face_pair_see_through (VvFacePair *self, int side, const VvDerivedView *view)
{
  g_clear_pointer (&self->mark_steps[side], json_array_unref);
  self->mark_steps[side] = vv_json_length (view->steps) > 0 ? json_array_ref (view->steps) : NULL;
  self->mark_scale[side] = view->scale > 0 ? view->scale : 1;
}

/* --- Showing them ------------------------------------------------------------------------------------------------ */

/* The marks of one picture: as they came, or as they are shown. (transfer full) */
static GArray *
collect (VvFacePair *self, JsonArray *findings, int side, gboolean came)
{
  GArray     *all = g_array_new (FALSE, FALSE, sizeof (VvShownMark));
  const char *name = vv_finding_sides ()[side];

  for (guint i = 0; i < vv_json_length (findings); i++)
    {
      JsonObject *finding = vv_json_element (findings, i);
      VvShownMark shown = { .number = i + 1, .unpaired = vv_finding_lacks (finding) != NULL };

      if (vv_mark_read (vv_json_object (finding, name), &shown.mark) && (came || to_shown (self, side, &shown.mark)))
        g_array_append_val (all, shown);
    }
  return all;
}

void
_vv_face_pair_show_marks (VvFacePair *self)
{
  g_autoptr (JsonArray) findings = self->findings != NULL ? vv_finding_list_get (self->findings) : NULL;
  guint                 chosen = self->findings != NULL ? vv_finding_list_get_chosen (self->findings) : 0;
  const char           *lacks = self->findings != NULL ? vv_finding_list_get_lacking (self->findings) : NULL;
  gboolean              visible = !self->original && gtk_toggle_button_get_active (self->marks);

  for (int side = 0; side < 2; side++)
    {
      g_autoptr (GArray) shown = collect (self, findings, side, FALSE);
      g_autoptr (GArray) came = collect (self, findings, side, TRUE);

      for (int i = side; i < N_CANVASES; i += 2)
        {
          vv_canvas_set_marks (canvas_at (self, i), (const VvShownMark *) (gpointer) shown->data, shown->len, chosen);
          vv_canvas_show_marks (canvas_at (self, i), visible);
          vv_canvas_set_marks_editable (canvas_at (self, i), visible &&
                                                               self->findings != NULL &&
                                                               vv_finding_list_is_editable (self->findings));
        }
      vv_face_grid_set_marks (self->grid, side, (const VvShownMark *) (gpointer) came->data, visible ? came->len : 0, chosen);
    }
  vv_canvas_set_marks_over (self->probe, g_strcmp0 (lacks, "candidate") == 0);
}

static void
grow (VvBox *box, double x, double y)
{
  float right = MAX (box->x + box->width, (float) x), bottom = MAX (box->y + box->height, (float) y);

  box->x = MIN (box->x, (float) x);
  box->y = MIN (box->y, (float) y);
  box->width = right - box->x;
  box->height = bottom - box->y;
}

/* Grows @box by a mark, in frame FACE. FALSE when there is no such mark. */
static gboolean
add_to_frame (VvCanvas *canvas, const GArray *shown, guint number, gboolean first, VvBox *box)
{
  VvAnchor anchor = vv_canvas_get_anchor (canvas);

  for (guint i = 0; i < shown->len; i++)
    {
      const VvShownMark *one = &g_array_index (shown, VvShownMark, i);

      if (one->number != number)
        continue;
      for (guint p = 0; p < one->mark.n_points; p++)
        {
          double x = one->mark.points[p].x, y = one->mark.points[p].y;

          vv_anchor_to_frame (&anchor, &x, &y);
          if (first && p == 0)
            *box = (VvBox){ (float) x, (float) y, 0, 0 };
          grow (box, x, y);
        }
      return TRUE;
    }
  return FALSE;
}

/* Brings @box of frame FACE into the middle of @canvas and of all that are linked with it. */
static void
go_to_box (VvCanvas *canvas, const VvBox *box)
{
  VvView *view = vv_canvas_get_view (canvas);
  double  x, y, width, height;

  vv_view_get_home (view, &x, &y, &width, &height);
  vv_view_set_home (view, box->x + box->width / 2, box->y + box->height / 2, MAX (box->width * CLOSE, CLOSEST),
                    MAX (box->height * CLOSE, CLOSEST));
  vv_canvas_show_home (canvas);
  vv_view_set_home (view, x, y, width, height);
  /* stays there when the window changes */
  vv_view_get_centre (view, &x, &y);
  vv_view_set (view, x, y, vv_view_get_scale (view), vv_view_get_rotation (view), VV_FIT_NONE);
}

static void
go_to (VvFacePair *self, guint number)
{
  g_autoptr (JsonArray) findings = self->findings != NULL ? vv_finding_list_get (self->findings) : NULL;
  gboolean              linked = gtk_toggle_button_get_active (self->link);
  gboolean              any = FALSE;
  VvBox                 box = { 0 };

  for (int side = 0; side < 2; side++)
    {
      g_autoptr (GArray) shown = collect (self, findings, side, FALSE);
      VvCanvas          *canvas = canvas_at (self, side);

      any = add_to_frame (canvas, shown, number, /* first= */ !any, &box) || any;
      if (!linked && any)
        go_to_box (canvas, &box);
      any = any && linked;
    }
  if (any)
    go_to_box (self->probe, &box);
}

static void
on_go_cb (VvFacePair *self, guint number)
{
  go_to (self, number);
}

/* Whether all of a mark is on the screen. */
static gboolean
is_seen (VvFacePair *self, JsonArray *findings, int side, guint number)
{
  g_autoptr (GArray) shown = collect (self, findings, side, FALSE);
  VvCanvas          *canvas = canvas_at (self, side);
  VvCanvas          *place = vv_canvas_get_pairing (self->probe) != VV_PAIRING_NONE ? self->probe : canvas;
  cairo_matrix_t     matrix;

  vv_canvas_get_matrix (canvas, &matrix);
  for (guint i = 0; i < shown->len; i++)
    for (guint p = 0; g_array_index (shown, VvShownMark, i).number == number &&
                      p < g_array_index (shown, VvShownMark, i).mark.n_points;
         p++)
      {
        VvPoint point = g_array_index (shown, VvShownMark, i).mark.points[p];
        double  x = point.x, y = point.y;

        cairo_matrix_transform_point (&matrix, &x, &y);
        if (x < 0 || y < 0 || x > gtk_widget_get_width (GTK_WIDGET (place)) || y > gtk_widget_get_height (GTK_WIDGET (place)))
          return FALSE;
      }
  return TRUE;
}

/* A mark was clicked: its partner is to be seen too. Where both are, nothing jumps. */
static void
on_chosen_cb (VvFacePair *self, guint number)
{
  g_autoptr (JsonArray) findings = self->findings != NULL ? vv_finding_list_get (self->findings) : NULL;

  if (findings == NULL)
    return;
  vv_finding_list_choose (self->findings, number);
  if (self->look != VV_LOOK_STRIPS && (!is_seen (self, findings, 0, number) || !is_seen (self, findings, 1, number)))
    go_to (self, number);
}

void
vv_face_pair_show_finding (VvFacePair *self, guint number)
{
  g_return_if_fail (VV_IS_FACE_PAIR (self));

  if (self->findings == NULL)
    return;
  vv_finding_list_choose (self->findings, number);
  if (number > 0)
    go_to (self, number);
}

/* --- Drawing them ------------------------------------------------------------------------------------------------ */

static void
set_tool (VvFacePair *self, int kind)
{
  if (self->settling)
    return;
  self->settling = TRUE;
  self->tool = kind;
  for (int i = 0; i < N_CANVASES; i++)
    if (kind >= 0)
      vv_canvas_draw_mark (canvas_at (self, i), (VvMarkKind) kind);
    else if (vv_canvas_get_mode (canvas_at (self, i)) == VV_CANVAS_DRAW_MARK)
      vv_canvas_set_mode (canvas_at (self, i), VV_CANVAS_BROWSE);
  if (self->findings != NULL)
    vv_finding_list_show_tool (self->findings, kind);
  self->settling = FALSE;
}

/* Esc on one picture puts the tool away on all, and so does another picture in its place. */
static void
on_mode_cb (VvFacePair *self, GParamSpec *pspec, VvCanvas *canvas)
{
  if (self->tool >= 0 && vv_canvas_get_mode (canvas) == VV_CANVAS_BROWSE)
    set_tool (self, -1);
}

/* @kind: VvMarkKind, -1 to put the tool away. */
static void
begin_drawing (VvFacePair *self, int kind)
{
  VvCanvas *canvas;

  if (kind >= 0 && (self->findings == NULL || !vv_finding_list_is_editable (self->findings) || self->came[0] == NULL))
    {
      vv_finding_list_show_tool (self->findings, -1);
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (kind >= 0 && self->look == VV_LOOK_GRID)
    vv_face_pair_set_look (self, VV_LOOK_SIDE);
  if (kind >= 0)
    gtk_toggle_button_set_active (self->marks, TRUE);
  if (kind >= 0)
    _vv_face_pair_end_points (self);
  vv_canvas_set_blinking (self->probe, FALSE);
  set_tool (self, kind);
  canvas = _vv_face_pair_canvas (self);
  if (g_strcmp0 (vv_finding_list_get_lacking (self->findings), "candidate") == 0 && self->look == VV_LOOK_SIDE)
    canvas = self->candidate;
  gtk_widget_grab_focus (GTK_WIDGET (canvas));
  if (kind >= 0)
    vv_canvas_set_cross (canvas, gtk_widget_get_width (GTK_WIDGET (canvas)) / 2.0, gtk_widget_get_height (GTK_WIDGET (canvas)) / 2.0);
}

static void
on_draw_cb (VvFacePair *self, int kind)
{
  begin_drawing (self, kind);
}

/* One of a pair is drawn: its partner is drawn on the other picture, from the same place. */
static void
ask_for_partner (VvFacePair *self, VvCanvas *canvas)
{
  const char *lacks = vv_finding_list_get_lacking (self->findings);
  VvCanvas   *input = vv_canvas_get_pairing (self->probe) != VV_PAIRING_NONE && index_of (self, canvas) < 2 ? self->probe : canvas;
  VvCanvas   *partner = input == canvas ? canvas_at (self, index_of (self, canvas) ^ 1) : input;
  double      x, y;

  if (vv_canvas_get_pairing (self->probe) == VV_PAIRING_BLINK)
    vv_canvas_show_over (self->probe, g_strcmp0 (lacks, "candidate") == 0);
  if (partner == input || !vv_canvas_get_cross (input, &x, &y))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (partner));
  vv_canvas_set_cross (partner, x, y);
}

static void
on_drawn_cb (VvFacePair *self, const VvMark *drawn, VvCanvas *canvas)
{
  int    side = index_of (self, canvas) % 2;
  VvMark mark = *drawn;

  if (self->findings == NULL || !from_shown (self, side, &mark))
    return;
  if (!vv_finding_list_add_mark (self->findings, side_of (self, canvas), &mark))
    {
      ask_for_partner (self, canvas);
      return;
    }
  set_tool (self, -1);
  if (vv_canvas_get_pairing (self->probe) == VV_PAIRING_BLINK)
    vv_canvas_show_over (self->probe, FALSE);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == gtk_widget_get_root (GTK_WIDGET (self->findings)))
    vv_finding_list_focus (self->findings);
}

static void
on_moved_cb (VvFacePair *self, guint number, const VvMark *moved, VvCanvas *canvas)
{
  VvMark mark = *moved;

  if (self->findings != NULL && from_shown (self, index_of (self, canvas) % 2, &mark))
    vv_finding_list_change_mark (self->findings, side_of (self, canvas), number, &mark);
}

static void
on_deleted_cb (VvFacePair *self, guint number, VvCanvas *canvas)
{
  if (self->findings != NULL)
    vv_finding_list_delete_mark (self->findings, side_of (self, canvas), number);
}

/* --- Keys and set-up ---------------------------------------------------------------------------------------------- */

gboolean
_vv_face_pair_mark_key (VvFacePair *self, guint key, GdkModifierType state)
{
  static const guint keys[VV_N_MARK_KINDS] = {
    [VV_MARK_POINT] = GDK_KEY_m,
    [VV_MARK_LINE] = GDK_KEY_n,
    [VV_MARK_CURVE] = GDK_KEY_c,
    [VV_MARK_OUTLINE] = GDK_KEY_u,
    [VV_MARK_ARROW] = GDK_KEY_w,
  };

  if (self->findings == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_h)
    gtk_toggle_button_set_active (self->marks, !gtk_toggle_button_get_active (self->marks));
  else if (key == GDK_KEY_f)
    vv_finding_list_step (self->findings, (state & GDK_SHIFT_MASK) != 0 ? -1 : 1);
  else
    {
      for (int kind = 0; kind < VV_N_MARK_KINDS; kind++)
        if (keys[kind] == key)
          {
            begin_drawing (self, kind);
            return TRUE;
          }
      return FALSE;
    }
  return TRUE;
}

static void
on_marks_toggled_cb (VvFacePair *self)
{
  if (!gtk_toggle_button_get_active (self->marks))
    set_tool (self, -1);
  _vv_face_pair_show_marks (self);
}

void
_vv_face_pair_init_marks (VvFacePair *self)
{
  self->tool = -1;
  self->mark_scale[0] = self->mark_scale[1] = 1;
  self->marks = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Marks")));
  gtk_toggle_button_set_active (self->marks, TRUE);
  vv_parts_name (GTK_WIDGET (self->marks), _ ("Marks"));
  gtk_widget_set_focus_on_click (GTK_WIDGET (self->marks), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->marks), _ ("Show the marks of the findings (H); hidden they hide nothing of the faces"));
  gtk_box_insert_child_after (GTK_BOX (self->tools), GTK_WIDGET (self->marks), GTK_WIDGET (self->landmarks));
  g_signal_connect_object (self->marks, "toggled", G_CALLBACK (on_marks_toggled_cb), self, G_CONNECT_SWAPPED);
  for (int i = 0; i < N_CANVASES; i++)
    {
      VvCanvas *canvas = canvas_at (self, i);

      g_signal_connect_object (canvas, "mark-drawn", G_CALLBACK (on_drawn_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (canvas, "mark-changed", G_CALLBACK (on_moved_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (canvas, "mark-deleted", G_CALLBACK (on_deleted_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (canvas, "mark-chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (canvas, "notify::mode", G_CALLBACK (on_mode_cb), self, G_CONNECT_SWAPPED);
    }
}

void
_vv_face_pair_dispose_marks (VvFacePair *self)
{
  if (self->findings != NULL)
    g_signal_handlers_disconnect_by_data (self->findings, self);
  g_clear_object (&self->findings);
  g_clear_pointer (&self->mark_steps[0], json_array_unref);
  g_clear_pointer (&self->mark_steps[1], json_array_unref);
}

void
vv_face_pair_set_findings (VvFacePair *self, VvFindingList *findings)
{
  g_return_if_fail (VV_IS_FACE_PAIR (self));
  g_return_if_fail (self->findings == NULL);

  self->findings = g_object_ref (findings);
  vv_finding_list_set_drawable (findings, TRUE);
  g_signal_connect_object (findings, "shown", G_CALLBACK (_vv_face_pair_show_marks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (findings, "go", G_CALLBACK (on_go_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (findings, "draw", G_CALLBACK (on_draw_cb), self, G_CONNECT_SWAPPED);
  _vv_face_pair_show_marks (self);
}
