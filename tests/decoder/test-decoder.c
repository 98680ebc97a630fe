// SPDX-License-Identifier: GPL-3.0-or-later
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "samples.h"
#include "vv-decoder.h"
#include "vv-json.h"
#include "vv-test.h"

static char      *dir;
static VvDecoder *decoder;

/* %s is the source picture. Tolerance: the mean difference to what ImageMagick sees that the loss of the
 * format and rounding explain. */
static const struct
{
  const char *name;
  const char *arguments;
  const char *format;
  int         depth;
  int         channels;
  double      tolerance;
} kinds[] = {
  { "rgb.jpg", "base.png -quality 95", "jpeg", 8, 3, 1.0 },
  { "progressive.jpg", "base.png -interlace JPEG -quality 95", "jpeg", 8, 3, 1.0 },
  { "grey.jpg", "base.png -colorspace Gray", "jpeg", 8, 1, 1.0 },
  { "cmyk.jpg", "base.png -colorspace CMYK -quality 95", "jpeg", 8, 4, 1.5 },
  { "rgb.png", "base.png -define png:color-type=2", "png", 8, 3, 0 },
  { "interlaced.png", "base.png -interlace PNG -define png:color-type=2", "png", 8, 3, 0 },
  { "deep.png", "base.png -evaluate multiply 0.77 -depth 16 -define png:bit-depth=16 -define png:color-type=2", "png", 16, 3, 0.5 },
  { "grey.png", "base.png -colorspace Gray -define png:color-type=0 -define png:bit-depth=8", "png", 8, 1, 0 },
  { "bits.png", "base.png -monochrome -define png:color-type=0 -define png:bit-depth=1", "png", 1, 1, 0 },
  { "palette.png", "base.png +dither -colors 16 -define png:color-type=3 -define png:bit-depth=4", "png", 4, 1, 0 },
  { "alpha.png", "base.png -alpha set -channel A -evaluate set 40% +channel -define png:color-type=6", "png", 8, 4, 0 },
  { "rgb.tif", "base.png -type TrueColor -compress none", "tiff", 8, 3, 0 },
  { "lzw.tif", "base.png -type TrueColor -compress lzw", "tiff", 8, 3, 0 },
  { "deep.tif", "base.png -type TrueColor -evaluate multiply 0.77 -depth 16 -compress zip", "tiff", 16, 3, 1.0 },
  { "cmyk.tif", "base.png -colorspace CMYK", "tiff", 8, 4, 1.0 },
  { "palette.tif", "base.png +dither -type Palette -colors 16", "tiff", 4, 1, 0.5 },
  { "alpha.tif", "base.png -alpha set -channel A -evaluate set 40% +channel", "tiff", 8, 4, 1.0 },
  { "rgb.bmp", "base.png -type TrueColor", "bmp", 8, 3, 0 },
  { "palette.bmp", "base.png +dither -colors 16 -type Palette -compress none -define bmp:format=bmp3", "bmp", 4, 1, 0 },
  { "lossy.webp", "base.png -quality 95", "webp", 8, 3, 1.0 },
  { "alpha.webp", "base.png -alpha set -channel A -evaluate set 40% +channel -define webp:lossless=true", "webp", 8, 4, 0 },
  { "still.gif", "base.png +dither -colors 32", "gif", 8, 1, 0 },
  { "interlaced.gif", "base.png +dither -colors 32 -interlace GIF", "gif", 8, 1, 0 },
  { "moving.gif", "-delay 10 base.png ( base.png -negate ) -loop 0", "gif", 8, 1, 0 },
  { "clear.gif", "base.png +dither -colors 8 -transparent red", "gif", 8, 1, 0 },
  { "phone.heic", "base.png -quality 95", "heic", 8, 3, 1.0 },
};

static VvPicture *
decode (GBytes *file, JsonObject **facts, GError **error)
{
  return vv_decoder_decode (decoder, file, "probe.jpg", VV_DECODER_FOREIGN, facts, /* cancellable= */ NULL, error);
}

static void
assert_refused (GBytes *file, VvDecoderError code)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvPicture) picture = decode (file, NULL, &error);

  ck_assert_msg (picture == NULL, "not refused");
  ck_assert_msg (error != NULL && strstr (error->message, "“probe.jpg”") != NULL, "the message names no file");
  vv_assert_error (error, VV_DECODER_ERROR, (int) code);
}

