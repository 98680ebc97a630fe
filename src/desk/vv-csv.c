// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-csv.h"
#include "vv-desk.h"

/* Takes the next field at @text; returns where it ends (at a comma, a line end or the end), or NULL for an open quote. */
static const char *
take_field (const char *text, GString *field)
{
  g_string_truncate (field, 0);
  if (*text != '"')
    {
      gsize length = strcspn (text, ",\r\n");

      g_string_append_len (field, text, (gssize) length);
      return text + length;
    }
  for (text++; *text != '\0'; text++)
    {
      if (*text == '"' && text[1] != '"')
        return text + 1;
      if (*text == '"')
        text++;
      g_string_append_c (field, *text);
    }
  return NULL;
}

/* Takes a whole row; @ret_fields gets its fields. Returns where the next row begins, or NULL. */
static const char *
take_row (const char *text, GPtrArray *ret_fields)
{
  g_autoptr (GString) field = g_string_new (NULL);

  for (;;)
    {
      text = take_field (text, field);
      if (text == NULL || strchr (",\r\n", *text) == NULL)
        return NULL;
      g_ptr_array_add (ret_fields, g_strdup (field->str));
      if (*text != ',')
        break;
      text++;
    }
  return text + strspn (text, "\r\n");
}

static gboolean
check_headings (GPtrArray *headings, const char *const *needed, const char *path, GError **error)
{
  for (; *needed != NULL; needed++)
    if (!g_ptr_array_find_with_equal_func (headings, *needed, g_str_equal, /* index= */ NULL))
      {
        g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("“%s” has no column “%s” in its first row."), path, *needed);
        return FALSE;
      }
  return TRUE;
}

static JsonObject *
to_object (GPtrArray *headings, GPtrArray *fields)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < headings->len; i++)
    json_object_set_string_member (object, g_ptr_array_index (headings, i), g_ptr_array_index (fields, i));
  return object;
}

JsonArray *
vv_csv_parse (const char *content, gsize length, const char *name, const char *const *needed, GError **error)
{
  g_autofree char      *copy = g_strndup (content, length);
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonArray) rows = json_array_new ();
  const char           *text;

  text = take_row (g_str_has_prefix (copy, "\xEF\xBB\xBF") ? copy + 3 : copy, headings);
  if (text == NULL)
    g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("The first row of “%s” has a quotation mark that is not closed."), name);
  if (text == NULL || !check_headings (headings, needed, name, error))
    return NULL;
  for (guint line = 2; text != NULL && *text != '\0'; line++)
    {
      g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

      text = take_row (text, fields);
      if (text == NULL || fields->len != headings->len)
        {
          g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("Row %u of “%s” does not have %u columns."), line, name,
                       headings->len);
          return NULL;
        }
      json_array_add_object_element (rows, to_object (headings, fields));
    }
  return g_steal_pointer (&rows);
}

JsonArray *
vv_csv_load (const char *path, const char *const *needed, GError **error)
{
  g_autofree char *content = NULL;
  gsize            length;

  if (g_file_get_contents (path, &content, &length, /* error= */ NULL) && g_utf8_validate (content, (gssize) length, /* end= */ NULL))
    return vv_csv_parse (content, length, path, needed, error);
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("“%s” cannot be read as text in UTF-8."), path);
  return NULL;
}
