// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the supervisor wrote who is not in agreement, on top of the steps to which the work went back (step 12), until it is
 * handed in again. Hides itself when there is nothing to say. Main thread only. */
#define VV_TYPE_LOOP_NOTE (vv_loop_note_get_type ())
G_DECLARE_FINAL_TYPE (VvLoopNote, vv_loop_note, VV, LOOP_NOTE, AdwBin)

/* @shown: answer of vv_desk_show_request(); @step: number of the step that is looked at. */
void vv_loop_note_show (VvLoopNote *self,
                        JsonObject *shown,
                        const char *step);

G_END_DECLS
