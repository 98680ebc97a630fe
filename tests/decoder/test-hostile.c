// SPDX-License-Identifier: GPL-3.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "samples.h"
#include "vv-decoder.h"
#include "vv-helper.h"
#include "vv-json.h"
#include "vv-test.h"

#define FLIPS 200

static char       *dir;
static const char *real_helper;

static const struct
{
  const char *what;
  int         code; /* VvDecoderError, or -1 for a picture */
} fakes[] = {
  { "honest", -1 },
  { "texts", -1 },
  { "unsealed", VV_DECODER_ERROR_HELPER },
  { "writable", VV_DECODER_ERROR_HELPER },
  { "shrinkable", VV_DECODER_ERROR_HELPER },
  { "short", VV_DECODER_ERROR_HELPER },
  { "pipe", VV_DECODER_ERROR_HELPER },
  { "file", VV_DECODER_ERROR_HELPER },
  { "huge", VV_DECODER_ERROR_HELPER },
  { "wrap", VV_DECODER_ERROR_HELPER },
  { "none", VV_DECODER_ERROR_HELPER },
  { "status", VV_DECODER_ERROR_HELPER },
  { "empty-handed", VV_DECODER_ERROR_HELPER },
  { "stub", VV_DECODER_ERROR_DAMAGED },
  { "crowd", -1 },
  { "crash", VV_DECODER_ERROR_DAMAGED },
  { "hang-up", VV_DECODER_ERROR_DAMAGED },
  { "forbidden", VV_DECODER_ERROR_HELPER },
  { "leaves", VV_DECODER_ERROR_HELPER },
};

static const char *const flipped[] = { "f.jpg", "p.jpg", "f.png", "f.tif", "f.bmp", "f.webp", "f.gif", "f.heic" };

static int
count_descriptors (void)
{
  DIR *fds = opendir ("/proc/self/fd");
  int  count = 0;

  while (readdir (fds) != NULL)
    count++;
  (void) closedir (fds);
  return count;
}

static void
assert_no_child (void)
{
  ck_assert_int_eq (waitpid (-1, NULL, WNOHANG), -1);
  ck_assert_int_eq (errno, ECHILD);
}

/* Puts the fake that behaves as @what in the helper's place. */
static void
use_fake (const char *what)
{
  g_autofree char *program = g_build_filename (g_getenv ("VISAVIS_TEST_BUILD"), "tests", "decoder", "fake-helper", NULL);
  g_autofree char *link = g_build_filename (dir, what, NULL);

  (void) unlink (link);
  ck_assert_int_eq (symlink (program, link), 0);
  (void) g_setenv ("VISAVIS_DECODER", link, TRUE);
}

START_TEST (client__believes_no_helper)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (VvDecoder)  decoder = vv_decoder_new ();
  g_autoptr (GBytes)     file = g_bytes_new_static ("any", 3);
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (VvPicture)  picture = NULL;
  const int              before = count_descriptors ();

  use_fake (fakes[_i].what);
  picture = vv_decoder_decode (decoder, file, "probe", VV_DECODER_FOREIGN, &facts, NULL, &error);
  ck_assert_int_eq (count_descriptors (), before);
  assert_no_child ();
  ck_assert_msg ((picture != NULL) == (fakes[_i].code < 0), "%s", fakes[_i].what);
  if (picture == NULL)
    {
      vv_assert_error (error, VV_DECODER_ERROR, fakes[_i].code);
      return;
    }
  ck_assert_int_eq (picture->width, 4);
  ck_assert (g_utf8_validate (vv_json_string (facts, "format"), -1, NULL));
  ck_assert_int_eq (vv_json_int (facts, "orientation") <= 8, TRUE);
  if (vv_json_string (facts, "exif_camera") != NULL)
    ck_assert_ptr_null (strchr (vv_json_string (facts, "exif_camera"), '\n'));
}
END_TEST

START_TEST (client__says_when_the_helper_is_missing)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvDecoder) decoder = vv_decoder_new ();
  g_autoptr (GBytes)    file = g_bytes_new_static ("any", 3);
  const int             before = count_descriptors ();

  (void) g_setenv ("VISAVIS_DECODER", "/nowhere/visavis-decoder", TRUE);
  ck_assert_ptr_null (vv_decoder_decode (decoder, file, "probe", VV_DECODER_FOREIGN, NULL, NULL, &error));
  vv_assert_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_HELPER);
  ck_assert_int_eq (count_descriptors (), before);
  assert_no_child ();
}
END_TEST

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

