// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-jpeg.h"

#include <string.h>

#define SOI         0xd8
#define SOF0        0xc0 /* baseline */
#define SOF2        0xc2 /* progressive */
#define SOS         0xda
#define APP1        0xe1
#define APP14       0xee
#define ORIENTATION 0x0112

typedef struct
{
  const guint8 *data;
  gsize         size;
} Piece;

static guint
number (Piece piece, gsize at, int bytes, gboolean little)
{
  guint value = 0;

  if (at > piece.size || piece.size - at < (gsize) bytes)
    return 0;
  for (int i = 0; i < bytes; i++)
    value = value << 8 | piece.data[at + (gsize) (little ? bytes - 1 - i : i)];
  return value;
}

/* The orientation that an APP1 segment states; 1 (upright) when it states none. */
static guint
orientation (Piece app1)
{
  Piece    tiff = { app1.data + 6, app1.size - 6 };
  gboolean little;
  gsize    directory;
  guint    entries;

  if (app1.size < 14 || memcmp (app1.data, "Exif\0\0", 6) != 0)
    return 1;
  little = tiff.data[0] == 'I';
  directory = number (tiff, 4, 4, little);
  entries = number (tiff, directory, 2, little);
  for (guint i = 0; i < entries; i++)
    {
      gsize entry = directory + 2 + (gsize) i * 12;

      if (number (tiff, entry, 2, little) == ORIENTATION)
        return number (tiff, entry + 8, 2, little);
    }
  return 1;
}

/* Adobe's marker: three colours may be plain RGB (transform 0), which not all readers honour. */
static gboolean
is_ordinary_adobe (Piece app14)
{
  return app14.size < 12 || memcmp (app14.data, "Adobe", 5) != 0 || app14.data[11] == 1;
}

static gboolean
is_plain_frame (Piece frame, int width, int height)
{
  guint components = number (frame, 5, 1, FALSE);

  return number (frame, 0, 1, FALSE) == 8 && number (frame, 1, 2, FALSE) == (guint) height &&
         number (frame, 3, 2, FALSE) == (guint) width && (components == 1 || components == 3);
}

gboolean
vv_report_jpeg_is_plain (GBytes *file, int width, int height)
{
  Piece    all = { NULL, 0 };
  gsize    at = 2;
  gboolean plain = FALSE;

  all.data = g_bytes_get_data (file, &all.size);
  if (number (all, 0, 2, FALSE) != (0xff00 | SOI))
    return FALSE;
  for (;;)
    {
      guint marker = number (all, at, 2, FALSE);
      gsize length = number (all, at + 2, 2, FALSE);
      Piece piece;

      if (marker >> 8 != 0xff || length < 2 || all.size - at - 2 < length)
        return FALSE;
      if (marker == (0xff00 | SOS))
        return plain;
      piece = (Piece){ all.data + at + 4, length - 2 };
      if (marker == (0xff00 | APP1) && orientation (piece) > 1)
        return FALSE;
      if (marker == (0xff00 | APP14) && !is_ordinary_adobe (piece))
        return FALSE;
      /* 0xffc0 to 0xffcf open a frame, except tables (c4), extensions (c8) and conditioning (cc). */
      if (marker >= (0xff00 | SOF0) && marker <= 0xffcf && marker != 0xffc4 && marker != 0xffc8 &&
          marker != 0xffcc)
        {
          plain = marker <= (0xff00 | SOF2) && is_plain_frame (piece, width, height);
          if (!plain)
            return FALSE;
        }
      at += 2 + length;
    }
}
