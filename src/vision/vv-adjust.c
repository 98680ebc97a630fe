// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "vv-adjust-private.h"
#include "vv-json.h"
#include "vv-vision.h"

/* One step of a list that was read. */
typedef struct
{
  const VvAdjustStep *step;
  gboolean            on;
  int                 values[VV_ADJUST_VALUES_MAX]; /* in units of the last digit; a choice's number */
} One;

gboolean
_vv_adjust_refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, VV_VISION_ERROR, VV_VISION_ERROR_ADJUSTMENT, sentence);
  return FALSE;
}

/* --- Reading a list ----------------------------------------------------------------------------------------------- */

static double
units_of (const VvAdjustValue *value)
{
  static const double units[] = { 1, 10, 100, 1000 };

  return units[value->digits];
}

static gboolean
refuse_value (const VvAdjustStep *step, const VvAdjustValue *value, GError **error)
{
  g_autofree char *choices = g_strjoinv ("”, “", (char **) value->choices);
  g_autofree char *text = NULL;

  if (value->choices[0] != NULL)
    /* Translators: name of a value, of a step, then the words it may be */
    text = g_strdup_printf (_ ("“%s” of the step “%s” is one of “%s”."), value->name, step->name, choices);
  else
    text = g_strdup_printf (_ ("“%s” of the step “%s” is a number from %.*f to %.*f."), value->name, step->name,
                            value->digits, value->low, value->digits, value->high);
  return _vv_adjust_refuse (error, text);
}

static gboolean
read_value (const VvAdjustStep *step, const VvAdjustValue *value, JsonNode *node, int *ret_value, GError **error)
{
  double number = value->initial;

  if (value->choices[0] != NULL && node != NULL)
    {
      const char *word = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      for (*ret_value = 0; value->choices[*ret_value] != NULL; (*ret_value)++)
        if (g_strcmp0 (value->choices[*ret_value], word) == 0)
          return TRUE;
      return refuse_value (step, value, error);
    }
  if (node != NULL)
    {
      GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

      number = json_node_get_double (node);
      if ((type != G_TYPE_INT64 && type != G_TYPE_DOUBLE) || !(number >= value->low && number <= value->high))
        return refuse_value (step, value, error);
    }
  *ret_value = (int) floor (number * units_of (value) + 0.5);
  return TRUE;
}

static const VvAdjustValue *
find_value (const VvAdjustStep *step, const char *name)
{
  for (guint i = 0; i < VV_ADJUST_VALUES_MAX && step->values[i].name != NULL; i++)
    if (strcmp (step->values[i].name, name) == 0)
      return &step->values[i];
  return NULL;
}

static const VvAdjustStep *
find_step (const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char      *known = NULL;
  g_autofree char      *text = NULL;

  for (const VvAdjustStep *step = _vv_adjust_steps (); step->name != NULL; step++)
    {
      if (g_strcmp0 (step->name, name) == 0)
        return step;
      g_ptr_array_add (names, (gpointer) step->name);
    }
  g_ptr_array_add (names, NULL);
  known = g_strjoinv (", ", (char **) names->pdata);
  text = g_strdup_printf (_ ("There is no adjustment “%s”. The list is closed: %s."), name != NULL ? name : "", known);
  (void) _vv_adjust_refuse (error, text);
  return NULL;
}

/* Nothing in a step is passed over in silence. */
static gboolean
check_members (JsonObject *object, const VvAdjustStep *step, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next)
    {
      g_autofree char *text = NULL;

      if (strcmp (member->data, "step") == 0 || strcmp (member->data, "on") == 0 || find_value (step, member->data) != NULL)
        continue;
      text = g_strdup_printf (_ ("The step “%s” has no value “%s”."), step->name, (const char *) member->data);
      return _vv_adjust_refuse (error, text);
    }
  return TRUE;
}

static gboolean
read_one (JsonObject *object, One *one, GError **error)
{
  JsonNode *on = object != NULL ? json_object_get_member (object, "on") : NULL;

  if (object == NULL)
    return _vv_adjust_refuse (error, _ ("Every adjustment is an object with its “step”."));
  one->step = find_step (vv_json_string (object, "step"), error);
  if (one->step == NULL || !check_members (object, one->step, error))
    return FALSE;
  if (on != NULL && (!JSON_NODE_HOLDS_VALUE (on) || json_node_get_value_type (on) != G_TYPE_BOOLEAN))
    return _vv_adjust_refuse (error, _ ("“on” of an adjustment is true or false."));
  one->on = on == NULL || json_node_get_boolean (on);
  for (guint i = 0; i < VV_ADJUST_VALUES_MAX && one->step->values[i].name != NULL; i++)
    if (!read_value (one->step, &one->step->values[i], json_object_get_member (object, one->step->values[i].name), &one->values[i], error))
      return FALSE;
  return TRUE;
}

