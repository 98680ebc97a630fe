// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-figure.h"

#include <math.h>

#include "vv-hash.h"
#include "vv-report-jpeg.h"

/* Points, at full size. */
#define COLUMN      242.0
#define SECOND      262.0 /* left of the second column, from the margin */
#define WHOLE       176.0 /* height of the ground of the whole picture */
#define CROP        132.0 /* height and width of the face */
#define BETWEEN     6.0
#define SMALLEST    0.66 /* how far the sizes above may shrink to stay on the page */
#define LABELS      20.0
#define CAPTION     50.0 /* left free for the captions */
#define EYES        0.33 /* distance of the eye centres, as part of the square around the face */
#define FACE        0.62 /* width of the face box in it, where the eyes are not known */
#define EYE_LINE    0.42 /* height of the eyes in the face, from the top */
#define INSET       4.0
#define FACE_COLOUR 0x1c71d8u
#define MARK_COLOUR 0xc64600u
#define MARK_TAG    11.0 /* side of the square with a mark's number */

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
          guint32 b = (from[0] * a + white) / 255, g = (from[1] * a + white) / 255,
                  r = (from[2] * a + white) / 255;

          to[x] = r << 16 | g << 8 | b;
        }
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* The file itself goes into the PDF where it can; the name makes all that is drawn of it share it. */
static void
attach_file (cairo_surface_t *surface, const VvReportPicture *source)
{
  const VvPicture *picture = source->picture;
  char            *name;
  gsize            size;
  const guint8    *data;

  if (source->file == NULL)
    return;
  name = vv_hash_bytes (source->file);
  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_UNIQUE_ID, (const guchar *) name, VV_HASH_LENGTH, g_free, name);
  if (!vv_report_jpeg_is_plain (source->file, picture->width, picture->height))
    return;
  data = g_bytes_get_data (source->file, &size);
  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, size,
                               (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (source->file));
}

cairo_surface_t *
vv_report_figure_surface (const VvReportPicture *picture)
{
  cairo_surface_t *surface = make_surface (picture);

  attach_file (surface, picture);
  return surface;
}

/* The marks of a picture drawn at @left, @top with @scale points per pixel, each with its number beside it. */
static void
add_marks (VvReportFlow *flow, const VvReportPicture *source, double left, double top, double scale)
{
  VvReportPage *page = vv_report_flow_page (flow);
  guint         last = vv_report_flow_pages (flow)->len - 1;

  for (guint i = 0; source->marks != NULL && i < source->marks->len; i++)
    {
      const VvBox     *mark = &g_array_index (source->marks, VvBox, i);
      double           x = left + mark->x * scale, y = top + mark->y * scale;
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      vv_report_page_add_frame (page, x, y, mark->width * scale, mark->height * scale, 2.4, 0xffffff);
      vv_report_page_add_frame (page, x, y, mark->width * scale, mark->height * scale, 1.2, MARK_COLOUR);
      vv_report_page_add_fill (page, x, y, MARK_TAG, MARK_TAG, MARK_COLOUR);
      vv_report_flow_stamp (flow, last, VV_REPORT_TEXT_MARK, number, x, y + MARK_TAG - 2.8, MARK_TAG, 0.5);
    }
}

static void
add_whole (VvReportFlow          *flow,
           const VvReportPicture *source,
           cairo_surface_t       *surface,
           double                 x,
           double                 y,
           double                 ground)
{
  double        width = source->picture->width, height = source->picture->height;
  double        scale = MIN ((COLUMN - 2 * INSET) / width, (ground - 2 * INSET) / height);
  double        left = x + (COLUMN - width * scale) / 2, top = y + (ground - height * scale) / 2;
  VvReportPage *page = vv_report_flow_page (flow);

  vv_report_page_add_fill (page, x, y, COLUMN, ground, VV_REPORT_MAT);
  vv_report_page_add_tag (page, "Figure");
  vv_report_page_add_image (page, left, top, width * scale, height * scale, surface, left, top, scale);
  vv_report_page_add_tag (page, NULL);
  if (source->face.width > 0)
    {
      const VvBox *face = &source->face;

      /* Two lines, so that the box is seen on dark and on light skin, hair and clothes alike. */
      vv_report_page_add_frame (page, left + face->x * scale, top + face->y * scale, face->width * scale,
                                face->height * scale, 2.0, 0xffffff);
      vv_report_page_add_frame (page, left + face->x * scale, top + face->y * scale, face->width * scale,
                                face->height * scale, 0.9, FACE_COLOUR);
    }
  add_marks (flow, source, left, top, scale);
}

double
vv_report_figure_eyes (const VvReportPicture *source)
{
  return hypot (source->eyes[1].x - source->eyes[0].x, source->eyes[1].y - source->eyes[0].y);
}

/* Where pixel (0, 0) of a picture comes to lie in a square of @size points around its face, and the
 * points per pixel. @by_eyes: all pictures have eyes, so the scale is set by them and not by the boxes. */
