// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cairo.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

typedef enum
{
  VV_REPORT_ERROR_INCOMPLETE, /* a required field or picture is missing */
  VV_REPORT_ERROR_FAILED,     /* the document could not be written */
} VvReportError;

#define VV_REPORT_ERROR (vv_report_error_quark ())
GQuark vv_report_error_quark (void);

/* A picture on a report. */
typedef struct
{
  GBytes    *file;    /* as it came; embedded byte for byte when it is an upright JPEG; nullable */
  VvPicture *picture; /* its pixels, upright */
  char      *label;   /* "Probe image", ... */
  char      *caption; /* file, hash, source; one or two sentences */
  VvBox      face;    /* the face that was compared; width 0 for none */
  VvPoint    eyes[2]; /* centres of its left and right eye; the same point twice when not known */
} VvReportPicture;

/* One report, laid out: pages can be drawn on any cairo surface (the preview in the window) and the PDF
 * made from the very same drawing. Immutable once made. */
typedef struct _VvReport VvReport;

/* Lays out a form. @form: "possible-match" or "no-match". @facts, all as text unless said otherwise; * must be
 * there and not empty, + must be there on a possible-match:
 *   "fis_number"* "case_number" "complaint_number" (one of the two*) "agency"* "station" "requester"*
 *   "recipient"* "use"* (sentence) "reason"* "summary" "subject_role" "issued_at"* (vv-time.h)
 *   "policy" (object: "procedure"* "version"* "effective" "rules_hash"*) "notices"* (array of text, printed
 *   as they are, framed, on page 1) "notice_version" (text or whole number) "audit_head"*
 *   "training" (boolean: the band on every page)
 *   "people"* (array of {"role" "name" "account" "when" "act"})
 *   "search" (object: "when"+ "gallery_size" "pool_length" (text or whole number) "recogniser"+ "detector"
 *   "manifest")
 *   "findings" (object: "similarities"+ "differences"+ arrays of text, "blocks" array of {"title" "answer"
 *   "note"}, "conclusion"+)
 *   "background" (object: "sources"+ array of {"source" "finding"}, "fit" "reliability")
 *   "candidate" (object: "person" "reference"+ "class"+ "taken")  -- possible-match only
 *   "cause"* (sentence)  -- no-match only.
 * Times are printed in UTC. A policy effective and a photograph taken may be dates.
 * @pictures: (element-type VvReportPicture): the probe first, on a possible-match the candidate second, then
 * any further ones (such as the derived image that was searched), printed under a heading of their own.
 * Borrowed during the call only; files are kept by reference, pixels copied. Fails with
 * VV_REPORT_ERROR_INCOMPLETE naming the field ("findings/differences"). Any thread. Returns: (transfer full). */
VvReport *vv_report_new (const char *form,
                         JsonObject *facts,
                         GPtrArray  *pictures,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void      vv_report_free (VvReport *self);

guint vv_report_n_pages (VvReport *self);

/* Page size in points (1/72 inch): US Letter. */
#define VV_REPORT_PAGE_WIDTH  612.0
#define VV_REPORT_PAGE_HEIGHT 792.0

/* Draws page @page (from 0) at 1 unit = 1 point. Any thread. */
void vv_report_draw_page (VvReport *self,
                          guint     page,
                          cairo_t  *cr);

/* The PDF: tagged, fonts embedded; the same facts give the same bytes. VV_REPORT_ERROR_FAILED when cairo
 * cannot write it. Any thread. Returns: (transfer full). */
GBytes *vv_report_to_pdf (VvReport *self,
                          GError  **error) G_GNUC_WARN_UNUSED_RESULT;

VvReportPicture *vv_report_picture_new (GBytes      *file,
                                        VvPicture   *picture,
                                        const char  *label,
                                        const char  *caption,
                                        const VvBox *face);

/* The eye centres of the compared face, left and right as seen in the picture. When all pictures have
 * them the faces are printed at the same distance between the eyes, otherwise at the same box width. */
void vv_report_picture_set_eyes (VvReportPicture *self,
                                 VvPoint          left,
                                 VvPoint          right);
void vv_report_picture_free (VvReportPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvReport, vv_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvReportPicture, vv_report_picture_free)

G_END_DECLS
