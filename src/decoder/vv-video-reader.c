// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-decoder"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <unistd.h>

#include "vv-decoder.h"
#include "vv-helper.h"
#include "vv-json.h"
#include "vv-paths.h"
#include "vv-reply.h"
#include "vv-video-reader.h"

/* Wall clock for one question. A helper has CPU_SECONDS of vv-confine.c for its whole life: it is replaced while a slow
 * frame still fits. */
#define SECONDS          30.0
#define MAX_BUSY_SECONDS 10.0

struct _VvVideoReader
{
  GMutex      mutex;
  VvHelper   *helper; /* (owned) (nullable) under the mutex */
  char       *name;
  gsize       size;
  int         file; /* sealed memfd */
  JsonObject *facts;
  GBytes     *moments; /* of VvWireMoment, copied: it is not changed while it is read */
};

/* Returns: FALSE with @error when there was no answer. @ret_fd: the caller closes it. Under the mutex. */
static gboolean
ask (VvVideoReader *self, const VvWireRequest *request, VvWireReply *reply, int *ret_fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) reason = NULL;
  VvHelperEnd        end;

  if (self->helper != NULL && self->helper->busy > MAX_BUSY_SECONDS)
    g_clear_pointer (&self->helper, vv_helper_free);
  if (self->helper == NULL)
    {
      g_autofree char *path = vv_paths_video_decoder ();

      self->helper = vv_helper_start (path, &reason);
    }
  if (self->helper == NULL)
    {
      vv_reply_set_not_started (error, reason, self->name);
      return FALSE;
    }
  end = vv_helper_ask (self->helper, self->file, request, SECONDS, reply, ret_fd, cancellable);
  if (end == VV_HELPER_ANSWERED)
    return TRUE;
  g_clear_pointer (&self->helper, vv_helper_free);
  vv_reply_set_end (error, end, SECONDS, self->name);
  return FALSE;
}

static void
set_error (VvVideoReader *self, VvWireStatus status, GError **error)
{
  switch (status)
    {
    case VV_WIRE_TYPE:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE,
                   _ ("“%s” is not a video that can be read: ask for it as MP4, MOV, MKV, WebM, AVI or MPEG, or have its frames "
                      "saved as pictures with its own player."),
                   self->name);
      break;
    case VV_WIRE_UNSUPPORTED:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE,
                   _ ("“%s” is a video in a coding that is not read: have it converted, or its frames saved as pictures, with its "
                      "own player."),
                   self->name);
      break;
    case VV_WIRE_TOO_LARGE:
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE,
                   _ ("“%s” has more than %d frames, or frames of more than %d million pixels: ask for the part that matters."),
                   self->name, VV_WIRE_MAX_FRAMES, VV_DECODER_MAX_PIXELS / 1000000);
      break;
    case VV_WIRE_OK:
    case VV_WIRE_DAMAGED:
    case VV_WIRE_MEMORY:
    default:
      vv_reply_set_error (error, status, self->name);
      break;
    }
}

/* --- Opening ------------------------------------------------------------------------------------------------------- */

static const VvWireMoment *
moments_of (VvVideoReader *self, guint *ret_n)
{
  gsize               size;
  const VvWireMoment *moments = g_bytes_get_data (self->moments, &size);

  *ret_n = (guint) (size / sizeof *moments);
  return moments;
}

/* Whether the frames come one after the other, from 0 on. */
static gboolean
check_moments (VvVideoReader *self)
{
  guint               n;
  const VvWireMoment *moments = moments_of (self, &n);

  for (guint i = 0; i < n; i++)
    if (moments[i].time < (i > 0 ? moments[i - 1].time : 0) || moments[i].time > G_MAXINT64 / 2)
      return FALSE;
  return TRUE;
}

static JsonObject *
make_facts (VvVideoReader *self, const VvWireReply *reply)
{
  g_autofree char *container = vv_reply_text (reply->format, sizeof reply->format);
  g_autofree char *codec = vv_reply_text (reply->codec, sizeof reply->codec);
  g_autofree char *recorded = vv_reply_text (reply->exif_time, sizeof reply->exif_time);
  const double     rate = reply->rate[1] > 0 ? (double) reply->rate[0] / reply->rate[1] : 0;
  const double     last = (double) vv_video_reader_time (self, (gint64) reply->frames - 1) / G_USEC_PER_SEC;
  const double     aspect = reply->aspect[0] > 0 && reply->aspect[1] > 0 ? (double) reply->aspect[0] / reply->aspect[1] : 1;
  JsonObject      *facts = vv_json_new ("container", "s", container, "codec", "s", codec,
                                        "width", "i", (gint64) reply->width, "height", "i", (gint64) reply->height,
                                        "frames", "i", (gint64) reply->frames,
                                        "counted", "b", (reply->flags & VV_WIRE_COUNTED) != 0,
                                        "seconds", "d", last, "rate", "d", rate,
                                        "interlaced", "b", (reply->flags & VV_WIRE_INTERLACED) != 0,
                                        "cut_off", "b", (reply->flags & VV_WIRE_CUT_OFF) != 0,
                                        "recorded", "s", recorded, NULL);

  if (fabs (aspect - 1) > 0.001)
    json_object_set_double_member (facts, "pixel_aspect", aspect);
  return facts;
}

