// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A bad line: passes TCP bytes on to a port of 127.0.0.1 until a given number went towards it. */
typedef struct _VvTestProxy VvTestProxy;

typedef enum
{
  VV_TEST_PROXY_CUT,   /* then closes both ends, and each new connection after its first bytes */
  VV_TEST_PROXY_STALL, /* then passes nothing more but keeps the connection */
} VvTestProxyEnd;

/* Listens on a port of its own, in a thread of its own. */
VvTestProxy *vv_test_proxy_new (guint16 target);
void         vv_test_proxy_free (VvTestProxy *self);
guint16      vv_test_proxy_port (VvTestProxy *self);

/* From now on @bytes pass towards the target (negative: any number), then @end happens. */
void vv_test_proxy_allow (VvTestProxy   *self,
                          gint64         bytes,
                          VvTestProxyEnd end);

/* The same for bytes that come back from the target; then both ends are closed. */
void vv_test_proxy_allow_back (VvTestProxy *self,
                               gint64       bytes);

/* Whether the allowed bytes are used up. */
gboolean vv_test_proxy_is_used_up (VvTestProxy *self);

/* Connections accepted so far. */
int vv_test_proxy_connections (VvTestProxy *self);

G_END_DECLS