/* @steps: (nullable) an empty list. (transfer full) */
static GArray *
read_list (JsonArray *steps, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, TRUE, sizeof (One));

  if (vv_json_length (steps) > VV_ADJUST_STEPS_MAX)
    {
      (void) _vv_adjust_refuse (error, _ ("A list has at most 32 adjustments. Take some away."));
      return NULL;
    }
  for (guint i = 0; i < vv_json_length (steps); i++)
    {
      One one = { NULL };

      if (!read_one (vv_json_element (steps, i), &one, error))
        return NULL;
      g_array_append_val (list, one);
    }
  return g_steal_pointer (&list);
}

static JsonObject *
write_one (const One *one)
{
  JsonObject *object = vv_json_new ("step", "s", one->step->name, "on", "b", one->on, NULL);

  for (guint i = 0; i < VV_ADJUST_VALUES_MAX && one->step->values[i].name != NULL; i++)
    {
      const VvAdjustValue *value = &one->step->values[i];

      if (value->choices[0] != NULL)
        json_object_set_string_member (object, value->name, value->choices[one->values[i]]);
      else if (value->digits == 0)
        json_object_set_int_member (object, value->name, one->values[i]);
      else
        json_object_set_double_member (object, value->name, one->values[i] / units_of (value));
    }
  return object;
}

JsonArray *
vv_adjust_read (JsonArray *steps, GError **error)
{
  g_autoptr (GArray) list = read_list (steps, error);
  JsonArray         *written;

  if (list == NULL)
    return NULL;
  written = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (written, write_one (&g_array_index (list, One, i)));
  return written;
}

/* --- Working through it --------------------------------------------------------------------------------------------- */

/* Values in pixels as they are in a picture that was made smaller. */
static void
scale_values (One *one, double scale)
{
  for (guint i = 0; i < VV_ADJUST_VALUES_MAX && one->step->values[i].name != NULL; i++)
    if (one->step->values[i].pixels && one->values[i] > 0)
      one->values[i] = (int) MAX (floor (one->values[i] * scale + 0.5), one->step->values[i].low > 0 ? 1 : 0);
}

/* Rounding may carry a rectangle over the edge of a preview. */
static void
keep_inside (One *one, int width, int height)
{
  if (one->step->work != _vv_step_crop)
    return;
  one->values[0] = MIN (one->values[0], width - 1);
  one->values[1] = MIN (one->values[1], height - 1);
  one->values[2] = MIN (one->values[2], width - one->values[0]);
  one->values[3] = MIN (one->values[3], height - one->values[1]);
}

/* Sizes are looked at before any pixel, so that a list that cannot be done fails at once. */
static gboolean
check_sizes (GArray *list, int width, int height, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      const One *one = &g_array_index (list, One, i);

      if (one->on && one->step->size != NULL && !one->step->size (one->values, &width, &height, error))
        return FALSE;
    }
  return TRUE;
}

static guint8 *
copy_pixels (const VvPicture *picture)
{
  gsize   row = 4 * (gsize) picture->width;
  guint8 *pixels = g_malloc (row * (gsize) picture->height);

  for (int y = 0; y < picture->height; y++)
    memcpy (pixels + (gsize) y * row, vv_picture_row (picture, y), row);
  return pixels;
}

