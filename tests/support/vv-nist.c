// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-nist.h"

#include <string.h>

#define FS "\x1c"
#define GS "\x1d"
#define RS "\x1e"
#define US "\x1f"

/* "TYPE.001:LENGTH" before @content, which ends with FS: the length counts its own digits. */
static void
append_tagged (GByteArray *all, int type, const GByteArray *content)
{
  gsize            length = content->len;
  g_autofree char *start = NULL;

  for (int round = 0; round < 3; round++)
    {
      g_free (start);
      start = g_strdup_printf ("%d.001:%" G_GSIZE_FORMAT, type, length);
      length = strlen (start) + content->len;
    }
  g_byte_array_append (all, (const guint8 *) start, (guint) strlen (start));
  g_byte_array_append (all, content->data, content->len);
}

static void
append_text (GByteArray *bytes, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

static void
append_record (GByteArray *all, const VvNistRecord *record)
{
  g_auto (GStrv)         fields = g_strsplit (record->fields, ";", -1);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  const guint32          length = GUINT32_TO_BE ((guint32) (strlen (record->fields) + 4));

  if (record->type >= 3 && record->type <= 8)
    {
      g_byte_array_append (all, (const guint8 *) &length, sizeof length);
      append_text (all, record->fields);
      return;
    }
  for (char **field = fields; *field != NULL; field++)
    {
      g_auto (GStrv)   halves = g_strsplit (*field, "=", 2);
      g_autofree char *text = g_strdup_printf (GS "%d.%s:%s", record->type, halves[0], halves[1]);

      append_text (content, text);
    }
  if (record->image != NULL)
    {
      g_autofree char *text = g_strdup_printf (GS "%d.999:", record->type);

      append_text (content, text);
      g_byte_array_append (content, g_bytes_get_data (record->image, NULL), (guint) g_bytes_get_size (record->image));
    }
  append_text (content, FS);
  append_tagged (all, record->type, content);
}

GBytes *
vv_nist_make (const char *control, const VvNistRecord *records, guint n)
{
  GByteArray            *all = g_byte_array_new ();
  g_autoptr (GByteArray) content = g_byte_array_new ();
  GString               *text = g_string_new (NULL);

  g_string_append_printf (text, GS "1.002:0500" GS "1.003:1" US "%u", n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, RS "%d" US "%02u", records[i].type, i);
  g_string_append_printf (text,
                          GS "1.004:CRM" GS "1.005:20260102" GS "1.007:VISAVIS" GS "1.008:VISAVIS" GS "1.009:%s" GS "1.011:00.00" GS "1.012:00.00" FS,
                          control);
  append_text (content, text->str);
  g_string_free (text, TRUE);
  append_tagged (all, 1, content);
  for (guint i = 0; i < n; i++)
    append_record (all, &records[i]);
  return g_byte_array_free_to_bytes (all);
}
