// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "config.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "vv-json.h"
#include "vv-report-form.h"
#include "vv-report.h"

struct _VvReport
{
  VvReportFlow *flow;
  VvReportForm  form;
  char         *subject; /* FIS number and case */
  char         *author;  /* agency */
  char         *created; /* ISO 8601, whole seconds */
  GMutex        drawing; /* fonts and layouts take one thread at a time */
};

/* The formatter would put spaces into the quark's name. */
/* clang-format off */
G_DEFINE_QUARK (vv-report-error-quark, vv_report_error)
/* clang-format on */

VvReportPicture *
vv_report_picture_new (GBytes      *file,
                       VvPicture   *picture,
                       const char  *label,
                       const char  *caption,
                       const VvBox *face)
{
  VvReportPicture *self = g_new0 (VvReportPicture, 1);

  self->file = file != NULL ? g_bytes_ref (file) : NULL;
  self->picture = vv_picture_ref (picture);
  self->label = g_strdup (label);
  self->caption = g_strdup (caption);
  if (face != NULL)
    self->face = *face;
  return self;
}

void
vv_report_picture_set_eyes (VvReportPicture *self, VvPoint left, VvPoint right)
{
  self->eyes[0] = left;
  self->eyes[1] = right;
}

void
vv_report_picture_add_mark (VvReportPicture *self, const VvBox *place)
{
  if (self->marks == NULL)
    self->marks = g_array_new (FALSE, FALSE, sizeof (VvBox));
  g_array_append_val (self->marks, *place);
}

void
vv_report_picture_free (VvReportPicture *self)
{
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->file, g_bytes_unref);
  vv_picture_unref (self->picture);
  g_free (self->label);
  g_free (self->caption);
  g_free (self);
}

VvReport *
vv_report_new (const char *form, JsonObject *facts, GPtrArray *pictures, GError **error)
{
  VvReportForm     kind;
  VvReport        *self;
  const char      *issued;
  g_autofree char *day = NULL;

  g_return_val_if_fail (form != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);

  if (!vv_report_facts_check (form, facts, pictures, &kind, error))
    return NULL;
  self = g_new0 (VvReport, 1);
  g_mutex_init (&self->drawing);
  self->form = kind;
  self->flow = vv_report_flow_new ();
  self->subject = vv_report_facts_number (facts);
  self->author = g_strdup (vv_json_string (facts, "agency"));
  issued = vv_json_string (facts, "issued_at");
  day = g_strndup (issued, strlen ("2026-11-23T14:05:01"));
  self->created = g_strconcat (day, "Z", NULL);
  vv_report_form_write (self->flow, kind, facts, pictures);
  return self;
}

void
vv_report_free (VvReport *self)
{
  vv_report_flow_free (self->flow);
  g_free (self->subject);
  g_free (self->author);
  g_free (self->created);
  g_mutex_clear (&self->drawing);
  g_free (self);
}

guint
vv_report_n_pages (VvReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return vv_report_flow_pages (self->flow)->len;
}

void
vv_report_draw_page (VvReport *self, guint page, cairo_t *cr)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (page < vv_report_n_pages (self));

  g_mutex_lock (&self->drawing);
  vv_report_page_draw (g_ptr_array_index (vv_report_flow_pages (self->flow), page), cr);
  g_mutex_unlock (&self->drawing);
}

static void
set_metadata (VvReport *self, cairo_surface_t *surface)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, vv_report_form_title (self->form));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Visavis " VV_VERSION);
  /* Left to itself cairo writes the time of day: the same facts would give other bytes. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, self->created);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, self->created);
}

static void
add_outline (VvReport *self, cairo_surface_t *surface)
{
  GArray *outline = vv_report_flow_outline (self->flow);
  int     parent = CAIRO_PDF_OUTLINE_ROOT;

  for (guint i = 0; i < outline->len; i++)
    {
      const VvReportEntry *entry = &g_array_index (outline, VvReportEntry, i);
      char                 y[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char     *place = NULL;
      int                  id;

      g_ascii_formatd (y, sizeof y, "%.1f", entry->y);
      place = g_strdup_printf ("page=%u pos=[0 %s]", entry->page + 1, y);
      id = cairo_pdf_surface_add_outline (surface, parent, entry->title, place, CAIRO_PDF_OUTLINE_FLAG_OPEN);
      /* The first entry is the title of the form; the sections hang below it. */
      if (i == 0)
        parent = id;
    }
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
vv_report_to_pdf (VvReport *self, GError **error)
{
  GByteArray      *bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_t         *cr;
  cairo_status_t   status;

  g_return_val_if_fail (self != NULL, NULL);

  surface = cairo_pdf_surface_create_for_stream (append, bytes, VV_REPORT_PAGE_WIDTH, VV_REPORT_PAGE_HEIGHT);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  set_metadata (self, surface);
  add_outline (self, surface);
  cr = cairo_create (surface);
  /* One element over all pages; each page closes what it opens. */
  cairo_tag_begin (cr, "Document", NULL);
  for (guint i = 0; i < vv_report_n_pages (self); i++)
    {
      vv_report_draw_page (self, i, cr);
      cairo_show_page (cr);
    }
  cairo_tag_end (cr, "Document");
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_byte_array_unref (bytes);
      g_set_error (
        error, VV_REPORT_ERROR, VV_REPORT_ERROR_FAILED,
        _ ("The report could not be written as a PDF (%s); check that the pictures of the request open."),
        cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (bytes);
}
