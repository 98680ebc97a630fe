// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "vv-blocks.h"
#include "vv-components.h"
#include "vv-desk-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-test-desk.h"
#include "vv-training-desk.h"
#include "vv-vault-private.h"

/* --- A desk of its own for each test -------------------------------------------------------------------------------------- */

/* The networks are loaded once for all desks of a program. (owned) (nullable): a desk has them */
static VvVision *networks;

static void
free_networks (void)
{
  g_clear_pointer (&networks, vv_vision_free);
}

VvTestDesk *
vv_test_desk_new (void)
{
  VvTestDesk *self = g_new0 (VvTestDesk, 1);

  self->dir = vv_test_make_dir ();
  self->ecms = g_build_filename (self->dir, "ecms", NULL);
  vv_test_training_desk (self->dir);
  self->desk = vv_desk_new (self->dir);
  self->desk->vision = g_steal_pointer (&networks);
  vv_test_sign_in (self->desk, "admin");
  return self;
}

void
vv_test_desk_free (VvTestDesk *self)
{
  /* A worker may hold the last reference for a moment; the folder goes now. */
  if (self->desk != NULL)
    vv_desk_sign_out (self->desk);
  if (self->desk != NULL && G_OBJECT (self->desk)->ref_count == 1 && networks == NULL)
    {
      static gboolean will_free;

      networks = g_steal_pointer (&self->desk->vision);
      if (!will_free)
        will_free = atexit (free_networks) == 0;
    }
  g_clear_object (&self->desk);
  vv_test_remove_dir (self->dir);
  g_free (self->ecms);
  g_free (self);
}

/* --- Doing and being refused --------------------------------------------------------------------------------------------- */

VvSecret *
vv_test_passphrase (const char *account)
{
  g_autofree char *text = g_strdup_printf ("training %s", g_str_equal (account, "admin") ? "administrator" : account);

  return vv_secret_from_text (text);
}

void
vv_test_sign_in (VvDesk     *desk,
                 const char *account)
{
  g_autoptr (VvSecret) passphrase = vv_test_passphrase (account);
  g_autoptr (GError)   error = NULL;

  if (g_strcmp0 (vv_desk_account (desk), account) == 0)
    return;
  ck_assert_msg (vv_desk_sign_in (desk, account, passphrase, &error), "%s", error->message);
}

static JsonObject *
parse (const char *json)
{
  g_autofree char   *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonObject        *object = vv_json_parse (text, -1, json, &error);

  vv_assert_ok (error);
  return object;
}

JsonObject *
vv_test_json (const char *format,
              ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return parse (text);
}

JsonObject *
vv_test_do (VvDesk     *desk,
            VvDeskAct   act,
            gint64      request,
            const char *json)
{
  g_autoptr (JsonObject) details = json != NULL ? parse (json) : NULL;
  g_autoptr (GError)     error = NULL;
  JsonObject            *answer = act (desk, request, details, /* cancellable= */ NULL, &error);

  vv_assert_ok (error);
  ck_assert_ptr_nonnull (answer);
  return answer;
}

char *
vv_test_refused (VvDesk     *desk,
                 VvDeskAct   act,
                 gint64      request,
                 const char *json,
                 GQuark      domain,
                 int         code,
                 const char *outcome)
{
  g_autofree char       *before = vv_test_contents (desk);
  g_autofree char       *after = NULL;
  g_autofree char       *sentence = NULL;
  gint64                 rows = vv_test_n_rows (desk);
  g_autoptr (JsonObject) details = json != NULL ? parse (json) : NULL;
  g_autoptr (JsonObject) row = NULL;
  g_autoptr (GError)     error = NULL;

  ck_assert_ptr_null (act (desk, request, details, /* cancellable= */ NULL, &error));
  sentence = g_strdup (error != NULL ? error->message : "");
  vv_assert_error (error, domain, code);
  row = vv_test_last_row (desk);
  after = vv_test_contents (desk);
  ck_assert_str_eq (before, after);
  ck_assert_int_eq (vv_test_n_rows (desk), rows + 1);
  ck_assert_str_eq (vv_json_string (row, "outcome"), outcome);
  return g_steal_pointer (&sentence);
}

