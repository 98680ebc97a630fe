// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vv-picture.h"
#include "vv-progress.h"
#include "vv-secret.h"

G_BEGIN_DECLS

/* Everything a person can do, one function per act. An act asks the procedure whether it may be done, does it,
 * and writes its records and its audit row in one transaction; an act that is refused or fails leaves an audit
 * row and nothing else. Windows and command line can do nothing that is not here.
 *
 * Every act and every question has the same shape, VvDeskAct: @request is the request's number in the desk
 * (0 where there is none), @details a JSON object as documented per act (nullable where nothing is asked), and
 * the answer is a JSON object (transfer full), or NULL with an error of whichever room refused. They block, and
 * may be called from any thread: the desk takes them one at a time, but pictures, faces and searches
 * are worked on outside that lock. Windows call them through vv_desk_act_async(). */
#define VV_TYPE_DESK (vv_desk_get_type ())
G_DECLARE_FINAL_TYPE (VvDesk, vv_desk, VV, DESK, GObject)

typedef enum
{
  VV_DESK_ERROR_SIGNED_OUT,  /* nobody is signed in */
  VV_DESK_ERROR_NOT_FOUND,   /* no such request, record, candidate or account */
  VV_DESK_ERROR_INPUT,       /* a file or a value given to the act cannot be used */
  VV_DESK_ERROR_BLIND,       /* may not be seen yet: the own comparison comes first */
  VV_DESK_ERROR_FRESH,       /* needs the pass phrase once more (vv_desk_confirm_passphrase()) */
  VV_DESK_ERROR_EMPTY,       /* the photo repository has no templates of this recogniser */
  VV_DESK_ERROR_CODE_NEEDED, /* signing in needs the code of the second factor: vv_desk_sign_in_with_code() */
  VV_DESK_ERROR_DISABLED,    /* not used for 90 days: disabled until an administrator enables it */
  VV_DESK_ERROR_LOCKED,      /* nobody was seen for a while, or vv_desk_lock(): vv_desk_unlock() first */
  VV_DESK_ERROR_EXPIRED,     /* signed in more than 12 hours ago: vv_desk_unlock() first */
  VV_DESK_ERROR_STALE,       /* the photo repository was not brought up to date for too long */
  VV_DESK_ERROR_DERIVED,     /* a derived image cannot be made again as it is on record */
} VvDeskError;

#define VV_DESK_ERROR (vv_desk_error_quark ())
GQuark vv_desk_error_quark (void);

/* What an error from any room means for the person: windows and command line see only desk/ and procedure/ and need no
 * more than this to say what to do next. */
typedef enum
{
  VV_DESK_KIND_OTHER,
  VV_DESK_KIND_REFUSED, /* the procedure, or a comparison that comes first */
  VV_DESK_KIND_SIGN_IN, /* wrong account or pass phrase, signed out */
  VV_DESK_KIND_INPUT,   /* a file or value cannot be used, or there is no such thing */
  VV_DESK_KIND_DAMAGED, /* the desk is not what it was */
  VV_DESK_KIND_BUSY,    /* open in another program, no room on the disk: try again after mending it */
  VV_DESK_KIND_ECMS,    /* ECMS did not take a document */
} VvDeskKind;

/* Any thread. */
VvDeskKind vv_desk_error_kind (const GError *error);

typedef JsonObject *(*VvDeskAct) (VvDesk       *self,
                                  gint64        request,
                                  JsonObject   *details,
                                  GCancellable *cancellable,
                                  GError      **error);

/* Declares a function of the type above; the comment before it says what goes in -> what comes out. */
#define VV_DESK_ACT(name)                      \
  JsonObject *name (VvDesk       *self,        \
                    gint64        request,     \
                    JsonObject   *details,     \
                    GCancellable *cancellable, \
                    GError      **error) G_GNUC_WARN_UNUSED_RESULT

/* --- The desk itself ----------------------------------------------------------------------------------------- */

/* Makes an empty desk in @dir with one account that holds the role administrator (and those in @roles).
 * @about: *"station" (1 to 4 capital letters or digits, part of each FIS number), "agency", "training" (boolean).
 * Blocks. Returns FALSE with an error of vault/ or VV_DESK_ERROR_INPUT. */
