// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-picture.h"

G_BEGIN_DECLS

/* @picture as a PNG file: every bit of it, 8 bits a channel, no date and no other facts. Its bytes may differ between versions
 * of zlib, what it decodes to does not. Blocks; any thread. Returns: (transfer full), or NULL with VV_BASE_ERROR_FILE. */
GBytes *vv_png_write (const VvPicture *picture,
                      GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
