// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-procedure-error.h"
#include "vv-progress.h"
#include "vv-test-desk.h"

/* Many things at once, and a sign-out in the middle of them. */

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

/* --- From the main thread ------------------------------------------------------------------------------------------------------ */

static guint under_way, done, stopped;

/* An answer, or a reason that a sign-out explains. */
static void
count (gboolean answered,
       GError  *error)
{
  under_way--;
  if (answered)
    done++;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, VV_DESK_ERROR, VV_DESK_ERROR_SIGNED_OUT))
    stopped++;
  else
    vv_assert_ok (error);
}

static void
act_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  count (answer != NULL, error);
}

static void
picture_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvPicture) picture = vv_desk_picture_finish (VV_DESK (source), result, &error);

  count (picture != NULL, error);
}

static void
act (VvDeskAct     what,
     GCancellable *cancellable,
     const char   *json)
{
  g_autoptr (JsonObject) details = vv_test_json ("%s", json);

  under_way++;
  vv_desk_act_async (test->desk, what, request, details, cancellable, act_cb, NULL);
}

static void
picture (JsonObject *what)
{
  g_autoptr (JsonObject) owned = what;

  under_way++;
  vv_desk_picture_async (test->desk, request, owned, /* cancellable= */ NULL, picture_cb, NULL);
}

static void
wait_for_all (void)
{
  while (under_way > 0)
    g_main_context_iteration (NULL, /* may_block= */ TRUE);
}

/* A screen full: two pictures, faces, a search, drafts, the list, the outbox. */
static void
ask_for_everything (VvProgress *progress)
{
  static const char *const letters[] = { "A", "B", "C", "D" };
  gint64                   media = vv_test_media (test->desk, request, 0);
  g_autofree char         *faces = g_strdup_printf ("{'media':%" G_GINT64_FORMAT "}", media);

  for (guint i = 0; i < 4; i++)
    {
      picture (vv_json_new ("media", "i", media, NULL));
      picture (vv_json_new ("candidate", "s", letters[i], NULL));
      act (vv_desk_keep_draft, NULL, "{'key':'comparison-A','body':{'text':'ears'}}");
      act (vv_desk_find_faces, NULL, faces);
      act (vv_desk_show_request, NULL, "{}");
    }
  act (vv_desk_search, G_CANCELLABLE (progress), "{}");
  act (vv_desk_sync, NULL, "{'all':true}");
  act (vv_desk_list_requests, NULL, "{}");
}

START_TEST (async__everything_at_once)
{
  g_autoptr (VvProgress) progress = vv_progress_new ();

  vv_test_walk_to_search (test->desk, request);
  done = stopped = 0;
  ask_for_everything (progress);
  wait_for_all ();
  ck_assert_uint_eq (stopped, 0);
  ck_assert_uint_eq (done, 23);
  vv_test_verify (test->desk);
}
END_TEST

START_TEST (sign_out__in_the_middle)
{
  vv_test_walk_to_search (test->desk, request);
  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (VvProgress) progress = vv_progress_new ();
      gint64                 before;

      done = stopped = 0;
      ask_for_everything (progress);
      g_usleep (round * 15000);
      before = g_get_monotonic_time ();
      vv_desk_sign_out (test->desk);
      /* It cancels what is under way; nobody waits for a whole screen full. */
      ck_assert_int_lt (g_get_monotonic_time () - before, 20 * G_USEC_PER_SEC);
      ck_assert_ptr_null (vv_desk_account (test->desk));
      if (round == 0) /* the search had no time to end */
        ck_assert (g_cancellable_is_cancelled (G_CANCELLABLE (progress)));
      wait_for_all ();
      ck_assert_uint_eq (done + stopped, 23);
      vv_test_sign_in (test->desk, "examiner");
    }
  vv_test_verify (test->desk);
}
END_TEST

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  count (vv_desk_sign_in_finish (VV_DESK (source), result, &error), error);
}

START_TEST (sign_in_async__the_next_person_gets_nothing_of_the_last)
{
  vv_test_walk_to_search (test->desk, request);
  done = stopped = 0;
  for (guint i = 0; i < 6; i++)
    picture (vv_json_new ("candidate", "s", "A", NULL));
  vv_desk_sign_out (test->desk);
  under_way++;
  vv_desk_sign_in_async (test->desk, "reviewer", vv_test_passphrase ("reviewer"), /* code= */ NULL, NULL, signed_in_cb, NULL);
  wait_for_all ();
  ck_assert_uint_eq (done, 1); /* the sign-in */
  ck_assert_uint_eq (stopped, 6);
  ck_assert_str_eq (vv_desk_account (test->desk), "reviewer");
}
END_TEST

