// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-report-flow.h"
#include "vv-report.h"

G_BEGIN_DECLS

/* Places one or two pictures side by side at the same size: label, whole picture with a thin box around
 * the compared face, the faces cut out at the same scale, caption. Both shrink alike, to two thirds at
 * most, to stay on the present page. @right: nullable. */
void vv_report_figure_add (VvReportFlow          *flow,
                           const VvReportPicture *left,
                           const VvReportPicture *right);

/* The pixels of a picture, to be drawn any number of times and kept once in the document. (transfer full) */
cairo_surface_t *vv_report_figure_surface (const VvReportPicture *picture);

/* What of @surface lies in a rectangle at (@x, @y), when pixel (0, 0) lies at (@left, @top) within it and a pixel is @scale points
 * wide; a quiet ground where there is nothing of it. */
void vv_report_figure_add_part (VvReportPage    *page,
                                cairo_surface_t *surface,
                                double           x,
                                double           y,
                                double           width,
                                double           height,
                                double           left,
                                double           top,
                                double           scale);

/* Distance of the eye centres in pixels, 0 when they are not known. */
double vv_report_figure_eyes (const VvReportPicture *picture);

/* The least height that takes, in points. */
double vv_report_figure_height (const VvReportPicture *left,
                                const VvReportPicture *right);

G_END_DECLS
