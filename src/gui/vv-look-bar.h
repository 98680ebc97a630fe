// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-look.h"

G_BEGIN_DECLS

/* A button for each way of looking. Signal "chosen" (int, VvLook), when a person pressed another one. */
#define VV_TYPE_LOOK_BAR (vv_look_bar_get_type ())
G_DECLARE_FINAL_TYPE (VvLookBar, vv_look_bar, VV, LOOK_BAR, AdwBin)

/* Shows which one is looked through now; emits nothing. */
void vv_look_bar_choose (VvLookBar *self,
                         VvLook     look);

G_END_DECLS
