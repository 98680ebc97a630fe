// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/mem.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
#include <math.h>
#include <string.h>

#include "vv-video.h"

#define ATTEMPTS 3   /* key frames to start from, each earlier than the one before */
#define HD       720 /* rows from which on a video that does not say has the colours of BT.709, by convention */

/* --- Decoding --------------------------------------------------------------------------------------------------- */

static void
restart (VvVideo *self, guint packet)
{
  avcodec_flush_buffers (self->codec);
  self->next_packet = packet;
  self->number = -1;
}

/* Gives the decoder its next packet, or the news that there are no more. */
static void
send_packet (VvVideo *self)
{
  if (self->next_packet < self->packets->len)
    /* A packet that cannot be decoded yields no frame, or one that is marked; that is looked at where it matters. */
    (void) avcodec_send_packet (self->codec, g_ptr_array_index (self->packets, self->next_packet));
  else
    (void) avcodec_send_packet (self->codec, /* packet= */ NULL);
  self->next_packet++;
}

/* Number of the frame that was just decoded: by its time, or by counting. -1 for a time that no packet has. */
static gint64
number_of_frame (VvVideo *self)
{
  const gint64 *times = (const gint64 *) (gconstpointer) self->times->data;
  guint         low = 0, high = self->times->len;

  if (high == 0)
    return self->number + 1;
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (times[middle] < self->frame->pts)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->times->len && times[low] == self->frame->pts ? (gint64) low : -1;
}

/* The next frame. Returns: VV_WIRE_OK, TYPE at the end, or MEMORY. */
static VvWireStatus
decode_next (VvVideo *self)
{
  for (;;)
    {
      const int result = avcodec_receive_frame (self->codec, self->frame);

      if (result == 0)
        {
          self->number = number_of_frame (self);
          return VV_WIRE_OK;
        }
      if (result == AVERROR (ENOMEM) || result == AVERROR_EOF || self->next_packet > self->packets->len)
        {
          self->number = -1; /* the frame is gone */
          return result == AVERROR (ENOMEM) ? VV_WIRE_MEMORY : VV_WIRE_TYPE;
        }
      send_packet (self);
    }
}

/* Decodes on until frame @number. A frame after it means that it did not come. */
static VvWireStatus
decode_until (VvVideo *self, gint64 number)
{
  VvWireStatus status = VV_WIRE_OK;

  while (status == VV_WIRE_OK && self->number < number)
    status = decode_next (self);
  return status == VV_WIRE_OK && self->number > number ? VV_WIRE_DAMAGED : status;
}

static gboolean
is_whole (const AVFrame *frame)
{
  return (frame->flags & AV_FRAME_FLAG_CORRUPT) == 0 && frame->decode_error_flags == 0;
}

/* The last packet before @before from which decoding can begin and that is shown no later than @time; 0 when there is none. */
static guint
find_key (const VvVideo *self, guint before, gint64 time)
{
  for (guint i = before; i > 0; i--)
    {
      const AVPacket *packet = g_ptr_array_index (self->packets, i - 1);

      if ((packet->flags & AV_PKT_FLAG_KEY) != 0 && packet->pts <= time)
        return i - 1;
    }
  return 0;
}

/* Frames after a key frame may refer to what lies before it: then an earlier one helps, at last the start. */
static VvWireStatus
decode_from_keys (VvVideo *self, gint64 number)
{
  const gint64 time = g_array_index (self->times, gint64, number);
  guint        key = self->packets->len;
  VvWireStatus status = VV_WIRE_DAMAGED;

  for (int attempt = 1; attempt <= ATTEMPTS && key > 0; attempt++)
    {
      key = attempt < ATTEMPTS ? find_key (self, key, time) : 0;
      restart (self, key);
      status = decode_until (self, number);
      if (status == VV_WIRE_MEMORY || (status == VV_WIRE_OK && is_whole (self->frame)))
        return status;
    }
  return status == VV_WIRE_OK || status == VV_WIRE_TYPE ? VV_WIRE_DAMAGED : status;
}

/* Whether frame @number is best reached by decoding on from where the decoder is. */
static gboolean
is_ahead (const VvVideo *self, gint64 number)
{
  if (self->number < 0 || self->number >= number)
    return FALSE;
  return self->times->len == 0 ||
         find_key (self, self->packets->len, g_array_index (self->times, gint64, number)) < self->next_packet;
}

