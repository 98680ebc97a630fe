// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "vv-picture.h"
#include "vv-pyramid.h"
#include "vv-view.h"

G_BEGIN_DECLS

/* Shows one picture, at any zoom and angle, with faces and landmarks drawn over it. Main thread only.
 *
 * Mouse: the wheel zooms at the pointer, Shift and wheel turn, dragging (left or middle button) pans, a double
 * click resets, a click on a face box selects and activates it. With Ctrl the same acts, and the keys, move
 * this picture alone, not those linked with it.
 *
 * Keys:  + = -            zoom                       0               reset
 *        /                one to one                 *               whole picture
 *        arrows           pan (Shift: half a window) [ ]             turn by a degree
 *        Page Up, Down    select a face              Enter           activate it
 *        , .              less and more of what lies over it: the line of a wipe, opacity, rate of the blink
 *        < >              turn the line of a wipe
 * While a box is drawn:
 *        arrows           move the box, first make one in the middle   Shift+arrows   change its size
 *        Enter            take it                    Esc             give up
 *
 * Each is an action of the widget: canvas.zoom-in, canvas.zoom-out, canvas.reset, canvas.actual-size,
 * canvas.whole-picture, canvas.pan-left, -right, -up, -down, canvas.page-left ..., canvas.turn-left, canvas.turn-right,
 * canvas.less, canvas.more, canvas.line-left, canvas.line-right, canvas.next-face, canvas.previous-face, canvas.activate, canvas.cancel; those that move have a twin that ends
 * in -alone. */
#define VV_TYPE_CANVAS (vv_canvas_get_type ())
G_DECLARE_FINAL_TYPE (VvCanvas, vv_canvas, VV, CANVAS, GtkWidget)

typedef enum
{
  VV_CANVAS_BROWSE,    /* dragging pans */
  VV_CANVAS_DRAW_BOX,  /* dragging draws and adjusts a box; the middle button pans */
  VV_CANVAS_DRAW_MARK, /* clicks and drags draw marks, vv-canvas-marks.h; the middle button pans */
  VV_CANVAS_EDIT_MARK, /* arrow keys move the chosen mark */
} VvCanvasMode;

/* How the picture of another canvas is laid over this one's, registered by the view they share. */
typedef enum
{
  VV_PAIRING_NONE,  /* not at all */
  VV_PAIRING_WIPE,  /* this one on one side of a line, the other on the other side */
  VV_PAIRING_BLINK, /* one after the other in the same place */
  VV_PAIRING_MIX,   /* the other shines through */
  VV_PAIRING_EDGES, /* lines where the other changes */
} VvPairing;

/* Pictures never change places more often: photosensitive people see at most two flashes a second (WCAG 2.3.1 allows
 * three). */
#define VV_BLINK_RATE_MAX 4.0
#define VV_BLINK_RATE_MIN 0.5

typedef enum
{
  VV_OVERLAY_NONE = 0,
  VV_OVERLAY_BOXES = 1 << 0,     /* face boxes, numbered when there are several */
  VV_OVERLAY_FIVE = 1 << 1,      /* eyes, nose tip, corners of the mouth */
  VV_OVERLAY_LANDMARKS = 1 << 2, /* 68 points */
  VV_OVERLAY_CONTOURS = 1 << 3,  /* lines along the landmarks */
  VV_OVERLAY_GRID = 1 << 4,      /* lines of proportion, along the eyes and across */
  VV_OVERLAY_MIDLINE = 1 << 5,   /* across the eyes, midway between them */
} VvOverlays;

/* Properties: "label" (string), "mode" (int, VvCanvasMode), "overlays" (uint, VvOverlays), "selected-face" (int,
 * -1 for none), "view" (VvView).
 * Signals: "face-activated" (int face) by click or Enter; "box-drawn" (const VvBox *, picture pixels) when a box is
 * taken by Enter or vv_canvas_take_box(); "picture-shown" when the complete pyramid is in place; "pair-changed" when
 * another of two pictures is seen, or line, opacity or rate changed. */
GtkWidget *vv_canvas_new (void);

/* Shows @picture (nullable: nothing) at once roughly, soon after exactly; neither blocks.
 * @faces: (array length=n_faces), copied. @anchor_face: the face that anchors frame FACE, -1 for none. The
 * view stays as it is unless it fits the picture to the window. Goes back to BROWSE; no face is selected. */
void vv_canvas_set_picture (VvCanvas     *self,
                            VvPicture    *picture,
                            const VvFace *faces,
                            guint         n_faces,
                            int           anchor_face);

/* The same with levels that are there already, for a picture that several canvases show. */
void vv_canvas_set_pyramid (VvCanvas     *self,
                            VvPyramid    *pyramid,
                            const VvFace *faces,
                            guint         n_faces,
                            int           anchor_face);

/* Other faces for the picture that is shown, when they become known or were corrected. */
void vv_canvas_set_faces (VvCanvas     *self,
                          const VvFace *faces,
                          guint         n_faces,
                          int           anchor_face);

/* What is shown now; NULL while nothing is. (transfer none) (nullable) */
VvPyramid *vv_canvas_get_pyramid (VvCanvas *self);

