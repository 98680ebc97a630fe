// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-video.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "vv-decoder.h"

/* What is read, and nothing else: every demuxer and decoder is a way in. */
#define CONTAINERS "mov,matroska,avi,mpegts,mpeg"
#define CODECS     "h264,hevc,mpeg4,mpeg2video,mpeg1video,mjpeg,vp8,vp9,av1,libdav1d"

#define READ_SIZE    (64 * 1024)
#define PROBE_SIZE   (8 * 1024 * 1024)
#define MAX_STREAMS  64
#define CHECKED      12 /* frames at the start that must be where the packets said */
#define MAX_RATE     4  /* powers of ten: more than 10,000 frames a second, or fewer than one in 10,000 seconds, is no rate */
#define MAX_DAYS     1000
#define DEFAULT_RATE 25 /* frames a second where the file does not say */

static const struct
{
  const char *demuxer; /* how its name begins */
  const char *format;
} containers[] = {
  { "mov,", "mp4" },
  { "matroska,", "mkv" },
  { "avi", "avi" },
  { "mpegts", "ts" },
  { "mpeg", "mpg" },
};

/* --- The file in memory ----------------------------------------------------------------------------------------- */

static int
on_read (void *opaque, uint8_t *bytes, int count)
{
  VvVideo     *self = opaque;
  const gint64 read = MIN ((gint64) MAX (count, 0), self->size - self->at);

  if (read <= 0)
    return AVERROR_EOF;
  memcpy (bytes, self->data + self->at, (gsize) read);
  self->at += read;
  return (int) read;
}

static int64_t
on_seek (void *opaque, int64_t offset, int whence)
{
  VvVideo *self = opaque;
  gint64   base = 0;

  switch (whence & ~AVSEEK_FORCE)
    {
    case AVSEEK_SIZE:
      return self->size;
    case SEEK_CUR:
      base = self->at;
      break;
    case SEEK_END:
      base = self->size;
      break;
    case SEEK_SET:
    default:
      break;
    }
  if (offset < -base || offset > self->size - base)
    return AVERROR (EINVAL);
  self->at = base + offset;
  return self->at;
}

/* A container may name other files: there are none. */
static int
on_open_other (AVFormatContext *format, AVIOContext **source, const char *url, int flags, AVDictionary **options)
{
  return AVERROR (EACCES);
}

/* --- Opening ---------------------------------------------------------------------------------------------------- */

