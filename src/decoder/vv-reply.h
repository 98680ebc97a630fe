// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-helper.h"
#include "vv-picture.h"

G_BEGIN_DECLS

/* The client's side of the wire: what goes to a helper, and what is made of its answers. Nothing in an answer is
 * believed: the helper may have been taken over by the file it decodes. Thread-safe. */

/* Whether a file of @size bytes is taken at all; VV_DECODER_ERROR_EMPTY or _TOO_LARGE. */
gboolean vv_reply_check_size (gsize       size,
                              const char *name,
                              GError    **error);

/* The file as a descriptor that its holder can only read. Returns: -1 when there is no memory. */
int vv_reply_seal_file (GBytes *file);

/* @size bytes of a memfd that nobody can change or shorten. Returns: (transfer full), or NULL when @fd is not that. */
GBytes *vv_reply_map (int   fd,
                      gsize size);

/* The pixels of an answer. Returns: (transfer full), or NULL when they are not as announced. */
VvPicture *vv_reply_picture (const VvWireReply *reply,
                             int                fd);

/* A text that came through a helper, fit to be shown: valid UTF-8 on one line. Returns: (transfer full), or NULL when
 * there is none. */
char *vv_reply_text (const char *text,
                     gsize       size);

/* Says what is wrong with file @name when that does not depend on its kind: DAMAGED, MEMORY, and whatever is no answer. */
void vv_reply_set_error (GError     **error,
                         VvWireStatus wire,
                         const char  *name);

/* Says that the helper for file @name cannot be started. */
void vv_reply_set_not_started (GError      **error,
                               const GError *reason,
                               const char   *name);

/* Says why there was no answer within @seconds. */
void vv_reply_set_end (GError    **error,
                       VvHelperEnd end,
                       double      seconds,
                       const char *name);

G_END_DECLS
