// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <math.h>
#include <stdlib.h>

#include "vv-topk.h"

static gboolean
is_worse (VvGalleryHit a,
          VvGalleryHit b)
{
  return a.score < b.score || (a.score == b.score && a.id > b.id);
}

void
vv_topk_init (VvTopk *self,
              gsize   k)
{
  self->hits = g_new (VvGalleryHit, MAX (k, 1));
  self->n = 0;
  self->k = k;
}

void
vv_topk_clear (VvTopk *self)
{
  g_clear_pointer (&self->hits, g_free);
}

static void
sift_up (VvTopk      *self,
         VvGalleryHit hit)
{
  gsize at = self->n++;

  while (at > 0 && is_worse (hit, self->hits[(at - 1) / 2]))
    {
      self->hits[at] = self->hits[(at - 1) / 2];
      at = (at - 1) / 2;
    }
  self->hits[at] = hit;
}

static void
replace_worst (VvTopk      *self,
               VvGalleryHit hit)
{
  gsize at = 0;

  for (gsize child = 1; child < self->n; child = 2 * at + 1)
    {
      if (child + 1 < self->n && is_worse (self->hits[child + 1], self->hits[child]))
        child++;
      if (!is_worse (self->hits[child], hit))
        break;
      self->hits[at] = self->hits[child];
      at = child;
    }
  self->hits[at] = hit;
}

void
vv_topk_offer (VvTopk *self,
               gint64  id,
               float   score)
{
  VvGalleryHit hit = { id, score };

  if (self->n < self->k)
    sift_up (self, hit);
  else if (self->k > 0 && is_worse (self->hits[0], hit))
    replace_worst (self, hit);
}

float
vv_topk_floor (const VvTopk *self)
{
  return self->n < self->k ? -INFINITY : self->k == 0 ? INFINITY
                                                      : self->hits[0].score;
}

static int
compare_best_first (const void *a,
                    const void *b)
{
  const VvGalleryHit *x = a;
  const VvGalleryHit *y = b;

  return is_worse (*y, *x) ? -1 : is_worse (*x, *y);
}

void
vv_topk_sort (VvTopk *self)
{
  qsort (self->hits, self->n, sizeof *self->hits, compare_best_first);
}
