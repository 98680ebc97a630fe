// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-case.h"
#include "vv-procedure-error.h"

G_BEGIN_DECLS

/* What vv-case.c, vv-gates.c and vv-steps.c share: a request's records. */
struct _VvCase
{
  GPtrArray *records; /* (owned) (element-type VvRecord) in order of id */
  guint      peers;
};

/* The newest record of @kind with an id above @after, or NULL; @candidate, @author: (nullable). */
VvRecord *_vv_case_last (VvCase     *self,
                         const char *kind,
                         gint64      after,
                         const char *candidate,
                         const char *author);

/* Id above which records of @kind count; G_MAXINT64 when what they depend on is missing. */
gint64 _vv_case_counts_after (VvCase     *self,
                              const char *kind);

/* Peer reviews of the current proposal. */
guint _vv_case_n_reviews (VvCase *self);

/* The pool's element of @candidate, or NULL. Belongs to @self. */
JsonObject *_vv_case_pool_row (VvCase     *self,
                               const char *candidate);

/* Reports that the direction asks for: one for each approved candidate, else one. */
guint _vv_case_reports_due (VvCase *self);

/* Whether @account did examiner's work here that others review. */
gboolean _vv_case_is_author (VvCase     *self,
                             const char *account);

/* What the gates share; each says what is wrong in @error. */
gboolean _vv_gate_refuse (GError         **error,
                          VvProcedureError code,
                          const char      *text);
gboolean _vv_gate_supervisor (const VvActor *actor,
                              GError       **error);
gboolean _vv_gate_takes_in (const VvActor *actor,
                            GError       **error);
gboolean _vv_gate_assigned (VvCase        *self,
                            const VvActor *actor,
                            GError       **error);
gboolean _vv_gate_work_is_open (VvCase  *self,
                                GError **error);

/* Gates and checks of what surrounds the steps: papers, channels, rejections, closing (vv-gates-request.c). */
gboolean _vv_gate_request (VvCase        *self,
                           VvAct          act,
                           const VvActor *actor,
                           GError       **error);
gboolean _vv_check_request (VvCase     *self,
                            VvAct       act,
                            JsonObject *details,
                            GError    **error);

/* The papers that an outside agency must send before its request gets a number. */
gboolean _vv_gate_has_papers (VvCase  *self,
                              GError **error);

/* The Handschu question is answered where it must be. */
gboolean _vv_gate_handschu (VvCase  *self,
                            GError **error);

G_END_DECLS
