// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* The own account: pass phrase, second factor, when the desk locks. Main thread only. */
#define VV_TYPE_PERSON_PAGE (vv_person_page_get_type ())
G_DECLARE_FINAL_TYPE (VvPersonPage, vv_person_page, VV, PERSON_PAGE, AdwBin)

/* @desk: somebody is signed in. */
GtkWidget *vv_person_page_new (VvDesk *desk);

G_END_DECLS
