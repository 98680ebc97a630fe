// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-picture.h"

G_BEGIN_DECLS

/* A mark on a picture: where something is, pointed at or drawn along. It lies in pixels of the upright picture as it came, so
 * that it stays where it is however the picture is looked at. */

typedef enum
{
  VV_MARK_POINT,   /* one point */
  VV_MARK_LINE,    /* from one point to another */
  VV_MARK_CURVE,   /* smooth, through all points */
  VV_MARK_OUTLINE, /* the same, closed */
  VV_MARK_ARROW,   /* a line; its tip is the second point */
  VV_N_MARK_KINDS,
} VvMarkKind;

/* Enough for a curve drawn by hand. */
#define VV_MARK_POINTS_MAX 64

typedef struct
{
  VvMarkKind kind;
  guint      n_points;
  VvPoint    points[VV_MARK_POINTS_MAX];
} VvMark;

/* "outline" in records. */
const char *vv_mark_kind_name (VvMarkKind kind);

/* How many points a mark of that kind has, at least and at most. */
guint vv_mark_fewest (VvMarkKind kind);
guint vv_mark_most (VvMarkKind kind);

/* The smallest box around what is drawn, give or take what a curve swings out between its points. */
VvBox vv_mark_bounds (const VvMark *self);

/* What is drawn goes along so many pieces, each a cubic Bezier curve of four points (a straight one for lines); none for a point.
 * A curve is a Catmull-Rom spline through its points. */
guint vv_mark_n_pieces (const VvMark *self);
void  vv_mark_get_piece (const VvMark *self,
                         guint         index,
                         VvPoint       ret_points[4]);

/* How far @at is from what is drawn, in pixels. */
double vv_mark_distance (const VvMark *self,
                         VvPoint       at);

/* Leaves out points of a line drawn by hand that lie within @tolerance pixels of the line without them, and then as many more as
 * a mark must (Douglas and Peucker 1973). @points: changed in place. Returns: how many are left, VV_MARK_POINTS_MAX at most. */
guint vv_mark_simplify (VvPoint *points,
                        guint    n_points,
                        double   tolerance);

G_END_DECLS
