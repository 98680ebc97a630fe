// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#include "vv-raster.h"

G_BEGIN_DECLS

/* A video in memory, in visavis-video-decoder. All its packets are read when it is opened and kept, so that going to
 * a frame never depends on what a container says about where things are. Helper process only, one thread. */
typedef struct
{
  const guint8 *data; /* the file */
  gint64        size;
  gint64        at; /* where the container reads */

  AVIOContext     *source;
  AVFormatContext *format;
  AVStream        *stream; /* the one video stream that is looked at; belongs to @format */
  AVCodecContext  *codec;
  GPtrArray       *packets; /* of AVPacket, in the order in which they are decoded */
  GArray          *times;   /* of gint64: when each frame is shown, in units of the stream, ascending; empty when the packets
                             * do not say, and frames are counted from the start instead */
  gboolean         cut_off; /* the file ends before the video does */

  AVFrame *frame;       /* the last that was decoded */
  gint64   number;      /* its number, from 0; -1 for none since the decoder was reset */
  guint    next_packet; /* to be sent to the decoder */
} VvVideo;

/* Opens the file at @data, which stays the caller's and must outlive @self. Decodes the first frames. Returns: VV_WIRE_OK,
 * TYPE (not a video that is read), UNSUPPORTED (a codec that is not read), DAMAGED, TOO_LARGE or MEMORY; after any of
 * them vv_video_clear() may be called. */
VvWireStatus vv_video_open (VvVideo      *self,
                            const guint8 *data,
                            gsize         size);
void         vv_video_clear (VvVideo *self);

/* Number of frames; of a video whose packets do not say, the number of its packets. */
guint vv_video_n_frames (const VvVideo *self);

/* Fills in what @reply says of a video. */
void vv_video_describe (const VvVideo *self,
                        VvWireReply   *reply);

/* Fills in vv_video_n_frames() moments. */
void vv_video_moments (const VvVideo *self,
                       VvWireMoment  *moments);

/* Decodes frame @number into @self->frame. A frame that cannot be decoded whole is VV_WIRE_DAMAGED, never one in which
 * something was made up; one that is not there is VV_WIRE_TYPE. vv-video-frame.c. */
VvWireStatus vv_video_seek (VvVideo *self,
                            gint64   number);

/* How the camera was held, as EXIF says it: 1, 3, 6 or 8. vv-video-frame.c. */
guint32 vv_video_orientation (const VvVideo *self);

/* Paints @self->frame, upright, with no side longer than @side (0: as it is). vv-video-frame.c. */
VvWireStatus vv_video_paint (VvVideo  *self,
                             guint     side,
                             VvRaster *canvas);

G_END_DECLS
