// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-canvas-marks.h"
#include "vv-canvas-private.h"

G_BEGIN_DECLS

#define VV_MARK_RING 7.0 /* radius of a point, logical pixels: what it points at stays free */

struct _VvCanvasMarks
{
  GArray  *shown;  /* VvShownMark */
  guint    chosen; /* its number, 0 for none */
  gboolean visible, editable, over;

  /* being drawn; of the canvas that has pointer or keyboard */
  VvMarkKind kind;
  VvCanvas  *owner;  /* (unowned) (nullable): on whose picture; set with the first point */
  GArray    *points; /* VvPoint, pixels of the owner's picture */
  gboolean   by_hand;
  gboolean   ended; /* by the press of a double click, whose release means nothing any more */
  gboolean   has_cross;
  double     cross_x, cross_y;
  gboolean   has_pointer;  /* there was one over the canvas */
  double     end_x, end_y; /* where the next point would be */

  /* being moved, a VvShownMark of the owner */
  int      moved;  /* its index, -1 for none */
  int      handle; /* the point that moves, -1 for all */
  VvMark   before; /* as it was when the drag began */
  double   from_x, from_y;
  gboolean nudged;
};

/* The shown mark of that number, or NULL. */
VvShownMark *_vv_canvas_find_mark (VvCanvas *self,
                                   guint     number);

/* On whose picture a mark at a widget position, or below zero from the keyboard, is drawn; NULL where none can be. */
VvCanvas *_vv_canvas_find_mark_owner (VvCanvas *self,
                                      double    x,
                                      double    y);

/* The canvases whose marks are seen here, the upper one first. Returns: how many. */
guint _vv_canvas_list_mark_owners (VvCanvas *self,
                                   VvCanvas *out_owners[2]);

/* @mark in logical pixels of the widget. */
VvMark _vv_canvas_mark_to_widget (VvCanvas     *self,
                                  const VvMark *mark);

void _vv_canvas_emit_mark_drawn (VvCanvas     *self,
                                 const VvMark *mark);
void _vv_canvas_emit_mark_changed (VvCanvas     *self,
                                   guint         number,
                                   const VvMark *mark);
void _vv_canvas_emit_mark_chosen (VvCanvas *self,
                                  guint     number);
void _vv_canvas_emit_mark_deleted (VvCanvas *self,
                                   guint     number);

/* Which point of a mark a widget position takes hold of, -1 for none. */
int _vv_canvas_handle_at (VvCanvas     *self,
                          const VvMark *mark,
                          double        x,
                          double        y);

/* What is begun, with the point where the pointer or the cross is. FALSE when nothing is. */
gboolean _vv_canvas_get_begun_mark (VvCanvas *self,
                                    VvMark   *ret_mark);

G_END_DECLS
