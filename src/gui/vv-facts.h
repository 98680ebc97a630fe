// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A JSON object as an element of a list model. */
#define VV_TYPE_FACTS (vv_facts_get_type ())
G_DECLARE_FINAL_TYPE (VvFacts, vv_facts, VV, FACTS, GObject)

/* @facts: referenced. Returns: (transfer full). */
VvFacts *vv_facts_new (JsonObject *facts);

/* Belongs to @self. */
JsonObject *vv_facts_get (VvFacts *self);

G_END_DECLS
