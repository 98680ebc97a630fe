// SPDX-License-Identifier: GPL-3.0-or-later
#include <libheif/heif.h>

#include "vv-codec.h"
#include "vv-decoder.h"
#include "vv-exif.h"

void
vv_codec_prepare (void)
{
  (void) heif_init (NULL); /* loads its plug-ins */
}

static VvWireStatus
status_for (struct heif_error error)
{
  switch ((int) error.code)
    {
    case heif_error_Ok:
      return VV_WIRE_OK;
    case heif_error_Memory_allocation_error:
      return error.subcode == heif_suberror_Security_limit_exceeded ? VV_WIRE_TOO_LARGE : VV_WIRE_MEMORY;
    case heif_error_Unsupported_filetype:
    case heif_error_Unsupported_feature:
      return VV_WIRE_UNSUPPORTED;
    default:
      return VV_WIRE_DAMAGED;
    }
}

/* HEIF turns pictures by transformations of its own (ISO/IEC 23008-12, 6.5), which libheif has applied;
 * the orientation in EXIF says the same once more and must not be applied again. */
static void
read_exif (const struct heif_image_handle *handle, VvWireReply *reply)
{
  heif_item_id       item;
  gsize              size, skip;
  g_autofree guint8 *block = NULL;

  if (heif_image_handle_get_list_of_metadata_block_IDs (handle, "Exif", &item, 1) != 1)
    return;
  size = heif_image_handle_get_metadata_size (handle, item);
  block = size > 4 ? g_try_malloc (size) : NULL;
  if (block == NULL || heif_image_handle_get_metadata (handle, item, block).code != heif_error_Ok)
    return;
  skip = 4 + ((gsize) block[0] << 24 | (gsize) block[1] << 16 | (gsize) block[2] << 8 | block[3]);
  if (skip < size)
    vv_exif_read (block + skip, size - skip, reply);
  reply->orientation = 1;
}

static VvWireStatus
copy_pixels (const struct heif_image *image, VvRaster *canvas)
{
  int           stride = 0;
  const guint8 *pixels = heif_image_get_plane_readonly (image, heif_channel_interleaved, &stride);

  if (pixels == NULL || heif_image_get_width (image, heif_channel_interleaved) != (int) canvas->width ||
      heif_image_get_height (image, heif_channel_interleaved) != (int) canvas->height)
    return VV_WIRE_DAMAGED;
  for (guint y = 0; y < canvas->height; y++)
    vv_raster_put_rgba (canvas, y, pixels + (gsize) y * (gsize) stride);
  return VV_WIRE_OK;
}

static VvWireStatus
decode_pixels (const struct heif_image_handle *handle, VvRaster *canvas)
{
  struct heif_decoding_options *options = heif_decoding_options_alloc ();
  struct heif_image            *image = NULL;
  VvWireStatus                  status;

  options->convert_hdr_to_8bit = 1;
  status = status_for (heif_decode_image (handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RGBA, options));
  if (status == VV_WIRE_OK)
    status = copy_pixels (image, canvas);
  heif_image_release (image);
  heif_decoding_options_free (options);
  return status;
}

static VvWireStatus
decode_handle (const struct heif_image_handle *handle, VvRaster *canvas)
{
  const int    width = heif_image_handle_get_width (handle);
  const int    height = heif_image_handle_get_height (handle);
  VvWireStatus status = vv_raster_begin (canvas, (guint64) MAX (width, 0), (guint64) MAX (height, 0));

  if (status != VV_WIRE_OK)
    return status;
  canvas->reply.depth = (guint32) MAX (0, heif_image_handle_get_luma_bits_per_pixel (handle));
  canvas->reply.channels = heif_image_handle_has_alpha_channel (handle) ? 4 : 3;
  read_exif (handle, &canvas->reply);
  return decode_pixels (handle, canvas);
}

VvWireStatus
vv_codec_heif (const guint8 *data, gsize size, VvRaster *canvas)
{
  struct heif_context      *context = heif_context_alloc ();
  struct heif_image_handle *handle = NULL;
  VvWireStatus              status;

  if (context == NULL)
    return VV_WIRE_MEMORY;
  heif_context_set_maximum_image_size_limit (context, VV_DECODER_MAX_SIDE);
  heif_context_set_max_decoding_threads (context, 0);
  status = status_for (heif_context_read_from_memory_without_copy (context, data, size, NULL));
  if (status == VV_WIRE_OK)
    status = status_for (heif_context_get_primary_image_handle (context, &handle));
  if (status == VV_WIRE_OK)
    status = decode_handle (handle, canvas);
  heif_image_handle_release (handle);
  heif_context_free (context);
  return status;
}
