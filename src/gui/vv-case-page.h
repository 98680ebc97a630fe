// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* One request: the steps on the left, the chosen step in the middle, the case on the right. Signals:
 *   "shown" (title)         the case was read; its FIS number, or what stands for it
 *   "changed"               something was done to it
 *   "go" (where, candidate) asks the window for "compare", "review" or "report", as VvPanel does
 *   "preview" (details)     asks it for a form before it is made
 * Main thread only. */
#define VV_TYPE_CASE_PAGE (vv_case_page_get_type ())
G_DECLARE_FINAL_TYPE (VvCasePage, vv_case_page, VV, CASE_PAGE, AdwBin)

GtkWidget *vv_case_page_new (VvDesk    *desk,
                             GSettings *settings);

void vv_case_page_open (VvCasePage *self,
                        gint64      request);

/* Reads the open case again. */
void vv_case_page_reload (VvCasePage *self);

/* 0 when none is open. */
gint64 vv_case_page_request (VvCasePage *self);

G_END_DECLS
