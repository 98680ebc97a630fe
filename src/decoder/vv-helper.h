// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

#include "vv-wire.h"

G_BEGIN_DECLS

/* One running visavis-decoder or visavis-video-decoder, seen from the client. Used by one thread at a time. */
typedef struct
{
  GPid    pid;
  int     socket;
  guint   served; /* requests */
  gdouble busy;   /* seconds spent on them */
} VvHelper;

typedef enum
{
  VV_HELPER_ANSWERED,
  VV_HELPER_CANCELLED,
  VV_HELPER_LATE,     /* not done within the time given */
  VV_HELPER_CRASHED,  /* ended while decoding: what the file did to a codec */
  VV_HELPER_SPENT,    /* ended by its limit on processor time */
  VV_HELPER_CONFINED, /* ended by its confinement, or could not confine itself */
} VvHelperEnd;

/* Starts the program at @path, with an empty environment, the socket and /dev/null; no
 * other descriptor of this process reaches it. Returns: (transfer full), or NULL with a GIOError. */
VvHelper *vv_helper_start (const char *path,
                           GError    **error);

/* Kills the process if it still runs, and reaps it. */
void vv_helper_free (VvHelper *self);

/* Sends @request and @file (a sealed memfd of @request->size bytes, stays the caller's) and waits for the answer at most
 * @seconds. With VV_HELPER_ANSWERED @ret_reply is set, and @ret_pixels to the descriptor that came with
 * it, which the caller closes, or -1. Nothing in either has been checked. After any other end the process
 * is gone: free it. Blocks. */
VvHelperEnd vv_helper_ask (VvHelper            *self,
                           int                  file,
                           const VvWireRequest *request,
                           gdouble              seconds,
                           VvWireReply         *ret_reply,
                           int                 *ret_pixels,
                           GCancellable        *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvHelper, vv_helper_free)

G_END_DECLS
