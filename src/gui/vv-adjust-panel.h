// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* The list of adjustments of one picture, left of it, with undo and a preview. Works the picture off the main thread: what
 * is overtaken is cancelled; of a large picture a smaller one comes first.
 *
 * Signals: "edited" when the person changed the list; "derived" (VvDerivedView *) whenever another picture is to be
 * shown. Actions: adjust.add (s), adjust.undo, adjust.redo (Ctrl+Z, Ctrl+Shift+Z), adjust.reset. Main thread only. */
#define VV_TYPE_ADJUST_PANEL (vv_adjust_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvAdjustPanel, vv_adjust_panel, VV, ADJUST_PANEL, AdwBin)

typedef struct
{
  VvPicture *picture;  /* what is to be shown */
  double     scale;    /* its pixels per pixel of the derived image; under 1 for a preview */
  JsonArray *steps;    /* what was applied; empty for the picture as it came */
  gboolean   complete; /* neither a preview nor held aside: what a desk would search */
} VvDerivedView;

GtkWidget *vv_adjust_panel_new (void);

/* The picture as it came; NULL for none. What was under way is dropped; with a list that has steps, "derived" follows. */
void vv_adjust_panel_set_picture (VvAdjustPanel *self,
                                  VvPicture     *picture);

/* @steps: (nullable) an empty list. Undo begins anew; no "edited". */
void vv_adjust_panel_set_steps (VvAdjustPanel *self,
                                JsonArray     *steps);

/* The list, or NULL when no step is on. (transfer full) */
JsonArray *vv_adjust_panel_get_steps (VvAdjustPanel *self);

/* Shows the picture as it came while @original. */
void vv_adjust_panel_hold_original (VvAdjustPanel *self,
                                    gboolean       original);

/* Whether the person wants to take the colour of a white balance from the picture, which is then shown as it comes to that
 * step; and the colour there. */
gboolean vv_adjust_panel_is_picking (VvAdjustPanel *self);
void     vv_adjust_panel_pick (VvAdjustPanel *self,
                               int            red,
                               int            green,
                               int            blue);

/* Whether the list can be changed. */
void vv_adjust_panel_set_editable (VvAdjustPanel *self,
                                   gboolean       editable);

/* @face of the picture as it came, in the pixels of @view. FALSE when it cannot be moved. */
gboolean vv_derived_view_move_face (const VvDerivedView *view,
                                    int                  width,
                                    int                  height,
                                    VvFace              *face);

G_END_DECLS
