// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* The right side of the case page: what the case is, and what happened in it. Main thread only. */
#define VV_TYPE_CASE_FACTS (vv_case_facts_get_type ())
G_DECLARE_FINAL_TYPE (VvCaseFacts, vv_case_facts, VV, CASE_FACTS, AdwBin)

/* @shown: answer of vv_desk_show_request(), of @desk. Signal "open" (the FIS number of the earlier request that is to be opened). */
void vv_case_facts_show (VvCaseFacts *self,
                         VvDesk      *desk,
                         JsonObject  *shown);

G_END_DECLS