/* --- Past all gates ---------------------------------------------------------------------------------------------------------- */

void
vv_test_verify (VvDesk *desk)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) all = vv_vault_verify (desk->vault, /* cancellable= */ NULL, &error);
  g_autofree char       *text = NULL;

  vv_assert_ok (error);
  text = vv_json_canonical (all);
  ck_assert_msg (vv_json_bool (all, "ok"), "%s", text);
}

/* Counts straight from the tables: it is asked hundreds of times, and verifying reads and decrypts every page. */
char *
vv_test_contents (VvDesk *desk)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (sqlite3_stmt) counts = vv_database_prepare (
    desk->vault->db, &error,
    "SELECT (SELECT count (*) FROM record), (SELECT count (*) FROM blob), (SELECT count (*) FROM photograph), (SELECT count (*) FROM outbox)", "");

  vv_assert_ok (error);
  ck_assert (vv_database_step (counts, &error));
  return g_strdup_printf ("%s records, %s blobs, %s photographs, %s queued", vv_database_text (counts, 0), vv_database_text (counts, 1),
                          vv_database_text (counts, 2), vv_database_text (counts, 3));
}

char *
vv_test_pdf_text (VvTestDesk *self, const char *document)
{
  g_autoptr (GBytes) pdf = vv_vault_blob (self->desk->vault, document, NULL);
  g_autofree char   *path = g_build_filename (self->dir, "form.pdf", NULL);
  const char *const  argv[] = { "pdftotext", "-raw", path, "-", NULL };
  char              *text = NULL;

  ck_assert (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL));
  ck_assert (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, NULL));
  (void) g_remove (path);
  return g_strdelimit (text, "\n", ' ');
}

/* (transfer full) */
static JsonArray *
all_rows (VvDesk *desk)
{
  g_autoptr (GError) error = NULL;
  JsonArray         *rows = vv_vault_audit_rows (desk->vault, /* first= */ 1, /* count= */ G_MAXINT64, &error);

  vv_assert_ok (error);
  return rows;
}

gint64
vv_test_n_rows (VvDesk *desk)
{
  g_autoptr (JsonArray) rows = all_rows (desk);

  return vv_json_length (rows);
}

JsonObject *
vv_test_last_row (VvDesk *desk)
{
  g_autoptr (JsonArray) rows = all_rows (desk);

  return vv_json_copy (vv_json_element (rows, vv_json_length (rows) - 1));
}

gint64
vv_test_request (VvDesk *desk,
                 guint   place)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) all = vv_vault_records_of_kind (desk->vault, VV_KIND_REQUEST, &error);

  vv_assert_ok (error);
  ck_assert_uint_lt (place, all->len);
  return ((VvRecord *) g_ptr_array_index (all, place))->id;
}

gint64
vv_test_media (VvDesk *desk,
               gint64  request,
               guint   place)
{
  g_autoptr (GPtrArray) records = vv_vault_records (desk->vault, request, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->kind, VV_KIND_MEDIA) && place-- == 0)
        return record->id;
    }
  ck_abort_msg ("no such image");
  return 0;
}

JsonObject *
vv_test_search_body (VvDesk *desk,
                     gint64  request)
{
  g_autoptr (GPtrArray) records = vv_vault_records (desk->vault, request, NULL);

  for (guint i = records->len; i-- > 0;)
    {
      VvRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->kind, VV_KIND_SEARCH))
        return vv_json_copy (record->body);
    }
  ck_abort_msg ("no search");
  return NULL;
}

