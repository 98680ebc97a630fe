// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-adjust-private.h"
#include "vv-json.h"

/* The closed list. Whoever adds a step asks first: does it add what the picture does not show? */

#define PIXELS N_ ("pixels")

#define NUMBER(name, title, unit, low, high, initial, digits)         \
  {                                                                   \
    name, title, { NULL }, { NULL }, unit, low, high, initial, digits \
  }
#define LENGTH(name, title, low, high, initial, digits)                       \
  {                                                                           \
    name, title, { NULL }, { NULL }, PIXELS, low, high, initial, digits, TRUE \
  }
#define KERNEL                                                                                                         \
  {                                                                                                                    \
    "kernel", N_ ("Kernel"), { N_ ("nearest pixel"), N_ ("bilinear"), N_ ("bicubic"), N_ ("Lanczos, 3 lobes"), NULL }, \
      { "nearest", "bilinear", "bicubic", "lanczos3", NULL }, "", 0, 3, VV_KERNEL_BICUBIC, 0                           \
  }

/* clang-format off */
static const VvAdjustStep steps[] = {
  { "exposure", N_ ("Exposure"), N_ ("Multiplies the light of every pixel; one stop doubles it."),
    { NUMBER ("stops", N_ ("Brighter by"), N_ ("stops"), -4, 4, 0, 2) },
    _vv_step_exposure, NULL, NULL },
  { "contrast", N_ ("Contrast"), N_ ("Draws shades away from middle grey, or towards it."),
    { NUMBER ("percent", N_ ("More by"), N_ ("per cent"), -90, 300, 0, 0) },
    _vv_step_contrast, NULL, NULL },
  { "gamma", N_ ("Gamma"), N_ ("Above 1 lightens the middle shades, below 1 darkens them; black and white stay."),
    { NUMBER ("gamma", N_ ("Gamma"), "", 0.2, 5, 1, 2) },
    _vv_step_gamma, NULL, NULL },
  { "levels", N_ ("Levels"), N_ ("Makes one shade black and one white and spreads those between."),
    { NUMBER ("black", N_ ("Black at"), N_ ("of 255"), 0, 254, 0, 0),
      NUMBER ("white", N_ ("White at"), N_ ("of 255"), 1, 255, 255, 0) },
    _vv_step_levels, NULL, _vv_size_levels },
  { "clahe", N_ ("Local contrast (CLAHE)"), N_ ("Evens out the contrast tile by tile, up to a limit."),
    { NUMBER ("clip", N_ ("Limit"), "", 1, 10, 2, 1),
      NUMBER ("tiles", N_ ("Tiles a side"), "", 1, 32, 8, 0) },
    _vv_step_clahe, NULL, NULL },
  { "white-balance", N_ ("White balance"), N_ ("Makes a card that should be grey grey. Enter the colour the card has in the picture, or take it by a click."),
    { NUMBER ("red", N_ ("Red of the card"), N_ ("of 255"), 1, 255, 128, 0),
      NUMBER ("green", N_ ("Green of the card"), N_ ("of 255"), 1, 255, 128, 0),
      NUMBER ("blue", N_ ("Blue of the card"), N_ ("of 255"), 1, 255, 128, 0) },
    _vv_step_white_balance, NULL, NULL },
  { "grey", N_ ("Grey"), N_ ("Shows the brightness alone (BT.601)."), { { NULL } },
    _vv_step_grey, NULL, NULL },
  { "channel", N_ ("One channel"), N_ ("Shows one colour channel alone, as grey."),
    { { "channel", N_ ("Channel"), { N_ ("red"), N_ ("green"), N_ ("blue"), NULL }, { "red", "green", "blue", NULL }, "", 0, 2, 1, 0 } },
    _vv_step_channel, NULL, NULL },
  { "unsharp", N_ ("Unsharp mask"), N_ ("Strengthens edges that are there; brings back no detail."),
    { LENGTH ("radius", N_ ("Radius"), 0.3, 20, 1.5, 1),
      NUMBER ("amount", N_ ("Amount"), N_ ("per cent"), 0, 400, 80, 0),
      NUMBER ("threshold", N_ ("Edges from"), N_ ("of 255"), 0, 100, 2, 0) },
    _vv_step_unsharp, NULL, NULL },
  { "denoise", N_ ("Less noise"), N_ ("Replaces each pixel by the middle (median) or by the mean of those alike (bilateral) around it."),
    { { "method", N_ ("Method"), { N_ ("median"), N_ ("bilateral"), NULL }, { "median", "bilateral", NULL }, "", 0, 1, 0, 0 },
      LENGTH ("radius", N_ ("Radius"), 1, 4, 1, 0),
      NUMBER ("strength", N_ ("Alike within (bilateral)"), N_ ("of 255"), 1, 100, 15, 0) },
    _vv_step_denoise, NULL, NULL },
  { "deinterlace", N_ ("Deinterlace"), N_ ("Keeps every second line of a video frame and fills the others with the mean of their neighbours."),
    { { "field", N_ ("Lines kept"), { N_ ("first, third, ..."), N_ ("second, fourth, ..."), NULL }, { "top", "bottom", NULL }, "", 0, 1, 0, 0 } },
    _vv_step_deinterlace, NULL, NULL },
  { "rotate", N_ ("Rotate"), N_ ("Turns the whole picture clockwise; what lies beside it becomes grey."),
    { NUMBER ("degrees", N_ ("Clockwise by"), N_ ("degrees"), -180, 180, 0, 1), KERNEL },
    _vv_step_rotate, _vv_move_rotate, _vv_size_rotate },
  { "crop", N_ ("Crop"), N_ ("Keeps a rectangle. A width or height of 0 keeps everything to the edge."),
    { LENGTH ("x", N_ ("Left"), 0, 20000, 0, 0), LENGTH ("y", N_ ("Top"), 0, 20000, 0, 0),
      LENGTH ("width", N_ ("Width"), 0, 20000, 0, 0), LENGTH ("height", N_ ("Height"), 0, 20000, 0, 0) },
    _vv_step_crop, _vv_move_crop, _vv_size_crop },
  { "resample", N_ ("Resample"), N_ ("Changes the number of pixels by a named kernel. It adds no detail."),
    { NUMBER ("percent", N_ ("Size"), N_ ("per cent"), 5, 800, 100, 1),
      NUMBER ("aspect", N_ ("Width of a camera pixel"), N_ ("of its height"), 0.5, 2, 1, 3), KERNEL },
    _vv_step_resample, _vv_move_resample, _vv_size_resample },
  { "lens", N_ ("Lens distortion"), N_ ("Straightens lines bent by a wide lens. Above 0 the edges are drawn outwards less than below."),
    { NUMBER ("k", N_ ("Strength"), "", -0.25, 0.5, 0, 3), KERNEL },
    _vv_step_lens, _vv_move_lens, NULL },
  { NULL },
};
/* clang-format on */

