// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-wire.h"

G_BEGIN_DECLS

/* Where a codec puts its pixels: a memfd the size of the picture, as the file has it. vv_raster_finish()
 * turns it upright. Helper process only, one thread. */
typedef struct
{
  int         fd;     /* memfd; -1 before vv_raster_begin() */
  guint8     *pixels; /* BGRA, rows of width * 4 bytes, top row of the file first */
  guint       width;  /* as in the file */
  guint       height;
  VvWireReply reply; /* the codec fills in orientation, depth, channels, format and exif_* */
} VvRaster;

void vv_raster_init (VvRaster *self);
void vv_raster_clear (VvRaster *self);

/* Checks the size against the caps and makes room. A codec calls it once, with what the header says,
 * before it decodes a single pixel. Returns: VV_WIRE_OK, DAMAGED (no pixels), TOO_LARGE or MEMORY. */
VvWireStatus vv_raster_begin (VvRaster *self,
                              guint64   width,
                              guint64   height);

guint8 *vv_raster_row (VvRaster *self,
                       guint     y);

/* Copies one row of @self->width RGBA pixels into row @y. */
void vv_raster_put_rgba (VvRaster     *self,
                         guint         y,
                         const guint8 *rgba);

/* Applies self->reply.orientation, seals the memfd and fills in the upright size; the caller sends
 * self->fd. Returns: VV_WIRE_OK or MEMORY. */
VvWireStatus vv_raster_finish (VvRaster *self);

G_END_DECLS