static GBytes *
cut (GBytes *file, double part)
{
  return g_bytes_new_from_bytes (file, 0, (gsize) ((double) g_bytes_get_size (file) * part));
}

/* HEIC can be read without x265, but a sample cannot be made without it. */
static gboolean
can_make (const char *name)
{
  g_autofree char *line = g_strdup_printf ("base.png %s", name);

  return g_str_has_suffix (name, ".heic") ? samples_convert (dir, line) : TRUE;
}

static GBytes *
make_kind (int index)
{
  g_autofree char *line = g_strdup_printf ("%s %s", kinds[index].arguments, kinds[index].name);

  return samples_make (dir, line, kinds[index].name);
}

START_TEST (decode__reads_every_format)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     file = NULL;
  g_autoptr (GBytes)     oracle = NULL;
  g_autoptr (VvPicture)  picture = NULL;
  g_autoptr (JsonObject) facts = NULL;
  double                 difference;

  if (!can_make (kinds[_i].name))
    {
      g_printerr ("skipped %s: no encoder here\n", kinds[_i].name);
      return;
    }
  file = make_kind (_i);
  oracle = samples_oracle (dir, kinds[_i].name);
  picture = decode (file, &facts, &error);
  ck_assert_msg (error == NULL, "%s: %s", kinds[_i].name, error != NULL ? error->message : "");
  ck_assert_int_eq (picture->width, 60);
  ck_assert_int_eq (picture->height, 40);
  difference = samples_difference (picture, oracle);
  ck_assert_msg (difference <= kinds[_i].tolerance, "%s differs by %.2f", kinds[_i].name, difference);
  ck_assert_str_eq (vv_json_string (facts, "format"), kinds[_i].format);
  ck_assert_int_eq (vv_json_int (facts, "width"), 60);
  ck_assert_int_eq (vv_json_int (facts, "height"), 40);
  ck_assert_int_eq (vv_json_int (facts, "orientation"), 1);
  ck_assert_msg (vv_json_int (facts, "depth") == kinds[_i].depth, "%s: depth %d", kinds[_i].name, (int) vv_json_int (facts, "depth"));
  ck_assert_msg (vv_json_int (facts, "channels") == kinds[_i].channels, "%s: channels %d", kinds[_i].name,
                 (int) vv_json_int (facts, "channels"));
  ck_assert (!json_object_has_member (facts, "exif_time"));
}
END_TEST

START_TEST (decode__refuses_half_a_file)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) half = NULL;
  g_autoptr (GBytes) most = NULL;

  if (!can_make (kinds[_i].name))
    return;
  file = make_kind (_i);
  half = cut (file, 0.5);
  most = cut (file, 0.9);
  assert_refused (half, VV_DECODER_ERROR_DAMAGED);
  /* The first of two frames is whole; a TIFF ends with what is said about the colours. */
  if (strcmp (kinds[_i].name, "moving.gif") != 0 && strcmp (kinds[_i].format, "tiff") != 0)
    assert_refused (most, VV_DECODER_ERROR_DAMAGED);
}
END_TEST

START_TEST (decode__turns_every_orientation_upright)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     plain = samples_make (dir, "base.png -quality 95 turned.jpg", "turned.jpg");
  g_autoptr (GBytes)     file = samples_add_exif (plain, (guint) _i);
  g_autofree char       *path = g_build_filename (dir, "turned.jpg", NULL);
  g_autoptr (VvPicture)  picture = NULL;
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (GBytes)     oracle = NULL;

  ck_assert (g_file_set_contents (path, g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file), NULL));
  oracle = samples_oracle (dir, "turned.jpg");
  picture = decode (file, &facts, &error);
  vv_assert_ok (error);
  ck_assert_int_eq (picture->width, _i < 5 ? 60 : 40);
  ck_assert_int_eq (vv_json_int (facts, "width"), picture->width);
  ck_assert_int_eq (vv_json_int (facts, "orientation"), _i);
  ck_assert_str_eq (vv_json_string (facts, "exif_time"), "2026:11:03 14:05:00");
  ck_assert_str_eq (vv_json_string (facts, "exif_camera"), "Acme Model 1");
  ck_assert_str_eq (vv_json_string (facts, "exif_software"), "Editor 2.0");
  ck_assert_str_eq (vv_json_string (facts, "exif_settings"), "1/60 s, f/2.8, ISO 400");
  ck_assert_int_gt (vv_json_int (facts, "quality"), 0);
  ck_assert_int_le (vv_json_int (facts, "quality"), 100);
  ck_assert_double_le (samples_difference (picture, oracle), 1.0);
}
END_TEST

