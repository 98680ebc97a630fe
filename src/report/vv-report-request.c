// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-sections.h"

/* The FIS Request DD5 and the FIS Outside Agency Form: what was asked for, by whom, about which images. */

#define UNKNOWN                                                                                              \
  "The investigator states that the identity of the person depicted is not known, and that the images were " \
  "obtained from a witness, a victim or another reliable source."

static void
write_statements (VvReportWriter *self)
{
  static const char *const texts[] = {
    "Facial recognition technology may be used for the authorized uses of procedure 212-129 only. A request that "
    "does not state one of them, and the facts it rests on, is declined.",
    "Whatever this request leads to is an investigative lead only. It is not probable cause to effect an arrest, or "
    "to obtain an arrest or search warrant.",
  };
  g_autoptr (JsonArray) array = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    json_array_add_string_element (array, texts[i]);
  vv_report_write_box (self, "Notice", array);
}

static void
write_titled (VvReportWriter *self, JsonArray *items)
{
  for (guint i = 0; i < vv_json_length (items); i++)
    {
      JsonObject *item = vv_json_element (items, i);

      vv_report_write_fact (self, vv_json_string (item, "title"), vv_json_string (item, "value"));
    }
}

/* Which use, on which facts. */
static void
write_use (VvReportWriter *self)
{
  g_autofree char *role = vv_report_capital (vv_json_string (self->facts, "subject_role"));

  vv_report_write_heading (self, "Purpose of the request");
  vv_report_begin_table (self);
  vv_report_write_fact (self, "Authorized use", vv_json_string (self->facts, "use"));
  vv_report_write_fact (self, "Basis", vv_json_string (self->facts, "reason"));
  write_titled (self, vv_json_array (self->facts, "use_details"));
  vv_report_write_pair (self, "Person depicted", role, "Identity",
                        vv_json_bool (self->facts, "identity_unknown") ? "Not known at intake" : NULL);
  vv_report_write_fact (self, "Summary", vv_json_string (self->facts, "summary"));
  vv_report_end_table (self);
}

static void
write_medium (VvReportWriter *self, guint number, JsonObject *medium)
{
  g_autofree char *title = g_strdup_printf ("%u. %s", number, vv_json_string (medium, "name"));
  g_autofree char *obtained = vv_report_facts_time (vv_json_string (medium, "obtained_at"));
  g_autofree char *captured = vv_report_facts_time (vv_json_string (medium, "captured_at"));
  g_autofree char *source = vv_report_capital (vv_json_string (medium, "source"));
  g_autofree char *details = NULL;

  if (!vv_report_is_empty (vv_json_string (medium, "source_detail")))
    details = g_strdup_printf ("%s: %s", source, vv_json_string (medium, "source_detail"));
  vv_report_flow_need (self->flow, 92);
  vv_report_flow_space (self->flow, number > 1 ? 6 : 2);
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG, title);
  vv_report_begin_table (self);
  vv_report_write_pair (self, "Kind", vv_json_string (medium, "kind"), "Size", vv_json_string (medium, "size"));
  vv_report_write_fact (self, "Source", details != NULL ? details : source);
  vv_report_write_pair (self, "Obtained by", vv_json_string (medium, "obtained_by"), "Obtained", obtained);
  vv_report_write_pair (self, "Site link", vv_json_string (medium, "site_link"), "Captured", captured);
  vv_report_write_fact (self, "Player", vv_json_string (medium, "player"));
  vv_report_write_fact_styled (self, "SHA-256", VV_REPORT_TEXT_CODE, vv_json_string (medium, "sha256"));
  vv_report_end_table (self);
}

static void
write_media (VvReportWriter *self)
{
  JsonArray *media = vv_json_array (self->facts, "media");

  vv_report_write_heading (self, "Images and videos submitted");
  if (vv_json_length (media) == 0)
    vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY, "None was submitted by the time this form was made.");
  for (guint i = 0; i < vv_json_length (media); i++)
    write_medium (self, i + 1, vv_json_element (media, i));
  vv_report_write_pictures (self, 0, "Copies of the images");
}

