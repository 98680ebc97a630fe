// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-desk.h"
#include "vv-test-window.h"
#include "vv-test.h"

G_BEGIN_DECLS

/* What plays have in common: a training desk of their own, people who sit down at it and get up, and the work they do through
 * the real windows. Everything waits and fails as vv-test-window.h says. */

/* The request that the training examiner has to begin with. */
#define VV_PLAY_NUMBER "2026-T1-00001"

/* Folder of the play's training desk. Pictures of the windows are kept in another ($VISAVIS_PLAY_OUT, or one of the play's name in
 * the build folder). */
const char *vv_play_desk (void);

/* A file of that name in the folder for pictures. Returns: (transfer full). */
char *vv_play_file (const char *name);
/* Keeps a picture of the screen there. */
void vv_play_picture (const char *name);

/* --- Hands ----------------------------------------------------------------------------------------------------- */

/* Presses the button, fills the text of that name; chooses "Step 5*". */
void vv_play_press (VvTestWindow *window,
                    const char   *name);
void vv_play_fill (VvTestWindow *window,
                   const char   *name,
                   const char   *text);
void vv_play_step (VvTestWindow *window,
                   const char   *number);

/* Keys one after the other, at a person's pace. */
void vv_play_keys (const char *const *names,
                   gsize              n);

/* --- People ------------------------------------------------------------------------------------------------------ */

/* From the sign-in page to the lists: "Training examiner", "Training peer reviewer", "Training supervisor". */
void vv_play_sign_in (VvTestWindow *window,
                      const char   *person);
void vv_play_sign_out (VvTestWindow *window);
/* From the lists to the case with that FIS number. */
void vv_play_open_case (VvTestWindow *window,
                        const char   *number);

/* Beside the windows, while nobody is signed in there: for what no window would tell. Returns: (transfer full). */
VvDesk *vv_play_sign_in_beside (const char *account,
                                const char *passphrase);
/* To the pool of twelve: how that is done in the windows is another play's matter. */
void vv_play_search_beside (void);
/* Number in the desk of the request with that FIS number. */
gint64 vv_play_find_request (VvDesk     *desk,
                             const char *number);
/* The letters behind which the photograph @file of data/people is in the pool: the player knows the truth, the examiner
 * goes by the faces. Returns: (transfer full). */
char *vv_play_find_candidate (const char *number,
                              const char *file);

/* --- Work on an open case ------------------------------------------------------------------------------------------ */

/* Confirms the use, takes the first face of the first picture, analyses it, searches: to the pool of twelve. */
void vv_play_search (VvTestWindow *window);
/* The letters of the whole pool. */
#define VV_PLAY_POOL "ABCDEFGHIJKL"
/* On step 7, from the keyboard, from A on: keeps the candidate @kept (nullable) to compare, excludes the other @letters. */
void vv_play_dispose (VvTestWindow *window,
                      const char   *letters,
                      const char   *kept);
/* On the bench or the decision page: every part of the face, both lists and the third conclusion. */
void vv_play_fill_comparison (VvTestWindow *window);
/* On step 7: compares @candidate on the bench, locks, comes back. */
void vv_play_compare (VvTestWindow *window,
                      const char   *candidate);
/* Step 8 and the submission for peer review. */
void vv_play_propose (VvTestWindow *window);

/* --- What others do about it: each signs in, opens the case, and signs out ------------------------------------------- */

/* The peer agrees. */
void vv_play_review (VvTestWindow *window);
/* The supervisor approves, or confirms that there is no candidate, and directs the report; or disagrees. */
void vv_play_approve (VvTestWindow *window);
void vv_play_confirm_none (VvTestWindow *window);
void vv_play_disagree (VvTestWindow *window,
                       const char   *reasons);
/* The examiner makes the report, opens it and stays there until ECMS has it. */
void vv_play_report (VvTestWindow *window);

/* Checks the audit chain and that ECMS has the report; keeps the check as audit.json and the report under the name @file. Returns:
 * (transfer full) the desk, the supervisor signed in. */
VvDesk *vv_play_check_record (const char *file);

/* The whole program of the play @name, which is one test. */
Suite *vv_play_suite (const char  *name,
                      const TTest *test);
#define VV_PLAY_MAIN(name, test)       \
  static Suite *make_suite (void)      \
  {                                    \
    return vv_play_suite (name, test); \
  }                                    \
  VV_TEST_MAIN (make_suite)

G_END_DECLS
