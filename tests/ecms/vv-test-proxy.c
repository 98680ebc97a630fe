// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* accept4 */
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vv-test-proxy.h"
#include "vv-test.h"

#define TICK_MS 20

struct _VvTestProxy
{
  int      listener;
  guint16  port;
  guint16  target;
  GThread *thread;
  gint     stop;
  gint     connections;
  GMutex   mutex;     /* over the three below */
  gint64   left;      /* towards the target; -1: no limit */
  gint64   left_back; /* the other way */
  gint     end;
};

static struct sockaddr_in
loopback (guint16 port)
{
  return (struct sockaddr_in){
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK)
  };
}

static gboolean
send_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      ssize_t n = send (fd, data, size, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* How many of @wanted bytes may pass, of those that are @left. *@ret_end: what happens when fewer than wanted may. */
static gsize
take (VvTestProxy *self, gint64 *left, gsize wanted, gint *ret_end)
{
  gsize allowed = wanted;

  g_mutex_lock (&self->mutex);
  if (*left >= 0)
    {
      allowed = (gsize) MIN ((gint64) wanted, *left);
      *left -= (gint64) allowed;
    }
  *ret_end = left == &self->left ? self->end : VV_TEST_PROXY_CUT;
  g_mutex_unlock (&self->mutex);
  return allowed;
}

static void
wait_for_end (VvTestProxy *self, int client)
{
  struct pollfd poll_client = { .fd = client, .events = 0 };

  while (!g_atomic_int_get (&self->stop) && (poll_client.revents & POLLHUP) == 0)
    (void) poll (&poll_client, 1, TICK_MS);
}

/* Passes what is waiting at @from. Returns FALSE when the connection is over. */
static gboolean
pass (VvTestProxy *self, int from, int to, gint64 *left)
{
  char    buffer[16384];
  ssize_t got = recv (from, buffer, sizeof buffer, 0);
  gint    end;
  gsize   allowed;

  if (got <= 0)
    return FALSE;
  allowed = take (self, left, (gsize) got, &end);
  if (!send_all (to, buffer, allowed))
    return FALSE;
  if (allowed == (gsize) got)
    return TRUE;
  if (end == VV_TEST_PROXY_STALL)
    wait_for_end (self, from);
  return FALSE;
}

static void
serve (VvTestProxy *self, int client)
{
  int                server = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = loopback (self->target);
  struct pollfd      ends[] = { { .fd = client, .events = POLLIN }, { .fd = server, .events = POLLIN } };
  gboolean           open = connect (server, (struct sockaddr *) &address, sizeof address) == 0;

  while (open && !g_atomic_int_get (&self->stop))
    {
      if (poll (ends, G_N_ELEMENTS (ends), TICK_MS) <= 0)
        continue;
      if (ends[0].revents != 0)
        open = pass (self, client, server, &self->left);
      if (open && ends[1].revents != 0)
        open = pass (self, server, client, &self->left_back);
    }
  (void) close (server);
}

static gpointer
run (gpointer data)
{
  VvTestProxy  *self = data;
  struct pollfd waiting = { .fd = self->listener, .events = POLLIN };

  while (!g_atomic_int_get (&self->stop))
    if (poll (&waiting, 1, TICK_MS) > 0)
      {
        int client = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);

        g_atomic_int_inc (&self->connections);
        serve (self, client);
        (void) close (client);
      }
  return NULL;
}

VvTestProxy *
vv_test_proxy_new (guint16 target)
{
  VvTestProxy       *self = g_new0 (VvTestProxy, 1);
  struct sockaddr_in address = loopback (0);
  socklen_t          size = sizeof address;

  self->target = target;
  self->left = -1;
  self->left_back = -1;
  g_mutex_init (&self->mutex);
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ck_assert_int_eq (bind (self->listener, (struct sockaddr *) &address, sizeof address), 0);
  ck_assert_int_eq (listen (self->listener, 8), 0);
  ck_assert_int_eq (getsockname (self->listener, (struct sockaddr *) &address, &size), 0);
  self->port = ntohs (address.sin_port);
  self->thread = g_thread_new ("bad line", run, self);
  return self;
}

void
vv_test_proxy_free (VvTestProxy *self)
{
  g_atomic_int_set (&self->stop, 1);
  g_thread_join (self->thread);
  (void) close (self->listener);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint16
vv_test_proxy_port (VvTestProxy *self)
{
  return self->port;
}

void
vv_test_proxy_allow (VvTestProxy *self, gint64 bytes, VvTestProxyEnd end)
{
  g_mutex_lock (&self->mutex);
  self->left = bytes;
  self->end = (gint) end;
  g_mutex_unlock (&self->mutex);
}

void
vv_test_proxy_allow_back (VvTestProxy *self, gint64 bytes)
{
  g_mutex_lock (&self->mutex);
  self->left_back = bytes;
  g_mutex_unlock (&self->mutex);
}

gboolean
vv_test_proxy_is_used_up (VvTestProxy *self)
{
  gboolean used_up;

  g_mutex_lock (&self->mutex);
  used_up = self->left == 0;
  g_mutex_unlock (&self->mutex);
  return used_up;
}

int
vv_test_proxy_connections (VvTestProxy *self)
{
  return g_atomic_int_get (&self->connections);
}
