// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The rules of the outbox: in which state an entry is after an attempt, and when to try again. The rows are
 * kept by the vault; desk/ joins the two.
 *
 *   queued -> sending -> acknowledged
 *                     -> queued (offline, full: waits 30 s, then twice as long each time, at most 1 h)
 *                     -> conflict, refused (a person must look)
 * An entry found in "sending" at start-up was interrupted and is queued again: putting is idempotent. */

/* Members of a new entry's changing part: state "queued", attempts 0, next_try @now. (transfer full) */
JsonObject *vv_outbox_first (const char *now);

/* What row @entry becomes when an attempt ends with @failure (NULL: it was acknowledged, with @receipt) at
 * @now: the members for vv_vault_update_queued(). "last_error" holds the failure's sentence; it
 * and "receipt" are null when there is none.
 * G_IO_ERROR_CANCELLED queues again at once and costs no attempt; an error of another domain is "refused".
 * (transfer full) */
JsonObject *vv_outbox_after (JsonObject   *entry,
                             const GError *failure,
                             JsonObject   *receipt,
                             const char   *now);

/* Whether @entry should be tried at @now. */
gboolean vv_outbox_is_due (JsonObject *entry,
                           const char *now);

G_END_DECLS
