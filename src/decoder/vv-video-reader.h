// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* A video file, looked at frame by frame in visavis-video-decoder: a helper process of its own, confined like
 * visavis-decoder, that lives as long as the reader (a helper that was stopped is replaced at the next question).
 * Reads H.264, HEVC, MPEG-1, -2 and -4, MJPEG, VP8, VP9 and AV1 in MP4, MOV, Matroska, WebM, AVI, MPEG-TS and -PS. Sound is not
 * looked at. Errors are VV_DECODER_ERROR (vv-decoder.h) or G_IO_ERROR_CANCELLED. Thread-safe; calls wait for one another. */
typedef struct _VvVideoReader VvVideoReader;

/* Opens @file; @name: what to call it in an error sentence. Blocks, at most half a minute. Returns: (transfer full). */
VvVideoReader *vv_video_reader_new (GBytes       *file,
                                    const char   *name,
                                    GCancellable *cancellable,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void           vv_video_reader_free (VvVideoReader *self);

/* "container" ("mp4", "mkv", "avi", "ts", "mpg"), "codec", "width", "height" (upright), "frames", "counted" (boolean: every
 * frame has the time that the file says; else frames were counted and times come from the frame rate), "seconds" (until the
 * last frame is shown), "rate" (frames a second, as the file says it), "pixel_aspect" (width of a pixel to its height; only
 * when it is known and not 1; pixels are never stretched), "interlaced", "cut_off" (the file ends before the video does),
 * "recorded" (what the file says; only then). Belongs to @self. */
JsonObject *vv_video_reader_facts (VvVideoReader *self);

/* When frame @frame is shown, in microseconds after the first; -1 when there is no such frame. */
gint64 vv_video_reader_time (VvVideoReader *self,
                             gint64         frame);

/* The same as "00:01:23.480". Returns: (transfer full), or NULL when there is no such frame. */
char *vv_video_reader_time_code (VvVideoReader *self,
                                 gint64         frame);

/* Numbers of @n frames spread over the video, or of all when there are fewer: where one lies near, a frame that can be decoded
 * without others. Returns: (transfer full) (element-type gint64). */
GArray *vv_video_reader_strip (VvVideoReader *self,
                               guint          n);

/* The pixels of frame @frame, counted from 0 in the order of showing, upright and as they are in the file; with @side > 0 made
 * smaller so that no side is longer. A frame that cannot be decoded whole is VV_DECODER_ERROR_DAMAGED. Blocks, at most half
 * a minute; @cancellable stops the helper. Returns: (transfer full). */
VvPicture *vv_video_reader_frame (VvVideoReader *self,
                                  gint64         frame,
                                  guint          side,
                                  GCancellable  *cancellable,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvVideoReader, vv_video_reader_free)

G_END_DECLS
