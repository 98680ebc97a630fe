// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE  /* posix_spawn_file_actions_addclosefrom_np, MSG_CMSG_CLOEXEC */
#define G_LOG_DOMAIN "vv-decoder"
#include "vv-helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_FDS 4 /* room for more than the one that is due, so that a surplus can be closed */

typedef union
{
  struct cmsghdr header;
  char           bytes[CMSG_SPACE (MAX_FDS * sizeof (int))];
} Control;

/* Signals as a fresh program expects them, whatever this process has blocked or ignored. */
static void
set_signals (posix_spawnattr_t *attributes)
{
  sigset_t none, all;

  (void) sigemptyset (&none);
  (void) sigfillset (&all);
  (void) posix_spawnattr_setsigmask (attributes, &none);
  (void) posix_spawnattr_setsigdefault (attributes, &all);
  (void) posix_spawnattr_setflags (attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int
spawn (const char *path, int socket, GPid *ret_pid)
{
  char *const                argv[] = { (char *) (guintptr) path, NULL };
  char *const                environment[] = { NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t          attributes;
  int                        failure;

  (void) posix_spawnattr_init (&attributes);
  (void) posix_spawn_file_actions_init (&actions);
  set_signals (&attributes);
  failure = posix_spawn_file_actions_adddup2 (&actions, socket, VV_WIRE_FD);
  if (failure == 0)
    failure = posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO && failure == 0; fd++) /* codecs grumble */
    failure = posix_spawn_file_actions_addopen (&actions, fd, "/dev/null", O_WRONLY, 0);
  if (failure == 0)
    failure = posix_spawn_file_actions_addclosefrom_np (&actions, VV_WIRE_FD + 1);
  if (failure == 0)
    failure = posix_spawn (ret_pid, path, &actions, &attributes, argv, environment);
  (void) posix_spawn_file_actions_destroy (&actions);
  (void) posix_spawnattr_destroy (&attributes);
  return failure;
}

VvHelper *
vv_helper_start (const char *path, GError **error)
{
  int       ends[2];
  GPid      pid = 0;
  int       failure;
  VvHelper *self;

  failure = socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0 ? errno : 0;
  if (failure == 0)
    {
      failure = spawn (path, ends[1], &pid);
      (void) close (ends[1]);
      if (failure != 0)
        (void) close (ends[0]);
    }
  if (failure != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (failure), g_strerror (failure));
      return NULL;
    }
  self = g_new0 (VvHelper, 1);
  self->pid = pid;
  self->socket = ends[0];
  return self;
}

/* Returns: the wait status; 0 when somebody else reaped it. Killing a process that is already dying does
 * not change how it died. */
static int
end_process (VvHelper *self)
{
  int   status = 0;
  pid_t reaped;

  if (self->pid == 0)
    return 0;
  (void) kill (self->pid, SIGKILL);
  do
    reaped = waitpid (self->pid, &status, 0);
  while (reaped < 0 && errno == EINTR);
  self->pid = 0;
  return reaped < 0 ? 0 : status;
}

void
vv_helper_free (VvHelper *self)
{
  (void) end_process (self);
  (void) close (self->socket);
  g_free (self);
}

static gboolean
send_request (VvHelper *self, int file, const VvWireRequest *request)
{
  Control       control = { 0 };
  struct iovec  part = { (void *) (guintptr) request, sizeof *request };
  struct msghdr message = {
    .msg_iov = &part,
    .msg_iovlen = 1,
    .msg_control = &control,
    .msg_controllen = CMSG_SPACE (sizeof file),
  };

  control.header.cmsg_level = SOL_SOCKET;
  control.header.cmsg_type = SCM_RIGHTS;
  control.header.cmsg_len = CMSG_LEN (sizeof file);
  memcpy (CMSG_DATA (&control.header), &file, sizeof file);
  return sendmsg (self->socket, &message, MSG_NOSIGNAL) == (gssize) sizeof *request;
}

/* Takes the first descriptor that came, and closes any other. */
static int
take_descriptor (struct msghdr *message)
{
  int taken = -1;

  for (struct cmsghdr *header = CMSG_FIRSTHDR (message); header != NULL; header = CMSG_NXTHDR (message, header))
    {
      const gsize bytes = header->cmsg_len > CMSG_LEN (0) ? header->cmsg_len - CMSG_LEN (0) : 0;

      if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
        continue;
      for (gsize at = 0; at + sizeof (int) <= bytes; at += sizeof (int))
        {
          int fd;

          memcpy (&fd, CMSG_DATA (header) + at, sizeof fd);
          if (taken < 0)
            taken = fd;
          else
            (void) close (fd);
        }
    }
  return taken;
}

static gboolean
receive_reply (VvHelper *self, VvWireReply *reply, int *ret_pixels)
{
  Control       control = { 0 };
  struct iovec  part = { reply, sizeof *reply };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
  const gssize  received = recvmsg (self->socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);

  *ret_pixels = received >= 0 ? take_descriptor (&message) : -1;
  if (received == (gssize) sizeof *reply && (message.msg_flags & MSG_TRUNC) == 0)
    return TRUE;
  if (*ret_pixels >= 0)
    (void) close (*ret_pixels);
  *ret_pixels = -1;
  return FALSE;
}

/* Waits until there is something to read. Returns: VV_HELPER_ANSWERED, CANCELLED or LATE. */
static VvHelperEnd
wait_for_reply (VvHelper *self, gint64 deadline, GCancellable *cancellable)
{
  GPollFD        cancel = { .fd = -1 };
  const gboolean cancel_has_fd = g_cancellable_make_pollfd (cancellable, &cancel);
  struct pollfd  fds[] = { { self->socket, POLLIN, 0 }, { cancel_has_fd ? cancel.fd : -1, POLLIN, 0 } };
  VvHelperEnd    end = VV_HELPER_LATE;

  for (gint64 left = deadline - g_get_monotonic_time (); left > 0; left = deadline - g_get_monotonic_time ())
    {
      const int ready = poll (fds, G_N_ELEMENTS (fds), (int) (left / 1000) + 1);

      if (g_cancellable_is_cancelled (cancellable))
        end = VV_HELPER_CANCELLED;
      else if (ready > 0 && fds[0].revents != 0)
        end = VV_HELPER_ANSWERED;
      if (end != VV_HELPER_LATE)
        break;
    }
  if (cancel_has_fd)
    g_cancellable_release_fd (cancellable);
  return end;
}

static VvHelperEnd
explain_death (int status)
{
  if (!WIFSIGNALED (status) || WTERMSIG (status) == SIGSYS)
    return VV_HELPER_CONFINED;
  return WTERMSIG (status) == SIGXCPU ? VV_HELPER_SPENT : VV_HELPER_CRASHED;
}

VvHelperEnd
vv_helper_ask (VvHelper            *self,
               int                  file,
               const VvWireRequest *request,
               gdouble              seconds,
               VvWireReply         *ret_reply,
               int                 *ret_pixels,
               GCancellable        *cancellable)
{
  const gint64 start = g_get_monotonic_time ();
  VvHelperEnd  end;

  g_return_val_if_fail (self->pid != 0, VV_HELPER_CRASHED);

  *ret_pixels = -1;
  if (!send_request (self, file, request))
    return explain_death (end_process (self));
  end = wait_for_reply (self, start + (gint64) (seconds * G_USEC_PER_SEC), cancellable);
  if (end == VV_HELPER_ANSWERED && !receive_reply (self, ret_reply, ret_pixels))
    return explain_death (end_process (self));
  if (end != VV_HELPER_ANSWERED)
    (void) end_process (self);
  self->served++;
  self->busy += (gdouble) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  return end;
}
