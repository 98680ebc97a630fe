// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vv-codec.h"
#include "vv-confine.h"
#include "vv-serve.h"

static gboolean
serve (const VvWireRequest *request, int fd)
{
  VvRaster canvas;
  gboolean sent;
  void    *data = mmap (NULL, request->size, PROT_READ, MAP_PRIVATE, fd, 0);

  (void) close (fd);
  vv_raster_init (&canvas);
  if (data == MAP_FAILED)
    canvas.reply.status = VV_WIRE_MEMORY;
  else
    canvas.reply.status = vv_codec_decode (data, request->size, &canvas);
  sent = vv_serve_answer (&canvas.reply, canvas.fd);
  vv_raster_clear (&canvas);
  if (data != MAP_FAILED)
    (void) munmap (data, request->size);
  return sent;
}

int
main (void)
{
  VvWireRequest request;

  vv_codec_prepare ();
  if (!vv_confine ())
    return EXIT_FAILURE;
  for (int fd = vv_serve_receive (&request); fd >= 0; fd = vv_serve_receive (&request))
    if (!serve (&request, fd))
      return EXIT_FAILURE;
  return EXIT_SUCCESS;
}
