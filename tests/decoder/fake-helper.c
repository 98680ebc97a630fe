// SPDX-License-Identifier: GPL-3.0-or-later
/* Plays a helper that a picture has taken over. The name it is started by says what it does; it claims
 * 4 x 4 pixels unless said otherwise. */
#define _GNU_SOURCE /* memfd_create */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vv-wire.h"

#define PIXELS 64
#define SEALS  (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

static int
make_memfd (off_t size, int seals)
{
  int fd = memfd_create ("fake", MFD_ALLOW_SEALING);

  if (ftruncate (fd, size) < 0 || (seals != 0 && fcntl (fd, F_ADD_SEALS, seals) < 0))
    abort ();
  return fd;
}

static void
answer (const VvWireReply *reply, gsize length, const int *fds, gsize count)
{
  union
  {
    struct cmsghdr header;
    char           bytes[CMSG_SPACE (8 * sizeof (int))];
  } control = { 0 };
  struct iovec  part = { (void *) (guintptr) reply, length };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  if (count > 0)
    {
      message.msg_control = &control;
      message.msg_controllen = CMSG_SPACE (count * sizeof (int));
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (count * sizeof (int));
      memcpy (CMSG_DATA (&control.header), fds, count * sizeof (int));
    }
  (void) sendmsg (VV_WIRE_FD, &message, 0);
}

/* Returns: a descriptor that is wrong in the way @what says. */
static int
make_pixels (const char *what)
{
  int ends[2];

  if (strcmp (what, "unsealed") == 0)
    return make_memfd (PIXELS, 0);
  if (strcmp (what, "writable") == 0)
    return make_memfd (PIXELS, F_SEAL_SHRINK | F_SEAL_GROW);
  if (strcmp (what, "shrinkable") == 0)
    return make_memfd (PIXELS, F_SEAL_WRITE);
  if (strcmp (what, "short") == 0)
    return make_memfd (PIXELS - 1, SEALS);
  if (strcmp (what, "pipe") == 0)
    return pipe (ends) == 0 ? ends[0] : -1;
  if (strcmp (what, "file") == 0)
    return open ("/etc/passwd", O_RDONLY);
  return make_memfd (PIXELS, SEALS);
}

static void
misbehave (const char *what)
{
  VvWireReply reply = { .status = VV_WIRE_OK, .width = 4, .height = 4, .orientation = 1, .depth = 8, .channels = 3 };
  int         fds[8];

  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = i == 0 ? make_pixels (what) : fds[0];
  memcpy (reply.format, "png", 4);
  if (strcmp (what, "texts") == 0)
    {
      memset (reply.format, 'x', sizeof reply.format);
      memset (reply.exif_time, 0xff, sizeof reply.exif_time);
      memset (reply.exif_camera, '\n', sizeof reply.exif_camera);
      memset (reply.exif_settings, '\n', sizeof reply.exif_settings);
      reply.quality = G_MAXUINT32;
      reply.orientation = 77;
    }
  if (strcmp (what, "huge") == 0)
    reply.width = reply.height = 0xffffffff;
  if (strcmp (what, "wrap") == 0) /* 2^16 * 2^16 * 4 is 0 in 32 bits */
    reply.width = reply.height = 0x10000;
  if (strcmp (what, "none") == 0)
    reply.width = 0;
  if (strcmp (what, "status") == 0)
    reply.status = 4711;
  answer (&reply, strcmp (what, "stub") == 0 ? 8 : sizeof reply, fds,
          strcmp (what, "empty-handed") == 0 ? 0 : strcmp (what, "crowd") == 0 ? G_N_ELEMENTS (fds)
                                                                               : 1);
}

int
main (int argc, char **argv)
{
  const char *slash = strrchr (argv[0], '/');
  const char *what = slash != NULL ? slash + 1 : argv[0];
  char        request[sizeof (VvWireRequest)];

  if (strcmp (what, "leaves") == 0)
    return EXIT_FAILURE;
  while (recv (VV_WIRE_FD, request, sizeof request, 0) > 0)
    {
      if (strcmp (what, "crash") == 0)
        abort ();
      if (strcmp (what, "forbidden") == 0)
        (void) raise (SIGSYS);
      if (strcmp (what, "hang-up") == 0)
        (void) close (VV_WIRE_FD);
      if (strcmp (what, "hang-up") == 0 || strcmp (what, "hang") == 0)
        (void) pause ();
      misbehave (what);
    }
  return EXIT_SUCCESS;
}
