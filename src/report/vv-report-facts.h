// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "vv-report.h"

G_BEGIN_DECLS

typedef enum
{
  VV_REPORT_POSSIBLE,
  VV_REPORT_NONE,
  VV_REPORT_REQUEST,
  VV_REPORT_REJECTION,
  VV_REPORT_OUTSIDE,
  VV_REPORT_RECORDS,
  VV_REPORT_YEARLY,
} VvReportForm;

/* Whether all that the form must show is there. Sets @form.
 * Fails with VV_REPORT_ERROR_INCOMPLETE naming the first field that is missing. */
gboolean vv_report_facts_check (const char   *name,
                                JsonObject   *facts,
                                GPtrArray    *pictures,
                                VvReportForm *form,
                                GError      **error);

/* A member as text; a whole number is written out. NULL when missing. Returns: (transfer full). */
char *vv_report_facts_text (JsonObject *object,
                            const char *name);

/* What the pages are headed with: "FIS number 2026-T1-00001", or that there is none yet (a request is numbered after it was
 * received, so its first form may be without); of a form about a year "Year 2026". Returns: (transfer full). */
char *vv_report_facts_number (JsonObject *facts);

/* "23 Nov 2026 14:05 UTC", or "23 Nov 2026" of a date; anything else as it is, NULL for NULL. Neither the
 * time zone nor the language of the machine plays a part, so that the bytes of a report do not depend on
 * them. Returns: (transfer full). */
char *vv_report_facts_time (const char *text);

G_END_DECLS
