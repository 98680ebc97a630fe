// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-procedure-error.h"
#include "vv-progress.h"
#include "vv-test-desk.h"

/* Who may see and do what, and what a refusal leaves behind. */

static VvTestDesk *test;
static gint64      request;

static void
setup (void)
{
  test = vv_test_desk_new ();
  request = vv_test_request (test->desk, 0);
}

static void
teardown (void)
{
  g_clear_pointer (&test, vv_test_desk_free);
}

/* --- Blindness ------------------------------------------------------------------------------------------------------------- */

/* Members that tell who a candidate is or how near; a face's own score is the detector's. */
static gboolean tells (JsonNode *node);

static void
look (JsonObject *object,
      const char *name,
      JsonNode   *node,
      gpointer    data)
{
  static const char *const telling[] = { "person", "reference", "rank", "score", "photograph", "pool_order", "seed", NULL };
  gboolean                *found = data;
  gboolean                 is_face = json_object_has_member (object, "landmarks");

  if ((!is_face && g_strv_contains (telling, name)) || tells (node))
    *found = TRUE;
}

static gboolean
tells (JsonNode *node)
{
  gboolean found = FALSE;

  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), look, &found);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      found = found || tells (json_array_get_element (json_node_get_array (node), i));
  return found;
}

static gboolean
answer_tells (JsonObject *answer)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, answer);
  return tells (node);
}

static void
assert_silent (VvDeskAct   act,
               const char *json)
{
  g_autoptr (JsonObject) answer = vv_test_do (test->desk, act, request, json);
  g_autofree char       *text = vv_json_canonical (answer);

  ck_assert_msg (!answer_tells (answer), "%s", text);
  ck_assert_msg (strstr (text, "SYN-P") == NULL, "a reference in %s", text);
}

static guint
n_of_kind (JsonObject *shown,
           const char *kind)
{
  JsonArray *records = vv_json_array (shown, "records");
  guint      n = 0;

  for (guint i = 0; i < vv_json_length (records); i++)
    n += g_strcmp0 (vv_json_string (vv_json_element (records, i), "kind"), kind) == 0 ? 1 : 0;
  return n;
}

START_TEST (answers__say_nothing_before_the_own_comparison)
{
  g_autofree char       *first = NULL;
  g_autofree char       *open = NULL;
  g_autofree char       *probe = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (test->desk, request, 0));
  g_autoptr (JsonObject) shown = NULL;
  g_autoptr (JsonObject) person = NULL;
  g_autoptr (JsonObject) open_person = NULL;
  g_autoptr (JsonObject) other = NULL;
  g_autoptr (GError)     error = NULL;
  JsonArray             *pool;
  guint                  told = 0;

  vv_test_sign_in (test->desk, "examiner");
  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'Stated.'}");
  vv_test_done (test->desk, vv_desk_select_probe, request, probe);
  vv_test_analyse_probe (test->desk, request);
  assert_silent (vv_desk_search, NULL);
  assert_silent (vv_desk_show_request, NULL);
  first = vv_test_candidate (test->desk, request, 1);
  open = g_strdup_printf ("{'candidate':'%s'}", first);
  assert_silent (vv_desk_open_candidate, open);
  assert_silent (vv_desk_person_photographs, open);
  assert_silent (vv_desk_list_requests, NULL);
  person = vv_test_do (test->desk, vv_desk_person_photographs, request, open);
  ck_assert_uint_eq (vv_json_length (vv_json_array (person, "photographs")), 1);
  ck_assert_ptr_nonnull (vv_json_string (person, "why"));
  other = vv_json_new ("candidate", "s", first, "photograph", "i", (gint64) 1, NULL);
  ck_assert_ptr_null (vv_desk_picture (test->desk, request, other, NULL, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_PERSON);
  vv_test_compare (test->desk, request, first);
  open_person = vv_test_do (test->desk, vv_desk_person_photographs, request, open);
  ck_assert_ptr_null (vv_json_string (open_person, "why"));
  ck_assert_uint_ge (vv_json_length (vv_json_array (open_person, "photographs")), 1);
  for (guint i = 0; i < vv_json_length (vv_json_array (open_person, "photographs")); i++)
    ck_assert_int_gt (vv_json_int (vv_json_element (vv_json_array (open_person, "photographs"), i), "photograph"), 0);
  /* After it: that one candidate and no other. */
  shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  pool = vv_json_array (shown, "pool");
  ck_assert_uint_eq (vv_json_length (pool), 12);
  for (guint i = 0; i < vv_json_length (pool); i++)
    {
      JsonObject *row = vv_json_element (pool, i);

      ck_assert_int_eq (answer_tells (row), g_strcmp0 (vv_json_string (row, "candidate"), first) == 0);
      told += answer_tells (row) ? 1 : 0;
    }
  ck_assert_uint_eq (told, 1);
}
END_TEST

