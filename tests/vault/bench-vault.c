// SPDX-License-Identifier: GPL-3.0-or-later
#include <sodium.h>
#include <stdio.h>

#include "desk-fixture.h"

/* How fast a desk opens, writes and proves itself. Prints a table; asserts nothing
 * but success. */

#define REQUESTS        2000
#define BULK            20000
#define PHOTOGRAPHS     500
#define PHOTOGRAPH_SIZE 60000

static gint64 started;

static void
start (void)
{
  started = g_get_monotonic_time ();
}

static double
seconds (void)
{
  return (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;
}

static void
open_full_cost (const char *parent)
{
  g_autofree char       *dir = g_build_filename (parent, "full", NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("correct horse battery");
  g_autoptr (JsonObject) about = json_object_new ();
  g_autoptr (JsonObject) facts = desk_person ("M. Chen");
  g_autoptr (VvVault)    vault = NULL;

  ck_assert (vv_vault_create (dir, about, "chen", facts, passphrase, &error));
  start ();
  vault = desk_open (dir);
  printf ("open, full cost          %8.0f ms\n", seconds () * 1000);
}

static void
append_many (VvVault *vault, int n)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) body = vv_json_new ("text", "s", "A note of usual length, some eighty characters, as people write them.", NULL);

  desk_begin (vault);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (VvRecord) record = vv_vault_append (vault, "note", 0, 0, body, &error);

      vv_assert_ok (error);
      ck_assert (vv_vault_audit (vault, "note.write", "desk", "done", NULL, i % 4 == 0, &error));
    }
  desk_commit (vault);
}

static gint64
fill_photographs (VvVault *vault)
{
  g_autoptr (GError) error = NULL;
  gint64             last = 0;

  desk_begin (vault);
  for (int i = 0; i < PHOTOGRAPHS; i++)
    {
      g_autofree guint8     *noise = g_malloc (PHOTOGRAPH_SIZE);
      g_autoptr (GBytes)     file = NULL;
      g_autoptr (JsonObject) facts = vv_json_new ("person", "s", "P", "class", "s", "arrest", NULL);

      randombytes_buf (noise, PHOTOGRAPH_SIZE);
      file = g_bytes_new (noise, PHOTOGRAPH_SIZE);
      last = vv_vault_add_photograph (vault, facts, file, &error);
      vv_assert_ok (error);
    }
  desk_commit (vault);
  return last;
}

static void
bench_repository (VvVault *vault)
{
  g_autoptr (GError) error = NULL;
  gint64             last;

  start ();
  last = fill_photographs (vault);
  printf ("photographs written      %8.0f /s\n", PHOTOGRAPHS / seconds ());
  start ();
  for (gint64 id = last - PHOTOGRAPHS + 1; id <= last; id++)
    {
      g_autoptr (GBytes) file = vv_vault_photograph_file (vault, id, &error);

      ck_assert_ptr_nonnull (file);
    }
  printf ("photograph read, checked %8.0f us\n", seconds () / PHOTOGRAPHS * 1e6);
}

static void
bench_work (const char *dir)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (VvVault)    vault = NULL;
  g_autoptr (JsonObject) result = NULL;

  start ();
  vault = desk_open (dir);
  printf ("open, light cost         %8.1f ms\n", seconds () * 1000);
  start ();
  for (int i = 0; i < REQUESTS; i++)
    (void) desk_write_request (vault);
  printf ("durable transactions     %8.0f /s (2 records, 1 signed audit row each)\n", REQUESTS / seconds ());
  start ();
  append_many (vault, BULK);
  printf ("records with audit row   %8.0f /s in one transaction\n", BULK / seconds ());
  start ();
  result = vv_vault_verify (vault, NULL, &error);
  ck_assert (vv_json_bool (result, "ok"));
  printf ("verify                   %8.0f rows/s (%" G_GINT64_FORMAT " audit rows, %" G_GINT64_FORMAT " records, %" G_GINT64_FORMAT " signatures)\n",
          (double) (vv_json_int (result, "rows") + vv_json_int (result, "records")) / seconds (),
          vv_json_int (result, "rows"), vv_json_int (result, "records"), vv_json_int (result, "signatures"));
  vv_vault_close (g_steal_pointer (&vault));
  start ();
  vault = desk_open (dir);
  printf ("open, after that         %8.1f ms\n", seconds () * 1000);
  bench_repository (vault);
}

START_TEST (bench__vault)
{
  char            *parent = vv_test_make_dir ();
  g_autofree char *dir = desk_make (parent);

  open_full_cost (parent);
  bench_work (dir);
  vv_test_remove_dir (parent);
}
END_TEST

static Suite *
suite (void)
{
  Suite *all = suite_create ("bench-vault");
  TCase *figures = tcase_create ("figures");

  tcase_add_test (figures, bench__vault);
  suite_add_tcase (all, figures);
  return all;
}

VV_TEST_MAIN (suite)
