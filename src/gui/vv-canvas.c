// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-canvas-private.h"

/* Up to this size (4 ms) the levels are made at once: no empty frame between two pictures. */
#define AT_ONCE_PIXELS 2000000

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_MODE,
  PROP_OVERLAYS,
  PROP_SELECTED_FACE,
  PROP_VIEW,
  N_PROPS
};

enum
{
  FACE_ACTIVATED,
  BOX_DRAWN,
  PICTURE_SHOWN,
  PAIR_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (VvCanvas, vv_canvas, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

void
_vv_canvas_get_device_size (VvCanvas *self, int *out_width, int *out_height)
{
  GtkWidget *place = GTK_WIDGET (_vv_canvas_get_place (self));
  int        factor = gtk_widget_get_scale_factor (place);

  *out_width = gtk_widget_get_width (place) * factor;
  *out_height = gtk_widget_get_height (place) * factor;
}

void
_vv_canvas_get_device_matrix (VvCanvas *self, cairo_matrix_t *out_matrix)
{
  int width, height;

  _vv_canvas_get_device_size (self, &width, &height);
  vv_view_get_matrix (self->view, &self->anchor, width, height, out_matrix);
}

void
_vv_canvas_to_picture (VvCanvas *self, double *x, double *y)
{
  cairo_matrix_t matrix;

  vv_canvas_get_matrix (self, &matrix);
  if (cairo_matrix_invert (&matrix) == CAIRO_STATUS_SUCCESS)
    cairo_matrix_transform_point (&matrix, x, y);
}

/* "Probe image, 3000 by 4000 pixels, 2 faces" */
static char *
describe (VvCanvas *self)
{
  const char      *label = self->label != NULL ? self->label : _ ("Picture");
  g_autofree char *faces = NULL;

  if (self->width == 0)
    return g_strdup (label);
  if (self->faces->len == 0)
    return g_strdup_printf (_ ("%s, %d by %d pixels"), label, self->width, self->height);
  faces = g_strdup_printf (ngettext ("%u face", "%u faces", self->faces->len), self->faces->len);
  return g_strdup_printf (_ ("%s, %d by %d pixels, %s"), label, self->width, self->height, faces);
}

static void
update_accessible (VvCanvas *self)
{
  g_autofree char *label = describe (self);
  g_autofree char *selected = NULL;

  if (self->selected_face >= 0)
    selected = g_strdup_printf (_ ("Face %d of %u is selected"), self->selected_face + 1, self->faces->len);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, selected != NULL ? selected : "", -1);
}

static void
vv_canvas_measure (GtkWidget     *widget,
                   GtkOrientation orientation,
                   int            for_size,
                   int           *minimum,
                   int           *natural,
                   int           *minimum_baseline,
                   int           *natural_baseline)
{
  *minimum = 32;
  *natural = 400;
  *minimum_baseline = *natural_baseline = -1;
}

static void
vv_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  _vv_canvas_refit (VV_CANVAS (widget));
}

static void
vv_canvas_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  gtk_widget_queue_draw (widget);
  GTK_WIDGET_CLASS (vv_canvas_parent_class)->state_flags_changed (widget, previous);
}

