// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* How many requests wait in ECMS, and fetching them: with progress, Cancel, and what could not be taken in, file by file. Signal
 * "fetched": something was taken in. Main thread only. */
#define VV_TYPE_FETCH_BAR (vv_fetch_bar_get_type ())
G_DECLARE_FINAL_TYPE (VvFetchBar, vv_fetch_bar, VV, FETCH_BAR, GtkBox)

/* @desk: signed in, as examiner or supervisor. */
void vv_fetch_bar_begin (VvFetchBar *self,
                         VvDesk     *desk);

/* Asks ECMS what waits, unless it is being asked already. */
void vv_fetch_bar_look (VvFetchBar *self);

G_END_DECLS
