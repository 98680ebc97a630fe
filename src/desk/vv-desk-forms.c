// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "vv-body.h"
#include "vv-desk-bundle-private.h"
#include "vv-desk-forms-private.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-procedure-error.h"

#define PREVIEW_SCALE 2.0 /* 144 pixels per inch */
#define ROWS          4096

/* --- Forms that were issued ------------------------------------------------------------------------------------------ */

/* The record that @details name, or the newest report; any record with a form and its facts will do. */
static VvRecord *
find_form (VvSession *session, JsonObject *details, GError **error)
{
  gint64    wanted = vv_json_int (details, "record");
  VvRecord *newest = wanted == 0 ? vv_case_current (session->kase, VV_KIND_REPORT, NULL, NULL) : NULL;

  for (guint i = 0; wanted != 0 && i < session->records->len; i++)
    {
      VvRecord *record = g_ptr_array_index (session->records, i);

      if (record->id == wanted && vv_json_object (record->body, "facts") != NULL)
        newest = record;
    }
  if (newest == NULL)
    g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND,
                         wanted != 0 ? _ ("This record is no form that can be shown.")
                                     : _ ("No report was prepared for this request yet (step 13)."));
  return newest;
}

JsonObject *
vv_desk_report_info (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession            session;
  VvRecord            *record;
  g_autoptr (GBytes)   pdf = NULL;
  g_autoptr (VvReport) report = NULL;
  JsonObject          *answer = NULL;

  if (!_vv_desk_enter_request (self, "report-info", request, &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    return _vv_desk_leave_refused (&session, error);
  record = find_form (&session, details, error);
  if (record != NULL)
    pdf = vv_vault_blob (session.vault, vv_json_string (record->body, "document"), error);
  if (pdf != NULL)
    report = _vv_desk_lay_out (&session, vv_json_string (record->body, "form"), vv_json_object (record->body, "facts"), cancellable, error);
  if (report != NULL)
    answer = vv_json_new ("record", "i", record->id,
                          "pages", "i", (gint64) vv_report_n_pages (report),
                          "document", "s", vv_json_string (record->body, "document"),
                          "form", "s", vv_json_string (record->body, "form"),
                          "recipient", "s", vv_json_string (vv_json_object (record->body, "facts"), "recipient"),
                          "made_at", "s", record->made_at,
                          "bytes", "i", (gint64) g_bytes_get_size (pdf), NULL);
  _vv_desk_leave (&session);
  return answer;
}

/* --- Forms as they would be made now ---------------------------------------------------------------------------------- */

static gboolean
may_any (VvSession *session, VvAct act, VvAct other, GError **error)
{
  return vv_case_may (session->kase, act, &session->actor, NULL, /* error= */ NULL) ||
         vv_case_may (session->kase, other, &session->actor, NULL, error);
}

static JsonObject *
preview_rejection (VvSession *session, JsonObject *details, GError **error)
{
  g_autoptr (JsonObject) body = _vv_desk_rejection_body (session, details);

  json_object_remove_member (body, "form");
  if (!vv_case_may (session->kase, VV_ACT_REJECT_IMAGE, &session->actor, NULL, error) ||
      !vv_body_check (VV_KIND_REJECTION, body, error) ||
      !vv_case_check (session->kase, VV_ACT_REJECT_IMAGE, body, error))
    return NULL;
  return _vv_desk_rejection_facts (session, body, error);
}

/* By the examiner who makes it, for the recipient who was directed; by the supervisor before directing it. */
static JsonObject *
preview_report (VvSession *session, const char *form, JsonObject *details, GError **error)
{
  VvRecord   *direction = vv_case_current (session->kase, VV_KIND_DIRECTION, NULL, NULL);
  const char *recipient = vv_json_string (direction != NULL ? direction->body : details, "recipient");
  const char *candidate = strcmp (form, "possible-match") == 0 ? vv_case_next_report (session->kase) : NULL;

  if (!may_any (session, VV_ACT_REPORT, VV_ACT_DIRECT, error))
    return NULL;
  if (direction != NULL && g_strcmp0 (vv_json_string (direction->body, "report"), form) != 0)
    {
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_STEP, _ ("The supervisor directed another report."));
      return NULL;
    }
  return _vv_desk_report_facts (session, form, recipient, candidate, error);
}

/* The sheet shows what the bundle shows, whose order of the pool waits for the decision. */
static JsonObject *
preview_sheet (VvSession *session, GError **error)
{
  g_autofree char      *head = _vv_desk_is_decided (session, error) ? vv_vault_audit_head (session->vault, error) : NULL;
  g_autoptr (JsonArray) keys = head != NULL ? _vv_desk_keys (session, /* rows= */ NULL, error) : NULL;

  return keys != NULL ? _vv_desk_case_record_facts (session, keys, head, error) : NULL;
}

static JsonObject *
preview_facts (VvSession *session, const char *form, JsonObject *details, GError **error)
{
  if (g_strcmp0 (form, "image-rejection") == 0)
    return preview_rejection (session, details, error);
  if (g_strcmp0 (form, "possible-match") == 0 || g_strcmp0 (form, "no-match") == 0)
    return preview_report (session, form, details, error);
  if (g_strcmp0 (form, "request-dd5") == 0 || g_strcmp0 (form, "outside-agency") == 0)
    return _vv_desk_request_facts (session, form, vv_case_fis_number (session->kase), error);
  if (g_strcmp0 (form, "case-records") == 0)
    return preview_sheet (session, error);
  g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("There is no form of this name that can be shown before it is made."));
  return NULL;
}

