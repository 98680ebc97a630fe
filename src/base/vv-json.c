// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "vv-error.h"
#include "vv-json.h"

static void append_node (GString *out, JsonNode *node);

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++)
    switch (*c)
      {
      case '"':
        g_string_append (out, "\\\"");
        break;
      case '\\':
        g_string_append (out, "\\\\");
        break;
      case '\b':
        g_string_append (out, "\\b");
        break;
      case '\f':
        g_string_append (out, "\\f");
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      default:
        if ((guchar) *c < 0x20)
          g_string_append_printf (out, "\\u%04x", (guint) *c);
        else
          g_string_append_c (out, *c);
      }
  g_string_append_c (out, '"');
}

static void
append_double (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "null";

  for (int digits = 15; isfinite (value) && digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, value);
      /* Equality is meant: the text must read back to the very same double. */
      if (!islessgreater (g_ascii_strtod (text, /* end= */ NULL), value))
        break;
    }
  g_string_append (out, text);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
append_object (GString *out, JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), compare_names);

  g_string_append_c (out, '{');
  for (GList *name = names; name != NULL; name = name->next)
    {
      if (name != names)
        g_string_append_c (out, ',');
      append_string (out, name->data);
      g_string_append_c (out, ':');
      append_node (out, json_object_get_member (object, name->data));
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_string (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    append_double (out, json_node_get_double (node));
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
append_node (GString *out, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (out, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      append_array (out, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      append_value (out, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
    }
}

char *
vv_json_canonical (JsonObject *object)
{
  GString *out = g_string_new (NULL);

  append_object (out, object);
  return g_string_free (out, FALSE);
}

char *
vv_json_pretty (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, /* length= */ NULL);
}

JsonObject *
vv_json_parse (const char *text, gssize length, const char *what, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError)     cause = NULL;
  JsonNode              *root = NULL;

  if (json_parser_load_from_data (parser, text, length, &cause))
    root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, VV_BASE_ERROR, VV_BASE_ERROR_INVALID,
                   /* Translators: %s names a file or a part of the program's data */
                   _ ("“%s” is not a JSON object. Check that it is complete."), what);
      return NULL;
    }
  return vv_json_copy (json_node_get_object (root));
}

JsonObject *
vv_json_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &text, &length, /* error= */ NULL))
    {
      g_set_error (error, VV_BASE_ERROR, VV_BASE_ERROR_FILE, _ ("“%s” cannot be read."), path);
      return NULL;
    }
  return vv_json_parse (text, (gssize) length, path, error);
}

/* Takes the next value of @type from @values and sets it as member @name. */
static void
set_member (JsonObject *object, const char *name, char type, va_list *values)
{
  const char *text;
  JsonObject *child;
  JsonArray  *array;

  switch (type)
    {
    case 's':
      text = va_arg (*values, const char *);
      if (text != NULL)
        json_object_set_string_member (object, name, text);
      break;
    case 'i':
      json_object_set_int_member (object, name, va_arg (*values, gint64));
      break;
    case 'd':
      json_object_set_double_member (object, name, va_arg (*values, double));
      break;
    case 'b':
      json_object_set_boolean_member (object, name, va_arg (*values, gboolean));
      break;
    case 'o':
      child = va_arg (*values, JsonObject *);
      if (child != NULL)
        json_object_set_object_member (object, name, child);
      break;
    case 'a':
      array = va_arg (*values, JsonArray *);
      if (array != NULL)
        json_object_set_array_member (object, name, array);
      break;
    default:
      g_assert_not_reached ();
    }
}

JsonObject *
vv_json_new (const char *name, ...)
{
  JsonObject *object = json_object_new ();
  va_list     values;

  va_start (values, name);
  for (const char *member = name; member != NULL; member = va_arg (values, const char *))
    {
      const char *type = va_arg (values, const char *);

      set_member (object, member, type[0], &values);
    }
  va_end (values);
  return object;
}

/* The member's node if it is a plain value of @type. */
static JsonNode *
value_node (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

const char *
vv_json_string (JsonObject *object, const char *name)
{
  JsonNode *node = value_node (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
vv_json_int (JsonObject *object, const char *name)
{
  JsonNode *node = value_node (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : 0;
}

double
vv_json_double (JsonObject *object, const char *name)
{
  JsonNode *node = value_node (object, name, G_TYPE_DOUBLE);

  return node != NULL ? json_node_get_double (node) : (double) vv_json_int (object, name);
}

gboolean
vv_json_bool (JsonObject *object, const char *name)
{
  JsonNode *node = value_node (object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

JsonObject *
vv_json_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
vv_json_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

guint
vv_json_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

JsonObject *
vv_json_element (JsonArray *array, guint index)
{
  JsonNode *node = index < vv_json_length (array) ? json_array_get_element (array, index) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* json_node_copy() shares objects; a record must not change under its owner, so copy them. */
static JsonNode *
copy_node (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, vv_json_copy (json_node_get_object (node)));
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *from = json_node_get_array (node);
      JsonArray *to = json_array_sized_new (json_array_get_length (from));

      for (guint i = 0; i < json_array_get_length (from); i++)
        json_array_add_element (to, copy_node (json_array_get_element (from, i)));
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, to);
    }
  else
    copy = json_node_copy (node);
  return copy;
}

JsonObject *
vv_json_copy (JsonObject *object)
{
  JsonObject       *copy = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (copy, name->data, copy_node (json_object_get_member (object, name->data)));
  return copy;
}
