// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"
#include "vv-test-desk.h"

/* The records bundle, checked as a court would: with its own check.sh, a shell, sha256sum and openssl. */

static VvTestDesk *test;
static gint64      request;
static char       *scratch; /* where packages are unpacked */
static GBytes     *package; /* the disclosure of a reported request, made once */
static char       *reported_head;
static GBytes     *small_package;
static char       *reported_keys; /* " --key ..." as printed on its report */

static void
setup (void)
{
  test = vv_test_desk_new ();
  request = vv_test_request (test->desk, 0);
  scratch = vv_test_make_dir ();
}

static void
teardown (void)
{
  vv_test_remove_dir (g_steal_pointer (&scratch));
  g_clear_pointer (&test, vv_test_desk_free);
}

static void
report_candidate (void)
{
  g_autofree char *candidate = NULL;

  vv_test_walk_to_search (test->desk, request);
  candidate = vv_test_candidate (test->desk, request, 1);
  vv_test_propose (test->desk, request, candidate);
  vv_test_review (test->desk, request, candidate);
  vv_test_decide (test->desk, request, "approved", candidate);
  vv_test_direct_and_report (test->desk, request, "possible-match");
  vv_test_done (test->desk, vv_desk_sync, 0, NULL);
}

static GBytes *
disclose (void)
{
  g_autofree char *path = g_build_filename (scratch, "disclosure.tar", NULL);
  g_autofree char *json = g_strdup_printf ("{'file':'%s','recipient':'County Court, Part 4','authority':'Subpoena 2026-77'}", path);

  vv_test_sign_in (test->desk, "supervisor");
  vv_test_done (test->desk, vv_desk_disclose, request, json);
  return vv_test_read (path);
}

/* Runs a shell script in @dir; what it printed. The last line of the answer is its exit status. */
static char *
shell (const char *dir, const char *script)
{
  const char *const  argv[] = { "sh", "-c", script, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char   *out = NULL;
  int                status = 0;

  (void) g_spawn_sync (dir, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
  vv_assert_ok (error);
  ck_assert (WIFEXITED (status));
  return g_strdup_printf ("%sstatus %d\n", out, WEXITSTATUS (status));
}

/* Does what must succeed. */
static void
must (const char *dir, const char *script)
{
  g_autofree char *out = shell (dir, script);

  ck_assert_msg (g_str_has_suffix (out, "status 0\n"), "%s: %s", script, out);
}

/* The folder of a package, fresh. (transfer full) */
static char *
unpack (GBytes *tar)
{
  g_autofree char   *file = g_build_filename (scratch, "package.tar", NULL);
  g_autoptr (GError) error = NULL;

  must (scratch, "rm -rf FIS-*");
  (void) g_file_set_contents (file, g_bytes_get_data (tar, NULL), (gssize) g_bytes_get_size (tar), &error);
  vv_assert_ok (error);
  must (scratch, "tar -xf package.tar && mv FIS-* FIS-package");
  return g_build_filename (scratch, "FIS-package", NULL);
}

static void
read_report (void)
{
  g_autoptr (GPtrArray) records = vv_vault_records (test->desk->vault, request, NULL);
  g_autoptr (GString)   keys = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      VvRecord   *record = g_ptr_array_index (records, i);
      JsonObject *facts = vv_json_object (record->body, "facts");
      JsonArray  *listed = vv_json_array (facts, "keys");

      if (strcmp (record->kind, VV_KIND_REPORT) != 0)
        continue;
      reported_head = g_strdup (vv_json_string (facts, "audit_head"));
      for (guint k = 0; k < vv_json_length (listed); k++)
        g_string_append_printf (keys, " --key %s", vv_json_string (vv_json_element (listed, k), "fingerprint"));
    }
  reported_keys = g_string_free (g_steal_pointer (&keys), FALSE);
}

static char *
fresh_package (void)
{
  if (package == NULL)
    {
      report_candidate ();
      read_report ();
      package = disclose ();
    }
  return unpack (package);
}

/* The package of a request that was declined: few signatures, so that it can be checked many times. */
static char *
fresh_small_package (void)
{
  if (small_package == NULL)
    {
      vv_test_sign_in (test->desk, "examiner");
      vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'declined','code':'a','reason':'No offence is stated.'}");
      small_package = disclose ();
    }
  return unpack (small_package);
}

