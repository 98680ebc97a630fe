// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-wire.h"

G_BEGIN_DECLS

/* Reads orientation, time, camera, its settings and software from a block of EXIF (a TIFF structure, with or without the six bytes
 * "Exif\0\0" before it) into @reply. A block that makes no sense changes nothing. Helper process only. */
void vv_exif_read (const guint8 *data,
                   gsize         size,
                   VvWireReply  *reply);

/* Puts maker and model into reply->exif_camera; either may be NULL. A model that repeats its maker is not
 * said twice. */
void vv_exif_set_camera (VvWireReply *reply,
                         const char  *maker,
                         const char  *model);

G_END_DECLS
