// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-sections.h"

/* Figures of a year: what the annual audit of NYC Administrative Code 14-188.1 (Local Law 55 of 2025) asks for. */

#define LAW                                                                                                        \
  "Counted from the audit chain and the records of this desk, for the annual audit under section 14-188.1 of the " \
  "Administrative Code of the City of New York (Local Law 55 of 2025)."

static const VvReportColumn columns[] = {
  { "Item", 8, 380, VV_REPORT_TEXT_BODY },
  { "Count", 400, 94, VV_REPORT_TEXT_STRONG },
};

static void
write_period (VvReportWriter *self)
{
  g_autofree char *from = vv_report_facts_time (vv_json_string (self->facts, "from"));
  g_autofree char *to = vv_report_facts_time (vv_json_string (self->facts, "to"));

  vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY, LAW);
  vv_report_begin_table (self);
  vv_report_write_pair (self, "From", from, "To", to);
  vv_report_write_pair (self, "Desk", vv_json_string (self->facts, "station"), "Made by", vv_json_string (self->facts, "made_by"));
  vv_report_end_table (self);
}

static void
write_rows (VvReportWriter *self, JsonArray *rows)
{
  vv_report_begin_table (self);
  vv_report_write_table_head (self, G_N_ELEMENTS (columns), columns);
  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      JsonObject       *row = vv_json_element (rows, i);
      g_autofree char  *count = vv_report_facts_text (row, "count");
      const char *const values[] = { vv_json_string (row, "item"), count };

      vv_report_write_table_row (self, G_N_ELEMENTS (columns), columns, values);
    }
  vv_report_end_table (self);
}

static void
write_section (VvReportWriter *self, JsonObject *section)
{
  JsonArray  *rows = vv_json_array (section, "rows");
  const char *note = vv_json_string (section, "note");

  vv_report_write_heading (self, vv_json_string (section, "title"));
  if (!vv_report_is_empty (note))
    vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY, note);
  if (vv_json_length (rows) > 0)
    write_rows (self, rows);
  else
    vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY, "None in this period.");
}

void
vv_report_yearly_write (VvReportWriter *self)
{
  JsonArray *sections = vv_json_array (self->facts, "sections");

  write_period (self);
  for (guint i = 0; i < vv_json_length (sections); i++)
    write_section (self, vv_json_element (sections, i));
  vv_report_write_record (self);
}
