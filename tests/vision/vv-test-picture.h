// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-picture.h"

G_BEGIN_DECLS

/* Pictures for tests. Decodes with OpenCV's imgcodecs, which no program of the project may do where a vault
 * is open; a test of vision opens none. */

/* A file of data/people, made @scale times as large. Returns: (transfer full). */
VvPicture *vv_test_picture (const char *name,
                            double      scale);

/* The part of @picture at (x, y). Returns: (transfer full). */
VvPicture *vv_test_picture_crop (const VvPicture *picture,
                                 int              x,
                                 int              y,
                                 int              width,
                                 int              height);

/* A picture of one brightness. Returns: (transfer full). */
VvPicture *vv_test_picture_plain (int    width,
                                  int    height,
                                  guint8 value);

/* @part laid on @canvas at (x, y). Returns: (transfer full). */
VvPicture *vv_test_picture_paste (const VvPicture *canvas,
                                  const VvPicture *part,
                                  int              x,
                                  int              y);

G_END_DECLS
