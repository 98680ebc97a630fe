// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* A request is entered here, by whatever channel it came, with its papers, pictures and videos. What is required is listed
 * beside the form; what was typed is kept as a draft of this person until the request is entered or started over. Signal
 * "entered" (gint64 request). Main thread only. */
#define VV_TYPE_INTAKE_PAGE (vv_intake_page_get_type ())
G_DECLARE_FINAL_TYPE (VvIntakePage, vv_intake_page, VV, INTAKE_PAGE, AdwBin)

GtkWidget *vv_intake_page_new (VvDesk *desk);

/* Adds the picture or video at @path to those that come with the request. */
void vv_intake_page_add_picture (VvIntakePage *self,
                                 const char   *path);

G_END_DECLS
