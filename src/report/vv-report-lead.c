// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-figure.h"
#include "vv-report-marks.h"
#include "vv-report-sections.h"

static void
write_compared (VvReportWriter *self)
{
  guint                  first = self->form == VV_REPORT_POSSIBLE ? 2 : 1;
  const VvReportPicture *probe, *candidate;

  probe = g_ptr_array_index (self->pictures, 0);
  candidate = first == 2 ? g_ptr_array_index (self->pictures, 1) : NULL;
  vv_report_flow_need (self->flow, VV_REPORT_HEADING + vv_report_figure_height (probe, candidate));
  vv_report_write_heading (self, self->form == VV_REPORT_POSSIBLE ? "Images compared" : "Image searched");
  vv_report_figure_add (self->flow, probe, candidate);
  vv_report_write_pictures (self, first, "Further images");
}

static void
write_candidate (VvReportWriter *self)
{
  JsonObject      *candidate = vv_json_object (self->facts, "candidate");
  g_autofree char *taken = vv_report_facts_time (vv_json_string (candidate, "taken"));
  g_autofree char *class = vv_report_capital (vv_json_string (candidate, "class"));

  vv_report_write_heading (self, "Candidate record");
  vv_report_begin_table (self);
  vv_report_write_pair (self, "Name on record", vv_json_string (candidate, "person"), "Reference",
                        vv_json_string (candidate, "reference"));
  vv_report_write_pair (self, "Photograph class", class, "Taken", taken);
  vv_report_end_table (self);
}

static void
write_items (VvReportWriter *self, VvReportRow *row, JsonArray *items)
{
  for (guint i = 0; i < vv_json_length (items); i++)
    vv_report_flow_write_item (self->flow, row, json_array_get_string_element (items, i));
}

/* What is alike and what is not stand side by side, in the same type and width. */
static void
write_both_sides (VvReportWriter *self, JsonObject *findings)
{
  static const VvReportColumn columns[] = {
    { "Similarities", 8, VV_REPORT_HALF - 8, VV_REPORT_TEXT_BODY },
    { "Differences", VV_REPORT_SECOND, VV_REPORT_HALF - 8, VV_REPORT_TEXT_BODY },
  };
  VvReportRow *row;

  vv_report_begin_table (self);
  vv_report_write_table_head (self, 2, columns);
  row = vv_report_row_new ("TR");
  vv_report_row_set_padding (row, 5, 6);
  vv_report_row_set_rule (row);
  vv_report_row_add_cell (row, columns[0].left, columns[0].width, "TD");
  write_items (self, row, vv_json_array (findings, "similarities"));
  vv_report_row_add_cell (row, columns[1].left, columns[1].width, "TD");
  write_items (self, row, vv_json_array (findings, "differences"));
  vv_report_flow_add (self->flow, row);
  vv_report_end_table (self);
}

static void
write_blocks (VvReportWriter *self, JsonArray *blocks)
{
  static const VvReportColumn columns[] = {
    { "Characteristic", 8, 124, VV_REPORT_TEXT_BODY },
    { "Assessment", 142, 114, VV_REPORT_TEXT_BODY },
    { "Note", 266, 230, VV_REPORT_TEXT_BODY },
  };

  if (vv_json_length (blocks) == 0)
    return;
  vv_report_flow_space (self->flow, 8);
  vv_report_begin_table (self);
  vv_report_write_table_head (self, 3, columns);
  for (guint i = 0; i < vv_json_length (blocks); i++)
    {
      JsonObject       *block = vv_json_element (blocks, i);
      const char *const values[] = { vv_json_string (block, "title"), vv_json_string (block, "answer"),
                                     vv_json_string (block, "note") };

      vv_report_write_table_row (self, 3, columns, values);
    }
  vv_report_end_table (self);
}

/* Before all that speaks for or against: what nobody could explain. */
static void
write_unexplained (VvReportWriter *self, JsonArray *texts)
{
  if (vv_json_length (texts) == 0)
    return;
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG, "Differences that nothing explains");
  for (guint i = 0; i < vv_json_length (texts); i++)
    vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY, json_array_get_string_element (texts, i));
}

static void
write_conclusion (VvReportWriter *self, const char *text)
{
  VvReportRow *row;

  if (vv_report_is_empty (text))
    return;
  vv_report_flow_space (self->flow, 8);
  row = vv_report_row_new ("TR");
  vv_report_row_set_padding (row, 4, 4);
  vv_report_row_add_cell (row, 8, VV_REPORT_LABEL - 8, "TH");
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_LABEL, NULL, "Conclusion");
  vv_report_row_add_cell (row, VV_REPORT_VALUE_LEFT, VV_REPORT_WIDE, "TD");
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_STRONG, NULL, text);
  vv_report_begin_table (self);
  vv_report_flow_add (self->flow, row);
  vv_report_end_table (self);
}

