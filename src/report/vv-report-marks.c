// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-marks.h"

#include <math.h>

#include "vv-json-mark.h"
#include "vv-report-figure.h"

/* Points. */
#define WHOLE   242.0 /* width of a face with all its marks */
#define TALL    220.0 /* and its height */
#define PART    116.0 /* side of the square around one mark */
#define BETWEEN 8.0
#define TEXT    (2 * (PART + BETWEEN)) /* left of the text beside the squares */
#define LABEL   16.0
#define LINE    1.1
#define HALO    2.6
#define TAG     11.0
#define COLOUR  0xc64600u
#define WHITE   0xffffffu

/* Distances between the eyes. */
#define HEAD    3.0  /* across a face with all its marks */
#define MIDDLE  0.35 /* of it below the eyes */
#define CLOSEST 1.4  /* across the square around one mark, at least */
#define ROOM    1.8  /* and so many times the mark */

/* One of the two pictures. */
typedef struct
{
  const VvReportPicture *picture;
  const char            *side; /* in the facts */
  cairo_surface_t       *surface;
  double                 x, y, unit, angle; /* between the eyes, their distance (pixels) and slant (radians) */
} Side;

/* A rectangle of the page with a part of a picture in it. */
typedef struct
{
  double x, y, width, height; /* on the page */
  double left, top, scale;    /* of pixel (0, 0) on the page, and points per pixel */
} Window;

static void
init_side (Side *self, const VvReportPicture *picture, const char *side)
{
  double eyes = vv_report_figure_eyes (picture);

  *self = (Side){ .picture = picture, .side = side, .surface = vv_report_figure_surface (picture) };
  if (eyes > 0)
    {
      self->x = (picture->eyes[0].x + picture->eyes[1].x) / 2;
      self->y = (picture->eyes[0].y + picture->eyes[1].y) / 2;
      self->unit = eyes;
      self->angle = atan2 (picture->eyes[1].y - picture->eyes[0].y, picture->eyes[1].x - picture->eyes[0].x);
      return;
    }
  self->x = picture->face.width > 0 ? picture->face.x + picture->face.width / 2 : picture->picture->width / 2.0;
  self->y = picture->face.width > 0 ? picture->face.y + picture->face.height * 0.4 : picture->picture->height * 0.4;
  self->unit = picture->face.width > 0 ? picture->face.width * 0.45 : picture->picture->width / 4.0;
}

/* The window that shows @x, @y of the picture in its middle, @across distances between the eyes wide. */
static Window
aim (const Side *side, double x, double y, double across, double page_x, double page_y, double width, double height)
{
  Window window = { page_x, page_y, width, height, 0, 0, width / (across * side->unit) };

  window.left = page_x + width / 2 - window.scale * x;
  window.top = page_y + height / 2 - window.scale * y;
  return window;
}

static void
add_picture (VvReportWriter *self, const Side *side, const Window *window)
{
  vv_report_figure_add_part (vv_report_flow_page (self->flow), side->surface, window->x, window->y, window->width, window->height,
                             window->left - window->x, window->top - window->y, window->scale);
}

static void
add_mark (VvReportWriter *self, const Window *window, const VvMark *mark, guint number)
{
  VvReportPage    *page = vv_report_flow_page (self->flow);
  guint            last = vv_report_flow_pages (self->flow)->len - 1;
  g_autofree char *text = g_strdup_printf ("%u", number);
  VvMark           drawn = *mark;
  VvBox            box;
  double           x, y;

  for (guint i = 0; i < mark->n_points; i++)
    drawn.points[i] = (VvPoint){ (float) (window->left + window->scale * mark->points[i].x), (float) (window->top + window->scale * mark->points[i].y) };
  vv_report_page_add_mark (page, window->x, window->y, window->width, window->height, &drawn, HALO, WHITE);
  vv_report_page_add_mark (page, window->x, window->y, window->width, window->height, &drawn, LINE, COLOUR);
  /* above to the left, where it hides least of what is marked */
  box = vv_mark_bounds (&drawn);
  x = CLAMP (box.x - TAG - 6, window->x, window->x + window->width - TAG);
  y = CLAMP (box.y - TAG - 6, window->y, window->y + window->height - TAG);
  vv_report_page_add_fill (page, x, y, TAG, TAG, COLOUR);
  vv_report_flow_stamp (self->flow, last, VV_REPORT_TEXT_MARK, text, x, y + TAG - 2.8, TAG, 0.5);
}

static gboolean
read_mark (JsonArray *marked, guint index, const char *side, VvMark *ret_mark)
{
  return vv_mark_read (vv_json_object (vv_json_element (marked, index), side), ret_mark);
}

