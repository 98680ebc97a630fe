// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "vv-codes.h"
#include "vv-gallery-model.h"
#include "vv-query.h"
#include "vv-segment.h"
#include "vv-test.h"

static const guint lengths[] = { 4, 12, 100, 128, 132, 512 };

/* One group of templates, in codes. */
static VvSegment *
make_group (guint        length,
            const float *rows)
{
  VvSegment *segment = vv_segment_new (length, VV_GROUP, /* with_rows= */ FALSE);

  for (guint i = 0; i < VV_GROUP; i++)
    vv_segment_append (segment, i, rows + i * length);
  return segment;
}

/* What the 4-bit code of a template stands for. */
static double
decode4 (const VvSegment *segment,
         guint            lane,
         guint            number)
{
  guint8 byte = segment->codes4[number / 4 * 64 + 2 * lane + (number & 1)];
  guint  code = (number & 2) != 0 ? byte >> 4 : byte & 15;

  return (double) vv_code4_step (segment->length) * (code - 7.5);
}

static double
decode8 (const VvSegment *segment,
         guint            lane,
         guint            number)
{
  return (double) segment->scales8[lane].scale * segment->codes8[lane * segment->stride + number];
}

typedef double (*Decode) (const VvSegment *segment,
                          guint            lane,
                          guint            number);

/* A query that points where the code of template @lane is most wrong. FALSE when it is not wrong at all. */
static gboolean
aim_at_residual (const VvSegment *segment,
                 const float     *rows,
                 guint            lane,
                 Decode           decode,
                 float           *query)
{
  double sum = 0;

  for (guint i = 0; i < segment->length; i++)
    {
      double residual = rows[lane * segment->length + i] - decode (segment, lane, i);

      query[i] = (float) residual;
      sum += residual * residual;
    }
  for (guint i = 0; i < segment->length; i++)
    query[i] = (float) (query[i] / sqrt (sum));
  return sum > 1e-12;
}

static VvKernelQuery
as_kernel_query (const VvQuery *query,
                 float          floor)
{
  return (VvKernelQuery){
    .weights = query->weights,
    .pairs = query->pairs,
    .starts = query->starts,
    .unit = query->unit,
    .weight = query->weight,
    .floor = floor,
  };
}

static VvKernelCodes
as_kernel_codes (const VvSegment *segment,
                 const guint32   *allowed)
{
  return (VvKernelCodes){
    .codes = segment->codes4,
    .residuals = segment->residuals4,
    .allowed = allowed,
    .n_groups = segment->n_written / VV_GROUP,
    .n_rows = segment->length / 4,
  };
}

/* Fails when the bound that any stage and kernel gives a template is below its score. */
static void
check_bounds (const VvSegment *segment,
              const float     *rows,
              const float     *query_row)
{
  VvQuery query;
  float   scores[VV_GROUP];

  for (guint v = 0; v < VV_GROUP; v++)
    scores[v] = vv_gallery_model_score (query_row, rows + v * segment->length, segment->length);
  vv_query_init (&query, query_row, segment->length);
  for (const VvKernel *const *kernel = vv_kernel_list (); *kernel != NULL; kernel++)
    {
      VvKernelQuery kernel_query = as_kernel_query (&query, -INFINITY);
      VvKernelCodes codes = as_kernel_codes (segment, NULL);
      VvKernelFind  finds[VV_GROUP];
      guint         n;

      (*kernel)->scan (&codes, &kernel_query, 1, finds, &n);
      ck_assert_uint_eq (n, VV_GROUP);
      for (guint v = 0; v < VV_GROUP; v++)
        {
          float  score = scores[v];
          float  bound4 = (float) finds[v].total * query.unit + query.base + segment->residuals4[v] * query.weight + query.margin;
          gint32 sum = (*kernel)->dot8 (segment->codes8 + v * segment->stride, query.weights8, segment->stride);
          float  guess8 = (float) sum * query.unit8 * segment->scales8[v].scale;
          float  error8 = segment->scales8[v].residual * query.weight8 + query.margin8;

          ck_assert_msg (score <= bound4, "%s, length %u: score %.9g above its 4-bit bound %.9g", (*kernel)->name,
                         segment->length, (double) score, (double) bound4);
          ck_assert_msg (guess8 - error8 <= score && score <= guess8 + error8,
                         "%s, length %u: score %.9g is not within %.9g of %.9g, its 8-bit guess", (*kernel)->name,
                         segment->length, (double) score, (double) error8, (double) guess8);
        }
    }
  vv_query_clear (&query, segment->length);
}

START_TEST (bound__holds_for_the_worst_query)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (41);

  for (guint round = 0; round < 144; round++)
    {
      guint                 length = lengths[round % G_N_ELEMENTS (lengths)];
      VvData                kind = (VvData) (round / G_N_ELEMENTS (lengths) % VV_N_DATA);
      float                 rows[VV_GROUP * 512];
      g_autoptr (VvSegment) segment = NULL;

      vv_gallery_model_fill (rand, kind, length, VV_GROUP, rows);
      segment = make_group (length, rows);
      for (guint lane = 0; lane < VV_GROUP; lane += 5)
        {
          float query[512] = { 0 };

          if (aim_at_residual (segment, rows, lane, decode4, query))
            check_bounds (segment, rows, query);
          if (aim_at_residual (segment, rows, lane, decode8, query))
            check_bounds (segment, rows, query);
          memset (query, 0, sizeof query);
          memcpy (query, rows + lane * length, length * sizeof *query);
          check_bounds (segment, rows, query);
        }
    }
}
END_TEST

