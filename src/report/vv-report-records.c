// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-sections.h"

/* The case cover and records sheet: what is retained of a request (step 14, R-105). */

static const VvReportColumn record_columns[] = {
  { "No.", 8, 34, VV_REPORT_TEXT_BODY },
  { "Record", 46, 96, VV_REPORT_TEXT_BODY },
  { "Author", 148, 84, VV_REPORT_TEXT_BODY },
  { "Written", 236, 106, VV_REPORT_TEXT_BODY },
  { "SHA-256", 348, 146, VV_REPORT_TEXT_CODE },
};

static const VvReportColumn document_columns[] = {
  { "Document", 8, 150, VV_REPORT_TEXT_BODY },
  { "ECMS", 166, 176, VV_REPORT_TEXT_BODY },
  { "SHA-256", 348, 146, VV_REPORT_TEXT_CODE },
};

static const VvReportColumn key_columns[] = {
  { "Account", 8, 84, VV_REPORT_TEXT_BODY },
  { "Name", 98, 96, VV_REPORT_TEXT_BODY },
  { "Fingerprint of the public key, SHA-256", 200, 298, VV_REPORT_TEXT_CODE },
};

static void
write_outcome (VvReportWriter *self)
{
  vv_report_write_heading (self, "Results");
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG, vv_json_string (self->facts, "outcome"));
  vv_report_write_list (self, vv_json_array (self->facts, "results"));
}

static void
write_details (VvReportWriter *self)
{
  JsonArray *details = vv_json_array (self->facts, "details");

  if (vv_json_length (details) == 0)
    return;
  vv_report_write_heading (self, "Details");
  vv_report_begin_table (self);
  for (guint i = 0; i < vv_json_length (details); i++)
    vv_report_write_fact (self, vv_json_string (vv_json_element (details, i), "title"),
                          vv_json_string (vv_json_element (details, i), "value"));
  vv_report_end_table (self);
}

static void
write_search (VvReportWriter *self, guint number, JsonObject *search)
{
  g_autofree char *title = g_strdup_printf ("Search %u", number);
  g_autofree char *when = vv_report_facts_time (vv_json_string (search, "when"));
  g_autofree char *size = vv_report_facts_text (search, "gallery_size");
  g_autofree char *pool = vv_report_facts_text (search, "pool_length");

  vv_report_flow_need (self->flow, 80);
  vv_report_write_paragraph (self, VV_REPORT_TEXT_STRONG, title);
  vv_report_begin_table (self);
  vv_report_write_pair (self, "Run", when, "Examiner", vv_json_string (search, "operator"));
  vv_report_write_pair (self, vv_json_bool (search, "outside") ? "Outside images" : "Photographs searched", size, "Length of the pool",
                        pool);
  vv_report_write_fact_styled (self, "Recognizer", VV_REPORT_TEXT_CODE, vv_json_string (search, "recogniser"));
  vv_report_write_fact_styled (self, "Probe, SHA-256", VV_REPORT_TEXT_CODE, vv_json_string (search, "probe"));
  vv_report_write_fact_styled (self, "Gallery manifest", VV_REPORT_TEXT_CODE, vv_json_string (search, "manifest"));
  vv_report_end_table (self);
}

static void
write_searches (VvReportWriter *self)
{
  JsonArray *searches = vv_json_array (self->facts, "searches");

  vv_report_write_heading (self, "Searches");
  if (vv_json_length (searches) == 0)
    vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY, "No search was run.");
  for (guint i = 0; i < vv_json_length (searches); i++)
    write_search (self, i + 1, vv_json_element (searches, i));
}

static void
write_records (VvReportWriter *self)
{
  JsonArray *records = vv_json_array (self->facts, "records");

  vv_report_write_heading (self, "Records");
  vv_report_begin_table (self);
  vv_report_write_table_head (self, G_N_ELEMENTS (record_columns), record_columns);
  for (guint i = 0; i < vv_json_length (records); i++)
    {
      JsonObject       *record = vv_json_element (records, i);
      g_autofree char  *id = vv_report_facts_text (record, "id");
      g_autofree char  *when = vv_report_facts_time (vv_json_string (record, "when"));
      const char *const values[] = { id, vv_json_string (record, "kind"), vv_json_string (record, "author"), when,
                                     vv_json_string (record, "hash") };

      vv_report_write_table_row (self, G_N_ELEMENTS (record_columns), record_columns, values);
    }
  vv_report_end_table (self);
}

static char *
receipt_of (JsonObject *document)
{
  g_autofree char *when = vv_report_facts_time (vv_json_string (document, "acknowledged_at"));
  const char      *location = vv_json_string (document, "location");

  if (when == NULL)
    return g_strdup (vv_json_string (document, "state"));
  return vv_report_is_empty (location) ? g_strdup_printf ("Acknowledged %s", when)
                                       : g_strdup_printf ("Acknowledged %s\n%s", when, location);
}

static void
write_documents (VvReportWriter *self)
{
  JsonArray *documents = vv_json_array (self->facts, "documents");

  vv_report_write_heading (self, "Documents");
  if (vv_json_length (documents) == 0)
    {
      vv_report_write_paragraph (self, VV_REPORT_TEXT_BODY, "There are none.");
      return;
    }
  vv_report_begin_table (self);
  vv_report_write_table_head (self, G_N_ELEMENTS (document_columns), document_columns);
  for (guint i = 0; i < vv_json_length (documents); i++)
    {
      JsonObject       *document = vv_json_element (documents, i);
      g_autofree char  *receipt = receipt_of (document);
      const char *const values[] = { vv_json_string (document, "name"), receipt, vv_json_string (document, "sha256") };

      vv_report_write_table_row (self, G_N_ELEMENTS (document_columns), document_columns, values);
    }
  vv_report_end_table (self);
}

static void
write_keys (VvReportWriter *self)
{
  JsonArray *keys = vv_json_array (self->facts, "keys");

  vv_report_write_heading (self, "Signing keys");
  vv_report_begin_table (self);
  vv_report_write_table_head (self, G_N_ELEMENTS (key_columns), key_columns);
  for (guint i = 0; i < vv_json_length (keys); i++)
    {
      JsonObject       *key = vv_json_element (keys, i);
      const char *const values[] = { vv_json_string (key, "account"), vv_json_string (key, "name"),
                                     vv_json_string (key, "fingerprint") };

      vv_report_write_table_row (self, G_N_ELEMENTS (key_columns), key_columns, values);
    }
  vv_report_end_table (self);
}

void
vv_report_records_write (VvReportWriter *self)
{
  vv_report_write_notices (self);
  vv_report_write_case (self);
  write_details (self);
  write_outcome (self);
  write_searches (self);
  vv_report_write_people (self);
  write_records (self);
  write_documents (self);
  write_keys (self);
  vv_report_write_record (self);
}