START_TEST (decode__turns_a_tiff_upright)
{
  static const char *const names[] = { "top-left", "top-right", "bottom-right", "bottom-left",
                                       "left-top", "right-top", "right-bottom", "left-bottom" };
  g_autoptr (GError)       error = NULL;
  g_autofree char         *line = g_strdup_printf ("base.png -orient %s turned.tif", names[_i - 1]);
  g_autoptr (GBytes)       file = samples_make (dir, line, "turned.tif");
  g_autoptr (GBytes)       oracle = samples_oracle (dir, "turned.tif");
  g_autoptr (JsonObject)   facts = NULL;
  g_autoptr (VvPicture)    picture = decode (file, &facts, &error);

  vv_assert_ok (error);
  ck_assert_int_eq (vv_json_int (facts, "orientation"), _i);
  ck_assert_double_le (samples_difference (picture, oracle), 0);
}
END_TEST

START_TEST (decode__tells_the_kind_from_the_bytes)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     file = samples_make (dir, "base.png png:renamed.jpg", "renamed.jpg");
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (VvPicture)  picture = decode (file, &facts, &error);

  vv_assert_ok (error);
  ck_assert_str_eq (vv_json_string (facts, "format"), "png");
}
END_TEST

START_TEST (decode__refuses_what_is_no_picture)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("To whom it may concern", 22);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.7\n", 9);
  g_autoptr (GBytes) letter = g_bytes_new_static ("B", 1);
  g_autoptr (GBytes) start = g_bytes_new_static ("\xff\xd8\xff\xe0", 4);

  assert_refused (empty, VV_DECODER_ERROR_EMPTY);
  assert_refused (text, VV_DECODER_ERROR_TYPE);
  assert_refused (pdf, VV_DECODER_ERROR_TYPE);
  assert_refused (letter, VV_DECODER_ERROR_TYPE);
  assert_refused (start, VV_DECODER_ERROR_DAMAGED);
}
END_TEST

START_TEST (decode__refuses_too_many_pixels_at_once)
{
  static const guint32 sizes[][2] = { { 30000, 30000 }, { 20001, 1 }, { 1, 20001 }, { 12001, 10000 }, { 0x7fffffff, 0x7fffffff } };
  g_autoptr (GBytes)   small = samples_make (dir, "base.png -define png:color-type=2 small.png", "small.png");
  const gint64         start = g_get_monotonic_time ();

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) large = samples_resize_png (small, sizes[i][0], sizes[i][1]);

      assert_refused (large, VV_DECODER_ERROR_TOO_LARGE);
    }
  ck_assert_int_lt (g_get_monotonic_time () - start, 5 * G_USEC_PER_SEC);
}
END_TEST

START_TEST (decode__refuses_pixels_that_are_only_promised)
{
  g_autoptr (GBytes) small = samples_make (dir, "base.png -define png:color-type=2 small.png", "small.png");
  g_autoptr (GBytes) large = samples_resize_png (small, 12000, 10000);

  assert_refused (large, VV_DECODER_ERROR_DAMAGED);
}
END_TEST

/* A text of 256 MB, packed a thousandfold, in a picture of 60 x 40. */
START_TEST (decode__does_not_unpack_a_bomb)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        small = samples_make (dir, "base.png -define png:color-type=2 small.png", "small.png");
  g_autoptr (GInputStream)  zeros = g_memory_input_stream_new_from_data (g_malloc0 (256 << 20), 256 << 20, g_free);
  g_autoptr (GConverter)    packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GInputStream)  packed = g_converter_input_stream_new (zeros, packer);
  g_autoptr (GOutputStream) chunk = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes)        bomb = NULL;
  g_autoptr (VvPicture)     picture = NULL;
  gint64                    start;

  (void) g_output_stream_write_all (chunk, "Comment\0", 9, NULL, NULL, NULL);
  (void) g_output_stream_splice (chunk, packed, G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  vv_assert_ok (error);
  bomb = samples_add_png_chunk (small, "zTXt", g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (chunk)),
                                g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (chunk)));
  start = g_get_monotonic_time ();
  picture = decode (bomb, NULL, &error);
  vv_assert_ok (error);
  ck_assert_int_lt (g_get_monotonic_time () - start, 5 * G_USEC_PER_SEC);
}
END_TEST

