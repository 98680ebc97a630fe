// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* What supervisors and auditors look at: per person, per purpose, who opened what, the weekly review, figures of a year. Main
 * thread only. */
#define VV_TYPE_OVERSIGHT_PAGE (vv_oversight_page_get_type ())
G_DECLARE_FINAL_TYPE (VvOversightPage, vv_oversight_page, VV, OVERSIGHT_PAGE, AdwBin)

/* @desk: somebody is signed in. */
GtkWidget *vv_oversight_page_new (VvDesk *desk);

/* What the buttons do once a place was chosen. */
void vv_oversight_page_save_csv (VvOversightPage *self,
                                 const char      *path);
void vv_oversight_page_save_pdf (VvOversightPage *self,
                                 const char      *path);

G_END_DECLS
