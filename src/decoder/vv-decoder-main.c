// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* MSG_CMSG_CLOEXEC */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vv-codec.h"
#include "vv-confine.h"

typedef union
{
  struct cmsghdr header;
  char           bytes[CMSG_SPACE (sizeof (int))];
} Control;

/* Returns: the file's descriptor, or -1 when the client is gone. */
static int
receive (VvWireRequest *request)
{
  Control         control = { 0 };
  struct iovec    part = { request, sizeof *request };
  struct msghdr   message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
  struct cmsghdr *header;
  int             fd = -1;

  if (recvmsg (VV_WIRE_FD, &message, MSG_CMSG_CLOEXEC) != (gssize) sizeof *request)
    return -1;
  header = CMSG_FIRSTHDR (&message);
  if (header != NULL && header->cmsg_type == SCM_RIGHTS)
    memcpy (&fd, CMSG_DATA (header), sizeof fd);
  return fd;
}

static gboolean
answer (VvWireReply *reply, int fd)
{
  Control       control = { 0 };
  struct iovec  part = { reply, sizeof *reply };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  if (reply->status == VV_WIRE_OK)
    {
      message.msg_control = &control;
      message.msg_controllen = sizeof control;
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof fd);
      memcpy (CMSG_DATA (&control.header), &fd, sizeof fd);
    }
  return sendmsg (VV_WIRE_FD, &message, MSG_NOSIGNAL) == (gssize) sizeof *reply;
}

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
  sent = answer (&canvas.reply, canvas.fd);
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
  for (int fd = receive (&request); fd >= 0; fd = receive (&request))
    if (!serve (&request, fd))
      return EXIT_FAILURE;
  return EXIT_SUCCESS;
}
