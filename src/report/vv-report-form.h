// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-report-facts.h"
#include "vv-report-flow.h"

G_BEGIN_DECLS

/* The name of the form as the procedure gives it. */
const char *vv_report_form_title (VvReportForm form);

/* Writes the whole form into an empty @flow, then head, foot and page numbers. @facts and @pictures have
 * been checked (vv_report_facts_check()). */
void vv_report_form_write (VvReportFlow *flow,
                           VvReportForm  form,
                           JsonObject   *facts,
                           GPtrArray    *pictures);

G_END_DECLS
