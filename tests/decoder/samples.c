// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"

#include <stdlib.h>
#include <string.h>

#include "vv-test.h"

#define PNG_HEADER_END 33 /* 8 bytes of signature, IHDR of 25 */

gboolean
samples_convert (const char *dir, const char *arguments)
{
  g_autofree char *line = g_strconcat ("convert ", arguments, NULL);
  g_auto (GStrv)   argv = g_strsplit (line, " ", -1);
  int              status = -1;

  return g_spawn_sync (dir, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                       &status, NULL) &&
         g_spawn_check_wait_status (status, NULL);
}

GBytes *
samples_make (const char *dir, const char *arguments, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  ck_assert_msg (samples_convert (dir, arguments), "convert %s", arguments);
  return vv_test_read (path);
}

void
samples_make_base (const char *dir)
{
  ck_assert (samples_convert (dir, "-size 30x20 ( xc:red xc:lime +append ) ( xc:blue xc:yellow +append ) -append "
                                   "( -size 60x40 gradient:gray(100%)-gray(60%) ) -compose multiply -composite -depth 8 base.png"));
}

GBytes *
samples_oracle (const char *dir, const char *name)
{
  g_autofree char *arguments = g_strdup_printf ("%s[0] -auto-orient%s -alpha set -depth 8 BGRA:oracle.raw", name,
                                                g_str_has_prefix (name, "cmyk") ? " -colorspace sRGB" : "");

  return samples_make (dir, arguments, "oracle.raw");
}

double
samples_difference (const VvPicture *picture, GBytes *bgra)
{
  gsize         size;
  const guint8 *expected = g_bytes_get_data (bgra, &size);
  guint64       sum = 0;

  ck_assert_uint_eq (size, (gsize) picture->width * (gsize) picture->height * 4);
  for (int y = 0; y < picture->height; y++)
    {
      const guint8 *row = vv_picture_row (picture, y);

      for (int x = 0; x < picture->width; x++, row += 4, expected += 4)
        for (int i = row[3] == 0 && expected[3] == 0 ? 4 : 0; i < 4; i++)
          sum += (guint64) abs ((int) row[i] - (int) expected[i]);
    }
  return (double) sum / (double) size;
}

static GBytes *
insert (GBytes *file, gsize at, const void *data, gsize size)
{
  GByteArray   *array = g_byte_array_new ();
  const guint8 *bytes = g_bytes_get_data (file, NULL);

  g_byte_array_append (array, bytes, (guint) at);
  g_byte_array_append (array, data, (guint) size);
  g_byte_array_append (array, bytes + at, (guint) (g_bytes_get_size (file) - at));
  return g_byte_array_free_to_bytes (array);
}

GBytes *
samples_add_exif (GBytes *jpeg, guint orientation)
{
  /* A directory at 8 with six entries, its texts from 86 on; that of the camera at 132, its numbers from 174 on. */
  guint8 segment[] = "\xff\xe1\x00\x00"
                     "Exif\0\0"
                     "MM\0*\0\0\0\x08"
                     "\0\x06"
                     "\x01\x0f\0\x02\0\0\0\x05\0\0\0\x56" /* maker */
                     "\x01\x10\0\x02\0\0\0\x08\0\0\0\x5c" /* model */
                     "\x01\x12\0\x03\0\0\0\x01\0\0\0\0"   /* orientation */
                     "\x01\x31\0\x02\0\0\0\x0b\0\0\0\x64" /* software */
                     "\x01\x32\0\x02\0\0\0\x14\0\0\0\x70" /* time */
                     "\x87\x69\0\x04\0\0\0\x01\0\0\0\x84" /* of the camera */
                     "\0\0\0\0"
                     "Acme\0\0"
                     "Model 1\0"
                     "Editor 2.0\0\0"
                     "2026:11:03 14:05:00\0"
                     "\0\x03"
                     "\x82\x9a\0\x05\0\0\0\x01\0\0\0\xae"   /* exposure */
                     "\x82\x9d\0\x05\0\0\0\x01\0\0\0\xb6"   /* aperture */
                     "\x88\x27\0\x03\0\0\0\x01\x01\x90\0\0" /* ISO 400 */
                     "\0\0\0\0"
                     "\0\0\0\x01\0\0\0\x3c"
                     "\0\0\0\x1c\0\0\0\x0a";

  segment[4 + 6 + 10 + 24 + 9] = (guint8) orientation;
  segment[3] = (guint8) (sizeof segment - 2);
  return insert (jpeg, 2, segment, sizeof segment);
}

/* PNG (ISO/IEC 15948), annex D. */
static guint32
crc (const guint8 *data, gsize size)
{
  guint32 value = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      value ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        value = (value & 1) != 0 ? value >> 1 ^ 0xedb88320 : value >> 1;
    }
  return ~value;
}

static void
put_32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

GBytes *
samples_resize_png (GBytes *png, guint32 width, guint32 height)
{
  gsize   size = g_bytes_get_size (png);
  guint8 *data = g_memdup2 (g_bytes_get_data (png, NULL), size);

  put_32 (data + 16, width);
  put_32 (data + 20, height);
  put_32 (data + 29, crc (data + 12, 17));
  return g_bytes_new_take (data, size);
}

GBytes *
samples_add_png_chunk (GBytes *png, const char *type, const guint8 *data, gsize size)
{
  g_autofree guint8 *chunk = g_malloc (size + 12);

  put_32 (chunk, (guint32) size);
  memcpy (chunk + 4, type, 4);
  memcpy (chunk + 8, data, size);
  put_32 (chunk + 8 + size, crc (chunk + 4, size + 4));
  return insert (png, PNG_HEADER_END, chunk, size + 12);
}
