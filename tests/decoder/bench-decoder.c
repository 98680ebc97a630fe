// SPDX-License-Identifier: GPL-3.0-or-later
/* How long a picture takes, from bytes to a mapped VvPicture. Prints one line a case; judges nothing. */
#include <stdlib.h>

#include "samples.h"
#include "vv-decoder.h"
#include "vv-test.h"

static int
compare (const void *a, const void *b)
{
  const double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static void
measure (const char *what, GBytes *file, VvDecoderOrigin origin, int rounds)
{
  g_autoptr (VvDecoder) decoder = vv_decoder_new ();
  g_autofree double    *times = g_new (double, rounds);

  for (int i = -1; i < rounds; i++) /* the first starts the helper and warms the caches */
    {
      g_autoptr (GError)    error = NULL;
      const gint64          start = g_get_monotonic_time ();
      g_autoptr (VvPicture) picture = vv_decoder_decode (decoder, file, what, origin, NULL, NULL, &error);

      vv_assert_ok (error);
      if (i >= 0)
        times[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  qsort (times, (gsize) rounds, sizeof *times, compare);
  g_print ("# %-28s %7.1f ms median, %7.1f best, %7.1f worst of %d\n", what, times[rounds / 2], times[0],
           times[rounds - 1], rounds);
}

START_TEST (decode__takes_so_long)
{
  char              *dir = vv_test_make_dir ();
  g_autoptr (GBytes) small = samples_make (dir, "-size 480x600 plasma:fractal -quality 90 small.jpg", "small.jpg");
  g_autoptr (GBytes) large = samples_make (dir, "-size 1500x1000 plasma:fractal -resize 6000x4000 -quality 90 large.jpg", "large.jpg");
  g_autoptr (GBytes) turned = samples_add_exif (large, 6);

  measure ("480x600 JPEG, foreign", small, VV_DECODER_FOREIGN, 50);
  measure ("480x600 JPEG, stored", small, VV_DECODER_STORED, 50);
  measure ("24 MP JPEG, foreign", large, VV_DECODER_FOREIGN, 7);
  measure ("24 MP JPEG on its side", turned, VV_DECODER_FOREIGN, 7);
  vv_test_remove_dir (dir);
}
END_TEST

static Suite *
bench_suite (void)
{
  Suite *suite = suite_create ("bench");
  TCase *tcase = tcase_create ("bench");

  tcase_add_test (tcase, decode__takes_so_long);
  suite_add_tcase (suite, tcase);
  return suite;
}

VV_TEST_MAIN (bench_suite)
