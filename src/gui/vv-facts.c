// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-facts.h"

struct _VvFacts
{
  GObject     parent_instance;
  JsonObject *facts;
};

G_DEFINE_FINAL_TYPE (VvFacts, vv_facts, G_TYPE_OBJECT)

static void
vv_facts_finalize (GObject *object)
{
  g_clear_pointer (&VV_FACTS (object)->facts, json_object_unref);
  G_OBJECT_CLASS (vv_facts_parent_class)->finalize (object);
}

static void
vv_facts_class_init (VvFactsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = vv_facts_finalize;
}

static void
vv_facts_init (VvFacts *self)
{
}

VvFacts *
vv_facts_new (JsonObject *facts)
{
  VvFacts *self = g_object_new (VV_TYPE_FACTS, NULL);

  self->facts = json_object_ref (facts);
  return self;
}

JsonObject *
vv_facts_get (VvFacts *self)
{
  g_return_val_if_fail (VV_IS_FACTS (self), NULL);
  return self->facts;
}
