// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-desk.h"

G_BEGIN_DECLS

/* Keeps what is typed and not yet locked in the desk, when the person pauses and at least every second while they do not.
 * Main thread only. */
typedef struct _VvDraft VvDraft;

/* Collects what is typed now. Returns: (transfer full), or NULL when nothing is. */
typedef JsonObject *(*VvDraftCollect) (gpointer owner);
/* Puts a kept draft back; called once, and only when there is one. */
typedef void (*VvDraftRestore) (gpointer    owner,
                                JsonObject *body);

/* A draft under @key of @request; asks the desk for what was kept before. @owner: (unowned) must outlive it.
 * Returns: (transfer full). */
VvDraft *vv_draft_new (VvDesk        *desk,
                       gint64         request,
                       const char    *key,
                       VvDraftCollect collect,
                       VvDraftRestore restore,
                       gpointer       owner);

/* Something was typed. */
void vv_draft_touch (VvDraft *self);

/* It was locked: forgets the draft in the desk. */
void vv_draft_forget (VvDraft *self);

/* Keeps what is still unkept, and frees. NULL is fine. */
void vv_draft_free (VvDraft *self);

const char *vv_draft_key (VvDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvDraft, vv_draft_free)

G_END_DECLS
