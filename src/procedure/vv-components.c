// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-components.h"
#include "vv-json.h"
#include "vv-procedure-error.h"

#define NAMED_AT_MOST 4

static const VvComponent components[] = {
  { "skin", N_ ("Skin"), N_ ("Texture and tone"), FALSE },
  { "outline", N_ ("Outline of face and head"), N_ ("Shape from the front and in profile"), FALSE },
  { "composition", N_ ("Composition"), N_ ("Where the features sit and how large they are beside each other"), FALSE },
  { "hair", N_ ("Hair"), N_ ("Hairline, density, texture, baldness"), FALSE },
  { "forehead", N_ ("Forehead"), N_ ("Height, width, slope, brow ridges"), FALSE },
  { "eyebrows", N_ ("Eyebrows"), N_ ("Shape, size, tilt, density"), FALSE },
  { "eyes", N_ ("Eyes"), N_ ("Spacing, lids, opening, corners, iris"), FALSE },
  { "cheeks", N_ ("Cheeks"), N_ ("Cheekbones, fullness, dimples"), FALSE },
  { "nose", N_ ("Nose"), N_ ("Root, bridge, tip, wings, nostrils"), FALSE },
  { "ears", N_ ("Ears"), N_ ("Size, level, each fold, the lobe"), FALSE },
  { "mouth", N_ ("Mouth"), N_ ("Philtrum, lips, corners, teeth"), FALSE },
  { "chin", N_ ("Chin and jaw"), N_ ("Shape, length, jaw line, angle"), FALSE },
  { "neck", N_ ("Neck"), N_ ("Width, folds, larynx"), FALSE },
  { "facial-hair", N_ ("Facial hair"), N_ ("Where it grows, edge, density"), FALSE },
  { "facial-lines", N_ ("Facial lines"), N_ ("Lines and creases: place, course, depth"), FALSE },
  { "scars", N_ ("Scars"), N_ ("Whether a scar would be seen; which are"), FALSE },
  { "marks", N_ ("Facial marks"), N_ ("Whether moles and freckles would be seen; which are"), FALSE },
  { "alterations", N_ ("Alterations"), N_ ("Piercings, tattoos, make-up"), FALSE },
  { "other", N_ ("Anything else"), N_ ("What no other line is for"), TRUE },
  { NULL, NULL, NULL, FALSE },
};

static const char *const visibilities[] = { "clear", "partly", "not", NULL };

const VvComponent *
vv_component_all (void)
{
  return components;
}

const VvComponent *
vv_component_find (const char *name)
{
  for (const VvComponent *component = components; component->name != NULL; component++)
    if (g_strcmp0 (component->name, name) == 0)
      return component;
  return NULL;
}

const char *const *
vv_visibility_all (void)
{
  return visibilities;
}

const char *
vv_visibility_title (const char *visibility)
{
  static const char *const titles[] = { N_ ("Clear"), N_ ("Partly"), N_ ("Not visible") };

  for (gsize i = 0; visibilities[i] != NULL; i++)
    if (g_strcmp0 (visibilities[i], visibility) == 0)
      return _ (titles[i]);
  return "";
}

static gboolean
has_visibility (JsonObject *marked, const VvComponent *component)
{
  const char *visibility = vv_json_string (vv_json_object (marked, component->name), "visibility");

  if (visibility == NULL)
    return component->optional;
  return g_strv_contains (visibilities, visibility);
}

/* Every component is marked, and nothing else is. */
static gboolean
check_marks (JsonObject *marked, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GList)   names = marked != NULL ? json_object_get_members (marked) : NULL;
  guint               n = 0;

  for (const VvComponent *component = components; component->name != NULL; component++)
    if (!has_visibility (marked, component) && ++n <= NAMED_AT_MOST)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", _ (component->title));
  if (n > NAMED_AT_MOST)
    g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                 _ ("%u components of the face are not marked yet. “Not visible” is an answer."), n);
  else if (n > 0)
    g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                 _ ("These components of the face are not marked yet: %s. “Not visible” is an answer."), missing->str);
  if (n > 0)
    return FALSE;
  for (GList *each = names; each != NULL; each = each->next)
    if (vv_component_find (each->data) == NULL)
      {
        g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, _ ("“%s” is no component of the face that the list knows."),
                     (const char *) each->data);
        return FALSE;
      }
  return TRUE;
}

gboolean
vv_probe_analysis_check (JsonObject *analysis, GError **error)
{
  const char *summary = vv_json_string (analysis, "summary");

  if (!check_marks (vv_json_object (analysis, "components"), error))
    return FALSE;
  if (summary != NULL && strspn (summary, " \t\r\n") < strlen (summary))
    return TRUE;
  g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                       _ ("Sum up in a sentence what can be compared on this probe, and what cannot."));
  return FALSE;
}

char *
vv_probe_analysis_text (JsonObject *analysis)
{
  JsonObject *marked = vv_json_object (analysis, "components");
  GString    *text = g_string_new (vv_json_string (analysis, "summary"));

  for (gsize i = 0; visibilities[i] != NULL; i++)
    {
      gboolean any = FALSE;

      for (const VvComponent *component = components; component->name != NULL; component++)
        {
          JsonObject *mark = vv_json_object (marked, component->name);
          const char *note = vv_json_string (mark, "note");

          if (g_strcmp0 (vv_json_string (mark, "visibility"), visibilities[i]) != 0)
            continue;
          if (!any)
            g_string_append_printf (text, "\n%s: ", vv_visibility_title (visibilities[i]));
          g_string_append_printf (text, "%s%s", any ? ", " : "", _ (component->title));
          if (note != NULL)
            g_string_append_printf (text, " (%s)", note);
          any = TRUE;
        }
    }
  return g_string_free (text, FALSE);
}
