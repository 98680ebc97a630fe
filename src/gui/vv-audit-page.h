// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* Checks the audit chain and says in words what came of it; saves a copy. Main thread only. */
#define VV_TYPE_AUDIT_PAGE (vv_audit_page_get_type ())
G_DECLARE_FINAL_TYPE (VvAuditPage, vv_audit_page, VV, AUDIT_PAGE, AdwBin)

/* @desk: somebody is signed in. */
GtkWidget *vv_audit_page_new (VvDesk *desk);

/* What the button does once a place was chosen. */
void vv_audit_page_export (VvAuditPage *self,
                           const char  *path);

G_END_DECLS