static void
assert_picture (const char *candidate,
                gboolean    wanted)
{
  g_autoptr (JsonObject) what = vv_json_new ("candidate", "s", candidate, NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (VvPicture)  picture = vv_desk_picture (test->desk, request, what, NULL, &error);

  if (wanted)
    vv_assert_ok (error);
  else
    vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_PERSON);
}

/* Every look at a photograph is on the chain, the pool as one row and nothing twice. */
START_TEST (pool__is_one_row_for_each_view)
{
  g_autoptr (JsonObject) opened = NULL;
  g_autoptr (JsonObject) row = NULL;
  gint64                 rows;

  vv_test_walk_to_search (test->desk, request);
  opened = vv_test_do (test->desk, vv_desk_open_pool, request, NULL);
  row = vv_test_last_row (test->desk);
  ck_assert_str_eq (vv_json_string (row, "act"), "open-pool");
  ck_assert_uint_gt (vv_json_length (vv_json_array (opened, "candidates")), 5);
  ck_assert_uint_eq (vv_json_length (vv_json_array (vv_json_object (row, "detail"), "photographs")),
                     vv_json_length (vv_json_array (opened, "candidates")));
  rows = vv_test_n_rows (test->desk);
  assert_picture ("A", TRUE);
  assert_picture ("B", TRUE);
  assert_picture ("A", TRUE);
  ck_assert_int_eq (vv_test_n_rows (test->desk), rows);

  /* Who does not say so first leaves a row for each picture, once. */
  vv_test_sign_in (test->desk, "supervisor");
  rows = vv_test_n_rows (test->desk);
  assert_picture ("A", TRUE);
  json_object_unref (g_steal_pointer (&row));
  row = vv_test_last_row (test->desk);
  ck_assert_str_eq (vv_json_string (row, "act"), "show-candidate");
  ck_assert_int_gt (vv_json_int (vv_json_object (row, "detail"), "photograph"), 0);
  assert_picture ("A", TRUE);
  ck_assert_int_eq (vv_test_n_rows (test->desk), rows + 1);
}
END_TEST

START_TEST (reviewer__sees_nothing_of_the_examiner_first)
{
  g_autofree char       *proposed = NULL;
  g_autofree char       *other = NULL;
  g_autofree char       *open = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (JsonObject) row = NULL;

  vv_test_walk_to_search (test->desk, request);
  proposed = vv_test_candidate (test->desk, request, 1);
  other = vv_test_candidate (test->desk, request, 2);
  vv_test_propose (test->desk, request, proposed);
  vv_test_sign_in (test->desk, "reviewer");
  assert_silent (vv_desk_show_request, NULL);
  before = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  ck_assert_uint_eq (n_of_kind (before, "comparison") + n_of_kind (before, "background") + n_of_kind (before, "disposition"), 0);
  ck_assert_uint_eq (vv_json_length (vv_json_array (before, "pool")), 1);
  ck_assert_str_eq (vv_json_string (vv_json_element (vv_json_array (before, "pool"), 0), "candidate"), proposed);
  assert_picture (proposed, TRUE);
  assert_picture (other, FALSE);
  row = vv_test_last_row (test->desk);
  ck_assert_str_eq (vv_json_string (row, "act"), "picture");
  ck_assert_str_eq (vv_json_string (row, "outcome"), "refused");
  open = g_strdup_printf ("{'candidate':'%s'}", other);
  vv_test_refuse (test->desk, vv_desk_open_candidate, request, open, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_PERSON, "refused");
  vv_test_review (test->desk, request, proposed);
  after = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
  ck_assert_uint_eq (n_of_kind (after, "comparison"), 1);
  ck_assert_uint_eq (n_of_kind (after, "background"), 1);
  ck_assert (answer_tells (vv_json_element (vv_json_array (after, "pool"), 0)));
}
END_TEST