gboolean vv_desk_create (const char *dir,
                         JsonObject *about,
                         const char *account,
                         const char *full_name,
                         JsonArray  *roles,
                         VvSecret   *passphrase,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes a training desk in @dir from @people_dir (data/people): accounts, photo repository, requests.
 * Its pass phrases are in vv_desk_describe(): "about"."sign_in" (array of {account, full_name, passphrase}).
 * Blocks; progress in pictures. */
gboolean vv_desk_create_training (const char   *dir,
                                  const char   *people_dir,
                                  GCancellable *cancellable,
                                  GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* What may be known without a pass phrase: {"format","about":{...},"accounts":[...]}. (transfer full) */
JsonObject *vv_desk_describe (const char *dir,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* A desk in which nobody is signed in. Does not touch the disk. */
VvDesk *vv_desk_new (const char *dir);

/* Opens the desk for @account: about a second, mostly the pass phrase's key derivation. */
gboolean vv_desk_sign_in (VvDesk     *self,
                          const char *account,
                          VvSecret   *passphrase,
                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same with the code of the account's second factor (nullable). Without one where the account needs it:
 * VV_DESK_ERROR_CODE_NEEDED. Five wrong pass phrases or codes within 15 minutes lock the account (VV_VAULT_ERROR_LOCKED). */
gboolean vv_desk_sign_in_with_code (VvDesk     *self,
                                    const char *account,
                                    VvSecret   *passphrase,
                                    const char *code,
                                    GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void     vv_desk_sign_in_async (VvDesk             *self,
                                const char         *account,
                                VvSecret           *passphrase, /* (transfer full) */
                                const char         *code,       /* (nullable) */
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gboolean vv_desk_sign_in_finish (VvDesk       *self,
                                 GAsyncResult *result,
                                 GError      **error);

/* Closes the desk and wipes its keys, templates and pictures from memory. Acts and pictures that were asked for through
 * the functions with _async and are not done yet are cancelled; it waits for those that are under way. */
void vv_desk_sign_out (VvDesk *self);

/* Account that is signed in, or NULL; its roles (VvRoles); the full name. Belong to @self until sign-out. */
const char *vv_desk_account (VvDesk *self);
guint       vv_desk_roles (VvDesk *self);
const char *vv_desk_full_name (VvDesk *self);

/* Fresh proof that the person is at the desk, before vv_desk_sign_off(): good for one act within a minute. */
gboolean vv_desk_confirm_passphrase (VvDesk   *self,
                                     VvSecret *passphrase,
                                     GError  **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Still there? ---------------------------------------------------------------------------------------------- */

/* Locks: every act is refused with VV_DESK_ERROR_LOCKED until vv_desk_unlock(). What is under way goes on. The desk locks
 * by itself when nobody did anything for "idle_minutes" (vv_desk_settings()); what windows ask by themselves
 * (vv_desk_list_requests(), vv_desk_sync(), looking what vv_desk_fetch() would take in) does not count, so a window says with vv_desk_touch(), at most
 * once a minute, that somebody types or points. All three wait for an act that holds the vault (milliseconds). */
void     vv_desk_lock (VvDesk *self);
void     vv_desk_touch (VvDesk *self);
gboolean vv_desk_is_locked (VvDesk *self); /* also when the sign-in is older than 12 hours */

/* The pass phrase once more (and @code, nullable, of the second factor): unlocks, and begins the 12 hours anew. Too many wrong
 * ones sign out. Blocks half a second. */
gboolean vv_desk_unlock (VvDesk     *self,
                         VvSecret   *passphrase,
                         const char *code,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Any act, off the main thread ----------------------------------------------------------------------------- */

/* Runs @act on the desk's worker, in order; @details is copied. @callback in the caller's main context. Pass a
 * VvProgress as @cancellable to follow long acts. */
void        vv_desk_act_async (VvDesk             *self,
                               VvDeskAct           act,
                               gint64              request,
                               JsonObject         *details,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
JsonObject *vv_desk_act_finish (VvDesk       *self,
                                GAsyncResult *result,
                                GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Accounts: administrator ------------------------------------------------------------------------------------ */

/* {} -> {"accounts":[{account, full_name, roles, state, ...}]}. Any role. */
VV_DESK_ACT (vv_desk_list_accounts);
/* {"account"} -> the account. */
VV_DESK_ACT (vv_desk_disable_account);
/* Not a VvDeskAct, since a pass phrase never travels in JSON. @facts: "full_name", "roles" (array), "intelligence" (boolean: may
 * see requests of the Intelligence Bureau). */
gboolean vv_desk_add_account (VvDesk     *self,
                              const char *account,
                              JsonObject *facts,
                              VvSecret   *passphrase,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Changes the own pass phrase; the signing key stays. Refused pass phrases: VV_PROCEDURE_ERROR_FIELD that says why. */
gboolean vv_desk_change_passphrase (VvDesk   *self,
                                    VvSecret *old_passphrase,
                                    VvSecret *new_passphrase,
                                    GError  **error) G_GNUC_WARN_UNUSED_RESULT;

/* Another person's active account gets a new pass phrase and signing key and no second factor; old signatures stay valid.
 * Also releases it. vv_desk_enable_account(): the same for one that is disabled. Administrator. */
gboolean vv_desk_reset_account (VvDesk     *self,
                                const char *account,
                                VvSecret   *passphrase,
                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean vv_desk_enable_account (VvDesk     *self,
                                 const char *account,
                                 VvSecret   *passphrase,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* {"account"} -> the account: takes the lock of too many wrong pass phrases away. Administrator. */
VV_DESK_ACT (vv_desk_release_account);
/* {"account","roles":[names],"intelligence":boolean (absent: as it is)} -> the account, not the own one; from that person's next
 * sign-in on. Administrator. */
VV_DESK_ACT (vv_desk_change_roles);
/* {} -> {"version"}: the person has read the notice before signing in (AC-8); an audit row. */
VV_DESK_ACT (vv_desk_acknowledge_notice);
/* {} -> the own account: {"account","full_name","roles":[names],"intelligence","last_sign_in" (this one),"second_factor":boolean}. */
VV_DESK_ACT (vv_desk_own_account);
/* {} -> {"procedure","title","issued","effective","revision","rules_hash"}: what this desk enforces. */
VV_DESK_ACT (vv_desk_policy);
/* {} -> {"idle_minutes"}; {"idle_minutes": 1 to 30} sets: administrator. */
VV_DESK_ACT (vv_desk_settings);

/* A second factor for the own account (codes of an authenticator app): gives the otpauth address once, as text without a
 * closing zero (transfer full); from vv_desk_confirm_second_factor() with the first code on it is needed to sign in. */
VvSecret *vv_desk_enrol_second_factor (VvDesk  *self,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  vv_desk_confirm_second_factor (VvDesk     *self,
                                         VvSecret   *passphrase,
                                         const char *code,
                                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Photo repository: administrator ------------------------------------------------------------------------------ */

/* {"manifest": path of a CSV with the columns file, person, class, origin, reference, taken, sha256 (the last two
 * may be missing)} -> {"added","present","refused","exceptions":[{file, reason}], ...}. Idempotent by hash: what is
 * there already is left. A row that cannot be used becomes an exception, never a stop. Progress in rows. */
VV_DESK_ACT (vv_desk_import_repository);
/* {"transactions":[paths]}: the same from ANSI/NIST-ITL transactions (.an2, .eft, .nst), each path a file or a folder of them.
 * Faces from the front only, from the sources that the rules file names; the answer has also "marks" (scars, marks and tattoos
 * that were passed over). Names, dates of birth and other facts of the persons are not taken. Progress in files. */
VV_DESK_ACT (vv_desk_import_transactions);
/* {} -> {"photographs","persons","templates":{recogniser:n},"manifest":hash or null,"imports":[records],"seals":[records],
 * "cache_days": after so many days without an import it is not searched, "stale": the sentence why, once it is so}. Oldest
 * first. Any role. */
VV_DESK_ACT (vv_desk_repository_info);

/* {"class","person","reference","import": record of the import,"before": number of a photograph}, each optional ->
 * {"photographs":[{"id","sha256","class","person","origin","reference","taken","manifest","face"}],"more":boolean}: at most 25, the
 * newest before @before first. Administrator; logged. To see one: vv_desk_picture() with request 0 and {"photograph": id}. */
VV_DESK_ACT (vv_desk_list_photographs);

/* {"manifest": path of a CSV with the columns sha256 or reference (or both)} -> {"rows","removed","absent","photographs"}:
 * photographs of sealed and expunged records leave the repository with their templates, in one transaction. Administrator. */
VV_DESK_ACT (vv_desk_seal_repository);

/* --- Requests -------------------------------------------------------------------------------------------------------- */

/* {} -> {"requests":[{"id","fis_number","status","status_title","subject_role","use","summary","requester","examiner",
 * "examiner_name","received","age_days","urgent" (boolean: use (f) goes first),"ended" (boolean: no work is left),"channel",
 * "mine" (boolean: this person's next act), "next" (sentence)}]}: urgent ones first, each oldest first. */
VV_DESK_ACT (vv_desk_list_requests);
/* Body of a request (vv-kinds.h) -> {"request":id}. Examiner or supervisor (they take requests by phone and
 * e-mail; the channel "ecms" is for those that came from ECMS). "parent_fis_number" of this station must be there. */
VV_DESK_ACT (vv_desk_new_request);
/* Body of media without sha256, name, format, width, height, plus "file": path -> {"media":record id,"sha256", ...}. */
VV_DESK_ACT (vv_desk_add_media);
/* {"video": record id of an exhibit, "thumbnails": number of places of a strip (0 to 60, absent: 0), "frame"} ->
 * vv_video_reader_facts() with "video","name","sha256","strip":[{"frame","time_code"}] and, of a "frame" that exists, "at":
 * {"frame","time_code"}. Opening a long video takes seconds; it stays open while no other is looked at. Examiner or supervisor. */
VV_DESK_ACT (vv_desk_video_info);
/* {"video","frame"}: makes the frame an image of the request, as PNG, with the source of its video -> the record. */
VV_DESK_ACT (vv_desk_choose_frame);
/* Everything this person may see of the request:
 *   {"id","fis_number","status","status_title","request":{body},"received","received_by","examiner",
 *    "media":[{"id","sha256","name","width","height","source","source_detail","obtained_by","obtained_at","site_link","captured_at"}],
 *    "steps":[vv_case_steps()], "may":{act name: true, or the sentence why not},
 *    "probe":{"record","media","sha256","face":{...}} or absent,
 *    "probe_analysis":{"record","by","when","probe","components","summary"} or absent (also for who may not see it yet),
 *    "search":{"record","when","gallery_size","pool_length","recogniser","manifest","outside":boolean} or absent,
 *    "pool":[{"candidate","disposition" or absent,"reason","component","locked" (own comparison), and, once seen:
 *             "early" (boolean: shown before that),
 *             "rank","score","photograph","person","reference","class","origin","taken"}],
 *    "undisposed":n, "proposed":letters or absent, "possible_match_candidate":boolean,
 *    "records":[{id, kind, author, author_name, made_at, body, hash}]  -- those this person may see
 *    "outbox":[{"name","state","attempts","next_try","last_error","receipt"}],
 *    "channel","intelligence":boolean, "rounds":[vv_case_rounds()], "rejections":[body + record, by, when],
 *    "exhibits":[same], and where they are there (body + record, by, when): "agency_form","handschu","channel_change",
 *    "hand_over","outside_approval","closure"; "outside_images":[body + record, by, when] of the set that counts; each of "media" has "rejected":boolean,
 *    "proposals":[{"candidate","proposed_by","proposed_at","reviews":[{record, by, when, agrees, reasons}],"decision",
 *                  "decided_by","possible_match_candidate"}], newest first: reviews and decision as far as this person may
 *                  see them; reviewers who disagree show here beside each other
 *    "timeline":[{"when","who","text"}], "people":{account: full name}, "notice": the lead-only notice }                                             */
VV_DESK_ACT (vv_desk_show_request);
/* Body of an exhibit (vv-kinds.h) without sha256, name, bytes, plus "file": path -> the record; for a video with "note".
 * Nothing is decoded or run. */
VV_DESK_ACT (vv_desk_add_exhibit);
/* {"agency","officer","contact","complaint_number","method",...}: the FIS Outside Agency Form, before the number. */
VV_DESK_ACT (vv_desk_agency_form);
/* {"applies","reason","authority"}: examiner or supervisor, for requests of the Intelligence Bureau, before the report. */
VV_DESK_ACT (vv_desk_handschu);
/* {"cause","reason"}: the supervisor ends a request that gets no report, or files one that has it; queues a note. */
VV_DESK_ACT (vv_desk_close);
/* Finds a request by "fis_number" or by "request" (number as text) -> {"request":id}. */
VV_DESK_ACT (vv_desk_find_request);

/* --- The steps of the procedure: details are bodies of vv-kinds.h; answers are the record as JSON, with the
 * "notice" that it is a lead only where they are about candidates ------------------------------------------------------- */

/* {} : the supervisor gives the next FIS number of this station and year. */
VV_DESK_ACT (vv_desk_number);
/* {"examiner","reason"} : supervisor; the reason is needed once the examiner before has begun. Earlier work stays as it is
 * and its author's. */
VV_DESK_ACT (vv_desk_assign);
/* {"decision","code","reason"} ; also queues the note to ECMS (step 4a). */
VV_DESK_ACT (vv_desk_confirm_use);
/* {"media"} -> {"faces":[face]}: what the detector finds; writes nothing. Faces as in vv-json-face.h. With "adjustments" (a
 * list as vv-adjust.h says) here, in vv_desk_select_probe() and vv_desk_quality(): those of the derived image, in its
 * pixels. */
VV_DESK_ACT (vv_desk_find_faces);
/* {} -> {"reasons":[{"code","title","ask"}]}: the closed list of vv-rejection.h. */
VV_DESK_ACT (vv_desk_rejection_reasons);
/* {"scope":"image","media":[record ids],"reasons":[codes],"text","ask","measures"} or {"scope":"request", without media};
 * queues the FIS Image Rejection Report. Images that come later are a new round. */
VV_DESK_ACT (vv_desk_reject_image);
/* {"media","face":index} or {"media","box":{x,y,width,height}} (drawn by hand); one of the two must be there. With
 * "adjustments" the derived image becomes the probe: it is what is searched, and a copy of it is kept. */
VV_DESK_ACT (vv_desk_select_probe);
/* {"media","face":index} or {"media","box"}, or {} for the current probe -> {"measures":[...]} as in vv-quality.h: the
 * quality of the picture of that face, measure by measure. Examiner or supervisor; writes nothing. What was measured when
 * the probe was selected is "quality" in its record. */
VV_DESK_ACT (vv_desk_quality);
/* {"media"} or {"candidate"} -> {"facts": what the file says of itself, as vv_decoder_decode(), and "bytes"; "measures" as
 * vv_desk_quality(), of the probe's or the candidate's face; or "why": why nothing was measured}. The time at which a
 * candidate's photograph was taken is left out as long as it would tell who may not know. Examiner or supervisor who may look;
 * writes nothing. */
VV_DESK_ACT (vv_desk_picture_facts);
/* {"components","summary"} and, when given, "probe" (record id, which must be the current one): locks the analysis of the probe.
 * vv_desk_search() is refused before it, and it is refused once there is a pool. */
VV_DESK_ACT (vv_desk_analyse_probe);
/* {} -> the record without its pool (ranks and scores wait). Progress in templates; cancellable. */
VV_DESK_ACT (vv_desk_search);
/* {"search": record id, or the newest} -> {"search","when","same":boolean,"differences":[{"what","then","now"}]}: makes the
 * template and the pool again. "what": "probe","recogniser","detector","template","manifest","gallery-size", and numbers of
 * pool rows that are the same: "pool-photographs","pool-ranks","pool-scores". Assigned examiner or supervisor. */
VV_DESK_ACT (vv_desk_replay);
/* {"approver","approver_name","reason","date","scope","document": record id of the exhibit}: supervisor, for one case. */
VV_DESK_ACT (vv_desk_approve_outside);
/* {"file","source_detail","reference","obtained_by","obtained_at","person"} and "face" or "box" where several faces are found ->
 * the record: an image that the approval allows. Assigned examiner. */
VV_DESK_ACT (vv_desk_add_outside);
/* {} -> as vv_desk_search(), of those images alone; the pool is of them. */
VV_DESK_ACT (vv_desk_search_outside);
/* {"candidates":[letters],"disposition","reason","component"} */
VV_DESK_ACT (vv_desk_dispose);
/* {} -> {"candidates":[letters]}: whose pictures this person may look at. One audit row with all of them: for who shows the
 * pool, once per view; a picture of a candidate of whom no look is on the chain since the sign-in enters one by itself. */
VV_DESK_ACT (vv_desk_open_pool);
/* {} -> {"controls":[vv_case_controls()]}, as far as this person may see them. Reads the whole audit chain. */
VV_DESK_ACT (vv_desk_controls);
/* {"candidate"} -> {"probe":{"face","width","height"},"candidate":{"face","width","height"}}: what the bench
 * needs beside the two pictures, with "gap" of the candidate (how long before the probe, in words, where known); writes an audit row (the candidate was looked at). */
VV_DESK_ACT (vv_desk_open_candidate);
/* {"candidate","reason"}: shows score, rank, name and record of a candidate to the examiner before the comparison is locked. */
VV_DESK_ACT (vv_desk_show_early);
/* {"candidate"} -> {"photographs":[{"photograph","taken","class","face","own"}], oldest first ("own": the one that was found), "why": sentence or absent}: what there is
 * of the candidate's person in the photo repository; before this person may know who it is only the candidate's own
 * photograph, without number or date, and "why". Writes an audit row when there is more. */
VV_DESK_ACT (vv_desk_person_photographs);
/* {"candidate","blocks","characteristics","findings","similarities","differences","conclusion"}: locks the examiner's comparison. "adjustments":
 * {"probe": list,"candidate": list} say how the pictures were looked at; the same in the comparison of a review or decision. With
 * {"replaces","why"} another version of one that is locked. */
VV_DESK_ACT (vv_desk_compare);
VV_DESK_ACT (vv_desk_background);
VV_DESK_ACT (vv_desk_propose);
VV_DESK_ACT (vv_desk_none);
VV_DESK_ACT (vv_desk_peer_review);
/* Needs vv_desk_confirm_passphrase() first; the audit row is signed. */
VV_DESK_ACT (vv_desk_sign_off);
VV_DESK_ACT (vv_desk_direct);
/* {} : makes the PDF the supervisor directed, keeps it and queues it with its manifest to ECMS. When several candidates
 * were approved each has a report of its own; every call makes the next. */
VV_DESK_ACT (vv_desk_report);
/* {"method","reason"}: the supervisor lets the report go back to an outside agency another way than it came. */
VV_DESK_ACT (vv_desk_change_channel);
/* {"method","recipient","note"}: the examiner has handed the report over to the outside agency (step 13b). */
VV_DESK_ACT (vv_desk_hand_over);
/* {"record": number of a record that holds a form (report, rejection, dd5, agency-form-laid), or the newest report} -> {"record","pages":n,
 * "document":sha256,"form","recipient","made_at","bytes":n}. */
VV_DESK_ACT (vv_desk_report_info);
/* {"form": as in vv-report.h, and what the act that makes it is told} -> {"form","pages":n,"recipient"}: the form as it would
 * be made now, for vv_desk_picture(). For who may make or direct it; writes nothing. "possible-match", "no-match" (the
 * supervisor says the "recipient"), "image-rejection", "request-dd5", "outside-agency", "case-records" (once the supervisor decided). */
VV_DESK_ACT (vv_desk_preview);
/* {"file": path, "recipient", "authority", "record": as above}: writes the PDF there; an entry of the dissemination log. Without
 * recipient and authority it goes to the recipient that was directed, by step 13. */
VV_DESK_ACT (vv_desk_export_report);
/* {} -> {"entries":[{"when","account","full_name","what" ("report" "records"),"recipient","authority","sha256" (of the PDF, or of
 * the package's manifest)}]}: the dissemination log of the request. */
VV_DESK_ACT (vv_desk_dissemination);

/* --- Records: step 14 ------------------------------------------------------------------------------------------------------ */

/* {} : packs all that is kept of a numbered request, whatever came of it, signs for it, and queues it to ECMS as one document
 * (a tar; src/desk/bundle/README.txt says what is in it) -> the record with "document" (SHA-256 of the tar) and "bytes". The
 * examiner of the request, or a supervisor. */
VV_DESK_ACT (vv_desk_bundle);
/* {"file": path, "recipient", "authority"}: the same package, written there; an entry of the dissemination log.
 * Supervisor. */
VV_DESK_ACT (vv_desk_disclose);

/* --- Pictures ----------------------------------------------------------------------------------------------------------- */

/* What to show: {"media":record id}, {"outside":record id}, {"candidate":letters} (of the current pool, never with its name),
 * {"candidate":letters,"photograph":id} (another of the same person, see vv_desk_person_photographs()),
 * {"video":record id of an exhibit,"frame":n,"side":longest side in pixels, 0 for as it is}, or {"page":n} of the newest report,
 * from 0 (144 pixels per inch), with "record" of another form, or with "preview":true of the last vv_desk_preview() of this
 * request. Examiner or supervisor.
 * Returns: (transfer full). Blocks; any thread. */
VvPicture *vv_desk_picture (VvDesk       *self,
                            gint64        request,
                            JsonObject   *what,
                            GCancellable *cancellable,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void       vv_desk_picture_async (VvDesk             *self,
                                  gint64              request,
                                  JsonObject         *what,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
VvPicture *vv_desk_picture_finish (VvDesk       *self,
                                   GAsyncResult *result,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Drafts: what is typed and not yet locked; per person --------------------------------------------------------------- */

/* {"key","body"} keeps (body absent: forgets); {"key"} -> {"body"} or {}. Keys: the kind of record and the
 * candidate: "comparison-A", "background-A", "peer-review-A", "sign-off-A", and
 * "probe-analysis-N" with the record id of the probe; locking the record forgets its draft. Others are forgotten by who
 * kept them: "papers", and without a request (0) "intake", what is being taken in. */
VV_DESK_ACT (vv_desk_keep_draft);
VV_DESK_ACT (vv_desk_draft);

/* --- ECMS ------------------------------------------------------------------------------------------------------------------ */

/* Settings as in vv-transport.h; {} asks for them, with "•••" for a password, which leaves it as it is when it is set again.
 * Setting: administrator. */
VV_DESK_ACT (vv_desk_ecms);
/* {} -> {"waiting","failed","entries":[{"id","request","fis_number","name","state","queued_at","attempts","next_try",
 * "last_error"}]}: every document of requests this person may know of, newest first; sends nothing. Any role. */
VV_DESK_ACT (vv_desk_outbox);
/* Sends what is due -> {"sent","waiting","failed","entries":[...]}. {"all":true} tries also what is not due yet. */
VV_DESK_ACT (vv_desk_sync);

/* Takes in the requests that wait in ECMS, with their pictures and videos, each whole or not at all; what a package gained since it was
 * taken in joins its request as a new round. Nothing is overwritten, here or there, and fetching again changes nothing.
 * -> {"fetched","joined","held" (of the Intelligence Bureau, for somebody with that clearance),"requests":[numbers],
 * "exceptions":[{"package","file" (or absent),"rule" ("json" "limit" "name" "missing" "sha256" "picture" "unlisted" "changed" "access"
 * "procedure"),"text"}]}. With {"look":true} it takes nothing and says also how many are "waiting". A connection that breaks ends it;
 * what was taken in before stays. Examiner or supervisor. Progress in hundredths of packages; cancellable. */
VV_DESK_ACT (vv_desk_fetch);

/* --- Audit ------------------------------------------------------------------------------------------------------------------ */

/* {} -> vv_vault_verify() */
VV_DESK_ACT (vv_desk_verify_audit);
/* {"recipient","authority"} (the person, P.G. 219-14) -> {"rows":[...]}, each with its hash; that it was exported is the last of them. Supervisor or administrator. */
VV_DESK_ACT (vv_desk_export_audit);

/* --- Oversight: supervisor or auditor. No pictures, no names of candidates; looking is on the audit chain -------------- */

/* {"from","to"} (days, both included; the last week when missing) -> vv_oversight_summary() with "full_name" of each person,
 * "reviews":[records] and "review_due" (boolean: none in the last seven days). */
VV_DESK_ACT (vv_desk_oversight);
/* {"account","from","to"} -> {"timeline":[{"when","account","full_name","act","object","outcome","request","fis_number"}]}. Everybody: the own one. */
VV_DESK_ACT (vv_desk_timeline_of_person);
/* {"account","request","photograph","from","to"}, each of which may be missing -> {"views":[{"when","account","full_name",
 * "request","fis_number","candidate","photograph","small" (boolean: in the pool, not opened)}]}: who looked at which photograph. */
VV_DESK_ACT (vv_desk_view_log);
/* {"from","to"} -> {"disseminations":[vv_oversight_disseminations() with "full_name" and "fis_number"]}: what left the section,
 * to whom and by what right. */
VV_DESK_ACT (vv_desk_dissemination_log);
/* {"year"} -> {"csv": text with the columns section, item, count, "figures": the same as [{"section","item","count"}]}: NYC
 * Local Law 55 of 2025. */
VV_DESK_ACT (vv_desk_yearly_figures);
/* {"year","file": path}: writes the same figures as a PDF there -> {"file","pages","bytes"}. */
VV_DESK_ACT (vv_desk_yearly_report);
/* {"notes","from","to"}: the weekly review, signed -> the record. Supervisor. */
VV_DESK_ACT (vv_desk_review_oversight);

G_END_DECLS
