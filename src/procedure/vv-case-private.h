// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-case.h"

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

G_END_DECLS