static void
assert_ok (const char *dir, const char *arguments)
{
  g_autofree char *command = g_strdup_printf ("sh check.sh%s 2>&1", arguments);
  g_autofree char *out = shell (dir, command);

  ck_assert_msg (strstr (out, "\nOK: ") != NULL && g_str_has_suffix (out, "status 0\n") && strstr (out, "PROBLEM") == NULL, "%s", out);
}

static void
assert_not_ok (const char *dir, const char *arguments, const char *problem)
{
  g_autofree char *command = g_strdup_printf ("sh check.sh%s 2>&1", arguments);
  g_autofree char *out = shell (dir, command);

  ck_assert_msg (strstr (out, "NOT OK: ") != NULL && g_str_has_suffix (out, "status 1\n") && strstr (out, problem) != NULL, "%s",
                 out);
}

/* --- What is in it ---------------------------------------------------------------------------------------------------------- */

START_TEST (disclose__can_be_checked_without_the_program)
{
  g_autofree char *dir = fresh_package ();
  g_autofree char *pins = g_strdup_printf (" --head %s%s", reported_head, reported_keys);
  g_autofree char *outside = g_strdup_printf ("sh '%s/check.sh' '%s' | grep '^OK'", dir, dir);

  assert_ok (dir, "");
  assert_ok (dir, pins);
  must ("/", outside);
  must (dir, "test -x check.sh && test -s README.txt");
  must (dir, "qpdf --check case-records.pdf");
  /* The probe and the report, as they came and as they went. */
  must (dir, "ls files/*.jpg && ls files/*.pdf && ls records/*-comparison.json records/*-search.json records/*-receipt.json");
  /* Nothing of another request. */
  must (dir, "! sed -n 's/.*\"object\":\"\\(request [0-9]*\\)\".*/\\1/p' audit.jsonl | sort -u | grep -v \"^request $(sed -n "
             "'s/.*\"request\":\\([0-9]*\\)}$/\\1/p' package.json)$\"");
  must (dir, "grep -q '\"withheld\":true' audit.jsonl && ! grep '\"withheld\":true' audit.jsonl | grep -q account");
}
END_TEST

START_TEST (case_records__says_what_is_kept)
{
  g_autofree char *dir = fresh_package ();
  g_autofree char *pdf = shell (dir, "pdftotext -raw case-records.pdf - | tr '\\n' ' '");
  g_autofree char *hashes = NULL;

  ck_assert_ptr_nonnull (strstr (pdf, "Positive: a possible match candidate was reported."));
  ck_assert_ptr_nonnull (strstr (pdf, "Final review by the supervisor"));
  ck_assert_ptr_nonnull (strstr (pdf, "Acknowledged"));
  ck_assert_ptr_nonnull (strstr (pdf, "TRAINING"));
  ck_assert_ptr_nonnull (strstr (pdf, "1 Tip of the nose: Different. Rounder in the probe image"));
  ck_assert_ptr_nonnull (strstr (pdf, "2 Scars. Short, below the left eye (not visible in the candidate)"));
  /* Every record by its hash, and the end of the log. */
  hashes = shell (dir, "pdftotext -raw case-records.pdf - | tr -d '\\n ' >all; for f in records/*.json; do grep -q \"$(sha256sum <$f | cut "
                       "-c 1-64)\" all || echo missing $f; done; grep -q \"$(tail -n 1 audit.jsonl | cut -c 10-73)\" all || echo no head; rm all");
  ck_assert_str_eq (hashes, "status 0\n");
}
END_TEST

