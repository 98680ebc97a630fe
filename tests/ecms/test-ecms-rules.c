// SPDX-License-Identifier: GPL-3.0-or-later
#include <gio/gio.h>
#include <string.h>

#include "vv-json.h"
#include "vv-mapping.h"
#include "vv-outbox.h"
#include "vv-test.h"
#include "vv-transport.h"

#define NOW "2026-11-23T14:00:00.00Z"

START_TEST (outbox_first__is_due_at_once)
{
  g_autoptr (JsonObject) first = vv_outbox_first (NOW);

  ck_assert_str_eq (vv_json_string (first, "state"), "queued");
  ck_assert_int_eq (vv_json_int (first, "attempts"), 0);
  ck_assert (json_object_has_member (first, "attempts"));
  ck_assert_str_eq (vv_json_string (first, "next_try"), NOW);
  ck_assert (vv_outbox_is_due (first, NOW));
}
END_TEST

static const struct
{
  int         code;
  const char *state;
} outcomes[] = {
  { VV_ECMS_ERROR_SETTINGS, "refused" },
  { VV_ECMS_ERROR_OFFLINE, "queued" },
  { VV_ECMS_ERROR_CERTIFICATE, "refused" },
  { VV_ECMS_ERROR_ACCESS, "refused" },
  { VV_ECMS_ERROR_CONFLICT, "conflict" },
  { VV_ECMS_ERROR_FULL, "queued" },
  { VV_ECMS_ERROR_REFUSED, "refused" },
};

START_TEST (outbox_after__state_of_every_failure)
{
  g_autoptr (JsonObject) entry = vv_json_new ("state", "s", "sending", "attempts", "i", (gint64) 0, NULL);
  g_autoptr (GError)     failure = g_error_new_literal (VV_ECMS_ERROR, outcomes[_i].code, "The server said no.");
  g_autoptr (JsonObject) after = vv_outbox_after (entry, failure, /* receipt= */ NULL, NOW);

  ck_assert_int_eq (outcomes[_i].code, _i); /* none left out */
  ck_assert_str_eq (vv_json_string (after, "state"), outcomes[_i].state);
  ck_assert_int_eq (vv_json_int (after, "attempts"), 1);
  ck_assert_str_eq (vv_json_string (after, "last_error"), "The server said no.");
  ck_assert_ptr_null (vv_json_object (after, "receipt"));
  ck_assert (!vv_outbox_is_due (after, NOW));
}
END_TEST

START_TEST (outbox_after__a_stranger_needs_a_person)
{
  g_autoptr (JsonObject) entry = vv_outbox_first (NOW);
  g_autoptr (GError)     failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Something else failed.");
  g_autoptr (JsonObject) after = vv_outbox_after (entry, failure, /* receipt= */ NULL, NOW);

  ck_assert_str_eq (vv_json_string (after, "state"), "refused");
}
END_TEST

START_TEST (outbox_after__stopping_costs_no_attempt)
{
  g_autoptr (JsonObject) entry = vv_json_new ("state", "s", "sending", "attempts", "i", (gint64) 4, NULL);
  g_autoptr (GError)     failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "It was stopped.");
  g_autoptr (JsonObject) after = vv_outbox_after (entry, failure, /* receipt= */ NULL, NOW);

  ck_assert_int_eq (vv_json_int (after, "attempts"), 4);
  ck_assert (vv_outbox_is_due (after, NOW));
}
END_TEST

START_TEST (outbox_after__acknowledged_keeps_the_receipt)
{
  g_autoptr (JsonObject) entry = vv_json_new ("state", "s", "sending", "attempts", "i", (gint64) 2,
                                              "last_error", "s", "old", NULL);
  g_autoptr (JsonObject) receipt = vv_json_new ("location", "s", "https://ecms.test/x", NULL);
  g_autoptr (JsonObject) after = vv_outbox_after (entry, /* failure= */ NULL, receipt, NOW);

  ck_assert_str_eq (vv_json_string (after, "state"), "acknowledged");
  ck_assert_int_eq (vv_json_int (after, "attempts"), 3);
  ck_assert_str_eq (vv_json_string (vv_json_object (after, "receipt"), "location"), "https://ecms.test/x");
  ck_assert (json_object_get_null_member (after, "last_error"));
  ck_assert (!vv_outbox_is_due (after, "2026-11-24T14:00:00.00Z"));
}
END_TEST