/* --- Refusals ---------------------------------------------------------------------------------------------------------------- */

START_TEST (refusals__leave_an_audit_row_and_nothing_else)
{
  static const struct
  {
    VvDeskAct   act;
    const char *json;
    int         code;
  } steps[] = {
    { vv_desk_confirm_use, "{'decision':'confirmed','code':'a','reason':'x'}", VV_PROCEDURE_ERROR_PERSON },
    { vv_desk_select_probe, "{'media':1,'face':0}", VV_PROCEDURE_ERROR_PERSON },
    { vv_desk_search, NULL, VV_PROCEDURE_ERROR_PERSON },
    { vv_desk_dispose, "{'candidates':['A'],'disposition':'looked','reason':'x'}", VV_PROCEDURE_ERROR_PERSON },
    { vv_desk_compare, "{'candidate':'A'}", VV_PROCEDURE_ERROR_PERSON },
    { vv_desk_background, "{'candidate':'A'}", VV_PROCEDURE_ERROR_PERSON },
    { vv_desk_propose, "{'candidate':'A'}", VV_PROCEDURE_ERROR_PERSON },
    { vv_desk_none, "{'statement':'x'}", VV_PROCEDURE_ERROR_PERSON },
    { vv_desk_peer_review, NULL, VV_PROCEDURE_ERROR_STEP },
    { vv_desk_assign, "{'examiner':'reviewer'}", VV_PROCEDURE_ERROR_ROLE },
    { vv_desk_sign_off, "{'decision':'approved'}", VV_PROCEDURE_ERROR_ROLE },
    { vv_desk_direct, NULL, VV_PROCEDURE_ERROR_ROLE },
    { vv_desk_report, NULL, VV_PROCEDURE_ERROR_PERSON },
    { vv_desk_export_audit, NULL, VV_PROCEDURE_ERROR_ROLE },
    { vv_desk_import_repository, "{'manifest':'/nowhere.csv'}", VV_PROCEDURE_ERROR_ROLE },
    { vv_desk_disable_account, "{'account':'examiner'}", VV_PROCEDURE_ERROR_ROLE },
    { vv_desk_ecms, "{'transport':'folder','path':'/nowhere'}", VV_PROCEDURE_ERROR_ROLE },
  };

  vv_test_sign_in (test->desk, "reviewer");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    vv_test_refuse (test->desk, steps[i].act, request, steps[i].json, VV_PROCEDURE_ERROR, steps[i].code, "refused");
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (details__may_be_missing)
{
  static const VvDeskAct   acts[] = { vv_desk_confirm_use, vv_desk_select_probe, vv_desk_dispose, vv_desk_compare, vv_desk_background,
                                      vv_desk_propose, vv_desk_none, vv_desk_peer_review, vv_desk_sign_off, vv_desk_direct, vv_desk_assign,
                                      vv_desk_add_media, vv_desk_new_request, vv_desk_find_faces, vv_desk_open_candidate, vv_desk_export_report };
  static const char *const people[] = { "examiner", "supervisor" };

  for (gsize k = 0; k < G_N_ELEMENTS (people); k++)
    {
      vv_test_sign_in (test->desk, people[k]);
      for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
        {
          g_autoptr (GError) error = NULL;

          ck_assert_ptr_null (acts[i](test->desk, request, NULL, NULL, &error));
          ck_assert_ptr_nonnull (error);
        }
      ck_assert_ptr_null (vv_desk_picture (test->desk, request, NULL, NULL, NULL));
    }
}
END_TEST

START_TEST (search__cancelled_leaves_nothing)
{
  g_autoptr (VvProgress) progress = vv_progress_new ();
  g_autofree char       *probe = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (test->desk, request, 0));
  g_autofree char       *before = NULL;
  g_autofree char       *after = NULL;
  g_autoptr (GError)     error = NULL;
  gint64                 rows;

  vv_test_sign_in (test->desk, "examiner");
  vv_test_done (test->desk, vv_desk_confirm_use, request, "{'decision':'confirmed','code':'a','reason':'Stated.'}");
  vv_test_done (test->desk, vv_desk_select_probe, request, probe);
  vv_test_analyse_probe (test->desk, request);
  before = vv_test_contents (test->desk);
  rows = vv_test_n_rows (test->desk);
  g_cancellable_cancel (G_CANCELLABLE (progress));
  ck_assert_ptr_null (vv_desk_search (test->desk, request, NULL, G_CANCELLABLE (progress), &error));
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = vv_test_contents (test->desk);
  ck_assert_str_eq (before, after);
  ck_assert_int_eq (vv_test_n_rows (test->desk), rows);
  vv_test_done (test->desk, vv_desk_search, request, NULL);
}
END_TEST