/* For all outcomes alike (R-105). */
START_TEST (bundle__is_made_whatever_came_of_it)
{
  static const char *const outcomes[] = { "Negative: no possible", "Declined: the request", "Not ended: no report",
                                          "Rejected: no submitted image", "Closed without a report." };
  /* What protected the case is told with it (R-003). */
  static const char *const controls[] = { "grep -q '\"code\":\"none-confirmed\"' controls.json", "grep -q '\"code\":\"use-declined\"' controls.json", NULL,
                                          "grep -q '\"code\":\"rejected\"' controls.json", NULL };
  g_autofree char         *pdf = NULL;
  g_autofree char         *dir = NULL;
  g_autoptr (JsonObject)   record = NULL;
  g_autoptr (GBytes)       tar = NULL;

  if (_i == 0)
    {
      vv_test_walk_to_search (test->desk, request);
      vv_test_say_none (test->desk, request);
      vv_test_decide (test->desk, request, "none-confirmed", NULL);
      vv_test_direct_and_report (test->desk, request, "no-match");
    }
  vv_test_sign_in (test->desk, "examiner");
  if (_i == 1)
    vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'declined','code':'a','reason':'No offence is stated.'}");
  if (_i == 3)
    {
      vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'It states the offence.'}");
      vv_test_done (test->desk, vv_desk_reject_image, request, "{'scope':'request','reasons':['too-small'],'text':'Too small.','ask':'The original.'}");
    }
  if (_i == 4)
    {
      vv_test_sign_in (test->desk, "supervisor");
      vv_test_done (test->desk, vv_desk_close, request, "{'cause':'withdrawn','reason':'The investigator withdrew it.'}");
    }
  record = vv_test_do (test->desk, vv_desk_bundle, request, NULL);
  ck_assert_str_eq (vv_json_string (record, "kind"), VV_KIND_BUNDLE);
  tar = vv_vault_blob (test->desk->vault, vv_json_string (record, "document"), NULL);
  ck_assert_int_eq (vv_json_int (record, "bytes"), (gint64) g_bytes_get_size (tar));
  dir = unpack (tar);
  assert_ok (dir, "");
  pdf = shell (dir, "pdftotext -raw case-records.pdf - | tr '\\n' ' '");
  ck_assert_msg (strstr (pdf, outcomes[_i]) != NULL, "%s", pdf);
  if (controls[_i] != NULL)
    must (dir, controls[_i]);
}
END_TEST

START_TEST (number__of_a_request_by_telephone_makes_its_form)
{
  const char *const      by_phone = "{'channel':'phone','case_number':'T2026-9','requester':{'name':'Training investigator','command':"
                                    "'Training squad'},'subject_role':'suspect','summary':'A bicycle taken.','use':{'code':'a','tense':"
                                    "'has committed','offence':'Larceny','basis':'Seen by the owner.'},'identity_unknown':true}";
  g_autoptr (JsonObject) made = NULL;
  g_autoptr (GPtrArray)  records = NULL;
  g_autofree char       *text = NULL;

  vv_test_sign_in (test->desk, "supervisor");
  made = vv_test_do (test->desk, vv_desk_new_request, 0, by_phone);
  vv_test_done (test->desk, vv_desk_number, vv_json_int (made, "request"), NULL);
  records = vv_vault_records_of_kind (test->desk->vault, VV_KIND_DD5, NULL);
  ck_assert_uint_eq (records->len, 1);
  text = vv_test_pdf_text (test, vv_json_string (((VvRecord *) g_ptr_array_index (records, 0))->body, "document"));
  ck_assert_msg (strstr (text, "FIS Request DD5") != NULL && strstr (text, "By telephone") != NULL &&
                   strstr (text, "Seen by the owner.") != NULL &&
                   strstr (text, "Larceny") != NULL &&
                   strstr (text, "Training investigator") != NULL &&
                   strstr (text, "FIS number not yet assigned") == NULL,
                 "%s", text);
}
END_TEST

