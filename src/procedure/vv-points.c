// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "vv-json.h"
#include "vv-points.h"
#include "vv-procedure-error.h"

#define PLACE_MAX 1e6 /* pixels */

/* Points with a name of their own; @of: the landmarks between which it lies unless it was placed, -1 for none. */
static const struct
{
  guint       point;
  const char *name; /* NULL: that of the landmark */
  const char *title;
  int         of[2];
} named[] = {
  { 8, NULL, N_ ("Lowest point of the chin (gnathion)"), { -1, -1 } },
  { 27, NULL, N_ ("Root of the nose (nasion)"), { -1, -1 } },
  { 30, NULL, N_ ("Tip of the nose (pronasale)"), { -1, -1 } },
  { 31, NULL, N_ ("Left wing of the nose (alare)"), { -1, -1 } },
  { 33, NULL, N_ ("Base of the nose (subnasale)"), { -1, -1 } },
  { 35, NULL, N_ ("Right wing of the nose (alare)"), { -1, -1 } },
  { 36, NULL, N_ ("Outer corner of the left eye (exocanthion)"), { -1, -1 } },
  { 39, NULL, N_ ("Inner corner of the left eye (endocanthion)"), { -1, -1 } },
  { 42, NULL, N_ ("Inner corner of the right eye (endocanthion)"), { -1, -1 } },
  { 45, NULL, N_ ("Outer corner of the right eye (exocanthion)"), { -1, -1 } },
  { 48, NULL, N_ ("Left corner of the mouth (cheilion)"), { -1, -1 } },
  { 51, NULL, N_ ("Upper lip (labiale superius)"), { -1, -1 } },
  { 54, NULL, N_ ("Right corner of the mouth (cheilion)"), { -1, -1 } },
  { 57, NULL, N_ ("Lower lip (labiale inferius)"), { -1, -1 } },
  { VV_POINT_LEFT_EYE, "left-eye", N_ ("Centre of the left eye"), { -1, -1 } },
  { VV_POINT_RIGHT_EYE, "right-eye", N_ ("Centre of the right eye"), { -1, -1 } },
  { VV_POINT_GLABELLA, "glabella", N_ ("Between the eyebrows (glabella)"), { 21, 22 } },
  { VV_POINT_STOMION, "stomion", N_ ("Where the lips meet (stomion)"), { 62, 66 } },
  { 72, "trichion", N_ ("Hairline in the middle (trichion)"), { -1, -1 } },
  { 73, "left-tragion", N_ ("Notch above the left ear canal (tragion)"), { -1, -1 } },
  { 74, "right-tragion", N_ ("Notch above the right ear canal (tragion)"), { -1, -1 } },
};

static const char *const state_names[] = { "automatic", "seen", "estimated", "not-visible" };
static const char *const state_titles[] = { N_ ("automatic"), N_ ("seen"), N_ ("estimated"), N_ ("not visible") };

/* --- Names --------------------------------------------------------------------------------------------------------- */

char *
vv_point_name (guint point)
{
  g_return_val_if_fail (point < VV_POINT_COUNT, NULL);

  for (gsize i = 0; point >= VV_LANDMARK_COUNT && i < G_N_ELEMENTS (named); i++)
    if (named[i].point == point)
      return g_strdup (named[i].name);
  return g_strdup_printf ("landmark-%u", point + 1);
}

gboolean
vv_point_find (const char *name, guint *out_point)
{
  for (guint point = 0; name != NULL && point < VV_POINT_COUNT; point++)
    {
      g_autofree char *own = vv_point_name (point);

      *out_point = point;
      if (g_str_equal (own, name))
        return TRUE;
    }
  return FALSE;
}

const char *
vv_point_title (guint point)
{
  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    if (named[i].point == point)
      return _ (named[i].title);
  return NULL;
}

gboolean
vv_point_is_named (guint point)
{
  return point != VV_POINT_LEFT_EYE && point != VV_POINT_RIGHT_EYE && vv_point_title (point) != NULL;
}

const char *
vv_point_state_name (VvPointState state)
{
  g_return_val_if_fail (state < VV_N_POINT_STATES, NULL);
  return state_names[state];
}

const char *
vv_point_state_title (VvPointState state)
{
  g_return_val_if_fail (state < VV_N_POINT_STATES, NULL);
  return _ (state_titles[state]);
}

/* VV_POINT_AUTOMATIC for a word that is no state of a placed point. */
static VvPointState
state_of (JsonObject *placed)
{
  for (guint state = VV_POINT_SEEN; state < VV_N_POINT_STATES; state++)
    if (g_strcmp0 (vv_json_string (placed, "state"), state_names[state]) == 0)
      return (VvPointState) state;
  return VV_POINT_AUTOMATIC;
}

