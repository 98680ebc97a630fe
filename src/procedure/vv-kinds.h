// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/* Kinds of records and what is in their bodies (* = must be there). All are JSON; texts unless said
 * otherwise. "examiner" is the FIS investigator whom the supervisor assigned. A candidate is named by the
 * letters it has in its pool ("A", "B", ... "Z", "AA").
 *
 * request           *channel ("ecms" "phone" "email" "outside-agency" "intelligence"), case_number or complaint_number
 *                   (one *), *requester (object: *name *command, shield, contact), *subject_role ("suspect" "victim"
 *                   "witness"), *summary, *use (object: *code "a".."f", *basis, and what vv-use.h asks for),
 *                   *identity_unknown (boolean, true), ecms_folder, parent_fis_number (of an earlier request about the
 *                   same person, R-107); fetched from ECMS: dd5 (number of its FIS Request DD5 there), ecms_package (folder it
 *                   lay in), package_sha256 (of its request.json); then ecms_package is also in its media and exhibits. An "intelligence" request is seen only by accounts with that clearance
 * media             *sha256 *name *format *width *height (integers), *shows ("photograph"; what is told to be a "sketch" "composite"
 *                   "artificial" "look-alike" or "edited" is refused, R-022), *source (vv_media_sources), *source_detail,
 *                   *obtained_by *obtained_at, site_link and captured_at (a day; both * for the source "internet"); for a frame of a video also video (record id
 *                   of its exhibit) with frame (integer, from 0) or time_code; of a frame that was taken here both, with
 *                   video_sha256 and, when pixels are not square, pixel_aspect (number)
 * exhibit           *class ("video" "player-package" "complaint-report" "agency-form" "approval-document" "other"), *sha256
 *                   *name *bytes (integer) *description: a file as it came, hashed, never run; of a video frames may be looked at. A video also has
 *                   player (record id of its player package) or no_player (text: why there is none), and *source
 *                   *source_detail *obtained_by *obtained_at, site_link, captured_at as media
 * agency-form       the FIS Outside Agency Form: *agency *officer *contact *complaint_number (of the other agency),
 *                   *method ("email" "mail" "fax" "in-person" "portal" "phone": how the request came and how the report
 *                   goes back), address
 * handschu          *applies ("yes" "no"), *reason, authority (* when they apply)
 * number            *fis_number
 * dd5               the FIS Request DD5 that FIS generated for a request by phone or e-mail: *document (SHA-256 of the PDF),
 *                   *generated_by (account that took the request), form, facts (as of a report)
 * agency-form-laid  the FIS Outside Agency Form as it was laid out when the request was numbered: as dd5
 * assignment        *examiner (account), reason (* once the examiner before has begun)
 * use-confirmation  *decision ("confirmed" "declined"), *code, *reason
 * rejection         *scope ("image" "request"), *media (array of record ids; of a request: all that were there), *reasons
 *                   (array of codes of vv-rejection.h), *text, *ask (what would help), round (integer), measures (array of
 *                   {media, name, value, verdict ("good" "limits" "unusable")} as they were shown), marks (array of {media, x, y,
 *                   width, height}: places pointed at, in pixels of the image), form, document (SHA-256 of
 *                   the FIS Image Rejection Report), facts (as of a report)
 * probe             *media (record id), *sha256, *face (object, see vv-json-face.h), quality (array, see vv-quality.h); where
 *                   an adjusted image was chosen also derived (object: *adjustments (array, see vv-adjust.h), *description (in
 *                   words), *sha256 (of the kept copy, a PNG), *pixels_sha256, width, height, *face (in its pixels; the one
 *                   above is in those of the image as it came)): then quality and search are about the derived image
 * probe-analysis    *probe (record id), *components (object: name -> {visibility, note}, vv-components.h), *summary: what the
 *                   probe shows, written down and locked before there is a pool
 * search            *probe, analysis (record ids), *probe_sha256, derived_pixels_sha256 (what was searched, where it is
 *                   derived), *template_sha256 *recogniser *detector, *pool_length *gallery_size
 *                   (integers), *manifest, *seed (text), *pool (array of {candidate, photograph (id), sha256,
 *                   rank (integer from 1), score (number)} in the order of the letters). Outside the photo repository: also
 *                   *approval (record id), and in the pool outside (record id of its image) in place of photograph
 * disposition       *search (record id), *candidates (array of letters), *disposition ("looked" "excluded" "keep"),
 *                   *reason, component (* of "excluded": name, vv-components.h: what excludes them)
 * early-view        *search (record id), *candidate, *reason: score, rank, name and record of the candidate were shown to the
 *                   examiner before the comparison was locked
 * comparison        *search (record id), *candidate, *blocks (object: name -> {answer, note}, vv-blocks.h), *similarities
 *                   *differences (arrays of texts), *conclusion (vv-blocks.h), adjustments (object: probe and candidate, how
 *                   each was looked at: adjustments, description, pixels_sha256, width, height, of the probe also sha256
 *                   of a kept copy; no copy of a photograph, for sealing must reach every one), points (object: probe and
 *                   candidate, points that were placed by hand beside the automatic ones, vv-points.h), characteristics (object:
 *                   name -> {answer, note, probe, candidate (visibility in each picture), explanation (* of a difference),
 *                   stability}, vv-characteristics.h), findings (array of pairs of marks, vv-finding.h). One that changes an earlier one of the same person and candidate:
 *                   *replaces (its record id), *why; both stay
 * background        *candidate, *sources (array of {source, finding}), *fit, *reliability ("reliable" "doubtful"
 *                   "not-reliable"), *reasons
 * proposal          *candidate: the examiner proposes it and submits it for peer review
 * none              *statement: the examiner found no candidate in the pool
 * peer-review       *candidate, *comparison (object: blocks, similarities, differences, conclusion), *agrees (boolean),
 *                   *reasons
 * sign-off          *decision ("approved" "not-agreed" "none-confirmed"), *reasons, candidate and comparison (as in
 *                   peer-review; both * for "approved")
 * direction         *report ("possible-match" "no-match"), *recipient
 * report            *form, *document (SHA-256 of the PDF), *recipient, *facts (object: what the report was made from),
 *                   candidate (form "possible-match": one report for each approved candidate)
 * channel-change    *method (as in agency-form), *reason: the supervisor lets the report go back another way
 * hand-over         *method, *recipient, note: the report went to the outside agency
 * outside-approval  approval to compare outside the photo repository: *approver ("chief-of-detectives"
 *                   "deputy-commissioner-intelligence"), *approver_name, *reason, *date, *scope, *document (record id of an
 *                   exhibit "approval-document"), document_sha256
 * outside-image     an image outside the photo repository that may be compared under that approval, for this case alone: *sha256
 *                   *name *format *width *height (integers), *source_detail (where it is from) *reference *obtained_by
 *                   *obtained_at, person (as its source names it), *face (object), *approval (record id)
 * closure           *cause ("withdrawn" "abandoned" "duplicate" "completed"), *reason
 * receipt           *document (SHA-256), *record (id of what the document says), *acknowledged_at, *location
 * bundle            *fis_number *manifest (SHA-256 of MANIFEST.sha256) *case_records (SHA-256 of the PDF) *audit_head *records
 *                   *files (integers): the records as they were, packed for ECMS
 * disclosure        the same, with *recipient *authority: packed for somebody outside the section
 * repository-import of the desk itself: *manifest_sha256 *manifest_name *added *present *refused (integers), exceptions
 *                   (array of {file, reason}), *recogniser; of transactions also marks (integer); the manifest is then their names and sums
 * repository-seal   of the desk itself: *manifest_sha256 *manifest_name *rows *removed *absent (integers), *photographs
 *                   (array of ids): sealed or expunged, gone with their templates
 * oversight-review  of the desk itself: *from *to (dates), *notes, *summary_hash (of what was looked at), *audit_head
 */