START_TEST (bundle__reaches_ecms_and_holds_no_other_bundle)
{
  g_autoptr (JsonObject) synced = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (GBytes)     tar = NULL;
  g_autofree char       *dir = NULL;

  vv_test_sign_in (test->desk, "examiner");
  vv_test_done (test->desk, vv_desk_bundle, request, NULL);
  synced = vv_test_do (test->desk, vv_desk_sync, 0, NULL);
  ck_assert_int_eq (vv_json_int (synced, "sent"), 1);
  must (test->ecms, "find . -name 'FIS * Records Bundle *.tar' -type f | grep -q .");
  second = vv_test_do (test->desk, vv_desk_bundle, request, NULL);
  tar = vv_vault_blob (test->desk->vault, vv_json_string (second, "document"), NULL);
  dir = unpack (tar);
  assert_ok (dir, "");
  must (dir, "ls records/*-bundle.json records/*-receipt.json && ! find files -type f | xargs -r file | grep -q 'tar archive'");
  vv_test_verify (test->desk);
}
END_TEST

/* Records that were signed with a key that was replaced since are still right. */
START_TEST (disclose__has_every_key_of_an_account)
{
  g_autoptr (VvSecret) passphrase = vv_test_passphrase ("examiner");
  g_autoptr (GError)   error = NULL;
  g_autoptr (GBytes)   tar = NULL;
  g_autofree char     *dir = NULL;

  vv_test_sign_in (test->desk, "examiner");
  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'declined','code':'a','reason':'No offence is stated.'}");
  vv_test_sign_in (test->desk, "admin");
  ck_assert (vv_vault_begin (test->desk->vault, &error));
  ck_assert (vv_vault_reset_account (test->desk->vault, "examiner", passphrase, &error));
  ck_assert (vv_vault_audit (test->desk->vault, "reset-account", "account examiner", "done", NULL, TRUE, &error));
  ck_assert (vv_vault_commit (test->desk->vault, &error));
  vv_test_sign_in (test->desk, "examiner");
  vv_test_done (test->desk, vv_desk_bundle, request, NULL);
  tar = disclose ();
  dir = unpack (tar);
  assert_ok (dir, "");
  must (dir, "ls public-keys/examiner_1.pem public-keys/examiner_2.pem && ! cmp -s public-keys/examiner_[12].pem");
  /* Each is needed. */
  must (dir, "cp public-keys/examiner_1.pem public-keys/examiner_2.pem");
  assert_not_ok (dir, "", "-bundle.json is wrong");
}
END_TEST

/* --- What is noticed ------------------------------------------------------------------------------------------------------------ */

/* One byte in the middle of the first file that the shell finds for @pattern. Returns its name. (transfer full) */
static char *
change_byte (const char *dir, const char *pattern)
{
  g_autofree char   *find = g_strdup_printf ("ls %s | head -n 1", pattern);
  g_autofree char   *found = shell (dir, find);
  char              *name = g_strndup (found, strcspn (found, "\n"));
  g_autofree char   *path = g_build_filename (dir, name, NULL);
  g_autoptr (GBytes) bytes = vv_test_read (path);
  gsize              size;
  g_autofree guint8 *copy = g_bytes_unref_to_data (g_bytes_ref (bytes), &size);

  copy[size / 2] ^= 1;
  ck_assert (g_file_set_contents (path, (char *) copy, (gssize) size, NULL));
  return name;
}

START_TEST (check__names_every_file_with_a_changed_byte)
{
  static const char *const patterns[] = { "files/*.jpg", "case-records.pdf", "audit.jsonl", "records/*-request.json",
                                          "records/*-use-confirmation.sig", "public-keys/examiner_1.pem", "README.txt", "check.sh" };
  g_autofree char         *dir = fresh_small_package ();
  g_autofree char         *out = NULL;
  char                    *names[G_N_ELEMENTS (patterns)];

  must (scratch, "cp FIS-package/check.sh check.sh"); /* not the changed one */
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    names[i] = change_byte (dir, patterns[i]);
  out = shell (scratch, "sh check.sh FIS-package 2>&1");
  ck_assert_msg (strstr (out, "NOT OK: ") != NULL && g_str_has_suffix (out, "status 1\n"), "%s", out);
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autofree char *name = names[i];
      g_autofree char *line = g_strdup_printf ("PROBLEM: manifest: %s: FAILED", name);

      ck_assert_msg (strstr (out, line) != NULL, "%s: %s", line, out);
    }
}
END_TEST

