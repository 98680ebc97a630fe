// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-form.h"

#include "vv-json.h"
#include "vv-report-figure.h"

/* The texts of the forms are in the language of the procedure, not of the desk: a report reads the same
 * wherever it was made. */

/* Columns, in points from the left margin. */
#define HALF       242.0
#define LABEL      100.0
#define VALUE_LEFT 104.0
#define VALUE      138.0
#define SECOND     262.0
#define WIDE       (VV_REPORT_WIDTH - VALUE_LEFT)

/* Height of a heading with the space above it. */
#define HEADING 34.0
/* What a heading wants below it: the head of a table and the start of its first row. */
#define FOLLOWING 86.0

#define BAND_HEIGHT 24.0
#define BAND_GROUND 0xf6d32du
#define BAND_STRIPE 0xe5a50au

#define SECTION_FIS "Facial Identification Section"
#define RESTRICTION \
  "Confidential. Dissemination restricted under P.G. 212-76 and P.G. 203-22 and applicable law."
#define BAND_TEXT "TRAINING – NOT A CASE"

typedef struct
{
  VvReportFlow *flow;
  VvReportForm  form;
  JsonObject   *facts;
  GPtrArray    *pictures;
} Writer;

const char *
vv_report_form_title (VvReportForm form)
{
  return form == VV_REPORT_POSSIBLE ? "FIS Possible Match Report" : "FIS No Match Report";
}

static void
heading (Writer *self, const char *title)
{
  VvReportRow *row = vv_report_row_new (NULL);

  vv_report_flow_need (self->flow, HEADING + FOLLOWING);
  vv_report_flow_space (self->flow, 12);
  vv_report_flow_mark (self->flow, title);
  vv_report_row_set_padding (row, 0, 3);
  vv_report_row_set_rule (row);
  vv_report_row_add_cell (row, 0, VV_REPORT_WIDTH, NULL);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_HEADING, "H2", title);
  vv_report_flow_add (self->flow, row);
  vv_report_flow_space (self->flow, 2);
}

static void
paragraph (Writer *self, VvReportText style, const char *text)
{
  VvReportRow *row = vv_report_row_new (NULL);

  vv_report_row_set_padding (row, 2, 3);
  vv_report_row_add_cell (row, 0, VV_REPORT_WIDTH, NULL);
  vv_report_flow_write (self->flow, row, style, "P", text);
  vv_report_flow_add (self->flow, row);
}

static void
label_and_value (Writer      *self,
                 VvReportRow *row,
                 double       x,
                 double       width,
                 const char  *label,
                 VvReportText style,
                 const char  *value)
{
  vv_report_row_add_cell (row, x, LABEL, "TH");
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_LABEL, NULL, label);
  vv_report_row_add_cell (row, x + VALUE_LEFT, width, "TD");
  vv_report_flow_write (self->flow, row, style, NULL, value);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* One row "label value", over the whole width; nothing when there is no value. */
static void
fact_styled (Writer *self, const char *label, VvReportText style, const char *value)
{
  VvReportRow *row;

  if (is_empty (value))
    return;
  row = vv_report_row_new ("TR");
  vv_report_row_set_padding (row, 2, 2);
  label_and_value (self, row, 0, WIDE, label, style, value);
  vv_report_flow_add (self->flow, row);
}

static void
fact (Writer *self, const char *label, const char *value)
{
  fact_styled (self, label, VV_REPORT_TEXT_BODY, value);
}

/* Two facts side by side; the place of one without a value is taken by the other. */
static void
facts_pair (Writer *self, const char *label, const char *value, const char *other_label, const char *other)
{
  VvReportRow *row;

  if (is_empty (value) || is_empty (other))
    {
      fact (self, is_empty (value) ? other_label : label, is_empty (value) ? other : value);
      return;
    }
  row = vv_report_row_new ("TR");
  vv_report_row_set_padding (row, 2, 2);
  label_and_value (self, row, 0, VALUE, label, VV_REPORT_TEXT_BODY, value);
  label_and_value (self, row, SECOND, VALUE, other_label, VV_REPORT_TEXT_BODY, other);
  vv_report_flow_add (self->flow, row);
}

/* The head of a table: @titles, @lefts and @widths of @n columns; repeated on each page until cleared. */
static void
table_head (Writer *self, guint n, const char *const *titles, const double *lefts, const double *widths)
{
  VvReportRow *row = vv_report_row_new ("TR");

  vv_report_row_set_padding (row, 3, 3);
  vv_report_row_set_ground (row);
  for (guint i = 0; i < n; i++)
    {
      vv_report_row_add_cell (row, lefts[i], widths[i], "TH");
      vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_STRONG, NULL, titles[i]);
    }
  vv_report_flow_set_head (self->flow, row);
}

