// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sends GLib's log through a writer that keeps secrets out: runs of 32 and more hexadecimal digits (keys,
 * hashes) are shortened, and debug messages appear only with $VISAVIS_DEBUG set. Also switches core dumps
 * off (a dump would hold keys and pictures). Every program calls it once, before anything is logged. */
void vv_log_init (void);

/* @message with long runs of hexadecimal digits shortened. Returns: (transfer full). Any thread. */
char *vv_log_redact (const char *message);

G_END_DECLS
