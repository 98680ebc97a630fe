// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @file is a JPEG that a PDF reader shows exactly as its @width x @height upright pixels look:
 * 8 bits, grey or three colours, Huffman coded (baseline or progressive), EXIF orientation 1 or none.
 * Reads markers only, never past the end; markers: ITU-T T.81 annex B, orientation: Exif 2.32 tag 0x0112.
 * Any thread. */
gboolean vv_report_jpeg_is_plain (GBytes *file,
                                  int     width,
                                  int     height);

G_END_DECLS