#define VV_KIND_REQUEST          "request"
#define VV_KIND_MEDIA            "media"
#define VV_KIND_EXHIBIT          "exhibit"
#define VV_KIND_AGENCY_FORM      "agency-form"
#define VV_KIND_HANDSCHU         "handschu"
#define VV_KIND_NUMBER           "number"
#define VV_KIND_DD5              "dd5"
#define VV_KIND_AGENCY_FORM_LAID "agency-form-laid"
#define VV_KIND_ASSIGNMENT       "assignment"
#define VV_KIND_USE_CONFIRMATION "use-confirmation"
#define VV_KIND_REJECTION        "rejection"
#define VV_KIND_PROBE            "probe"
#define VV_KIND_PROBE_ANALYSIS   "probe-analysis"
#define VV_KIND_SEARCH           "search"
#define VV_KIND_DISPOSITION      "disposition"
#define VV_KIND_EARLY_VIEW       "early-view"
#define VV_KIND_COMPARISON       "comparison"
#define VV_KIND_BACKGROUND       "background"
#define VV_KIND_PROPOSAL         "proposal"
#define VV_KIND_NONE             "none"
#define VV_KIND_PEER_REVIEW      "peer-review"
#define VV_KIND_SIGN_OFF         "sign-off"
#define VV_KIND_DIRECTION        "direction"
#define VV_KIND_REPORT           "report"
#define VV_KIND_CHANNEL_CHANGE   "channel-change"
#define VV_KIND_HAND_OVER        "hand-over"
#define VV_KIND_OUTSIDE_APPROVAL "outside-approval"
#define VV_KIND_OUTSIDE_IMAGE    "outside-image"
#define VV_KIND_CLOSURE          "closure"
#define VV_KIND_RECEIPT          "receipt"
#define VV_KIND_BUNDLE           "bundle"
#define VV_KIND_DISCLOSURE       "disclosure"
#define VV_KIND_IMPORT           "repository-import"
#define VV_KIND_SEAL             "repository-seal"
#define VV_KIND_OVERSIGHT_REVIEW "oversight-review"