/* --- Places -------------------------------------------------------------------------------------------------------- */

static VvPoint
middle (const VvPlacedPoint *points, guint first, guint last)
{
  VvPoint sum = { 0 };

  for (guint i = first; i <= last; i++)
    {
      sum.x += points[i].at.x / (float) (last - first + 1);
      sum.y += points[i].at.y / (float) (last - first + 1);
    }
  return sum;
}

static gboolean
any_placed (const VvPlacedPoint *points, guint first, guint last)
{
  for (guint i = first; i <= last; i++)
    if (points[i].state != VV_POINT_AUTOMATIC)
      return TRUE;
  return FALSE;
}

static void
place_by_hand (JsonArray *placed, VvPlacedPoint *points)
{
  for (guint i = 0; i < vv_json_length (placed); i++)
    {
      JsonObject *each = vv_json_element (placed, i);
      guint       point;

      if (!vv_point_find (vv_json_string (each, "point"), &point) || state_of (each) == VV_POINT_AUTOMATIC)
        continue;
      points[point].at = (VvPoint){ (float) vv_json_double (each, "x"), (float) vv_json_double (each, "y") };
      points[point].state = state_of (each);
      points[point].known = TRUE;
    }
}

/* What follows from landmarks, unless it was placed itself. */
static void
place_the_rest (const VvFace *automatic, VvPlacedPoint *points)
{
  for (int eye = 0; eye < 2; eye++)
    {
      VvPlacedPoint *centre = &points[VV_POINT_LEFT_EYE + eye];
      guint          first = eye == 0 ? 36 : 42;

      if (centre->known || automatic == NULL)
        continue;
      centre->at = any_placed (points, first, first + 5) ? middle (points, first, first + 5) : automatic->five[eye];
      centre->known = centre->at.x != 0 || centre->at.y != 0;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    {
      VvPlacedPoint *point = &points[named[i].point];
      const int     *of = named[i].of;

      if (point->known || of[0] < 0 || !points[of[0]].known || !points[of[1]].known)
        continue;
      point->at = (VvPoint){ (points[of[0]].at.x + points[of[1]].at.x) / 2, (points[of[0]].at.y + points[of[1]].at.y) / 2 };
      point->known = TRUE;
    }
}

void
vv_points_place (const VvFace *automatic, JsonObject *side, VvPlacedPoint *out_points)
{
  /* The face that was marked is another one. */
  if (vv_json_object (side, "box") != NULL)
    automatic = NULL;
  memset (out_points, 0, VV_POINT_COUNT * sizeof *out_points);
  for (guint i = 0; automatic != NULL && i < VV_LANDMARK_COUNT; i++)
    {
      out_points[i].at = automatic->landmarks[i];
      out_points[i].known = out_points[i].at.x != 0 || out_points[i].at.y != 0;
    }
  place_by_hand (vv_json_array (side, "placed"), out_points);
  place_the_rest (automatic, out_points);
}

gboolean
vv_points_face (const VvFace *automatic, JsonObject *side, VvFace *out_face)
{
  static const guint mouth_and_nose[] = { 30, 48, 54 };
  VvPlacedPoint      points[VV_POINT_COUNT];
  JsonObject        *box = vv_json_object (side, "box");
  VvFace             face = { .manual = TRUE };

  if (automatic == NULL && box == NULL)
    return FALSE;
  if (box != NULL)
    face.box = (VvBox){ (float) vv_json_double (box, "x"), (float) vv_json_double (box, "y"), (float) vv_json_double (box, "width"),
                        (float) vv_json_double (box, "height") };
  else
    face = *automatic;
  vv_points_place (automatic, side, points);
  for (guint i = 0; i < VV_LANDMARK_COUNT; i++)
    if (points[i].known)
      face.landmarks[i] = points[i].at;
  for (guint eye = 0; eye < 2; eye++)
    if (points[VV_POINT_LEFT_EYE + eye].known)
      face.five[eye] = points[VV_POINT_LEFT_EYE + eye].at;
  for (guint i = 0; i < G_N_ELEMENTS (mouth_and_nose); i++)
    if (points[mouth_and_nose[i]].state != VV_POINT_AUTOMATIC)
      face.five[2 + i] = points[mouth_and_nose[i]].at;
  *out_face = face;
  return TRUE;
}

/* --- Changes ------------------------------------------------------------------------------------------------------- */

JsonObject *
vv_points_put (JsonObject *side, guint point, VvPoint at, VvPointState state)
{
  JsonObject      *changed = side != NULL ? vv_json_copy (side) : json_object_new ();
  JsonArray       *before = vv_json_array (side, "placed"), *placed = json_array_new ();
  g_autofree char *name = vv_point_name (point);

  for (guint i = 0; i < vv_json_length (before); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (before, i), "point"), name) != 0)
      json_array_add_object_element (placed, vv_json_copy (vv_json_element (before, i)));
  if (state != VV_POINT_AUTOMATIC)
    json_array_add_object_element (placed, vv_json_new ("point", "s", name, "x", "d", (double) at.x, "y", "d", (double) at.y,
                                                        "state", "s", vv_point_state_name (state), NULL));
  json_object_set_array_member (changed, "placed", placed);
  return changed;
}