/* What cannot be opened was meant as a video, or never was one. */
static gboolean
begins_like_a_video (const VvVideo *self)
{
  static const struct
  {
    gsize       at;
    gsize       length;
    const char *bytes;
  } starts[] = {
    { 4, 4, "ftyp" },
    { 4, 4, "moov" },
    { 4, 4, "mdat" },
    { 0, 4, "\x1a\x45\xdf\xa3" },
    { 8, 4, "AVI " },
    { 0, 4, "\0\0\1\xba" },
    { 0, 4, "\0\0\1\xb3" }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if ((gsize) self->size >= starts[i].at + starts[i].length &&
        memcmp (self->data + starts[i].at, starts[i].bytes, starts[i].length) == 0)
      return TRUE;
  return FALSE;
}

static VvWireStatus
open_container (VvVideo *self)
{
  guint8 *buffer = av_malloc (READ_SIZE);

  self->source = buffer != NULL ? avio_alloc_context (buffer, READ_SIZE, /* write_flag= */ 0, self, on_read, NULL, on_seek) : NULL;
  self->format = self->source != NULL ? avformat_alloc_context () : NULL;
  if (self->format == NULL)
    return VV_WIRE_MEMORY;
  self->format->pb = self->source;
  self->format->flags |= AVFMT_FLAG_CUSTOM_IO;
  self->format->io_open = on_open_other;
  self->format->format_whitelist = av_strdup (CONTAINERS);
  self->format->codec_whitelist = av_strdup (CODECS);
  self->format->protocol_whitelist = av_strdup ("none");
  self->format->max_streams = MAX_STREAMS;
  self->format->probesize = PROBE_SIZE;
  switch (avformat_open_input (&self->format, /* url= */ NULL, /* format= */ NULL, /* options= */ NULL))
    {
    case 0:
      return VV_WIRE_OK;
    case AVERROR (ENOMEM):
      return VV_WIRE_MEMORY;
    case AVERROR (EINVAL): /* not on the list */
      return VV_WIRE_TYPE;
    default:
      return begins_like_a_video (self) ? VV_WIRE_DAMAGED : VV_WIRE_TYPE;
    }
}

static VvWireStatus
open_stream (VvVideo *self)
{
  const AVCodec *decoder = NULL;
  int            index;

  /* An error here is about some stream, perhaps not ours. */
  (void) avformat_find_stream_info (self->format, /* options= */ NULL);
  index = av_find_best_stream (self->format, AVMEDIA_TYPE_VIDEO, /* wanted= */ -1, /* related= */ -1, &decoder, /* flags= */ 0);
  if (index == AVERROR_DECODER_NOT_FOUND)
    return VV_WIRE_UNSUPPORTED;
  if (index < 0)
    return VV_WIRE_TYPE;
  self->stream = self->format->streams[index];
  for (guint i = 0; i < self->format->nb_streams; i++)
    self->format->streams[i]->discard = i == (guint) index ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  self->codec = avcodec_alloc_context3 (decoder);
  if (self->codec == NULL || avcodec_parameters_to_context (self->codec, self->stream->codecpar) < 0)
    return VV_WIRE_MEMORY;
  self->codec->codec_whitelist = av_strdup (CODECS);
  self->codec->pkt_timebase = self->stream->time_base;
  self->codec->max_pixels = VV_DECODER_MAX_PIXELS;
  self->codec->thread_count = 1;
  /* A frame with a fault is reported, not mended with what its neighbours look like. */
  self->codec->error_concealment = 0;
  self->codec->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;
  return avcodec_open2 (self->codec, decoder, /* options= */ NULL) == 0 ? VV_WIRE_OK : VV_WIRE_UNSUPPORTED;
}

static void
packet_free (gpointer data)
{
  AVPacket *packet = data;

  av_packet_free (&packet);
}

/* Whether the packet is one of the video, from its first key frame on. */
static gboolean
is_wanted (const VvVideo *self, const AVPacket *packet)
{
  return packet->stream_index == self->stream->index && packet->size > 0 &&
         (self->packets->len > 0 || (packet->flags & AV_PKT_FLAG_KEY) != 0);
}

static VvWireStatus
read_packets (VvVideo *self)
{
  int result = 0;

  self->packets = g_ptr_array_new_with_free_func (packet_free);
  while (result >= 0)
    {
      AVPacket *packet = av_packet_alloc ();

      if (packet == NULL)
        return VV_WIRE_MEMORY;
      result = av_read_frame (self->format, packet);
      self->cut_off = self->cut_off || (packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
      if (result < 0 || !is_wanted (self, packet))
        av_packet_free (&packet);
      else if (self->packets->len == VV_WIRE_MAX_FRAMES)
        {
          av_packet_free (&packet);
          return VV_WIRE_TOO_LARGE;
        }
      else
        g_ptr_array_add (self->packets, packet);
    }
  self->cut_off = self->cut_off || result != AVERROR_EOF;
  if (result == AVERROR (ENOMEM))
    return VV_WIRE_MEMORY;
  return self->packets->len > 0 ? VV_WIRE_OK : VV_WIRE_DAMAGED;
}

/* --- When each frame is shown ----------------------------------------------------------------------------------- */

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* Whether every frame has a time of its own, none absurdly far from the first. */
static gboolean
are_sane (const VvVideo *self)
{
  const gint64 *times = (const gint64 *) (gconstpointer) self->times->data;
  const guint   n = self->times->len;
  const double  days = n > 0 ? ((double) times[n - 1] - (double) times[0]) * av_q2d (self->stream->time_base) / (24 * 60 * 60) : 0;

  for (guint i = 1; i < n; i++)
    if (times[i] == times[i - 1])
      return FALSE;
  return days >= 0 && days <= MAX_DAYS;
}

/* Packets that are decoded and not shown (edit lists of MP4), and those shown before the first key frame, which refer to what
 * is not there, are no frames. */
static void
collect_times (VvVideo *self)
{
  const gint64 first = ((const AVPacket *) g_ptr_array_index (self->packets, 0))->pts;

  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->packets->len; i++)
    {
      const AVPacket *packet = g_ptr_array_index (self->packets, i);

      if ((packet->flags & AV_PKT_FLAG_DISCARD) != 0 || (packet->pts != AV_NOPTS_VALUE && packet->pts < first))
        continue;
      if (packet->pts == AV_NOPTS_VALUE)
        {
          g_array_set_size (self->times, 0);
          return;
        }
      g_array_append_val (self->times, packet->pts);
    }
  g_array_sort (self->times, compare_times);
  if (!are_sane (self))
    g_array_set_size (self->times, 0);
}

/* The packets' word is taken only when the first frames keep it; fields that come in packets of their own, for
 * instance, do not. Returns: DAMAGED when none of the first frames can be decoded. */
static VvWireStatus
check_times (VvVideo *self)
{
  const guint  n = MIN (vv_video_n_frames (self), CHECKED);
  VvWireStatus status = self->times->len > 0 ? VV_WIRE_OK : VV_WIRE_DAMAGED;

  for (guint i = 0; i < n && status == VV_WIRE_OK; i++)
    status = vv_video_seek (self, i);
  if (status == VV_WIRE_OK || status == VV_WIRE_MEMORY)
    return status;
  g_array_set_size (self->times, 0);
  for (guint i = 0; i < n && status != VV_WIRE_OK && status != VV_WIRE_MEMORY; i++)
    status = vv_video_seek (self, i);
  return status == VV_WIRE_TYPE ? VV_WIRE_DAMAGED : status;
}

VvWireStatus
vv_video_open (VvVideo *self, const guint8 *data, gsize size)
{
  VvWireStatus status;

  memset (self, 0, sizeof *self);
  self->data = data;
  self->size = (gint64) size;
  self->number = -1;
  self->frame = av_frame_alloc ();
  status = self->frame != NULL ? open_container (self) : VV_WIRE_MEMORY;
  if (status == VV_WIRE_OK)
    status = open_stream (self);
  if (status == VV_WIRE_OK)
    status = read_packets (self);
  if (status != VV_WIRE_OK)
    return status;
  collect_times (self);
  status = check_times (self);
  if (status == VV_WIRE_OK && MAX (self->frame->width, self->frame->height) > VV_DECODER_MAX_SIDE)
    return VV_WIRE_TOO_LARGE;
  return status;
}

void
vv_video_clear (VvVideo *self)
{
  av_frame_free (&self->frame);
  g_clear_pointer (&self->packets, g_ptr_array_unref);
  g_clear_pointer (&self->times, g_array_unref);
  avcodec_free_context (&self->codec);
  avformat_close_input (&self->format);
  if (self->source != NULL)
    av_freep (&self->source->buffer);
  avio_context_free (&self->source);
}

/* --- What it is ------------------------------------------------------------------------------------------------- */

guint
vv_video_n_frames (const VvVideo *self)
{
  return self->times->len > 0 ? self->times->len : self->packets->len;
}

static AVRational
rate_of (const VvVideo *self)
{
  const AVRational rate = av_guess_frame_rate (self->format, self->stream, /* frame= */ NULL);

  return rate.num > 0 && rate.den > 0 && fabs (log10 (av_q2d (rate))) <= MAX_RATE ? rate : (AVRational){ DEFAULT_RATE, 1 };
}

static void
describe_time (const VvVideo *self, VvWireReply *reply)
{
  const AVDictionaryEntry *made = av_dict_get (self->format->metadata, "creation_time", /* prev= */ NULL, /* flags= */ 0);

  if (made != NULL)
    (void) g_strlcpy (reply->exif_time, made->value, sizeof reply->exif_time);
}

void
vv_video_describe (const VvVideo *self, VvWireReply *reply)
{
  const AVRational rate = rate_of (self);
  const AVRational aspect = av_guess_sample_aspect_ratio (self->format, self->stream, self->frame);

  for (gsize i = 0; i < G_N_ELEMENTS (containers) && *reply->format == '\0'; i++)
    if (g_str_has_prefix (self->format->iformat->name, containers[i].demuxer))
      (void) g_strlcpy (reply->format, containers[i].format, sizeof reply->format);
  (void) g_strlcpy (reply->codec, avcodec_get_name (self->codec->codec_id), sizeof reply->codec);
  describe_time (self, reply);
  reply->orientation = vv_video_orientation (self);
  reply->width = (guint32) (reply->orientation < 5 ? self->frame->width : self->frame->height);
  reply->height = (guint32) (reply->orientation < 5 ? self->frame->height : self->frame->width);
  reply->frames = vv_video_n_frames (self);
  reply->flags = (self->times->len > 0 ? VV_WIRE_COUNTED : 0) |
                 (self->frame->interlaced_frame != 0 ? VV_WIRE_INTERLACED : 0) | (self->cut_off ? VV_WIRE_CUT_OFF : 0);
  reply->rate[0] = (guint32) rate.num;
  reply->rate[1] = (guint32) rate.den;
  reply->aspect[0] = (guint32) MAX (aspect.num, 0);
  reply->aspect[1] = (guint32) MAX (aspect.den, 0);
}

/* Times by the frame rate, for a video whose packets do not say. */
static void
count_moments (const VvVideo *self, VvWireMoment *moments)
{
  const AVRational rate = rate_of (self);

  for (guint i = 0; i < self->packets->len; i++)
    moments[i] = (VvWireMoment){ .time = av_rescale (i, (gint64) rate.den * G_USEC_PER_SEC, rate.num), .key = i == 0 };
}

void
vv_video_moments (const VvVideo *self, VvWireMoment *moments)
{
  const gint64 *times = (const gint64 *) (gconstpointer) self->times->data;

  if (self->times->len == 0)
    {
      count_moments (self, moments);
      return;
    }
  for (guint i = 0; i < self->times->len; i++)
    moments[i] = (VvWireMoment){ .time = av_rescale_q (times[i] - times[0], self->stream->time_base, AV_TIME_BASE_Q) };
  for (guint i = 0; i < self->packets->len; i++)
    {
      const AVPacket *packet = g_ptr_array_index (self->packets, i);
      const gint64   *found = bsearch (&packet->pts, times, self->times->len, sizeof *times, compare_times);

      if (found != NULL && (packet->flags & AV_PKT_FLAG_KEY) != 0)
        moments[found - times].key = 1;
    }
}
