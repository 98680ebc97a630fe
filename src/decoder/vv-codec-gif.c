// SPDX-License-Identifier: GPL-3.0-or-later
#include <gif_lib.h>
#include <string.h>

#include "vv-codec.h"

typedef struct
{
  const guint8 *data;
  gsize         left;
} Source;

static int
on_read (GifFileType *gif, GifByteType *bytes, int count)
{
  Source     *source = gif->UserData;
  const gsize read = MIN ((gsize) MAX (count, 0), source->left);

  memcpy (bytes, source->data, read);
  source->data += read;
  source->left -= read;
  return (int) read;
}

static void
paint_row (VvRaster *canvas, const GifFileType *gif, const ColorMapObject *colors, guint y, const guint8 *line, int clear)
{
  guint8     *row = vv_raster_row (canvas, y) + (gsize) gif->Image.Left * 4;
  const guint width = (guint) gif->Image.Width;

  for (guint x = 0; x < width; x++, row += 4)
    {
      const GifColorType *color = colors->Colors + line[x];

      if (line[x] == clear || line[x] >= colors->ColorCount)
        continue;
      row[0] = color->Blue;
      row[1] = color->Green;
      row[2] = color->Red;
      row[3] = 255;
    }
}

/* GIF89a, appendix E: interlaced rows come in four groups. */
static VvWireStatus
decode_frame (GifFileType *gif, VvRaster *canvas, int clear)
{
  static const int      offsets[] = { 0, 4, 2, 1 }, steps[] = { 8, 8, 4, 2 };
  const GifImageDesc   *frame = &gif->Image;
  const ColorMapObject *colors = frame->ColorMap != NULL ? frame->ColorMap : gif->SColorMap;
  g_autofree guint8    *line = g_malloc0 ((gsize) frame->Width + 1);

  if (colors == NULL)
    return VV_WIRE_DAMAGED;
  for (int group = frame->Interlace ? 0 : 3; group < 4; group++)
    for (int y = frame->Interlace ? offsets[group] : 0; y < frame->Height; y += frame->Interlace ? steps[group] : 1)
      {
        if (DGifGetLine (gif, line, frame->Width) == GIF_ERROR)
          return VV_WIRE_DAMAGED;
        paint_row (canvas, gif, colors, (guint) (frame->Top + y), line, clear);
      }
  return VV_WIRE_OK;
}

static VvWireStatus
begin_frame (GifFileType *gif, VvRaster *canvas, int clear)
{
  const GifImageDesc *frame = &gif->Image;
  VvWireStatus        status;

  if (DGifGetImageDesc (gif) == GIF_ERROR || frame->Width < 1 || frame->Height < 1)
    return VV_WIRE_DAMAGED;
  canvas->reply.depth = (guint32) MAX (1, gif->SColorResolution);
  canvas->reply.channels = 1;
  /* Some writers leave the screen smaller than its only frame; browsers show the frame whole. */
  status = vv_raster_begin (canvas, (guint64) MAX (gif->SWidth, frame->Left + frame->Width),
                            (guint64) MAX (gif->SHeight, frame->Top + frame->Height));
  return status == VV_WIRE_OK ? decode_frame (gif, canvas, clear) : status;
}

/* Keeps the transparent colour of a graphics control block, if this is one. */
static gboolean
read_extension (GifFileType *gif, int *clear)
{
  GraphicsControlBlock control;
  GifByteType         *block = NULL;
  int                  code = 0;
  gboolean             readable = DGifGetExtension (gif, &code, &block) == GIF_OK;

  while (readable && block != NULL)
    {
      if (code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB (block[0], block + 1, &control) == GIF_OK)
        *clear = control.TransparentColor;
      readable = DGifGetExtensionNext (gif, &block) == GIF_OK;
    }
  return readable;
}

static VvWireStatus
read_file (GifFileType *gif, VvRaster *canvas)
{
  GifRecordType type = UNDEFINED_RECORD_TYPE;
  int           clear = NO_TRANSPARENT_COLOR;

  while (DGifGetRecordType (gif, &type) == GIF_OK)
    {
      if (type == IMAGE_DESC_RECORD_TYPE)
        return begin_frame (gif, canvas, clear);
      if (type != EXTENSION_RECORD_TYPE || !read_extension (gif, &clear))
        break;
    }
  return VV_WIRE_DAMAGED;
}

VvWireStatus
vv_codec_gif (const guint8 *data, gsize size, VvRaster *canvas)
{
  Source       source = { data, size };
  GifFileType *gif = DGifOpen (&source, on_read, /* Error= */ NULL);
  VvWireStatus status;

  if (gif == NULL)
    return VV_WIRE_DAMAGED;
  status = read_file (gif, canvas);
  (void) DGifCloseFile (gif, /* ErrorCode= */ NULL);
  return status;
}
