// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vv-json.h"
#include "vv-quality.h"
#include "vv-test-picture.h"
#include "vv-test.h"
#include "vv-vision.h"

/* The measures on the synthetic persons of data/people, whose poses are known. The bounds are what was measured when the
 * test was written, with a little room; they may be made tighter. */
#define YAW_ERROR   10.0 /* degrees, worst of 140 */
#define ROLL_ERROR  6.0
#define PITCH_ERROR 6.5 /* mean of 140; the worst is another shape of face */
#define SLOWEST     0.1 /* seconds for one face: against hangs; what was measured is printed */

typedef struct
{
  char       *condition;
  double      truth[3]; /* yaw to the picture's left, pitch downwards, roll clockwise */
  JsonObject *values;   /* measure: value */
  double      seconds;
} Row;

static GPtrArray *rows;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->condition);
  json_object_unref (row->values);
  g_free (row);
}

static Row *
measure_file (VvVision *vision, JsonObject *limits, char **cells)
{
  g_autoptr (VvPicture) picture = vv_test_picture (cells[0], 1);
  g_autoptr (GArray)    faces = vv_vision_detect (vision, picture, NULL, NULL);
  const VvFace         *face = &g_array_index (faces, VvFace, 0);
  Row                  *row = g_new0 (Row, 1);
  gint64                begun = g_get_monotonic_time ();
  g_autoptr (JsonArray) measured = vv_quality_measure (picture, face, face, faces->len, limits, NULL);

  row->seconds = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
  row->condition = g_strdup (cells[2]);
  row->values = json_object_new ();
  for (int i = 0; i < 3; i++)
    row->truth[i] = g_ascii_strtod (cells[3 + i], NULL);
  for (guint i = 0; i < vv_json_length (measured); i++)
    {
      JsonObject *one = vv_json_element (measured, i);

      if (!json_object_get_null_member (one, "value"))
        json_object_set_double_member (row->values, vv_json_string (one, "measure"), vv_json_double (one, "value"));
    }
  return row;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The value below which @share of the pictures of @condition lie. */
static double
quantile (const char *condition, const char *name, double share)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < rows->len; i++)
    {
      Row   *row = rows->pdata[i];
      double value = vv_json_double (row->values, name);

      if (strcmp (row->condition, condition) == 0 && json_object_has_member (row->values, name))
        g_array_append_val (values, value);
    }
  ck_assert_uint_gt (values->len, 0);
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, (guint) (share * (values->len - 1)));
}

START_TEST (people__figures)
{
  static const char *const conditions[] = { "arrest", "angle", "snapshot", "cctv" };
  Row                     *first = rows->pdata[0];
  g_autoptr (GList)        names = json_object_get_members (first->values);

  for (GList *name = names; name != NULL; name = name->next)
    {
      printf ("# %-24s", (char *) name->data);
      for (guint c = 0; c < G_N_ELEMENTS (conditions); c++)
        printf (" %s %.4g %.4g %.4g;", conditions[c], quantile (conditions[c], name->data, 0),
                quantile (conditions[c], name->data, 0.5), quantile (conditions[c], name->data, 1));
      printf ("\n");
    }
}
END_TEST

START_TEST (people__cctv_is_worse_than_arrest)
{
  ck_assert_double_lt (quantile ("cctv", "eye_distance", 1), quantile ("arrest", "eye_distance", 0));
  ck_assert_double_lt (quantile ("cctv", "sharpness", 1), quantile ("arrest", "sharpness", 0));
}
END_TEST

START_TEST (people__pose_within_the_stated_error)
{
  static const char *const names[] = { "head_yaw", "head_pitch", "head_roll" };
  static const double      signs[] = { -1, -1, 1 };
  double                   mean[3] = { 0 }, worst[3] = { 0 };
  guint                    beyond[3] = { 0 };
  static const double      stated[] = { 8, 16, 5 };

  for (guint i = 0; i < rows->len; i++)
    for (guint k = 0; k < 3; k++)
      {
        Row   *row = rows->pdata[i];
        double error = fabs (vv_json_double (row->values, names[k]) - signs[k] * row->truth[k]);

        mean[k] += error / rows->len;
        worst[k] = fmax (worst[k], error);
        beyond[k] += error > stated[k];
      }
  for (guint k = 0; k < 3; k++)
    {
      printf ("# %s: mean error %.1f, worst %.1f degrees; %u of %u beyond %g\n", names[k], mean[k], worst[k], beyond[k], rows->len,
              stated[k]);
      ck_assert_uint_le (beyond[k], rows->len / 20);
    }
  ck_assert_double_le (worst[0], YAW_ERROR);
  ck_assert_double_le (mean[1], PITCH_ERROR);
  ck_assert_double_le (worst[2], ROLL_ERROR);
}
END_TEST

START_TEST (people__fast)
{
  double sum = 0;
  guint  n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = rows->pdata[i];

      if (strcmp (row->condition, "arrest") != 0)
        continue;
      sum += row->seconds;
      n++;
    }
  printf ("# %.1f ms for a face at 480x600\n", 1000 * sum / n);
  ck_assert_double_lt (sum / n, SLOWEST);
}
END_TEST

static void
setup (void)
{
  g_autofree char       *models = vv_test_source ("data/models");
  g_autofree char       *rules_path = vv_test_source ("data/rules/212-129.json");
  g_autofree char       *path = vv_test_source ("data/people/manifest.csv");
  g_autoptr (GError)     error = NULL;
  g_autoptr (VvVision)   vision = vv_vision_new (models, &error);
  g_autoptr (JsonObject) rules = vv_json_load (rules_path, NULL);
  g_autoptr (GBytes)     bytes = vv_test_read (path);
  g_autofree char       *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv)         lines = g_strsplit (text, "\n", -1);

  vv_assert_ok (error);
  rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      g_ptr_array_add (rows, measure_file (vision, vv_json_object (rules, "quality"), cells));
    }
}

static void
teardown (void)
{
  g_clear_pointer (&rows, g_ptr_array_unref);
}

static Suite *
suite (void)
{
  Suite *result = suite_create ("quality-people");
  TCase *people = tcase_create ("people");

  tcase_set_timeout (people, 300);
  tcase_add_unchecked_fixture (people, setup, teardown);
  tcase_add_test (people, people__figures);
  tcase_add_test (people, people__cctv_is_worse_than_arrest);
  tcase_add_test (people, people__pose_within_the_stated_error);
  tcase_add_test (people, people__fast);
  suite_add_tcase (result, people);
  return result;
}

VV_TEST_MAIN (suite)
