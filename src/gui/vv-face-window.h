// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-face-pair.h"

G_BEGIN_DECLS

/* The two faces in a window of their own, on another monitor where there is one: full screen with nothing but the faces, or
 * torn off beside the writing side; or before peers, one finding after the other. Closing it (F11, Esc), leaving the page
 * or locking the desk brings the faces back to where they were. Names are never in it: captions say "Probe" and "Candidate D". */
#define VV_TYPE_FACE_WINDOW (vv_face_window_get_type ())
G_DECLARE_FINAL_TYPE (VvFaceWindow, vv_face_window, VV, FACE_WINDOW, GtkWindow)

/* Takes @pair out of the box it is in until the window is closed. @page: gets the keys that nothing here takes.
 * Returns: (transfer none): GTK owns windows. */
VvFaceWindow *vv_face_window_open (VvFacePair *pair,
                                   GtkWidget  *page,
                                   gboolean    full_screen);

/* The window @pair is in, or NULL while it is in its page. */
VvFaceWindow *vv_face_window_of (VvFacePair *pair);

/* Steps through @findings (vv_findings_new()) by Space and Shift+Space: each as a sentence under the faces, which show that part. */
void vv_face_window_show_findings (VvFaceWindow *self,
                                   JsonArray    *findings);

G_END_DECLS
