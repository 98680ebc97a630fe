// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The steps of the procedure, one under the other, with the state of each. Signal "chosen" (index) when the person
 * or vv_stepper_choose() chose a step. Main thread only. */
#define VV_TYPE_STEPPER (vv_stepper_get_type ())
G_DECLARE_FINAL_TYPE (VvStepper, vv_stepper, VV, STEPPER, AdwBin)

/* @shown: answer of vv_desk_show_request(). The chosen step stays chosen. */
void vv_stepper_show (VvStepper  *self,
                      JsonObject *shown);

/* Does nothing when there is no such step. */
void vv_stepper_choose (VvStepper *self,
                        int        index);

/* -1 for none. */
int vv_stepper_chosen (VvStepper *self);

G_END_DECLS
