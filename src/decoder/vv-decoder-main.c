// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vv-codec.h"
#include "vv-confine.h"
#include "vv-serve.h"
#include "vv-transaction.h"

/* The answer to VV_WIRE_TRANSACTION. */
static gboolean
answer_transaction (const guint8 *data, gsize size)
{
  VvWireReply        reply = { 0 };
  g_autoptr (GArray) fields = NULL;
  int                fd = -1;
  gboolean           sent;

  reply.status = vv_transaction_read (data, size, &fields);
  if (reply.status == VV_WIRE_OK)
    {
      const gsize length = fields->len * sizeof (VvWireField);
      void       *memory = vv_serve_make_memory (length, &fd);

      if (memory != NULL)
        memcpy (memory, fields->data, length);
      reply.fields = fields->len;
      if (memory == NULL || !vv_serve_seal_memory (memory, length, fd))
        reply.status = VV_WIRE_MEMORY;
    }
  sent = vv_serve_answer (&reply, fd);
  if (fd >= 0)
    (void) close (fd);
  return sent;
}

/* The answer to VV_WIRE_PICTURE. */
static gboolean
answer_picture (const guint8 *data, gsize size)
{
  VvRaster canvas;
  gboolean sent;

  vv_raster_init (&canvas);
  canvas.reply.status = vv_codec_decode (data, size, &canvas);
  sent = vv_serve_answer (&canvas.reply, canvas.fd);
  vv_raster_clear (&canvas);
  return sent;
}

static gboolean
serve (const VvWireRequest *request, int fd)
{
  gboolean sent;
  void    *data = mmap (NULL, request->size, PROT_READ, MAP_PRIVATE, fd, 0);

  (void) close (fd);
  if (data == MAP_FAILED)
    return vv_serve_answer (&(VvWireReply){ .status = VV_WIRE_MEMORY }, /* fd= */ -1);
  sent = request->task == VV_WIRE_TRANSACTION ? answer_transaction (data, request->size) : answer_picture (data, request->size);
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
