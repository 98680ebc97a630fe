// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* What can be measured about the picture of one face: each measure with its value and in words, what limits the picture first,
 * with what to ask the investigator for. Never one number for all, never a decision. Signal "measured". Main thread only. */
#define VV_TYPE_QUALITY_LIST (vv_quality_list_get_type ())
G_DECLARE_FINAL_TYPE (VvQualityList, vv_quality_list, VV, QUALITY_LIST, AdwBin)

/* Asks the desk for the measures of the face that @what (transfer full) chooses, as vv_desk_quality(). */
void vv_quality_list_measure (VvQualityList *self,
                              VvDesk        *desk,
                              gint64         request,
                              JsonObject    *what);

/* Shows measures that were taken before (NULL: says @text instead). */
void vv_quality_list_show (VvQualityList *self,
                           JsonArray     *measures,
                           const char    *text);

/* The values as a rejection keeps them, for the image @media: array of {media, name, value, verdict}, empty when nothing is
 * measured. Returns: (transfer full). */
JsonArray *vv_quality_list_values (VvQualityList *self,
                                   gint64         media);

/* What to ask the investigator for, by the measures that are unusable; may be empty. Returns: (transfer full). */
char *vv_quality_list_asks (VvQualityList *self);

G_END_DECLS
