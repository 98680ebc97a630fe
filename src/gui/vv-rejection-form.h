// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"
#include "vv-picture.h"

G_BEGIN_DECLS

/* Why a picture, or all pictures of a request, cannot be used, beside the picture: reasons from the closed list, in words, what
 * would help, places in the picture. What is typed is kept as a draft. Signals:
 *   "mark" (start)   the person wants to point at a place (or no more): the picture lets a box be drawn
 *   "marked"         the places changed
 *   "preview"        everything is said: vv_rejection_form_details()
 *   "closed"         the person changed their mind
 * Main thread only. */
#define VV_TYPE_REJECTION_FORM (vv_rejection_form_get_type ())
G_DECLARE_FINAL_TYPE (VvRejectionForm, vv_rejection_form, VV, REJECTION_FORM, AdwBin)

/* Begins with the pictures of @request: all when @media is 0, else that one, called @name. @ask: what to ask for, unless the
 * person said it already. */
void vv_rejection_form_begin (VvRejectionForm *self,
                              VvDesk          *desk,
                              gint64           request,
                              gint64           media,
                              const char      *name,
                              const char      *ask);

/* Forgets what was typed: the report was issued. */
void vv_rejection_form_forget (VvRejectionForm *self);

/* A place in the picture @media; the places there are in it (array of {media, x, y, width, height}, belongs to @self). */
void       vv_rejection_form_add_mark (VvRejectionForm *self,
                                       gint64           media,
                                       const VvBox     *place);
JsonArray *vv_rejection_form_marks (VvRejectionForm *self);

/* The act's details, without the measured values. Returns: (transfer full). */
JsonObject *vv_rejection_form_details (VvRejectionForm *self);

G_END_DECLS
