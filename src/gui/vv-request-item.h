// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A request as an element of a list model. */
#define VV_TYPE_REQUEST_ITEM (vv_request_item_get_type ())
G_DECLARE_FINAL_TYPE (VvRequestItem, vv_request_item, VV, REQUEST_ITEM, GObject)

/* @facts: element of vv_desk_list_requests(); referenced. Returns: (transfer full). */
VvRequestItem *vv_request_item_new (JsonObject *facts);

/* Belongs to @self. */
JsonObject *vv_request_item_facts (VvRequestItem *self);

G_END_DECLS