static gpointer
decode_many (gpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autoptr (VvPicture) picture = vv_decoder_decode (decoder, data, "stored", i % 4 == 0 ? VV_DECODER_FOREIGN : VV_DECODER_STORED,
                                                         NULL, NULL, NULL);

      if (picture == NULL)
        return NULL;
    }
  return data;
}

START_TEST (decode__serves_two_threads)
{
  g_autoptr (GBytes) first = samples_make (dir, "base.png first.jpg", "first.jpg");
  g_autoptr (GBytes) second = samples_make (dir, "base.png second.png", "second.png");
  GThread           *threads[] = { g_thread_new ("first", decode_many, first), g_thread_new ("second", decode_many, second) };

  ck_assert_ptr_eq (g_thread_join (threads[0]), first);
  ck_assert_ptr_eq (g_thread_join (threads[1]), second);
}
END_TEST

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

/* The helpers that other tests left idle are children too: they go first. */
START_TEST (decode__leaves_nothing_behind)
{
  g_autoptr (GBytes) good = samples_make (dir, "base.png good.jpg", "good.jpg");
  g_autoptr (GBytes) bad = cut (good, 0.5);
  VvDecoder         *own = vv_decoder_new ();
  int                before;

  vv_decoder_free (decoder);
  decoder = vv_decoder_new ();
  before = count_descriptors ();

  for (int i = 0; i < 50; i++)
    {
      g_autoptr (VvPicture) picture = vv_decoder_decode (own, i % 5 == 4 ? bad : good, "any",
                                                         i % 2 == 0 ? VV_DECODER_FOREIGN : VV_DECODER_STORED,
                                                         NULL, NULL, NULL);

      ck_assert_int_eq (picture == NULL, i % 5 == 4);
    }
  vv_decoder_free (own);
  ck_assert_int_eq (count_descriptors (), before);
  ck_assert_int_eq (waitpid (-1, NULL, WNOHANG), -1);
  ck_assert_int_eq (errno, ECHILD);
}
END_TEST

START_TEST (decode__stops_before_it_starts)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GBytes)       file = g_bytes_new_static ("x", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  ck_assert_ptr_null (vv_decoder_decode (decoder, file, "x", VV_DECODER_FOREIGN, NULL, cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
END_TEST

static void
set_up (void)
{
  dir = vv_test_make_dir ();
  samples_make_base (dir);
  decoder = vv_decoder_new ();
}

static void
tear_down (void)
{
  vv_decoder_free (decoder);
  vv_test_remove_dir (dir);
}

static Suite *
decoder_suite (void)
{
  Suite *suite = suite_create ("decoder");
  TCase *tcase = tcase_create ("decoder");

  tcase_add_unchecked_fixture (tcase, set_up, tear_down);
  tcase_add_loop_test (tcase, decode__reads_every_format, 0, G_N_ELEMENTS (kinds));
  tcase_add_loop_test (tcase, decode__refuses_half_a_file, 0, G_N_ELEMENTS (kinds));
  tcase_add_loop_test (tcase, decode__turns_every_orientation_upright, 1, 9);
  tcase_add_loop_test (tcase, decode__turns_a_tiff_upright, 1, 9);
  tcase_add_test (tcase, decode__tells_the_kind_from_the_bytes);
  tcase_add_test (tcase, decode__refuses_what_is_no_picture);
  tcase_add_test (tcase, decode__refuses_too_many_pixels_at_once);
  tcase_add_test (tcase, decode__refuses_pixels_that_are_only_promised);
  tcase_add_test (tcase, decode__does_not_unpack_a_bomb);
  tcase_add_test (tcase, decode__serves_two_threads);
  tcase_add_test (tcase, decode__leaves_nothing_behind);
  tcase_add_test (tcase, decode__stops_before_it_starts);
  suite_add_tcase (suite, tcase);
  return suite;
}

VV_TEST_MAIN (decoder_suite)
