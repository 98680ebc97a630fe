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
  GArray    *marks;   /* of VvBox: places pointed at, numbered from 1 on the picture */
} VvReportPicture;

/* One report, laid out: pages can be drawn on any cairo surface (the preview in the window) and the PDF
 * made from the very same drawing. Immutable once made. */
typedef struct _VvReport VvReport;

/* Lays out a form. @form: "possible-match", "no-match", "request-dd5", "image-rejection", "outside-agency", "case-records" or
 * "yearly-figures". @facts, all as text unless said otherwise; * must be there and not empty.
 *
 * Of every form:
 *   "agency"* "station" "issued_at"* (vv-time.h) "audit_head"* "training" (boolean: the band on every page)
 *   "policy" (object: "procedure"* "version"* "effective" "rules_hash"*) "notice_version" (text or whole number)
 *   "people" (array of {"role" "name" "account" "when" "act"})
 *   "keys" (array of {"account"* "name" "fingerprint"*}: signing keys by which a records bundle is checked)
 *
 * Of a request, printed by all forms but "request-dd5", "outside-agency" and "yearly-figures":
 *   "fis_number"* "case_number" "complaint_number" (one of the two*) "requester"* "recipient" "use" (sentence)
 *   "reason" "summary" "subject_role" "round" (text or whole number: of the images)
 *   "outside_approval" (object: "approver" "name" "date" "reason" "scope": the case was opened to comparison outside the photo
 *   repository)
 *
 * "possible-match" and "no-match" (+ only on the first):
 *   "recipient"* "use"* "reason"* "people"* "notices"* (array of text, printed as they are, framed, on page 1)
 *   "search" (object: "when"+ "gallery_size" "pool_length" (text or whole number) "recogniser"+ "detector"
 *   "manifest" "outside" (boolean: of images outside the photo repository))
 *   "findings" (object: "similarities"+ "differences"+ arrays of text, "unexplained" array of text, "blocks" array of {"title" "answer"
 *   "note"}, "marked" array of {"title"* "answer" "text"* "probe" "candidate" (marks, vv-json-mark.h, in pixels of the pictures)
 *   "unseen" ("probe" or "candidate": which does not show it)}, numbered from 1 in their order, "conclusion"+)
 *   "background" (object: "sources"+ array of {"source" "finding"}, "fit" "reliability")
 *   "candidate" (object: "person" "reference"+ "class"+ "taken")  -- possible-match only
 *   "cause"* (sentence)  -- no-match only
 *   @pictures: the probe first*, on a possible-match the candidate second+, then any further ones (such as the derived
 *   image that was searched), printed under a heading of their own.
 *
 * "request-dd5":
 *   "fis_number" (where it has none yet, each page says so) "case_number" "complaint_number" (one of the two*)
 *   "investigator" (object: "name"* "command"* "shield" "contact") "channel"* (how it came: "By telephone")
 *   "received_at" "generated_by" (who made the form, when FIS did) "subject_role"* "use"* "reason"* "summary"
 *   "use_details" (array of {"title" "value"}: what the use asks for beside its basis) "identity_unknown"* (boolean, true)
 *   "media" (array of {"name"* "sha256"* "kind" "size" "source"* "source_detail" "obtained_by"* "obtained_at"*
 *   "site_link" "captured_at" "player"})
 *   @pictures: copies of the images, where wanted.
 *
 * "outside-agency":
 *   "fis_number" as above, "outside" (object: "agency"* "command" "address" "member"* "title" "shield" "telephone" "email"
 *   "contact" (one of the three*) "case_number" "complaint_number" (one of the two*)) "method"* (how it came, and the report goes
 *   back) "received_by"* "received_at"* "referred_by" "complaint_copy" (object: "name"* "sha256"* "pages")
 *   "subject_role"* "use"* "reason"* "use_details" "identity_unknown" "summary" "media" and @pictures as above.
 *
 * "image-rejection":
 *   "recipient"* "people"* "images"* (array of {"name"* "sha256"* "reasons"* (array of sentences) "remark" "measures"
 *   (array of {"title"* "value"* (with its unit) "assessment" ("Good", "At the limits", "Unusable") "ask"}) "ask"* (array of
 *   sentences: what would help)})
 *   @pictures*: one for each of the images, in their order; its marks are what the sentences may call "mark 1".
 *
 * "case-records":
 *   "use"* "reason"* "outcome"* (sentence) "results"* (array of sentences) "details" (array of {"title" "value"})
 *   "searches" (array of {"when" "operator" "gallery_size" "pool_length" "recogniser" "probe" "manifest" "outside"})
 *   "people"* "notices"* "records"* (array of {"id"* "kind"* "author"* "when"* "hash"*}) "documents" (array of {"name"*
 *   "sha256"* "state" or "acknowledged_at" with "location"}) "keys"*
 *   @pictures: none.
 *
 * "yearly-figures" (R-111; NYC Local Law 55 of 2025):
 *   "year"* (text or whole number) "from"* "to"* (dates) "made_by"* "sections"* (array of {"title"* "note" "rows" (array of
 *   {"item"* "count"* (text or whole number)})})
 *   @pictures: none.
 *
 * Times are printed in UTC. A policy effective, a photograph taken and an image obtained may be dates.
 * @pictures (element-type VvReportPicture) (nullable): borrowed during the call only; files are kept by reference, pixels
 * copied. Fails with VV_REPORT_ERROR_INCOMPLETE naming the field ("findings/differences"). Any thread.
 * Returns: (transfer full). */
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
/* Points at a place in the picture, in its pixels: a thin frame with the next number, from 1. */
void vv_report_picture_add_mark (VvReportPicture *self,
                                 const VvBox     *place);
void vv_report_picture_free (VvReportPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvReport, vv_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvReportPicture, vv_report_picture_free)

G_END_DECLS
