// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-decoder.h"
#include "vv-film.h"
#include "vv-json.h"
#include "vv-test.h"
#include "vv-video-reader.h"

#define FRAMES 60
#define FLIPS  15

static const struct
{
  VvFilm      film;
  const char *container;
  const char *codec;
  gboolean    not_counted; /* MPEG-PS gives a time to some packets only */
} kinds[] = {
  { { "mp4", "libx264", 320, 240, FRAMES, 25, 12, 2 }, "mp4", "h264" },
  { { "mov", "mpeg4", 320, 240, FRAMES, 25, 12, 0 }, "mp4", "mpeg4" },
  { { "mp4", "libx265", 320, 240, FRAMES, 25, 12, 2 }, "mp4", "hevc" },
  { { "mp4", "libaom-av1", 320, 240, FRAMES, 25, 12, 0 }, "mp4", "av1" },
  { { "matroska", "libx264", 320, 240, FRAMES, 10, 30, 3 }, "mkv", "h264" },
  { { "webm", "libvpx", 320, 240, FRAMES, 25, 12, 0 }, "mkv", "vp8" },
  { { "webm", "libvpx-vp9", 320, 240, FRAMES, 25, 12, 0 }, "mkv", "vp9" },
  { { "avi", "mjpeg", 320, 240, FRAMES, 25, 1, 0 }, "avi", "mjpeg" },
  { { "avi", "mpeg4", 320, 240, FRAMES, 25, 12, 0 }, "avi", "mpeg4" },
  { { "mpegts", "libx264", 320, 240, FRAMES, 25, 12, 2 }, "ts", "h264" },
  { { "mpegts", "mpeg2video", 320, 240, FRAMES, 25, 12, 2 }, "ts", "mpeg2video" },
  { { "vob", "mpeg2video", 320, 240, FRAMES, 25, 12, 2 }, "mpg", "mpeg2video", TRUE },
  { { "mp4", "libx264", 720, 576, 8, 25, 4, 0 }, "mp4", "h264" },
};

static VvVideoReader *
open_film (GBytes *file, GError **error)
{
  return vv_video_reader_new (file, "shop.mp4", /* cancellable= */ NULL, error);
}

static void
assert_frame (VvVideoReader *video, int number, const char *what)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvPicture) picture = vv_video_reader_frame (video, number, 0, NULL, &error);

  vv_assert_ok (error);
  ck_assert_msg (vv_film_number (picture) == number, "%s: asked for %d, shows %d", what, number, vv_film_number (picture));
}

/* Forwards, backwards, back and forth: always the frame that was asked for. */
START_TEST (video__gives_the_very_frame)
{
  const VvFilm             *film = &kinds[_i].film;
  g_autofree char          *what = g_strdup_printf ("%s in %s", film->encoder, film->container);
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        file = vv_film_make (film);
  g_autoptr (VvVideoReader) video = NULL;
  JsonObject               *facts;

  if (file == NULL)
    {
      g_print ("# skipped %s: no encoder here\n", what);
      return;
    }
  video = open_film (file, &error);
  ck_assert_msg (error == NULL, "%s: %s", what, error != NULL ? error->message : "");
  facts = vv_video_reader_facts (video);
  ck_assert_str_eq (vv_json_string (facts, "container"), kinds[_i].container);
  ck_assert_str_eq (vv_json_string (facts, "codec"), kinds[_i].codec);
  ck_assert_int_eq (vv_json_int (facts, "width"), film->width);
  ck_assert_int_eq (vv_json_int (facts, "height"), film->height);
  ck_assert_msg (vv_json_int (facts, "frames") == film->n_frames, "%s: %d frames", what, (int) vv_json_int (facts, "frames"));
  ck_assert_int_eq (vv_json_bool (facts, "counted"), !kinds[_i].not_counted);
  ck_assert (!vv_json_bool (facts, "cut_off"));
  ck_assert_double_eq_tol (vv_json_double (facts, "rate"), film->rate, 0.01);
  ck_assert_double_eq_tol (vv_json_double (facts, "seconds"), (film->n_frames - 1.0) / film->rate, 0.01);
  for (int i = 0; i < film->n_frames; i++)
    {
      assert_frame (video, i, what);
      ck_assert_int_le (ABS (vv_video_reader_time (video, i) - (gint64) i * G_USEC_PER_SEC / film->rate), 1000);
    }
  for (int i = film->n_frames - 1; i >= 0; i -= 7)
    assert_frame (video, i, what);
  for (int i = 0; i < film->n_frames; i++)
    assert_frame (video, (i * 23) % film->n_frames, what);
}
END_TEST