START_TEST (check__notices_a_changed_byte_in_what_is_signed)
{
  static const char *const files[] = { "MANIFEST.sha256", "package.json", "package.sig" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *dir = fresh_small_package ();
      g_autofree char *name = change_byte (dir, files[i]);

      assert_not_ok (dir, "", "PROBLEM: ");
    }
}
END_TEST

START_TEST (check__notices_what_is_missing_or_added)
{
  static const char *const problems[] = { "-use-confirmation.json", ".jpg", "not in the manifest: records/999999-note.json",
                                          "not in the manifest: x/README.txt", "neither file nor folder: ./files/link" };
  g_autofree char         *dir = fresh_small_package ();
  g_autofree char         *out = NULL;

  must (dir, "rm records/*-use-confirmation.json files/*.jpg; echo {} >records/999999-note.json; mkdir x && cp README.txt x/; "
             "ln -s /etc/hostname files/link");
  out = shell (dir, "sh check.sh 2>&1");
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    ck_assert_msg (strstr (out, problems[i]) != NULL && g_str_has_suffix (out, "status 1\n"), "%s: %s", problems[i], out);
}
END_TEST

/* What somebody can do who has the supervisor's signing key, or made another one: @EDIT, then all that the supervisor signed
 * signed anew, and a new manifest. */
#define FORGE                                                                                                             \
  "set -eu; export LC_ALL=C\n"                                                                                            \
  "openssl genpkey -algorithm ed25519 -out ../key.pem 2>/dev/null\n"                                                      \
  "sign () { printf %%s \"$1\" >../digits; openssl pkeyutl -sign -inkey ../key.pem -rawin -in ../digits -out \"$2\"; }\n" \
  "hash () { sha256sum <\"$1\" | cut -c 1-64; }\n"                                                                        \
  "%s\n"                                                                                                                  \
  "openssl pkey -in ../key.pem -pubout -out public-keys/supervisor_1.pem\n"                                               \
  "for f in $(grep -l '^{\"author\":\"supervisor\"' records/*.json); do sign $(hash $f) ${f%%.json}.sig; done\n"          \
  "while IFS= read -r line; do\n"                                                                                         \
  "  case $line in *'\"row\":{\"account\":\"supervisor\"'*'\"signature\":\"\"}') ;;\n"                                    \
  "  *'\"row\":{\"account\":\"supervisor\"'*) sign $(printf %%s \"$line\" | cut -c 10-73) ../sig\n"                       \
  "    line=\"${line%%\\\"signature\\\"*}\\\"signature\\\":\\\"$(openssl base64 -A -in ../sig)\\\"}\" ;;\n"               \
  "  esac\n"                                                                                                              \
  "  printf '%%s\\n' \"$line\"\n"                                                                                         \
  "done <audit.jsonl >../audit && mv ../audit audit.jsonl\n"                                                              \
  "find . -type f ! -name MANIFEST.sha256 ! -name 'package.*' | cut -c 3- | sort | xargs sha256sum >MANIFEST.sha256\n"    \
  "sed -i \"s/\\\"manifest\\\":\\\"[0-9a-f]*\\\"/\\\"manifest\\\":\\\"$(hash MANIFEST.sha256)\\\"/\" package.json\n"      \
  "sign $(hash package.json) package.sig\n"

/* A swapped key is not seen from inside: the fingerprints on the report show it. */
START_TEST (check__notices_other_keys_by_the_report)
{
  g_autofree char *dir = fresh_package ();
  g_autofree char *script = g_strdup_printf (FORGE, ":");
  g_autofree char *pem = NULL;

  must (dir, "openssl genpkey -algorithm ed25519 | openssl pkey -pubout >public-keys/examiner_1.pem");
  assert_not_ok (dir, "", "the signature of records/");
  pem = fresh_package ();
  must (dir, script);
  assert_ok (dir, "");
  assert_not_ok (dir, reported_keys, "public-keys/supervisor_1.pem is none of the keys");
}
END_TEST

