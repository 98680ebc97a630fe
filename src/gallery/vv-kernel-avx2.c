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

const VvKernel vv_kernel_avx2 = {
  .name = "avx2",
  .dot = dot,
};