JsonObject *
vv_desk_preview (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char            *form = vv_json_string (details, "form");
  VvSession              session;
  VvReport              *report = NULL;
  JsonObject            *answer;
  g_autoptr (JsonObject) facts = NULL;

  if (!_vv_desk_enter_request (self, "preview", request, &session, error))
    return NULL;
  if (_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    facts = preview_facts (&session, form, details, error);
  if (facts != NULL)
    report = _vv_desk_lay_out (&session, form, facts, cancellable, error);
  if (report == NULL)
    return _vv_desk_leave_refused (&session, error);
  answer = vv_json_new ("form", "s", form, "pages", "i", (gint64) vv_report_n_pages (report),
                        "recipient", "s", vv_json_string (facts, "recipient"), NULL);
  g_clear_pointer (&self->preview, vv_report_free);
  self->preview = report;
  self->preview_request = request;
  _vv_desk_leave (&session);
  return answer;
}

/* --- Their pages -------------------------------------------------------------------------------------------------------- */

/* Keeps the form of @record laid out. Others may lay out theirs while the lock is away: what is kept is replaced only
 * when the new one is whole. */
static gboolean
keep_laid_out (VvSession *session, VvRecord *record, GCancellable *cancellable, GError **error)
{
  VvDesk     *desk = session->desk;
  const char *document = vv_json_string (record->body, "document");
  VvReport   *report;

  if (g_strcmp0 (desk->report_document, document) == 0)
    return TRUE;
  report = _vv_desk_lay_out (session, vv_json_string (record->body, "form"), vv_json_object (record->body, "facts"), cancellable, error);
  if (report == NULL)
    return FALSE;
  g_clear_pointer (&desk->report, vv_report_free);
  g_free (desk->report_document);
  desk->report = report;
  desk->report_document = g_strdup (document);
  return TRUE;
}

static VvPicture *
draw (VvReport *report, guint page)
{
  const int          width = (int) (VV_REPORT_PAGE_WIDTH * PREVIEW_SCALE);
  const int          height = (int) (VV_REPORT_PAGE_HEIGHT * PREVIEW_SCALE);
  g_autoptr (GBytes) pixels = NULL;
  cairo_surface_t   *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t           *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, PREVIEW_SCALE, PREVIEW_SCALE);
  vv_report_draw_page (report, page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixels = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) cairo_image_surface_get_stride (surface) * (gsize) height);
  cairo_surface_destroy (surface);
  return vv_picture_new (width, height, (gsize) width * 4, pixels);
}

VvPicture *
_vv_desk_draw_page (VvSession *session, JsonObject *what, GCancellable *cancellable, GError **error)
{
  VvDesk   *desk = session->desk;
  gint64    page = vv_json_int (what, "page");
  VvReport *report = NULL;

  if (vv_json_bool (what, "preview"))
    report = desk->preview_request == session->request ? desk->preview : NULL;
  else
    {
      VvRecord *record = find_form (session, what, error);

      if (record == NULL || !keep_laid_out (session, record, cancellable, error))
        return NULL;
      report = desk->report;
    }
  if (report == NULL || page < 0 || page >= (gint64) vv_report_n_pages (report))
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_NOT_FOUND, _ ("The report has no such page."));
      return NULL;
    }
  return draw (report, (guint) page);
}

/* --- Records leave the section (R-112) ------------------------------------------------------------------------------------ */

gboolean
_vv_desk_has_addressee (JsonObject *details, GError **error)
{
  static const char *const members[] = { "recipient", "authority" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *text = g_strdup (vv_json_string (details, members[i]));

      if (text != NULL && *g_strstrip (text) != '\0')
        continue;
      g_set_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                   /* Translators: %s is "recipient" or "authority" */
                   _ ("Records leave the section only for a named recipient and by a stated authority (P.G. 212-76); say the “%s”."),
                   members[i]);
      return FALSE;
    }
  return TRUE;
}

