// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

typedef enum
{
  VV_REQUESTS_ALL,
  VV_REQUESTS_WORK,   /* the person's next act is an examiner's */
  VV_REQUESTS_DECIDE, /* the person's next act is a supervisor's */
} VvRequestsView;

/* A list of requests with a search. Signals "open" (gint64 request), "new-request", "fetched". Main thread only. */
#define VV_TYPE_REQUESTS_PAGE (vv_requests_page_get_type ())
G_DECLARE_FINAL_TYPE (VvRequestsPage, vv_requests_page, VV, REQUESTS_PAGE, AdwBin)

/* @requests: of VvFacts; shared by the views. @may_enter: whether this person may enter requests. */
GtkWidget *vv_requests_page_new (GListModel    *requests,
                                 VvRequestsView view,
                                 gboolean       may_enter);

/* Shows how many requests wait in ECMS and lets them be fetched ("fetched" says that some were); and asks ECMS again. */
void vv_requests_page_fetch_from (VvRequestsPage *self,
                                  VvDesk         *desk);
void vv_requests_page_look (VvRequestsPage *self);

/* How many requests the view has, whatever is searched for. */
guint vv_requests_page_count (VvRequestsPage *self);

/* Puts the keyboard into the search. */
void vv_requests_page_search (VvRequestsPage *self);

G_END_DECLS
