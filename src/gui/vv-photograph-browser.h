// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* The photographs of the repository, page by page, and the one that is chosen; for administrators. Main thread only. */
#define VV_TYPE_PHOTOGRAPH_BROWSER (vv_photograph_browser_get_type ())
G_DECLARE_FINAL_TYPE (VvPhotographBrowser, vv_photograph_browser, VV, PHOTOGRAPH_BROWSER, AdwBin)

/* @desk: an administrator is signed in. */
GtkWidget *vv_photograph_browser_new (VvDesk *desk);

G_END_DECLS
