// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-json.h"
#include "vv-report-facts.h"
#include "vv-report-flow.h"

G_BEGIN_DECLS

/* The pieces all forms are made of. The texts of the forms are in the language of the procedure, not of the
 * desk: a report reads the same wherever it was made. */

/* Columns, in points from the left margin. */
#define VV_REPORT_HALF       242.0
#define VV_REPORT_LABEL      100.0
#define VV_REPORT_VALUE_LEFT 104.0
#define VV_REPORT_VALUE      138.0
#define VV_REPORT_SECOND     262.0
#define VV_REPORT_WIDE       (VV_REPORT_WIDTH - VV_REPORT_VALUE_LEFT)

/* Height of a heading with the space above it. */
#define VV_REPORT_HEADING 34.0

/* One form being written. */
typedef struct
{
  VvReportFlow *flow;
  VvReportForm  form;
  JsonObject   *facts;
  GPtrArray    *pictures;
} VvReportWriter;

/* A column of a table. */
typedef struct
{
  const char  *title;
  double       left, width;
  VvReportText style;
} VvReportColumn;

gboolean vv_report_is_empty (const char *text);

/* @text with a capital at its start; NULL for NULL. Returns: (transfer full). */
char *vv_report_capital (const char *text);

/* The heading of a section, in the outline too; never the last of its page. */
void vv_report_write_heading (VvReportWriter *self,
                              const char     *title);
void vv_report_write_paragraph (VvReportWriter *self,
                                VvReportText    style,
                                const char     *text);

/* Each text of @items set off by a bullet. */
void vv_report_write_list (VvReportWriter *self,
                           JsonArray      *items);

/* Texts in a frame under @title. */
void vv_report_write_box (VvReportWriter *self,
                          const char     *title,
                          JsonArray      *texts);

/* Everything below stands between begin and end of a table. */
void vv_report_begin_table (VvReportWriter *self);
void vv_report_end_table (VvReportWriter *self);

/* One row "label value" over the whole width; nothing when there is no value. */
void vv_report_write_fact_styled (VvReportWriter *self,
                                  const char     *label,
                                  VvReportText    style,
                                  const char     *value);
void vv_report_write_fact (VvReportWriter *self,
                           const char     *label,
                           const char     *value);

/* Two facts side by side; the place of one without a value is taken by the other. */
void vv_report_write_pair (VvReportWriter *self,
                           const char     *label,
                           const char     *value,
                           const char     *other_label,
                           const char     *other);

/* The head of a table, repeated on each page until the table ends; then its rows. */
void vv_report_write_table_head (VvReportWriter       *self,
                                 guint                 n,
                                 const VvReportColumn *columns);
void vv_report_write_table_row (VvReportWriter       *self,
                                guint                 n,
                                const VvReportColumn *columns,
                                const char *const    *values);

G_END_DECLS
