// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* The notice that is acknowledged, then account and pass phrase. Signal "signed-in". Main thread only. */
#define VV_TYPE_SIGN_IN_PAGE (vv_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (VvSignInPage, vv_sign_in_page, VV, SIGN_IN_PAGE, AdwBin)

/* @about: vv_desk_describe() of @desk. @account: (nullable) who was here last. */
void vv_sign_in_page_set_desk (VvSignInPage *self,
                               VvDesk       *desk,
                               JsonObject   *about,
                               const char   *account);

G_END_DECLS