START_TEST (client__stops_a_helper_when_cancelled)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (VvDecoder)    decoder = vv_decoder_new ();
  g_autoptr (GBytes)       file = g_bytes_new_static ("any", 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread                 *thread;

  use_fake ("hang");
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  ck_assert_ptr_null (vv_decoder_decode (decoder, file, "probe", VV_DECODER_STORED, NULL, cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  (void) g_thread_join (thread);
  assert_no_child ();
}
END_TEST

START_TEST (client__gives_up_on_a_slow_helper)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (VvHelper) helper = NULL;
  const VvWireRequest  request = { .size = 1 };
  VvWireReply          reply;
  int                  pixels;
  int                  file = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  use_fake ("hang");
  helper = vv_helper_start (g_getenv ("VISAVIS_DECODER"), &error);
  vv_assert_ok (error);
  ck_assert_int_eq (vv_helper_ask (helper, file, &request, 0.1, &reply, &pixels, NULL), VV_HELPER_LATE);
  ck_assert_int_eq (pixels, -1);
  assert_no_child ();
  (void) close (file);
}
END_TEST

START_TEST (client__replaces_an_idle_helper_that_died)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvDecoder) decoder = vv_decoder_new ();
  g_autoptr (GBytes)    file = g_bytes_new_static ("any", 3);
  g_autoptr (VvPicture) first = NULL;
  g_autoptr (VvPicture) second = NULL;
  g_autofree char      *children = NULL;

  use_fake ("honest");
  first = vv_decoder_decode (decoder, file, "stored", VV_DECODER_STORED, NULL, NULL, &error);
  vv_assert_ok (error);
  (void) g_file_get_contents ("/proc/thread-self/children", &children, NULL, NULL);
  ck_assert_ptr_nonnull (children);
  ck_assert_int_eq (kill ((pid_t) g_ascii_strtoll (children, NULL, 10), SIGKILL), 0);
  second = vv_decoder_decode (decoder, file, "stored", VV_DECODER_STORED, NULL, NULL, &error);
  vv_assert_ok (error);
  ck_assert_ptr_nonnull (second);
}
END_TEST

/* A picture or a proper error; never a helper that broke out of its confinement's list of calls. */
static void
decode_flipped (VvDecoder *decoder, GBytes *file, GRand *random, const char *what)
{
  g_autoptr (GError)     error = NULL;
  gsize                  size = g_bytes_get_size (file);
  guint8                *data = g_memdup2 (g_bytes_get_data (file, NULL), size);
  g_autoptr (GBytes)     bytes = g_bytes_new_take (data, size);
  const int              count = g_rand_int_range (random, 1, 8);
  const VvDecoderOrigin  origin = g_rand_int_range (random, 0, 8) == 0 ? VV_DECODER_FOREIGN : VV_DECODER_STORED;
  g_autoptr (VvPicture)  picture = NULL;
  g_autoptr (JsonObject) facts = NULL;

  for (int i = 0; i < count; i++)
    data[g_rand_int_range (random, 0, (gint32) size)] = (guint8) g_rand_int_range (random, 0, 256);
  picture = vv_decoder_decode (decoder, bytes, "flipped", origin, &facts, NULL, &error);
  if (picture != NULL)
    return;
  ck_assert_msg (error != NULL && error->domain == VV_DECODER_ERROR && error->code != VV_DECODER_ERROR_HELPER, "%s: %s",
                 what, error != NULL ? error->message : "no error");
}

START_TEST (decode__survives_flipped_bytes)
{
  const char           *given = g_getenv ("VISAVIS_TEST_SEED");
  const guint32         seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_autoptr (GRand)     random = g_rand_new_with_seed (seed);
  g_autoptr (VvDecoder) decoder = vv_decoder_new ();
  g_autofree char      *line = g_strdup_printf ("base.png -interlace %s %s", *flipped[_i] == 'p' ? "JPEG" : "none", flipped[_i]);
  g_autofree char      *what = g_strdup_printf ("%s with VISAVIS_TEST_SEED=%u", flipped[_i], seed);
  g_autoptr (GBytes)    file = NULL;

  (void) g_setenv ("VISAVIS_DECODER", real_helper, TRUE);
  g_print ("# %s\n", what);
  if (g_str_has_suffix (flipped[_i], ".heic") && !samples_convert (dir, line))
    {
      g_print ("# skipped: no encoder here\n");
      return;
    }
  file = samples_make (dir, line, flipped[_i]);
  for (int i = 0; i < FLIPS; i++)
    decode_flipped (decoder, file, random, what);
}
END_TEST

static void
set_up (void)
{
  real_helper = g_strdup (g_getenv ("VISAVIS_DECODER"));
  dir = vv_test_make_dir ();
  samples_make_base (dir);
}

static void
tear_down (void)
{
  g_free ((char *) (guintptr) real_helper);
  vv_test_remove_dir (dir);
}

static Suite *
hostile_suite (void)
{
  Suite *suite = suite_create ("hostile");
  TCase *tcase = tcase_create ("hostile");

  tcase_add_unchecked_fixture (tcase, set_up, tear_down);
  tcase_add_loop_test (tcase, client__believes_no_helper, 0, G_N_ELEMENTS (fakes));
  tcase_add_test (tcase, client__says_when_the_helper_is_missing);
  tcase_add_test (tcase, client__stops_a_helper_when_cancelled);
  tcase_add_test (tcase, client__gives_up_on_a_slow_helper);
  tcase_add_test (tcase, client__replaces_an_idle_helper_that_died);
  tcase_add_loop_test (tcase, decode__survives_flipped_bytes, 0, G_N_ELEMENTS (flipped));
  suite_add_tcase (suite, tcase);
  return suite;
}

VV_TEST_MAIN (hostile_suite)
