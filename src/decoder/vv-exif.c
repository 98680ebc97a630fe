// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-exif.h"

#include <libexif/exif-data.h>
#include <string.h>

#define PREFIX     "Exif\0\0"
#define PREFIX_LEN 6
#define MAX_BLOCK  (1 << 20) /* a JPEG segment holds 64 KB; a PNG or WebP chunk may hold more */

/* Copies an ASCII entry without its padding; "" when there is none. */
static void
copy_text (ExifData *exif, ExifIfd ifd, ExifTag tag, char *text, gsize size)
{
  const ExifEntry *entry = exif_content_get_entry (exif->ifd[ifd], tag);
  gsize            length = 0;

  text[0] = '\0';
  if (entry == NULL || entry->format != EXIF_FORMAT_ASCII || entry->data == NULL)
    return;
  length = MIN (strnlen ((const char *) entry->data, entry->size), size - 1);
  memcpy (text, entry->data, length);
  text[length] = '\0';
  g_strstrip (text);
}

void
vv_exif_set_camera (VvWireReply *reply, const char *maker, const char *model)
{
  if (model == NULL || *model == '\0')
    model = "";
  if (maker == NULL || g_ascii_strncasecmp (model, maker, strlen (maker)) == 0)
    maker = "";
  (void) g_snprintf (reply->exif_camera, sizeof reply->exif_camera, "%s%s%s", maker,
                     *maker != '\0' && *model != '\0' ? " " : "", model);
}

static void
read_entries (ExifData *exif, VvWireReply *reply)
{
  const ExifEntry *turned = exif_content_get_entry (exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  char             maker[sizeof reply->exif_camera / 2];
  char             model[sizeof reply->exif_camera / 2];

  if (turned != NULL && turned->format == EXIF_FORMAT_SHORT && turned->components == 1)
    {
      const ExifShort value = exif_get_short (turned->data, exif_data_get_byte_order (exif));

      reply->orientation = value >= 1 && value <= 8 ? value : 1;
    }
  copy_text (exif, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, reply->exif_time, sizeof reply->exif_time);
  if (reply->exif_time[0] == '\0')
    copy_text (exif, EXIF_IFD_0, EXIF_TAG_DATE_TIME, reply->exif_time, sizeof reply->exif_time);
  copy_text (exif, EXIF_IFD_0, EXIF_TAG_MAKE, maker, sizeof maker);
  copy_text (exif, EXIF_IFD_0, EXIF_TAG_MODEL, model, sizeof model);
  vv_exif_set_camera (reply, maker, model);
}

void
vv_exif_read (const guint8 *data, gsize size, VvWireReply *reply)
{
  const gboolean     prefixed = size > PREFIX_LEN && memcmp (data, PREFIX, PREFIX_LEN) == 0;
  g_autofree guint8 *block = NULL;
  ExifData          *exif;

  if (size > MAX_BLOCK || size < PREFIX_LEN)
    return;
  block = g_malloc (PREFIX_LEN + size);
  memcpy (block, PREFIX, PREFIX_LEN);
  memcpy (block + (prefixed ? 0 : PREFIX_LEN), data, size);
  exif = exif_data_new ();
  if (exif == NULL)
    return;
  exif_data_unset_option (exif, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data (exif, block, (guint) (size + (prefixed ? 0 : PREFIX_LEN)));
  read_entries (exif, reply);
  exif_data_unref (exif);
}
