// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

typedef enum
{
  VV_DECODER_ERROR_EMPTY,     /* the file has no bytes */
  VV_DECODER_ERROR_TYPE,      /* not a picture of a kind that is read */
  VV_DECODER_ERROR_DAMAGED,   /* begins like a picture but cannot be decoded */
  VV_DECODER_ERROR_TOO_LARGE, /* more pixels, memory or time than is allowed */
  VV_DECODER_ERROR_HELPER,    /* visavis-decoder is missing, or was stopped by its own confinement */
} VvDecoderError;

#define VV_DECODER_ERROR (vv_decoder_error_quark ())
GQuark vv_decoder_error_quark (void);

/* Largest picture that is read, in pixels and per side. */
#define VV_DECODER_MAX_PIXELS (120 * 1000 * 1000)
#define VV_DECODER_MAX_SIDE   20000

/* Turns image files into pixels in visavis-decoder, a helper process with no network, no files and no new
 * processes. Thread-safe: calls from several threads use several helpers. */
typedef struct _VvDecoder VvDecoder;

/* Where the pictures come from: a foreign file gets a helper of its own that ends with it; our own stored
 * photographs, which were decoded once before and whose hash was checked, share a recycled helper. */
typedef enum
{
  VV_DECODER_FOREIGN,
  VV_DECODER_STORED,
} VvDecoderOrigin;

/* No helper is started yet. Returns: (transfer full). */
VvDecoder *vv_decoder_new (void);
void       vv_decoder_free (VvDecoder *self);

/* Decodes @file (JPEG, PNG, TIFF, BMP, WebP, GIF first frame, HEIC) to upright BGRA, 8 bits a channel.
 * @name: what to call the file in an error sentence. @ret_facts: (out) (optional) (transfer full) "format"
 * ("jpeg", ...), "width", "height" (upright), "orientation" (EXIF 1..8, already applied), "depth" (bits a
 * channel in the file), "channels", "quality" (JPEG: 1..100 by the quantisation table, an estimate; else 0), and, where the file
 * says so, "exif_time", "exif_camera", "exif_settings" (exposure, aperture ...), "exif_software".
 * Orientation is 1 for HEIC, which turns pictures by means of its own. A picture that is not whole is an
 * error, never half a picture. Blocks, at most half a minute; @cancellable stops the helper.
 * Returns: (transfer full), or NULL with VV_DECODER_ERROR or G_IO_ERROR_CANCELLED. */
VvPicture *vv_decoder_decode (VvDecoder      *self,
                              GBytes         *file,
                              const char     *name,
                              VvDecoderOrigin origin,
                              JsonObject    **ret_facts,
                              GCancellable   *cancellable,
                              GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvDecoder, vv_decoder_free)

G_END_DECLS
