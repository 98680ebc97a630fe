// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-report-writer.h"

G_BEGIN_DECLS

/* What was marked on two pictures, the probe and the candidate, which must be there: both faces side by side with all marks and their
 * numbers, then each finding with its place cut out of both at one scale, and its text beside them. @marked: as "findings" of a
 * form has it (vv-report.h); writes nothing when there is none. */
void vv_report_marks_write (VvReportWriter        *self,
                            const VvReportPicture *probe,
                            const VvReportPicture *candidate,
                            JsonArray             *marked);

G_END_DECLS