/* The last reference may go on one of the desk's own threads. */
START_TEST (desk__ends_while_work_is_under_way)
{
  g_autoptr (VvProgress) progress = vv_progress_new ();

  vv_test_walk_to_search (test->desk, request);
  done = stopped = 0;
  ask_for_everything (progress);
  g_clear_object (&test->desk);
  wait_for_all ();
  ck_assert_uint_eq (done, 23);
}
END_TEST

/* --- From threads of their own ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 request;
  guint  rounds;
} Looking;

static gpointer
look_at_pages (gpointer data)
{
  Looking               *self = data;
  g_autoptr (JsonObject) what = vv_json_new ("page", "i", (gint64) 0, NULL);

  for (guint i = 0; i < self->rounds; i++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (VvPicture) page = vv_desk_picture (test->desk, self->request, what, NULL, &error);

      vv_assert_ok (error);
    }
  return NULL;
}

static void
report_none (gint64      one,
             const char *use)
{
  g_autofree char *confirmed = g_strdup_printf ("{'decision':'confirmed','code':'%s','reason':'Stated.'}", use);
  g_autofree char *probe = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (test->desk, one, 0));

  vv_test_sign_in (test->desk, "examiner");
  vv_test_done (test->desk, vv_desk_confirm_use, one, confirmed);
  vv_test_done (test->desk, vv_desk_select_probe, one, probe);
  vv_test_analyse_probe (test->desk, one);
  vv_test_done (test->desk, vv_desk_search, one, NULL);
  vv_test_say_none (test->desk, one);
  vv_test_decide (test->desk, one, "none-confirmed", NULL);
  vv_test_direct_and_report (test->desk, one, "no-match");
}

/* The desk keeps one report laid out; two that are looked at together take it from each other. */
START_TEST (picture__pages_of_two_reports_at_once)
{
  Looking  looking[] = { { request, 8 }, { vv_test_request (test->desk, 1), 8 }, { request, 8 } };
  GThread *threads[G_N_ELEMENTS (looking)];

  report_none (looking[0].request, "a");
  report_none (looking[1].request, "b");
  for (gsize i = 0; i < G_N_ELEMENTS (looking); i++)
    threads[i] = g_thread_new ("pages", look_at_pages, &looking[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (looking); i++)
    g_thread_join (threads[i]);
}
END_TEST

static gpointer
search_in_thread (gpointer data)
{
  GError     *error = NULL;
  JsonObject *answer = vv_desk_search (test->desk, request, NULL, NULL, &error);

  if (answer != NULL)
    json_object_unref (answer);
  return error;
}

static char *
probe_json (guint place)
{
  return g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (test->desk, request, place));
}

/* Whatever the order: a search that counts is one of the probe that counts. */
START_TEST (search__never_answers_for_another_probe)
{
  g_autofree char  *first = probe_json (0);
  g_autofree char  *second = probe_json (1);
  const char *const probes[] = { first, second };

  vv_test_walk_to_search (test->desk, request);
  for (guint round = 0; round < 10; round++)
    {
      GThread               *thread = g_thread_new ("search", search_in_thread, NULL);
      g_autoptr (GError)     error = NULL;
      g_autoptr (JsonObject) shown = NULL;
      g_autoptr (JsonObject) search = NULL;

      g_usleep (round * 4000);
      vv_test_done (test->desk, vv_desk_select_probe, request, probes[round % 2]);
      error = g_thread_join (thread);
      if (error != NULL)
        vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP);
      shown = vv_test_do (test->desk, vv_desk_show_request, request, NULL);
      search = vv_test_search_body (test->desk, request);
      if (json_object_has_member (shown, "search"))
        ck_assert_int_eq (vv_json_int (search, "probe"), vv_json_int (vv_json_object (shown, "probe"), "record"));
    }
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("desk-threads");
  TCase *tests = tcase_create ("threads");

  tcase_set_timeout (tests, 240);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, async__everything_at_once);
  tcase_add_test (tests, sign_out__in_the_middle);
  tcase_add_test (tests, sign_in_async__the_next_person_gets_nothing_of_the_last);
  tcase_add_test (tests, desk__ends_while_work_is_under_way);
  tcase_add_test (tests, picture__pages_of_two_reports_at_once);
  tcase_add_test (tests, search__never_answers_for_another_probe);
  suite_add_tcase (all, tests);
  return all;
}

VV_TEST_MAIN (suite)
