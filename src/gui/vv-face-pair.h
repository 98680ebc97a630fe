// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"
#include "vv-finding-list.h"
#include "vv-look.h"

G_BEGIN_DECLS

/* Two faces at the same size and place: the probe left, a candidate right, looked at through one view in face
 * coordinates. Captions say "Probe" and "Candidate D" and never who it is. The ways of looking (vv-look.h) are the keys 1 to 7; the
 * one a person used last is kept.
 *
 * Actions: pair.landmarks (L), pair.link (K), pair.original (held O), pair.zoom-in, pair.zoom-out, pair.reset,
 * pair.actual-size (+ - 0 /), pair.less, pair.more (, .), pair.line-left, pair.line-right (< >). Held B shows the candidate in the
 * place of the probe; 3 in the blink starts and stops it. The page that holds it passes on keys that nothing else took by vv_face_pair_key().
 *
 * Stepping to another candidate keeps view and place. Fetches pictures itself and keeps the last of them, so
 * that going back and forth is immediate. Main thread only. */
#define VV_TYPE_FACE_PAIR (vv_face_pair_get_type ())
G_DECLARE_FINAL_TYPE (VvFacePair, vv_face_pair, VV, FACE_PAIR, AdwBin)

void vv_face_pair_set_desk (VvFacePair *self,
                            VvDesk     *desk);

/* Shows the probe (record id of its media) beside @candidate (letters); writes in the desk that it was looked at. */
void vv_face_pair_show (VvFacePair *self,
                        gint64      request,
                        gint64      probe_media,
                        const char *candidate);

/* Fetches what will probably be shown next. @candidate: (nullable) */
void vv_face_pair_expect (VvFacePair *self,
                          const char *candidate);

/* Forgets pictures and candidate, as when another request is opened. */
void vv_face_pair_clear (VvFacePair *self);

/* A key that nothing else took, down or up. Returns whether it meant something here. */
gboolean vv_face_pair_key (VvFacePair     *self,
                           guint           key,
                           GdkModifierType state,
                           gboolean        down);

/* How the pictures are adjusted for looking, {"probe": list, "candidate": list} as vv-derived.h has them, or what a record
 * keeps of them; the signal "adjusted" says that the person changed one (A, Shift+A show them). NULL leaves them as they
 * are; stepping to another candidate keeps the probe's. The answer is NULL when nothing is adjusted. (transfer full) */
void        vv_face_pair_set_adjustments (VvFacePair *self,
                                          JsonObject *adjustments,
                                          gboolean    editable);
JsonObject *vv_face_pair_get_adjustments (VvFacePair *self);

/* Points placed by hand, {"probe","candidate"} as vv-points.h has them; the signal "adjusted" says that the person changed them (T
 * begins and ends). NULL leaves them; stepping to another candidate keeps the probe's. The answer is NULL when nothing
 * was placed. (transfer full) */
void        vv_face_pair_set_points (VvFacePair *self,
                                     JsonObject *points,
                                     gboolean    editable);
JsonObject *vv_face_pair_get_points (VvFacePair *self);

/* Ctrl+Z and Ctrl+Shift+Z while points are moved: asked before the page undoes what was written. */
gboolean vv_face_pair_take_undo_key (VvFacePair     *self,
                                     guint           key,
                                     GdkModifierType state);

void   vv_face_pair_set_look (VvFacePair *self,
                              VvLook      look);
VvLook vv_face_pair_get_look (VvFacePair *self);

/* Nothing but the faces: without the tools above them. */
void vv_face_pair_set_bare (VvFacePair *self,
                            gboolean    bare);

/* Brings a part of the face (VvPart) large into the middle of both pictures; -1 for the whole head. */
void vv_face_pair_show_part (VvFacePair *self,
                             int         part);

/* Shows the marks of these findings on the pictures, draws and moves them there. M, N, C, U, W: draw a point, a line, a curve, an
 * outline, an arrow; F, Shift+F: the next finding, the one before; H hides the marks. */
void vv_face_pair_set_findings (VvFacePair    *self,
                                VvFindingList *findings);

/* Chooses a finding and brings its marks large into the middle of both pictures; 0 chooses none. */
void vv_face_pair_show_finding (VvFacePair *self,
                                guint       number);

/* The keyboard on the probe. */
void vv_face_pair_focus (VvFacePair *self);

G_END_DECLS
