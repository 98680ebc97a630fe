// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-history.h"
#include "vv-json.h"

#define PAUSE_US (2 * G_USEC_PER_SEC)
/* A comparison is a few kilobytes: this is a few megabytes at most. */
#define ACTS_MAX 1000

struct _VvHistory
{
  GPtrArray    *bodies; /* (element-type JsonObject) */
  guint         at;     /* the one that is shown */
  gconstpointer field;
  gint64        last_us;
};

VvHistory *
vv_history_new (JsonObject *body)
{
  VvHistory *self = g_new0 (VvHistory, 1);

  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_ptr_array_add (self->bodies, body);
  return self;
}

void
vv_history_free (VvHistory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->bodies);
  g_free (self);
}

static gboolean
is_same (JsonObject *one, JsonObject *other)
{
  g_autofree char *first = vv_json_canonical (one);
  g_autofree char *second = vv_json_canonical (other);

  return g_str_equal (first, second);
}

void
vv_history_add (VvHistory *self, JsonObject *body, gconstpointer field, gint64 now_us)
{
  gboolean joins = field != NULL && field == self->field && now_us - self->last_us < PAUSE_US && self->at > 0;

  /* Some widgets tell a change twice. */
  if (is_same (body, g_ptr_array_index (self->bodies, self->at)))
    {
      json_object_unref (body);
      return;
    }
  g_ptr_array_set_size (self->bodies, (int) (joins ? self->at : self->at + 1));
  g_ptr_array_add (self->bodies, body);
  if (self->bodies->len > ACTS_MAX)
    g_ptr_array_remove_index (self->bodies, 0);
  self->at = self->bodies->len - 1;
  self->field = field;
  self->last_us = now_us;
}

static JsonObject *
go (VvHistory *self, guint to)
{
  self->at = to;
  self->field = NULL; /* what is written next is an act of its own */
  return g_ptr_array_index (self->bodies, to);
}

JsonObject *
vv_history_undo (VvHistory *self)
{
  return self->at > 0 ? go (self, self->at - 1) : NULL;
}

JsonObject *
vv_history_redo (VvHistory *self)
{
  return self->at + 1 < self->bodies->len ? go (self, self->at + 1) : NULL;
}

gboolean
vv_history_take_key (VvHistory *self, guint key, GdkModifierType state, JsonObject **ret_body)
{
  if (self == NULL || (state & GDK_CONTROL_MASK) == 0 || gdk_keyval_to_lower (key) != GDK_KEY_z)
    return FALSE;
  *ret_body = (state & GDK_SHIFT_MASK) != 0 ? vv_history_redo (self) : vv_history_undo (self);
  return TRUE;
}
