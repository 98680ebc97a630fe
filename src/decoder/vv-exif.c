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

/* The number of an entry of one RATIONAL or SHORT; 0 when there is none. */
static double
read_number (ExifData *exif, ExifTag tag)
{
  const ExifEntry *entry = exif_content_get_entry (exif->ifd[EXIF_IFD_EXIF], tag);
  ExifByteOrder    order = exif_data_get_byte_order (exif);
  ExifRational     ratio;

  if (entry == NULL || entry->data == NULL || entry->components < 1)
    return 0;
  if (entry->format == EXIF_FORMAT_SHORT && entry->size >= 2)
    return exif_get_short (entry->data, order);
  if (entry->format != EXIF_FORMAT_RATIONAL || entry->size < 8)
    return 0;
  ratio = exif_get_rational (entry->data, order);
  return ratio.denominator != 0 ? (double) ratio.numerator / ratio.denominator : 0;
}

/* "1/60 s, f/2.8, ISO 400, 35 mm, flash": what of it the file says. */
static void
read_settings (ExifData *exif, VvWireReply *reply)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double              exposure = read_number (exif, EXIF_TAG_EXPOSURE_TIME);
  double              aperture = read_number (exif, EXIF_TAG_FNUMBER);
  double              sensitivity = read_number (exif, EXIF_TAG_ISO_SPEED_RATINGS);
  double              length = read_number (exif, EXIF_TAG_FOCAL_LENGTH);

  if (exposure > 0 && exposure < 0.5)
    g_string_append_printf (text, ", 1/%.0f s", 1 / exposure);
  else if (exposure > 0)
    g_string_append_printf (text, ", %.1f s", exposure);
  if (aperture > 0)
    g_string_append_printf (text, ", f/%.1f", aperture);
  if (sensitivity > 0)
    g_string_append_printf (text, ", ISO %.0f", sensitivity);
  if (length > 0)
    g_string_append_printf (text, ", %.0f mm", length);
  if (((int) CLAMP (read_number (exif, EXIF_TAG_FLASH), 0, 255) & 1) != 0)
    g_string_append (text, ", flash");
  (void) g_strlcpy (reply->exif_settings, text->len > 2 ? text->str + 2 : "", sizeof reply->exif_settings);
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
  copy_text (exif, EXIF_IFD_0, EXIF_TAG_SOFTWARE, reply->exif_software, sizeof reply->exif_software);
  read_settings (exif, reply);
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
