// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* Pictures made for a test by ImageMagick's convert, in a folder that the test removes. */

/* Runs convert in @dir. @arguments: separated by spaces. Returns: FALSE when it failed. */
gboolean samples_convert (const char *dir,
                          const char *arguments);

/* Runs convert as samples_convert() and reads the file @name it made; fails the test otherwise.
 * (transfer full) */
GBytes *samples_make (const char *dir,
                      const char *arguments,
                      const char *name);

/* Makes "base.png" in @dir: 60 x 40, quarters red and green above blue and yellow, under a slope of grey. */
void samples_make_base (const char *dir);

/* What ImageMagick sees in @dir/@name, upright, as BGRA bytes without gaps. (transfer full) */
GBytes *samples_oracle (const char *dir,
                        const char *name);

/* The mean difference of a channel, 0..255; transparent pixels count as equal whatever their colour. */
double samples_difference (const VvPicture *picture,
                           GBytes          *bgra);

/* @jpeg with an EXIF segment: orientation, camera "Acme Model 1", taken 2026:11:03 14:05:00.
 * (transfer full) */
GBytes *samples_add_exif (GBytes *jpeg,
                          guint   orientation);

/* @png with another size in its header, and a header checksum that fits. (transfer full) */
GBytes *samples_resize_png (GBytes *png,
                            guint32 width,
                            guint32 height);

/* @png with a chunk of @type and @size bytes after its header. (transfer full) */
GBytes *samples_add_png_chunk (GBytes       *png,
                               const char   *type,
                               const guint8 *data,
                               gsize         size);

G_END_DECLS
