// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-canvas.h"
#include "vv-mark.h"

G_BEGIN_DECLS

/* Marks over the picture of a canvas: shown with their numbers in thin lines of constant width, chosen by a click, drawn, moved and
 * deleted. The canvas holds what it was given and says what the person did; whoever listens decides and gives it the marks anew.
 *
 * Signals of a canvas: "mark-drawn" (const VvMark *), "mark-changed" (uint number, const VvMark *), "mark-chosen" (uint number),
 * "mark-deleted" (uint number). Where two pictures are seen in one place, the canvas whose picture it is emits them.
 *
 * Drawing (mode VV_CANVAS_DRAW_MARK) by mouse: a click for a point; a drag, or a click for each end, for a line or an arrow; a drag
 * by hand, or a click for each point and a double click, for a curve or an outline. By keyboard: arrows move the cross (Shift: by
 * single pixels), Enter or Space puts a point there and, a second time in the same place, ends a curve or an outline; Backspace takes a
 * point back. Esc gives up what is begun, then the tool.
 *
 * Moving: a drag of the chosen mark or of one of its handles; Enter begins by keyboard (mode VV_CANVAS_EDIT_MARK), arrows move it,
 * Page Up and Page Down choose one of its points or the whole, Enter or Esc ends. Delete deletes it. */

typedef struct
{
  guint    number;   /* shown beside it, from 1 */
  VvMark   mark;     /* in pixels of the picture that is shown */
  gboolean unpaired; /* broken lines: nothing is marked on the other picture yet */
} VvShownMark;

/* @marks: (array length=n_marks), copied. @chosen: the number of one of them, or 0. */
void vv_canvas_set_marks (VvCanvas          *self,
                          const VvShownMark *marks,
                          guint              n_marks,
                          guint              chosen);

/* Nothing is drawn, chosen or moved while they are not visible. */
void vv_canvas_show_marks (VvCanvas *self,
                           gboolean  visible);

/* Whether marks may be moved and deleted. */
void vv_canvas_set_marks_editable (VvCanvas *self,
                                   gboolean  editable);

/* Begins to draw marks of @kind, until the mode is changed. */
void vv_canvas_draw_mark (VvCanvas  *self,
                          VvMarkKind kind);

/* Where another picture shines through, or no pointer says which is meant: marks are drawn on the upper one. */
void vv_canvas_set_marks_over (VvCanvas *self,
                               gboolean  over);

/* Where the cross of the keyboard is, logical pixels; FALSE while there is none. Setting it shows it. */
gboolean vv_canvas_get_cross (VvCanvas *self,
                              double   *out_x,
                              double   *out_y);
void     vv_canvas_set_cross (VvCanvas *self,
                              double    x,
                              double    y);

/* Whether the last change of a mark was one of several small ones by arrow keys. */
gboolean vv_canvas_was_nudged (VvCanvas *self);

/* The number of the mark at a widget position, 0 for none, and whose it is. */
guint vv_canvas_mark_at (VvCanvas  *self,
                         double     x,
                         double     y,
                         VvCanvas **out_owner);

/* The number that the selected mark of this canvas has, 0 for none. */
guint vv_canvas_get_chosen_mark (VvCanvas *self);

G_END_DECLS