char *
vv_test_candidate (VvDesk *desk,
                   gint64  request,
                   gint64  rank)
{
  g_autoptr (JsonObject) body = vv_test_search_body (desk, request);
  JsonArray             *pool = vv_json_array (body, "pool");

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (vv_json_int (vv_json_element (pool, i), "rank") == rank)
      return g_strdup (vv_json_string (vv_json_element (pool, i), "candidate"));
  ck_abort_msg ("no candidate of rank %d", (int) rank);
  return NULL;
}

char *
vv_test_status (VvDesk *desk,
                gint64  request)
{
  g_autoptr (JsonObject) shown = vv_test_do (desk, vv_desk_show_request, request, NULL);

  return g_strdup (vv_json_string (shown, "status"));
}

/* --- Walking a request --------------------------------------------------------------------------------------------------------- */

char *
vv_test_comparison (void)
{
  g_autoptr (GString) blocks = g_string_new (NULL);

  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    g_string_append_printf (blocks, "%s'%s':{'answer':'similar','note':'as in the probe'}", blocks->len > 0 ? "," : "", block->name);
  return g_strdup_printf ("'blocks':{%s},'similarities':['The ears have the same shape.'],"
                          "'characteristics':{'nose.tip':{'answer':'different','explanation':'unexplained','probe':'partly','candidate':'clear',"
                          "'stability':'stable','note':'Rounder in the probe'}},"
                          "'findings':[{'component':'nose','characteristic':'nose.tip','answer':'different','text':'Rounder in the probe image',"
                          "'probe':{'mark':'point','points':[[60,70]]},'candidate':{'mark':'arrow','points':[[180,200],[236.5,288]]}},"
                          "{'component':'scars','text':'Short, below the left eye','unseen':'candidate',"
                          "'probe':{'mark':'outline','points':[[40,60],[60,60],[60,72],[40,72]]}}],"
                          "'differences':['The light falls from another side.'],'conclusion':'support-same'",
                          blocks->str);
}

void
vv_test_analyse_probe (VvDesk *desk,
                       gint64  request)
{
  g_autoptr (GString) components = g_string_new (NULL);
  g_autofree char    *json = NULL;

  for (const VvComponent *component = vv_component_all (); component->name != NULL; component++)
    g_string_append_printf (components, "%s'%s':{'visibility':'clear'}", components->len > 0 ? "," : "", component->name);
  json = g_strdup_printf ("{'components':{%s},'summary':'Everything but the teeth can be compared.'}", components->str);
  vv_test_done (desk, vv_desk_analyse_probe, request, json);
}

void
vv_test_confirm_use (VvDesk *desk,
                     gint64  request)
{
  g_autoptr (VvRecord) first = vv_vault_record (desk->vault, request, NULL);
  g_autofree char     *json = g_strdup_printf ("{'decision':'confirmed','code':'%s','reason':'The request states the basis.'}",
                                               vv_json_string (vv_json_object (first->body, "use"), "code"));

  vv_test_done (desk, vv_desk_confirm_use, request, json);
}

void
vv_test_walk_to_search (VvDesk *desk,
                        gint64  request)
{
  g_autofree char *probe = NULL;

  vv_test_sign_in (desk, "examiner");
  vv_test_confirm_use (desk, request);
  probe = g_strdup_printf ("{'media':%" G_GINT64_FORMAT ",'face':0}", vv_test_media (desk, request, 0));
  vv_test_done (desk, vv_desk_select_probe, request, probe);
  vv_test_analyse_probe (desk, request);
  vv_test_done (desk, vv_desk_search, request, NULL);
}

void
vv_test_dispose_rest (VvDesk     *desk,
                      gint64      request,
                      const char *candidate)
{
  g_autoptr (JsonObject) body = vv_test_search_body (desk, request);
  JsonArray             *pool = vv_json_array (body, "pool");
  g_autoptr (GString)    letters = g_string_new (NULL);
  g_autofree char       *json = NULL;

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (pool, i), "candidate"), candidate) != 0)
      g_string_append_printf (letters, "%s'%s'", letters->len > 0 ? "," : "", vv_json_string (vv_json_element (pool, i), "candidate"));
  json = g_strdup_printf ("{'candidates':[%s],'disposition':'excluded','component':'ears','reason':'Other ears and another nose.'}", letters->str);
  vv_test_done (desk, vv_desk_dispose, request, json);
}

