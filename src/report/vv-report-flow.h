// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-report-page.h"

G_BEGIN_DECLS

/* Lays text out from top to bottom over as many pages as it takes. Everything is a row: one or more cells
 * side by side, each a list of paragraphs. A row that does not fit is moved to the next page when it is
 * short, and goes on there line by line when it is long; nothing is ever cut off. */
typedef struct _VvReportFlow VvReportFlow;
typedef struct _VvReportRow  VvReportRow;

typedef enum
{
  VV_REPORT_TEXT_BODY,
  VV_REPORT_TEXT_STRONG,
  VV_REPORT_TEXT_LABEL,
  VV_REPORT_TEXT_SMALL,
  VV_REPORT_TEXT_CODE, /* hashes */
  VV_REPORT_TEXT_AGENCY,
  VV_REPORT_TEXT_TITLE,
  VV_REPORT_TEXT_HEADING,
  VV_REPORT_TEXT_BAND,
  VV_REPORT_TEXT_MARK, /* the number of a mark on a picture */
} VvReportText;

/* Left and right margin, and the width between them. */
#define VV_REPORT_MARGIN 54.0
#define VV_REPORT_WIDTH  504.0

/* A heading that belongs into the outline. */
typedef struct
{
  char  *title;
  guint  page; /* from 0 */
  double y;    /* points from the top */
} VvReportEntry;

VvReportFlow *vv_report_flow_new (void);
void          vv_report_flow_free (VvReportFlow *self);

/* A new row, nothing in it. Placed by vv_report_flow_add(), which takes it, or kept as table head by
 * vv_report_flow_set_head(). @tag: the element of the whole row ("TR"), or NULL. */
VvReportRow *vv_report_row_new (const char *tag);

/* Room above and below the text, in points. */
void vv_report_row_set_padding (VvReportRow *row,
                                double       above,
                                double       below);
/* A hairline under the row. */
void vv_report_row_set_rule (VvReportRow *row);
/* A quiet ground behind the row. */
void vv_report_row_set_ground (VvReportRow *row);
/* A frame around the row, between the margins. */
void vv_report_row_set_frame (VvReportRow *row);

/* A new cell, @x points right of the left margin. @tag: "TH", "TD" or NULL. */
void vv_report_row_add_cell (VvReportRow *row,
                             double       x,
                             double       width,
                             const char  *tag);

/* A paragraph in the last cell. @text NULL or empty adds nothing. @tag: "P", "H1" ... or NULL. */
void vv_report_flow_write (VvReportFlow *self,
                           VvReportRow  *row,
                           VvReportText  style,
                           const char   *tag,
                           const char   *text);

/* The same, set off by a bullet. */
void vv_report_flow_write_item (VvReportFlow *self,
                                VvReportRow  *row,
                                const char   *text);

/* Places @row (transfer full). */
void vv_report_flow_add (VvReportFlow *self,
                         VvReportRow  *row);

/* Places @row (transfer full) now and again at the top of each page until called with NULL. */
void vv_report_flow_set_head (VvReportFlow *self,
                              VvReportRow  *row);

/* Opens a structure element that may span pages; NULL closes the last one. @tag: literal. */
void vv_report_flow_tag (VvReportFlow *self,
                         const char   *tag);

/* Leaves @height points free (nothing at the top of a page). */
void vv_report_flow_space (VvReportFlow *self,
                           double        height);

/* Goes to the next page unless @height points are left on this one. */
void vv_report_flow_need (VvReportFlow *self,
                          double        height);

/* Goes on @height points further down; what is there was drawn by the caller. */
void vv_report_flow_advance (VvReportFlow *self,
                             double        height);

/* Remembers the present place for the outline. */
void vv_report_flow_mark (VvReportFlow *self,
                          const char   *title);

/* The page being filled, and how far down. */
VvReportPage *vv_report_flow_page (VvReportFlow *self);
double        vv_report_flow_y (VvReportFlow *self);

/* Points left below on this page. */
double vv_report_flow_room (VvReportFlow *self);

/* One line outside the flow (page head and foot), shortened with an ellipsis where it does not fit.
 * @align: 0 left, 0.5 centred, 1 right within @width. */
void vv_report_flow_stamp (VvReportFlow *self,
                           guint         page,
                           VvReportText  style,
                           const char   *text,
                           double        x,
                           double        baseline,
                           double        width,
                           double        align);

/* Of VvReportPage and VvReportEntry; they belong to @self. */
GPtrArray *vv_report_flow_pages (VvReportFlow *self);
GArray    *vv_report_flow_outline (VvReportFlow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvReportFlow, vv_report_flow_free)

G_END_DECLS
