// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-raster.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vv-decoder.h"
#include "vv-serve.h"

#define BLOCK 32 /* pixels a side of the square that is turned at a time, so that it stays in the cache */

/* Where the pixel (x, y) of the file goes: upright pixel number origin + x * step_x + y * step_y. */
typedef struct
{
  gssize origin, step_x, step_y;
} Turn;

void
vv_raster_init (VvRaster *self)
{
  memset (self, 0, sizeof *self);
  self->fd = -1;
  self->reply.orientation = 1;
}

static gsize
size_of (const VvRaster *self)
{
  return (gsize) self->width * self->height * 4;
}

void
vv_raster_clear (VvRaster *self)
{
  if (self->pixels != NULL)
    (void) munmap (self->pixels, size_of (self));
  if (self->fd >= 0)
    (void) close (self->fd);
  vv_raster_init (self);
}

VvWireStatus
vv_raster_begin (VvRaster *self, guint64 width, guint64 height)
{
  g_assert (self->pixels == NULL);

  if (width == 0 || height == 0)
    return VV_WIRE_DAMAGED;
  if (width > VV_DECODER_MAX_SIDE || height > VV_DECODER_MAX_SIDE || width * height > VV_DECODER_MAX_PIXELS)
    return VV_WIRE_TOO_LARGE;
  self->width = (guint) width;
  self->height = (guint) height;
  self->pixels = vv_serve_make_memory (size_of (self), &self->fd);
  return self->pixels != NULL ? VV_WIRE_OK : VV_WIRE_MEMORY;
}

guint8 *
vv_raster_row (VvRaster *self, guint y)
{
  g_assert (y < self->height);

  return self->pixels + (gsize) y * self->width * 4;
}

void
vv_raster_put_rgba (VvRaster *self, guint y, const guint8 *rgba)
{
  guint8 *row = vv_raster_row (self, y);

  for (guint x = 0; x < self->width; x++, row += 4, rgba += 4)
    {
      row[0] = rgba[2];
      row[1] = rgba[1];
      row[2] = rgba[0];
      row[3] = rgba[3];
    }
}

/* EXIF 2.32, 4.6.4, tag 0x0112: which sides of the scene row 0 and column 0 of the file are. */
static Turn
turn_for (guint orientation, gssize width, gssize height)
{
  const gssize last = width * height - 1;

  switch (orientation)
    {
    case 2: /* mirrored left to right */
      return (Turn){ width - 1, -1, width };
    case 3: /* upside down */
      return (Turn){ last, -1, -width };
    case 4: /* mirrored top to bottom */
      return (Turn){ width * (height - 1), 1, -width };
    case 5: /* rows are columns */
      return (Turn){ 0, height, 1 };
    case 6: /* to be turned clockwise */
      return (Turn){ height - 1, height, -1 };
    case 7: /* rows are columns, both from the far end */
      return (Turn){ last, -height, -1 };
    case 8: /* to be turned counter-clockwise */
      return (Turn){ last - (height - 1), -height, 1 };
    default:
      return (Turn){ 0, 1, width };
    }
}

static void
turn_block (const VvRaster *self, guint32 *out, Turn turn, guint x0, guint y0)
{
  const guint    x1 = MIN (x0 + BLOCK, self->width);
  const guint    y1 = MIN (y0 + BLOCK, self->height);
  const guint32 *in = (const guint32 *) (gconstpointer) self->pixels;

  for (guint x = x0; x < x1; x++)
    for (guint y = y0; y < y1; y++)
      out[turn.origin + (gssize) x * turn.step_x + (gssize) y * turn.step_y] = in[(gsize) y * self->width + x];
}

static VvWireStatus
turn_upright (VvRaster *self)
{
  const Turn turn = turn_for (self->reply.orientation, self->width, self->height);
  int        fd = -1;
  guint8    *upright = vv_serve_make_memory (size_of (self), &fd);

  if (upright == NULL)
    return VV_WIRE_MEMORY;
  for (guint y = 0; y < self->height; y += BLOCK)
    for (guint x = 0; x < self->width; x += BLOCK)
      turn_block (self, (guint32 *) (gpointer) upright, turn, x, y);
  (void) munmap (self->pixels, size_of (self));
  (void) close (self->fd);
  self->pixels = upright;
  self->fd = fd;
  return VV_WIRE_OK;
}

VvWireStatus
vv_raster_finish (VvRaster *self)
{
  const gboolean swapped = self->reply.orientation >= 5;
  VvWireStatus   status = VV_WIRE_OK;

  if (self->reply.orientation != 1)
    status = turn_upright (self);
  if (status != VV_WIRE_OK)
    return status;

  self->reply.width = swapped ? self->height : self->width;
  self->reply.height = swapped ? self->width : self->height;
  if (!vv_serve_seal_memory (g_steal_pointer (&self->pixels), size_of (self), self->fd))
    return VV_WIRE_MEMORY;
  return VV_WIRE_OK;
}