const VvAdjustStep *
_vv_adjust_steps (void)
{
  return steps;
}

static JsonObject *
show_value (const VvAdjustValue *value)
{
  JsonObject *shown = vv_json_new ("value", "s", value->name, "title", "s", _ (value->title),
                                   "unit", "s", *value->unit != '\0' ? _ (value->unit) : "", NULL);
  JsonArray  *choices;

  if (value->choices[0] == NULL)
    {
      json_object_set_double_member (shown, "default", value->initial);
      json_object_set_double_member (shown, "low", value->low);
      json_object_set_double_member (shown, "high", value->high);
      json_object_set_int_member (shown, "digits", value->digits);
      return shown;
    }
  choices = json_array_new ();
  for (guint i = 0; value->choices[i] != NULL; i++)
    json_array_add_object_element (choices,
                                   vv_json_new ("choice", "s", value->choices[i], "title", "s", _ (value->choice_titles[i]), NULL));
  json_object_set_string_member (shown, "default", value->choices[(int) value->initial]);
  json_object_set_array_member (shown, "choices", choices);
  return shown;
}

JsonArray *
vv_adjust_table (void)
{
  JsonArray *table = json_array_new ();

  for (const VvAdjustStep *step = steps; step->name != NULL; step++)
    {
      JsonArray *values = json_array_new ();

      for (guint i = 0; i < VV_ADJUST_VALUES_MAX && step->values[i].name != NULL; i++)
        json_array_add_object_element (values, show_value (&step->values[i]));
      json_array_add_object_element (table,
                                     vv_json_new ("step", "s", step->name, "title", "s", _ (step->title), "what", "s", _ (step->what),
                                                  "geometry", "b", step->move != NULL, "values", "a", values, NULL));
    }
  return table;
}
