// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-characteristics.h"
#include "vv-json.h"
#include "vv-procedure-error.h"

#define STABLE     "stable"
#define SLOW       "slow"
#define CHANGEABLE "changeable"

/* The same on both sides. */
#define BOTH(component, name, right, left, asks, block, usual) \
  { component ".right-" name, right, asks, block, usual },     \
  {                                                            \
    component ".left-" name, left, asks, block, usual          \
  }

static const VvCharacteristic characteristics[] = {
  /* The formatter would break every line of the table. */
  /* clang-format off */
  { "skin.texture", N_ ("Texture of the skin"), N_ ("Smooth or coarse, pores, pits, creases"), "complexion", SLOW },
  { "skin.tone", N_ ("Tone of the skin"), N_ ("Lightness and colour, as far as light and camera let one say"), "complexion", SLOW },

  { "outline.front", N_ ("Face from the front"), N_ ("Round, oval, square, long; at which height it is widest"), "structure", SLOW },
  { "outline.profile", N_ ("Face in profile"), N_ ("Straight, bowed out or in, from brow to chin"), "structure", STABLE },
  { "outline.skull", N_ ("Top and back of the head"), N_ ("Flat, domed, pointed; the line of the crown"), "structure", STABLE },

  { "composition.eye-level", N_ ("Level of the eyes"), N_ ("How high in the face the eyes sit"), "structure", STABLE },
  { "composition.ear-level", N_ ("Level of the ears"), N_ ("Upper and lower end of the ears beside brow, eyes, nose and mouth"), "structure", STABLE },
  { "composition.nose-eyes", N_ ("Nose beside the eyes"), N_ ("Width of the nose beside the gap between the eyes"), "structure", STABLE },
  { "composition.mouth-eyes", N_ ("Mouth beside the eyes"), N_ ("Where the corners of the mouth lie below the eyes"), "structure", STABLE },
  { "composition.mouth-nose", N_ ("Mouth beside the nose"), N_ ("Width of the mouth beside the width of the nose"), "structure", STABLE },
  { "composition.upper-lip", N_ ("Nose to mouth"), N_ ("How much of the face lies between nose and upper lip"), "structure", STABLE },
  { "composition.chin", N_ ("Mouth to chin"), N_ ("How much of the face lies below the lower lip"), "structure", STABLE },

  { "hair.front", N_ ("Hairline at the forehead"), N_ ("Shape, height, evenness; a peak, a parting, a whorl"), "hair", SLOW },
  { "hair.right", N_ ("Hairline at the right side"), N_ ("Shape and height at the temple, where it ends before the ear"), "hair", SLOW },
  { "hair.left", N_ ("Hairline at the left side"), N_ ("Shape and height at the temple, where it ends before the ear"), "hair", SLOW },
  { "hair.crown", N_ ("Thinning and baldness"), N_ ("Where hair is thin or gone, and how it is bordered"), "hair", SLOW },
  { "hair.growth", N_ ("Hair itself"), N_ ("Straight or curled, thick or thin, tone, length"), "hair", CHANGEABLE },

  { "forehead.shape", N_ ("Forehead"), N_ ("Height and width beside the rest of the face; upright, sloped or bulging"), "structure", STABLE },
  { "forehead.ridges", N_ ("Brow ridges"), N_ ("How far they stand out, and whether they meet"), "structure", STABLE },

  { "eyebrows.right", N_ ("Right eyebrow"), N_ ("Shape, size, tilt, density; where its ends lie beside the corners of the eye"), "eyes", CHANGEABLE },
  { "eyebrows.left", N_ ("Left eyebrow"), N_ ("Shape, size, tilt, density; where its ends lie beside the corners of the eye"), "eyes", CHANGEABLE },
  { "eyebrows.symmetry", N_ ("Eyebrows together"), N_ ("One higher or fuller than the other; whether they join"), "eyes", SLOW },

  { "eyes.gap", N_ ("Gap between the eyes"), N_ ("Inner corner to inner corner, beside the width of an eye"), "eyes", STABLE },
  { "eyes.pupils", N_ ("Spacing of the pupils"), N_ ("Pupil to pupil, beside the width of the face"), "eyes", STABLE },
  BOTH ("eyes", "opening", N_ ("Right eye: opening"), N_ ("Left eye: opening"), N_ ("Shape and tilt of the opening between the lids"),
      "eyes", SLOW),
  BOTH ("eyes", "upper-lid", N_ ("Right eye: upper lid"), N_ ("Left eye: upper lid"),
      N_ ("Whether the fold shows, where it runs, how much iris the lid covers"), "eyes", SLOW),
  BOTH ("eyes", "lower-lid", N_ ("Right eye: lower lid"), N_ ("Left eye: lower lid"), N_ ("Course of the edge, fold and fullness below it"),
      "eyes", SLOW),
  BOTH ("eyes", "ball", N_ ("Right eye: eyeball"), N_ ("Left eye: eyeball"), N_ ("How far it stands out or lies back"), "eyes", STABLE),
  BOTH ("eyes", "white", N_ ("Right eye: white"), N_ ("Left eye: white"), N_ ("How much shows and where; vessels, tint"), "eyes",
      CHANGEABLE),
  BOTH ("eyes", "iris", N_ ("Right eye: iris"), N_ ("Left eye: iris"), N_ ("Tone and colour, how much is seen, marks in it"), "eyes",
      STABLE),
  BOTH ("eyes", "inner-corner", N_ ("Right eye: inner corner"), N_ ("Left eye: inner corner"),
      N_ ("Shape and angle; a fold of skin over it"), "eyes", STABLE),
  BOTH ("eyes", "outer-corner", N_ ("Right eye: outer corner"), N_ ("Left eye: outer corner"),
      N_ ("Shape, angle, height beside the inner corner"), "eyes", STABLE),
  { "eyes.symmetry", N_ ("Eyes together"), N_ ("One larger, higher or otherwise unlike the other"), "eyes", STABLE },

  BOTH ("cheeks", "bone", N_ ("Right cheekbone"), N_ ("Left cheekbone"), N_ ("How far it stands out, how high it lies"), "structure",
      STABLE),
  BOTH ("cheeks", "flesh", N_ ("Right cheek"), N_ ("Left cheek"), N_ ("Full or hollow; a dimple"), "structure", SLOW),

  { "nose.outline", N_ ("Whole nose"), N_ ("Length, width, how far it stands out, evenness of its sides"), "nose", STABLE },
  { "nose.root", N_ ("Root of the nose"), N_ ("Depth and width between the eyes; angle to the forehead"), "nose", STABLE },
  { "nose.body", N_ ("Back of the nose"), N_ ("Straight, humped, hollow; a bend to one side"), "nose", STABLE },
  { "nose.tip", N_ ("Tip of the nose"), N_ ("Round, pointed, square, parted; up, level or down"), "nose", STABLE },
  { "nose.base", N_ ("Base of the nose"), N_ ("Width and height from below; a slant"), "nose", STABLE },
  { "nose.wings", N_ ("Wings of the nose"), N_ ("Thickness, flare, where they join the cheek"), "nose", STABLE },
  { "nose.nostrils", N_ ("Nostrils"), N_ ("Shape, size, evenness, what shows of them"), "nose", STABLE },
  { "nose.septum", N_ ("Strip between the nostrils"), N_ ("Width, length, level below the wings"), "nose", STABLE },

  BOTH ("ears", "whole", N_ ("Right ear: whole"), N_ ("Left ear: whole"), N_ ("Size, shape, angle to the head line"), "ears", STABLE),
  BOTH ("ears", "stand", N_ ("Right ear: stand"), N_ ("Left ear: stand"), N_ ("How far it stands off, and which part of it"), "ears",
      STABLE),
  BOTH ("ears", "rim", N_ ("Right ear: rim"), N_ ("Left ear: rim"),
      N_ ("Course and roll of the outer rim at front, top and back; a point on it"), "ears", STABLE),
  BOTH ("ears", "fold", N_ ("Right ear: inner fold"), N_ ("Left ear: inner fold"),
      N_ ("Course of the fold inside the rim, its two arms and the dip between them"), "ears", STABLE),
  BOTH ("ears", "hollow", N_ ("Right ear: hollow"), N_ ("Left ear: hollow"), N_ ("Size and shape of the hollow before the ear hole"), "ears",
      STABLE),
  BOTH ("ears", "tragus", N_ ("Right ear: flap and notch"), N_ ("Left ear: flap and notch"),
      N_ ("The flap before the ear hole, the knob across from it, the notch between"), "ears", STABLE),
  BOTH ("ears", "lobe", N_ ("Right ear: lobe"), N_ ("Left ear: lobe"), N_ ("Free or grown on; shape, size, creases"), "ears", SLOW),
  { "ears.symmetry", N_ ("Ears together"), N_ ("One higher, larger or otherwise unlike the other"), "ears", STABLE },

  { "mouth.groove", N_ ("Groove above the lip"), N_ ("Depth, width, evenness of the groove below the nose"), "mouth", STABLE },
  { "mouth.whole", N_ ("Whole mouth"), N_ ("Width, fullness, how far it stands out"), "mouth", SLOW },
  { "mouth.upper-lip", N_ ("Upper lip"), N_ ("Height, border, the bow in its middle"), "mouth", SLOW },
  { "mouth.lower-lip", N_ ("Lower lip"), N_ ("Height, border, fullness beside the upper"), "mouth", SLOW },
  { "mouth.line", N_ ("Line between the lips"), N_ ("Course, whether they touch, corners up or down"), "mouth", CHANGEABLE },
  { "mouth.symmetry", N_ ("Sides of the mouth"), N_ ("One higher, fuller or wider than the other"), "mouth", SLOW },
  { "mouth.bite", N_ ("Bite of the teeth"), N_ ("How upper and lower teeth meet"), "mouth", SLOW },
  { "mouth.jaws", N_ ("Set of the jaws"), N_ ("Upper or lower jaw ahead of the other"), "mouth", STABLE },
  { "mouth.teeth", N_ ("Teeth"), N_ ("Shape, gaps, line, what is missing or mended"), "mouth", SLOW },
  { "mouth.peculiar", N_ ("Seldom seen at the mouth"), N_ ("A cleft, a split, an uneven edge"), "mouth", STABLE },

  { "chin.front", N_ ("Chin from the front"), N_ ("Round, square, pointed; width, evenness, a dimple or cleft"), "chin", STABLE },
  { "chin.profile", N_ ("Chin in profile"), N_ ("How far forward; the hollow below the lip"), "chin", STABLE },
  { "chin.jaw-line", N_ ("Line of the jaw"), N_ ("Sharp or soft, its course from ear to chin"), "chin", SLOW },
  { "chin.angle", N_ ("Angle of the jaw"), N_ ("Wide or square, how high, how far out"), "chin", STABLE },

  { "neck.whole", N_ ("Whole neck"), N_ ("Width and length; muscles, veins, folds"), "chin", SLOW },
  { "neck.larynx", N_ ("Larynx"), N_ ("Whether it shows; size, place"), "chin", STABLE },

  { "facial-hair.upper-lip", N_ ("Hair above the lip"), N_ ("Where it grows, edge, density, length, gaps"), "hair", CHANGEABLE },
  { "facial-hair.lower-lip", N_ ("Hair below the lip"), N_ ("Where it grows, edge, density, length, gaps"), "hair", CHANGEABLE },
  { "facial-hair.right", N_ ("Beard at the right side"), N_ ("Upper edge, density, direction, gaps"), "hair", CHANGEABLE },
  { "facial-hair.left", N_ ("Beard at the left side"), N_ ("Upper edge, density, direction, gaps"), "hair", CHANGEABLE },
  { "facial-hair.neck", N_ ("Beard below the jaw"), N_ ("Lower edge, density, direction, gaps"), "hair", CHANGEABLE },

  { "facial-lines.forehead", N_ ("Lines across the forehead"), N_ ("How many, course, depth"), "marks", SLOW },
  { "facial-lines.frown", N_ ("Lines between the brows"), N_ ("How many, upright or slanted, depth"), "marks", SLOW },
  { "facial-lines.root", N_ ("Crease across the root of the nose"), N_ ("Where, how deep"), "marks", SLOW },
  { "facial-lines.nose", N_ ("Lines on the nose"), N_ ("At its sides or in its tip; course, depth"), "marks", SLOW },
  { "facial-lines.eyes", N_ ("Lines beside the eyes"), N_ ("How many, how they fan out, length"), "marks", SLOW },
  { "facial-lines.lids", N_ ("Lines of the lids"), N_ ("On the upper and the lower lid; course, depth"), "marks", SLOW },
  { "facial-lines.under-eyes", N_ ("Lines under the eyes"), N_ ("Course along the bag, length, depth"), "marks", SLOW },
  { "facial-lines.nose-mouth", N_ ("Folds from nose to mouth"), N_ ("Course, length, depth, one unlike the other"), "marks", SLOW },
  { "facial-lines.mouth", N_ ("Lines around the lips"), N_ ("How many, where, depth"), "marks", SLOW },
  { "facial-lines.mouth-chin", N_ ("Lines from mouth to chin"), N_ ("Course down from the corners, length, depth"), "marks", SLOW },
  { "facial-lines.chin", N_ ("Crease above the chin"), N_ ("Course, depth; a cleft in the chin"), "marks", SLOW },
  { "facial-lines.cheeks", N_ ("Lines in the cheeks"), N_ ("Where, course, depth"), "marks", SLOW },
  { "facial-lines.neck", N_ ("Lines of the neck"), N_ ("How many, course, depth"), "marks", SLOW },

  { "scars.seen", N_ ("Scars"), N_ ("Of each: place, shape, direction, size, colour, raised or sunk"), "scars", STABLE },
  { "marks.moles", N_ ("Moles"), N_ ("Of each: place, size, colour, raised or flat; how they lie to each other"), "marks", STABLE },
  { "marks.freckles", N_ ("Freckles"), N_ ("Where, how many, their pattern"), "marks", SLOW },
  { "marks.birthmarks", N_ ("Birthmarks"), N_ ("Place, outline, size, colour"), "marks", STABLE },
  { "marks.blemishes", N_ ("Blemishes"), N_ ("Acne, spots, rashes: where, how many"), "blemishes", CHANGEABLE },
  { "alterations.tattoos", N_ ("Tattoos"), N_ ("Place, outline, size, colour, what they show"), "tattoos", STABLE },
  { "alterations.piercings", N_ ("Piercings"), N_ ("Place, size, whether worn or only the hole"), "tattoos", CHANGEABLE },
  { "alterations.make-up", N_ ("Make-up"), N_ ("Where, and what it hides"), "tattoos", CHANGEABLE },
  { "alterations.other", N_ ("Other alterations"), N_ ("Surgery, implants, dyed or shaved parts"), "tattoos", CHANGEABLE },
  { "other.seen", N_ ("Anything else"), N_ ("What no other line is for"), "structure", STABLE },
  { NULL, NULL, NULL, NULL, NULL },
  /* clang-format on */
};