VvWireStatus
vv_video_seek (VvVideo *self, gint64 number)
{
  VvWireStatus status = VV_WIRE_OK;

  if (number < 0 || number >= (gint64) vv_video_n_frames (self))
    return VV_WIRE_TYPE;
  if (self->number == number && is_whole (self->frame))
    return VV_WIRE_OK;
  if (is_ahead (self, number))
    {
      status = decode_until (self, number);
      if (status == VV_WIRE_MEMORY || (status == VV_WIRE_OK && is_whole (self->frame)))
        return status;
    }
  if (self->times->len > 0)
    return decode_from_keys (self, number);
  restart (self, 0);
  status = decode_until (self, number);
  return status == VV_WIRE_OK && !is_whole (self->frame) ? VV_WIRE_DAMAGED : status;
}

/* --- Painting --------------------------------------------------------------------------------------------------- */

guint32
vv_video_orientation (const VvVideo *self)
{
  size_t        size = 0;
  const guint8 *matrix = av_stream_get_side_data (self->stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  const double  turned = matrix != NULL &&
                            size >= 9 * sizeof (gint32)
                           ? av_display_rotation_get ((const int32_t *) (gconstpointer) matrix)
                           : 0;
  const long    quarters = isnan (turned) ? 0 : lrint (-turned / 90);
  const guint32 orientations[] = { 1, 6, 3, 8 };

  return orientations[((quarters % 4) + 4) % 4];
}

/* ITU-T H.273, matrix coefficients, in swscale's numbers. */
static int
colours_of (const AVFrame *frame)
{
  switch ((int) frame->colorspace)
    {
    case AVCOL_SPC_BT709:
      return SWS_CS_ITU709;
    case AVCOL_SPC_FCC:
      return SWS_CS_FCC;
    case AVCOL_SPC_SMPTE240M:
      return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return SWS_CS_BT2020;
    case AVCOL_SPC_UNSPECIFIED:
      return frame->height >= HD ? SWS_CS_ITU709 : SWS_CS_ITU601;
    default:
      return SWS_CS_ITU601;
    }
}

static struct SwsContext *
make_scaler (const AVFrame *frame, int width, int height)
{
  struct SwsContext *scaler = sws_getContext (frame->width, frame->height, frame->format, width, height, AV_PIX_FMT_BGRA,
                                              SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP, NULL, NULL, NULL);
  const int          full = frame->color_range == AVCOL_RANGE_JPEG;

  if (scaler != NULL)
    (void) sws_setColorspaceDetails (scaler, sws_getCoefficients (colours_of (frame)), full, sws_getCoefficients (SWS_CS_DEFAULT),
                                     /* dstRange= */ 1, /* brightness= */ 0, /* contrast= */ 1 << 16, /* saturation= */ 1 << 16);
  return scaler;
}

/* swscale writes in steps that may reach past a row: it gets rows with room, and the picture a copy. */
static VvWireStatus
scale (const AVFrame *frame, VvRaster *canvas)
{
  struct SwsContext *scaler = make_scaler (frame, (int) canvas->width, (int) canvas->height);
  uint8_t           *rows[4] = { NULL };
  int                strides[4] = { 0 };
  VvWireStatus       status = VV_WIRE_MEMORY;

  if (scaler != NULL &&
      av_image_alloc (rows, strides, (int) canvas->width, (int) canvas->height + 1, AV_PIX_FMT_BGRA, /* align= */ 64) >= 0)
    {
      status = sws_scale (scaler, (const uint8_t *const *) frame->data, frame->linesize, 0, frame->height, rows,
                          strides) == (int) canvas->height
                 ? VV_WIRE_OK
                 : VV_WIRE_DAMAGED;
      for (guint y = 0; y < canvas->height && status == VV_WIRE_OK; y++)
        memcpy (vv_raster_row (canvas, y), rows[0] + (gsize) y * (gsize) strides[0], (gsize) canvas->width * 4);
    }
  av_freep (&rows[0]);
  sws_freeContext (scaler);
  return status;
}

VvWireStatus
vv_video_paint (VvVideo *self, guint side, VvRaster *canvas)
{
  const AVFrame            *frame = self->frame;
  const double              longer = MAX (frame->width, frame->height);
  const double              factor = side > 0 && longer > side ? side / longer : 1;
  const AVPixFmtDescriptor *described = av_pix_fmt_desc_get (frame->format);
  VvWireStatus              status;

  if (frame->width <= 0 || frame->height <= 0)
    return VV_WIRE_DAMAGED;
  canvas->reply.depth = (guint32) (described != NULL ? described->comp[0].depth : 8);
  canvas->reply.channels = 3;
  canvas->reply.orientation = vv_video_orientation (self);
  status = vv_raster_begin (canvas, (guint64) MAX (1, lrint (frame->width * factor)), (guint64) MAX (1, lrint (frame->height * factor)));
  if (status == VV_WIRE_OK)
    status = scale (frame, canvas);
  return status == VV_WIRE_OK ? vv_raster_finish (canvas) : status;
}
