// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE  /* memfd_create, F_GET_SEALS */
#define G_LOG_DOMAIN "vv-decoder"
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vv-decoder.h"
#include "vv-helper.h"
#include "vv-json.h"

/* Wall clock for one picture. A helper that is used again has CPU_SECONDS of vv-confine.c for its whole
 * life: it is retired while a slow picture still fits. */
#define SECONDS          30.0
#define MAX_SERVED       100
#define MAX_BUSY_SECONDS 10.0
#define MAX_IDLE         4

struct _VvDecoder
{
  GMutex     mutex;
  GPtrArray *idle; /* of VvHelper, none of them fresh; under the mutex */
};

typedef struct
{
  gpointer data;
  gsize    size;
} Mapping;

/* The formatter would put spaces into the quark's name. */
/* clang-format off */
G_DEFINE_QUARK (vv-decoder-error-quark, vv_decoder_error)
/* clang-format on */

VvDecoder *
vv_decoder_new (void)
{
  VvDecoder *self = g_new0 (VvDecoder, 1);

  g_mutex_init (&self->mutex);
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_helper_free);
  return self;
}

void
vv_decoder_free (VvDecoder *self)
{
  g_ptr_array_unref (self->idle);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

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

/* The file as a descriptor that its holder can only read. Returns: -1 when there is no memory. */
static int
seal_file (GBytes *file)
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

/* Believes nothing: the pixels must be there, and nobody must be able to take them away or change them.
 * Returns: (transfer full), or NULL. */
static VvPicture *
map_picture (const VvWireReply *reply, int fd)
{
  const gsize        size = (gsize) reply->width * reply->height * 4;
  const int          seals = fd >= 0 ? fcntl (fd, F_GET_SEALS) : -1;
  struct stat        status;
  void              *data;
  Mapping           *mapping;
  g_autoptr (GBytes) pixels = NULL;

  if (reply->width < 1 || reply->width > VV_DECODER_MAX_SIDE || reply->height < 1 ||
      reply->height > VV_DECODER_MAX_SIDE || size > (gsize) VV_DECODER_MAX_PIXELS * 4)
    return NULL;
  if (seals < 0 || (seals & F_SEAL_SHRINK) == 0 || (seals & F_SEAL_WRITE) == 0)
    return NULL;
  if (fstat (fd, &status) < 0 || status.st_size < 0 || (gsize) status.st_size < size)
    return NULL;
  data = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED)
    return NULL;
  mapping = g_new (Mapping, 1);
  *mapping = (Mapping){ data, size };
  pixels = g_bytes_new_with_free_func (data, size, unmap, mapping);
  return vv_picture_new ((int) reply->width, (int) reply->height, (gsize) reply->width * 4, pixels);
}

/* A text that came through the helper, fit to be shown: valid UTF-8 on one line. Returns: (transfer full),
 * or NULL when there is none. */
static char *
clean_text (const char *text, gsize size)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, size));
  GString         *clean = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (clean, g_unichar_isprint (g_utf8_get_char (at)) ? g_utf8_get_char (at) : ' ');
  return g_string_free (clean, clean->len == 0);
}

static JsonObject *
make_facts (const VvWireReply *reply)
{
  g_autofree char *format = clean_text (reply->format, sizeof reply->format);
  g_autofree char *time = clean_text (reply->exif_time, sizeof reply->exif_time);
  g_autofree char *camera = clean_text (reply->exif_camera, sizeof reply->exif_camera);

  return vv_json_new ("format", "s", format, "width", "i", (gint64) reply->width, "height", "i",
                      (gint64) reply->height, "orientation", "i", (gint64) CLAMP (reply->orientation, 1, 8),
                      "depth", "i", (gint64) reply->depth, "channels", "i", (gint64) reply->channels, "exif_time",
                      "s", time, "exif_camera", "s", camera, NULL);
}

static void
set_error_from_status (GError **error, const VvWireReply *reply, const char *name)
{
  switch ((VvWireStatus) reply->status)
    {
    case VV_WIRE_TYPE:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE,
                   _ ("“%s” is not a picture that can be read: ask for it as JPEG, PNG, TIFF, BMP, WebP, GIF or HEIC."),
                   name);
      break;
    case VV_WIRE_UNSUPPORTED:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE,
                   _ ("“%s” is a picture of a rare variety that cannot be read: ask for it as an ordinary JPEG or PNG."),
                   name);
      break;
    case VV_WIRE_DAMAGED:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_DAMAGED,
                   _ ("“%s” is damaged or not complete: ask the sender for the file once more."), name);
      break;
    case VV_WIRE_TOO_LARGE:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE,
                   _ ("“%s” has more than %d million pixels or more than %d a side: ask for a smaller copy."), name,
                   VV_DECODER_MAX_PIXELS / 1000000, VV_DECODER_MAX_SIDE);
      break;
    case VV_WIRE_MEMORY:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE,
                   _ ("“%s” needs more memory to decode than there is: ask for a smaller copy."), name);
      break;
    case VV_WIRE_OK:
    default:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_HELPER,
                   _ ("The pixels that visavis-decoder made of “%s” are not as announced: treat the file as hostile and "
                      "tell the administrator."),
                   name);
      break;
    }
}

