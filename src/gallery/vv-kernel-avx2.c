// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <immintrin.h>

#include "vv-kernel.h"

static inline __m256
multiply_add (__m256       sum,
              const float *a,
              const float *b)
{
  return _mm256_add_ps (sum, _mm256_mul_ps (_mm256_loadu_ps (a), _mm256_loadu_ps (b)));
}

static float
dot (const float *a,
     const float *b,
     guint        stride)
{
  __m256 sum0 = _mm256_setzero_ps ();
  __m256 sum1 = sum0;
  __m256 sum2 = sum0;
  __m256 sum3 = sum0;
  __m128 half;

  for (guint i = 0; i < stride; i += VV_KERNEL_LANES)
    {
      sum0 = multiply_add (sum0, a + i, b + i);
      sum1 = multiply_add (sum1, a + i + 8, b + i + 8);
      sum2 = multiply_add (sum2, a + i + 16, b + i + 16);
      sum3 = multiply_add (sum3, a + i + 24, b + i + 24);
    }
  sum0 = _mm256_add_ps (_mm256_add_ps (sum0, sum1), _mm256_add_ps (sum2, sum3));
  half = _mm_add_ps (_mm256_castps256_ps128 (sum0), _mm256_extractf128_ps (sum0, 1));
  half = _mm_add_ps (half, _mm_movehl_ps (half, half));
  return _mm_cvtss_f32 (_mm_add_ss (half, _mm_movehdup_ps (half)));
}

static gint32
dot8 (const gint8  *codes,
      const gint16 *weights,
      guint         stride)
{
  __m256i sum = _mm256_setzero_si256 ();
  __m128i half;

  for (guint i = 0; i < stride; i += 16)
    {
      __m256i c = _mm256_cvtepi8_epi16 (_mm_loadu_si128 ((const __m128i_u *) (codes + i)));
      __m256i w = _mm256_loadu_si256 ((const __m256i_u *) (weights + i));

      sum = _mm256_add_epi32 (sum, _mm256_madd_epi16 (c, w));
    }
  half = _mm_add_epi32 (_mm256_castsi256_si128 (sum), _mm256_extracti128_si256 (sum, 1));
  half = _mm_add_epi32 (half, _mm_shuffle_epi32 (half, _MM_SHUFFLE (1, 0, 3, 2)));
  half = _mm_add_epi32 (half, _mm_shuffle_epi32 (half, _MM_SHUFFLE (2, 3, 0, 1)));
  return _mm_cvtsi128_si32 (half);
}

/* How far ahead of the scan memory is asked for. */
#define AHEAD 3072

/* Queries that share the unpacking of a code; with more, their sums no longer fit into the registers. */
#define TILE 4

/* Four numbers of 16 templates, times the weights of one query. Each byte product is at most 15 x 127, so that two of
 * them, and two of these, fit into 16 bits. */
static inline __m256i
row_products (__m256i low,
              __m256i high,
              __m256i weights_low,
              __m256i weights_high)
{
  return _mm256_add_epi16 (_mm256_maddubs_epi16 (low, weights_low), _mm256_maddubs_epi16 (high, weights_high));
}

static inline void
widen (__m256i  sum,
       __m256i *first,
       __m256i *second)
{
  *first = _mm256_add_epi32 (*first, _mm256_cvtepi16_epi32 (_mm256_castsi256_si128 (sum)));
  *second = _mm256_add_epi32 (*second, _mm256_cvtepi16_epi32 (_mm256_extracti128_si256 (sum, 1)));
}

