// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-form.h"

#include "vv-report-sections.h"

#define BAND_HEIGHT 24.0
#define BAND_GROUND 0xf6d32du
#define BAND_STRIPE 0xe5a50au

#define SECTION_FIS "Facial Identification Section"
#define RESTRICTION \
  "Confidential. Dissemination restricted under P.G. 212-76 and P.G. 203-22 and applicable law."
#define BAND_TEXT "TRAINING – NOT A CASE"

/* A form's version goes up by one whenever what stands on it, or where, is changed. */
static const struct
{
  const char *title;
  guint       version;
  void (*write) (VvReportWriter *self);
} forms[] = {
  [VV_REPORT_POSSIBLE] = { "FIS Possible Match Report", 2, vv_report_lead_write },
  [VV_REPORT_NONE] = { "FIS No Match Report", 1, vv_report_lead_write },
  [VV_REPORT_REQUEST] = { "FIS Request DD5", 1, vv_report_request_write },
  [VV_REPORT_REJECTION] = { "FIS Image Rejection Report", 1, vv_report_rejection_write },
  [VV_REPORT_OUTSIDE] = { "FIS Outside Agency Form", 1, vv_report_outside_write },
  [VV_REPORT_YEARLY] = { "FIS Figures of the Year", 1, vv_report_yearly_write },
  [VV_REPORT_RECORDS] = { "FIS Case Cover and Records Sheet", 1, vv_report_records_write },
};

const char *
vv_report_form_title (VvReportForm form)
{
  return forms[form].title;
}

static void
write_letterhead (VvReportWriter *self)
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
write_title (VvReportWriter *self)
{
  VvReportRow     *row = vv_report_row_new (NULL);
  g_autofree char *issued = vv_report_facts_time (vv_json_string (self->facts, "issued_at"));
  g_autofree char *number = vv_report_facts_number (self->facts);
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
stamp_pages (VvReportWriter *self)
{
  guint            n = vv_report_flow_pages (self->flow)->len;
  const char      *agency = vv_json_string (self->facts, "agency");
  g_autofree char *number = vv_report_facts_number (self->facts);
  g_autofree char *version = g_strdup_printf ("Form version %u", forms[self->form].version);
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
      vv_report_flow_stamp (self->flow, i, VV_REPORT_TEXT_SMALL, version, VV_REPORT_MARGIN + 400, 769, 104, 1);
      vv_report_flow_stamp (self->flow, i, VV_REPORT_TEXT_SMALL, RESTRICTION, VV_REPORT_MARGIN, 769, 390, 0);
    }
}

void
vv_report_form_write (VvReportFlow *flow, VvReportForm form, JsonObject *facts, GPtrArray *pictures)
{
  VvReportWriter self = { flow, form, facts, pictures };

  vv_report_flow_tag (flow, "Sect");
  write_letterhead (&self);
  write_title (&self);
  forms[form].write (&self);
  vv_report_flow_tag (flow, NULL);
  stamp_pages (&self);
}