static void
on_scale_factor_changed_cb (VvCanvas *self)
{
  _vv_canvas_refit (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_view_reset_cb (VvCanvas *self)
{
  self->anchor = _vv_canvas_find_anchor (self);
  _vv_canvas_redraw (self);
}

/* What nobody sees need not lie ready. */
static void
vv_canvas_unmap (GtkWidget *widget)
{
  _vv_canvas_drop_images (VV_CANVAS (widget));
  GTK_WIDGET_CLASS (vv_canvas_parent_class)->unmap (widget);
}

static void
drop_view (VvCanvas *self)
{
  if (self->view == NULL)
    return;
  g_clear_signal_handler (&self->on_change, self->view);
  g_clear_signal_handler (&self->on_reset, self->view);
  g_clear_object (&self->view);
}

static void
stop_loading (VvCanvas *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
vv_canvas_dispose (GObject *object)
{
  VvCanvas *self = VV_CANVAS (object);

  stop_loading (self);
  _vv_canvas_dispose_pair (self);
  drop_view (self);
  _vv_canvas_drop_images (self);
  g_clear_pointer (&self->pyramid, vv_pyramid_unref);

  G_OBJECT_CLASS (vv_canvas_parent_class)->dispose (object);
}

static void
vv_canvas_finalize (GObject *object)
{
  VvCanvas *self = VV_CANVAS (object);

  g_free (self->label);
  g_array_unref (self->faces);
  _vv_canvas_free_marks (self);
  _vv_canvas_free_handles (self);

  G_OBJECT_CLASS (vv_canvas_parent_class)->finalize (object);
}

static void
vv_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VvCanvas *self = VV_CANVAS (object);

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_MODE:
      g_value_set_int (value, (int) self->mode);
      break;
    case PROP_OVERLAYS:
      g_value_set_uint (value, self->overlays);
      break;
    case PROP_SELECTED_FACE:
      g_value_set_int (value, self->selected_face);
      break;
    case PROP_VIEW:
      g_value_set_object (value, self->view);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vv_canvas_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VvCanvas *self = VV_CANVAS (object);

  switch (id)
    {
    case PROP_LABEL:
      vv_canvas_set_label (self, g_value_get_string (value));
      break;
    case PROP_MODE:
      vv_canvas_set_mode (self, (VvCanvasMode) g_value_get_int (value));
      break;
    case PROP_OVERLAYS:
      vv_canvas_set_overlays (self, (VvOverlays) g_value_get_uint (value));
      break;
    case PROP_SELECTED_FACE:
      vv_canvas_select_face (self, g_value_get_int (value));
      break;
    case PROP_VIEW:
      vv_canvas_set_view (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_MODE] = g_param_spec_int ("mode", NULL, NULL, VV_CANVAS_BROWSE, VV_CANVAS_EDIT_MARK,
                                            VV_CANVAS_BROWSE, flags);
  properties[PROP_OVERLAYS] = g_param_spec_uint ("overlays", NULL, NULL, 0, G_MAXUINT, VV_OVERLAY_BOXES, flags);
  properties[PROP_SELECTED_FACE] = g_param_spec_int ("selected-face", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_VIEW] = g_param_spec_object ("view", NULL, NULL, VV_TYPE_VIEW, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
vv_canvas_class_init (VvCanvasClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = vv_canvas_dispose;
  object_class->finalize = vv_canvas_finalize;
  object_class->get_property = vv_canvas_get_property;
  object_class->set_property = vv_canvas_set_property;
  install_properties (object_class);

  widget_class->measure = vv_canvas_measure;
  widget_class->size_allocate = vv_canvas_size_allocate;
  widget_class->snapshot = _vv_canvas_snapshot;
  widget_class->unmap = vv_canvas_unmap;
  widget_class->state_flags_changed = vv_canvas_state_flags_changed;
  gtk_widget_class_set_css_name (widget_class, "vv-canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  _vv_canvas_class_init_input (widget_class);
  _vv_canvas_class_init_handles (widget_class);
  _vv_canvas_keep_heap ();
  _vv_canvas_class_init_marks (widget_class);

  signals[FACE_ACTIVATED] = g_signal_new ("face-activated", VV_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_INT);
  signals[BOX_DRAWN] = g_signal_new ("box-drawn", VV_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[PICTURE_SHOWN] = g_signal_new ("picture-shown", VV_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[PAIR_CHANGED] = g_signal_new ("pair-changed", VV_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
vv_canvas_init (VvCanvas *self)
{
  g_autoptr (VvView) view = vv_view_new (VV_FRAME_PICTURE);

  self->faces = g_array_new (FALSE, FALSE, sizeof (VvFace));
  self->anchor_face = -1;
  self->selected_face = -1;
  self->overlays = VV_OVERLAY_BOXES;
  self->anchor = vv_anchor_for_picture ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  _vv_canvas_init_input (self);
  _vv_canvas_init_handles (self);
  _vv_canvas_init_pair (self);
  _vv_canvas_init_marks (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_factor_changed_cb), NULL);
  vv_canvas_set_view (self, view);
  update_accessible (self);
}

GtkWidget *
vv_canvas_new (void)
{
  return g_object_new (VV_TYPE_CANVAS, NULL);
}

static void
put_faces (VvCanvas *self, const VvFace *faces, guint n_faces, int anchor_face)
{
  g_array_set_size (self->faces, 0);
  if (n_faces > 0)
    g_array_append_vals (self->faces, faces, n_faces);
  self->anchor_face = anchor_face;
  vv_canvas_select_face (self, -1);
  self->anchor = _vv_canvas_find_anchor (self);
  _vv_canvas_refit (self);
  update_accessible (self);
  _vv_canvas_redraw (self);
}

static void
put_pyramid (VvCanvas *self, VvPyramid *pyramid)
{
  _vv_canvas_forget_drawn (self);
  g_clear_pointer (&self->pyramid, vv_pyramid_unref);
  if (pyramid != NULL)
    self->pyramid = vv_pyramid_ref (pyramid);
  _vv_canvas_redraw (self);
}

static void
make_preview_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, vv_pyramid_new_preview (task_data), (GDestroyNotify) vv_pyramid_unref);
}

static void
make_complete_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  VvPyramid *complete = vv_pyramid_new_complete (task_data, cancellable);

  if (complete == NULL)
    g_task_return_error_if_cancelled (task);
  else
    g_task_return_pointer (task, complete, (GDestroyNotify) vv_pyramid_unref);
}

/* The thread never holds the widget: it could be the last to let go of it. */
static void
start (VvCanvas *self, GTaskThreadFunc func, gpointer data, GDestroyNotify free_data, GAsyncReadyCallback callback)
{
  GWeakRef         *weak = g_new0 (GWeakRef, 1);
  g_autoptr (GTask) task = NULL;

  g_weak_ref_init (weak, self);
  task = g_task_new (/* source_object= */ NULL, self->loading, callback, weak);
  g_task_set_task_data (task, data, free_data);
  g_task_run_in_thread (task, func);
}

/* Returns: (transfer full) (nullable): the canvas if it still waits for this result. */
static VvCanvas *
take_waiting (GWeakRef *weak, GTask *task)
{
  g_autoptr (VvCanvas) self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL || self->loading == NULL || self->loading != g_task_get_cancellable (task))
    return NULL;
  return g_steal_pointer (&self);
}

static void
on_complete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvPyramid) pyramid = g_task_propagate_pointer (G_TASK (result), /* error= */ NULL);
  g_autoptr (VvCanvas)  self = take_waiting (user_data, G_TASK (result));

  if (self == NULL || pyramid == NULL)
    return;
  g_clear_object (&self->loading);
  put_pyramid (self, pyramid);
  g_signal_emit (self, signals[PICTURE_SHOWN], 0);
}

static void
on_preview_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvPyramid) pyramid = g_task_propagate_pointer (G_TASK (result), /* error= */ NULL);
  g_autoptr (VvCanvas)  self = take_waiting (user_data, G_TASK (result));

  if (self == NULL || pyramid == NULL)
    return;
  put_pyramid (self, pyramid);
  start (self, make_complete_in_thread, vv_pyramid_ref (pyramid), (GDestroyNotify) vv_pyramid_unref, on_complete_cb);
}

static void
begin_picture (VvCanvas *self, int width, int height, const VvFace *faces, guint n_faces, int anchor_face)
{
  stop_loading (self);
  vv_canvas_set_mode (self, VV_CANVAS_BROWSE);
  /* Better nothing for a moment than another person's picture in this place. */
  put_pyramid (self, NULL);
  self->width = width;
  self->height = height;
  put_faces (self, faces, n_faces, anchor_face);
}

void
vv_canvas_set_pyramid (VvCanvas *self, VvPyramid *pyramid, const VvFace *faces, guint n_faces, int anchor_face)
{
  const VvPicture *picture;
  int              shift;

  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (pyramid != NULL);

  picture = vv_pyramid_get_level (pyramid, 0, &shift);
  begin_picture (self, picture->width, picture->height, faces, n_faces, anchor_face);
  put_pyramid (self, pyramid);
  g_signal_emit (self, signals[PICTURE_SHOWN], 0);
}

void
vv_canvas_set_picture (VvCanvas *self, VvPicture *picture, const VvFace *faces, guint n_faces, int anchor_face)
{
  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (picture != NULL || n_faces == 0);

  if (picture == NULL)
    begin_picture (self, 0, 0, NULL, 0, -1);
  else if ((gint64) picture->width * picture->height <= AT_ONCE_PIXELS)
    {
      g_autoptr (VvPyramid) pyramid = vv_pyramid_new (picture);

      vv_canvas_set_pyramid (self, pyramid, faces, n_faces, anchor_face);
    }
  else
    {
      begin_picture (self, picture->width, picture->height, faces, n_faces, anchor_face);
      self->loading = g_cancellable_new ();
      start (self, make_preview_in_thread, vv_picture_ref (picture), (GDestroyNotify) vv_picture_unref, on_preview_cb);
    }
}

void
vv_canvas_set_faces (VvCanvas *self, const VvFace *faces, guint n_faces, int anchor_face)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  put_faces (self, faces, n_faces, anchor_face);
}

