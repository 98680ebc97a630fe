// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The pool as a row of letters, each with its disposition, how many are left, and the dispositions to give. No name,
 * no score, no order but that of the letters.
 * Signals: "chosen" (letters) by the person; "dispose" (disposition, component or NULL, reason). Main thread only. */
#define VV_TYPE_CANDIDATE_STRIP (vv_candidate_strip_get_type ())
G_DECLARE_FINAL_TYPE (VvCandidateStrip, vv_candidate_strip, VV, CANDIDATE_STRIP, AdwBin)

/* @pool, @undisposed: as in vv_desk_show_request(). @may_dispose: whether this person gives dispositions. */
void vv_candidate_strip_set_pool (VvCandidateStrip *self,
                                  JsonArray        *pool,
                                  guint             undisposed,
                                  gboolean          may_dispose);

/* Marks a candidate as the one on the bench; no signal. */
void vv_candidate_strip_choose (VvCandidateStrip *self,
                                const char       *letters);

/* The letters so many further on, or NULL past either end. Belongs to @self. */
const char *vv_candidate_strip_neighbour (VvCandidateStrip *self,
                                          int               by);

/* Gives a disposition: "looked" and "keep" at once, with what was done as the reason; for "excluded" it asks for component and
 * reason. FALSE when none may be given. */
gboolean vv_candidate_strip_ask (VvCandidateStrip *self,
                                 const char       *disposition);

G_END_DECLS
