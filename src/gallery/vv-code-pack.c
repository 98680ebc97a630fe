// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <string.h>

#include "vv-gallery.h"
#include "vv-segment.h"

#define HEADER (4 * sizeof (guint32))

gsize
vv_code_pack_size (guint length,
                   gsize count)
{
  return HEADER + count * (sizeof (gint64) + length / 2 + sizeof (guint16) + vv_segment_stride (length) + sizeof (VvCode8));
}

static gboolean
rises (const gint64 *ids,
       guint         n)
{
  for (guint i = 1; i < n; i++)
    if (ids[i] <= ids[i - 1])
      return FALSE;
  return TRUE;
}

gboolean
vv_code_pack_read (VvCodePack   *ret_pack,
                   guint         length,
                   gconstpointer data,
                   gsize         size)
{
  const guint8 *at = data;
  guint32       header[4];

  if (size < HEADER)
    return FALSE;
  memcpy (header, at, HEADER);
  if (header[0] != VV_CODE_PACK_FORMAT || header[1] != length || header[2] % VV_GROUP != 0 || size != vv_code_pack_size (length, header[2]))
    return FALSE;
  ret_pack->length = length;
  ret_pack->count = header[2];
  ret_pack->ids = (const gint64 *) (gconstpointer) (at += HEADER);
  ret_pack->codes4 = at += ret_pack->count * sizeof (gint64);
  ret_pack->residuals4 = (const guint16 *) (gconstpointer) (at += (gsize) ret_pack->count * length / 2);
  ret_pack->codes8 = (const gint8 *) (at += ret_pack->count * sizeof (guint16));
  ret_pack->scales8 = (const VvCode8 *) (gconstpointer) (at + (gsize) ret_pack->count * vv_segment_stride (length));
  return rises (ret_pack->ids, ret_pack->count);
}

static void
put (GByteArray   *bytes,
     gconstpointer data,
     gsize         size)
{
  g_byte_array_append (bytes, data, (guint) size);
}

GBytes *
vv_gallery_pack (guint         length,
                 const gint64 *ids,
                 const float  *templates,
                 gsize         n)
{
  const guint32         header[] = { VV_CODE_PACK_FORMAT, length, (guint32) n, 0 };
  g_autoptr (VvSegment) segment = NULL;
  GByteArray           *bytes;

  g_return_val_if_fail (n > 0 && n % VV_GROUP == 0 && rises (ids, (guint) n), NULL);

  segment = vv_segment_new (length, (guint) n, /* with_rows= */ FALSE);
  for (gsize i = 0; i < n; i++)
    vv_segment_append (segment, ids[i], templates + i * length);
  bytes = g_byte_array_sized_new ((guint) vv_code_pack_size (length, n));
  put (bytes, header, HEADER);
  put (bytes, segment->ids, n * sizeof *segment->ids);
  put (bytes, segment->codes4, n * length / 2);
  put (bytes, segment->residuals4, n * sizeof *segment->residuals4);
  put (bytes, segment->codes8, n * segment->stride);
  put (bytes, segment->scales8, n * sizeof *segment->scales8);
  return g_byte_array_free_to_bytes (bytes);
}