static void
write_findings (VvReportWriter *self)
{
  JsonObject *findings = vv_json_object (self->facts, "findings");

  if (findings == NULL)
    return;
  vv_report_write_heading (self, "Visual comparison");
  write_unexplained (self, vv_json_array (findings, "unexplained"));
  if (vv_json_length (vv_json_array (findings, "similarities")) +
        vv_json_length (vv_json_array (findings, "differences")) >
      0)
    write_both_sides (self, findings);
  write_blocks (self, vv_json_array (findings, "blocks"));
  if (self->form == VV_REPORT_POSSIBLE)
    vv_report_marks_write (self, g_ptr_array_index (self->pictures, 0), g_ptr_array_index (self->pictures, 1),
                           vv_json_array (findings, "marked"));
  write_conclusion (self, vv_json_string (findings, "conclusion"));
}

static void
write_background (VvReportWriter *self)
{
  static const VvReportColumn columns[] = {
    { "Source", 8, 150, VV_REPORT_TEXT_BODY },
    { "Finding", 170, 326, VV_REPORT_TEXT_BODY },
  };
  JsonObject      *background = vv_json_object (self->facts, "background");
  JsonArray       *sources = vv_json_array (background, "sources");
  g_autofree char *reliability = vv_report_capital (vv_json_string (background, "reliability"));

  if (background == NULL)
    return;
  vv_report_write_heading (self, "Background check");
  if (vv_json_length (sources) > 0)
    {
      vv_report_begin_table (self);
      vv_report_write_table_head (self, 2, columns);
      for (guint i = 0; i < vv_json_length (sources); i++)
        {
          JsonObject       *source = vv_json_element (sources, i);
          const char *const values[] = { vv_json_string (source, "source"),
                                         vv_json_string (source, "finding") };

          vv_report_write_table_row (self, 2, columns, values);
        }
      vv_report_end_table (self);
      vv_report_flow_space (self->flow, 4);
    }
  vv_report_begin_table (self);
  vv_report_write_fact (self, "Fit with the case", vv_json_string (background, "fit"));
  vv_report_write_fact (self, "Reliability", reliability);
  vv_report_end_table (self);
}

static void
write_search (VvReportWriter *self)
{
  JsonObject      *search = vv_json_object (self->facts, "search");
  g_autofree char *when = vv_report_facts_time (vv_json_string (search, "when"));
  g_autofree char *size = vv_report_facts_text (search, "gallery_size");
  g_autofree char *pool = vv_report_facts_text (search, "pool_length");

  if (search == NULL)
    return;
  vv_report_write_heading (self, "Search");
  vv_report_begin_table (self);
  vv_report_write_fact (self, "Run", when);
  vv_report_write_pair (self, vv_json_bool (search, "outside") ? "Outside images" : "Photographs searched", size, "Length of the pool",
                        pool);
  vv_report_write_fact_styled (self, "Recognizer", VV_REPORT_TEXT_CODE, vv_json_string (search, "recogniser"));
  vv_report_write_fact_styled (self, "Detector", VV_REPORT_TEXT_CODE, vv_json_string (search, "detector"));
  vv_report_write_fact_styled (self, "Gallery manifest", VV_REPORT_TEXT_CODE, vv_json_string (search, "manifest"));
  vv_report_end_table (self);
}

static void
write_next (VvReportWriter *self)
{
  const char      *recipient = vv_json_string (self->facts, "recipient");
  g_autofree char *address = g_strdup_printf ("For the assigned investigator: %s", recipient);

  vv_report_write_heading (self, "Next step of the assigned investigator");
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG, address);
  if (self->form == VV_REPORT_POSSIBLE)
    vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY,
                               "Treat this report as an investigative lead only. Conduct further investigation to determine "
                               "whether the candidate is "
                               "connected to, or involved in, the incident under investigation, and develop corroborating "
                               "information, in order to "
                               "establish probable cause (procedure 212-129, step 15).");
  else
    vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY,
                               "Continue the investigation. Additional suitable images may be submitted to the section at "
                               "any time; a face seen from the "
                               "front, evenly lit and with more pixels between the eyes helps most (procedure 212-129, step "
                               "16). That no candidate is "
                               "reported does not mean that the person is not in the photo repository.");
}

static void
write_cause (VvReportWriter *self)
{
  vv_report_write_heading (self, "Result");
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG, vv_json_string (self->facts, "cause"));
}

void
vv_report_lead_write (VvReportWriter *self)
{
  vv_report_write_notices (self);
  vv_report_write_case (self);
  if (self->form == VV_REPORT_NONE)
    write_cause (self);
  write_compared (self);
  if (self->form == VV_REPORT_POSSIBLE)
    write_candidate (self);
  write_findings (self);
  write_background (self);
  write_search (self);
  vv_report_write_people (self);
  vv_report_write_record (self);
  write_next (self);
}
