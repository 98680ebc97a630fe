// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-decoder"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "vv-helper.h"
#include "vv-json.h"
#include "vv-paths.h"
#include "vv-reply.h"
#include "vv-transaction-reader.h"

#define SECONDS     10.0
#define IMAGE_FIELD 999
#define VALUE_MAX   4096 /* bytes of a text; longer ones are cut: no field that is used comes near */

static void
set_error (GError **error, VvWireStatus status, const char *name)
{
  if (status == VV_WIRE_TYPE)
    g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TYPE, _ ("“%s” is not an ANSI/NIST-ITL transaction in traditional encoding."),
                 name);
  else if (status == VV_WIRE_TOO_LARGE)
    g_set_error (error, VV_DECODER_ERROR, VV_DECODER_ERROR_TOO_LARGE, _ ("“%s” has more than %d fields."), name, VV_WIRE_MAX_FIELDS);
  else
    vv_reply_set_error (error, status, name);
}

/* Whether the fields lie within the file, record after record. */
static gboolean
check_fields (const VvWireField *fields, guint n, gsize size)
{
  for (guint i = 0; i < n; i++)
    if (fields[i].offset > size || fields[i].length > size - fields[i].offset || fields[i].type > 99 || fields[i].field > 999 ||
        (i > 0 && fields[i].record < fields[i - 1].record))
      return FALSE;
  return TRUE;
}

/* A value as text: Latin-1 and control characters may be in it, separators become readable. */
static char *
value_of (GBytes *file, const VvWireField *field)
{
  const char      *data = (const char *) g_bytes_get_data (file, NULL) + field->offset;
  g_autofree char *text = g_strndup (data, MIN (field->length, VALUE_MAX));

  g_strdelimit (text, "\x1e", '|');
  g_strdelimit (text, "\x1f", ',');
  return vv_reply_text (text, strlen (text));
}

static JsonObject *
make_records (GBytes *file, const VvWireField *fields, guint n, GPtrArray *images)
{
  JsonArray  *records = json_array_new ();
  JsonObject *values = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.%03u", fields[i].type, fields[i].field);
      g_autofree char *value = fields[i].field != IMAGE_FIELD ? value_of (file, &fields[i]) : NULL;

      if (i == 0 || fields[i].record != fields[i - 1].record)
        {
          values = json_object_new ();
          json_array_add_object_element (records, vv_json_new ("type", "i", (gint64) fields[i].type, "fields", "o", values, NULL));
        }
      if (fields[i].field == IMAGE_FIELD)
        {
          json_object_set_int_member (vv_json_element (records, vv_json_length (records) - 1), "image", images->len);
          g_ptr_array_add (images, g_bytes_new_from_bytes (file, fields[i].offset, fields[i].length));
        }
      else
        json_object_set_string_member (values, name, value != NULL ? value : "");
    }
  return vv_json_new ("records", "a", records, NULL);
}

/* What is made of the answer; NULL when it is not as announced. */
static JsonObject *
take_fields (GBytes *file, const VvWireReply *reply, int fd, GPtrArray *images)
{
  g_autoptr (GBytes)      mapped = NULL;
  g_autofree VvWireField *fields = NULL;

  if (reply->fields < 1 || reply->fields > VV_WIRE_MAX_FIELDS)
    return NULL;
  mapped = vv_reply_map (fd, reply->fields * sizeof (VvWireField));
  if (mapped == NULL)
    return NULL;
  fields = g_memdup2 (g_bytes_get_data (mapped, NULL), g_bytes_get_size (mapped));
  return check_fields (fields, reply->fields, g_bytes_get_size (file)) ? make_records (file, fields, reply->fields, images) : NULL;
}

/* The helper's answer about @file. FALSE with @error when there was none. */
static gboolean
ask (GBytes *file, const char *name, VvWireReply *reply, int *ret_fd, GCancellable *cancellable, GError **error)
{
  const VvWireRequest  request = { .size = g_bytes_get_size (file), .task = VV_WIRE_TRANSACTION };
  g_autoptr (GError)   reason = NULL;
  g_autofree char     *path = vv_paths_decoder ();
  g_autoptr (VvHelper) helper = NULL;
  const int            fd = vv_reply_seal_file (file);
  VvHelperEnd          end = VV_HELPER_CRASHED;

  if (fd < 0)
    {
      vv_reply_set_error (error, VV_WIRE_MEMORY, name);
      return FALSE;
    }
  helper = vv_helper_start (path, &reason);
  if (helper == NULL)
    vv_reply_set_not_started (error, reason, name);
  else
    end = vv_helper_ask (helper, fd, &request, SECONDS, reply, ret_fd, cancellable);
  (void) close (fd);
  if (helper != NULL && end != VV_HELPER_ANSWERED)
    vv_reply_set_end (error, end, SECONDS, name);
  return end == VV_HELPER_ANSWERED;
}

JsonObject *
vv_transaction_reader_read (GBytes *file, const char *name, GPtrArray **ret_images, GCancellable *cancellable, GError **error)
{
  VvWireReply           reply = { 0 };
  int                   fd = -1;
  JsonObject           *answer = NULL;
  g_autoptr (GPtrArray) images = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !vv_reply_check_size (g_bytes_get_size (file), name, error) ||
      !ask (file, name, &reply, &fd, cancellable, error))
    return NULL;
  if (reply.status == VV_WIRE_OK)
    answer = take_fields (file, &reply, fd, images);
  if (fd >= 0)
    (void) close (fd);
  if (answer == NULL)
    set_error (error, reply.status, name);
  else
    *ret_images = g_steal_pointer (&images);
  return answer;
}
