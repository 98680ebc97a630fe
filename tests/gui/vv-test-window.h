// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

#include "vv-test-tree.h"

G_BEGIN_DECLS

/* Drives the program as a person does who cannot see it: through the accessibility bus, by the roles and names that
 * screen readers get, and with real keys and a real pointer. Everything waits with a deadline and fails the test
 * when it passes; the failing picture is then in the build folder. Needs the display and the session bus that
 * with-display.sh gives. */
typedef struct _VvTestWindow VvTestWindow;

/* Starts the program on the desk in @dir and waits for its window. Returns: (transfer full). */
VvTestWindow *vv_test_window_start (const char *dir);

/* Ends the program and frees. */
void vv_test_window_stop (VvTestWindow *self);

/* Ends the program without a warning, as a power cut would, and frees. */
void vv_test_window_kill (VvTestWindow *self);

/* Waits until there is an element of that role (GTK 4.8 does not tell which page of a stack is in front) whose name is like
 * the pattern @name ("Candidate A*"). */
void vv_test_window_wait (VvTestWindow *self,
                          AtspiRole     role,
                          const char   *name);

/* Waits for it too. Returns: (transfer full) its place on the bus, for vv_test_window_wait_name(). */
char *vv_test_window_find (VvTestWindow *self,
                           AtspiRole     role,
                           const char   *name);

/* Waits until that very element is called like @name; looks at nothing else, which is quick. */
void vv_test_window_wait_name (VvTestWindow *self,
                               const char   *path,
                               const char   *name);

/* Whether there is one now; does not wait. */
gboolean vv_test_window_has (VvTestWindow *self,
                             AtspiRole     role,
                             const char   *name);

/* Waits until none is left. */
void vv_test_window_gone (VvTestWindow *self,
                          AtspiRole     role,
                          const char   *name);

/* Waits until it is usable, then clicks it; what is scrolled out of sight is scrolled to first. */
void vv_test_window_press (VvTestWindow *self,
                           AtspiRole     role,
                           const char   *name);

/* Clicks it whether it is usable or not. */
void vv_test_window_click (VvTestWindow *self,
                           AtspiRole     role,
                           const char   *name);

/* Puts @text into a text, in place of what is there. */
void vv_test_window_fill (VvTestWindow *self,
                          AtspiRole     role,
                          const char   *name,
                          const char   *text);

/* What a text or a label says. Returns: (transfer full). */
char *vv_test_window_read (VvTestWindow *self,
                           AtspiRole     role,
                           const char   *name);

/* Presses keys as xdotool names them: "ctrl+Return". */
void vv_test_window_key (const char *keys);

/* Puts the pointer where it rests on nothing: in a list that pops up under it, it would choose the row. */
void vv_test_window_put_pointer_aside (void);

/* Types @text where the keyboard is. */
void vv_test_window_type (const char *text);

/* Clicks the button of that name and types @path into the chooser of files that opens, which is not on the accessibility bus. */
void vv_test_window_choose_file (VvTestWindow *self,
                                 const char   *button,
                                 const char   *path);

/* Keeps a picture of the screen: in the build folder under @name with ".png", or in the file of an absolute @name. */
void vv_test_window_picture (const char *name);

G_END_DECLS
