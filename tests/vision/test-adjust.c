// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "vv-adjust.h"
#include "vv-json.h"
#include "vv-test.h"
#include "vv-vision.h"

#define WIDTH  211
#define HEIGHT 163

/* The list in @text. (transfer full) */
static JsonArray *
list (const char *text)
{
  g_autofree char       *whole = g_strdup_printf ("{\"list\":%s}", text);
  GError                *error = NULL;
  g_autoptr (JsonObject) object = vv_json_parse (whole, -1, "the list", &error);

  vv_assert_ok (error);
  return json_array_ref (vv_json_array (object, "list"));
}

static VvPicture *
take (guint8 *pixels, int width, int height)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, 4 * (gsize) width * (gsize) height);

  return vv_picture_new (width, height, 4 * (gsize) width, bytes);
}

/* Ramps, a disc and noise: something for every step to work on. Whole numbers only. */
static VvPicture *
scene (int width, int height)
{
  guint8 *pixels = g_malloc (4 * (gsize) width * (gsize) height);
  guint8 *p = pixels;
  guint32 state = 1;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, p += 4)
      {
        gboolean disc = (x - 90) * (x - 90) + (y - 70) * (y - 70) < 40 * 40;

        state = state * 1664525u + 1013904223u;
        p[0] = (guint8) CLAMP (20 + x / 2 + (int) (state >> 28), 0, 255);
        p[1] = (guint8) CLAMP (disc ? 190 : 30 + y + (int) (state >> 20 & 15), 0, 255);
        p[2] = (guint8) CLAMP (240 - x / 3 - y / 3 - (int) (state >> 12 & 15), 0, 255);
        p[3] = 255;
      }
  return take (pixels, width, height);
}

/* One shade, with a soft bright spot around (@x, @y). */
static VvPicture *
spot (int width, int height, double x, double y)
{
  guint8 *pixels = g_malloc (4 * (gsize) width * (gsize) height);

  for (int i = 0; i < width * height; i++)
    {
      double dx = i % width + 0.5 - x, dy = i / width + 0.5 - y;

      memset (pixels + 4 * i, (int) (220 * exp (-(dx * dx + dy * dy) / 50)), 3);
      pixels[4 * i + 3] = 255;
    }
  return take (pixels, width, height);
}

/* Where the light of a dark picture is. */
static VvPoint
centroid (const VvPicture *picture)
{
  double x_sum = 0, y_sum = 0, sum = 0;

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      {
        /* The grey beside a turned picture, with what a kernel adds at its edge, is darker than the spot and is left out. */
        double light = MAX (vv_picture_row (picture, y)[4 * x + 1] - 160, 0);

        x_sum += light * (x + 0.5);
        y_sum += light * (y + 0.5);
        sum += light;
      }
  ck_assert (sum > 0);
  return (VvPoint){ (float) (x_sum / sum), (float) (y_sum / sum) };
}

static VvPicture *
adjusted (VvPicture *picture, const char *text, guint threads)
{
  g_autoptr (JsonArray) steps = list (text);
  GError               *error = NULL;
  VvPicture            *derived = vv_adjust (picture, steps, 1, threads, NULL, &error);

  vv_assert_ok (error);
  return derived;
}

/* The same of the test scene. */
static VvPicture *
adjusted_scene (int width, int height, const char *text)
{
  g_autoptr (VvPicture) picture = scene (width, height);

  return adjusted (picture, text, 0);
}

static const guint8 *
pixel (const VvPicture *picture, int x, int y)
{
  return vv_picture_row (picture, y) + 4 * x;
}

/* --- The same bytes, always ------------------------------------------------------------------------------------------ */

static const struct
{
  const char *list;
  const char *sha256;
} recorded[] = {
#include "adjust-hashes.inc"
};

