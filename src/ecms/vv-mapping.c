// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-ecms"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-json.h"
#include "vv-mapping.h"
#include "vv-transport.h"

/* Common file systems stop at 255 bytes; the rest is for what a server adds. */
#define LONGEST_NAME 200

#define FORBIDDEN "/\\:*?\"<>|"

gboolean
vv_mapping_is_safe_name (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > LONGEST_NAME || !g_utf8_validate (name, (gssize) length, /* end= */ NULL))
    return FALSE;
  if (strpbrk (name, FORBIDDEN) != NULL || strchr (". ", name[0]) != NULL || strchr (". ", name[length - 1]) != NULL)
    return FALSE;
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

static char *
settings_error (GError **error, const char *message)
{
  g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS, message);
  return NULL;
}

static char *
fact_text (JsonObject *facts, const char *name)
{
  JsonNode *node = facts != NULL ? json_object_get_member (facts, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_strdup (vv_json_string (facts, name));
}

static gboolean
append_fact (GString *out, JsonObject *facts, const char *name, GError **error)
{
  g_autofree char *text = fact_text (facts, name);

  if (text != NULL)
    g_strstrip (text);
  if (text == NULL || text[0] == '\0')
    {
      g_set_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS,
                   _ ("The ECMS folder scheme asks for “%s”, which this request does not have. Fill it "
                      "in, or change the scheme."),
                   name);
      return FALSE;
    }
  g_string_append (out, g_strdelimit (text, FORBIDDEN, '-'));
  return TRUE;
}

/* One folder name of the template. Returns: (transfer full), or NULL. */
static char *
fill_name (const char *template, JsonObject *facts, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  while (*template != '\0')
    {
      gsize            plain = strcspn (template, "{}");
      const char      *open = template + plain;
      const char      *close = strpbrk (open + (*open != '\0'), "{}");
      g_autofree char *name = NULL;

      g_string_append_len (out, template, (gssize) plain);
      if (*open == '\0')
        break;
      if (*open == '}' || close == NULL || *close == '{')
        return settings_error (error, _ ("The ECMS folder scheme has a brace without its partner. "
                                         "Correct it in the mapping file."));
      name = g_strndup (open + 1, (gsize) (close - open - 1));
      if (!append_fact (out, facts, name, error))
        return NULL;
      template = close + 1;
    }
  if (!vv_mapping_is_safe_name (out->str))
    return settings_error (error, _ ("The ECMS folder scheme and this request make a folder name that "
                                     "cannot be used. Correct the case number or the scheme."));
  return g_strdup (out->str);
}

char *
vv_mapping_folder (JsonObject *mapping, JsonObject *facts, GError **error)
{
  const char *template = vv_json_string (mapping, "folder");
  g_auto (GStrv)        names = NULL;
  g_autoptr (GPtrArray) filled = g_ptr_array_new_with_free_func (g_free);

  if (template == NULL || template[0] == '\0')
    return settings_error (error, _ ("The ECMS mapping has no folder scheme. Add one such as "
                                     "{case_number}/{fis_number}."));
  names = g_strsplit (template, "/", /* max= */ -1);
  for (char **name = names; *name != NULL; name++)
    {
      char *text = fill_name (*name, facts, error);

      if (text == NULL)
        return NULL;
      g_ptr_array_add (filled, text);
    }
  g_ptr_array_add (filled, NULL);
  return g_strjoinv ("/", (char **) filled->pdata);
}