START_TEST (video__says_the_time)
{
  const VvFilm              film = { "mp4", "mpeg4", 320, 240, 60, 10, 10, 0 };
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        file = vv_film_make (&film);
  g_autoptr (VvVideoReader) video = open_film (file, &error);
  g_autofree char          *first = vv_video_reader_time_code (video, 0);
  g_autofree char          *later = vv_video_reader_time_code (video, 47);

  vv_assert_ok (error);
  ck_assert_str_eq (first, "00:00:00.000");
  ck_assert_str_eq (later, "00:00:04.700");
  ck_assert_ptr_null (vv_video_reader_time_code (video, 60));
  ck_assert_ptr_null (vv_video_reader_time_code (video, -1));
  ck_assert_ptr_null (vv_video_reader_frame (video, 60, 0, NULL, &error));
  vv_assert_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE);
  ck_assert_ptr_null (vv_video_reader_frame (video, -1, 0, NULL, &error));
  vv_assert_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE);
}
END_TEST

START_TEST (video__makes_a_strip)
{
  const VvFilm              film = { "mp4", "libx264", 320, 240, 60, 25, 12, 2 };
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        file = vv_film_make (&film);
  g_autoptr (VvVideoReader) video = open_film (file, &error);
  g_autoptr (GArray)        few = vv_video_reader_strip (video, 5);
  g_autoptr (GArray)        all = vv_video_reader_strip (video, 100);
  g_autoptr (VvPicture)     small = vv_video_reader_frame (video, 17, 160, NULL, &error);

  vv_assert_ok (error);
  ck_assert_int_eq (few->len, 5);
  for (guint i = 0; i < few->len; i++)
    {
      ck_assert_int_eq (g_array_index (few, gint64, i) % 12, 0); /* a key frame */
      ck_assert_int_eq (g_array_index (few, gint64, i), i * 12);
    }
  ck_assert_int_eq (all->len, 60);
  ck_assert_int_eq (g_array_index (all, gint64, 59), 59);
  ck_assert_int_eq (small->width, 160);
  ck_assert_int_eq (small->height, 120);
  ck_assert_int_eq (vv_film_number (small), 17);
}
END_TEST

START_TEST (video__is_turned_upright)
{
  const VvFilm              film = { "mp4", "mpeg4", 320, 240, 8, 25, 8, 0, _i * 90 };
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        file = vv_film_make (&film);
  g_autoptr (VvVideoReader) video = open_film (file, &error);
  g_autoptr (VvPicture)     picture = vv_video_reader_frame (video, 5, 0, NULL, &error);
  const int                 corner = 10; /* within the square of the lowest bit, which is white */
  int                       x, y;

  vv_assert_ok (error);
  ck_assert_int_eq (picture->width, _i % 2 == 0 ? 320 : 240);
  ck_assert_int_eq (vv_json_int (vv_video_reader_facts (video), "width"), picture->width);
  x = _i == 1 || _i == 2 ? picture->width - corner : corner;
  y = _i >= 2 ? picture->height - corner : corner;
  ck_assert_int_gt (vv_picture_row (picture, y)[x * 4], 200);
}
END_TEST

static void
assert_refused (GBytes *file, VvDecoderError code)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (VvVideoReader) video = open_film (file, &error);

  ck_assert_msg (video == NULL, "not refused");
  ck_assert_msg (error != NULL && strstr (error->message, "“shop.mp4”") != NULL, "the message names no file");
  vv_assert_error (error, VV_DECODER_ERROR, (int) code);
}

START_TEST (video__refuses_what_is_no_video)
{
  g_autofree char   *path = vv_test_source ("data/people/P001_gallery.jpg");
  g_autoptr (GBytes) picture = vv_test_read (path);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("To whom it may concern: this is the video.", 42);
  g_autoptr (GBytes) list = g_bytes_new_static ("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", 38);
  g_autoptr (GBytes) concat = g_bytes_new_static ("ffconcat version 1.0\nfile '/etc/passwd'\n", 40);
  g_autoptr (GBytes) start = g_bytes_new_static ("\0\0\0\x18"
                                                 "ftypmp42\0\0\0\0mp42isom",
                                                 24);

  assert_refused (picture, VV_DECODER_ERROR_TYPE);
  assert_refused (empty, VV_DECODER_ERROR_EMPTY);
  assert_refused (text, VV_DECODER_ERROR_TYPE);
  assert_refused (list, VV_DECODER_ERROR_TYPE);
  assert_refused (concat, VV_DECODER_ERROR_TYPE);
  assert_refused (start, VV_DECODER_ERROR_DAMAGED);
}
END_TEST

/* MP4 keeps what it is at the end; Matroska tells as it goes. */
START_TEST (video__is_cut_off)
{
  const VvFilm              mp4 = { "mp4", "mpeg4", 320, 240, 60, 25, 12, 0 };
  const VvFilm              mkv = { "matroska", "mpeg4", 320, 240, 60, 25, 12, 0 };
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        whole_mp4 = vv_film_make (&mp4);
  g_autoptr (GBytes)        whole_mkv = vv_film_make (&mkv);
  g_autoptr (GBytes)        half_mp4 = g_bytes_new_from_bytes (whole_mp4, 0, g_bytes_get_size (whole_mp4) / 2);
  g_autoptr (GBytes)        half_mkv = g_bytes_new_from_bytes (whole_mkv, 0, g_bytes_get_size (whole_mkv) / 2);
  g_autoptr (VvVideoReader) video = open_film (half_mkv, &error);

  vv_assert_ok (error);
  ck_assert_int_lt (vv_json_int (vv_video_reader_facts (video), "frames"), 60);
  ck_assert_int_gt (vv_json_int (vv_video_reader_facts (video), "frames"), 10);
  assert_frame (video, 10, "half a Matroska file");
  assert_refused (half_mp4, VV_DECODER_ERROR_DAMAGED);
}
END_TEST

