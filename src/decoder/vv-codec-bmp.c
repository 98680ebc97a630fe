// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-codec.h"

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_BMP
#define STBI_NO_HDR
#define STBI_NO_LINEAR
#define STBI_NO_STDIO
/* It declares functions of the formats left out, too. */
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image.h>

/* stb_image takes bytes beyond the end as zero; this source remembers that it was asked for them. */
typedef struct
{
  const guint8 *data;
  gsize         left;
  gboolean      short_of;
} Source;

static int
on_read (void *user, char *bytes, int count)
{
  Source     *source = user;
  const gsize read = MIN ((gsize) MAX (count, 0), source->left);

  if (source->left == 0)
    source->short_of = TRUE;
  memcpy (bytes, source->data, read);
  source->data += read;
  source->left -= read;
  return (int) read;
}

static void
on_skip (void *user, int count)
{
  Source     *source = user;
  const gsize skipped = MIN ((gsize) MAX (count, 0), source->left);

  source->data += skipped;
  source->left -= skipped;
}

static int
on_eof (void *user)
{
  return ((Source *) user)->left == 0;
}

static guint
read_16 (const guint8 *data)
{
  return data[0] | (guint) data[1] << 8;
}

/* BITMAPFILEHEADER is 14 bytes; after it BITMAPCOREHEADER (12 bytes) or BITMAPINFOHEADER (40 or more). */
static gboolean
read_facts (const guint8 *data, gsize size, VvRaster *canvas)
{
  const gboolean core = size > 14 && data[14] == 12;
  guint          bits;

  if (size < (core ? 26 : 54))
    return FALSE;
  bits = read_16 (data + (core ? 24 : 28));
  canvas->reply.depth = bits < 8 ? bits : bits == 16 ? 5
                                                     : 8;
  canvas->reply.channels = bits <= 8 ? 1 : bits == 32 ? 4
                                                      : 3;
  return TRUE;
}

VvWireStatus
vv_codec_bmp (const guint8 *data, gsize size, VvRaster *canvas)
{
  static const stbi_io_callbacks callbacks = { on_read, on_skip, on_eof };
  Source                         source = { data, size, FALSE };
  int                            width = 0, height = 0, channels;
  guint8                        *pixels;
  VvWireStatus                   status;

  if (!read_facts (data, size, canvas))
    return VV_WIRE_DAMAGED;
  if (!stbi_info_from_callbacks (&callbacks, &source, &width, &height, &channels))
    return VV_WIRE_UNSUPPORTED;
  status = vv_raster_begin (canvas, (guint64) width, (guint64) height);
  if (status != VV_WIRE_OK)
    return status;
  source = (Source){ data, size, FALSE };
  pixels = stbi_load_from_callbacks (&callbacks, &source, &width, &height, &channels, /* wanted= */ 4);
  if (pixels == NULL)
    return VV_WIRE_DAMAGED;
  for (guint y = 0; y < canvas->height; y++)
    vv_raster_put_rgba (canvas, y, pixels + (gsize) y * canvas->width * 4);
  stbi_image_free (pixels);
  return source.short_of ? VV_WIRE_DAMAGED : VV_WIRE_OK;
}
