// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <png.h>

#include "vv-error.h"
#include "vv-png.h"

GBytes *
vv_png_write (const VvPicture *picture, GError **error)
{
  png_image        image = { .version = PNG_IMAGE_VERSION, .width = (png_uint_32) picture->width, .height = (png_uint_32) picture->height, .format = PNG_FORMAT_BGRA, .flags = PNG_IMAGE_FLAG_FAST };
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX (image);
  guint8          *file = g_try_malloc (size);

  if (file != NULL &&
      png_image_write_to_memory (&image, file, &size, /* convert_to_8_bit= */ 0, vv_picture_row (picture, 0), (png_int_32) picture->stride,
                                 NULL))
    return g_bytes_new_take (g_realloc (file, size), size);
  g_free (file);
  g_set_error_literal (error, VV_BASE_ERROR, VV_BASE_ERROR_FILE,
                       _ ("The derived image could not be packed as a PNG file. There may be too little memory."));
  return NULL;
}