/* What does not hide each other is forged together. */
START_TEST (check__notices_what_a_forger_signed_anew)
{
  static const struct
  {
    const char *edit, *problems[5];
  } cases[] = {
    { "rm $(ls records/*-number.*)\n"
      "sed -i 's/\"outcome\":\"done\"/\"outcome\":\"failed\"/' audit.jsonl\n"
      "for f in files/*.jpg; do echo x >>$f; done\n"
      "f=$(ls records/*-use-confirmation.sig); tr '\\000-\\377' '\\001-\\377\\000' <$f >../s; mv ../s $f",
      { "of the audit log is not here as it was written", "an audit row was changed", "is not what its name says",
        "the signature of records/" } },
    { "sed -i 's/fis_number/Fis_number/' records/*-number.json; sed -i 3d audit.jsonl",
      { "of the audit log is not here as it was written", "does not follow on the row before it" } },
    { "f=$(ls records/*-number.json); sed 's/\"id\":[0-9]*,/\"id\":99999,/' $f >records/099999-number.json; sed -i '$d' audit.jsonl",
      { "record 99999 is not in the audit log", "the audit log does not end where package.json says" } },
    { "sed -i '2s/^/ /' audit.jsonl", { "audit.jsonl has a line that is no row" } },
    { "sed -i 's/\"account\":\"examiner\"/\"account\":\"reviewer\"/' audit.jsonl", { "the signature of an audit row" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dir = fresh_small_package ();
      g_autofree char *script = g_strdup_printf (FORGE, cases[i].edit);
      g_autofree char *out = NULL;

      must (dir, script);
      out = shell (dir, "sh check.sh 2>&1");
      for (const char *const *problem = cases[i].problems; *problem != NULL; problem++)
        ck_assert_msg (strstr (out, *problem) != NULL && g_str_has_suffix (out, "status 1\n"), "%s: %s", *problem, out);
    }
}
END_TEST

START_TEST (check__notices_another_log_by_the_report)
{
  g_autofree char *dir = fresh_package ();
  g_autofree char *nothing = vv_hash_data ("nothing", 7);
  g_autofree char *pin = g_strdup_printf (" --head %s", nothing);

  assert_not_ok (dir, pin, "the audit head given with --head is not in the audit log");
  must (dir, "sh check.sh --head 2>/dev/null; test $? = 2; sh check.sh --key '' 2>/dev/null; test $? = 2");
}
END_TEST

/* --- Who may, and what stays on record -------------------------------------------------------------------------------------------- */

START_TEST (disclose__names_recipient_and_authority)
{
  static const char *const missing[] = { "'authority':'Subpoena'", "'recipient':'Court'", "'recipient':' ','authority':'Subpoena'",
                                         "'recipient':'Court','authority':''" };
  g_autofree char         *path = g_build_filename (scratch, "out.tar", NULL);
  g_autofree char         *json = g_strdup_printf ("{'file':'%s','recipient':'Court','authority':'Subpoena'}", path);
  JsonObject              *found = NULL;
  g_autoptr (JsonArray)    rows = NULL;

  vv_test_sign_in (test->desk, "supervisor");
  for (gsize i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autofree char *without = g_strdup_printf ("{'file':'%s',%s}", path, missing[i]);

      vv_test_refuse (test->desk, vv_desk_disclose, request, without, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
    }
  vv_test_refuse (test->desk, vv_desk_disclose, request, "{'recipient':'Court','authority':'Subpoena'}", VV_DESK_ERROR,
                  VV_DESK_ERROR_INPUT, "failed");
  ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
  vv_test_done (test->desk, vv_desk_disclose, request, json);
  ck_assert (g_file_test (path, G_FILE_TEST_EXISTS));
  rows = vv_vault_audit_rows (test->desk->vault, 1, G_MAXINT64, NULL);
  for (guint i = 0; i < vv_json_length (rows); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (rows, i), "act"), "dissemination") == 0)
      found = vv_json_element (rows, i);
  ck_assert_ptr_nonnull (found);
  ck_assert_str_eq (vv_json_string (vv_json_object (found, "detail"), "recipient"), "Court");
  ck_assert_str_eq (vv_json_string (vv_json_object (found, "detail"), "authority"), "Subpoena");
  ck_assert_ptr_nonnull (vv_json_string (found, "signature"));
  vv_test_verify (test->desk);
}
END_TEST

/* Ranks and scores must not reach the supervisor before the own comparison by way of a package. */
START_TEST (disclose__waits_for_the_decision)
{
  const char *const json = "{'file':'/nonexistent/out.tar','recipient':'Court','authority':'Subpoena'}";

  vv_test_walk_to_search (test->desk, request);
  vv_test_done (test->desk, vv_desk_bundle, request, NULL);
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_disclose, request, json, VV_DESK_ERROR, VV_DESK_ERROR_BLIND, "refused");
  vv_test_say_none (test->desk, request);
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_disclose, request, json, VV_DESK_ERROR, VV_DESK_ERROR_BLIND, "refused");
  vv_test_decide (test->desk, request, "none-confirmed", NULL);
  g_bytes_unref (disclose ());
}
END_TEST

