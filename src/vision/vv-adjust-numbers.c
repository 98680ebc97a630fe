// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include <math.h>

#include "vv-adjust-private.h"

/* Functions whose libm versions differ between machines in the last bit (they are chosen by processor). These use + - * /
 * and exact functions (floor, frexp, ldexp) alone, in a fixed order; the build forbids to fuse multiply and add. Good to
 * about 1e-14, far more than 8 bits need. */

#define LN2 0.693147180559945309417

double
_vv_exp (double x)
{
  double whole = floor (x / LN2 + 0.5);
  double rest = x - whole * LN2;
  double term = 1, sum = 1;

  if (whole < -1000)
    return 0;
  for (int i = 1; i <= 16; i++)
    {
      term = term * rest / i;
      sum += term;
    }
  return ldexp (sum, (int) whole);
}

/* ln m = 2 artanh ((m - 1) / (m + 1)), with m between 2/3 and 4/3. */
double
_vv_log (double x)
{
  int    exponent;
  double m = frexp (x, &exponent);
  double t, square, power, sum = 0;

  if (m < 2.0 / 3)
    {
      m *= 2;
      exponent--;
    }
  t = (m - 1) / (m + 1);
  square = t * t;
  power = t;
  for (int i = 1; i <= 27; i += 2)
    {
      sum += power / i;
      power *= square;
    }
  return 2 * sum + exponent * LN2;
}

double
_vv_pow (double base, double exponent)
{
  return base > 0 ? _vv_exp (exponent * _vv_log (base)) : 0;
}

/* Taylor, @x within a quarter turn. */
static double
sine (double x)
{
  double square = x * x, term = x, sum = x;

  for (int i = 2; i <= 22; i += 2)
    {
      term = -term * square / (i * (i + 1));
      sum += term;
    }
  return sum;
}

/* From 0 to 90 degrees, by the complement where that is shorter, so that 30 and 60 degrees agree. */
static double
sine_of_quarter (int hundredths)
{
  const double radian = G_PI / 18000;

  if (hundredths <= 4500)
    return sine (hundredths * radian);
  return sqrt (1 - sine ((9000 - hundredths) * radian) * sine ((9000 - hundredths) * radian));
}

static double
sine_of (int hundredths)
{
  int turn = ((hundredths % 36000) + 36000) % 36000;

  if (turn >= 18000)
    return -sine_of (turn - 18000);
  return sine_of_quarter (turn <= 9000 ? turn : 18000 - turn);
}

void
_vv_sin_cos (int hundredths, double *out_sin, double *out_cos)
{
  *out_sin = sine_of (hundredths);
  *out_cos = sine_of (hundredths + 9000);
}

static double
sinc (double x)
{
  double turns = x - 2 * floor (x / 2); /* sin (pi x) repeats after 2 */
  double sign = turns >= 1 ? -1 : 1;
  double part = turns >= 1 ? turns - 1 : turns;

  if (x == 0)
    return 1;
  return sign * sine (G_PI * (part > 0.5 ? 1 - part : part)) / (G_PI * x);
}

double
_vv_kernel_weight (VvKernel kernel, double x)
{
  double a = fabs (x);

  switch (kernel)
    {
    case VV_KERNEL_BILINEAR:
      return a < 1 ? 1 - a : 0;
    case VV_KERNEL_BICUBIC:
      if (a < 1)
        return (1.5 * a - 2.5) * a * a + 1;
      return a < 2 ? ((-0.5 * a + 2.5) * a - 4) * a + 2 : 0;
    case VV_KERNEL_LANCZOS:
      return a < 3 ? sinc (x) * sinc (x / 3) : 0;
    case VV_KERNEL_NEAREST:
    default:
      return x >= -0.5 && x < 0.5 ? 1 : 0;
    }
}

double
_vv_kernel_reach (VvKernel kernel)
{
  static const double reach[] = { 0.5, 1, 2, 3 };

  return reach[kernel];
}

void
_vv_whole_weights (const double *weights, int n, int one, int *out_whole)
{
  double sum = 0;
  int    given = 0, largest = 0;

  for (int i = 0; i < n; i++)
    sum += weights[i];
  for (int i = 0; i < n; i++)
    {
      out_whole[i] = (int) floor (weights[i] / sum * one + 0.5);
      given += out_whole[i];
      if (out_whole[i] > out_whole[largest])
        largest = i;
    }
  out_whole[largest] += one - given;
}

int *
_vv_gauss (double sigma, int *out_reach)
{
  int                reach = MAX ((int) ceil (3 * sigma), 1);
  int                n = 2 * reach + 1;
  g_autofree double *weights = g_new (double, n);
  int               *whole = g_new (int, n);

  for (int i = 0; i < n; i++)
    weights[i] = _vv_exp (-(i - reach) * (i - reach) / (2 * sigma * sigma));
  _vv_whole_weights (weights, n, 65536, whole);
  *out_reach = reach;
  return whole;
}
