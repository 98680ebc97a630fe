// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-gallery.h"

G_BEGIN_DECLS

/* The k best of the scores offered so far: a heap with the worst of them on top. Better means a higher score, or
 * the same score and a lower id; no two offers are equal, so the answer does not depend on their order.
 * One thread at a time. */
typedef struct
{
  VvGalleryHit *hits;
  gsize         n;
  gsize         k;
} VvTopk;

/* Makes @self empty, for at most @k hits. */
void vv_topk_init (VvTopk *self,
                   gsize   k);
void vv_topk_clear (VvTopk *self);

/* Keeps the hit if it is among the k best so far. */
void vv_topk_offer (VvTopk *self,
                    gint64  id,
                    float   score);

/* The score that an offer must reach to be kept: that of the k-th best, or -INFINITY while there are fewer. */
float vv_topk_floor (const VvTopk *self);

/* Sorts the hits, best first. After that nothing more may be offered. */
void vv_topk_sort (VvTopk *self);

G_END_DECLS
