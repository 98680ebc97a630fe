// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memfd_create, F_ADD_SEALS, MSG_CMSG_CLOEXEC */
#include "vv-serve.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

typedef union
{
  struct cmsghdr header;
  char           bytes[CMSG_SPACE (sizeof (int))];
} Control;

int
vv_serve_receive (VvWireRequest *request)
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

gboolean
vv_serve_answer (const VvWireReply *reply, int fd)
{
  Control       control = { 0 };
  struct iovec  part = { (void *) (guintptr) reply, sizeof *reply };
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

void *
vv_serve_make_memory (gsize size, int *ret_fd)
{
  int   fd = memfd_create ("pixels", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  void *data;

  if (fd < 0)
    return NULL;
  data = ftruncate (fd, (off_t) size) == 0
           ? mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
           : MAP_FAILED;
  if (data == MAP_FAILED)
    {
      (void) close (fd);
      return NULL;
    }
  *ret_fd = fd;
  return data;
}

gboolean
vv_serve_seal_memory (void *data, gsize size, int fd)
{
  (void) munmap (data, size); /* a writable mapping would forbid F_SEAL_WRITE */
  return fcntl (fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0;
}
