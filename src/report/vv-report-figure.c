// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-figure.h"

#include <math.h>

#include "vv-hash.h"
#include "vv-report-jpeg.h"

/* Points. */
#define COLUMN      242.0
#define SECOND      262.0 /* left of the second column, from the margin */
#define WHOLE       176.0 /* height of the ground of the whole picture */
#define CROP        132.0 /* height and width of the face */
#define BETWEEN     6.0
#define EYES        44.0 /* distance of the eye centres in the face */
#define FACE        84.0 /* width of the face box where the eyes are not known */
#define EYE_LINE    0.42 /* height of the eyes in the face, from the top */
#define INSET       4.0
#define FACE_COLOUR 0x1c71d8u

/* Pixels as cairo takes them: white where the picture is transparent. */
static cairo_surface_t *
make_surface (const VvReportPicture *source)
{
  const VvPicture *picture = source->picture;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture->width, picture->height);
  guint8          *data = cairo_image_surface_get_data (surface);
  gsize            stride;

  if (data == NULL)
    return surface;
  stride = (gsize) cairo_image_surface_get_stride (surface);
  for (int y = 0; y < picture->height; y++)
    {
      const guint8 *from = vv_picture_row (picture, y);
      guint32      *to = (guint32 *) (gpointer) (data + (gsize) y * stride);

      for (int x = 0; x < picture->width; x++, from += 4)
        {
          guint   a = from[3], white = 255 * (255 - a);
          guint32 b = (from[0] * a + white) / 255, g = (from[1] * a + white) / 255, r = (from[2] * a + white) / 255;

          to[x] = r << 16 | g << 8 | b;
        }
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* The file itself goes into the PDF where it can; the name makes whole picture and face share it. */
static void
attach_file (cairo_surface_t *surface, const VvReportPicture *source)
{
  const VvPicture *picture = source->picture;
  char            *name;
  gsize            size;
  const guint8    *data;

  if (source->file == NULL || !vv_report_jpeg_is_plain (source->file, picture->width, picture->height))
    return;
  data = g_bytes_get_data (source->file, &size);
  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, size, (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (source->file));
  name = vv_hash_bytes (source->file);
  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_UNIQUE_ID, (const guchar *) name, VV_HASH_LENGTH, g_free, name);
}

static void
add_whole (VvReportPage *page, const VvReportPicture *source, cairo_surface_t *surface, double x, double y)
{
  double width = source->picture->width, height = source->picture->height;
  double scale = MIN ((COLUMN - 2 * INSET) / width, (WHOLE - 2 * INSET) / height);
  double left = x + (COLUMN - width * scale) / 2, top = y + (WHOLE - height * scale) / 2;

  vv_report_page_add_fill (page, x, y, COLUMN, WHOLE, VV_REPORT_MAT);
  vv_report_page_add_tag (page, "Figure");
  vv_report_page_add_image (page, left, top, width * scale, height * scale, surface, left, top, scale);
  vv_report_page_add_tag (page, NULL);
  if (source->face.width > 0)
    {
      const VvBox *face = &source->face;

      /* Two lines, so that the box is seen on dark and on light skin, hair and clothes alike. */
      vv_report_page_add_frame (page, left + face->x * scale, top + face->y * scale, face->width * scale, face->height * scale, 2.0, 0xffffff);
      vv_report_page_add_frame (page, left + face->x * scale, top + face->y * scale, face->width * scale, face->height * scale, 0.9, FACE_COLOUR);
    }
}

static double
eye_distance (const VvReportPicture *source)
{
  return hypot (source->eyes[1].x - source->eyes[0].x, source->eyes[1].y - source->eyes[0].y);
}

/* @by_eyes: both pictures have eyes, so the scale is set by them and not by the boxes. */
static void
add_face (VvReportPage *page, const VvReportPicture *source, cairo_surface_t *surface, gboolean by_eyes, double x, double y)
{
  double scale, left, top, right, bottom;

  x += (COLUMN - CROP) / 2;
  if (by_eyes)
    {
      scale = EYES / eye_distance (source);
      left = x + CROP / 2 - scale * (source->eyes[0].x + source->eyes[1].x) / 2;
      top = y + CROP * EYE_LINE - scale * (source->eyes[0].y + source->eyes[1].y) / 2;
    }
  else
    {
      scale = FACE / source->face.width;
      left = x + CROP / 2 - scale * (source->face.x + source->face.width / 2);
      top = y + CROP / 2 - scale * (source->face.y + source->face.height / 2);
    }
  right = MIN (x + CROP, left + scale * source->picture->width);
  bottom = MIN (y + CROP, top + scale * source->picture->height);
  vv_report_page_add_fill (page, x, y, CROP, CROP, VV_REPORT_MAT);
  if (right <= MAX (x, left) || bottom <= MAX (y, top))
    return;
  vv_report_page_add_tag (page, "Figure");
  vv_report_page_add_image (page, MAX (x, left), MAX (y, top), right - MAX (x, left), bottom - MAX (y, top), surface, left, top, scale);
  vv_report_page_add_tag (page, NULL);
}

static void
add_captions (VvReportFlow *flow, const VvReportPicture *const pictures[2])
{
  VvReportRow *row = vv_report_row_new (NULL);

  vv_report_row_set_padding (row, 5, 4);
  for (int i = 0; i < 2 && pictures[i] != NULL; i++)
    {
      vv_report_row_add_cell (row, i * SECOND, COLUMN, NULL);
      vv_report_flow_write (flow, row, VV_REPORT_TEXT_SMALL, "Caption", pictures[i]->caption);
    }
  vv_report_flow_add (flow, row);
}

static void
add_labels (VvReportFlow *flow, const VvReportPicture *const pictures[2])
{
  VvReportRow *row = vv_report_row_new (NULL);

  vv_report_row_set_padding (row, 2, 4);
  for (int i = 0; i < 2 && pictures[i] != NULL; i++)
    {
      vv_report_row_add_cell (row, i * SECOND, COLUMN, NULL);
      vv_report_flow_write (flow, row, VV_REPORT_TEXT_STRONG, "P", pictures[i]->label);
    }
  vv_report_flow_add (flow, row);
}

void
vv_report_figure_add (VvReportFlow *flow, const VvReportPicture *left, const VvReportPicture *right)
{
  const VvReportPicture *const pictures[2] = { left, right };
  gboolean                     faces = left->face.width > 0 || (right != NULL && right->face.width > 0);
  gboolean                     by_eyes = eye_distance (left) > 0 && (right == NULL || eye_distance (right) > 0);
  double                       height = WHOLE + (faces ? BETWEEN + CROP : 0);

  vv_report_flow_need (flow, height + 64);
  add_labels (flow, pictures);
  for (int i = 0; i < 2 && pictures[i] != NULL; i++)
    {
      cairo_surface_t *surface = make_surface (pictures[i]);

      attach_file (surface, pictures[i]);
      add_whole (vv_report_flow_page (flow), pictures[i], surface, VV_REPORT_MARGIN + i * SECOND, vv_report_flow_y (flow));
      if (pictures[i]->face.width > 0)
        add_face (vv_report_flow_page (flow), pictures[i], surface, by_eyes, VV_REPORT_MARGIN + i * SECOND, vv_report_flow_y (flow) + WHOLE + BETWEEN);
      cairo_surface_destroy (surface);
    }
  vv_report_flow_advance (flow, height);
  add_captions (flow, pictures);
}
