// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-writer.h"

#include <string.h>

/* What a heading wants below it: the head of a table and the start of its first row. */
#define FOLLOWING 86.0

void
vv_report_write_heading (VvReportWriter *self, const char *title)
{
  VvReportRow *row = vv_report_row_new (NULL);

  vv_report_flow_need (self->flow, VV_REPORT_HEADING + FOLLOWING);
  vv_report_flow_space (self->flow, 12);
  vv_report_flow_mark (self->flow, title);
  vv_report_row_set_padding (row, 0, 3);
  vv_report_row_set_rule (row);
  vv_report_row_add_cell (row, 0, VV_REPORT_WIDTH, NULL);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_HEADING, "H2", title);
  vv_report_flow_add (self->flow, row);
  vv_report_flow_space (self->flow, 2);
}

void
vv_report_write_paragraph (VvReportWriter *self, VvReportText style, const char *text)
{
  VvReportRow *row = vv_report_row_new (NULL);

  vv_report_row_set_padding (row, 2, 3);
  vv_report_row_add_cell (row, 0, VV_REPORT_WIDTH, NULL);
  vv_report_flow_write (self->flow, row, style, "P", text);
  vv_report_flow_add (self->flow, row);
}

static void
label_and_value (VvReportWriter *self,
                 VvReportRow    *row,
                 double          x,
                 double          width,
                 const char     *label,
                 VvReportText    style,
                 const char     *value)
{
  vv_report_row_add_cell (row, x, VV_REPORT_LABEL, "TH");
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_LABEL, NULL, label);
  vv_report_row_add_cell (row, x + VV_REPORT_VALUE_LEFT, width, "TD");
  vv_report_flow_write (self->flow, row, style, NULL, value);
}

gboolean
vv_report_is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

char *
vv_report_capital (const char *text)
{
  g_autofree char *first = text != NULL ? g_utf8_substring (text, 0, MIN (1, g_utf8_strlen (text, -1))) : NULL;
  g_autofree char *upper = first != NULL ? g_utf8_strup (first, -1) : NULL;

  return upper != NULL ? g_strconcat (upper, text + strlen (first), NULL) : NULL;
}

void
vv_report_write_fact_styled (VvReportWriter *self, const char *label, VvReportText style, const char *value)
{
  VvReportRow *row;

  if (vv_report_is_empty (value))
    return;
  row = vv_report_row_new ("TR");
  vv_report_row_set_padding (row, 2, 2);
  label_and_value (self, row, 0, VV_REPORT_WIDE, label, style, value);
  vv_report_flow_add (self->flow, row);
}

void
vv_report_write_fact (VvReportWriter *self, const char *label, const char *value)
{
  vv_report_write_fact_styled (self, label, VV_REPORT_TEXT_BODY, value);
}

void
vv_report_write_pair (VvReportWriter *self, const char *label, const char *value, const char *other_label, const char *other)
{
  VvReportRow *row;

  if (vv_report_is_empty (value) || vv_report_is_empty (other))
    {
      vv_report_write_fact (self, vv_report_is_empty (value) ? other_label : label, vv_report_is_empty (value) ? other : value);
      return;
    }
  row = vv_report_row_new ("TR");
  vv_report_row_set_padding (row, 2, 2);
  label_and_value (self, row, 0, VV_REPORT_VALUE, label, VV_REPORT_TEXT_BODY, value);
  label_and_value (self, row, VV_REPORT_SECOND, VV_REPORT_VALUE, other_label, VV_REPORT_TEXT_BODY, other);
  vv_report_flow_add (self->flow, row);
}

void
vv_report_write_table_head (VvReportWriter *self, guint n, const VvReportColumn *columns)
{
  VvReportRow *row = vv_report_row_new ("TR");

  vv_report_row_set_padding (row, 3, 3);
  vv_report_row_set_ground (row);
  for (guint i = 0; i < n; i++)
    {
      vv_report_row_add_cell (row, columns[i].left, columns[i].width, "TH");
      vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_STRONG, NULL, columns[i].title);
    }
  vv_report_flow_set_head (self->flow, row);
}

void
vv_report_write_table_row (VvReportWriter *self, guint n, const VvReportColumn *columns, const char *const *values)
{
  VvReportRow *row = vv_report_row_new ("TR");

  vv_report_row_set_padding (row, 3, 4);
  vv_report_row_set_rule (row);
  for (guint i = 0; i < n; i++)
    {
      vv_report_row_add_cell (row, columns[i].left, columns[i].width, "TD");
      vv_report_flow_write (self->flow, row, columns[i].style, "P", values[i]);
    }
  vv_report_flow_add (self->flow, row);
}

void
vv_report_begin_table (VvReportWriter *self)
{
  vv_report_flow_tag (self->flow, "Table");
}

void
vv_report_end_table (VvReportWriter *self)
{
  vv_report_flow_set_head (self->flow, NULL);
  vv_report_flow_tag (self->flow, NULL);
}

void
vv_report_write_list (VvReportWriter *self, JsonArray *items)
{
  for (guint i = 0; i < vv_json_length (items); i++)
    {
      VvReportRow *row = vv_report_row_new (NULL);

      vv_report_row_set_padding (row, 1, 2);
      vv_report_row_add_cell (row, 8, VV_REPORT_WIDTH - 8, NULL);
      vv_report_flow_write_item (self->flow, row, json_array_get_string_element (items, i));
      vv_report_flow_add (self->flow, row);
    }
}

void
vv_report_write_box (VvReportWriter *self, const char *title, JsonArray *texts)
{
  VvReportRow *row = vv_report_row_new (NULL);

  vv_report_row_set_padding (row, 9, 10);
  vv_report_row_set_ground (row);
  vv_report_row_set_frame (row);
  vv_report_row_add_cell (row, 12, VV_REPORT_WIDTH - 24, NULL);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_HEADING, "H2", title);
  for (guint i = 0; i < vv_json_length (texts); i++)
    vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_STRONG, "P", json_array_get_string_element (texts, i));
  vv_report_flow_add (self->flow, row);
}