START_TEST (acts__are_for_those_who_may)
{
  const char *const      json = "{'file':'/nonexistent/out.tar','recipient':'Court','authority':'Subpoena'}";
  const char *const      unnumbered = "{'channel':'phone','case_number':'T2026-9','requester':{'name':'Training investigator','command':"
                                      "'Training squad'},'subject_role':'suspect','summary':'A bicycle taken.','use':{'code':'a','tense':"
                                      "'has committed','offence':'Larceny','basis':'Seen by the owner.'},'identity_unknown':true}";
  gint64                 fresh;
  g_autoptr (JsonObject) made = NULL;

  vv_test_sign_in (test->desk, "admin");
  vv_test_refuse (test->desk, vv_desk_bundle, request, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_sign_in (test->desk, "reviewer");
  vv_test_refuse (test->desk, vv_desk_bundle, request, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_PERSON, "refused");
  vv_test_sign_in (test->desk, "examiner");
  vv_test_refuse (test->desk, vv_desk_disclose, request, json, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  vv_test_sign_in (test->desk, "supervisor");
  made = vv_test_do (test->desk, vv_desk_new_request, 0, unnumbered);
  fresh = vv_json_int (made, "request");
  vv_test_refuse (test->desk, vv_desk_bundle, fresh, NULL, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  vv_test_refuse (test->desk, vv_desk_disclose, fresh, json, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, "refused");
  vv_test_refuse (test->desk, vv_desk_bundle, 1, NULL, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, "failed");
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-bundle");
  TCase *tests = tcase_create ("bundle");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, disclose__can_be_checked_without_the_program);
  tcase_add_test (tests, case_records__says_what_is_kept);
  tcase_add_loop_test (tests, bundle__is_made_whatever_came_of_it, 0, 5);
  tcase_add_test (tests, number__of_a_request_by_telephone_makes_its_form);
  tcase_add_test (tests, bundle__reaches_ecms_and_holds_no_other_bundle);
  tcase_add_test (tests, disclose__has_every_key_of_an_account);
  tcase_add_test (tests, check__names_every_file_with_a_changed_byte);
  tcase_add_test (tests, check__notices_a_changed_byte_in_what_is_signed);
  tcase_add_test (tests, check__notices_what_is_missing_or_added);
  tcase_add_test (tests, check__notices_other_keys_by_the_report);
  tcase_add_test (tests, check__notices_what_a_forger_signed_anew);
  tcase_add_test (tests, check__notices_another_log_by_the_report);
  tcase_add_test (tests, disclose__names_recipient_and_authority);
  tcase_add_test (tests, disclose__waits_for_the_decision);
  tcase_add_test (tests, acts__are_for_those_who_may);
  suite_add_tcase (all, tests);
  return all;
}

int
main (void)
{
  int status = vv_test_run (suite ());

  g_clear_pointer (&package, g_bytes_unref);
  g_clear_pointer (&small_package, g_bytes_unref);
  g_free (reported_head);
  g_free (reported_keys);
  return status;
}
