// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-characteristics.h"
#include "vv-finding.h"
#include "vv-json-mark.h"
#include "vv-json.h"
#include "vv-procedure-error.h"

static const char *const sides[] = { "probe", "candidate", NULL };

const char *const *
vv_finding_sides (void)
{
  return sides;
}

/* "candidate" for "probe". */
static const char *
other_side (const char *side)
{
  return strcmp (side, sides[0]) == 0 ? sides[1] : sides[0];
}

const char *
vv_finding_lacks (JsonObject *finding)
{
  for (gsize i = 0; sides[i] != NULL; i++)
    if (vv_json_object (finding, sides[i]) == NULL &&
        (g_strcmp0 (vv_json_string (finding, "unseen"), sides[i]) != 0 || vv_json_object (finding, other_side (sides[i])) == NULL))
      return sides[i];
  return NULL;
}

const char *
vv_finding_title (JsonObject *finding)
{
  const VvCharacteristic *characteristic = vv_characteristic_find (vv_json_string (finding, "characteristic"));
  const VvComponent      *component = vv_component_find (vv_json_string (finding, "component"));

  return characteristic != NULL ? characteristic->title : component != NULL ? component->title
                                                                            : NULL;
}

static gboolean
has_text (JsonObject *finding)
{
  const char *text = vv_json_string (finding, "text");

  return text != NULL && strspn (text, " \t\r\n") < strlen (text);
}

/* Whether @member is absent, or a text that @known knows. */
static gboolean
is_known (JsonObject *finding, const char *member, const char *const *words)
{
  const char *word = vv_json_string (finding, member);

  return !json_object_has_member (finding, member) || (word != NULL && g_strv_contains (words, word));
}

static gboolean
is_part_of_component (JsonObject *finding)
{
  const VvCharacteristic *one = vv_characteristic_find (vv_json_string (finding, "characteristic"));

  return !json_object_has_member (finding, "characteristic") ||
         (one != NULL && g_strcmp0 (vv_characteristic_component (one)->name, vv_json_string (finding, "component")) == 0);
}

/* What is wrong with the marks, or NULL. */
static const char *
fault_of_marks (JsonObject *finding)
{
  const char *unseen = vv_json_string (finding, "unseen");
  const char *lacks = vv_finding_lacks (finding);

  for (gsize i = 0; sides[i] != NULL; i++)
    if (json_object_has_member (finding, sides[i]) && !vv_mark_read (vv_json_object (finding, sides[i]), NULL))
      return N_ ("Finding %u has a mark that cannot be read: a kind of mark and its points are needed.");
  if (!is_known (finding, "unseen", sides))
    return N_ ("Finding %u names a picture that does not show it; only “probe” or “candidate” can be named.");
  if (unseen != NULL && json_object_has_member (finding, unseen))
    return N_ ("Finding %u is marked on the picture that is said not to show it.");
  if (lacks != NULL && json_object_has_member (finding, other_side (lacks)))
    return strcmp (lacks,
                   sides[0]) == 0
             ? N_ ("Finding %u has no mark on the probe: mark it there too, or say that the probe does not show it.")
             : N_ ("Finding %u has no mark on the candidate: mark it there too, or say that the candidate’s picture does not show it.");
  return lacks != NULL ? N_ ("Finding %u has no mark.") : NULL;
}

/* What is wrong, untranslated with a place for the number, or NULL. */
static const char *
fault_of (JsonObject *finding)
{
  const char *marks = finding != NULL ? fault_of_marks (finding) : N_ ("Finding %u has no mark.");

  if (marks != NULL)
    return marks;
  if (vv_component_find (vv_json_string (finding, "component")) == NULL)
    return N_ ("Finding %u does not say which component of the face it is about.");
  if (!is_part_of_component (finding))
    return N_ ("Finding %u names a characteristic that is none of its component.");
  if (!is_known (finding, "answer", vv_characteristic_answers ()))
    return N_ ("Finding %u is answered with a word that the list does not know.");
  if (json_object_has_member (finding, "unseen") && g_strcmp0 (vv_json_string (finding, "answer"), "similar") == 0)
    return N_ ("Finding %u is not visible in one picture, so it is not similar there.");
  return has_text (finding) ? NULL : N_ ("Finding %u says nothing yet: describe in a sentence what is seen there.");
}

gboolean
vv_findings_check (JsonObject *comparison, GError **error)
{
  JsonArray *findings = vv_json_array (comparison, "findings");

  if (vv_json_length (findings) > VV_FINDINGS_MAX || (findings == NULL && json_object_has_member (comparison, "findings")))
    {
      g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                   _ ("The findings of a comparison are a list of at most %d pairs of marks."), VV_FINDINGS_MAX);
      return FALSE;
    }
  for (guint i = 0; i < vv_json_length (findings); i++)
    {
      const char         *fault = fault_of (vv_json_element (findings, i));
      g_autofree char    *number = g_strdup_printf ("%u", i + 1);
      g_autoptr (GString) text = g_string_new (fault != NULL ? _ (fault) : NULL);

      if (fault == NULL)
        continue;
      g_string_replace (text, "%u", number, 1);
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, text->str);
      return FALSE;
    }
  return TRUE;
}

gboolean
vv_findings_lie_in (JsonObject *comparison, const char *side, gint64 width, gint64 height, GError **error)
{
  JsonArray *findings = vv_json_array (comparison, "findings");

  for (guint i = 0; i < vv_json_length (findings); i++)
    {
      VvMark mark;
      VvBox  box;

      if (!vv_mark_read (vv_json_object (vv_json_element (findings, i), side), &mark))
        continue;
      box = vv_mark_bounds (&mark);
      if (box.x >= 0 &&
          box.y >= 0 &&
          (width <= 0 || box.x + box.width <= (float) width) &&
          (height <= 0 || box.y + box.height <= (float) height))
        continue;
      g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                   _ ("Finding %u has a mark that lies beside its picture: marks are in pixels of the picture as it came."),
                   i + 1);
      return FALSE;
    }
  return TRUE;
}