/* Both faces with everything that is marked on them. */
static void
write_faces (VvReportWriter *self, const Side sides[2], JsonArray *marked)
{
  VvReportRow *labels = vv_report_row_new (NULL);
  double       y;

  vv_report_flow_need (self->flow, 2 * LABEL + TALL + BETWEEN);
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG, "Marked on both images");
  vv_report_row_set_padding (labels, 2, 2);
  for (int i = 0; i < 2; i++)
    {
      vv_report_row_add_cell (labels, i * VV_REPORT_SECOND, WHOLE, NULL);
      vv_report_flow_write (self->flow, labels, VV_REPORT_TEXT_STRONG, "P", sides[i].picture->label);
    }
  vv_report_flow_add (self->flow, labels);
  y = vv_report_flow_y (self->flow);
  for (int i = 0; i < 2; i++)
    {
      const Side *side = &sides[i];
      Window      window = aim (side, side->x - MIDDLE * side->unit * sin (side->angle), side->y + MIDDLE * side->unit * cos (side->angle),
                                HEAD,
                                VV_REPORT_MARGIN + i * VV_REPORT_SECOND, y, WHOLE, TALL);
      VvMark      mark;

      add_picture (self, side, &window);
      for (guint n = 0; n < vv_json_length (marked); n++)
        if (read_mark (marked, n, side->side, &mark))
          add_mark (self, &window, &mark, n + 1);
    }
  vv_report_flow_advance (self->flow, TALL + BETWEEN);
}

/* The middle of a mark. */
static void
middle_of (const VvMark *mark, double *x, double *y)
{
  VvBox box = vv_mark_bounds (mark);

  *x = box.x + box.width / 2;
  *y = box.y + box.height / 2;
}

/* The place in @to that lies beside the eyes as @x, @y does in @from. */
static void
find_same_place (const Side *from, const Side *to, double *x, double *y)
{
  double dx = (*x - from->x) / from->unit, dy = (*y - from->y) / from->unit, turn = to->angle - from->angle;

  *x = to->x + to->unit * (dx * cos (turn) - dy * sin (turn));
  *y = to->y + to->unit * (dx * sin (turn) + dy * cos (turn));
}

static void
write_texts (VvReportWriter *self, JsonObject *finding, guint number, double *ret_height)
{
  VvReportRow     *row = vv_report_row_new (NULL);
  g_autofree char *title = g_strdup_printf ("%u  %s", number, vv_json_string (finding, "title"));
  const char      *unseen = vv_json_string (finding, "unseen");
  double           y = vv_report_flow_y (self->flow);

  vv_report_row_add_cell (row, TEXT, VV_REPORT_WIDTH - TEXT, NULL);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_STRONG, "P", title);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_BODY, "P", vv_json_string (finding, "answer"));
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_BODY, "P", vv_json_string (finding, "text"));
  if (unseen != NULL)
    vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_SMALL, "P",
                          g_str_equal (unseen,
                                       "probe")
                            ? "Not visible in the probe image; the same place is shown."
                            : "Not visible in the candidate's photograph; the same place is shown.");
  vv_report_flow_add (self->flow, row);
  *ret_height = vv_report_flow_y (self->flow) - y;
}

/* The place in both pictures at one scale, the text beside. */
static void
write_finding (VvReportWriter *self, const Side sides[2], JsonArray *marked, guint index)
{
  VvMark   marks[2];
  gboolean has[2];
  double   across = CLOSEST, y, height;
  guint    pages;

  vv_report_flow_need (self->flow, PART + BETWEEN);
  for (int i = 0; i < 2; i++)
    {
      has[i] = read_mark (marked, index, sides[i].side, &marks[i]);
      if (has[i])
        across = MAX (across, ROOM * MAX (vv_mark_bounds (&marks[i]).width, vv_mark_bounds (&marks[i]).height) / sides[i].unit);
    }
  if (!has[0] && !has[1])
    return;
  y = vv_report_flow_y (self->flow);
  pages = vv_report_flow_pages (self->flow)->len;
  for (int i = 0; i < 2; i++)
    {
      double middle_x, middle_y;
      Window window;

      middle_of (&marks[has[i] ? i : 1 - i], &middle_x, &middle_y);
      if (!has[i])
        find_same_place (&sides[1 - i], &sides[i], &middle_x, &middle_y);
      window = aim (&sides[i], middle_x, middle_y, across, VV_REPORT_MARGIN + i * (PART + BETWEEN), y, PART, PART);
      add_picture (self, &sides[i], &window);
      if (has[i])
        add_mark (self, &window, &marks[i], index + 1);
    }
  write_texts (self, vv_json_element (marked, index), index + 1, &height);
  if (vv_report_flow_pages (self->flow)->len == pages && height < PART)
    vv_report_flow_advance (self->flow, PART - height);
  vv_report_flow_space (self->flow, BETWEEN);
}

void
vv_report_marks_write (VvReportWriter *self, const VvReportPicture *probe, const VvReportPicture *candidate, JsonArray *marked)
{
  Side sides[2];

  if (vv_json_length (marked) == 0)
    return;
  vv_report_flow_space (self->flow, BETWEEN);
  init_side (&sides[0], probe, "probe");
  init_side (&sides[1], candidate, "candidate");
  write_faces (self, sides, marked);
  for (guint i = 0; i < vv_json_length (marked); i++)
    write_finding (self, sides, marked, i);
  cairo_surface_destroy (sides[0].surface);
  cairo_surface_destroy (sides[1].surface);
}
