// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Steps 1 and 2: how the request came, its papers, pictures and exhibits, and what is added to them later; closing it. */
#define VV_TYPE_PAPERS_PANEL (vv_papers_panel_get_type ())
G_DECLARE_FINAL_TYPE (VvPapersPanel, vv_papers_panel, VV, PAPERS_PANEL, VvPanel)

G_END_DECLS
