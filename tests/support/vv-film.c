// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-film.h"

#include <check.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>

#define BITS 16

typedef struct
{
  AVFormatContext *format;
  AVCodecContext  *codec;
  AVStream        *stream;
  AVPacket        *packet;
} Writer;

static void
paint (AVFrame *frame, int number)
{
  const int square = frame->width / BITS;

  for (int y = 0; y < frame->height; y++)
    for (int x = 0; x < frame->width; x++)
      {
        const int bit = MIN (x / square, BITS - 1);

        frame->data[0][y * frame->linesize[0] + x] =
          (guint8) (y < square ? ((number >> bit & 1) != 0 ? 235 : 16) : 40 + (x + y + number * 3) % 160);
      }
  for (int plane = 1; plane < 3; plane++)
    for (int y = 0; y < frame->height / 2; y++)
      memset (frame->data[plane] + y * frame->linesize[plane], 128, (gsize) frame->width / 2);
}

static void
drain (Writer *self)
{
  while (avcodec_receive_packet (self->codec, self->packet) == 0)
    {
      av_packet_rescale_ts (self->packet, self->codec->time_base, self->stream->time_base);
      ck_assert_int_ge (av_interleaved_write_frame (self->format, self->packet), 0);
    }
}

static void
set_up_codec (Writer *self, const VvFilm *film, const AVCodec *encoder)
{
  self->codec = avcodec_alloc_context3 (encoder);
  self->codec->width = film->width;
  self->codec->height = film->height;
  self->codec->time_base = (AVRational){ 1, film->rate };
  self->codec->framerate = (AVRational){ film->rate, 1 };
  self->codec->gop_size = film->gop;
  self->codec->max_b_frames = film->b_frames;
  self->codec->bit_rate = 2000000;
  self->codec->thread_count = 1;
  self->codec->pix_fmt = encoder->id == AV_CODEC_ID_MJPEG ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
  (void) av_opt_set (self->codec->priv_data, "preset", "ultrafast", 0);
  (void) av_opt_set (self->codec->priv_data, "x265-params", "log-level=none:pools=1", 0);
  (void) av_opt_set (self->codec->priv_data, "deadline", "realtime", 0);
  (void) av_opt_set (self->codec->priv_data, "cpu-used", "8", 0);
  if ((self->format->oformat->flags & AVFMT_GLOBALHEADER) != 0)
    self->codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  ck_assert_int_eq (avcodec_open2 (self->codec, encoder, NULL), 0);
}

static void
set_up_stream (Writer *self, const VvFilm *film)
{
  self->stream = avformat_new_stream (self->format, NULL);
  self->stream->time_base = self->codec->time_base;
  self->stream->avg_frame_rate = self->codec->framerate;
  ck_assert_int_ge (avcodec_parameters_from_context (self->stream->codecpar, self->codec), 0);
  if (film->turned != 0)
    av_display_rotation_set ((int32_t *) (gpointer) av_stream_new_side_data (self->stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof (int32_t)),
                             film->turned);
}

static void
write_frames (Writer *self, const VvFilm *film)
{
  AVFrame *frame = av_frame_alloc ();

  frame->width = film->width;
  frame->height = film->height;
  frame->format = self->codec->pix_fmt;
  ck_assert_int_eq (av_frame_get_buffer (frame, 0), 0);
  for (int i = 0; i < film->n_frames; i++)
    {
      ck_assert_int_eq (av_frame_make_writable (frame), 0);
      paint (frame, i);
      frame->pts = i;
      ck_assert_int_eq (avcodec_send_frame (self->codec, frame), 0);
      drain (self);
    }
  (void) avcodec_send_frame (self->codec, NULL);
  drain (self);
  av_frame_free (&frame);
}

GBytes *
vv_film_make (const VvFilm *film)
{
  const AVCodec   *encoder = avcodec_find_encoder_by_name (film->encoder);
  Writer           self = { 0 };
  g_autofree char *path = NULL;
  char            *data;
  gsize            size;

  if (encoder == NULL)
    return NULL;
  av_log_set_level (AV_LOG_QUIET);
  ck_assert_int_ge (g_file_open_tmp ("film-XXXXXX", &path, NULL), 0);
  ck_assert_int_ge (avformat_alloc_output_context2 (&self.format, NULL, film->container, path), 0);
  set_up_codec (&self, film, encoder);
  set_up_stream (&self, film);
  self.packet = av_packet_alloc ();
  ck_assert_int_ge (avio_open (&self.format->pb, path, AVIO_FLAG_WRITE), 0);
  ck_assert_int_ge (avformat_write_header (self.format, NULL), 0);
  write_frames (&self, film);
  ck_assert_int_eq (av_write_trailer (self.format), 0);
  (void) avio_closep (&self.format->pb);
  av_packet_free (&self.packet);
  avcodec_free_context (&self.codec);
  avformat_free_context (self.format);
  ck_assert (g_file_get_contents (path, &data, &size, NULL));
  (void) remove (path);
  return g_bytes_new_take (data, size);
}

int
vv_film_number (const VvPicture *picture)
{
  const int square = picture->width / BITS;
  int       number = 0;

  for (int bit = 0; bit < BITS; bit++)
    {
      const int grey = vv_picture_row (picture, square / 2)[(bit * square + square / 2) * 4 + 1];

      if (grey > 80 && grey < 175)
        return -1;
      number |= grey >= 175 ? 1 << bit : 0;
    }
  return number;
}
