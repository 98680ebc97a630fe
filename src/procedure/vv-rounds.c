// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include <string.h>

#include "vv-case-private.h"
#include "vv-json.h"
#include "vv-kinds.h"

/* Rounds of images: what was sent, what was rejected, what was sent after that. */

static gboolean
covers (VvRecord *rejection, gint64 media)
{
  JsonArray *ids = vv_json_array (rejection->body, "media");

  if (media >= rejection->id)
    return FALSE;
  if (g_strcmp0 (vv_json_string (rejection->body, "scope"), "request") == 0)
    return TRUE;
  for (guint i = 0; i < vv_json_length (ids); i++)
    if (json_array_get_int_element (ids, i) == media)
      return TRUE;
  return FALSE;
}

gboolean
vv_case_is_rejected (VvCase *self, gint64 media)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (record->kind, VV_KIND_REJECTION) == 0 && covers (record, media))
        return TRUE;
    }
  return FALSE;
}

static JsonObject *
add_round (JsonArray *rounds)
{
  JsonObject *round = vv_json_new ("round", "i", (gint64) json_array_get_length (rounds) + 1,
                                   "media", "a", json_array_new (),
                                   "rejections", "a", json_array_new (), NULL);

  json_array_add_object_element (rounds, round);
  return round;
}

JsonArray *
vv_case_rounds (VvCase *self)
{
  JsonArray  *rounds = json_array_new ();
  JsonObject *round = add_round (rounds);

  for (guint i = 0; i < self->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (record->kind, VV_KIND_REJECTION) == 0)
        json_array_add_int_element (vv_json_array (round, "rejections"), record->id);
      if (strcmp (record->kind, VV_KIND_MEDIA) != 0)
        continue;
      if (vv_json_length (vv_json_array (round, "rejections")) > 0)
        round = add_round (rounds);
      json_array_add_int_element (vv_json_array (round, "media"), record->id);
    }
  return rounds;
}