START_TEST (every_step__gives_the_recorded_bytes_whatever_the_threads)
{
  g_autoptr (VvPicture) picture = scene (WIDTH, HEIGHT);
  g_autofree char      *before = vv_adjust_hash (picture);
  g_autofree char      *after = NULL;

  for (guint threads = 1; threads <= 3; threads++)
    for (int run = 0; run < 2; run++)
      {
        g_autoptr (VvPicture) derived = adjusted (picture, recorded[_i].list, threads);
        g_autofree char      *sha256 = vv_adjust_hash (derived);

        if (g_getenv ("VV_RECORD") != NULL && threads == 1 && run == 0)
          g_printerr ("  { \"%s\",\n    \"%s\" },\n", g_strescape (recorded[_i].list, NULL), sha256);
        else if (g_getenv ("VV_RECORD") == NULL)
          ck_assert_msg (strcmp (sha256, recorded[_i].sha256) == 0, "%s with %u threads: %s", recorded[_i].list, threads, sha256);
      }
  after = vv_adjust_hash (picture);
  ck_assert_str_eq (before, after);
}
END_TEST

/* A step that nobody recorded a hash of is a step nobody can replay with confidence. */
START_TEST (recorded__has_every_step_and_choice)
{
  g_autoptr (JsonArray) table = vv_adjust_table ();
  GString              *all = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (recorded); i++)
    g_string_append (all, recorded[i].list);
  for (guint i = 0; i < vv_json_length (table); i++)
    {
      JsonObject      *step = vv_json_element (table, i);
      g_autofree char *name = g_strdup_printf ("\"step\":\"%s\"", vv_json_string (step, "step"));

      ck_assert_msg (strstr (all->str, name) != NULL, "no hash of %s", name);
      for (guint v = 0; v < vv_json_length (vv_json_array (step, "values")); v++)
        {
          JsonArray *choices = vv_json_array (vv_json_element (vv_json_array (step, "values"), v), "choices");

          for (guint c = 0; c < vv_json_length (choices); c++)
            ck_assert_msg (strstr (all->str, vv_json_string (vv_json_element (choices, c), "choice")) != NULL, "no hash of %s %s",
                           name, vv_json_string (vv_json_element (choices, c), "choice"));
        }
    }
  g_string_free (all, TRUE);
}
END_TEST

/* --- What each step does ------------------------------------------------------------------------------------------------- */

START_TEST (defaults__change_nothing)
{
  static const char *const neutral[] = { "exposure", "contrast", "gamma", "levels", "white-balance", "rotate", "crop", "resample", "lens" };
  g_autoptr (VvPicture)    picture = scene (WIDTH, HEIGHT);
  g_autofree char         *before = vv_adjust_hash (picture);

  for (gsize i = 0; i < G_N_ELEMENTS (neutral); i++)
    {
      g_autofree char      *text = g_strdup_printf ("[{\"step\":\"%s\"}]", neutral[i]);
      g_autoptr (VvPicture) derived = adjusted (picture, text, 0);
      g_autofree char      *sha256 = vv_adjust_hash (derived);

      ck_assert_msg (strcmp (before, sha256) == 0, "%s", neutral[i]);
    }
}
END_TEST

START_TEST (off__does_nothing)
{
  g_autoptr (VvPicture) picture = scene (WIDTH, HEIGHT);
  g_autoptr (VvPicture) derived = adjusted (picture, "[{\"step\":\"grey\",\"on\":false},{\"step\":\"crop\",\"x\":9,\"on\":false}]", 0);
  g_autofree char      *before = vv_adjust_hash (picture);
  g_autofree char      *after = vv_adjust_hash (derived);

  ck_assert_str_eq (before, after);
}
END_TEST

START_TEST (exposure__halves_light)
{
  g_autoptr (VvPicture) white = adjusted_scene (8, 8, "[{\"step\":\"levels\",\"white\":1}]");
  g_autoptr (VvPicture) dim = adjusted (white, "[{\"step\":\"exposure\",\"stops\":-1}]", 1);

  /* White at half the light is sRGB 187.5: 188. */
  ck_assert_int_eq (pixel (dim, 3, 3)[1], 188);
}
END_TEST

