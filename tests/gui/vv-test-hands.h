// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A person's hands and eyes at the display of $DISPLAY: real keys and a real pointer, through the X server's XTEST extension and
 * without a process for each of them. Places are pixels of the screen. Everything returns when the server has it, which is before
 * the program has; fails the test where there is no display or no such key. */

/* Presses and lets go: "Return", "k", "ctrl+Return" (keysyms; modifiers "shift", "ctrl", "alt"). */
void vv_test_hands_key (const char *keys);

/* Types @text (ASCII). */
void vv_test_hands_type (const char *text);

void vv_test_hands_move (int x,
                         int y);
void vv_test_hands_click (int x,
                          int y);

/* Width of the screen. */
int vv_test_hands_reach (void);

/* Turns the wheel where the pointer is by that many notches: down when positive. */
void vv_test_hands_wheel (int notches);

/* The window that has the keyboard. */
gulong vv_test_hands_focus (void);

/* Keeps what the screen shows as a PNG file. */
void vv_test_hands_picture (const char *path);

G_END_DECLS