/* A template that its code fits exactly and that points where the query's small numbers are most wrong: each number
 * is one of the sixteen levels, which are scaled up until the length is 1 within what is allowed. */
static gboolean
make_worst_template (const VvQuery *query,
                     guint          length,
                     float         *row)
{
  float  step = vv_code4_step (length);
  double t = (double) query->unit / step;

  double step_up = 1.05; /* large steps first, small ones when the length is passed */

  for (double scale = 1; scale < 1e9; scale *= step_up)
    {
      double sum = 0;

      for (guint i = 0; i < length; i++)
        {
          double code = floor ((query->row[i] - t * query->weights[i]) * scale) + 8;

          row[i] = (float) (step * (CLAMP (code, 0, 15) - 7.5));
          sum += (double) row[i] * row[i];
        }
      if (fabs (sqrt (sum) - 1) < 5e-4)
        return TRUE;
      if (sum > 1)
        {
          if (step_up < 1.05)
            return FALSE;
          scale /= step_up;
          step_up = 1.0005;
        }
    }
  return FALSE;
}

START_TEST (bound__holds_for_the_worst_template)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (43);
  guint             made = 0;

  for (guint round = 0; round < 300; round++)
    {
      guint                 length = round % 2 == 0 ? 128 : 512;
      float                 query_row[512] = { 0 };
      float                 rows[VV_GROUP * 512];
      VvQuery               query;
      g_autoptr (VvSegment) segment = NULL;

      vv_gallery_model_fill (rand, round % 3 == 0 ? VV_DATA_HEAVY : VV_DATA_SPREAD, length, 1, query_row);
      vv_query_init (&query, query_row, length);
      if (make_worst_template (&query, length, rows))
        {
          made++;
          for (guint v = 1; v < VV_GROUP; v++)
            memcpy (rows + v * length, rows, length * sizeof *rows);
          segment = make_group (length, rows);
          check_bounds (segment, rows, query_row);
        }
      vv_query_clear (&query, length);
    }
  ck_assert_uint_gt (made, 100);
}
END_TEST

START_TEST (scan__finds_the_same_in_every_kernel)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (47);

  for (guint round = 0; round < 300; round++)
    {
      enum
      {
        GROUPS = 3,
        QUERIES = 7
      };
      guint                 length = lengths[round % G_N_ELEMENTS (lengths)];
      guint                 stride = vv_segment_stride (length);
      guint32               allowed[GROUPS] = { g_rand_int (rand), 0, G_MAXUINT32 };
      g_autofree float     *rows = g_new0 (float, GROUPS *VV_GROUP *length);
      g_autoptr (VvSegment) segment = vv_segment_new (length, GROUPS * VV_GROUP, /* with_rows= */ FALSE);
      VvQuery               queries[QUERIES];
      VvKernelQuery         kernel_queries[QUERIES];
      float                 query_rows[QUERIES * 512] = { 0 };
      VvKernelCodes         codes;

      vv_gallery_model_fill (rand, (VvData) (round % VV_N_DATA), length, GROUPS * VV_GROUP, rows);
      for (guint i = 0; i < GROUPS * VV_GROUP; i++)
        vv_segment_append (segment, i, rows + i * length);
      codes = as_kernel_codes (segment, allowed);
      for (guint q = 0; q < QUERIES; q++)
        {
          vv_gallery_model_fill (rand, VV_DATA_MIXED, length, 1, query_rows + q * stride);
          vv_query_init (&queries[q], query_rows + q * stride, length);
          kernel_queries[q] = as_kernel_query (&queries[q], -INFINITY);
        }
      for (const VvKernel *const *kernel = vv_kernel_list (); *kernel != NULL; kernel++)
        {
          VvKernelFind finds[QUERIES * GROUPS * VV_GROUP];
          VvKernelFind wanted[QUERIES * GROUPS * VV_GROUP];
          guint        n_finds[QUERIES];
          guint        n_wanted[QUERIES];

          vv_kernel_portable.scan (&codes, kernel_queries, QUERIES, wanted, n_wanted);
          (*kernel)->scan (&codes, kernel_queries, QUERIES, finds, n_finds);
          for (guint q = 0; q < QUERIES; q++)
            {
              ck_assert_uint_eq (n_finds[q], n_wanted[q]);
              ck_assert_mem_eq (finds + q * GROUPS * VV_GROUP, wanted + q * GROUPS * VV_GROUP,
                                n_finds[q] * sizeof *finds);
            }
        }
      for (guint q = 0; q < QUERIES; q++)
        vv_query_clear (&queries[q], length);
    }
}
END_TEST

static Suite *
suite (void)
{
  Suite *self = suite_create ("gallery-codes");
  TCase *tcase = tcase_create ("codes");

  tcase_set_timeout (tcase, 240);
  tcase_add_test (tcase, bound__holds_for_the_worst_query);
  tcase_add_test (tcase, bound__holds_for_the_worst_template);
  tcase_add_test (tcase, scan__finds_the_same_in_every_kernel);
  suite_add_tcase (self, tcase);
  return self;
}

VV_TEST_MAIN (suite)
