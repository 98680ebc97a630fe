// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-case.h"
#include "vv-decoder.h"
#include "vv-desk.h"
#include "vv-gallery.h"
#include "vv-report.h"
#include "vv-roles.h"
#include "vv-rules.h"
#include "vv-transport.h"
#include "vv-vault.h"
#include "vv-video-reader.h"
#include "vv-vision.h"
#include "vv-worker.h"

G_BEGIN_DECLS

struct _VvDesk
{
  GObject     parent_instance;
  char       *dir;
  GRWLock     session;      /* read: an act is under way; written: signing in or out */
  GMutex      mutex;        /* the vault, and everything marked (mutex) */
  VvVault    *vault;        /* (owned) (nullable) (mutex); the pointer changes only under (session) */
  VvRoles     roles;        /* (session) */
  gboolean    intelligence; /* (session) the account may see requests of the Intelligence Bureau */
  char       *full_name;    /* (session) */
  JsonObject *about;        /* (session) of desk.json */
  VvRules    *rules;        /* (session) */
  gint64      fresh_until;  /* (mutex) monotonic time until which a fresh pass phrase counts */
  gboolean    locked;       /* (mutex) until the pass phrase is entered again */
  gint64      proven_at;    /* (mutex) _vv_desk_clock() when it last was */
  gint64      seen_at;      /* (mutex) _vv_desk_clock() when somebody last did something */
  gint64      idle_us;      /* (mutex) after so long the desk locks */
  VvSecret   *enrolling;    /* (owned) (nullable) (mutex) second factor that waits for its first code */

  GMutex      engines;         /* making the networks */
  VvVision   *vision;          /* (owned) (nullable) (engines) kept from person to person */
  VvGallery  *gallery;         /* (owned) (nullable) (mutex) gone when the desk locks and at sign-out */
  VvDecoder  *decoder;         /* (owned) */
  GHashTable *shown;           /* (mutex) candidates whose being looked at is on the audit chain, see vv-desk-looks.c; gone at sign-out */
  GHashTable *faces;           /* (mutex) SHA-256 of a picture -> GArray of VvFace; gone at sign-out */
  char       *report_document; /* (mutex) what the next is of */
  VvReport   *report;          /* (owned) (nullable) (mutex) last report that was shown */
  VvReport   *preview;         /* (owned) (nullable) (mutex) last form that was laid out before it was made */
  gint64      preview_request; /* (mutex) what that is of */

  GMutex         watching;     /* the next two; taken before (mutex), never while it is held */
  VvVideoReader *video;        /* (owned) (nullable) (watching) last video that was looked at; gone at sign-out */
  char          *video_sha256; /* (watching) of its file */

  GMutex     sending;   /* one after the other to ECMS, so that no document is sent, or acknowledged, twice */
  GMutex     jobs;      /* the next */
  GPtrArray *under_way; /* (owned) (jobs) (element-type GCancellable) of what was pushed and is not done */
  gint       leaving;   /* (atomic) people signing out: nothing new begins */

  VvWorker *acts;     /* in order */
  VvWorker *pictures; /* so that a long act does not hold up what is looked at */
  VvWorker *network;
};

/* What an act works with between _vv_desk_enter() and _vv_desk_leave(). */
typedef struct
{
  VvDesk     *desk;
  VvVault    *vault;
  VvActor     actor;
  const char *act; /* for audit rows */
  gint64      request;
  GPtrArray  *records;        /* (owned) (nullable) of the request */
  VvCase     *kase;           /* (owned) (nullable) */
  VvPicture  *derived;        /* (owned) (nullable) derived image being worked with, known like a file by the next */
  char       *derived_sha256; /* (owned) (nullable) of its pixels */
} VvSession;

/* Begins an act of the desk itself: fails when nobody is signed in. @act: name for audit rows. Takes the vault's lock;
 * _vv_desk_leave() gives it back. */