/* Against the C library's functions, which may differ from ours in the last bit and so never in eight. */
START_TEST (tone__follows_the_formulas)
{
  guint8               *pixels = g_malloc (4 * 256);
  g_autoptr (VvPicture) ramp = NULL;
  g_autoptr (VvPicture) gamma = NULL;
  g_autoptr (VvPicture) exposure = NULL;

  for (int i = 0; i < 256; i++)
    memset (pixels + 4 * i, i, 4);
  ramp = take (pixels, 256, 1);
  gamma = adjusted (ramp, "[{\"step\":\"gamma\",\"gamma\":2.2}]", 1);
  exposure = adjusted (ramp, "[{\"step\":\"exposure\",\"stops\":0.75}]", 1);
  for (int i = 0; i < 256; i++)
    {
      double v = i / 255.0;
      double light = MIN ((v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4)) * pow (2, 0.75), 1);

      ck_assert_int_eq (pixel (gamma, i, 0)[0], (int) round (255 * pow (v, 1 / 2.2)));
      ck_assert_int_eq (pixel (exposure, i, 0)[2],
                        (int) round (255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * pow (light, 1 / 2.4) - 0.055)));
      ck_assert_int_eq (pixel (gamma, i, 0)[3], i);
    }
}
END_TEST

START_TEST (white_balance__makes_the_card_grey)
{
  guint8               *pixels = g_malloc (4);
  g_autoptr (VvPicture) card = NULL;
  g_autoptr (VvPicture) derived = NULL;

  memcpy (pixels, (guint8[]){ 90, 130, 180, 255 }, 4);
  card = take (pixels, 1, 1);
  derived = adjusted (card, "[{\"step\":\"white-balance\",\"red\":180,\"green\":130,\"blue\":90}]", 1);
  ck_assert_int_eq (pixel (derived, 0, 0)[0], pixel (derived, 0, 0)[1]);
  ck_assert_int_eq (pixel (derived, 0, 0)[1], pixel (derived, 0, 0)[2]);
  ck_assert_int_gt (pixel (derived, 0, 0)[0], 90);
  ck_assert_int_lt (pixel (derived, 0, 0)[0], 180);
}
END_TEST

START_TEST (crop__is_the_pixels_themselves)
{
  g_autoptr (VvPicture) picture = scene (WIDTH, HEIGHT);
  g_autoptr (VvPicture) derived = adjusted (picture, "[{\"step\":\"crop\",\"x\":10,\"y\":20,\"width\":30,\"height\":0}]", 0);

  ck_assert_int_eq (derived->width, 30);
  ck_assert_int_eq (derived->height, HEIGHT - 20);
  for (int y = 0; y < derived->height; y++)
    ck_assert_int_eq (memcmp (pixel (derived, 0, y), pixel (picture, 10, y + 20), 30 * 4), 0);
}
END_TEST

START_TEST (quarter_turns__only_carry_pixels)
{
  g_autoptr (VvPicture) picture = scene (WIDTH, HEIGHT);
  g_autoptr (VvPicture) quarter = adjusted (picture, "[{\"step\":\"rotate\",\"degrees\":90}]", 0);
  g_autoptr (VvPicture) whole = adjusted (quarter, "[{\"step\":\"rotate\",\"degrees\":90},{\"step\":\"rotate\",\"degrees\":180}]", 0);
  g_autofree char      *before = vv_adjust_hash (picture);
  g_autofree char      *after = vv_adjust_hash (whole);

  ck_assert_int_eq (quarter->width, HEIGHT);
  /* Clockwise: the upper left corner goes to the upper right. */
  ck_assert_int_eq (memcmp (pixel (quarter, HEIGHT - 1, 0), pixel (picture, 0, 0), 4), 0);
  ck_assert_str_eq (before, after);
}
END_TEST