static double
fit_face (const VvReportPicture *source, gboolean by_eyes, double size, double *left, double *top)
{
  double scale;

  if (by_eyes)
    {
      scale = size * EYES / vv_report_figure_eyes (source);
      *left = size / 2 - scale * (source->eyes[0].x + source->eyes[1].x) / 2;
      *top = size * EYE_LINE - scale * (source->eyes[0].y + source->eyes[1].y) / 2;
    }
  else
    {
      scale = size * FACE / source->face.width;
      *left = size / 2 - scale * (source->face.x + source->face.width / 2);
      *top = size / 2 - scale * (source->face.y + source->face.height / 2);
    }
  return scale;
}

/* @surface within a surface of its own. cairo lists a picture that is drawn twice on one page twice among
 * the resources of that page, under one name; within another surface it is listed there. */
static cairo_surface_t *
enclose (cairo_surface_t *surface)
{
  cairo_rectangle_t extents = { 0, 0, cairo_image_surface_get_width (surface),
                                cairo_image_surface_get_height (surface) };
  cairo_surface_t  *outer = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t          *cr = cairo_create (outer);

  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  return outer;
}

void
vv_report_figure_add_part (VvReportPage    *page,
                           cairo_surface_t *surface,
                           double           x,
                           double           y,
                           double           width,
                           double           height,
                           double           left,
                           double           top,
                           double           scale)
{
  double           x0 = MAX (0, left), y0 = MAX (0, top);
  double           x1 = MIN (width, left + scale * cairo_image_surface_get_width (surface));
  double           y1 = MIN (height, top + scale * cairo_image_surface_get_height (surface));
  cairo_surface_t *outer;

  vv_report_page_add_fill (page, x, y, width, height, VV_REPORT_MAT);
  if (x1 <= x0 || y1 <= y0)
    return;
  outer = enclose (surface);
  vv_report_page_add_tag (page, "Figure");
  vv_report_page_add_image (page, x + x0, y + y0, x1 - x0, y1 - y0, outer, x + left, y + top, scale);
  vv_report_page_add_tag (page, NULL);
  cairo_surface_destroy (outer);
}

/* The face in a square of @size points at (@x, @y). */
static void
add_face (VvReportPage          *page,
          const VvReportPicture *source,
          cairo_surface_t       *surface,
          gboolean               by_eyes,
          double                 x,
          double                 y,
          double                 size)
{
  double left, top, scale = fit_face (source, by_eyes, size, &left, &top);

  vv_report_figure_add_part (page, surface, x, y, size, size, left, top, scale);
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

static gboolean
has_face (const VvReportPicture *picture)
{
  return picture != NULL && picture->face.width > 0;
}

/* Draws one column; a picture that stands alone has its face beside it. */
static void
add_column (VvReportFlow          *flow,
            const VvReportPicture *picture,
            int                    column,
            gboolean               alone,
            gboolean               by_eyes,
            double                 shrink)
{
  cairo_surface_t *surface = vv_report_figure_surface (picture);
  VvReportPage    *page = vv_report_flow_page (flow);
  double           x = VV_REPORT_MARGIN + column * SECOND, y = vv_report_flow_y (flow), size = CROP * shrink;

  add_whole (flow, picture, surface, x, y, WHOLE * shrink);
  if (has_face (picture) && alone)
    add_face (page, picture, surface, by_eyes, x + SECOND, y, WHOLE * shrink);
  else if (has_face (picture))
    add_face (page, picture, surface, by_eyes, x + (COLUMN - size) / 2, y + WHOLE * shrink + BETWEEN, size);
  cairo_surface_destroy (surface);
}

void
vv_report_figure_add (VvReportFlow *flow, const VvReportPicture *left, const VvReportPicture *right)
{
  const VvReportPicture *const pictures[2] = { left, right };
  gboolean                     below = right != NULL && (has_face (left) || has_face (right));
  gboolean                     by_eyes = vv_report_figure_eyes (left) > 0 && (right == NULL || vv_report_figure_eyes (right) > 0);
  double                       full = WHOLE + (below ? CROP : 0), fixed = CAPTION + (below ? BETWEEN : 0), shrink;

  vv_report_flow_need (flow, vv_report_figure_height (left, right));
  add_labels (flow, pictures);
  shrink = CLAMP ((vv_report_flow_room (flow) - fixed) / full, SMALLEST, 1.0);
  for (int i = 0; i < 2 && pictures[i] != NULL; i++)
    add_column (flow, pictures[i], i, right == NULL, by_eyes, shrink);
  vv_report_flow_advance (flow, full * shrink + (below ? BETWEEN : 0));
  add_captions (flow, pictures);
}

double
vv_report_figure_height (const VvReportPicture *left, const VvReportPicture *right)
{
  gboolean below = right != NULL && (has_face (left) || has_face (right));

  return LABELS + SMALLEST * (WHOLE + (below ? CROP : 0)) + (below ? BETWEEN : 0) + CAPTION;
}