static void
table_row (Writer *self, guint n, const char *const *values, const double *lefts, const double *widths)
{
  VvReportRow *row = vv_report_row_new ("TR");

  vv_report_row_set_padding (row, 3, 4);
  vv_report_row_set_rule (row);
  for (guint i = 0; i < n; i++)
    {
      vv_report_row_add_cell (row, lefts[i], widths[i], "TD");
      vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_BODY, "P", values[i]);
    }
  vv_report_flow_add (self->flow, row);
}

static void
begin_table (Writer *self)
{
  vv_report_flow_tag (self->flow, "Table");
}

static void
end_table (Writer *self)
{
  vv_report_flow_set_head (self->flow, NULL);
  vv_report_flow_tag (self->flow, NULL);
}

static void
write_letterhead (Writer *self)
{
  VvReportRow     *row = vv_report_row_new (NULL);
  JsonObject      *policy = vv_json_object (self->facts, "policy");
  g_autofree char *procedure = g_strdup_printf ("Procedure %s", vv_json_string (policy, "procedure"));

  vv_report_row_add_cell (row, 0, 350, NULL);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_AGENCY, "P", vv_json_string (self->facts, "agency"));
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_LABEL, "P", SECTION_FIS);
  vv_report_row_add_cell (row, 370, VV_REPORT_WIDTH - 370, NULL);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_STRONG, "P", procedure);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_LABEL, "P", "Facial Recognition Technology");
  vv_report_row_set_padding (row, 0, 8);
  vv_report_flow_add (self->flow, row);
  vv_report_page_add_fill (vv_report_flow_page (self->flow), VV_REPORT_MARGIN, vv_report_flow_y (self->flow),
                           VV_REPORT_WIDTH, 1.6, VV_REPORT_ACCENT);
  vv_report_flow_advance (self->flow, 14);
}

static void
write_title (Writer *self)
{
  VvReportRow     *row = vv_report_row_new (NULL);
  g_autofree char *issued = vv_report_facts_time (vv_json_string (self->facts, "issued_at"));
  g_autofree char *number = g_strdup_printf ("FIS number %s", vv_json_string (self->facts, "fis_number"));
  g_autofree char *when = g_strdup_printf ("Issued %s", issued);

  vv_report_flow_mark (self->flow, vv_report_form_title (self->form));
  vv_report_row_add_cell (row, 0, 350, NULL);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_TITLE, "H1", vv_report_form_title (self->form));
  vv_report_row_add_cell (row, 370, VV_REPORT_WIDTH - 370, NULL);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_STRONG, "P", number);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_LABEL, "P", when);
  vv_report_row_set_padding (row, 0, 10);
  vv_report_flow_add (self->flow, row);
}

static void
write_notices (Writer *self)
{
  VvReportRow *row = vv_report_row_new (NULL);
  JsonArray   *notices = vv_json_array (self->facts, "notices");

  vv_report_row_set_padding (row, 9, 10);
  vv_report_row_set_ground (row);
  vv_report_row_set_frame (row);
  vv_report_row_add_cell (row, 12, VV_REPORT_WIDTH - 24, NULL);
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_HEADING, "H2", "Notice");
  for (guint i = 0; i < vv_json_length (notices); i++)
    vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_STRONG, "P",
                          json_array_get_string_element (notices, i));
  vv_report_flow_add (self->flow, row);
}

static void
write_case (Writer *self)
{
  JsonObject *facts = self->facts;

  heading (self, "Request");
  begin_table (self);
  facts_pair (self, "FIS number", vv_json_string (facts, "fis_number"), "Station",
              vv_json_string (facts, "station"));
  facts_pair (self, "Case number", vv_json_string (facts, "case_number"), "Complaint number",
              vv_json_string (facts, "complaint_number"));
  facts_pair (self, "Requested by", vv_json_string (facts, "requester"), "Recipient",
              vv_json_string (facts, "recipient"));
  fact (self, "Authorized use", vv_json_string (facts, "use"));
  fact (self, "Reason", vv_json_string (facts, "reason"));
  fact (self, "Person depicted", vv_json_string (facts, "subject_role"));
  fact (self, "Summary", vv_json_string (facts, "summary"));
  end_table (self);
}

