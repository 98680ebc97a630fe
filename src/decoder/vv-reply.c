// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE  /* memfd_create, F_GET_SEALS */
#define G_LOG_DOMAIN "vv-decoder"
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vv-decoder.h"
#include "vv-reply.h"

typedef struct
{
  gpointer data;
  gsize    size;
} Mapping;

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      const gssize written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      size -= (gsize) written;
    }
  return TRUE;
}

int
vv_reply_seal_file (GBytes *file)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (file, &size);
  int           fd = memfd_create ("picture", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && (!write_all (fd, data, size) ||
                  fcntl (fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0))
    {
      (void) close (fd);
      return -1;
    }
  return fd;
}

static void
unmap (gpointer data)
{
  Mapping *mapping = data;

  (void) munmap (mapping->data, mapping->size);
  g_free (mapping);
}

GBytes *
vv_reply_map (int fd, gsize size)
{
  const int   seals = fd >= 0 ? fcntl (fd, F_GET_SEALS) : -1;
  struct stat status;
  void       *data;
  Mapping    *mapping;

  if (seals < 0 || (seals & F_SEAL_SHRINK) == 0 || (seals & F_SEAL_WRITE) == 0)
    return NULL;
  if (fstat (fd, &status) < 0 || status.st_size < 0 || (gsize) status.st_size < size)
    return NULL;
  data = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED)
    return NULL;
  mapping = g_new (Mapping, 1);
  *mapping = (Mapping){ data, size };
  return g_bytes_new_with_free_func (data, size, unmap, mapping);
}

VvPicture *
vv_reply_picture (const VvWireReply *reply, int fd)
{
  const gsize        size = (gsize) reply->width * reply->height * 4;
  g_autoptr (GBytes) pixels = NULL;

  if (reply->width < 1 || reply->width > VV_DECODER_MAX_SIDE || reply->height < 1 ||
      reply->height > VV_DECODER_MAX_SIDE || size > (gsize) VV_DECODER_MAX_PIXELS * 4)
    return NULL;
  pixels = vv_reply_map (fd, size);
  return pixels != NULL ? vv_picture_new ((int) reply->width, (int) reply->height, (gsize) reply->width * 4, pixels) : NULL;
}

char *
vv_reply_text (const char *text, gsize size)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, size));
  GString         *clean = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (clean, g_unichar_isprint (g_utf8_get_char (at)) ? g_utf8_get_char (at) : ' ');
  return g_string_free (clean, clean->len == 0);
}

void
vv_reply_set_error (GError **error, VvWireStatus wire, const char *name)
{
  switch (wire)
    {
    case VV_WIRE_DAMAGED:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_DAMAGED,
                   _ ("“%s” is damaged or not complete: ask the sender for the file once more."), name);
      break;
    case VV_WIRE_MEMORY:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE,
                   _ ("“%s” needs more memory to decode than there is: ask for a smaller copy."), name);
      break;
    case VV_WIRE_OK:
    case VV_WIRE_TYPE:
    case VV_WIRE_UNSUPPORTED:
    case VV_WIRE_TOO_LARGE:
    default:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_HELPER,
                   _ ("What visavis-decoder made of “%s” is not as announced: treat the file as hostile and "
                      "tell the administrator."),
                   name);
      break;
    }
}

void
vv_reply_set_not_started (GError **error, const GError *reason, const char *name)
{
  g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_HELPER,
               _ ("“%s” cannot be read because its decoder cannot be started (%s): install Visavis again."), name, reason->message);
}

void
vv_reply_set_end (GError **error, VvHelperEnd end, double seconds, const char *name)
{
  switch (end)
    {
    case VV_HELPER_CANCELLED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading the file was cancelled."));
      break;
    case VV_HELPER_LATE:
    case VV_HELPER_SPENT:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE,
                   _ ("Reading “%s” took longer than %d seconds and was given up: ask for a smaller copy."), name,
                   (int) seconds);
      break;
    case VV_HELPER_CONFINED:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_HELPER,
                   _ ("visavis-decoder was stopped by its own confinement while it read “%s”: treat the file as hostile "
                      "and tell the administrator."),
                   name);
      break;
    case VV_HELPER_ANSWERED:
    case VV_HELPER_CRASHED:
    default:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_DAMAGED,
                   _ ("“%s” is damaged so that decoding it fails: ask the sender for the file once more."), name);
      break;
    }
}

gboolean
vv_reply_check_size (gsize size, const char *name, GError **error)
{
  if (size == 0)
    g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_EMPTY,
                 _ ("“%s” is empty: ask the sender for the file once more."), name);
  else if (size > VV_WIRE_MAX_FILE)
    g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE,
                 _ ("“%s” is larger than %d megabytes: ask for a smaller copy."), name,
                 (int) (VV_WIRE_MAX_FILE >> 20));
  return size > 0 && size <= VV_WIRE_MAX_FILE;
}
