// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One desk's window: the start page, the sign-in page, or a person's session. Main thread only. */
#define VV_TYPE_WINDOW (vv_window_get_type ())
G_DECLARE_FINAL_TYPE (VvWindow, vv_window, VV, WINDOW, AdwApplicationWindow)

GtkWidget *vv_window_new (AdwApplication *application);

/* Goes to the sign-in page of the desk in @dir; says why when there is no desk. */
void vv_window_open_desk (VvWindow   *self,
                          const char *dir);

G_END_DECLS
