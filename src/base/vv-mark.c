// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "vv-mark.h"

#include <math.h>

static const struct
{
  const char *name;
  guint       fewest, most;
} kinds[VV_N_MARK_KINDS] = {
  [VV_MARK_POINT] = { "point", 1, 1 },
  [VV_MARK_LINE] = { "line", 2, 2 },
  [VV_MARK_CURVE] = { "curve", 2, VV_MARK_POINTS_MAX },
  [VV_MARK_OUTLINE] = { "outline", 3, VV_MARK_POINTS_MAX },
  [VV_MARK_ARROW] = { "arrow", 2, 2 },
};

const char *
vv_mark_kind_name (VvMarkKind kind)
{
  g_return_val_if_fail (kind < VV_N_MARK_KINDS, NULL);
  return kinds[kind].name;
}

guint
vv_mark_fewest (VvMarkKind kind)
{
  g_return_val_if_fail (kind < VV_N_MARK_KINDS, 0);
  return kinds[kind].fewest;
}

guint
vv_mark_most (VvMarkKind kind)
{
  g_return_val_if_fail (kind < VV_N_MARK_KINDS, 0);
  return kinds[kind].most;
}

/* --- What is drawn --------------------------------------------------------------------------------------------- */

VvBox
vv_mark_bounds (const VvMark *self)
{
  VvPoint low = self->points[0], high = self->points[0];

  for (guint i = 1; i < self->n_points; i++)
    {
      low = (VvPoint){ MIN (low.x, self->points[i].x), MIN (low.y, self->points[i].y) };
      high = (VvPoint){ MAX (high.x, self->points[i].x), MAX (high.y, self->points[i].y) };
    }
  return (VvBox){ low.x, low.y, high.x - low.x, high.y - low.y };
}

guint
vv_mark_n_pieces (const VvMark *self)
{
  return self->kind == VV_MARK_OUTLINE ? self->n_points : self->n_points - 1;
}

/* The point @index, which may be one before the first or after the last: round the corner of an outline, else the end itself. */
static VvPoint
point_at (const VvMark *self, int index)
{
  int n = (int) self->n_points;

  if (self->kind == VV_MARK_OUTLINE)
    return self->points[(index + n) % n];
  return self->points[CLAMP (index, 0, n - 1)];
}

void
vv_mark_get_piece (const VvMark *self, guint index, VvPoint ret_points[4])
{
  VvPoint before = point_at (self, (int) index - 1), from = point_at (self, (int) index);
  VvPoint to = point_at (self, (int) index + 1), after = point_at (self, (int) index + 2);

  ret_points[0] = from;
  ret_points[1] = (VvPoint){ from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6 };
  ret_points[2] = (VvPoint){ to.x - (after.x - from.x) / 6, to.y - (after.y - from.y) / 6 };
  ret_points[3] = to;
}

static double
distance_to_line (VvPoint at, VvPoint from, VvPoint to)
{
  double dx = to.x - from.x, dy = to.y - from.y;
  double length = dx * dx + dy * dy;
  double along = length > 0 ? CLAMP (((at.x - from.x) * dx + (at.y - from.y) * dy) / length, 0, 1) : 0;

  return hypot (at.x - from.x - along * dx, at.y - from.y - along * dy);
}

static VvPoint
along_piece (const VvPoint p[4], float t)
{
  float u = 1 - t;
  float a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;

  return (VvPoint){ a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x, a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y };
}

double
vv_mark_distance (const VvMark *self, VvPoint at)
{
  const int steps = 8;
  double    nearest = hypot (at.x - self->points[0].x, at.y - self->points[0].y);

  for (guint i = 0; i < vv_mark_n_pieces (self); i++)
    {
      VvPoint piece[4], from;

      vv_mark_get_piece (self, i, piece);
      from = piece[0];
      for (int step = 1; step <= steps; step++)
        {
          VvPoint to = along_piece (piece, (float) step / (float) steps);

          nearest = MIN (nearest, distance_to_line (at, from, to));
          from = to;
        }
    }
  return nearest;
}

/* --- A line drawn by hand -------------------------------------------------------------------------------------- */

/* Marks what stays between two points that stay. */
static void
keep_far_ones (const VvPoint *points, guint from, guint to, double tolerance, gboolean *kept)
{
  double farthest = tolerance;
  guint  found = 0;

  for (guint i = from + 1; i < to; i++)
    {
      double distance = distance_to_line (points[i], points[from], points[to]);

      if (distance > farthest)
        {
          farthest = distance;
          found = i;
        }
    }
  if (found == 0)
    return;
  kept[found] = TRUE;
  keep_far_ones (points, from, found, tolerance, kept);
  keep_far_ones (points, found, to, tolerance, kept);
}

guint
vv_mark_simplify (VvPoint *points, guint n_points, double tolerance)
{
  g_autofree gboolean *kept = g_new0 (gboolean, MAX (n_points, 1));
  guint                n = 0, count = 0;

  if (n_points < 3)
    return n_points;
  kept[0] = kept[n_points - 1] = TRUE;
  keep_far_ones (points, 0, n_points - 1, tolerance, kept);
  for (guint i = 0; i < n_points; i++)
    count += kept[i] ? 1 : 0;
  if (count > VV_MARK_POINTS_MAX)
    return vv_mark_simplify (points, n_points, tolerance * 1.5);
  for (guint i = 0; i < n_points; i++)
    if (kept[i])
      points[n++] = points[i];
  return n;
}
