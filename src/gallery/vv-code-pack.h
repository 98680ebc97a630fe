// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-codes.h"

G_BEGIN_DECLS

/* Codes of many templates in one piece, to be kept elsewhere and copied back into a segment: a header of four 32-bit
 * numbers (VV_CODE_PACK_FORMAT, length, count, 0), then the arrays of vv-segment.h one after another. As the machine has
 * them; a pack of another format or machine is refused and made again from the templates. */
#define VV_CODE_PACK_FORMAT 1

typedef struct
{
  guint          length;
  guint          count; /* a multiple of VV_GROUP */
  const gint64  *ids;   /* rising */
  const guint8  *codes4;
  const guint16 *residuals4;
  const gint8   *codes8;
  const VvCode8 *scales8;
} VvCodePack;

/* Looks into @size bytes at @data, aligned for a gint64, for a pack of templates of @length. FALSE when it is none. */
gboolean vv_code_pack_read (VvCodePack   *ret_pack,
                            guint         length,
                            gconstpointer data,
                            gsize         size);

/* Bytes of a pack. */
gsize vv_code_pack_size (guint length,
                         gsize count);

G_END_DECLS