JsonObject *
vv_points_new_for_box (const VvBox *box)
{
  VvPoint                left = { box->x + box->width * 0.27f, box->y + box->height * 0.4f };
  VvPoint                right = { box->x + box->width * 0.73f, left.y };
  g_autoptr (JsonObject) boxed = vv_json_new ("box", "o",
                                              vv_json_new ("x", "d", (double) box->x, "y", "d", (double) box->y, "width", "d", (double) box->width, "height", "d", (double) box->height, NULL),
                                              NULL);
  g_autoptr (JsonObject) one = vv_points_put (boxed, VV_POINT_LEFT_EYE, left, VV_POINT_ESTIMATED);

  return vv_points_put (one, VV_POINT_RIGHT_EYE, right, VV_POINT_ESTIMATED);
}

gboolean
vv_points_is_edited (JsonObject *side)
{
  return vv_json_object (side, "box") != NULL || vv_json_length (vv_json_array (side, "placed")) > 0;
}

/* --- What a record must say ------------------------------------------------------------------------------------------ */

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, sentence);
  return FALSE;
}

static gboolean
is_place (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name) &&
         JSON_NODE_HOLDS_VALUE (json_object_get_member (object, name)) &&
         isfinite (vv_json_double (object, name)) &&
         fabs (vv_json_double (object, name)) < PLACE_MAX;
}

static gboolean
has_text (JsonObject *object, const char *name)
{
  const char *text = vv_json_string (object, name);

  return text != NULL && strspn (text, " \t\r\n") < strlen (text);
}

static gboolean
check_placed (JsonArray *placed, gboolean *seen, GError **error)
{
  for (guint i = 0; i < vv_json_length (placed); i++)
    {
      JsonObject *each = vv_json_element (placed, i);
      guint       point;

      if (!vv_point_find (vv_json_string (each, "point"), &point))
        return refuse (error, _ ("A point that was placed by hand has a name that is not known."));
      if (state_of (each) == VV_POINT_AUTOMATIC)
        return refuse (error, _ ("A point that was placed by hand is seen, estimated or not visible."));
      if (!is_place (each, "x") || !is_place (each, "y") || seen[point])
        return refuse (error, _ ("A point that was placed by hand has one place in the picture."));
      seen[point] = TRUE;
    }
  return TRUE;
}

static gboolean
check_side (JsonObject *side, GError **error)
{
  gboolean    seen[VV_POINT_COUNT] = { 0 };
  JsonObject *box = vv_json_object (side, "box");

  if (!check_placed (vv_json_array (side, "placed"), seen, error))
    return FALSE;
  if (box != NULL &&
      (!is_place (box, "x") ||
       !is_place (box, "y") ||
       !is_place (box, "width") ||
       !is_place (box, "height") ||
       vv_json_double (box, "width") <= 0 ||
       vv_json_double (box, "height") <= 0))
    return refuse (error, _ ("A face that was marked by hand has a box in the picture."));
  if (box != NULL && !(seen[VV_POINT_LEFT_EYE] && seen[VV_POINT_RIGHT_EYE]))
    return refuse (error, _ ("A face that was marked by hand needs both eyes: by them the pictures are laid in place."));
  if (!has_text (side, "why"))
    return refuse (error, _ ("Say why points were placed by hand; the automatic ones are kept beside them."));
  return TRUE;
}

gboolean
vv_points_check (JsonObject *points, GError **error)
{
  static const char *const sides[] = { "probe", "candidate" };

  for (gsize i = 0; points != NULL && i < G_N_ELEMENTS (sides); i++)
    {
      JsonObject *side = vv_json_object (points, sides[i]);

      if (vv_points_is_edited (side) && !check_side (side, error))
        return FALSE;
    }
  return TRUE;
}
