// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>

#include <setjmp.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "vv-codec.h"
#include "vv-exif.h"

typedef struct
{
  struct jpeg_error_mgr errors; /* first, so that it can be cast back */
  jmp_buf               leave;
  gboolean              incomplete;
} Trouble;

static VvWireStatus
status_for (int message)
{
  switch (message)
    {
    case JERR_OUT_OF_MEMORY:
      return VV_WIRE_MEMORY;
    case JERR_IMAGE_TOO_BIG:
      return VV_WIRE_TOO_LARGE;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_SOF_UNSUPPORTED:
      return VV_WIRE_UNSUPPORTED;
    default:
      return VV_WIRE_DAMAGED;
    }
}

static void
on_error (j_common_ptr info)
{
  Trouble *trouble = (Trouble *) info->err;

  longjmp (trouble->leave, 1);
}

/* libjpeg paints what is missing grey and calls it a warning. Other warnings (stray bytes between markers,
 * odd version numbers) are common in good files. The missing end marker alone loses nothing where the
 * picture is sent in one scan; in a progressive file the rest of the scans may be missing too. */
static void
on_message (j_common_ptr info, int level)
{
  Trouble *trouble = (Trouble *) info->err;

  if (level >= 0)
    return;
  switch (info->err->msg_code)
    {
    case JWRN_ARITH_BAD_CODE:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
      trouble->incomplete = TRUE;
      break;
    case JWRN_JPEG_EOF:
      trouble->incomplete = trouble->incomplete || ((j_decompress_ptr) info)->progressive_mode;
      break;
    default:
      break;
    }
}

static void
read_exif (const struct jpeg_decompress_struct *info, VvWireReply *reply)
{
  for (jpeg_saved_marker_ptr marker = info->marker_list; marker != NULL; marker = marker->next)
    if (marker->data_length > 6 && memcmp (marker->data, "Exif\0\0", 6) == 0)
      {
        vv_exif_read (marker->data, marker->data_length, reply);
        return;
      }
}

/* In place. Without a colour profile ink is taken as what it leaves of white; Adobe writes it inverted. */
static void
cmyk_to_bgra (guint8 *row, guint width, gboolean inverted)
{
  for (guint x = 0; x < width; x++, row += 4)
    {
      const guint flip = inverted ? 0 : 255;
      const guint cyan = row[0] ^ flip, magenta = row[1] ^ flip, yellow = row[2] ^ flip, black = row[3] ^ flip;

      row[0] = (guint8) ((yellow * black + 127) / 255);
      row[1] = (guint8) ((magenta * black + 127) / 255);
      row[2] = (guint8) ((cyan * black + 127) / 255);
      row[3] = 255;
    }
}

static VvWireStatus
decode_pixels (struct jpeg_decompress_struct *info, VvRaster *canvas)
{
  const gboolean ink = info->num_components == 4;
  VvWireStatus   status = vv_raster_begin (canvas, info->image_width, info->image_height);

  if (status != VV_WIRE_OK)
    return status;
  info->out_color_space = ink ? JCS_CMYK : JCS_EXT_BGRA;
  (void) jpeg_start_decompress (info);
  while (info->output_scanline < info->output_height)
    {
      JSAMPROW row = vv_raster_row (canvas, info->output_scanline);

      (void) jpeg_read_scanlines (info, &row, 1);
      if (ink)
        cmyk_to_bgra (row, canvas->width, info->saw_Adobe_marker);
    }
  (void) jpeg_finish_decompress (info);
  return ((Trouble *) info->err)->incomplete ? VV_WIRE_DAMAGED : VV_WIRE_OK;
}

/* How strongly it was compressed the last time: the sum of the quantisation table for brightness, against that of the table in
 * annex K of ITU-T T.81 as libjpeg scales it. An estimate: other encoders have tables of their own. */
static guint32
estimate_quality (const struct jpeg_decompress_struct *info)
{
  const JQUANT_TBL *table = info->quant_tbl_ptrs[0];
  const double      standard = 3688;
  double            sum = 0, scale;

  if (table == NULL)
    return 0;
  for (int i = 0; i < DCTSIZE2; i++)
    sum += table->quantval[i];
  scale = 100 * sum / standard;
  return sum <= DCTSIZE2 ? 100 : (guint32) CLAMP ((scale <= 100 ? (200 - scale) / 2 : 5000 / scale) + 0.5, 1, 100);
}

VvWireStatus
vv_codec_jpeg (const guint8 *data, gsize size, VvRaster *canvas)
{
  struct jpeg_decompress_struct info = { 0 };
  Trouble                       trouble = { 0 };
  VvWireStatus                  status;

  info.err = jpeg_std_error (&trouble.errors);
  trouble.errors.error_exit = on_error;
  trouble.errors.emit_message = on_message;
  if (setjmp (trouble.leave) != 0)
    {
      status = status_for (trouble.errors.msg_code);
      jpeg_destroy_decompress (&info);
      return status;
    }
  jpeg_create_decompress (&info);
  jpeg_mem_src (&info, data, size);
  jpeg_save_markers (&info, JPEG_APP0 + 1, 0xffff);
  (void) jpeg_read_header (&info, TRUE);
  canvas->reply.depth = (guint32) info.data_precision;
  canvas->reply.channels = (guint32) info.num_components;
  canvas->reply.quality = estimate_quality (&info);
  read_exif (&info, &canvas->reply);
  status = decode_pixels (&info, canvas);
  jpeg_destroy_decompress (&info);
  return status;
}