START_TEST (deinterlace__keeps_the_lines_of_one_field)
{
  g_autoptr (VvPicture) picture = scene (WIDTH, HEIGHT);
  g_autoptr (VvPicture) derived = adjusted (picture, "[{\"step\":\"deinterlace\",\"field\":\"bottom\"}]", 2);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        int expected = pixel (picture, x, y)[2];

        if (y % 2 == 0)
          expected = (pixel (picture, x, y > 0 ? y - 1 : 1)[2] + pixel (picture, x, y + 1 < HEIGHT ? y + 1 : y - 1)[2] + 1) / 2;
        ck_assert_int_eq (pixel (derived, x, y)[2], expected);
      }
}
END_TEST

/* The plain definition: sort, take the middle. */
START_TEST (median__is_the_middle_of_the_window)
{
  g_autoptr (VvPicture) picture = scene (40, 30);
  g_autoptr (VvPicture) derived = adjusted (picture, "[{\"step\":\"denoise\",\"method\":\"median\",\"radius\":2}]", 0);

  for (int y = 0; y < 30; y++)
    for (int x = 0; x < 40; x++)
      {
        int count[256] = { 0 }, seen = 0, value = 0;

        for (int v = y - 2; v <= y + 2; v++)
          for (int u = x - 2; u <= x + 2; u++)
            count[pixel (picture, CLAMP (u, 0, 39), CLAMP (v, 0, 29))[0]]++;
        while ((seen += count[value]) <= 12)
          value++;
        ck_assert_int_eq (pixel (derived, x, y)[0], value);
      }
}
END_TEST

static double
spread (const VvPicture *picture, int channel)
{
  double sum = 0, squares = 0, n = picture->width * picture->height;

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      {
        sum += pixel (picture, x, y)[channel];
        squares += pixel (picture, x, y)[channel] * pixel (picture, x, y)[channel];
      }
  return squares / n - sum / n * (sum / n);
}

START_TEST (clahe__widens_a_narrow_range_and_bilateral_narrows_noise)
{
  g_autoptr (VvPicture) dull = adjusted_scene (WIDTH, HEIGHT, "[{\"step\":\"contrast\",\"percent\":-80},{\"step\":\"grey\"}]");
  g_autoptr (VvPicture) even = adjusted (dull, "[{\"step\":\"clahe\",\"clip\":8,\"tiles\":2}]", 0);
  g_autoptr (VvPicture) noise = adjusted_scene (60, 8, "[{\"step\":\"crop\",\"x\":0,\"width\":8}]");
  g_autoptr (VvPicture) calm = adjusted (noise, "[{\"step\":\"denoise\",\"method\":\"bilateral\",\"radius\":2,\"strength\":30}]", 0);

  ck_assert (spread (even, 1) > 2 * spread (dull, 1));
  ck_assert (spread (calm, 0) < spread (noise, 0) / 2);
}
END_TEST

/* An edge gets an overshoot on both sides; an even area stays as it is to the last bit. */
START_TEST (unsharp__works_on_edges_alone)
{
  g_autoptr (VvPicture) edge = NULL;
  g_autoptr (VvPicture) sharp = NULL;
  guint8               *pixels = g_malloc (4 * 64 * 16);

  for (int i = 0; i < 64 * 16; i++)
    memset (pixels + 4 * i, i % 64 < 32 ? 80 : 160, 4);
  edge = take (pixels, 64, 16);
  sharp = adjusted (edge, "[{\"step\":\"unsharp\",\"radius\":2,\"amount\":100,\"threshold\":0}]", 0);
  ck_assert_int_lt (pixel (sharp, 31, 8)[1], 70);
  ck_assert_int_gt (pixel (sharp, 32, 8)[1], 170);
  ck_assert_int_eq (pixel (sharp, 3, 8)[1], 80);
  ck_assert_int_eq (pixel (sharp, 60, 8)[1], 160);
  ck_assert_int_eq (pixel (sharp, 32, 8)[3], 160); /* the alpha channel is no brightness */
}
END_TEST

