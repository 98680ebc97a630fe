// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why the procedure forbids an act. The message names the step and says what would satisfy it. */
typedef enum
{
  VV_PROCEDURE_ERROR_ROLE,   /* the person's roles do not allow it */
  VV_PROCEDURE_ERROR_PERSON, /* the role would do, but not this person (own work, not assigned) */
  VV_PROCEDURE_ERROR_STEP,   /* an earlier step is missing, or the step is over */
  VV_PROCEDURE_ERROR_FIELD,  /* something that must be said is missing or wrong */
  VV_PROCEDURE_ERROR_POLICY, /* the rules file is missing or wrong: nothing may be done */
} VvProcedureError;

#define VV_PROCEDURE_ERROR (vv_procedure_error_quark ())
GQuark vv_procedure_error_quark (void);

G_END_DECLS
