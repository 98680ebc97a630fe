// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>
#include <tiffio.h>

#include "vv-codec.h"
#include "vv-exif.h"

typedef struct
{
  const guint8 *data;
  gsize         size;
  gsize         at;
} Source;

static tmsize_t
on_read (thandle_t handle, void *bytes, tmsize_t count)
{
  Source     *source = handle;
  const gsize left = source->at < source->size ? source->size - source->at : 0;
  const gsize read = MIN (left, (gsize) count);

  memcpy (bytes, source->data + MIN (source->at, source->size), read);
  source->at += read;
  return (tmsize_t) read;
}

static tmsize_t
on_write (thandle_t handle, void *bytes, tmsize_t count)
{
  return 0;
}

static toff_t
on_seek (thandle_t handle, toff_t offset, int whence)
{
  Source *source = handle;

  if (whence == SEEK_CUR)
    offset += source->at;
  else if (whence == SEEK_END)
    offset += source->size;
  source->at = (gsize) offset;
  return offset;
}

static int
on_close (thandle_t handle)
{
  return 0;
}

static toff_t
on_size (thandle_t handle)
{
  return ((Source *) handle)->size;
}

static int
on_map (thandle_t handle, void **base, toff_t *size)
{
  Source *source = handle;

  *base = (void *) (guintptr) source->data; /* read only all the same */
  *size = source->size;
  return 1;
}

static void
on_unmap (thandle_t handle, void *base, toff_t size)
{
}

static void
read_facts (TIFF *tiff, VvWireReply *reply)
{
  guint16 depth = 1, channels = 1, orientation = 1;
  char   *maker = NULL, *model = NULL, *time = NULL;

  (void) TIFFGetFieldDefaulted (tiff, TIFFTAG_BITSPERSAMPLE, &depth);
  (void) TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLESPERPIXEL, &channels);
  (void) TIFFGetFieldDefaulted (tiff, TIFFTAG_ORIENTATION, &orientation);
  (void) TIFFGetField (tiff, TIFFTAG_MAKE, &maker);
  (void) TIFFGetField (tiff, TIFFTAG_MODEL, &model);
  reply->depth = depth;
  reply->channels = channels;
  reply->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  vv_exif_set_camera (reply, maker, model);
  if (TIFFGetField (tiff, TIFFTAG_DATETIME, &time) == 1 && time != NULL)
    (void) g_strlcpy (reply->exif_time, time, sizeof reply->exif_time);
}

/* libtiff hands out alpha multiplied in, packed as R, G, B, A bytes. */
static void
put_row (VvRaster *canvas, guint y, guint32 *row)
{
  guint8 *bytes = (guint8 *) row;

  for (guint x = 0; x < canvas->width; x++)
    {
      const guint alpha = TIFFGetA (row[x]);
      const guint rgb[] = { TIFFGetR (row[x]), TIFFGetG (row[x]), TIFFGetB (row[x]) };

      for (guint i = 0; i < 3; i++)
        bytes[4 * x + i] = (guint8) (alpha == 0 ? 0 : MIN (255, (rgb[i] * 255 + alpha / 2) / alpha));
      bytes[4 * x + 3] = (guint8) alpha;
    }
  vv_raster_put_rgba (canvas, y, bytes);
}

static VvWireStatus
decode_pixels (TIFFRGBAImage *image, VvRaster *canvas)
{
  const gsize         count = (gsize) canvas->width * canvas->height;
  g_autofree guint32 *pixels = g_try_new (guint32, count);

  if (pixels == NULL)
    return VV_WIRE_MEMORY;
  image->req_orientation = image->orientation; /* rows as they are in the file: the canvas turns */
  if (!TIFFRGBAImageGet (image, pixels, canvas->width, canvas->height))
    return VV_WIRE_DAMAGED;
  for (guint y = 0; y < canvas->height; y++)
    put_row (canvas, y, pixels + (gsize) y * canvas->width);
  return VV_WIRE_OK;
}

static VvWireStatus
read_file (TIFF *tiff, VvRaster *canvas)
{
  char          why[1024];
  guint32       width = 0, height = 0;
  TIFFRGBAImage image;
  VvWireStatus  status;

  (void) TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  (void) TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  status = vv_raster_begin (canvas, width, height);
  if (status != VV_WIRE_OK)
    return status;
  if (!TIFFRGBAImageOK (tiff, why) || !TIFFRGBAImageBegin (&image, tiff, /* stop= */ 1, why))
    return VV_WIRE_UNSUPPORTED;
  status = decode_pixels (&image, canvas);
  TIFFRGBAImageEnd (&image);
  return status;
}

/* The moment the picture was taken stands in a directory of its own. Moves away from the pixels. */
static void
read_moment (TIFF *tiff, VvWireReply *reply)
{
  toff_t offset = 0;
  char  *time = NULL;

  if (TIFFGetField (tiff, TIFFTAG_EXIFIFD, &offset) == 1 && TIFFReadEXIFDirectory (tiff, offset) == 1 &&
      TIFFGetField (tiff, EXIFTAG_DATETIMEORIGINAL, &time) == 1 && time != NULL)
    (void) g_strlcpy (reply->exif_time, time, sizeof reply->exif_time);
}

VvWireStatus
vv_codec_tiff (const guint8 *data, gsize size, VvRaster *canvas)
{
  Source       source = { data, size, 0 };
  TIFF        *tiff;
  VvWireStatus status;

  (void) TIFFSetErrorHandler (NULL);
  (void) TIFFSetWarningHandler (NULL);
  tiff = TIFFClientOpen ("tiff", "r", &source, on_read, on_write, on_seek, on_close, on_size, on_map, on_unmap);
  if (tiff == NULL)
    return VV_WIRE_DAMAGED;
  read_facts (tiff, &canvas->reply);
  status = read_file (tiff, canvas);
  if (status == VV_WIRE_OK)
    read_moment (tiff, &canvas->reply);
  TIFFClose (tiff);
  return status;
}
