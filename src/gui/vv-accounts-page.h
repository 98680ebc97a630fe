// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* Accounts of the desk, for administrators. Main thread only. */
#define VV_TYPE_ACCOUNTS_PAGE (vv_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (VvAccountsPage, vv_accounts_page, VV, ACCOUNTS_PAGE, AdwBin)

/* @desk: somebody is signed in. */
GtkWidget *vv_accounts_page_new (VvDesk *desk);

G_END_DECLS
