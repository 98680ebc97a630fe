// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A small line drawing that shows what a component of the face or one of its characteristics means: the part in
 * question strong, the rest faint, in the colour of the text around it. Drawn for this program, of nobody
 * (ui/drawings). Main thread only. */
#define VV_TYPE_DRAWING (vv_drawing_get_type ())
G_DECLARE_FINAL_TYPE (VvDrawing, vv_drawing, VV, DRAWING, GtkWidget)

GtkWidget *vv_drawing_new (void);

/* @name: of a component ("nose") or a characteristic ("nose.tip", "ears.left-lobe"); @title: translated, for screen
 * readers. What is the person's right is at the left, as on a photograph. */
void vv_drawing_show (VvDrawing  *self,
                      const char *name,
                      const char *title);

/* Which drawing that is, without ".svg", and the class of its strong lines. Belong to @self. */
const char *vv_drawing_file (VvDrawing *self);
const char *vv_drawing_part (VvDrawing *self);

G_END_DECLS
