// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-transaction.h"

#include <string.h>

#define FS 0x1c /* ends a record */
#define GS 0x1d /* ends a field */
#define RS 0x1e /* ends a subfield */
#define US 0x1f /* ends an item */

#define IMAGE_FIELD 999 /* the bytes of an image; always the last field of its record */
#define CONTENT     3   /* 1.003: which records follow */

/* One record being read. */
typedef struct
{
  const guint8 *data;
  gsize         at;  /* of the next field */
  gsize         end; /* of the record, after its separator */
  guint         number;
  guint         type;
  GArray       *fields; /* (unowned) of VvWireField */
} Reader;

/* Digits at @at, at most nine. Returns: how many there were. */
static gsize
read_number (const guint8 *data, gsize at, gsize end, guint *ret_number)
{
  gsize n = 0;

  *ret_number = 0;
  while (at + n < end && n < 9 && g_ascii_isdigit (data[at + n]))
    *ret_number = *ret_number * 10 + (guint) (data[at + n++] - '0');
  return n;
}

/* "10.999:" at @at. Returns: its length; 0 when there is none. */
static gsize
read_tag (const guint8 *data, gsize at, gsize end, guint *ret_type, guint *ret_field)
{
  const gsize first = read_number (data, at, end, ret_type);
  gsize       second;

  if (first == 0 || at + first >= end || data[at + first] != '.')
    return 0;
  second = read_number (data, at + first + 1, end, ret_field);
  if (second == 0 || at + first + 1 + second >= end || data[at + first + 1 + second] != ':')
    return 0;
  return first + second + 2;
}

static gboolean
read_field (Reader *self)
{
  VvWireField field = { .record = self->number };
  const gsize tag = read_tag (self->data, self->at, self->end - 1, &field.type, &field.field);
  const gsize value = self->at + tag;
  const void *separator;

  if (tag == 0 || field.type != self->type || self->fields->len == VV_WIRE_MAX_FIELDS)
    return FALSE;
  separator = field.field != IMAGE_FIELD ? memchr (self->data + value, GS, self->end - 1 - value) : NULL;
  field.offset = value;
  field.length = (separator != NULL ? (gsize) ((const guint8 *) separator - self->data) : self->end - 1) - value;
  g_array_append_val (self->fields, field);
  self->at = value + field.length + 1;
  return TRUE;
}

/* A record of tagged fields: its first field is its length. */
static VvWireStatus
read_tagged (Reader *self, gsize size)
{
  guint       field, length;
  const gsize tag = read_tag (self->data, self->at, size, &self->type, &field);
  const gsize digits = tag > 0 ? read_number (self->data, self->at + tag, size, &length) : 0;

  if (digits == 0 || field != 1 || length <= tag + digits || length > size - self->at || self->data[self->at + length - 1] != FS)
    return VV_WIRE_DAMAGED;
  self->end = self->at + length;
  while (self->at < self->end)
    if (!read_field (self))
      return self->fields->len == VV_WIRE_MAX_FIELDS ? VV_WIRE_TOO_LARGE : VV_WIRE_DAMAGED;
  return VV_WIRE_OK;
}

/* A record of types 3 to 8: its length in four bytes, the highest first. */
static VvWireStatus
skip_binary (Reader *self, gsize size)
{
  guint32 length;

  if (size - self->at < sizeof length)
    return VV_WIRE_DAMAGED;
  memcpy (&length, self->data + self->at, sizeof length);
  length = GUINT32_FROM_BE (length);
  if (length <= sizeof length || length > size - self->at)
    return VV_WIRE_DAMAGED;
  self->at += length;
  return VV_WIRE_OK;
}

/* The types of all records after the first: "1<US>2<RS>2<US>00<RS>10<US>01", where the first pair counts them. */
static GArray *
read_content (const Reader *self)
{
  GArray *types = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->fields->len; i++)
    {
      const VvWireField *field = &g_array_index (self->fields, VvWireField, i);
      gboolean           counted = FALSE;

      for (gsize at = field->offset; field->field == CONTENT && at < field->offset + field->length; at++)
        {
          guint type;

          if (at > field->offset && self->data[at - 1] != RS)
            continue;
          if (counted && read_number (self->data, at, field->offset + field->length, &type) > 0)
            g_array_append_val (types, type);
          counted = TRUE;
        }
    }
  return types;
}

static VvWireStatus
read_others (Reader *self, gsize size, const GArray *types)
{
  VvWireStatus status = VV_WIRE_OK;

  for (guint i = 0; i < types->len && status == VV_WIRE_OK; i++)
    {
      const guint type = g_array_index (types, guint, i);

      self->number++;
      status = type >= 3 && type <= 8 ? skip_binary (self, size) : read_tagged (self, size);
      if (status == VV_WIRE_OK && (type < 3 || type > 8) && self->type != type)
        status = VV_WIRE_DAMAGED;
    }
  return status;
}

VvWireStatus
vv_transaction_read (const guint8 *data, gsize size, GArray **ret_fields)
{
  Reader       reader = { .data = data, .fields = g_array_new (FALSE, TRUE, sizeof (VvWireField)) };
  VvWireStatus status = VV_WIRE_TYPE;
  guint        type, field;

  if (read_tag (data, 0, size, &type, &field) > 0 && type == 1 && field == 1)
    status = read_tagged (&reader, size);
  if (status == VV_WIRE_OK)
    {
      g_autoptr (GArray) types = read_content (&reader);

      status = types->len > 0 ? read_others (&reader, size, types) : VV_WIRE_DAMAGED;
    }
  if (status == VV_WIRE_OK)
    *ret_fields = g_steal_pointer (&reader.fields);
  g_clear_pointer (&reader.fields, g_array_unref);
  return status;
}
