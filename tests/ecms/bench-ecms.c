// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-test-apache.h"
#include "vv-test.h"
#include "vv-transport.h"

/* Seconds for one upload, with everything that belongs to it: folder, upload, reading back, move, receipt. */
static double
upload (VvTransport *transport, gsize size, int number)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) receipt = NULL;
  g_autofree char       *data = g_strnfill (size, (char) ('a' + number));
  g_autoptr (GBytes)     document = g_bytes_new (data, size);
  g_autofree char       *sha256 = vv_hash_bytes (document);
  g_autofree char       *name = g_strdup_printf ("%zu-%d.pdf", size, number);
  gint64                 started = g_get_monotonic_time ();

  if (!vv_transport_put (transport, "bench", name, "application/pdf", document, sha256, &receipt, NULL, &error))
    vv_assert_ok (error);
  return (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;
}

static double
median_of_five (VvTransport *transport, gsize size)
{
  double taken[5];

  for (int i = 0; i < 5; i++)
    {
      int at = i;

      taken[i] = upload (transport, size, i);
      for (; at > 0 && taken[at - 1] > taken[at]; at--)
        {
          double swapped = taken[at];

          taken[at] = taken[at - 1];
          taken[at - 1] = swapped;
        }
    }
  return taken[2];
}

START_TEST (put__how_fast)
{
  g_autoptr (GError)      error = NULL;
  VvTestApache           *apache = vv_test_apache_new ();
  g_autoptr (JsonObject)  settings = vv_test_apache_settings (apache, "open");
  g_autoptr (VvTransport) transport = vv_transport_new (settings, &error);

  vv_assert_ok (error);
  (void) upload (transport, 1, 0); /* connects */
  printf ("# WebDAV, 100 kB: %.1f ms\n", 1000 * median_of_five (transport, 100 * 1000));
  printf ("# WebDAV, 20 MB: %.1f MB/s\n", 20 / median_of_five (transport, 20 * 1000 * 1000));
  vv_test_apache_free (apache);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("ecms");
  TCase *speed = tcase_create ("speed");

  suite_add_tcase (suite, speed);
  tcase_set_timeout (speed, 300);
  tcase_add_test (speed, put__how_fast);
  return suite;
}

VV_TEST_MAIN (make_suite)
