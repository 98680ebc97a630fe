// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* Points of a face that a person placed by hand: the 68 landmarks, the eye centres, and anatomical points that no network
 * finds. "Left" and "right" are as seen in the picture. What a comparison keeps of each picture ("points": {"probe",
 * "candidate"}):
 *
 *   {"why": text, "placed": [{"point": name, "x", "y", "state": "seen" "estimated" "not-visible"}],
 *    "box": {"x","y","width","height"} of a face that a person marked, where none was found or another one was meant,
 *    "automatic": the face as the program found it (put there by the desk)}
 *
 * all in pixels of the picture as it came. Points that are not listed are the automatic ones. */

typedef enum
{
  VV_POINT_AUTOMATIC, /* as the program found it */
  VV_POINT_SEEN,
  VV_POINT_ESTIMATED,
  VV_POINT_NOT_VISIBLE,
  VV_N_POINT_STATES,
} VvPointState;

/* The first VV_LANDMARK_COUNT are the landmarks in their order. */
#define VV_POINT_LEFT_EYE  68
#define VV_POINT_RIGHT_EYE 69
#define VV_POINT_GLABELLA  70
#define VV_POINT_STOMION   71
#define VV_POINT_COUNT     75

typedef struct
{
  VvPoint      at;
  VvPointState state;
  gboolean     known; /* has a place, by hand or by itself */
} VvPlacedPoint;

/* "landmark-37", "left-eye"; (transfer full). */
char *vv_point_name (guint point);

/* FALSE when no point has that name. */
gboolean vv_point_find (const char *name,
                        guint      *out_point);

/* The anatomical name, translated, NULL for landmarks that have none. */
const char *vv_point_title (guint point);

/* The points that any face has by name, of which one can see all at once. Not the eye centres. */
gboolean vv_point_is_named (guint point);

const char *vv_point_state_name (VvPointState state);
const char *vv_point_state_title (VvPointState state);

/* Where all points are: @automatic (nullable) with what @side (nullable) says. @out_points: VV_POINT_COUNT of them. */
void vv_points_place (const VvFace  *automatic,
                      JsonObject    *side,
                      VvPlacedPoint *out_points);

/* The face that lies beneath: an eye centre is where it was placed, else the mean of its six landmarks if one of these was
 * placed, else the automatic one. FALSE when there is none: neither found nor marked. Points that are unknown are (0, 0). */
gboolean vv_points_face (const VvFace *automatic,
                         JsonObject   *side,
                         VvFace       *out_face);

/* @side with @point at @at in @state; VV_POINT_AUTOMATIC takes it out again. Returns: (transfer full). */
JsonObject *vv_points_put (JsonObject  *side,
                           guint        point,
                           VvPoint      at,
                           VvPointState state);

/* The points of a face that a person marked with @box: both eyes where they usually lie, as estimated. (transfer full) */
JsonObject *vv_points_new_for_box (const VvBox *box);

/* Whether anything was placed or marked. */
gboolean vv_points_is_edited (JsonObject *side);

/* What @points (nullable) of a comparison must say: known names and states, places in numbers, the two eyes of a face that was
 * marked, and why. */
gboolean vv_points_check (JsonObject *points,
                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
