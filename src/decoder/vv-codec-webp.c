// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

#include "vv-codec.h"
#include "vv-exif.h"

static VvWireStatus
status_for (VP8StatusCode code)
{
  switch (code)
    {
    case VP8_STATUS_OK:
      return VV_WIRE_OK;
    case VP8_STATUS_OUT_OF_MEMORY:
      return VV_WIRE_MEMORY;
    case VP8_STATUS_UNSUPPORTED_FEATURE:
      return VV_WIRE_UNSUPPORTED;
    case VP8_STATUS_BITSTREAM_ERROR:
    case VP8_STATUS_INVALID_PARAM:
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
    case VP8_STATUS_USER_ABORT:
    default:
      return VV_WIRE_DAMAGED;
    }
}

static VvWireStatus
decode_still (const guint8 *data, gsize size, VvRaster *canvas)
{
  WebPDecoderConfig config;

  if (!WebPInitDecoderConfig (&config))
    return VV_WIRE_UNSUPPORTED;
  config.output.colorspace = MODE_BGRA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = canvas->pixels;
  config.output.u.RGBA.stride = (int) canvas->width * 4;
  config.output.u.RGBA.size = (gsize) canvas->width * canvas->height * 4;
  return status_for (WebPDecode (data, size, &config));
}

static VvWireStatus
decode_first_frame (const guint8 *data, gsize size, VvRaster *canvas)
{
  const WebPData         file = { data, size };
  WebPAnimDecoderOptions options;
  WebPAnimDecoder       *decoder;
  guint8                *frame = NULL;
  int                    moment;
  VvWireStatus           status = VV_WIRE_DAMAGED;

  if (!WebPAnimDecoderOptionsInit (&options))
    return VV_WIRE_UNSUPPORTED;
  options.color_mode = MODE_BGRA;
  options.use_threads = 0;
  decoder = WebPAnimDecoderNew (&file, &options);
  if (decoder != NULL && WebPAnimDecoderGetNext (decoder, &frame, &moment))
    {
      memcpy (canvas->pixels, frame, (gsize) canvas->width * canvas->height * 4);
      status = VV_WIRE_OK;
    }
  WebPAnimDecoderDelete (decoder);
  return status;
}

static void
read_exif (const WebPDemuxer *demuxer, VvWireReply *reply)
{
  WebPChunkIterator chunk;

  if (!WebPDemuxGetChunk (demuxer, "EXIF", 1, &chunk))
    return;
  vv_exif_read (chunk.chunk.bytes, chunk.chunk.size, reply);
  WebPDemuxReleaseChunkIterator (&chunk);
}

VvWireStatus
vv_codec_webp (const guint8 *data, gsize size, VvRaster *canvas)
{
  const WebPData        file = { data, size };
  WebPBitstreamFeatures features;
  WebPDemuxer          *demuxer;
  VvWireStatus          status = status_for (WebPGetFeatures (data, size, &features));

  if (status != VV_WIRE_OK)
    return status;
  canvas->reply.depth = 8;
  canvas->reply.channels = features.has_alpha ? 4 : 3;
  status = vv_raster_begin (canvas, (guint64) features.width, (guint64) features.height);
  if (status != VV_WIRE_OK)
    return status;
  demuxer = WebPDemux (&file);
  if (demuxer == NULL) /* not all there */
    return VV_WIRE_DAMAGED;
  read_exif (demuxer, &canvas->reply);
  WebPDemuxDelete (demuxer);
  return features.has_animation ? decode_first_frame (data, size, canvas) : decode_still (data, size, canvas);
}
