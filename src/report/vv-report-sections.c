// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-sections.h"

#include "vv-report-figure.h"

void
vv_report_write_notices (VvReportWriter *self)
{
  JsonArray *notices = vv_json_array (self->facts, "notices");

  if (vv_json_length (notices) > 0)
    vv_report_write_box (self, "Notice", notices);
}

/* Stands behind the request on every form that tells of it. */
static void
write_outside_approval (VvReportWriter *self)
{
  JsonObject      *approval = vv_json_object (self->facts, "outside_approval");
  g_autofree char *date = vv_report_facts_time (vv_json_string (approval, "date"));
  g_autofree char *who = NULL;

  if (approval == NULL)
    return;
  who = g_strdup_printf ("%s, %s", vv_json_string (approval, "name"), vv_json_string (approval, "approver"));
  vv_report_write_heading (self, "Comparison outside the photo repository");
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG,
                             "Comparison with images outside the photo repository was approved for this case alone (procedure 212-129, "
                             "additional data).");
  vv_report_begin_table (self);
  vv_report_write_fact (self, "Approved by", who);
  vv_report_write_fact (self, "Date of approval", date);
  vv_report_write_fact (self, "Reason for approval", vv_json_string (approval, "reason"));
  vv_report_write_fact (self, "Scope", vv_json_string (approval, "scope"));
  vv_report_end_table (self);
}

void
vv_report_write_case (VvReportWriter *self)
{
  JsonObject      *facts = self->facts;
  g_autofree char *round = vv_report_facts_text (facts, "round");
  g_autofree char *role = vv_report_capital (vv_json_string (facts, "subject_role"));

  vv_report_write_heading (self, "Request");
  vv_report_begin_table (self);
  vv_report_write_pair (self, "FIS number", vv_json_string (facts, "fis_number"), "Station",
                        vv_json_string (facts, "station"));
  vv_report_write_pair (self, "Case number", vv_json_string (facts, "case_number"), "Complaint number",
                        vv_json_string (facts, "complaint_number"));
  vv_report_write_pair (self, "Requested by", vv_json_string (facts, "requester"), "Recipient",
                        vv_json_string (facts, "recipient"));
  vv_report_write_fact (self, "Authorized use", vv_json_string (facts, "use"));
  vv_report_write_fact (self, "Reason", vv_json_string (facts, "reason"));
  vv_report_write_fact (self, "Person depicted", role);
  vv_report_write_fact (self, "Summary", vv_json_string (facts, "summary"));
  vv_report_write_fact (self, "Round of images", round);
  vv_report_end_table (self);
  write_outside_approval (self);
}

void
vv_report_write_people (VvReportWriter *self)
{
  static const VvReportColumn columns[] = {
    { "Role", 8, 88, VV_REPORT_TEXT_BODY },
    { "Name", 100, 164, VV_REPORT_TEXT_BODY },
    { "Act", 270, 116, VV_REPORT_TEXT_BODY },
    { "When", 392, 108, VV_REPORT_TEXT_BODY },
  };
  JsonArray *people = vv_json_array (self->facts, "people");

  if (vv_json_length (people) == 0)
    return;
  vv_report_write_heading (self, "People");
  vv_report_begin_table (self);
  vv_report_write_table_head (self, 4, columns);
  for (guint i = 0; i < vv_json_length (people); i++)
    {
      JsonObject       *person = vv_json_element (people, i);
      const char       *name = vv_json_string (person, "name"), *account = vv_json_string (person, "account");
      g_autofree char  *when = vv_report_facts_time (vv_json_string (person, "when"));
      g_autofree char  *both = vv_report_is_empty (account)
                                 ? g_strdup (name)
                                 : g_strdup_printf ("%s (%s)", vv_report_is_empty (name) ? "" : name, account);
      const char *const values[] = { vv_json_string (person, "role"), both, vv_json_string (person, "act"),
                                     when };

      vv_report_write_table_row (self, 4, columns, values);
    }
  vv_report_end_table (self);
}

/* By these and the audit head a records bundle is checked against this paper (README.txt in the bundle); the records
 * sheet has a table of them. */
static void
write_keys (VvReportWriter *self)
{
  JsonArray *keys = self->form != VV_REPORT_RECORDS ? vv_json_array (self->facts, "keys") : NULL;

  for (guint i = 0; i < vv_json_length (keys); i++)
    {
      JsonObject      *key = vv_json_element (keys, i);
      g_autofree char *label = g_strdup_printf ("Key of %s", vv_json_string (key, "account"));

      vv_report_write_fact_styled (self, label, VV_REPORT_TEXT_CODE, vv_json_string (key, "fingerprint"));
    }
}

void
vv_report_write_record (VvReportWriter *self)
{
  JsonObject      *policy = vv_json_object (self->facts, "policy");
  g_autofree char *effective = vv_report_facts_time (vv_json_string (policy, "effective"));
  g_autofree char *notice = vv_report_facts_text (self->facts, "notice_version");

  vv_report_write_heading (self, "Policy and record");
  vv_report_begin_table (self);
  vv_report_write_pair (self, "Procedure", vv_json_string (policy, "procedure"), "Effective", effective);
  vv_report_write_pair (self, "Policy version", vv_json_string (policy, "version"), "Notice version", notice);
  vv_report_write_fact_styled (self, "Rules, SHA-256", VV_REPORT_TEXT_CODE, vv_json_string (policy, "rules_hash"));
  vv_report_write_fact_styled (self, "Audit head", VV_REPORT_TEXT_CODE, vv_json_string (self->facts, "audit_head"));
  write_keys (self);
  vv_report_end_table (self);
}

void
vv_report_write_pictures (VvReportWriter *self, guint first, const char *title)
{
  guint n = self->pictures != NULL ? self->pictures->len : 0;

  if (n <= first)
    return;
  vv_report_flow_need (self->flow, VV_REPORT_HEADING + vv_report_figure_height (g_ptr_array_index (self->pictures, first),
                                                                                NULL));
  vv_report_write_heading (self, title);
  for (guint i = first; i < n; i += 2)
    vv_report_figure_add (self->flow, g_ptr_array_index (self->pictures, i),
                          i + 1 < n ? g_ptr_array_index (self->pictures, i + 1) : NULL);
}
