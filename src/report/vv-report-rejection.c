// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-figure.h"
#include "vv-report-sections.h"

/* The FIS Image Rejection Report (steps 5a and 5b, R-075, R-107). */

static const VvReportColumn measure_columns[] = {
  { "Measure", 8, 122, VV_REPORT_TEXT_BODY },
  { "Measured", 138, 82, VV_REPORT_TEXT_BODY },
  { "Assessment", 228, 82, VV_REPORT_TEXT_BODY },
  { "What to ask for", 318, 178, VV_REPORT_TEXT_BODY },
};

/* The whole message first: what was decided, and that it is not the end. */
static void
write_decision (VvReportWriter *self)
{
  guint                 n = vv_json_length (vv_json_array (self->facts, "images"));
  g_autofree char      *count = n == 1 ? g_strdup ("The image shown below is not suitable for a facial recognition search.")
                                       : g_strdup_printf ("The %u images shown below are not suitable for a facial "
                                                               "recognition search.",
                                                          n);
  g_autoptr (JsonArray) texts = json_array_new ();

  json_array_add_string_element (texts, count);
  json_array_add_string_element (texts, "Resubmission is possible. The request stays open under the same FIS number, and "
                                        "additional images may be submitted at any time (procedure 212-129, steps 5b and 16).");
  json_array_add_string_element (texts, "This report speaks of the quality of images only. It says nothing about the person depicted.");
  vv_report_write_box (self, "Decision", texts);
}

static void
write_measures (VvReportWriter *self, JsonArray *measures)
{
  if (vv_json_length (measures) == 0)
    return;
  vv_report_flow_space (self->flow, 6);
  vv_report_begin_table (self);
  vv_report_write_table_head (self, G_N_ELEMENTS (measure_columns), measure_columns);
  for (guint i = 0; i < vv_json_length (measures); i++)
    {
      JsonObject       *measure = vv_json_element (measures, i);
      const char *const values[] = { vv_json_string (measure, "title"), vv_json_string (measure, "value"),
                                     vv_json_string (measure, "assessment"), vv_json_string (measure, "ask") };

      vv_report_write_table_row (self, G_N_ELEMENTS (measure_columns), measure_columns, values);
    }
  vv_report_end_table (self);
}

static void
write_titled_list (VvReportWriter *self, const char *title, JsonArray *items)
{
  vv_report_flow_need (self->flow, 48);
  vv_report_flow_space (self->flow, 6);
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG, title);
  vv_report_write_list (self, items);
}

static void
write_image (VvReportWriter *self, guint index, guint n)
{
  JsonObject            *image = vv_json_element (vv_json_array (self->facts, "images"), index);
  const VvReportPicture *picture = g_ptr_array_index (self->pictures, index);
  g_autofree char       *title = n == 1 ? g_strdup_printf ("Image: %s", vv_json_string (image, "name"))
                                        : g_strdup_printf ("Image %u of %u: %s", index + 1, n, vv_json_string (image, "name"));

  vv_report_flow_need (self->flow, VV_REPORT_HEADING + vv_report_figure_height (picture, NULL));
  vv_report_write_heading (self, title);
  vv_report_figure_add (self->flow, picture, NULL);
  vv_report_begin_table (self);
  vv_report_write_fact_styled (self, "SHA-256", VV_REPORT_TEXT_CODE, vv_json_string (image, "sha256"));
  vv_report_end_table (self);
  write_titled_list (self, "Why it is not suitable", vv_json_array (image, "reasons"));
  vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY, vv_json_string (image, "remark"));
  write_measures (self, vv_json_array (image, "measures"));
  write_titled_list (self, "What would help", vv_json_array (image, "ask"));
}

static void
write_next (VvReportWriter *self)
{
  g_autofree char *address = g_strdup_printf ("For the assigned investigator: %s", vv_json_string (self->facts, "recipient"));

  vv_report_write_heading (self, "Next step of the assigned investigator");
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG, address);
  vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY,
                             "Continue the investigation and submit more suitable images where there are any. Send the original "
                             "file rather than a copy, a screen shot or a picture of a screen; of a video send the whole "
                             "recording with its player. Images are taken as they are: the section draws, paints or "
                             "composes no face.");
}

void
vv_report_rejection_write (VvReportWriter *self)
{
  guint n = self->pictures->len;

  write_decision (self);
  vv_report_write_case (self);
  for (guint i = 0; i < n; i++)
    write_image (self, i, n);
  vv_report_write_people (self);
  write_next (self);
  vv_report_write_record (self);
}