/* A size that nobody can mean, in the header of an AVI and of its stream. */
START_TEST (video__refuses_an_absurd_size)
{
  const VvFilm              film = { "avi", "mjpeg", 320, 240, 8, 25, 1, 0 };
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        file = vv_film_make (&film);
  gsize                     size;
  guint8                   *data = g_bytes_unref_to_data (g_steal_pointer (&file), &size);
  g_autoptr (GBytes)        large = NULL;
  g_autoptr (VvVideoReader) video = NULL;
  int                       patched = 0;

  for (gsize i = 0; i + 9 < size; i++)
    if (data[i] == 0xff && data[i + 1] == 0xc0) /* SOF0 of JPEG: height and width */
      {
        memcpy (data + i + 5, "\xea\x60\xea\x60", 4);
        patched++;
      }
  ck_assert_int_ge (patched, 8);
  large = g_bytes_new_take (data, size);
  assert_refused (large, VV_DECODER_ERROR_DAMAGED);
}
END_TEST

START_TEST (video__stops_when_cancelled)
{
  const VvFilm              film = { "mp4", "mpeg4", 320, 240, 8, 25, 8, 0 };
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        file = vv_film_make (&film);
  g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr (VvVideoReader) video = open_film (file, &error);
  g_autoptr (VvPicture)     picture = NULL;

  vv_assert_ok (error);
  g_cancellable_cancel (cancellable);
  ck_assert_ptr_null (vv_video_reader_frame (video, 3, 0, cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ck_assert_ptr_null (vv_video_reader_new (file, "shop.mp4", cancellable, &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_frame (video, 3, "after a cancelled question");
}
END_TEST

/* Frames or a proper error; never a helper that broke out of its confinement's list of calls. */
static void
look_at (GBytes *file, const char *what)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (VvVideoReader) video = open_film (file, &error);

  if (video != NULL)
    {
      const gint64          last = vv_json_int (vv_video_reader_facts (video), "frames") - 1;
      g_autoptr (VvPicture) picture = vv_video_reader_frame (video, last, 0, NULL, &error);
    }
  if (error != NULL)
    ck_assert_msg (error->domain == VV_DECODER_ERROR && error->code != VV_DECODER_ERROR_HELPER, "%s: %s", what, error->message);
}

START_TEST (video__survives_flipped_bytes)
{
  const char        *given = g_getenv ("VISAVIS_TEST_SEED");
  const guint32      seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_autoptr (GRand)  random = g_rand_new_with_seed (seed);
  VvFilm             film = kinds[_i].film;
  g_autofree char   *what = NULL;
  g_autoptr (GBytes) file = NULL;

  film.n_frames = 8;
  what = g_strdup_printf ("%s in %s with VISAVIS_TEST_SEED=%u", film.encoder, film.container, seed);
  file = vv_film_make (&film);
  for (int i = 0; i < FLIPS && file != NULL; i++)
    {
      const gsize        size = g_bytes_get_size (file);
      guint8            *data = g_memdup2 (g_bytes_get_data (file, NULL), size);
      g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
      const int          count = g_rand_int_range (random, 1, 8);

      for (int flip = 0; flip < count; flip++)
        data[g_rand_int_range (random, 0, (gint32) (i % 2 == 0 ? size : MIN (size, 2000)))] = (guint8) g_rand_int_range (random, 0, 256);
      look_at (bytes, what);
    }
}
END_TEST

static Suite *
video_suite (void)
{
  Suite *suite = suite_create ("video");
  TCase *tcase = tcase_create ("video");

  tcase_add_loop_test (tcase, video__gives_the_very_frame, 0, G_N_ELEMENTS (kinds));
  tcase_add_test (tcase, video__says_the_time);
  tcase_add_test (tcase, video__makes_a_strip);
  tcase_add_loop_test (tcase, video__is_turned_upright, 0, 4);
  tcase_add_test (tcase, video__refuses_what_is_no_video);
  tcase_add_test (tcase, video__is_cut_off);
  tcase_add_test (tcase, video__refuses_an_absurd_size);
  tcase_add_test (tcase, video__stops_when_cancelled);
  tcase_add_loop_test (tcase, video__survives_flipped_bytes, 0, G_N_ELEMENTS (kinds));
  suite_add_tcase (suite, tcase);
  return suite;
}

VV_TEST_MAIN (video_suite)
