// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* Everything a signed-in person sees: the pages, who is signed in, what waits for ECMS, the notice. It lives from
 * sign-in to sign-out, so that no picture outlives the person. Signals: "locked" when the person wants the window covered,
 * "left" when they sign out. Main thread only. */
#define VV_TYPE_SESSION (vv_session_get_type ())
G_DECLARE_FINAL_TYPE (VvSession, vv_session, VV, SESSION, AdwBin)

/* @desk: somebody is signed in. */
GtkWidget *vv_session_new (VvDesk    *desk,
                           GSettings *settings);

G_END_DECLS
