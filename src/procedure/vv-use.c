// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-json.h"
#include "vv-procedure-error.h"
#include "vv-use.h"

static const VvUse uses[VV_USE_COUNT] = {
  { "a", N_ ("Crime"), N_ ("To identify an individual when there is a basis to believe that the individual has committed, is committing, or is about to commit a crime"), "tense", { "has committed", "is committing", "is about to commit", NULL }, { "offence", NULL }, NULL, NULL },
  { "b", N_ ("Missing person, victim or witness"), N_ ("To identify an individual when there is a basis to believe that the individual is a missing person, crime victim, or witness to criminal activity"), "subject", { "missing person", "crime victim", "witness", NULL }, { NULL }, NULL, NULL },
  { "c", N_ ("Deceased person"), N_ ("To identify a deceased person"), NULL, { NULL }, { NULL }, "morgue_reference", N_ ("A face changes after death: a search may well miss the person, and a likeness says less than it does of the living. Compare with particular care.") },
  { "d", N_ ("Person unable to identify themselves"), N_ ("To identify a person who is incapacitated or otherwise unable to identify themselves"), "condition", { "incapacitated", "otherwise unable", NULL }, { NULL }, NULL, NULL },
  { "e", N_ ("Person under arrest"), N_ ("To identify an individual who is under arrest and does not possess valid identification, is not forthcoming with it, or appears to be using someone else's or a false identification"), "identification", { "none", "not forthcoming", "someone else's", "false" }, { "arrest_number", NULL }, NULL, NULL },
  { "f", N_ ("Imminent threat"), N_ ("To mitigate an imminent threat to health or public safety"), NULL, { NULL }, { "threat", "declared_by", "declared_at", NULL }, NULL, NULL },
};

const VvUse *
vv_use_all (void)
{
  return uses;
}

const VvUse *
vv_use_find (const char *code)
{
  for (gsize i = 0; code != NULL && i < VV_USE_COUNT; i++)
    if (strcmp (uses[i].code, code) == 0)
      return &uses[i];
  return NULL;
}

static gboolean
has_text (JsonObject *object, const char *name)
{
  const char *text = vv_json_string (object, name);

  return text != NULL && strspn (text, " \t\r\n") < strlen (text);
}

static gboolean
check_option (const VvUse *use, JsonObject *stated, GError **error)
{
  const char      *value = vv_json_string (stated, use->member);
  g_autofree char *choices = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (use->options) && use->options[i] != NULL; i++)
    if (g_strcmp0 (use->options[i], value) == 0)
      return TRUE;
  choices = g_strjoinv ("”, “", (char **) use->options);
  g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
               _ ("Authorised use (%s) needs “%s”: one of “%s”."), use->code, use->member, choices);
  return FALSE;
}

gboolean
vv_use_check (JsonObject *stated, GError **error)
{
  const VvUse *use = vv_use_find (vv_json_string (stated, "code"));

  if (use == NULL)
    {
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                           _ ("A request needs one of the six authorised uses, (a) to (f); there is no other."));
      return FALSE;
    }
  if (!has_text (stated, "basis"))
    {
      g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                   _ ("Authorised use (%s) needs its factual basis: say what supports it."), use->code);
      return FALSE;
    }
  if (use->member != NULL && !check_option (use, stated, error))
    return FALSE;
  for (gsize i = 0; use->also[i] != NULL; i++)
    if (!has_text (stated, use->also[i]))
      {
        g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                     _ ("Authorised use (%s) needs “%s”."), use->code, use->also[i]);
        return FALSE;
      }
  return TRUE;
}

char *
vv_use_for_people (JsonObject *stated)
{
  const VvUse *use = vv_use_find (vv_json_string (stated, "code"));
  const char  *option;

  if (use == NULL)
    return g_strdup ("");
  option = use->member != NULL ? vv_json_string (stated, use->member) : NULL;
  return option != NULL ? g_strdup_printf ("(%s) %s: %s.", use->code, _ (use->text), option)
                        : g_strdup_printf ("(%s) %s.", use->code, _ (use->text));
}