static const char *const next_tries[] = {
  "2026-11-23T14:00:30.00Z",
  "2026-11-23T14:01:00.00Z",
  "2026-11-23T14:02:00.00Z",
  "2026-11-23T14:04:00.00Z",
  "2026-11-23T14:08:00.00Z",
  "2026-11-23T14:16:00.00Z",
  "2026-11-23T14:32:00.00Z",
  "2026-11-23T15:00:00.00Z",
  "2026-11-23T15:00:00.00Z",
};

START_TEST (outbox_after__waits_twice_as_long_each_time)
{
  g_autoptr (GError) failure = g_error_new_literal (VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE, "Not there.");
  JsonObject        *entry = vv_outbox_first (NOW);

  for (guint i = 0; i < G_N_ELEMENTS (next_tries); i++)
    {
      JsonObject *after = vv_outbox_after (entry, failure, /* receipt= */ NULL, NOW);

      ck_assert_str_eq (vv_json_string (after, "next_try"), next_tries[i]);
      ck_assert (!vv_outbox_is_due (after, "2026-11-23T14:00:29.99Z"));
      ck_assert (vv_outbox_is_due (after, next_tries[i]));
      json_object_unref (entry);
      entry = after;
    }
  json_object_unref (entry);
}
END_TEST

START_TEST (outbox_after__any_number_of_attempts)
{
  g_autoptr (GError)     failure = g_error_new_literal (VV_ECMS_ERROR, VV_ECMS_ERROR_FULL, "No room.");
  g_autoptr (JsonObject) entry = vv_json_new ("attempts", "i", (gint64) 1000000, NULL);
  g_autoptr (JsonObject) after = vv_outbox_after (entry, failure, /* receipt= */ NULL, NOW);

  ck_assert_str_eq (vv_json_string (after, "next_try"), "2026-11-23T15:00:00.00Z");
}
END_TEST

START_TEST (outbox_is_due__only_when_queued)
{
  static const char *const others[] = { "sending", "acknowledged", "conflict", "refused" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (JsonObject) entry = vv_json_new ("state", "s", others[i], "next_try", "s", NOW, NULL);

      ck_assert (!vv_outbox_is_due (entry, NOW));
    }
}
END_TEST

START_TEST (outbox_is_due__survives_a_wrong_clock)
{
  g_autoptr (JsonObject) entry = vv_json_new ("state", "s", "queued", "next_try", "s", "2031-01-01T00:00:00.00Z", NULL);

  ck_assert (vv_outbox_is_due (entry, NOW));
}
END_TEST

static char *
fill (const char *template, const char *case_number, GError **error)
{
  g_autoptr (JsonObject) mapping = vv_json_new ("folder", "s", template, NULL);
  g_autoptr (JsonObject) facts = vv_json_new ("case_number", "s", case_number, "fis_number", "i", (gint64) 77, NULL);

  return vv_mapping_folder (mapping, facts, error);
}

static const struct
{
  const char *template;
  const char *case_number;
  const char *folder; /* NULL: refused */
} folders[] = {
  { "{case_number}/{fis_number}", "2026-0123", "2026-0123/77" },
  { "FIS/{fis_number} {case_number}", "2026-0123", "FIS/77 2026-0123" },
  { "{case_number}", "2026/0123", "2026-0123" },
  { "{case_number}", " 12\\3:4 ", "12-3-4" },
  { "{case_number}", "Fäll 9", "Fäll 9" },
  { "plain", "", "plain" },
  { "{case_number}/x", "../../etc", NULL },
  { "{case_number}/x", "..", NULL },
  { "{case_number}/x", ".", NULL },
  { "a/{case_number}", ".htaccess", NULL },
  { "{case_number}", "a\nb", NULL },
  { "{case_number}", "a\x7f", NULL },
  { "{case_number}", "\xff\xfe", NULL },
  { "{case_number}", "", NULL },
  { "{case_number}", "  ", NULL },
  { "{precinct}", "1", NULL },
  { "{case_number", "1", NULL },
  { "case_number}", "1", NULL },
  { "{{case_number}}", "1", NULL },
  { "{}", "1", NULL },
  { "../{case_number}", "1", NULL },
  { "/{case_number}", "1", NULL },
  { "{case_number}//x", "1", NULL },
  { "{case_number}/", "1", NULL },
  { "", "1", NULL },
  { NULL, "1", NULL },
};

START_TEST (mapping_folder__fills_or_refuses)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = fill (folders[_i].template, folders[_i].case_number, &error);

  if (folders[_i].folder != NULL)
    {
      vv_assert_ok (error);
      ck_assert_str_eq (folder, folders[_i].folder);
    }
  else
    {
      ck_assert_ptr_null (folder);
      vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS);
    }
}
END_TEST