static gboolean
work_through (GArray *list, VvRaster *raster, double scale, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      One *one = &g_array_index (list, One, i);

      if (!one->on)
        continue;
      if (scale != 1)
        {
          scale_values (one, scale);
          keep_inside (one, raster->width, raster->height);
        }
      if (!one->step->work (raster, one->values, error) || g_cancellable_set_error_if_cancelled (raster->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

VvPicture *
vv_adjust (VvPicture *picture, JsonArray *steps, double scale, guint threads, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) list = read_list (steps, error);
  VvRaster           raster = { .threads = threads, .cancellable = cancellable };
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (scale > 0, NULL);

  if (list == NULL || (scale == 1 && !check_sizes (list, picture->width, picture->height, error)))
    return NULL;
  raster.width = picture->width;
  raster.height = picture->height;
  raster.pixels = copy_pixels (picture);
  if (!work_through (list, &raster, scale, error))
    {
      g_free (raster.pixels);
      return NULL;
    }
  bytes = g_bytes_new_take (raster.pixels, 4 * (gsize) raster.width * (gsize) raster.height);
  return vv_picture_new (raster.width, raster.height, 4 * (gsize) raster.width, bytes);
}

/* --- Points ----------------------------------------------------------------------------------------------------------- */

typedef struct
{
  int width, height;
} Size;

gboolean
vv_adjust_points (JsonArray *steps, int width, int height, gboolean back, VvPoint *points, gsize n_points, GError **error)
{
  g_autoptr (GArray) list = read_list (steps, error);
  Size               sizes[VV_ADJUST_STEPS_MAX + 1] = { { width, height } };

  if (list == NULL || !check_sizes (list, width, height, error))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const One *one = &g_array_index (list, One, i);

      sizes[i + 1] = sizes[i];
      if (one->on && one->step->size != NULL)
        (void) one->step->size (one->values, &sizes[i + 1].width, &sizes[i + 1].height, /* error= */ NULL);
    }
  for (gsize p = 0; p < n_points; p++)
    {
      double x = (double) points[p].x, y = (double) points[p].y;

      for (guint n = 0; n < list->len; n++)
        {
          guint      i = back ? list->len - 1 - n : n;
          const One *one = &g_array_index (list, One, i);

          if (one->on && one->step->move != NULL)
            one->step->move (one->values, sizes[i].width, sizes[i].height, back, &x, &y);
        }
      points[p].x = (float) x;
      points[p].y = (float) y;
    }
  return TRUE;
}

/* A face that was marked by hand lacks points: these are (0, 0), and stay so. */
static gboolean
move_known (JsonArray *steps, int width, int height, gboolean back, VvPoint *points, gsize n_points, GError **error)
{
  for (gsize i = 0; i < n_points; i++)
    if ((points[i].x != 0 || points[i].y != 0) && !vv_adjust_points (steps, width, height, back, &points[i], 1, error))
      return FALSE;
  return TRUE;
}

gboolean
vv_adjust_face (JsonArray *steps, int width, int height, gboolean back, VvFace *face, GError **error)
{
  const VvBox box = face->box;
  VvPoint     corners[] = { { box.x, box.y }, { box.x + box.width, box.y }, { box.x, box.y + box.height }, { box.x + box.width, box.y + box.height } };
  VvPoint     low, high;

  if (!vv_adjust_points (steps, width, height, back, corners, G_N_ELEMENTS (corners), error) ||
      !move_known (steps, width, height, back, face->five, VV_FIVE_COUNT, error) ||
      !move_known (steps, width, height, back, face->landmarks, VV_LANDMARK_COUNT, error))
    return FALSE;
  low = high = corners[0];
  for (guint i = 1; i < G_N_ELEMENTS (corners); i++)
    {
      low = (VvPoint){ MIN (low.x, corners[i].x), MIN (low.y, corners[i].y) };
      high = (VvPoint){ MAX (high.x, corners[i].x), MAX (high.y, corners[i].y) };
    }
  face->box = (VvBox){ low.x, low.y, high.x - low.x, high.y - low.y };
  return TRUE;
}

/* --- In words ----------------------------------------------------------------------------------------------------------- */

static const char *
say (const char *text, gboolean english)
{
  return english || *text == '\0' ? text : _ (text);
}

static void
describe_value (const VvAdjustValue *value, int number, gboolean english, GString *text)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char format[] = "%.0f";

  g_string_append (text, say (value->title, english));
  g_string_append_c (text, ' ');
  if (value->choices[0] != NULL)
    {
      g_string_append (text, say (value->choice_titles[number], english));
      return;
    }
  format[2] = (char) ('0' + value->digits);
  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, format, number / units_of (value)));
  if (*value->unit != '\0')
    g_string_append_printf (text, " %s", say (value->unit, english));
}

char *
vv_adjust_describe (JsonArray *steps, gboolean english)
{
  g_autoptr (GArray) list = read_list (steps, /* error= */ NULL);
  GString           *text = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const One *one = &g_array_index (list, One, i);

      if (!one->on)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", say (one->step->title, english));
      for (guint v = 0; v < VV_ADJUST_VALUES_MAX && one->step->values[v].name != NULL; v++)
        {
          g_string_append (text, v == 0 ? ": " : ", ");
          describe_value (&one->step->values[v], one->values[v], english, text);
        }
      g_string_append_c (text, '.');
    }
  return g_string_free (text, FALSE);
}

char *
vv_adjust_hash (const VvPicture *picture)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char      *size = g_strdup_printf ("%d %d\n", picture->width, picture->height);

  g_checksum_update (sum, (const guchar *) size, (gssize) strlen (size));
  for (int y = 0; y < picture->height; y++)
    g_checksum_update (sum, vv_picture_row (picture, y), 4 * (gssize) picture->width);
  return g_strdup (g_checksum_get_string (sum));
}
