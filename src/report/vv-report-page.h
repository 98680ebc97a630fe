// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pango/pangocairo.h>

#include "vv-mark.h"

G_BEGIN_DECLS

/* One page as a list of things to draw, in reading order. Filled by the flow, then only read. Positions
 * are points from the upper left corner of the page; colours 0xRRGGBB. */
typedef struct _VvReportPage VvReportPage;

#define VV_REPORT_INK    0x1b1f24u /* text */
#define VV_REPORT_ACCENT 0x14304fu /* headings, frames */
#define VV_REPORT_QUIET  0x55606bu /* labels, page head and foot */
#define VV_REPORT_HAIR   0xc4cbd2u /* thin rules */
#define VV_REPORT_MAT    0xf1f3f5u /* behind pictures, table heads */

VvReportPage *vv_report_page_new (void);
void          vv_report_page_free (VvReportPage *self);

/* Opens a structure element of the tagged PDF ("P", "Table" ...); NULL closes the last one opened. @name
 * must be a literal. */
void vv_report_page_add_tag (VvReportPage *self,
                             const char   *name);

void vv_report_page_add_fill (VvReportPage *self,
                              double        x,
                              double        y,
                              double        width,
                              double        height,
                              guint32       colour);

/* The outline of a rectangle, @line points thick, centred on its edge. */
void vv_report_page_add_frame (VvReportPage *self,
                               double        x,
                               double        y,
                               double        width,
                               double        height,
                               double        line,
                               guint32       colour);

/* One line of text: @x is its left end, @y its baseline. Keeps a reference to @line and its layout. */
void vv_report_page_add_line (VvReportPage    *self,
                              PangoLayout     *layout,
                              PangoLayoutLine *line,
                              double           x,
                              double           y,
                              guint32          colour);

/* A picture: pixel (0, 0) of @surface is drawn at (@left, @top), @scale points per pixel, and only what
 * lies in the rectangle is seen. Keeps a reference to @surface. */
void vv_report_page_add_image (VvReportPage    *self,
                               double           x,
                               double           y,
                               double           width,
                               double           height,
                               cairo_surface_t *surface,
                               double           left,
                               double           top,
                               double           scale);

/* A mark whose points are points of the page, @line points thick; what lies outside of the rectangle is not seen. */
void vv_report_page_add_mark (VvReportPage *self,
                              double        x,
                              double        y,
                              double        width,
                              double        height,
                              const VvMark *mark,
                              double        line,
                              guint32       colour);

/* Oblique stripes filling a rectangle: the ground of the training band. */
void vv_report_page_add_stripes (VvReportPage *self,
                                 double        x,
                                 double        y,
                                 double        width,
                                 double        height,
                                 guint32       colour);

/* Not two threads at a time. */
void vv_report_page_draw (const VvReportPage *self,
                          cairo_t            *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvReportPage, vv_report_page_free)

G_END_DECLS
