// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "vv-json-face.h"
#include "vv-json.h"

static JsonArray *
points_to_json (const VvPoint *points, guint n)
{
  JsonArray *all = json_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    {
      JsonArray *point = json_array_sized_new (2);

      json_array_add_double_element (point, (double) points[i].x);
      json_array_add_double_element (point, (double) points[i].y);
      json_array_add_array_element (all, point);
    }
  return all;
}

static gboolean
points_from_json (JsonArray *all, VvPoint *points, guint n)
{
  if (vv_json_length (all) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (all, i);

      if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != 2)
        return FALSE;
      points[i].x = (float) json_array_get_double_element (json_node_get_array (node), 0);
      points[i].y = (float) json_array_get_double_element (json_node_get_array (node), 1);
    }
  return TRUE;
}

JsonObject *
vv_json_face_new (const VvFace *face)
{
  JsonObject *box = vv_json_new ("x", "d", (double) face->box.x,
                                 "y", "d", (double) face->box.y,
                                 "width", "d", (double) face->box.width,
                                 "height", "d", (double) face->box.height,
                                 NULL);

  return vv_json_new ("box", "o", box,
                      "score", "d", (double) face->score,
                      "manual", "b", face->manual,
                      "five", "a", points_to_json (face->five, VV_FIVE_COUNT),
                      "landmarks", "a", points_to_json (face->landmarks, VV_LANDMARK_COUNT),
                      NULL);
}

gboolean
vv_json_face_read (JsonObject *json, VvFace *ret_face)
{
  JsonObject *box = vv_json_object (json, "box");
  VvFace      face = { 0 };

  if (box == NULL ||
      !points_from_json (vv_json_array (json, "five"), face.five, VV_FIVE_COUNT) ||
      !points_from_json (vv_json_array (json, "landmarks"), face.landmarks, VV_LANDMARK_COUNT))
    return FALSE;
  face.box.x = (float) vv_json_double (box, "x");
  face.box.y = (float) vv_json_double (box, "y");
  face.box.width = (float) vv_json_double (box, "width");
  face.box.height = (float) vv_json_double (box, "height");
  face.score = (float) vv_json_double (json, "score");
  face.manual = vv_json_bool (json, "manual");
  *ret_face = face;
  return TRUE;
}
