// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-ecms"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-json.h"
#include "vv-multistatus.h"
#include "vv-transport-private.h"

/* One "response": where it is, what it is. */
typedef struct
{
  char    *path; /* escaped, without a closing slash */
  gboolean is_folder;
  gint64   bytes; /* -1: not said */
} VvResponse;

typedef struct
{
  GPtrArray  *responses; /* (element-type VvResponse) */
  VvResponse *current;   /* (nullable) (unowned) */
  GString    *text;      /* of the element that is open */
} VvReading;

static void
response_free (gpointer data)
{
  VvResponse *self = data;

  g_free (self->path);
  g_free (self);
}

/* Servers choose their own prefix for the namespace "DAV:". */
static const char *
without_prefix (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
on_begin_cb (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer user_data, GError **error)
{
  VvReading  *self = user_data;
  const char *name = without_prefix (element);

  g_string_truncate (self->text, 0);
  if (g_str_equal (name, "response"))
    {
      self->current = g_new0 (VvResponse, 1);
      self->current->bytes = -1;
      g_ptr_array_add (self->responses, self->current);
    }
  else if (g_str_equal (name, "collection") && self->current != NULL)
    self->current->is_folder = TRUE;
}

/* The path of an address, which may be whole or begin with the path. (transfer full) (nullable) */
static char *
path_of (const char *href)
{
  char *path = NULL;

  if (!g_uri_split (href, G_URI_FLAGS_ENCODED, NULL, NULL, NULL, NULL, &path, NULL, NULL, /* error= */ NULL))
    return NULL;

  while (path != NULL && g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  return path;
}

static void
on_end_cb (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  VvReading  *self = user_data;
  const char *name = without_prefix (element);
  const char *text = g_strstrip (self->text->str);

  if (self->current != NULL && g_str_equal (name, "href") && self->current->path == NULL)
    self->current->path = path_of (text);
  else if (self->current != NULL && g_str_equal (name, "getcontentlength") && g_ascii_isdigit (*text))
    self->current->bytes = g_ascii_strtoll (text, /* endptr= */ NULL, 10);
  else if (g_str_equal (name, "response"))
    self->current = NULL;
  g_string_truncate (self->text, 0);
}

static void
on_text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  g_string_append_len (((VvReading *) user_data)->text, text, (gssize) length);
}

/* The folder that was asked for. (nullable) */
static const char *
shortest (GPtrArray *responses)
{
  const char *found = NULL;

  for (guint i = 0; i < responses->len; i++)
    {
      const char *path = ((VvResponse *) g_ptr_array_index (responses, i))->path;

      if (path != NULL && (found == NULL || strlen (path) < strlen (found)))
        found = path;
    }
  return found;
}

/* Name of what lies right inside @folder, or NULL: also for a name with a slash or other bytes that none has. */
static char *
name_in (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  if (path == NULL || strncmp (path, folder, length) != 0 || path[length] != '/' || strchr (path + length + 1, '/') != NULL)
    return NULL;
  return g_uri_unescape_string (path + length + 1, /* illegal_characters= */ "/");
}

static JsonArray *
entries_of (GPtrArray *responses)
{
  const char *folder = shortest (responses);
  JsonArray  *entries = json_array_new ();

  for (guint i = 0; folder != NULL && i < responses->len; i++)
    {
      const VvResponse *response = g_ptr_array_index (responses, i);
      g_autofree char  *name = name_in (response->path, folder);

      if (name != NULL && *name != '\0' && g_utf8_validate (name, -1, /* end= */ NULL))
        json_array_add_object_element (entries, vv_transport_entry (name, response->is_folder, response->bytes));
    }
  return entries;
}

JsonArray *
vv_multistatus_parse (const char *text, gsize length, GError **error)
{
  static const GMarkupParser      parser = { .start_element = on_begin_cb, .end_element = on_end_cb, .text = on_text_cb };
  g_autoptr (GPtrArray)           responses = g_ptr_array_new_with_free_func (response_free);
  g_autoptr (GString)             inside = g_string_new (NULL);
  VvReading                       reading = { .responses = responses, .text = inside };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);

  if (length > 0 &&
      g_markup_parse_context_parse (context, text, (gssize) length, /* error= */ NULL) &&
      g_markup_parse_context_end_parse (context, /* error= */ NULL) &&
      responses->len > 0)
    return entries_of (responses);
  g_set_error_literal (error, VV_ECMS_ERROR, VV_ECMS_ERROR_REFUSED,
                       _ ("The ECMS server does not say what is in its folder as WebDAV asks (RFC 4918). Ask its administrator."));
  return NULL;
}