VvPyramid *
vv_canvas_get_pyramid (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), NULL);

  return self->pyramid;
}

void
vv_canvas_set_label (VvCanvas *self, const char *label)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  if (g_strcmp0 (self->label, label) == 0)
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

const char *
vv_canvas_get_label (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), NULL);

  return self->label;
}

void
vv_canvas_set_view (VvCanvas *self, VvView *view)
{
  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (VV_IS_VIEW (view));

  if (self->view == view)
    return;
  drop_view (self);
  self->view = g_object_ref (view);
  self->on_change = g_signal_connect_swapped (view, "changed", G_CALLBACK (_vv_canvas_redraw), self);
  self->on_reset = g_signal_connect_swapped (view, "reset", G_CALLBACK (on_view_reset_cb), self);
  self->anchor = _vv_canvas_find_anchor (self);
  _vv_canvas_refit (self);
  _vv_canvas_redraw (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

VvView *
vv_canvas_get_view (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), NULL);

  return self->view;
}

VvAnchor
vv_canvas_get_anchor (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), vv_anchor_for_picture ());

  return self->anchor;
}

void
vv_canvas_set_anchor (VvCanvas *self, const VvAnchor *anchor)
{
  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (anchor->unit > 0);

  self->anchor = *anchor;
  _vv_canvas_redraw (self);
}

