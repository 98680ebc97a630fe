// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <check.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* What tests of single pages share: a training desk, and pages driven through their widgets in the test's own process.
 * Everything fails the test when it does not come about. */

/* Fixtures: a training desk. */
void vv_page_set_up (void);
void vv_page_tear_down (void);

/* Signs in, in place of whoever was; the desk as that person has it. Belongs to the fixture. */
void    vv_page_sign_in (const char *account,
                         const char *passphrase);
VvDesk *vv_page_desk (void);

/* Does an act that must go well; @details (transfer full, nullable). Returns: (transfer full). */
JsonObject *vv_page_act (VvDeskAct   function,
                         gint64      request,
                         JsonObject *details);
/* The same for acts whose answer nobody needs; the request as the person sees it. */
void        vv_page_do_act (VvDeskAct   function,
                            gint64      request,
                            JsonObject *details);
JsonObject *vv_page_show (gint64 request);

/* @details (transfer full) of vv_desk_select_probe(), and its analysis. */
void vv_page_choose_probe (gint64      request,
                           JsonObject *details);

/* The first request of the desk, as its examiner, with the probe analysed; with a pool as well. Returns: the request. */
gint64 vv_page_make_analysis (void);
gint64 vv_page_make_pool (void);

/* Real keys and clicks through the X server, as a hand would make them: arguments of xdotool. */
void vv_page_press (const char *arguments);

/* A comparison that may be locked, with @answer for the eyes. Returns: (transfer full). */
JsonObject *vv_page_whole_comparison (const char *candidate,
                                      const char *answer);

/* A window with @page in it, 1600x1000, or 1280x800 when VV_TEST_SMALL is set. */
GtkWidget *vv_page_open_window (GtkWidget *page);
void       vv_page_close_window (GtkWidget *window);

/* Keeps a picture of the screen, light and dark, in the folder of VV_TEST_SHOTS, when that is set. */
void vv_page_keep_shot (const char *name);

/* Runs the main loop: for that long; until @done says so, or some twenty seconds, when it returns FALSE. */
void     vv_page_run_for (guint milliseconds);
gboolean vv_page_until (gboolean (*done) (gpointer),
                        gpointer data);

/* Every text of every label and tooltip; @seen: only of those on the screen. Returns: (transfer full). */
char *vv_page_all_texts (GtkWidget *widget,
                         gboolean   seen);
/* Waits until @text is to be seen in @page. */
void vv_page_wait_text (GtkWidget  *page,
                        const char *text);

/* The widget of @type with that label (nullable), after @skip others. */
gpointer vv_page_find (GtkWidget  *in,
                       GType       type,
                       const char *text,
                       guint       skip);

/* Answers the chooser that asks for a place to save: @path, in a folder that is there. */
void vv_page_save_to (const char *path);

/* Fills the text of several lines that comes after @which others. */
void vv_page_type (GtkWidget  *page,
                   guint       which,
                   const char *text);

/* Runs the suite with the program's templates and style; the exit status for main(). */
int vv_page_run (Suite *suite);

#define VV_PAGE_MAIN(make_suite)        \
  int main (void)                       \
  {                                     \
    return vv_page_run (make_suite ()); \
  }

G_END_DECLS
