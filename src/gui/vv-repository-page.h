// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* The photo repository in figures, with imports and what they left out; importing, sealing and looking through the photographs for
 * administrators. Main thread only. */
#define VV_TYPE_REPOSITORY_PAGE (vv_repository_page_get_type ())
G_DECLARE_FINAL_TYPE (VvRepositoryPage, vv_repository_page, VV, REPOSITORY_PAGE, AdwBin)

/* @desk: somebody is signed in. */
GtkWidget *vv_repository_page_new (VvDesk *desk);

/* What the buttons do once a list, a CSV file, was chosen: one import at a time; each shows what came of it. */
void vv_repository_page_import (VvRepositoryPage *self,
                                const char       *path);
void vv_repository_page_seal (VvRepositoryPage *self,
                              const char       *path);

G_END_DECLS
