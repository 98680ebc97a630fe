// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* The supervisor's page: faces, everybody's records, own comparison, decision, direction of the report. What is written
 * is kept as a draft until it is signed. Action page.close; signal "closed". Main thread only. */
#define VV_TYPE_REVIEW_PAGE (vv_review_page_get_type ())
G_DECLARE_FINAL_TYPE (VvReviewPage, vv_review_page, VV, REVIEW_PAGE, AdwBin)

GtkWidget *vv_review_page_new (VvDesk *desk);

void vv_review_page_open (VvReviewPage *self,
                          gint64        request);

G_END_DECLS
