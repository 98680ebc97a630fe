// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The fields of the FIS Outside Agency Form: body in, body out, no desk. Signal "changed". Main thread only. */
#define VV_TYPE_AGENCY_FORM (vv_agency_form_get_type ())
G_DECLARE_FINAL_TYPE (VvAgencyForm, vv_agency_form, VV, AGENCY_FORM, AdwBin)

/* Returns: (transfer full) what is filled in so far, as the body of an agency-form. */
JsonObject *vv_agency_form_get (VvAgencyForm *self);

/* NULL empties. */
void vv_agency_form_set (VvAgencyForm *self,
                         JsonObject   *body);

/* Puts the keyboard into the field for the need @code (vv-intake.h); does nothing for other needs. */
void vv_agency_form_go_to (VvAgencyForm *self,
                           const char   *code);

/* How requests come and reports go back, in the order of vv_intake_methods(), after "Not chosen yet" (transfer full); what is chosen in a
 * row with this model, as a code or NULL; choosing a code. */
GListModel *vv_agency_form_methods (void);
const char *vv_agency_form_method (AdwComboRow *row);
void        vv_agency_form_choose_method (AdwComboRow *row,
                                          const char  *code);

G_END_DECLS
