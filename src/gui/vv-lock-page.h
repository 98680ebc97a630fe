// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* The page that covers a locked window: pass phrase, and code where the account has a second factor. Signals "unlocked"; "left" when
 * the person signs out instead, or the desk did after too many wrong pass phrases. Main thread only. */
#define VV_TYPE_LOCK_PAGE (vv_lock_page_get_type ())
G_DECLARE_FINAL_TYPE (VvLockPage, vv_lock_page, VV, LOCK_PAGE, AdwBin)

/* Says who is signed in, and forgets what was typed before. NULL: nobody. */
void vv_lock_page_set_desk (VvLockPage *self,
                            VvDesk     *desk);

G_END_DECLS
