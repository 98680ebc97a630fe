// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "vv-gallery-model.h"

VvGalleryModel *
vv_gallery_model_new (guint length)
{
  VvGalleryModel *self = g_new0 (VvGalleryModel, 1);

  self->length = length;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->templates = g_array_new (FALSE, FALSE, sizeof (float));
  return self;
}

void
vv_gallery_model_free (VvGalleryModel *self)
{
  g_array_unref (self->ids);
  g_array_unref (self->templates);
  g_free (self);
}

void
vv_gallery_model_add (VvGalleryModel *self,
                      gint64          id,
                      const float *template)
{
  g_array_append_val (self->ids, id);
  g_array_append_vals (self->templates, template, self->length);
}

void
vv_gallery_model_remove (VvGalleryModel *self,
                         gint64          id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      {
        g_array_remove_index (self->ids, i);
        g_array_remove_range (self->templates, i * self->length, self->length);
        return;
      }
}

float
vv_gallery_model_score (const float *a,
                        const float *b,
                        guint        length)
{
  volatile float sum[32] = { 0 }; /* volatile: each step rounds to a float, whatever the compiler thinks */

  for (guint i = 0; i < length; i++)
    {
      volatile float product = a[i] * b[i];

      sum[i % 32] += product;
    }
  for (guint j = 0; j < 8; j++)
    {
      volatile float low = sum[j] + sum[j + 8];
      volatile float high = sum[j + 16] + sum[j + 24];

      sum[j] = low + high;
    }
  for (guint j = 0; j < 4; j++)
    sum[j] += sum[j + 4];
  sum[0] += sum[2];
  sum[1] += sum[3];
  return sum[0] + sum[1];
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const VvGalleryHit *x = a;
  const VvGalleryHit *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

GArray *
vv_gallery_model_search (VvGalleryModel *self,
                         const float    *query,
                         gint64          nth)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (VvGalleryHit));

  for (guint i = 0; i < self->ids->len; i++)
    {
      VvGalleryHit hit = { g_array_index (self->ids, gint64, i), 0 };

      if (nth > 0 && hit.id % nth != 0)
        continue;
      hit.score = vv_gallery_model_score (query, &g_array_index (self->templates, float, i * self->length), self->length);
      g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);
  return hits;
}

/* A normal deviate, near enough: the sum of twelve bytes. Millions are drawn. */
static double
deviate (GRand *rand)
{
  guint sum = 0;

  for (guint i = 0; i < 3; i++)
    for (guint32 bytes = g_rand_int (rand); bytes != 0; bytes >>= 8)
      sum += bytes & 0xff;
  return (double) sum / 256 - 6;
}

static void
normalise (float *row,
           guint  length)
{
  double sum = 0;

  for (guint i = 0; i < length; i++)
    sum += (double) row[i] * row[i];
  if (sum == 0)
    row[0] = 1;
  for (guint i = 0; i < length && sum > 0; i++)
    row[i] = (float) (row[i] / sqrt (sum));
}

static void
fill_row (GRand *rand,
          VvData kind,
          guint  length,
          float *row)
{
  memset (row, 0, length * sizeof *row);
  if (kind == VV_DATA_ONE_HOT)
    row[g_rand_int_range (rand, 0, (gint) length)] = g_rand_boolean (rand) ? 1 : -1;
  else
    for (guint i = 0; i < length; i++)
      row[i] = (float) (kind == VV_DATA_SIGNS   ? (g_rand_boolean (rand) ? 1 : -1)
                        : kind == VV_DATA_HEAVY ? pow (deviate (rand), 7)
                                                : deviate (rand));
  normalise (row, length);
}

/* A row beside @centre, at about @distance. */
static void
fill_beside (GRand       *rand,
             const float *centre,
             double       distance,
             guint        length,
             float       *row)
{
  for (guint i = 0; i < length; i++)
    row[i] = (float) (centre[i] + distance * deviate (rand) / sqrt (length));
  normalise (row, length);
}

void
vv_gallery_model_fill (GRand *rand,
                       VvData kind,
                       guint  length,
                       gsize  n,
                       float *ret_rows)
{
  for (gsize i = 0; i < n; i++)
    {
      VvData       now = kind == VV_DATA_MIXED ? (VvData) g_rand_int_range (rand, 0, VV_DATA_MIXED) : kind;
      float       *row = ret_rows + i * length;
      const float *earlier = ret_rows + (i == 0 ? 0 : (gsize) g_rand_int_range (rand, 0, (gint) i)) * length;

      if (i < 3 || now == VV_DATA_SPREAD || now == VV_DATA_ONE_HOT || now == VV_DATA_HEAVY || now == VV_DATA_SIGNS)
        fill_row (rand, now, length, row);
      else if (now == VV_DATA_COPIES)
        memcpy (row, earlier, length * sizeof *row);
      else
        fill_beside (rand, earlier, now == VV_DATA_NEAR ? 3e-7 : 0.6, length, row);
    }
}
