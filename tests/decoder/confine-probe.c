// SPDX-License-Identifier: GPL-3.0-or-later
/* Confines itself with the decoder's own vv-confine.c, then tries what its argument names. Exit status:
 * GOT_THROUGH, DENIED, or NOT_CONFINED when there was no confinement to try. */
#define _GNU_SOURCE /* syscall numbers */
#include "confine-probe.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "vv-confine.h"

static void *
run (void *data)
{
  return data;
}

static int
try_thread (void)
{
  pthread_t thread;
  int       failure = pthread_create (&thread, NULL, run, NULL);

  errno = failure;
  return failure == 0 ? pthread_join (thread, NULL) : -1;
}

static int
try_map (size_t size, int protection)
{
  return mmap (NULL, size, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}

static int
try_execve (void)
{
  char *argv[] = { (char *) "true", NULL };

  return execve ("/bin/true", argv, argv + 1);
}

static int
attempt (const char *what)
{
  if (strcmp (what, "nothing") == 0)
    return 0;
  if (strcmp (what, "open") == 0)
    return open ("/etc/passwd", O_RDONLY);
  if (strcmp (what, "create") == 0)
    return open ("/tmp/visavis-confine-probe", O_CREAT | O_WRONLY, 0600);
  if (strcmp (what, "unlink") == 0)
    return unlink ("/tmp/visavis-confine-probe");
  if (strcmp (what, "socket") == 0)
    return socket (AF_INET, SOCK_STREAM, 0);
  if (strcmp (what, "execve") == 0)
    return try_execve ();
  if (strcmp (what, "fork") == 0)
    return fork ();
  if (strcmp (what, "kill") == 0)
    return kill (getppid (), 0);
  if (strcmp (what, "ptrace") == 0)
    return (int) ptrace (PTRACE_TRACEME, 0, NULL, NULL);
  if (strcmp (what, "io_uring") == 0)
    return (int) syscall (425 /* io_uring_setup */, 8, NULL);
  if (strcmp (what, "code") == 0)
    return try_map (4096, PROT_READ | PROT_WRITE | PROT_EXEC);
  if (strcmp (what, "memory") == 0)
    return try_map ((size_t) 4 << 30, PROT_READ | PROT_WRITE);
  if (strcmp (what, "thread") == 0)
    return try_thread ();
  return -1;
}

int
main (int argc, char **argv)
{
  if (argc != 2 || !vv_confine ())
    return NOT_CONFINED;
  return attempt (argv[1]) < 0 ? DENIED : GOT_THROUGH;
}