START_TEST (resample__keeps_an_even_area_with_every_kernel)
{
  static const char *const kernels[] = { "nearest", "bilinear", "bicubic", "lanczos3" };
  static const double      sizes[] = { 5, 33.3, 99.9, 100, 250, 800 };
  guint8                  *pixels = g_malloc (4 * 50 * 40);
  g_autoptr (VvPicture)    plain = NULL;

  memset (pixels, 201, 4 * 50 * 40);
  plain = take (pixels, 50, 40);
  for (gsize k = 0; k < G_N_ELEMENTS (kernels); k++)
    for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autofree char      *text = g_strdup_printf ("[{\"step\":\"resample\",\"percent\":%.1f,\"kernel\":\"%s\"}]", sizes[s], kernels[k]);
        g_autoptr (VvPicture) derived = adjusted (plain, text, 0);

        ck_assert_int_eq (derived->width, MAX ((int) floor (50 * sizes[s] / 100 + 0.5), 1));
        for (int y = 0; y < derived->height; y++)
          for (int x = 0; x < 4 * derived->width; x++)
            ck_assert_int_eq (vv_picture_row (derived, y)[x], 201);
      }
}
END_TEST

/* --- Points go where the pixels go ------------------------------------------------------------------------------------------ */

static const char *const geometric[] = {
  "[{\"step\":\"rotate\",\"degrees\":17.3}]",
  "[{\"step\":\"rotate\",\"degrees\":-90}]",
  "[{\"step\":\"rotate\",\"degrees\":180}]",
  "[{\"step\":\"crop\",\"x\":20,\"y\":11,\"width\":120}]",
  "[{\"step\":\"resample\",\"percent\":61,\"kernel\":\"lanczos3\"}]",
  "[{\"step\":\"resample\",\"percent\":170,\"aspect\":0.8}]",
  "[{\"step\":\"lens\",\"k\":0.31}]",
  "[{\"step\":\"lens\",\"k\":-0.25,\"kernel\":\"bilinear\"}]",
  "[{\"step\":\"crop\",\"x\":9,\"y\":5},{\"step\":\"rotate\",\"degrees\":-31},{\"step\":\"grey\"},{\"step\":\"lens\",\"k\":0.1},{\"step\":\"resample\",\"percent\":140}]",
};

START_TEST (points__go_where_the_pixels_go_and_come_back)
{
  g_autoptr (JsonArray) steps = list (geometric[_i]);
  g_autoptr (VvPicture) picture = spot (WIDTH, HEIGHT, 61.5, 48.25);
  g_autoptr (VvPicture) derived = adjusted (picture, geometric[_i], 0);
  VvPoint               found = centroid (derived);
  VvPoint               moved = centroid (picture);
  VvPoint               start = moved;

  ck_assert (vv_adjust_points (steps, WIDTH, HEIGHT, FALSE, &moved, 1, NULL));
  ck_assert_msg (hypot ((double) (moved.x - found.x), (double) (moved.y - found.y)) < 0.25, "%s: %.2f %.2f, not %.2f %.2f", geometric[_i],
                 (double) moved.x, (double) moved.y, (double) found.x, (double) found.y);
  ck_assert (vv_adjust_points (steps, WIDTH, HEIGHT, TRUE, &moved, 1, NULL));
  ck_assert (hypot ((double) (moved.x - start.x), (double) (moved.y - start.y)) < 0.01);
}
END_TEST

START_TEST (faces__are_moved_whole)
{
  g_autoptr (JsonArray) steps = list ("[{\"step\":\"rotate\",\"degrees\":90},{\"step\":\"crop\",\"x\":5,\"y\":6}]");
  VvFace                face = { .box = { 10, 20, 30, 40 }, .five = { { 15, 25 } } };

  ck_assert (vv_adjust_face (steps, 100, 80, FALSE, &face, NULL));
  ck_assert_float_eq_tol (face.box.x, 80 - 60 - 5, 1e-3);
  ck_assert_float_eq_tol (face.box.y, 10 - 6, 1e-3);
  ck_assert_float_eq_tol (face.box.width, 40, 1e-3);
  ck_assert_float_eq_tol (face.box.height, 30, 1e-3);
  ck_assert_float_eq_tol (face.five[0].x, 80 - 25 - 5, 1e-3);
  ck_assert_float_eq_tol (face.five[0].y, 15 - 6, 1e-3);
}
END_TEST

