// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-canvas-marks.h"
#include "vv-desk.h"

G_BEGIN_DECLS

/* All pictures of a request in a row, the photographs of a candidate's person in time order in a row below, all looked at through
 * one view: same size, same place. Whoever may not know yet who the candidate is sees only the candidate's own photograph, and
 * a sentence why. A picture with several faces shows their boxes when zoomed out; a click lays another one in place. */
#define VV_TYPE_FACE_GRID (vv_face_grid_get_type ())
G_DECLARE_FINAL_TYPE (VvFaceGrid, vv_face_grid, VV, FACE_GRID, AdwBin)

/* The view all pictures share, with other canvases too. */
void vv_face_grid_set_view (VvFaceGrid *self,
                            VvView     *view);

/* Fetches everything anew. @media: the probe's picture, which comes first. */
void vv_face_grid_show (VvFaceGrid *self,
                        VvDesk     *desk,
                        gint64      request,
                        gint64      media,
                        const char *candidate);

/* Stops fetching and lets go of the pictures. */
void vv_face_grid_clear (VvFaceGrid *self);

/* Later (1) or earlier (-1) pictures of the rows, when there are more than fit. */
void vv_face_grid_step (VvFaceGrid *self,
                        int         by);

/* Marks (array length=n_marks, copied) on the probe's picture (@side 0) or on the photograph of the candidate that was found (1), in
 * pixels of the pictures as they came; @chosen: the number of one, or 0. */
void vv_face_grid_set_marks (VvFaceGrid        *self,
                             int                side,
                             const VvShownMark *marks,
                             guint              n_marks,
                             guint              chosen);

/* The canvas that keys go to; NULL while there is none. */
VvCanvas *vv_face_grid_get_canvas (VvFaceGrid *self);

G_END_DECLS
