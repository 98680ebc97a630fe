// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-canvas.h"
#include "vv-composite.h"

G_BEGIN_DECLS

/* Sides of the box that a drag moves. */
typedef enum
{
  VV_SIDE_NONE = 0,
  VV_SIDE_LEFT = 1 << 0,
  VV_SIDE_RIGHT = 1 << 1,
  VV_SIDE_TOP = 1 << 2,
  VV_SIDE_BOTTOM = 1 << 3,
  VV_SIDE_ALL = 0xf, /* move the box as it is */
} VvSides;

/* Of the line of a wipe, what a press takes hold of. */
typedef enum
{
  VV_WIPE_NONE,
  VV_WIPE_LINE,
  VV_WIPE_KNOB, /* turns it; one at each end */
} VvWipePart;

/* All that the visible part was drawn from: as long as it is the same, so is the image. */
typedef struct
{
  VvLayer layers[2]; /* pyramids (owned) (nullable) */
  VvBlend blend;
  int     width, height; /* device pixels */
} VvDrawn;

typedef struct _VvCanvasMarks   VvCanvasMarks;   /* vv-canvas-marks-private.h */
typedef struct _VvCanvasHandles VvCanvasHandles; /* vv-canvas-points.c */

struct _VvCanvas
{
  GtkWidget parent_instance;

  char         *label;
  int           width, height; /* of the picture; 0 for none */
  VvPyramid    *pyramid;       /* (owned) (nullable): NULL until there is a first sight */
  GCancellable *loading;       /* (owned) (nullable): while levels are made */
  GArray       *faces;         /* VvFace */
  int           anchor_face;
  int           selected_face;
  VvOverlays    overlays;
  VvCanvasMode  mode;

  VvView  *view;      /* (owned) */
  VvAnchor anchor;    /* where the frame lies now */
  gulong   on_change; /* handlers on the view */
  gulong   on_reset;

  /* the visible part as it was drawn last, and of what */
  gboolean         drawn;
  VvDrawn          drawn_of;
  cairo_surface_t *images[2]; /* (owned) (nullable): written in turn, for fresh memory costs a frame milliseconds */
  int              image;     /* the one that was written last */

  /* two pictures in one place, vv-canvas-pair.c */
  VvCanvas  *over;  /* (owned) (nullable): its picture is laid over this one */
  VvCanvas  *under; /* (nullable): whose picture lies under this one */
  VvPairing  pairing;
  double     mix, faintness;
  double     line_distance, line_angle; /* of the wipe: from the middle, logical pixels; of its normal, degrees */
  gboolean   over_shown, over_wanted;   /* which picture is seen alone; differ while a change has to wait */
  gint64     over_changed;              /* monotonic time of the last change */
  guint      over_waiting;              /* source of the change that waits */
  gboolean   blinking;
  double     blink_rate; /* changes per second */
  guint      blink_source;
  VvWipePart drag_part;

  /* the box being drawn */
  gboolean has_box;
  VvBox    box;

  VvCanvasMarks   *marks;   /* (owned) */
  VvCanvasHandles *handles; /* (owned) */

  /* the drag under way */
  gboolean drag_mark;      /* what it does is done to a mark */
  gboolean dragging;       /* has moved far enough not to be a click */
  double   drag_x, drag_y; /* panning: logical pixels done; box: where it began, picture pixels */
  VvSides  drag_sides;     /* of the box; NONE: a new box */
  VvBox    drag_box;       /* as it was at the start */
  double   pointer_x, pointer_y;
};

/* The canvas in whose place this picture is seen: itself, or the one it is laid over. */
VvCanvas *_vv_canvas_get_place (VvCanvas *self);

/* Draws anew where the picture is seen. */
void _vv_canvas_redraw (VvCanvas *self);

/* Picture to device pixels, and how many there are. */
void _vv_canvas_get_device_matrix (VvCanvas       *self,
                                   cairo_matrix_t *out_matrix);
void _vv_canvas_get_device_size (VvCanvas *self,
                                 int      *out_width,
                                 int      *out_height);

/* Logical widget coordinates to picture pixels. */
void _vv_canvas_to_picture (VvCanvas *self,
                            double   *x,
                            double   *y);

/* vv-canvas-draw.c: the visible part, drawn anew only when it must be; what is kept of it; memory for it. */
void _vv_canvas_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot);
void _vv_canvas_forget_drawn (VvCanvas *self);
void _vv_canvas_drop_images (VvCanvas *self);
void _vv_canvas_keep_heap (void);

/* vv-canvas-move.c: fits the view again, if it fits, after the size or the picture changed; the anchor that
 * the picture has by itself. */