/* --- What is refused --------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *list, *says;
} refused[] = {
  { "[{\"step\":\"warp\"}]", "closed" },
  { "[{\"step\":\"clone\",\"x\":3}]", "closed" },
  { "[{}]", "closed" },
  { "[7]", "object" },
  { "[{\"step\":\"exposure\",\"stops\":4.1}]", "from -4.00 to 4.00" },
  { "[{\"step\":\"exposure\",\"stops\":\"1\"}]", "number" },
  { "[{\"step\":\"exposure\",\"stop\":1}]", "no value" },
  { "[{\"step\":\"exposure\",\"on\":1}]", "true or false" },
  { "[{\"step\":\"channel\",\"channel\":\"alpha\"}]", "red" },
  { "[{\"step\":\"channel\",\"channel\":2}]", "red" },
  { "[{\"step\":\"levels\",\"black\":100,\"white\":100}]", "below white" },
  { "[{\"step\":\"crop\",\"x\":211}]", "211 × 163" },
  { "[{\"step\":\"crop\",\"x\":1,\"width\":211}]", "211 × 163" },
  { "[{\"step\":\"crop\",\"width\":50},{\"step\":\"crop\",\"x\":50}]", "50 × 163" },
  { "[{\"step\":\"resample\",\"percent\":800},{\"step\":\"resample\",\"percent\":800},{\"step\":\"resample\",\"percent\":800}]", "120 megapixels" },
  { "[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]", "at most 32" },
};

START_TEST (anything_else__is_refused_with_a_sentence)
{
  g_autoptr (VvPicture) picture = scene (WIDTH, HEIGHT);
  g_autoptr (JsonArray) steps = list (refused[_i].list);
  GError               *error = NULL;

  ck_assert_ptr_null (vv_adjust (picture, steps, 1, 0, NULL, &error));
  ck_assert (g_error_matches (error, VV_VISION_ERROR, VV_VISION_ERROR_ADJUSTMENT));
  ck_assert_msg (strstr (error->message, refused[_i].says) != NULL, "%s", error->message);
  g_error_free (error);
}
END_TEST

START_TEST (cancelled__stops_with_that_error)
{
  g_autoptr (VvPicture)    picture = scene (WIDTH, HEIGHT);
  g_autoptr (JsonArray)    steps = list ("[{\"step\":\"denoise\"}]");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GError                  *error = NULL;

  g_cancellable_cancel (cancellable);
  ck_assert_ptr_null (vv_adjust (picture, steps, 1, 0, cancellable, &error));
  ck_assert (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_error_free (error);
}
END_TEST

/* Every step at its edges on pictures of one pixel, one line and a narrow strip. */
START_TEST (odd_pictures__are_worked_on)
{
  static const int      sizes[][2] = { { 1, 1 }, { 1, 300 }, { 300, 1 }, { 2, 3 }, { 3000, 4 }, { 40, 40 } };
  g_autoptr (VvPicture) picture = scene (sizes[_i][0], sizes[_i][1]);

  for (gsize i = 0; i < G_N_ELEMENTS (recorded); i++)
    if (strstr (recorded[i].list, "crop") == NULL)
      {
        g_autoptr (VvPicture) derived = adjusted (picture, recorded[i].list, 2);

        ck_assert_int_ge (derived->width, 1);
      }
}
END_TEST

/* --- Lists ------------------------------------------------------------------------------------------------------------------------ */

START_TEST (read__completes_and_rounds)
{
  g_autoptr (JsonArray)  steps = list ("[{\"step\":\"exposure\",\"stops\":0.30000000000000004},{\"step\":\"resample\",\"percent\":50,\"on\":false}]");
  g_autoptr (JsonArray)  whole = vv_adjust_read (steps, NULL);
  g_autoptr (JsonObject) holder = vv_json_new ("list", "a", json_array_ref (whole), NULL);
  g_autofree char       *text = vv_json_canonical (holder);

  ck_assert_str_eq (text, "{\"list\":[{\"on\":true,\"step\":\"exposure\",\"stops\":0.3},"
                          "{\"aspect\":1,\"kernel\":\"bicubic\",\"on\":false,\"percent\":50,\"step\":\"resample\"}]}");
}
END_TEST