static void
write_investigator (VvReportWriter *self)
{
  JsonObject      *person = vv_json_object (self->facts, "investigator");
  g_autofree char *received = vv_report_facts_time (vv_json_string (self->facts, "received_at"));

  vv_report_write_heading (self, "Case");
  vv_report_begin_table (self);
  vv_report_write_pair (self, "Case number", vv_json_string (self->facts, "case_number"), "Complaint number",
                        vv_json_string (self->facts, "complaint_number"));
  vv_report_write_pair (self, "FIS number", vv_json_string (self->facts, "fis_number"), "Station",
                        vv_json_string (self->facts, "station"));
  vv_report_end_table (self);
  vv_report_write_heading (self, "Assigned investigator");
  vv_report_begin_table (self);
  vv_report_write_pair (self, "Name", vv_json_string (person, "name"), "Command", vv_json_string (person, "command"));
  vv_report_write_pair (self, "Shield", vv_json_string (person, "shield"), "Contact", vv_json_string (person, "contact"));
  vv_report_write_pair (self, "Submitted", vv_json_string (self->facts, "channel"), "Received", received);
  /* a request by telephone or e-mail has its form made by the section. */
  vv_report_write_fact (self, "Form made by", vv_json_string (self->facts, "generated_by"));
  vv_report_end_table (self);
}

void
vv_report_request_write (VvReportWriter *self)
{
  write_statements (self);
  write_investigator (self);
  write_use (self);
  vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY, UNKNOWN);
  write_media (self);
  vv_report_write_people (self);
  vv_report_write_record (self);
}

/* */
static void
write_agency (VvReportWriter *self)
{
  JsonObject *other = vv_json_object (self->facts, "outside");

  vv_report_write_heading (self, "Requesting agency");
  vv_report_begin_table (self);
  vv_report_write_fact (self, "Agency", vv_json_string (other, "agency"));
  vv_report_write_pair (self, "Command", vv_json_string (other, "command"), "Address", vv_json_string (other, "address"));
  vv_report_write_pair (self, "Member", vv_json_string (other, "member"), "Title", vv_json_string (other, "title"));
  vv_report_write_pair (self, "Shield", vv_json_string (other, "shield"), "Telephone", vv_json_string (other, "telephone"));
  vv_report_write_pair (self, "E-mail", vv_json_string (other, "email"), "Contact", vv_json_string (other, "contact"));
  vv_report_write_pair (self, "Case number", vv_json_string (other, "case_number"), "Complaint number",
                        vv_json_string (other, "complaint_number"));
  vv_report_end_table (self);
}

/* */
static void
write_receipt (VvReportWriter *self)
{
  g_autofree char *received = vv_report_facts_time (vv_json_string (self->facts, "received_at"));

  vv_report_write_heading (self, "Receipt");
  vv_report_begin_table (self);
  vv_report_write_pair (self, "FIS number", vv_json_string (self->facts, "fis_number"), "Station",
                        vv_json_string (self->facts, "station"));
  vv_report_write_pair (self, "Received by", vv_json_string (self->facts, "received_by"), "Received", received);
  vv_report_write_fact (self, "Referred by", vv_json_string (self->facts, "referred_by"));
  vv_report_write_pair (self, "Submitted", vv_json_string (self->facts, "method"), "Report goes back",
                        vv_json_string (self->facts, "method"));
  vv_report_end_table (self);
}

/* */
static void
write_complaint_copy (VvReportWriter *self)
{
  JsonObject      *copy = vv_json_object (self->facts, "complaint_copy");
  g_autofree char *pages = vv_report_facts_text (copy, "pages");

  vv_report_write_heading (self, "Copy of the other agency's complaint report");
  vv_report_begin_table (self);
  vv_report_write_pair (self, "Document", vv_json_string (copy, "name"), "Pages", pages);
  vv_report_write_fact_styled (self, "SHA-256", VV_REPORT_TEXT_CODE, vv_json_string (copy, "sha256"));
  vv_report_end_table (self);
}

void
vv_report_outside_write (VvReportWriter *self)
{
  write_statements (self);
  write_agency (self);
  write_receipt (self);
  write_use (self);
  write_complaint_copy (self);
  write_media (self);
  vv_report_write_people (self);
  vv_report_write_record (self);
}