gboolean
vv_test_has_compared (VvDesk     *desk,
                      gint64      request,
                      const char *candidate)
{
  g_autoptr (JsonObject) shown = vv_test_do (desk, vv_desk_show_request, request, NULL);
  JsonArray             *pool = vv_json_array (shown, "pool");

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (pool, i), "candidate"), candidate) == 0)
      return vv_json_bool (vv_json_element (pool, i), "locked");
  return FALSE;
}

void
vv_test_compare (VvDesk     *desk,
                 gint64      request,
                 const char *candidate)
{
  g_autofree char *comparison = vv_test_comparison ();
  g_autofree char *json = g_strdup_printf ("{'candidate':'%s',%s}", candidate, comparison);

  vv_test_done (desk, vv_desk_compare, request, json);
}

void
vv_test_propose (VvDesk     *desk,
                 gint64      request,
                 const char *candidate)
{
  g_autofree char *background = g_strdup_printf ("{'candidate':'%s','sources':[{'shows':'photograph','source':'Arrest record','finding':'Lives near the place.'}],"
                                                 "'fit':'Fits the time.','reliability':'reliable','reasons':'The sources agree.'}",
                                                 candidate);
  g_autofree char *proposal = g_strdup_printf ("{'candidate':'%s'}", candidate);

  vv_test_sign_in (desk, "examiner");
  if (!vv_test_has_compared (desk, request, candidate))
    vv_test_compare (desk, request, candidate);
  vv_test_dispose_rest (desk, request, candidate);
  vv_test_done (desk, vv_desk_background, request, background);
  vv_test_done (desk, vv_desk_propose, request, proposal);
}

void
vv_test_say_none (VvDesk *desk,
                  gint64  request)
{
  vv_test_sign_in (desk, "examiner");
  vv_test_dispose_rest (desk, request, /* candidate= */ NULL);
  vv_test_done (desk, vv_desk_none, request, "{'statement':'Every candidate was looked at and excluded.'}");
}

void
vv_test_review (VvDesk     *desk,
                gint64      request,
                const char *candidate)
{
  g_autofree char *comparison = vv_test_comparison ();
  g_autofree char *json = g_strdup_printf ("{'candidate':'%s','comparison':{%s},'agrees':true,'reasons':'Seen for myself.'}", candidate, comparison);

  vv_test_sign_in (desk, "reviewer");
  vv_test_done (desk, vv_desk_peer_review, request, json);
}

void
vv_test_decide (VvDesk     *desk,
                gint64      request,
                const char *decision,
                const char *candidate)
{
  g_autofree char     *comparison = vv_test_comparison ();
  g_autofree char     *about = candidate != NULL ? g_strdup_printf (",'candidate':'%s','comparison':{%s}", candidate, comparison) : g_strdup ("");
  g_autofree char     *json = g_strdup_printf ("{'decision':'%s','reasons':'All of it was read.'%s}", decision, about);
  g_autoptr (VvSecret) passphrase = vv_test_passphrase ("supervisor");
  g_autoptr (GError)   error = NULL;

  vv_test_sign_in (desk, "supervisor");
  ck_assert_msg (vv_desk_confirm_passphrase (desk, passphrase, &error), "%s", error->message);
  vv_test_done (desk, vv_desk_sign_off, request, json);
}

void
vv_test_direct_and_report (VvDesk     *desk,
                           gint64      request,
                           const char *form)
{
  g_autofree char *json = g_strdup_printf ("{'report':'%s','recipient':'Training investigator'}", form);

  vv_test_sign_in (desk, "supervisor");
  vv_test_done (desk, vv_desk_direct, request, json);
  vv_test_sign_in (desk, "examiner");
  vv_test_done (desk, vv_desk_report, request, NULL);
}
