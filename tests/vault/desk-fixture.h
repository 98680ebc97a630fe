// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-json.h"
#include "vv-test.h"
#include "vv-vault-private.h"

/* A training desk with a light key derivation and the account "chen", for the vault's tests. */

static inline VvVault *
desk_open_as (const char *dir, const char *account, const char *words)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (VvSecret) passphrase = vv_secret_from_text (words);
  VvVault             *vault = vv_vault_open (dir, account, passphrase, &error);

  vv_assert_ok (error);
  ck_assert_ptr_nonnull (vault);
  return vault;
}

static inline VvVault *
desk_open (const char *dir)
{
  return desk_open_as (dir, "chen", "correct horse battery");
}

/* Fails to open; the error is the caller's to look at. */
static inline GError *
desk_open_error (const char *dir, const char *account, const char *words)
{
  GError              *error = NULL;
  g_autoptr (VvSecret) passphrase = vv_secret_from_text (words);
  VvVault             *vault = vv_vault_open (dir, account, passphrase, &error);

  ck_assert_ptr_null (vault);
  ck_assert_ptr_nonnull (error);
  return error;
}

static inline JsonObject *
desk_person (const char *full_name)
{
  JsonArray *roles = json_array_new ();

  json_array_add_string_element (roles, "examiner");
  return vv_json_new ("full_name", "s", full_name, "roles", "a", roles, "state", "s", "active", NULL);
}

/* Makes the desk in @parent/desk. Returns: (transfer full) its path. */
static inline char *
desk_make (const char *parent)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text ("correct horse battery");
  g_autoptr (JsonObject) about = vv_json_new ("station", "s", "FIS-07", "training", "b", TRUE, "kdf", "s", "light", NULL);
  g_autoptr (JsonObject) facts = desk_person ("M. Chen");
  char                  *dir = g_build_filename (parent, "desk", NULL);
  gboolean               made = vv_vault_create (dir, about, "chen", facts, passphrase, &error);

  vv_assert_ok (error);
  ck_assert (made);
  return dir;
}

static inline void
desk_begin (VvVault *vault)
{
  g_autoptr (GError) error = NULL;
  gboolean           done = vv_vault_begin (vault, &error);

  vv_assert_ok (error);
  ck_assert (done);
}

static inline void
desk_commit (VvVault *vault)
{
  g_autoptr (GError) error = NULL;
  gboolean           done = vv_vault_commit (vault, &error);

  vv_assert_ok (error);
  ck_assert (done);
}

/* Inside a transaction. */
static inline void
desk_add_account (VvVault *vault, const char *name, const char *words)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text (words);
  g_autoptr (JsonObject) facts = desk_person (name);
  gboolean               done = vv_vault_add_account (vault, name, facts, passphrase, &error);

  vv_assert_ok (error);
  ck_assert (done);
}

static inline void
desk_reset_account (VvVault *vault, const char *name, const char *words)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (VvSecret) passphrase = vv_secret_from_text (words);
  gboolean             done = vv_vault_reset_account (vault, name, passphrase, &error);

  vv_assert_ok (error);
  ck_assert (done);
}

/* One request with a record and a signed audit row, committed. Returns the request's number. */
static inline gint64
desk_write_request (VvVault *vault)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) body = vv_json_new ("crime", "s", "burglary", NULL);
  g_autoptr (VvRecord)   request = NULL;
  g_autoptr (VvRecord)   use = NULL;

  desk_begin (vault);
  request = vv_vault_append (vault, "request", 0, 0, body, &error);
  vv_assert_ok (error);
  use = vv_vault_append (vault, "use", request->id, 0, body, &error);
  vv_assert_ok (error);
  ck_assert (vv_vault_audit (vault, "use.confirm", "request 1", "done", NULL, TRUE, &error));
  vv_assert_ok (error);
  desk_commit (vault);
  return request->id;
}

/* The first problem found, or NULL when all is well. (transfer full) */
static inline char *
desk_problem (VvVault *vault)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) result = vv_vault_verify (vault, NULL, &error);
  JsonArray             *problems = vv_json_array (result, "problems");

  vv_assert_ok (error);
  ck_assert_int_eq (vv_json_bool (result, "ok"), vv_json_length (problems) == 0);
  return vv_json_length (problems) > 0 ? g_strdup (json_array_get_string_element (problems, 0)) : NULL;
}

static inline void
desk_assert_sound (VvVault *vault)
{
  g_autofree char *problem = desk_problem (vault);

  ck_assert_msg (problem == NULL, "%s", problem);
}
