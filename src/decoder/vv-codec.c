// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-codec.h"

#include <libheif/heif.h>
#include <string.h>

/* How a file of each kind begins. GIF and HEIC need a second look. */
static const struct
{
  const char *format;
  gsize       at;
  gsize       length;
  const char *bytes;
  VvCodec     decode;
} kinds[] = {
  { "jpeg", 0, 3, "\xff\xd8\xff", vv_codec_jpeg },
  { "png", 0, 8, "\x89PNG\r\n\x1a\n", vv_codec_png },
  { "tiff", 0, 4, "II*\0", vv_codec_tiff },
  { "tiff", 0, 4, "MM\0*", vv_codec_tiff },
  { "tiff", 0, 4, "II+\0", vv_codec_tiff },
  { "tiff", 0, 4, "MM\0+", vv_codec_tiff },
  { "bmp", 0, 2, "BM", vv_codec_bmp },
  { "webp", 8, 4, "WEBP", vv_codec_webp },
  { "gif", 0, 6, "GIF87a", vv_codec_gif },
  { "gif", 0, 6, "GIF89a", vv_codec_gif },
};

/* ISO/IEC 23008-12, annex B: the brands that promise HEVC pictures. */
static gboolean
is_heic (const guint8 *data, gsize size)
{
  static const char *const brands[] = { "heic", "heix", "heim", "heis", "hevc", "hevx" };

  if (size < 12 || memcmp (data + 4, "ftyp", 4) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    if (memcmp (data + 8, brands[i], 4) == 0 ||
        heif_has_compatible_brand (data, (int) MIN (size, 4096), brands[i]) == 1)
      return TRUE;
  return FALSE;
}

static VvWireStatus
decode_as (VvCodec codec, const char *format, const guint8 *data, gsize size, VvRaster *canvas)
{
  VvWireStatus status;

  (void) g_strlcpy (canvas->reply.format, format, sizeof canvas->reply.format);
  status = codec (data, size, canvas);
  return status == VV_WIRE_OK ? vv_raster_finish (canvas) : status;
}

VvWireStatus
vv_codec_decode (const guint8 *data, gsize size, VvRaster *canvas)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (size >= kinds[i].at + kinds[i].length &&
        memcmp (data + kinds[i].at, kinds[i].bytes, kinds[i].length) == 0)
      return decode_as (kinds[i].decode, kinds[i].format, data, size, canvas);
  if (is_heic (data, size))
    return decode_as (vv_codec_heif, "heic", data, size, canvas);
  return VV_WIRE_TYPE;
}
