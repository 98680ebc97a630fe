// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-picture.h"

/* Opaque noise, the same for the same @seed. Returns: (transfer full). */
VvPicture *test_picture_noise (int     width,
                               int     height,
                               guint32 seed);

/* Dark, with a white disc around each eye. Returns: (transfer full). */
VvPicture *test_picture_with_eyes (int           width,
                                   int           height,
                                   const VvFace *face,
                                   double        radius);

/* A face whose eyes are there; the other points follow from them roughly. */
VvFace test_face (float left_x,
                  float left_y,
                  float right_x,
                  float right_y);

/* One pixel as B, G, R, A in one word. */
guint32 test_pixel (const guint8 *pixels,
                    gsize         stride,
                    int           x,
                    int           y);