/* Takes the answer to VV_WIRE_VIDEO. */
static gboolean
take_facts (VvVideoReader *self, const VvWireReply *reply, int fd)
{
  g_autoptr (GBytes) mapped = NULL;

  if (reply->frames < 1 || reply->frames > VV_WIRE_MAX_FRAMES || reply->width < 1 || reply->width > VV_DECODER_MAX_SIDE ||
      reply->height < 1 || reply->height > VV_DECODER_MAX_SIDE)
    return FALSE;
  mapped = vv_reply_map (fd, reply->frames * sizeof (VvWireMoment));
  if (mapped == NULL)
    return FALSE;
  self->moments = g_bytes_new (g_bytes_get_data (mapped, NULL), g_bytes_get_size (mapped));
  if (!check_moments (self))
    return FALSE;
  self->facts = make_facts (self, reply);
  return TRUE;
}

static gboolean
open_video (VvVideoReader *self, GCancellable *cancellable, GError **error)
{
  const VvWireRequest request = { .size = self->size, .task = VV_WIRE_VIDEO };
  VvWireReply         reply = { 0 };
  int                 fd = -1;
  gboolean            done = FALSE;

  if (!ask (self, &request, &reply, &fd, cancellable, error))
    return FALSE;
  done = reply.status == VV_WIRE_OK && take_facts (self, &reply, fd);
  if (!done)
    set_error (self, reply.status, error);
  if (fd >= 0)
    (void) close (fd);
  return done;
}

VvVideoReader *
vv_video_reader_new (GBytes *file, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (VvVideoReader) self = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !vv_reply_check_size (g_bytes_get_size (file), name, error))
    return NULL;
  self = g_new0 (VvVideoReader, 1);
  g_mutex_init (&self->mutex);
  self->name = g_strdup (name);
  self->size = g_bytes_get_size (file);
  self->file = vv_reply_seal_file (file);
  if (self->file < 0)
    {
      vv_reply_set_error (error, VV_WIRE_MEMORY, name);
      return NULL;
    }
  return open_video (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
vv_video_reader_free (VvVideoReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->helper, vv_helper_free);
  if (self->file >= 0)
    (void) close (self->file);
  g_clear_pointer (&self->facts, json_object_unref);
  g_clear_pointer (&self->moments, g_bytes_unref);
  g_free (self->name);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* --- Frames -------------------------------------------------------------------------------------------------------- */

JsonObject *
vv_video_reader_facts (VvVideoReader *self)
{
  return self->facts;
}

gint64
vv_video_reader_time (VvVideoReader *self, gint64 frame)
{
  guint               n;
  const VvWireMoment *moments = moments_of (self, &n);

  return frame >= 0 && frame < (gint64) n ? moments[frame].time : -1;
}

char *
vv_video_reader_time_code (VvVideoReader *self, gint64 frame)
{
  const gint64 time = vv_video_reader_time (self, frame);
  const gint64 ms = (time + 500) / 1000;

  if (time < 0)
    return NULL;
  return g_strdup_printf ("%02" PRId64 ":%02" PRId64 ":%02" PRId64 ".%03" PRId64, ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

GArray *
vv_video_reader_strip (VvVideoReader *self, guint n)
{
  GArray             *frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint               n_frames;
  const VvWireMoment *moments = moments_of (self, &n_frames);
  gint64              before = -1;

  n = MIN (n, n_frames);
  for (guint i = 0; i < n; i++)
    {
      const gint64 spread = (gint64) i * n_frames / n;
      gint64       frame = spread;

      while (frame > before + 1 && moments[frame].key == 0)
        frame--;
      if (moments[frame].key == 0)
        frame = spread;
      g_array_append_val (frames, frame);
      before = frame;
    }
  return frames;
}

VvPicture *
vv_video_reader_frame (VvVideoReader *self, gint64 frame, guint side, GCancellable *cancellable, GError **error)
{
  const VvWireRequest request = { .size = self->size, .task = VV_WIRE_FRAME, .side = side, .frame = (guint64) frame };
  VvWireReply         reply = { 0 };
  VvPicture          *picture = NULL;
  int                 fd = -1;
  gboolean            answered;

  if (vv_video_reader_time (self, frame) < 0)
    {
      g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE, _ ("“%s” has no frame %" PRId64 "."), self->name, frame);
      return NULL;
    }
  g_mutex_lock (&self->mutex);
  answered = ask (self, &request, &reply, &fd, cancellable, error);
  g_mutex_unlock (&self->mutex);
  if (!answered)
    return NULL;
  picture = reply.status == VV_WIRE_OK ? vv_reply_picture (&reply, fd) : NULL;
  if (fd >= 0)
    (void) close (fd);
  if (picture == NULL && (reply.status == VV_WIRE_DAMAGED || reply.status == VV_WIRE_TYPE))
    g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_DAMAGED,
                 _ ("Frame %" PRId64 " of “%s” cannot be decoded whole: look at the frames before and after it."), frame, self->name);
  else if (picture == NULL)
    set_error (self, reply.status, error);
  return picture;
}
