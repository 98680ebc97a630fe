// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cairo.h>

#include "vv-pyramid.h"

G_BEGIN_DECLS

/* One image of two pictures that are laid over each other. */
typedef enum
{
  VV_BLEND_UNDER, /* the lower picture alone */
  VV_BLEND_OVER,  /* the upper one alone */
  VV_BLEND_WIPE,  /* one on each side of a line */
  VV_BLEND_MIX,   /* the upper one shines through */
  VV_BLEND_EDGES, /* lines where the upper one changes, over the lower one */
} VvBlendMode;

typedef struct
{
  VvBlendMode mode;
  double      amount;         /* MIX: share of the upper picture; EDGES: how faint an edge is still drawn; 0 to 1 */
  double      line_x, line_y; /* WIPE: a point of the line, output pixels */
  double      line_angle;     /* of its normal, degrees clockwise; 0: the upper picture lies right of an upright line */
} VvBlend;

typedef struct
{
  VvPyramid     *pyramid; /* (nullable): background */
  cairo_matrix_t to_device;
} VvLayer;

/* Draws both layers into @pixels as vv_resample() draws one, and blends them. WIPE costs one resampled image; MIX and EDGES two
 * and a pass over them. The share of MIX is taken in 256 steps of the coded values: (under * (256 - w) + over * w + 128) / 256.
 * EDGES are where |gx| + |gy| of Sobel's 3 x 3 operator on the luma (77 R + 150 G + 29 B) / 256 of the output pixels exceeds
 * a limit. The result does not depend on how many threads took part. Blocks until done; any thread. */
void vv_composite (const VvLayer *under,
                   const VvLayer *over,
                   const VvBlend *blend,
                   guint8        *pixels,
                   gsize          stride,
                   int            width,
                   int            height);

/* WIPE: the upper picture's pixels of row @y are *out_first to *out_end - 1. */
void vv_blend_wipe_row (const VvBlend *blend,
                        int            y,
                        int            width,
                        int           *out_first,
                        int           *out_end);

G_END_DECLS
