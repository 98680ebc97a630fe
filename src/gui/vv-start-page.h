// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a desk is, and how to come to one. Signal "desk" (dir). Main thread only. */
#define VV_TYPE_START_PAGE (vv_start_page_get_type ())
G_DECLARE_FINAL_TYPE (VvStartPage, vv_start_page, VV, START_PAGE, AdwBin)

/* A sentence under the buttons; NULL for none. */
void vv_start_page_say (VvStartPage *self,
                        const char  *text);

G_END_DECLS
