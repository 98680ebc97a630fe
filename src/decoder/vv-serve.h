// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-wire.h"

G_BEGIN_DECLS

/* The helpers' side of the wire. Helper processes only, one thread. */

/* Waits for a request. Returns: the file's descriptor, which the caller closes, or -1 when the client is gone. */
int vv_serve_receive (VvWireRequest *request);

/* Answers; @fd goes with it when the status is VV_WIRE_OK, and stays the caller's. */
gboolean vv_serve_answer (const VvWireReply *reply,
                          int                fd);

/* A memfd of @size bytes mapped for writing, or NULL when there is no memory. */
void *vv_serve_make_memory (gsize size,
                            int  *ret_fd);

/* Takes the mapping of vv_serve_make_memory() away and seals the memfd. FALSE when it could not be. */
gboolean vv_serve_seal_memory (void *data,
                               gsize size,
                               int   fd);

G_END_DECLS
