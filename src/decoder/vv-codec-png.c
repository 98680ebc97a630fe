// SPDX-License-Identifier: GPL-3.0-or-later
#include <png.h>
#include <string.h>

#include "vv-codec.h"
#include "vv-exif.h"

typedef struct
{
  const guint8 *data;
  gsize         left;
} Source;

static void
on_error (png_structp png, png_const_charp message)
{
  png_longjmp (png, 1);
}

static void
on_warning (png_structp png, png_const_charp message)
{
}

static void
on_read (png_structp png, png_bytep bytes, size_t count)
{
  Source *source = png_get_io_ptr (png);

  if (count > source->left)
    png_error (png, "truncated");
  memcpy (bytes, source->data, count);
  source->data += count;
  source->left -= count;
}

static void
ask_for_bgra (png_structp png)
{
  png_set_expand (png); /* palettes, transparent colours, fewer than 8 bits */
  png_set_scale_16 (png);
  png_set_gray_to_rgb (png);
  png_set_bgr (png);
  png_set_add_alpha (png, 0xff, PNG_FILLER_AFTER);
}

static VvWireStatus
decode_pixels (png_structp png, png_infop info, VvRaster *canvas)
{
  int          passes;
  VvWireStatus status = vv_raster_begin (canvas, png_get_image_width (png, info), png_get_image_height (png, info));

  if (status != VV_WIRE_OK)
    return status;
  ask_for_bgra (png);
  passes = png_set_interlace_handling (png);
  png_read_update_info (png, info);
  if (png_get_rowbytes (png, info) != (gsize) canvas->width * 4)
    return VV_WIRE_UNSUPPORTED;
  for (int pass = 0; pass < passes; pass++)
    for (guint y = 0; y < canvas->height; y++)
      png_read_row (png, vv_raster_row (canvas, y), /* display_row= */ NULL);
  return VV_WIRE_OK;
}

static VvWireStatus
read_file (png_structp png, png_infop info, VvRaster *canvas)
{
  png_bytep    exif = NULL;
  png_uint_32  length = 0;
  VvWireStatus status;

  png_read_info (png, info);
  canvas->reply.depth = png_get_bit_depth (png, info);
  canvas->reply.channels = png_get_channels (png, info);
  status = decode_pixels (png, info, canvas);
  if (status != VV_WIRE_OK)
    return status;
  png_read_end (png, info); /* EXIF may come after the pixels */
  if (png_get_eXIf_1 (png, info, &length, &exif) != 0)
    vv_exif_read (exif, length, &canvas->reply);
  return VV_WIRE_OK;
}

VvWireStatus
vv_codec_png (const guint8 *data, gsize size, VvRaster *canvas)
{
  Source       source = { data, size };
  png_structp  png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
  png_infop    info = png != NULL ? png_create_info_struct (png) : NULL;
  VvWireStatus status;

  if (info == NULL)
    {
      png_destroy_read_struct (&png, NULL, NULL);
      return VV_WIRE_MEMORY;
    }
  if (setjmp (png_jmpbuf (png)) != 0)
    {
      png_destroy_read_struct (&png, &info, NULL);
      return VV_WIRE_DAMAGED;
    }
  png_set_read_fn (png, &source, on_read);
  png_set_user_limits (png, 0x7fffffff, 0x7fffffff); /* the canvas has the say */
  png_set_chunk_malloc_max (png, 8 << 20);
  png_set_chunk_cache_max (png, 64);
  status = read_file (png, info, canvas);
  png_destroy_read_struct (&png, &info, NULL);
  return status;
}
