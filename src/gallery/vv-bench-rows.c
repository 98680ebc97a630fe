// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "vv-bench-rows.h"

#define PICTURES 4

/* How far a picture lies from its person, as a share of the length of a template. */
#define SPREAD 0.7

typedef struct
{
  guint64 state;
} Dice;

/* splitmix64: fast enough to make a million templates in a moment. */
static guint64
roll (Dice *dice)
{
  guint64 z = dice->state += 0x9e3779b97f4a7c15;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/* Four 16-bit numbers added up: near enough to normal, mean 0, variance 1. */
static float
deviate (Dice *dice)
{
  guint64 z = roll (dice);
  gint64  sum = (gint64) ((z & 0xffff) + (z >> 16 & 0xffff) + (z >> 32 & 0xffff) + (z >> 48)) - 2 * 0xffff;

  return (float) sum / (65536 * 0.57735f);
}

static void
normalise (float *row,
           guint  dim)
{
  double sum = 0;

  for (guint i = 0; i < dim; i++)
    sum += (double) row[i] * row[i];
  for (guint i = 0; i < dim; i++)
    row[i] = (float) (row[i] / sqrt (sum));
}

/* A picture beside its person; @person is of length 1. */
static void
make_picture (Dice        *dice,
              const float *person,
              guint        dim,
              double       spread,
              float       *row)
{
  for (guint i = 0; i < dim; i++)
    row[i] = person[i] + (float) (spread / sqrt (dim)) * deviate (dice);
  normalise (row, dim);
}

/* People that nobody is, with some pictures each. */
static void
make_people (Dice  *dice,
             gsize  templates,
             guint  dim,
             float *rows)
{
  g_autofree float *person = g_new (float, dim);

  for (gsize i = 0; i < templates; i++)
    {
      if (i % PICTURES == 0)
        {
          for (guint j = 0; j < dim; j++)
            person[j] = deviate (dice);
          normalise (person, dim);
        }
      make_picture (dice, person, dim, SPREAD, rows + i * dim);
    }
}

float *
vv_bench_rows (gsize        templates,
               guint        dim,
               gsize        queries,
               const float *people,
               gsize        n_people)
{
  Dice   dice = { VV_BENCH_SEED };
  float *rows = g_new (float, (templates + queries) * dim);

  if (n_people == 0)
    make_people (&dice, templates, dim, rows);
  else
    for (gsize i = 0; i < templates; i++)
      make_picture (&dice, people + i % n_people * dim, dim, SPREAD, rows + i * dim);
  for (gsize i = 0; i < queries; i++)
    make_picture (&dice, rows + roll (&dice) % templates * dim, dim, SPREAD, rows + (templates + i) * dim);
  return rows;
}

typedef struct
{
  const guint64 *words;
  gsize          n;
  guint64        sum;
} Reading;

static gpointer
read_words (gpointer data)
{
  Reading *self = data;
  guint64  sums[4] = { 0 };

  for (gsize i = 0; i + 8 <= self->n; i += 8)
    {
      __builtin_prefetch (self->words + i + 384);
      for (gsize j = 0; j < 8; j++)
        sums[j % 4] += self->words[i + j];
    }
  self->sum = sums[0] + sums[1] + sums[2] + sums[3];
  return NULL;
}

double
vv_bench_time_reading (const guint64 *memory,
                       gsize          bytes,
                       guint          threads)
{
  g_autofree Reading  *parts = g_new0 (Reading, threads);
  g_autofree GThread **others = g_new0 (GThread *, threads);
  gsize                share = bytes / 64 / threads * 8;
  volatile guint64     sum = 0;
  gint64               start = g_get_monotonic_time ();

  for (guint i = 0; i < threads; i++)
    {
      parts[i] = (Reading){ memory + i * share, share, 0 };
      if (i > 0)
        others[i] = g_thread_new ("vv-read", read_words, &parts[i]);
    }
  (void) read_words (&parts[0]);
  for (guint i = 0; i < threads; i++)
    {
      if (i > 0)
        (void) g_thread_join (others[i]);
      sum += parts[i].sum;
    }
  return (double) (g_get_monotonic_time () - start) / 1000;
}

guint64 *
vv_bench_map_words (gsize bytes)
{
  void *memory = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes", bytes);
  (void) madvise (memory, bytes, MADV_HUGEPAGE);
  memset (memory, 1, bytes);
  return memory;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

double
vv_bench_median (double *values,
                 guint   n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}