static const char *const answers[] = { "similar", "different", "cannot-tell", "not-comparable", NULL };
static const char *const answer_titles[] = { N_ ("Similar"), N_ ("Different"), N_ ("Cannot tell"), N_ ("Not comparable") };
static const char *const explanations[] = { "pose", "expression", "light", "focus", "compression", "lens", "age",
                                            "weight", "grooming", "cosmetics", "injury", "unexplained", NULL };
static const char *const explanation_titles[] = { N_ ("Pose of the head"), N_ ("Expression"), N_ ("Light"),
                                                  N_ ("Focus or resolution"), N_ ("Compression of the picture"), N_ ("Lens or distance"),
                                                  N_ ("Time between the pictures"), N_ ("Weight"), N_ ("Grooming"),
                                                  N_ ("Cosmetics"), N_ ("Injury or surgery"), N_ ("Unexplained") };
static const char *const stabilities[] = { STABLE, SLOW, CHANGEABLE, NULL };
static const char *const stability_titles[] = { N_ ("Stable"), N_ ("Changes slowly"), N_ ("Changes easily") };

static const char *
title_of (const char *const *words, const char *const *titles, const char *word)
{
  for (gsize i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return _ (titles[i]);
  return "";
}

const VvCharacteristic *
vv_characteristic_all (void)
{
  return characteristics;
}

const VvCharacteristic *
vv_characteristic_find (const char *name)
{
  for (const VvCharacteristic *one = characteristics; one->name != NULL; one++)
    if (g_strcmp0 (one->name, name) == 0)
      return one;
  return NULL;
}

const VvComponent *
vv_characteristic_component (const VvCharacteristic *characteristic)
{
  g_autofree char *component = g_strndup (characteristic->name, strcspn (characteristic->name, "."));

  return vv_component_find (component);
}

const char *const *
vv_characteristic_answers (void)
{
  return answers;
}

const char *
vv_characteristic_answer_title (const char *answer)
{
  return title_of (answers, answer_titles, answer);
}

const char *const *
vv_explanation_all (void)
{
  return explanations;
}

const char *
vv_explanation_title (const char *explanation)
{
  return title_of (explanations, explanation_titles, explanation);
}

const char *const *
vv_stability_all (void)
{
  return stabilities;
}

const char *
vv_stability_title (const char *stability)
{
  return title_of (stabilities, stability_titles, stability);
}

/* --- Whether it holds together ---------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *format, const char *title)
{
  g_autofree char *text = NULL;
  g_auto (GStrv)   halves = g_strsplit (format, "%s", 2);

  text = g_strconcat (halves[0], title, halves[1], NULL);
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, text);
  return FALSE;
}

/* Whether @member says nothing or a word of the list. */
static gboolean
is_of (JsonObject *body, const char *member, const char *const *words)
{
  const char *word = vv_json_string (body, member);

  return !json_object_has_member (body, member) || (word != NULL && g_strv_contains (words, word));
}

static gboolean
compares (const char *answer)
{
  return g_strcmp0 (answer, "similar") == 0 || g_strcmp0 (answer, "different") == 0;
}

static gboolean
is_unseen (JsonObject *body)
{
  return g_strcmp0 (vv_json_string (body, "probe"), "not") == 0 || g_strcmp0 (vv_json_string (body, "candidate"), "not") == 0;
}

static gboolean
check_words (JsonObject *body, const char *title, GError **error)
{
  if (!is_of (body, "answer", answers) ||
      !is_of (body, "probe", vv_visibility_all ()) ||
      !is_of (body, "candidate", vv_visibility_all ()) ||
      !is_of (body, "explanation", explanations) ||
      !is_of (body, "stability", stabilities))
    return refuse (error, _ ("“%s” is answered with a word that the list does not know."), title);
  return TRUE;
}

static gboolean
check_one (const VvCharacteristic *one, JsonObject *body, JsonObject *blocks, GError **error)
{
  const char *title = _ (one->title);
  const char *answer = vv_json_string (body, "answer");
  const char *block = vv_json_string (vv_json_object (blocks, one->block), "answer");
  gboolean    different = g_strcmp0 (answer, "different") == 0;

  if (!check_words (body, title, error))
    return FALSE;
  if (different && vv_json_string (body, "explanation") == NULL)
    return refuse (error, _ ("“%s” is different: say what may explain it. “Unexplained” is an answer."), title);
  if (!different && vv_json_string (body, "explanation") != NULL)
    return refuse (error, _ ("“%s” has an explanation but is not answered as different."), title);
  if (compares (answer) && is_unseen (body))
    return refuse (error, _ ("“%s” is not visible in one picture, so it is neither similar nor different there."), title);
  if (compares (answer) && g_strcmp0 (block, "not-visible") == 0)
    return refuse (error, _ ("“%s” was compared, but the part of the face that it belongs to is answered as not visible."), title);
  return TRUE;
}

gboolean
vv_characteristics_check (JsonObject *comparison, GError **error)
{
  JsonObject       *bodies = vv_json_object (comparison, "characteristics");
  g_autoptr (GList) names = bodies != NULL ? json_object_get_members (bodies) : NULL;

  if (bodies == NULL && json_object_has_member (comparison, "characteristics"))
    {
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                           _ ("The characteristics of a comparison are an object: each name with what is said of it."));
      return FALSE;
    }
  for (GList *each = names; each != NULL; each = each->next)
    {
      const VvCharacteristic *one = vv_characteristic_find (each->data);

      if (one == NULL || vv_json_object (bodies, each->data) == NULL)
        return refuse (error, _ ("“%s” is no characteristic that the list knows."), each->data);
      if (!check_one (one, vv_json_object (bodies, one->name), vv_json_object (comparison, "blocks"), error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
vv_characteristics_unexplained (JsonObject *comparison)
{
  JsonObject *bodies = vv_json_object (comparison, "characteristics");
  GPtrArray  *names = g_ptr_array_new ();

  for (const VvCharacteristic *one = characteristics; bodies != NULL && one->name != NULL; one++)
    if (g_strcmp0 (vv_json_string (vv_json_object (bodies, one->name), "explanation"), "unexplained") == 0)
      g_ptr_array_add (names, (gpointer) one->name);
  return names;
}

const char *
vv_characteristics_answer_of_block (JsonObject *comparison, const char *block)
{
  /* From the weakest word to the one that decides. */
  static const char *const weight[] = { "not-comparable", "cannot-tell", "similar", "different" };
  static const char *const said[] = { "not-visible", "cannot-tell", "similar", "different" };
  JsonObject              *bodies = vv_json_object (comparison, "characteristics");
  const char              *amounts = NULL;

  for (gsize i = 0; bodies != NULL && i < G_N_ELEMENTS (weight); i++)
    for (const VvCharacteristic *one = characteristics; one->name != NULL; one++)
      if (strcmp (one->block, block) == 0 && g_strcmp0 (vv_json_string (vv_json_object (bodies, one->name), "answer"), weight[i]) == 0)
        amounts = said[i];
  return amounts;
}