static void
set_error_from_end (GError **error, VvHelperEnd end, const char *name)
{
  switch (end)
    {
    case VV_HELPER_CANCELLED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading the picture was cancelled."));
      break;
    case VV_HELPER_LATE:
    case VV_HELPER_SPENT:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE,
                   _ ("Reading “%s” took longer than %d seconds and was given up: ask for a smaller copy."), name,
                   (int) SECONDS);
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

/* Returns: (transfer full) a helper, used before only if @origin allows it, or NULL. */
static VvHelper *
take_helper (VvDecoder *self, VvDecoderOrigin origin, const char *name, GError **error)
{
  g_autoptr (GError) reason = NULL;
  VvHelper          *helper = NULL;

  if (origin == VV_DECODER_STORED)
    {
      g_mutex_lock (&self->mutex);
      if (self->idle->len > 0)
        helper = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
      g_mutex_unlock (&self->mutex);
    }
  if (helper == NULL)
    helper = vv_helper_start (&reason);
  if (helper == NULL)
    g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_HELPER,
                 _ ("“%s” cannot be read because visavis-decoder cannot be started (%s): install Visavis again."), name,
                 reason->message);
  return helper;
}

/* Keeps or ends the helper. */
static void
give_back (VvDecoder *self, VvHelper *helper, VvDecoderOrigin origin, VvHelperEnd end)
{
  gboolean kept = FALSE;

  if (origin == VV_DECODER_STORED && end == VV_HELPER_ANSWERED && helper->served < MAX_SERVED &&
      helper->busy < MAX_BUSY_SECONDS)
    {
      g_mutex_lock (&self->mutex);
      kept = self->idle->len < MAX_IDLE;
      if (kept)
        g_ptr_array_add (self->idle, helper);
      g_mutex_unlock (&self->mutex);
    }
  if (!kept)
    vv_helper_free (helper);
}

/* Sends the file to a helper. A recycled one that is found dead gets one fresh successor: the file it died
 * of may have been the one before. Returns: FALSE with @error when there was no answer. */
static gboolean
ask (VvDecoder      *self,
     int             file,
     gsize           size,
     const char     *name,
     VvDecoderOrigin origin,
     VvWireReply    *reply,
     int            *pixels,
     GCancellable   *cancellable,
     GError        **error)
{
  VvHelperEnd end = VV_HELPER_CRASHED;
  gboolean    recycled = TRUE;

  while (recycled && end != VV_HELPER_ANSWERED)
    {
      VvHelper *helper = take_helper (self, origin, name, error);

      if (helper == NULL)
        return FALSE;
      recycled = helper->served > 0;
      end = vv_helper_ask (helper, file, size, SECONDS, reply, pixels, cancellable);
      give_back (self, helper, origin, end);
      if (end == VV_HELPER_CANCELLED || end == VV_HELPER_LATE)
        break;
    }
  if (end != VV_HELPER_ANSWERED)
    set_error_from_end (error, end, name);
  return end == VV_HELPER_ANSWERED;
}

static gboolean
check_size (gsize size, const char *name, GError **error)
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

VvPicture *
vv_decoder_decode (VvDecoder      *self,
                   GBytes         *file,
                   const char     *name,
                   VvDecoderOrigin origin,
                   JsonObject    **ret_facts,
                   GCancellable   *cancellable,
                   GError        **error)
{
  const gsize size = g_bytes_get_size (file);
  VvWireReply reply = { 0 };
  VvPicture  *picture = NULL;
  int         fd;
  int         pixels = -1;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (g_cancellable_is_cancelled (cancellable))
    {
      set_error_from_end (error, VV_HELPER_CANCELLED, name);
      return NULL;
    }
  if (!check_size (size, name, error))
    return NULL;
  fd = seal_file (file);
  if (fd < 0)
    {
      set_error_from_status (error, &(VvWireReply){ .status = VV_WIRE_MEMORY }, name);
      return NULL;
    }
  if (ask (self, fd, size, name, origin, &reply, &pixels, cancellable, error))
    {
      picture = reply.status == VV_WIRE_OK ? map_picture (&reply, pixels) : NULL;
      if (picture == NULL)
        set_error_from_status (error, &reply, name);
      else if (ret_facts != NULL)
        *ret_facts = make_facts (&reply);
    }
  (void) close (fd);
  if (pixels >= 0)
    (void) close (pixels);
  return picture;
}