void     _vv_canvas_refit (VvCanvas *self);
VvAnchor _vv_canvas_find_anchor (VvCanvas *self);

/* vv-canvas-overlay.c */
void _vv_canvas_draw_overlays (VvCanvas *self,
                               cairo_t  *cr);

/* vv-canvas-box.c: what a press at a widget position takes hold of; adjusting by mouse and keyboard. */
VvSides _vv_canvas_box_sides_at (VvCanvas *self,
                                 double    x,
                                 double    y);
void    _vv_canvas_box_begin (VvCanvas *self,
                              double    x,
                              double    y);
void    _vv_canvas_box_drag (VvCanvas *self,
                             double    x,
                             double    y);
void    _vv_canvas_box_step (VvCanvas *self,
                             int       dx,
                             int       dy,
                             gboolean  resize);
int     _vv_canvas_face_at (VvCanvas *self,
                            double    x,
                            double    y);

/* vv-canvas-pair.c: both pictures and how they are blended now (pyramids are not owned); the line over them; what a drag
 * does to it; which of the two canvases moves when one is moved alone from a widget position. */
void       _vv_canvas_init_pair (VvCanvas *self);
void       _vv_canvas_dispose_pair (VvCanvas *self);
void       _vv_canvas_find_drawn (VvCanvas *self,
                                  VvDrawn  *out_drawn);
void       _vv_canvas_draw_pair (VvCanvas *self,
                                 cairo_t  *cr);
void       _vv_canvas_clip_to_side (VvCanvas *self,
                                    cairo_t  *cr);
VvWipePart _vv_canvas_wipe_part_at (VvCanvas *self,
                                    double    x,
                                    double    y);
void       _vv_canvas_wipe_drag (VvCanvas *self,
                                 double    x,
                                 double    y,
                                 double    dx,
                                 double    dy);
VvCanvas  *_vv_canvas_get_mover (VvCanvas *self,
                                 gboolean  alone,
                                 double    x,
                                 double    y);
void       _vv_canvas_emit_pair_changed (VvCanvas *self);

/* vv-canvas-marks.c, vv-canvas-mark-paint.c, vv-canvas-mark-draw.c: marks of findings. A press that takes hold of something there
 * answers TRUE, and drag and release follow; keys answer whether they meant anything. */
void     _vv_canvas_class_init_marks (GtkWidgetClass *widget_class);
void     _vv_canvas_init_marks (VvCanvas *self);
void     _vv_canvas_free_marks (VvCanvas *self);
void     _vv_canvas_draw_marks (VvCanvas *self,
                                cairo_t  *cr);
void     _vv_canvas_drop_begun_mark (VvCanvas *self);
gboolean _vv_canvas_mark_press (VvCanvas *self,
                                double    x,
                                double    y);
void     _vv_canvas_mark_drag (VvCanvas *self,
                               double    from_x,
                               double    from_y,
                               double    x,
                               double    y);
void     _vv_canvas_mark_release (VvCanvas *self,
                                  double    x,
                                  double    y,
                                  gboolean  dragged);
void     _vv_canvas_mark_double_press (VvCanvas *self);
void     _vv_canvas_mark_motion (VvCanvas *self,
                                 double    x,
                                 double    y);
void     _vv_canvas_mark_step (VvCanvas *self,
                               int       dx,
                               int       dy,
                               gboolean  finely);
gboolean _vv_canvas_mark_enter (VvCanvas *self);
gboolean _vv_canvas_mark_back (VvCanvas *self);
gboolean _vv_canvas_mark_give_up (VvCanvas *self);
gboolean _vv_canvas_mark_delete (VvCanvas *self);
gboolean _vv_canvas_step_handle (VvCanvas *self,
                                 int       by);

/* vv-canvas-points.c */
void _vv_canvas_class_init_handles (GtkWidgetClass *widget_class);
void _vv_canvas_init_handles (VvCanvas *self);
void _vv_canvas_free_handles (VvCanvas *self);
void _vv_canvas_draw_handles (VvCanvas *self,
                              cairo_t  *cr);

/* vv-canvas-grid.c: lines by which proportions are judged, in frame FACE. */
void _vv_canvas_draw_grid (VvCanvas     *self,
                           const VvFace *face,
                           gboolean      grid,
                           gboolean      midline,
                           cairo_t      *cr);

/* vv-canvas-input.c */
void _vv_canvas_class_init_input (GtkWidgetClass *widget_class);
void _vv_canvas_init_input (VvCanvas *self);
void _vv_canvas_emit_face_activated (VvCanvas *self,
                                     int       face);

G_END_DECLS
