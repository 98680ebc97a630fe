// SPDX-License-Identifier: GPL-3.0-or-later
#include <libavutil/log.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vv-confine.h"
#include "vv-serve.h"
#include "vv-video.h"

/* The answer to VV_WIRE_VIDEO. */
static gboolean
answer_video (const VvVideo *video)
{
  VvWireReply reply = { .status = VV_WIRE_MEMORY, .orientation = 1, .depth = 8, .channels = 3 };
  const gsize size = vv_video_n_frames (video) * sizeof (VvWireMoment);
  int         fd = -1;
  void       *moments = vv_serve_make_memory (size, &fd);
  gboolean    sent;

  vv_video_describe (video, &reply);
  if (moments != NULL)
    {
      vv_video_moments (video, moments);
      reply.status = vv_serve_seal_memory (moments, size, fd) ? VV_WIRE_OK : VV_WIRE_MEMORY;
    }
  sent = vv_serve_answer (&reply, fd);
  if (fd >= 0)
    (void) close (fd);
  return sent;
}

/* The answer to VV_WIRE_FRAME. */
static gboolean
answer_frame (VvVideo *video, const VvWireRequest *request)
{
  VvRaster canvas;
  gboolean sent;

  vv_raster_init (&canvas);
  canvas.reply.status = request->frame < VV_WIRE_MAX_FRAMES ? vv_video_seek (video, (gint64) request->frame) : VV_WIRE_TYPE;
  if (canvas.reply.status == VV_WIRE_OK)
    canvas.reply.status = vv_video_paint (video, request->side, &canvas);
  sent = vv_serve_answer (&canvas.reply, canvas.fd);
  vv_raster_clear (&canvas);
  return sent;
}

static gboolean
serve (VvVideo *video, VvWireStatus opened, const VvWireRequest *request)
{
  if (opened != VV_WIRE_OK)
    return vv_serve_answer (&(VvWireReply){ .status = opened }, /* fd= */ -1);
  return request->task == VV_WIRE_FRAME ? answer_frame (video, request) : answer_video (video);
}

/* One process looks at one video, until the client has seen enough. */
int
main (void)
{
  VvWireRequest request;
  VvWireStatus  opened = VV_WIRE_MEMORY;
  VvVideo       video = { 0 };
  int           fd;
  void         *data;

  av_log_set_level (AV_LOG_QUIET);
  if (!vv_confine ())
    return EXIT_FAILURE;
  fd = vv_serve_receive (&request);
  if (fd < 0)
    return EXIT_SUCCESS;
  data = mmap (NULL, request.size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (data != MAP_FAILED)
    opened = vv_video_open (&video, data, request.size);
  while (fd >= 0 && serve (&video, opened, &request))
    {
      (void) close (fd);
      fd = vv_serve_receive (&request);
    }
  return EXIT_SUCCESS;
}