START_TEST (describe__says_what_is_on)
{
  g_autoptr (JsonArray) steps = list ("[{\"step\":\"exposure\",\"stops\":0.5},{\"step\":\"grey\"},{\"step\":\"clahe\",\"on\":false},{\"step\":\"channel\",\"channel\":\"red\"}]");
  g_autofree char      *text = vv_adjust_describe (steps, TRUE);

  ck_assert_str_eq (text, "Exposure: Brighter by 0.50 stops. Grey. One channel: Channel red.");
}
END_TEST

/* A preview at half the size shows what the whole shows. */
START_TEST (preview__looks_like_the_whole)
{
  const char           *text = "[{\"step\":\"crop\",\"x\":20,\"y\":10,\"width\":100,\"height\":90},{\"step\":\"exposure\",\"stops\":1}]";
  g_autoptr (JsonArray) steps = list (text);
  g_autoptr (VvPicture) picture = scene (200, 160);
  g_autoptr (VvPicture) half = adjusted (picture, "[{\"step\":\"resample\",\"percent\":50,\"kernel\":\"bilinear\"}]", 0);
  g_autoptr (VvPicture) whole = adjusted (picture, text, 0);
  g_autoptr (VvPicture) preview = vv_adjust (half, steps, 0.5, 0, NULL, NULL);

  ck_assert_int_eq (preview->width, 50);
  ck_assert_int_eq (preview->height, 45);
  ck_assert_int_eq (whole->width, 100);
  for (int c = 0; c < 3; c++)
    ck_assert_int_lt (abs (pixel (preview, 35, 30)[c] - pixel (whole, 70, 60)[c]), 24);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("adjust");
  TCase *tc = tcase_create ("adjust");

  tcase_set_timeout (tc, 120);
  tcase_add_loop_test (tc, every_step__gives_the_recorded_bytes_whatever_the_threads, 0, (int) G_N_ELEMENTS (recorded));
  tcase_add_test (tc, recorded__has_every_step_and_choice);
  tcase_add_test (tc, defaults__change_nothing);
  tcase_add_test (tc, off__does_nothing);
  tcase_add_test (tc, exposure__halves_light);
  tcase_add_test (tc, tone__follows_the_formulas);
  tcase_add_test (tc, white_balance__makes_the_card_grey);
  tcase_add_test (tc, crop__is_the_pixels_themselves);
  tcase_add_test (tc, quarter_turns__only_carry_pixels);
  tcase_add_test (tc, deinterlace__keeps_the_lines_of_one_field);
  tcase_add_test (tc, median__is_the_middle_of_the_window);
  tcase_add_test (tc, clahe__widens_a_narrow_range_and_bilateral_narrows_noise);
  tcase_add_test (tc, unsharp__works_on_edges_alone);
  tcase_add_test (tc, resample__keeps_an_even_area_with_every_kernel);
  tcase_add_loop_test (tc, points__go_where_the_pixels_go_and_come_back, 0, (int) G_N_ELEMENTS (geometric));
  tcase_add_test (tc, faces__are_moved_whole);
  tcase_add_loop_test (tc, anything_else__is_refused_with_a_sentence, 0, (int) G_N_ELEMENTS (refused));
  tcase_add_test (tc, cancelled__stops_with_that_error);
  tcase_add_loop_test (tc, odd_pictures__are_worked_on, 0, 6);
  tcase_add_test (tc, read__completes_and_rounds);
  tcase_add_test (tc, describe__says_what_is_on);
  tcase_add_test (tc, preview__looks_like_the_whole);
  suite_add_tcase (suite, tc);
  return suite;
}

VV_TEST_MAIN (make_suite)