/* Whom it goes to and by what right are asked of who knows; else it is the report's recipient, by the procedure. */
static JsonObject *
addressee (VvRecord *record, JsonObject *details)
{
  const char *recipient = vv_json_string (details, "recipient");
  const char *authority = vv_json_string (details, "authority");

  return vv_json_new ("recipient", "s",
                      recipient != NULL ? recipient : vv_json_string (vv_json_object (record->body, "facts"), "recipient"),
                      "authority", "s", authority != NULL ? authority : "Procedure 212-129, step 13", NULL);
}

static gboolean
log_export (VvSession *session, VvRecord *record, JsonObject *details, GError **error)
{
  g_autoptr (JsonObject) to = addressee (record, details);
  const char            *document = vv_json_string (record->body, "document");
  g_autoptr (JsonObject) detail = vv_json_new ("document", "s", document, NULL);
  g_autofree char       *object = g_strdup_printf ("request %" PRId64, session->request);

  if (!_vv_desk_has_addressee (to, error) || !vv_vault_begin (session->vault, error))
    return FALSE;
  if (_vv_desk_disseminate (session, "report", document, vv_json_string (to, "recipient"), vv_json_string (to, "authority"), error) &&
      vv_vault_audit (session->vault, session->act, object, "done", detail, /* sign= */ TRUE, error) &&
      vv_vault_commit (session->vault, error))
    return TRUE;
  vv_vault_rollback (session->vault);
  return FALSE;
}

JsonObject *
vv_desk_export_report (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  const char        *path = vv_json_string (details, "file");
  VvSession          session;
  VvRecord          *record = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char   *document = NULL;

  if (!_vv_desk_enter_request (self, "export-report", request, &session, error))
    return NULL;
  if (!_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    return _vv_desk_leave_refused (&session, error);
  record = find_form (&session, details, error);
  if (record != NULL)
    pdf = vv_vault_blob (session.vault, vv_json_string (record->body, "document"), error);
  /* On record before it leaves: a copy that nobody knows of would be worse than a row too many. */
  if (pdf == NULL || !log_export (&session, record, details, error))
    return _vv_desk_leave_refused (&session, error);
  document = g_strdup (vv_json_string (record->body, "document"));
  _vv_desk_leave (&session);
  if (path == NULL || !g_file_set_contents_full (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf),
                                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, /* error= */ NULL))
    {
      g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                   _ ("The report cannot be written to “%s”. Choose a folder that exists and is yours."), path != NULL ? path : "");
      return NULL;
    }
  return vv_json_new ("file", "s", path, "document", "s", document, "bytes", "i", (gint64) g_bytes_get_size (pdf), NULL);
}

static JsonObject *
log_entry (VvSession *session, JsonObject *row)
{
  JsonObject      *detail = vv_json_object (row, "detail");
  const char      *account = vv_json_string (row, "account");
  g_autofree char *name = _vv_desk_name_of (session, account);

  return vv_json_new ("when", "s", vv_json_string (row, "time"), "account", "s", account, "full_name", "s", name,
                      "what", "s", vv_json_string (detail, "what"),
                      "recipient", "s", vv_json_string (detail, "recipient"),
                      "authority", "s", vv_json_string (detail, "authority"),
                      "sha256", "s", vv_json_string (detail, "document"), NULL);
}

/* The dissemination log is the audit rows of that name. */
static JsonArray *
read_log (VvSession *session, GError **error)
{
  g_autofree char      *object = g_strdup_printf ("request %" PRId64, session->request);
  g_autoptr (JsonArray) all = json_array_new ();
  guint                 n = ROWS;

  for (gint64 first = 1; n == ROWS; first += n)
    {
      g_autoptr (JsonArray) rows = vv_vault_audit_rows (session->vault, first, ROWS, error);

      if (rows == NULL)
        return NULL;
      n = json_array_get_length (rows);
      for (guint i = 0; i < n; i++)
        {
          JsonObject *row = vv_json_element (rows, i);

          if (g_strcmp0 (vv_json_string (row, "act"), "dissemination") == 0 && g_strcmp0 (vv_json_string (row, "object"), object) == 0)
            json_array_add_object_element (all, log_entry (session, row));
        }
    }
  return g_steal_pointer (&all);
}

JsonObject *
vv_desk_dissemination (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  VvSession  session;
  JsonArray *entries = NULL;

  if (!_vv_desk_enter_request (self, "dissemination-log", request, &session, error))
    return NULL;
  if (_vv_desk_has_role (&session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    entries = read_log (&session, error);
  if (entries == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  return vv_json_new ("entries", "a", entries, NULL);
}
