// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-canvas.h"

G_BEGIN_DECLS

/* Single points over the picture of a canvas, each with one handle while they are being moved. Main thread only.
 *
 * While points are moved: dragging a handle moves it, elsewhere the picture; arrows move the chosen point by a screen pixel
 * (Shift: by ten), Page Up and Page Down choose the one before and the next, Escape ends ("points-done"). Other keys are offered
 * by "point-key".
 *
 * Signals of the canvas: "point-chosen" (int point); "point-moved" (int point, double x, double y), picture pixels, once at
 * the end of a drag and with each key; "point-key" (uint keyval) -> boolean, whether it meant something; "points-done". */
typedef enum
{
  VV_HANDLE_PLAIN,  /* nobody touched it */
  VV_HANDLE_FIRM,   /* placed */
  VV_HANDLE_UNSURE, /* placed, an estimate */
  VV_HANDLE_CROSSED /* what it stands for is not visible */
} VvHandleLook;

typedef struct
{
  VvPoint      at; /* picture pixels */
  VvHandleLook look;
  gboolean     shown;
  const char  *label; /* (unowned) (nullable): said when it is chosen */
  gboolean     told;  /* the label is seen always */
} VvHandle;

/* @handles: (array length=n) copied. The chosen one stays as long as there are as many. */
void vv_canvas_set_handles (VvCanvas       *self,
                            const VvHandle *handles,
                            guint           n);

/* Whether they can be moved. */
void     vv_canvas_move_handles (VvCanvas *self,
                                 gboolean  move);
gboolean vv_canvas_moves_handles (VvCanvas *self);

/* -1 for none. */
void vv_canvas_choose_handle (VvCanvas *self,
                              int       handle);
int  vv_canvas_get_chosen_handle (VvCanvas *self);

G_END_DECLS