/* What the picture is, "Probe image"; the size and the faces are added for screen readers. */
void        vv_canvas_set_label (VvCanvas   *self,
                                 const char *label);
const char *vv_canvas_get_label (VvCanvas *self);

/* Canvases with the same view are linked. A new canvas has its own, in frame PICTURE. */
void    vv_canvas_set_view (VvCanvas *self,
                            VvView   *view);
VvView *vv_canvas_get_view (VvCanvas *self);

/* Where the frame of the view lies in this picture now; setting it moves this picture alone, until reset. */
VvAnchor vv_canvas_get_anchor (VvCanvas *self);
void     vv_canvas_set_anchor (VvCanvas       *self,
                               const VvAnchor *anchor);

/* Picture pixels to logical pixels of the widget. */
void vv_canvas_get_matrix (VvCanvas       *self,
                           cairo_matrix_t *out_matrix);

void         vv_canvas_set_mode (VvCanvas    *self,
                                 VvCanvasMode mode);
VvCanvasMode vv_canvas_get_mode (VvCanvas *self);

void       vv_canvas_set_overlays (VvCanvas  *self,
                                   VvOverlays overlays);
VvOverlays vv_canvas_get_overlays (VvCanvas *self);

void vv_canvas_select_face (VvCanvas *self,
                            int       face);
int  vv_canvas_get_selected_face (VvCanvas *self);

/* --- Two pictures in one place (vv-canvas-pair.c) --- */

/* Lays the picture of @over over this one's; (nullable): takes it away. @over stays a canvas of its own, which need not be
 * visible: pictures, faces, anchor and overlays are set there. Both should have the same view. With Ctrl the upper picture
 * moves alone, in a wipe the one under the pointer, in a blink the one that is seen. */
void vv_canvas_set_over (VvCanvas *self,
                         VvCanvas *over);

void      vv_canvas_set_pairing (VvCanvas *self,
                                 VvPairing pairing);
VvPairing vv_canvas_get_pairing (VvCanvas *self);

/* MIX: the share of the upper picture; EDGES: how faint edges are drawn still; 0 to 1. Of no meaning in other pairings. */
void   vv_canvas_set_amount (VvCanvas *self,
                             double    amount);
double vv_canvas_get_amount (VvCanvas *self);

/* WIPE: the line runs @distance logical pixels from the middle of the widget; the upper picture lies where its normal,
 * @angle degrees clockwise from the right, points to. The line stays in the widget. */
void vv_canvas_set_line (VvCanvas *self,
                         double    distance,
                         double    angle);
void vv_canvas_get_line (VvCanvas *self,
                         double   *out_distance,
                         double   *out_angle);

/* Shows the upper picture alone, in any pairing, until it is called with FALSE. A change that comes too soon after the one
 * before waits (VV_BLINK_RATE_MAX). */
void     vv_canvas_show_over (VvCanvas *self,
                              gboolean  show);
gboolean vv_canvas_shows_over (VvCanvas *self);

/* BLINK: whether the pictures change places by themselves, and how often in a second. */
void     vv_canvas_set_blinking (VvCanvas *self,
                                 gboolean  blinking);
gboolean vv_canvas_get_blinking (VvCanvas *self);
void     vv_canvas_set_blink_rate (VvCanvas *self,
                                   double    changes_per_second);
double   vv_canvas_get_blink_rate (VvCanvas *self);

/* One step less (-1) or more (1) of what the pairing has; with @turn the line turns instead. */
void vv_canvas_step_pair (VvCanvas *self,
                          int       step,
                          gboolean  turn);

/* The box being drawn. FALSE when there is none. */
gboolean vv_canvas_get_box (VvCanvas *self,
                            VvBox    *out_box);

/* Starts from a box, to be adjusted; only in mode DRAW_BOX. NULL removes it. */
void vv_canvas_set_box (VvCanvas    *self,
                        const VvBox *box);

/* Emits "box-drawn" and goes back to BROWSE. FALSE when there is no box. */
gboolean vv_canvas_take_box (VvCanvas *self);

/* Movements. @x, @y are logical pixels of the widget; with @alone only this picture moves within its frame. */
void vv_canvas_zoom_at (VvCanvas *self,
                        double    x,
                        double    y,
                        double    factor,
                        gboolean  alone);
void vv_canvas_turn_at (VvCanvas *self,
                        double    x,
                        double    y,
                        double    degrees,
                        gboolean  alone);
void vv_canvas_pan (VvCanvas *self,
                    double    dx,
                    double    dy,
                    gboolean  alone);

/* One picture pixel is one device pixel; unturned pictures are then shown bit for bit. */
void vv_canvas_show_actual_size (VvCanvas *self,
                                 gboolean  alone);

/* The whole picture, or the head in frame FACE; all linked canvases give up what they moved alone. */
void vv_canvas_reset (VvCanvas *self);
void vv_canvas_show_whole_picture (VvCanvas *self);

/* What a reset shows, but pictures that were moved alone stay so. */
void vv_canvas_show_home (VvCanvas *self);

G_END_DECLS
