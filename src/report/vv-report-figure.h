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

/* The least height that takes, in points. */
double vv_report_figure_height (const VvReportPicture *left,
                                const VvReportPicture *right);

G_END_DECLS
