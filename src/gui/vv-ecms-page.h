// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* What waits for ECMS and why, and how ECMS is reached (set by administrators). Signal "sent" (JsonObject, answer of
 * vv_desk_sync()) after trying. Main thread only. */
#define VV_TYPE_ECMS_PAGE (vv_ecms_page_get_type ())
G_DECLARE_FINAL_TYPE (VvEcmsPage, vv_ecms_page, VV, ECMS_PAGE, AdwBin)

/* @desk: somebody is signed in. */
GtkWidget *vv_ecms_page_new (VvDesk *desk);

G_END_DECLS
