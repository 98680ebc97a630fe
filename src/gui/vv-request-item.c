// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-request-item.h"

struct _VvRequestItem
{
  GObject     parent_instance;
  JsonObject *facts;
};

G_DEFINE_FINAL_TYPE (VvRequestItem, vv_request_item, G_TYPE_OBJECT)

static void
vv_request_item_finalize (GObject *object)
{
  g_clear_pointer (&VV_REQUEST_ITEM (object)->facts, json_object_unref);
  G_OBJECT_CLASS (vv_request_item_parent_class)->finalize (object);
}

static void
vv_request_item_class_init (VvRequestItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = vv_request_item_finalize;
}

static void
vv_request_item_init (VvRequestItem *self)
{
}

VvRequestItem *
vv_request_item_new (JsonObject *facts)
{
  VvRequestItem *self = g_object_new (VV_TYPE_REQUEST_ITEM, NULL);

  self->facts = json_object_ref (facts);
  return self;
}

JsonObject *
vv_request_item_facts (VvRequestItem *self)
{
  g_return_val_if_fail (VV_IS_REQUEST_ITEM (self), NULL);
  return self->facts;
}