static void
write_pictures (Writer *self)
{
  guint                  first = self->form == VV_REPORT_POSSIBLE ? 2 : 1;
  const VvReportPicture *probe, *candidate;

  probe = g_ptr_array_index (self->pictures, 0);
  candidate = first == 2 ? g_ptr_array_index (self->pictures, 1) : NULL;
  vv_report_flow_need (self->flow, HEADING + vv_report_figure_height (probe, candidate));
  heading (self, self->form == VV_REPORT_POSSIBLE ? "Images compared" : "Image searched");
  vv_report_figure_add (self->flow, probe, candidate);
  if (self->pictures->len <= first)
    return;
  vv_report_flow_need (self->flow,
                       HEADING + vv_report_figure_height (g_ptr_array_index (self->pictures, first), NULL));
  heading (self, "Further images");
  for (guint i = first; i < self->pictures->len; i += 2)
    vv_report_figure_add (self->flow, g_ptr_array_index (self->pictures, i),
                          i + 1 < self->pictures->len ? g_ptr_array_index (self->pictures, i + 1) : NULL);
}

static void
write_candidate (Writer *self)
{
  JsonObject      *candidate = vv_json_object (self->facts, "candidate");
  g_autofree char *taken = vv_report_facts_time (vv_json_string (candidate, "taken"));

  heading (self, "Candidate record");
  begin_table (self);
  facts_pair (self, "Name on record", vv_json_string (candidate, "person"), "Reference",
              vv_json_string (candidate, "reference"));
  facts_pair (self, "Photograph class", vv_json_string (candidate, "class"), "Taken", taken);
  end_table (self);
}

static void
write_items (Writer *self, VvReportRow *row, JsonArray *items)
{
  for (guint i = 0; i < vv_json_length (items); i++)
    vv_report_flow_write_item (self->flow, row, json_array_get_string_element (items, i));
}

/* What is alike and what is not stand side by side, in the same type and width. */
static void
write_both_sides (Writer *self, JsonObject *findings)
{
  static const char *const titles[] = { "Similarities", "Differences" };
  static const double      lefts[] = { 8, SECOND };
  static const double      widths[] = { HALF - 8, HALF - 8 };
  VvReportRow             *row;

  begin_table (self);
  table_head (self, 2, titles, lefts, widths);
  row = vv_report_row_new ("TR");
  vv_report_row_set_padding (row, 5, 6);
  vv_report_row_set_rule (row);
  vv_report_row_add_cell (row, lefts[0], widths[0], "TD");
  write_items (self, row, vv_json_array (findings, "similarities"));
  vv_report_row_add_cell (row, lefts[1], widths[1], "TD");
  write_items (self, row, vv_json_array (findings, "differences"));
  vv_report_flow_add (self->flow, row);
  end_table (self);
}

static void
write_blocks (Writer *self, JsonArray *blocks)
{
  static const char *const titles[] = { "Characteristic", "Assessment", "Note" };
  static const double      lefts[] = { 8, 142, 266 };
  static const double      widths[] = { 124, 114, 230 };

  if (vv_json_length (blocks) == 0)
    return;
  vv_report_flow_space (self->flow, 8);
  begin_table (self);
  table_head (self, 3, titles, lefts, widths);
  for (guint i = 0; i < vv_json_length (blocks); i++)
    {
      JsonObject       *block = vv_json_element (blocks, i);
      const char *const values[] = { vv_json_string (block, "title"), vv_json_string (block, "answer"),
                                     vv_json_string (block, "note") };

      table_row (self, 3, values, lefts, widths);
    }
  end_table (self);
}

static void
write_conclusion (Writer *self, const char *text)
{
  VvReportRow *row;

  if (is_empty (text))
    return;
  vv_report_flow_space (self->flow, 8);
  row = vv_report_row_new ("TR");
  vv_report_row_set_padding (row, 4, 4);
  vv_report_row_add_cell (row, 8, LABEL - 8, "TH");
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_LABEL, NULL, "Conclusion");
  vv_report_row_add_cell (row, VALUE_LEFT, WIDE, "TD");
  vv_report_flow_write (self->flow, row, VV_REPORT_TEXT_STRONG, NULL, text);
  begin_table (self);
  vv_report_flow_add (self->flow, row);
  end_table (self);
}