gboolean _vv_desk_enter (VvDesk     *self,
                         const char *act,
                         VvSession  *ret_session,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void     _vv_desk_leave (VvSession *session);

/* The same, also while the desk is locked or the sign-in is too old. */
gboolean _vv_desk_enter_unattended (VvDesk     *self,
                                    const char *act,
                                    VvSession  *ret_session,
                                    GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Begins an act about @request: its records and its case are there until _vv_desk_leave(), whatever others write
 * meanwhile. Fails also with VV_DESK_ERROR_NOT_FOUND. */
gboolean _vv_desk_enter_request (VvDesk     *self,
                                 const char *act,
                                 gint64      request,
                                 VvSession  *ret_session,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends an act that did not succeed: leaves an audit row saying that it was refused or failed, then leaves. @error is the
 * act's own error and stays as it is. Returns NULL, for the caller to return. */
JsonObject *_vv_desk_leave_refused (VvSession *session,
                                    GError   **error);

/* Gives the vault's lock back for long work (decoding, networks, searching) and takes it again; the session goes on. */
void _vv_desk_unlock (VvSession *session);
void _vv_desk_lock (VvSession *session);

/* --- vv-desk-sign-in.c, vv-desk-people.c: who is at the desk -------------------------------------------------------- */

/* Checks and writes what a sign-in is: second factor (@code nullable), 90 days, failed attempts copied, audit row. */
gboolean _vv_desk_welcome (VvVault    *vault,
                           JsonObject *about,
                           JsonObject *facts,
                           const char *code,
                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Somebody proved who they are: the clocks begin. */
void _vv_desk_arrive (VvDesk *self);

/* Whether that person may be taken to be there still; VV_DESK_ERROR_LOCKED or _EXPIRED. Under (mutex). */
gboolean _vv_desk_is_attended (VvDesk     *self,
                               const char *act,
                               GError    **error);

/* Signs @account out when too many wrong pass phrases have locked it. */
gboolean _vv_desk_end_if_locked (VvDesk     *self,
                                 const char *account);

gboolean _vv_desk_is_last_administrator (VvVault    *vault,
                                         const char *account);

/* Microseconds since the machine was started. */
gint64 _vv_desk_clock (void);

/* The rules of the procedure and the banned list. */
gboolean _vv_desk_check_passphrase (VvSecret   *passphrase,
                                    const char *account,
                                    GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the photo repository was imported lately enough to be searched at @now_us (since 1970); VV_DESK_ERROR_STALE. */
gboolean _vv_desk_check_fresh (VvSession *session,
                               gint64     now_us,
                               GError   **error);

/* An audit row in a transaction of its own, for an act that writes nothing else. */
gboolean _vv_desk_note (VvSession  *session,
                        const char *object,
                        JsonObject *detail,
                        gboolean    sign,
                        GError    **error);

/* Called inside the transaction, after the record was appended. */
typedef gboolean (*VvDeskExtra) (VvSession *session,
                                 VvRecord  *record,
                                 gpointer   data,
                                 GError   **error);

/* The one way a record of work is written: gate, body, then record, @extra (nullable) and audit row in one transaction.
 * Leaves the session. Returns the record as JSON, or NULL. */
JsonObject *_vv_desk_write (VvSession  *session,
                            VvAct       act,
                            const char *kind,
                            JsonObject *body,
                            VvDeskExtra extra,
                            gpointer    data,
                            GError    **error);

/* Appends @kind with its audit row in one transaction, without a gate; the session stays. For records that are no step of a
 * request. Returns: (transfer full). */
VvRecord *_vv_desk_append (VvSession  *session,
                           const char *kind,
                           JsonObject *body,
                           VvDeskExtra extra,
                           gpointer    data,
                           GError    **error);

/* The same inside a transaction that is open; @session->request 0 for a new request. */
VvRecord *_vv_desk_append_within (VvSession  *session,
                                  const char *kind,
                                  JsonObject *body,
                                  VvDeskExtra extra,
                                  gpointer    data,
                                  GError    **error);

/* Whether a request may be taken in: its body, who may see it, the earlier one that it names. */
gboolean _vv_desk_check_new (VvSession  *session,
                             JsonObject *details,
                             GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* A probe is obtained by the assigned investigator from others; the section looks for none itself. */
gboolean _vv_desk_check_obtained (VvSession  *session,
                                  JsonObject *details,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the actor has one of @roles; else FALSE with a VV_PROCEDURE_ERROR_ROLE. */
gboolean _vv_desk_has_role (VvSession *session,
                            VvRoles    roles,
                            GError   **error);

/* A photograph of the repository outside any request, for administrators; logged. (transfer full) */
VvPicture *_vv_desk_look_at_photograph (VvDesk       *self,
                                        gint64        photograph,
                                        GCancellable *cancellable,
                                        GError      **error);

/* The networks; made at first use. Belong to the desk. */
VvVision *_vv_desk_vision (VvDesk  *self,
                           GError **error);

/* The templates; loaded at first use, and wiped when the desk locks and nobody searches any more. (transfer full) */
VvGallery *_vv_desk_gallery (VvSession    *session,
                             GCancellable *cancellable,
                             GError      **error);

/* Packs loose templates while there are enough for a pack, so that they are loaded faster the next time. Gives the vault's lock
 * back between packs. The networks must be there. */
gboolean _vv_desk_pack_templates (VvSession    *session,
                                  GCancellable *cancellable,
                                  GError      **error);

/* Locks, under (mutex): every act is refused and what may be is wiped from memory. */
void _vv_desk_set_locked (VvDesk *self);

/* Record @id of this request if it is of @kind; else NULL with VV_DESK_ERROR_NOT_FOUND. Belongs to the session. */
VvRecord *_vv_desk_record (VvSession  *session,
                           gint64      id,
                           const char *kind,
                           GError    **error);

/* Row of the current pool, or NULL with VV_DESK_ERROR_NOT_FOUND. Belongs to the session. */
JsonObject *_vv_desk_pool_row (VvSession  *session,
                               const char *candidate,
                               GError    **error);

/* Decodes a stored file; gives the lock back meanwhile. @sha256: of a blob (@photograph 0) or NULL. */
VvPicture *_vv_desk_decode_media (VvSession    *session,
                                  const char   *sha256,
                                  GBytes      **ret_file,
                                  GCancellable *cancellable,
                                  GError      **error);
VvPicture *_vv_desk_decode_photograph (VvSession    *session,
                                       gint64        photograph,
                                       GBytes      **ret_file,
                                       GCancellable *cancellable,
                                       GError      **error);

/* One frame of a video: {"video","frame","side"} as vv_desk_picture(). vv-desk-video.c. */
VvPicture *_vv_desk_decode_frame (VvSession    *session,
                                  JsonObject   *what,
                                  GCancellable *cancellable,
                                  GError      **error);

/* Closes the video that was looked at last. Under (watching), or while nothing is under way. */
void _vv_desk_forget_video (VvDesk *self);

/* Faces the detector finds in a stored image, remembered for the session. (transfer full) */
GArray *_vv_desk_faces (VvSession    *session,
                        const char   *sha256,
                        GCancellable *cancellable,
                        GError      **error);

/* The face that @details choose in an image, by "face" (number) or "box". */
gboolean _vv_desk_choose_face (VvSession    *session,
                               const char   *sha256,
                               JsonObject   *details,
                               VvFace       *ret_face,
                               GCancellable *cancellable,
                               GError      **error);

/* {x, y, width, height} that was drawn by hand. */
VvBox _vv_desk_box_of (JsonObject *box);

/* --- A pool is of photographs or of images outside the repository: vv-desk-search.c, vv-desk-outside.c ------------- */

/* Body of a search record: everything needed to repeat the run. @hits: @n ids of photographs, or with an
 * @approval (record id, else 0) of records of images. (transfer full) */
JsonObject *_vv_desk_search_body (VvSession          *session,
                                  VvRecord           *probe,
                                  const float        *numbers,
                                  const VvGalleryHit *hits,
                                  gsize               n,
                                  gint64              gallery_size,
                                  const char         *manifest,
                                  gint64              approval,
                                  GError            **error);

/* What may be seen of a search record by who made it: not the order. Returns @record (nullable). */
JsonObject *_vv_desk_without_pool (JsonObject *record);

/* Searches @images (records of images outside the repository) and nothing else. @ret_hits: room for @k. @ret_manifest:
 * hash of what was searched. Gives the lock back meanwhile. */
gboolean _vv_desk_search_images (VvSession    *session,
                                 GPtrArray    *images,
                                 const float  *numbers,
                                 gsize         k,
                                 VvGalleryHit *ret_hits,
                                 gsize        *ret_n,
                                 char        **ret_manifest,
                                 GCancellable *cancellable,
                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- vv-desk-looks.c ----------------------------------------------------------------------------------------------------- */

/* An audit row @act for looking at @candidate, of the pool's row @row. */
gboolean _vv_desk_note_look (VvSession  *session,
                             const char *act,
                             const char *candidate,
                             JsonObject *row,
                             GError    **error);

/* The same before a picture of @candidate is given out, unless a look at it is there already since the sign-in. */
gboolean _vv_desk_note_picture (VvSession  *session,
                                const char *candidate,
                                JsonObject *row,
                                GError    **error);

/* That @candidate is on the audit chain. */
void _vv_desk_is_shown (VvSession  *session,
                        const char *candidate);

/* What is on record of the candidate of a pool's row: person, class, origin, reference, taken, sha256, face.
 * (transfer full) */
JsonObject *_vv_desk_candidate (VvSession  *session,
                                JsonObject *row,
                                GError    **error);
VvPicture  *_vv_desk_decode_candidate (VvSession    *session,
                                       JsonObject   *row,
                                       GCancellable *cancellable,
                                       GError      **error);
gint64      _vv_desk_candidate_id (JsonObject *row);

/* Quality measures of @face in a stored image, by the limits of the rules file. (transfer full) */
JsonArray *_vv_desk_measure_quality (VvSession    *session,
                                     const char   *sha256,
                                     const VvFace *face,
                                     GCancellable *cancellable,
                                     GError      **error);

/* --- vv-desk-derived.c: derived images ------------------------------------------------------------------------------ */

/* Makes the derived image of a stored image by @steps. While the session lasts, or until the next one is made, functions that
 * take the hash of a stored image also take session->derived_sha256. Gives the lock back meanwhile. */
gboolean _vv_desk_derive (VvSession    *session,
                          const char   *sha256,
                          JsonArray    *steps,
                          GCancellable *cancellable,
                          GError      **error);
void     _vv_desk_forget_derived (VvSession *session);

/* Name of the image that @details mean: @media itself, or its derived image by "adjustments". NULL with an error. Belongs to
 * the session. */
const char *_vv_desk_image (VvSession    *session,
                            VvRecord     *media,
                            JsonObject   *details,
                            GCancellable *cancellable,
                            GError      **error);

/* What a record keeps of the session's derived image, and a lossless copy in @ret_png. (transfer full) */
JsonObject *_vv_desk_describe_derived (VvSession *session,
                                       JsonArray *adjustments,
                                       GBytes   **ret_png,
                                       GError   **error);

/* Moves a face of that derived image to the image of @media. */
gboolean _vv_desk_move_back (VvRecord   *media,
                             JsonObject *derived,
                             VvFace     *face,
                             GError    **error);

/* The image that a probe's record is about, made again where it is derived, and its face in it. */
gboolean _vv_desk_derive_probe (VvSession    *session,
                                VvRecord     *probe,
                                VvFace       *ret_face,
                                const char  **ret_sha256,
                                GCancellable *cancellable,
                                GError      **error);

/* Replaces the lists in "adjustments" of a comparison by what is kept of them. *@ret_png: a copy of the adjusted probe,
 * or NULL. */
gboolean _vv_desk_keep_views (VvSession    *session,
                              const char   *candidate,
                              JsonObject   *comparison,
                              GBytes      **ret_png,
                              GCancellable *cancellable,
                              GError      **error);

/* Full name of an account, or the account itself. (transfer full) */
char *_vv_desk_name_of (VvSession  *session,
                        const char *account);

/* Queues a document for the request's ECMS folder, inside a transaction. */
gboolean _vv_desk_queue (VvSession  *session,
                         GBytes     *document,
                         const char *name,
                         const char *media_type,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for another folder. */
gboolean _vv_desk_queue_in (VvSession  *session,
                            const char *folder,
                            GBytes     *document,
                            const char *name,
                            const char *media_type,
                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The way to ECMS, with its settings (nullable) (transfer full); VV_ECMS_ERROR_SETTINGS when there is none. (transfer full) */
VvTransport *_vv_desk_transport (VvSession   *session,
                                 JsonObject **ret_settings,
                                 GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for a note, as canonical JSON. */
gboolean _vv_desk_queue_note (VvSession  *session,
                              JsonObject *note,
                              const char *name,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* A VvDeskExtra of the number: the form of a request that did not come through ECMS (FIS Request DD5, FIS Outside Agency Form),
 * kept and queued. */
gboolean _vv_desk_queue_request_form (VvSession *session,
                                      VvRecord  *number,
                                      gpointer   data,
                                      GError   **error);

/* Writes the entry of the dissemination log for something that leaves the section, inside a transaction. @document: its
 * hash. */
gboolean _vv_desk_disseminate (VvSession  *session,
                               const char *what,
                               const char *document,
                               const char *recipient,
                               const char *authority,
                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* A file that is taken in: at most 256 MB. Needs no lock. (transfer full) */
GBytes *_vv_desk_read_file (const char *path,
                            GError    **error);

/* What was stated about an image of a file, "file" in @details, with what the file itself says. @facts: of vv_decoder_decode().
 * (transfer full) */
JsonObject *_vv_desk_image_body (JsonObject *details,
                                 JsonObject *facts,
                                 GBytes     *file);

/* What was stated about an exhibit, with what the file itself says. (transfer full) */
JsonObject *_vv_desk_exhibit_body (JsonObject *details,
                                   GBytes     *file);

/* A VvDeskExtra that keeps the GBytes @file. */
gboolean _vv_desk_put_file (VvSession *session,
                            VvRecord  *record,
                            gpointer   file,
                            GError   **error);

/* The template of a probe's record; gives the lock back meanwhile. *@ret_pixels (nullable): hash of the pixels of the derived
 * image as made now. (transfer full) */
float *_vv_desk_template_of (VvSession    *session,
                             VvRecord     *probe,
                             char        **ret_pixels,
                             GCancellable *cancellable,
                             GError      **error);

/* The same of the probe that is to be searched: refuses when its derived image can no longer be made alike. (transfer full) */
float *_vv_desk_probe_template (VvSession    *session,
                                VvRecord     *probe,
                                GCancellable *cancellable,
                                GError      **error);

/* Manifest of the newest import: what the photo repository holds. (transfer full) */
char *_vv_desk_newest_manifest (VvSession *session,
                                VvGallery *gallery,
                                GError   **error);

/* Adds what vv_desk_show_request() says of rounds, papers, channels and several candidates. */
void _vv_desk_show_papers (VvSession  *session,
                           JsonObject *shown);

/* Adds photographs to the repository: rows of {file, person, class, origin, reference, taken, sha256}, files relative to
 * @folder. As vv_desk_import_repository(). */
JsonObject *_vv_desk_import_rows (VvDesk       *self,
                                  const char   *folder,
                                  const char   *manifest_name,
                                  const char   *manifest_sha256,
                                  JsonArray    *rows,
                                  GCancellable *cancellable,
                                  GError      **error);

/* What every form of a request says: number, requester, use, policy, people, keys, audit head. @candidate: (nullable) whom it
 * is about. (transfer full) */
JsonObject *_vv_desk_case_facts (VvSession  *session,
                                 const char *recipient,
                                 const char *candidate,
                                 GError    **error);

/* A page of a form: "page", of "record" (default: the newest report) or, with "preview", of the last preview. (transfer full) */
VvPicture *_vv_desk_draw_page (VvSession    *session,
                               JsonObject   *what,
                               GCancellable *cancellable,
                               GError      **error);

/* Lays out the report of a report record. (transfer full) */
VvReport *_vv_desk_lay_out (VvSession    *session,
                            const char   *form,
                            JsonObject   *facts,
                            GCancellable *cancellable,
                            GError      **error);

G_END_DECLS
