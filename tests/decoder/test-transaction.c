// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "vv-json.h"
#include "vv-nist.h"
#include "vv-test.h"
#include "vv-transaction-reader.h"

#define FLIPS 100

static GBytes *image;

static GBytes *
make_file (void)
{
  const VvNistRecord records[] = {
    { 2, "002=00;009=CASE-1;014=123456789;018=DOE\x1f"
         "JOHN",
      NULL },
    { 4, "a fingerprint", NULL },
    { 10, "002=02;003=FACE;004=VISAVIS;005=20190502;006=480;007=600;020=F;044=SHARP\x1e"
          "CROP",
      image },
    { 10, "002=03;003=TATTOO;004=VISAVIS;005=20190502", image },
  };

  return vv_nist_make ("TCN-0001", records, G_N_ELEMENTS (records));
}

static JsonObject *
read_file (GBytes *file, GPtrArray **images, GError **error)
{
  return vv_transaction_reader_read (file, "arrest.an2", images, /* cancellable= */ NULL, error);
}

START_TEST (transaction__gives_fields_and_images)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     file = make_file ();
  g_autoptr (GPtrArray)  images = NULL;
  g_autoptr (JsonObject) answer = read_file (file, &images, &error);
  JsonArray             *records = vv_json_array (answer, "records");
  JsonObject            *face;

  vv_assert_ok (error);
  ck_assert_int_eq (vv_json_length (records), 4); /* without the fingerprint */
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_element (records, 0), "fields"), "1.009"), "TCN-0001");
  ck_assert_str_eq (vv_json_string (vv_json_object (vv_json_element (records, 1), "fields"), "2.018"), "DOE,JOHN");
  face = vv_json_element (records, 2);
  ck_assert_int_eq (vv_json_int (face, "type"), 10);
  ck_assert_str_eq (vv_json_string (vv_json_object (face, "fields"), "10.003"), "FACE");
  ck_assert_str_eq (vv_json_string (vv_json_object (face, "fields"), "10.044"), "SHARP|CROP");
  ck_assert_int_eq (images->len, 2);
  ck_assert (g_bytes_equal (g_ptr_array_index (images, (guint) vv_json_int (face, "image")), image));
}
END_TEST

static void
assert_refused (GBytes *file, VvDecoderError code)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GPtrArray)  images = NULL;
  g_autoptr (JsonObject) answer = read_file (file, &images, &error);

  ck_assert_msg (answer == NULL, "not refused");
  ck_assert_msg (error != NULL && strstr (error->message, "“arrest.an2”") != NULL, "the message names no file");
  vv_assert_error (error, VV_DECODER_ERROR, (int) code);
}

/* The file with @to written over the first @from, which must be there. */
static GBytes *
change (GBytes *file, const char *from, const char *to)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (file, &size);
  guint8       *copy = g_memdup2 (data, size);
  guint8       *at = memmem (copy, size, from, strlen (from));

  ck_assert_ptr_nonnull (at);
  memcpy (at, to, strlen (to));
  return g_bytes_new_take (copy, size);
}

START_TEST (transaction__that_is_broken_is_refused)
{
  static const struct
  {
    const char *from, *to;
  } changes[] = {
    { "10.001:", "10.001;" },         /* no tag */
    { "10.003:FACE", "11.003:FACE" }, /* a field of another type */
    { "1.003:1", "1.103:1" },         /* nothing says what follows */
    { "\x1e"
      "10\x1f",
      "\x1e"
      "14\x1f" },            /* another type than was announced */
    { "2.001:", "2.001:9" }, /* a length that goes beyond the record */
  };
  g_autoptr (GBytes) file = make_file ();
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) / 2);
  g_autoptr (GBytes) most = g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) - 1);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("1.002:this is a letter", 22);
  g_autoptr (GBytes) start = g_bytes_new_static ("1.001:", 6);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("1.001:0\x1c", 8);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GBytes) changed = change (file, changes[i].from, changes[i].to);

      assert_refused (changed, VV_DECODER_ERROR_DAMAGED);
    }
  assert_refused (half, VV_DECODER_ERROR_DAMAGED);
  assert_refused (most, VV_DECODER_ERROR_DAMAGED);
  assert_refused (start, VV_DECODER_ERROR_DAMAGED);
  assert_refused (nothing, VV_DECODER_ERROR_DAMAGED);
  assert_refused (empty, VV_DECODER_ERROR_EMPTY);
  assert_refused (text, VV_DECODER_ERROR_TYPE);
  assert_refused (image, VV_DECODER_ERROR_TYPE);
}
END_TEST

START_TEST (transaction__survives_flipped_bytes)
{
  const char        *given = g_getenv ("VISAVIS_TEST_SEED");
  const guint32      seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_autoptr (GRand)  random = g_rand_new_with_seed (seed);
  g_autoptr (GBytes) small = image;
  g_autoptr (GBytes) file = NULL;

  image = g_bytes_new_static ("\xff\xd8\xff\xe0", 4); /* so that most changes are in what is read */
  file = make_file ();
  g_bytes_unref (image);
  image = g_steal_pointer (&small);
  for (int i = 0; i < FLIPS; i++)
    {
      g_autoptr (GError)     error = NULL;
      const gsize            size = g_bytes_get_size (file);
      guint8                *data = g_memdup2 (g_bytes_get_data (file, NULL), size);
      g_autoptr (GBytes)     bytes = g_bytes_new_take (data, size);
      g_autoptr (GPtrArray)  images = NULL;
      g_autoptr (JsonObject) answer = NULL;

      for (int flip = g_rand_int_range (random, 1, 8); flip > 0; flip--)
        data[g_rand_int_range (random, 0, (gint32) size)] = (guint8) g_rand_int_range (random, 0, 256);
      answer = read_file (bytes, &images, &error);
      if (answer == NULL)
        ck_assert_msg (error->domain == VV_DECODER_ERROR &&
                         error->code != VV_DECODER_ERROR_HELPER,
                       "VISAVIS_TEST_SEED=%u: %s", seed, error->message);
    }
}
END_TEST

static void
set_up (void)
{
  g_autofree char *path = vv_test_source ("data/people/P001_gallery.jpg");

  image = vv_test_read (path);
}

static void
tear_down (void)
{
  g_clear_pointer (&image, g_bytes_unref);
}

static Suite *
transaction_suite (void)
{
  Suite *suite = suite_create ("transaction");
  TCase *tcase = tcase_create ("transaction");

  tcase_add_unchecked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, transaction__gives_fields_and_images);
  tcase_add_test (tcase, transaction__that_is_broken_is_refused);
  tcase_add_test (tcase, transaction__survives_flipped_bytes);
  suite_add_tcase (suite, tcase);
  return suite;
}

VV_TEST_MAIN (transaction_suite)