static void
write_findings (Writer *self)
{
  JsonObject *findings = vv_json_object (self->facts, "findings");

  if (findings == NULL)
    return;
  heading (self, "Visual comparison");
  if (vv_json_length (vv_json_array (findings, "similarities")) +
        vv_json_length (vv_json_array (findings, "differences")) >
      0)
    write_both_sides (self, findings);
  write_blocks (self, vv_json_array (findings, "blocks"));
  write_conclusion (self, vv_json_string (findings, "conclusion"));
}

static void
write_background (Writer *self)
{
  static const char *const titles[] = { "Source", "Finding" };
  static const double      lefts[] = { 8, 170 };
  static const double      widths[] = { 150, 326 };
  JsonObject              *background = vv_json_object (self->facts, "background");
  JsonArray               *sources = vv_json_array (background, "sources");

  if (background == NULL)
    return;
  heading (self, "Background check");
  if (vv_json_length (sources) > 0)
    {
      begin_table (self);
      table_head (self, 2, titles, lefts, widths);
      for (guint i = 0; i < vv_json_length (sources); i++)
        {
          JsonObject       *source = vv_json_element (sources, i);
          const char *const values[] = { vv_json_string (source, "source"),
                                         vv_json_string (source, "finding") };

          table_row (self, 2, values, lefts, widths);
        }
      end_table (self);
      vv_report_flow_space (self->flow, 4);
    }
  begin_table (self);
  fact (self, "Fit with the case", vv_json_string (background, "fit"));
  fact (self, "Reliability", vv_json_string (background, "reliability"));
  end_table (self);
}

static void
write_search (Writer *self)
{
  JsonObject      *search = vv_json_object (self->facts, "search");
  g_autofree char *when = vv_report_facts_time (vv_json_string (search, "when"));
  g_autofree char *size = vv_report_facts_text (search, "gallery_size");
  g_autofree char *pool = vv_report_facts_text (search, "pool_length");

  if (search == NULL)
    return;
  heading (self, "Search");
  begin_table (self);
  fact (self, "Run", when);
  facts_pair (self, "Photographs searched", size, "Length of the pool", pool);
  facts_pair (self, "Recognizer", vv_json_string (search, "recogniser"), "Detector",
              vv_json_string (search, "detector"));
  fact_styled (self, "Gallery manifest", VV_REPORT_TEXT_CODE, vv_json_string (search, "manifest"));
  end_table (self);
}

static void
write_people (Writer *self)
{
  static const char *const titles[] = { "Role", "Name", "Act", "When" };
  static const double      lefts[] = { 8, 128, 268, 392 };
  static const double      widths[] = { 110, 130, 114, 108 };
  JsonArray               *people = vv_json_array (self->facts, "people");

  heading (self, "People");
  begin_table (self);
  table_head (self, 4, titles, lefts, widths);
  for (guint i = 0; i < vv_json_length (people); i++)
    {
      JsonObject       *person = vv_json_element (people, i);
      const char       *name = vv_json_string (person, "name"), *account = vv_json_string (person, "account");
      g_autofree char  *when = vv_report_facts_time (vv_json_string (person, "when"));
      g_autofree char  *both = is_empty (account)
                                 ? g_strdup (name)
                                 : g_strdup_printf ("%s (%s)", is_empty (name) ? "" : name, account);
      const char *const values[] = { vv_json_string (person, "role"), both, vv_json_string (person, "act"),
                                     when };

      table_row (self, 4, values, lefts, widths);
    }
  end_table (self);
}

static void
write_record (Writer *self)
{
  JsonObject      *policy = vv_json_object (self->facts, "policy");
  g_autofree char *effective = vv_report_facts_time (vv_json_string (policy, "effective"));
  g_autofree char *notice = vv_report_facts_text (self->facts, "notice_version");

  heading (self, "Policy and record");
  begin_table (self);
  facts_pair (self, "Procedure", vv_json_string (policy, "procedure"), "Effective", effective);
  facts_pair (self, "Policy version", vv_json_string (policy, "version"), "Notice version", notice);
  fact_styled (self, "Rules, SHA-256", VV_REPORT_TEXT_CODE, vv_json_string (policy, "rules_hash"));
  fact_styled (self, "Audit head", VV_REPORT_TEXT_CODE, vv_json_string (self->facts, "audit_head"));
  end_table (self);
}

