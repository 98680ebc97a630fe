// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-report-writer.h"

G_BEGIN_DECLS

/* Sections that several forms have. Each writes nothing when its facts are missing. */
void vv_report_write_notices (VvReportWriter *self);
void vv_report_write_case (VvReportWriter *self);
void vv_report_write_people (VvReportWriter *self);
void vv_report_write_record (VvReportWriter *self);

/* The pictures from @first on, two and two, under @title. */
void vv_report_write_pictures (VvReportWriter *self,
                               guint           first,
                               const char     *title);

/* What stands between title and foot, form by form. */
void vv_report_lead_write (VvReportWriter *self);      /* Possible Match Report, No Match Report */
void vv_report_request_write (VvReportWriter *self);   /* FIS Request DD5 */
void vv_report_outside_write (VvReportWriter *self);   /* FIS Outside Agency Form */
void vv_report_rejection_write (VvReportWriter *self); /* FIS Image Rejection Report */
void vv_report_records_write (VvReportWriter *self);   /* case cover and records sheet */
void vv_report_yearly_write (VvReportWriter *self);    /* figures of a year */

G_END_DECLS