void
vv_canvas_get_matrix (VvCanvas *self, cairo_matrix_t *out_matrix)
{
  cairo_matrix_t to_logical;
  double         factor;

  g_return_if_fail (VV_IS_CANVAS (self));

  factor = gtk_widget_get_scale_factor (GTK_WIDGET (_vv_canvas_get_place (self)));
  _vv_canvas_get_device_matrix (self, out_matrix);
  cairo_matrix_init_scale (&to_logical, 1 / factor, 1 / factor);
  cairo_matrix_multiply (out_matrix, out_matrix, &to_logical);
}

void
vv_canvas_set_mode (VvCanvas *self, VvCanvasMode mode)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  if (self->mode == mode)
    return;
  self->mode = mode;
  self->has_box = FALSE;
  _vv_canvas_drop_begun_mark (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), mode == VV_CANVAS_DRAW_BOX || mode == VV_CANVAS_DRAW_MARK ? "crosshair" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

VvCanvasMode
vv_canvas_get_mode (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), VV_CANVAS_BROWSE);

  return self->mode;
}

void
vv_canvas_set_overlays (VvCanvas *self, VvOverlays overlays)
{
  g_return_if_fail (VV_IS_CANVAS (self));

  if (self->overlays == overlays)
    return;
  self->overlays = overlays;
  _vv_canvas_redraw (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OVERLAYS]);
}

VvOverlays
vv_canvas_get_overlays (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), VV_OVERLAY_NONE);

  return self->overlays;
}

void
vv_canvas_select_face (VvCanvas *self, int face)
{
  g_return_if_fail (VV_IS_CANVAS (self));
  g_return_if_fail (face >= -1 && face < (int) self->faces->len);

  if (self->selected_face == face)
    return;
  self->selected_face = face;
  update_accessible (self);
  _vv_canvas_redraw (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_FACE]);
}

int
vv_canvas_get_selected_face (VvCanvas *self)
{
  g_return_val_if_fail (VV_IS_CANVAS (self), -1);

  return self->selected_face;
}

void
_vv_canvas_emit_pair_changed (VvCanvas *self)
{
  g_signal_emit (self, signals[PAIR_CHANGED], 0);
}

void
_vv_canvas_emit_face_activated (VvCanvas *self, int face)
{
  g_signal_emit (self, signals[FACE_ACTIVATED], 0, face);
}

gboolean
vv_canvas_take_box (VvCanvas *self)
{
  VvBox box;

  g_return_val_if_fail (VV_IS_CANVAS (self), FALSE);

  if (!vv_canvas_get_box (self, &box))
    return FALSE;
  vv_canvas_set_mode (self, VV_CANVAS_BROWSE);
  g_signal_emit (self, signals[BOX_DRAWN], 0, &box);
  return TRUE;
}
