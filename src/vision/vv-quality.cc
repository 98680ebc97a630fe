// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <glib/gi18n-lib.h>

#include "vv-edge.hh"
#include "vv-failure.hh"
#include "vv-json.h"
#include "vv-quality-score.hh"
#include "vv-quality-values.hh"
#include "vv-quality.h"
#include "vv-vision.h"

namespace
{

struct Measure
{
  vv::Quality value;
  const char *name;
  const char *title;
  const char *unit;
  int         decimals;
  double (*score) (double); /* null: a measure of our own */
  bool        landmarks;
  double      plus_minus; /* 0: not an estimate */
  const char *ask_below;
  const char *ask_above; /* null: as below */
};

const char *const ASK_POSE = N_ ("Ask for a picture or a moment of the recording in which the person faces the camera more directly.");
const char *const ASK_EXPOSED = N_ ("Ask for the original file, or for another moment or camera with more light on the face.");
const char *const ASK_BRIGHT = N_ ("Ask for the original file, or for another moment or camera with less glare on the face.");
const char *const ASK_UNCUT = N_ ("Ask for the whole picture, before it was cut.");

/* clang-format off */
const Measure measures[] = {
  { vv::QUALITY_EYE_DISTANCE, "eye_distance", N_ ("Distance between the eyes"), N_ ("pixels"),
    1, vv::score_eye_distance, false, 0,
    N_ ("Ask for the original recording in full resolution, or for a moment when the person is nearer to the camera."),
    nullptr },
  { vv::QUALITY_SHARPNESS, "sharpness", N_ ("Sharpness"), N_ ("grey levels"),
    1, nullptr, true, 0,
    N_ ("Ask for the original file instead of a copy, or for a moment when person and camera are still."), nullptr },
  { vv::QUALITY_BLOCK_EDGES, "block_edges", N_ ("Block edges of compression"), N_ ("times the other steps"),
    2, nullptr, false, 0,
    N_ ("Ask for the original file instead of one that was sent through a messenger or saved again."), nullptr },
  { vv::QUALITY_HEAD_YAW, "head_yaw", N_ ("Head turned to the side"), N_ ("degrees"),
    0, vv::score_angle, true, 8,
    ASK_POSE, nullptr },
  { vv::QUALITY_HEAD_PITCH, "head_pitch", N_ ("Head up or down"), N_ ("degrees"),
    0, vv::score_angle, true, 16,
    ASK_POSE, nullptr },
  { vv::QUALITY_HEAD_ROLL, "head_roll", N_ ("Head leaning to a shoulder"), N_ ("degrees"),
    0, vv::score_angle, true, 5,
    ASK_POSE, nullptr },
  { vv::QUALITY_LUMINANCE_MEAN, "luminance_mean", N_ ("Brightness of the face"), N_ ("of 1"),
    3, vv::score_luminance_mean, false, 0,
    ASK_EXPOSED, ASK_BRIGHT },
  { vv::QUALITY_LUMINANCE_VARIANCE, "luminance_variance", N_ ("Contrast of the face"), N_ ("variance, of 0.25"),
    4, vv::score_luminance_variance, false, 0,
    N_ ("Ask for the original file, or for another moment or camera without haze or back light."),
    N_ ("Ask for another moment or camera without hard light and shadow on the face.") },
  { vv::QUALITY_UNDER_EXPOSURE, "under_exposure", N_ ("Share of the face that is nearly black"), N_ ("of 1"),
    3, vv::score_under_exposure, false, 0,
    ASK_EXPOSED, nullptr },
  { vv::QUALITY_OVER_EXPOSURE, "over_exposure", N_ ("Share of the face that is nearly white"), N_ ("of 1"),
    3, vv::score_over_exposure, false, 0,
    ASK_BRIGHT, nullptr },
  { vv::QUALITY_DYNAMIC_RANGE, "dynamic_range", N_ ("Shades in the face"), N_ ("bits, of 8"),
    2, vv::score_dynamic_range, false, 0,
    N_ ("Ask for the original file instead of a screenshot or a photographed screen."), nullptr },
  { vv::QUALITY_ILLUMINATION_UNIFORMITY, "illumination_uniformity", N_ ("Even light on both cheeks"), N_ ("of 1"),
    3, vv::score_illumination_uniformity, false, 0,
    N_ ("Ask for another moment or camera in which both halves of the face are lit alike."), nullptr },
  { vv::QUALITY_NATURAL_COLOUR, "natural_colour", N_ ("Colour of the skin off the natural range"), N_ ("CIELAB units"),
    1, vv::score_natural_colour, false, 0,
    N_ ("Ask for the original file, or for a moment or camera without coloured light."), nullptr },
  { vv::QUALITY_SINGLE_FACE, "single_face", N_ ("Second largest face beside the largest"), N_ ("of its area"),
    2, vv::score_single_face, false, 0,
    N_ ("Ask which of the persons in the picture is meant, and have it confirmed in writing."), nullptr },
  { vv::QUALITY_EYES_OPEN, "eyes_open", N_ ("Opening of the eyes"), N_ ("of the lower face's height"),
    3, vv::score_eyes_open, true, 0,
    N_ ("Ask for another moment in which the eyes are open."), nullptr },
  { vv::QUALITY_MOUTH_CLOSED, "mouth_closed", N_ ("Opening of the mouth"), N_ ("of the lower face's height"),
    3, vv::score_mouth_closed, true, 0,
    N_ ("Ask for another moment in which the mouth is closed."), nullptr },
  { vv::QUALITY_HEAD_SIZE, "head_size", N_ ("Height of the lower face"), N_ ("of the picture's height"),
    3, vv::score_head_size, true, 0,
    N_ ("Ask for a recording in which the face fills more of the picture."), ASK_UNCUT },
  { vv::QUALITY_MARGIN_LEFT, "margin_left", N_ ("Room on the left"), N_ ("eye distances"),
    2, vv::score_margin_side, false, 0,
    ASK_UNCUT, nullptr },
  { vv::QUALITY_MARGIN_RIGHT, "margin_right", N_ ("Room on the right"), N_ ("eye distances"),
    2, vv::score_margin_side, false, 0,
    ASK_UNCUT, nullptr },
  { vv::QUALITY_MARGIN_ABOVE, "margin_above", N_ ("Room above the eyes"), N_ ("lower face's heights"),
    2, vv::score_margin_above, true, 0,
    ASK_UNCUT, nullptr },
  { vv::QUALITY_MARGIN_BELOW, "margin_below", N_ ("Room below the eyes"), N_ ("lower face's heights"),
    2, vv::score_margin_below, true, 0,
    ASK_UNCUT, nullptr },
};
/* clang-format on */

struct Limits
{
  double good[2];
  double usable[2];
};

[[noreturn]] void
limits_wrong (const char *measure)
{
  throw vv::Failure (g_error_new (VV_VISION_ERROR, VV_VISION_ERROR_LIMITS,
                                  /* Translators: the name of a measure as it stands in the rules file */
                                  _ ("The limits of the quality measure “%s” cannot be used. Look at its name and its numbers in the rules file."),
                                  measure));
}

void
read_range (JsonObject *limits,
            const char *name,
            const char *measure,
            double      range[2])
{
  JsonArray *ends = vv_json_array (limits, name);

  if (vv_json_length (ends) != 2)
    limits_wrong (measure);
  for (guint i = 0; i < 2; i++)
    {
      if (json_array_get_null_element (ends, i))
        range[i] = i == 0 ? -HUGE_VAL : HUGE_VAL;
      else if (JSON_NODE_HOLDS_VALUE (json_array_get_element (ends, i)))
        range[i] = json_array_get_double_element (ends, i);
      else
        limits_wrong (measure);
    }
}

Limits
read_limits (JsonObject *limits,
             const char *measure)
{
  JsonObject *own = vv_json_object (limits, measure);
  Limits      read;

  read_range (own, "good", measure, read.good);
  read_range (own, "usable", measure, read.usable);
  return read;
}

/* A misspelt measure must not pass for one that the agency left out. */
void
check_names (JsonObject *limits)
{
  g_autoptr (GList) names = json_object_get_members (limits);

  for (GList *name = names; name != nullptr; name = name->next)
    if (std::none_of (std::begin (measures), std::end (measures),
                      [&] (const Measure &measure) { return strcmp (measure.name, static_cast<const char *> (name->data)) == 0; }))
      limits_wrong (static_cast<const char *> (name->data));
}

bool
is_in (double       value,
       const double range[2])
{
  return value >= range[0] && value <= range[1];
}

/* Sets state and what to ask. */
void
judge (JsonObject    *row,
       const Measure &measure,
       const Limits  &limits,
       double         value)
{
  const bool good = is_in (value, limits.good);
  const bool above = value > limits.good[1] && measure.ask_above != nullptr;

  json_object_set_string_member (row, "state", good ? "good" : is_in (value, limits.usable) ? "limits"
                                                                                            : "unusable");
  if (good)
    json_object_set_null_member (row, "ask");
  else
    json_object_set_string_member (row, "ask", _ (above ? measure.ask_above : measure.ask_below));
}

/* Without a value there is nothing to judge. */
void
leave_open (JsonObject *row,
            bool        greyscale)
{
  json_object_set_null_member (row, "value");
  json_object_set_null_member (row, "score");
  json_object_set_string_member (row, "state", greyscale ? "greyscale" : "not-measured");
  if (greyscale)
    json_object_set_string_member (row, "ask", _ ("The picture is greyscale or infrared. Ask whether there is a recording in colour."));
  else
    json_object_set_null_member (row, "ask");
}

double
rounded (double value,
         int    decimals)
{
  const double tens = std::pow (10, decimals);

  return std::round (value * tens) / tens + 0.0; /* no negative zero */
}

JsonObject *
make_row (const Measure           &measure,
          const Limits            &limits,
          const vv::QualityValues &values)
{
  const double value = rounded (values.of[measure.value], measure.decimals);
  JsonObject  *row = vv_json_new ("measure", "s", measure.name,
                                  "title", "s", _ (measure.title), "unit", "s", _ (measure.unit), "method", "s", measure.score != nullptr ? "OFIQ" : "own", "landmarks", "b", measure.landmarks ? TRUE : FALSE, nullptr);

  if (measure.plus_minus > 0)
    json_object_set_double_member (row, "plus_minus", measure.plus_minus);
  if (std::isnan (value))
    {
      leave_open (row, values.greyscale && measure.value == vv::QUALITY_NATURAL_COLOUR);
      return row;
    }
  json_object_set_double_member (row, "value", value);
  if (measure.score != nullptr)
    json_object_set_int_member (row, "score", std::lround (std::clamp (measure.score (values.of[measure.value]), 0.0, 100.0)));
  else
    json_object_set_null_member (row, "score");
  judge (row, measure, limits, value);
  return row;
}

} // namespace

JsonArray *
vv_quality_measure (const VvPicture *picture,
                    const VvFace    *face,
                    const VvFace    *others,
                    guint            n_others,
                    JsonObject      *limits,
                    GError         **error)
{
  g_autoptr (JsonArray) rows = json_array_new ();

  g_return_val_if_fail (picture != nullptr && face != nullptr && limits != nullptr, nullptr);
  g_return_val_if_fail (others != nullptr || n_others == 0, nullptr);

  vv::quieten_opencv ();
  const bool done = vv::guard (error, [&] {
    check_names (limits);

    const vv::QualityValues values = vv::measure_quality (vv::wrap (picture), *face, others, n_others);

    for (const Measure &measure : measures)
      if (json_object_has_member (limits, measure.name))
        json_array_add_object_element (rows, make_row (measure, read_limits (limits, measure.name), values));
  });
  return done ? static_cast<JsonArray *> (g_steal_pointer (&rows)) : nullptr;
}