START_TEST (sign_off__needs_a_fresh_passphrase_each_time)
{
  g_autofree char     *candidate = NULL;
  g_autofree char     *comparison = vv_test_comparison ();
  g_autofree char     *json = NULL;
  g_autoptr (VvSecret) right = vv_test_passphrase ("supervisor");
  g_autoptr (VvSecret) wrong = vv_secret_from_text ("training examiner");
  g_autoptr (GError)   error = NULL;

  vv_test_walk_to_search (test->desk, request);
  candidate = vv_test_candidate (test->desk, request, 1);
  vv_test_propose (test->desk, request, candidate);
  vv_test_review (test->desk, request, candidate);
  vv_test_sign_in (test->desk, "supervisor");
  json = g_strdup_printf ("{'decision':'approved','candidate':'%s','comparison':{%s},'reasons':'All seen.'}", candidate, comparison);
  vv_test_refuse (test->desk, vv_desk_sign_off, request, json, VV_DESK_ERROR, VV_DESK_ERROR_FRESH, "refused");

  ck_assert (!vv_desk_confirm_passphrase (test->desk, wrong, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  vv_test_refuse (test->desk, vv_desk_sign_off, request, json, VV_DESK_ERROR, VV_DESK_ERROR_FRESH, "refused");

  /* Good once, even for an act that is then refused for another reason. */
  ck_assert (vv_desk_confirm_passphrase (test->desk, right, NULL));
  vv_test_refuse (test->desk, vv_desk_sign_off, request, "{'decision':'none-confirmed','reasons':'x'}", VV_PROCEDURE_ERROR,
                  VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_refuse (test->desk, vv_desk_sign_off, request, json, VV_DESK_ERROR, VV_DESK_ERROR_FRESH, "refused");
  ck_assert (vv_desk_confirm_passphrase (test->desk, right, NULL));
  /* Nor does it outlive the session. */
  vv_desk_sign_out (test->desk);
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_sign_off, request, json, VV_DESK_ERROR, VV_DESK_ERROR_FRESH, "refused");
  ck_assert (vv_desk_confirm_passphrase (test->desk, right, NULL));
  vv_test_done (test->desk, vv_desk_sign_off, request, json);
}
END_TEST

START_TEST (sign_in__wrong)
{
  g_autoptr (VvSecret) wrong = vv_secret_from_text ("training examiner");
  g_autoptr (GError)   error = NULL;

  ck_assert (!vv_desk_sign_in (test->desk, "supervisor", wrong, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  ck_assert (!vv_desk_sign_in (test->desk, "nobody", wrong, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  /* And whoever was signed in before is not any more. */
  ck_assert_ptr_null (vv_desk_account (test->desk));
  ck_assert_uint_eq (vv_desk_roles (test->desk), 0);
  ck_assert_ptr_null (vv_desk_list_requests (test->desk, 0, NULL, NULL, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_SIGNED_OUT);
}
END_TEST

/* --- Drafts ------------------------------------------------------------------------------------------------------------------ */

static char *
draft (const char *key)
{
  g_autofree char       *json = g_strdup_printf ("{'key':'%s'}", key);
  g_autoptr (JsonObject) answer = vv_test_do (test->desk, vv_desk_draft, request, json);

  return g_strdup (vv_json_string (vv_json_object (answer, "body"), "text"));
}

static void
assert_draft (const char *key,
              const char *wanted)
{
  g_autofree char *text = draft (key);

  ck_assert_msg (g_strcmp0 (text, wanted) == 0, "draft %s is %s", key, text);
}

START_TEST (draft__is_the_persons_own)
{
  vv_test_sign_in (test->desk, "examiner");
  vv_test_done (test->desk, vv_desk_keep_draft, request, "{'key':'comparison-A','body':{'text':'ears'}}");
  vv_test_done (test->desk, vv_desk_keep_draft, request, "{'key':'comparison-A','body':{'text':'ears and nose'}}");
  vv_test_sign_in (test->desk, "reviewer");
  assert_draft ("comparison-A", NULL);
  vv_test_done (test->desk, vv_desk_keep_draft, request, "{'key':'comparison-A','body':{'text':'mine'}}");
  vv_test_sign_in (test->desk, "examiner");
  assert_draft ("comparison-A", "ears and nose");
  vv_test_done (test->desk, vv_desk_keep_draft, request, "{'key':'comparison-A'}");
  assert_draft ("comparison-A", NULL);
}
END_TEST

static void
keep (const char *kind,
      const char *candidate)
{
  g_autofree char *json = g_strdup_printf ("{'key':'%s-%s','body':{'text':'typed'}}", kind, candidate);

  vv_test_done (test->desk, vv_desk_keep_draft, request, json);
}

static void
assert_kept (const char *kind,
             const char *candidate,
             const char *wanted)
{
  g_autofree char *key = g_strdup_printf ("%s-%s", kind, candidate);

  assert_draft (key, wanted);
}

START_TEST (draft__goes_when_the_record_is_locked)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  vv_test_walk_to_search (test->desk, request);
  first = vv_test_candidate (test->desk, request, 1);
  second = vv_test_candidate (test->desk, request, 2);
  keep ("comparison", first);
  keep ("comparison", second);
  keep ("background", first);
  vv_test_propose (test->desk, request, first);
  assert_kept ("comparison", first, NULL);
  assert_kept ("background", first, NULL);
  assert_kept ("comparison", second, "typed");
  vv_test_sign_in (test->desk, "reviewer");
  keep ("peer-review", first);
  vv_test_review (test->desk, request, first);
  assert_kept ("peer-review", first, NULL);
  vv_test_sign_in (test->desk, "supervisor");
  keep ("sign-off", first);
  vv_test_decide (test->desk, request, "not-agreed", NULL);
  assert_kept ("sign-off", first, NULL);
}
END_TEST

/* --- Accounts ---------------------------------------------------------------------------------------------------------------- */

START_TEST (account__added_and_disabled)
{
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("three plain words");
  g_autoptr (VvSecret)   brief = vv_secret_from_text ("short");
  g_autoptr (JsonObject) facts = vv_test_json ("{'full_name':'Second examiner','roles':['examiner']}");
  g_autoptr (JsonObject) roleless = vv_test_json ("{'full_name':'Second examiner','roles':['king']}");
  g_autoptr (GError)     error = NULL;

  vv_test_sign_in (test->desk, "examiner");
  ck_assert (!vv_desk_add_account (test->desk, "second", facts, passphrase, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE);
  vv_test_sign_in (test->desk, "admin");
  ck_assert (!vv_desk_add_account (test->desk, "second", facts, brief, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
  ck_assert (!vv_desk_add_account (test->desk, "Second!", facts, passphrase, &error));
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT);
  ck_assert (!vv_desk_add_account (test->desk, "second", roleless, passphrase, &error));
  g_clear_error (&error);
  ck_assert (!vv_desk_add_account (test->desk, "examiner", facts, passphrase, &error));
  g_clear_error (&error);
  ck_assert (vv_desk_add_account (test->desk, "second", facts, passphrase, &error));

  ck_assert (vv_desk_sign_in (test->desk, "second", passphrase, &error));
  ck_assert_str_eq (vv_desk_full_name (test->desk), "Second examiner");
  vv_test_done (test->desk, vv_desk_new_request, 0,
                "{'channel':'phone','case_number':'T2026-9','requester':{'name':'Training investigator','command':'Training squad'},"
                "'subject_role':'suspect','summary':'A bicycle.','use':{'code':'a','tense':'has committed','offence':'Larceny',"
                "'basis':'Seen.'},'identity_unknown':true}");
  vv_test_sign_in (test->desk, "admin");
  vv_test_refuse (test->desk, vv_desk_disable_account, 0, "{'account':'admin'}", VV_DESK_ERROR, VV_DESK_ERROR_INPUT, "failed");
  vv_test_refuse (test->desk, vv_desk_disable_account, 0, "{'account':'nobody'}", VV_VAULT_ERROR, VV_VAULT_ERROR_NOT_FOUND, "failed");
  vv_test_done (test->desk, vv_desk_disable_account, 0, "{'account':'second'}");
  ck_assert (!vv_desk_sign_in (test->desk, "second", passphrase, &error));
  vv_assert_error (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE);
  vv_test_sign_in (test->desk, "supervisor");
  vv_test_refuse (test->desk, vv_desk_assign, request, "{'examiner':'second'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD, "refused");
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (administrator__does_no_case_work)
{
  static const VvDeskAct acts[] = { vv_desk_show_request, vv_desk_new_request, vv_desk_add_media, vv_desk_number, vv_desk_assign,
                                    vv_desk_sign_off, vv_desk_direct, vv_desk_find_faces, vv_desk_export_report, vv_desk_peer_review };
  g_autoptr (JsonObject) what = vv_json_new ("media", "i", vv_test_media (test->desk, request, 0), NULL);
  g_autoptr (GError)     error = NULL;

  vv_test_sign_in (test->desk, "admin");
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    vv_test_refuse (test->desk, acts[i], request, "{'file':'/nowhere','examiner':'examiner'}", VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE, "refused");
  ck_assert_ptr_null (vv_desk_report_info (test->desk, request, NULL, NULL, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE);
  ck_assert_ptr_null (vv_desk_picture (test->desk, request, what, NULL, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_ROLE);
}
END_TEST

START_TEST (export_audit__is_itself_on_record)
{
  g_autoptr (JsonObject) exported = NULL;
  JsonArray             *rows;

  vv_test_sign_in (test->desk, "supervisor");
  exported = vv_test_do (test->desk, vv_desk_export_audit, 0, NULL);
  rows = vv_json_array (exported, "rows");
  ck_assert_int_eq (vv_json_length (rows), vv_test_n_rows (test->desk));
  ck_assert_str_eq (vv_json_string (vv_json_element (rows, vv_json_length (rows) - 1), "act"), "export-audit");
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-blind");
  TCase *tests = tcase_create ("blind");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, answers__say_nothing_before_the_own_comparison);
  tcase_add_test (tests, pool__is_one_row_for_each_view);
  tcase_add_test (tests, reviewer__sees_nothing_of_the_examiner_first);
  tcase_add_test (tests, refusals__leave_an_audit_row_and_nothing_else);
  tcase_add_test (tests, details__may_be_missing);
  tcase_add_test (tests, search__cancelled_leaves_nothing);
  tcase_add_test (tests, sign_off__needs_a_fresh_passphrase_each_time);
  tcase_add_test (tests, sign_in__wrong);
  tcase_add_test (tests, draft__is_the_persons_own);
  tcase_add_test (tests, draft__goes_when_the_record_is_locked);
  tcase_add_test (tests, account__added_and_disabled);
  tcase_add_test (tests, administrator__does_no_case_work);
  tcase_add_test (tests, export_audit__is_itself_on_record);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
