// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include <string.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-record.h"

static JsonObject *
to_json_without_hash (const VvRecord *self)
{
  return vv_json_new ("id", "i", self->id,
                      "request", "i", self->request,
                      "previous", "i", self->previous,
                      "kind", "s", self->kind,
                      "author", "s", self->author,
                      "made_at", "s", self->made_at,
                      "body", "o", json_object_ref (self->body),
                      NULL);
}

VvRecord *
vv_record_new (gint64      id,
               gint64      request,
               gint64      previous,
               const char *kind,
               const char *author,
               const char *made_at,
               JsonObject *body)
{
  VvRecord              *self = g_atomic_rc_box_new0 (VvRecord);
  g_autoptr (JsonObject) json = NULL;
  g_autofree char       *text = NULL;

  self->id = id;
  self->request = request;
  self->previous = previous;
  self->kind = g_strdup (kind);
  self->author = g_strdup (author);
  self->made_at = g_strdup (made_at);
  self->body = json_object_ref (body);
  json = to_json_without_hash (self);
  text = vv_json_canonical (json);
  self->hash = vv_hash_data (text, strlen (text));
  return self;
}

VvRecord *
vv_record_ref (VvRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  VvRecord *self = data;

  g_free (self->kind);
  g_free (self->author);
  g_free (self->made_at);
  g_free (self->hash);
  json_object_unref (self->body);
}

void
vv_record_unref (VvRecord *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

JsonObject *
vv_record_to_json (const VvRecord *self)
{
  JsonObject *json = to_json_without_hash (self);

  /* A body of its own: what is shown may be cut, a record never. */
  json_object_set_object_member (json, "body", vv_json_copy (self->body));
  json_object_set_string_member (json, "hash", self->hash);
  return json;
}
