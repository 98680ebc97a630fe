// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-json.h"
#include "vv-transaction-rows.h"

/* Numbers and codes: ANSI/NIST-ITL 1-2011, Update 2015, clause 8.10. */
#define TYPE       10
#define HASH_CHARS 64

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

/* The first record of the field's type that has it. Belongs to @transaction. */
static const char *
find_value (JsonObject *transaction, const char *field)
{
  JsonArray   *records = vv_json_array (transaction, "records");
  const gint64 type = g_ascii_strtoll (field, /* endptr= */ NULL, 10);

  for (guint i = 0; i < vv_json_length (records); i++)
    {
      JsonObject *record = vv_json_element (records, i);

      if (vv_json_int (record, "type") == type && !is_blank (vv_json_string (vv_json_object (record, "fields"), field)))
        return vv_json_string (vv_json_object (record, "fields"), field);
    }
  return NULL;
}

/* The first of @fields (array of field numbers) that is there: in this record, for a number of its type. */
static const char *
first_of (JsonObject *transaction, JsonObject *record, JsonArray *fields)
{
  for (guint i = 0; i < vv_json_length (fields); i++)
    {
      const char *field = json_array_get_string_element (fields, i);
      const char *value = g_str_has_prefix (field, "10.") ? vv_json_string (record, field) : find_value (transaction, field);

      if (!is_blank (value))
        return value;
    }
  return NULL;
}

/* Where photographs of that source come from, by the rules: by the agency (10.004) or else by who took them (10.047). */
static JsonObject *
find_source (JsonObject *record, JsonObject *mapping)
{
  JsonObject *sources = vv_json_object (mapping, "sources");
  const char *agency = vv_json_string (record, "10.004");
  const char *taken_by = vv_json_string (record, "10.047");
  JsonObject *source = agency != NULL ? vv_json_object (sources, agency) : NULL;

  return source == NULL && taken_by != NULL ? vv_json_object (sources, taken_by) : source;
}

/* "20190502" as a date. (transfer full) (nullable) */
static char *
date_of (const char *text)
{
  if (text == NULL || strlen (text) != 8 || strspn (text, "0123456789") != 8)
    return NULL;
  return g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
}

/* Why the picture is not enrolled, or NULL. */
static const char *
find_fault (JsonObject *record, JsonObject *source, gboolean has_image)
{
  const char *pose = vv_json_string (record, "10.020");
  const char *hash = vv_json_string (record, "10.996");

  if (g_strcmp0 (vv_json_string (record, "10.003"), "FACE") != 0)
    return _ ("The picture is not of a face (10.003).");
  if (!has_image)
    return _ ("The record has no picture (10.999).");
  if (source == NULL)
    return _ ("The rules file does not know the source of this photograph (10.004, 10.047).");
  if (!is_blank (pose) && strcmp (pose, "F") != 0)
    return _ ("The face is not seen from the front (10.020): kept out of the search.");
  if (!is_blank (hash) && (strlen (hash) != HASH_CHARS || strspn (hash, "0123456789abcdefABCDEF") != HASH_CHARS))
    return _ ("The record's hash (10.996) is not a SHA-256.");
  return NULL;
}

/* A scar, mark or tattoo, or another part of the body. */
static gboolean
is_mark (const char *kind)
{
  static const char *const kinds[] = { "SCAR", "MARK", "TATTOO" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
add_size (JsonObject *row, const char *member, const char *text)
{
  const gint64 size = text != NULL ? g_ascii_strtoll (text, /* endptr= */ NULL, 10) : 0;

  if (size > 0)
    json_object_set_int_member (row, member, size);
}

static JsonObject *
row_of (JsonObject *transaction, JsonObject *element, JsonObject *mapping, const char *name, guint number)
{
  JsonObject      *record = vv_json_object (element, "fields");
  JsonObject      *source = find_source (record, mapping);
  const char      *reference = first_of (transaction, record, vv_json_array (mapping, "reference"));
  const char      *hash = vv_json_string (record, "10.996");
  g_autofree char *file = g_strdup_printf ("%s:%u", name, number);
  g_autofree char *taken = date_of (vv_json_string (record, "10.005"));
  JsonObject      *row = vv_json_new ("file", "s", file, "person", "s", first_of (transaction, record, vv_json_array (mapping, "person")),
                                      "class", "s", vv_json_string (source, "class"), "origin", "s", vv_json_string (source, "origin"),
                                      "reference", "s", reference, "taken", "s", taken, "sha256", "s", is_blank (hash) ? NULL : hash,
                                      "refused", "s", find_fault (record, source, json_object_has_member (element, "image")), NULL);

  if (json_object_has_member (element, "image"))
    json_object_set_int_member (row, "image", vv_json_int (element, "image"));
  if (!is_blank (vv_json_string (record, "10.044")))
    json_object_set_string_member (row, "transforms", vv_json_string (record, "10.044"));
  add_size (row, "width", vv_json_string (record, "10.006"));
  add_size (row, "height", vv_json_string (record, "10.007"));
  return row;
}

JsonArray *
vv_transaction_rows (JsonObject *transaction, JsonObject *mapping, const char *name)
{
  JsonArray *records = vv_json_array (transaction, "records");
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < vv_json_length (records); i++)
    {
      JsonObject *element = vv_json_element (records, i);

      if (vv_json_int (element, "type") != TYPE)
        continue;
      if (is_mark (vv_json_string (vv_json_object (element, "fields"), "10.003")))
        json_array_add_object_element (rows, vv_json_new ("mark", "b", TRUE, NULL));
      else
        json_array_add_object_element (rows, row_of (transaction, element, mapping, name, i + 1));
    }
  return rows;
}
