// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "vv-json-mark.h"

#include <math.h>

#include "vv-json.h"

#define FARTHEST 1e6 /* pixels */

static gboolean
read_number (JsonArray *pair, guint index, float *ret_number)
{
  JsonNode *node = json_array_get_element (pair, index);
  double    number;

  if (!JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_DOUBLE && json_node_get_value_type (node) != G_TYPE_INT64))
    return FALSE;
  number = json_node_get_double (node);
  *ret_number = (float) number;
  return isfinite (number) && fabs (number) <= FARTHEST;
}

static gboolean
read_point (JsonArray *points, guint index, VvPoint *ret_point)
{
  JsonNode  *node = json_array_get_element (points, index);
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return vv_json_length (pair) == 2 && read_number (pair, 0, &ret_point->x) && read_number (pair, 1, &ret_point->y);
}

gboolean
vv_mark_read (JsonObject *json, VvMark *ret_mark)
{
  const char *name = vv_json_string (json, "mark");
  JsonArray  *points = vv_json_array (json, "points");
  VvMark      mark = { .kind = VV_N_MARK_KINDS, .n_points = vv_json_length (points) };

  for (VvMarkKind kind = 0; kind < VV_N_MARK_KINDS; kind++)
    if (g_strcmp0 (vv_mark_kind_name (kind), name) == 0)
      mark.kind = kind;
  if (mark.kind == VV_N_MARK_KINDS || mark.n_points < vv_mark_fewest (mark.kind) || mark.n_points > vv_mark_most (mark.kind))
    return FALSE;
  for (guint i = 0; i < mark.n_points; i++)
    if (!read_point (points, i, &mark.points[i]))
      return FALSE;
  if (ret_mark != NULL)
    *ret_mark = mark;
  return TRUE;
}

static double
hundredths (float number)
{
  return round (100 * (double) number) / 100;
}

JsonObject *
vv_mark_to_json (const VvMark *self)
{
  JsonArray *points = json_array_new ();

  for (guint i = 0; i < self->n_points; i++)
    {
      JsonArray *pair = json_array_new ();

      json_array_add_double_element (pair, hundredths (self->points[i].x));
      json_array_add_double_element (pair, hundredths (self->points[i].y));
      json_array_add_array_element (points, pair);
    }
  return vv_json_new ("mark", "s", vv_mark_kind_name (self->kind), "points", "a", points, NULL);
}