START_TEST (mapping_folder__examples_work)
{
  static const char *const examples[] = { "data/ecms/folder.json", "data/ecms/webdav.json" };
  g_autoptr (GError)       error = NULL;
  g_autofree char         *path = vv_test_source (examples[_i]);
  g_autoptr (JsonObject)   mapping = vv_json_load (path, &error);
  g_autoptr (JsonObject)   facts = vv_json_new ("case_number", "s", "2026-0123", "fis_number", "s", "FIS-77", NULL);
  g_autoptr (VvTransport)  transport = NULL;
  g_autofree char         *folder = NULL;

  vv_assert_ok (error);
  folder = vv_mapping_folder (mapping, facts, &error);
  vv_assert_ok (error);
  ck_assert_str_eq (folder, "2026-0123/FIS-77");
  transport = vv_transport_new (mapping, &error);
  vv_assert_ok (error);
}
END_TEST

static const char *const bad_settings[] = {
  "{}",
  "{\"transport\":\"ftp\"}",
  "{\"transport\":\"folder\"}",
  "{\"transport\":\"folder\",\"path\":\"relative\"}",
  "{\"transport\":\"webdav\"}",
  "{\"transport\":\"webdav\",\"url\":\"http://ecms.test/dav\"}",
  "{\"transport\":\"webdav\",\"url\":\"ftp://ecms.test/dav\"}",
  "{\"transport\":\"webdav\",\"url\":\"file:///etc\"}",
  "{\"transport\":\"webdav\",\"url\":\"https://\"}",
  "{\"transport\":\"webdav\",\"url\":\"https:///dav\"}",
  "{\"transport\":\"webdav\",\"url\":\"ecms.test/dav\"}",
  "{\"transport\":\"webdav\",\"url\":\"https://u:p@ecms.test/dav\"}",
  "{\"transport\":\"webdav\",\"url\":\"https://ecms.test/dav?x=1\"}",
  "{\"transport\":\"webdav\",\"url\":\"https://ecms.test/dav#x\"}",
  "{\"transport\":\"webdav\",\"url\":\"https://ecms.test/\",\"ca_file\":\"/nonexistent\"}",
  "{\"transport\":\"webdav\",\"url\":\"https://ecms.test/\",\"client_certificate\":\"/dev/null\"}",
  "{\"transport\":\"webdav\",\"url\":\"https://ecms.test/\",\"client_key\":\"/dev/null\"}",
  "{\"transport\":\"webdav\",\"url\":\"https://ecms.test/\",\"client_certificate\":\"/dev/null\","
  "\"client_key\":\"/nonexistent\"}",
};

START_TEST (transport_new__refuses_bad_settings)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonObject)  settings = vv_json_parse (bad_settings[_i], -1, "test", &error);
  g_autoptr (VvTransport) transport = vv_transport_new (settings, &error);

  ck_assert_ptr_null (transport);
  ck_assert_ptr_null (strstr (error->message, "ecms.test"));
  vv_assert_error (error, VV_ECMS_ERROR, VV_ECMS_ERROR_SETTINGS);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("ecms-rules");
  TCase *rules = tcase_create ("rules");

  suite_add_tcase (suite, rules);
  tcase_add_test (rules, outbox_first__is_due_at_once);
  tcase_add_loop_test (rules, outbox_after__state_of_every_failure, 0, G_N_ELEMENTS (outcomes));
  tcase_add_test (rules, outbox_after__a_stranger_needs_a_person);
  tcase_add_test (rules, outbox_after__stopping_costs_no_attempt);
  tcase_add_test (rules, outbox_after__acknowledged_keeps_the_receipt);
  tcase_add_test (rules, outbox_after__waits_twice_as_long_each_time);
  tcase_add_test (rules, outbox_after__any_number_of_attempts);
  tcase_add_test (rules, outbox_is_due__only_when_queued);
  tcase_add_test (rules, outbox_is_due__survives_a_wrong_clock);
  tcase_add_loop_test (rules, mapping_folder__fills_or_refuses, 0, G_N_ELEMENTS (folders));
  tcase_add_loop_test (rules, mapping_folder__examples_work, 0, 2);
  tcase_add_loop_test (rules, transport_new__refuses_bad_settings, 0, G_N_ELEMENTS (bad_settings));
  return suite;
}

VV_TEST_MAIN (make_suite)