static void
write_next (Writer *self)
{
  const char      *recipient = vv_json_string (self->facts, "recipient");
  g_autofree char *address = g_strdup_printf ("For the assigned investigator: %s", recipient);

  heading (self, "Next step of the assigned investigator");
  paragraph (self, VV_REPORT_TEXT_STRONG, address);
  if (self->form == VV_REPORT_POSSIBLE)
    paragraph (self, VV_REPORT_TEXT_BODY,
               "Treat this report as an investigative lead only. Conduct further investigation to determine "
               "whether the candidate is "
               "connected to, or involved in, the incident under investigation, and develop corroborating "
               "information, in order to "
               "establish probable cause (procedure 212-129, step 15).");
  else
    paragraph (self, VV_REPORT_TEXT_BODY,
               "Continue the investigation. Additional suitable images may be submitted to the section at "
               "any time; a face seen from the "
               "front, evenly lit and with more pixels between the eyes helps most (procedure 212-129, step "
               "16). That no candidate is "
               "reported does not mean that the person is not in the photo repository.");
}

static void
write_cause (Writer *self)
{
  heading (self, "Result");
  paragraph (self, VV_REPORT_TEXT_STRONG, vv_json_string (self->facts, "cause"));
}

static void
stamp_band (VvReportFlow *flow, guint page)
{
  VvReportPage *target = g_ptr_array_index (vv_report_flow_pages (flow), page);

  vv_report_page_add_fill (target, 0, 0, VV_REPORT_PAGE_WIDTH, BAND_HEIGHT, BAND_GROUND);
  vv_report_page_add_stripes (target, 0, 0, VV_REPORT_PAGE_WIDTH, BAND_HEIGHT, BAND_STRIPE);
  vv_report_page_add_fill (target, 206, 0, 200, BAND_HEIGHT, BAND_GROUND);
  vv_report_flow_stamp (flow, page, VV_REPORT_TEXT_BAND, BAND_TEXT, 206, 16.5, 200, 0.5);
}

/* Head and foot come last: only now is the number of pages known. */
static void
stamp_pages (Writer *self)
{
  guint            n = vv_report_flow_pages (self->flow)->len;
  const char      *agency = vv_json_string (self->facts, "agency");
  g_autofree char *number = g_strdup_printf ("FIS number %s", vv_json_string (self->facts, "fis_number"));
  g_autofree char *head =
    g_strdup_printf ("%s, Procedure %s", vv_report_form_title (self->form),
                     vv_json_string (vv_json_object (self->facts, "policy"), "procedure"));

  for (guint i = 0; i < n; i++)
    {
      VvReportPage    *page = g_ptr_array_index (vv_report_flow_pages (self->flow), i);
      g_autofree char *count = g_strdup_printf ("Page %u of %u", i + 1, n);

      if (vv_json_bool (self->facts, "training"))
        stamp_band (self->flow, i);
      if (i > 0)
        {
          vv_report_flow_stamp (self->flow, i, VV_REPORT_TEXT_SMALL, agency, VV_REPORT_MARGIN, 54, 240, 0);
          vv_report_flow_stamp (self->flow, i, VV_REPORT_TEXT_SMALL, head, VV_REPORT_MARGIN + 250, 54, 254,
                                1);
          vv_report_page_add_fill (page, VV_REPORT_MARGIN, 62, VV_REPORT_WIDTH, 0.8, VV_REPORT_ACCENT);
        }
      vv_report_page_add_fill (page, VV_REPORT_MARGIN, 744, VV_REPORT_WIDTH, 0.5, VV_REPORT_HAIR);
      vv_report_flow_stamp (self->flow, i, VV_REPORT_TEXT_SMALL, number, VV_REPORT_MARGIN, 757, 380, 0);
      vv_report_flow_stamp (self->flow, i, VV_REPORT_TEXT_SMALL, count, VV_REPORT_MARGIN + 400, 757, 104, 1);
      vv_report_flow_stamp (self->flow, i, VV_REPORT_TEXT_SMALL, RESTRICTION, VV_REPORT_MARGIN, 769,
                            VV_REPORT_WIDTH, 0);
    }
}

void
vv_report_form_write (VvReportFlow *flow, VvReportForm form, JsonObject *facts, GPtrArray *pictures)
{
  Writer self = { flow, form, facts, pictures };

  vv_report_flow_tag (flow, "Sect");
  write_letterhead (&self);
  write_title (&self);
  write_notices (&self);
  write_case (&self);
  if (form == VV_REPORT_NONE)
    write_cause (&self);
  write_pictures (&self);
  if (form == VV_REPORT_POSSIBLE)
    write_candidate (&self);
  write_findings (&self);
  write_background (&self);
  write_search (&self);
  write_people (&self);
  write_record (&self);
  write_next (&self);
  vv_report_flow_tag (flow, NULL);
  stamp_pages (&self);
}
