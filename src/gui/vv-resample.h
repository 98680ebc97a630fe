// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cairo.h>

#include "vv-pyramid.h"

G_BEGIN_DECLS

/* Draws the part of a picture that a similarity transform brings into a rectangle of pixels.
 *
 * @to_device: picture to output, both in pixels with the centre of the first pixel at (0.5, 0.5); rotation,
 *   one scale and a shift, invertible.
 * @pixels: @height rows of @stride bytes, B G R A, opaque. Pixels outside the picture become
 *   VV_PYRAMID_BACKGROUND.
 *
 * Which pixels are read: at a scale of 2 and above the nearest one; at a scale of 1 (to 1e-6), turned by a
 * multiple of 90 degrees and shifted by whole pixels (to 1/1000), exactly the source pixels; otherwise a
 * bilinear mean of four pixels of the level that is reduced by less than half. The four weights
 * are whole numbers with the sum 256, so that an even area keeps its value.
 *
 * The result does not depend on how many threads took part. Blocks until done; any thread. */
void vv_resample (VvPyramid            *pyramid,
                  const cairo_matrix_t *to_device,
                  guint8               *pixels,
                  gsize                 stride,
                  int                   width,
                  int                   height);

/* The same row by row, for images that are made of several pictures. The pyramid must outlive the sampler. */
typedef struct
{
  const guint8  *source; /* of the level that is read */
  gsize          stride;
  gint64         width, height;
  gboolean       nearest;
  cairo_matrix_t to_level;
} VvSampler;

/* @smooth: reads means at any magnification, not the nearest pixel. */
void vv_sampler_init (VvSampler            *self,
                      const VvPyramid      *pyramid,
                      const cairo_matrix_t *to_device,
                      gboolean              smooth);

/* Pixels @first to @end - 1 of row @y, into their places in the row @out. Any thread. */
void vv_sampler_row (const VvSampler *self,
                     int              y,
                     int              first,
                     int              end,
                     guint8          *out);

G_END_DECLS