/* Totals of the 32 templates of a group for @n queries, a constant 1 or TILE so that the sums stay in registers. */
static inline __attribute__ ((always_inline)) void
add_up (const guint8        *codes,
        guint                n_rows,
        const VvKernelQuery *queries,
        const guint          n,
        __m256i              totals[TILE][4])
{
  const __m256i nibble = _mm256_set1_epi8 (15);

  for (guint q = 0; q < n; q++)
    for (guint i = 0; i < 4; i++)
      totals[q][i] = _mm256_setzero_si256 ();

  for (guint first = 0; first < n_rows; first += VV_KERNEL_PART_ROWS)
    {
      guint   end = MIN (first + VV_KERNEL_PART_ROWS, n_rows);
      __m256i sums[TILE][2];

#pragma GCC unroll 4
      for (guint q = 0; q < n; q++)
        sums[q][0] = sums[q][1] = _mm256_set1_epi16 (queries[q].starts[first / VV_KERNEL_PART_ROWS]);

      for (guint r = first; r < end; r++)
        {
          const guint8 *row = codes + r * 64;
          __m256i       a = _mm256_load_si256 ((const __m256i *) row);
          __m256i       b = _mm256_load_si256 ((const __m256i *) (row + 32));
          __m256i       a_low = _mm256_and_si256 (a, nibble);
          __m256i       b_low = _mm256_and_si256 (b, nibble);
          __m256i       a_high = _mm256_and_si256 (_mm256_srli_epi16 (a, 4), nibble);
          __m256i       b_high = _mm256_and_si256 (_mm256_srli_epi16 (b, 4), nibble);

          _mm_prefetch (row + AHEAD, _MM_HINT_T0);
#pragma GCC unroll 4
          for (guint q = 0; q < n; q++)
            {
              __m256i low = _mm256_set1_epi32 (queries[q].pairs[2 * r]);
              __m256i high = _mm256_set1_epi32 (queries[q].pairs[2 * r + 1]);

              sums[q][0] = _mm256_add_epi16 (sums[q][0], row_products (a_low, a_high, low, high));
              sums[q][1] = _mm256_add_epi16 (sums[q][1], row_products (b_low, b_high, low, high));
            }
        }
#pragma GCC unroll 4
      for (guint q = 0; q < n; q++)
        {
          widen (sums[q][0], &totals[q][0], &totals[q][1]);
          widen (sums[q][1], &totals[q][2], &totals[q][3]);
        }
    }
}

/* A bit for each of the 32 templates whose bound reaches the floor. */
static inline guint32
reach_floor (const __m256i        totals[4],
             const __m256         residuals[4],
             const VvKernelQuery *query)
{
  const __m256 unit = _mm256_set1_ps (query->unit);
  const __m256 weight = _mm256_set1_ps (query->weight);
  const __m256 floor = _mm256_set1_ps (query->floor);
  guint32      found = 0;

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    {
      __m256 bound = _mm256_fmadd_ps (_mm256_cvtepi32_ps (totals[i]), unit, _mm256_mul_ps (residuals[i], weight));

      found |= (guint32) _mm256_movemask_ps (_mm256_cmp_ps (bound, floor, _CMP_GE_OQ)) << (8 * i);
    }
  return found;
}

static guint
note_finds (guint32       found,
            guint         group,
            const __m256i totals[4],
            VvKernelFind *ret_finds)
{
  gint32 numbers[32];
  guint  n = 0;

  for (guint i = 0; i < 4; i++)
    _mm256_storeu_si256 ((__m256i_u *) (numbers + 8 * i), totals[i]);
  for (; found != 0; found &= found - 1)
    {
      guint v = (guint) __builtin_ctz (found);

      ret_finds[n++] = (VvKernelFind){ group * 32 + v, numbers[v] };
    }
  return n;
}

static inline __attribute__ ((always_inline)) void
scan_tile (const VvKernelCodes *codes,
           const VvKernelQuery *queries,
           const guint          n,
           VvKernelFind        *ret_finds,
           guint               *ret_n_finds)
{
  for (guint q = 0; q < n; q++)
    ret_n_finds[q] = 0;
  for (guint g = 0; g < codes->n_groups; g++)
    {
      guint32 allowed = codes->allowed != NULL ? codes->allowed[g] : G_MAXUINT32;
      __m256i totals[TILE][4];
      __m256  residuals[4];

      if (allowed == 0)
        continue;
      add_up (codes->codes + (gsize) g * codes->n_rows * 64, codes->n_rows, queries, n, totals);
      for (guint i = 0; i < 4; i++)
        residuals[i] = _mm256_cvtepi32_ps (_mm256_cvtepu16_epi32 (
          _mm_loadu_si128 ((const __m128i_u *) (codes->residuals + g * 32 + 8 * i))));
#pragma GCC unroll 4
      for (guint q = 0; q < n; q++)
        {
          guint32 found = reach_floor (totals[q], residuals, &queries[q]) & allowed;

          if (G_UNLIKELY (found != 0))
            ret_n_finds[q] += note_finds (found, g, totals[q],
                                          ret_finds + (gsize) q * 32 * codes->n_groups + ret_n_finds[q]);
        }
    }
}

static void
scan (const VvKernelCodes *codes,
      const VvKernelQuery *queries,
      guint                n_queries,
      VvKernelFind        *ret_finds,
      guint               *ret_n_finds)
{
  gsize room = (gsize) 32 * codes->n_groups;
  guint q = 0;

  for (; q + TILE <= n_queries; q += TILE)
    scan_tile (codes, queries + q, TILE, ret_finds + q * room, ret_n_finds + q);
  for (; q < n_queries; q++)
    scan_tile (codes, queries + q, 1, ret_finds + q * room, ret_n_finds + q);
}

const VvKernel vv_kernel_avx2 = {
  .name = "avx2",
  .dot = dot,
  .dot8 = dot8,
  .scan = scan,
};
