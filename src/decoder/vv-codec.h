// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-raster.h"

G_BEGIN_DECLS

/* The codecs. Each reads a whole file of its kind and, in this order: finds the size in the header, calls
 * vv_raster_begin(), decodes into the canvas as BGRA with straight alpha, fills in depth, channels,
 * orientation and exif_* of canvas->reply. A picture that is not whole is VV_WIRE_DAMAGED. Helper process
 * only, one thread. */
typedef VvWireStatus (*VvCodec) (const guint8 *data,
                                 gsize         size,
                                 VvRaster     *canvas);

VvWireStatus vv_codec_bmp (const guint8 *data,
                           gsize         size,
                           VvRaster     *canvas);
VvWireStatus vv_codec_gif (const guint8 *data,
                           gsize         size,
                           VvRaster     *canvas);
VvWireStatus vv_codec_heif (const guint8 *data,
                            gsize         size,
                            VvRaster     *canvas);
VvWireStatus vv_codec_jpeg (const guint8 *data,
                            gsize         size,
                            VvRaster     *canvas);
VvWireStatus vv_codec_png (const guint8 *data,
                           gsize         size,
                           VvRaster     *canvas);
VvWireStatus vv_codec_tiff (const guint8 *data,
                            gsize         size,
                            VvRaster     *canvas);
VvWireStatus vv_codec_webp (const guint8 *data,
                            gsize         size,
                            VvRaster     *canvas);

/* Loads what the codecs would otherwise open files for; before the confinement. */
void vv_codec_prepare (void);

/* Tells the kind from the first bytes, never from a name, and decodes. */
VvWireStatus vv_codec_decode (const guint8 *data,
                              gsize         size,
                              VvRaster     *canvas);

G_END_DECLS
