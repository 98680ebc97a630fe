// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-decoder"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "vv-decoder.h"
#include "vv-helper.h"
#include "vv-json.h"
#include "vv-paths.h"
#include "vv-reply.h"

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

static JsonObject *
make_facts (const VvWireReply *reply)
{
  g_autofree char *format = vv_reply_text (reply->format, sizeof reply->format);
  g_autofree char *time = vv_reply_text (reply->exif_time, sizeof reply->exif_time);
  g_autofree char *camera = vv_reply_text (reply->exif_camera, sizeof reply->exif_camera);
  g_autofree char *settings = vv_reply_text (reply->exif_settings, sizeof reply->exif_settings);
  g_autofree char *software = vv_reply_text (reply->exif_software, sizeof reply->exif_software);

  return vv_json_new ("format", "s", format, "width", "i", (gint64) reply->width, "height", "i",
                      (gint64) reply->height, "orientation", "i", (gint64) CLAMP (reply->orientation, 1, 8),
                      "depth", "i", (gint64) reply->depth, "channels", "i", (gint64) reply->channels, "exif_time",
                      "s", time, "exif_camera", "s", camera, "quality", "i", (gint64) MIN (reply->quality, 100),
                      "exif_settings", "s", settings, "exif_software", "s", software, NULL);
}

static void
set_error (GError **error, const VvWireReply *reply, const char *name)
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
    case VV_WIRE_TOO_LARGE:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE,
                   _ ("“%s” has more than %d million pixels or more than %d a side: ask for a smaller copy."), name,
                   VV_DECODER_MAX_PIXELS / 1000000, VV_DECODER_MAX_SIDE);
      break;
    case VV_WIRE_OK:
    case VV_WIRE_DAMAGED:
    case VV_WIRE_MEMORY:
    default:
      vv_reply_set_error (error, reply->status, name);
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
    {
      g_autofree char *path = vv_paths_decoder ();

      helper = vv_helper_start (path, &reason);
    }
  if (helper == NULL)
    vv_reply_set_not_started (error, reason, name);
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
  const VvWireRequest request = { .size = size, .task = VV_WIRE_PICTURE };
  VvHelperEnd         end = VV_HELPER_CRASHED;
  gboolean            recycled = TRUE;

  while (recycled && end != VV_HELPER_ANSWERED)
    {
      VvHelper *helper = take_helper (self, origin, name, error);

      if (helper == NULL)
        return FALSE;
      recycled = helper->served > 0;
      end = vv_helper_ask (helper, file, &request, SECONDS, reply, pixels, cancellable);
      give_back (self, helper, origin, end);
      if (end == VV_HELPER_CANCELLED || end == VV_HELPER_LATE)
        break;
    }
  if (end != VV_HELPER_ANSWERED)
    vv_reply_set_end (error, end, SECONDS, name);
  return end == VV_HELPER_ANSWERED;
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
      vv_reply_set_end (error, VV_HELPER_CANCELLED, SECONDS, name);
      return NULL;
    }
  if (!vv_reply_check_size (size, name, error))
    return NULL;
  fd = vv_reply_seal_file (file);
  if (fd < 0)
    {
      vv_reply_set_error (error, VV_WIRE_MEMORY, name);
      return NULL;
    }
  if (ask (self, fd, size, name, origin, &reply, &pixels, cancellable, error))
    {
      picture = reply.status == VV_WIRE_OK ? vv_reply_picture (&reply, pixels) : NULL;
      if (picture == NULL)
        set_error (error, &reply, name);
      else if (ret_facts != NULL)
        *ret_facts = make_facts (&reply);
    }
  (void) close (fd);
  if (pixels >= 0)
    (void) close (pixels);
  return picture;
}
